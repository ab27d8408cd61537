//! Clamps the state to the data after every change, and builds the screen model from it. Each page is laid out once.

use ratatui::layout::{Position, Rect};

use super::Action;
use super::list::{Columns, Space, row};
use super::page::{Figure, Line, Lines, Page, lines_of, scroll_to};
use super::pages::{detail, statistics};
use super::screen::{Border, Footer, FooterKey, Header, ListModel, PaneModel, ScreenModel};
use super::state::{State, TextPane};
use crate::layout::{Areas, Pane, Shown, WindowClass, areas, content, layer, list_areas, window_class};
use crate::query::Column;
use crate::text::display_width;

/// The maximum width of the text in a layer: longer lines are hard to read.
const READABLE: usize = 100;

/// The columns before a name, for the selection bar.
const LEAD: u16 = 1;

/// The lines of a pane's border.
const BORDER: u16 = 2;

impl State {
    /// Clamps the selection, the offset and the scroll positions to the data, and builds the screen model.
    pub fn settle(&mut self) -> ScreenModel {
        let class = window_class(self.size);
        let is_one = self.is_zoomed || class.is_one_pane();
        let shown = if is_one { Shown::Only(self.focus) } else { Shown::Every };
        let mut areas = areas(self.size, shown, self.list_space(0).wanted());
        let rows = list_areas(areas.list, self.is_search_shown()).rows;
        let count = self.row_count();
        self.list.settle(count, usize::from(rows.height));
        self.reveal_order(usize::from(rows.width.saturating_sub(LEAD)));
        let detail_of = (self.selected_id(), self.framework().map(|framework| framework.id.clone()));
        if self.detail_of != detail_of {
            self.detail_of = detail_of;
            self.detail = TextPane::default();
        }
        if class == WindowClass::TooSmall {
            return ScreenModel { size: self.size, class, ..ScreenModel::default() };
        }
        let (list, in_list) = self.list_model(class, areas.list).unzip();
        let (detail, statistics) = self.text_models(class, &mut areas);
        let layer = self.layer_model(&areas);
        let cursor = match &layer {
            Some(layer) => layer
                .page
                .cursor
                .map(|at| typing_at(layer, at))
                .or_else(|| focus_at(layer))
                .or_else(|| Some(content(layer.area).as_position())),
            None => in_list.flatten().or_else(|| focus_at(detail.as_ref()?)).or_else(|| focus_at(statistics.as_ref()?)),
        };
        let header = match class {
            WindowClass::OnePane => Header::Tabs(self.focus),
            _ => Header::Title(self.title()),
        };
        let footer = self.footer();
        ScreenModel { size: self.size, class, areas, header, list, detail, statistics, layer, footer, cursor }
    }

    fn footer(&self) -> Footer {
        match &self.notice {
            Some(notice) => Footer::Notice(notice.clone()),
            None => {
                let mut keys = self.keys.footer(self.context());
                for (_, word, action) in &mut keys {
                    if *action == Action::KeepSearch && self.layers.is_empty() && self.offered().is_some() {
                        *word = "open";
                    }
                }
                let back = self.clears().then(|| (self.key(Action::Back), "clear", Action::Back));
                // Before help and quit.
                let at = keys.len().saturating_sub(2);
                keys.splice(at..at, back.filter(|(key, ..)| !key.is_empty()));
                Footer::Keys(fitting(keys, usize::from(self.size.width)))
            }
        }
    }

    /// Returns the list, and the position of the cursor in it.
    fn list_model(&self, class: WindowClass, area: Rect) -> Option<(ListModel, Option<Position>)> {
        if area.is_empty() {
            return None;
        }
        let areas = list_areas(area, self.is_search_shown());
        let count = self.row_count();
        let position = if self.listing.is_empty() { 0 } else { self.list.selected + 1 };
        // With one pane at a time, the top line has no space for the scope, so the border shows it.
        let scope = if class == WindowClass::OnePane { self.scope() } else { Vec::new() };
        let border = Border {
            title: match self.offered() {
                Some(_) if self.listing.offer().is_hidden => "Hidden by the filter".to_owned(),
                Some(_) => "Nearest names".to_owned(),
                None if scope.is_empty() => "Authorities".to_owned(),
                None => scope.join(" · "),
            },
            note: format!("{position} of {}", self.listing.len()),
            is_focused: self.focus == Pane::List && self.layers.is_empty(),
        };
        let width = usize::from(areas.rows.width.saturating_sub(LEAD));
        let Columns { shown: columns, has_more_left, has_more_right } =
            self.list_space(width).columns(self.list.first_column);
        let in_view = (self.list.offset..count).take(usize::from(areas.rows.height));
        let rows = in_view.filter_map(|position| {
            let id = self.id_of_row(position)?;
            let mut row = row(&self.listing, id, &columns);
            row.is_marked = self.marks.contains(&id);
            row.is_selected = position == self.list.selected;
            Some(row)
        });
        let rows = rows.collect();
        let (prompt, in_prompt) = self.prompt(areas.prompt).unzip();
        let in_rows = || {
            let at = u16::try_from(self.list.selected.checked_sub(self.list.offset)?).ok()?;
            let place = Position { x: areas.rows.x, y: areas.rows.y.saturating_add(at) };
            (self.focus == Pane::List && count > 0 && areas.rows.contains(place)).then_some(place)
        };
        let cursor = in_prompt.filter(|_| self.search.is_typing).or_else(in_rows);
        let has_more = (has_more_left, has_more_right);
        let model = ListModel { area, areas, border, prompt, columns, has_more, rows, offset: self.list.offset, count };
        Some((model, cursor))
    }

    /// Returns the search text from the first visible character, and the position of the cursor in it.
    fn prompt(&self, area: Rect) -> Option<(String, Position)> {
        const START: u16 = 3;
        if area.is_empty() {
            return None;
        }
        let width = usize::from(area.width.saturating_sub(START + 1));
        let (shown, cursor) = self.search.input.visible(width);
        let x = area.x.saturating_add(START).saturating_add(u16::try_from(cursor).unwrap_or(0));
        Some((shown.to_owned(), Position { x: x.min(area.right().saturating_sub(1)), y: area.y }))
    }

    /// Scrolls the columns of the list until the one of a new order is in view.
    fn reveal_order(&mut self, width: usize) {
        if !std::mem::take(&mut self.list.reveals_order) {
            return;
        }
        self.list.first_column = 0;
        for _ in Column::all(self.view()) {
            let columns = self.list_space(width).columns(self.list.first_column);
            let is_shown = columns.shown.iter().any(|column| column.order.is_some());
            if is_shown || !columns.has_more_right {
                return;
            }
            self.list.first_column += 1;
        }
    }

    /// Returns what decides the columns of the list, with rows of this width.
    fn list_space(&self, width: usize) -> Space<'_> {
        Space {
            view: self.view(),
            sort: self.listing.sort(),
            width,
            longest: self.longest_name,
            strip: self.longest_strip,
        }
    }

    /// Returns the detail pane and the statistics pane; divides their column between them if they share one.
    fn text_models(&mut self, class: WindowClass, areas: &mut Areas) -> (Option<PaneModel>, Option<PaneModel>) {
        let detail = (!areas.detail.is_empty()).then(|| detail::page(self, text_width(areas.detail)));
        let mut statistics = None;
        if !areas.statistics.is_empty() {
            let width = text_width(areas.statistics);
            let needed =
                detail.as_ref().filter(|_| areas.is_stacked()).map(|lines| rows_of(lines).saturating_add(BORDER));
            statistics = Some(self.statistics_page(class, width, needed, areas));
        }
        let title = self.selected().map_or("Not found".to_owned(), |authority| authority.name.to_string());
        let detail = detail.map(|lines| self.text_model(Pane::Detail, areas.detail, (title, String::new()), lines));
        let statistics =
            statistics.map(|(title, lines)| self.text_model(Pane::Statistics, areas.statistics, title, lines));
        (detail, statistics)
    }

    /// Returns the title and the lines of the statistics: all of them, or the summary if there is no space for more
    /// than that; and divides the column with the detail pane, of which `needed` is the height. The focused pane grows,
    /// the other one shrinks as far as its summary.
    fn statistics_page(
        &self,
        class: WindowClass,
        width: usize,
        needed: Option<u16>,
        areas: &mut Areas,
    ) -> ((String, String), Lines) {
        let title = |name: &str| (name.to_owned(), self.assessed_note());
        let is_focused = self.focus == Pane::Statistics;
        let height = areas.detail.height;
        let summary = |areas: &mut Areas| {
            let lines = statistics::summary(self, width);
            areas.stack(rows_of(&lines).saturating_add(BORDER).min(height / 2));
            (title("National picture"), lines)
        };
        if needed.is_some() && class == WindowClass::Compact && !is_focused {
            return summary(areas);
        }
        let full = statistics::page(self, width);
        // With one pane at a time, the top line has no space for the scope.
        let scope = if class.is_one_pane() { self.scope() } else { Vec::new() };
        let name = std::iter::once("National picture".to_owned()).chain(scope).collect::<Vec<_>>().join(" · ");
        let Some(needed) = needed else { return (title(&name), full.lines) };
        let table = u16::try_from(full.table).unwrap_or(u16::MAX).saturating_add(BORDER);
        let all = rows_of(&full.lines).saturating_add(BORDER);
        let left = height.saturating_sub(needed);
        if self.focus == Pane::Detail && left < table {
            return summary(areas);
        }
        let wanted = if is_focused { all } else { table };
        // What the detail pane does not need, the statistics can use.
        let most = if is_focused { height.saturating_sub(needed.min(height / 3)) } else { height / 2 };
        areas.stack(wanted.min(most).max(left.min(all)));
        (title("National picture"), full.lines)
    }

    fn text_model(&mut self, pane: Pane, area: Rect, (title, note): (String, String), lines: Lines) -> PaneModel {
        let inside = content(area);
        let mut page = Page::from(lines);
        let has_focus = self.focus == pane;
        let is_top = self.layers.is_empty();
        let state = self.text_pane(pane);
        // A figure that is no longer on the page, as after a change of framework, cannot keep the focus.
        let is_here = state.figure.is_some_and(|figure| page.figures().any(|shown| shown == figure));
        if has_focus && !is_here {
            state.figure = first_figure(&page);
        }
        let last = page.lines.len().saturating_sub(usize::from(inside.height));
        state.scroll = state.scroll.min(last);
        page.emphasise(state.figure.filter(|_| has_focus));
        let border = Border { title, note, is_focused: has_focus && is_top };
        let focus = state.figure.filter(|_| has_focus && is_top);
        PaneModel { area, border, page, scroll: state.scroll, focus }
    }

    fn layer_model(&mut self, areas: &Areas) -> Option<PaneModel> {
        let mut area = layer(self.size);
        let is_beside = self.layers.last().is_some_and(|top| top.layer.is_beside_list());
        if is_beside && !areas.list.is_empty() && areas.list.right() < area.right() {
            area = Rect { x: areas.list.right(), width: area.right() - areas.list.right(), ..area };
        }
        let inside = content(area);
        // A page may depend on the rest of the state, so the layer is taken off the stack while it builds its page.
        let mut top = self.layers.pop()?;
        let most = if top.layer.is_wide() { usize::MAX } else { READABLE };
        let page = top.layer.page(self, usize::from(inside.width).min(most));
        if let Some(focus) = top.layer.focus() {
            top.figure = Some(focus);
            let height = usize::from(inside.height);
            let lines = lines_of(&page.lines, focus);
            top.scroll = lines.map_or(top.scroll, |lines| scroll_to(lines, top.scroll, height));
        }
        let is_here = top.figure.is_some_and(|figure| page.figures().any(|shown| shown == figure));
        if !is_here {
            top.figure = page.figures().next();
        }
        top.scroll = top.scroll.min(page.lines.len().saturating_sub(usize::from(inside.height)));
        let border =
            Border { title: top.layer.heading(), note: format!("{} back", self.key(Action::Back)), is_focused: true };
        let model = PaneModel { area, border, page, scroll: top.scroll, focus: top.figure };
        self.layers.push(top);
        Some(model)
    }
}

/// Returns the entries of the footer that fit: as many as possible from the beginning, and the last two; a way out goes
/// last of all.
fn fitting(mut entries: Vec<(String, &'static str, Action)>, width: usize) -> Vec<FooterKey> {
    let needed = |entries: &[(String, &'static str, Action)]| -> usize {
        entries.iter().map(|(keys, word, _)| display_width(keys) + display_width(word) + 3).sum()
    };
    while needed(&entries) > width + 1 && entries.len() > 1 {
        let can_go = |(.., action): &(String, &str, Action)| !matches!(action, Action::Back | Action::DropSearch);
        let before_last = entries.len().saturating_sub(2);
        let at = entries.iter().take(before_last).rposition(can_go).or_else(|| entries.iter().rposition(can_go));
        entries.remove(at.unwrap_or(0));
    }
    let mut column = 1;
    let place = |(keys, word, action)| {
        let key = FooterKey { column, keys, word, action };
        column = key.end().saturating_add(2);
        key
    };
    entries.into_iter().map(place).collect()
}

/// Returns the width of the text in a pane.
fn text_width(area: Rect) -> usize {
    usize::from(content(area).width)
}

fn rows_of(lines: &Lines) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX - BORDER)
}

/// Returns the figure to focus first: the first judgement, count or published figure, otherwise the first of any kind.
fn first_figure(page: &Page) -> Option<Figure> {
    let is_first = |figure: &Figure| matches!(figure, Figure::Claim(_) | Figure::Count(_) | Figure::Judgement { .. });
    page.figures().find(is_first).or_else(|| page.figures().next())
}

/// Returns the position at which the focused figure starts, if it is visible.
fn focus_at(pane: &PaneModel) -> Option<Position> {
    let figure = pane.focus?;
    let lines = pane.page.lines.iter().skip(pane.scroll).enumerate();
    let (line, column) = lines
        .map(|(at, line): (usize, &Line)| (at, line.column_of(figure)))
        .find_map(|(at, column)| Some((at, column?)))?;
    within(pane.area, column, line).filter(|position| content(pane.area).contains(*position))
}

/// Returns the position of the cursor in the line being typed.
fn typing_at(pane: &PaneModel, (column, line): (usize, usize)) -> Position {
    let inside = content(pane.area);
    let x = inside.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX)).min(inside.right());
    let line = u16::try_from(line.saturating_sub(pane.scroll)).unwrap_or(0);
    Position { x, y: inside.y.saturating_add(line) }
}

fn within(area: Rect, column: usize, line: usize) -> Option<Position> {
    let inside = content(area);
    let x = inside.x.saturating_add(u16::try_from(column).ok()?);
    Some(Position { x, y: inside.y.saturating_add(u16::try_from(line).ok()?) })
}
