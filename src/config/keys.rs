//! Several keys, one after the other.

use super::key::Key;

/// Reads a sequence of key names with spaces between them: `j`, `g g`, `f l`.
///
/// # Errors
///
/// What is wrong, in words.
///
/// ```
/// assert_eq!(newsstand::config::keys::parse("f l").map(|keys| keys.len()), Ok(2));
/// assert!(newsstand::config::keys::parse("fl").is_err());
/// ```
pub fn parse(names: &str) -> Result<Vec<Key>, String> {
    let keys = names.split_whitespace().map(|name| {
        name.parse::<Key>().map_err(|reason| match spaced(name) {
            Some(spaced) => format!("{reason}; for one after the other write `{spaced}`"),
            None => reason,
        })
    });
    let keys: Vec<Key> = keys.collect::<Result<_, _>>()?;
    if keys.is_empty() {
        Err("an empty string is no key; `[]` leaves an action without one".to_owned())
    } else {
        Ok(keys)
    }
}

/// `gg` as it was meant, `g g`.
fn spaced(name: &str) -> Option<String> {
    let letters: Vec<String> = name.chars().map(String::from).collect();
    (2..=3).contains(&letters.len()).then(|| letters.join(" "))
}

/// Reads what is typed, letter by letter, with other keys by name in `<>`: `jj<enter>/putin<esc>`.
/// A `<` that begins no name is itself; `<lt>` always is.
///
/// # Errors
///
/// What is wrong, in words, when there is no key of that name.
///
/// ```
/// use newsstand::config::keys::parse_typed;
///
/// let keys: Vec<String> = parse_typed("jj<enter><C-d>").expect("known keys").iter().map(ToString::to_string).collect();
/// assert_eq!(keys, ["j", "j", "enter", "ctrl-d"]);
/// ```
pub fn parse_typed(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let name = after.split_once('>').filter(|(name, _)| c == '<' && is_name(name));
        rest = match name {
            Some((name, behind)) => {
                keys.push(name.parse::<Key>().map_err(|reason| format!("{reason}; `<lt>` types <"))?);
                behind
            }
            None => {
                keys.push(Key::char(c));
                after
            }
        };
    }
    Ok(keys)
}

/// True for what can only be meant as the name of a key.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() < 20 && !text.contains(|c: char| c.is_whitespace() || c == '<')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(keys: Result<Vec<Key>, String>) -> String {
        keys.map_or_else(|reason| reason, |keys| keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn sequences() {
        assert_eq!(shown(parse("g g")), "g g");
        assert_eq!(shown(parse(" ctrl-w  <Enter> ")), "ctrl-w enter");
        assert!(shown(parse("gg")).ends_with("for one after the other write `g g`"));
        assert!(shown(parse(" ")).starts_with("an empty string is no key"));
    }

    #[test]
    fn typed_keys() {
        for (typed, expected) in [
            ("jj<enter>/putin<esc>", "j j enter / p u t i n esc"),
            ("a b", "a space b"),
            ("5J<shift-tab>", "5 J shift-tab"),
            ("<", "<"),
            ("<<", "< <"),
            ("<>", "< >"),
            ("a<lt>b<gt>", "a < b >"),
            ("x < y >", "x space < space y space >"),
            ("\n\té", "enter tab é"),
            ("", ""),
        ] {
            assert_eq!(shown(parse_typed(typed)), expected, "{typed}");
        }
        assert!(shown(parse_typed("<entr>")).starts_with("no key is called `entr`"));
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(text in "\\PC*|[<>a-z -]{0,12}") {
            let _ = parse_typed(&text);
            let _ = parse(&text);
        }
    }
}
