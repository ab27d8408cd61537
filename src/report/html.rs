//! Writes answers as pages for a web browser: one file each, which asks for nothing from anywhere, to read or to print.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{palette, svg};
use crate::dataset::{Framework, Judgement, Source};
use crate::tables::{Cell, Table};
use crate::wording;

/// The style of every page, besides the colours.
pub const STYLE: &str = include_str!("style.css");

/// Writes a table as a page.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    write_page(out, &table.title, &table_page(table))
}

/// What is around the content of a page.
pub struct Around {
    /// What its head has besides the title: the style.
    pub head: Markup,
    /// What comes before the content: links to other pages.
    pub before: Markup,
}

/// Writes a page with a title, which is also its first heading.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write_page(out: &mut dyn Write, title: &str, body: &Markup) -> io::Result<()> {
    let style = html! { style { (PreEscaped(palette::properties())) (PreEscaped(STYLE)) } };
    let page = page(title, &Around { head: style, before: html! {} }, body);
    writeln!(out, "{}", page.into_string())
}

/// Returns a page with a title, which is also its first heading.
pub fn page(title: &str, around: &Around, body: &Markup) -> Markup {
    let version = env!("CARGO_PKG_VERSION");
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                (around.head)
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                (around.before)
                main #content {
                    h1 { (title) }
                    (body)
                }
                footer { p { "Made with scrutineer " (version) "." } }
            }
        }
    }
}

/// Returns a table, its notes and its sources.
pub fn table_page(table: &Table<'_>) -> Markup {
    html! {
        (markup(table))
        (notes(&table.notes))
        (sources(&table.sources))
    }
}

/// Returns a table with its title as its caption; the cell that names a row is its header.
pub fn markup(table: &Table<'_>) -> Markup {
    html! {
        section.wide aria-label=(table.title) tabindex="0" {
            table {
                caption { (table.title) }
                thead {
                    tr {
                        @for header in &table.columns {
                            th scope="col" class=[header.is_number().then_some("number")] { (header.name()) }
                        }
                    }
                }
                tbody {
                    @for (number, row) in table.rows().enumerate() {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == table.named_by { th scope="row" { (named(cell, (table.link)(number))) } }
                                @else { td class=[class(cell)] { (content(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn class(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::Number(_) | Cell::Share { .. } => Some("number"),
        Cell::Text(text) if is_address(text) => Some("address"),
        _ => None,
    }
}

fn content(cell: &Cell) -> Markup {
    let text = cell.text();
    html! {
        @match cell {
            Cell::Date(_) => time datetime=(text) { (text) },
            Cell::Text(_) if is_address(&text) => (link(&text)),
            _ => (text),
        }
    }
}

/// Returns the cell that names a row, as a link if it has one.
fn named(cell: &Cell, address: Option<String>) -> Markup {
    html! {
        @match address.filter(|address| is_address(address) || is_page(address)) {
            Some(address) => a href=(address) { (content(cell)) },
            None => (content(cell)),
        }
    }
}

/// Whether a text is the address of a web page, and nothing else.
fn is_address(text: &str) -> bool {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a text is the path of a page of the same site.
fn is_page(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/');
    let path = text.strip_prefix("../").unwrap_or(text).strip_suffix(".html");
    path.is_some_and(|path| !path.starts_with('/') && path.bytes().all(is_plain))
}

/// Returns the sign of a judgement in its colour, in italics if the grade is not from the report itself.
pub fn chip(framework: &Framework, judgement: &Judgement) -> Markup {
    let colour = svg::colour(framework, judgement).map_or("absent", |colour| colour.name);
    let (sign, words) = (framework.bare_sign(judgement), wording::judgement(framework, judgement));
    let class = format!("grade {colour}");
    html! {
        // The element is in italics also where no style is known.
        @if judgement.mark().is_empty() { span class=(class) title=(words) { (sign) } }
        @else { i class=(format!("{class} other")) title=(words) { (sign) } }
    }
}

/// Returns a link that shows its address, if it is one.
pub fn link(address: &str) -> Markup {
    html! {
        @if is_address(address) { a href=(address) { (address) } } @else { (address) }
    }
}

/// Returns notes as a list under a heading; nothing if there are none.
pub fn notes(notes: &[String]) -> Markup {
    html! {
        @if !notes.is_empty() {
            h2 { "How to read it" }
            ul { @for note in notes { li { (note) } } }
        }
    }
}

/// Returns sources as a list under a heading; nothing if there are none.
pub fn sources(sources: &[Source]) -> Markup {
    html! {
        @if !sources.is_empty() {
            h2 { "Sources" }
            ul.sources {
                @for source in sources {
                    li {
                        (wording::source(&Source { link: None, ..source.clone() }))
                        @if let Some(address) = &source.link { " · " (link(address)) }
                    }
                }
            }
        }
    }
}
