//! Text laid out in lines of a given width, as a pane or a layer shows it, before colours are applied.
//!
//! Each span records the figure that it belongs to, so moving between figures, clicking on one and scrolling to one
//! need only the page.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

pub use crate::statistics::degree;

use ratatui::layout::Size;

use crate::dataset::{Grade, Outcome, Scale};
use crate::statistics::{Count, Verdict};
use crate::text::{display_width, truncate, wrap};

/// The role of a piece of text, from which its style follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// Normal text.
    #[default]
    Plain,
    /// Less important text.
    Faint,
    /// Emphasised text.
    Strong,
    /// A section heading.
    Heading,
    /// A key to press.
    Key,
    /// A grade, by its distance from the best: 0 is the best, 3 the lowest.
    Grade(u8),
    /// A grade, by its distance from the best, that is better than another it is compared with.
    StrongGrade(u8),
    /// A grade, by its distance from the best, that is worse than another it is compared with.
    FaintGrade(u8),
    /// A tile filled with the colour of a grade.
    Tile(u8),
    /// The letter of a grade on a tile.
    TileLetter(u8),
    /// A part of a bar, in the colour of a grade; where there are no colours, in its shade.
    Segment(u8),
    /// The filled part of a bar.
    Bar,
    /// A link.
    Link,
    /// A verdict on a published figure.
    Verdict(Verdict),
    /// Spoken words, whose emphasis depends on the focus: see [`Page::emphasise`].
    Spoken(Topics),
}

/// Something that can have the focus and whose sources can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// A judgement of the selected authority.
    Judgement {
        /// The assessment, by its position in the authority.
        assessment: usize,
        /// The category, by its position in the framework.
        category: usize,
    },
    /// A quote beside a judgement.
    Quote {
        /// The assessment, by its position in the authority.
        assessment: usize,
        /// The quote, by its position in the assessment.
        quote: usize,
    },
    /// Something that a report asks to improve.
    Recommendation {
        /// The assessment, by its position in the authority.
        assessment: usize,
        /// Its position among what the report asks for.
        number: usize,
    },
    /// What else happened to the selected authority, by its position.
    Event(usize),
    /// A note on the selected authority, by its position.
    Note(usize),
    /// A step of the scale, by its position; 0 is the best.
    Step(usize),
    /// A published figure, by its position in the dataset.
    Claim(usize),
    /// A published figure of the series of overall effectiveness, by its position in the dataset.
    Published(usize),
    /// A count of our own in the national picture.
    Count(Count),
    /// A caveat of the framework, by its position.
    Caveat(usize),
    /// Something to choose, by its position in the layer.
    Choice(usize),
}

/// A piece of a line, in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text, without control characters.
    pub text: Cow<'static, str>,
    /// Its role.
    pub role: Role,
    /// The figure it belongs to.
    pub figure: Option<Figure>,
    /// The address that it links to, complete even if the text shows only a part of it.
    pub link: Option<Arc<str>>,
}

impl Span {
    /// Creates normal text that belongs to no figure.
    pub fn plain(text: Cow<'static, str>) -> Self {
        Self { text, role: Role::Plain, figure: None, link: None }
    }
}

/// One line of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its spans, from left to right.
    pub spans: Vec<Span>,
}

/// Some lines of a page.
pub type Lines = Vec<Line>;

/// The text of a pane or a layer, laid out for its width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The lines from the top.
    pub lines: Lines,
    /// The column and line of the terminal's cursor, from 0, while a line of the page is being typed.
    pub cursor: Option<(usize, usize)>,
}

impl From<Lines> for Page {
    fn from(lines: Lines) -> Self {
        Self { lines, cursor: None }
    }
}

impl Page {
    /// Returns the figures from top to bottom; a figure that spans several lines is repeated for each.
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        self.lines.iter().flat_map(Line::figures)
    }

    /// Ends the lines in view, from `first` on, with dots where they are wider than the pane.
    pub fn mark_wide(&mut self, first: usize, pane: Size) {
        let width = usize::from(pane.width);
        for line in self.lines.iter_mut().skip(first).take(usize::from(pane.height)) {
            let mut left = width;
            if line.width() <= width {
                continue;
            }
            let is_cut = line.spans.iter().position(|span| match left.checked_sub(display_width(&span.text)) {
                Some(rest) if rest > 0 => {
                    left = rest;
                    false
                }
                _ => true,
            });
            let Some(at) = is_cut else { continue };
            line.spans.truncate(at + 1);
            if let Some(span) = line.spans.last_mut() {
                let cut = truncate(&format!("{} ", span.text), left).into_owned();
                // Part of a number would be another number.
                span.text = match cut.rsplit_once(' ') {
                    Some((before, part)) if part.contains(|c: char| c.is_ascii_digit()) => format!("{before} …"),
                    _ => cut,
                }
                .into();
            }
        }
    }

    /// Ends the line before `end`, where a pane of this width ends, with dots if its sentence goes on below.
    pub fn mark_cut(&mut self, end: usize, width: usize) {
        let Some((last, below)) = end.checked_sub(1).and_then(|last| Some((last, self.lines.get(end)?))) else {
            return;
        };
        let (figures, next) = (below.figures(), below.spans.first().cloned());
        let Some(line) = self.lines.get_mut(last) else { return };
        let room = width.saturating_sub(line.width());
        let own = line.figures();
        let is_same_figure = own.iter().any(|figure| figures.contains(figure));
        let has_columns = line.spans.iter().any(|span| span.text == BETWEEN);
        let Some(span) = line.spans.last_mut().filter(|_| !has_columns) else { return };
        // A wrapped line has no space for the next word.
        let goes_on = next.is_some_and(|next| {
            let word = next.text.split(' ').next().unwrap_or_default();
            own.is_empty() && next.role == span.role && display_width(word) >= room
        });
        if is_same_figure || goes_on {
            // Whole words are dropped, because part of a number is another number.
            span.text = match room {
                0 => match span.text.rsplit_once(' ') {
                    Some((before, _)) => format!("{before} …"),
                    None => truncate(&format!("{}…", span.text), display_width(&span.text)).into_owned(),
                },
                1 => format!("{}…", span.text),
                _ => format!("{} …", span.text),
            }
            .into();
        }
    }

    /// Resolves the roles of spoken words: if a judgement has the focus and some are about it, only those are strong;
    /// otherwise all are.
    pub fn emphasise(&mut self, focus: Option<Figure>) {
        let spoken = |span: &Span| if let Role::Spoken(topics) = span.role { Some(topics) } else { None };
        let is_about = |topics: Topics| match focus {
            Some(Figure::Judgement { assessment, category }) => topics.contains(assessment, category),
            _ => true,
        };
        let has_any = self.lines.iter().flat_map(|line| &line.spans).filter_map(spoken).any(is_about);
        for span in self.lines.iter_mut().flat_map(|line| &mut line.spans) {
            if let Some(topics) = spoken(span) {
                span.role = if is_about(topics) || !has_any { Role::Strong } else { Role::Plain };
            }
        }
    }
}

/// The judgements that a quote is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topics {
    assessment: usize,
    /// One bit for each category, by its position in the framework; categories from position 64 on are ignored.
    categories: u64,
}

impl Topics {
    /// Creates topics from an assessment, by its position in the authority, and categories, by their positions in the
    /// framework.
    pub fn new(assessment: usize, categories: &[usize]) -> Self {
        Self { assessment, categories: categories.iter().fold(0, |bits, category| bits | bit(*category)) }
    }

    fn contains(self, assessment: usize, category: usize) -> bool {
        self.assessment == assessment && self.categories & bit(category) != 0
    }
}

fn bit(category: usize) -> u64 {
    u32::try_from(category).ok().and_then(|category| 1u64.checked_shl(category)).unwrap_or(0)
}

impl Line {
    /// Creates an empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a piece of text.
    #[must_use]
    pub fn with(mut self, text: impl Into<Cow<'static, str>>, role: Role) -> Self {
        self.spans.push(Span { text: text.into(), role, figure: None, link: None });
        self
    }

    /// Assigns all spans of the line to a figure.
    #[must_use]
    pub fn for_figure(mut self, figure: Figure) -> Self {
        for span in &mut self.spans {
            span.figure = Some(figure);
        }
        self
    }

    /// Returns its width in terminal columns.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| display_width(&span.text)).sum()
    }

    /// Pads the line with spaces to a width.
    #[must_use]
    pub fn padded(self, width: usize) -> Self {
        let missing = width.saturating_sub(self.width());
        if missing == 0 { self } else { self.with(spaces(missing), Role::Plain) }
    }

    /// Returns the figures on the line, from left to right, without repetition.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures: Vec<Figure> = Vec::new();
        for figure in self.spans.iter().filter_map(|s| s.figure) {
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        figures
    }

    /// Returns the column at which a figure starts.
    pub fn column_of(&self, figure: Figure) -> Option<usize> {
        let before = self.spans.iter().position(|s| s.figure == Some(figure))?;
        Some(self.spans.iter().take(before).map(|s| display_width(&s.text)).sum())
    }

    /// Returns the figure at a column.
    pub fn figure_at(&self, column: usize) -> Option<Figure> {
        let mut end = 0;
        let span = self.spans.iter().find(|span| {
            end += display_width(&span.text);
            column < end
        });
        span?.figure
    }
}

/// Returns a string of spaces.
pub fn spaces(count: usize) -> Cow<'static, str> {
    const SPACES: &str = "                                                                                ";
    SPACES.get(..count).map_or_else(|| Cow::Owned(" ".repeat(count)), Cow::Borrowed)
}

/// Wraps text to a width; each line is indented by `indent` columns and has the role.
pub fn paragraph(text: &str, width: usize, indent: usize, role: Role) -> Lines {
    let line = |range: Range<usize>| {
        let start = if indent == 0 { Line::new() } else { Line::new().with(spaces(indent), Role::Plain) };
        start.with(text.get(range).unwrap_or_default().to_owned(), role)
    };
    wrap(text, width.saturating_sub(indent)).into_iter().map(line).collect()
}

/// Wraps an address to a width, and links each line to it.
pub fn linked_paragraph(link: &str, width: usize, indent: usize) -> Lines {
    let mut lines = paragraph(link, width, indent, Role::Link);
    let link: Arc<str> = link.into();
    for span in lines.iter_mut().flat_map(|line| &mut line.spans).filter(|span| span.role == Role::Link) {
        span.link = Some(Arc::clone(&link));
    }
    lines
}

/// Wraps a text to a width; the `marked` byte ranges have the second role, the rest the first.
pub fn marked_paragraph(text: &str, width: usize, marked: &[Range<usize>], roles: (Role, Role)) -> Lines {
    wrap(text, width).into_iter().map(|range| marked_line(text, range, marked, roles)).collect()
}

/// Returns part of a text as one line; the `marked` byte ranges of the text have the second role, the rest the first.
pub fn marked_line(text: &str, part: Range<usize>, marked: &[Range<usize>], (plain, special): (Role, Role)) -> Line {
    let mut line = Line::new();
    let mut at = part.start;
    let mut put = |upto: usize, role: Role| {
        let upto = upto.clamp(at, part.end);
        if let Some(piece) = text.get(at..upto).filter(|p| !p.is_empty()) {
            let text = Cow::Owned(piece.to_owned());
            line.spans.push(Span { text, role, figure: None, link: None });
        }
        at = upto;
    };
    for range in marked {
        put(range.start, plain);
        put(range.end, special);
    }
    put(part.end, plain);
    line
}

/// What is between two pages side by side.
const BETWEEN: &str = " │ ";

/// Joins two pages side by side, the left one padded to `width` columns, with a thin line between them.
pub fn beside(left: Lines, right: Lines, width: usize) -> Lines {
    let height = left.len().max(right.len());
    let mut right = right.into_iter();
    let mut left = left.into_iter();
    let row = |_| {
        let mut line = left.next().unwrap_or_default().padded(width).with(BETWEEN, Role::Faint);
        line.spans.extend(right.next().unwrap_or_default().spans);
        line
    };
    (0..height).map(row).collect()
}

/// Draws a bar for `part`, from 0 to 1, in eighths of a column.
pub fn bar(part: f64, width: usize) -> Line {
    let eighths = rounded(part * width as f64 * 8.0);
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let filled = "█".repeat(eighths / 8) + PARTS.get(eighths % 8).unwrap_or(&"");
    let rest = "░".repeat(width.saturating_sub(display_width(&filled)));
    Line::new().with(filled, Role::Bar).with(rest, Role::Faint)
}

/// Draws a bar divided between grades, the best first, each in its own colour and shade; the rest is empty.
pub fn stacked_bar(counts: &[u32], degrees: &[u8], width: usize) -> Line {
    const SHADES: [&str; 4] = ["█", "▓", "▒", "░"];
    let all: u32 = counts.iter().sum();
    let mut line = Line::new();
    let mut so_far = 0;
    let mut drawn = 0;
    // A grade that some have is seen, however few they are.
    let mut left = counts.iter().filter(|count| **count > 0).count();
    for (count, degree) in counts.iter().zip(degrees) {
        so_far += count;
        let own = usize::from(*count > 0);
        left -= own;
        let end = rounded(crate::statistics::share(so_far, all).unwrap_or(0.0) * width as f64);
        let end = end.max(drawn + own).min(width.saturating_sub(left)).max(drawn);
        let shade = SHADES.get(usize::from(*degree)).unwrap_or(&"░");
        line = line.with(shade.repeat(end - drawn), Role::Segment(*degree));
        drawn = end;
    }
    line.padded(width)
}

fn rounded(cells: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the width of the window")]
    let cells = cells.round() as usize;
    cells
}

/// Returns the role of a judgement's sign: that of its grade, faint for an absence.
pub fn outcome_role(scale: &Scale, outcome: Outcome) -> Role {
    match outcome {
        Outcome::Grade(grade) => Role::Grade(degree(scale, grade)),
        Outcome::Absent(_) => Role::Faint,
    }
}

/// Draws a grade as squares, one for each step of the scale, filled up to the grade. Scales of more than eight steps
/// are written as a fraction.
pub fn shape(scale: &Scale, grade: Grade) -> String {
    scale.squares(grade)
}

/// Returns the figure to focus when moving up or down from `from`: on the nearest line with another figure, the one in
/// the same position on its line, or else the last. Returns the first figure if `from` is `None` or not on the page,
/// and `None` at either end.
pub fn step_line(lines: &[Line], from: Option<Figure>, is_down: bool) -> Option<Figure> {
    let mut stops: Vec<Figure> = Vec::new();
    let mut seen: HashSet<Figure> = HashSet::new();
    let column = from.map_or(0, |f| column_of(lines, f));
    for line in lines {
        let figures = line.figures();
        let stop = figures.get(column).or(figures.last()).copied();
        stops.extend(stop.filter(|f| seen.insert(*f)));
    }
    let Some(here) = from.and_then(|f| stops.iter().position(|s| *s == f)) else { return stops.first().copied() };
    let next = if is_down { here.checked_add(1) } else { here.checked_sub(1) };
    next.and_then(|n| stops.get(n)).copied()
}

/// Returns the figure to the left or right of another on the same lines.
pub fn step_column(lines: &[Line], from: Figure, is_right: bool) -> Option<Figure> {
    let mut row: Vec<Figure> = Vec::new();
    for line in lines {
        let figures = line.figures();
        if figures.contains(&from) {
            row.extend(figures.into_iter().filter(|f| !row.contains(f)).collect::<Vec<_>>());
        }
    }
    let here = row.iter().position(|f| *f == from)?;
    let next = if is_right { here.checked_add(1) } else { here.checked_sub(1) };
    next.and_then(|n| row.get(n)).copied()
}

fn column_of(lines: &[Line], figure: Figure) -> usize {
    lines.iter().find_map(|line| line.figures().iter().position(|f| *f == figure)).unwrap_or(0)
}

/// Returns the range of lines that a figure spans.
pub fn lines_of(lines: &[Line], figure: Figure) -> Option<Range<usize>> {
    let is_on = |line: &Line| line.spans.iter().any(|s| s.figure == Some(figure));
    let first = lines.iter().position(is_on)?;
    let last = lines.iter().rposition(is_on)?;
    Some(first..last + 1)
}

/// Returns the scroll offset nearest to `offset` that shows these lines; if they do not all fit, the first ones.
pub fn scroll_to(lines: Range<usize>, offset: usize, height: usize) -> usize {
    let down_to_end = offset.max(lines.end.saturating_sub(height));
    down_to_end.min(lines.start)
}

/// Returns a line of text truncated to a width.
pub fn fitted(text: &str, width: usize, role: Role) -> Line {
    Line::new().with(truncate(text, width).into_owned(), role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &Line) -> Vec<(String, Role)> {
        line.spans.iter().map(|s| (s.text.to_string(), s.role)).collect()
    }

    #[test]
    fn marks_what_is_spoken_across_line_ends() {
        let spoken = std::iter::once(8..14).collect::<Vec<_>>();
        let page = marked_paragraph("He said no and no more", 11, &spoken, (Role::Faint, Role::Plain));
        assert_eq!(words(&page[0]), [("He said ".into(), Role::Faint), ("no".into(), Role::Plain)]);
        assert_eq!(words(&page[1])[0], ("and".into(), Role::Plain));
    }

    #[test]
    fn walks_lines_and_columns() {
        let cell = |n| Line::new().with("x", Role::Plain).for_figure(Figure::Claim(n)).spans;
        let row = |a, b| Line { spans: [cell(a), cell(b)].concat() };
        let page = vec![row(0, 1), Line::new(), row(2, 3)];
        assert_eq!(step_line(&page, None, true), Some(Figure::Claim(0)));
        assert_eq!(step_line(&page, Some(Figure::Claim(1)), true), Some(Figure::Claim(3)));
        assert_eq!(step_line(&page, Some(Figure::Claim(3)), true), None);
        assert_eq!(step_column(&page, Figure::Claim(2), true), Some(Figure::Claim(3)));
        assert_eq!(step_column(&page, Figure::Claim(2), false), None);
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        assert_eq!(scroll_to(5..8, 0, 10), 0);
        assert_eq!(scroll_to(12..15, 0, 10), 5);
        assert_eq!(scroll_to(2..4, 5, 10), 2);
        assert_eq!(scroll_to(2..40, 5, 10), 2);
    }

    #[test]
    fn draws_a_grade_as_a_shape() {
        let dataset = crate::load::bundled().unwrap().dataset;
        let scale = &dataset.frameworks[0].scale;
        let drawn: Vec<_> = [4, 3, 2, 1].map(|g| (shape(scale, Grade(g)), degree(scale, Grade(g)))).into();
        assert_eq!(drawn, [("■■■■".into(), 0), ("■■■□".into(), 1), ("■■□□".into(), 2), ("■□□□".into(), 3)]);
    }
}
