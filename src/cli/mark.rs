//! `newsstand mark`: setting marks on everything that a query finds.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::archive::{Asking, told};
use crate::article::ArticleId;
use crate::marks::{Change, Setting, Tag};
use crate::query::parse_finished;
use crate::runtime::today;

use super::{Common, Outcome, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand mark 'date:..2020' --read news/              everything before 2021 is read
  newsstand mark 'putin lang:de' --star --tag kremlin news/
  newsstand mark 'tag:kremlin' --untag kremlin news/
  newsstand mark 'source:reuters' --read --dry-run news/ only say how many there are
  newsstand marks undo                                   take it back

Only articles that match the whole query are marked: typing errors are not forgiven here.")]
pub struct Arguments {
    /// Query, in the syntax of the query line
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// Files and folders. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Mark as read
    #[arg(long, conflicts_with = "unread")]
    read: bool,
    /// Mark as unread
    #[arg(long)]
    unread: bool,
    /// Star
    #[arg(long, conflicts_with = "unstar")]
    star: bool,
    /// Remove the star
    #[arg(long)]
    unstar: bool,
    /// Add a tag; several are possible
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Remove a tag; several are possible
    #[arg(long, value_name = "TAG")]
    untag: Vec<String>,
    /// Write this note beside each article; an empty one removes it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Say how many articles there are, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Arguments {
    /// What is to be set, or what is wrong with it.
    fn settings(&self) -> anyhow::Result<Vec<Setting>> {
        let mut settings = Vec::new();
        let flags = [
            (self.read, Setting::Read(true)),
            (self.unread, Setting::Read(false)),
            (self.star, Setting::Starred(true)),
            (self.unstar, Setting::Starred(false)),
        ];
        settings.extend(flags.into_iter().filter(|(given, _)| *given).map(|(_, setting)| setting));
        for (names, on) in [(&self.tag, true), (&self.untag, false)] {
            for name in names {
                let tag = Tag::new(name).ok_or_else(|| anyhow::anyhow!("`{name}` is not a tag: it has no letters"))?;
                settings.push(Setting::Tag(tag, on));
            }
        }
        if let Some(note) = &self.note {
            settings.push(Setting::Note((!note.trim().is_empty()).then(|| note.trim().to_owned())));
        }
        if settings.is_empty() {
            anyhow::bail!(
                "nothing to set: give at least one of --read, --unread, --star, --unstar, --tag, --untag, --note"
            );
        }
        Ok(settings)
    }
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let settings = arguments.settings()?;
    let config = common.config()?;
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    let mut marks = opening::marks()?;
    marks.begin_visit(&opening::visits_to(&opened.pile))?;
    let snapshot = marks.snapshot()?;
    let query = parse_finished(&arguments.query);
    for note in &query.notes {
        output::complain(&note.text);
    }
    let asking = Asking { marks: Some(&*snapshot), ..Asking::new(today()) };
    let found = told(opened.archive()?.ids(&query, &asking)?);
    let articles: Vec<ArticleId> = found.value.iter().collect();
    let mut out = output::out();
    let nothing = articles.is_empty();
    if arguments.dry_run || nothing {
        let would: Vec<String> = settings.iter().map(|setting| setting.done(articles.len())).collect();
        writeln!(out, "{}{}", if nothing { "" } else { "would be: " }, would.join(", "))?;
    } else {
        let applied = marks.apply(&Change { articles, settings }, opening::now())?;
        writeln!(out, "{}", applied.said)?;
    }
    Ok(match (opened.failed || !found.limits.is_whole(), nothing) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Nothing,
        (false, false) => Outcome::Found,
    })
}
