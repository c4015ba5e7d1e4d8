//! Which keys mean which action, from [`ACTIONS`] and the configuration.

use std::collections::BTreeMap;

use super::{ACTIONS, Action, Context};
use crate::config::key::Key;

/// The keys of all actions.
#[derive(Clone, Debug)]
pub struct KeyMap {
    /// For each row of [`ACTIONS`], its key sequences.
    sequences: Vec<Vec<Vec<Key>>>,
}

/// What a sequence of keys means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This action.
    Action(Action),
    /// More keys must follow.
    Begun,
    /// Nothing.
    None,
}

impl Default for KeyMap {
    fn default() -> KeyMap {
        KeyMap::new(&BTreeMap::new()).expect("the keys of ACTIONS are valid; a test reads them all")
    }
}

impl KeyMap {
    /// The keys of [`ACTIONS`], where `chosen` (action name to keys) does not say otherwise.
    ///
    /// # Errors
    ///
    /// What is wrong, in words, when `chosen` names an action that does not exist or a key that
    /// cannot be read.
    pub fn new(chosen: &BTreeMap<String, Vec<String>>) -> Result<KeyMap, String> {
        if let Some(unknown) = chosen.keys().find(|name| !ACTIONS.iter().any(|row| row.name == **name)) {
            let names: Vec<&str> = ACTIONS.iter().map(|row| row.name).collect();
            return Err(format!("no action is called `{unknown}`; there are {}", names.join(", ")));
        }
        let sequences = ACTIONS.iter().map(|row| match chosen.get(row.name) {
            Some(keys) => keys.iter().map(|keys| sequence(keys)).collect::<Result<Vec<_>, _>>(),
            None => row.keys.iter().map(|keys| sequence(keys)).collect(),
        });
        Ok(KeyMap { sequences: sequences.collect::<Result<_, _>>()? })
    }

    /// What `pressed` means in `context`. Keys of that context go before those of everywhere.
    pub fn meaning(&self, context: Context, pressed: &[Key]) -> Meaning {
        let mut begun = false;
        for wanted in [context, Context::Everywhere] {
            for (row, sequences) in ACTIONS.iter().zip(&self.sequences).filter(|(row, _)| row.context == wanted) {
                for sequence in sequences {
                    if sequence == pressed {
                        return Meaning::Action(row.action);
                    }
                    begun |= sequence.starts_with(pressed);
                }
            }
        }
        if begun { Meaning::Begun } else { Meaning::None }
    }

    /// The keys of a row of [`ACTIONS`], as help shows them.
    pub fn shown(&self, row: usize) -> String {
        let sequences = self.sequences.get(row).map_or(&[][..], Vec::as_slice);
        let shown = |sequence: &Vec<Key>| {
            let keys: Vec<String> = sequence.iter().map(Key::sign).collect();
            // `gg` reads better than `g g`, but `f l` better than `fl`.
            if sequence.len() == 2 && sequence[0] == sequence[1] { keys.concat() } else { keys.join(" ") }
        };
        match sequences {
            // A row of digits need not be told one by one.
            [first, .., last] if sequences.len() > 4 => format!("{} … {}", shown(first), shown(last)),
            _ => sequences.iter().map(shown).collect::<Vec<_>>().join("  "),
        }
    }

    /// The first key of an action, for the bottom line.
    pub fn first(&self, action: Action) -> String {
        self.first_keys(action).iter().map(Key::sign).collect::<Vec<_>>().join(" ")
    }

    /// The keys to press, one after the other, for an action; none where it has none.
    pub fn first_keys(&self, action: Action) -> &[Key] {
        let row = ACTIONS.iter().position(|row| row.action == action);
        let keys = row.and_then(|row| self.sequences.get(row)).and_then(|sequences| sequences.first());
        keys.map_or(&[], Vec::as_slice)
    }

    /// The keys that can follow those pressed, as they are shown and as they are pressed, with what they do.
    /// Several of a kind are shown together, and then there are none to press.
    pub fn continuations(&self, context: Context, pressed: &[Key]) -> Vec<(String, Vec<Key>, &'static str)> {
        let mut rest = Vec::new();
        for (row, sequences) in ACTIONS.iter().zip(&self.sequences) {
            if row.context != context && row.context != Context::Everywhere {
                continue;
            }
            let following = sequences.iter().filter(|keys| keys.len() > pressed.len() && keys.starts_with(pressed));
            let following: Vec<&[Key]> = following.map(|keys| &keys[pressed.len()..]).collect();
            let shown = |keys: &[Key]| keys.iter().map(Key::sign).collect::<Vec<_>>().join(" ");
            match &following[..] {
                [first, .., last] if following.len() > 4 => {
                    rest.push((format!("{} … {}", shown(first), shown(last)), Vec::new(), row.help));
                }
                _ => rest.extend(following.iter().map(|keys| (shown(keys), keys.to_vec(), row.help))),
            }
        }
        rest
    }
}

fn sequence(keys: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = keys.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if keys.is_empty() {
        Err("an empty string is no key; `[]` leaves an action without one".to_owned())
    } else {
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(keys: &str, context: Context) -> Meaning {
        KeyMap::default().meaning(context, &sequence(keys).unwrap())
    }

    #[test]
    fn keys_mean_actions() {
        assert_eq!(meaning("j", Context::List), Meaning::Action(Action::Down));
        assert_eq!(meaning("J", Context::List), Meaning::Action(Action::ScrollDown));
        assert_eq!(meaning("J", Context::Reading), Meaning::Action(Action::NextArticle));
        assert_eq!(meaning("f", Context::List), Meaning::Begun);
        assert_eq!(meaning("f l", Context::List), Meaning::Action(Action::FilterLanguage));
        assert_eq!(meaning("f y", Context::List), Meaning::None);
        assert_eq!(meaning("enter", Context::List), Meaning::Action(Action::Read));
    }

    #[test]
    fn other_keys_can_be_chosen() {
        let chosen = BTreeMap::from([("quit".to_owned(), vec!["Q".to_owned()])]);
        let keymap = KeyMap::new(&chosen).unwrap();
        assert_eq!(keymap.meaning(Context::List, &sequence("Q").unwrap()), Meaning::Action(Action::Quit));
        assert_eq!(keymap.meaning(Context::List, &sequence("ctrl-c").unwrap()), Meaning::None);
        let wrong = BTreeMap::from([("leave".to_owned(), vec![])]);
        assert!(KeyMap::new(&wrong).unwrap_err().contains("no action is called `leave`"));
    }
}
