//! Writes docs/answers.md: the fields of every answer in JSON, from their schemas.
//!
//! `cargo run --example describe_answers > docs/answers.md`

use std::error::Error;

use clap::ValueEnum;
use scrutineer::report::{Answer, write_schema};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    println!("# The answers in JSON\n");
    println!(
        "Made from the schemas by `cargo run --example describe_answers > docs/answers.md`; `scrutineer schema list`"
    );
    println!("prints the schema of an answer. A field that is *or null* has no value where none is known.");
    for answer in Answer::value_variants() {
        let mut text = Vec::new();
        write_schema(&mut text, Some(*answer))?;
        let schema: Value = serde_json::from_slice(&text)?;
        let name = answer.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        println!("\n## {name}\n\n{}\n", words(&schema));
        print_fields(&schema);
        let parts = schema.get("$defs").and_then(Value::as_object);
        for (part, fields) in parts.into_iter().flatten() {
            println!("\n### {name}: {}\n\n{}\n", part_name(part), words(fields));
            print_fields(fields);
        }
    }
    Ok(())
}

/// Returns the description of a schema or a field.
fn words(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().replace('|', "\\|").replace('\n', " ")
}

fn print_fields(schema: &Value) {
    println!("| field | type | meaning |\n| --- | --- | --- |");
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        println!("| `{name}` | {} | {} |", kind(field), words(field));
    }
}

/// Returns the type of a field in words: "string or null", "list of authority".
fn kind(field: &Value) -> String {
    if let Some(part) = field.get("$ref").and_then(Value::as_str) {
        return part_name(part.rsplit('/').next().unwrap_or(part));
    }
    if let Some(kinds) = field.get("anyOf").and_then(Value::as_array) {
        return kinds.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let names = match field.get("type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => vec!["any"],
    };
    let of = field.get("items").or(field.get("additionalProperties")).filter(|of| of.is_object());
    let of = of.map(|of| format!(" of {}", kind(of))).unwrap_or_default();
    let named = names.into_iter().map(|name| match name {
        "array" => format!("list{of}"),
        "object" => format!("object{of}"),
        other => other.to_owned(),
    });
    named.collect::<Vec<_>>().join(" or ")
}

/// Returns the name of a part as a person would write it: "AuthorityJson" is "authority".
fn part_name(part: &str) -> String {
    part.trim_end_matches("Json").to_lowercase()
}
