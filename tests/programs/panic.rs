//! Panics after taking over the terminal, in the main thread or in another one (`thread`). The tests run it to check
//! that the terminal is restored and shows the message.

use std::process::ExitCode;

use scrutineer::app::Mouse;
use scrutineer::terminal::Session;

fn main() -> std::io::Result<ExitCode> {
    let session = Session::enter()?;
    session.resume(Mouse::On)?;
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
