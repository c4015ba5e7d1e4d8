//! Text that runs both ways, put in order for a terminal that shows one character after the other.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

/// A sign of a line, in the order in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Its bytes in the line.
    pub bytes: Range<usize>,
    /// The sign that is shown for it, where that is another one: brackets face the other way.
    pub mirrored: Option<&'static str>,
}

/// Brackets, and what they are where text runs from right to left.
const MIRRORED: [(&str, &str); 6] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›")];

/// The signs of one line, from the left to the right of the screen. `right_to_left` says which way the line
/// runs as a whole.
///
/// ```
/// use newsstand::text::bidi::in_order;
///
/// let line = "אב (12) c";
/// let shown: String =
///     in_order(line, true).iter().map(|sign| sign.mirrored.unwrap_or(&line[sign.bytes.clone()])).collect();
/// assert_eq!(shown, "c (12) בא");
/// ```
pub fn in_order(line: &str, right_to_left: bool) -> Vec<Sign> {
    let level = if right_to_left { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(line, Some(level));
    let mut signs = Vec::with_capacity(line.len());
    // A line has one paragraph: text is clean, and wrapped before.
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let backwards = levels[run.start].is_rtl();
            let first = signs.len();
            for (at, sign) in line[run.clone()].grapheme_indices(true) {
                let start = run.start + at;
                let mirrored = Some(sign).filter(|_| backwards).and_then(mirrored);
                signs.push(Sign { bytes: start..start + sign.len(), mirrored });
            }
            if backwards {
                signs[first..].reverse();
            }
        }
    }
    signs
}

fn mirrored(sign: &str) -> Option<&'static str> {
    MIRRORED.iter().find_map(|(open, close)| match sign {
        _ if sign == *open => Some(*close),
        _ if sign == *close => Some(*open),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(line: &str, right_to_left: bool) -> String {
        in_order(line, right_to_left).iter().map(|sign| sign.mirrored.unwrap_or(&line[sign.bytes.clone()])).collect()
    }

    #[test]
    fn each_language_runs_its_own_way() {
        assert_eq!(shown("Musk invites Putin", false), "Musk invites Putin");
        assert_eq!(shown("אבג", true), "גבא");
        assert_eq!(shown("אבג Musk דה", true), "הד Musk גבא");
        assert_eq!(shown("Musk אבג 2021", false), "Musk 2021 גבא");
        assert_eq!(shown("«אב» x", true), "x «בא»");
        assert_eq!(shown("", true), "");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_comes_twice(line in "[a-c אבגسلام(){}0-9🧑é\u{301}]{0,24}", right in any::<bool>()) {
            let mut bytes: Vec<Range<usize>> = in_order(&line, right).into_iter().map(|sign| sign.bytes).collect();
            bytes.sort_by_key(|range| range.start);
            let mut at = 0;
            for range in bytes {
                prop_assert_eq!(range.start, at);
                at = range.end;
            }
            prop_assert_eq!(at, line.len());
        }
    }
}
