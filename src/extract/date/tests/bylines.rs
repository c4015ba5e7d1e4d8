//! Lines that share a date with an author, categories, a reading time, and what else stands there.

use super::texts;
use crate::extract::{RawArticle, extract};

/// Checks the date of an article whose `line` stands beside the headline: right below it, above it, and
/// below a picture's line.
#[track_caller]
fn check(code: &str, line: &str, expected: &str) {
    let (title, first, second) = texts::of(code);
    for page in [
        format!("{title}\n\n{line}\n\n{first}\n\n{second}\n"),
        format!("{title}\n{line}\n{first}\n{second}\n"),
        format!("{line}\n\n{title}\n\n{first}\n\n{second}\n"),
    ] {
        let article = extract(&RawArticle { text: page.clone(), ..RawArticle::default() });
        let shown = article.date.as_ref().map_or("-".into(), |date| date.when.value());
        let considered: Vec<String> = article
            .dates
            .iter()
            .map(|date| format!("{} {} {}", date.date.when.value(), date.rank, date.reason))
            .collect();
        assert_eq!(shown, expected, "\n{page}\ntitle {:?}, {considered:#?}", &*article.title.text);
    }
}

#[test]
fn names_need_no_capitals() {
    check("en", "mira stone, 16 february 2021", "2021-02-16");
    check("en", "mstone77 | February 16, 2021 6:05 pm", "2021-02-16T18:05");
    check("en", "mira.stone 16/02/2021 - 18:05", "2021-02-16T18:05");
    check("de", "von mstein | 16.02.2021", "2021-02-16");
    check("de", "redaktion harbour-news • 16. Februar 2021", "2021-02-16");
    check("fr", "par la rédaction | 16 février 2021", "2021-02-16");
    check("es", "redacción local · 16 de febrero de 2021", "2021-02-16");
    check("it", "di redazione web - 16 febbraio 2021", "2021-02-16");
    check("pt", "da redação, 16 de fevereiro de 2021 às 18h05", "2021-02-16T18:05");
    check("nl", "m.steen 16 februari 2021 18:05", "2021-02-16T18:05");
    check("sv", "text: mira sten, 16 februari 2021", "2021-02-16");
    check("pl", "mira kamień, 16 lutego 2021", "2021-02-16");
    check("cs", "mik, čtk 16. února 2021 18:05", "2021-02-16T18:05");
    check("ru", "пресс-служба городского совета, 16 февраля 2021", "2021-02-16");
    check("id", "tim redaksi - 16 februari 2021", "2021-02-16");
    check("tr", "haber merkezi 16 şubat 2021, 18:05", "2021-02-16T18:05");
    check("hu", "mti / kikötői hírek 2021. február 16. 18:05", "2021-02-16T18:05");
    check("ro", "redactia portului | 16 februarie 2021", "2021-02-16");
}

#[test]
fn job_titles_and_outlets_may_be_long() {
    check("en", "Mira Stone, editor, 16 February 2021", "2021-02-16");
    check("en", "Mira Stone editor 16 Feb 2021", "2021-02-16");
    check(
        "en",
        "Mira Stone, senior correspondent for transport and the islands, gazette.example – February 16, 2021",
        "2021-02-16",
    );
    check("en", "by Mira Stone, a reporter who covers the harbour, 16 February 2021", "2021-02-16");
    check("en", "gazette.example staff February 16, 2021", "2021-02-16");
    check("de", "Mira Stein, Redakteurin für Verkehr und Hafenpolitik, 16.02.2021", "2021-02-16");
    check("fr", "Mira Pierre, journaliste au service économie et transports - 16/02/2021", "2021-02-16");
    check("es", "Mira Piedra, corresponsal política en la capital | 16/02/2021 18:05", "2021-02-16T18:05");
    check("pt", "Mira Pedra, repórter de transportes do jornal do porto – 16/02/2021", "2021-02-16");
    check("it", "Mira Pietra, inviata e responsabile della cronaca locale, 16 febbraio 2021", "2021-02-16");
    check("fi", "Mira Kivi, toimittaja, satamanuutiset.example 16.2.2021 klo 18.05", "2021-02-16T18:05");
    check("nb", "Mira Stein, journalist og redaktør i havneavisen, 16. februar 2021", "2021-02-16");
    check("ru", "Мира Каменская, корреспондент отдела городских новостей, 16.02.2021", "2021-02-16");
    check("el", "Μίρα Πέτρου, συντάκτρια της εφημερίδας του λιμανιού, 16/02/2021", "2021-02-16");
    check("tr", "Mira Taş, liman muhabiri ve editör - 16.02.2021 18:05", "2021-02-16T18:05");
    check("ko", "김미라 교통전문 선임기자 2021-02-16 18:05", "2021-02-16T18:05");
    check("ja", "文・石川美良（交通担当記者） 2021年2月16日", "2021-02-16");
}

#[test]
fn sections_and_counts_may_follow() {
    check("en", "16 February 2021 politics 12 comments", "2021-02-16");
    check("en", "Feb 16, 2021 in news, local, transport", "2021-02-16");
    check("en", "Posted on February 16, 2021 by mstone in uncategorized | 3 comments", "2021-02-16");
    check("en", "February 16, 2021 | 5 min read | 1,204 views | share", "2021-02-16");
    check("en", "Transport · 16 Feb 2021 · 4 minute read", "2021-02-16");
    check("de", "16.02.2021 lokales keine kommentare", "2021-02-16");
    check("de", "16. Februar 2021 · Lesezeit 4 Minuten · 12 Kommentare · merken", "2021-02-16");
    check("fr", "16 février 2021 transports 3 commentaires", "2021-02-16");
    check("fr", "le 16 février 2021 dans actualités, port", "2021-02-16");
    check("es", "16 febrero, 2021 en noticias por redaccion 0 comentarios", "2021-02-16");
    check("pt", "16 de fevereiro de 2021 em notícias, transportes sem comentários", "2021-02-16");
    check("it", "16 febbraio 2021 in cronaca, trasporti nessun commento", "2021-02-16");
    check("nl", "16 februari 2021 in nieuws, haven 2 reacties", "2021-02-16");
    check("pl", "16 lutego 2021 kategoria: transport komentarze: 12", "2021-02-16");
    check("cs", "16. 2. 2021 doprava, diskuse (12)", "2021-02-16");
    check("ru", "16 февраля 2021 городские новости просмотров: 1204", "2021-02-16");
    check("uk", "16 лютого 2021 новини, транспорт 12 коментарів", "2021-02-16");
    check("id", "Transportasi | 16 Feb 2021, 18:05 WIB | dibaca 1204 kali", "2021-02-16T18:05+07:00");
    check("vi", "Giao thông | 16/02/2021 18:05 | 12 bình luận", "2021-02-16T18:05");
    check("zh", "2021-02-16 18:05 来源：港口网 阅读：1204 评论：12", "2021-02-16T18:05");
    check("ja", "2021年2月16日 交通 コメント12件", "2021-02-16");
    check("ko", "2021.02.16 18:05 교통 댓글 12 조회 1204", "2021-02-16T18:05");
    check("fa", "۲۸ بهمن ۱۳۹۹ - ۱۸:۰۵ حمل و نقل کد خبر: ۱۲۰۴", "2021-02-16T18:05");
    check("ar", "16 فبراير 2021 أخبار محلية 12 تعليق", "2021-02-16");
    check("hi", "16 फरवरी 2021 परिवहन 12 टिप्पणियाँ", "2021-02-16");
}

#[test]
fn abbreviations_may_end_the_line() {
    check("en", "Mira Stone, 16 February 2021, 6:05 p.m.", "2021-02-16T18:05");
    check("en", "Mira Stone, Harbour Gazette Staff, Feb. 16, 2021 at 6:05 p.m. E.T.", "2021-02-16T18:05");
    check("cs", "Brno 16. 2. 2021, mik, red.", "2021-02-16");
    check("de", "Hafenstadt, 16.02.2021, dpa/stn.", "2021-02-16");
    check("es", "Puerto Nuevo, 16 feb. 2021, 18:05 hs.", "2021-02-16T18:05");
    check("fr", "Port-Neuf, le 16 févr. 2021, agence et corresp.", "2021-02-16");
    check("pl", "16.02.2021, godz. 18:05, oprac. mk.", "2021-02-16T18:05");
    check("ru", "16.02.2021, г. Портовск, ред.", "2021-02-16");
}

#[test]
fn symbols_are_no_words() {
    check("en", "\u{f017}16 Feb 2021 \u{f075}12", "2021-02-16");
    check("en", "\u{f007}mira stone\u{f133}February 16, 2021\u{f086}0", "2021-02-16");
    check("en", "🕒 16 Feb 2021 👁 1204 💬 12", "2021-02-16");
    check("de", "✎ mstein 📅 16.02.2021 ♥ 12", "2021-02-16");
    check("en", "person mira stone schedule 16 Feb 2021 chat_bubble 12", "2021-02-16");
    check("en", "access_time16 Feb 2021, 18:05", "2021-02-16T18:05");
    check("es", "calendar_today16 de febrero de 2021 person redaccion", "2021-02-16");
    check("fr", "\u{e925} 16 février 2021 \u{e926} rédaction", "2021-02-16");
}

#[test]
fn brackets_may_hold_more() {
    check("en", "Feb 16, 2021 (last updated 16 Feb 2021, 3204 characters)", "2021-02-16");
    check("en", "Mira Stone (last updated: 16 Feb 2021 18:05; 612 words)", "2021-02-16T18:05");
    check("de", "16.02.2021 (zuletzt geändert am 17.02.2021, 3204 Zeichen)", "2021-02-16");
    check("ja", "2021年2月16日 18時05分（最終更新 2月17日 7時30分、有料記事、残り1204文字）", "2021-02-16T18:05");
    check("zh", "2021-02-16 18:05（本文1204字，阅读约3分钟）", "2021-02-16T18:05");
    check("ko", "입력 2021.02.16 18:05 (수정 2021.02.17 07:30) 1204자", "2021-02-16T18:05");
}

#[test]
fn places_and_agencies_need_no_capitals() {
    check("de", "hafenstadt, 16.02.2021", "2021-02-16");
    check("de", "hafenstadt / dpa / 16.02.2021", "2021-02-16");
    check("fr", "port-neuf, le 16 février 2021 à 18h05", "2021-02-16T18:05");
    check("es", "puerto nuevo (efe) 16/02/2021", "2021-02-16");
    check("it", "porto nuovo, 16 febbraio 2021 (ansa)", "2021-02-16");
    check("en", "newport, february 16, 2021 (reuters)", "2021-02-16");
    check("pl", "nowy port, 16.02.2021 (pap)", "2021-02-16");
    check("ru", "г. портовск, 16 февраля 2021, 18:05", "2021-02-16T18:05");
}

#[test]
fn forums_sign_their_posts() {
    check("en", "by seagull77 on 16/2/21", "2021-02-16");
    check("en", "by seagull77 » Tue Feb 16, 2021 6:05 pm", "2021-02-16T18:05");
    check("de", "von moewe77 am 16.02.21 18:05", "2021-02-16T18:05");
    check("de", "von moewe77 » Di 16. Feb 2021, 18:05", "2021-02-16T18:05");
    check("fr", "par mouette77 » mar. 16 févr. 2021 18:05", "2021-02-16T18:05");
    check("es", "por gaviota77 » 16 feb 2021, 18:05", "2021-02-16T18:05");
    check("it", "di gabbiano77 » 16 feb 2021, 18:05", "2021-02-16T18:05");
    check("nl", "door meeuw77 » 16 feb 2021, 18:05", "2021-02-16T18:05");
    check("sv", "av mås77 » 16 feb 2021, 18:05", "2021-02-16T18:05");
    check("ru", "чайка77 » 16 фев 2021, 18:05", "2021-02-16T18:05");
    check("pl", "autor: mewa77 » 16 lut 2021, o 18:05", "2021-02-16T18:05");
    check("pt", "por gaivota77 » 16 Fev 2021, 18:05", "2021-02-16T18:05");
}

#[test]
fn account_names_may_stand_behind_the_author() {
    check("en", "Mira Stone (@mirastone) February 16, 2021", "2021-02-16");
    check("en", "By Mira Stone @mirastone 16 Feb 2021 18:05", "2021-02-16T18:05");
    check("es", "Mira Piedra (@mirapiedra) 16/02/2021 18:05", "2021-02-16T18:05");
    check("it", "di Mira Pietra (@mirapietra) 16 febbraio 2021", "2021-02-16");
    check("fr", "Mira Pierre (@mirapierre), le 16 février 2021 à 18h05", "2021-02-16T18:05");
    check("de", "Mira Stein (@mirastein), 16.02.2021", "2021-02-16");
}

#[test]
fn words_of_all_languages_announce() {
    check("sl", "Objavljeno: 16. februar 2021 ob 18:05", "2021-02-16T18:05");
    check("et", "Avaldatud 16.02.2021 kell 18:05 toimetas mira kivi", "2021-02-16T18:05");
    check("lv", "Publicēts: 2021. gada 16. februārī, 18:05", "2021-02-16T18:05");
    check("lt", "Paskelbta 2021-02-16 18:05, parengė mira akmenytė", "2021-02-16T18:05");
    check("bg", "Публикувана на 16 февруари 2021 в 18:05 от редактор", "2021-02-16T18:05");
    check("sr", "Објављено 16. фебруар 2021. у 18:05", "2021-02-16T18:05");
    check("hr", "Objavljeno 16. veljače 2021. u 18:05, piše mira kamen", "2021-02-16T18:05");
    check("az", "16 fevral 2021, 18:05 nəşr edilib", "2021-02-16T18:05");
    check("he", "פורסם ב-16 בפברואר 2021 בשעה 18:05", "2021-02-16T18:05");
    check("bn", "প্রকাশ: ১৬ ফেব্রুয়ারি ২০২১, ১৮:০৫ নিজস্ব প্রতিবেদক", "2021-02-16T18:05");
    check("gu", "પ્રકાશિત: 16 ફેબ્રુઆરી 2021 18:05 સ્થાનિક સમાચાર", "2021-02-16T18:05");
    check("ta", "16 பிப்ரவரி 2021, 18:05 செய்தி பிரிவு", "2021-02-16T18:05");
    check("th", "เผยแพร่: 16 ก.พ. 2564 18:05 โดย: กองบรรณาธิการ", "2021-02-16T18:05");
    check("ka", "16 თებერვალი 2021, 18:05 რედაქცია", "2021-02-16T18:05");
    check("sw", "Imechapishwa 16 Februari 2021 na mwandishi wetu", "2021-02-16");
    check("ca", "redacció - 16 de febrer de 2021 a les 18:05", "2021-02-16T18:05");
    check("el", "Δημοσίευση: 16/02/2021, 18:05 ομάδα σύνταξης", "2021-02-16T18:05");
    check("da", "16. feb. 2021 kl. 18.05 af mira sten", "2021-02-16T18:05");
    check("sk", "16. februára 2021 o 18:05 redakcia, tasr", "2021-02-16T18:05");
}
