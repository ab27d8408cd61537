//! The texts of the format that mean something: what each may say, and its JSON Schema.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::dataset::{Absence, Basis, Certainty, CodeKind, Counted, Date, EventKind, Rank, ReportCoverage, Text};
use crate::text::clean;

/// What a text may say.
pub trait Word {
    /// What it is in the model.
    type Model;

    /// Returns the JSON Schema of such a text.
    fn schema() -> Schema;

    /// Describes what is allowed.
    fn allowed() -> String;

    /// Returns what a text that is not blank means.
    ///
    /// # Errors
    /// Returns the text if it is not allowed.
    fn parse(text: String) -> Result<Self::Model, String>;

    /// Returns the text for a value.
    fn text(model: &Self::Model) -> String;
}

/// A text as found in the file, cleaned but not yet checked.
pub struct Raw<T>(pub String, PhantomData<fn() -> T>);

impl<T: Word> Raw<T> {
    /// Returns the text for a value.
    pub fn of(model: &T::Model) -> Self {
        Self(T::text(model), PhantomData)
    }
}

/// A text that is written only if it is not the usual one.
impl<T: Word> Default for Raw<T>
where
    T::Model: Default,
{
    fn default() -> Self {
        Self::of(&T::Model::default())
    }
}

impl<'de, T> Deserialize<'de> for Raw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let cleaned = match clean(&text) {
            Cow::Owned(cleaned) => cleaned,
            Cow::Borrowed(same) if same.len() == text.len() => text,
            Cow::Borrowed(part) => part.to_owned(),
        };
        Ok(Self(cleaned, PhantomData))
    }
}

impl<T> Serialize for Raw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<T: Word> JsonSchema for Raw<T> {
    fn schema_name() -> Cow<'static, str> {
        std::any::type_name::<T>().into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::schema()
    }
}

impl Word for Text {
    type Model = Self;

    fn schema() -> Schema {
        json_schema!({ "type": "string", "pattern": "\\S" })
    }

    fn allowed() -> String {
        "a text that is not empty".to_owned()
    }

    fn parse(text: String) -> Result<Self, String> {
        Ok(text)
    }

    fn text(model: &Self) -> String {
        model.clone()
    }
}

impl Word for Arc<str> {
    type Model = Self;

    fn schema() -> Schema {
        Text::schema()
    }

    fn allowed() -> String {
        Text::allowed()
    }

    fn parse(text: String) -> Result<Self, String> {
        Ok(text.into())
    }

    fn text(model: &Self) -> String {
        model.to_string()
    }
}

impl Word for Date {
    type Model = Self;

    fn schema() -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
    }

    fn allowed() -> String {
        "a date: YYYY, YYYY-MM or YYYY-MM-DD".to_owned()
    }

    fn parse(text: String) -> Result<Self, String> {
        text.parse().map_err(|_| text)
    }

    fn text(model: &Self) -> String {
        model.iso()
    }
}

/// A link that a browser can open: only http and https.
pub struct Link;

impl Word for Link {
    type Model = Text;

    fn schema() -> Schema {
        json_schema!({ "type": "string", "pattern": "^https?://[^ ]+$" })
    }

    fn allowed() -> String {
        "a link that begins with https:// or http://, without spaces".to_owned()
    }

    fn parse(text: String) -> Result<Text, String> {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        if is_web && !text.contains(' ') { Ok(text) } else { Err(text) }
    }

    fn text(model: &Text) -> String {
        model.clone()
    }
}

/// How many of the assessments under a framework are named.
#[derive(Clone, Copy)]
pub enum Coverage {
    /// Some of them.
    Named,
}

impl Coverage {
    const ALL: [Self; 1] = [Self::Named];

    fn name(self) -> &'static str {
        "named"
    }
}

/// The unit of a published figure.
#[derive(Clone, Copy)]
pub enum Unit {
    /// A number of authorities.
    Count,
    /// A percentage.
    Percent,
}

impl Unit {
    const ALL: [Self; 2] = [Self::Count, Self::Percent];

    fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
        }
    }
}

/// Texts that are one of a few words.
macro_rules! words {
    ($($name:ident),*) => {$(
        impl Word for $name {
            type Model = Self;

            fn schema() -> Schema {
                json_schema!({ "enum": Self::ALL.map(Self::name) })
            }

            fn allowed() -> String {
                let names = Self::ALL.map(Self::name);
                match names.as_slice() {
                    [one] => (*one).to_owned(),
                    [one, other] => format!("{one} or {other}"),
                    [one, other, third] => format!("{one}, {other} or {third}"),
                    many => format!("one of {}", many.join(", ")),
                }
            }

            fn parse(text: String) -> Result<Self, String> {
                Self::ALL.into_iter().find(|one| one.name() == text).ok_or(text)
            }

            fn text(model: &Self) -> String {
                model.name().to_owned()
            }
        }
    )*};
}
words!(Absence, Basis, Certainty, CodeKind, Counted, Coverage, EventKind, Rank, ReportCoverage, Unit);

/// The id of something that is defined in the file.
pub struct Reference<T>(pub Raw<Text>, PhantomData<fn() -> T>);

impl<T> Reference<T> {
    /// Refers to an id.
    pub fn to(id: &Text) -> Self {
        Self(Raw::of(id), PhantomData)
    }
}

impl<'de, T> Deserialize<'de> for Reference<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Raw::deserialize(deserializer).map(|id| Self(id, PhantomData))
    }
}

impl<T> Serialize for Reference<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T> JsonSchema for Reference<T> {
    fn schema_name() -> Cow<'static, str> {
        "Reference".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Text::schema()
    }
}
