//! `source:` finds words in the name of the paper, agency or site.

use super::{Facet, Field};
use crate::query::Part;

pub(super) const FIELD: Field = Field {
    synonyms: &["site", "publisher", "feed"],
    description: "words in the name of the paper, agency or site",
    examples: &["source:liputan6", r#"source:"hindustan times""#, r#"source:="Hindustan Times""#],
    list: true,
    whole: true,
    facet: Some(Facet::Sources),
    ..Field::of_words("source", Part::Source, |value| super::words(Part::Source, value))
};
