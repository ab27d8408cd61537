//! The areas of the search line, the headers and the rows within the list pane.

use ratatui::layout::Rect;

/// The areas of the list pane's parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListAreas {
    /// The title and the headers of the columns.
    pub header: Rect,
    /// The search line; empty if there is none.
    pub prompt: Rect,
    /// The rows of councils.
    pub rows: Rect,
}

/// Divides a list pane into its parts.
pub fn list_areas(pane: Rect, has_prompt: bool) -> ListAreas {
    let header = Rect { height: pane.height.min(1), ..pane };
    let below = Rect { y: pane.y + header.height, height: pane.height - header.height, ..pane };
    let prompt = Rect { height: u16::from(has_prompt).min(below.height), ..below };
    let rows = Rect { y: below.y + prompt.height, height: below.height - prompt.height, ..below };
    ListAreas { header, prompt, rows }
}
