//! `scrutineer completions` and `scrutineer man`: made from the arguments themselves.

use clap::CommandFactory;

use super::answer::print;
use super::arguments::Arguments;

/// Prints completions for a shell.
///
/// # Errors
/// Where nothing can be written.
pub fn completions(shell: clap_complete::Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "scrutineer", &mut script);
    Ok(print(|out, _| out.write_all(&script))?)
}

/// Prints the manual page, its commands and their options included.
///
/// # Errors
/// Where nothing can be written.
pub fn man() -> anyhow::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    Ok(print(|out, _| out.write_all(&page))?)
}
