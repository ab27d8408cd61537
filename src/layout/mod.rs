//! A window's size becomes the areas of panes and rows.
//!
//! Pure geometry: every area lies within the window, whatever its size; an area may be empty.

mod list;

pub use list::{ListAreas, list_areas};

use ratatui::layout::{Position, Rect, Size};

/// The three panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The authorities.
    #[default]
    List,
    /// One of them.
    Detail,
    /// All of them.
    Statistics,
}

impl Pane {
    /// The panes in the order of Tab.
    pub const ALL: [Self; 3] = [Self::List, Self::Detail, Self::Statistics];
}

/// How much of the browser is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All three panes.
    Every,
    /// This one alone: zoomed, or because the window is small.
    Only(Pane),
}

/// The areas of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// The line at the top: title, or the bar of panes where only one fits.
    pub header: Rect,
    /// The line of keys at the bottom.
    pub footer: Rect,
    /// The list, empty if it is not shown; likewise the others.
    pub list: Rect,
    /// One authority.
    pub detail: Rect,
    /// The national picture.
    pub statistics: Rect,
}

impl Areas {
    /// The area of a pane; empty if it is not shown.
    pub fn pane(&self, pane: Pane) -> Rect {
        match pane {
            Pane::List => self.list,
            Pane::Detail => self.detail,
            Pane::Statistics => self.statistics,
        }
    }

    /// The pane at a position.
    pub fn pane_at(&self, position: Position) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.pane(*pane).contains(position))
    }
}

/// How many panes a window can show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WindowClass {
    /// Below 20x5: nothing but a word about it.
    #[default]
    TooSmall,
    /// One pane at a time.
    OnePane,
    /// Three panes.
    ThreePanes,
}

/// What a window of this size has room for.
pub fn window_class(size: Size) -> WindowClass {
    match (size.width, size.height) {
        (..20, _) | (_, ..5) => WindowClass::TooSmall,
        (70.., 16..) => WindowClass::ThreePanes,
        _ => WindowClass::OnePane,
    }
}

/// The areas in a window of this size. A list that wants more than its third, border included, gets up to
/// nine twentieths of a wide window.
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

/// Enough for the national picture, and never half of the height.
fn statistics_height(size: Size, available: u16) -> u16 {
    let wanted = if size.width >= 100 { 14 } else { 12 };
    wanted.min(available * 9 / 20)
}

/// The area of a layer over the panes: all between the first line and the last.
pub fn layer(size: Size) -> Rect {
    let (_, rest) = split_top(Rect::from(size), 1);
    split_top(rest, rest.height.saturating_sub(1)).0
}

/// The part of a bordered area that holds text: inside the border, with a column of space at either
/// side.
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
