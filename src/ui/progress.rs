//! The screen while files are being loaded.

use ratatui::buffer::Buffer;

use super::canvas::{Canvas, row};
use super::theme::Theme;

/// The maximum width of the bar.
const BAR: usize = 40;

/// Draws how much has been read: as a share if the total is known, otherwise in bytes.
pub fn draw_progress(buffer: &mut Buffer, theme: &Theme, share: Option<f64>, bytes: u64) {
    let mut canvas = Canvas::new(buffer, theme, false);
    let area = canvas.area();
    let middle = usize::from(area.height / 2).saturating_sub(1);
    let words = match share {
        Some(share) => format!("Opening the data: {:.0}%", share * 100.0),
        None => format!("Opening the data: {} kB read", bytes / 1000),
    };
    canvas.put(row(area, middle), 2, &words, theme.strong());
    if let Some(share) = share {
        let width = BAR.min(usize::from(area.width).saturating_sub(4));
        let mut column = 2;
        for span in crate::app::screen::bar(share, width).spans {
            column = canvas.put(row(area, middle + 1), column, &span.text, theme.role(span.role));
        }
    }
    canvas.put(row(area, middle + 2), 2, "Esc cancels", theme.faint());
}
