//! Sources, and the tables that assessments were read from.

use std::sync::Arc;

use super::{Checker, Defined, File, Identified, Path, Writer, read};
use crate::dataset::{Origin, OriginTable, Source, Text, format};
use crate::text::clean;

impl Identified for Source {
    const NAME: &'static str = "source";

    fn defined(checker: &mut Checker) -> &mut Defined<Self> {
        &mut checker.sources
    }

    fn id(self: &Arc<Self>, _: &mut Writer) -> Text {
        self.id.clone()
    }
}

impl File<Arc<Source>> for format::Source {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Arc<Source>> {
        let id = self.id.0.clone();
        checker.define(id, at, |checker| self.read(checker, at))
    }

    fn write(model: &Arc<Source>, writer: &mut Writer) -> Self {
        Self::write(model.as_ref(), writer)
    }
}

impl Identified for OriginTable {
    const NAME: &'static str = "table";

    fn defined(checker: &mut Checker) -> &mut Defined<Self> {
        &mut checker.tables
    }

    /// A table is named after its source; a further one of that source has a number.
    fn id(self: &Arc<Self>, writer: &mut Writer) -> Text {
        if let Some((_, id)) = writer.last.as_ref().filter(|(last, _)| Arc::ptr_eq(last, self)) {
            return id.clone();
        }
        let key = (self.source.id.clone(), self.headers.clone(), self.place.clone());
        let id = match writer.ids.get(&key) {
            Some(id) => id.clone(),
            None => writer.table(self),
        };
        writer.ids.insert(key, id.clone());
        writer.last = Some((Arc::clone(self), id.clone()));
        id
    }
}

impl Writer {
    /// Writes a table, and returns the id it is given.
    fn table(&mut self, table: &OriginTable) -> Text {
        let source = &table.source.id;
        let id = loop {
            let count = self.counts.entry(source.clone()).or_default();
            *count += 1;
            let id = if *count == 1 { source.clone() } else { format!("{source}-{count}") };
            if self.taken.insert(id.clone()) {
                break id;
            }
        };
        let table = format::Table {
            id: File::write(&id, self),
            source: File::write(&table.source, self),
            place: File::write(&table.place, self),
            headers: table.headers.clone(),
        };
        self.tables.push(table);
        id
    }
}

impl File<Origin> for format::Origin {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Origin> {
        read!(self, checker, at => table, source, row, place, parser_version, link);
        let (table, source, place) = (table?, source?, place?);
        let has_own = place.is_some() || !self.headers.is_empty();
        let table = match (table, source) {
            (Some(table), None) if !has_own => table,
            (None, Some(source)) => checker.shared(OriginTable { source, headers: headers(&self.headers), place }),
            (table, _) => {
                let found =
                    if table.is_none() { "neither table nor source" } else { "a table and what it says itself" };
                checker.problem(at, found, "a table, or a source with its place or headers");
                return None;
            }
        };
        Some(Origin { table, row: row?.unwrap_or(0), parser_version: parser_version?.unwrap_or(0), link: link? })
    }

    fn write(model: &Origin, writer: &mut Writer) -> Self {
        let known = |number: u32| (number > 0).then_some(number);
        Self {
            table: Some(File::write(&model.table, writer)),
            source: None,
            row: known(model.row),
            place: None,
            parser_version: known(model.parser_version),
            link: File::write(&model.link, writer),
            headers: Vec::new(),
        }
    }
}

impl Checker {
    /// Reads the tables, for the assessments that refer to them.
    pub(super) fn tables(&mut self, tables: Vec<format::Table>, at: &Path) {
        for (position, table) in tables.into_iter().enumerate() {
            let at = &at.item(position);
            read!(table, self, at => id);
            let Some(id) = id else { continue };
            self.define(id, at, |checker| {
                read!(table, checker, at => source, place);
                Some(OriginTable { source: source?, headers: headers(&table.headers), place: place? })
            });
        }
    }

    /// Returns the table, sharing one allocation between consecutive assessments read from the same table.
    fn shared(&mut self, table: OriginTable) -> Arc<OriginTable> {
        if let Some(last) = self.last_table.as_ref().filter(|last| ***last == table) {
            return Arc::clone(last);
        }
        let table = Arc::new(table);
        self.last_table = Some(Arc::clone(&table));
        table
    }
}

/// A category without a column in the file has an empty header.
fn headers(headers: &[String]) -> Vec<Text> {
    headers.iter().map(|header| clean(header).into_owned()).collect()
}
