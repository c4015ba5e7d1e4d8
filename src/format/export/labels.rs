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
    ("autore", Label::Byline), ("signature", Label::Byline), ("redacteur", Label::Byline), ("auteurs", Label::Byline),
    ("autoren", Label::Byline), ("autores", Label::Byline), ("автор", Label::Byline), ("schlagzeile", Label::Title),
    ("überschrift", Label::Title), ("titular", Label::Title), ("titolo", Label::Title), ("kop", Label::Title), ("заголовок", Label::Title),
    ("sección", Label::Tags), ("seccion", Label::Tags), ("seção", Label::Tags), ("sezione", Label::Tags), ("sectie", Label::Tags),
    ("rubriek", Label::Tags), ("раздел", Label::Tags), ("longitud", Label::Length), ("lunghezza", Label::Length),
    ("lengte", Label::Length), ("extensión", Label::Length), ("tamanho", Label::Length), ("comprimento", Label::Length),
    ("длина", Label::Length), ("date-chargement", Label::Loaded), ("date de chargement", Label::Loaded), ("fecha-carga", Label::Loaded),
    ("fecha de carga", Label::Loaded), ("data-caricamento", Label::Loaded), ("data di caricamento", Label::Loaded),
    ("datum-laden", Label::Loaded), ("laaddatum", Label::Loaded), ("data de carregamento", Label::Loaded), ("ladedatum", Label::Loaded),
    ("дата загрузки", Label::Loaded), ("idioma", Label::Language), ("lengua", Label::Language), ("lingua", Label::Language),
    ("taal", Label::Language), ("язык", Label::Language), ("type-publication", Label::Own), ("type de publication", Label::Own),
    ("tipo-publicación", Label::Own), ("tipo de publicación", Label::Own), ("tipo-pubblicazione", Label::Own),
    ("tipo di pubblicazione", Label::Own), ("publicatietype", Label::Own), ("publicatie-type", Label::Own),
    ("publikationstyp", Label::Own), ("tipo de publicação", Label::Own), ("grafik", Label::Own), ("graphique", Label::Own),
    ("gráfico", Label::Own), ("encart", Label::Own), ("fecha", Label::Date), ("fecha de publicación", Label::Date),
    ("date de publication", Label::Date), ("data", Label::Date), ("erscheinungsdatum", Label::Date), ("дата", Label::Date),
    ("fuente", Label::Source), ("publicación", Label::Source), ("bron", Label::Source), ("fonte", Label::Source),
    ("источник", Label::Source), ("titre de la publication", Label::Source), ("título de publicación", Label::Source),
    ("texto", Label::Text), ("tekst", Label::Text), ("texte", Label::Text), ("testo", Label::Text), ("cuerpo", Label::Text),
    ("corps", Label::Text), ("текст", Label::Text),
];

/// True where `name` may be a label in whatever encoding: what is no ASCII cannot be told before it is decoded.
pub(super) fn may_be_label(name: &[u8]) -> bool {
    let name = name.trim_ascii_end();
    !name.is_ascii() || LABELS.iter().any(|(label, _)| label.as_bytes().eq_ignore_ascii_case(name))
}

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

/// True for a notice of rights, which every document has.
pub(super) fn is_notice(line: &str) -> bool {
    let line = line.to_lowercase();
    [
        "copyright",
        "©",
        "(c) ",
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "todos los derechos",
        "tutti i diritti",
    ]
    .iter()
    .any(|notice| line.starts_with(notice))
}

/// True for a day alone in its line: short, with a year and another number.
pub(super) fn is_day(line: &str) -> bool {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_year = |word: &&str| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20") || word.starts_with("18"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbers = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
    (2..=9).contains(&words.len()) && words.iter().any(is_year) && (numbers >= 2 || words.len() <= 3)
}
