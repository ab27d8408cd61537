//! Panics while the terminal is taken over, in the main thread or in another (`thread`): what is
//! left must be a terminal as it was found, with the message on it. The tests run it.

use std::process::ExitCode;

use scrutineer::app::Mouse;
use scrutineer::terminal::Session;

fn main() -> std::io::Result<ExitCode> {
    let _session = Session::enter(Mouse::On)?;
    if std::env::args().nth(1).as_deref() == Some("thread") {
        let ended = std::thread::spawn(fail).join();
        return Ok(if ended.is_err() { ExitCode::from(101) } else { ExitCode::SUCCESS });
    }
    fail();
    Ok(ExitCode::SUCCESS)
}

#[allow(clippy::panic, reason = "what this program is for")]
fn fail() {
    panic!("the floor gave way");
}
