//! Regular expressions over words, held to sizes that no search can suffer from.

use regex::{Regex, RegexBuilder};

/// Longer ones are not read: nobody types them.
const LONGEST: usize = 256;
/// How many bytes an expression may take when it is made ready; one of usual length takes some hundreds.
const LARGEST: usize = 256 * 1024;

/// The expression ready to be asked whether a word fits it as a whole, in any case. What it takes to ask is
/// in proportion to the length of the word.
///
/// # Errors
///
/// Says what is wrong with it, in a few words.
pub fn ready(text: &str) -> Result<Regex, String> {
    if text.len() > LONGEST {
        return Err(format!("longer than {LONGEST} letters"));
    }
    // By itself it must be one as well: `a)|(b` is not.
    build(text)?;
    build(&format!("^(?:{text})$"))
}

/// The expression that words fit in which each `*` of `text` is any letters or none.
pub fn of_wildcards(text: &str) -> Option<Regex> {
    let parts: Vec<String> = text.split('*').map(regex::escape).collect();
    ready(&parts.join(".*")).ok()
}

/// What is wrong with an expression, if anything is.
pub(super) fn problem(text: &str) -> Option<String> {
    ready(text).err()
}

fn build(text: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(text).case_insensitive(true).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "too large".to_owned(),
        // The last line says what is wrong, those before it show where.
        error => error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_as_a_whole() {
        let fits = |text: &str, word: &str| ready(text).expect("it is one").is_match(word);
        assert!(fits("colou?r", "colour") && fits("COLOU?R", "color") && !fits("colou?r", "colours"));
        assert!(fits("a|bc", "bc") && !fits("a|bc", "abc"));
        // A comment would hide what is put behind it.
        assert!(problem("(?x)a b # c").is_some());
        let wild = |text: &str, word: &str| of_wildcards(text).expect("it is one").is_match(word);
        assert!(wild("einlad*ng", "einladung") && wild("einlad*ng", "einladng") && !wild("einlad*ng", "einladungen"));
        assert!(wild("*a.b*", "xa.by") && !wild("*a.b*", "axb"));
    }

    #[test]
    fn what_is_too_large_is_told() {
        for (text, expected) in [
            ("a(", "unclosed group"),
            ("a)|(b", "unopened group"),
            ("[a", "unclosed character class"),
            ("(a{1000}){1000}", "too large"),
            ("((((((a{100}){100}){100}){100}){100}){100})", "too large"),
            (&"(".repeat(200), "unclosed group"),
            (&"a".repeat(300), "longer than 256 letters"),
        ] {
            assert_eq!(problem(text).as_deref(), Some(expected), "{text}");
        }
    }
}
