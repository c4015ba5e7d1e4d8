//! The dates of a line, found by whatever way they are written.

use super::attached::{with_far_year, with_time, with_weekday};
use super::reading::Reading;
use super::token::{Kind, Tokens};
use super::{calendars, ideographic, iso, named, numeric};
use crate::article::LanguageTag;

/// Reads a date whose first token is at a place, or `None` when there is none.
type Finder = fn(&Tokens, usize, Option<LanguageTag>) -> Option<Reading>;

/// One finder for each way of writing a date. Where several read one, the longest is right.
const FINDERS: &[Finder] = &[iso::find, numeric::find, named::find, ideographic::find, calendars::find];

/// The dates of a line, in its order, none within another.
pub(super) fn readings(tokens: &Tokens, language: Option<LanguageTag>) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // Between the numbers of a long line lie many words, of which none begins a date.
        if !tokens.has_ideographs {
            let is_number = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind == Kind::Number);
            let Some(number) = (at..tokens.len()).find(is_number) else { break };
            at = at.max(number.saturating_sub(LONGEST_REACH));
        }
        let read = if may_begin(tokens, at) {
            FINDERS.iter().filter_map(|find| find(tokens, at, language)).max_by_key(|reading| reading.end)
        } else {
            None
        };
        let Some(reading) = read else {
            at += 1;
            continue;
        };
        let from = found.last().map_or(0, |last| last.end);
        let reading = with_time(tokens, with_weekday(tokens, reading, from, language), from, language);
        let reading = with_far_year(tokens, reading);
        at = reading.end.max(at + 1);
        found.push(reading);
    }
    found
}

/// So many tokens before its first number a date may begin.
const LONGEST_REACH: usize = 4;

/// True when a date may begin at `at`: with a number, or with a word that a number follows soon.
fn may_begin(tokens: &Tokens, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    match token.kind {
        Kind::Number => true,
        Kind::Word => {
            // `tháng mười hai năm 2021`
            let number = (1..=LONGEST_REACH).find(|next| tokens.number(at + next).is_some());
            number.is_some_and(|number| number < LONGEST_REACH || tokens.is_word(at, "tháng"))
                || tokens.has_ideographs && tokens.text[token.start..].starts_with(is_numeral)
        }
        Kind::Sign(_) => false,
    }
}

fn is_numeral(c: char) -> bool {
    c >= '\u{3007}' && "〇零元一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_ways() {
        let check = |code: &str, line: &str, expected: &str| {
            let readings = readings(&Tokens::new(line), LanguageTag::find(code));
            let shown: Vec<String> = readings.iter().filter_map(Reading::when).map(|when| when.value()).collect();
            assert_eq!(shown.join(" "), expected, "{line}");
        };
        check("en", "6:05 PM ET, Tue February 16, 2021", "2021-02-16T18:05-05:00");
        check("en", "Tue 16 Feb 2021 02.00 EST", "2021-02-16T02:00-05:00");
        check("en", "16th Feb '21", "2021-02-16");
        check("en", "2021-02-16 18:05:33 +0000", "2021-02-16T18:05+00:00");
        check("en", "16/02/202118:05", "2021-02-16T18:05");
        check("en", "February 16, 2021at 6:05pm", "2021-02-16T18:05");
        check("en", "Feb 16, 18:05", "--02-16");
        check("en", "Thu 16 Feb 23", "2023-02-16");
        check("en", "(16 February 2021)", "2021-02-16");
        check("tr", "16 Şubat 2021 Salı, 18:05", "2021-02-16T18:05");
        check("pt", "Terça-feira, 16 de fev. de 2021 às 18h05min", "2021-02-16T18:05");
        check("es", "mar 16 feb 2021, 18:05 hs", "2021-02-16T18:05");
        check("it", "mar 16 feb 2021 ore 18:05", "2021-02-16T18:05");
        check("fr", "mar. 16 févr. 2021 à 18 h 05", "2021-02-16T18:05");
        check("fi", "16.2.2021 klo 18.05", "2021-02-16T18:05");
        check("hu", "2021. február 16., kedd 18:05", "2021-02-16T18:05");
        check("lt", "2021 m. vasario 16 d. 18:05", "2021-02-16T18:05");
        check("el", "Τρίτη, 16 Φεβρουαρίου 2021 18:05", "2021-02-16T18:05");
        check("vi", "16 tháng 2, 2021", "2021-02-16");
        check("th", "16 กุมภาพันธ์ 2564 เวลา 18:05 น.", "2021-02-16T18:05");
        check("hi", "16 फ़रवरी 2021, 06:05 PM IST", "2021-02-16T18:05+05:30");
        check("bn", "প্রকাশ: ১৬ ফেব্রুয়ারি ২০২১, ১৮:০৫", "2021-02-16T18:05");
        check("ur", "16 فروری 2021", "2021-02-16");
        check("ko", "2021/02/16 18:05 송고", "2021-02-16T18:05");
        check("zh", "2021年2月16日 週二 下午6:05", "2021-02-16T18:05");
        check("sv", "16 feb 2021 kl 18:05", "2021-02-16T18:05");
        check("ru", "16.02.2021, Вт, 18:05", "2021-02-16T18:05");
        check("ru", "18:05, 16 февраля 2021", "2021-02-16T18:05");
        check("ar", "16 فبراير/ شباط 2021", "2021-02-16");
        check("ar", "٢٠٢١/٠٢/١٦", "2021-02-16");
        check("ca", "16 de febrer de 2021", "2021-02-16");
        check("ro", "16 februarie 2021, 18:05", "2021-02-16T18:05");
        check("sk", "16. februára 2021 o 18:05", "2021-02-16T18:05");
        check("sl", "16. februar 2021 ob 18.05", "2021-02-16T18:05");
        check("hr", "16. veljače 2021. u 18:05", "2021-02-16T18:05");
        check("sr", "16. фебруар 2021. 18:05", "2021-02-16T18:05");
        check("bg", "16 февруари 2021 г., 18:05", "2021-02-16T18:05");
        check("et", "16. veebruar 2021, 18:05", "2021-02-16T18:05");
        check("lv", "2021. gada 16. februāris, 18:05", "2021-02-16T18:05");
        check("is", "16. febrúar 2021 18:05", "2021-02-16T18:05");
        check("sq", "16 shkurt 2021", "2021-02-16");
        check("eu", "2021eko otsailaren 16a", "2021-02-16");
        check("ka", "16 თებერვალი, 2021", "2021-02-16");
        check("az", "16 fevral 2021, 18:05", "2021-02-16T18:05");
        check("uz", "16 fevral 2021", "2021-02-16");
        check("kk", "16 ақпан 2021", "2021-02-16");
        check("ta", "16 பிப்ரவரி 2021", "2021-02-16");
        check("te", "16 ఫిబ్రవరి 2021", "2021-02-16");
        check("ml", "16 ഫെബ്രുവരി 2021", "2021-02-16");
        check("mr", "१६ फेब्रुवारी २०२१", "2021-02-16");
        check("sw", "16 Februari 2021", "2021-02-16");
        check("af", "16 Februarie 2021", "2021-02-16");
        check("cy", "16 Chwefror 2021", "2021-02-16");
        check("ga", "16 Feabhra 2021", "2021-02-16");
        check("gl", "16 de febreiro de 2021", "2021-02-16");
        check("eo", "16-a de februaro 2021", "2021-02-16");
        check("tl", "Pebrero 16, 2021", "2021-02-16");
        check("my", "16 ဖေဖော်ဝါရီ 2021", "2021-02-16");
        check("km", "16 កុម្ភៈ 2021", "2021-02-16");
    }
}
