//! `newsstand frame`: one screen as text or as a picture.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::config::keys::parse_typed;
use crate::runtime::frame::Stage;
use crate::screen;

use super::{Common, Outcome, browse, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand frame                                          the first screen of the sample edition
  newsstand frame --size 120x36 --keys '/putin<enter>jj' articles/
  newsstand frame --size 60x20 --keys 'fl' --styles articles/   with the styles in words
  newsstand frame --svg articles/ > screen.svg             as a picture, in colour

Keys are typed as they stand, others by name: <enter> <esc> <tab> <space> <ctrl-d> <pgdn> <f1> <lt>.
Put the screen into a bug report.")]
pub struct Arguments {
    /// Files and folders. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Columns and rows
    #[arg(long, default_value = "80x24", value_parser = size)]
    size: (u16, u16),
    /// Keys to press first
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    keys: String,
    /// Also print which parts of the screen have which style
    #[arg(long)]
    styles: bool,
    /// Print a picture (SVG) instead of text
    #[arg(long, conflicts_with = "styles")]
    svg: bool,
}

/// The largest screen: more cells than any terminal has, and still drawn in a moment.
const LARGEST: u16 = 1000;

fn size(text: &str) -> Result<(u16, u16), String> {
    let number = |digits: &str| digits.parse().ok().filter(|number| *number <= LARGEST);
    let size = text.split_once(['x', 'X']).and_then(|(columns, rows)| Some((number(columns)?, number(rows)?)));
    size.ok_or_else(|| format!("not columns and rows, as in 80x24 (at most {LARGEST} each)"))
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let keys = parse_typed(&arguments.keys).map_err(anyhow::Error::msg)?;
    let opened = opening::open(&arguments.paths, common, &config)?;
    let settings = browse::settings(&config, &opened.pile, true, common)?;
    let (columns, rows) = arguments.size;
    let mut stage = Stage::new(settings, opened.shelf, opened.pile, columns, rows)?;
    for key in keys {
        if stage.has_ended() {
            break;
        }
        stage.press(key)?;
    }
    let mut out = output::out();
    let buffer = stage.draw();
    let screen = if arguments.svg { screen::svg(&buffer) } else { screen::text(&buffer) };
    out.write_all(screen.as_bytes())?;
    if arguments.styles {
        write!(out, "\n{}", screen::styles(&buffer))?;
    }
    out.flush()?;
    Ok(if opened.failed { Outcome::Failed } else { Outcome::Found })
}
