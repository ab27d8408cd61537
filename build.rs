//! Links the code that unwinds the stack after a panic into the program, where the C compiler has it as an archive. The
//! program then needs one shared library less, and starts a tenth faster: loading that one takes as long as reading the
//! whole record.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    if is_linux_with_glibc() && has_archive() {
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// Whether the program is built for Linux with glibc as a shared library; elsewhere, Rust links another unwinder.
fn is_linux_with_glibc() -> bool {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    variable("CARGO_CFG_TARGET_OS") == "linux"
        && variable("CARGO_CFG_TARGET_ENV") == "gnu"
        && !variable("CARGO_CFG_TARGET_FEATURE").split(',').any(|feature| feature == "crt-static")
}

/// Whether the compiler that links has the archive: it answers with a path, or with the bare name if it has not. Which
/// compiler links for another system than this is known only if it is configured.
fn has_archive() -> bool {
    let of_this_system = (env::var_os("HOST") == env::var_os("TARGET")).then(|| "cc".into());
    let Some(linker) = env::var_os("RUSTC_LINKER").or(of_this_system) else { return false };
    let answer = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output();
    answer.is_ok_and(|answer| Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_absolute())
}
