//! One document of an export: facts below labels, facts without one at its head, and the text.

use super::super::columns;
use super::super::names::is_nothing;
use super::labels::{self, Label, code, is_day, is_notice, label};
use super::{Border, border};
use crate::extract::{RawArticle, StatedFields};

/// Lines that are set in by so much stand in the middle of the page.
const CENTRED: usize = 5;

/// A document that is read line by line.
#[derive(Default)]
struct Document<'a> {
    stated: StatedFields,
    loaded: Option<String>,
    /// The lines at the head without a label, and whether each stands in the middle.
    head: Vec<(&'a str, bool)>,
    text: String,
    /// The label whose text goes on in the next lines.
    open: Option<Label>,
    /// Whether a label was met above the text, and whether the text has begun, or ended.
    labelled: bool,
    has_begun: bool,
    has_ended: bool,
}

/// The article in a document.
pub(super) fn read(text: &str) -> RawArticle {
    if let Some(article) = super::plain::read(text) {
        return article;
    }
    let mut document = Document::default();
    let is_coded = text.lines().filter(|line| code(line).is_some()).take(4).count() >= 4
        && text.lines().any(|line| code(line).is_some_and(|(code, _)| code == "HD"));
    for line in text.lines() {
        if border(line.as_bytes()).is_some_and(|border| border != Border::BeginsHere) {
            continue;
        }
        let found = match is_coded {
            true => code(line).map(|(code, rest)| (labels::of_code(code), rest)),
            false => label(line),
        };
        document.take(line, found, is_coded);
    }
    document.article()
}

impl<'a> Document<'a> {
    fn take(&mut self, line: &'a str, found: Option<(Label, &'a str)>, is_coded: bool) {
        match found {
            // Within a text, only what archives write ends it, and what it began with does not come again.
            Some((label, rest)) if is_coded || !self.has_begun || self.ends_text(label) => {
                self.put(label, rest);
            }
            _ if line.trim().is_empty() => {
                if self.open.is_some_and(|label| label != Label::Text) && !is_coded {
                    self.open = None;
                }
                if self.open == Some(Label::Text) && !self.text.is_empty() && !self.text.ends_with("\n\n") {
                    self.text.push('\n');
                }
            }
            _ => self.go_on(line),
        }
    }

    /// True for a label that stands below a text, and in none.
    fn ends_text(&self, label: Label) -> bool {
        label.is_strong()
            || self.has_ended
            || matches!(label, Label::Language | Label::Url)
            || matches!(label, Label::Title | Label::Source | Label::Date) && self.text.ends_with("\n\n")
    }

    fn put(&mut self, label: Label, rest: &'a str) {
        self.open = Some(label);
        if label == Label::Text {
            self.has_begun = true;
            if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
            self.push_text(rest);
            return;
        }
        self.has_ended |= self.has_begun;
        self.labelled |= label != Label::Other;
        self.state(label, rest);
    }

    fn state(&mut self, label: Label, value: &str) {
        if is_nothing(value) {
            return;
        }
        let stated = &mut self.stated;
        let slot = match label {
            Label::Title => &mut stated.title,
            Label::Byline => &mut stated.byline,
            Label::Source => &mut stated.source,
            Label::Date => &mut stated.date,
            Label::Loaded => &mut self.loaded,
            Label::Language => &mut stated.language,
            Label::Url => &mut stated.url,
            Label::Tags => {
                // The page stands behind the section.
                let section = value.split(';').next().unwrap_or_default().trim();
                stated.tags.push(section.to_owned());
                return;
            }
            _ => return,
        };
        let value =
            if label == Label::Byline { value.replace("; ", ", ").replace(';', ", ") } else { value.to_owned() };
        match slot {
            None => *slot = Some(value),
            // A value goes on in the next line; one that is stated again says no more.
            Some(known) if self.open == Some(label) && known.len() < 500 && !known.contains(&value) => {
                known.push(' ');
                known.push_str(&value);
            }
            Some(_) => {}
        }
    }

    fn go_on(&mut self, line: &'a str) {
        match self.open {
            Some(Label::Text) => self.push_text(line),
            Some(label) => self.state(label, line.trim()),
            None if self.has_ended => {}
            None if self.has_begun || self.labelled && !self.is_head(line) => {
                self.has_begun = true;
                self.open = Some(Label::Text);
                self.push_text(line);
            }
            None => self.head.push((line.trim(), line.len() - line.trim_start().len() >= CENTRED)),
        }
    }

    /// True for a line that stands in the middle among labels: still no text.
    fn is_head(&self, line: &str) -> bool {
        line.len() - line.trim_start().len() >= 2 * CENTRED
    }

    fn push_text(&mut self, line: &str) {
        let line = line.trim();
        let is_aside = self.text.ends_with('\n') && is_notice(line);
        if !line.is_empty() && !is_aside {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn article(mut self) -> RawArticle {
        self.read_head();
        let mut stated = self.stated;
        stated.date = stated.date.or(self.loaded);
        // Without any label the text stands in the head.
        let text = if self.text.trim().is_empty() && !self.labelled {
            self.head.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n")
        } else {
            self.text
        };
        let text = columns::whole(text.trim()).0.trim_end().to_owned();
        RawArticle { text, stated, ..RawArticle::default() }
    }

    /// The paper, the day and the headline that stand at the head without a label.
    fn read_head(&mut self) {
        let head: Vec<(&str, bool)> = self.head.iter().filter(|(line, _)| !is_notice(line)).copied().collect();
        let day = head.iter().position(|(line, _)| is_day(line));
        let stated = &mut self.stated;
        let Some(day) = day else {
            stated.title = stated.title.take().or_else(|| head.first().map(|(line, _)| (*line).to_owned()));
            return;
        };
        stated.date = stated.date.take().or_else(|| Some(head[day].0.to_owned()));
        let before = &head[..day];
        let paper = before.last().map(|(line, _)| (*line).to_owned());
        stated.source = stated.source.take().or(paper);
        let above = before.split_last().map_or(Vec::new(), |(_, above)| above.to_vec());
        let below = || head[day + 1..].iter().skip_while(|(_, centred)| *centred).take_while(|(_, centred)| !centred);
        let lines: Vec<&str> = if above.is_empty() {
            below().map(|(line, _)| *line).collect()
        } else {
            above.iter().map(|(line, _)| *line).collect()
        };
        stated.title = stated.title.take().or_else(|| Some(lines.join(" ")).filter(|title| !title.is_empty()));
    }
}
