//! The fields in which the words of a query are looked for.

use tantivy::schema::Field;

use super::ways::{Sought, Way};
use crate::archive::{MatchKind, MatchPlace};
use crate::index::store::schema::Fields;
use crate::query::Part;

/// A field that words are looked for in.
pub(crate) struct Target {
    pub place: MatchPlace,
    pub words: Field,
    /// Whether words are also found by others of their families.
    pub has_families: bool,
}

impl Target {
    /// Adds a way in which a word may be there.
    pub(crate) fn push(&self, kind: MatchKind, sought: Sought, ways: &mut Vec<Way>) {
        ways.push(Way { kind, place: self.place, sought });
    }
}

/// The fields of a part.
pub(crate) fn targets(fields: Fields, part: Part) -> Vec<Target> {
    let title = Target { place: MatchPlace::Title, words: fields.title, has_families: true };
    let text = Target { place: MatchPlace::Text, words: fields.body, has_families: true };
    let plain = |place, words| vec![Target { place, words, has_families: false }];
    match part {
        Part::Anywhere => vec![title, text],
        Part::Title => vec![title],
        Part::Body => vec![text],
        Part::Byline => plain(MatchPlace::Byline, fields.by),
        Part::Source => plain(MatchPlace::Source, fields.source_words),
        Part::Path => plain(MatchPlace::Path, fields.path),
        Part::Url => plain(MatchPlace::Url, fields.url),
        Part::Tag => plain(MatchPlace::Tag, fields.tag_words),
    }
}
