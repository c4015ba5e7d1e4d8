//! `newsstand show`: an article as text.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::archive::{Asking, told};
use crate::article::{Article, Role, TitleKind};
use crate::error::Error;
use crate::ingest::repeats::Known;
use crate::library::{Pile, read_article};
use crate::runtime::today;
use crate::text::wrap::wrap;

use super::output::record_of;
use super::{Common, Outcome, opening, output};

/// The widest column of text.
const COLUMN: usize = 80;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand show articles/some.txt          an article by its file
  newsstand show 5b1f0c22 articles/         by the first digits of its id, as `list` prints it
  newsstand show --json articles/some.txt   its record
  zcat some.txt.gz | newsstand show -       an article from standard input")]
pub struct Arguments {
    /// The id of an article, or the beginning of one; or a file
    article: String,
    /// Where to look for the id. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Print the record as JSON instead of the text
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let mut out = output::out();
    let path = Path::new(&arguments.article);
    if arguments.paths.is_empty() && path.is_dir() {
        let message = format!("{}: a folder (`newsstand list` prints what is in it)", path.display());
        return Err(Error::NotFound(message).into());
    }
    if arguments.paths.is_empty() && (path.as_os_str() == "-" || path.exists()) {
        return show_file(path, arguments.json, common, &mut out);
    }
    let config = common.config()?;
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    let rows = told(opened.archive()?.by_id(&arguments.article, &Asking::new(today()))?).value;
    if rows.is_empty() {
        let place = opening::name(&opened.pile);
        let message = format!(
            "{}: no such file, and no article in {place} has an id that begins so (`newsstand list` prints ids)",
            arguments.article
        );
        output::complain(&message);
        return Ok(if opened.failed { Outcome::Failed } else { Outcome::Nothing });
    }
    let mut known = Known::default();
    for (number, row) in rows.iter().enumerate() {
        let mut article = read_article(&row.origin, row.record.id, &opened.pile)?;
        known.now(opened.shelf.collection().folder()).mark(&mut article);
        write_article(&mut out, &article, &opened.pile, arguments.json, number)?;
    }
    out.flush()?;
    Ok(if opened.failed { Outcome::Failed } else { Outcome::Found })
}

/// Shows all articles of a file, without an index.
fn show_file(path: &Path, json: bool, common: &Common, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let cache = opening::cache_folder(common, &config);
    let pile = opening::pile(&[path.to_owned()], &cache, common, &config)?;
    let outcome = output::each_article(&pile, |article, number| write_article(out, article, &pile, json, number))?;
    out.flush()?;
    Ok(outcome)
}

fn write_article(out: &mut impl Write, article: &Article, pile: &Pile, json: bool, number: usize) -> io::Result<()> {
    let record = record_of(article, pile);
    if json {
        serde_json::to_writer(&mut *out, &record)?;
        return writeln!(out);
    }
    if number > 0 {
        writeln!(out, "\n{}\n", "─".repeat(COLUMN))?;
    }
    let width = output::width().min(COLUMN);
    let mut paragraph = |text: &str| -> io::Result<()> {
        for line in wrap(text, width) {
            writeln!(out, "{}", &text[line])?;
        }
        Ok(())
    };
    if article.title.kind == TitleKind::Headline {
        paragraph(&article.title.text)?;
    }
    let date = article.date.as_ref().map_or("undated".to_owned(), |date| date.when.long());
    let language = record.language.name.as_ref().map_or("language unsure", |name| name.as_str());
    let mut facts = vec![language.to_owned(), date];
    facts.extend([&record.source, &record.byline].into_iter().flatten().map(ToString::to_string));
    paragraph(&facts.join(" · "))?;
    for part in article.body.iter().filter(|part| !matches!(part.role, Role::Title | Role::Facts | Role::Furniture)) {
        paragraph("")?;
        paragraph(&part.text)?;
    }
    Ok(())
}
