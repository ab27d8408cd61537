//! The baseline for speed: a bare ratatui program that draws one static table and moves a selection.

use std::io::{self, Write};

use crossterm::event::{Event, KeyCode, read};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::layout::Constraint;
use ratatui::prelude::CrosstermBackend;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, Row, Table, TableState};

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let ended = browse();
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()?;
    ended
}

fn browse() -> io::Result<()> {
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut state = TableState::new().with_selected(0);
    loop {
        terminal.draw(|frame| frame.render_stateful_widget(table(), frame.area(), &mut state))?;
        io::stdout().flush()?;
        let Event::Key(key) = read()? else { continue };
        match key.code {
            KeyCode::Char('j') => state.select_next(),
            KeyCode::Char('k') => state.select_previous(),
            KeyCode::Char('q') => return Ok(()),
            _ => {}
        }
    }
}

/// Returns a table with as many rows as the bundled dataset has authorities.
fn table() -> Table<'static> {
    let rows = (1..=18).map(|n| {
        Row::new([
            format!("Authority {n}"),
            "4".into(),
            "3".into(),
            "2".into(),
            "a line of words beside the grades".into(),
        ])
    });
    let widths = [
        Constraint::Min(40),
        Constraint::Length(8),
        Constraint::Length(8),
        Constraint::Length(8),
        Constraint::Length(40),
    ];
    Table::new(rows, widths)
        .header(Row::new(["authority", "one", "two", "three", "words"]))
        .block(Block::bordered().title("floor"))
        .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED))
}
