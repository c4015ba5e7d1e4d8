//! Mail: mailboxes (mbox), each message an article, and single messages (.eml).

mod forwarded;

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Around, Format, Holds, Likeness, Limits, Piece, Preface, Sheet, Source, Take, caught, html};
use crate::article::{Finding, FindingKind};
use crate::extract::{RawArticle, StatedFields};

pub(super) const FORMAT: Format = Format {
    name: "mail",
    description: "mail, mbox with one article a message, and single messages",
    extensions: &["eml", "mbox", "mbx"],
    reads: "subject, text, sender, date, mailing list or newsgroup as the source",
    begins,
    split,
    preface: |_| Preface::default(),
    read,
    grows: false,
    holds: Holds::Bytes,
};

/// What the line between two messages begins with.
const BETWEEN: &[u8] = b"From ";

/// Headers that only a message has. A text may well begin with `From: … Date: …`.
#[rustfmt::skip]
const HEADERS: &[&str] = &[
    "message-id", "mime-version", "received", "return-path", "delivered-to", "list-id", "path", "newsgroups", "references", "in-reply-to",
    "xref", "nntp-posting-host", "nntp-posting-date", "x-mailer", "user-agent", "content-transfer-encoding", "x-newsreader", "x-gm-thrid",
];

/// At most so many bytes of a line are looked at at once.
const LINE: u64 = 64 << 10;

/// Sure for a mailbox, or a message that went through the mail.
fn begins(head: &[u8]) -> Likeness {
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let next_is_header = lines.next().is_some_and(is_header);
    if is_marker(first) && next_is_header {
        return Likeness::Sure;
    }
    if is_dated(first) || is_bare(first) && next_is_header {
        return Likeness::Sure;
    }
    let names = head.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty()).take(60);
    let mut known = 0;
    for line in names {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let length = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        if length == 0 || line.get(length) != Some(&b':') {
            return Likeness::No;
        }
        known += usize::from(HEADERS.iter().any(|header| header.as_bytes().eq_ignore_ascii_case(&line[..length])));
    }
    if known > 1 { Likeness::Sure } else { Likeness::maybe_if(known > 0) }
}

/// True for the line between two messages: `From nora@example.org Tue Feb 16 10:00:00 2021`.
fn is_dated(line: &[u8]) -> bool {
    line.starts_with(BETWEEN)
        && line.windows(3).any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit())
}

/// True for such a line of archives that leave the date away: `From -8837446352437421056`, `From nora@example.org`,
/// `From `. Only the header below tells it from a sentence.
fn is_bare(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(BETWEEN).map(<[u8]>::trim_ascii) else { return false };
    let is_number = rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    is_number || !rest.contains(&b' ') && (rest.contains(&b'@') || rest == b"???")
}

/// What parts messages in the mailboxes of MMDF, and stands at both ends of each.
const CONTROLS: &[u8] = b"\x01\x01\x01\x01";

/// True for the line between two messages of MMDF, and of batches of news: `#! rnews 1234`.
fn is_marker(line: &[u8]) -> bool {
    line.trim_ascii_end() == CONTROLS || line.starts_with(b"#! rnews ")
}

/// True for the first line of a header: `Subject: …`.
fn is_header(line: &[u8]) -> bool {
    let length = line.iter().take(60).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    length > 1 && line.get(length) == Some(&b':')
}

/// Each message of a mailbox is an article, numbered from 1; a single message is the article that the
/// file is.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let head = source.reader.fill_buf()?;
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if !head.starts_with(BETWEEN) && !is_marker(first) {
        return super::text::split(source, on);
    }
    let Source { reader, limits, .. } = source;
    let mut mailbox = Mailbox { limits, ..Mailbox::default() };
    let mut line = Vec::new();
    // A line that may stand between two messages: the next one tells.
    let mut perhaps: Option<Vec<u8>> = None;
    loop {
        line.clear();
        let read = Read::take(&mut *reader, LINE).read_until(b'\n', &mut line)?;
        if let Some(between) = perhaps.take() {
            let is_between = is_header(&line) || is_dated(&between) && mailbox.after_blank;
            if is_between {
                if mailbox.begin(&between, on).is_break() {
                    return Ok(());
                }
            } else {
                mailbox.push(&between);
            }
        }
        if read == 0 {
            break;
        }
        let may_be = mailbox.at_start && (is_marker(&line) || is_dated(&line) || is_bare(&line) && mailbox.after_blank);
        if may_be && line.ends_with(b"\n") {
            perhaps = Some(std::mem::take(&mut line));
        } else {
            mailbox.push(&line);
        }
    }
    if mailbox.part == 0 {
        mailbox.part = 1;
    }
    let _ = mailbox.hand_out(on);
    Ok(())
}

/// A mailbox that is being read: the message so far, and its place.
struct Mailbox {
    limits: Limits,
    bytes: Vec<u8>,
    /// How much was taken, in bytes and lines.
    at: u64,
    number: u64,
    part: u32,
    /// Where the message begins, and its line.
    start: u64,
    first: u64,
    /// Whether a line begins, and whether a blank one stands before it.
    at_start: bool,
    after_blank: bool,
}

impl Default for Mailbox {
    fn default() -> Mailbox {
        let limits = Limits::default();
        Mailbox {
            limits,
            bytes: Vec::new(),
            at: 0,
            number: 0,
            part: 0,
            start: 0,
            first: 1,
            at_start: true,
            after_blank: true,
        }
    }
}

impl Mailbox {
    /// Takes a line of a message, or a piece of a long one.
    fn push(&mut self, line: &[u8]) {
        let room = usize::try_from(self.limits.whole).unwrap_or(usize::MAX).saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&line[..line.len().min(room)]);
        self.after_blank = self.at_start && line.trim_ascii().is_empty();
        self.pass(line);
    }

    fn pass(&mut self, line: &[u8]) {
        self.at += line.len() as u64;
        self.number += u64::from(self.at_start && !line.is_empty());
        self.at_start = line.ends_with(b"\n");
    }

    /// A message begins behind this line; the one before is handed out.
    fn begin(&mut self, between: &[u8], on: Take<'_>) -> ControlFlow<()> {
        if self.part > 0 {
            self.hand_out(on)?;
            if !self.after_blank && !is_marker(between) {
                let reason = "a message begins within the one before, which may have lost its end";
                on(Piece::fault(reason, self.at, self.number + 1, self.part))?;
            }
        }
        self.pass(between);
        self.part = self.part.saturating_add(1);
        (self.start, self.first) = (self.at, self.number + 1);
        self.bytes.clear();
        self.after_blank = false;
        ControlFlow::Continue(())
    }

    fn hand_out(&self, on: Take<'_>) -> ControlFlow<()> {
        let range = self.start..self.at;
        let too_long = range.end - range.start > self.limits.whole;
        let kept = if too_long { usize::try_from(self.limits.cut).unwrap_or(usize::MAX) } else { self.bytes.len() };
        on(Piece { bytes: &self.bytes[..kept.min(self.bytes.len())], range, part: Some(self.part), line: self.first })
    }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    if piece.bytes.trim_ascii().is_empty() {
        return Err(if piece.bytes.is_empty() { "is empty" } else { "holds nothing but white space" }.to_owned());
    }
    let bytes = piece.bytes.trim_ascii_end();
    let bytes = bytes.strip_suffix(CONTROLS).unwrap_or(piece.bytes);
    let bytes = if piece.part.is_some() { unquoted(bytes) } else { Cow::Borrowed(bytes) };
    let (bytes, left_out) = bounded(bytes);
    let message = caught(|| MessageParser::default().parse(&*bytes)).flatten().ok_or("is no message")?;
    let read = caught(|| forwarded::original(body(&message), stated(&message)));
    let (text, stated) = read.ok_or("is a message that cannot be read")?;
    if text.is_empty() && stated.title.is_none() {
        return Err("is a message without subject and text".to_owned());
    }
    let file_name = around.file_name.filter(|_| piece.part.is_none()).map(str::to_owned);
    Ok(Sheet {
        raw: RawArticle { text, stated, file_name, ..RawArticle::default() },
        findings: piece.cut_short().into_iter().chain(left_out).collect(),
    })
}

/// A message has no more headers, and no more parts: of each, some hundred bytes are kept.
const MOST_PARTS: usize = 10_000;

/// A message with no more headers and parts than are read.
fn bounded(bytes: Cow<'_, [u8]>) -> (Cow<'_, [u8]>, Option<Finding>) {
    // Each takes a line of its own, so that what is short need not be looked at.
    if bytes.len() <= MOST_PARTS {
        return (bytes, None);
    }
    // Where headers that are too many begin, where they end, and where there are too many parts.
    let (mut too_many, mut body, mut end) = (None, None, None);
    let (mut at, mut headers, mut parts) = (0, 0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match body {
            None if line.trim_ascii().is_empty() => body = Some(at),
            None => {
                headers += 1;
                if headers > MOST_PARTS {
                    too_many.get_or_insert(at);
                }
            }
            Some(_) if line.starts_with(b"--") => parts += 1,
            Some(_) => {}
        }
        if parts > MOST_PARTS {
            end = Some(at);
            break;
        }
        at += line.len();
    }
    let body = body.unwrap_or(bytes.len());
    // Without parts, a line that begins so is but a line.
    let head = &bytes[..body.min(too_many.unwrap_or(body))];
    let end = end.filter(|_| head.to_ascii_lowercase().windows(10).any(|window| window == b"multipart/"));
    if too_many.is_none() && end.is_none() {
        return (bytes, None);
    }
    let what = if too_many.is_some() { "headers" } else { "parts" };
    let note = format!("the first {MOST_PARTS} {what} of the message were read");
    let left = [head, &bytes[body..end.unwrap_or(bytes.len())]].concat();
    (Cow::Owned(left), Some(Finding::new(FindingKind::CutShort, note)))
}

/// A message of a mailbox, where a `>` keeps lines of the text from being taken for the line between
/// two messages.
fn unquoted(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = |line: &[u8]| {
        let rest = line.iter().position(|byte| *byte != b'>').unwrap_or(line.len());
        rest > 0 && line[rest..].starts_with(BETWEEN)
    };
    if !bytes.split(|byte| *byte == b'\n').any(is_quoted) {
        return Cow::Borrowed(bytes);
    }
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    Cow::Owned(lines.flat_map(|line| &line[usize::from(is_quoted(line))..]).copied().collect())
}

/// How deep messages may lie in one another.
const DEEPEST: usize = 3;

/// The texts of a message, and of the messages in it.
#[derive(Debug, Default)]
struct Body {
    text: String,
    /// Messages that are sent along whole, each with its text and what it states.
    within: Vec<(String, StatedFields)>,
}

/// The text of a message: of all parts that are text, pictures and other attachments aside.
fn body(message: &Message<'_>) -> Body {
    body_at(message, 0)
}

fn body_at(message: &Message<'_>, depth: usize) -> Body {
    let join = |parts: &mut dyn Iterator<Item = &MessagePart<'_>>| {
        let texts: Vec<String> = parts.map(part_text).filter(|text| !text.is_empty()).collect();
        texts.join("\n\n")
    };
    let mut text = join(&mut message.text_bodies());
    // Some programs leave the plain part empty and put all into the other.
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 20 {
        let marked = join(&mut message.html_bodies());
        text = if marked.len() > text.len() { marked } else { text };
    }
    let inner = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) if depth < DEEPEST => Some(inner),
        _ => None,
    });
    let within = inner.map(|inner| forwarded::original(body_at(inner, depth + 1), stated(inner)));
    Body { text, within: within.collect() }
}

fn part_text(part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Html(markup) => html::text(markup),
        PartType::Text(text) => {
            let flows = part.content_type().and_then(|kind| kind.attribute("format"));
            let text = if flows.is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
                flowed(text)
            } else {
                text.to_string()
            };
            text.replace("\r\n", "\n").trim().to_owned()
        }
        _ => String::new(),
    }
}

/// Text whose lines go on in the next where they end with a space.
fn flowed(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        // A space keeps lines from being taken for something else; the signature follows `-- `.
        let line = line.strip_prefix(' ').unwrap_or(line);
        whole.push_str(line);
        if !line.ends_with(' ') || line == "-- " {
            whole.push('\n');
        }
    }
    whole
}

fn stated(message: &Message<'_>) -> StatedFields {
    let word = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let raw = word(message.header_raw("Date"));
    // The library makes some other day of dates that are not as the mail has them; those are read as words.
    let is_usual = raw.as_deref().is_none_or(is_usual_date);
    let date = message.date().filter(|date| is_usual && date.is_valid()).map(|date| date.to_rfc3339());
    StatedFields {
        title: word(message.subject()),
        byline: message.from().and_then(sender),
        source: list(message.list_id()).or_else(|| word(message.header_raw("Newsgroups"))),
        url: None,
        date: date.or(raw),
        language: word(message.header("Content-Language").and_then(HeaderValue::as_text)),
        ..StatedFields::default()
    }
}

/// True for a date as mail has it: `Tue, 16 Feb 2021 10:00:00 +0700`, the day of the week left away or not.
fn is_usual_date(date: &str) -> bool {
    let rest = date.split_once(',').map_or(date, |(_, rest)| rest);
    let mut words = rest.split_whitespace();
    let is_number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let day = is_number(words.next());
    let month = words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    day && month && is_number(words.next())
}

/// Who sent it: the name, else the address.
fn sender(from: &Address<'_>) -> Option<String> {
    let sender = from.first()?;
    sender.name().or(sender.address()).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The mailing list that it came by: its name, else its id.
fn list(id: &HeaderValue<'_>) -> Option<String> {
    let named = match id {
        HeaderValue::Address(address) => sender(address),
        id => id.as_text().map(str::to_owned),
    }?;
    let name = named.split('<').next().unwrap_or_default().trim().trim_matches('"');
    let name = if name.is_empty() { named.trim_matches(['<', '>', ' ']) } else { name };
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is in a file: part, line, and what is stated or the complaint; each is read back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(7, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(piece.range.is_empty() || !piece.is_whole() || place == piece.bytes);
            let shown = match FORMAT.read_piece(&piece, &Around::default()) {
                Ok(Sheet { raw: RawArticle { text, stated, .. }, .. }) => {
                    let StatedFields { title, byline, source, date, language, .. } = stated;
                    let stated = [title, byline, source, date, language].map(|field| field.unwrap_or("-".into()));
                    format!("{}|{text}", stated.join("|"))
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        let source = Source::new(&mut reader, Some(file.len() as u64), Limits { whole: 2000, cut: 300 });
        split(source, on).expect("memory can be read");
        found
    }

    fn check(file: &str, expected: &[(u32, u64, &str)]) {
        let articles = articles(file.as_bytes());
        let got: Vec<_> = articles.iter().map(|(part, line, shown)| (*part, *line, shown.as_str())).collect();
        assert_eq!(got, expected, "{file}");
    }

    #[test]
    fn of_very_many_headers_and_parts_the_first_are_read() {
        let check = |bytes: &[u8], text: &str, note: &str| {
            let piece = Piece { bytes, range: 0..bytes.len() as u64, part: None, line: 1 };
            let sheet = read(&piece, &Around::default()).expect("a message");
            assert_eq!(sheet.raw.text, text);
            assert_eq!(sheet.raw.stated.title.as_deref(), Some("Harbour"));
            let notes: Vec<&str> = sheet.findings.iter().map(|finding| finding.note.as_str()).collect();
            assert_eq!(notes.join("|"), note);
        };
        let headers = "X-Pier: 7\r\n".repeat(20_000);
        let told = "the first 10000 headers of the message were read";
        check(format!("Subject: Harbour\r\n{headers}\r\nClosed.").as_bytes(), "Closed.", told);
        let parts = "--x\r\nContent-Type: application/octet-stream\r\n\r\na\r\n".repeat(20_000);
        let head = "Subject: Harbour\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n";
        let told = "the first 10000 parts of the message were read";
        check(format!("{head}--x\r\n\r\nClosed.\r\n{parts}").as_bytes(), "Closed.", told);
        // A text may well have lines that look so.
        let lines = "-- pier\n".repeat(20_000);
        check(format!("Subject: Harbour\r\n\r\n{lines}").as_bytes(), lines.trim_end(), "");
    }

    #[test]
    fn a_message_is_an_article() {
        check(
            "From: =?utf-8?q?N=C3=B3ra?= Webb <nora@example.org>\r\nSubject: =?iso-8859-1?Q?H=E4fen?= closed\r\n\
             Date: Tue, 16 Feb 2021 10:00:00 +0700\r\nList-Id: Harbour news <harbour.example.org>\r\nContent-Language: en\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             The h=E4rbour is=\r\n closed.\r\n",
            &[(0, 1, "Häfen closed|Nóra Webb|Harbour news|2021-02-16T10:00:00+07:00|en|The härbour is closed.")],
        );
    }

    #[test]
    fn the_text_of_a_message_is_found_in_its_parts() {
        let parts = |first: &str| {
            format!(
                "Subject: S\nFrom: nora@example.org\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
                 --b\nContent-Type: text/plain\n\n{first}\n--b\nContent-Type: text/html\n\n<p>One</p><p>The harbour.</p>\n--b--\n"
            )
        };
        check(&parts("The harbour is closed."), &[(0, 1, "S|nora@example.org|-|-|-|The harbour is closed.")]);
        check(&parts(""), &[(0, 1, "S|nora@example.org|-|-|-|One\n\nThe harbour.")]);
        check(
            "Subject: S\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\nThe harbour \nis closed.\n From now.\n",
            &[(0, 1, "S|-|-|-|-|The harbour is closed.\nFrom now.")],
        );
    }

    #[test]
    fn each_message_of_a_mailbox_is_an_article() {
        check(
            "From nora@example.org Tue Feb 16 10:00:00 2021\nSubject: One\n\nText.\n>From the harbour.\nFrom 10:00 to 11:00.\n\n\
             From - Tue Feb 16 11:00:00 2021\nSubject: Two\n\nFrom now on.\n\nFrom here to there.\n\n\
             From x Tue Feb 16 12:00:00 2021\n\nFrom y Tue Feb 16 13:00:00 2021\nSubject: Four\n",
            &[
                (1, 2, "One|-|-|-|-|Text.\nFrom the harbour.\nFrom 10:00 to 11:00."),
                (2, 9, "Two|-|-|-|-|From now on.\n\nFrom here to there."),
                (3, 16, "! holds nothing but white space"),
                (4, 18, "Four|-|-|-|-|"),
            ],
        );
        let long = format!(
            "From x Tue Feb 16 12:00:00 2021\nSubject: Long\n\n{}\n\nFrom y Tue Feb 16 13:00:00 2021\nSubject: Next\n",
            "word ".repeat(900)
        );
        let articles = articles(long.as_bytes());
        assert_eq!(articles.len(), 2);
        assert!(articles[0].2.starts_with("Long|") && articles[0].2.len() < 320, "{}", articles[0].2);
        assert!(articles[1].2.starts_with("Next|"));
    }

    #[test]
    fn mailboxes_are_parted_however_they_were_kept() {
        // An archive of newsgroups, and one that leaves the line between messages bare.
        check(
            "From -8837446352437421056\nX-Google-Language: ENGLISH\nNewsgroups: local.harbour\nSubject: One\n\nText.\n\n\
             From -17\nSubject: Two\n\nFrom 17 boats,\none is ours.\n",
            &[(1, 2, "One|-|local.harbour|-|-|Text."), (2, 9, "Two|-|-|-|-|From 17 boats,\none is ours.")],
        );
        check(
            "From \nSubject: One\n\nText.\n\nFrom nora@example.org\nSubject: Two\n\nFrom here.\n",
            &[(1, 2, "One|-|-|-|-|Text."), (2, 7, "Two|-|-|-|-|From here.")],
        );
        check(
            "From 1788@xxx Mon Mar 04 10:00:00 +0000 2024\nX-GM-THRID: 1\nSubject: One\n\nText.\n\nFrom there\nto here\n",
            &[(1, 2, "One|-|-|-|-|Text.\n\nFrom there\nto here")],
        );
        // Messages that run into one another.
        check(
            "From a@example.org Tue Feb 16 10:00:00 2021\nSubject: One\n\nText.\nFrom b@example.org Tue Feb 16 11:00:00 2021\nSubject: Two\n\nMore.\n",
            &[
                (1, 2, "One|-|-|-|-|Text."),
                (2, 5, "! a message begins within the one before, which may have lost its end"),
                (2, 6, "Two|-|-|-|-|More."),
            ],
        );
    }

    #[test]
    fn dates_that_mail_does_not_have_are_left_as_they_are() {
        for (date, expected) in [
            ("Thu Apr 16 09:53:04 +0000 2015", "Thu Apr 16 09:53:04 +0000 2015"),
            ("2015-04-16 09:53", "2015-04-16 09:53"),
            ("Wed, 6 Mar 96 08:00:00 EST", "1996-03-06T08:00:00-05:00"),
            ("16 Apr 2015 09:53:04 GMT", "2015-04-16T09:53:04Z"),
        ] {
            check(&format!("Subject: S\nDate: {date}\n\nText."), &[(0, 1, &format!("S|-|-|{expected}|-|Text."))]);
        }
    }

    #[test]
    fn forwarded_messages_are_read() {
        let inner = "From: Desk <desk@example.org>\nSubject: Harbour closed\nDate: Mon, 4 Mar 2024 10:00:00 +0000\n\nThe harbour is closed, and nobody knows for how long.";
        let outer = |words: &str| {
            format!(
                "From: Nora <nora@example.org>\nSubject: Fwd: Harbour closed\nDate: Tue, 5 Mar 2024 07:15:00 +0000\nMIME-Version: 1.0\n\
                 Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{words}\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
            )
        };
        check(
            &outer("See below."),
            &[(
                0,
                1,
                "Harbour closed|Desk|-|2024-03-04T10:00:00Z|-|See below.\n\nThe harbour is closed, and nobody knows for how long.",
            )],
        );
        let words = "I was there myself when it was closed. ".repeat(6);
        let words = words.trim();
        check(
            &outer(words),
            &[(
                0,
                1,
                &format!(
                    "Fwd: Harbour closed|Nora|-|2024-03-05T07:15:00Z|-|{words}\n\nHarbour closed\n\nThe harbour is closed, and nobody knows for how long."
                ),
            )],
        );
    }

    #[test]
    fn mail_is_known_by_its_beginning() {
        for (head, is_mail) in [
            ("From nora@example.org Tue Feb 16 10:00:00 2021\nSubject: x\n", true),
            ("Received: from a\n by b; now\nSubject: x\n\nText", true),
            ("From: Nora Webb\nDate: 16 February 2021\n\nText", false),
            ("From now on, the harbour is closed", false),
            ("Message-ID is a header\n", false),
            ("", false),
        ] {
            assert_eq!(begins(head.as_bytes()) > Likeness::No, is_mail, "{head}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = begins(&bytes);
            let _ = articles(&bytes);
            let _ = articles(&[b"From x 1:1\nSubject: ".as_slice(), &bytes].concat());
        }

        #[test]
        fn anything_like_mail_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(vec![
            "From x Tue Feb 16 12:00:00 2021\n", "Subject: ", "From: ", "Date: ", "List-Id: ", "Content-Type: ", "multipart/mixed; boundary=b",
            "text/plain; charset=utf-16", "text/html; charset=gb18030", "message/rfc822", "Content-Transfer-Encoding: base64", "quoted-printable",
            "\n", "\r\n", "\n\n", "--b\n", "--b--", "=?utf-8?q?x?=", "=?", "?=", "<", ">", "\"", "(", ")", ",", ";", "=", "a@b", "=E4", "QUJD", "Tue, 16 Feb 2021 99:99:99 +9999",
        ]), 0..40)) {
            let _ = articles(parts.concat().as_bytes());
        }
    }
}
