//! Does what the program asks of the world: the one place that knows what an [`Effect`] means.
//!
//! The running program, `newsstand frame` and tests differ in who works for them ([`Desks`]: threads, or
//! nobody else) and in what lies outside ([`Outside`]: a terminal, or a memo), and in nothing more.

use std::sync::mpsc::Sender;

use crate::effect::Effect;
use crate::error::Result;
use crate::event::Event;

use super::outside::Outside;
use super::searches::SearchShelf;

/// Who searches, reads and brings the index up to date.
pub trait Desks {
    /// Takes an effect whose answers come as events, and gives it back where it is not of this kind.
    ///
    /// # Errors
    ///
    /// What makes the program end: see [`crate::ingest::import::import_anyhow`].
    fn take(&mut self, effect: Effect) -> Result<Option<Effect>>;
}

/// Does what is asked. Answers come through the sender of events.
pub struct Interpreter<D, O> {
    /// Those who work on the pile.
    pub desks: D,
    /// The rest of the world.
    pub outside: O,
    /// The saved searches.
    pub searches: SearchShelf,
    /// Where answers go.
    pub events: Sender<Event>,
}

impl<D: Desks, O: Outside> Interpreter<D, O> {
    /// Does all that is asked, and tells whether the program is to end.
    ///
    /// # Errors
    ///
    /// What makes the program end: the terminal is gone, or there is no index any more.
    pub fn perform(&mut self, effects: Vec<Effect>) -> Result<bool> {
        for effect in effects {
            tracing::debug!(?effect);
            if let Some(effect) = self.desks.take(effect)?
                && self.perform_outside(effect)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn perform_outside(&mut self, effect: Effect) -> Result<bool> {
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Copy(text) => self.outside.copy(&text)?,
            Effect::Mouse(mouse) => self.outside.set_mouse(mouse)?,
            Effect::Suspend => {
                let told = self.outside.suspend()?;
                self.tell(told);
            }
            Effect::Launch(place) => {
                let told = self.outside.launch(&place);
                self.tell(told);
            }
            Effect::Edit { path, line } => {
                let told = self.outside.edit(&path, line)?;
                self.tell(told);
                // The file is probably another one now.
                self.desks.take(Effect::Refresh)?;
            }
            Effect::EditText(text) => {
                let told = self.outside.edit_text(&text)?;
                self.tell(told);
            }
            Effect::Searches(task) => {
                let told = self.searches.perform(&task);
                self.tell(told);
            }
            // The desks have taken these.
            Effect::Search(_)
            | Effect::Rows { .. }
            | Effect::Passages { .. }
            | Effect::Open { .. }
            | Effect::Count(_)
            | Effect::Marks(_)
            | Effect::MarkPlaces { .. }
            | Effect::FindUnread { .. }
            | Effect::Study(_)
            | Effect::Refresh => {}
        }
        Ok(false)
    }

    /// Nobody hears it when the program is about to end.
    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }
}
