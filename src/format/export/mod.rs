//! Text exports of press archives: many documents in one file, their facts below labels.
//!
//! Four kinds are in use: documents that are counted (`2 of 17 DOCUMENTS`, Nexis and ProQuest), with an
//! end that is told (`End of Document`, Nexis Uni; `Document GAZ0000020240305…`, Factiva), parted by rules
//! (ProQuest), or with two letters for each field (`HD`, `LP`, Factiva).

mod document;
mod labels;
mod plain;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, decode};
use labels::{code, label, may_be_label};

pub(super) const FORMAT: Format = Format {
    name: "export",
    description: "text exports of press archives (Nexis, Factiva, ProQuest, Europresse), one article a document",
    extensions: &[],
    reads: "title, text, author, source, date, language, address and sections, from their labels",
    begins,
    split,
    preface: |head| Preface { encoding: decode::guess_from(head), bytes: Vec::new(), ..Preface::default() },
    read,
    grows: false,
    holds: Holds::Narrow,
};

/// At most so many bytes of a line are looked at at once.
const LINE: u64 = 64 << 10;

/// What a line says of the documents around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Border {
    /// A document begins below it.
    Begins,
    /// A document begins with it.
    BeginsHere,
    /// A document ends with it.
    Ends,
}

/// Words for a document in the line that counts them.
const DOCUMENTS: &[&str] = &[
    "document",
    "documents",
    "dokument",
    "dokumenten",
    "dokumente",
    "documentos",
    "documento",
    "documenti",
    "documenten",
    "document(s)",
    "документ",
    "документов",
];

/// Words between the two numbers.
const OF: &[&str] = &["of", "von", "de", "di", "van", "sur", "af", "av", "из", "/"];

fn border(line: &[u8]) -> Option<Border> {
    let line = line.trim_ascii();
    if line.is_empty() || line.len() > 80 {
        return None;
    }
    if line.len() >= 20 && line.iter().all(|byte| *byte == b'_') {
        return Some(Border::Ends);
    }
    let text = std::str::from_utf8(line).ok()?;
    let lower = text.to_ascii_lowercase();
    if lower == "end of document" || lower == "ende des dokuments" || lower == "fin du document" {
        return Some(Border::Ends);
    }
    if plain::is_number(text) {
        return Some(Border::Ends);
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [one, of, all, word] | [word, one, of, all]
            if is_number(one) && is_number(all) && OF.contains(of) && DOCUMENTS.contains(word) =>
        {
            Some(Border::Begins)
        }
        ["document" | "dokument", id] if is_accession(id) => Some(Border::Ends),
        _ => None,
    }
}

/// True for the number of a document in an archive: `GAZ0000020240305ek35000b1`.
fn is_accession(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() >= 18 && digits >= 10 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// True where two lines may begin with a label, or four with the letters of a field, or one may be the end of a
/// document; any other text need not be decoded.
fn may_be_labelled(head: &[u8]) -> bool {
    const LONGEST_LABEL: usize = 31;
    // Text of two bytes a letter shows nothing before it is decoded.
    if head.contains(&0) {
        return true;
    }
    let (mut labels, mut codes) = (0, 0);
    head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).any(|line| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let letters = line.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        let is_apart = line.get(letters).is_none_or(u8::is_ascii_whitespace);
        codes += usize::from((2..=3).contains(&letters) && is_apart);
        // Newer exports write the label of the text alone, and as they like.
        let is_letter = letters > 0 || line.first().is_some_and(|byte| !byte.is_ascii());
        let colon = line[..line.len().min(LONGEST_LABEL)].iter().position(|byte| *byte == b':');
        let is_label = is_letter && colon.is_some_and(|colon| may_be_label(&line[..colon]))
            || line.eq_ignore_ascii_case(b"body")
            || line.eq_ignore_ascii_case(b"full text");
        labels += usize::from(is_label);
        let has_number = || line.iter().filter(|byte| byte.is_ascii_digit()).count() >= 8;
        let is_end = (12..80).contains(&line.len()) && has_number() && border(line) == Some(Border::Ends);
        labels >= 2 || codes >= 4 || is_end
    })
}

/// True for what an archive writes below the last document.
fn is_trailer(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let mut first = first.filter(|line| !line.is_empty() && !line.iter().all(|byte| *byte == b'_'));
    bytes.len() < 2000
        && first.next().is_some_and(|line| TRAILERS.iter().any(|trailer| line.starts_with(trailer.as_bytes())))
}

/// What it begins with.
const TRAILERS: &[&str] = &[
    "Contact ProQuest",
    "Database copyright",
    "Citation style",
    "Bibliography",
    "Terms and Conditions",
    "© 20",
    "Copyright ©",
];

/// Sure where documents are counted, or facts stand below the labels that only archives have.
fn begins(head: &[u8]) -> Likeness {
    if !may_be_labelled(head) {
        return Likeness::No;
    }
    let decoded = decode::decode(decode::even(head), false, None);
    let (mut strong, mut known, mut codes) = (0, Vec::new(), Vec::new());
    let (mut counted, mut ended) = (false, false);
    let mut first: Vec<&str> = Vec::new();
    for (number, line) in decoded.text.lines().filter(|line| !line.trim().is_empty()).take(400).enumerate() {
        if first.len() < 30 {
            first.push(line.trim());
        }
        let border = border(line.as_bytes());
        counted |= number < 3 && border == Some(Border::Begins);
        ended |= border == Some(Border::Ends) && !line.trim().starts_with('_');
        if let Some((name, _)) = label(line) {
            strong += usize::from(name.is_strong());
            if !known.contains(&name) {
                known.push(name);
            }
        }
        if let Some((name, _)) = code(line).filter(|(name, _)| !codes.contains(name)) {
            codes.push(name);
        }
    }
    let is_coded = codes.contains(&"HD") && codes.len() >= 4 && ["LP", "TD"].iter().any(|text| codes.contains(text));
    // Without labels, the places of the day and of the end tell it.
    let is_placed =
        ended && (plain::length_at(&first).is_some() || first.iter().take(6).any(|line| labels::is_day(line)));
    Likeness::sure_if(is_placed || counted && known.len() >= 2 || strong >= 2 && known.len() >= 4 || is_coded)
}

/// Each document is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let whole = usize::try_from(limits.whole).unwrap_or(usize::MAX);
    let (mut bytes, mut line) = (Vec::new(), Vec::new());
    let (mut at, mut number, mut part) = (0u64, 0u64, 0u32);
    let (mut start, mut first) = (0u64, 1u64);
    let (mut goes_on, mut has_text) = (false, false);
    let mut hand_out = |bytes: &[u8], range: std::ops::Range<u64>, line: u64| {
        // What stands between two documents is no document.
        let told = bytes.iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != b'_');
        if told.count() < 30 || is_trailer(bytes) {
            return ControlFlow::Continue(());
        }
        part = part.saturating_add(1);
        let too_long = range.end - range.start > limits.whole;
        let kept = if too_long { usize::try_from(limits.cut).unwrap_or(usize::MAX) } else { bytes.len() };
        on(Piece { bytes: &bytes[..kept.min(bytes.len())], range, part: Some(part), line })
    };
    loop {
        line.clear();
        let read = Read::take(&mut *reader, LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        let begin = at;
        at += read as u64;
        let is_start = !goes_on;
        goes_on = !line.ends_with(b"\n");
        number += u64::from(is_start);
        let mut found = if is_start && !goes_on { border(&line) } else { None };
        // Documents of two letters a field follow each other without a border.
        if found.is_none() && is_start {
            let code = std::str::from_utf8(&line[..line.len().min(200)]).ok().and_then(code).map(|(code, _)| code);
            if code == Some("HD") && has_text {
                found = Some(Border::BeginsHere);
            }
            has_text |= matches!(code, Some("LP" | "TD"));
        }
        if found == Some(Border::Ends) {
            // The line belongs to the document, and tells nothing.
            let room = whole.saturating_sub(bytes.len());
            bytes.extend_from_slice(&line[..line.len().min(room)]);
        }
        if let Some(found) = found {
            let end = if found == Border::Ends { at } else { begin };
            if hand_out(&bytes, start..end, first).is_break() {
                return Ok(());
            }
            bytes.clear();
            has_text = false;
            (start, first) = match found {
                Border::BeginsHere => (begin, number),
                _ => (at, number + 1),
            };
            if found != Border::BeginsHere {
                continue;
            }
        }
        let room = whole.saturating_sub(bytes.len());
        bytes.extend_from_slice(&line[..line.len().min(room)]);
    }
    let _ = hand_out(&bytes, start..at, first);
    Ok(())
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    let decoded = decode::decode(piece.bytes, piece.is_whole(), around.preface.encoding);
    let raw = document::read(&decoded.text);
    if raw.text.trim().is_empty() && raw.stated.title.is_none() {
        return Err("a document without headline and text".to_owned());
    }
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    Ok(Sheet { raw, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;

    /// What is in a file: part, line, title, author, source, date and text.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(7, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || place == piece.bytes);
            let shown = match read(&piece, &Around::default()) {
                Ok(Sheet { raw, .. }) => {
                    let fields = [raw.stated.title, raw.stated.byline, raw.stated.source, raw.stated.date];
                    format!("{}|{}", fields.map(|field| field.unwrap_or("-".into())).join("|"), raw.text)
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        split(Source::new(&mut reader, None, Limits { whole: 5000, cut: 100 }), on).expect("memory can be read");
        found
    }

    fn check(file: &str, expected: &[(u32, u64, &str)]) {
        assert_eq!(begins(file.as_bytes()), Likeness::Sure, "{file}");
        let articles = articles(file.as_bytes());
        let got: Vec<_> = articles.iter().map(|(part, line, shown)| (*part, *line, shown.as_str())).collect();
        assert_eq!(got, expected, "{file}");
    }

    #[test]
    fn documents_that_are_counted_are_articles() {
        let document = |number: u32, title: &str| {
            format!(
                "                    {number} of 2 DOCUMENTS\n\n\n                    The Gazette\n\n                 January 11, 2010 Monday\n\
                 \u{20}                    Late Edition\n\n{title}\n\nBYLINE: Nora Webb; Ole Lund\n\nSECTION: NEWS; Pg. 4\n\nLENGTH: 9 words\n\n\
                 The harbour is closed,\nand nobody knows for how long.\n\nMore.\n\nLOAD-DATE: January 12, 2010\n\nLANGUAGE: ENGLISH\n\n\
                 \u{20}                 Copyright 2010 The Gazette\n                    All Rights Reserved\n\n"
            )
        };
        let text = "Nora Webb, Ole Lund|The Gazette|January 11, 2010 Monday|The harbour is closed,\nand nobody knows for how long.\n\nMore.";
        check(
            &[document(1, "Harbour closed"), document(2, "Ferry sold")].concat(),
            &[(1, 2, &format!("Harbour closed|{text}")), (2, 30, &format!("Ferry sold|{text}"))],
        );
    }

    #[test]
    fn documents_whose_end_is_told_are_articles() {
        let document = |title: &str| {
            format!(
                "{title}\nThe Gazette (Newport)\nMarch 5, 2024 Tuesday\n\nCopyright 2024 Gazette Ltd All Rights Reserved\n\nSection: NEWS; Pg. 2\nLength: 9 words\n\
                 Byline: Nora Webb\nHighlight: Closed.\n\nBody\n\nThe harbour is closed.\n\nMore.\n\nLoad-Date: March 6, 2024\n\nEnd of Document\n\n"
            )
        };
        let text = "Nora Webb|The Gazette (Newport)|March 5, 2024 Tuesday|The harbour is closed.\n\nMore.";
        check(
            &[document("Harbour closed"), document("Ferry sold")].concat(),
            &[(1, 1, &format!("Harbour closed|{text}")), (2, 21, &format!("Ferry sold|{text}"))],
        );
    }

    #[test]
    fn documents_between_rules_are_articles() {
        let rule = "____________________________________________________________";
        check(
            &format!(
                "{rule}\n\nDocument 1 of 2\n\nHarbour closed\n\nAuthor: Webb, Nora.\n\nPublication info: The Gazette ; Newport [Newport]. 05 Mar 2024: 4.\n\n\
                 Abstract: Closed.\n\nFull text: The harbour is closed.\n\nMore.\n\nTitle: Harbour closed\n\nPublication title: The Gazette; Newport\n\n\
                 Publication date: Mar 5, 2024\n\nLanguage of publication: English\n\nDocument URL: https://archive.example/1\n\n{rule}\n\nDocument 2 of 2\n\n\
                 Ferry sold\n\nFull text: The ferry is sold to a stranger.\n\nPublication title: The Post\n\nPublication date: Mar 6, 2024\n"
            ),
            &[
                (1, 4, "Harbour closed|Webb, Nora.|The Gazette; Newport|Mar 5, 2024|The harbour is closed.\n\nMore."),
                (2, 30, "Ferry sold|-|The Post|Mar 6, 2024|The ferry is sold to a stranger."),
            ],
        );
    }

    #[test]
    fn documents_of_two_letters_a_field_are_articles() {
        check(
            "SE  News\nHD  Harbour closed\nBY  By Nora Webb\nWC  9 words\nPD  5 March 2024\nSN  The Gazette\nSC  GAZ\nLA  English\nCY  Copyright 2024\n\n\
             LP  \nThe harbour is closed.\n\nTD  \nNobody knows for how long.\n\nMore.\n\nNS  gtrans : Transport\nAN  Document GAZ0000020240305ek35000b1\n\n\
             HD  Ferry sold\nWC  9 words\nPD  6 March 2024\nSN  The Post\nLA  English\n\nLP  \nThe ferry is sold.\n",
            &[
                (
                    1,
                    1,
                    "Harbour closed|By Nora Webb|The Gazette|5 March 2024|The harbour is closed.\n\nNobody knows for how long.\n\nMore.",
                ),
                (2, 22, "Ferry sold|-|The Post|6 March 2024|The ferry is sold."),
            ],
        );
    }

    #[test]
    fn documents_without_labels_are_told_by_their_places() {
        let factiva = |title: &str, number: u32| {
            format!(
                "Local News\n{title}\nBy Nora Webb\n9 words\n{number} March 2024\n09:15\nThe Gazette\nGAZ\n4\nEnglish\nCopyright 2024. Gazette Ltd.\n\n\
                 The harbour is closed.\n\nMore.\n\nDocument GAZ0000020240305ek3500{number}b1\n\n"
            )
        };
        check(
            &[factiva("Harbour closed to ships", 5), factiva("Ferry sold to strangers", 6)].concat(),
            &[
                (1, 1, "Harbour closed to ships|By Nora Webb|The Gazette|5 March 2024|The harbour is closed.\n\nMore."),
                (
                    2,
                    18,
                    "Ferry sold to strangers|By Nora Webb|The Gazette|6 March 2024|The harbour is closed.\n\nMore.",
                ),
            ],
        );
        let europresse = |title: &str, number: u32, below: &str| {
            format!(
                "Le Courrier, no. 123\nSociété, mardi {number} mars 2024, p. 4\n\n{title}\n\nLéa Morel\n\nLe port est fermé.\n\nEncore.\n\n{below}\
                 © 2024 Le Courrier. Tous droits réservés.\n\nnews·2024030{number}·CO·000{number}\n\n"
            )
        };
        check(
            &[
                europresse("Le port est fermé", 5, ""),
                europresse("Le ferry est vendu", 6, "Catégorie : Mer\nTaille : Court, 9 mots\n\n"),
            ]
            .concat(),
            &[
                (
                    1,
                    1,
                    "Le port est fermé|Léa Morel|Le Courrier|Société, mardi 5 mars 2024, p. 4|Le port est fermé.\n\nEncore.",
                ),
                (
                    2,
                    15,
                    "Le ferry est vendu|Léa Morel|Le Courrier|Société, mardi 6 mars 2024, p. 4|Le port est fermé.\n\nEncore.",
                ),
            ],
        );
    }

    #[test]
    fn labels_may_be_in_other_languages() {
        for (words, labels) in [
            ("1 de 1 DOCUMENTS", ["AUTEUR", "RUBRIQUE", "LONGUEUR", "DATE-CHARGEMENT"]),
            ("1 de 1 DOCUMENTOS", ["AUTOR", "SECCIÓN", "LONGITUD", "FECHA-CARGA"]),
            ("1 van 1 DOCUMENTEN", ["AUTEUR", "SECTIE", "LENGTE", "DATUM-LADEN"]),
            ("Dokument 1 von 1", ["AUTOR", "RUBRIK", "LÄNGE", "UPDATE"]),
            ("Documento 1 di 1", ["AUTORE", "SEZIONE", "LUNGHEZZA", "DATA-CARICAMENTO"]),
        ] {
            let [author, section, length, loaded] = labels;
            let file = format!(
                "{words}\n\n            The Gazette\n\n            11. 1. 2010\n\nHarbour\n\n{author}: Nora Webb\n\n{section}: S. 4\n\n{length}: 9 W\n\n\
                 Closed.\n\n{loaded}: 12. 1. 2010\n"
            );
            check(&file, &[(1, 2, "Harbour|Nora Webb|The Gazette|11. 1. 2010|Closed.")]);
        }
    }

    #[test]
    fn text_with_a_label_or_two_is_no_export() {
        for text in [
            "Harbour closed\n\nBy Nora Webb\n\nLength: 9 metres\n\nThe harbour is closed.",
            "Section: one\n\nSubject: harbours\n\nText.",
            "HD television is here\nPD is a word",
            "1 of 3 boats was sold.\n\nMore of it.",
        ] {
            assert_eq!(begins(text.as_bytes()), Likeness::No, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = begins(&bytes);
            let _ = articles(&bytes);
        }

        #[test]
        fn anything_like_an_export_is_read(text in "(1 of 2 DOCUMENTS\n|BYLINE: |HEADLINE: |BODY:|LENGTH: |LOAD-DATE: |HD  |LP  |TD  |PD  |Copyright|2010| {9}|[a-z]{3,9} |\n|\n\n|End of Document\n|_{20}\n|:|é)*") {
            let _ = begins(text.as_bytes());
            let _ = articles(text.as_bytes());
        }
    }
}
