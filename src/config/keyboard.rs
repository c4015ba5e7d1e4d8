//! Keyboards of other layouts: which key of a Latin one a letter stands on.
//!
//! A command is a key, and who writes Russian, Greek, French or German has the same keys with other letters on
//! them. Each pair of rows is a layout as its system draws it, beside the American one; of Latin layouts only
//! the letters and signs that the American one lacks, since all others mean themselves.

/// The letters of a layout, and those of the American one on the same keys.
const LAYOUTS: &[(&str, &str)] = &[
    // Russian.
    ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"),
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"),
    // Ukrainian, Belarusian, Serbian and Macedonian, where they differ.
    ("іїєґўјљњџђћ", "s]'\\oj[x;]'"),
    ("ІЇЄҐЎЈЉЊЏЂЋ", "S}\"|OJ{X:}\""),
    // Greek.
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ("άέήίόύώ", "aehioyv"),
    // Hebrew and Arabic, whose letters stand on the same keys for every reader of them.
    ("/'קראטוןםפשדגכעיחלךף,זסבהנמצתץ", "qwertyuiopasdfghjkl;'zxcvbnm,."),
    ("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "qwertyuiop[]asdfghjkl;'zxcvnm,./"),
    // French: the digits of an American keyboard, without shift.
    ("éèçàù", "2790'"),
    // German, Swedish, Finnish.
    ("üöäß", "[;'-"),
    ("ÜÖÄ", "{:\""),
    ("å", "["),
];

/// The character of an American keyboard on the key where `c` stands on another; `None` where it is no letter
/// of another.
///
/// ```
/// use newsstand::config::keyboard::latin;
///
/// assert_eq!([latin('о'), latin('Г'), latin('ξ'), latin('é'), latin('j')], [Some('j'), Some('U'), Some('j'), Some('2'), None]);
/// ```
pub fn latin(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    LAYOUTS.iter().find_map(|(letters, keys)| {
        let at = letters.chars().position(|letter| letter == c)?;
        keys.chars().nth(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_has_a_key() {
        for (letters, keys) in LAYOUTS {
            assert_eq!(letters.chars().count(), keys.chars().count(), "{letters}");
            assert!(keys.is_ascii(), "{keys}");
        }
    }
}
