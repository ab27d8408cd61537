//! The authorities that are listed: those that a search finds and a filter keeps, in order, under a framework, as at a
//! date.

use std::sync::Arc;

use super::sort::keys;
use super::{AuthorityId, Filter, Found, Index, NameOrder, Query, Ranking, RowKey, Sort, View, explain, search};
use crate::dataset::{Authority, Dataset, Date, Framework};

/// What is to be listed. The default lists every authority by name under the framework that most were last assessed
/// under.
#[derive(Debug, Clone, Default)]
pub struct ListingOptions {
    /// The framework; the leading one of the dataset if it is `None`.
    pub framework: Option<Arc<Framework>>,
    /// Only what was published by the end of this day counts; all that is held if it is `None`.
    pub as_at: Option<Date>,
    /// Which authorities are kept.
    pub filter: Filter,
    /// What is searched for; every authority is found by an empty text.
    pub query: String,
    /// The order; by name if it is `None`, or by how well an authority matches the search if there is one.
    pub sort: Option<Sort>,
}

/// A list of authorities, with all that is needed to ask about it.
pub struct Listing {
    dataset: Arc<Dataset>,
    index: Index,
    view: View,
    filter: Filter,
    query_text: String,
    query: Option<Query>,
    sort: Sort,
    /// Whether the order of a column goes before that of the matches.
    is_sorted: bool,
    rows: Ranking,
}

impl Listing {
    /// The list of a dataset.
    pub fn new(dataset: Arc<Dataset>, options: ListingOptions) -> Self {
        let framework = options.framework.or_else(|| dataset.leading_framework().cloned());
        let mut listing = Self {
            index: Index::new(&dataset),
            view: View::new(&dataset, framework, options.as_at),
            dataset,
            filter: options.filter,
            query: Query::new(&options.query),
            query_text: options.query,
            is_sorted: options.sort.is_some(),
            sort: options.sort.unwrap_or_default(),
            rows: Ranking::default(),
        };
        listing.relist();
        listing
    }

    /// The dataset.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The latest judgements of every authority of the dataset, listed or not.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Which authorities are kept.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What is searched for, as it was typed; empty without a search.
    pub fn query(&self) -> &str {
        if self.query.is_some() { &self.query_text } else { "" }
    }

    /// The order by a column; `None` while the best match of a search comes first.
    pub fn sort(&self) -> Option<Sort> {
        (self.query.is_none() || self.is_sorted).then_some(self.sort)
    }

    /// The column that orders the list, or did before the best match came first.
    pub fn column_order(&self) -> Sort {
        self.sort
    }

    /// How many authorities are listed.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none is listed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts the first rows in order, as many as will be asked for: the order of the others costs nothing until then.
    pub fn prepare(&mut self, count: usize) {
        self.rows.prepare(count);
    }

    /// The authority at a position of the list; `None` past its end, and beyond what [`Self::prepare`] put in order.
    pub fn id(&self, position: usize) -> Option<AuthorityId> {
        self.index.authority(self.rows.get(position)?.name_order())
    }

    /// An authority of the dataset.
    pub fn authority(&self, id: AuthorityId) -> Option<&Authority> {
        self.dataset.authorities.get(id.0)
    }

    /// The authorities listed, in order as far as [`Self::prepare`] went.
    pub fn authorities(&self) -> impl Iterator<Item = &Authority> {
        (0..self.len()).filter_map(|position| self.authority(self.id(position)?))
    }

    /// The authorities listed, in no particular order.
    pub fn ids(&self) -> impl Iterator<Item = AuthorityId> {
        self.rows.keys().iter().filter_map(|row| self.index.authority(row.name_order()))
    }

    /// The position in the list of an authority; `None` if it is not listed.
    pub fn position(&self, id: AuthorityId) -> Option<usize> {
        self.rows.position(self.index.name_order(id)?)
    }

    /// How an authority was found; `None` without a search, and if it does not match.
    pub fn found(&self, id: AuthorityId) -> Option<Found<'_>> {
        explain(&self.index, self.query.as_ref()?, self.authority(id)?, id)
    }

    /// How well the row at a position matches the search.
    pub fn row(&self, position: usize) -> Option<RowKey> {
        self.rows.get(position)
    }

    /// Shows another framework, or another date. Grades that the filter asks for under another framework, and an order
    /// by a category of it, are dropped.
    pub fn look_at(&mut self, framework: Option<Arc<Framework>>, as_at: Option<Date>) {
        if framework.as_ref().map(|f| &f.id) != self.view.framework().map(|f| &f.id) {
            self.filter.grades.clear();
            if matches!(self.sort.column, super::Column::Category(_)) {
                self.sort = Sort::default();
            }
        }
        self.view = View::new(&self.dataset, framework, as_at);
        self.relist();
    }

    /// Changes which authorities are kept.
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        self.relist();
    }

    /// Searches for something else; the best match comes first again.
    pub fn set_query(&mut self, text: &str) {
        self.query = Query::new(text);
        text.clone_into(&mut self.query_text);
        self.is_sorted = false;
        self.relist();
    }

    /// Orders by a column, also what a search found.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sort = sort;
        self.is_sorted = true;
        self.relist();
    }

    fn relist(&mut self) {
        let rows = match &self.query {
            Some(query) => {
                let found = search(&self.index, query);
                let orders = found.iter().map(|row| row.name_order());
                if self.is_sorted { keys(&self.index, &self.view, self.sort, orders) } else { found }
            }
            None => keys(&self.index, &self.view, self.sort, self.index.name_orders()),
        };
        self.rows = Ranking::new(self.kept(rows));
    }

    fn kept(&self, rows: Vec<RowKey>) -> Vec<RowKey> {
        if self.filter.is_empty() {
            return rows;
        }
        let is_kept = |order: NameOrder| {
            let id = self.index.authority(order);
            id.is_some_and(|id| self.authority(id).is_some_and(|a| self.filter.keeps(a, id, &self.view)))
        };
        rows.into_iter().filter(|row| is_kept(row.name_order())).collect()
    }
}
