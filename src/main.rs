//! The `scrutineer` program: passes the arguments to `scrutineer::cli::run`, and exits with its status.

use std::process::ExitCode;

fn main() -> ExitCode {
    scrutineer::cli::run(std::env::args_os())
}
