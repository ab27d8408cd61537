//! What the commands have in common: the data they are about, and where the answer goes.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::{Context as _, bail};

use super::arguments::Data;
use super::input::{self, Files};
use crate::dataset::Dataset;
use crate::load::Loaded;
use crate::query::{Filter, Index, Ranking, RowKey, View, resolve};
use crate::report::{About, Screen};
use crate::wording;

/// The data of a command, ready to be selection.
pub struct Selection {
    /// The dataset and what was left out of it.
    pub loaded: Loaded,
    /// The names in it.
    pub index: Index,
    /// It as a table.
    pub view: View,
    /// Who is wanted.
    pub filter: Filter,
}

impl Selection {
    /// Opens the data in these files, and picks what the options name.
    ///
    /// # Errors
    /// Where the file cannot be used, or an option names what is not in it.
    pub fn open(data: &Data, files: &Files) -> anyhow::Result<Self> {
        let opened = input::open(files)?;
        opened.warn();
        let loaded = opened.loaded;
        let dataset = &loaded.dataset;
        let framework = match &data.framework {
            Some(word) => Some(resolve::framework(dataset, word)?),
            None => dataset.leading_framework().cloned(),
        };
        let regions = data.region.iter().map(|word| resolve::region(dataset, word)).collect::<Result<_, _>>()?;
        let mut filter = Filter { regions, grades: Vec::new(), since: data.since };
        for wanted in &data.grade {
            let framework = framework.as_deref().context("the dataset has no framework, so no grades")?;
            let (category, grade) = (&wanted.category, &wanted.grade);
            filter.grades.push((resolve::category(framework, category)?, resolve::grade(framework, grade)?));
        }
        let index = Index::new(dataset);
        let view = View::new(dataset, framework, data.as_at);
        if view.is_beyond_data() {
            bail!(wording::no_earlier_day(view.as_at()));
        }
        Ok(Self { loaded, index, view, filter })
    }

    /// The dataset.
    pub fn dataset(&self) -> &Dataset {
        &self.loaded.dataset
    }

    /// What an answer from these data is about.
    pub fn about<'a>(&'a self, query: &'a str) -> About<'a> {
        About { dataset: self.dataset(), view: &self.view, filter: &self.filter, query }
    }

    /// Those of some rows that are wanted.
    pub fn wanted(&self, rows: Vec<RowKey>) -> Vec<RowKey> {
        self.filter.apply(self.dataset(), &self.index, &self.view, rows)
    }

    /// Some rows in order.
    pub fn ranked(&self, rows: Vec<RowKey>) -> Ranking {
        let mut ranking = Ranking::new(rows);
        ranking.prepare(usize::MAX);
        ranking
    }
}

/// Writes an answer to standard output, and tells it of the terminal if that is one.
///
/// # Errors
/// Where nothing more can be written.
pub fn print(write: impl FnOnce(&mut dyn Write, Option<Screen>) -> io::Result<()>) -> io::Result<()> {
    let stdout = io::stdout();
    // Elsewhere the size is not selection for: crossterm would start a program to find it out.
    let size = stdout.is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
    let columns = size.map(|(columns, _)| usize::from(columns)).filter(|c| *c > 0);
    let has_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let screen = columns.map(|columns| Screen { columns, has_links });
    let mut out = BufWriter::with_capacity(1 << 16, stdout.lock());
    write(&mut out, screen)?;
    out.flush()
}
