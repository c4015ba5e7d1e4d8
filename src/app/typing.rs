//! What is being typed: a count, the first keys of several, and what is found in the article.

use crossterm::event::{KeyCode, KeyModifiers};

use crate::action::keymap::{KeyMap, Meaning};
use crate::action::{Action, Context};
use crate::config::key::Key;
use crate::panes::reading::ReadingPane;
use crate::panes::text_field::TextField;

/// The largest count that can be typed before a key.
const LARGEST_COUNT: usize = 99_999_999;

/// What was typed and has not come to anything yet.
#[derive(Debug, Default)]
pub(super) struct Typing {
    /// The number before a key.
    pub count: Option<usize>,
    /// The keys of a sequence that is not whole yet.
    pub pending: Vec<Key>,
    /// The line that is searched within the article, while it is edited.
    pub find: Option<TextField>,
}

/// What a key that is not typed into a line comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// More has to come.
    Begun,
    /// This.
    Action(Action),
    /// The saved search on this digit.
    SavedSearch(usize),
    /// Nothing: these keys, as they are shown, have no meaning.
    Nothing(String),
}

impl Typing {
    /// Forgets count and keys, and tells whether there were any.
    pub fn clear(&mut self) -> bool {
        let any = !self.pending.is_empty() || self.count.is_some();
        self.pending.clear();
        self.count = None;
        any
    }

    /// Takes a key that is not typed into a line. The count stays until [`Typing::clear`], for the action.
    pub fn press(&mut self, key: Key, keymap: &KeyMap, context: Context) -> Typed {
        if let (KeyCode::Char(digit @ '0'..='9'), KeyModifiers::NONE, []) = (key.code, key.modifiers, &self.pending[..])
            && (digit != '0' || self.count.is_some())
        {
            let digit = digit as usize - '0' as usize;
            self.count = Some((self.count.unwrap_or(0) * 10 + digit).min(LARGEST_COUNT));
            return Typed::Begun;
        }
        self.pending.push(key);
        let mut meaning = keymap.meaning(context, &self.pending);
        // A key without a meaning of its own means what it means on a Latin keyboard.
        if let (Meaning::None, Some(latin)) = (meaning, key.latin()) {
            let mut on_latin = self.pending.clone();
            on_latin.pop();
            on_latin.push(latin);
            meaning = keymap.meaning(context, &on_latin);
            // One without a meaning there either is told of as it was pressed.
            if meaning != Meaning::None {
                self.pending = on_latin;
            }
        }
        let key = self.pending.last().copied().unwrap_or(key);
        let pressed: Vec<String> = self.pending.iter().map(Key::sign).collect();
        if meaning != Meaning::Begun {
            self.pending.clear();
        }
        match (meaning, key.code) {
            (Meaning::Begun, _) => Typed::Begun,
            (Meaning::Action(Action::SavedSearch), KeyCode::Char(digit @ '0'..='9')) => {
                Typed::SavedSearch(digit as usize - '0' as usize)
            }
            (Meaning::Action(action), _) => Typed::Action(action),
            (Meaning::None, _) => Typed::Nothing(pressed.join(" ")),
        }
    }

    /// Searches within the article from now on, beginning with what was searched last.
    pub fn begin_find(&mut self, reading: &ReadingPane) {
        let mut field = TextField::default();
        field.set(reading.find_text());
        self.find = Some(field);
    }

    /// Takes a key of the search within the article.
    pub fn press_find(&mut self, key: Key, reading: &mut ReadingPane) {
        let Some(find) = &mut self.find else {
            return;
        };
        match key.code {
            KeyCode::Esc => {
                self.find = None;
                reading.find("");
            }
            KeyCode::Enter => self.find = None,
            KeyCode::Down => _ = reading.go_to_match(true),
            KeyCode::Up => _ = reading.go_to_match(false),
            _ => {
                if find.press(key) == Some(true) {
                    reading.find(find.value());
                    reading.go_to_match(true);
                }
            }
        }
    }

    /// Takes pasted text, if something is searched within the article; tells whether that is so.
    pub fn paste_find(&mut self, text: &str, reading: &mut ReadingPane) -> bool {
        let Some(find) = &mut self.find else {
            return false;
        };
        find.paste(text);
        reading.find(find.value());
        reading.go_to_match(true);
        true
    }
}
