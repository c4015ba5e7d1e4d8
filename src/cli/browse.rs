//! `newsstand [PATH...]`: the reader itself.

use std::path::PathBuf;

use clap::Args;

use crate::action::keymap::KeyMap;
use crate::app::Settings;
use crate::config::theme::Theme;
use crate::config::{Config, MarkRead};
use crate::error::Error;
use crate::library::Pile;
use crate::marks::Marks;
use crate::runtime;
use crate::text::Clean;

use super::linear::{self, Reading};
use super::{Common, Outcome, opening, output};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files and folders with articles; `-` is standard input. Without any: the configured library, or the sample edition
    pub paths: Vec<PathBuf>,
    /// Leave the mouse to the terminal, for selecting text
    #[arg(long)]
    no_mouse: bool,
    /// Read and answer in plain lines, for screen readers and braille
    #[arg(long)]
    pub linear: bool,
    /// Start with this query
    #[arg(long, short, value_name = "LINE", default_value = "", allow_hyphen_values = true)]
    query: String,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    if arguments.linear {
        // A bar moves the cursor.
        opened.watched = false;
        opened.refresh()?;
        let marks = opening::marks().or_else(|error| {
            output::complain(&format!("{error}; what you mark now is gone when you quit"));
            Marks::open_in_memory(runtime::marking::instance())
        })?;
        let reading = Reading { marks, mark_read: config.mark_read != MarkRead::ByHand };
        let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
        linear::run(&opened, reading, &arguments.query, &mut input, &mut out)?;
        return Ok(if opened.failed { Outcome::Failed } else { Outcome::Found });
    }
    let mut settings = settings(&config, &opened.pile, !arguments.no_mouse, common)?;
    if !arguments.query.is_empty() {
        settings.line.clone_from(&arguments.query);
    }
    let failed = opened.failed;
    runtime::run(settings, opened.shelf, opened.pile, arguments.query.is_empty())?;
    Ok(if failed { Outcome::Failed } else { Outcome::Found })
}

/// How the reader wants it, from the configuration and the environment.
pub fn settings(config: &Config, pile: &Pile, mouse: bool, common: &Common) -> Result<Settings, Error> {
    let path = common.config.clone().or_else(crate::config::default_path).unwrap_or_default();
    let keymap =
        KeyMap::new(&config.keys).map_err(|reason| Error::Config { path, reason: format!("[keys]: {reason}") })?;
    let usual = |sort: &&String| !["newest", "date"].contains(&sort.as_str());
    let line = config.sort.as_ref().filter(usual).map(|sort| format!("sort:{sort}")).unwrap_or_default();
    // The convention of no-color.org: set to anything but the empty string.
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let own = Theme { bidi: config.bidi, ..config.theme.clone() };
    let theme = match config.light.or_else(told_light) {
        _ if plain => Theme { bidi: config.bidi, ..Theme::plain() },
        Some(true) => own.clone().on_light(),
        Some(false) => own.clone(),
        None => own.clone().on_either(),
    };
    // What the reader has set is not asked.
    let asks = !plain && config.light.is_none();
    let backgrounds = asks.then(|| Box::new([own.clone(), own.on_light()]));
    Ok(Settings {
        theme,
        keymap,
        reading_width: config.reading_width,
        mouse: mouse && config.mouse,
        line,
        place: Clean::new(&opening::name(pile)),
        searches: crate::config::searches()?,
        sample: pile.is_sample(),
        mark_read: config.mark_read,
        resume: None,
        density: config.density,
        backgrounds,
    })
}

/// Whether the environment says that the background is light. Most say nothing.
fn told_light() -> Option<bool> {
    // The convention of rxvt: the numbers of the colours of letters and background, `0;15`.
    let colours = std::env::var("COLORFGBG").ok()?;
    let background: u8 = colours.rsplit(';').next()?.parse().ok()?;
    Some(matches!(background, 7 | 15))
}
