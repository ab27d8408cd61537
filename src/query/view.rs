//! The dataset as a table under one framework: an authority a row, a category a column.

use std::sync::Arc;

use crate::dataset::{Authority, Category, Dataset, Framework, Grade, Judgement};

/// The columns of a table, with the grades laid out for sorting and counting.
#[derive(Debug, Clone, Default)]
pub struct View {
    framework: Option<Arc<Framework>>,
    grades: Vec<Vec<Option<Grade>>>,
}

impl View {
    /// The table of the latest judgements under a framework; without one it has no columns.
    pub fn new(dataset: &Dataset, framework: Option<Arc<Framework>>) -> Self {
        let width = framework.as_ref().map_or(0, |f| f.categories.len());
        let mut grades = vec![Vec::with_capacity(dataset.authorities.len()); width];
        for authority in &dataset.authorities {
            let latest = framework.as_ref().and_then(|f| authority.latest(f));
            for (position, column) in grades.iter_mut().enumerate() {
                column.push(latest.and_then(|a| a.judgements.get(position)?.grade()));
            }
        }
        Self { framework, grades }
    }

    /// The framework of the columns.
    pub fn framework(&self) -> Option<&Arc<Framework>> {
        self.framework.as_ref()
    }

    /// The categories of the columns, in order.
    pub fn categories(&self) -> &[Category] {
        self.framework.as_ref().map_or(&[], |f| &f.categories)
    }

    /// The grade of an authority (by its place in the dataset) in a column; `None` without one.
    pub fn grade(&self, column: usize, authority: usize) -> Option<Grade> {
        *self.grades.get(column)?.get(authority)?
    }

    /// The latest judgement of an authority in a column; `None` where it was never assessed.
    pub fn judgement<'a>(&self, column: usize, authority: &'a Authority) -> Option<&'a Judgement> {
        authority.latest(self.framework.as_ref()?)?.judgements.get(column)
    }
}
