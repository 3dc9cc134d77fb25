//! Every `fixtures/*/article*.json` names a page beside it and what the page must yield, compared whole.
//!
//! A fixture without its `article` fails and prints what was found, to be read and copied.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop where it is"
)]

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use feedwright::config::{ArticleRules, FieldSelector, JsonFields, JsonPath};
use feedwright::model::{Article, Page, Slug, Validator};
use feedwright::poll::read_article;
use scraper::Selector;
use serde_json::{Map, Value, json};

#[test]
fn every_article_yields_what_stands_beside_it() {
    let cases = cases();
    assert!(cases.len() > 14, "only {} fixtures were found", cases.len());
    let mut wrong = Vec::new();
    for path in cases {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let found = found(&path, &case);
        if found != case["article"] {
            let path = path.display();
            let expected = &case["article"];
            wrong.push(format!(
                "{path}\n  expected {expected:#}\n  found    {found:#}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn cases() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(fixtures)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with("article") && name.ends_with(".json") && !name.ends_with(".api.json")
        })
        .collect();
    cases.sort();
    cases
}

/// What the page does yield; what is not there is left out.
fn found(path: &Path, case: &Value) -> Value {
    let text =
        std::fs::read_to_string(path.with_file_name(case["page"].as_str().unwrap())).unwrap();
    let page = Page {
        url: case["url"].as_str().unwrap().parse().unwrap(),
        text,
        media_type: case["media_type"]
            .as_str()
            .unwrap_or("text/html")
            .to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    };
    let now: DateTime<Utc> = case["now"].as_str().unwrap().parse().unwrap();
    match read_article(&page, &rules(case), now) {
        Ok(article) => article_json(&article),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn article_json(article: &Article) -> Value {
    let Value::Object(fields) = serde_json::to_value(article).unwrap() else {
        panic!("an article is an object");
    };
    let mut kept = Map::new();
    for (name, value) in fields {
        let value = match name.as_str() {
            "published" | "modified" => value.get("at").cloned().unwrap_or_default(),
            "lead_image" | "body" => without_nothing(value),
            "media" => Value::Array(
                value
                    .as_array()
                    .unwrap()
                    .iter()
                    .cloned()
                    .map(without_nothing)
                    .collect(),
            ),
            _ => value,
        };
        if !is_nothing(&value) {
            kept.insert(name, value);
        }
    }
    Value::Object(kept)
}

fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !is_nothing(value))
            .collect::<Map<String, Value>>()
            .into(),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// The rules that the fixture asks for.
fn rules(case: &Value) -> ArticleRules {
    let rules = &case["rules"];
    let selectors = |name: &str| -> Vec<Selector> {
        texts(&rules[name])
            .iter()
            .map(|css| Selector::parse(css).unwrap())
            .collect()
    };
    let fields = |name: &str| -> Vec<FieldSelector> {
        selectors(name)
            .into_iter()
            .map(|selector| FieldSelector {
                selector,
                attribute: None,
            })
            .collect()
    };
    ArticleRules {
        title: fields("title"),
        authors: fields("authors"),
        summary: fields("summary"),
        body: selectors("body"),
        remove: selectors("remove"),
        embedded: rules.get("embedded").map(json_fields).into_iter().collect(),
        timezone: case["timezone"].as_str().map(|zone| zone.parse().unwrap()),
        tag_aliases: rules["tag_aliases"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(slug, label)| (Slug::of(slug).unwrap(), label.as_str().unwrap().to_owned()))
            .collect(),
        ..ArticleRules::default()
    }
}

fn json_fields(spec: &Value) -> JsonFields {
    let paths = |name: &str| -> Vec<JsonPath> {
        texts(&spec[name])
            .iter()
            .map(|path| JsonPath::parse(path).unwrap())
            .collect()
    };
    JsonFields {
        script: spec["script"]
            .as_str()
            .map(|css| Selector::parse(css).unwrap()),
        title: paths("title"),
        authors: paths("authors"),
        published: paths("published"),
        modified: paths("modified"),
        summary: paths("summary"),
        image: paths("image"),
        body: paths("body"),
        tags: paths("tags"),
        category: paths("category"),
        duration: paths("duration"),
        page_id: paths("page_id"),
        ..JsonFields::default()
    }
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}
