//! Checks published figures.

use std::collections::HashSet;

use super::Checker;
use super::fields::one_of;
use crate::dataset::format::{ClaimFile, Field, List, PublishedFile, shown};
use crate::dataset::path::Path;
use crate::dataset::{Basis, Claim, Counted, Framework, Grade, Published, Target, Value};

impl Checker {
    pub(super) fn claim(&mut self, file: ClaimFile, at: &Path) -> Option<Claim> {
        self.unknown_fields(&file.unknown_fields, at);
        let framework = self.framework_by_id(file.framework, &at.key("framework"));
        let round = self.text(file.round, &at.key("round"));
        let category = self.text(file.category, &at.key("category"));
        let value = self.value(file.value, file.unit, at);
        let of = self.population(file.of, &at.key("of"));
        let certainty = self.certainty(file.certainty, &at.key("certainty"));
        let evidence = self.needed_evidence(file.evidence, &at.key("evidence"));
        self.step_given(certainty, &evidence, at);
        let note = self.optional_text(file.note, &at.key("note"));
        let framework = framework?;
        let target = self.target(&category?, &framework, &at.key("category"));
        let grades = self.claimed_grades(file.grades, target, &framework, &at.key("grades"));
        if let (Some(Value::Count(count)), Some(of)) = (value, of)
            && count > of
        {
            self.problem(&at.key("value"), format!("{count} of {of}"), "no more than the number it is a share of");
        }
        let (round, target, value, certainty) = (round?, target?, value?, certainty?);
        Some(Claim { framework, round, target, grades, value, of, certainty, evidence, note })
    }

    pub(super) fn published(&mut self, file: PublishedFile, at: &Path) -> Option<Published> {
        self.unknown_fields(&file.unknown_fields, at);
        let as_at = self.date(file.as_at, &at.key("as_at"));
        if as_at.is_none() {
            self.problem(&at.key("as_at"), "no date", "the day that the figure is as at");
        }
        let basis = self.text(file.basis, &at.key("basis"));
        let known = basis.as_deref().and_then(Basis::from_name);
        if let (Some(name), None) = (&basis, known) {
            self.problem(&at.key("basis"), shown(name), one_of(Basis::ALL.map(Basis::name)));
        }
        let region = self.optional_text(file.region, &at.key("region"));
        let category = self.counted(file.category, &at.key("category"));
        let mut grades = self.each(file.grades, &at.key("grades"), |checker, number, at| {
            let grade = u8::try_from(number).ok().map(Grade);
            if grade.is_none() {
                checker.problem(at, number.to_string(), "a step of the scale");
            }
            grade
        });
        grades.sort_by_key(|grade| std::cmp::Reverse(*grade));
        let value = self.value(file.value, file.unit, at);
        let of = self.population(file.of, &at.key("of"));
        let evidence = self.needed_evidence(file.evidence, &at.key("evidence"));
        Some(Published {
            category: category?,
            as_at: as_at?,
            basis: known?,
            region,
            grades,
            value: value?,
            of,
            evidence,
        })
    }

    fn counted(&mut self, field: Field<String>, at: &Path) -> Option<Counted> {
        let Some(name) = self.optional_text(field, at) else { return Some(Counted::default()) };
        let counted = Counted::from_name(&name);
        if counted.is_none() {
            self.problem(at, shown(&name), one_of(Counted::ALL.map(Counted::name)));
        }
        counted
    }

    fn target(&mut self, category: &str, framework: &Framework, at: &Path) -> Option<Target> {
        match category {
            "all" => Some(Target::All),
            "assessed" => Some(Target::Assessed),
            id => self.category_of(framework, id, at).map(Target::Category),
        }
    }

    fn value(&mut self, value: Field<f64>, unit: Field<String>, at: &Path) -> Option<Value> {
        let number = self.required(value, &at.key("value"));
        let unit = self.text(unit, &at.key("unit"));
        let (number, unit) = (number?, unit?);
        let value = match unit.as_str() {
            "count" => whole(number).map(Value::Count),
            "percent" => (0.0..=100.0).contains(&number).then_some(Value::Percent(number)),
            _ => {
                self.problem(&at.key("unit"), shown(&unit), "count or percent");
                return None;
            }
        };
        if value.is_none() {
            self.problem(
                &at.key("value"),
                format!("the number {number}"),
                "a whole number from 0, or a percentage from 0 to 100",
            );
        }
        value
    }

    fn population(&mut self, field: Field<u64>, at: &Path) -> Option<u32> {
        let number = self.optional(field, at)?;
        let population = u32::try_from(number).ok();
        if population.is_none() {
            self.problem(at, format!("the number {number}"), "a number of authorities");
        }
        population
    }

    fn claimed_grades(
        &mut self,
        field: Field<List<u64>>,
        target: Option<Target>,
        framework: &Framework,
        at: &Path,
    ) -> Vec<Grade> {
        let is_empty = field.is_absent() || field == Field::Is(Vec::new());
        let is_assessed = target == Some(Target::Assessed);
        if target.is_some() && is_empty != is_assessed {
            let found = if is_assessed { "grades" } else { "no grade" };
            self.problem(at, found, "the grades that count; none for \"assessed\"");
        }
        let mut seen = HashSet::new();
        let mut grades = self.each(field, at, |checker, number, at| {
            let grade = checker.grade_on(&framework.scale.steps, number, at)?;
            if !seen.insert(grade) {
                checker.problem(at, format!("{number} twice"), "each grade once");
            }
            Some(grade)
        });
        grades.sort_by_key(|g| std::cmp::Reverse(*g));
        grades
    }
}

/// Returns a number without a fractional part as a count.
fn whole(number: f64) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "range and fraction are tested first")]
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
