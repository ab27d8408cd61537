//! Lists and maps of the format that are read with care: as many authorities as are allowed, every judgement.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Authority, Judgement};
use crate::dataset::MAX_AUTHORITIES;

/// The authorities of a file: at most [`MAX_AUTHORITIES`] are kept.
pub struct Authorities {
    /// Those kept.
    pub kept: Vec<Authority>,
    /// How many follow.
    pub more: usize,
}

impl<'de> Deserialize<'de> for Authorities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items;

        impl<'de> Visitor<'de> for Items {
            type Value = Authorities;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Authorities, A::Error> {
                let (mut kept, mut more) = (Vec::new(), 0);
                while kept.len() < MAX_AUTHORITIES {
                    let Some(authority) = list.next_element()? else { return Ok(Authorities { kept, more }) };
                    kept.push(authority);
                }
                while list.next_element::<IgnoredAny>()?.is_some() {
                    more += 1;
                }
                Ok(Authorities { kept, more })
            }
        }

        deserializer.deserialize_seq(Items)
    }
}

impl Serialize for Authorities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kept.serialize(serializer)
    }
}

impl JsonSchema for Authorities {
    fn schema_name() -> Cow<'static, str> {
        "Authorities".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Authority>::json_schema(generator)
    }
}

/// The judgements of an assessment by category, in file order. A category may occur twice here.
pub struct Judgements(pub Vec<(String, Judgement)>);

impl<'de> Deserialize<'de> for Judgements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Judgements;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a judgement for each category")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Judgements, A::Error> {
                let mut judgements = Vec::with_capacity(5);
                while let Some(entry) = object.next_entry()? {
                    judgements.push(entry);
                }
                Ok(Judgements(judgements))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

impl Serialize for Judgements {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(category, judgement)| (category, judgement)))
    }
}

impl JsonSchema for Judgements {
    fn schema_name() -> Cow<'static, str> {
        "Judgements".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        std::collections::BTreeMap::<String, Judgement>::json_schema(generator)
    }
}
