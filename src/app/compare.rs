//! Authorities side by side: the marked ones, or one with its statistical neighbours and its region.

use super::page::{Line, Page, Role, owned_paragraph};
use super::{Action, App};
use crate::dataset::{Authority, Outcome};
use crate::statistics::Tally;
use crate::text::{display_width, truncate};
use crate::wording;

/// The room of a name, at the most.
const NAME: usize = 36;

/// The room of a day: `2025-05-09`, and two spaces.
const DATE: usize = 12;

impl App {
    /// Marks the selected authority for a comparison, or takes the mark away; goes to the next row.
    pub(super) fn mark(&mut self) {
        let Some(place) = self.selected_position() else { return };
        match self.marks.iter().position(|held| *held == place) {
            Some(position) => drop(self.marks.remove(position)),
            None => self.marks.push(place),
        }
        self.move_selection(super::Motion::Down);
    }

    /// Whether an authority, by its place in the dataset, is marked.
    pub(crate) fn is_marked(&self, place: usize) -> bool {
        self.marks.contains(&place)
    }

    fn with_la(&self, la: &str) -> Option<&Authority> {
        self.loaded.dataset.authorities.iter().find(|a| a.codes.la.as_deref() == Some(la))
    }
}

/// The marked authorities, in the order of their marks.
pub fn marked_page(app: &App, width: usize) -> Page<'_> {
    let marked: Vec<&Authority> =
        app.marks.iter().filter_map(|place| app.loaded.dataset.authorities.get(*place)).collect();
    if marked.is_empty() {
        let words = format!("None is marked. {} in the list marks an authority.", app.key(Action::Mark));
        return owned_paragraph(&words, width, 0, Role::Plain);
    }
    let table = Table { app, width };
    let mut page = vec![table.head()];
    page.extend(marked.into_iter().map(|authority| table.row(authority, Role::Plain)));
    page.push(Line::new());
    page.extend(table.foot());
    page
}

/// The selected authority above its statistical neighbours, then its region.
pub fn neighbours_page(app: &App, width: usize) -> Page<'_> {
    let Some(authority) = app.selected() else {
        return owned_paragraph("No authority is selected.", width, 0, Role::Plain);
    };
    let table = Table { app, width };
    let mut page = vec![table.head(), table.row(authority, Role::Strong)];
    match &authority.neighbours {
        Some(neighbours) => {
            let source = &neighbours.source;
            let date = source.date.map(|d| format!(", {d}")).unwrap_or_default();
            let note = source.note.iter().map(|n| format!(" ({n})")).collect::<String>();
            let model = format!("{} authorities most like it: {}{date}{note}", neighbours.la_codes.len(), source.title);
            page.push(Line::new());
            page.extend(owned_paragraph(&model, width, 0, Role::Heading));
            for la in &neighbours.la_codes {
                page.push(match app.with_la(la) {
                    Some(neighbour) => table.row(neighbour, Role::Plain),
                    None => Line::new().with(format!("number {la}: not in these data"), Role::Faint),
                });
            }
        }
        None => {
            page.push(Line::new());
            let words = "These data name no statistical neighbours; an ILACS overview (XLSX) does.";
            page.extend(owned_paragraph(words, width, 0, Role::Faint));
        }
    }
    page.extend(table.region(authority));
    page.push(Line::new());
    page.extend(table.foot());
    page
}

struct Table<'a> {
    app: &'a App,
    width: usize,
}

impl<'a> Table<'a> {
    fn cell(&self) -> usize {
        let longest = self.app.view.categories().iter().map(|c| display_width(&c.short)).max().unwrap_or(0) + 2;
        let count = self.app.view.categories().len().max(1);
        longest.min(self.width.saturating_sub(DATE + 12) / count).max(3)
    }

    fn name(&self) -> usize {
        let others = DATE + self.cell() * self.app.view.categories().len();
        self.width.saturating_sub(others).clamp(8, NAME)
    }

    fn head(&self) -> Line<'a> {
        let mut line = Line::new().with("authority", Role::Faint).padded(self.name());
        line = line.with("published", Role::Faint).padded(self.name() + DATE);
        for (column, category) in self.app.view.categories().iter().enumerate() {
            line = line.with(truncate(&category.short, self.cell() - 1).into_owned(), Role::Faint);
            line = line.padded(self.name() + DATE + self.cell() * (column + 1));
        }
        line
    }

    fn row(&self, authority: &'a Authority, role: Role) -> Line<'a> {
        let view = &self.app.view;
        let mut line = Line::new().with(truncate(&authority.name, self.name() - 1), role).padded(self.name());
        let Some(assessment) = view.assessment(authority) else {
            let framework = view.framework().map_or("any framework", |f| f.short.as_str());
            return line.with(format!("no assessment under {framework} is held"), Role::Faint);
        };
        let date = assessment.date.map(|d| d.iso()).unwrap_or_default();
        line = line.with(date, Role::Plain).padded(self.name() + DATE);
        for (column, judgement) in assessment.judgements.iter().enumerate() {
            let sign = assessment.framework.sign(judgement);
            let movement = view.movement(column, authority).map_or("", |m| m.sign());
            let role = match judgement.outcome {
                Outcome::Grade(grade) => Role::Grade(super::degree(&assessment.framework.scale, grade)),
                Outcome::Absent(_) => Role::Faint,
            };
            line = line.with(sign, role).with(movement, Role::Plain);
            line = line.padded(self.name() + DATE + self.cell() * (column + 1));
        }
        line
    }

    /// Good or better in the region of an authority, of those known.
    fn region(&self, authority: &Authority) -> Page<'a> {
        let Some(region) = &authority.region else { return Page::new() };
        let view = &self.app.view;
        let mut tallies = vec![Tally::default(); view.categories().len()];
        for (place, other) in self.app.loaded.dataset.authorities.iter().enumerate() {
            if other.region.as_ref() != Some(region) {
                continue;
            }
            for (column, tally) in tallies.iter_mut().enumerate() {
                let scale = view.framework().map(|f| &f.scale);
                tally.add(view.grade(column, place).and_then(|g| Some(scale?.is_good(g))));
            }
        }
        let mut page =
            vec![Line::new(), Line::new().with(format!("{region}: good or better, of those known"), Role::Heading)];
        for (category, tally) in view.categories().iter().zip(tallies) {
            let share = super::words::percent(tally.matching, tally.known).unwrap_or_default();
            let line = Line::new().with(truncate(&category.label, NAME - 1), Role::Plain).padded(NAME);
            page.push(line.with(format!("{} of {}  {share}", tally.matching, tally.known), Role::Plain));
        }
        page
    }

    fn foot(&self) -> Page<'a> {
        let view = &self.app.view;
        let framework = view.framework().map(|f| f.title.clone()).unwrap_or_default();
        let as_at = view.as_at().map(|d| format!(", as at {d}")).unwrap_or_default();
        let movement = match view.holds_only_latest() {
            true => wording::NO_MOVEMENT.to_owned(),
            false => wording::movement_legend(view.framework().map(AsRef::as_ref)),
        };
        let words = format!("{framework}{as_at}. {movement}");
        owned_paragraph(&words, self.width, 0, Role::Faint)
    }
}
