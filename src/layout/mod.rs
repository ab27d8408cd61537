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
    /// The list; empty if hidden. Its first line has its title and the headers of its columns.
    pub list: Rect,
    /// The column between the list and what is beside it, for a rule.
    pub rule: Rect,
    /// The detail pane; empty if hidden.
    pub detail: Rect,
    /// The statistics pane; empty if hidden.
    pub statistics: Rect,
    /// The column between the detail and the statistics, where they are side by side.
    pub second_rule: Rect,
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

    /// Whether the detail pane and the statistics pane share one column, whose height [`Self::stack`] divides.
    pub fn is_stacked(&self) -> bool {
        !self.detail.is_empty() && self.detail == self.statistics
    }

    /// Divides the column of the detail and statistics panes, giving the statistics this height.
    pub fn stack(&mut self, statistics: u16) {
        let column = self.detail;
        (self.detail, self.statistics) = split_top(column, column.height.saturating_sub(statistics));
    }

    /// Whether the first line of a pane is a rule that divides it from the pane above.
    pub fn is_below(&self, pane: Pane) -> bool {
        pane == Pane::Statistics && !self.detail.is_empty() && self.statistics.y > self.detail.y
    }
}

/// The layouts that a window can have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WindowClass {
    /// Below 20 columns or 5 rows: only a message.
    #[default]
    TooSmall,
    /// One pane at a time.
    OnePane,
    /// List and detail side by side, the statistics in a line or two: most terminals, 80 by 24.
    Compact,
    /// List and detail, and the table of the statistics below the detail.
    Medium,
    /// As [`Self::Medium`], with a list of full names, full headers and regions.
    Large,
    /// The three panes side by side.
    ThreeColumns,
}

impl WindowClass {
    /// Whether only one pane is shown at a time.
    pub fn is_one_pane(self) -> bool {
        matches!(self, Self::TooSmall | Self::OnePane)
    }
}

/// The maximum size that is drawn, larger than any real window, so that memory has a bound.
const MOST: Size = Size { width: 800, height: 300 };

/// Returns a window size that can be drawn: of a larger window, the upper left part.
pub fn bounded(size: Size) -> Size {
    Size { width: size.width.min(MOST.width), height: size.height.min(MOST.height) }
}

/// The width of the rule and of a page beside it in which the longest grade and its arrow have space.
const BESIDE: u16 = 35;

/// The width of the rule and of a page that is easy to read.
const READABLE: u16 = 50;

/// The width of the rule and of a page as wide as in a window of 80 columns.
const PAGE: u16 = 38;

/// The width from which the list is as wide as what it shows, however low the window is.
const WIDE: u16 = 100;

/// Returns the layout for a window size.
pub fn window_class(size: Size) -> WindowClass {
    match (size.width, size.height) {
        (..20, _) | (_, ..5) => WindowClass::TooSmall,
        (190.., 50..) => WindowClass::ThreeColumns,
        (150.., 44..) => WindowClass::Large,
        (WIDE.., 28..) => WindowClass::Medium,
        (70.., 16..) => WindowClass::Compact,
        _ => WindowClass::OnePane,
    }
}

/// The widths that the list can use, with the selection bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListWidths {
    /// With names of up to 21 letters and every category in its narrowest column.
    pub least: u16,
    /// As [`Self::least`], with the month of the report and the grades over time.
    pub over_time: u16,
    /// With full names, the month and the grades over time.
    pub full: u16,
    /// With regions as well.
    pub regions: u16,
    /// With words over the grades as well.
    pub all: u16,
}

/// Divides a window of this size into areas. If all panes are shown, the detail and statistics panes get the same
/// column, except in a window that has one for each.
pub fn areas(size: Size, shown: Shown, list: ListWidths) -> Areas {
    let window = Rect::from(size);
    let (header, rest) = split_top(window, 1);
    let (body, footer) = split_top(rest, rest.height.saturating_sub(1));
    let mut areas = Areas { header, footer, ..Areas::default() };
    match shown {
        Shown::Only(Pane::List) => areas.list = body,
        Shown::Only(Pane::Detail) => areas.detail = body,
        Shown::Only(Pane::Statistics) => areas.statistics = body,
        Shown::Every => {
            let class = window_class(size);
            let (list, right) = split_left(body, list_width(size.width, class, list));
            let (rule, right) = split_left(right, 1);
            (areas.list, areas.rule, areas.detail, areas.statistics) = (list, rule, right, right);
            if class == WindowClass::ThreeColumns {
                let (detail, rest) = split_left(right, right.width - statistics_width(right.width));
                (areas.second_rule, areas.statistics) = split_left(rest, 1);
                areas.detail = detail;
            }
        }
    }
    areas
}

/// Returns the width of the list: what it can use, up to a part of the window that leaves the detail readable.
fn list_width(window: u16, class: WindowClass, list: ListWidths) -> u16 {
    let percent = |part: u16| u16::try_from(u32::from(window) * u32::from(part) / 100).unwrap_or(window);
    let most = match class {
        WindowClass::TooSmall | WindowClass::OnePane => return window,
        WindowClass::Compact if window < WIDE => return list.least.min(window.saturating_sub(BESIDE)),
        WindowClass::Compact => percent(52),
        WindowClass::Medium => {
            let full = if list.full.saturating_add(READABLE) <= window { list.full } else { 0 };
            // The grades over time are worth a page as narrow as in a window of 80 columns.
            percent(52).max(full).max(list.over_time.min(window.saturating_sub(PAGE)))
        }
        WindowClass::Large => window.saturating_sub(READABLE),
        WindowClass::ThreeColumns => percent(48),
    };
    let whole = [list.all, list.regions].into_iter().find(|width| *width <= most);
    whole.unwrap_or(list.full.min(most))
}

/// The width at which the statistics have every number of a category on one line.
const STATISTICS: u16 = 70;

fn statistics_width(available: u16) -> u16 {
    STATISTICS.min(available / 2)
}

/// Returns the area of a layer: everything between the top line and the bottom line.
pub fn layer(size: Size) -> Rect {
    let (_, rest) = split_top(Rect::from(size), 1);
    split_top(rest, rest.height.saturating_sub(1)).0
}

/// Returns the area for text below the title of a pane or a layer, with a margin of one column on the left and on the right.
pub fn content(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(1),
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
        fn every_area_lies_within_the_window(width: u16, height: u16, least: u16, full: u16) {
            let size = Size { width, height };
            let window = Rect::from(size);
            for shown in [Shown::Every, Shown::Only(Pane::List), Shown::Only(Pane::Detail), Shown::Only(Pane::Statistics)] {
                let all = full.saturating_add(9);
                let list = ListWidths { least, over_time: full.saturating_sub(9), full, regions: full, all };
                let mut areas = areas(size, shown, list);
                areas.stack(least.min(height));
                let rects = [areas.header, areas.footer, areas.list, areas.rule, areas.detail, areas.statistics, layer(size)];
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
        let mut areas =
            areas(size, Shown::Every, ListWidths { least: 30, over_time: 35, full: 40, regions: 45, all: 50 });
        areas.stack(10);
        let parts = [areas.header, areas.footer, areas.list, areas.rule, areas.detail, areas.statistics];
        assert_eq!(parts.iter().map(|a| a.area()).sum::<u32>(), 120 * 36);
    }

    #[test]
    fn the_layout_follows_from_the_size() {
        let class_of = |width, height| window_class(Size { width, height });
        use WindowClass::{Compact, Large, Medium, OnePane, ThreeColumns, TooSmall};
        assert_eq!([class_of(20, 5), class_of(19, 5), class_of(20, 4)], [OnePane, TooSmall, TooSmall]);
        assert_eq!([class_of(70, 16), class_of(69, 16), class_of(70, 15)], [Compact, OnePane, OnePane]);
        assert_eq!([class_of(100, 28), class_of(99, 28), class_of(100, 27)], [Medium, Compact, Compact]);
        assert_eq!([class_of(150, 44), class_of(190, 50), class_of(190, 49)], [Large, ThreeColumns, Large]);
    }
}
