//! `scrutineer completions` and `scrutineer man`: made from the arguments themselves.

use anyhow::anyhow;
use clap::CommandFactory;

use super::answer::print;
use super::arguments::Arguments;
use crate::query::naming;

/// Prints completions for a shell.
///
/// # Errors
/// Where nothing can be written.
pub fn completions(shell: clap_complete::Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "scrutineer", &mut script);
    Ok(print(|out, _| out.write_all(&script))?)
}

/// Prints the manual page of the program, or of one of its commands.
///
/// # Errors
/// Where there is no such command, or nothing can be written.
pub fn man(command: Option<&str>) -> anyhow::Result<()> {
    let mut program = Arguments::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => of(&program, name)?,
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    Ok(print(|out, _| out.write_all(&text))?)
}

fn of(program: &clap::Command, name: &str) -> anyhow::Result<clap::Command> {
    let found = program.find_subcommand(name).cloned();
    found.ok_or_else(|| {
        let names = || program.get_subcommands().map(clap::Command::get_name);
        let hint = naming::nearest(name, names()).first().map(|n| format!("; did you mean {n:?}?"));
        let known = names().collect::<Vec<_>>().join(", ");
        anyhow!("there is no command {name:?}{} (known: {known})", hint.unwrap_or_default())
    })
}
