//! `scrutineer completions` and `scrutineer man`, both generated from the arguments.

use clap::CommandFactory as _;

use super::arguments::Arguments;
use super::output::print;

/// Prints the completion script for a shell.
///
/// # Errors
/// If standard output cannot be written to.
pub fn completions(shell: clap_complete::Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "scrutineer", &mut script);
    Ok(print(|out, _| out.write_all(&script))?)
}

/// Prints the manual page of the program or of one command.
///
/// # Errors
/// If standard output cannot be written to.
pub fn man(command: Option<&str>) -> anyhow::Result<()> {
    let program = Arguments::described();
    let page = command.and_then(|name| program.find_subcommand(name)).unwrap_or(&program).clone();
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    Ok(print(|out, _| out.write_all(&text))?)
}
