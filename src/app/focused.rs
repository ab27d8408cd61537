//! What has the focus, over the panes and all layers: what is copied, exported and opened.

use super::action::ExportOf;
use super::page::Figure;
use crate::query::{AuthorityId, Filter};
use crate::statistics::MapView;

/// What has the focus when a layer is opened.
#[derive(Debug, Clone, Default)]
pub struct Focused {
    /// The council of the focused row of the table on top, or of the tile of the map.
    pub row: Option<AuthorityId>,
    /// The figure whose sources are shown, or else the focused one.
    pub figure: Option<Figure>,
    /// The council whose page has the focus, also under its sources.
    pub page: Option<AuthorityId>,
    /// The councils of the table on top.
    pub table: Option<Vec<AuthorityId>>,
    /// The text of a table on top that is not of councils.
    pub text: Option<String>,
    /// Whether a table of shares is on top, whose rows are about many councils.
    pub is_of_shares: bool,
    /// What the map shows, if it is open.
    pub map: Option<MapView>,
    /// What an export writes; `None` for the list.
    pub export: Option<ExportOf>,
    /// Whether what inspectors asked is on top: of a council, or of those listed.
    pub asked: Option<Option<AuthorityId>>,
    /// The title of the layer on top.
    pub title: Option<&'static str>,
    /// How the councils of the layer on top were chosen.
    pub filter: Option<Filter>,
}
