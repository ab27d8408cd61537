//! Computes the areas of the panes and their parts from the window size.
//!
//! Every area lies within the window, whatever its size; an area may be empty.

mod list;

pub use list::{ListAreas, list_areas};

use ratatui::layout::{Position, Rect, Size};

/// The three panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The list of authorities.
    #[default]
    List,
    /// One authority.
    Detail,
    /// Statistics on all authorities.
    Statistics,
}

impl Pane {
    /// The panes, in the order of the Tab key.
    pub const ALL: [Self; 3] = [Self::List, Self::Detail, Self::Statistics];
}

/// Which panes are on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All three panes.
    Every,
    /// Only this one, because it is zoomed or the window is small.
    Only(Pane),
}

/// The areas of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// The top line: the title, or the tabs if only one pane is shown at a time.
    pub header: Rect,
    /// The bottom line, for keys and messages.
    pub footer: Rect,
    /// The list; empty if hidden.
    pub list: Rect,
    /// The detail pane; empty if hidden.
    pub detail: Rect,
    /// The statistics pane; empty if hidden.
    pub statistics: Rect,
}

impl Areas {
    /// Returns the area of a pane; empty if it is hidden.
    pub fn pane(&self, pane: Pane) -> Rect {
        match pane {
            Pane::List => self.list,
            Pane::Detail => self.detail,
            Pane::Statistics => self.statistics,
        }
    }

    /// Returns the pane at a position.
    pub fn pane_at(&self, position: Position) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.pane(*pane).contains(position))
    }
}

/// How many panes a window can show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WindowClass {
    /// Below 20 columns or 5 rows: only a message.
    #[default]
    TooSmall,
    /// One pane at a time.
    OnePane,
    /// Three panes.
    ThreePanes,
}

/// Returns how many panes a window of this size can show.
pub fn window_class(size: Size) -> WindowClass {
    match (size.width, size.height) {
        (..20, _) | (_, ..5) => WindowClass::TooSmall,
        (70.., 16..) => WindowClass::ThreePanes,
        _ => WindowClass::OnePane,
    }
}

/// Divides a window of this size into areas. In a window of at least 100 columns, a list that needs more than its
/// third, border included, gets up to nine twentieths.
pub fn areas(size: Size, shown: Shown, list: u16) -> Areas {
    let window = Rect::from(size);
    let (header, rest) = split_top(window, 1);
    let (body, footer) = split_top(rest, rest.height.saturating_sub(1));
    let mut areas = Areas { header, footer, ..Areas::default() };
    match shown {
        Shown::Only(Pane::List) => areas.list = body,
        Shown::Only(Pane::Detail) => areas.detail = body,
        Shown::Only(Pane::Statistics) => areas.statistics = body,
        Shown::Every => {
            let (list, right) = split_left(body, list_width(size, list));
            let (detail, statistics) = split_top(right, right.height - statistics_height(size, right.height));
            (areas.list, areas.detail, areas.statistics) = (list, detail, statistics);
        }
    }
    areas
}

fn list_width(size: Size, wanted: u16) -> u16 {
    let most = size.width - size.width / 20 * 11;
    if size.width >= 100 { (size.width / 3).clamp(38, 56).max(wanted.min(most)) } else { 30 }
}

/// Returns a height that shows the statistics if possible, but at most nine twentieths of the space.
fn statistics_height(size: Size, available: u16) -> u16 {
    let wanted = if size.width >= 100 { 14 } else { 12 };
    wanted.min(available * 9 / 20)
}

/// Returns the area of a layer: everything between the top line and the bottom line.
pub fn layer(size: Size) -> Rect {
    let (_, rest) = split_top(Rect::from(size), 1);
    split_top(rest, rest.height.saturating_sub(1)).0
}

/// Returns the area for text inside a border, with a margin of one column on the left and on the right.
pub fn content(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(2),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
    .intersection(area)
}

fn split_top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    let top = Rect { height, ..area };
    let bottom = Rect { y: area.y + height, height: area.height - height, ..area };
    (top, bottom)
}

fn split_left(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    let left = Rect { width, ..area };
    let right = Rect { x: area.x + width, width: area.width - width, ..area };
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_area_lies_within_the_window(width in 0u16..300, height in 0u16..200, list in 0u16..400) {
            let size = Size { width, height };
            let window = Rect::from(size);
            for shown in [Shown::Every, Shown::Only(Pane::List), Shown::Only(Pane::Detail), Shown::Only(Pane::Statistics)] {
                let areas = areas(size, shown, list);
                let rects = [areas.header, areas.footer, areas.list, areas.detail, areas.statistics, layer(size)];
                for area in rects.into_iter().chain(rects.map(content)) {
                    prop_assert_eq!(area.intersection(window).area(), area.area());
                }
                let list = list_areas(areas.list, true);
                for area in [list.prompt, list.header, list.rows] {
                    prop_assert_eq!(area.intersection(areas.list).area(), area.area());
                }
            }
        }
    }

    #[test]
    fn the_panes_fill_the_body() {
        let size = Size { width: 120, height: 36 };
        let areas = areas(size, Shown::Every, 0);
        let parts = [areas.header, areas.footer, areas.list, areas.detail, areas.statistics];
        assert_eq!(parts.iter().map(|a| a.area()).sum::<u32>(), 120 * 36);
    }

    #[test]
    fn three_panes_need_seventy_by_sixteen() {
        let class_of = |width, height| window_class(Size { width, height });
        assert_eq!(
            [class_of(70, 16), class_of(69, 16), class_of(70, 15)],
            [WindowClass::ThreePanes, WindowClass::OnePane, WindowClass::OnePane]
        );
        assert_eq!(
            [class_of(20, 5), class_of(19, 5), class_of(20, 4)],
            [WindowClass::OnePane, WindowClass::TooSmall, WindowClass::TooSmall]
        );
    }
}
