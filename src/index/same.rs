//! What another engine needs, so that it finds, ranks and marks the same.

pub(crate) use super::analysis::ANALYSER_VERSION;
pub(crate) use super::analysis::asked::{
    Asked, AskedUnit, allowed_errors, asked, asked_phrase, joined, near_terms, pair,
};
pub(crate) use super::analysis::forms::{Forms, Umlauts};
pub(crate) use super::analysis::scripts::other_scripts;
pub(crate) use super::analysis::spelling::errors_between;
pub(crate) use super::analysis::splits::splits;
pub(crate) use super::analysis::stems::{LanguageStemmer, SHORTEST_PART, backwards};
pub(crate) use super::analysis::terms::{Analyser, Place, places};
pub(crate) use super::analysis::units::{UnitKind, Units};
pub(crate) use super::answering::nearness::{IN_TEXT, IN_TITLE, LOOKED_AT, OUT_OF_ORDER, words as words_beside};
pub(crate) use super::answering::relax::{Attempt, attempts, has_several_words};
pub(crate) use super::answering::stated::{any, asks_for_words, without};
pub(crate) use super::asking::lower::{is_word, midnight};
pub(crate) use super::asking::tier::{OTHER_PLACE, TEXTLESS, Worth};
pub(crate) use super::marking::matcher::marker;
pub(crate) use super::store::schema::{
    LONGEST_SOURCE, OPENING, cut, path_hash, title_key, title_start, trait_code, whole_hash,
};
