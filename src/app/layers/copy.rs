//! The copy menu: a row, a sentence, a link or a command line.

use std::ops::Deref;

use super::{Content, Handled};
use crate::app::action::{Action, Copied, Effect};
use crate::app::counting::counted;
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::Page;
use crate::app::page::{Figure, Line, Lines, Role, paragraph};
use crate::dataset::{AsAt, Assessment, Authority, Basis, Certainty, Evidence, Framework, Outcome, Quote};
use crate::query::{Direction, Sort};
use crate::statistics::{Count, Shown};
use crate::text::{clean, harmless};
use crate::wording;

/// What can be copied, in the order of the menu, each with its key and its name.
const MENU: [(Copied, &str, &str); 4] = [
    (Copied::Row, "r", "row or table"),
    (Copied::Sentence, "s", "sentence"),
    (Copied::Link, "l", "link"),
    (Copied::CommandLine, "c", "command line"),
];

/// The menu, which shows for each entry the text that it would copy.
#[derive(Debug, Clone)]
pub struct CopyMenu(Box<Focused>);

impl Content for CopyMenu {
    fn open(_: &Model, focused: &Focused) -> Option<Self> {
        Some(Self(Box::new(focused.clone())))
    }

    fn title(&self) -> &'static str {
        "Copy"
    }

    fn context(&self) -> Context {
        Context::Copy
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let mut lines = Lines::new();
        for (what, key, name) in MENU {
            lines.push(Line::new().with(key, Role::Key).with("  ", Role::Plain).with(name, Role::Strong));
            let text = self.copying(state).text_of(what).unwrap_or_else(|| "nothing to copy".to_owned());
            for line in text.lines() {
                lines.extend(paragraph(&line.replace('\t', "  "), width, 3, Role::Faint));
            }
            lines.push(Line::new());
        }
        lines.into()
    }

    /// Terminals do not acknowledge a text for the clipboard, so we only say that it was sent.
    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        let Action::Copy(what) = action else { return Handled::No };
        let text = self.copying(state).text_of(what);
        state.say(if text.is_some() {
            "sent to the terminal's clipboard, if it allows that"
        } else {
            "nothing to copy here"
        });
        Handled::Close(text.map(Effect::Copy))
    }
}

impl CopyMenu {
    fn copying<'a>(&'a self, model: &'a Model) -> Copying<'a> {
        Copying { model, focused: &self.0 }
    }
}

/// What can be copied of what has the focus.
pub struct Copying<'a> {
    /// The model.
    pub model: &'a Model,
    /// What has the focus.
    pub focused: &'a Focused,
}

impl Deref for Copying<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.model
    }
}

impl Copying<'_> {
    /// Returns the text to copy; `None` if there is none.
    pub fn text_of(&self, what: Copied) -> Option<String> {
        match what {
            Copied::Row => self
                .table()
                .or_else(|| self.figure_row())
                .or_else(|| Some(self.row(self.row_authority().or(self.selected())?))),
            Copied::Sentence => self.sentence(),
            Copied::Link => self.focused_link().map(String::from),
            Copied::CommandLine => Some(self.command_line()),
        }
    }

    /// Returns the table on top, with its headers; `None` if there is none, or if it is the map.
    fn table(&self) -> Option<String> {
        let Some(authorities) = &self.focused.table else { return self.focused.text.clone() };
        let rows = authorities.iter().filter_map(|id| Some(self.row(self.listing.authority(*id)?)));
        let rows: Vec<String> = rows.collect();
        let order = self.framework().map(|framework| framework.shown_order()).unwrap_or_default();
        let categories = order.iter().filter_map(|at| self.view().categories().get(*at));
        let categories: Vec<String> = categories.map(|category| harmless(&category.short)).collect();
        let headers: Vec<&str> = std::iter::once("council")
            .chain(categories.iter().map(String::as_str))
            .chain(["grades are", "published", "link"])
            .collect();
        (!rows.is_empty()).then(|| format!("{}\n{}", headers.join("\t"), rows.join("\n")))
    }

    fn row_authority(&self) -> Option<&Authority> {
        self.listing.authority(self.focused.row?)
    }

    /// Returns the focused count or published figure with its headers; `None` if something else has the focus.
    fn figure_row(&self) -> Option<String> {
        let framework = self.framework()?.short.clone();
        let (what, number, of, source) = match self.focused.figure.filter(|_| self.row_authority().is_none())? {
            Figure::Count(count) => {
                let (matching, of) = counted(self.national_counts.as_ref()?, self.view(), count)?;
                let source = wording::data(self.dataset(), self.framework());
                (wording::count(count, self.view())?, matching.to_string(), of.to_string(), source)
            }
            Figure::Claim(position) => {
                let claim = self.claim(position)?;
                let category =
                    wording::claim_category(claim).map(|category| format!("{}: ", category.label)).unwrap_or_default();
                let of = claim.of.map(|of| of.to_string()).unwrap_or_default();
                let link = claim.evidence.iter().find_map(Evidence::link).unwrap_or_default().to_owned();
                (format!("{category}{}", wording::claim(claim)), wording::figure(claim), of, link)
            }
            _ => return None,
        };
        let day = self.view().day().map(|day| day.iso()).unwrap_or_default();
        let headers = "figure\tnumber\tof\tframework\tas at\tsource";
        let cells = [&what, &number, &of, framework.as_str(), &day, &source].map(harmless);
        Some(format!("{headers}\n{}", cells.join("\t")))
    }

    /// Returns the row of an authority, with the framework, date and source of its grades; an empty cell for each that it
    /// does not have.
    fn row(&self, authority: &Authority) -> String {
        let assessment = self.view().assessment(authority);
        let known = assessment.and_then(wording::known_by).unwrap_or_default();
        let date = assessment.and_then(|assessment| assessment.date).map(|date| date.iso()).unwrap_or_default();
        let link = assessment.and_then(|assessment| assessment.link()).unwrap_or_default().to_owned();
        let order = self.framework().map(|framework| framework.shown_order()).unwrap_or_default();
        let judgement = |at: usize| Some((&assessment?.framework, assessment?.judgements.get(at)?));
        let sign =
            |at: usize| judgement(at).map_or(String::new(), |(framework, one)| harmless(&framework.bare_sign(one)));
        let signs = order.into_iter().map(sign);
        let cells = std::iter::once(harmless(&authority.name)).chain(signs).chain([known, date, link]);
        cells.collect::<Vec<_>>().join("\t")
    }

    /// Returns the focused judgement or published figure as a sentence; otherwise a sentence for each judgement of the
    /// latest assessment.
    fn sentence(&self) -> Option<String> {
        if self.focused.is_of_shares {
            return self.focused.sentence.clone();
        }
        if let (Some(view), Some(authority)) = (self.focused.map.as_ref(), self.row_authority()) {
            let shown = view.of(self.dataset(), authority);
            let (assessment, _, category) = shown.assessment?;
            return judgement_sentence(shown.authority, assessment, category);
        }
        if let Some(authority) = self.row_authority() {
            return Some(assessment_sentence(authority, self.view().assessment(authority)?));
        }
        match self.focused.figure {
            Some(Figure::Judgement { assessment, category }) => {
                let authority = self.selected()?;
                judgement_sentence(authority, self.assessment(assessment)?, category)
            }
            Some(Figure::Claim(position)) => {
                let claim = self.claim(position)?;
                let category =
                    wording::claim_category(claim).map(|category| format!("{}: ", category.label)).unwrap_or_default();
                let what = format!("{category}{}", wording::claim(claim));
                let sentence = format!("{what}: {}, {}", wording::figure(claim), claim.framework.title);
                Some(with_source(sentence, claim.certainty.name(), claim.evidence.first()))
            }
            Some(Figure::Published(position)) => {
                let figure = self.dataset().published.get(position)?;
                let as_at = wording::as_at(figure.counted_as_at());
                let sentence =
                    format!("{}, {as_at}: {}", wording::counted(figure.category), wording::series_figure(figure));
                Some(with_source(sentence, Certainty::Stated.name(), figure.evidence.first()))
            }
            Some(Figure::Count(count)) => self.count_sentence(count),
            Some(Figure::Recommendation { assessment, number }) => {
                let authority = self.selected()?;
                asked_sentence(authority, self.assessment(assessment)?, number)
            }
            Some(Figure::Event(position)) => {
                let authority = self.selected()?;
                let event = authority.events.get(position)?;
                let sentence = wording::event_sentence(&authority.name, event, self.view().as_at());
                // Its source is a collection of pages: the page is the source of this.
                let evidence = event.evidence.iter().find(|one| one.link().is_some()).or(event.evidence.first());
                Some(match evidence.and_then(Evidence::link) {
                    Some(link) => format!("{sentence} ({link})."),
                    None => with_source(sentence, event.certainty.name(), evidence),
                })
            }
            Some(Figure::Quote { assessment, quote }) => {
                let assessment = self.assessment(assessment)?;
                Some(quote_sentence(self.selected()?, assessment, assessment.quotes.get(quote)?))
            }
            _ => {
                let authority = self.selected()?;
                let assessment = self.view().assessment(authority)?;
                Some(assessment_sentence(authority, assessment))
            }
        }
    }

    /// Returns one of our own counts as a sentence, with what it is a share of and how it was counted.
    fn count_sentence(&self, count: Count) -> Option<String> {
        let (matching, of) = counted(self.national_counts.as_ref()?, self.view(), count)?;
        let what = wording::count(count, self.view())?;
        let share = wording::share_under(self.framework(), matching, of);
        let framework = &self.framework()?.title;
        let day = self.view().day().map(|day| format!(", as at {day}")).unwrap_or_default();
        let data = wording::data(self.dataset(), self.framework());
        Some(format!("{what}: {share} by our count, in {framework}{day}. {data}."))
    }

    /// Returns the command line that prints the same map; `None` if it is not open.
    fn map_command(&self) -> Option<String> {
        let view = self.focused.map.as_ref()?;
        let category = match view.shown {
            Shown::Overall => None,
            Shown::Category(position) => view.framework.as_ref().and_then(|f| f.categories.get(position)),
        };
        let category = category.map(|category| format!(" --category {}", quoted(&category.id)));
        Some(format!("scrutineer map{}{}", category.unwrap_or_default(), self.scope_words_as_at(view.as_at)))
    }

    /// Returns the command line that prints the same answer: the map, the page of a council, or the same rows in the same order.
    fn command_line(&self) -> String {
        if let Some(map) = self.map_command() {
            return map;
        }
        if let Some(asked) = self.focused.asked {
            let name =
                asked.and_then(|id| self.listing.authority(id)).map(|one| format!(" --council {}", quoted(&one.name)));
            let scope = if name.is_some() { self.data_words() } else { self.scope_words() };
            return format!("scrutineer areas{}{scope}", name.unwrap_or_default());
        }
        if let Some(Command { words, scope }) = &self.focused.command {
            let is_option = |word: &str| {
                let name = word.strip_prefix("--");
                name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
            };
            let words = words.iter().map(|word| if is_option(word) { word.clone() } else { quoted(word) });
            let words: Vec<String> = words.collect();
            let of = match scope {
                CommandScope::Data => self.data_words(),
                CommandScope::View => self.data_words() + &self.view_words(self.view().as_at()),
                CommandScope::Filtered => self.scope_words(),
            };
            return format!("scrutineer {}{of}", words.join(" "));
        }
        if let Some(authority) = self.focused.page.and_then(|id| self.listing.authority(id)) {
            return format!("scrutineer show {}{}", quoted(&authority.name), self.data_words());
        }
        let sort = self.listing.sort().and_then(|sort| self.sort_words(sort));
        let options = format!("{}{}", sort.unwrap_or_default(), self.scope_words());
        match self.listing.query() {
            "" => format!("scrutineer list{options}"),
            // A query that starts like an option must follow `--`.
            typed if typed.starts_with('-') => format!("scrutineer list{options} -- {}", quoted(typed)),
            typed => format!("scrutineer list {}{options}", quoted(typed)),
        }
    }

    /// Returns data, framework, date and filters as options.
    fn scope_words(&self) -> String {
        self.scope_words_as_at(self.view().as_at())
    }

    /// Returns the data as options.
    fn data_words(&self) -> String {
        let data = self.files.iter().map(|file| format!(" -d {}", quoted(&path_word(file))));
        let alone = match (self.only_files, self.only_record) {
            (true, _) => Some(" --only-files"),
            (_, true) => Some(" --only-record"),
            _ => None,
        };
        data.chain(alone.map(String::from)).collect()
    }

    /// Returns framework and date as options.
    fn view_words(&self, as_at: Option<AsAt>) -> String {
        let leading = self.dataset().leading_framework().map(|f| &f.id);
        let framework = self.view().framework().map(|f| &f.id).filter(|id| Some(*id) != leading);
        let framework = framework.map(|id| format!(" --framework {}", quoted(id)));
        let as_at = as_at.map(|as_at| {
            let basis = (as_at.basis != Basis::default()).then(|| format!(" --basis {}", as_at.basis.name()));
            format!(" --as-at {}{}", as_at.day.iso(), basis.unwrap_or_default())
        });
        framework.into_iter().chain(as_at).collect()
    }

    fn scope_words_as_at(&self, as_at: Option<AsAt>) -> String {
        let regions = self.listing.filter().regions.iter().map(|region| format!(" --region {}", quoted(region)));
        let grades = self.listing.filter().grades.iter().filter_map(|(category, grade)| {
            let id = &self.view().categories().get(*category)?.id;
            Some(format!(" --grade {id}={}", grade.0))
        });
        let asked = self.listing.filter().asked.iter().map(|code| format!(" --asked {}", quoted(code)));
        let filter = self.listing.filter();
        let said = filter.is_quoted.then(|| " --said".to_owned());
        let happened = filter.happened.iter().map(|kind| format!(" --happened {}", kind.name()));
        let data = std::iter::once(self.data_words());
        data.chain(std::iter::once(self.view_words(as_at)))
            .chain(regions)
            .chain(grades)
            .chain(asked)
            .chain(said)
            .chain(happened)
            .collect()
    }

    fn sort_words(&self, sort: Sort) -> Option<String> {
        let name = sort.column.id(self.framework())?;
        match sort.direction {
            _ if sort == Sort::default() && !self.is_search_shown() => None,
            Direction::Usual => Some(format!(" --sort {name}")),
            Direction::Reversed => Some(format!(" --sort -{name}")),
        }
    }

    /// Returns the link of the first source of the focused figure, or else of the selected authority's first judgement.
    pub fn focused_link(&self) -> Option<&str> {
        if self.focused.is_of_shares {
            return None;
        }
        if let Some(authority) = self.row_authority() {
            return self.view().assessment(authority)?.link();
        }
        match self.focused.figure {
            Some(Figure::Judgement { assessment, category }) => {
                self.selected()?.assessments.get(assessment)?.link_of(category)
            }
            None => self.view().assessment(self.selected()?)?.link(),
            Some(figure) => self.link_of(figure),
        }
    }

    fn link_of(&self, figure: Figure) -> Option<&str> {
        let authority = self.selected();
        let framework = self.view().framework();
        let evidence: &[Evidence] = match figure {
            Figure::Judgement { .. } | Figure::Choice(_) | Figure::Count(_) => return None,
            Figure::Quote { assessment, quote } => {
                return authority?.assessments.get(assessment)?.quotes.get(quote)?.source.link.as_deref();
            }
            Figure::Recommendation { assessment, .. } => {
                return authority?.assessments.get(assessment)?.recommendations.as_ref()?.link.as_deref();
            }
            Figure::Event(position) => &authority?.events.get(position)?.evidence,
            Figure::Note(position) => &authority?.notes.get(position)?.evidence,
            Figure::Step(position) => &framework?.scale.steps.get(position)?.evidence,
            Figure::Claim(position) => &self.claim(position)?.evidence,
            Figure::Published(position) => &self.dataset().published.get(position)?.evidence,
            Figure::Caveat(position) => &framework?.caveats.get(position)?.evidence,
        };
        evidence.iter().find_map(Evidence::link)
    }
}

/// Returns an assessment as one sentence: its grades, its framework and day, and its link once. Absences are left out.
fn assessment_sentence(authority: &Authority, assessment: &Assessment) -> String {
    let framework = &assessment.framework;
    let graded = framework.categories.iter().zip(assessment.judgements.iter()).filter_map(|(category, judgement)| {
        let word = framework.scale.step(judgement.grade()?)?.word.to_lowercase();
        Some(format!("'{word}'{} for {}", wording::certainty(judgement), category.label.to_lowercase()))
    });
    let grades: Vec<String> = graded.collect();
    let date = assessment.date.map(|date| format!(", {}", wording::published(date))).unwrap_or_default();
    let link = assessment.link().map(|link| format!("; {link}")).unwrap_or_default();
    let what = if grades.is_empty() { "not graded".to_owned() } else { wording::list(&grades) };
    format!("{} {what} ({}{date}{link}).", judged(framework, &authority.name), framework.title)
}

/// Returns the beginning of a sentence about grades, which are Ofsted's under the inspection frameworks since 2013.
fn judged(framework: &Framework, name: &str) -> String {
    if let Some(body) = &framework.body {
        return format!("The {body} of {name} was judged");
    }
    match framework.is_in_series() {
        true => format!("Ofsted judged the services for children of {name}"),
        false => format!("The services for children of {name} were judged"),
    }
}

/// Returns a judgement as one sentence with its framework, day and link; an absence with its reason.
fn judgement_sentence(authority: &Authority, assessment: &Assessment, category: usize) -> Option<String> {
    let framework = &assessment.framework;
    let label = framework.categories.get(category)?.label.to_lowercase();
    let judgement = assessment.judgements.get(category)?;
    let name = &authority.name;
    let what = match judgement.outcome {
        Outcome::Grade(grade) => {
            let word = framework.scale.step(grade)?.word.to_lowercase();
            format!("{} '{word}' for {label}", judged(framework, name))
        }
        Outcome::Absent(absence) => format!("{name} has no grade for {label}: {}", absence.words()),
    };
    let date = assessment.date.map(|date| format!(", {}", wording::published(date))).unwrap_or_default();
    let publisher = assessment.evidence(category).first().map(|evidence| evidence.source.publisher.clone());
    let source = publisher.map(|publisher| format!("; {}: {publisher}", judgement.certainty.name()));
    let link = assessment.link_of(category).map(|link| format!(", {link}")).unwrap_or_default();
    Some(format!("{what} ({}{date}{}{link}).", framework.title, source.unwrap_or_default()))
}

/// Returns what a report asks to improve as a sentence, with its page and its link.
fn asked_sentence(authority: &Authority, assessment: &Assessment, number: usize) -> Option<String> {
    let all = assessment.recommendations.as_ref()?;
    let one = all.all.get(number)?;
    let date = assessment.date.map(|date| format!(" of {date}")).unwrap_or_default();
    let page = one.page.map(|page| format!(", page {page}")).unwrap_or_default();
    let link = all.link.as_ref().map(|link| format!(", {link}")).unwrap_or_default();
    let (name, words, publisher) = (&authority.name, &one.words, &all.source.publisher);
    Some(format!("The report{date} on {name} asked, in our words, to improve: {words} ({publisher}{page}{link})."))
}

/// Returns what an official said as a sentence: the words of the source, or ours.
fn quote_sentence(authority: &Authority, assessment: &Assessment, quote: &Quote) -> String {
    let spoken = quote
        .passages
        .iter()
        .flat_map(|passage| passage.spoken.iter().filter_map(|part| passage.text.get(part.clone())));
    let spoken: Vec<String> = spoken.map(|words| format!("‘{}’", words.trim_matches(['\'', '‘', '’', '"']))).collect();
    let told = || quote.passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>().join(" ");
    let words = match (wording::summary(quote), spoken.is_empty()) {
        (Some(summary), _) => summary,
        (None, false) => spoken.join(" … "),
        (None, true) => format!("in the words of {}: {}", quote.source.publisher, told()),
    };
    let role = quote.role.iter().map(|role| format!(", {role},")).collect::<String>();
    let link = quote.source.link.as_ref().map(|link| format!(", {link}")).unwrap_or_default();
    let said = wording::said_of(quote, assessment);
    // A summary begins with a verb of its own: "said that".
    let said =
        if quote.summary.is_some() { said.replacen("Said of", "on", 1) } else { said.replacen("Said", "said", 1) };
    let (source, name, speaker) = (&quote.source, &authority.name, &quote.speaker);
    format!("{name}: {speaker}{role} {said}: {words} ({}, {}{link}).", source.publisher, source.title)
}

fn with_source(sentence: String, certainty: &str, evidence: Option<&Evidence>) -> String {
    let Some(evidence) = evidence else { return sentence + "." };
    let link = evidence.link().map(|l| format!(", {l}")).unwrap_or_default();
    format!("{sentence} ({certainty}: {}, {}{link}).", evidence.source.publisher, evidence.source.title)
}

/// Returns the name of a file as a command line takes it: one that begins like an option comes after its folder.
fn path_word(file: &str) -> String {
    let shown = clean(file);
    if shown.starts_with('-') { format!("./{shown}") } else { shown.into_owned() }
}

/// Quotes a word for the shell, if necessary.
fn quoted(text: &str) -> String {
    let is_plain =
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/')) && !text.starts_with('-');
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
