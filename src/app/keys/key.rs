//! A key: parsed from the settings, read from the terminal, and shown on the screen.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyModifiers};

/// A key, with or without Ctrl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    has_ctrl: bool,
}

/// The named keys, with every name that is parsed. The settings file is written with the
/// first name; the screen shows the last.
const NAMED: [(KeyCode, &[&str]); 15] = [
    (KeyCode::Up, &["up", "↑"]),
    (KeyCode::Down, &["down", "↓"]),
    (KeyCode::Left, &["left", "←"]),
    (KeyCode::Right, &["right", "→"]),
    (KeyCode::Home, &["home", "Home"]),
    (KeyCode::End, &["end", "End"]),
    (KeyCode::PageUp, &["page-up", "pageup", "PgUp"]),
    (KeyCode::PageDown, &["page-down", "pagedown", "PgDn"]),
    (KeyCode::Tab, &["tab", "Tab"]),
    (KeyCode::BackTab, &["shift-tab", "backtab", "Shift-Tab"]),
    (KeyCode::Enter, &["enter", "return", "Enter"]),
    (KeyCode::Esc, &["esc", "escape", "Esc"]),
    (KeyCode::Backspace, &["backspace", "Backspace"]),
    (KeyCode::Delete, &["delete", "del", "Delete"]),
    (KeyCode::Char(' '), &["space", "Space"]),
];

impl Key {
    /// Creates a key without Ctrl.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, has_ctrl: false }
    }

    /// Creates the key of a character, without Ctrl.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// Creates the key of a letter with Ctrl.
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), has_ctrl: true }
    }

    /// Returns the key of an event; `None` with any modifier other than Shift and Ctrl.
    pub fn from_event(code: KeyCode, modifiers: KeyModifiers) -> Option<Self> {
        let others = modifiers - KeyModifiers::SHIFT - KeyModifiers::CONTROL;
        let has_ctrl = modifiers.contains(KeyModifiers::CONTROL);
        let code = match code {
            KeyCode::Char(c) if has_ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        others.is_empty().then_some(Self { code, has_ctrl })
    }

    /// Returns the event of pressing it.
    #[cfg(test)]
    pub fn event(&self) -> crossterm::event::KeyEvent {
        let modifiers = if self.has_ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
        crossterm::event::KeyEvent::new(self.code, modifiers)
    }

    /// Whether it is pressed without Ctrl.
    pub fn is_plain(self) -> bool {
        !self.has_ctrl
    }

    /// Whether the key inserts a character while a line is being typed.
    pub fn is_typed(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.has_ctrl
    }

    /// Returns its name in the settings, which [`Key::from_str`] parses.
    pub fn written(self) -> String {
        let name = match (self.code, names(self.code).and_then(|names| names.first())) {
            (_, Some(name)) => (*name).to_owned(),
            (KeyCode::F(number), None) => format!("f{number}"),
            (KeyCode::Char(c), None) => c.to_string(),
            (code, None) => code.to_string(),
        };
        if self.has_ctrl { format!("ctrl-{name}") } else { name }
    }
}

fn names(code: KeyCode) -> Option<&'static [&'static str]> {
    NAMED.iter().find(|(named, _)| *named == code).map(|(_, names)| *names)
}

impl fmt::Display for Key {
    /// Writes its name on the screen: `↑`, `Ctrl-U`, `PgDn`, `g`, `G`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_ctrl {
            f.write_str("Ctrl-")?;
        }
        match (self.code, names(self.code).and_then(|names| names.last())) {
            (_, Some(name)) => f.write_str(name),
            (KeyCode::Char(c), None) if self.has_ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            (KeyCode::Char(c), None) => write!(f, "{c}"),
            (code, None) => write!(f, "{code}"),
        }
    }
}

/// The error for a text that is not the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no key")]
pub struct InvalidKey;

impl Key {
    /// The expected syntax of a key, for error messages.
    pub const WANTED: &str = "a key: a character, its name (up, page-down, enter, esc, tab, space, f1, …), \
                              or one of them after ctrl-";
}

impl FromStr for Key {
    type Err = InvalidKey;

    /// Parses a character or the name of a key in any case, with or without `ctrl-` before it.
    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let is_ctrl = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("ctrl-"));
        let rest = if is_ctrl { text.get(5..).unwrap_or_default() } else { text };
        let code = code(rest).ok_or(InvalidKey)?;
        Ok(match code {
            KeyCode::Char(c) if is_ctrl => Self { code: KeyCode::Char(c.to_ascii_lowercase()), has_ctrl: true },
            code => Self { code, has_ctrl: is_ctrl },
        })
    }
}

fn code(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    if let (Some(c), None) = (characters.next(), characters.next())
        && !c.is_control()
        && !['↑', '↓', '←', '→'].contains(&c)
    {
        return Some(KeyCode::Char(c));
    }
    let is_named = |(_, names): &&(KeyCode, &[&str])| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    if let Some((code, _)) = NAMED.iter().find(is_named) {
        return Some(*code);
    }
    let number = name.strip_prefix(['f', 'F'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(KeyCode::F(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_what_it_shows() {
        let codes = NAMED.map(|(code, _)| code).into_iter();
        for code in codes.chain([KeyCode::F(5), KeyCode::Char('g'), KeyCode::Char('é'), KeyCode::Char('-')]) {
            for has_ctrl in [false, true] {
                let key = Key { code, has_ctrl };
                assert_eq!(key.written().parse(), Ok(key));
                assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
    }

    #[test]
    fn tells_capitals_apart_but_not_with_ctrl() {
        assert_ne!("g".parse::<Key>(), "G".parse());
        assert_eq!("ctrl-g".parse::<Key>(), "Ctrl-G".parse());
    }

    #[test]
    fn refuses_what_no_key_is() {
        for text in ["", "ctrl-", "f0", "f25", "hyper-x", "ab", "\u{7}"] {
            assert_eq!(text.parse::<Key>(), Err(InvalidKey), "{text:?}");
        }
    }
}
