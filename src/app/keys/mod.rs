//! The key table, which decides what each key does and generates the footer and the help.

mod defaults;
mod key;

#[cfg(test)]
pub use defaults::ROWS;
pub use key::{InvalidKey, Key};

use std::borrow::Cow;

use super::action::Action;

/// The part of the browser that receives the keys, which decides what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The list has the focus.
    List,
    /// A pane of text has the focus.
    Text,
    /// The search is being typed.
    Search,
    /// A layer without a context of its own is open.
    Layer,
    /// A table of authorities is open.
    Table,
    /// What is new is open: a table with a date of its own.
    Dated,
    /// The shares by region or by year are open.
    Shares,
    /// What inspectors asked to improve is open.
    Asked,
    /// The settings are open.
    Settings,
    /// The map is open.
    Map,
    /// The command palette is open.
    Palette,
    /// The help is open.
    Help,
    /// A search in the help is being typed.
    Find,
    /// The copy menu is open.
    Copy,
    /// The path of an export is being typed.
    Export,
    /// The question whether to overwrite a file is open.
    Overwrite,
    /// The filters are open.
    Filters,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::List,
        Self::Text,
        Self::Search,
        Self::Layer,
        Self::Table,
        Self::Dated,
        Self::Shares,
        Self::Asked,
        Self::Settings,
        Self::Map,
        Self::Palette,
        Self::Help,
        Self::Find,
        Self::Copy,
        Self::Export,
        Self::Overwrite,
        Self::Filters,
    ];

    /// Whether characters are typed into a line in this context.
    pub fn is_typing(self) -> bool {
        matches!(self, Self::Search | Self::Find | Self::Palette | Self::Export | Self::Filters)
    }
}

/// The sections of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Moving around.
    Moving,
    /// Searching, sorting and filtering.
    Finding,
    /// Reading, copying and exporting.
    Reading,
    /// The program itself.
    Program,
}

impl Group {
    /// The sections, in order.
    pub const ALL: [Self; 4] = [Self::Moving, Self::Finding, Self::Reading, Self::Program];

    /// Returns the heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Finding => "Finding",
            Self::Reading => "Reading",
            Self::Program => "Program",
        }
    }
}

/// A row of the table: keys that belong together.
#[derive(Debug, Clone)]
pub struct Row {
    /// The keys with their actions.
    pub keys: Cow<'static, [(Key, Action)]>,
    /// The contexts in which they work.
    pub contexts: &'static [Context],
    /// The label in the footer, and how many actions show their first key before it; `None` if the row is only in the
    /// help.
    pub footer: Option<(&'static str, usize)>,
    /// The explanation in the help.
    pub help: &'static str,
    /// The section in the help.
    pub group: Group,
}

impl Row {
    /// Whether the settings can change its keys. The keys for typing a line, the keys of the menus, and Ctrl-C are
    /// fixed, so that there is always a way out.
    fn is_bindable(&self) -> bool {
        let is_menu = self.contexts.iter().all(|c| c.is_typing() || matches!(c, Context::Copy | Context::Overwrite));
        !is_menu && !self.keys.iter().any(|(key, _)| *key == LEAVE)
    }

    fn shares_context(&self, other: &[Context]) -> bool {
        self.contexts.iter().any(|context| other.contains(context))
    }
}

/// The key that always quits.
const LEAVE: Key = Key::ctrl('c');

/// All keys with their actions.
#[derive(Debug, Clone)]
pub struct KeyTable {
    rows: Vec<Row>,
    /// The keys bound by the settings, so that none is bound to two actions.
    bound: Vec<(Key, Action)>,
}

impl Default for KeyTable {
    fn default() -> Self {
        Self { rows: defaults::ROWS.to_vec(), bound: Vec::new() }
    }
}

/// Why a key cannot be bound to an action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The action also works while a line is being typed, where this key inserts a character.
    #[error("{}, which is typed as text where this action must work too; take one with ctrl-, or a function key", .0.written())]
    Typed(Key),
    /// The key has a fixed meaning in the same context.
    #[error("{}, which keeps its meaning", .0.written())]
    Fixed(Key),
    /// The settings have already bound the key to another action.
    #[error("{}, which is bound to {} already", .0.written(), .1.name().unwrap_or("another action"))]
    Taken(Key, Action),
}

impl KeyTable {
    /// Returns the action of a key in a context; `None` if it has none, or if it is typed as text there.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        if context.is_typing() && key.is_typed() {
            return None;
        }
        let rows = self.rows.iter().filter(|row| row.contexts.contains(&context));
        rows.flat_map(|row| row.keys.iter()).find(|(bound, _)| *bound == key).map(|(_, action)| *action)
    }

    /// Returns every key as the manual describes it: the section, the keys, and what they do.
    pub fn described(&self) -> Vec<(&'static str, String, &'static str)> {
        let row = |group: Group, row: &Row| {
            let keys: Vec<String> = row.keys.iter().map(|(key, _)| format!("`{key}`")).collect();
            (group.title(), keys.join(" "), row.help)
        };
        Group::ALL.into_iter().flat_map(|group| self.group(group).map(move |one| row(group, one))).collect()
    }

    /// Returns the rows of a section of the help.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.group == group)
    }

    /// Returns the entries of the footer in a context: keys, a word and the first action, the most useful first. The last
    /// two are help and quit.
    pub fn footer(&self, context: Context) -> Vec<(String, &'static str, Action)> {
        let rows = self.rows.iter().filter(|row| row.contexts.contains(&context));
        let mut entries: Vec<_> = rows.filter_map(Self::footer_entry).collect();
        let ordered = match context {
            Context::List | Context::Text => defaults::FOOTER.as_slice(),
            Context::Map | Context::Table | Context::Dated | Context::Shares | Context::Asked => {
                defaults::LAYER_FOOTER.as_slice()
            }
            _ => &[],
        };
        // Without a key of its own, quitting has the one that always works.
        let is_base = matches!(context, Context::List | Context::Text);
        if is_base && !entries.iter().any(|(.., action)| *action == Action::Quit) {
            entries.push((LEAVE.to_string(), "quit", Action::End));
        }
        let order = |action: &Action| ordered.iter().position(|held| held == action);
        entries.sort_by_cached_key(|(.., action)| order(action).unwrap_or(usize::MAX));
        entries
    }

    fn footer_entry(row: &Row) -> Option<(String, &'static str, Action)> {
        let (word, count) = row.footer?;
        let mut shown: Vec<Action> = Vec::new();
        let mut keys = String::new();
        for (key, action) in row.keys.iter() {
            if shown.len() < count && !shown.contains(action) {
                shown.push(*action);
                keys.push_str(&key.to_string());
            }
        }
        Some((keys, word, *shown.first()?))
    }

    /// Returns the keys of an action that the settings can change, in order and without repetition.
    pub fn keys_of(&self, action: Action) -> Vec<Key> {
        let rows = self.rows.iter().filter(|row| row.is_bindable());
        let keys = rows.flat_map(|row| row.keys.iter()).filter(|(_, bound)| *bound == action).map(|(key, _)| *key);
        let mut each: Vec<Key> = Vec::new();
        for key in keys {
            if !each.contains(&key) {
                each.push(key);
            }
        }
        each
    }

    /// Replaces the keys of an action. Other actions lose the keys that they had by default in the same contexts.
    ///
    /// # Errors
    /// If one of the keys cannot be bound to the action; nothing is changed then.
    pub fn bind(&mut self, action: Action, keys: &[Key]) -> Result<(), Refused> {
        let keys: Vec<(Key, Vec<Context>)> = keys.iter().map(|key| (*key, contexts_of(action, *key))).collect();
        for (key, contexts) in &keys {
            self.check(action, *key, contexts)?;
        }
        self.bound.extend(keys.iter().map(|(key, _)| (*key, action)));
        for (row, default) in self.rows.iter_mut().zip(&defaults::ROWS).filter(|(_, default)| default.is_bindable()) {
            let here = keys.iter().filter(|(_, contexts)| row.shares_context(contexts)).map(|(key, _)| *key);
            let here: Vec<Key> = here.collect();
            let at = row.keys.iter().chain(default.keys.iter()).position(|(_, bound)| *bound == action);
            let keys = row.keys.to_mut();
            keys.retain(|(key, bound)| *bound == action || !here.contains(key));
            if let Some(at) = at {
                keys.retain(|(_, bound)| *bound != action);
                let at = at.min(keys.len());
                keys.splice(at..at, here.into_iter().map(|key| (key, action)));
            }
        }
        Ok(())
    }

    fn check(&self, action: Action, key: Key, contexts: &[Context]) -> Result<(), Refused> {
        let has_it = self.rows.iter().any(|row| row.keys.contains(&(key, action)));
        if !has_it && key.is_typed() && contexts.iter().any(|context| context.is_typing()) {
            return Err(Refused::Typed(key));
        }
        let fixed = self.rows.iter().filter(|row| !row.is_bindable() && row.shares_context(contexts));
        if fixed.flat_map(|row| row.keys.iter()).any(|(other, _)| *other == key) {
            return Err(Refused::Fixed(key));
        }
        let mut others = self.bound.iter().filter(|(other, bound)| *other == key && *bound != action);
        match others.find(|(_, bound)| contexts_of(*bound, key).iter().any(|context| contexts.contains(context))) {
            Some((_, other)) => Err(Refused::Taken(key, *other)),
            None => Ok(()),
        }
    }
}

/// Returns the contexts in which a key is an action's if the settings say so: those in which it is by default or, if it is
/// not, all those of the action, even where it lost its keys to another.
fn contexts_of(action: Action, key: Key) -> Vec<Context> {
    let is_of_action = |row: &&Row| row.is_bindable() && row.keys.iter().any(|(_, bound)| *bound == action);
    let mut rows: Vec<&Row> = defaults::ROWS.iter().filter(is_of_action).collect();
    if rows.iter().any(|row| row.keys.contains(&(key, action))) {
        rows.retain(|row| row.keys.contains(&(key, action)));
    }
    rows.iter().flat_map(|row| row.contexts).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::LayerKind;

    fn assert_each_key_has_one_meaning(table: &KeyTable) {
        for context in Context::ALL {
            let mut seen: Vec<Key> = Vec::new();
            for row in table.rows.iter().filter(|r| r.contexts.contains(&context)) {
                for (key, _) in row.keys.iter() {
                    assert!(!seen.contains(key), "{key} in {context:?}");
                    seen.push(*key);
                }
            }
        }
    }

    fn footer(table: &KeyTable) -> Vec<String> {
        table.footer(Context::List).into_iter().map(|(k, w, _)| format!("{k} {w}")).collect()
    }

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        assert_each_key_has_one_meaning(&KeyTable::default());
    }

    #[test]
    fn the_footer_names_what_a_newcomer_needs() {
        let words = footer(&KeyTable::default());
        assert_eq!(
            words,
            [
                "/ search",
                "Enter open",
                "n neighbours",
                "a asked",
                "d new",
                "m map",
                "t tab",
                ": all",
                "f filter",
                "e source",
                "s sort",
                "y copy",
                "x export",
                "c compare",
                "<> date",
                "q quit",
                "Tab pane",
                "↑↓ move",
                "? help"
            ]
        );
    }

    #[test]
    fn a_bound_key_takes_the_place_of_the_defaults_and_of_what_else_it_asked_for() {
        let mut table = KeyTable::default();
        table.bind(Action::OpenSearch, &[Key::char('s'), Key::ctrl('f')]).unwrap();
        assert_each_key_has_one_meaning(&table);
        assert_eq!(table.action(Context::List, Key::char('s')), Some(Action::OpenSearch));
        assert_eq!(table.action(Context::List, Key::char('/')), None);
        assert_eq!(table.keys_of(Action::NextSort), []);
        assert!(footer(&table).contains(&"s search".to_owned()));
        assert!(footer(&table).contains(&"S sort".to_owned()));
    }

    #[test]
    fn every_action_with_a_name_can_have_any_free_key() {
        for (_, action) in Action::named() {
            let mut table = KeyTable::default();
            assert_eq!(table.bind(action, &[Key::plain(crossterm::event::KeyCode::F(9))]), Ok(()), "{action:?}");
            assert_eq!(table.keys_of(action).len(), 1, "{action:?}");
            assert_each_key_has_one_meaning(&table);
        }
    }

    #[test]
    fn an_action_that_lost_its_key_to_another_can_have_a_new_one_and_quitting_always_has_one() {
        let mut table = KeyTable::default();
        let (q, x) = (Key::char('q'), Key::ctrl('x'));
        table.bind(Action::Show(LayerKind::Help), &[q]).unwrap();
        assert_eq!(table.action(Context::List, q), Some(Action::Show(LayerKind::Help)));
        assert!(footer(&table).contains(&"Ctrl-C quit".to_owned()));
        table.bind(Action::Quit, &[x]).unwrap();
        assert_eq!(table.action(Context::List, x), Some(Action::Quit));
        assert!(footer(&table).contains(&"Ctrl-X quit".to_owned()));
        table.bind(Action::Quit, &[]).unwrap();
        assert_eq!(table.action(Context::Text, LEAVE), Some(Action::End));
        assert!(footer(&table).contains(&"Ctrl-C quit".to_owned()));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let mut table = KeyTable::default();
        let (f, leave) = (Key::char('f'), Key::ctrl('c'));
        assert_eq!(table.bind(Action::Suspend, &[f]), Err(Refused::Typed(f)));
        assert_eq!(table.bind(Action::Show(LayerKind::Help), &[leave]), Err(Refused::Fixed(leave)));
        table.bind(Action::Show(LayerKind::Help), &[f]).unwrap();
        assert_eq!(table.bind(Action::Quit, &[f]), Err(Refused::Taken(f, Action::Show(LayerKind::Help))));
        assert_eq!(table.action(Context::List, leave), Some(Action::End));
    }
}
