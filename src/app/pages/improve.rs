//! What inspectors asked a council to improve: at one inspection, and at those before it.

use crate::app::page::{Figure, Line, Lines, Page, Role, Span, marked_paragraph, paragraph, spaces};
use crate::dataset::{AsAt, Assessment, Authority, Recommendation};
use crate::text::{display_width, plural};
use crate::wording;

/// What the report of one inspection asks for: a heading, then a few lines for each thing; or why nothing is known of it.
#[derive(Debug, Default)]
pub struct Improve {
    heading: Option<Line>,
    items: Vec<Lines>,
    /// The whole of what is asked for first, if that was cut.
    whole: Option<Lines>,
}

/// How many things are shown at least, in a narrow pane and in a wide one.
const LEAST: (usize, usize) = (1, 3);

/// The width from which a pane is wide.
const WIDE: usize = 60;

/// Returns what the report of one inspection asks for; nothing if that is not known.
pub fn of(authority: &Authority, position: usize, as_at: Option<AsAt>, width: usize) -> Improve {
    let report = authority.assessments.get(position).filter(|assessment| assessment.recommendations.is_some());
    let Some(assessment) = report else { return Improve::default() };
    let count = assessment.recommended().len();
    let year = assessment.date.map(|date| format!(", {}", date.year())).unwrap_or_default();
    let areas = plural(count, "area", "areas");
    let notes = [format!("  {areas}{year}, in our words"), format!("  {areas}{year}"), format!("  {areas}")];
    let mut heading = Line::new().with("Asked to improve", Role::Heading);
    if let Some(note) = notes.into_iter().find(|note| count > 0 && heading.width() + display_width(note) <= width) {
        heading = heading.with(note, Role::Faint);
    }
    Improve { heading: Some(heading), items: items(authority, assessment, position, as_at, width), whole: None }
}

impl Improve {
    /// Cuts what is asked for first after so many lines.
    pub fn cut_after(mut self, most: usize, width: usize) -> Self {
        if let Some(first) = self.items.first_mut().filter(|first| first.len() > most) {
            self.whole = Some(first.clone());
            let mut page = Page::from(std::mem::take(first));
            page.mark_cut(most, width);
            page.lines.truncate(most);
            *first = page.lines;
        }
        self
    }

    /// Returns what fits in a number of lines, with how many more there are, and the rest under a heading of its own.
    pub fn divided(self, height: usize, width: usize) -> (Lines, Lines) {
        let Some(heading) = self.heading else { return Default::default() };
        let mut first = vec![Line::new(), heading];
        let all: usize = self.items.iter().map(Vec::len).sum();
        if self.whole.is_none() && first.len() + all <= height {
            first.extend(self.items.into_iter().flatten());
            return (first, Lines::new());
        }
        let (narrow, wide) = LEAST;
        let least = if width < WIDE { narrow } else { wide };
        let count = self.items.len();
        let is_cut = self.whole.is_some();
        let whole = self.whole.unwrap_or_default();
        let mut rest = Lines::new();
        let mut shown = 0;
        for item in self.items {
            // A line says how many more there are.
            let is_last = shown + 1 == count;
            let needed = first.len() + item.len();
            if rest.is_empty() && (shown < least || needed < height || (is_last && needed <= height)) {
                first.extend(item);
                shown += 1;
            } else {
                rest.extend(item);
            }
        }
        let left = count - shown;
        if left == 0 && !is_cut {
            return (first, rest);
        }
        if left > 0 {
            first.push(Line::new().with(format!("and {left} more"), Role::Faint));
        }
        let heading =
            if is_cut { "Asked to improve, in full".to_owned() } else { format!("Asked to improve, the other {left}") };
        let heading = Line::new().with(heading, Role::Heading);
        (first, [Line::new(), heading].into_iter().chain(whole).chain(rest).collect())
    }
}

/// Returns what the reports of earlier inspections under the same framework ask for, each under its date.
pub fn earlier(authority: &Authority, shown: usize, as_at: Option<AsAt>, width: usize) -> Lines {
    let Some(newest) = authority.assessments.get(shown) else { return Lines::new() };
    let mut page = Lines::new();
    for position in authority.newest_first() {
        let Some(assessment) = authority.assessments.get(position) else { continue };
        let is_earlier = position != shown
            && assessment.framework.is(&newest.framework)
            && assessment.counts_as_at(as_at)
            && assessment.recommendations.is_some();
        if is_earlier {
            let date = assessment.date.map_or("no date".to_owned(), |date| date.to_string());
            page.extend([Line::new(), Line::new().with(format!("Asked by the report of {date}"), Role::Heading)]);
            page.extend(items(authority, assessment, position, as_at, width).into_iter().flatten());
        }
    }
    page
}

/// Returns the lines of each thing that a report asks for, those asked for again first, or why nothing is known of that.
fn items(
    authority: &Authority,
    assessment: &Assessment,
    position: usize,
    as_at: Option<AsAt>,
    width: usize,
) -> Vec<Lines> {
    if let Some(words) = wording::nothing_listed_in_report(assessment) {
        return vec![paragraph(words, width, 0, Role::Faint)];
    }
    let before = authority.before_as_at(assessment, as_at);
    let item = |(number, one): (usize, &Recommendation)| {
        let is_again = assessment.is_again(one, before);
        if width < NARROW && is_again {
            let words = format!("again: {}", one.words);
            let spoken = 0.."again".len();
            let lines = marked_paragraph(&words, width, &[spoken], (Role::Plain, Role::Strong));
            return lines
                .into_iter()
                .map(|line| line.for_figure(Figure::Recommendation { assessment: position, number }))
                .collect();
        }
        let taken = if is_again { AGAIN } else { 0 };
        let mut lines = hanging(&one.words, width, taken);
        if let Some(first) = lines.first_mut().filter(|_| is_again) {
            *first = std::mem::take(first).padded(width.saturating_sub(AGAIN - 1)).with("again", Role::Strong);
        }
        let figure = Figure::Recommendation { assessment: position, number };
        lines.into_iter().map(|line| line.for_figure(figure)).collect()
    };
    assessment.recommended_again_first(before).into_iter().map(item).collect()
}

/// Wraps words beside a column `taken` by something else, with the lines after the first one indented.
fn hanging(words: &str, width: usize, taken: usize) -> Lines {
    if width < NARROW {
        return paragraph(words, width.saturating_sub(taken), 0, Role::Plain);
    }
    let lines = paragraph(words, width.saturating_sub(taken + INDENT), 0, Role::Plain).into_iter().enumerate();
    lines
        .map(
            |(row, line)| {
                if row == 0 { line } else { Line { spans: [vec![Span::plain(spaces(INDENT))], line.spans].concat() } }
            },
        )
        .collect()
}

/// Below this width, nothing is indented.
const NARROW: usize = 45;

/// How far the lines after the first one are indented.
const INDENT: usize = 2;

/// The width of the column that says "again".
const AGAIN: usize = 6;
