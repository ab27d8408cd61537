//! The names of the colour themes.

/// The names of the themes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Default,
    /// Colours for a dark terminal that has 256 of them.
    Dark,
    /// Colours for a light terminal that has 256 of them.
    Light,
    /// Those of the terminal's sixteen colours that are told apart best.
    ColourBlind,
    /// No colours.
    Mono,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [Self; 5] = [Self::Default, Self::Dark, Self::Light, Self::ColourBlind, Self::Mono];

    /// Returns its name, as in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::ColourBlind => "colour-blind",
            Self::Mono => "mono",
        }
    }

    /// Says what it is like.
    pub fn words(self) -> &'static str {
        match self {
            Self::Default => "the terminal's own sixteen colours",
            Self::Dark => "for a dark terminal, also for the colour-blind",
            Self::Light => "for a light terminal, also for the colour-blind",
            Self::ColourBlind => "those of the sixteen that are told apart best",
            Self::Mono => "no colours",
        }
    }
}
