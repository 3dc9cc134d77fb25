//! What the file may hold → a JSON Schema (draft 2020-12), with which editors complete and check it.

use std::time::Duration;

use chrono_tz::TZ_VARIANTS;
use serde_json::{Map, Value, json};

use super::expressions::EXPRESSION_BYTES;
use super::keys::{FILE, TABLES};
use super::reader::{LIST_ITEMS, TEXT_BYTES};
use super::shape::{Bound, Default, Key, Shape, Table};
use super::values::spell;

/// The JSON Schema of the file.
pub fn schema() -> Value {
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("title".to_owned(), json!("Configuration of feedwright"));
    if let Value::Object(file) = of_table(&FILE) {
        schema.extend(file);
    }
    let mut shared = Map::new();
    for table in TABLES {
        shared.insert(table.id.to_owned(), of_table(table));
    }
    shared.insert("zone".to_owned(), zones());
    shared.insert("secret".to_owned(), secret());
    schema.insert("$defs".to_owned(), Value::Object(shared));
    Value::Object(schema)
}

fn of_table(table: &Table) -> Value {
    let properties: Map<String, Value> = table
        .keys()
        .map(|key| (key.name.to_owned(), of_key(key)))
        .collect();
    let required: Vec<&str> = table
        .keys()
        .filter(|key| matches!(key.default, Default::Required))
        .map(|key| key.name)
        .collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if !table.doc.is_empty() {
        schema["description"] = json!(table.doc);
    }
    schema
}

fn of_key(key: &Key) -> Value {
    let mut schema = of_shape(&key.shape);
    let mut doc = key.doc.to_owned();
    match key.default {
        Default::Value(value) => schema["default"] = from_toml(value),
        Default::Told(words) => doc.push_str(&format!(" Where it is not given: {words}.")),
        Default::Required | Default::Nothing => {}
    }
    schema["description"] = json!(doc);
    if !matches!(key.shape, Shape::One(_) | Shape::Many(_)) {
        schema["examples"] = json!([from_toml(key.example)]);
    }
    schema
}

/// A value as it stands in the file, as JSON.
fn from_toml(value: &str) -> Value {
    let line = format!("value = {value}");
    toml::from_str::<Map<String, Value>>(&line)
        .ok()
        .and_then(|mut table| table.remove("value"))
        .unwrap_or(Value::Null)
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text => text(TEXT_BYTES),
        Shape::Texts => one_or_more(text(TEXT_BYTES)),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count(bound) => {
            json!({ "type": "integer", "minimum": bound.least, "maximum": bound.most })
        }
        Shape::Time(bound) => time(bound),
        Shape::Sockets => one_or_more(like("^(.+:[0-9]+|unix:.*[^/])$")),
        Shape::Address => json!({ "type": "string", "format": "uri", "pattern": "^https?://" }),
        Shape::Proxy => or_secret(like("^(https?|socks5h?)://")),
        Shape::Token => or_secret(like("^[A-Za-z0-9_-]{16,128}$")),
        Shape::Networks => one_or_more(like("^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$")),
        Shape::Slug => json!({ "type": "string", "minLength": 1, "pattern": "^[^\\s/?#A-Z]+$" }),
        Shape::Language => like("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"),
        Shape::Zone => json!({ "$ref": "#/$defs/zone" }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words }),
        Shape::Selector | Shape::Path => text(EXPRESSION_BYTES),
        Shape::Selectors | Shape::Fields | Shape::Paths | Shape::Patterns => {
            one_or_more(text(EXPRESSION_BYTES))
        }
        Shape::Secrets => names_of(or_secret(json!({ "type": "string" }))),
        Shape::Aliases => names_of(text(TEXT_BYTES)),
        Shape::One(table) => reference(table),
        Shape::Many(table) if table.is_listed() => {
            json!({ "type": "array", "minItems": 1, "items": reference(table) })
        }
        Shape::Many(table) => one_or_more(reference(table)),
    }
}

fn like(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn or_secret(value: Value) -> Value {
    json!({ "anyOf": [value, { "$ref": "#/$defs/secret" }] })
}

/// A table whose keys are the user's own names.
fn names_of(value: Value) -> Value {
    json!({ "type": "object", "maxProperties": LIST_ITEMS, "additionalProperties": value })
}

fn reference(table: &Table) -> Value {
    json!({ "$ref": format!("#/$defs/{}", table.id) })
}

fn text(most: usize) -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": most })
}

fn one_or_more(item: Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "maxItems": LIST_ITEMS, "items": item }] })
}

fn time(bound: &Bound<Duration>) -> Value {
    json!({
        "type": "string",
        "pattern": "^(0|([0-9]+[smhdw])+)$",
        "$comment": format!("from {} to {}", spell(bound.least), spell(bound.most)),
    })
}

fn zones() -> Value {
    let names: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    json!({ "type": "string", "enum": names })
}

fn secret() -> Value {
    let place = |home: &str| {
        json!({
            "type": "object",
            "properties": { home: { "type": "string", "minLength": 1 } },
            "required": [home],
            "additionalProperties": false,
        })
    };
    json!({
        "description": "Where a secret is kept: an environment variable, a file, or a systemd credential.",
        "oneOf": [place("env"), place("file"), place("credential")],
    })
}
