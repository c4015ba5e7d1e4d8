//! The world around the running program: its terminal, and the programs of the system.

use std::path::Path;
use std::process::Command;

use crate::disk;
use crate::error::Result;
use crate::event::Event;
use crate::text::Clean;

use super::input::Input;
use super::outside::Outside;
use super::terminal::Screen;

/// Editors that go to a line when they are told so by the custom of vi: `+12`.
const GO_TO_LINE: [&str; 8] = ["vi", "vim", "nvim", "nano", "emacs", "hx", "kak", "micro"];

/// The words of a command line, by the quotes of the shell; `None` where one is not closed.
#[cfg(not(windows))]
fn words_of(line: &str) -> Option<Vec<String>> {
    shell_words::split(line).ok()
}

/// The words of a command line. Only double quotes hold a word together there, and `\\` is for paths; `None`
/// where a quote is not closed.
#[cfg(windows)]
fn words_of(line: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    (!quoted).then_some(words)
}

/// The terminal, its keyboard, and what can be started from it.
pub struct Desktop {
    /// What reads the keys.
    pub input: Input,
    /// What is drawn on.
    pub screen: Screen,
}

impl Outside for Desktop {
    fn copy(&mut self, text: &str) -> Result<()> {
        self.screen.copy(text)
    }

    fn set_mouse(&mut self, mouse: bool) -> Result<()> {
        self.screen.set_mouse(mouse)
    }

    #[cfg(unix)]
    fn suspend(&mut self) -> Result<Event> {
        use signal_hook::consts::SIGTSTP;
        use signal_hook::low_level::emulate_default_handler;

        let Desktop { input, screen } = self;
        input.without(|| screen.without(|| emulate_default_handler(SIGTSTP)))?.ok();
        let (columns, rows) = self.screen.size();
        Ok(Event::Resize(columns, rows))
    }

    #[cfg(not(unix))]
    fn suspend(&mut self) -> Result<Event> {
        Ok(Event::Told(Clean::new("this system cannot suspend a program")))
    }

    fn launch(&mut self, place: &str) -> Event {
        match open::that_detached(place) {
            Ok(()) => Event::Told(Clean::new(&format!("opened {place}"))),
            Err(error) => {
                let message = format!("no program opens {place} ({error}); y copies it");
                Event::Failed(Clean::new(&message))
            }
        }
    }

    fn edit(&mut self, path: &Path, line: u32) -> Result<Event> {
        let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_default();
        let Some(words) = words_of(&editor) else {
            let message = format!("a quote in the editor {editor} is not closed: set EDITOR to another");
            return Ok(Event::Failed(Clean::new(&message)));
        };
        let Some((program, arguments)) = words.split_first() else {
            let message = "no editor is set: start newsstand with EDITOR=nano or EDITOR=vi before it";
            return Ok(Event::Failed(Clean::new(message)));
        };
        let mut command = Command::new(program);
        command.args(arguments);
        if line > 1 && GO_TO_LINE.iter().any(|known| program.ends_with(known)) {
            command.arg(format!("+{line}"));
        }
        command.arg(path);
        let Desktop { input, screen } = self;
        let status = input.without(|| screen.without(|| command.status()))?;
        Ok(match status {
            Ok(status) if status.success() => Event::Resumed,
            Ok(status) => Event::Failed(Clean::new(&format!("{program} ended with {status}"))),
            Err(error) => {
                let message = format!("{program} cannot be started ({error}); set EDITOR to another, as nano or vi");
                Event::Failed(Clean::new(&message))
            }
        })
    }

    fn edit_text(&mut self, text: &str) -> Result<Event> {
        let folder = crate::marks::default_folder().unwrap_or_else(std::env::temp_dir);
        let path = folder.join(format!("note-{}.txt", std::process::id()));
        if let Err(error) = disk::write(&path, text.as_bytes()) {
            return Ok(Event::Failed(Clean::new(&format!("{}: cannot be written: {error}", path.display()))));
        }
        let edited = self.edit(&path, 1)?;
        let read = std::fs::read(&path);
        // What is left of it would only be in the way.
        let _ = std::fs::remove_file(&path);
        Ok(match (edited, read) {
            (Event::Resumed, Ok(bytes)) => Event::Edited(String::from_utf8_lossy(&bytes).into_owned()),
            (Event::Resumed, Err(error)) => {
                Event::Failed(Clean::new(&format!("{}: cannot be read: {error}", path.display())))
            }
            (failed, _) => failed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_may_have_arguments_in_quotes() {
        for (line, words) in [
            ("vi", Some(vec!["vi"])),
            (" code  --wait ", Some(vec!["code", "--wait"])),
            ("vi \"+set nu\"", Some(vec!["vi", "+set nu"])),
            ("\"/opt/my editor/ed\" -x", Some(vec!["/opt/my editor/ed", "-x"])),
            ("ed \"\" x", Some(vec!["ed", "", "x"])),
            ("", Some(vec![])),
            ("vi \"+set nu", None),
        ] {
            let words: Option<Vec<String>> = words.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(words_of(line), words, "{line}");
        }
    }

    #[cfg(not(windows))]
    #[test]
    fn quotes_are_those_of_the_shell() {
        let words = |line| words_of(line).map(|words| words.join("|"));
        assert_eq!(words("vi '+set nu' a\\ b"), Some("vi|+set nu|a b".to_owned()));
        assert_eq!(words("emacsclient -a ''"), Some("emacsclient|-a|".to_owned()));
    }
}
