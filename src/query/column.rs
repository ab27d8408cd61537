//! The columns of the list: their names, cells, sort order and exported fields. Used by the list pane, the `list`
//! command, sorting, settings and exports.

use super::regions::short_region;
use super::{AuthorityId, NameOrder, View};
use crate::dataset::{Absence, AsAt, Assessment, Authority, Basis, Framework, Judgement, Outcome, Text};

/// A column of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// The name of the authority.
    #[default]
    Name,
    /// The judgement of a category, given by its position in the framework.
    Category(usize),
    /// The publication date of the assessment shown.
    Date,
    /// The region, in its usual short form.
    Region,
    /// How many judgements moved up and down since the inspection before; the list cannot be sorted by it.
    Trend,
    /// Overall effectiveness in every inspection since 2013, oldest first; the list cannot be sorted by it.
    Strip,
}

/// The content of a cell in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text: a name, the sign of a judgement, a date.
    pub text: String,
    /// The judgement, if the cell has one.
    pub outcome: Option<Outcome>,
    /// Whether it is a grade that its source does not state directly.
    pub is_marked: bool,
}

/// A column of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The header.
    pub header: String,
    /// Whether it holds numbers.
    pub is_number: bool,
}

impl Column {
    /// Returns the columns of a table for programs, the categories in the order of the framework. The date column is left out if
    /// all dates are equal, and the column of regions if none is known.
    pub fn all(view: &View) -> Vec<Self> {
        Self::with(view, (0..view.categories().len()).collect())
    }

    /// Returns the columns of a table for people, by which it can be sorted: the judgement of everything comes last of the
    /// categories.
    pub fn shown(view: &View) -> Vec<Self> {
        Self::with(view, view.framework().map(|framework| framework.shown_order()).unwrap_or_default())
    }

    fn with(view: &View, categories: Vec<usize>) -> Vec<Self> {
        let date = view.has_dates().then_some(Self::Date);
        let region = (!view.regions().is_empty()).then_some(Self::Region);
        std::iter::once(Self::Name)
            .chain(categories.into_iter().map(Self::Category))
            .chain(date)
            .chain(region)
            .collect()
    }

    /// Returns its id on the command line and in the settings; `None` if the framework has no such category.
    pub fn id(self, framework: Option<&Framework>) -> Option<&str> {
        match self {
            Self::Name => Some("authority"),
            Self::Category(position) => framework?.categories.get(position).map(|category| category.id.as_str()),
            Self::Date => Some("date"),
            Self::Region => Some("region"),
            Self::Trend | Self::Strip => None,
        }
    }

    /// Returns every name that it can be given by, starting with [`Self::id`].
    pub fn names(self, framework: Option<&Framework>) -> Vec<String> {
        match self {
            Self::Name => vec!["authority".to_owned(), "council".to_owned(), "name".to_owned()],
            Self::Category(position) => framework
                .and_then(|framework| framework.categories.get(position))
                .map(|category| Vec::from([&category.id, &category.label, &category.short].map(Text::to_string)))
                .unwrap_or_default(),
            Self::Date => vec!["date".to_owned(), "published".to_owned()],
            Self::Region => vec!["region".to_owned()],
            Self::Trend | Self::Strip => Vec::new(),
        }
    }

    /// Returns the header.
    pub fn header(self, view: &View) -> &str {
        match self {
            Self::Name => "council",
            Self::Category(position) => view.categories().get(position).map_or("", |category| category.short.as_str()),
            Self::Date => "report",
            Self::Region => "region",
            Self::Trend => "moved",
            Self::Strip => "since 2013",
        }
    }

    /// Returns the cell of an authority; empty if the authority was not assessed.
    pub fn cell(self, view: &View, id: AuthorityId, authority: &Authority) -> Cell {
        match self {
            Self::Name => Cell { text: authority.name.to_string(), ..Cell::default() },
            Self::Date => {
                let date = view.assessment(authority).and_then(|assessment| assessment.date);
                Cell { text: date.map(|date| date.month_and_year()).unwrap_or_default(), ..Cell::default() }
            }
            Self::Region => {
                let region = authority.region.as_deref().map(short_region).unwrap_or_default();
                Cell { text: region.to_owned(), ..Cell::default() }
            }
            Self::Trend => Cell { text: trend(view.trend(id)), ..Cell::default() },
            Self::Strip => Cell { text: strip(authority, view.as_at()), ..Cell::default() },
            Self::Category(position) => {
                let judgement = view.judgement(position, authority);
                let Some((judgement, framework)) = judgement.zip(view.framework()) else {
                    return Cell { text: Absence::SIGN.to_owned(), ..Cell::default() };
                };
                Cell {
                    text: framework.bare_sign(judgement),
                    outcome: Some(judgement.outcome),
                    is_marked: !judgement.mark().is_empty(),
                }
            }
        }
    }

    /// Returns the sort key of a row in this column, lowest first; absent grades and dates sort last in both
    /// directions.
    pub(super) fn order(self, view: &View, id: Option<AuthorityId>, name: NameOrder, is_reversed: bool) -> u32 {
        let directed = |value: u32| if is_reversed { value } else { u32::MAX - 1 - value };
        match self {
            Self::Trend | Self::Strip => u32::MAX,
            Self::Name if is_reversed => u32::MAX - name.0,
            Self::Name => name.0,
            Self::Date => match id.map_or(0, |id| view.date_order(id)) {
                0 => u32::MAX,
                date => directed(date),
            },
            Self::Region => match id.and_then(|id| view.region(id)).and_then(|region| u32::try_from(region).ok()) {
                None => u32::MAX,
                Some(region) if is_reversed => u32::MAX - 1 - region,
                Some(region) => region,
            },
            Self::Category(column) => {
                id.and_then(|id| view.grade(column, id)).map_or(u32::MAX, |grade| directed(u32::from(grade.0)))
            }
        }
    }

    /// Returns the exported columns for this one; a category has one for the grade's word and one for its number.
    pub fn fields(self, view: &View) -> Vec<Field> {
        let text = |header: String| Field { header, is_number: false };
        match self {
            Self::Name => vec![text("authority".to_owned())],
            Self::Date => vec![text("date".to_owned())],
            Self::Region => vec![text("region".to_owned())],
            Self::Trend | Self::Strip => Vec::new(),
            Self::Category(position) => {
                let Some(category) = view.categories().get(position) else { return Vec::new() };
                let id = &category.id;
                let number = view.framework().map(|framework| framework.scale.number_header()).unwrap_or_default();
                let mut fields = vec![text(id.to_string())];
                fields.push(Field { header: format!("{id} {number}"), is_number: true });
                fields.push(text(format!("{id} certainty")));
                if view.has_dates() {
                    fields.push(text(format!("{id} movement")));
                    fields.extend(category.redefined.as_ref().map(|_| text(format!("{id} movement from"))));
                }
                fields
            }
        }
    }

    /// Returns the values of an authority for [`Self::fields`]; empty strings if there is nothing.
    pub fn values(self, view: &View, id: AuthorityId, authority: &Authority) -> Vec<String> {
        let position = match self {
            Self::Name => return vec![authority.name.to_string()],
            Self::Date => {
                let date = view.assessment(authority).and_then(|assessment| assessment.date);
                return vec![date.map(|date| date.iso()).unwrap_or_default()];
            }
            Self::Region => return vec![authority.region.as_deref().unwrap_or_default().to_owned()],
            Self::Trend | Self::Strip => return Vec::new(),
            Self::Category(position) => position,
        };
        let Some(category) = view.categories().get(position) else { return Vec::new() };
        let judgement = view.judgement(position, authority);
        let step = judgement.and_then(|judgement| view.framework()?.scale.step(judgement.grade()?));
        let absence = view.absence(position, id).map(|absence| absence.words().to_owned());
        let mut values = vec![
            step.map(|step| step.word.to_string()).or(absence).unwrap_or_default(),
            step.map(|step| step.grade.0.to_string()).unwrap_or_default(),
            judgement.and_then(Judgement::certainty_name).unwrap_or_default().to_owned(),
        ];
        if view.has_dates() {
            let movement = view.movement(position, id);
            values.push(movement.map(|movement| movement.name().to_owned()).unwrap_or_default());
            let from = movement.and_then(|movement| category.moved_from(movement)).unwrap_or_default();
            values.extend(category.redefined.as_ref().map(|_| from.to_owned()));
        }
        values
    }
}

/// Writes how many judgements moved up and down: "↑4", "↓2", "↑1↓2"; empty if none did.
pub fn trend((up, down): (usize, usize)) -> String {
    let part = |sign: char, count: usize| if count > 0 { format!("{sign}{count}") } else { String::new() };
    part('↑', up) + &part('↓', down)
}

/// Returns the grades for overall effectiveness in the inspections of SIF and ILACS that count as at a day, oldest first,
/// with a bar before those of ILACS: `R R│G G`. Empty without any.
pub fn strip(authority: &Authority, as_at: Option<AsAt>) -> String {
    let basis = as_at.map_or(Basis::default(), |as_at| as_at.basis);
    let counted = authority.assessments.iter().filter(|a| a.framework.is_in_series() && a.counts_as_at(as_at));
    let mut inspections: Vec<&Assessment> = counted.collect();
    inspections.sort_by_key(|assessment| assessment.order_day_on(basis));
    let mut text = String::new();
    let mut before: Option<&Framework> = None;
    for assessment in inspections {
        let framework = assessment.framework.as_ref();
        let judgement = framework.overall_position().and_then(|at| assessment.judgements.get(at));
        let Some(judgement) = judgement else { continue };
        // What is after the bar is of the framework in force, also without anything before it.
        text.push_str(match before {
            None if framework.until.is_none() => "│",
            None => "",
            Some(before) if before.is(framework) => " ",
            Some(_) => "│",
        });
        text.push_str(&framework.bare_sign(judgement));
        before = Some(framework);
    }
    text
}
