//! The browser: the model, and the layers open over its panes.

use std::ops::{Deref, DerefMut};

use super::action::{ExportOf, LayerKind};
use super::focused::Focused;
use super::keys::Context;
use super::layers::{Layer, OpenLayer, Sources, open};
use super::model::Model;
use super::page::Figure;
use crate::dataset::AsAt;
use crate::layout::Pane;
use crate::query::AuthorityId;

/// The model with the stack of layers, the top one last. It is used like its model: a layer only reads and changes that.
pub struct Browser {
    /// What the layers read and change.
    pub model: Model,
    /// The open layers, the top one last.
    pub layers: Vec<OpenLayer>,
    /// What each opened page came from, which going back shows again; the newest last.
    pub behind: Vec<Behind>,
}

/// What a page was opened from.
pub struct Behind {
    /// The layers.
    pub layers: Vec<OpenLayer>,
    /// The council whose page was open below them, and how many choices were made before that.
    pub page: Option<(AuthorityId, usize)>,
    /// The day that the list was as at before: a page opened on the map is as at the day of the map.
    pub as_at: Option<AsAt>,
}

/// What going back takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newest {
    /// A filter, the date, or a search that was kept.
    Scope,
    /// The layer on top.
    Layer,
    /// An opened page, or the focus of a pane of text.
    Page,
    /// The search that is being typed.
    Search,
    /// Nothing: this is the base.
    Nothing,
}

impl Deref for Browser {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

impl DerefMut for Browser {
    fn deref_mut(&mut self) -> &mut Model {
        &mut self.model
    }
}

impl Browser {
    /// Returns the context that decides what a key means now.
    pub fn context(&self) -> Context {
        match (self.layers.last(), self.search.is_typing, self.focus) {
            (Some(top), ..) => top.layer.context(),
            (None, true, _) => Context::Search,
            (None, false, Pane::List) => Context::List,
            (None, false, Pane::Detail | Pane::Statistics) => Context::Text,
        }
    }

    /// Returns what going back takes off.
    pub fn newest(&self) -> Newest {
        let chosen = self.scopes().len();
        match self.layers.last() {
            // A menu is closed before what was chosen in it is taken off.
            Some(top) if chosen > top.opened_at && top.layer.is_place() => Newest::Scope,
            Some(_) => Newest::Layer,
            None if self.is_zoomed || self.returns() => match self.is_opened && chosen > self.opened_at {
                true => Newest::Scope,
                false => Newest::Page,
            },
            None if self.search.is_typing => Newest::Search,
            None if chosen > 0 => Newest::Scope,
            None => Newest::Nothing,
        }
    }

    /// Whether a page was opened, or a pane fills the window.
    pub fn has_page(&self) -> bool {
        self.is_zoomed || (self.is_opened && self.focus == Pane::Detail)
    }

    /// Whether that is so, with nothing on top.
    pub fn is_page_open(&self) -> bool {
        self.layers.is_empty() && self.has_page()
    }

    /// Whether going back clears the filter or the date on the base.
    pub fn clears(&self) -> bool {
        self.layers.is_empty() && self.newest() == Newest::Scope
    }

    /// Opens the layer of a kind on top of the others, if there is something to show in it.
    pub fn show(&mut self, kind: LayerKind) {
        let layer = open(kind, &self.model, &self.focused());
        let opened_at = self.scopes().len();
        self.layers.extend(layer.map(|layer| OpenLayer::new(layer, opened_at)));
    }

    /// Opens a layer on top of the others.
    pub fn open(&mut self, layer: Layer) {
        let opened_at = self.scopes().len();
        self.layers.push(OpenLayer::new(layer, opened_at));
    }

    /// Returns the council of the focused row of the table on top, or of the tile of the map.
    pub fn row_id(&self) -> Option<AuthorityId> {
        let top = self.layers.last()?;
        let Some(Figure::Choice(row)) = top.figure else { return None };
        top.layer.authorities(&self.model).get(row).copied()
    }

    /// Returns what has the focus.
    pub fn focused(&self) -> Focused {
        let top = self.layers.last().map(|open| &open.layer);
        let is_sources = |open: &OpenLayer| matches!(open.layer, Layer::Sources(_));
        let page = self.selected_id().filter(|_| self.focus == Pane::Detail && self.layers.iter().all(is_sources));
        let sourced = self.layers.iter().rev().find_map(|open| match open.layer {
            Layer::Sources(Sources::Figure(figure)) => Some(figure),
            _ => None,
        });
        let of_page = || Some(ExportOf::Council(page?, self.listing.authority(page?)?.name.to_string()));
        let table = top.filter(|layer| layer.is_table()).map(|layer| layer.authorities(&self.model));
        Focused {
            row: self.row_id(),
            figure: sourced.or_else(|| self.figure()),
            page,
            text: top.filter(|_| table.is_none()).and_then(|layer| layer.text(&self.model)),
            table,
            is_of_shares: top.is_some_and(|layer| layer.context() == Context::Shares),
            map: match top {
                Some(Layer::Map(map)) => Some(map.view(&self.model)),
                _ => None,
            },
            asked: match top {
                Some(Layer::Asked(asked)) => Some(asked.council(&self.model).map(|(id, _)| id)),
                _ => None,
            },
            export: top.map_or_else(of_page, |layer| layer.export_of(&self.model)),
            command: top.and_then(|layer| layer.command(&self.model)),
            sentence: top.and_then(|layer| layer.sentence(&self.model)),
            title: top.map(Layer::title),
            filter: top.map(|layer| layer.filter(&self.model)),
        }
    }
}
