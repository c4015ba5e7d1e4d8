//! Names of months and weekdays in the languages of newspapers.

use std::borrow::Cow;
use std::sync::OnceLock;

use pure_rust_locales::{Locale, locale_match};
use rapidhash::RapidHashMap;

use crate::article::LanguageTag;
use crate::text::fold::fold;

/// What a name stands for in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    /// The code of the language.
    language: &'static str,
    /// The month from 1, or the weekday from 0 for Monday.
    number: u8,
    /// True for a month, false for a weekday.
    is_month: bool,
}

/// The month that `name` stands for, read as a word of `language` where that is known.
///
/// The same letters are different months in different languages (`listopad` is October in Zagreb and
/// November in Warsaw), so the language of the article comes first, then English. Names of other
/// languages count only when they are long enough to be no word of this one.
///
/// Returns the month, and whether the name belongs to the language itself or is English.
pub(super) fn month(name: &str, language: Option<LanguageTag>) -> Option<(u32, bool)> {
    meaning(name, language, true)
}

/// The weekday that `name` stands for, from 0 for Monday; see [`month`].
pub(super) fn weekday(name: &str, language: Option<LanguageTag>) -> Option<u32> {
    meaning(name, language, false).map(|(number, _)| number)
}

/// The same for a folded name.
pub(super) fn weekday_of(folded: &str, language: Option<LanguageTag>) -> Option<u32> {
    // The points of abbreviations are left out where names are looked up.
    let name = if folded.contains('.') { Cow::Owned(folded.replace('.', "")) } else { Cow::Borrowed(folded) };
    meaning_of(&name, language, false).map(|(number, _)| number)
}

fn meaning(name: &str, language: Option<LanguageTag>, is_month: bool) -> Option<(u32, bool)> {
    // The longest name, in bytes: beyond it nothing needs to be folded to be looked up.
    if name.len() > 64 {
        return None;
    }
    meaning_of(&key(name), language, is_month)
}

fn meaning_of(key: &str, language: Option<LanguageTag>, is_month: bool) -> Option<(u32, bool)> {
    let meanings = names().get(key)?;
    let meant = || meanings.iter().filter(|meaning| meaning.is_month == is_month);
    let code = language.map(LanguageTag::code);
    if let Some(own) = meant().find(|meaning| Some(meaning.language) == code) {
        return Some((own.number.into(), true));
    }
    if let Some(english) = meant().find(|meaning| meaning.language == "en") {
        return Some((english.number.into(), true));
    }
    let long_enough = key.chars().count() >= if language.is_none() { 3 } else { 4 } || !key.is_ascii();
    let most = meant().max_by_key(|one| meant().filter(|other| other.number == one.number).count())?;
    long_enough.then(|| (most.number.into(), language.is_none()))
}

/// The names of all months, as they are looked up.
pub(super) fn months() -> impl Iterator<Item = &'static str> {
    let is_month = |meanings: &[Meaning]| meanings.iter().any(|meaning| meaning.is_month);
    names().iter().filter(move |(_, meanings)| is_month(meanings)).map(|(name, _)| name.as_str())
}

/// The names of all months and weekdays, as they are looked up.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    names().keys().map(String::as_str)
}

/// How a name is looked up: folded, without the points of abbreviations.
fn key(name: &str) -> String {
    let mut key = fold(name);
    key.retain(|c| c != '.');
    key
}

fn names() -> &'static RapidHashMap<String, Vec<Meaning>> {
    static NAMES: OnceLock<RapidHashMap<String, Vec<Meaning>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: RapidHashMap<String, Vec<Meaning>> = RapidHashMap::default();
        let mut add = |name: &str, language, number: usize, is_month| {
            let key = key(name);
            // Chinese, Japanese, Korean and Vietnamese months are numbers; their finders read those.
            if key.trim().is_empty() || key.contains(|c: char| c.is_ascii_digit()) {
                return;
            }
            let meaning = Meaning { language, number: number as u8, is_month };
            let meanings = names.entry(key).or_default();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        };
        for &(language, locale) in LOCALES {
            let months = [
                Some(locale_match!(locale => LC_TIME::MON)),
                Some(locale_match!(locale => LC_TIME::ABMON)),
                locale_match!(locale => LC_TIME::ALT_MON),
                locale_match!(locale => LC_TIME::AB_ALT_MON),
            ];
            for names in months.into_iter().flatten() {
                for (at, name) in names.iter().enumerate() {
                    add(name, language, at + 1, true);
                }
            }
            for names in [locale_match!(locale => LC_TIME::DAY), locale_match!(locale => LC_TIME::ABDAY)] {
                // The tables begin with Sunday.
                for (at, name) in names.iter().enumerate() {
                    add(name, language, (at + 6) % 7, false);
                }
            }
        }
        for (language, names) in SHORT_MONTHS {
            for (at, name) in names.iter().enumerate() {
                add(name, language, at + 1, true);
            }
        }
        for &(language, month, names) in MORE_MONTHS {
            for name in names {
                add(name, language, month, true);
            }
        }
        for &(language, weekday, names) in MORE_WEEKDAYS {
            for name in names {
                add(name, language, weekday, false);
            }
        }
        names
    })
}

/// Where the names of each language are taken from.
const LOCALES: &[(&str, Locale)] = &[
    ("af", Locale::af_ZA),
    ("ak", Locale::ak_GH),
    ("am", Locale::am_ET),
    ("ar", Locale::ar_EG),
    ("ar", Locale::ar_SY),
    ("ar", Locale::ar_MA),
    ("az", Locale::az_AZ),
    ("be", Locale::be_BY),
    ("bg", Locale::bg_BG),
    ("bn", Locale::bn_BD),
    ("bn", Locale::bn_IN),
    ("bs", Locale::bs_BA),
    ("ca", Locale::ca_ES),
    ("cs", Locale::cs_CZ),
    ("cy", Locale::cy_GB),
    ("da", Locale::da_DK),
    ("de", Locale::de_DE),
    ("de", Locale::de_AT),
    ("el", Locale::el_GR),
    ("en", Locale::en_GB),
    ("es", Locale::es_ES),
    ("et", Locale::et_EE),
    ("eu", Locale::eu_ES),
    ("fa", Locale::fa_IR),
    ("fi", Locale::fi_FI),
    ("fr", Locale::fr_FR),
    ("ga", Locale::ga_IE),
    ("gl", Locale::gl_ES),
    ("gu", Locale::gu_IN),
    ("ha", Locale::ha_NG),
    ("he", Locale::he_IL),
    ("hi", Locale::hi_IN),
    ("hr", Locale::hr_HR),
    ("hu", Locale::hu_HU),
    ("hy", Locale::hy_AM),
    ("id", Locale::id_ID),
    ("ig", Locale::ig_NG),
    ("is", Locale::is_IS),
    ("it", Locale::it_IT),
    ("ka", Locale::ka_GE),
    ("kk", Locale::kk_KZ),
    ("km", Locale::km_KH),
    ("kn", Locale::kn_IN),
    ("lb", Locale::lb_LU),
    ("lg", Locale::lg_UG),
    ("ln", Locale::ln_CD),
    ("lo", Locale::lo_LA),
    ("lt", Locale::lt_LT),
    ("lv", Locale::lv_LV),
    ("mk", Locale::mk_MK),
    ("ml", Locale::ml_IN),
    ("mn", Locale::mn_MN),
    ("mr", Locale::mr_IN),
    ("ms", Locale::ms_MY),
    ("my", Locale::my_MM),
    ("nb", Locale::nb_NO),
    ("nb", Locale::nn_NO),
    ("ne", Locale::ne_NP),
    ("nl", Locale::nl_NL),
    ("om", Locale::om_ET),
    ("or", Locale::or_IN),
    ("pa", Locale::pa_IN),
    ("pl", Locale::pl_PL),
    ("pt", Locale::pt_BR),
    ("pt", Locale::pt_PT),
    ("ro", Locale::ro_RO),
    ("ru", Locale::ru_RU),
    ("si", Locale::si_LK),
    ("sk", Locale::sk_SK),
    ("sl", Locale::sl_SI),
    ("so", Locale::so_SO),
    ("sq", Locale::sq_AL),
    ("sr", Locale::sr_RS),
    ("sr", Locale::sr_RS_latin),
    ("sv", Locale::sv_SE),
    ("sw", Locale::sw_TZ),
    ("ta", Locale::ta_IN),
    ("te", Locale::te_IN),
    ("th", Locale::th_TH),
    ("ti", Locale::ti_ER),
    ("tk", Locale::tk_TM),
    ("tl", Locale::fil_PH),
    ("tr", Locale::tr_TR),
    ("uk", Locale::uk_UA),
    ("ur", Locale::ur_PK),
    ("uz", Locale::uz_UZ),
    ("vi", Locale::vi_VN),
    ("xh", Locale::xh_ZA),
    ("yi", Locale::yi_US),
    ("yo", Locale::yo_NG),
    ("zu", Locale::zu_ZA),
];

/// Short names of all months, which feeds and blogs write and the locale tables lack or write otherwise.
const SHORT_MONTHS: &[(&str, [&str; 12])] = &[
    ("fi", ["tam", "hel", "maa", "huh", "tou", "kes", "hei", "elo", "syy", "lok", "mar", "jou"]),
    ("et", ["jaan", "veebr", "märts", "apr", "mai", "juuni", "juuli", "aug", "sept", "okt", "nov", "dets"]),
    ("lv", ["janv", "febr", "marts", "apr", "maijs", "jūn", "jūl", "aug", "sept", "okt", "nov", "dec"]),
    ("lt", ["saus", "vas", "kov", "bal", "geg", "birž", "liep", "rugp", "rugs", "spal", "lapkr", "gruod"]),
    ("ro", ["ian", "feb", "mar", "apr", "mai", "iun", "iul", "aug", "sept", "oct", "nov", "dec"]),
    ("sl", ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "avg", "sep", "okt", "nov", "dec"]),
    ("hr", ["sij", "velj", "ožu", "tra", "svi", "lip", "srp", "kol", "ruj", "lis", "stu", "pro"]),
    ("cs", ["led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"]),
    ("bg", ["яну", "фев", "март", "апр", "май", "юни", "юли", "авг", "сеп", "окт", "ное", "дек"]),
    ("uk", ["січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"]),
    ("ca", ["gen", "febr", "març", "abr", "maig", "juny", "jul", "ag", "set", "oct", "nov", "des"]),
    ("eu", ["urt", "ots", "mar", "api", "mai", "eka", "uzt", "abu", "ira", "urr", "aza", "abe"]),
    ("is", ["jan", "feb", "mar", "apr", "maí", "jún", "júl", "ágú", "sep", "okt", "nóv", "des"]),
    ("sq", ["jan", "shk", "mar", "pri", "maj", "qer", "kor", "gsh", "sht", "tet", "nën", "dhj"]),
    ("tr", ["Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"]),
    ("tl", ["Ene", "Peb", "Mar", "Abr", "May", "Hun", "Hul", "Ago", "Set", "Okt", "Nob", "Dis"]),
];

/// Names that newspapers write and the locale tables lack: language, month, names.
const MORE_MONTHS: &[(&str, usize, &[&str])] = &[
    ("en", 6, &["June"]),
    ("en", 7, &["July"]),
    ("en", 9, &["Sept"]),
    ("de", 1, &["Jänner", "Jän"]),
    ("de", 2, &["Feber"]),
    ("de", 3, &["Mrz", "Maerz"]),
    ("de", 9, &["Sept"]),
    ("fr", 1, &["janv"]),
    ("fr", 2, &["fév", "fevr"]),
    ("fr", 4, &["avr"]),
    ("fr", 7, &["juil"]),
    ("fr", 9, &["sept"]),
    ("es", 9, &["sept", "setiembre", "set"]),
    ("es", 1, &["ene"]),
    ("es", 8, &["ago"]),
    ("pt", 9, &["set"]),
    ("it", 9, &["sett"]),
    ("nl", 3, &["mrt", "maa"]),
    ("nl", 9, &["sept"]),
    ("da", 9, &["sept"]),
    ("sv", 9, &["sept"]),
    ("nb", 9, &["sept"]),
    ("id", 8, &["Ags", "Agt", "Agu", "Agust"]),
    ("id", 5, &["Mei"]),
    ("id", 3, &["Mrt"]),
    ("id", 11, &["Nop", "Nopember"]),
    ("id", 2, &["Pebruari"]),
    ("ms", 8, &["Ogos", "Ogo"]),
    ("ms", 3, &["Mac"]),
    ("ms", 12, &["Dis"]),
    ("fi", 1, &["tammikuuta", "tammikuu", "tammi"]),
    ("fi", 2, &["helmikuuta", "helmikuu", "helmi"]),
    ("fi", 3, &["maaliskuuta", "maaliskuu", "maalis"]),
    ("fi", 4, &["huhtikuuta", "huhtikuu", "huhti"]),
    ("fi", 5, &["toukokuuta", "toukokuu", "touko"]),
    ("fi", 6, &["kesäkuuta", "kesäkuu", "kesä"]),
    ("fi", 7, &["heinäkuuta", "heinäkuu", "heinä"]),
    ("fi", 8, &["elokuuta", "elokuu", "elo"]),
    ("fi", 9, &["syyskuuta", "syyskuu", "syys"]),
    ("fi", 10, &["lokakuuta", "lokakuu", "loka"]),
    ("fi", 11, &["marraskuuta", "marraskuu", "marras"]),
    ("fi", 12, &["joulukuuta", "joulukuu", "joulu"]),
    ("ru", 1, &["янв"]),
    ("ru", 2, &["фев", "февр"]),
    ("ru", 3, &["мар"]),
    ("ru", 4, &["апр"]),
    ("ru", 5, &["мая", "май"]),
    ("ru", 6, &["июн"]),
    ("ru", 7, &["июл"]),
    ("ru", 8, &["авг"]),
    ("ru", 9, &["сен", "сент"]),
    ("ru", 10, &["окт"]),
    ("ru", 11, &["ноя", "нояб"]),
    ("ru", 12, &["дек"]),
    ("lt", 1, &["sausio", "sausis"]),
    ("lt", 2, &["vasario", "vasaris"]),
    ("lt", 3, &["kovo", "kovas"]),
    ("lt", 4, &["balandžio", "balandis"]),
    ("lt", 5, &["gegužės", "gegužė"]),
    ("lt", 6, &["birželio", "birželis"]),
    ("lt", 7, &["liepos", "liepa"]),
    ("lt", 8, &["rugpjūčio", "rugpjūtis"]),
    ("lt", 9, &["rugsėjo", "rugsėjis"]),
    ("lt", 10, &["spalio", "spalis"]),
    ("lt", 11, &["lapkričio", "lapkritis"]),
    ("lt", 12, &["gruodžio", "gruodis"]),
    ("el", 1, &["Ιαν"]),
    ("el", 2, &["Φεβ"]),
    ("el", 3, &["Μάρ"]),
    ("el", 4, &["Απρ"]),
    ("el", 5, &["Μάι", "Μαϊ"]),
    ("el", 6, &["Ιούν"]),
    ("el", 7, &["Ιούλ"]),
    ("el", 8, &["Αύγ", "Αυγ"]),
    ("el", 9, &["Σεπ", "Σεπτ"]),
    ("el", 10, &["Οκτ"]),
    ("el", 11, &["Νοέ", "Νοε"]),
    ("el", 12, &["Δεκ"]),
    ("hu", 1, &["jan"]),
    ("hu", 2, &["febr"]),
    ("hu", 3, &["márc"]),
    ("hu", 4, &["ápr"]),
    ("hu", 5, &["máj"]),
    ("hu", 6, &["jún"]),
    ("hu", 7, &["júl"]),
    ("hu", 8, &["aug"]),
    ("hu", 9, &["szept"]),
    ("hu", 10, &["okt"]),
    ("tr", 1, &["Oca"]),
    ("tr", 2, &["Şub"]),
    ("tr", 8, &["Ağu", "Ağus"]),
    ("ar", 1, &["جانفي", "كانون الثاني"]),
    ("ar", 2, &["فيفري", "شباط"]),
    ("ar", 3, &["آذار", "اذار"]),
    ("ar", 4, &["أفريل", "نيسان", "ابريل", "إبريل"]),
    ("ar", 5, &["ماي", "أيار", "ايار"]),
    ("ar", 6, &["جوان", "حزيران"]),
    ("ar", 7, &["جويلية", "تموز"]),
    ("ar", 8, &["أوت", "غشت", "آب", "اغسطس"]),
    ("ar", 9, &["شتنبر", "أيلول", "ايلول"]),
    ("ar", 10, &["تشرين الأول", "اكتوبر"]),
    ("ar", 11, &["نونبر", "تشرين الثاني"]),
    ("ar", 12, &["دجنبر", "كانون الأول"]),
    ("hi", 1, &["जनवरी", "जन"]),
    ("hi", 2, &["फरवरी", "फ़रवरी", "फर"]),
    ("hi", 3, &["मार्च"]),
    ("hi", 4, &["अप्रैल"]),
    ("hi", 7, &["जुलाई"]),
    ("hi", 8, &["अगस्त"]),
    ("hi", 9, &["सितंबर", "सितम्बर"]),
    ("hi", 10, &["अक्टूबर", "अक्तूबर"]),
    ("hi", 11, &["नवंबर", "नवम्बर"]),
    ("hi", 12, &["दिसंबर", "दिसम्बर"]),
    ("bn", 1, &["জানুয়ারি", "জানুয়ারী"]),
    ("bn", 2, &["ফেব্রুয়ারি", "ফেব্রুয়ারী"]),
    ("hy", 1, &["Հունվար", "Հունվարի"]),
    ("hy", 2, &["Փետրվար", "Փետրվարի"]),
    ("hy", 3, &["Մարտ", "Մարտի"]),
    ("hy", 4, &["Ապրիլ", "Ապրիլի"]),
    ("hy", 5, &["Մայիս", "Մայիսի"]),
    ("hy", 6, &["Հունիս", "Հունիսի"]),
    ("hy", 7, &["Հուլիս", "Հուլիսի"]),
    ("hy", 8, &["Օգոստոս", "Օգոստոսի"]),
    ("hy", 9, &["Սեպտեմբեր", "Սեպտեմբերի"]),
    ("hy", 10, &["Հոկտեմբեր", "Հոկտեմբերի"]),
    ("hy", 11, &["Նոյեմբեր", "Նոյեմբերի"]),
    ("hy", 12, &["Դեկտեմբեր", "Դեկտեմբերի"]),
    ("sk", 1, &["januára"]),
    ("sk", 2, &["februára"]),
    ("sk", 3, &["marca"]),
    ("sk", 4, &["apríla"]),
    ("sk", 5, &["mája"]),
    ("sk", 6, &["júna"]),
    ("sk", 7, &["júla"]),
    ("sk", 8, &["augusta"]),
    ("sk", 9, &["septembra"]),
    ("sk", 10, &["októbra"]),
    ("sk", 11, &["novembra"]),
    ("sk", 12, &["decembra"]),
    ("eu", 1, &["urtarrilaren"]),
    ("eu", 2, &["otsailaren"]),
    ("eu", 3, &["martxoaren"]),
    ("eu", 4, &["apirilaren"]),
    ("eu", 5, &["maiatzaren"]),
    ("eu", 6, &["ekainaren"]),
    ("eu", 7, &["uztailaren"]),
    ("eu", 8, &["abuztuaren"]),
    ("eu", 9, &["irailaren"]),
    ("eu", 10, &["urriaren"]),
    ("eu", 11, &["azaroaren"]),
    ("eu", 12, &["abenduaren"]),
    ("be", 1, &["студзеня"]),
    ("be", 2, &["лютага"]),
    ("be", 3, &["сакавіка"]),
    ("be", 4, &["красавіка"]),
    ("be", 5, &["траўня"]),
    ("be", 6, &["чэрвеня"]),
    ("be", 7, &["ліпеня"]),
    ("be", 8, &["жніўня"]),
    ("be", 9, &["верасня"]),
    ("be", 10, &["кастрычніка"]),
    ("be", 11, &["лістапада"]),
    ("be", 12, &["снежня"]),
    ("ka", 1, &["იანვრის"]),
    ("ka", 2, &["თებერვლის"]),
    ("ka", 3, &["მარტის"]),
    ("ka", 4, &["აპრილის"]),
    ("ka", 5, &["მაისის"]),
    ("ka", 6, &["ივნისის"]),
    ("ka", 7, &["ივლისის"]),
    ("ka", 8, &["აგვისტოს"]),
    ("ka", 9, &["სექტემბრის"]),
    ("ka", 10, &["ოქტომბრის"]),
    ("ka", 11, &["ნოემბრის"]),
    ("ka", 12, &["დეკემბრის"]),
    ("lv", 1, &["janvārī"]),
    ("lv", 2, &["februārī"]),
    ("lv", 3, &["martā"]),
    ("lv", 4, &["aprīlī"]),
    ("lv", 5, &["maijā"]),
    ("lv", 6, &["jūnijā"]),
    ("lv", 7, &["jūlijā"]),
    ("lv", 8, &["augustā"]),
    ("lv", 9, &["septembrī"]),
    ("lv", 10, &["oktobrī"]),
    ("lv", 11, &["novembrī"]),
    ("lv", 12, &["decembrī"]),
    ("az", 1, &["yanvar"]),
    ("az", 2, &["fevral"]),
    ("az", 3, &["mart"]),
    ("az", 4, &["aprel"]),
    ("az", 5, &["may"]),
    ("az", 6, &["iyun"]),
    ("az", 7, &["iyul"]),
    ("az", 8, &["avqust"]),
    ("az", 9, &["sentyabr"]),
    ("az", 10, &["oktyabr"]),
    ("az", 11, &["noyabr"]),
    ("az", 12, &["dekabr"]),
    ("eo", 1, &["januaro"]),
    ("eo", 2, &["februaro"]),
    ("eo", 3, &["marto"]),
    ("eo", 4, &["aprilo"]),
    ("eo", 5, &["majo"]),
    ("eo", 6, &["junio"]),
    ("eo", 7, &["julio"]),
    ("eo", 8, &["aŭgusto"]),
    ("eo", 9, &["septembro"]),
    ("eo", 10, &["oktobro"]),
    ("eo", 11, &["novembro"]),
    ("eo", 12, &["decembro"]),
];

/// Weekdays that newspapers write and the locale tables lack: language, weekday from 0, names.
const MORE_WEEKDAYS: &[(&str, usize, &[&str])] = &[
    ("en", 1, &["Tues"]),
    ("en", 2, &["Weds"]),
    ("en", 3, &["Thur", "Thurs"]),
    ("de", 5, &["Sonnabend"]),
    ("es", 5, &["sabado"]),
    ("pt", 0, &["segunda"]),
    ("pt", 1, &["terça"]),
    ("pt", 2, &["quarta"]),
    ("pt", 3, &["quinta"]),
    ("pt", 4, &["sexta"]),
    ("id", 4, &["Jumat", "Jum'at"]),
    ("id", 6, &["Ahad"]),
    ("ar", 0, &["الإثنين", "الاثنين"]),
    ("ar", 2, &["الأربعاء", "الاربعاء"]),
    ("ar", 6, &["الأحد", "الاحد"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, name: &str, expected: u32) {
        let found = month(name, LanguageTag::find(code)).map(|(month, _)| month);
        assert_eq!(found.unwrap_or(0), expected, "{name} in {code}");
    }

    #[test]
    fn months_are_known_in_their_languages() {
        for (code, name) in [
            ("en", "February"),
            ("id", "Februari"),
            ("fr", "février"),
            ("fr", "FEVRIER"),
            ("ru", "февраля"),
            ("ru", "февраль"),
            ("uk", "лютого"),
            ("pl", "lutego"),
            ("pl", "luty"),
            ("cs", "února"),
            ("hr", "veljače"),
            ("fi", "helmikuuta"),
            ("el", "Φεβρουαρίου"),
            ("tr", "Şubat"),
            ("hu", "február"),
            ("ar", "فبراير"),
            ("ar", "شباط"),
            ("ar", "فيفري"),
            ("he", "פברואר"),
            ("hi", "फ़रवरी"),
            ("hi", "फरवरी"),
            ("bn", "ফেব্রুয়ারি"),
            ("th", "กุมภาพันธ์"),
            ("th", "ก.พ."),
            ("hy", "փետրվարի"),
            ("ka", "თებერვალი"),
            ("ms", "Februari"),
            ("zu", "Februwari"),
        ] {
            check(code, name, 2);
        }
    }

    #[test]
    fn the_same_name_is_another_month_elsewhere() {
        check("hr", "listopada", 10);
        check("pl", "listopada", 11);
        check("cs", "listopadu", 11);
        check("fr", "sept", 9);
        check("id", "Agt", 8);
    }

    #[test]
    fn english_names_are_known_everywhere_and_short_foreign_ones_are_not() {
        check("de", "December", 12);
        check("ja", "Mon", 0);
        check("en", "ago", 0);
        check("en", "lis", 0);
        check("en", "listopada", 11);
    }

    #[test]
    fn weekdays_begin_with_monday() {
        for (code, name, expected) in
            [("en", "Monday", 0), ("id", "Senin", 0), ("de", "So", 6), ("ar", "الأربعاء", 2), ("en", "Thurs", 3)]
        {
            assert_eq!(weekday(name, LanguageTag::find(code)), Some(expected), "{name}");
        }
    }
}
