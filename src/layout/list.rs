//! The areas of the search line, the headers and the rows within the list pane.

use ratatui::layout::Rect;

/// The areas of the list pane's parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListAreas {
    /// The search line; empty if there is none.
    pub prompt: Rect,
    /// The headers of the columns.
    pub header: Rect,
    /// The rows of authorities.
    pub rows: Rect,
}

/// Divides a list pane, border included, into its parts.
pub fn list_areas(pane: Rect, has_prompt: bool) -> ListAreas {
    let inside = Rect {
        x: pane.x.saturating_add(1),
        y: pane.y.saturating_add(1),
        width: pane.width.saturating_sub(2),
        height: pane.height.saturating_sub(2),
    }
    .intersection(pane);
    let prompt = Rect { height: u16::from(has_prompt).min(inside.height), ..inside };
    let below = Rect { y: inside.y + prompt.height, height: inside.height - prompt.height, ..inside };
    // If there are at most two lines, authorities are more useful than the column headers.
    let header_height = u16::from(below.height > 2);
    let header = Rect { height: header_height, ..below };
    let rows = Rect { y: below.y + header_height, height: below.height - header_height, ..below };
    ListAreas { prompt, header, rows }
}
