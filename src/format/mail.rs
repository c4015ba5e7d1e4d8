//! Mail: mailboxes (mbox), each message an article, and single messages (.eml).

use std::borrow::Cow;
use std::io::{self, Read};

use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Around, Format, Piece, Preface, Sheet, Source, Take, caught, html};
use crate::extract::{RawArticle, StatedFields};

pub(super) const FORMAT: Format = Format {
    name: "mail",
    description: "mail, mbox with one article a message, and single messages",
    extensions: &["eml", "mbox", "mbx"],
    begins,
    split,
    preface: |_| Preface::default(),
    read,
    grows: false,
};

/// What the line between two messages begins with.
const BETWEEN: &[u8] = b"From ";

/// Headers that only a message has. A text may well begin with `From: … Date: …`.
const HEADERS: &[&str] = &["message-id", "mime-version", "received", "return-path", "delivered-to", "list-id"];

/// At most so many bytes of a line are looked at at once.
const LINE: u64 = 64 << 10;

/// True for a mailbox, or a message that went through the mail.
fn begins(head: &[u8]) -> bool {
    if is_between(head.split(|byte| *byte == b'\n').next().unwrap_or_default()) {
        return true;
    }
    let names = head.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty()).take(60);
    let mut known = 0;
    for line in names {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let length = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        if length == 0 || line.get(length) != Some(&b':') {
            return false;
        }
        known += usize::from(HEADERS.iter().any(|header| header.as_bytes().eq_ignore_ascii_case(&line[..length])));
    }
    known > 0
}

/// True for the line between two messages: `From nora@example.org Tue Feb 16 10:00:00 2021`.
fn is_between(line: &[u8]) -> bool {
    line.starts_with(BETWEEN)
        && line.windows(3).any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit())
}

/// Each message of a mailbox is an article, numbered from 1; a single message is the article that the
/// file is.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let head = source.reader.fill_buf()?;
    if !head.starts_with(BETWEEN) {
        return super::text::split(source, on);
    }
    let Source { reader, limits, .. } = source;
    let whole = usize::try_from(limits.whole).unwrap_or(usize::MAX);
    let (mut bytes, mut line) = (Vec::new(), Vec::new());
    let (mut at, mut number, mut part) = (0u64, 0u64, 0u32);
    // Where the message begins, and its line.
    let (mut start, mut first) = (0, 1);
    let mut after_blank = true;
    let mut goes_on = false;
    let mut hand_out = |bytes: &[u8], range: std::ops::Range<u64>, part: u32, line: u64| {
        let too_long = range.end - range.start > limits.whole;
        let kept = if too_long { usize::try_from(limits.cut).unwrap_or(usize::MAX) } else { bytes.len() };
        on(Piece { bytes: &bytes[..kept.min(bytes.len())], range, part: Some(part), line })
    };
    loop {
        line.clear();
        let read = Read::take(&mut *reader, LINE);
        let read = io::BufRead::read_until(&mut { read }, b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        let begin = at;
        at += read as u64;
        let is_start = !goes_on;
        goes_on = !line.ends_with(b"\n");
        number += u64::from(is_start);
        if is_start && after_blank && is_between(&line) {
            if part > 0 && hand_out(&bytes, start..begin, part, first).is_break() {
                return Ok(());
            }
            part = part.saturating_add(1);
            (start, first) = (at, number + 1);
            bytes.clear();
        } else {
            let room = whole.saturating_sub(bytes.len());
            bytes.extend_from_slice(&line[..line.len().min(room)]);
        }
        after_blank = is_start && line.trim_ascii().is_empty();
    }
    let _ = hand_out(&bytes, start..at, part.max(1), first);
    Ok(())
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    if piece.bytes.trim_ascii().is_empty() {
        return Err(if piece.bytes.is_empty() { "is empty" } else { "holds nothing but white space" }.to_owned());
    }
    let bytes = if piece.part.is_some() { unquoted(piece.bytes) } else { Cow::Borrowed(piece.bytes) };
    let message = caught(|| MessageParser::default().parse(&*bytes)).flatten().ok_or("is no message")?;
    let (text, stated) = caught(|| (body(&message), stated(&message))).ok_or("is a message that cannot be read")?;
    if text.is_empty() && stated.title.is_none() {
        return Err("is a message without subject and text".to_owned());
    }
    let file_name = around.file_name.filter(|_| piece.part.is_none()).map(str::to_owned);
    Ok(Sheet {
        raw: RawArticle { text, stated, file_name, ..RawArticle::default() },
        findings: piece.cut_short().into_iter().collect(),
    })
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

/// The text of a message: of all parts that are text, pictures and other attachments aside.
fn body(message: &Message<'_>) -> String {
    let join = |parts: &mut dyn Iterator<Item = &MessagePart<'_>>| {
        let texts: Vec<String> = parts.map(part_text).filter(|text| !text.is_empty()).collect();
        texts.join("\n\n")
    };
    let text = join(&mut message.text_bodies());
    // Some programs leave the plain part empty and put all into the other.
    if text.chars().filter(|c| c.is_alphanumeric()).count() >= 20 {
        return text;
    }
    let marked = join(&mut message.html_bodies());
    if marked.len() > text.len() { marked } else { text }
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
    let date = message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339());
    StatedFields {
        title: word(message.subject()),
        byline: message.from().and_then(sender),
        source: list(message.list_id()),
        url: None,
        date: date.or_else(|| word(message.header_raw("Date"))),
        language: word(message.header("Content-Language").and_then(HeaderValue::as_text)),
    }
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
    use crate::format::Limits;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// What is in a file: part, line, and what is stated or the complaint; each is read back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(7, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || place == piece.bytes);
            let shown = match read(&piece, &Around::default()) {
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
    fn mail_is_known_by_its_beginning() {
        for (head, is_mail) in [
            ("From nora@example.org Tue Feb 16 10:00:00 2021\nSubject: x\n", true),
            ("Received: from a\n by b; now\nSubject: x\n\nText", true),
            ("From: Nora Webb\nDate: 16 February 2021\n\nText", false),
            ("From now on, the harbour is closed", false),
            ("Message-ID is a header\n", false),
            ("", false),
        ] {
            assert_eq!(begins(head.as_bytes()), is_mail, "{head}");
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
