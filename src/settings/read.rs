//! Parses the settings file.

use std::ops::Range;

use clap::ValueEnum;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Reading, Set};
use crate::app::{Action, Key};
use crate::dataset::{Location, Problem};
use crate::fetch::wanted;
use crate::text::{clean, nearest, plural};
use crate::ui::ThemeName;

/// The names of the top-level settings.
const NAMES: [&str; 8] = ["theme", "mouse", "framework", "council", "sort", "data", "fetch", "keys"];

/// The names of the settings in `[fetch]`.
const FETCH_NAMES: [&str; 2] = ["addresses", "timeout_seconds"];

/// The longest time that can be set to wait for an answer, in seconds.
const MAX_TIMEOUT: u32 = 600;

/// The maximum number of problems that are described.
const MOST_PROBLEMS: usize = 100;

/// Parses the text of a settings file into its valid settings and a list of problems.
pub fn read(text: &str) -> Reading {
    let mut reader = Reader { text, reading: Reading::default(), others: 0 };
    if text.is_empty() {
        return reader.reading;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or_default();
        reader.problem(at, format!("text that is no TOML ({})", error.message()), "name = value".to_owned());
    }
    for (name, value) in table.get_ref() {
        reader.setting(name, value);
    }
    reader.reading.problems.sort_by_key(|problem| match problem.location {
        Location::Text { line, column } => (line, column),
        _ => (0, 0),
    });
    if reader.others > 0 {
        reader.reading.problems.push(Problem {
            location: Location::Path(String::new()),
            found: plural(reader.others, "more mistake", "more mistakes"),
            expected: "a file of settings; `scrutineer config` prints one".to_owned(),
        });
    }
    reader.reading
}

struct Reader<'t> {
    text: &'t str,
    reading: Reading,
    /// How many problems there are besides those described.
    others: usize,
}

type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;
type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn setting(&mut self, name: &Name<'_>, value: &Value<'_>) {
        match name.get_ref().as_ref() {
            "theme" => self.theme(value),
            "mouse" => match value.get_ref() {
                DeValue::Boolean(mouse) => self.reading.settings.mouse = Some(self.set(*mouse, value)),
                other => self.problem(value.span(), shown(other), "true or false".to_owned()),
            },
            "framework" => self.reading.settings.framework = self.text(value, "the id of a framework in quotes"),
            "council" => self.reading.settings.council = self.text(value, "the name of a council in quotes"),
            "sort" => self.reading.settings.sort = self.text(value, "the name of a column in quotes"),
            "data" => match strings(value.get_ref()) {
                Some(files) => self.reading.settings.data = Some(self.set(files, value)),
                None => self.problem(value.span(), shown(value.get_ref()), "a list of paths in quotes".to_owned()),
            },
            "fetch" => self.fetch(value),
            "keys" => self.keys(value),
            other => self.unknown(name.span(), "setting", other, &NAMES),
        }
    }

    fn text(&mut self, value: &Value<'_>, expected: &str) -> Option<Set<String>> {
        match value.get_ref() {
            DeValue::String(text) => Some(self.set(clean(text).into_owned(), value)),
            other => {
                self.problem(value.span(), shown(other), expected.to_owned());
                None
            }
        }
    }

    fn theme(&mut self, value: &Value<'_>) {
        let names: Vec<String> = ThemeName::value_variants()
            .iter()
            .filter_map(ValueEnum::to_possible_value)
            .map(|v| v.get_name().to_owned())
            .collect();
        match value.get_ref() {
            DeValue::String(word) => match ThemeName::from_str(word, true) {
                Ok(theme) => self.reading.settings.theme = Some(self.set(theme, value)),
                Err(_) => {
                    self.unknown(value.span(), "theme", word, &names.iter().map(String::as_str).collect::<Vec<_>>())
                }
            },
            other => self.problem(value.span(), shown(other), format!("one of {} in quotes", names.join(", "))),
        }
    }

    fn fetch(&mut self, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.problem(value.span(), shown(value.get_ref()), "a table: [fetch]".to_owned());
        };
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "addresses" => self.addresses(value),
                "timeout_seconds" => self.timeout(value),
                other => self.unknown(name.span(), "setting", other, &FETCH_NAMES),
            }
        }
    }

    fn addresses(&mut self, value: &Value<'_>) {
        match strings(value.get_ref()) {
            Some(addresses) => match wanted(&addresses) {
                Ok(_) => self.reading.settings.addresses = Some(self.set(addresses, value)),
                Err(problem) => {
                    self.problem(value.span(), problem, "a list of https addresses of files in quotes".to_owned());
                }
            },
            None => self.problem(value.span(), shown(value.get_ref()), "a list of addresses in quotes".to_owned()),
        }
    }

    fn timeout(&mut self, value: &Value<'_>) {
        let seconds = match value.get_ref() {
            DeValue::Integer(number) => number.to_string().parse().ok().filter(|n| (1..=MAX_TIMEOUT).contains(n)),
            _ => None,
        };
        match seconds {
            Some(seconds) => self.reading.settings.timeout_seconds = Some(self.set(seconds, value)),
            None => {
                let expected = format!("a whole number of seconds from 1 to {MAX_TIMEOUT}");
                self.problem(value.span(), shown(value.get_ref()), expected);
            }
        }
    }

    fn keys(&mut self, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.problem(value.span(), shown(value.get_ref()), "a table: [keys]".to_owned());
        };
        for (name, keys) in table {
            let word = name.get_ref().as_ref();
            match Action::named().find(|(named, _)| *named == word) {
                Some((_, action)) => self.binding(action, keys),
                None => self.unknown(name.span(), "action", word, &Action::named().map(|(n, _)| n).collect::<Vec<_>>()),
            }
        }
    }

    fn binding(&mut self, action: Action, value: &Value<'_>) {
        let Some(words) = strings(value.get_ref()) else {
            return self.problem(value.span(), shown(value.get_ref()), "a key in quotes, or a list of them".to_owned());
        };
        let mut keys: Vec<Key> = Vec::new();
        for word in words {
            match word.parse() {
                Ok(key) => keys.push(key),
                Err(_) => return self.problem(value.span(), format!("{word:?}"), Key::WANTED.to_owned()),
            }
        }
        match self.reading.settings.keys.bind(action, &keys) {
            Ok(()) => {
                let bound = self.set((action, keys), value);
                self.reading.settings.bound.push(bound);
            }
            Err(refused) => self.problem(value.span(), refused.to_string(), "a key that is free there".to_owned()),
        }
    }

    fn set<T>(&self, value: T, at: &Value<'_>) -> Set<T> {
        Set { value, line: self.location(at.span()).0 }
    }

    /// Whether further problems are only counted, not described: describing each takes time, and a longer list is of no use.
    fn is_counted_only(&mut self) -> bool {
        let is_full = self.reading.problems.len() >= MOST_PROBLEMS;
        self.others += usize::from(is_full);
        is_full
    }

    fn unknown(&mut self, at: Range<usize>, kind: &str, word: &str, known: &[&str]) {
        if self.is_counted_only() {
            return;
        }
        let hint = nearest(word, known.iter().copied()).first().map(|n| format!("; did you mean {n:?}?"));
        let expected = format!("{kind}, one of {}{}", known.join(", "), hint.unwrap_or_default());
        self.problem(at, format!("{:?}", clean(word)), expected);
    }

    fn problem(&mut self, at: Range<usize>, found: String, expected: String) {
        if self.is_counted_only() {
            return;
        }
        let (line, column) = self.location(at);
        let found = clean(&found).into_owned();
        self.reading.problems.push(Problem { location: Location::Text { line, column }, found, expected });
    }

    /// Returns the line and the column of the start of a byte range, both from 1.
    fn location(&self, at: Range<usize>) -> (usize, usize) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count();
        (before.matches('\n').count() + 1, column + 1)
    }
}

/// Returns a string, or the strings of an array; `None` for any other value.
fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    let one = |value: &DeValue<'_>| match value {
        DeValue::String(text) => Some(clean(text).into_owned()),
        _ => None,
    };
    match value {
        DeValue::Array(items) => items.iter().map(|item| one(item.get_ref())).collect(),
        value => one(value).map(|text| vec![text]),
    }
}

/// Describes a value of the wrong type.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text {text:?}"),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list with something else in it".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Context;

    fn problems(text: &str) -> Vec<String> {
        read(text).problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_hundred_problems_are_described_and_the_others_counted() {
        for (table, name) in [("", "setting"), ("[keys]\n", "action")] {
            let lines: String = (0..250).map(|n| format!("no{n} = 1\n")).collect();
            let problems = problems(&format!("{table}{lines}"));
            assert_eq!(problems.len(), MOST_PROBLEMS + 1, "{name}");
            assert!(problems[0].contains("\"no0\"") && problems[0].contains(name));
            assert!(problems[MOST_PROBLEMS].contains("150 more mistakes"), "{}", problems[MOST_PROBLEMS]);
        }
    }

    #[test]
    fn reads_every_setting_with_its_line() {
        let text = "theme = \"mono\"\nmouse = false\nsort = \"-services\"\ndata = [\"a.json\", \"b.csv\"]\n\n\
                    [keys]\nquit = [\"ctrl-q\", \"Q\"]\nsearch = \"f\"\n";
        let Reading { settings, problems } = read(text);
        assert_eq!(problems, []);
        assert_eq!(settings.theme, Some(Set { value: ThemeName::Mono, line: 1 }));
        assert_eq!(settings.mouse, Some(Set { value: false, line: 2 }));
        assert_eq!(settings.sort, Some(Set { value: "-services".to_owned(), line: 3 }));
        assert_eq!(settings.data.unwrap().value, ["a.json", "b.csv"]);
        assert_eq!(settings.keys.action(Context::List, "Q".parse().unwrap()), Some(Action::Quit));
        assert_eq!(settings.keys.action(Context::List, "q".parse().unwrap()), None);
        assert_eq!(settings.bound.iter().map(|b| b.line).max(), Some(8));
    }

    #[test]
    fn names_line_and_nearest_word_and_keeps_the_rest() {
        let text = "teme = \"mono\"\nmouse = \"off\"\ntheme = \"colourblind\"\nsort = \"authority\"\n[keys]\nserch = \"f\"\nzoom = \"ctrl-\"\nsuspend = \"z\"\n";
        let found = problems(text);
        let wanted = [
            ("line 1, column 1: found \"teme\"", "did you mean \"theme\"?"),
            ("line 2, column 9: found the text \"off\"", "true or false"),
            ("line 3, column 9: found \"colourblind\"", "did you mean \"colour-blind\"?"),
            ("line 6, column 1: found \"serch\"", "did you mean \"search\"?"),
            ("line 7, column 8: found \"ctrl-\"", "expected a key"),
            ("line 8, column 11: found z, which is typed", "a key that is free"),
        ];
        assert_eq!(found.len(), wanted.len(), "{found:#?}");
        for (found, (start, cure)) in found.iter().zip(wanted) {
            assert!(found.starts_with(start) && found.contains(cure), "{found}");
        }
        assert_eq!(read(text).settings.sort.unwrap().value, "authority");
    }

    #[test]
    fn reads_what_to_fetch_and_refuses_what_is_no_address() {
        let text = "[fetch]\naddresses = [\"https://example.org/a.csv\"]\ntimeout_seconds = 5\n";
        let Reading { settings, problems: found } = read(text);
        assert_eq!(found, []);
        let addresses = settings.addresses.unwrap();
        assert_eq!((addresses.value, addresses.line), (vec!["https://example.org/a.csv".to_owned()], 2));
        assert_eq!(settings.timeout_seconds.unwrap().value, 5);
        let wrong = "[fetch]\naddresses = [\"http://example.org/a.csv\"]\ntimeout_seconds = 0\nadress = 1\n";
        let found = problems(wrong);
        for (found, words) in found.iter().zip(["line 2", "from 1 to 600", "did you mean \"addresses\"?"]) {
            assert!(found.contains(words), "{found}");
        }
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn what_is_no_toml_is_named_and_the_rest_kept() {
        let text = "theme = \nmouse = false\n";
        assert!(problems(text)[0].starts_with("line 1, column "), "{:?}", problems(text));
        assert!(!read(text).settings.mouse.unwrap().value);
        for text in ["\u{0}", "[[[", "= 3", "a", "\"", "keys = 3", "[keys.up]\nx=1"] {
            assert_ne!(problems(text), [] as [String; 0], "{text:?}");
        }
    }
}
