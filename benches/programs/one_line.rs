//! The baseline for the speed of commands: a program that prints one line.

fn main() {
    println!("one line");
}
