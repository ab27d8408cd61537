//! The layer of what inspectors asked to improve: of a council whose page is open, else over the councils listed.

use super::shares::{headers, rows};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::focused::Focused;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, outcome_role, paragraph};
use crate::dataset::{CodeKind, Framework};
use crate::layout::Pane;
use crate::query::{AuthorityId, Filter, Listing};
use crate::statistics::{Asked as AskedOf, CodeCount, asked_of, earlier_day, neighbours_asked, recommended};
use crate::tables::{self, fit};
use crate::text::{display_width, plural};
use crate::wording;

/// What inspectors asked to improve; `Enter` lists the councils that were asked about a subject, or opens a neighbour.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The council; `None` for those listed.
    council: Option<AuthorityId>,
}

impl Content for Asked {
    fn open(state: &Model, focused: &Focused) -> Option<Self> {
        Some(Self { council: focused.page.or_else(|| state.listing.id(0).filter(|_| state.listing.len() == 1)) })
    }

    fn title(&self) -> &'static str {
        "Asked to improve"
    }

    fn context(&self) -> Context {
        Context::Asked
    }

    fn is_wide(&self) -> bool {
        true
    }

    fn text(&self, state: &Model) -> Option<String> {
        let framework = state.framework()?;
        let as_at = state.view().as_at();
        let lines = match self.council.and_then(|id| state.listing.authority(id)) {
            Some(authority) => {
                let newest = asked_of(authority, framework, as_at).into_iter().filter(|row| row.is_newest);
                let again = |is_again: bool| if is_again { "again" } else { "" };
                newest.map(|row| format!("{}\t{}", row.recommendation.words, again(row.is_again))).collect()
            }
            None => {
                let listing = whole(state);
                let counts = recommended(&listing, CodeKind::Subject).into_iter();
                counts
                    .map(|one| format!("{}\t{}\t{}", one.code.label, one.asked.matching, one.asked.known))
                    .collect::<Vec<_>>()
            }
        };
        Some(lines.join("\n"))
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let Some(framework) = state.framework().filter(|framework| state.dataset().has_recommendations(framework))
        else {
            let words =
                "What inspectors asked to improve is known of the inspections since 2018, which are on the first tab.";
            return paragraph(words, width, 0, Role::Plain).into();
        };
        let page = match self.council {
            Some(id) => of_council(state, framework, id, width),
            None => of_all(state, framework, width),
        };
        page.into()
    }

    /// Returns the neighbours named on the page of a council, in the order of the page.
    fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        let (Some(id), Some(framework)) = (self.council, state.framework()) else { return Vec::new() };
        let Some(authority) = state.listing.authority(id) else { return Vec::new() };
        let newest = asked_of(authority, framework, state.view().as_at()).into_iter().filter(|row| row.is_newest);
        let named = newest.flat_map(|row| neighbours_asked(&state.listing, authority, &row));
        named.map(|neighbour| neighbour.id).collect()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        let (Action::Open, Some(Figure::Choice(number)), None) = (action, focus, self.council) else {
            return Handled::No;
        };
        let listing = whole(state);
        let codes = [CodeKind::Subject, CodeKind::Practice].into_iter().flat_map(|kind| recommended(&listing, kind));
        let Some(count) = codes.into_iter().nth(number) else { return Handled::No };
        let filter = Filter { asked: vec![count.code.id.to_string()], ..state.listing.filter().clone() };
        state.go_to_pane(Pane::List);
        state.set_filter(filter);
        Handled::Close(None)
    }
}

impl Asked {
    /// Returns the council that it is about, with its name; `None` if it is about all that are listed.
    pub fn council(&self, model: &Model) -> Option<(AuthorityId, String)> {
        let id = self.council?;
        Some((id, model.listing.authority(id)?.name.to_string()))
    }
}

/// Returns the councils listed, whatever they were asked: a filter by that would be narrowed by each subject.
fn whole(state: &Model) -> Listing {
    let filter = Filter { asked: Vec::new(), ..state.listing.filter().clone() };
    state.listing.filtered(state.view().as_at(), filter)
}

/// Returns how many of the councils listed were asked about each subject, then about each practice.
fn of_all(state: &Model, framework: &Framework, width: usize) -> Lines {
    let listing = whole(state);
    let subjects = recommended(&listing, CodeKind::Subject);
    let practices = recommended(&listing, CodeKind::Practice);
    let most = |counts: &[CodeCount]| {
        let first = counts.first().map(|count| {
            let (code, asked) = (count.code.label.to_lowercase(), count.asked);
            format!("{code}, {} of {}", asked.matching, asked.known)
        });
        first.unwrap_or_else(|| "nothing".to_owned())
    };
    let answer = format!(
        "Of the councils whose newest report lists what to improve, the largest number were asked about the subject {}; \
         about the practice {}.",
        most(&subjects),
        most(&practices)
    );
    let mut page = paragraph(&answer, width, 0, Role::Strong);
    let mut number = 0;
    for (kind, counts) in [(CodeKind::Subject, &subjects), (CodeKind::Practice, &practices)] {
        let table = tables::codes(framework, kind, counts);
        let fitted = fit(&table, width, None);
        page.extend([Line::new(), headers(&fitted, None)]);
        let order: Vec<usize> = (0..counts.len()).collect();
        page.extend(rows(&table, &fitted, &order, number, width));
        number += counts.len();
    }
    page.push(Line::new());
    let five = earlier_day(&listing).map(|day| format!(" Five years earlier: by {day}.")).unwrap_or_default();
    let words = format!(
        "Councils listed whose newest report asks for it, of those whose report lists what needs to improve; by the grade of \
         the judgement that it bears on, in each of which a council counts once.{five} Before too: of those asked whose report before lists what needs to improve. {}.",
        wording::OUR_WORDS
    );
    page.extend(paragraph(&words, width, 0, Role::Faint));
    page
}

/// Returns what the newest report asks of a council, and which of its neighbours were asked the same.
fn of_council(state: &Model, framework: &Framework, id: AuthorityId, width: usize) -> Lines {
    let Some(authority) = state.listing.authority(id) else { return Lines::new() };
    let newest: Vec<AskedOf<'_>> =
        asked_of(authority, framework, state.view().as_at()).into_iter().filter(|row| row.is_newest).collect();
    let again = newest.iter().filter(|row| row.is_again).count();
    let date =
        newest.first().and_then(|row| row.assessment.date).map(|date| format!(", report {date}")).unwrap_or_default();
    let answer = match newest.len() {
        0 => format!("What {} was asked to improve is not known.", authority.name),
        count => {
            format!("{}: {}{date}, {again} of them asked before too.", authority.name, plural(count, "area", "areas"))
        }
    };
    let mut page = paragraph(&answer, width, 0, Role::Strong);
    let mut number = 0;
    for row in &newest {
        page.push(Line::new());
        page.extend(paragraph(&row.recommendation.words, width, 0, Role::Plain));
        let judgement = row.judgement().map(|judgement| wording::judgement(framework, judgement)).unwrap_or_default();
        let category = framework.categories.get(row.category()).map_or("", |category| category.short.as_str());
        let again = if row.is_again { "asked before too; " } else { "" };
        let about = wording::codes(row.recommendation);
        page.extend(paragraph(&format!("{again}{about}; {category}: {judgement}"), width, 2, Role::Faint));
        let neighbours = neighbours_asked(&state.listing, authority, row);
        page.extend(named(framework, &neighbours, &mut number, width));
    }
    page.push(Line::new());
    let model = authority.neighbours.as_ref().map(|model| {
        format!(
            "Statistical neighbours, by {}, each with the letter of its newest grade. ",
            wording::neighbour_model(model)
        )
    });
    let words = format!("{}{}. {}.", model.unwrap_or_default(), wording::AGAIN, wording::OUR_WORDS);
    page.extend(paragraph(&words, width, 0, Role::Faint));
    page
}

/// The columns of a letter after a name.
const LETTER: usize = 2;

/// Where the names of neighbours begin if they do not fit beside the words before them.
const INDENT: usize = 4;

/// Names the neighbours that were asked the same, each a choice, those with the best grades first.
fn named(
    framework: &Framework,
    neighbours: &[crate::statistics::NeighbourAsked<'_>],
    number: &mut usize,
    width: usize,
) -> Lines {
    let lead = "neighbours asked the same, with their grade: ";
    let mut lines = Lines::new();
    let mut line = Line::new().with("  ", Role::Plain).with(lead, Role::Faint);
    let names = neighbours.iter().map(|neighbour| display_width(&neighbour.authority.name));
    let has_room = line.width() + names.max().unwrap_or(0) + LETTER <= width;
    if !has_room && !neighbours.is_empty() {
        lines.push(std::mem::take(&mut line));
        line = Line::new().padded(INDENT);
    }
    let start = line.width();
    for neighbour in neighbours {
        let role = outcome_role(&framework.scale, neighbour.judgement.outcome);
        let name =
            Line::new().with(neighbour.authority.name.to_string(), Role::Plain).for_figure(Figure::Choice(*number));
        let name = Line { spans: name.spans }.with(format!(" {}", framework.bare_sign(neighbour.judgement)), role);
        if line.width() + 2 + name.width() > width && line.width() > start {
            lines.push(std::mem::take(&mut line));
            line = Line::new().padded(start);
        }
        line.spans.extend(name.with("  ", Role::Plain).spans);
        *number += 1;
    }
    if !neighbours.is_empty() {
        lines.push(line);
    }
    lines
}
