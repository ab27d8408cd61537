//! The whole story of one authority: then and now, every assessment, quotes, notes, sources.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::json::{self, CodesJson, EvidenceJson, JudgementsJson, SourceJson};
use super::markdown::escaped;
use super::table::write_note;
use super::{Format, Screen, list};
use crate::dataset::{
    Assessment, Authority, Council, Dataset, Evidence, Framework, Judgement, Neighbours, Outcome, Quote, Visit,
};
use crate::text::width;

/// One authority to be written.
pub struct Show<'a> {
    /// The dataset it is of.
    pub dataset: &'a Dataset,
    /// The authority.
    pub authority: &'a Authority,
}

impl<'a> Show<'a> {
    /// Writes the authority as text, as Markdown with every source as a numbered note, or as JSON.
    /// There is no comma-separated form of a story; callers refuse it.
    ///
    /// # Errors
    /// Where nothing more can be written.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Json => self.write_json(out),
            Format::Markdown => {
                self.write_story(&mut Story { out, terminal: None, is_markdown: true, notes: Vec::new() })
            }
            Format::Table | Format::Csv => {
                self.write_story(&mut Story { out, terminal, is_markdown: false, notes: Vec::new() })
            }
        }
    }

    fn write_story(&self, story: &mut Story<'_>) -> io::Result<()> {
        let authority = self.authority;
        story.heading(1, &authority.name)?;
        story.paragraph(&identity(authority))?;
        for assessment in newest_first(authority) {
            write_assessment(story, assessment, authority.before(assessment))?;
        }
        if authority.assessments.is_empty() {
            story.paragraph("No assessment is held.")?;
        }
        if !authority.notes.is_empty() {
            story.heading(2, "Notes")?;
        }
        for note in &authority.notes {
            let marks = story.cite(&note.evidence);
            story.item(&note.text, &marks)?;
        }
        self.write_caveats(story)?;
        story.write_sources()
    }

    fn write_caveats(&self, story: &mut Story<'_>) -> io::Result<()> {
        let mut seen: Vec<&str> = Vec::new();
        for assessment in &self.authority.assessments {
            let framework = &assessment.framework;
            if seen.contains(&framework.id.as_str()) || framework.caveats.is_empty() {
                continue;
            }
            seen.push(&framework.id);
            story.heading(2, &format!("Caveats: {}", framework.title))?;
            for caveat in &framework.caveats {
                let marks = story.cite(&caveat.evidence);
                story.item(&caveat.text, &marks)?;
            }
        }
        Ok(())
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let authority = self.authority;
        let answer = AuthorityJson {
            name: &authority.name,
            aliases: &authority.aliases,
            codes: CodesJson::of(&authority.codes),
            then: authority.then.as_ref().map(CouncilJson::of),
            now: authority.now.as_ref().map(CouncilJson::of),
            region: authority.region.as_deref(),
            assessments: newest_first(authority).map(|a| AssessmentJson::of(a, authority.before(a))).collect(),
            neighbours: authority.neighbours.as_ref().map(NeighboursJson::of),
            notes: authority.notes.iter().map(|n| NoteJson { text: &n.text, evidence: all(&n.evidence) }).collect(),
            evidence: all(&authority.evidence),
            sources: self.dataset.sources.iter().map(|s| SourceJson::of(s)).collect(),
        };
        json::write(out, &answer)
    }
}

/// Full name, kind and region, then and now, with the codes.
fn identity(authority: &Authority) -> String {
    let mut parts: Vec<String> = authority.then.iter().map(council).collect();
    parts.extend(authority.now.iter().filter(|_| authority.then.is_none()).filter_map(|now| now.kind.clone()));
    parts.extend(authority.region.clone());
    parts.extend(authority.codes.named().map(|(register, code)| format!("{register} {code}")));
    let now = authority.successor().map(|now| format!("today {}", council(now)));
    parts.extend(now);
    parts.join(" · ")
}

fn council(council: &Council) -> String {
    let kind = council.kind.iter().map(|k| format!(", {k}"));
    let since = council.since.iter().map(|s| format!(", since {s}"));
    std::iter::once(council.name.clone()).chain(kind).chain(since).collect()
}

/// The assessments, the latest first; those without a date last.
fn newest_first(authority: &Authority) -> impl Iterator<Item = &Assessment> {
    let mut all: Vec<&Assessment> = authority.assessments.iter().collect();
    all.sort_by_key(|a| std::cmp::Reverse(a.date));
    all.into_iter()
}

fn write_assessment(story: &mut Story<'_>, assessment: &Assessment, before: Option<&Assessment>) -> io::Result<()> {
    let framework = &assessment.framework;
    let date = assessment.date.map_or("date not recorded".to_owned(), |d| d.to_string());
    story.heading(2, &format!("{} · {date}", framework.title))?;
    if let Some(visit) = &assessment.visit {
        story.paragraph(&visit.words().join(" · "))?;
    }
    let longest = framework.categories.iter().map(|c| width(&c.label)).max().unwrap_or(0);
    for (position, (category, judgement)) in framework.categories.iter().zip(assessment.judgements.iter()).enumerate() {
        let marks = story.cite(&assessment.evidence(position));
        let movement = before.and_then(|before| assessment.movement(before, position));
        let movement = movement.map(|m| format!(" ({} since the one before)", m.name())).unwrap_or_default();
        story.rating(&category.label, longest, &(rating(framework, judgement) + &movement), &marks)?;
    }
    if assessment.judgements.iter().any(|j| !j.standing.mark().is_empty()) {
        story.paragraph(&list::signs())?;
    }
    for quote in &assessment.quotes {
        write_quote(story, quote, framework)?;
    }
    Ok(())
}

/// A judgement in words: grade, word, meaning and standing, or the reason why there is none.
fn rating(framework: &Framework, judgement: &Judgement) -> String {
    match judgement.outcome {
        Outcome::Absent(absence) => format!("{}: {}", absence.words(), absence.meaning()),
        Outcome::Grade(grade) => {
            let Some(step) = framework.scale.step(grade) else { return String::new() };
            let meaning = step.meaning.iter().map(|m| format!(": {m}"));
            let standing = (!judgement.standing.mark().is_empty()).then(|| format!(" ({})", judgement.standing.name()));
            let head = format!("{}{} {}", step.sign(), judgement.standing.mark(), step.word);
            std::iter::once(head).chain(standing).chain(meaning).collect()
        }
    }
}

fn write_quote(story: &mut Story<'_>, quote: &Quote, framework: &Framework) -> io::Result<()> {
    let role = quote.role.iter().map(|r| format!(", {r}"));
    let topics: Vec<&str> =
        quote.categories.iter().filter_map(|c| framework.categories.get(*c)).map(|c| c.short.as_str()).collect();
    let who: String = std::iter::once(quote.speaker.clone()).chain(role).collect();
    let evidence = Evidence {
        source: std::sync::Arc::clone(&quote.source),
        passage: None,
        note: None,
        step: None,
        place: None,
        link: None,
    };
    let marks = story.cite(std::slice::from_ref(&evidence));
    story.quote(&format!("{who}, on {}", topics.join(", ")), quote.passages.iter().map(|p| p.text.as_str()), &marks)
}

/// A text with numbered notes, written as plain text or as Markdown.
struct Story<'o> {
    out: &'o mut dyn Write,
    terminal: Option<Screen>,
    is_markdown: bool,
    notes: Vec<String>,
}

impl Story<'_> {
    fn heading(&mut self, level: usize, text: &str) -> io::Result<()> {
        if level > 1 {
            writeln!(self.out)?;
        }
        if self.is_markdown {
            return writeln!(self.out, "{} {}\n", "#".repeat(level), escaped(text));
        }
        writeln!(self.out, "{text}")
    }

    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "{}\n", escaped(text));
        }
        write_note(self.out, text, self.terminal)
    }

    fn item(&mut self, text: &str, marks: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "- {}{marks}", escaped(text));
        }
        write_note(self.out, &format!("- {text}{marks}"), self.terminal)
    }

    fn rating(&mut self, label: &str, longest: usize, words: &str, marks: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "- **{}**: {}{marks}", escaped(label), escaped(words));
        }
        let gap = " ".repeat(longest.saturating_sub(width(label)));
        write_note(self.out, &format!("{label}{gap}  {words}{marks}"), self.terminal)
    }

    fn quote<'t>(&mut self, who: &str, passages: impl Iterator<Item = &'t str>, marks: &str) -> io::Result<()> {
        writeln!(self.out)?;
        if self.is_markdown {
            for passage in passages {
                writeln!(self.out, "> {}\n>", escaped(passage))?;
            }
            return writeln!(self.out, "> {}{marks}", escaped(who));
        }
        write_note(self.out, &format!("{who}{marks}"), self.terminal)?;
        for passage in passages {
            write_note(self.out, passage, self.terminal)?;
        }
        Ok(())
    }

    /// Numbers for some evidence, each place in a source once.
    fn cite(&mut self, evidence: &[Evidence]) -> String {
        let mut marks = String::new();
        for one in evidence {
            let note = reference(one);
            let number = match self.notes.iter().position(|held| *held == note) {
                Some(position) => position + 1,
                None => {
                    self.notes.push(note);
                    self.notes.len()
                }
            };
            marks.push_str(&if self.is_markdown { format!("[^{number}]") } else { format!(" [{number}]") });
        }
        marks
    }

    fn write_sources(&mut self) -> io::Result<()> {
        if self.notes.is_empty() {
            return Ok(());
        }
        self.heading(2, "Sources")?;
        for (number, note) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            if self.is_markdown {
                writeln!(self.out, "[^{}]: {}", number + 1, escaped(&note))?;
            } else {
                write_note(self.out, &format!("[{}] {note}", number + 1), self.terminal)?;
            }
        }
        Ok(())
    }
}

/// A place in a source in one line: who published what and when, what it says, where it is.
fn reference(evidence: &Evidence) -> String {
    let source = &evidence.source;
    let mut parts = vec![format!("{}, {}", source.publisher, source.title)];
    parts.extend(source.date.map(|d| d.to_string()));
    parts.extend(evidence.passage.iter().map(|p| format!("\"{p}\"")));
    parts.extend(evidence.place.clone());
    parts.extend(evidence.note.iter().map(|n| format!("our note: {n}")));
    parts.extend(evidence.step.iter().map(|s| format!("step: {s}")));
    parts.extend(source.note.clone());
    parts.extend(evidence.link().map(String::from));
    parts.join(" · ")
}

fn all(evidence: &[Evidence]) -> Vec<EvidenceJson<'_>> {
    evidence.iter().map(EvidenceJson::of).collect()
}

/// The shape of the answer in JSON.
pub(super) fn show_schema() -> Schema {
    json::schema::<AuthorityJson<'static>>()
}

/// The answer of `scrutineer show --format json`.
#[derive(Serialize, JsonSchema)]
struct AuthorityJson<'a> {
    /// The name by which it is listed.
    name: &'a str,
    /// Other names.
    aliases: &'a [String],
    /// Its codes by register.
    codes: CodesJson<'a>,
    /// The council at the time of its assessments; null where that is not held.
    then: Option<CouncilJson<'a>>,
    /// The council of today, where that is another.
    now: Option<CouncilJson<'a>>,
    /// The region of England; null where it is not known.
    region: Option<&'a str>,
    /// Every assessment.
    assessments: Vec<AssessmentJson<'a>>,
    /// Its statistical neighbours; null where the data name none.
    neighbours: Option<NeighboursJson<'a>>,
    /// What else is known of it.
    notes: Vec<NoteJson<'a>>,
    /// Where names, codes and region come from.
    evidence: Vec<EvidenceJson<'a>>,
    /// Every source of the dataset.
    sources: Vec<SourceJson<'a>>,
}

/// A council as it was or is constituted.
#[derive(Serialize, JsonSchema)]
struct CouncilJson<'a> {
    /// Its full name.
    name: &'a str,
    /// Its kind.
    kind: Option<&'a str>,
    /// Since when; null where that is not held.
    since: Option<String>,
}

impl<'a> CouncilJson<'a> {
    fn of(council: &'a Council) -> Self {
        Self { name: &council.name, kind: council.kind.as_deref(), since: council.since.map(|d| d.iso()) }
    }
}

/// One round or inspection.
#[derive(Serialize, JsonSchema)]
struct AssessmentJson<'a> {
    /// The id of the framework.
    framework: &'a str,
    /// The round.
    round: &'a str,
    /// When it was published; null where that is not known.
    date: Option<String>,
    /// How it was carried out; null where nothing is held.
    visit: Option<VisitJson<'a>>,
    /// The report; null where no link is held.
    link: Option<&'a str>,
    /// By the id of the category.
    judgements: JudgementsJson<'a>,
    /// What people said of it.
    quotes: Vec<QuoteJson<'a>>,
}

impl<'a> AssessmentJson<'a> {
    fn of(assessment: &'a Assessment, before: Option<&'a Assessment>) -> Self {
        let framework = &assessment.framework;
        Self {
            framework: &framework.id,
            round: &assessment.round,
            date: assessment.date.map(|d| d.iso()),
            judgements: JudgementsJson { of: Some(assessment), before },
            visit: assessment.visit.as_ref().map(VisitJson::of),
            link: assessment.record.as_ref().and_then(|r| r.link.as_deref()),
            quotes: assessment.quotes.iter().map(|q| QuoteJson::of(q, framework)).collect(),
        }
    }
}

/// How an inspection was carried out.
#[derive(Serialize, JsonSchema)]
struct VisitJson<'a> {
    /// Its kind, as the file gives it.
    kind: Option<&'a str>,
    /// Its first day.
    from: Option<String>,
    /// Its last day.
    until: Option<String>,
    /// Who led it.
    lead: Option<&'a str>,
}

impl<'a> VisitJson<'a> {
    fn of(visit: &'a Visit) -> Self {
        Self {
            kind: visit.kind.as_deref(),
            from: visit.from.map(|d| d.iso()),
            until: visit.until.map(|d| d.iso()),
            lead: visit.lead.as_deref(),
        }
    }
}

/// The authorities most like it by a model.
#[derive(Serialize, JsonSchema)]
struct NeighboursJson<'a> {
    /// The id of the source that names them.
    source: &'a str,
    /// Their numbers with the Department for Education, the most alike first.
    las: &'a [String],
}

impl<'a> NeighboursJson<'a> {
    fn of(neighbours: &'a Neighbours) -> Self {
        Self { source: &neighbours.source.id, las: &neighbours.las }
    }
}

/// What a person said.
#[derive(Serialize, JsonSchema)]
struct QuoteJson<'a> {
    /// Who.
    speaker: &'a str,
    /// In what role; null where the source gives none.
    role: Option<&'a str>,
    /// The ids of the categories it speaks to.
    categories: Vec<&'a str>,
    /// The id of the source.
    source: &'a str,
    /// The sentences, letter for letter.
    passages: Vec<&'a str>,
}

impl<'a> QuoteJson<'a> {
    fn of(quote: &'a Quote, framework: &'a Framework) -> Self {
        let categories = quote.categories.iter().filter_map(|c| framework.categories.get(*c));
        Self {
            speaker: &quote.speaker,
            role: quote.role.as_deref(),
            categories: categories.map(|c| c.id.as_str()).collect(),
            source: &quote.source.id,
            passages: quote.passages.iter().map(|p| p.text.as_str()).collect(),
        }
    }
}

/// Something known, with where it comes from.
#[derive(Serialize, JsonSchema)]
struct NoteJson<'a> {
    /// What.
    text: &'a str,
    /// Where it comes from.
    evidence: Vec<EvidenceJson<'a>>,
}
