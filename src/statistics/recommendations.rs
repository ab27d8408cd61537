//! Counts of what inspectors asked councils to improve: always of councils, never of the areas, which reports cut differently.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Tally;
use crate::dataset::{
    AsAt, Assessment, Authority, Category, Code, CodeKind, Date, Framework, Grade, Judgement, Recommendation,
    Recommendations,
};
use crate::query::{AuthorityId, Listing};

/// How many years before the day of an answer it is compared with.
const YEARS: i16 = 5;

/// How many councils were asked about a subject or a practice.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeCount {
    /// The subject or practice.
    pub code: Arc<Code>,
    /// Those whose newest report asks for it, of those whose newest report lists what needs to improve.
    pub asked: Tally,
    /// Of those asked, how many had each grade for a judgement that it bears on, best grade first. A council asked about several
    /// judgements can count in several grades, but once in each.
    pub by_grade: Vec<u32>,
    /// The same of these councils five years earlier.
    pub earlier: Tally,
    /// Those that the inspection before had asked for the same, see [`Recommendation::is_again`], of those asked whose report
    /// before lists what needs to improve.
    pub again: Tally,
}

/// How often a subject or practice was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeYears {
    /// The subject or practice.
    pub code: Arc<Code>,
    /// For each year, how many reports ask for it, of those that list what needs to improve.
    pub years: Vec<Tally>,
}

/// Something that one report asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'d> {
    /// The council.
    pub authority: &'d Authority,
    /// The inspection.
    pub assessment: &'d Assessment,
    /// What is asked for.
    pub recommendation: &'d Recommendation,
    /// Whether the inspection before asked for the same.
    pub is_again: bool,
    /// Whether it is from the newest inspection of the council.
    pub is_newest: bool,
}

impl<'d> Asked<'d> {
    /// Returns the category whose grade it bears on, by its position: that of the recommendation or, before that was graded apart,
    /// the one that included it.
    pub fn category(&self) -> usize {
        bearing(self.assessment, self.recommendation)
    }

    /// Returns the judgement that it bears on at the time.
    pub fn judgement(&self) -> Option<&'d Judgement> {
        self.assessment.judgements.get(self.category())
    }

    /// Returns the judgements of the same category at later inspections under the framework, the oldest first.
    pub fn since(&self, as_at: Option<AsAt>) -> Vec<&'d Judgement> {
        let day = self.assessment.order_day();
        let is_later = |other: &&Assessment| {
            other.framework.is(&self.assessment.framework) && other.counts_as_at(as_at) && other.order_day() > day
        };
        let mut later: Vec<&Assessment> = self.authority.assessments.iter().filter(is_later).collect();
        later.sort_by_key(|assessment| assessment.order_day());
        later.into_iter().filter_map(|a| a.judgements.get(bearing(a, self.recommendation))).collect()
    }
}

/// Returns the position of the category that a recommendation bears on at an inspection: before it was graded apart, that which
/// included it.
fn bearing(assessment: &Assessment, recommendation: &Recommendation) -> usize {
    let own = recommendation.category;
    let categories = &assessment.framework.categories;
    let is_graded = assessment
        .day()
        .is_none_or(|day| categories.get(own).is_none_or(|category| category.absence_on(day).is_none()));
    let from = categories.get(own).and_then(|category| category.from);
    let is_including = |category: &Category| category.redefined.as_ref().is_some_and(|it| Some(it.on) == from);
    let including = categories.iter().position(is_including);
    including.filter(|_| !is_graded).unwrap_or(own)
}

/// Returns the day five years before the day that a listing is about: the one asked for, else that of the newest report.
pub fn earlier_day(listing: &Listing) -> Option<Date> {
    let view = listing.view();
    let day = view.as_at().map(|as_at| as_at.day).or_else(|| view.newest())?.last_day();
    day.years_before(YEARS)
}

/// Counts the councils of a listing that were asked about each subject or practice, the most frequent first; those of which
/// none was asked, now or earlier, are left out.
pub fn recommended(listing: &Listing, kind: CodeKind) -> Vec<CodeCount> {
    let Some(framework) = listing.view().framework() else { return Vec::new() };
    let as_at = listing.view().as_at();
    let basis = as_at.map_or_else(Default::default, |as_at| as_at.basis);
    let earlier = earlier_day(listing).map(|day| AsAt { day, basis });
    let councils: Vec<&Authority> = listing.counted().filter_map(|id| listing.authority(id)).collect();
    let codes = listing.dataset().codes.iter().filter(|code| code.kind == kind);
    let mut counts: Vec<CodeCount> = codes.map(|code| count(code, &councils, framework, as_at, earlier)).collect();
    counts.retain(|count| count.asked.matching > 0 || count.earlier.matching > 0);
    counts.sort_by(|a, b| b.asked.matching.cmp(&a.asked.matching).then_with(|| a.code.label.cmp(&b.code.label)));
    counts
}

/// Counts, for each year, the reports on the councils of a listing that ask for each subject or practice; returns the years, the
/// oldest first, and the subjects or practices, that asked for in most reports first. A report counts once, whatever it asks for.
pub fn asked_by_year(listing: &Listing, kind: CodeKind) -> (Vec<i16>, Vec<CodeYears>) {
    let Some(framework) = listing.view().framework() else { return (Vec::new(), Vec::new()) };
    let as_at = listing.view().as_at();
    let councils = listing.counted().filter_map(|id| listing.authority(id));
    let is_counted =
        |one: &&Assessment| one.framework.is(framework) && one.counts_as_at(as_at) && one.lists_recommendations();
    let reports: Vec<(i16, &Assessment)> = councils
        .flat_map(|authority| authority.assessments.iter().filter(is_counted))
        .filter_map(|one| Some((one.order_day()?.year(), one)))
        .collect();
    let years: Vec<i16> = reports.iter().map(|(year, _)| *year).collect::<BTreeSet<i16>>().into_iter().collect();
    let of_code = |code: &Arc<Code>| {
        let tally = |year: &i16| {
            let mut tally = Tally::default();
            let of_year = reports.iter().filter(|(of, _)| of == year);
            of_year
                .for_each(|(_, one)| tally.add(Some(one.recommended().iter().any(|asked| asked.has_code(&code.id)))));
            tally
        };
        CodeYears { code: Arc::clone(code), years: years.iter().map(tally).collect() }
    };
    let codes = listing.dataset().codes.iter().filter(|code| code.kind == kind);
    let all = |theme: &CodeYears| theme.years.iter().map(|tally| tally.matching).sum::<u32>();
    let mut themes: Vec<CodeYears> = codes.map(of_code).filter(|theme| all(theme) > 0).collect();
    themes.sort_by(|a, b| all(b).cmp(&all(a)).then_with(|| a.code.label.cmp(&b.code.label)));
    (years, themes)
}

fn count(
    code: &Arc<Code>,
    councils: &[&Authority],
    framework: &Framework,
    as_at: Option<AsAt>,
    earlier: Option<AsAt>,
) -> CodeCount {
    let steps: Vec<Grade> = framework.scale.steps.iter().map(|step| step.grade).collect();
    let mut by_grade = vec![0; steps.len()];
    let (mut asked, mut before, mut again) = (Tally::default(), Tally::default(), Tally::default());
    for authority in councils {
        if let Some(newest) = authority.latest(framework, as_at).filter(|newest| newest.lists_recommendations()) {
            let own: Vec<&Recommendation> = newest.recommended().iter().filter(|one| one.has_code(&code.id)).collect();
            asked.add(Some(!own.is_empty()));
            let previous = authority.before_as_at(newest, as_at).filter(|before| before.lists_recommendations());
            if let Some(previous) =
                previous.and_then(|before| before.recommendations.as_deref()).filter(|_| !own.is_empty())
            {
                again.add(Some(own.iter().any(|one| is_again_in(one, previous, code))));
            }
            let graded = own.iter().filter_map(|one| newest.judgements.get(bearing(newest, one))?.grade());
            for grade in graded.collect::<BTreeSet<Grade>>() {
                let at = steps.iter().position(|step| *step == grade).and_then(|at| by_grade.get_mut(at));
                at.into_iter().for_each(|count| *count += 1);
            }
        }
        let then = earlier.and_then(|earlier| authority.latest(framework, Some(earlier)));
        if let Some(then) = then.filter(|then| then.lists_recommendations()) {
            before.add(Some(then.recommended().iter().any(|one| one.has_code(&code.id))));
        }
    }
    CodeCount { code: Arc::clone(code), asked, by_grade, earlier: before, again }
}

/// Whether something with a code had been asked for before: about that subject or, for a practice, about any of its subjects and
/// with that practice too.
fn is_again_in(one: &Recommendation, before: &Recommendations, code: &Code) -> bool {
    match code.kind {
        CodeKind::Subject => one.is_again_about(code, before),
        CodeKind::Practice => one.is_again(before) && before.all.iter().any(|other| other.has_code(&code.id)),
    }
}

/// Returns all that the reports of the councils of a listing ask for that a code belongs to, or everything: those of their
/// newest inspections first, then by day, the newest first.
pub fn asked<'l>(listing: &'l Listing, code: Option<&str>) -> Vec<Asked<'l>> {
    let Some(framework) = listing.view().framework() else { return Vec::new() };
    let councils = listing.counted().filter_map(|id| listing.authority(id));
    let mut all: Vec<Asked<'l>> =
        councils.flat_map(|authority| asked_of(authority, framework, listing.view().as_at())).collect();
    all.retain(|asked| code.is_none_or(|code| asked.recommendation.has_code(code)));
    all.sort_by_key(|asked| std::cmp::Reverse((asked.is_newest, asked.assessment.order_day())));
    all
}

/// Returns all that the reports of a council ask for, the newest first, each in the order of the report.
pub fn asked_of<'d>(authority: &'d Authority, framework: &Framework, as_at: Option<AsAt>) -> Vec<Asked<'d>> {
    let newest = authority.latest(framework, as_at);
    let mut all = Vec::new();
    for position in authority.newest_first() {
        let Some(assessment) = authority.assessments.get(position) else { continue };
        if !assessment.framework.is(framework) || !assessment.counts_as_at(as_at) {
            continue;
        }
        let before = authority.before_as_at(assessment, as_at);
        let is_newest = newest.is_some_and(|newest| std::ptr::eq(newest, assessment));
        all.extend(assessment.recommended().iter().map(|recommendation| Asked {
            authority,
            assessment,
            recommendation,
            is_again: assessment.is_again(recommendation, before),
            is_newest,
        }));
    }
    all
}

/// A statistical neighbour that was asked for the same as a council.
#[derive(Debug, Clone, Copy)]
pub struct NeighbourAsked<'d> {
    /// Its identifier.
    pub id: AuthorityId,
    /// The neighbour.
    pub authority: &'d Authority,
    /// The newest judgement of it that what was asked bears on.
    pub judgement: &'d Judgement,
}

/// Returns the statistical neighbours of a council that were asked for the same at their newest inspection, those with the
/// best grades first.
pub fn neighbours_asked<'l>(listing: &'l Listing, authority: &Authority, row: &Asked<'_>) -> Vec<NeighbourAsked<'l>> {
    let Some(model) = &authority.neighbours else { return Vec::new() };
    let framework = &row.assessment.framework;
    let same = |la: &String| {
        let id = listing.with_la_code(la)?;
        let authority = listing.authority(id)?;
        let newest = authority.latest(framework, listing.view().as_at())?;
        let judgement = newest.judgements.get(bearing(newest, row.recommendation))?;
        let is_same = row.recommendation.is_again(newest.recommendations.as_deref()?);
        is_same.then_some(NeighbourAsked { id, authority, judgement })
    };
    let mut found: Vec<NeighbourAsked<'l>> = model.la_codes.iter().filter_map(same).collect();
    found.sort_by_key(|neighbour| std::cmp::Reverse(neighbour.judgement.grade()));
    found
}
