//! Tables: CSV, TSV and their kin, one article a row, under the names of its columns.

use std::io;
use std::ops::ControlFlow;

use super::fields;
use super::names::{self, Slot};
use super::{Around, Format, Holds, Likeness, Limits, Piece, Preface, Sheet, Source, Take, decode};
use crate::article::{Finding, FindingKind};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    description: "tables, CSV and TSV, one article a row, with the names of the columns in the first",
    extensions: &["csv", "tsv", "tab", "psv"],
    reads: "as for JSON Lines, from columns under the names that are in use",
    begins,
    split,
    preface,
    read,
    grows: false,
    holds: Holds::Narrow,
};

/// What may stand between two cells.
const DELIMITERS: &[u8] = b",;\t|";

/// A line below others names the columns of a table if it names so many that are known.
const FEWEST_KNOWN: usize = 3;
/// So many lines may stand above the names of the columns.
const MOST_ABOVE: usize = 10;

/// A row in quotation marks that is longer has lost one of them.
const LONGEST: usize = 16 << 20;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    delimiter: u8,
    quote: u8,
    /// What ends a row: a line feed, or what old systems have in its place.
    feed: u8,
    /// Whether a backslash keeps a mark from ending a cell.
    escapes: bool,
}

/// How a table is written, and what its columns are called.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    written: Written,
    columns: Vec<String>,
    /// Where its first row begins.
    start: usize,
}

/// Whether a line has as many cells as a table that begins below others has columns at least, and all of them are as
/// short as names are. Prose is passed over by it before anything is decoded.
fn may_name_columns(line: &[u8]) -> bool {
    const LONGEST_NAME: usize = 64;
    DELIMITERS.iter().any(|delimiter| {
        let mut cells = 0;
        line.split(|byte| byte == delimiter).all(|cell| {
            cells += 1;
            cell.len() <= LONGEST_NAME
        }) && cells >= FEWEST_KNOWN
    })
}

impl Shape {
    /// What the beginning of a table tells; `None` where it holds no whole row.
    fn of(head: &[u8]) -> Option<Shape> {
        let mut start = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        // Some programs say in the line above what stands between the cells.
        let mut said = None;
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, b'\r' | b'\n', ..] = head[start..] {
            said = Some(delimiter);
            start += head[start..].iter().position(|byte| *byte == b'\n')? + 1;
        }
        let feed = if head.contains(&b'\n') || !head.contains(&b'\r') { b'\n' } else { b'\r' };
        let first = Shape::at(head, start, said, feed);
        if first.as_ref().is_some_and(|shape| shape.known() > 0) || said.is_some() {
            return first;
        }
        // Some programs say above the table what it is.
        let mut above = start;
        for _ in 0..MOST_ABOVE {
            let Some(at) = head.get(above..).and_then(|rest| rest.iter().position(|byte| *byte == feed)) else { break };
            above += at + 1;
            let line = head[above..].split(|byte| *byte == feed).next().unwrap_or_default();
            if !may_name_columns(line) {
                continue;
            }
            if let Some(shape) =
                Shape::at(head, above, None, feed).filter(|shape| shape.known() >= FEWEST_KNOWN && shape.has_text())
            {
                return Some(shape);
            }
        }
        first
    }

    /// The table whose columns are named in the line that begins at `start`.
    fn at(head: &[u8], start: usize, said: Option<u8>, feed: u8) -> Option<Shape> {
        // The names of columns stand in a line that is not long; most texts are settled here.
        let line = &head[start..head.len().min(start + (64 << 10))];
        let line = &line[..line.iter().position(|byte| *byte == feed)?];
        if !line.iter().any(|byte| DELIMITERS.contains(byte)) && said.is_none() {
            // A table of texts alone.
            let name = std::str::from_utf8(line).ok()?.trim().trim_matches('"');
            let is_text = matches!(names::slot(name), Some((Slot::Text, rank)) if rank < names::SUMMARY);
            let (columns, start) = (vec![name.to_owned()], start + line.len() + 1);
            let written = Written { delimiter: b',', quote: b'"', feed, escapes: escapes(head) };
            return is_text.then_some(Shape { written, columns, start });
        }
        let mut best: Option<(usize, usize, Shape)> = None;
        for delimiter in DELIMITERS {
            let quote = if head.get(start) == Some(&b'\'') { b'\'' } else { b'"' };
            let written = Written { delimiter: *delimiter, quote, feed, escapes: false };
            let mut rows = Rows::new(written);
            let end = head[start..].iter().position(|byte| rows.take(*byte)).map(|at| start + at + 1)?;
            let text = decode::decode(&head[start..end], false, None).text;
            let columns = cells(text.trim_end_matches(['\r', '\n']).as_bytes(), written, usize::MAX);
            let columns: Vec<String> = columns.into_iter().map(|name| name.trim().to_owned()).collect();
            let known = columns.iter().filter(|name| names::slot(name).is_some()).count();
            let rank = (known + usize::from(said == Some(*delimiter)) * 1000, columns.len());
            if best.as_ref().is_none_or(|(known, count, _)| rank > (*known, *count)) {
                best = Some((rank.0, rank.1, Shape { written, columns, start: end }));
            }
        }
        best.map(|(_, _, mut shape)| {
            shape.written.escapes = escapes(head);
            shape
        })
    }

    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.columns.iter().filter_map(|name| names::slot(name).map(|(slot, _)| slot))
    }

    /// How many of its columns are known.
    fn known(&self) -> usize {
        self.slots().count()
    }

    /// Whether there is a column of titles or texts.
    fn has_text(&self) -> bool {
        self.slots().any(|slot| matches!(slot, Slot::Title | Slot::Text))
    }
}

/// What tells that backslashes keep marks from ending cells: `"he said \"no\" to it"`.
fn escaped_mark(head: &[u8]) -> Option<&[u8]> {
    head.windows(3).find(|three| three.starts_with(b"\\\"") && three[2].is_ascii_alphanumeric())
}

fn escapes(head: &[u8]) -> bool {
    escaped_mark(head).is_some()
}

/// True for a table whose columns are known, and that goes on as it begins.
fn begins(head: &[u8]) -> Likeness {
    let Some(shape) = Shape::of(head) else { return Likeness::No };
    if !shape.has_text() || shape.known() < 2 {
        return Likeness::No;
    }
    let mut rows = Rows::new(shape.written);
    let end = head[shape.start..].iter().position(|byte| rows.take(*byte));
    let first = &head[shape.start..end.map_or(head.len(), |at| shape.start + at)];
    let count = cells(first.trim_ascii_end(), shape.written, usize::MAX).len();
    let is_regular = count == shape.columns.len() || end.is_none() && !first.is_empty();
    if is_regular { Likeness::Sure } else { Likeness::Maybe }
}

/// The names of the columns.
fn preface(head: &[u8]) -> Preface {
    let names = Shape::of(head).map_or(0, |shape| shape.start);
    // How marks are written is told by what follows.
    let bytes = [&head[..names], escaped_mark(head).unwrap_or_default()].concat();
    Preface { encoding: decode::guess_from(head), bytes, ..Preface::default() }
}

/// Tells where rows end: at line breaks that are in no quotation. A mark ends a quotation only before
/// what may follow it, so that one that was written carelessly does no harm.
#[derive(Clone, Copy)]
struct Rows {
    written: Written,
    quoted: bool,
    after_quote: bool,
    after_backslash: bool,
    at_start: bool,
    /// Whether a mark stood where none may.
    is_odd: bool,
}

impl Rows {
    fn new(written: Written) -> Rows {
        Rows { written, quoted: false, after_quote: false, after_backslash: false, at_start: true, is_odd: false }
    }

    /// Takes the next byte; true where it ends a row.
    fn take(&mut self, byte: u8) -> bool {
        let Written { delimiter, quote, feed, escapes } = self.written;
        if self.after_quote {
            self.after_quote = false;
            // Two marks stand for one, and a stray one for itself.
            self.quoted = byte != delimiter && byte != b'\n' && byte != b'\r';
            if self.quoted {
                self.is_odd |= byte != quote;
                return false;
            }
        } else if self.quoted {
            self.after_quote = byte == quote && !self.after_backslash;
            self.after_backslash = escapes && byte == b'\\' && !self.after_backslash;
            return false;
        }
        if self.at_start && byte == quote {
            (self.quoted, self.at_start) = (true, false);
            return false;
        }
        self.at_start = byte == delimiter || byte == feed || self.at_start && byte == b' ';
        byte == feed
    }
}

/// The cells of a row, read by ourselves: for rows that a library takes for several.
fn cells(row: &[u8], written: Written, most: usize) -> Vec<String> {
    let Written { delimiter, quote, .. } = written;
    let mut rows = Rows::new(written);
    let (mut cells, mut start) = (Vec::new(), 0);
    for (at, byte) in row.iter().enumerate() {
        rows.take(*byte);
        if *byte == delimiter && !rows.quoted && cells.len() + 1 < most {
            cells.push(cell(&row[start..at], quote));
            start = at + 1;
        }
    }
    cells.push(cell(&row[start..], quote));
    cells
}

fn cell(bytes: &[u8], quote: u8) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mark = char::from(quote);
    match text.trim_start_matches(' ').strip_prefix(mark) {
        Some(inner) => {
            let inner = inner.trim_end();
            let inner = inner.strip_suffix(mark).unwrap_or(inner);
            // Databases write a backslash before a mark, tables the mark twice.
            let (doubled, escaped) = (format!("{mark}{mark}"), format!("\\{mark}"));
            let written = if inner.contains(&escaped) && !inner.contains(&doubled) { &escaped } else { &doubled };
            inner.replace(written, &mark.to_string())
        }
        None => text.into_owned(),
    }
}

/// The cells of a row: as the library reads them, unless it makes another number of them.
fn read_row(row: &str, shape: &Shape) -> Vec<String> {
    // Where marks stand carelessly, the library ends cells too early.
    let Written { delimiter, quote, escapes, .. } = shape.written;
    let mut rows = Rows::new(shape.written);
    row.bytes().for_each(|byte| {
        rows.take(byte);
    });
    if rows.is_odd || escapes {
        return cells(row.as_bytes(), shape.written, shape.columns.len().max(1));
    }
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).quote(quote);
    let mut records = reader.from_reader(row.as_bytes()).into_records();
    let first = records.next().and_then(Result::ok);
    match first {
        Some(record) if record.len() == shape.columns.len() && records.next().is_none() => {
            record.iter().map(str::to_owned).collect()
        }
        _ => cells(row.as_bytes(), shape.written, shape.columns.len().max(1)),
    }
}

/// Each row but the first is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let head = reader.fill_buf()?;
    let Some(shape) = Shape::of(head) else {
        let empty = head.trim_ascii().is_empty();
        let bytes: &[u8] = if empty { b"" } else { b"?" };
        let _ = on(Piece { bytes, range: 0..bytes.len() as u64, part: None, line: 1 });
        return Ok(());
    };
    let lines = head[..shape.start].iter().filter(|byte| **byte == shape.written.feed).count() as u64;
    let at = shape.start as u64;
    reader.consume(shape.start);
    let mut table = Table {
        rows: Rows::new(shape.written),
        shape,
        limits,
        row: Vec::new(),
        start: at,
        at,
        line: lines + 1,
        breaks: lines,
        parts: 0,
    };
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let length = buffer.len();
        for byte in buffer {
            if table.take(*byte) && table.hand_out(false, on).is_break() {
                return Ok(());
            }
        }
        reader.consume(length);
    }
    if !table.row.is_empty() && table.hand_out(true, on).is_break() {
        return Ok(());
    }
    if table.parts == 0 {
        let _ = on(Piece { bytes: b"-", range: 0..1, part: None, line: 1 });
    }
    Ok(())
}

/// A table that is being read: the row so far, and its place.
struct Table {
    shape: Shape,
    limits: Limits,
    rows: Rows,
    row: Vec<u8>,
    start: u64,
    at: u64,
    line: u64,
    breaks: u64,
    parts: u32,
}

impl Table {
    /// Takes the next byte; true where a row ends, or has to.
    fn take(&mut self, byte: u8) -> bool {
        let ends = self.rows.take(byte);
        self.at += 1;
        let feed = self.shape.written.feed;
        self.breaks += u64::from(byte == feed);
        if (self.row.len() as u64) < self.limits.whole {
            self.row.push(byte);
        }
        ends || self.rows.quoted && byte == feed && self.row.len() >= LONGEST
    }

    /// Hands out the row; where it runs over lines that are rows themselves, these.
    fn hand_out(&mut self, at_end: bool, on: Take<'_>) -> ControlFlow<()> {
        let (written, width) = (self.shape.written, self.shape.columns.len());
        let feed = written.feed;
        let never_ends = self.rows.quoted && (at_end || self.row.len() >= LONGEST);
        let has_stray = self.rows.is_odd;
        let row = std::mem::take(&mut self.row);
        self.rows = Rows::new(written);
        let (start, line) = (self.start, self.line);
        (self.start, self.line) = (self.at, self.breaks + 1);
        let count = |row: &[u8]| cells(row.trim_ascii_end(), written, usize::MAX).len();
        let is_odd =
            row.trim_ascii_end().contains(&feed) && width >= 3 && (never_ends || has_stray || count(&row) != width);
        let is_row = |line: &[u8]| count(line) == width;
        if !is_odd || !row.split(|byte| *byte == feed).skip(1).any(is_row) {
            return self.hand_out_row(&row, start, self.at - start, line, never_ends, on);
        }
        // A quotation mark is missing. Lines that are rows are read; the others are told.
        let (mut at, mut number, mut told) = (start, line, false);
        for one in row.split_inclusive(|byte| *byte == feed) {
            if is_row(one) {
                self.hand_out_row(one, at, one.len() as u64, number, false, on)?;
                told = false;
            } else if !told && !one.trim_ascii().is_empty() {
                let reason = "a row that does not fit its table (a quotation mark may be missing)";
                on(Piece::fault(reason, at, number, self.parts))?;
                told = true;
            }
            at += one.len() as u64;
            number += 1;
        }
        ControlFlow::Continue(())
    }

    fn hand_out_row(
        &mut self,
        row: &[u8],
        start: u64,
        length: u64,
        line: u64,
        never_ends: bool,
        on: Take<'_>,
    ) -> ControlFlow<()> {
        let bytes = row.trim_ascii_end();
        if bytes.is_empty() {
            return ControlFlow::Continue(());
        }
        self.parts = self.parts.saturating_add(1);
        let too_long = length > self.limits.whole;
        let kept = if too_long { usize::try_from(self.limits.cut).unwrap_or(usize::MAX) } else { bytes.len() };
        let end = if too_long { start + length } else { start + bytes.len() as u64 };
        on(Piece { bytes: &bytes[..kept.min(bytes.len())], range: start..end, part: Some(self.parts), line })?;
        if never_ends {
            on(Piece::fault("a quotation mark is never closed", start, line, self.parts))?;
        }
        ControlFlow::Continue(())
    }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    let shape = Shape::of(&around.preface.bytes);
    if piece.part.is_none() {
        return Err(match (piece.bytes, shape) {
            (b"", _) => "holds nothing but white space".to_owned(),
            (b"-", Some(shape)) => format!("is a table without rows (its columns: {})", shape.columns.join(", ")),
            _ => "is no table: its first line has no end".to_owned(),
        });
    }
    let shape = shape.ok_or("a row of a table whose columns have no names")?;
    let decoded = decode::decode(piece.bytes, piece.is_whole(), around.preface.encoding);
    let cells = read_row(&decoded.text, &shape);
    let named = shape.columns.iter().zip(&cells).map(|(name, cell)| (name.as_str(), &**cell));
    let described = fields::of_row(named, around.fields()).map_err(|reason| reason.replace("field", "column"))?;
    let own = decoded.finding.into_iter().chain(piece.cut_short()).chain(described.findings);
    let mut findings: Vec<Finding> = own.collect();
    if cells.len() != shape.columns.len() {
        let note = format!("the row has {} cells, and its table {} columns", cells.len(), shape.columns.len());
        findings.push(Finding::new(FindingKind::Damaged, note));
    }
    Ok(Sheet { raw: described.raw, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is in a table: part, line, and what is stated or the complaint; each is read back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let around = Around { preface: preface(file), ..Around::default() };
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(4096, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || piece.part.is_none() || place == piece.bytes || place.is_empty());
            let shown = match FORMAT.read_piece(&piece, &around) {
                Ok(Sheet { raw, .. }) => {
                    let stated = raw.stated;
                    let fields = [stated.title, stated.byline, stated.source, stated.url, stated.date];
                    format!("{}|{}", fields.map(|field| field.unwrap_or("-".into())).join("|"), raw.text)
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        split(Source::new(&mut reader, Some(file.len() as u64), Limits { whole: 5000, cut: 100 }), on)
            .expect("memory can be read");
        found
    }

    fn check(file: &str, expected: &[(u32, u64, &str)]) {
        let articles = articles(file.as_bytes());
        let got: Vec<_> = articles.iter().map(|(part, line, shown)| (*part, *line, shown.as_str())).collect();
        assert_eq!(got, expected, "{file}");
    }

    #[test]
    fn each_row_is_an_article() {
        check(
            "id,Headline,body,author,Publication Date,URL\n1,Harbour,\"Closed, for now.\n\nAnd \"\"later\"\" too.\",Nora,2021-02-16,http://a.example/1\n\
             2,Ferry,Open.,nan,,\n\n3,,,,,\n",
            &[
                (1, 2, "Harbour|Nora|-|http://a.example/1|2021-02-16|Closed, for now.\n\nAnd \"later\" too."),
                (2, 5, "Ferry|-|-|-|-|Open."),
                (3, 7, "! no column with a title or text (there are: id)"),
            ],
        );
    }

    #[test]
    fn what_stands_between_the_cells_is_found_out() {
        for table in [
            "title;text;source\nHarbour;Closed, for now;Gazette\n",
            "title\ttext\tsource\r\nHarbour\tClosed, for now\tGazette\r\n",
            "title|text|source\nHarbour|Closed, for now|Gazette",
            "sep=;\ntitle;text;source\nHarbour;Closed, for now;Gazette\n",
            "\u{feff}\"title\",\"text\",\"source\"\n\"Harbour\",\"Closed, for now\",\"Gazette\"\n",
            "'title','text','source'\n'Harbour','Closed, for now','Gazette'\n",
        ] {
            let found = articles(table.as_bytes());
            assert_eq!((found.len(), found[0].2.as_str()), (1, "Harbour|-|Gazette|-|-|Closed, for now"), "{table}");
        }
    }

    #[test]
    fn tables_are_read_as_programs_write_them() {
        let expected = "Harbour|Nora|-|-|2021|Closed.";
        for table in [
            "Export of the archive,,,\n,,,\ndate,title,author,text\n2021,Harbour,Nora,Closed.\n",
            "date,title,author,text\r2021,Harbour,Nora,Closed.\r",
            "Fecha;Título;Autor;Cuerpo\n2021;Harbour;Nora;Closed.\n",
            "Дата\tЗаголовок\tАвтор\tТекст\n2021\tHarbour\tNora\tClosed.\n",
            "ID,post_author,post_date,post_title,post_content\n1,Nora,2021,Harbour,<p>Closed.</p>\n",
        ] {
            assert_eq!(begins(table.as_bytes()), Likeness::Sure, "{table}");
            let found = articles(table.as_bytes());
            assert_eq!((found.len(), found[0].2.as_str()), (1, expected), "{table}");
        }
        check("text\nClosed.\n\"Open, too\"\n", &[(1, 2, "-|-|-|-|-|Closed."), (2, 3, "-|-|-|-|-|Open, too")]);
        check(
            "title,text\n\"The \\\"old\\\" one\",\"He said \\\"no\\\", and left\"\nTwo,b\n",
            &[(1, 2, "The \"old\" one|-|-|-|-|He said \"no\", and left"), (2, 3, "Two|-|-|-|-|b")],
        );
        // A line of a text that looks like names of columns is none.
        for text in ["One.\nTitle, text, and so on\nMore, and more, and more\n", "Text\n\nOne.\n"] {
            assert_eq!(begins(text.as_bytes()), Likeness::No, "{text}");
        }
    }

    #[test]
    fn a_missing_quotation_mark_costs_one_row() {
        let fault = "! a row that does not fit its table (a quotation mark may be missing)";
        check(
            "title,text,source\nOne,\"a\",S\nTwo,\"b,S\nThree,c,S\nFour,\"d, e\",S\n",
            &[(1, 2, "One|-|S|-|-|a"), (2, 3, fault), (2, 4, "Three|-|S|-|-|c"), (3, 5, "Four|-|S|-|-|d, e")],
        );
        check("title,text\nOne,\"a \"b\" c\"\nTwo,d\n", &[(1, 2, "One|-|-|-|-|a \"b\" c"), (2, 3, "Two|-|-|-|-|d")]);
        check(
            "title,text\nOne,\"a\n\nb",
            &[(1, 2, "One|-|-|-|-|a\n\nb"), (2, 2, "! a quotation mark is never closed")],
        );
    }

    #[test]
    fn tables_are_known_by_their_first_rows() {
        for (head, likeness) in [
            ("title,text,date\nOne,a,2021\n", Likeness::Sure),
            ("title,text,date\n", Likeness::Maybe),
            ("title,text,date\nOne\n", Likeness::Maybe),
            ("name,phone\nNora,7\n", Likeness::No),
            ("Musk invites Putin, says he\nand so on, and so on\n", Likeness::No),
            ("", Likeness::No),
        ] {
            assert_eq!(begins(head.as_bytes()), likeness, "{head}");
        }
        check("a,b\n1,2\n", &[(1, 2, "! no column with a title or text (there are: a, b)")]);
        check("title,text\n", &[(0, 1, "! is a table without rows (its columns: title, text)")]);
        check("", &[(0, 1, "! holds nothing but white space")]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), any::<u8>()], 0..200)) {
            let _ = begins(&bytes);
            let _ = articles(&bytes);
            let _ = articles(&[b"title,text,date\n".as_slice(), &bytes].concat());
        }

        #[test]
        fn every_row_is_found(rows in prop::collection::vec(("[a-z ,;\n\"é]{1,20}", "[a-z]{1,9}"), 1..9)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["text", "title", "n"]).expect("memory");
            for (text, title) in &rows {
                writer.write_record([text, title, "1"]).expect("memory");
            }
            let found = articles(&writer.into_inner().expect("memory"));
            let titles: Vec<&str> = found.iter().filter_map(|(_, _, shown)| shown.split('|').next()).collect();
            prop_assert_eq!(titles, rows.iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>());
        }
    }
}
