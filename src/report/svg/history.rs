//! Draws the grades of an authority over time.

use maud::{Markup, html};

use super::{Lettering, Picture, colour, shapes};
use crate::dataset::{Assessment, Authority, Date, Framework, TimelineEntry};
use crate::report::palette::ACCENT;
use crate::text::{capitalized, plural};
use crate::wording;

/// The height of a row, and the side of the square of a grade.
const ROW: usize = 24;
const SQUARE: usize = 18;

/// How much wider a grade is that has a mark.
const MARK: usize = 6;

/// The width of the labels, and of the years.
const WIDTHS: (usize, usize) = (330, 560);

/// How wide the mark of an event is.
const EVENT: usize = 6;

/// Returns the picture of all dated assessments of an authority: a row for each category of each framework, a square for
/// each grade; below, what happened besides. `None` if no assessment has a date.
pub fn history(authority: &Authority) -> Option<Picture> {
    let of_council = authority.assessments.iter().filter(|assessment| assessment.framework.is_of_council());
    let mut dated: Vec<(Date, &Assessment)> =
        of_council.filter_map(|assessment| Some((assessment.order_day()?, assessment))).collect();
    dated.sort_by_key(|(day, _)| *day);
    let events: Vec<(Date, &TimelineEntry)> =
        authority.events.iter().filter_map(|event| Some((event.order_day()?, event))).collect();
    let days = || dated.iter().map(|(day, _)| day.year()).chain(events.iter().map(|(day, _)| day.year()));
    dated.first()?;
    let (first, last) = (days().min()?, days().max()? + 1);
    let mut frameworks: Vec<&Framework> = Vec::new();
    for (_, assessment) in &dated {
        if !frameworks.iter().any(|framework| framework.is(&assessment.framework)) {
            frameworks.push(&assessment.framework);
        }
    }
    let span = Span { first, last };
    let mut row = 1;
    let mut drawn: Vec<Markup> = Vec::new();
    for framework in frameworks {
        drawn.push(Lettering::FAINT.text(0, row * ROW + 16, framework.title.as_str()));
        row += 1;
        for (position, category) in framework.categories.iter().enumerate() {
            drawn.push(html! {
                (Lettering::PLAIN.text(0, row * ROW + 16, category.label.as_str()))
                (shapes::line((WIDTHS.0, row * ROW + 12), (WIDTHS.0 + WIDTHS.1, row * ROW + 12)))
                @for (day, assessment) in dated.iter().filter(|(_, a)| a.framework.is(framework)) {
                    (square(assessment, position, span.x(*day), row))
                }
            });
            row += 1;
        }
    }
    if dated.iter().any(|(_, assessment)| assessment.lists_recommendations()) {
        drawn.push(html! {
            (Lettering::PLAIN.text(0, row * ROW + 16, "Areas to improve (asked for again)"))
            @for (day, assessment) in &dated { (areas(authority, assessment, span.x(*day), row)) }
        });
        row += 1;
    }
    for (title, is_intervention) in
        [("Interventions of ministers, known to us", true), ("Visits, joint inspections", false)]
    {
        let of_kind = || events.iter().filter(move |(_, event)| event.kind.is_intervention() == is_intervention);
        if of_kind().next().is_none() {
            continue;
        }
        drawn.push(html! {
            (Lettering::PLAIN.text(0, row * ROW + 16, title))
            (shapes::line((WIDTHS.0, row * ROW + 12), (WIDTHS.0 + WIDTHS.1, row * ROW + 12)))
            @for (day, event) in of_kind() {
                g {
                    title { (capitalized(&wording::event_when(event))) ": " (wording::event(event, None)) }
                    (shapes::bar(ACCENT, (span.x(*day), row * ROW + 3), EVENT, SQUARE))
                }
            }
        });
        row += 1;
    }
    let marked = dated.iter().any(|(_, a)| a.has_mark()).then(|| format!("{}.", wording::MARK_LEGEND));
    let asked = |assessment: &Assessment| {
        let words = asked(authority, assessment).map(|(words, _)| format!(" To improve: {words}."));
        words.unwrap_or_default()
    };
    let descriptions = dated.iter().map(|(day, assessment)| describe(*day, assessment) + &asked(assessment));
    let happened = events
        .iter()
        .map(|(_, event)| format!("{}: {}.", capitalized(&wording::event_when(event)), wording::event(event, None)));
    let descriptions = descriptions.chain(happened);
    let graded = dated.iter().map(|(day, _)| day.year()).min().unwrap_or(first);
    Some(Picture {
        title: format!("{}: grades of services for children since {graded}", authority.name),
        description: descriptions.collect::<Vec<_>>().join(" "),
        width: WIDTHS.0 + WIDTHS.1 + SQUARE + MARK,
        height: row * ROW,
        drawing: html! {
            @for year in first..=last {
                @let x = span.start_of(year);
                (shapes::line((x, ROW), (x, row * ROW)))
                @if (last - first) < 12 || (year - first) % 2 == 0 { (Lettering::FAINT.text(x, 14, year)) }
            }
            @for line in &drawn { (line) }
        },
        notes: ["Grades of two frameworks are never compared.".to_owned()].into_iter().chain(marked).collect(),
    })
}

/// The years of a picture.
#[derive(Clone, Copy)]
struct Span {
    first: i16,
    last: i16,
}

impl Span {
    fn start_of(self, year: i16) -> usize {
        let years = usize::try_from(self.last - self.first).unwrap_or(1).max(1);
        WIDTHS.0 + usize::try_from(year - self.first).unwrap_or(0) * WIDTHS.1 / years
    }

    /// Returns the position of a day; of a month or a year known alone, of its first day.
    fn x(self, day: Date) -> usize {
        let start = self.start_of(day.year());
        let width = self.start_of(day.year() + 1).saturating_sub(start);
        let new_year = Date::of_day(day.year(), 1, 1);
        let days = new_year.and_then(|first| first.days_until(day.first_day())).unwrap_or(0);
        start + usize::try_from(days).unwrap_or(0) * width / 366
    }
}

fn square(assessment: &Assessment, category: usize, x: usize, row: usize) -> Markup {
    let framework = &assessment.framework;
    let Some(judgement) = assessment.judgements.get(category) else { return html! {} };
    let colour = colour(framework, judgement);
    let width = SQUARE + if judgement.mark().is_empty() { 0 } else { MARK };
    html! {
        g {
            title { (describe_one(assessment, category).unwrap_or_default()) }
            (shapes::grade(colour, false, (x, row * ROW + 3), (width, SQUARE)))
            (Lettering::SIGN.on(colour).text(x + width / 2, row * ROW + 17, framework.sign(judgement)))
        }
    }
}

/// Returns how many areas a report asks to improve.
fn areas(authority: &Authority, assessment: &Assessment, x: usize, row: usize) -> Markup {
    html! {
        @if let Some((words, sign)) = asked(authority, assessment) {
            g {
                title { (words) }
                (Lettering::PLAIN.text(x + 2, row * ROW + 16, sign))
            }
        }
    }
}

/// Returns how many areas a report asks to improve and how many of them the report before asked for, in words and as a sign: "6, 1
/// again" and "6 (1)"; `None` if that is not known.
fn asked(authority: &Authority, assessment: &Assessment) -> Option<(String, String)> {
    let all = assessment.recommended();
    let before = authority.before(assessment);
    let again = all.iter().filter(|one| assessment.is_again(one, before)).count();
    let areas = plural(all.len(), "area", "areas");
    assessment.lists_recommendations().then(|| match again {
        0 => (areas, all.len().to_string()),
        _ => (format!("{areas}, {again} of them again"), format!("{} ({again})", all.len())),
    })
}

fn describe(day: Date, assessment: &Assessment) -> String {
    let grades: Vec<String> =
        (0..assessment.judgements.len()).filter_map(|category| describe_one(assessment, category)).collect();
    format!("{} of {day}: {}.", assessment.framework.short, grades.join(", "))
}

/// Returns a judgement in words: "Care leavers: good".
fn describe_one(assessment: &Assessment, category: usize) -> Option<String> {
    let label = &assessment.framework.categories.get(category)?.label;
    let judgement = assessment.judgements.get(category)?;
    Some(format!("{label}: {}", wording::judgement(&assessment.framework, judgement)))
}
