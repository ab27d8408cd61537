//! The measure of a command: a program that prints one line.

fn main() {
    println!("one line");
}
