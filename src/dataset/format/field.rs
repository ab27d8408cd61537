//! JSON values that may be missing or of the wrong type.

use std::fmt;
use std::marker::PhantomData;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::schema;
use crate::text::clean;

/// The maximum length, in columns, of a text repeated in a message.
const SHOWN: usize = 60;

/// A value as found in the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Field<T> {
    /// The file has no such field.
    #[default]
    Absent,
    /// A value of the right type.
    Is(T),
    /// A value of another type, described in words.
    Wrong(Box<str>),
}

/// A list in which any item may be of the wrong type.
pub type List<T> = Vec<Field<T>>;

impl<T> Field<T> {
    /// Whether the file has no such field.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// A type that a JSON value can be parsed into. The `from_` methods return `None` by default; a type overrides those
/// for the kinds of JSON it can be written in.
pub trait FromJson: Sized {
    /// What is allowed, as shown in messages.
    const EXPECTED: &'static str;

    /// Returns the JSON Schema of such a value.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Parses a string.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// Parses a non-negative integer.
    fn from_whole(_: u64) -> Option<Self> {
        None
    }

    /// Parses any other number.
    fn from_decimal(_: f64) -> Option<Self> {
        None
    }

    /// Parses an array. Must consume the whole array, whatever the result.
    ///
    /// # Errors
    /// Returns an error if the text is not valid JSON.
    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    /// Parses an object. Must consume the whole object, whatever the result.
    ///
    /// # Errors
    /// Returns an error if the text is not valid JSON.
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl FromJson for String {
    const EXPECTED: &'static str = "a text";

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::text(generator)
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(clean(text).into_owned())
    }
}

impl FromJson for u64 {
    const EXPECTED: &'static str = "a whole number";

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0 })
    }

    fn from_whole(number: u64) -> Option<Self> {
        Some(number)
    }
}

impl FromJson for f64 {
    const EXPECTED: &'static str = "a number";

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0 })
    }

    fn from_whole(number: u64) -> Option<Self> {
        u32::try_from(number).ok().map(Self::from)
    }

    fn from_decimal(number: f64) -> Option<Self> {
        Some(number)
    }
}

impl<T: FromJson> FromJson for List<T> {
    const EXPECTED: &'static str = "a list";

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": T::schema(generator) })
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut items = Self::new();
        while let Some(item) = list.next_element()? {
            // Most lists have one item, but `push` would allocate capacity for four.
            if items.is_empty() {
                items.reserve_exact(1);
            }
            items.push(item);
        }
        Ok(Some(items))
    }
}

impl<'de, T: FromJson> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

impl<'de, T: FromJson> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E>(self, text: &str) -> Result<Field<T>, E> {
        Ok(found(T::from_text(text), || shown(text)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Field<T>, E> {
        Ok(found(T::from_whole(number), || format!("the number {number}")))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Field<T>, E> {
        let decimal = i32::try_from(number).ok().and_then(|n| T::from_decimal(n.into()));
        Ok(found(decimal, || format!("the number {number}")))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Field<T>, E> {
        Ok(found(T::from_decimal(number), || format!("the number {number}")))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Field<T>, E> {
        Ok(Field::Wrong(value.to_string().into()))
    }

    fn visit_unit<E>(self) -> Result<Field<T>, E> {
        Ok(Field::Wrong("null".into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Field<T>, A::Error> {
        Ok(found(T::from_list(list)?, || "a list".to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Field<T>, A::Error> {
        Ok(found(T::from_object(object)?, || "an object".to_owned()))
    }
}

fn found<T>(value: Option<T>, words: impl FnOnce() -> String) -> Field<T> {
    value.map_or_else(|| Field::Wrong(words().into()), Field::Is)
}

/// Formats a text for a message: cleaned, quoted, and truncated to [`SHOWN`].
pub(crate) fn shown(text: &str) -> String {
    format!("\"{}\"", crate::text::truncate(&clean(text), SHOWN))
}
