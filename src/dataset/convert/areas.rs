//! What inspectors asked to improve.

use std::sync::Arc;

use super::{Checker, Defined, File, Identified, Path, Writer, read};
use crate::dataset::{Code, CodeKind, Framework, Recommendation, Recommendations, ReportCoverage, Text, format};

impl Identified for Code {
    const NAME: &'static str = "code";

    fn defined(checker: &mut Checker) -> &mut Defined<Self> {
        &mut checker.codes
    }

    fn id(self: &Arc<Self>, _: &mut Writer) -> Text {
        self.id.clone()
    }
}

/// The maximum number of recommendations of one report; real ones have a dozen.
const MAX_RECOMMENDATIONS: usize = 200;

impl File<Arc<Code>> for format::Code {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Arc<Code>> {
        let id = self.id.0.clone();
        checker.define(id, at, |checker| self.read(checker, at))
    }

    fn write(model: &Arc<Code>, writer: &mut Writer) -> Self {
        Self::write(model.as_ref(), writer)
    }
}

impl Checker {
    /// Reads what a report asks to improve; `None` if there is a problem in it.
    pub(super) fn recommendations(
        &mut self,
        areas: Vec<format::Area>,
        report: Option<format::AreasReport>,
        framework: &Framework,
        at: &Path,
    ) -> Option<Option<Box<Recommendations>>> {
        let place = &at.key("areas");
        let Some(report) = report else {
            if areas.is_empty() {
                return Some(None);
            }
            self.problem(&at.key("areas_report"), "nothing", "the report that the areas were read from");
            return None;
        };
        read!(report, self, at.key("areas_report") => coverage, source, link);
        let count = areas.len();
        self.at_most(MAX_RECOMMENDATIONS, count, place);
        let areas = areas.into_iter().enumerate();
        let all: Vec<Option<Recommendation>> =
            areas.map(|(position, area)| self.recommendation(area, framework, &place.item(position))).collect();
        let coverage: ReportCoverage = coverage?;
        if (coverage == ReportCoverage::Listed) != (count > 0) {
            self.problem(
                place,
                format!("{count} areas of a report that is {:?}", coverage.name()),
                "areas if it is listed, else none",
            );
            return None;
        }
        let all: Option<Vec<Recommendation>> = all.into_iter().collect();
        Some(Some(Box::new(Recommendations { coverage, source: source?, link: link?, all: all? })))
    }

    fn recommendation(&mut self, file: format::Area, framework: &Framework, at: &Path) -> Option<Recommendation> {
        let category = self.category_of(framework, &file.judgement.0, &at.key("judgement"));
        read!(file, self, at => words, subjects, practices, framework_reference, page);
        let (subjects, practices): (Vec<Arc<Code>>, Vec<Arc<Code>>) = (subjects?, practices?);
        for (key, codes, kind) in
            [("subjects", &subjects, CodeKind::Subject), ("practices", &practices, CodeKind::Practice)]
        {
            if codes.is_empty() {
                self.problem(&at.key(key), "none", "at least one");
                return None;
            }
            if let Some(other) = codes.iter().find(|code| code.kind != kind) {
                self.problem(
                    &at.key(key),
                    format!("the {} {:?}", other.kind.name(), other.id),
                    format!("a {}", kind.name()),
                );
                return None;
            }
        }
        if page == Some(Some(0)) {
            self.problem(&at.key("page"), "0", "the number of a page, 1 or more");
            return None;
        }
        let (words, framework_reference, page) = (words?, framework_reference?, page?);
        Some(Recommendation { words, category: category?, subjects, practices, framework_reference, page })
    }
}

/// Returns what a report asks to improve, as it is written.
pub(super) fn written(
    model: Option<&Recommendations>,
    framework: &Framework,
    writer: &mut Writer,
) -> (Vec<format::Area>, Option<format::AreasReport>) {
    let Some(model) = model else { return (Vec::new(), None) };
    let mut areas = Vec::with_capacity(model.all.len());
    for one in &model.all {
        let Some(category) = framework.categories.get(one.category) else { continue };
        areas.push(format::Area {
            words: File::write(&one.words, writer),
            judgement: File::write(&category.id, writer),
            subjects: File::write(&one.subjects, writer),
            practices: File::write(&one.practices, writer),
            framework_reference: File::write(&one.framework_reference, writer),
            page: one.page,
        });
    }
    let report = format::AreasReport {
        coverage: File::write(&model.coverage, writer),
        source: File::write(&model.source, writer),
        link: File::write(&model.link, writer),
    };
    (areas, Some(report))
}
