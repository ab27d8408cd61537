//! Objects of the file: known fields in any order, with what does not belong kept aside.

/// A field that should not stand where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnknownField {
    /// No such field is known here; the known ones are listed.
    Unknown(String, &'static [&'static str]),
    /// The field stood here before.
    Repeated(&'static str),
}

/// Makes a struct of [`Field`](super::Field)s that is read and written as a JSON object.
macro_rules! object {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
        #[allow(missing_docs, reason = "the fields are those of the format, described by the model")]
        pub struct $name {
            $(#[serde(skip_serializing_if = "Field::is_absent")] pub $field: Field<$type>,)*
            #[serde(skip)]
            pub unknown_fields: Vec<UnknownField>,
        }

        impl FromJson for $name {
            const EXPECTED: &'static str = "an object";

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
    };
}

pub(super) use object;
