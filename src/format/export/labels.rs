//! The labels of press archives, and what stands below each.

/// What stands below a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Title,
    Byline,
    Source,
    Date,
    /// The day on which the archive took the document: better than none.
    Loaded,
    Language,
    Url,
    Tags,
    /// The text begins.
    Text,
    /// How long the document is.
    Length,
    /// Nothing that is shown, and only archives say it.
    Own,
    /// Nothing that is shown.
    Other,
}

impl Label {
    /// True for what nobody but an archive writes.
    pub fn is_strong(self) -> bool {
        matches!(self, Label::Loaded | Label::Own | Label::Length)
    }
}

/// Labels in lower case, as they stand before a colon.
#[rustfmt::skip]
const LABELS: &[(&str, Label)] = &[
    ("headline", Label::Title), ("title", Label::Title), ("titel", Label::Title), ("titre", Label::Title), ("título", Label::Title),
    ("byline", Label::Byline), ("author", Label::Byline), ("authors", Label::Byline), ("autor", Label::Byline), ("auteur", Label::Byline),
    ("von", Label::Byline), ("publication title", Label::Source), ("publication", Label::Source), ("source", Label::Source),
    ("quelle", Label::Source), ("publication date", Label::Date), ("date", Label::Date), ("datum", Label::Date), ("publication year", Label::Other),
    ("load-date", Label::Loaded), ("load date", Label::Loaded), ("update", Label::Loaded),
    ("language", Label::Language), ("language of publication", Label::Language), ("sprache", Label::Language), ("langue", Label::Language),
    ("url", Label::Url), ("document url", Label::Url), ("section", Label::Tags), ("rubrik", Label::Tags), ("rubrique", Label::Tags),
    ("body", Label::Text), ("full text", Label::Text), ("text", Label::Text), ("volltext", Label::Text), ("texte intégral", Label::Text), ("texto completo", Label::Text),
    ("length", Label::Length), ("länge", Label::Length), ("longueur", Label::Length),
    ("graphic", Label::Own), ("publication-type", Label::Own), ("publication type", Label::Own), ("document-type", Label::Own),
    ("document type", Label::Own), ("dateline", Label::Own), ("highlight", Label::Own), ("journal-code", Label::Own), ("journal code", Label::Own),
    ("pub-type", Label::Own), ("publication info", Label::Own), ("proquest document id", Label::Own), ("copyright", Label::Other),
    ("abstract", Label::Other), ("correction", Label::Other), ("correction-date", Label::Own), ("acc-no", Label::Own), ("series", Label::Other),
    ("links", Label::Other), ("subject", Label::Other), ("company", Label::Other), ("organization", Label::Other), ("person", Label::Other),
    ("country", Label::Other), ("city", Label::Other), ("state", Label::Other), ("geographic", Label::Other), ("industry", Label::Other),
    ("ticker", Label::Other), ("classification", Label::Other), ("location", Label::Other), ("people", Label::Other),
    ("company / organization", Label::Other), ("publication subject", Label::Own), ("issn", Label::Own), ("source type", Label::Own),
    ("place of publication", Label::Own), ("country of publication", Label::Own), ("publisher", Label::Other), ("database", Label::Own),
    ("last updated", Label::Own), ("pages", Label::Other), ("first page", Label::Own), ("volume", Label::Other), ("issue", Label::Other),
    ("notes", Label::Other), ("cat", Label::Other), ("identifier / keyword", Label::Own),
];

/// The label that a line begins with, and what follows it.
pub(super) fn label(line: &str) -> Option<(Label, &str)> {
    let line = line.trim();
    // Newer exports write the label of the text alone.
    if line.eq_ignore_ascii_case("body") || line.eq_ignore_ascii_case("full text") {
        return Some((Label::Text, ""));
    }
    let (name, value) = line.split_once(':')?;
    if name.len() > 30 || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let name = name.trim().to_lowercase();
    LABELS.iter().find(|(known, _)| *known == name).map(|(_, label)| (*label, value.trim()))
}

/// The two letters of fields, and what stands there.
const CODES: &[(&str, Label)] = &[
    ("HD", Label::Title),
    ("BY", Label::Byline),
    ("SN", Label::Source),
    ("PD", Label::Date),
    ("LA", Label::Language),
    ("SE", Label::Tags),
    ("LP", Label::Text),
    ("TD", Label::Text),
    ("WC", Label::Other),
    ("ET", Label::Other),
    ("SC", Label::Other),
    ("ED", Label::Other),
    ("PG", Label::Other),
    ("CY", Label::Other),
    ("CR", Label::Other),
    ("ART", Label::Other),
    ("CO", Label::Other),
    ("IN", Label::Other),
    ("NS", Label::Other),
    ("RE", Label::Other),
    ("IPC", Label::Other),
    ("IPD", Label::Other),
    ("PUB", Label::Other),
    ("AN", Label::Other),
    ("RF", Label::Other),
    ("CLM", Label::Other),
    ("VOL", Label::Other),
];

/// The letters that a line begins with, and what follows them, set off by two spaces or alone.
pub(super) fn code(line: &str) -> Option<(&'static str, &str)> {
    let (code, _) = CODES.iter().find(|(code, _)| {
        let rest = line.strip_prefix(code);
        rest.is_some_and(|rest| rest.trim().is_empty() || rest.starts_with("  ") || rest.starts_with('\t'))
    })?;
    Some((*code, line[code.len()..].trim()))
}

/// What stands in a field of these letters.
pub(super) fn of_code(code: &str) -> Label {
    CODES.iter().find(|(known, _)| *known == code).map_or(Label::Other, |(_, label)| *label)
}
