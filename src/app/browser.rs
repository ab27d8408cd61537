//! The browser: the model, and the layers open over its panes.

use std::ops::{Deref, DerefMut};

use super::action::{ExportOf, LayerKind};
use super::focused::Focused;
use super::keys::Context;
use super::layers::{Layer, OpenLayer, Sources, open};
use super::model::Model;
use super::page::Figure;
use crate::layout::Pane;
use crate::query::AuthorityId;

/// The model with the stack of layers, the top one last. It is used like its model: a layer only reads and changes that.
pub struct Browser {
    /// What the layers read and change.
    pub model: Model,
    /// The open layers, the top one last.
    pub layers: Vec<OpenLayer>,
    /// The layers from which each opened page came, which going back shows again; the newest last.
    pub behind: Vec<Vec<OpenLayer>>,
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

    /// Whether going back clears the filter or the date: nothing else is left to go back from.
    pub fn clears(&self) -> bool {
        let is_base = matches!(self.context(), Context::List | Context::Text) && !self.is_zoomed && !self.returns();
        is_base && !self.search.is_typing && !self.scopes().is_empty()
    }

    /// Opens the layer of a kind on top of the others, if there is something to show in it.
    pub fn show(&mut self, kind: LayerKind) {
        let layer = open(kind, &self.model, &self.focused());
        self.layers.extend(layer.map(OpenLayer::from));
    }

    /// Opens a layer on top of the others.
    pub fn open(&mut self, layer: Layer) {
        self.layers.push(OpenLayer::from(layer));
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
            title: top.map(Layer::title),
            filter: top.map(|layer| layer.filter(&self.model)),
        }
    }
}
