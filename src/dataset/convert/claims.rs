//! Published figures.

use super::frameworks::again;
use super::{Checker, File, Path, Writer, read};
use crate::dataset::format::{self, Raw, Unit};
use crate::dataset::{Certainty, Claim, Evidence, Framework, Grade, Published, Target, Value};

impl File<Claim> for format::Claim {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Claim> {
        checker.must_have_evidence(&self.evidence, at);
        let value = checker.value(self.value, self.unit, at);
        read!(self, checker, at => framework, round, category, of, certainty, evidence, note);
        let (evidence, certainty): (Vec<Evidence>, Certainty) = (evidence?, certainty?);
        checker.step_given(certainty, &evidence, at);
        if let (Some(Value::Count(count)), Some(Some(of))) = (value, of)
            && count > of
        {
            checker.problem(&at.key("value"), format!("{count} of {of}"), "no more than the number it is a share of");
        }
        let (framework, category): (std::sync::Arc<Framework>, String) = (framework?, category?);
        let target = match category.as_str() {
            "all" => Target::All,
            "assessed" => Target::Assessed,
            id => Target::Category(checker.category_of(&framework, id, &at.key("category"))?),
        };
        let grades = checker.claimed_grades(self.grades, target, &framework, &at.key("grades"));
        Some(Claim {
            framework,
            round: round?,
            target,
            grades,
            value: value?,
            of: of?,
            certainty,
            evidence,
            note: note?,
        })
    }

    fn write(model: &Claim, writer: &mut Writer) -> Self {
        let (value, unit) = figure(model.value);
        Self {
            framework: File::write(&model.framework, writer),
            round: File::write(&model.round, writer),
            category: Raw::of(&model.category_id().to_owned()),
            grades: File::write(&model.grades, writer),
            value,
            unit: File::write(&unit, writer),
            of: model.of,
            certainty: File::write(&model.certainty, writer),
            evidence: File::write(&model.evidence, writer),
            note: File::write(&model.note, writer),
        }
    }
}

impl File<Published> for format::Published {
    fn read(mut self, checker: &mut Checker, at: &Path) -> Option<Published> {
        checker.must_have_evidence(&self.evidence, at);
        let value = checker.value(self.value, self.unit, at);
        self.grades.sort_by_key(|grade| std::cmp::Reverse(*grade));
        read!(self, checker, at => category, as_at, basis, region, grades, of, evidence);
        Some(Published {
            category: category?,
            as_at: as_at?,
            basis: basis?,
            region: region?,
            grades: grades?,
            value: value?,
            of: of?,
            evidence: evidence?,
        })
    }

    fn write(model: &Published, writer: &mut Writer) -> Self {
        let (value, unit) = figure(model.value);
        Self {
            as_at: File::write(&model.as_at, writer),
            basis: File::write(&model.basis, writer),
            region: File::write(&model.region, writer),
            category: File::write(&model.category, writer),
            grades: File::write(&model.grades, writer),
            value,
            unit: File::write(&unit, writer),
            of: model.of,
            evidence: File::write(&model.evidence, writer),
        }
    }
}

impl Checker {
    fn value(&mut self, number: f64, unit: Raw<Unit>, at: &Path) -> Option<Value> {
        let value = match unit.read(self, &at.key("unit"))? {
            Unit::Count => whole(number).map(Value::Count),
            Unit::Percent => (0.0..=100.0).contains(&number).then_some(Value::Percent(number)),
        };
        if value.is_none() {
            let expected = "a whole number from 0, or a percentage from 0 to 100";
            self.problem(&at.key("value"), format!("the number {number}"), expected);
        }
        value
    }

    fn claimed_grades(
        &mut self,
        mut grades: Vec<Grade>,
        target: Target,
        framework: &Framework,
        at: &Path,
    ) -> Vec<Grade> {
        let is_assessed = target == Target::Assessed;
        if grades.is_empty() != is_assessed {
            let found = if is_assessed { "grades" } else { "no grade" };
            self.problem(at, found, "the grades that count; none for \"assessed\"");
        }
        for (position, grade) in grades.iter().enumerate() {
            self.grade_on(&framework.scale.steps, *grade, &at.item(position));
        }
        for position in again(grades.iter()) {
            let found = grades.get(position).map(|grade| format!("{} twice", grade.0));
            self.problem(&at.item(position), found.unwrap_or_default(), "each grade once");
        }
        grades.sort_by_key(|grade| std::cmp::Reverse(*grade));
        grades
    }
}

/// Returns a figure as it is written, with its unit.
fn figure(value: Value) -> (f64, Unit) {
    match value {
        Value::Count(count) => (count.into(), Unit::Count),
        Value::Percent(percent) => (percent, Unit::Percent),
    }
}

/// Returns a number without a fractional part as a count.
fn whole(number: f64) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "range and fraction are tested first")]
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
