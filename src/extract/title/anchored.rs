//! Headlines with a date or a byline: nothing else on a page is told so surely.

use super::super::blocks::{Block, End};
use super::super::byline::Fact;
use super::super::kinds::Kind;
use super::looks;

/// So many blocks below a headline, its date or byline stands: a summary, a portrait, a section may come between.
const NEAR: usize = 4;
/// So many blocks below the first paragraph of a page its article may begin, where others are announced first.
const REACH: usize = 70;
/// What is longer is the paragraph of an article, and announces none.
const LONGEST_TEASER: usize = 320;
/// The text below a headline is so many times what stood before it, and so much at least.
const TIMES: usize = 3;
const LEAST_TEXT: usize = 400;
/// So many blocks below the headline are weighed.
const WEIGHED: usize = 16;
/// What a line looks like that may be a headline, as [`looks`] has it.
const LEAST_LOOKS: f32 = 1.2;

/// The block of the date or byline right below the line at `at`, where one is.
pub(super) fn anchor(kinds: &[Kind], at: usize) -> Option<usize> {
    let mut paragraphs = 0;
    for (near, kind) in kinds.iter().enumerate().skip(at + 1).take(NEAR) {
        match kind {
            Kind::Date | Kind::Fact(Fact::Author(_)) => return Some(near),
            // A summary, but no text.
            Kind::Prose if paragraphs > 0 => return None,
            Kind::Prose => paragraphs += 1,
            Kind::Short | Kind::Furniture | Kind::Caption | Kind::Fact(_) => {}
        }
    }
    None
}

/// True for a line that may be a headline by its looks alone.
fn may_be_headline(block: &Block, kind: &Kind) -> bool {
    let is_open = matches!(block.shape.end, End::Open | End::Call | End::Dots);
    let fits = match kind {
        Kind::Short => true,
        // A question is as long as a sentence.
        Kind::Prose => is_open && block.shape.size <= 160,
        _ => false,
    };
    fits && is_open
        && block.shape.words >= 4
        && block.apart.0
        && !block.bullet
        && looks(block).is_some_and(|looks| looks >= LEAST_LOOKS)
}

/// Where the text of the article begins, if that is further down than `body`: a page may announce other articles first,
/// or show a widget. Then little text stands before a headline with its date or byline, and much behind it.
pub fn body(blocks: &[Block], kinds: &[Kind], body: usize) -> usize {
    let has_headline = (body.saturating_sub(2 * NEAR)..body)
        .any(|at| may_be_headline(&blocks[at], &kinds[at]) && anchor(kinds, at).is_some_and(|anchor| anchor < body));
    if has_headline {
        return body;
    }
    let mut before = 0;
    for at in body..(body + REACH).min(blocks.len()) {
        if at > body
            && may_be_headline(&blocks[at], &kinds[at])
            && let Some(anchor) = anchor(kinds, at)
            && let Some(text) = (anchor + 1..(anchor + WEIGHED).min(blocks.len())).find(|at| kinds[*at] == Kind::Prose)
        {
            let weighed = text..(text + WEIGHED).min(blocks.len());
            let prose = weighed.filter(|at| kinds[*at] == Kind::Prose);
            let mass: usize = prose.map(|at| blocks[at].shape.size.min(600)).sum();
            if mass >= LEAST_TEXT && mass >= TIMES * before {
                return text;
            }
        }
        if kinds[at] == Kind::Prose {
            // Here the article itself has begun.
            if blocks[at].shape.size > LONGEST_TEASER {
                return body;
            }
            before += blocks[at].shape.size;
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::super::super::{blocks, date, kinds, lines};
    use super::super::find;

    const TEXT: &str = "The ferry to the outer islands stays in the harbour until the storm is over, the mayor said, and nobody knows \
        when that will be or who will bring the bread to the people there.\n\nThe islands have bread for a week, the mayor \
        said, and more fish than anybody there wants to eat, so that the ferry is not missed by all of them.\n\nThe captain of \
        the ferry has gone home, and says that he will be back in the harbour when the flags hang down again.\n";

    fn check(head: &str, expected: &str) {
        let text = format!("{head}\n\n{TEXT}");
        let (lines, _) = lines::lines(&text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let body = kinds::body_start(&blocks, &kinds).unwrap_or(blocks.len());
        let body = super::body(&blocks, &kinds, body);
        let found = find(&blocks, &kinds, body).map_or("-", |at| &*blocks[at].text);
        assert_eq!(found, expected, "{head}");
    }

    #[test]
    fn what_is_announced_before_the_article_is_not_its_headline() {
        check(
            "More about it\n\nNew bridge will be made of glass\n\nThe council has decided it, whatever the bridge of glass may cost.\n\n\
            Bakers go on holiday together\n\nFor the first time, all bakers of the town are on holiday in one week.\n\n\
            Ferry stays in harbour for a week\n\nBy Nora Webb\n3 May 2021",
            "Ferry stays in harbour for a week",
        );
        check(
            "Du hast einen Artikel gespeichert\n\nAlle gespeicherten Artikel findest du in deinem Konto und in der Anwendung.\n\n\
            Ferry stays in harbour for a week\n\nVon Nora Weber",
            "Ferry stays in harbour for a week",
        );
    }

    #[test]
    fn nothing_below_the_date_beats_the_line_above_it() {
        for below in [
            "The harbour and its ferry have a plan",
            "Video: ferry in the storm, seen from the harbour",
            "Ferry and harbour: all you want to know",
        ] {
            check(
                &format!(
                    "Home\nIslands\n\nFerry stays in harbour\n\n3 May 2021\n\nShare\nPrint\nFacebook\nTwitter\n\n{below}"
                ),
                "Ferry stays in harbour",
            );
            check(
                &format!(
                    "Ferry stays in harbour\n\nPar Claire Dubois\n\nPartager\nImprimer\nFacebook\nTwitter\n\n{below}"
                ),
                "Ferry stays in harbour",
            );
        }
    }

    #[test]
    fn the_date_of_the_day_above_a_headline_is_the_papers() {
        check(
            "The Harbour Post\n\nMonday, 3 May 2021\n\nFerry stays in harbour for a week\n\nBy Nora Webb",
            "Ferry stays in harbour for a week",
        );
        check("Monday, 3 May 2021\n\nFerry stays in harbour for a week", "Ferry stays in harbour for a week");
    }
}
