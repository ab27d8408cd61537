//! The statistics page: the published figures and their distribution beside counts over the listed authorities.

use super::counts::{Counts, Earlier, flow};
use super::series::series;
use crate::app::page::bar;
use crate::app::page::{Figure, Line, Lines, Role, fitted, paragraph, spaces};
use crate::app::state::State;
use crate::dataset::{Claim, Framework, Value};
use crate::statistics::{Cell, Figures, Tally, Verdict, share};
use crate::text::{display_width, truncate};
use crate::wording;

/// The minimum width at which a category is one line, with the count over the list and the verdict.
const WIDE: usize = 58;

/// The widths of the columns of a wide line.
const LABEL: usize = 13;
const COUNT: usize = 4;
const SHARE: usize = 6;
const LISTED: usize = 11;
const VERDICT: (usize, usize) = (2, 11);

/// The statistics page.
pub struct Statistics {
    /// All its lines.
    pub lines: Lines,
    /// How many of the first lines are the table of the categories.
    pub table: usize,
}

/// Lays out the statistics page.
pub fn page(state: &State, width: usize) -> Statistics {
    let Some(framework) = state.framework() else {
        let words = "This dataset has no framework, so nothing is graded in it.";
        let lines = paragraph(words, width, 0, Role::Plain);
        return Statistics { table: lines.len(), lines };
    };
    let mut lines = Lines::new();
    let table;
    if let Some(counts) = counts(state, framework, width) {
        let warning = wording::named_only(framework, state.dataset());
        lines.extend(warning.iter().flat_map(|words| paragraph(words, width, 0, Role::Plain)));
        lines.extend(counts.table());
        table = lines.len();
        lines.extend(counts.rest());
        lines.extend(published_by_year(state, framework, width));
        lines.extend(series(state, width));
    } else {
        let published = Table { state, framework, width };
        lines.push(published.headers());
        lines.extend(published.categories());
        table = lines.len();
        lines.extend(published.whole());
    }
    lines.extend(caveats(framework, width));
    let held = format!("Held: {}.", wording::held(state.dataset(), framework));
    lines.push(Line::new());
    lines.extend(paragraph(&held, width, 0, Role::Faint));
    Statistics { lines, table }
}

/// Lays out the one or two lines that a small window has space for: how many are good or better, and of how many.
pub fn summary(state: &State, width: usize) -> Lines {
    let Some(framework) = state.framework() else { return Lines::new() };
    if let Some(counts) = counts(state, framework, width) {
        return counts.summary();
    }
    let categories = framework.categories.iter().zip(&state.national.categories);
    let words = categories.filter_map(|(category, figures)| {
        let (position, claim) = figures.good.and_then(|position| Some((position, state.claim(position)?)))?;
        let of = claim.of.map(|of| format!(" of {of}")).unwrap_or_default();
        let number = match claim.value {
            Value::Count(count) => count.to_string(),
            Value::Percent(percent) => format!("{percent}%"),
        };
        Some((Figure::Claim(position), format!("{} {number}{of}", category.short)))
    });
    flow(&framework.scale.good_words(), words.collect(), width)
}

/// Returns our own counts; `None` if there are published figures for the framework.
fn counts<'s>(state: &'s State, framework: &'s Framework, width: usize) -> Option<Counts<'s>> {
    let national = state.national_counts.as_ref()?;
    let earlier = match &state.counted.years {
        _ if state.view().holds_only_latest() => Earlier::NotHeld,
        _ if !state.series_years.is_empty() && !state.is_narrowed() => Earlier::InSeries,
        Some(years) => Earlier::Years(years),
        None => Earlier::TooMany,
    };
    let listed = state.counted.summary.as_ref();
    Some(Counts { national, listed, framework, view: state.view(), earlier, width })
}

/// Returns the published figures of single years, each with what our count says of it.
fn published_by_year(state: &State, framework: &Framework, width: usize) -> Lines {
    let claims = state.dataset().claims.iter().enumerate().filter(|(_, claim)| claim.framework.is(framework));
    let mut lines = Lines::new();
    for (position, claim) in claims {
        if lines.is_empty() {
            lines.extend([Line::new(), Line::new().with("Published figures", Role::Heading)]);
        }
        let verdict = state.national.recounts.get(position).map_or("not counted", |recount| recount.verdict.name());
        let words = format!("{}: {} {}; {verdict}", claim.round, wording::claim(claim), wording::figure(claim));
        lines.extend(
            paragraph(&words, width, 0, Role::Plain).into_iter().map(|line| line.for_figure(Figure::Claim(position))),
        );
    }
    lines
}

/// A count over the listed authorities.
enum Here {
    /// How many are listed.
    Count(usize),
    /// How many match, of those whose grade is known.
    Share(Tally),
}

impl Here {
    fn words(&self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Share(Tally { known: 0, .. }) => "none known".to_owned(),
            Self::Share(tally) => format!("{} of {}", tally.matching, tally.known),
        }
    }
}

struct Table<'a> {
    state: &'a State,
    framework: &'a Framework,
    width: usize,
}

impl<'a> Table<'a> {
    fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    /// Returns the width of one count.
    fn cell(&self) -> usize {
        if self.width >= WIDE + 5 { 5 } else { 4 }
    }

    fn cells(&self) -> usize {
        self.cell() * self.framework.scale.steps.len()
    }

    fn label(&self) -> usize {
        LABEL.min(self.width.saturating_sub(COUNT + SHARE + 2))
    }

    /// Whether there is space for the distribution beside the share.
    fn has_cells(&self) -> bool {
        self.label() + self.cells() + 2 + COUNT + SHARE <= self.width
    }

    /// Returns the column at which the bar, the count and the share start. A mark after the last count of
    /// the distribution is in the space before this column.
    fn start_of_end(&self) -> usize {
        self.label() + if self.has_cells() { self.cells() } else { 0 } + 2
    }

    /// Returns the width of everything but the bar and the verdict.
    fn others(&self) -> usize {
        self.label() + self.cells() + 2 + COUNT + SHARE + 2 + LISTED
    }

    /// Returns the width of the verdicts, which is that of their names if one of them matters and all fit.
    fn verdicts(&self) -> usize {
        let matters = |verdict| matches!(verdict, Verdict::Agrees | Verdict::Contradicts);
        let has_words = self.state.national.recounts.iter().any(|recount| matters(recount.verdict));
        let (sign, name) = VERDICT;
        if has_words && self.others() + name <= self.width { name } else { sign }
    }

    /// Returns the width of the bar, which takes the rest of the line, up to a maximum.
    fn bar(&self) -> usize {
        let width = self.width.saturating_sub(self.others() + self.verdicts()).min(28);
        if width >= 6 { width } else { 0 }
    }

    fn claim(&self, position: Option<usize>) -> Option<(usize, &Claim)> {
        position.and_then(|p| Some((p, self.state.dataset().claims.get(p)?)))
    }

    fn headers(&self) -> Line {
        let mut line = Line::new().with(spaces(self.label()), Role::Plain);
        if self.has_cells() {
            for (position, step) in self.framework.scale.steps.iter().enumerate() {
                let sign = step.sign();
                line = line.with(spaces(self.cell().saturating_sub(display_width(&sign))), Role::Plain);
                let sign = Line::new().with(sign, Role::Faint).for_figure(Figure::Step(position));
                line.spans.extend(sign.spans);
            }
        }
        line = line.with(format!("  {}", self.framework.scale.good_words()), Role::Faint);
        if self.is_wide() {
            let column = self.label() + self.cells() + 2 + self.bar() + COUNT + SHARE + 2;
            line = line.padded(column).with("listed here", Role::Faint);
        }
        line
    }

    fn categories(&self) -> Lines {
        let empty = Figures::default();
        let rows = self.framework.categories.iter().enumerate().flat_map(|(position, category)| {
            let figures = self.state.national.categories.get(position).unwrap_or(&empty);
            let tally = self.state.counted.categories.get(position).copied().unwrap_or_default();
            self.category(&category.short, figures, tally)
        });
        rows.collect()
    }

    fn category(&self, name: &str, figures: &Figures, tally: Tally) -> Lines {
        let mut line = fitted(name, self.label().saturating_sub(1), Role::Plain).padded(self.label());
        if self.has_cells() {
            let distribution = self.distribution(&figures.cells).padded(self.cells());
            line.spans.extend(distribution.spans);
        }
        self.ended(line.padded(self.start_of_end()), figures.good, &Here::Share(tally))
    }

    /// Returns the figures on all categories together, and how many authorities were assessed.
    fn whole(&self) -> Lines {
        let mut page = Lines::new();
        for position in &self.state.national.all {
            let Some((_, claim)) = self.claim(Some(*position)) else { continue };
            page.extend(self.in_words(wording::claim(claim), *position, Here::Share(self.state.counted.all)));
        }
        if let Some((position, claim)) = self.claim(self.state.national.assessed) {
            page.extend(self.in_words(
                wording::claim(claim),
                position,
                Here::Count(self.state.listing.counted().count()),
            ));
        }
        if !page.is_empty() {
            page.insert(0, Line::new());
        }
        page
    }

    fn in_words(&self, label: String, position: usize, here: Here) -> Lines {
        let width = self.label() + if self.has_cells() { self.cells() } else { 0 };
        let line = Line::new().with(truncate(&label, width).into_owned(), Role::Plain).padded(width);
        self.ended(line.padded(self.start_of_end()), Some(position), &here)
    }

    /// Returns the published counts by grade; one that covers several grades is drawn between corners.
    fn distribution(&self, cells: &[Cell]) -> Line {
        let mut line = Line::new();
        for cell in cells {
            let Some((position, claim)) = self.claim(Some(cell.claim)) else { continue };
            let number = self.number(position, claim);
            let start = cell.steps.start * self.cell();
            let text = if cell.steps.len() == 1 {
                // Marks follow the digits, so that the digits line up.
                let digits = number.trim_end_matches(['*', '!']);
                line = line.padded(start + self.cell().saturating_sub(display_width(digits)));
                number
            } else {
                line = line.padded(start + self.cell() - 2);
                format!("└{number:─^0$}┘", (cell.steps.len() - 1) * self.cell())
            };
            let figure = Line::new().with(text, Role::Plain).for_figure(Figure::Claim(position));
            line.spans.extend(figure.spans);
        }
        line
    }

    /// Returns a published number with its marks: `*` if its source does not state it, `!` if it is contradicted.
    fn number(&self, position: usize, claim: &Claim) -> String {
        let number = match claim.value {
            Value::Count(count) => count.to_string(),
            Value::Percent(percent) => format!("{percent}%"),
        };
        let is_contradicted = self.verdict(position) == Some(Verdict::Contradicts);
        format!("{number}{}{}", claim.certainty.mark(), if is_contradicted { "!" } else { "" })
    }

    fn verdict(&self, position: usize) -> Option<Verdict> {
        self.state.national.recounts.get(position).map(|r| r.verdict)
    }

    /// Completes a line with the bar, the count, the share, the count over the list, and the verdict; on a narrow page
    /// the last two are on a second line.
    fn ended(&self, mut line: Line, claim: Option<usize>, here: &Here) -> Lines {
        let claim = self.claim(claim);
        if self.is_wide() {
            line.spans.extend(self.bar_of(claim.map(|(_, c)| c)).spans);
        }
        line.spans.extend(self.count_and_share(claim).spans);
        let verdict = claim.and_then(|(position, _)| self.verdict(position));
        if self.is_wide() {
            line = line.with("  ", Role::Plain).with(format!("{:<LISTED$}", here.words()), Role::Plain);
            if let Some(verdict) = verdict {
                let has_words = matches!(verdict, Verdict::Agrees | Verdict::Contradicts);
                let words = if has_words && self.verdicts() > VERDICT.0 { verdict.name() } else { verdict.sign() };
                line = line.with(words, Role::Verdict(verdict));
            }
            return vec![line];
        }
        let mut beneath = Line::new().with("  listed here ", Role::Faint).with(here.words(), Role::Plain);
        if let Some(verdict) = verdict {
            beneath = beneath.with(" · ", Role::Faint).with(verdict.name(), Role::Verdict(verdict));
        }
        vec![line, beneath]
    }

    fn count_and_share(&self, claim: Option<(usize, &Claim)>) -> Line {
        let Some((position, claim)) = claim else {
            return Line::new().with(format!("{:>1$}", "–", COUNT), Role::Faint).padded(COUNT + SHARE);
        };
        let share = match (claim.value, claim.of) {
            (Value::Count(count), Some(of)) => wording::percent(count, of).unwrap_or_default(),
            _ => String::new(),
        };
        let number = self.number(position, claim);
        let lead = COUNT.saturating_sub(display_width(number.trim_end_matches(['*', '!'])));
        let figure = Line::new().with(number, Role::Strong).for_figure(Figure::Claim(position));
        let mut line = Line::new().with(spaces(lead), Role::Plain);
        line.spans.extend(figure.spans);
        let width = (COUNT + SHARE).saturating_sub(line.width());
        line.with(format!("{share:>width$}"), Role::Plain)
    }

    /// Returns a bar for the share of a claim; spaces if it has none.
    fn bar_of(&self, claim: Option<&Claim>) -> Line {
        let width = self.bar();
        let part = match claim.map(|c| (c.value, c.of)) {
            Some((Value::Count(count), Some(of))) => share(count, of),
            Some((Value::Percent(percent), _)) => Some((percent / 100.0).clamp(0.0, 1.0)),
            _ => None,
        };
        part.map_or_else(|| Line::new().with(spaces(width), Role::Plain), |part| bar(part, width))
    }
}

fn caveats(framework: &Framework, width: usize) -> Lines {
    let mut page = Lines::new();
    for (position, caveat) in framework.caveats.iter().enumerate() {
        if position == 0 {
            page.push(Line::new());
        }
        for (row, line) in paragraph(&caveat.text, width.saturating_sub(2), 0, Role::Faint).into_iter().enumerate() {
            let start = Line::new().with(if row == 0 { "• " } else { "  " }, Role::Faint);
            let line = if row == 0 { line.for_figure(Figure::Caveat(position)) } else { line };
            page.push(Line { spans: [start.spans, line.spans].concat() });
        }
    }
    page
}
