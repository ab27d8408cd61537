//! Writes the settings in force, each with where it was set, as a valid settings file.

use std::io::{self, Write};

use clap::ValueEnum;
use toml::Value;

use super::Settings;
use crate::app::{Action, Key, KeyTable};
use crate::fetch::{DEFAULT_ADDRESSES, DEFAULT_TIMEOUT_SECONDS};
use crate::text::wrap;
use crate::ui::ThemeName;

/// Where a setting was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetBy {
    /// Nowhere: it is the default.
    Default,
    /// On this line of the file, from 1.
    Line(usize),
    /// By this command line option or environment variable.
    Outside(&'static str),
}

/// A setting in force, with where it was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce<T> {
    /// The value.
    pub value: T,
    /// Where it was set.
    pub set_by: SetBy,
}

/// Writes all settings; those left at their default are commented out. `place` says where the file is. Theme
/// and mouse are passed separately, because they can also be set outside the file.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write(
    out: &mut dyn Write,
    place: &str,
    settings: &Settings,
    theme: InForce<ThemeName>,
    mouse: InForce<bool>,
) -> io::Result<()> {
    let mut writer = Writer { out };
    writer.words(&format!("The settings of scrutineer, in force now. {place}"))?;
    writer.words("A line that begins with # is a default. To change one, take the # away and change the value.")?;
    writer.setting(
        "Colours: default, dark, light, colour-blind or mono. NO_COLOR makes mono the default.",
        "theme",
        theme_name(theme.value),
        theme.set_by,
    )?;
    writer.setting(
        "Whether clicks select and the wheel scrolls.",
        "mouse",
        Value::Boolean(mouse.value),
        mouse.set_by,
    )?;
    let framework = settings.framework.as_ref();
    writer.setting(
        "The framework that the browser opens on, by id or title; without it, that of most councils' newest inspections.",
        "framework",
        Value::from(framework.map_or("ilacs", |f| f.value.as_str())),
        line(framework.map(|f| f.line)),
    )?;
    let council = settings.council.as_ref();
    writer.setting(
        "The council that the browser opens on, by name or code.",
        "council",
        Value::from(council.map_or("Bristol", |c| c.value.as_str())),
        line(council.map(|c| c.line)),
    )?;
    let sort = settings.sort.as_ref();
    let column = sort.map_or("authority", |s| s.value.as_str());
    writer.setting(
        "The column that orders the list at the start: council, or a category. A - before it turns the order round.",
        "sort",
        Value::from(column),
        line(sort.map(|s| s.line)),
    )?;
    let data = settings.data.as_ref();
    let files = data.map(|d| d.value.clone()).unwrap_or_default();
    writer.setting(
        "Files to open where none is named, joined with the record and what was fetched. A relative path starts from the folder \
         of this file.",
        "data",
        Value::from(files),
        line(data.map(|d| d.line)),
    )?;
    writer.fetch(settings)?;
    writer.keys(settings)
}

fn theme_name(theme: ThemeName) -> Value {
    Value::from(theme.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default())
}

fn line(line: Option<usize>) -> SetBy {
    line.map_or(SetBy::Default, SetBy::Line)
}

struct Writer<'o> {
    out: &'o mut dyn Write,
}

impl Writer<'_> {
    fn words(&mut self, text: &str) -> io::Result<()> {
        for range in wrap(text, 98) {
            writeln!(self.out, "# {}", text.get(range).unwrap_or_default())?;
        }
        Ok(())
    }

    fn setting(&mut self, words: &str, name: &str, value: Value, set_by: SetBy) -> io::Result<()> {
        writeln!(self.out)?;
        self.words(words)?;
        self.line(name, &value, set_by)
    }

    fn line(&mut self, name: &str, value: &Value, set_by: SetBy) -> io::Result<()> {
        match set_by {
            SetBy::Default => writeln!(self.out, "#{name} = {value}"),
            SetBy::Line(line) => writeln!(self.out, "{name} = {value} # line {line}"),
            SetBy::Outside(from) => writeln!(self.out, "{name} = {value} # from {from}"),
        }
    }

    fn fetch(&mut self, settings: &Settings) -> io::Result<()> {
        writeln!(self.out)?;
        self.words(
            "What `scrutineer fetch` gets: the addresses of files (of those with the same name, the first that \
                    answers), and how long it waits for an answer.",
        )?;
        writeln!(self.out, "[fetch]")?;
        let addresses = settings.addresses.as_ref();
        let value = addresses.map_or_else(|| DEFAULT_ADDRESSES.map(str::to_owned).into(), |set| set.value.clone());
        self.line("addresses", &Value::from(value), line(addresses.map(|set| set.line)))?;
        let timeout = settings.timeout_seconds.as_ref();
        let seconds = timeout.map_or(DEFAULT_TIMEOUT_SECONDS, |set| set.value);
        self.line("timeout_seconds", &Value::from(seconds), line(timeout.map(|set| set.line)))
    }

    fn keys(&mut self, settings: &Settings) -> io::Result<()> {
        writeln!(self.out)?;
        self.words(
            "Keys by action: a character, ctrl- before one, or up, down, left, right, home, end, page-up, page-down, \
             tab, shift-tab, enter, esc, backspace, delete, space, f1 and on. An empty list leaves the action without \
             a key. Ctrl-C always quits, and the keys of a line being typed stay.",
        )?;
        writeln!(self.out, "[keys]")?;
        for (name, action) in Action::named() {
            let bound = settings.bound.iter().find(|b| b.value.0 == action);
            let keys = keys(&settings.keys, action);
            self.line(name, &keys, line(bound.map(|b| b.line)))?;
        }
        Ok(())
    }
}

fn keys(table: &KeyTable, action: Action) -> Value {
    Value::from(table.keys_of(action).into_iter().map(Key::written).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Context;
    use crate::settings::read;

    fn written(text: &str, theme: InForce<ThemeName>) -> String {
        let settings = read(text).settings;
        let mouse = InForce { value: true, set_by: SetBy::Default };
        let mut out = Vec::new();
        write(&mut out, "No settings file.", &settings, theme, mouse).unwrap();
        String::from_utf8(out).unwrap()
    }

    const DEFAULT: InForce<ThemeName> = InForce { value: ThemeName::Default, set_by: SetBy::Default };

    #[test]
    fn what_is_written_reads_as_the_same_settings() {
        let text = "sort = \"-services\"\ndata = [\"it's \\\"here\\\".json\"]\n[keys]\nsearch = [\"f\", \"ctrl-f\"]\nmouse = []\n";
        let again = written(text, DEFAULT);
        assert_eq!(read(&again).problems, []);
        let strip =
            |text: &str| text.lines().map(|l| l.split(" # line").next().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(strip(&written(&again, DEFAULT)), strip(&again));
        assert!(again.contains("sort = \"-services\" # line 1"), "{again}");
    }

    #[test]
    fn the_template_is_right_with_its_comments_taken_away() {
        let template = written("", DEFAULT);
        assert!(read(&template).settings.theme.is_none());
        let is_value = |line: &&str| !line.starts_with("# ");
        let live: Vec<&str> = template.lines().filter(is_value).map(|l| l.trim_start_matches('#')).collect();
        assert_eq!(read(&live.join("\n")).problems, []);
        let settings = read(&live.join("\n")).settings;
        assert_eq!(settings.bound.len(), Action::named().count());
        let quit = settings.keys.action(Context::List, Key::char('q'));
        assert_eq!(quit, Some(Action::Quit), "the keys are those there were");
    }

    #[test]
    fn says_what_was_set_elsewhere() {
        let mono = InForce { value: ThemeName::Mono, set_by: SetBy::Outside("NO_COLOR") };
        assert!(written("", mono).contains("theme = \"mono\" # from NO_COLOR"));
    }
}
