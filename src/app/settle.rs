//! Clamps the state to the data after every change, and builds the screen model from it. Each page is laid out once.

use ratatui::layout::{Position, Rect};

use super::browser::Browser;
use super::layers::Layer;
use super::list::{Columns, Space, row};
use super::model::TextPane;
use super::page::{Figure, Line, Lines, Page, lines_of, scroll_to};
use super::pages::{detail, statistics};
use super::screen::{Footer, FooterKey, Header, ListModel, PaneModel, PaneTitle, ScreenModel};
use super::{Action, Context, LayerKind};
use crate::layout::{Areas, Pane, Shown, WindowClass, areas, content, layer, list_areas, window_class};
use crate::query::Column;
use crate::text::display_width;

/// The maximum width of the text in a layer: longer lines are hard to read.
const READABLE: usize = 100;

/// The columns before a name, for the selection bar.
const LEAD: u16 = 1;

/// The line of a pane's title.
const TITLE: u16 = 1;

impl Browser {
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
        let (list, in_list) = self.list_model(areas.list).unzip();
        let (detail, statistics) = self.text_models(class, &mut areas);
        let layer = self.layer_model(&areas);
        let cursor = match &layer {
            Some(layer) => layer
                .page
                .cursor
                .map(|at| typing_at(layer, at))
                .or_else(|| focus_at(layer))
                .or_else(|| Some(content(layer.area).as_position())),
            None => {
                let (in_detail, in_statistics) =
                    (detail.as_ref().and_then(focus_at), statistics.as_ref().and_then(focus_at));
                // A figure out of sight leaves it at the beginning of its pane.
                let at_start =
                    || Some(content(areas.pane(self.focus)).as_position()).filter(|_| self.focus != Pane::List);
                in_list.flatten().or(in_detail).or(in_statistics).or_else(at_start)
            }
        };
        let header = match class {
            WindowClass::OnePane if self.scope().is_empty() && self.layers.is_empty() && self.behind.is_empty() => {
                Header::Tabs(self.focus, self.tab_shown().unwrap_or("Councils".to_owned()))
            }
            _ => Header::Title(self.title()),
        };
        let can_move = layer.as_ref().is_none_or(|layer| {
            layer.page.figures().next().is_some() || layer.page.lines.len() > usize::from(content(layer.area).height)
        });
        let has_rows = layer.as_ref().is_none_or(|layer| layer.page.figures().next().is_some());
        let footer = self.footer(can_move, has_rows);
        ScreenModel { size: self.size, class, areas, header, list, detail, statistics, layer, footer, cursor }
    }

    /// Returns the footer; without the keys that move if there is nothing to move to, and without those for the rows of a table
    /// that has none.
    fn footer(&self, can_move: bool, has_rows: bool) -> Footer {
        if let Some(notice) = &self.notice {
            return Footer::Notice(notice.clone());
        }
        let keys = self.keys.footer(self.context()).into_iter();
        let mut keys: Vec<Entry> = keys.map(|(keys, word, action)| (keys, word.to_owned(), action)).collect();
        let hides_list = self.is_zoomed && self.focus != Pane::List;
        keys.retain(|(.., action)| !hides_list || *action != Action::NextSort);
        let has_asked = self.framework().is_some_and(|framework| self.dataset().has_recommendations(framework));
        keys.retain(|(.., action)| has_asked || *action != Action::Show(LayerKind::Asked));
        // On top of another layer, it only says that nothing is marked; on itself, nothing.
        let has_compare = self.layers.is_empty()
            || (!self.marks.is_empty() && !self.layers.iter().any(|open| matches!(open.layer, Layer::Compare(_))));
        keys.retain(|(.., action)| has_compare || *action != Action::Show(LayerKind::Compare));
        let is_table = matches!(self.context(), Context::Table | Context::Dated | Context::Shares | Context::Asked);
        let is_of_rows = |action: &Action| {
            let layers = [LayerKind::Sources, LayerKind::CopyMenu, LayerKind::Export];
            matches!(action, Action::Open | Action::NextSort)
                || matches!(action, Action::Show(kind) if layers.contains(kind))
        };
        keys.retain(|(.., action)| !is_table || has_rows || !is_of_rows(action));
        keys.retain(|(.., action)| can_move || !matches!(action, Action::Move(_)));
        for (key, word, action) in &mut keys {
            match action {
                Action::KeepSearch if self.layers.is_empty() && self.offered().is_some() => *word = "open".to_owned(),
                Action::Number(_) if self.context() == Context::Map => {
                    *key = format!("0–{}", self.view().categories().len());
                }
                Action::Number(_) => {
                    let last = if self.new.is_some() { 4 } else { 3 };
                    (*key, *word, *action) = (format!("1–{last}"), "days".to_owned(), Action::Number(1));
                }
                Action::Quit if self.is_page_open() => *word = "back".to_owned(),
                Action::NextRound if self.layers.is_empty() => *word = self.next_tab().unwrap_or(std::mem::take(word)),
                _ => {}
            }
        }
        let back = self.clears().then(|| (self.key(Action::Back), "clear".to_owned(), Action::Back));
        // Before help.
        let at = keys.len().saturating_sub(1);
        keys.splice(at..at, back.filter(|(key, ..)| !key.is_empty()));
        Footer::Keys(fitting(keys, usize::from(self.size.width)))
    }

    /// Names the tab that is shown; `None` if there is only one.
    fn tab_shown(&self) -> Option<String> {
        let rounds = self.rounds();
        let here = rounds.get(self.shown_round()?)?;
        (rounds.len() > 1).then(|| here.tab.clone())
    }

    /// Names the tab after the one shown; `None` if there is only one.
    fn next_tab(&self) -> Option<String> {
        let rounds = self.rounds();
        let next = rounds.get((self.shown_round()? + 1) % rounds.len())?;
        (rounds.len() > 1).then(|| next.tab.clone())
    }

    /// Returns the list, and the position of the cursor in it.
    fn list_model(&self, area: Rect) -> Option<(ListModel, Option<Position>)> {
        if area.is_empty() {
            return None;
        }
        let areas = list_areas(area, self.is_search_shown());
        let count = self.row_count();
        let title = PaneTitle {
            text: match self.offered() {
                Some(_) if self.listing.offer().is_hidden => "Hidden by the filter".to_owned(),
                Some(_) => "Nearest names".to_owned(),
                None => "Councils".to_owned(),
            },
            is_focused: self.focus == Pane::List && self.layers.is_empty(),
            ..PaneTitle::default()
        };
        let width = usize::from(areas.rows.width.saturating_sub(LEAD));
        let Columns { shown: columns, has_more } = self.list_space(width).columns(self.list.first_column);
        let in_view = (self.list.offset..count).take(usize::from(areas.rows.height));
        let rows = in_view.filter_map(|position| {
            let id = self.id_of_row(position)?;
            let mut row = row(&self.listing, id, &columns);
            row.is_marked = self.marks.contains(&id);
            row.is_selected = self.away.is_none() && position == self.list.selected;
            Some(row)
        });
        let rows = rows.collect();
        let (prompt, in_prompt) = self.prompt(areas.prompt).unzip();
        let in_rows = || {
            if self.away.is_some() {
                return (self.focus == Pane::List).then(|| areas.header.as_position());
            }
            let at = u16::try_from(self.list.selected.checked_sub(self.list.offset)?).ok()?;
            let place = Position { x: areas.rows.x, y: areas.rows.y.saturating_add(at) };
            (self.focus == Pane::List && count > 0 && areas.rows.contains(place)).then_some(place)
        };
        let cursor = in_prompt.filter(|_| self.search.is_typing).or_else(in_rows);
        let model = ListModel { area, areas, title, prompt, columns, has_more, rows, offset: self.list.offset, count };
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
        for _ in Column::shown(self.view()) {
            let columns = self.list_space(width).columns(self.list.first_column);
            let is_shown = columns.shown.iter().any(|column| column.is_order);
            if is_shown || !columns.has_more {
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
            trend: self.longest_trend,
        }
    }

    /// Returns the detail pane and the statistics pane; divides their column between them if they share one.
    fn text_models(&mut self, class: WindowClass, areas: &mut Areas) -> (Option<PaneModel>, Option<PaneModel>) {
        // Below the page, England keeps the lines of its categories.
        let below = match areas.is_stacked() {
            true => rows_of(&statistics::summary(&self.model, text_width(areas.statistics))).saturating_add(TITLE),
            false => 0,
        };
        let height = usize::from(content(areas.detail).height.saturating_sub(below));
        let detail = (!areas.detail.is_empty()).then(|| detail::page(&self.model, text_width(areas.detail), height));
        let mut statistics = None;
        if !areas.statistics.is_empty() {
            let width = text_width(areas.statistics);
            let needed =
                detail.as_ref().filter(|_| areas.is_stacked()).map(|lines| rows_of(lines).saturating_add(TITLE));
            statistics = Some(self.statistics_page(class, width, needed, areas));
        }
        let title = self.selected().map_or("Not found".to_owned(), |authority| authority.name.to_string());
        let detail = detail.map(|lines| self.text_model(Pane::Detail, areas, (title, String::new()), lines));
        let statistics = statistics.map(|(title, lines)| self.text_model(Pane::Statistics, areas, title, lines));
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
        let good = self.view().good_words();
        let title = |name: &str| (format!("{name}: {good}"), self.assessed_note());
        let is_focused = self.focus == Pane::Statistics;
        let height = areas.detail.height;
        let summary = |areas: &mut Areas| {
            let lines = statistics::summary(&self.model, width);
            areas.stack(rows_of(&lines).saturating_add(TITLE).min(height / 2));
            (title("England"), lines)
        };
        if needed.is_some() && class == WindowClass::Compact && !is_focused {
            return summary(areas);
        }
        let full = statistics::page(&self.model, width);
        let Some(needed) = needed else { return (title("England"), full.lines) };
        let table = u16::try_from(full.table).unwrap_or(u16::MAX).saturating_add(TITLE);
        let all = rows_of(&full.lines).saturating_add(TITLE);
        let left = height.saturating_sub(needed);
        if self.focus == Pane::Detail && left < table {
            return summary(areas);
        }
        let wanted = if is_focused { all } else { table };
        // What the detail pane does not need, the statistics can use.
        let most = if is_focused { height.saturating_sub(needed.min(height / 3)) } else { height / 2 };
        areas.stack(wanted.min(most).max(left.min(all)));
        (title("England"), full.lines)
    }

    fn text_model(&mut self, pane: Pane, areas: &Areas, (title, note): (String, String), lines: Lines) -> PaneModel {
        let (area, is_below) = (areas.pane(pane), areas.is_below(pane));
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
        if std::mem::take(&mut state.is_sought)
            && let Some(sought) = state.figure.and_then(|figure| lines_of(&page.lines, figure))
        {
            // With the headers above it.
            state.scroll = sought.start.saturating_sub(2);
        }
        state.scroll = state.scroll.min(last);
        page.emphasise(state.figure.filter(|_| has_focus));
        page.mark_cut(state.scroll + usize::from(inside.height), usize::from(inside.width));
        page.mark_wide(state.scroll, inside.as_size());
        let part = part_in_view(state.scroll, usize::from(inside.height), page.lines.len());
        let note = if has_focus && !part.is_empty() { part } else { note };
        let title = PaneTitle { text: title, note, is_focused: has_focus && is_top, is_below };
        let focus = state.figure.filter(|_| has_focus && is_top);
        PaneModel { area, title, page, scroll: state.scroll, focus }
    }

    fn layer_model(&mut self, areas: &Areas) -> Option<PaneModel> {
        let mut area = layer(self.size);
        let is_beside = self.layers.last().is_some_and(|top| top.layer.is_beside_list());
        let left = areas.rule.right();
        if is_beside && !areas.list.is_empty() && left < area.right() {
            area = Rect { x: left, width: area.right() - left, ..area };
        }
        let inside = content(area);
        // A page may depend on the rest of the state, so the layer is taken off the stack while it builds its page.
        let mut top = self.layers.pop()?;
        let most = if top.layer.is_wide() { usize::MAX } else { READABLE };
        let width = usize::from(inside.width).min(most);
        let mut page = top.layer.page(&self.model, width);
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
        page.mark_cut(top.scroll + usize::from(inside.height), width);
        page.mark_wide(top.scroll, inside.as_size());
        let note = part_in_view(top.scroll, usize::from(inside.height), page.lines.len());
        let title = PaneTitle { text: top.layer.heading(), note, is_focused: true, is_below: false };
        let model = PaneModel { area, title, page, scroll: top.scroll, focus: top.figure };
        self.layers.push(top);
        Some(model)
    }
}

/// An entry of the footer: its keys, a word for what they do, and the action.
type Entry = (String, String, Action);

/// Returns the entries of the footer that fit: as many as possible from the beginning, and the last one; a way out goes
/// last of all.
fn fitting(mut entries: Vec<Entry>, width: usize) -> Vec<FooterKey> {
    let needed = |entries: &[Entry]| -> usize {
        entries.iter().map(|(keys, word, _)| display_width(keys) + display_width(word) + 3).sum()
    };
    while needed(&entries) > width + 1 && entries.len() > 1 {
        let can_go = |(.., action): &Entry| !matches!(action, Action::Back | Action::DropSearch);
        let before_last = entries.len().saturating_sub(1);
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

/// Says which lines of a page are in view: "1–20 of 64"; empty if all are.
fn part_in_view(scroll: usize, height: usize, count: usize) -> String {
    match count > height && height > 0 {
        true => format!("{}–{} of {count}", scroll + 1, (scroll + height).min(count)),
        false => String::new(),
    }
}

/// Returns the width of the text in a pane.
fn text_width(area: Rect) -> usize {
    usize::from(content(area).width)
}

fn rows_of(lines: &Lines) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX - TITLE)
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
