//! JSON inside a page's scripts and the paths of the configuration → the listing.

use scraper::{Html, Selector};
use serde_json::Value;

use super::NoListing;
use super::json;
use crate::config::{JsonItems, ListingRules};
use crate::dates::Setting;
use crate::html::base_url;
use crate::model::{Listing, Page};

/// Most scripts of a page that are looked into.
const MOST_SCRIPTS: usize = 200;

/// Most places in one script where JSON may begin that are tried.
const MOST_BEGINNINGS: usize = 64;

/// Reads the listing from the JSON in the scripts of `page`.
pub fn embedded(
    page: &Page,
    rules: &ListingRules,
    setting: &Setting<'_>,
) -> Result<Listing, NoListing> {
    let Some(spec) = &rules.json else {
        return Err(NoListing::NoPaths(page.url.clone()));
    };
    let document = Html::parse_document(&crate::tame::tame(&page.text));
    let base = base_url(&document, &page.url);
    let scripts = scripts(&document, spec);
    if let (Some(selector), true) = (&spec.script, scripts.is_empty()) {
        return Err(super::html::finds_nothing(selector, page));
    }
    let streamed = streamed(&scripts);
    scripts
        .iter()
        .flat_map(|script| values(script))
        .chain(streamed)
        .find_map(|value| json::listing(&value, spec, &base, setting))
        .ok_or_else(|| json::not_found(spec, page))
}

fn scripts(document: &Html, spec: &JsonItems) -> Vec<String> {
    #[expect(clippy::expect_used, reason = "a constant selector, parsed by a test")]
    let any = Selector::parse("script").expect("a constant selector parses");
    document
        .select(spec.script.as_ref().unwrap_or(&any))
        .map(|script| script.text().collect::<String>())
        .filter(|script| !script.trim().is_empty())
        .take(MOST_SCRIPTS)
        .collect()
}

/// The JSON values of a script: all of it, or what is assigned in it (`window.STATE = {…};`, `JSON.parse("…")`).
fn values(script: &str) -> Vec<Value> {
    let whole = script.trim();
    if let Some(value) = leading_value(whole) {
        return vec![value];
    }
    let mut values = Vec::new();
    let mut from = 0;
    for _ in 0..MOST_BEGINNINGS {
        let Some(place) = script
            .get(from..)
            .and_then(|rest| rest.find(['=', '(']))
            .map(|found| from + found + 1)
        else {
            break;
        };
        from = place;
        let rest = script[place..].trim_start();
        let value = match rest.as_bytes().first() {
            Some(b'{' | b'[') => leading_value(rest),
            Some(b'"') if script[..place].ends_with("JSON.parse(") => {
                leading_value(rest).and_then(|inner| serde_json::from_str(inner.as_str()?).ok())
            }
            _ => None,
        };
        if let Some(value) = value {
            values.push(value);
        }
    }
    values
}

/// The JSON value that `text` begins with, whatever follows.
fn leading_value(text: &str) -> Option<Value> {
    if !text.starts_with(['{', '[', '"']) {
        return None;
    }
    serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .next()?
        .ok()
        .filter(|value| !matches!(value, Value::Array(list) if list.is_empty()))
}

/// The values that a page streams in pieces, as Next.js does: `self.__next_f.push([1, "…"])`; the pieces are one text whose
/// lines are `key:JSON`.
fn streamed(scripts: &[String]) -> Vec<Value> {
    let mut stream = String::new();
    for script in scripts {
        for push in script.split("__next_f.push(").skip(1) {
            if let Some(Value::Array(piece)) = leading_value(push.trim_start())
                && let Some(text) = piece.get(1).and_then(Value::as_str)
            {
                stream.push_str(text);
            }
        }
    }
    stream
        .lines()
        .filter_map(|line| leading_value(line.split_once(':')?.1))
        .collect()
}
