//! `scrutineer site`: the record as pages that link to each other, with a search that needs no server.

mod places;

use std::io;

use maud::{Markup, html};

use self::places::Places;
use super::areas::Areas;
use super::html::{Around, chip, markup, page, table_page};
use super::map::MapAnswer;
use super::palette;
use super::show::Show;
use super::stats::Stats;
use crate::dataset::{Assessment, Authority, CodeKind, Framework};
use crate::query::{AuthorityId, Column, Filter, Listing};
use crate::statistics::{MapView, OnMap, Shown, Tile, asked, degree, recommended, summary, years};
use crate::tables::{self, Table};
use crate::text::capitalized;
use crate::wording;

/// The parts of the site, which every page links to.
const PARTS: [(&str, &str); 4] =
    [("Councils", "index.html"), ("England", "england.html"), ("Asked to improve", "asked.html"), ("Map", "map.html")];

/// The record of a listing as a site.
pub struct Site<'a> {
    listing: &'a Listing,
    places: Places,
}

/// Takes a file of the site: its path within the folder, with `/` between its parts, and its text.
type Put<'p> = &'p mut dyn FnMut(&str, &str) -> io::Result<()>;

impl<'a> Site<'a> {
    /// Creates the site of a listing, which decides the framework.
    pub fn new(listing: &'a Listing) -> Self {
        Self { listing, places: Places::new(listing.dataset()) }
    }

    /// Writes every file.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, put: Put<'_>) -> io::Result<()> {
        put("style.css", &format!("{}{}{}", palette::properties(), super::html::STYLE, include_str!("site.css")))?;
        put("search.js", &format!("const INDEX = {};\n{}", self.index(), include_str!("search.js")))?;
        self.put(put, "index.html", "Services for children: how councils are graded", &self.councils())?;
        self.put(put, "england.html", "England", &self.england())?;
        for region in self.listing.view().regions() {
            self.put(put, &self.places.region(region), region, &self.region(region))?;
        }
        self.write_asked(put)?;
        self.write_maps(put)?;
        for (at, authority) in self.listing.dataset().authorities.iter().enumerate() {
            let to = |id| Some(format!("../{}", self.places.council(id)?));
            let show = Show { dataset: self.listing.dataset(), authority };
            let Some(path) = self.places.council(AuthorityId(at)) else { continue };
            self.put(put, path, &authority.name, &show.page(&to))?;
        }
        Ok(())
    }

    /// Writes a page at a path.
    fn put(&self, put: Put<'_>, path: &str, title: &str, body: &Markup) -> io::Result<()> {
        // Pages of councils, regions and subjects are in a folder of their own.
        let root = if path.contains('/') { "../" } else { "" };
        let around = Around {
            head: html! {
                link rel="stylesheet" href=(format!("{root}style.css"));
                script src=(format!("{root}search.js")) defer {}
            },
            before: html! {
                header.site {
                    nav aria-label="Site" {
                        @for (name, part) in PARTS {
                            a href=(format!("{root}{part}")) aria-current=[(part == path).then_some("page")] { (name) }
                        }
                    }
                    form role="search" hidden {
                        label { "Find a council " input type="search" autocomplete="off"; }
                        " " button { "Open" }
                        div.found hidden { p role="status" {} ul {} }
                    }
                }
            },
        };
        put(path, &page(title, &around, body).into_string())
    }

    /// Returns the page of a council of the data.
    fn page_of(&self, authority: &Authority) -> Option<&str> {
        let position = self.listing.dataset().authorities.iter().position(|one| std::ptr::eq(one, authority))?;
        self.places.council(AuthorityId(position))
    }

    /// Returns what the search looks in: name, page, region, and other names and codes of each council.
    fn index(&self) -> String {
        let authorities = self.listing.dataset().authorities.iter().enumerate();
        let entry = |(at, authority): (usize, &Authority)| {
            let codes = authority.codes.named().map(|(_, code)| code.to_owned());
            let others: Vec<String> = authority.aliases.iter().map(|alias| alias.to_string()).chain(codes).collect();
            let region = authority.region.as_deref().unwrap_or_default();
            Some((
                authority.name.to_string(),
                self.places.council(AuthorityId(at))?,
                region.to_owned(),
                others.join(" "),
            ))
        };
        let index: Vec<_> = authorities.filter_map(entry).collect();
        serde_json::to_string(&index).unwrap_or_else(|_| "[]".to_owned())
    }

    fn framework(&self) -> Option<&'a Framework> {
        self.listing.view().framework().map(AsRef::as_ref)
    }

    /// Returns the first page: every council with its grades, then those that are no more.
    fn councils(&self) -> Markup {
        let ended = self.listing.dataset().authorities.iter().enumerate().filter(|(_, one)| one.until.is_some());
        let ended: Vec<(usize, &Authority)> = ended.collect();
        let about = super::about::About::shown(self.listing);
        html! {
            p { "What inspectors found, what officials answered, what had to improve, what ministers did: every figure with its source, on the page of the council." }
            @for note in about.notes() { p.faint { (note) } }
            (self.grades(self.listing, ""))
            @if !ended.is_empty() {
                h2 { "Councils that are no more" }
                ul {
                    @for (at, authority) in &ended {
                        li {
                            a href=[self.places.council(AuthorityId(*at))] { (authority.name) }
                            @if let Some(words) = wording::ended(authority) { ": " (words) }
                        }
                    }
                }
            }
        }
    }

    /// Returns the table of councils with their grades.
    fn grades(&self, listing: &Listing, root: &str) -> Markup {
        let Some(framework) = self.framework() else { return html! {} };
        let view = listing.view();
        let has_moved = !framework.is_named_only && !view.holds_only_latest();
        let categories: Vec<_> =
            framework.shown_order().into_iter().filter_map(|at| Some((at, framework.categories.get(at)?))).collect();
        html! {
            section.wide aria-label="Grades of the councils" tabindex="0" {
                table {
                    caption { (framework.title) ", the newest inspection of each council. A letter in italics: worked out or collected by others, not from the report itself." }
                    thead {
                        tr {
                            th scope="col" { "Council" }
                            @for (_, category) in &categories { th scope="col" { (category.short) } }
                            @if has_moved { th scope="col" { "Moved" } }
                            th scope="col" { "Report" }
                            th scope="col" { "Region" }
                        }
                    }
                    tbody {
                        @for (id, authority) in listing.ids().filter_map(|id| Some((id, listing.authority(id)?))) {
                            @let assessment = view.assessment(authority);
                            tr {
                                th scope="row" { a href=[self.places.council(id).map(|path| format!("{root}{path}"))] { (authority.name) } }
                                @for (at, _) in &categories { td { (grade(assessment, *at)) } }
                                @if has_moved { td { (Column::Trend.cell(view, id, authority).text) } }
                                td { @if let Some(date) = assessment.and_then(|one| one.date) { time datetime=(date.iso()) { (date) } } }
                                td { @if let Some(region) = &authority.region { a href=(format!("{root}{}", self.places.region(region))) { (region) } } }
                            }
                        }
                    }
                }
            }
            p.faint {
                "Best first: " (legend(framework)) "."
                @if has_moved { " Moved: how many judgements went up or down since the inspection before." }
            }
        }
    }

    /// Returns how all councils of England do, by judgement, by region and by year, beside what was published.
    fn england(&self) -> Markup {
        let Some(framework) = self.framework() else { return html! {} };
        let stats = Stats(self.listing);
        let summary = summary(self.listing);
        let counts = stats.counts(framework, &summary);
        let by_year = years(self.listing, Some(framework));
        let series = stats.series();
        let rows = series.rows();
        let regions = stats.region_table(framework, &summary);
        let link = |at: usize| Some(self.places.region(summary.regions.get(at)?.name.as_deref()?));
        // The columns between the name and the remark are the judgements.
        let judged = framework.shown_order().into_iter().map(|category| category + 1);
        let order = std::iter::once(0).chain(judged).chain([framework.categories.len() + 1]).collect();
        let regions = Table { link: Box::new(link), ..regions.arranged(order) };
        let years = stats.years(Some(framework), &by_year);
        html! {
            (table_page(&overall_last(framework, counts.table())))
            (markup(&regions))
            (markup(&years.table().in_words()))
            @if !rows.is_empty() { (table_page(&series.table(&rows).in_words())) }
        }
    }

    fn region(&self, region: &str) -> Markup {
        let filter = Filter { regions: vec![region.to_owned()], ..Filter::default() };
        let listing = self.listing.filtered(None, filter);
        let Some(framework) = self.framework() else { return html! {} };
        let summary = summary(&listing);
        let counts = tables::counts(framework, &summary, !listing.view().holds_only_latest());
        html! {
            (markup(&overall_last(framework, counts)))
            (self.grades(&listing, "../"))
            @for note in super::about::About::shown(&listing).notes() { p.faint { (note) } }
            @if let Some(note) = wording::named_only(framework, self.listing.dataset()) { p.faint { (note) } }
        }
    }

    /// Writes what inspectors asked to improve: by subject and by practice, and a page for each of them.
    fn write_asked(&self, put: Put<'_>) -> io::Result<()> {
        let areas = Areas(self.listing);
        let Some(framework) =
            self.framework().filter(|framework| self.listing.dataset().has_recommendations(framework))
        else {
            let body = html! { p { "The data do not say what inspectors asked to improve." } };
            return self.put(put, "asked.html", "Asked to improve", &body);
        };
        let mut body = Vec::new();
        for kind in [CodeKind::Subject, CodeKind::Practice] {
            let counts = recommended(self.listing, kind);
            let link = |at: usize| Some(self.places.code(&counts.get(at)?.code.id));
            let table = areas.code_table(framework, kind, &counts);
            let title = format!("{}, by {}", table.title, kind.name());
            let table = Table { link: Box::new(link), title, ..table };
            body.push(table_page(&table));
            body.push(html! { figure { (areas.themes(kind).image()) } });
        }
        self.put(put, "asked.html", "Asked to improve", &html! { @for part in &body { (part) } })?;
        for code in &self.listing.dataset().codes {
            let rows = asked(self.listing, Some(&code.id));
            let link = |at: usize| Some(format!("../{}", self.page_of(rows.get(at)?.authority)?));
            let table = Table { link: Box::new(link), ..areas.asked_table(Some(code), &rows) };
            let title = format!("Asked to improve: {}", code.label);
            self.put(put, &self.places.code(&code.id), &title, &table_page(&table))?;
        }
        Ok(())
    }

    /// Writes a map for each judgement; the first is that of the part "Map".
    fn write_maps(&self, put: Put<'_>) -> io::Result<()> {
        let order = self.framework().map(|framework| framework.shown_order()).unwrap_or_default();
        for (number, category) in order.iter().enumerate() {
            let view = MapView::new(self.listing, Shown::Category(*category), None);
            let map = MapAnswer { listing: self.listing, view: &view };
            self.put(put, &map_path(number), &map.title(), &self.map(&map, &order, *category))?;
        }
        if order.is_empty() {
            let body = html! { p { "The data have no grades to put on a map." } };
            self.put(put, &map_path(0), "Map", &body)?;
        }
        Ok(())
    }

    fn map(&self, map: &MapAnswer<'_>, order: &[usize], shown: usize) -> Markup {
        let Some(framework) = self.framework() else { return html! {} };
        let others = order
            .iter()
            .enumerate()
            .filter_map(|(at, position)| Some((at, position, framework.categories.get(*position)?)));
        html! {
            nav aria-label="Judgements" {
                ul.legend {
                    @for (number, position, category) in others {
                        li {
                            @if *position == shown { b { (category.short) } }
                            @else { a href=(map_path(number)) { (category.short) } }
                        }
                    }
                }
            }
            ul.legend {
                @for (sign, word, count, degree) in map.counts() {
                    li { span class=(format!("grade {}", colour(degree))) { (sign) } " " (word) ": " (count) }
                }
            }
            ul.tiles {
                @for (tile, authority, of) in map.tiles() { (self.tile(map.view, &tile, authority, &of)) }
            }
            @for note in map.notes() { p.faint { (note) } }
        }
    }

    fn tile(&self, view: &MapView, tile: &Tile, authority: &Authority, of: &OnMap<'_>) -> Markup {
        let judged = of.assessment.zip(of.judgement());
        let degree =
            judged.and_then(|((_, framework, _), judgement)| Some(degree(&framework.scale, judgement.grade()?)));
        let sign = judged.map_or("–".to_owned(), |((_, framework, _), judgement)| framework.bare_sign(judgement));
        let grade = judged.map_or_else(
            || wording::without_assessment_by_then(view),
            |((_, framework, _), judgement)| wording::judgement(framework, judgement),
        );
        let place = format!("grid-column: {}; grid-row: {}", tile.column + 1, tile.row + 1);
        let words = format!("{}: {grade}", authority.name);
        html! {
            li style=(place) {
                a class=(colour(degree)) title=(words) href=[self.page_of(authority)] {
                    span aria-hidden="true" { b { (sign) } (tile.short) }
                    span.hidden { (words) }
                }
            }
        }
    }
}

/// Returns a table of the categories in the order in which people see them.
fn overall_last<'t>(framework: &'t Framework, table: Table<'t>) -> Table<'t> {
    let (order, row) = (framework.shown_order(), table.row);
    Table { row: Box::new(move |at| order.get(at).map(|position| row(*position)).unwrap_or_default()), ..table }
}

fn map_path(number: usize) -> String {
    if number == 0 { "map.html".to_owned() } else { format!("map-{}.html", number + 1) }
}

/// Returns the class of the colour of a grade, by its distance from the best.
fn colour(degree: Option<u8>) -> &'static str {
    degree.and_then(|degree| palette::GRADES.get(usize::from(degree))).map_or("absent", |colour| colour.name)
}

fn grade(assessment: Option<&Assessment>, category: usize) -> Markup {
    html! {
        @if let Some((one, judgement)) = assessment.and_then(|one| Some((one, one.judgements.get(category)?))) {
            (chip(&one.framework, judgement))
        }
    }
}

fn legend(framework: &Framework) -> String {
    let steps = framework.scale.steps.iter().map(|step| format!("{} {}", step.sign(), step.word.to_lowercase()));
    capitalized(&steps.collect::<Vec<_>>().join(", "))
}
