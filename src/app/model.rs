//! The state of the browser, before it is laid out for the screen.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;

use super::action::Action;
use super::counting::{Counted, MAX_FOR_YEARS, Round, count_listed, rounds, strip_width};
use super::input_line::InputLine;
use super::keys::{Key, KeyTable};
use super::list::ListPane;
use super::page::Figure;
use super::{Options, ThemeName};
use crate::dataset::{AsAt, Assessment, Authority, Claim, Dataset, Date, Framework, Text};
use crate::layout::{Pane, window_class};
use crate::load::Loaded;
use crate::query::changes::New;
use crate::query::{AuthorityId, Filter, Listing, ListingOptions, Sort, View, trend};
use crate::statistics::{
    National, Overall, Recount, Summary, national, national_summary, overall_by_year, recount_published,
};
use crate::text::display_width;

/// Whether the mouse is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks select and the wheel scrolls.
    #[default]
    On,
    /// The terminal handles the mouse itself.
    Off,
}

/// The width of a name beyond which it is truncated even where it would fit.
const MOST_NAME: usize = 60;

/// The scroll offset of a pane of text, and its focused figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextPane {
    /// The first visible line.
    pub scroll: usize,
    /// The focused figure.
    pub figure: Option<Figure>,
    /// Whether the focused figure must be scrolled to the top.
    pub is_sought: bool,
}

/// The search in the list.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The search text.
    pub input: InputLine,
    /// Whether the search is being typed.
    pub is_typing: bool,
    /// The authority that was selected before the search.
    pub came_from: Option<AuthorityId>,
    /// Whether its page was open before the search.
    pub was_opened: bool,
}

/// The state of the browser.
pub struct Model {
    /// The data, with what was left out while loading.
    pub loaded: Arc<Loaded>,
    /// The listed authorities.
    pub listing: Listing,
    /// The published figures.
    pub national: National,
    /// The count that belongs to each published figure of the series of overall effectiveness, in the order of the data;
    /// empty under a framework that is not part of the series, and for very many authorities.
    pub series: Vec<(Overall, Recount)>,
    /// Overall effectiveness as Ofsted counts it, at the end of each year up to the day shown; empty if the framework is not
    /// part of the series.
    pub series_years: Vec<(AsAt, Overall)>,
    /// The counts over all authorities, whatever is searched for or filtered; `None` if there are published figures for
    /// the framework.
    pub national_counts: Option<Summary>,
    /// The counts over the listed authorities.
    pub counted: Counted,
    /// The theme.
    pub theme: ThemeName,
    /// The path of the settings file, existing or not.
    pub settings: Option<PathBuf>,
    /// The folder in which the program was started; `None` if it is not known.
    pub folder: Option<String>,
    /// The round that the settings open on, by the id of its framework.
    pub opens_on: Option<String>,
    /// The council that the settings open with, by its name.
    pub opening_council: Option<String>,
    /// The key bindings.
    pub keys: KeyTable,
    /// What is wrong with the settings, one sentence each.
    pub mistakes: Vec<String>,
    /// The window size.
    pub size: Size,
    /// The focused pane.
    pub focus: Pane,
    /// Whether the focused pane fills the screen.
    pub is_zoomed: bool,
    /// Whether the focus came to the detail pane by opening an authority, so that going back leads to the list.
    pub is_opened: bool,
    /// How many filters, dates and searches were chosen before the page was opened.
    pub opened_at: usize,
    /// Whether the mouse is used.
    pub mouse: Mouse,
    /// The authorities marked for comparison, in the order they were marked.
    pub marks: Vec<AuthorityId>,
    /// Today's date, if known.
    pub today: Option<Date>,
    /// The names of the opened files.
    pub files: Vec<String>,
    /// The paths of all files that the data come from.
    pub read: Vec<String>,
    /// Whether the files are shown without the record.
    pub only_files: bool,
    /// Whether fetched files and those of the settings are left out.
    pub only_record: bool,
    /// The day on which the fetched files were fetched; `None` if there are none.
    pub fetched: Option<Date>,
    /// What the fetched files have and those before them do not; `None` if there are none before them.
    pub new: Option<New>,
    /// The search.
    pub search: Search,
    /// The list pane.
    pub list: ListPane,
    /// The detail pane.
    pub detail: TextPane,
    /// The statistics pane.
    pub statistics: TextPane,
    /// The path of the last export, and the name that was suggested for it; `None` before the first one.
    pub exported: Option<(String, String)>,
    /// The width of the longest name of an authority that belongs to the view.
    pub longest_name: usize,
    /// The width of the longest grades over time of an authority that belongs to the view; 0 if nothing was inspected
    /// twice, and for very many authorities.
    pub longest_strip: usize,
    /// The width of the longest trend of an authority that belongs to the view: "↑1↓2"; 0 if no grade moved.
    pub longest_trend: usize,
    /// The frameworks that have a tab.
    rounds: Vec<Round>,
    /// The authorities to show where the one shown before is not listed, the preferred one first.
    home: Vec<AuthorityId>,
    /// The council whose page is shown although the list does not have it: no row is selected then.
    pub away: Option<AuthorityId>,
    /// What is chosen, the newest last.
    scopes: Vec<Scope>,
    /// The message in the footer, shown until the next action.
    pub notice: Option<String>,
    /// The authority, and the id of the framework, that the detail pane's scroll offset and focus belong to.
    pub detail_of: (Option<AuthorityId>, Option<Text>),
}

impl Model {
    /// Creates the initial state for a window size.
    pub fn new(loaded: Arc<Loaded>, size: Size, options: Options) -> Self {
        let Options { framework, council, mouse, keys, mistakes, sort, today, .. } = options;
        let Options { theme, settings, folder, opens_on, opening_council, .. } = options;
        let Options { files, read, only_files, only_record, fetched, new, notice, .. } = options;
        let shown = ListingOptions { framework, sort, ..ListingOptions::default() };
        let listing = Listing::new(Arc::clone(&loaded.dataset), shown);
        let mut state = Self {
            longest_name: 0,
            longest_strip: 0,
            longest_trend: 0,
            rounds: rounds(&loaded.dataset),
            home: home(&loaded.dataset, council),
            away: None,
            scopes: Vec::new(),
            loaded,
            listing,
            national: National::default(),
            series: Vec::new(),
            series_years: Vec::new(),
            national_counts: None,
            counted: Counted::default(),
            theme,
            settings,
            folder,
            opens_on,
            opening_council,
            keys,
            mistakes,
            size,
            focus: Pane::List,
            is_zoomed: false,
            is_opened: false,
            opened_at: 0,
            mouse,
            marks: Vec::new(),
            today,
            files,
            read,
            only_files,
            only_record,
            fetched,
            new,
            search: Search::default(),
            list: ListPane::default(),
            detail: TextPane::default(),
            statistics: TextPane::default(),
            exported: None,
            notice,
            detail_of: (None, None),
        };
        state.count_national();
        state.relist(None, |_| {});
        state
    }

    /// Returns the dataset.
    pub fn dataset(&self) -> &Dataset {
        self.listing.dataset()
    }

    /// Returns the view: the latest assessment of every authority.
    pub fn view(&self) -> &View {
        self.listing.view()
    }

    /// Returns the framework shown.
    pub fn framework(&self) -> Option<&Framework> {
        self.view().framework().map(AsRef::as_ref)
    }

    /// Returns a claim by its position in the dataset.
    pub fn claim(&self, position: usize) -> Option<&Claim> {
        self.dataset().claims.get(position)
    }

    /// Returns the id of the selected authority; `None` if none is listed.
    pub fn selected_id(&self) -> Option<AuthorityId> {
        self.away.or_else(|| self.listing.id(self.list.selected))
    }

    /// Returns the number of rows in the list: of the authorities listed or, if there are none, of those offered.
    pub fn row_count(&self) -> usize {
        if self.listing.is_empty() { self.listing.offer().authorities.len() } else { self.listing.len() }
    }

    /// Returns the authority of a row of the list.
    pub fn id_of_row(&self, row: usize) -> Option<AuthorityId> {
        self.listing.id(row).or_else(|| self.listing.offer().authorities.get(row).copied())
    }

    /// Returns the authority of the selected row if it is only offered.
    pub fn offered(&self) -> Option<AuthorityId> {
        self.listing.offer().authorities.get(self.list.selected).copied()
    }

    /// Returns the selected authority; `None` if none is listed.
    pub fn selected(&self) -> Option<&Authority> {
        self.listing.authority(self.selected_id()?)
    }

    /// Returns an assessment of the selected authority by its position.
    pub fn assessment(&self, position: usize) -> Option<&Assessment> {
        self.selected()?.assessments.get(position)
    }

    /// Returns the focused figure of the focused pane; `None` for the list.
    pub fn figure(&self) -> Option<Figure> {
        match self.focus {
            Pane::List => None,
            Pane::Detail => self.detail.figure,
            Pane::Statistics => self.statistics.figure,
        }
    }

    /// Returns the state of a pane of text; that of the detail pane for the list.
    pub fn text_pane(&mut self, pane: Pane) -> &mut TextPane {
        if pane == Pane::Statistics { &mut self.statistics } else { &mut self.detail }
    }

    /// Whether a search or a filter narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.listing.query().is_empty() || !self.listing.filter().is_empty()
    }

    /// Whether going back leads from a pane of text to the list.
    pub fn returns(&self) -> bool {
        self.focus != Pane::List
    }

    /// Returns the first key of an action as shown on screen; empty if it has none.
    pub fn key(&self, action: Action) -> String {
        self.keys.keys_of(action).first().map(Key::to_string).unwrap_or_default()
    }

    /// Whether the list has a search line.
    pub fn is_search_shown(&self) -> bool {
        self.search.is_typing || !self.listing.query().is_empty()
    }

    /// Opens the page of the selected council: over the other panes, if the window is small.
    pub fn open_page(&mut self) {
        self.focus = Pane::Detail;
        self.is_opened = true;
        self.opened_at = self.scopes.len();
        self.is_zoomed = !window_class(self.size).is_one_pane();
    }

    /// Shows a message in the footer until the next action.
    pub fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(words.into());
    }

    /// Changes the listing, then selects this council. If it is not listed, its page stays, and no row is selected; without one, the
    /// home council is selected or, in a narrowed or sorted list, the first row.
    pub fn relist(&mut self, selected: Option<AuthorityId>, change: impl FnOnce(&mut Listing)) {
        change(&mut self.listing);
        self.away = selected.filter(|id| self.listing.position(*id).is_none());
        let is_whole = !self.is_narrowed() && self.listing.column_order() == Sort::default();
        let home = self.home.iter().filter(|_| is_whole);
        let wanted = selected.iter().chain(home);
        let listed = wanted.filter_map(|id| self.listing.position(*id)).next();
        self.list.selected = listed.unwrap_or(0);
        self.list.offset = 0;
        self.counted = count_listed(&self.listing, self.national_counts.is_some());
    }

    /// Returns what is chosen, the newest last.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Sorts the list, and keeps the same authority selected.
    pub fn sort_by(&mut self, sort: Sort) {
        // Whoever has not moved the selection wants to see who comes first now.
        let selected = self.selected_id().filter(|_| self.list.selected > 0);
        self.relist(selected, |listing| listing.set_sort(sort));
        self.list.reveals_order = true;
    }

    /// Changes the filter, and keeps the same council.
    pub fn set_filter(&mut self, filter: Filter) {
        let before = self.listing.filter().clone();
        let is_undone = matches!(self.scopes.last(), Some(Scope::Filter(older)) if *older == filter);
        if filter.is_empty() {
            self.scopes.retain(|scope| !matches!(scope, Scope::Filter(_)));
        } else if is_undone {
            self.scopes.pop();
        } else if before != filter {
            self.scopes.push(Scope::Filter(before));
        }
        self.relist(self.selected_id(), |listing| listing.set_filter(filter));
    }

    /// Shows another framework or date, and keeps the same council.
    pub fn look_at(&mut self, framework: Option<Arc<Framework>>, as_at: Option<AsAt>) {
        let selected = self.selected_id();
        let has_date = self.scopes.iter().any(|scope| matches!(scope, Scope::Date));
        if as_at.is_none() {
            self.scopes.retain(|scope| !matches!(scope, Scope::Date));
        } else if !has_date {
            self.scopes.push(Scope::Date);
        }
        if framework.as_ref().map(|one| &one.id) != self.view().framework().map(|one| &one.id) {
            self.list.first_column = 0;
        }
        self.listing.look_at(framework, as_at);
        if self.listing.filter().is_empty() {
            self.scopes.retain(|scope| !matches!(scope, Scope::Filter(_)));
        }
        self.count_national();
        self.relist(selected, |_| {});
    }

    /// Takes off the newest part of what is chosen: a filter, the date.
    pub fn take_off(&mut self) {
        match self.scopes.pop() {
            Some(Scope::Filter(before)) => {
                self.relist(self.selected_id(), |listing| listing.set_filter(before));
            }
            Some(Scope::Date) => self.look_at(self.view().framework().cloned(), None),
            Some(Scope::Search) => self.drop_search(),
            None => {}
        }
    }

    /// Notes that a search is the newest part of what is chosen, or is over.
    pub fn note_search(&mut self, is_on: bool) {
        let is_noted = self.scopes.contains(&Scope::Search);
        if is_on && !is_noted {
            self.scopes.push(Scope::Search);
        } else if !is_on {
            self.scopes.retain(|scope| *scope != Scope::Search);
        }
    }

    /// Returns the frameworks that have a tab, and the one shown.
    pub fn rounds(&self) -> Vec<Round> {
        let has_tab = |shown: &&Arc<Framework>| self.rounds.iter().any(|round| round.framework.is(shown));
        let shown = self.view().framework().filter(|shown| !has_tab(shown));
        let shown = shown.map(|shown| Round { framework: Arc::clone(shown), tab: shown.short.to_string() });
        self.rounds.iter().cloned().chain(shown).collect()
    }

    /// Moves the focus to a pane.
    pub fn go_to_pane(&mut self, pane: Pane) {
        self.focus = pane;
        self.is_opened = false;
    }

    /// Opens England at its published figures, the newest first.
    pub fn seek_published(&mut self) {
        let framework = self.framework();
        let own = self.dataset().claims.iter().position(|claim| framework.is_some_and(|one| claim.framework.is(one)));
        let newest = self.dataset().published.iter().enumerate();
        let newest = newest.max_by_key(|(position, figure)| (figure.as_at, std::cmp::Reverse(*position)));
        let figure = own.map(Figure::Claim).or(newest.map(|(position, _)| Figure::Published(position)));
        self.go_to_pane(Pane::Statistics);
        self.is_zoomed = !window_class(self.size).is_one_pane();
        self.statistics = TextPane { figure, is_sought: true, ..TextPane::default() };
    }

    /// Returns the position of the tab that is shown.
    pub fn shown_round(&self) -> Option<usize> {
        self.rounds().iter().position(|round| self.framework().is_some_and(|shown| shown.is(&round.framework)))
    }

    /// Shows the framework of the tab a number of tabs further on; after the last comes the first.
    pub fn turn_round(&mut self, by: isize) {
        let (rounds, here) = (self.rounds(), self.shown_round());
        let count = isize::try_from(rounds.len()).unwrap_or(0);
        if count < 2 {
            return self.say("these data have one framework only");
        }
        let next = (isize::try_from(here.unwrap_or(0)).unwrap_or(0) + by).rem_euclid(count);
        let round = usize::try_from(next).ok().and_then(|next| rounds.get(next));
        self.look_at(round.map(|round| Arc::clone(&round.framework)), None);
    }

    /// Counts what depends on the framework and the date, but not on the search and the filter.
    fn count_national(&mut self) {
        let authorities = self.dataset().authorities.iter().enumerate();
        let listed = authorities.filter(|(position, _)| self.view().is_listed(AuthorityId(*position)));
        let longest = listed.map(|(_, authority)| display_width(&authority.name)).max();
        self.longest_name = longest.unwrap_or(0).min(MOST_NAME);
        self.longest_strip = strip_width(self.dataset(), self.view());
        let all = (0..self.dataset().authorities.len()).map(AuthorityId);
        let trends = all.filter(|id| self.view().is_listed(*id)).map(|id| trend(self.view().trend(id)));
        self.longest_trend = trends.map(|trend| display_width(&trend)).max().unwrap_or(0);
        let framework = self.view().framework();
        let is_published = |f: &Framework| self.dataset().claims.iter().any(|claim| claim.framework.is(f));
        // Figures of single years of area inspections stand below our counts of all of them.
        let has_claims = framework.is_some_and(|f| f.is_of_council() && is_published(f));
        self.national_counts = (!has_claims).then(|| national_summary(&self.listing));
        self.national = self.framework().map(|framework| national(self.dataset(), framework)).unwrap_or_default();
        let is_shown =
            self.framework().is_some_and(Framework::is_in_series) && self.dataset().authorities.len() <= MAX_FOR_YEARS;
        let figures = self.dataset().published.iter().filter(|_| is_shown);
        self.series = figures.map(|figure| recount_published(figure, self.dataset())).collect();
        let last = self.view().as_at().or(self.dataset().date.map(AsAt::from)).filter(|_| is_shown);
        self.series_years = last.map(|last| overall_by_year(self.dataset(), last)).unwrap_or_default();
    }
}

/// A part of what is chosen, which going back takes off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A filter, with that before it.
    Filter(Filter),
    /// The date.
    Date,
    /// The search.
    Search,
}

/// The council whose quote the article told of with which this project began.
const HOME: &str = "Bristol";

/// Returns the authorities to open on, the preferred one first.
fn home(dataset: &Dataset, council: Option<AuthorityId>) -> Vec<AuthorityId> {
    let usual = dataset.authorities.iter().position(|authority| authority.name == HOME).map(AuthorityId);
    council.into_iter().chain(usual).collect()
}
