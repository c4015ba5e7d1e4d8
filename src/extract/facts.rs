//! Who wrote and who published an article, from its lines of facts and from what is stated beside it.

use super::blocks::Block;
use super::byline::{self, Fact};
use super::kinds::Kind;
use super::roles::Layout;
use crate::article::{Role, Stated};
use crate::text::Clean;

/// Who wrote and who published the article, as its lines of facts say.
pub(super) fn facts(blocks: &[Block], kinds: &[Kind], layout: &Layout) -> (Option<Stated>, Option<Stated>) {
    let from = layout.title.unwrap_or(0).saturating_sub(5);
    let to = layout.embedded.unwrap_or(blocks.len());
    let (mut author, mut publisher) = (None, None);
    for at in from..to {
        let stated = |name: &str| Some(Stated { text: Clean::new(name), line: Some(blocks[at].line) });
        // A line that states a date may name the publisher as well.
        let fact = match &kinds[at] {
            Kind::Fact(fact) => Some(fact.clone()),
            Kind::Date => byline::read(&blocks[at].text),
            _ => None,
        };
        match &fact {
            Some(Fact::Author(name)) if author.is_none() => author = stated(name),
            Some(Fact::Publisher(name)) if publisher.is_none() => publisher = stated(name),
            _ => {}
        }
    }
    (author.or_else(|| unannounced(blocks, kinds, layout)), publisher)
}

/// An author whose name stands alone between headline and text, next to the date or with it.
///
/// Pictures have names beside them as well, of those they show; but of those the text speaks.
fn unannounced(blocks: &[Block], kinds: &[Kind], layout: &Layout) -> Option<Stated> {
    let title = layout.title?;
    let is_date = |at: usize| kinds.get(at) == Some(&Kind::Date);
    let at = (title + 1..blocks.len().min(title + 5)).find(|at| {
        let dated = is_date(at + 1) || is_date(at - 1) || blocks[*at].text.contains('|');
        kinds[*at] == Kind::Short && dated && byline::bare_name(&blocks[*at].text).is_some()
    })?;
    let name = byline::bare_name(&blocks[at].text)?;
    let surname = name.rsplit(' ').next()?;
    let spoken_of = |(block, role): (&Block, &Role)| *role != Role::Furniture && block.text.contains(surname);
    let others = blocks.iter().zip(&layout.roles).enumerate().filter(|(other, _)| *other != at);
    let known = others.take(title + 30).any(|(_, block)| spoken_of(block));
    (!known).then(|| Stated { text: Clean::new(&name), line: Some(blocks[at].line) })
}

/// The names in a field that states the byline, without the words before them: `By …`.
pub(super) fn stated_byline(field: Option<Clean>) -> Option<Stated> {
    let text = field?;
    let text = match byline::read(&text) {
        Some(Fact::Author(name)) => Clean::new(&name),
        _ => text,
    };
    Some(Stated { text, line: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_byline_is_its_names() {
        let byline = stated_byline(Some("By Ann Bell".into())).expect("stated");
        assert_eq!(byline.text, "Ann Bell");
    }
}
