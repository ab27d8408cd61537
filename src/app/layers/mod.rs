//! The layers: pages that open over the panes, one module for each. A layer has its own state, key context and page,
//! and handles some actions itself; the browser handles the rest.

mod asked;
mod changed;
mod compare;
mod copy;
mod export;
mod filters;
mod help;
mod map;
mod neighbours;
mod palette;
mod problems;
mod regions;
mod settings;
mod shares;
mod sources;
mod table;
mod told;
mod years;

pub use asked::Asked;
pub use changed::Changed;
pub use compare::Compare;
pub use copy::{CopyMenu, Copying};
pub use export::{Export, OverwriteQuestion, ending};
pub use filters::Filters;
pub use help::Help;
pub use map::Map;
pub use neighbours::Neighbours;
pub use palette::Palette;
pub use problems::Problems;
pub use regions::Regions;
pub use settings::Settings;
pub use sources::Sources;
pub use told::Told;
pub use years::Years;

use super::action::{Action, Effect, ExportOf, LayerKind};
use super::focused::{Command, Focused};
use super::input_line::InputLine;
use super::keys::Context;
use super::model::Model;
use super::page::{Figure, Line, Page, Role};
use crate::query::{AuthorityId, Column, Filter, Sort, View};
use crate::text::display_width;

/// The result of passing an action to a layer.
#[derive(Debug, Clone)]
pub enum Handled {
    /// Not handled: the browser must handle it.
    No,
    /// Handled; the layer stays open.
    Yes(Option<Effect>),
    /// The layer closes, and the browser performs this action instead.
    Do(Action),
    /// Handled; the layer closes.
    Close(Option<Effect>),
    /// The layer closes, and another opens in its place.
    Open(Box<Layer>),
    /// Every layer closes, and the page of this council opens.
    GoTo(AuthorityId),
}

/// The interface of a layer.
trait Content {
    /// Returns the layer as its key opens it; `None` if there is nothing to show, or if no key opens it.
    fn open(_model: &Model, _focused: &Focused) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// Its title.
    fn title(&self) -> &'static str;

    /// The title, with the day if the layer has one of its own.
    fn heading(&self) -> String {
        self.title().to_owned()
    }

    /// Returns the context that decides what a key means in it.
    fn context(&self) -> Context {
        Context::Layer
    }

    /// Returns its page, laid out for a width.
    fn page(&self, state: &Model, width: usize) -> Page;

    /// Whether it leaves the list in sight, where that is beside the other panes.
    fn is_beside_list(&self) -> bool {
        false
    }

    /// Whether its page uses the whole width of a wide window.
    fn is_wide(&self) -> bool {
        false
    }

    /// Returns the focused choice, if the layer itself decides it.
    fn focus(&self) -> Option<Figure> {
        None
    }

    /// Handles an action, or returns [`Handled::No`]. `focus` is the focused choice.
    fn handle(&mut self, _action: Action, _focus: Option<Figure>, _state: &mut Model) -> Handled {
        Handled::No
    }

    /// Returns the authorities of its choices, in their order, if it is a table of authorities: the focused one can be
    /// opened.
    fn authorities(&self, _state: &Model) -> Vec<AuthorityId> {
        Vec::new()
    }

    /// Returns the order of its table, to be changed; the order itself is `None` while the table has the order in which
    /// it opens.
    fn order(&mut self) -> Option<&mut Option<Sort>> {
        None
    }

    /// Returns the columns in which its table can be sorted.
    fn columns(&self, view: &View) -> Vec<Column> {
        table::columns(view)
    }

    /// Returns the command that prints the same, without the options that say of which data; `None` if it is that of the list.
    fn command(&self, _state: &Model) -> Option<Command> {
        None
    }

    /// Returns its answer as a sentence to paste, if it is not that of a figure or a council.
    fn sentence(&self, _state: &Model) -> Option<String> {
        None
    }

    /// Returns its table as text to copy, with its headers, if it is not a table of authorities.
    fn text(&self, _state: &Model) -> Option<String> {
        None
    }

    /// Returns how the authorities of its table were chosen, for an export.
    fn filter(&self, _state: &Model) -> Filter {
        Filter::default()
    }

    /// Inserts pasted text, if a line is being typed.
    fn paste(&mut self, _text: &str, _model: &Model) {}
}

/// Lays out a line that is being typed after a prompt; returns it with the column of the cursor.
fn typed_line(input: &InputLine, prompt: &'static str, width: usize) -> (Line, usize) {
    let start = display_width(prompt);
    let (shown, column) = input.visible(width.saturating_sub(start + 1));
    (Line::new().with(prompt, Role::Key).with(shown.to_owned(), Role::Strong), start + column)
}

/// Defines the layers: each variant holds the state of the type of its name. Those with a name in the settings can be
/// given a key.
macro_rules! layers {
    ($($kind:ident,)* ; $($other:ident,)*) => {
        layers!(@layers $($kind,)* $($other,)*);

        /// Returns the layer of a kind; `None` if there is nothing to show in it.
        pub fn open(kind: LayerKind, model: &Model, focused: &Focused) -> Option<Layer> {
            match kind {
                $(LayerKind::$kind => $kind::open(model, focused).map(Layer::$kind),)*
            }
        }
    };
    (@layers $($layer:ident,)*) => {
        /// A layer over the panes.
        #[derive(Debug, Clone)]
        pub enum Layer {
            $(#[allow(missing_docs, reason = "described by its type")] $layer($layer),)*
        }

        impl Layer {
            fn content(&self) -> &dyn Content {
                match self {
                    $(Self::$layer(layer) => layer,)*
                }
            }

            fn content_mut(&mut self) -> &mut dyn Content {
                match self {
                    $(Self::$layer(layer) => layer,)*
                }
            }
        }
    };
}

layers! {
    Filters,
    Map,
    Changed,
    Palette,
    Regions,
    Years,
    Neighbours,
    Asked,
    Compare,
    Sources,
    Problems,
    CopyMenu,
    Export,
    Settings,
    Help,
    ;
    OverwriteQuestion,
    Told,
}

impl Layer {
    /// Returns its title.
    pub fn title(&self) -> &'static str {
        self.content().title()
    }

    /// Returns the command that prints the same; see [`Content::command`].
    pub fn command(&self, state: &Model) -> Option<Command> {
        self.content().command(state)
    }

    /// Returns its answer as a sentence; see [`Content::sentence`].
    pub fn sentence(&self, state: &Model) -> Option<String> {
        self.content().sentence(state)
    }

    /// Returns its title.
    pub fn heading(&self) -> String {
        self.content().heading()
    }

    /// Returns the context that decides what a key means in it.
    pub fn context(&self) -> Context {
        self.content().context()
    }

    /// Returns its page, laid out for a width.
    pub fn page(&self, state: &Model, width: usize) -> Page {
        self.content().page(state, width)
    }

    /// Handles an action, or returns [`Handled::No`]. `focus` is the focused choice.
    pub fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        self.content_mut().handle(action, focus, state)
    }

    /// Whether it leaves the list in sight, where that is beside the other panes.
    pub fn is_beside_list(&self) -> bool {
        self.content().is_beside_list()
    }

    /// Whether its page uses the whole width of a wide window.
    pub fn is_wide(&self) -> bool {
        self.content().is_wide()
    }

    /// Returns the focused choice, if the layer itself decides it.
    pub fn focus(&self) -> Option<Figure> {
        self.content().focus()
    }

    /// Returns the authorities of its choices, if it is a table of authorities.
    pub fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        self.content().authorities(state)
    }

    /// Returns the order of its table, to be changed; `None` if it is not a table that can be sorted.
    pub fn order(&mut self) -> Option<&mut Option<Sort>> {
        self.content_mut().order()
    }

    /// Returns the columns in which its table can be sorted.
    pub fn columns(&self, view: &View) -> Vec<Column> {
        self.content().columns(view)
    }

    /// Returns its table as text to copy, if it is not a table of authorities.
    pub fn text(&self, state: &Model) -> Option<String> {
        self.content().text(state)
    }

    /// Returns what an export of it writes; `None` if it is nothing of its own.
    pub fn export_of(&self, state: &Model) -> Option<ExportOf> {
        match self {
            Self::Regions(_) => Some(ExportOf::Regions),
            Self::Years(_) => Some(ExportOf::Years),
            Self::Map(map) => Some(ExportOf::Map(map.view(state))),
            Self::Told(told) => Some(told.export_of(state)),
            Self::Asked(asked) => Some(ExportOf::Asked(asked.council(state))),
            _ if self.is_table() => Some(ExportOf::Table(self.authorities(state), self.filter(state))),
            _ => None,
        }
    }

    /// Whether it is a table of authorities that can be copied and exported. The map has authorities, but is no table.
    pub fn is_table(&self) -> bool {
        matches!(self, Self::Neighbours(_) | Self::Compare(_) | Self::Changed(_))
            || matches!(self, Self::Sources(Sources::Figure(Figure::Count(_))))
    }

    /// Whether it is a place to come back to from a page that was opened in it, and not a menu or a search.
    pub fn is_place(&self) -> bool {
        self.is_table()
            || matches!(
                self,
                Self::Map(_) | Self::Asked(_) | Self::Told(_) | Self::Regions(_) | Self::Years(_) | Self::Sources(_)
            )
    }

    /// Returns how the authorities of its table were chosen.
    pub fn filter(&self, state: &Model) -> Filter {
        self.content().filter(state)
    }

    /// Inserts pasted text, if a line is being typed.
    pub fn paste(&mut self, text: &str, model: &Model) {
        self.content_mut().paste(text, model);
    }
}

/// An open layer with its scroll offset and its focused choice.
#[derive(Debug, Clone)]
pub struct OpenLayer {
    /// The layer.
    pub layer: Layer,
    /// The first visible line.
    pub scroll: usize,
    /// The focused choice, if the layer has choices.
    pub figure: Option<Figure>,
    /// How many filters, dates and searches were chosen before it was opened: what was chosen later is taken off first.
    pub opened_at: usize,
}

impl OpenLayer {
    /// Opens a layer after a number of choices.
    pub fn new(layer: Layer, opened_at: usize) -> Self {
        Self { layer, scroll: 0, figure: None, opened_at }
    }
}
