//! The names of the colour themes.

/// The names of the themes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Default,
    /// Colours that differ for every kind of colour vision.
    ColourBlind,
    /// No colours.
    Mono,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Default, Self::ColourBlind, Self::Mono];

    /// Returns its name, as in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::ColourBlind => "colour-blind",
            Self::Mono => "mono",
        }
    }

    /// Says what it is like.
    pub fn words(self) -> &'static str {
        match self {
            Self::Default => "the terminal's own colours",
            Self::ColourBlind => "colours that differ for every kind of colour vision",
            Self::Mono => "no colours",
        }
    }
}
