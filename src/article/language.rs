//! Languages by code and name.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::fold::fold;

/// What is known of the language of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// The language; `None` when there is too little text to tell.
    pub tag: Option<LanguageTag>,
    /// How certain that is, from 0 to 1.
    pub confidence: f32,
    /// True when a reader may rely on it.
    pub sure: bool,
}

impl Language {
    /// The code that lists and queries show: `de`, or `?` when it is not certain.
    pub fn shown(&self) -> &'static str {
        self.tag.filter(|_| self.sure).map_or("?", LanguageTag::code)
    }
}

/// A language that newsstand knows by name. Copying it is free.
///
/// ```
/// use newsstand::article::LanguageTag;
///
/// let german = LanguageTag::find("deu").expect("German is known");
/// assert_eq!((german.code(), german.name(), german.own_name()), ("de", "German", "Deutsch"));
/// assert_eq!(LanguageTag::find("Deutsch"), Some(german));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LanguageTag(u8);

impl LanguageTag {
    /// All languages, in the order of their English names.
    pub fn all() -> impl Iterator<Item = LanguageTag> {
        (0..LANGUAGES.len() as u8).map(LanguageTag)
    }

    /// The language with this code (ISO 639-1 or 639-3, with or without a region) or this name
    /// (English or its own), in any case and with or without accents.
    pub fn find(code_or_name: &str) -> Option<LanguageTag> {
        let wanted = fold(code_or_name.trim());
        let code = wanted.split(['-', '_']).next().unwrap_or_default();
        let code = SYNONYMS.iter().find(|(other, _)| *other == code).map_or(code, |(_, usual)| usual);
        LanguageTag::all()
            .find(|tag| tag.code() == code || tag.code3() == code)
            .or_else(|| LanguageTag::all().find(|tag| tag.folded_names().contains(&wanted)))
    }

    /// True when a code or a name of some language begins with `text`, in any case and with or without
    /// accents.
    pub fn begins_any(text: &str) -> bool {
        let begun = fold(text);
        LanguageTag::all().any(|tag| {
            [tag.code(), tag.code3()].iter().any(|code| code.starts_with(&begun))
                || tag.folded_names().iter().any(|name| name.starts_with(&begun))
        })
    }

    /// Its English and its own name, folded once for all.
    fn folded_names(self) -> &'static [String; 2] {
        static FOLDED: LazyLock<Vec<[String; 2]>> =
            LazyLock::new(|| LanguageTag::all().map(|tag| [fold(tag.name()), fold(tag.own_name())]).collect());
        &FOLDED[usize::from(self.0)]
    }

    /// The ISO 639-1 code where there is one, else the ISO 639-3 code.
    pub fn code(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].0
    }

    /// The ISO 639-3 code.
    pub fn code3(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].1
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].2
    }

    /// The name in the language itself.
    pub fn own_name(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].3
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for LanguageTag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for LanguageTag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<LanguageTag, D::Error> {
        let code = String::deserialize(deserializer)?;
        LanguageTag::find(&code).ok_or_else(|| serde::de::Error::custom(format!("unknown language `{code}`")))
    }
}

/// Codes that other tools use for a language of the table.
const SYNONYMS: &[(&str, &str)] = &[
    ("zho", "zh"),
    ("chi", "zh"),
    ("fas", "fa"),
    ("per", "fa"),
    ("nor", "nb"),
    ("no", "nb"),
    ("nn", "nb"),
    ("nno", "nb"),
    ("zsm", "ms"),
    ("may", "ms"),
    ("arb", "ar"),
    ("ger", "de"),
    ("fre", "fr"),
    ("dut", "nl"),
    ("gre", "el"),
    ("cze", "cs"),
    ("slo", "sk"),
    ("rum", "ro"),
    ("alb", "sq"),
    ("arm", "hy"),
    ("baq", "eu"),
    ("bur", "my"),
    ("geo", "ka"),
    ("ice", "is"),
    ("mac", "mk"),
    ("wel", "cy"),
    ("ekk", "et"),
    ("lvs", "lv"),
    ("swh", "sw"),
    ("npi", "ne"),
    ("azj", "az"),
    ("fil", "tl"),
    ("in", "id"),
    ("iw", "he"),
    ("ji", "yi"),
    ("uzn", "uz"),
    ("ydd", "yi"),
    ("als", "sq"),
    ("gaz", "om"),
    ("khk", "mn"),
];

/// ISO 639-1, ISO 639-3, English name, own name; in the order of the English names.
const LANGUAGES: &[(&str, &str, &str, &str)] = &[
    ("af", "afr", "Afrikaans", "Afrikaans"),
    ("ak", "aka", "Akan", "Akan"),
    ("sq", "sqi", "Albanian", "Shqip"),
    ("am", "amh", "Amharic", "አማርኛ"),
    ("ar", "ara", "Arabic", "العربية"),
    ("hy", "hye", "Armenian", "Հայերեն"),
    ("az", "aze", "Azerbaijani", "Azərbaycanca"),
    ("eu", "eus", "Basque", "Euskara"),
    ("be", "bel", "Belarusian", "Беларуская"),
    ("bn", "ben", "Bengali", "বাংলা"),
    ("bs", "bos", "Bosnian", "Bosanski"),
    ("bg", "bul", "Bulgarian", "Български"),
    ("my", "mya", "Burmese", "မြန်မာဘာသာ"),
    ("ca", "cat", "Catalan", "Català"),
    ("zh", "cmn", "Chinese", "中文"),
    ("hr", "hrv", "Croatian", "Hrvatski"),
    ("cs", "ces", "Czech", "Čeština"),
    ("da", "dan", "Danish", "Dansk"),
    ("nl", "nld", "Dutch", "Nederlands"),
    ("en", "eng", "English", "English"),
    ("eo", "epo", "Esperanto", "Esperanto"),
    ("et", "est", "Estonian", "Eesti"),
    ("fi", "fin", "Finnish", "Suomi"),
    ("fr", "fra", "French", "Français"),
    ("gl", "glg", "Galician", "Galego"),
    ("ka", "kat", "Georgian", "ქართული"),
    ("de", "deu", "German", "Deutsch"),
    ("el", "ell", "Greek", "Ελληνικά"),
    ("gu", "guj", "Gujarati", "ગુજરાતી"),
    ("ha", "hau", "Hausa", "Hausa"),
    ("he", "heb", "Hebrew", "עברית"),
    ("hi", "hin", "Hindi", "हिन्दी"),
    ("hu", "hun", "Hungarian", "Magyar"),
    ("is", "isl", "Icelandic", "Íslenska"),
    ("ig", "ibo", "Igbo", "Igbo"),
    ("id", "ind", "Indonesian", "Bahasa Indonesia"),
    ("ga", "gle", "Irish", "Gaeilge"),
    ("it", "ita", "Italian", "Italiano"),
    ("ja", "jpn", "Japanese", "日本語"),
    ("jv", "jav", "Javanese", "Basa Jawa"),
    ("kn", "kan", "Kannada", "ಕನ್ನಡ"),
    ("kk", "kaz", "Kazakh", "Қазақ тілі"),
    ("km", "khm", "Khmer", "ខ្មែរ"),
    ("rn", "run", "Kirundi", "Ikirundi"),
    ("ko", "kor", "Korean", "한국어"),
    ("lo", "lao", "Lao", "ລາວ"),
    ("la", "lat", "Latin", "Latina"),
    ("lv", "lav", "Latvian", "Latviešu"),
    ("ln", "lin", "Lingala", "Lingála"),
    ("lt", "lit", "Lithuanian", "Lietuvių"),
    ("lg", "lug", "Luganda", "Oluganda"),
    ("lb", "ltz", "Luxembourgish", "Lëtzebuergesch"),
    ("mk", "mkd", "Macedonian", "Македонски"),
    ("ms", "msa", "Malay", "Bahasa Melayu"),
    ("ml", "mal", "Malayalam", "മലയാളം"),
    ("mr", "mar", "Marathi", "मराठी"),
    ("mn", "mon", "Mongolian", "Монгол"),
    ("ne", "nep", "Nepali", "नेपाली"),
    ("pcm", "pcm", "Nigerian Pidgin", "Naijá"),
    ("nb", "nob", "Norwegian", "Norsk"),
    ("or", "ori", "Odia", "ଓଡ଼ିଆ"),
    ("om", "orm", "Oromo", "Oromoo"),
    ("fa", "pes", "Persian", "فارسی"),
    ("pl", "pol", "Polish", "Polski"),
    ("pt", "por", "Portuguese", "Português"),
    ("pa", "pan", "Punjabi", "ਪੰਜਾਬੀ"),
    ("ro", "ron", "Romanian", "Română"),
    ("ru", "rus", "Russian", "Русский"),
    ("sr", "srp", "Serbian", "Српски"),
    ("sn", "sna", "Shona", "ChiShona"),
    ("si", "sin", "Sinhala", "සිංහල"),
    ("sk", "slk", "Slovak", "Slovenčina"),
    ("sl", "slv", "Slovenian", "Slovenščina"),
    ("so", "som", "Somali", "Soomaali"),
    ("es", "spa", "Spanish", "Español"),
    ("sw", "swa", "Swahili", "Kiswahili"),
    ("sv", "swe", "Swedish", "Svenska"),
    ("tl", "tgl", "Tagalog", "Tagalog"),
    ("ta", "tam", "Tamil", "தமிழ்"),
    ("te", "tel", "Telugu", "తెలుగు"),
    ("th", "tha", "Thai", "ไทย"),
    ("ti", "tir", "Tigrinya", "ትግርኛ"),
    ("tr", "tur", "Turkish", "Türkçe"),
    ("tk", "tuk", "Turkmen", "Türkmençe"),
    ("uk", "ukr", "Ukrainian", "Українська"),
    ("ur", "urd", "Urdu", "اردو"),
    ("uz", "uzb", "Uzbek", "Oʻzbekcha"),
    ("vi", "vie", "Vietnamese", "Tiếng Việt"),
    ("cy", "cym", "Welsh", "Cymraeg"),
    ("xh", "xho", "Xhosa", "isiXhosa"),
    ("yi", "yid", "Yiddish", "ייִדיש"),
    ("yo", "yor", "Yoruba", "Yorùbá"),
    ("zu", "zul", "Zulu", "isiZulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_any_name() {
        for (given, code) in [
            ("de", "de"),
            ("DEU", "de"),
            ("german", "de"),
            ("Deutsch", "de"),
            ("en-GB", "en"),
            ("zh_Hant", "zh"),
            ("cmn", "zh"),
            ("français", "fr"),
            ("Francais", "fr"),
            ("nno", "nb"),
            ("bahasa indonesia", "id"),
        ] {
            assert_eq!(LanguageTag::find(given).map(LanguageTag::code), Some(code), "{given}");
        }
        assert_eq!(LanguageTag::find("klingon"), None);
        assert_eq!(LanguageTag::find(""), None);
    }

    #[test]
    fn every_language_of_the_detector_has_a_name() {
        for lang in whatlang::Lang::all() {
            assert!(LanguageTag::find(lang.code()).is_some(), "{lang} is missing");
        }
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(LANGUAGES.is_sorted_by_key(|row| row.2));
    }
}
