//! The browser in plain words: a prompt that answers in sentences, for screen readers, printers and terminals that
//! cannot move the cursor. It prints only text and line ends.

mod words;

use std::io::{self, BufRead, Read, Write};
use std::sync::Arc;

use crate::dataset::{Authority, Dataset, Date, Framework, NotTyped};
use crate::query::{AuthorityId, Listing, ListingOptions, council, resolve};
use crate::text::{capitalized, clean, fold, name_forms, plural, wrap_around_links};
use crate::wording;

/// How many authorities are offered at a time; each is chosen by one digit.
const OFFERED: usize = 9;

/// The longest line that is read, in bytes.
const MAX_LINE: u64 = 1000;

/// The narrowest and the widest lines that are printed.
const WIDTH: (usize, usize) = (40, 80);

const HELP: &str = "Type letters of a name to find a council, then its number. Of the council found last: more (its other \
                    inspections), improve (what its report asks), neighbours, compare NAME, sources. Of England: stats (the \
                    national picture), region NAME, map (the grades by region), changes DATE (reports since a day, as in \
                    changes 1 July 2026), sources all. today turns to the newest inspections, framework NAME to others (2013–18, \
                    2006, SEND). compare Leeds, Hull needs no council before. help, q to quit.";

/// Answers lines of input until there are no more, or until one of them is `q`.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn run(
    dataset: Arc<Dataset>,
    framework: Option<Arc<Framework>>,
    today: Option<Date>,
    width: usize,
    input: &mut impl BufRead,
    out: &mut dyn Write,
) -> io::Result<()> {
    let options = ListingOptions { framework, ..ListingOptions::default() };
    let mut prompt = Prompt {
        listing: Listing::new(dataset, options),
        offered: Vec::new(),
        last: None,
        today,
        width: width.clamp(WIDTH.0, WIDTH.1),
    };
    prompt.say(out, &prompt.greeting())?;
    prompt.say(out, HELP)?;
    loop {
        write!(out, "> ")?;
        out.flush()?;
        let Some(line) = read_line(input)? else { return writeln!(out) };
        match line.trim() {
            "q" | "quit" | "exit" => return Ok(()),
            typed => {
                for answer in prompt.answer(typed) {
                    prompt.say(out, &answer)?;
                }
            }
        }
    }
}

/// Reads a line, cleaned; what is beyond the longest length is left out. Returns `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(Some(clean(&String::from_utf8_lossy(&bytes)).into_owned()))
}

struct Prompt {
    listing: Listing,
    /// The authorities offered last, by number.
    offered: Vec<AuthorityId>,
    /// The authority shown last.
    last: Option<AuthorityId>,
    /// Today's date, if known.
    today: Option<Date>,
    width: usize,
}

impl Prompt {
    fn say(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        for line in text.lines() {
            let line = clean(line);
            for range in wrap_around_links(&line, self.width) {
                writeln!(out, "{}", line.get(range).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    fn greeting(&self) -> String {
        let framework = self.listing.view().framework().map_or("no framework", |framework| framework.title.as_str());
        let count = plural(self.listing.view().listed_count(), "council", "councils");
        format!("Scrutineer: council inspection grades. {framework}, {count}.")
    }

    /// Returns the answer to a line, one paragraph each.
    fn answer(&mut self, typed: &str) -> Vec<String> {
        let typed = typed.strip_prefix("say ").or(typed.strip_prefix("to ")).unwrap_or(typed);
        let (command, rest) = typed.split_once(' ').unwrap_or((typed, ""));
        match command {
            "" => Vec::new(),
            "help" | "?" => vec![HELP.to_owned()],
            "stats" => words::national(&self.listing),
            "map" => words::map(&self.listing),
            "sources" => match self.last.and_then(|id| self.listing.authority(id)).filter(|_| rest != "all") {
                Some(authority) => words::sources_of(authority),
                None => words::sources(self.listing.dataset()),
            },
            "changes" | "since" => self.changes(rest),
            "framework" => self.turn_to(rest),
            "today" => self.turn_to("today"),
            "region" if rest.is_empty() => vec!["region needs a name, as in region London.".to_owned()],
            "region" => words::region(&self.listing, rest.trim_matches('"')),
            "compare" => self.compare(rest),
            "neighbours" => self.of_last(words::neighbours),
            "improve" => self.of_last(words::asked),
            "more" => self.of_last(words::others),
            number if number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit()) => self.open(number),
            _ => self.find(typed),
        }
    }

    fn find(&mut self, typed: &str) -> Vec<String> {
        self.listing.set_query(typed);
        let all = self.listing.len();
        let nothing = self.listing.is_empty().then(|| wording::nothing_listed(&self.listing));
        let offer = self.listing.offer().authorities.clone();
        self.offered = (0..OFFERED.min(all)).filter_map(|position| self.listing.id(position)).chain(offer).collect();
        self.listing.set_query("");
        match self.offered.as_slice() {
            _ if nothing.is_some() => {
                let help = "Type help for the words that are understood.".to_owned();
                nothing.into_iter().chain(self.numbered()).chain([help]).collect()
            }
            [only] if self.is_like(*only, typed) => self.show(*only),
            [_] => {
                let words = format!("No council is called {typed:?}; it may be:");
                std::iter::once(words).chain(self.numbered()).collect()
            }
            _ => {
                let mut lines = self.numbered();
                if all > OFFERED {
                    lines.push(format!("and {} more; type more of the name.", all - OFFERED));
                }
                lines
            }
        }
    }

    /// Whether what is typed is in a name of an authority or its region or is one of its codes, not only its letters in order.
    fn is_like(&self, id: AuthorityId, typed: &str) -> bool {
        let Some(authority) = self.listing.authority(id) else { return false };
        let names = authority.names().chain(authority.region.as_deref()).chain(authority.codes.all());
        let names: Vec<String> = names.map(fold).collect();
        let is_in = |form: &String| {
            let has = |name: &String, word: &str| name.split(' ').any(|part| part.starts_with(word));
            names.iter().any(|name| form.split(' ').all(|word| has(name, word)))
        };
        name_forms(typed).iter().any(is_in)
    }

    /// Returns the offered authorities, each with its number.
    fn numbered(&self) -> Vec<String> {
        let authorities = self.offered.iter().filter_map(|id| self.listing.authority(*id));
        let line = |(number, authority): (usize, &Authority)| {
            let region = authority.region.iter().map(|region| format!(", {region}")).collect::<String>();
            format!("{}. {}{region}", number + 1, authority.name)
        };
        authorities.enumerate().map(line).collect()
    }

    fn open(&mut self, number: &str) -> Vec<String> {
        let position = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match position.and_then(|position| self.offered.get(position)).copied() {
            Some(id) => self.show(id),
            None => vec![format!("There is no number {number} to choose. Type letters of a name first.")],
        }
    }

    fn show(&mut self, id: AuthorityId) -> Vec<String> {
        self.last = Some(id);
        words::authority(&self.listing, id)
    }

    /// Returns an answer about the council shown last.
    fn of_last(&self, answer: fn(&Listing, AuthorityId) -> Vec<String>) -> Vec<String> {
        match self.last {
            Some(id) => answer(&self.listing, id),
            None => vec!["Open a council first: type letters of its name.".to_owned()],
        }
    }

    /// Compares two councils with a comma between their names, or one with the council shown last. Names can have commas too.
    fn compare(&self, names: &str) -> Vec<String> {
        let dataset = self.listing.dataset();
        let named = |name: &str| council(dataset, name).map_err(|reason| (name.trim().to_owned(), reason));
        let beside_last = self.last.zip(named(names).ok()).filter(|_| !names.trim().is_empty());
        let halves =
            names.match_indices(',').filter_map(|(at, comma)| Some((names.get(..at)?, names.get(at + comma.len()..)?)));
        let pairs: Vec<_> = halves.map(|(left, right)| (named(left), named(right))).collect();
        let both = pairs.iter().find_map(|(left, right)| left.as_ref().ok().copied().zip(right.as_ref().ok().copied()));
        if let Some((left, right)) = beside_last.or(both) {
            return words::compare(&self.listing, left, right);
        }
        let unknown = pairs.into_iter().flat_map(|(left, right)| [left, right]).chain(self.last.map(|_| named(names)));
        let refused = unknown.filter_map(Result::err).find(|(name, _)| !name.is_empty());
        let needed = "compare needs two councils, as in compare Leeds, Hull.".to_owned();
        vec![refused.map_or(needed, |(name, reason)| {
            let words = wording::not_one(dataset, &name, &reason, "region");
            format!("{}.", words.trim_end_matches('.'))
        })]
    }

    fn changes(&self, day: &str) -> Vec<String> {
        match Date::as_typed(day, self.today) {
            Ok(since) if since.is_day() => words::changes(self.listing.dataset(), since),
            Err(refused @ NotTyped::Outside(..)) => vec![format!("{day}: {refused}.")],
            _ => vec!["changes needs a day, as in changes 2026-07-01 or changes 1 July 2026.".to_owned()],
        }
    }

    fn turn_to(&mut self, name: &str) -> Vec<String> {
        match resolve::framework(self.listing.dataset(), name) {
            Ok(framework) => {
                self.listing.look_at(Some(framework), None);
                vec![self.greeting()]
            }
            Err(unknown) => vec![capitalized(&format!("{unknown}."))],
        }
    }
}
