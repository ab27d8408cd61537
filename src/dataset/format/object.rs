//! The `object!` macro, which defines a JSON object of the format.

/// A field that does not belong in its object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownField {
    /// No such field is known here; lists the fields that are.
    Unknown(String, &'static [&'static str]),
    /// The field occurred before.
    Repeated(&'static str),
}

/// Defines an object of the format: the struct it is parsed into, its parser, and its JSON Schema.
///
/// Each field states whether it is required, its name in JSON, its type and, if the schema of the type is not
/// precise enough, a function that returns a better one. An object may name a function that adds a rule to its
/// schema. Fields may come in any order; unknown and repeated ones are kept, to be reported. Doc comments become
/// descriptions in the schema.
macro_rules! object {
    (
        $(#[doc = $about:literal])*
        $name:ident $(= $rule:path)? {
            $($(#[doc = $doc:literal])* $presence:ident $field:ident: $type:ty $(= $schema:path)?,)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Default, PartialEq)]
        #[allow(missing_docs, reason = "where a field needs a comment, it is the one in the schema")]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: Field<$type>,)*
            /// Fields that do not belong here.
            pub unknown_fields: Vec<UnknownField>,
        }

        impl FromJson for $name {
            const EXPECTED: &'static str = "an object";

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }

            fn from_object<'de, A: serde::de::MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
                const KNOWN: &[&str] = &[$(stringify!($field)),*];

                #[allow(non_camel_case_types, reason = "named as the fields are")]
                enum Key { $($field,)* Unknown(String) }

                impl<'de> serde::Deserialize<'de> for Key {
                    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                        deserializer.deserialize_str(KeyVisitor)
                    }
                }

                struct KeyVisitor;

                impl serde::de::Visitor<'_> for KeyVisitor {
                    type Value = Key;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("the name of a field")
                    }

                    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                        $(if key == stringify!($field) { return Ok(Key::$field); })*
                        Ok(Key::Unknown($crate::text::clean(key).into_owned()))
                    }
                }

                let mut read = Self::default();
                while let Some(key) = object.next_key()? {
                    match key {
                        $(Key::$field if read.$field.is_absent() => read.$field = object.next_value()?,
                        Key::$field => {
                            read.unknown_fields.push(UnknownField::Repeated(stringify!($field)));
                            object.next_value::<serde::de::IgnoredAny>()?;
                        })*
                        Key::Unknown(key) => {
                            read.unknown_fields.push(UnknownField::Unknown(key, KNOWN));
                            object.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Some(read))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_end_matches("File").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let about = [$($about),*];
                let mut object = $crate::dataset::format::schema::Object::new(&about);
                $(
                    let doc: &[&str] = &[$($doc),*];
                    let schema = object!(@schema generator, $type $(, $schema)?);
                    object.field(stringify!($field), stringify!($presence) == "required", doc, schema);
                )*
                #[allow(unused_mut, reason = "most objects have no rule of their own")]
                let mut schema = object.end();
                $($rule(&mut schema);)?
                schema
            }
        }
    };
    (@schema $generator:ident, $type:ty) => { <$type as FromJson>::schema($generator) };
    (@schema $generator:ident, $type:ty, $schema:path) => { $schema($generator) };
}

pub(super) use object;
