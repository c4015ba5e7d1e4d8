//! What the cluster keeps of an article, and how.

use serde_json::{Value, json};

use crate::index::same::ANALYSER_VERSION;

/// The version of the mapping, which changes whenever an index of another would find other articles.
const VERSION: u64 = 1;

/// What stands at the top of `_meta` of an index of ours.
const OURS: &str = "newsstand";

/// How many parts of an index there are to spread over the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// How many parts the articles are divided among. It cannot be changed later.
    pub shards: u32,
    /// How many further copies of each part there are.
    pub replicas: u32,
}

impl Default for Shape {
    fn default() -> Shape {
        Shape { shards: 1, replicas: 1 }
    }
}

/// The names of the fields.
pub(crate) mod field {
    pub(crate) const TITLE: &str = "title";
    pub(crate) const BODY: &str = "body";
    pub(crate) const TITLE_STEMS: &str = "title_stems";
    pub(crate) const BODY_STEMS: &str = "body_stems";
    pub(crate) const BYLINE_WORDS: &str = "byline_words";
    pub(crate) const SOURCE_WORDS: &str = "source_words";
    pub(crate) const PATH_WORDS: &str = "path_words";
    pub(crate) const URL_WORDS: &str = "url_words";
    pub(crate) const TAG_WORDS: &str = "tag_words";
    pub(crate) const ID: &str = "id";
    pub(crate) const WHOLE: &str = "whole";
    pub(crate) const PATH: &str = "path";
    pub(crate) const LANGUAGE: &str = "language";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const BYLINE: &str = "byline";
    pub(crate) const URL: &str = "url";
    pub(crate) const TAGS: &str = "tags";
    pub(crate) const HAS: &str = "has";
    pub(crate) const DATE: &str = "date";
    pub(crate) const SPAN: &str = "span";
    pub(crate) const PRECISION: &str = "precision";
    pub(crate) const EVIDENCE: &str = "evidence";
    pub(crate) const MOMENT: &str = "moment";
    pub(crate) const WORDS: &str = "words";
    pub(crate) const TEXTLESS: &str = "textless";
    pub(crate) const TITLE_START: &str = "title_start";
    pub(crate) const TITLE_KEY: &str = "title_key";
    pub(crate) const ADDED: &str = "added";
    pub(crate) const LEDGER: &str = "ledger";
    pub(crate) const FILE: &str = "file";
    pub(crate) const STAMP: &str = "stamp";
    /// What a list shows, and where the article lay: kept as it is, and not looked into.
    pub(crate) const ROW: &str = "row";
    /// The text, kept likewise.
    pub(crate) const TEXT: &str = "text";
}

/// What an index is created with.
pub(crate) fn creation(shape: Shape) -> Value {
    use field::*;
    // Words of ours, all forms in one place.
    let words = || json!({ "type": "text", "analyzer": "forms", "search_analyzer": "asked" });
    let mut looked_up = words();
    // A single letter begins thousands of words, and it is what everybody types first.
    looked_up["index_prefixes"] = json!({ "min_chars": 1, "max_chars": 3 });
    // It is only asked whether they are there.
    let stems = || json!({ "type": "text", "analyzer": "asked", "index_options": "docs", "norms": false });
    let keyword = || json!({ "type": "keyword" });
    // Found, and never listed or sorted.
    let found = || json!({ "type": "keyword", "doc_values": false });
    let sorted = || json!({ "type": "long" });
    let kept = || json!({ "type": "object", "enabled": false });
    json!({
        "settings": {
            "index": { "number_of_shards": shape.shards, "number_of_replicas": shape.replicas, "codec": "best_compression" },
            "analysis": {
                // Forms of one word may be longer together than the longest word that the server takes by itself.
                "tokenizer": { "places": { "type": "whitespace", "max_token_length": 1000 } },
                "filter": {
                    "parted": { "type": "pattern_capture", "preserve_original": false, "patterns": ["([^|]+)"] },
                    "free": { "type": "stop", "stopwords": ["*"] },
                },
                "analyzer": {
                    "forms": { "type": "custom", "tokenizer": "places", "filter": ["parted", "free"] },
                    "asked": { "type": "custom", "tokenizer": "places", "filter": ["free"] },
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta(),
            "_source": { "includes": [ROW, TEXT] },
            "properties": {
                TITLE: looked_up.clone(),
                BODY: looked_up,
                TITLE_STEMS: stems(),
                BODY_STEMS: stems(),
                BYLINE_WORDS: words(),
                SOURCE_WORDS: words(),
                PATH_WORDS: words(),
                URL_WORDS: words(),
                TAG_WORDS: words(),
                ID: keyword(),
                WHOLE: found(),
                PATH: found(),
                LANGUAGE: keyword(),
                SOURCE: keyword(),
                BYLINE: keyword(),
                URL: found(),
                TAGS: keyword(),
                HAS: found(),
                DATE: { "type": "date_range", "format": "yyyy-MM-dd" },
                SPAN: keyword(),
                PRECISION: keyword(),
                EVIDENCE: keyword(),
                MOMENT: sorted(),
                WORDS: { "type": "integer" },
                TEXTLESS: { "type": "boolean" },
                TITLE_START: sorted(),
                TITLE_KEY: keyword(),
                ADDED: { "type": "date", "format": "epoch_second" },
                LEDGER: found(),
                FILE: found(),
                STAMP: found(),
                ROW: kept(),
                TEXT: kept(),
            },
        },
    })
}

/// What stands in `_meta` of an index that this version makes.
#[doc(hidden)]
pub fn meta() -> Value {
    json!({ OURS: { "mapping": VERSION, "analyser": ANALYSER_VERSION } })
}

/// What is wrong with an index for us, if anything, with the way out; `meta` is what stands in its `_meta`.
pub(crate) fn misfit(index: &str, meta: Option<&Value>) -> Option<String> {
    let Some(ours) = meta.and_then(|meta| meta.get(OURS)) else {
        return Some(format!(
            "the index `{index}` was not made by newsstand; choose another name, and make it with `newsstand index PATHS --to … --create`"
        ));
    };
    let (mapping, analyser) = (ours["mapping"].as_u64(), ours["analyser"].as_str());
    if (mapping, analyser) == (Some(VERSION), Some(ANALYSER_VERSION)) {
        return None;
    }
    let newer = mapping.is_some_and(|version| version > VERSION);
    let out = match newer {
        true => "use the version of newsstand that made it, or a newer one",
        false => "write the articles into a new index with `newsstand index PATHS --to … --create`",
    };
    Some(format!("the index `{index}` was made by another version of newsstand, which finds other words; {out}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_of_another_version_is_refused_with_a_way_out() {
        assert_eq!(misfit("news", Some(&meta())), None);
        let told = |meta: Value| misfit("news", Some(&meta)).expect("it does not fit");
        assert!(misfit("news", None).expect("it does not fit").contains("not made by newsstand"));
        assert!(told(json!({ "other": 1 })).contains("not made by newsstand"));
        let older = json!({ OURS: { "mapping": VERSION, "analyser": "1" } });
        assert!(told(older).contains("--create"));
        let newer = json!({ OURS: { "mapping": VERSION + 1, "analyser": ANALYSER_VERSION } });
        assert!(told(newer).contains("or a newer one"));
    }

    #[test]
    fn every_field_is_of_a_known_kind() {
        let creation = creation(Shape::default());
        let fields = creation["mappings"]["properties"].as_object().expect("an object");
        assert!(fields.len() > 30 && fields.values().all(|field| field["type"].is_string()));
        assert_eq!(creation["mappings"]["dynamic"], "strict");
    }
}
