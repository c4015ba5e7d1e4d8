//! Messages that were passed on: the article is what somebody else wrote.

use super::Body;
use crate::extract::StatedFields;

/// More words than these before what is passed on are an article of their own.
const REMARK: usize = 30;

/// What stands above a message that was passed on as text, in lower case and without the hyphens around
/// it. The words of the large mail programs in the languages that most of them speak.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "forwarded message", "original message", "begin forwarded message:", "weitergeleitete nachricht", "ursprüngliche nachricht",
    "anfang der weitergeleiteten nachricht:", "message transféré", "message d'origine", "début du message réexpédié :", "mensaje reenviado",
    "mensaje original", "inicio del mensaje reenviado:", "messaggio inoltrato", "messaggio originale", "inizio messaggio inoltrato:",
    "doorgestuurd bericht", "oorspronkelijk bericht", "mensagem encaminhada", "mensagem original", "videresendt melding",
    "vidarebefordrat meddelande", "ursprungligt meddelande", "videresendt besked", "välitetty viesti", "przekazana wiadomość",
    "пересылаемое сообщение", "пересланное сообщение", "переслане повідомлення", "přeposlaná zpráva", "pesan terusan", "転送メッセージ", "转发的邮件",
];

/// Names of headers in such a text, in lower case.
const SUBJECTS: &[&str] = &[
    "subject",
    "betreff",
    "objet",
    "asunto",
    "oggetto",
    "onderwerp",
    "assunto",
    "ämne",
    "emne",
    "aihe",
    "temat",
    "тема",
    "předmět",
    "perihal",
    "件名",
    "主题",
];
const SENDERS: &[&str] =
    &["from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от", "від", "dari", "差出人", "发件人"];
const DATES: &[&str] = &[
    "date",
    "sent",
    "datum",
    "gesendet",
    "envoyé",
    "fecha",
    "enviado",
    "data",
    "inviato",
    "verzonden",
    "datum",
    "skickat",
    "dato",
    "päivä",
    "дата",
    "tanggal",
    "日付",
    "日期",
];

/// The text of a message and what it states: of the one that was passed on, where little else is said.
pub(super) fn original(body: Body, stated: StatedFields) -> (String, StatedFields) {
    let Body { mut text, mut within } = body;
    if within.is_empty() {
        return in_text(text, stated);
    }
    let only = within.len() == 1 && text.split_whitespace().count() < REMARK;
    let mut outer = stated;
    for (inner, stated) in &mut within {
        let heading = stated.title.clone().filter(|_| !only);
        for part in heading.iter().chain([&*inner]).filter(|part| !part.is_empty()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
        if only {
            outer = over(std::mem::take(stated), std::mem::take(&mut outer));
        }
    }
    (text, outer)
}

/// What is stated within, and else around it.
fn over(inner: StatedFields, outer: StatedFields) -> StatedFields {
    StatedFields {
        title: inner.title.or(outer.title),
        byline: inner.byline.or(outer.byline),
        source: inner.source.or(outer.source),
        url: inner.url.or(outer.url),
        date: inner.date.or(outer.date),
        language: inner.language.or(outer.language),
        tags: if inner.tags.is_empty() { outer.tags } else { inner.tags },
    }
}

/// A message that was passed on within the text, below a line that says so and lines like headers.
fn in_text(text: String, outer: StatedFields) -> (String, StatedFields) {
    let mut at = 0;
    let mut mark = None;
    for line in text.split_inclusive('\n').take(60) {
        at += line.len();
        let bare = line.trim().trim_matches(['-', '_', '=', ' ', '>']).to_lowercase();
        if MARKS.contains(&bare.as_str()) {
            mark = Some(at);
            break;
        }
    }
    let Some(mark) = mark else { return (text, outer) };
    let (before, rest) = text.split_at(mark);
    if before.split_whitespace().count() >= REMARK + 4 {
        return (text, outer);
    }
    let mut inner = StatedFields::default();
    let (mut end, mut headers) = (0, 0);
    for line in rest.split_inclusive('\n').take(20) {
        let bare = line.trim().trim_start_matches(['>', ' ', '*']);
        if bare.is_empty() {
            end += line.len();
            if headers > 0 {
                break;
            }
            continue;
        }
        let Some((name, value)) = bare.split_once([':', '：']) else { break };
        let (name, value) = (name.trim_matches(['*', ' ']).to_lowercase(), value.trim_matches(['*', ' ']));
        if name.chars().count() > 20 {
            break;
        }
        let name = name.as_str();
        let value = Some(value.to_owned()).filter(|value| !value.is_empty());
        if SUBJECTS.contains(&name) {
            inner.title = value;
        } else if SENDERS.contains(&name) {
            inner.byline =
                value.map(|value| value.split('<').next().unwrap_or_default().trim().trim_matches('"').to_owned());
        } else if DATES.contains(&name) {
            inner.date = value;
        }
        headers += 1;
        end += line.len();
    }
    if headers < 2 || inner.title.is_none() && inner.date.is_none() {
        return (text, outer);
    }
    let rest = rest[end..].trim();
    (rest.to_owned(), over(inner, outer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let body = Body { text: text.to_owned(), within: Vec::new() };
        let outer =
            StatedFields { title: Some("Fwd: x".into()), byline: Some("Nora".into()), ..StatedFields::default() };
        let (text, stated) = original(body, outer);
        let fields = [stated.title, stated.byline, stated.date].map(|field| field.unwrap_or("-".into()));
        assert_eq!(format!("{}|{text}", fields.join("|")), expected);
    }

    #[test]
    fn what_was_passed_on_in_the_text_is_the_article() {
        check(
            "FYI\n\n---------- Forwarded message ---------\nFrom: Desk <desk@example.org>\nDate: Mon, Mar 4, 2024 at 10:00 AM\nSubject: Harbour closed\nTo: <nora@example.org>\n\n\nClosed.\n",
            "Harbour closed|Desk|Mon, Mar 4, 2024 at 10:00 AM|Closed.",
        );
        check(
            "-------- Weitergeleitete Nachricht --------\nBetreff: Hafen zu\nDatum: 4. März 2024\nVon: Redaktion <r@example.org>\n\nZu.",
            "Hafen zu|Redaktion|4. März 2024|Zu.",
        );
        check(
            "Begin forwarded message:\n\nFrom: Desk <desk@example.org>\nSubject: Harbour\nDate: 4 March 2024\n\nClosed.",
            "Harbour|Desk|4 March 2024|Closed.",
        );
        check("Original message\nwas lost", "Fwd: x|Nora|-|Original message\nwas lost");
        check("Closed.", "Fwd: x|Nora|-|Closed.");
    }
}
