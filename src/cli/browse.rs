//! `newsstand [PATH...]`: the reader itself.

use std::path::PathBuf;

use clap::Args;

use crate::action::keymap::KeyMap;
use crate::app::Settings;
use crate::config::Config;
use crate::config::theme::Theme;
use crate::error::Error;
use crate::library::Pile;
use crate::runtime;
use crate::text::Clean;

use super::{Common, Outcome, opening};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files and folders with articles; `-` is standard input. Without any: the configured library, or the sample edition
    pub paths: Vec<PathBuf>,
    /// Leave the mouse to the terminal, for selecting text
    #[arg(long)]
    no_mouse: bool,
    /// Begin with this query
    #[arg(long, short, value_name = "LINE", default_value = "", allow_hyphen_values = true)]
    query: String,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let opened = opening::open(&arguments.paths, common, &config)?;
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
    let usual = |sort: &&String| *sort != "date";
    let line = config.sort.as_ref().filter(usual).map(|sort| format!("sort:{sort}")).unwrap_or_default();
    // The convention of no-color.org: set to anything but the empty string.
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let theme = match config.light.unwrap_or_else(is_light) {
        _ if plain => Theme::plain(),
        true => config.theme.clone().on_light(),
        false => config.theme.clone(),
    };
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
    })
}

/// Whether the terminal says that its ground is light. Many say nothing, and most are dark.
fn is_light() -> bool {
    // The convention of rxvt: the numbers of the colours of letters and ground, `0;15`.
    let colours = std::env::var("COLORFGBG").unwrap_or_default();
    matches!(colours.rsplit(';').next(), Some("7" | "15"))
}
