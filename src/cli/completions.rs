//! `newsstand completions`, `man` and `config`: files for others to read, made from the tables.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::{Outcome, definition, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand completions bash > ~/.local/share/bash-completion/completions/newsstand
  newsstand completions zsh > ~/.zfunc/_newsstand
  newsstand completions fish > ~/.config/fish/completions/newsstand.fish")]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    // The generator panics when it cannot write, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut definition(), "newsstand", &mut script);
    let mut out = output::out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Outcome::Found)
}

/// Prints a configuration file in which everything is a comment.
pub fn config() -> anyhow::Result<Outcome> {
    let mut out = output::out();
    out.write_all(crate::config::sample().as_bytes())?;
    out.flush()?;
    Ok(Outcome::Found)
}

/// Prints the manual page, with the subcommands in it.
pub fn man() -> anyhow::Result<Outcome> {
    let mut out = output::out();
    let definition = definition();
    clap_mangen::Man::new(definition.clone()).render(&mut out)?;
    for command in definition.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("newsstand {}", command.get_name());
        let page = clap_mangen::Man::new(command.clone().display_name(&name).bin_name(&name));
        writeln!(out, ".SH \"{}\"", name.to_uppercase())?;
        page.render_synopsis_section(&mut out)?;
        page.render_description_section(&mut out)?;
        page.render_options_section(&mut out)?;
        page.render_extra_section(&mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Found)
}
