//! Keys and their names.

use std::fmt::{self, Display};
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::keyboard::latin;

/// A key with what is held down with it, in the one form that all ways to report it share.
///
/// Terminals disagree on whether `G` is a `G`, or a `g` with shift, or both. Here a letter carries
/// its case and never shift; with control it has no case; and shift with tab is [`KeyCode::BackTab`].
///
/// ```
/// use newsstand::config::key::Key;
///
/// let key: Key = "Ctrl+D".parse().expect("a key");
/// assert_eq!(key, Key::ctrl('d'));
/// assert_eq!(key.to_string(), "ctrl-d");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// What is held down: control, alt, shift, super.
    pub modifiers: KeyModifiers,
}

/// Names of keys that are no characters, and of those whose character is not seen. The first name
/// of a key is the one that is printed.
const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("space", KeyCode::Char(' ')),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("menu", KeyCode::Menu),
    ("return", KeyCode::Enter),
    ("ret", KeyCode::Enter),
    ("cr", KeyCode::Enter),
    ("escape", KeyCode::Esc),
    ("backtab", KeyCode::BackTab),
    ("bs", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("lt", KeyCode::Char('<')),
    ("gt", KeyCode::Char('>')),
    ("minus", KeyCode::Char('-')),
    ("plus", KeyCode::Char('+')),
];

/// What can be held down, by the names for it.
const MODIFIERS: &[(&str, KeyModifiers)] = &[
    ("ctrl", KeyModifiers::CONTROL),
    ("alt", KeyModifiers::ALT),
    ("shift", KeyModifiers::SHIFT),
    ("super", KeyModifiers::SUPER),
    ("control", KeyModifiers::CONTROL),
    ("meta", KeyModifiers::ALT),
    ("cmd", KeyModifiers::SUPER),
    ("c", KeyModifiers::CONTROL),
    ("a", KeyModifiers::ALT),
    ("m", KeyModifiers::ALT),
    ("s", KeyModifiers::SHIFT),
];

/// Signs for keys where there is little room.
const SIGNS: &[(KeyCode, &str)] = &[
    (KeyCode::Enter, "↵"),
    (KeyCode::Tab, "⇥"),
    (KeyCode::BackTab, "⇤"),
    (KeyCode::Char(' '), "␣"),
    (KeyCode::Up, "↑"),
    (KeyCode::Down, "↓"),
    (KeyCode::Left, "←"),
    (KeyCode::Right, "→"),
];

impl Key {
    /// A key in its one form.
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Key {
        let mut modifiers =
            modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT | KeyModifiers::SUPER);
        let code = match code {
            KeyCode::Char('\n' | '\r') => KeyCode::Enter,
            KeyCode::Char('\t') => KeyCode::Tab,
            other => other,
        };
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Char(single(c.to_lowercase(), c)),
            KeyCode::Char(c) if shift => KeyCode::Char(single(c.to_uppercase(), c)),
            KeyCode::Tab if shift => KeyCode::BackTab,
            other => other,
        };
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Key { code, modifiers }
    }

    /// The key of a character.
    pub fn char(c: char) -> Key {
        Key::new(KeyCode::Char(c), KeyModifiers::NONE)
    }

    /// The key of a character, with control.
    pub fn ctrl(c: char) -> Key {
        Key::new(KeyCode::Char(c), KeyModifiers::CONTROL)
    }

    /// The key of a Latin keyboard that a letter of another one stands on, with the same held down; `None` for
    /// what is on a Latin keyboard anyway.
    pub fn latin(&self) -> Option<Key> {
        match self.code {
            KeyCode::Char(c) => Some(Key::new(KeyCode::Char(latin(c)?), self.modifiers)),
            _ => None,
        }
    }

    /// A short sign for it, for hints: `↵`, `␣`, `ctrl-d`. Not meant to be read again.
    pub fn sign(&self) -> String {
        let sign = SIGNS.iter().find(|(code, _)| *code == self.code && self.modifiers.is_empty());
        sign.map_or_else(|| self.to_string(), |(_, sign)| (*sign).to_owned())
    }
}

/// The one character of a change of case, or `c` where it takes several.
fn single(mut changed: impl Iterator<Item = char>, c: char) -> char {
    match (changed.next(), changed.next()) {
        (Some(changed), None) => changed,
        _ => c,
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Key {
        Key::new(event.code, event.modifiers)
    }
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> KeyEvent {
        KeyEvent::new(key.code, key.modifiers)
    }
}

impl Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = String::new();
        for (held, modifier) in &MODIFIERS[..4] {
            let shift_of_tab = self.code == KeyCode::BackTab && *modifier == KeyModifiers::SHIFT;
            if self.modifiers.contains(*modifier) || shift_of_tab {
                name += held;
                name.push('-');
            }
        }
        let code = if self.code == KeyCode::BackTab { KeyCode::Tab } else { self.code };
        match (NAMES.iter().find(|(_, other)| *other == code && !is_plain(code)), code) {
            (Some((known, _)), _) => name += known,
            (None, KeyCode::Char(c)) => name.push(c),
            (None, KeyCode::F(number)) => name += &format!("f{number}"),
            // Keys that have no name here cannot be chosen, but may be pressed.
            (None, other) => name += &format!("{other:?}").to_lowercase(),
        }
        f.pad(&name)
    }
}

/// True for a character that is its own name.
fn is_plain(code: KeyCode) -> bool {
    matches!(code, KeyCode::Char(c) if c != ' ')
}

impl FromStr for Key {
    type Err = String;

    /// Reads `j`, `G`, `ctrl-d`, `enter`, `shift-tab`, `f1`, also `<enter>` and `Ctrl+D`.
    fn from_str(text: &str) -> Result<Key, String> {
        let unknown =
            || format!("no key is called `{text}` (keys are j, G, ctrl-d, alt-x, enter, space, pgdn, f1 ...)");
        let bracketed =
            text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).filter(|inner| !inner.is_empty());
        let mut rest = bracketed.unwrap_or(text);
        let mut modifiers = KeyModifiers::NONE;
        loop {
            let name_end = rest.find(['-', '+']).filter(|at| at + 1 < rest.len());
            let held = name_end.and_then(|end| {
                let name = &rest[..end];
                MODIFIERS.iter().find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, held)| (*held, end))
            });
            let Some((held, end)) = held else { break };
            modifiers |= held;
            rest = &rest[end + 1..];
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() => KeyCode::Char(c),
            _ => named(rest).ok_or_else(unknown)?,
        };
        Ok(Key::new(code, modifiers))
    }
}

/// The key with this name.
fn named(name: &str) -> Option<KeyCode> {
    let known = NAMES.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, code)| *code);
    let function = || {
        let number = name.strip_prefix(['f', 'F'])?.parse().ok().filter(|number| (1..=24).contains(number))?;
        Some(KeyCode::F(number))
    };
    known.or_else(function)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `printed` is `-` for what is no key.
    fn check(text: &str, printed: &str) {
        let key = text.parse::<Key>().map_or("-".to_owned(), |key| key.to_string());
        assert_eq!(key, printed, "{text}");
    }

    #[test]
    fn names_are_read_and_printed() {
        for text in [
            "j",
            "G",
            "/",
            "<",
            ">",
            "-",
            "+",
            "é",
            "ctrl-d",
            "alt-x",
            "alt-X",
            "enter",
            "space",
            "pgdn",
            "f1",
            "f12",
            "shift-tab",
            "shift-up",
            "ctrl-alt-del",
            "ctrl--",
            "?",
        ] {
            check(text, text);
        }
        check("Enter", "enter");
        check("<enter>", "enter");
        check("<C-d>", "ctrl-d");
        check("Ctrl+D", "ctrl-d");
        check("ctrl-+", "ctrl-+");
        check("shift-g", "G");
        check("shift-space", "space");
        check("backtab", "shift-tab");
        check("PageDown", "pgdn");
        check("lt", "<");
        check(" ", "space");
        for wrong in ["", "gg", "f0", "f99", "hyper-x", "ctrl-", "<>", "enter-ctrl", "\u{7}"] {
            check(wrong, "-");
        }
    }

    #[test]
    fn terminals_agree_on_a_key() {
        let key = |code, modifiers| Key::from(KeyEvent::new(code, modifiers)).to_string();
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::NONE), "G");
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(key(KeyCode::Char('g'), KeyModifiers::SHIFT), "G");
        assert_eq!(key(KeyCode::Char('?'), KeyModifiers::SHIFT), "?");
        assert_eq!(key(KeyCode::Char('D'), KeyModifiers::CONTROL | KeyModifiers::SHIFT), "ctrl-d");
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), "shift-tab");
        assert_eq!(key(KeyCode::Tab, KeyModifiers::SHIFT), "shift-tab");
        assert_eq!(key(KeyCode::Char('ß'), KeyModifiers::SHIFT), "ß");
    }

    #[test]
    fn signs_save_room() {
        assert_eq!(Key::new(KeyCode::Enter, KeyModifiers::NONE).sign(), "↵");
        assert_eq!(Key::ctrl('d').sign(), "ctrl-d");
        assert_eq!(Key::char('j').sign(), "j");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_as_the_same_key(text in "\\PC{0,6}|(ctrl-|alt-|shift-|<|>|f|[-+]){0,3}\\PC") {
            if let Ok(key) = text.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            }
        }
    }
}
