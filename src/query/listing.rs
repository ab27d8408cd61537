//! The listing: the authorities that match a search and pass a filter, in order, under a framework, as at a date.

use std::cmp::Reverse;
use std::sync::Arc;

use super::offer::OFFERED;
use super::search::{by_region, with_regions};
use super::sort::keys;
use super::{AuthorityId, Filter, Found, Index, NameOrder, Offer, Query, RowKey, Sort, View, explain, search};
use crate::dataset::{AsAt, Authority, Dataset, Framework};

/// What to list. By default, every authority is listed by name, under the leading framework of the dataset.
#[derive(Debug, Clone, Default)]
pub struct ListingOptions {
    /// The framework; if `None`, the leading one of the dataset.
    pub framework: Option<Arc<Framework>>,
    /// Counts only what was published by the end of this day; if `None`, everything.
    pub as_at: Option<AsAt>,
    /// The filter.
    pub filter: Filter,
    /// The search; an empty text matches every authority.
    pub query: String,
    /// The order; if `None`, by match quality if there is a search, else by name.
    pub sort: Option<Sort>,
}

/// A list of authorities, with methods to query and change it.
pub struct Listing {
    dataset: Arc<Dataset>,
    index: Index,
    view: View,
    filter: Filter,
    query_text: String,
    query: Option<Query>,
    sort: Sort,
    /// Whether the rows are ordered by a column rather than by match quality.
    is_sorted: bool,
    /// The rows, in order.
    rows: Vec<RowKey>,
    offer: Offer,
}

impl Listing {
    /// Creates a listing of a dataset.
    pub fn new(dataset: Arc<Dataset>, options: ListingOptions) -> Self {
        let framework = options.framework.or_else(|| dataset.leading_framework().cloned());
        let index = Index::new(&dataset);
        let mut listing = Self {
            query: Query::among(&options.query, &index),
            index,
            view: View::new(&dataset, framework, options.as_at),
            dataset,
            filter: options.filter,
            query_text: options.query,
            is_sorted: options.sort.is_some(),
            sort: options.sort.unwrap_or_default(),
            rows: Vec::new(),
            offer: Offer::default(),
        };
        listing.relist();
        listing
    }

    /// Returns the dataset.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// Returns the latest judgements of every authority in the dataset, listed or not.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Returns what is offered where a search lists nothing.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// Returns the filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Returns the search as typed; empty if there is none.
    pub fn query(&self) -> &str {
        if self.query.is_some() { &self.query_text } else { "" }
    }

    /// Returns the column order; `None` while the rows are ordered by match quality.
    pub fn sort(&self) -> Option<Sort> {
        (self.query.is_none() || self.is_sorted).then_some(self.sort)
    }

    /// Returns the column order, even while the rows are ordered by match quality.
    pub fn column_order(&self) -> Sort {
        self.sort
    }

    /// Returns the number of authorities listed.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no authority is listed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the authority at a position in the list; `None` past its end.
    pub fn id(&self, position: usize) -> Option<AuthorityId> {
        self.index.authority(self.rows.get(position)?.name)
    }

    /// Returns the authority with an id.
    pub fn authority(&self, id: AuthorityId) -> Option<&Authority> {
        self.dataset.authorities.get(id.0)
    }

    /// Returns the listed authorities in order.
    pub fn authorities(&self) -> impl Iterator<Item = &Authority> {
        self.ids().filter_map(|id| self.authority(id))
    }

    /// Returns the ids of the listed authorities in order.
    pub fn ids(&self) -> impl Iterator<Item = AuthorityId> {
        self.rows.iter().filter_map(|row| self.index.authority(row.name))
    }

    /// Returns the listed authorities that count, in order: those found by a search that do not belong to
    /// the list of the view, as an authority that ended, do not; see [`View::is_listed`].
    pub fn counted(&self) -> impl Iterator<Item = AuthorityId> {
        self.ids().filter(|id| self.view.is_listed(*id))
    }

    /// Returns the authorities that the search and the filter keep, whenever they existed, in unspecified order.
    pub fn of_any_day(&self) -> Vec<AuthorityId> {
        if self.query.is_some() {
            return self.ids().collect();
        }
        let all = (0..self.dataset.authorities.len()).map(AuthorityId);
        let is_kept = |id: &AuthorityId| self.authority(*id).is_some_and(|a| self.filter.keeps(a, *id, &self.view));
        all.filter(is_kept).collect()
    }

    /// Returns the listed authorities of the view that a filter keeps, whatever is searched for: newest report first, then
    /// by name.
    pub fn newest_first(&self, filter: &Filter) -> Vec<AuthorityId> {
        let all = self.dataset.authorities.iter().enumerate().map(|(at, authority)| (AuthorityId(at), authority));
        let is_kept = |(id, authority): &(AuthorityId, &Authority)| {
            self.view.is_listed(*id) && filter.keeps(authority, *id, &self.view)
        };
        let mut kept: Vec<(AuthorityId, &Authority)> = all.filter(is_kept).collect();
        kept.sort_by_key(|(id, authority)| (Reverse(self.view.date_order(*id)), &authority.name));
        kept.into_iter().map(|(id, _)| id).collect()
    }

    /// Returns these authorities in an order.
    pub fn sorted(&self, authorities: &[AuthorityId], sort: Sort) -> Vec<AuthorityId> {
        let names = authorities.iter().filter_map(|id| self.index.name_order(*id));
        let mut rows = keys(&self.index, &self.view, sort, names);
        rows.sort_unstable();
        rows.into_iter().filter_map(|row| self.index.authority(row.name)).collect()
    }

    /// Returns a listing of the authorities that a filter keeps, of the same framework and as at a day; by name, without a
    /// search.
    #[must_use]
    pub fn filtered(&self, as_at: Option<AsAt>, filter: Filter) -> Self {
        let framework = self.view.framework().cloned();
        let options = ListingOptions { framework, as_at, filter, ..ListingOptions::default() };
        Self::new(Arc::clone(&self.dataset), options)
    }

    /// Returns a listing of these authorities only, in this order, under the same framework and as at the same date.
    /// `filter` says how they were chosen.
    #[must_use]
    pub fn of(&self, authorities: &[AuthorityId], filter: Filter) -> Self {
        let index = Index::new(&self.dataset);
        let names = authorities.iter().filter_map(|id| index.name_order(*id));
        let rows = names.zip(0..).map(|(name, order)| RowKey { order, name }).collect();
        Self {
            dataset: Arc::clone(&self.dataset),
            index,
            view: self.view.clone(),
            filter,
            query_text: String::new(),
            query: None,
            sort: Sort::default(),
            is_sorted: true,
            rows,
            offer: Offer::default(),
        }
    }

    /// Returns the same listing with those of its authorities only that a condition keeps.
    #[must_use]
    pub fn retaining(&self, keep: impl Fn(&Authority) -> bool) -> Self {
        let kept: Vec<AuthorityId> = self.ids().filter(|id| self.authority(*id).is_some_and(&keep)).collect();
        Self {
            query_text: self.query_text.clone(),
            query: Query::among(&self.query_text, &self.index),
            sort: self.sort,
            ..self.of(&kept, self.filter.clone())
        }
    }

    /// Returns the authority with a three-digit number from the Department for Education.
    pub fn with_la_code(&self, code: &str) -> Option<AuthorityId> {
        let has_code = |authority: &Authority| authority.codes.la.as_deref() == Some(code);
        self.dataset.authorities.iter().position(has_code).map(AuthorityId)
    }

    /// Returns the position of an authority in the list; `None` if it is not listed.
    pub fn position(&self, id: AuthorityId) -> Option<usize> {
        let name = self.index.name_order(id)?;
        self.rows.iter().position(|row| row.name == name)
    }

    /// Returns how an authority matches the search, by its region if not by a name; `None` if there is no search.
    pub fn found(&self, id: AuthorityId) -> Option<Found<'_>> {
        let (authority, query) = (self.authority(id)?, self.query.as_ref()?);
        match by_region(&self.index, query, authority, id) {
            Some(region) => Some(Found { letters: Vec::new(), alias: Some(region) }),
            None => explain(&self.index, query, authority, id),
        }
    }

    /// Returns the authorities that a search for a text finds, best first, but at most `most`; the search of the listing
    /// is not changed.
    pub fn matching(&self, text: &str, most: usize) -> Vec<AuthorityId> {
        let Some(query) = Query::among(text, &self.index) else { return Vec::new() };
        let rows = with_regions(search(&self.index, &query), &self.index, &query, &self.view);
        rows.into_iter().take(most).filter_map(|row| self.index.authority(row.name)).collect()
    }

    /// Returns the region that the search means, if it is one.
    pub fn region_meant(&self) -> Option<&str> {
        let query = self.query.as_ref()?;
        let mut meant = self.view.regions().iter().filter(|region| query.means(region));
        let region = meant.next()?;
        meant.next().is_none().then_some(region.as_str())
    }

    /// Returns the key of the row at a position; `None` past the end.
    pub fn row(&self, position: usize) -> Option<RowKey> {
        self.rows.get(position).copied()
    }

    /// Changes the framework and the date. If the framework changes, filters by grade and by what was asked, and an order by category,
    /// are dropped.
    pub fn look_at(&mut self, framework: Option<Arc<Framework>>, as_at: Option<AsAt>) {
        if framework.as_ref().map(|f| &f.id) != self.view.framework().map(|f| &f.id) {
            self.filter.grades.clear();
            self.filter.asked.clear();
            if matches!(self.sort.column, super::Column::Category(_)) {
                self.sort = Sort::default();
            }
        }
        self.view = View::new(&self.dataset, framework, as_at);
        self.relist();
    }

    /// Changes the filter.
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        self.relist();
    }

    /// Changes the search; rows are ordered by match quality again.
    pub fn set_query(&mut self, text: &str) {
        self.query = Query::among(text, &self.index);
        text.clone_into(&mut self.query_text);
        self.is_sorted = false;
        self.relist();
    }

    /// Orders by a column, search results included.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sort = sort;
        self.is_sorted = true;
        self.relist();
    }

    fn relist(&mut self) {
        let rows = match &self.query {
            Some(query) => {
                let found = with_regions(search(&self.index, query), &self.index, query, &self.view);
                let orders = found.iter().map(|row| row.name);
                if self.is_sorted { keys(&self.index, &self.view, self.sort, orders) } else { found }
            }
            None => keys(&self.index, &self.view, self.sort, self.index.name_orders()),
        };
        self.rows = self.kept(rows);
        self.rows.sort_unstable();
        let is_nothing = self.query.is_some() && self.rows.is_empty();
        self.offer = if is_nothing {
            Offer::new(self.matching(&self.query_text, OFFERED), &self.index, &self.query_text)
        } else {
            Offer::default()
        };
    }

    fn kept(&self, rows: Vec<RowKey>) -> Vec<RowKey> {
        let is_searched = self.query.is_some();
        let is_kept = |order: NameOrder| {
            let Some(id) = self.index.authority(order) else { return false };
            let is_kept = |a| self.filter.is_empty() || self.filter.keeps(a, id, &self.view);
            (is_searched || self.view.is_shown(id)) && self.authority(id).is_some_and(is_kept)
        };
        rows.into_iter().filter(|row| is_kept(row.name)).collect()
    }
}
