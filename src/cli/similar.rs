//! `newsstand similar`: articles about the same as another one.

use std::path::PathBuf;

use clap::Args;

use super::search;
use super::{Common, Outcome};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand similar 4b095176 articles/          articles about the same as the one with this id, the best first
  newsstand similar articles/ferry.txt articles/ --limit 5
  newsstand search 'like:4b095176 lang:de' articles/ --json    with other conditions, and in other formats

The telling words of the article are asked as a question: those that stand often in it and in few others. Names
and numbers find articles in other languages.")]
pub struct Arguments {
    /// Id of the article, or its beginning; or a file of the pile
    #[arg(value_name = "ID|FILE")]
    article: String,
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Print the record of each article, and what was found in it, as a line of JSON
    #[arg(long)]
    json: bool,
    /// Print at most this many
    #[arg(long, value_name = "NUMBER", default_value = "20")]
    limit: usize,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let Arguments { article, paths, json, limit } = arguments;
    search::similar(article, paths, *json, *limit, common)
}
