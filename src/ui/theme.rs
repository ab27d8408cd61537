//! The colour themes: a style for each role of a piece of text.
//!
//! The default theme uses the terminal's own sixteen colours on its own background; those for dark and for light terminals use
//! colours that are measured, in `tests/it/contrast.rs`. Grades are never distinguished by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::app::ThemeName;
use crate::app::screen::Role;
use crate::statistics::Verdict;

/// Colours and attributes for every role.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    accent: Style,
    bar: Style,
    grades: [Style; 4],
    /// The colour of text on a tile filled with the colour of a grade.
    on_grades: [Color; 4],
    /// The sign before the title of the pane that has the focus, where no colour tells it.
    focus_sign: &'static str,
    /// Whether everything is drawn in ASCII.
    pub is_ascii: bool,
    /// Whether the terminal has sixteen colours.
    pub has_few_colours: bool,
}

impl Theme {
    /// Returns a theme by its name.
    pub fn named(name: ThemeName) -> Self {
        let of = |color| Style::new().fg(color);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let plain = Self {
            accent: bold,
            bar: Style::new(),
            grades: [Style::new(); 4],
            on_grades: [Color::Reset; 4],
            focus_sign: "",
            is_ascii: false,
            has_few_colours: false,
        };
        match name {
            ThemeName::Default => Self {
                accent: of(Color::Magenta),
                grades: [of(Color::Green), of(Color::Cyan), of(Color::Yellow), of(Color::Red)],
                on_grades: [Color::Black, Color::Black, Color::Black, Color::White],
                ..plain
            },
            ThemeName::Dark => Self {
                accent: of(Color::Indexed(176)),
                grades: [86, 110, 184, 203].map(|number| of(Color::Indexed(number))),
                on_grades: [Color::Indexed(16); 4],
                ..plain
            },
            ThemeName::Light => Self {
                accent: of(Color::Indexed(90)),
                grades: [17, 26, 94, 125].map(|number| of(Color::Indexed(number))),
                on_grades: [Color::Indexed(231); 4],
                ..plain
            },
            ThemeName::ColourBlind => Self {
                accent: of(Color::Blue),
                grades: [of(Color::Blue), of(Color::Cyan), of(Color::Yellow), of(Color::Red)],
                on_grades: [Color::White, Color::Black, Color::Black, Color::White],
                ..plain
            },
            ThemeName::Mono => Self { focus_sign: "▸ ", ..plain },
        }
    }

    /// Returns the theme with everything drawn in ASCII, or not.
    #[must_use]
    pub fn in_ascii(self, is_ascii: bool) -> Self {
        Self { is_ascii, ..self }
    }

    /// Returns the theme for a terminal that has sixteen colours, or more: without more, one that uses them is the default one.
    #[must_use]
    pub fn in_few_colours(self, has_few_colours: bool) -> Self {
        let uses_more = self.grades.iter().any(|style| matches!(style.fg, Some(Color::Indexed(_))));
        let theme = if has_few_colours && uses_more { Self::named(ThemeName::Default) } else { self };
        Self { is_ascii: self.is_ascii, has_few_colours, ..theme }
    }

    /// Whether grades are told apart by colours too.
    pub fn has_colours(&self) -> bool {
        self.grades.iter().any(|style| style.fg.is_some())
    }

    /// Returns the sign before the title of the pane that has the focus; empty if a colour tells it.
    pub fn focus_sign(&self) -> &'static str {
        self.focus_sign
    }

    /// Returns the style of normal text.
    pub fn plain(&self) -> Style {
        Style::new()
    }

    /// Returns the style of less important text.
    pub fn faint(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Returns the style of emphasised text.
    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Returns the accent style, for keys and whatever has the focus.
    pub fn accent(&self) -> Style {
        self.accent
    }

    /// Returns the style of letters that match the search.
    pub fn matched(&self) -> Style {
        self.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Returns the style of a grade by its distance from the best: 0 is the best, 3 the lowest; plain for any other.
    pub fn grade(&self, degree: u8) -> Style {
        self.grades.get(usize::from(degree)).copied().unwrap_or_default()
    }

    /// Returns the style of a tile filled with the colour of a grade; without colours, that of emphasised text.
    pub fn tile(&self, degree: u8) -> Style {
        match (self.grade(degree).fg, self.on_grades.get(usize::from(degree))) {
            (Some(grade), Some(text)) => Style::new().bg(grade).fg(*text),
            _ => self.strong(),
        }
    }

    /// Returns the style of a role.
    pub fn role(&self, role: Role) -> Style {
        match role {
            Role::Plain => self.plain(),
            Role::Faint | Role::Verdict(Verdict::CannotTell) => self.faint(),
            Role::Strong | Role::Spoken(_) | Role::Verdict(Verdict::Contradicts) => self.strong(),
            Role::Heading => self.strong(),
            Role::Key => self.accent,
            Role::Grade(degree) | Role::Segment(degree) => self.grade(degree),
            Role::StrongGrade(degree) => self.grade(degree).patch(self.strong()),
            Role::FaintGrade(degree) => self.grade(degree).patch(self.faint()),
            Role::Tile(degree) => self.tile(degree),
            Role::TileLetter(degree) => self.tile(degree).add_modifier(Modifier::BOLD),
            Role::Bar => self.bar,
            Role::Link => self.plain().add_modifier(Modifier::UNDERLINED),
            Role::Verdict(_) => self.plain(),
        }
    }
}
