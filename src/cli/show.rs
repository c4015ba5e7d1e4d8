//! `newsstand show`: an article as text.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::archive::{Asking, told};
use crate::article::typeset::{self, Setting};
use crate::article::{Article, Paragraph, Role, TitleKind};
use crate::error::Error;
use crate::export::ReaderMarks;
use crate::library::Pile;
use crate::marks::{Seen, Snapshot};
use crate::runtime::today;
use crate::text::wrap::wrap;

use super::output::{MarkedRecord, record_of};
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
    #[arg(long, conflicts_with_all = ["all", "links"])]
    json: bool,
    /// Print what was set aside as well
    #[arg(long)]
    all: bool,
    /// Number the links, and print where they lead
    #[arg(long)]
    links: bool,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let mut out = output::out();
    let path = Path::new(&arguments.article);
    if arguments.paths.is_empty() && path.is_dir() {
        let message = format!("{}: a folder (`newsstand list` prints what is in it)", path.display());
        return Err(Error::NotFound(message).into());
    }
    if arguments.paths.is_empty() && (path.as_os_str() == "-" || path.exists()) {
        return show_file(path, arguments, common, &mut out);
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
    let mut reader = opened.texts().reader();
    let marks = opening::snapshot(&opened.pile);
    for (number, row) in rows.iter().enumerate() {
        let article = reader.article(row.record.id, &row.origin)?;
        let article = Article { added: row.added, ..Article::clone(&article) };
        write_article(&mut out, &article, &opened.pile, &marks, arguments, number)?;
    }
    out.flush()?;
    let outcome = if opened.failed { Outcome::Failed } else { Outcome::Found };
    Ok(opened.check(outcome)?)
}

/// Shows all articles of a file, without an index.
fn show_file(path: &Path, arguments: &Arguments, common: &Common, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let cache = opening::cache_folder(common, &config);
    let pile = opening::pile(&[path.to_owned()], &cache, common, &config)?;
    let marks = opening::snapshot(&pile);
    let arrivals = pile.arrivals.as_deref().filter(|_| arguments.json).map(Seen::open).transpose()?;
    let outcome = output::each_article(&pile, |article, number| {
        let added = arrivals.as_ref().and_then(|arrivals| arrivals.first(article.id));
        write_article(out, &Article { added, ..article.clone() }, &pile, &marks, arguments, number)
    })?;
    out.flush()?;
    Ok(outcome)
}

fn write_article(
    out: &mut impl Write,
    article: &Article,
    pile: &Pile,
    marks: &Snapshot,
    arguments: &Arguments,
    number: usize,
) -> io::Result<()> {
    let record = record_of(article, pile);
    if arguments.json {
        let marks = ReaderMarks::of(record.id, marks, article.added);
        serde_json::to_writer(&mut *out, &MarkedRecord { record: &record, marks })?;
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
    if let Some(url) = &record.url {
        paragraph(url)?;
    }
    for deck in article.body.iter().filter(|part| part.role == Role::Deck) {
        paragraph(&deck.text)?;
    }
    let setting = Setting {
        width,
        numbers: arguments.links,
        pictures: arguments.links || arguments.all,
        whole_words: !output::is_terminal(),
    };
    write_body(out, article, setting, arguments)
}

/// Writes the text of an article, and says what was set aside.
fn write_body(out: &mut impl Write, article: &Article, setting: Setting, arguments: &Arguments) -> io::Result<()> {
    let is_aside = |part: &Paragraph| part.role == Role::Furniture;
    let is_text = |part: &Paragraph| part.role != Role::Deck && typeset::is_body(part, setting);
    let body = typeset::typeset(article, setting, |part| is_text(part) || arguments.all && is_aside(part));
    if !body.is_empty() {
        writeln!(out)?;
    }
    for line in &body {
        writeln!(out, "{}", typeset::plain(article, line, setting))?;
    }
    let aside = article.body.iter().filter(|part| is_aside(part)).count();
    if aside > 0 && !arguments.all {
        let lines = if aside == 1 { "line" } else { "lines" };
        output::complain(&format!("{aside} {lines} set aside; --all shows them"));
    }
    if arguments.links && !article.links.is_empty() {
        writeln!(out)?;
        for (number, link) in article.links.iter().enumerate() {
            writeln!(out, "[{}] {link}", number + 1)?;
        }
    }
    Ok(())
}
