//! The inspection frameworks, and the rule that assigns a row to one of them.

use std::sync::Arc;

use crate::dataset::{Date, Framework, Source};
use crate::load::json::from_own_json;
use crate::load::{Unusable, record};

/// The frameworks described in `assets/ilacs.json`.
#[derive(Debug, Clone)]
pub struct Frameworks {
    /// The single inspection framework, from November 2013 to August 2018.
    pub sif: Arc<Framework>,
    /// ILACS, since January 2018. Each category states from when to when it was graded.
    pub ilacs: Arc<Framework>,
    /// For inspections whose framework cannot be determined.
    pub not_recorded: Arc<Framework>,
    /// The other frameworks of the record, for tables that name them.
    pub others: Vec<Arc<Framework>>,
    /// The sources of their descriptions.
    pub sources: Vec<Arc<Source>>,
}

impl Frameworks {
    /// Loads the frameworks; `has_all` says whether those of the record before 2013 are wanted too.
    ///
    /// # Errors
    /// Returns an error if a bundled file is not valid, which the tests rule out.
    pub fn read(has_all: bool) -> Result<Self, Unusable> {
        let dataset = from_own_json(include_bytes!("../../../assets/ilacs.json"), "the bundled frameworks")?.dataset;
        let named = |id: &str| {
            let found = dataset.frameworks.iter().find(|f| f.id == id).cloned();
            found.ok_or_else(|| Unusable::new(format!("the bundled framework {id}"), Vec::new()))
        };
        let is_other = |framework: &Arc<Framework>| !dataset.frameworks.iter().any(|known| known.is(framework));
        let others = match has_all {
            true => record()?.dataset.frameworks.iter().filter(|framework| is_other(framework)).cloned().collect(),
            false => Vec::new(),
        };
        Ok(Self {
            others,
            sif: named("sif")?,
            ilacs: named("ilacs")?,
            not_recorded: named("not-recorded")?,
            sources: dataset.sources.clone(),
        })
    }

    /// Returns all frameworks; ILACS comes first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Framework>> {
        [&self.ilacs, &self.sif, &self.not_recorded].into_iter().chain(&self.others)
    }

    /// Returns the framework with an id.
    pub fn with_id(&self, id: &str) -> Option<&Arc<Framework>> {
        self.all().find(|framework| framework.id == id)
    }

    /// Returns the framework of an inspection: by its first day or, if that is unknown, by the publication date. A
    /// report published since 2018 can be under either framework; `has_practice` says whether the row has readable
    /// practice judgements, which in these files occur only under ILACS.
    pub fn find(&self, began: Option<Date>, published: Option<Date>, has_practice: bool) -> &Arc<Framework> {
        let starts = |framework: &Arc<Framework>| framework.from;
        match (began, published) {
            (Some(day), _) if Some(day) >= starts(&self.ilacs) => &self.ilacs,
            (Some(day), _) if Some(day) >= starts(&self.sif) => &self.sif,
            (None, Some(day)) if Some(day) >= starts(&self.ilacs) && has_practice => &self.ilacs,
            (None, Some(day)) if Some(day) >= starts(&self.sif) && Some(day) < starts(&self.ilacs) => &self.sif,
            _ => &self.not_recorded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_it_began_decides_before_the_day_of_publication() {
        let frameworks = Frameworks::read(false).unwrap();
        let day = |text: &str| (!text.is_empty()).then(|| text.parse::<Date>().unwrap());
        for (began, published, has_practice, id) in [
            ("2018-01-01", "2018-02-01", true, "ilacs"),
            ("2017-11-09", "2018-01-19", true, "sif"),
            ("2026-03-31", "2026-05-01", true, "ilacs"),
            ("2026-04-01", "2026-06-01", true, "ilacs"),
            ("", "2017-12-31", false, "sif"),
            ("", "2013-10-31", false, "not-recorded"),
            ("", "2018-05-21", false, "not-recorded"),
            ("", "2022-09-05", true, "ilacs"),
            ("", "2026-06-05", true, "ilacs"),
            ("", "", true, "not-recorded"),
        ] {
            assert_eq!(frameworks.find(day(began), day(published), has_practice).id, id, "{began} {published}");
        }
    }
}
