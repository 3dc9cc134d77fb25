//! A JSON answer and the paths of the configuration → the listing.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use url::Url;

use super::markup::{duration, media, paragraphs, plain, split_list};
use super::{Format, NoListing};
use crate::address::resolve;
use crate::config::{JsonFields, JsonItems, JsonPath, ListingRules};
use crate::dates::{self, Setting};
use crate::model::{Article, Body, Image, Listing, ListingItem, Media, Page, Precision, When};

/// Most items of one answer that are read.
const MOST_ITEMS: usize = 5_000;

/// What stays as it is where a value of an item becomes a part of an address.
const IN_ADDRESS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/');

/// Reads the JSON that `page` holds.
pub fn json(
    page: &Page,
    rules: &ListingRules,
    setting: &Setting<'_>,
) -> Result<Listing, NoListing> {
    let Some(spec) = &rules.json else {
        return Err(NoListing::NoPaths(page.url.clone()));
    };
    let text = page.text.trim_start_matches('\u{feff}');
    let answer: Value = serde_json::from_str(text).map_err(|error| NoListing::Malformed {
        what: Format::Json,
        url: page.url.clone(),
        reason: error.to_string().into(),
    })?;
    listing(&answer, spec, &page.url, setting).ok_or_else(|| not_found(spec, page))
}

/// The sentence for paths that find nothing.
pub fn not_found(spec: &JsonItems, page: &Page) -> NoListing {
    NoListing::PathFindsNothing {
        path: spec.items.to_string().into(),
        url: page.url.clone(),
    }
}

/// The items of `answer`; nothing if its path finds none.
pub fn listing(
    answer: &Value,
    spec: &JsonItems,
    base: &Url,
    setting: &Setting<'_>,
) -> Option<Listing> {
    let found = spec.items.query(answer).all();
    // A path to the list is meant as a path to what is in it.
    let values: Vec<&Value> = match found.as_slice() {
        [Value::Array(list)] => list.iter().collect(),
        _ => found,
    };
    let setting = Setting {
        order: dates::shown(values.iter().flat_map(|value| printed(&spec.fields, value))),
        ..*setting
    };
    let items: Vec<ListingItem> = values
        .into_iter()
        .take(MOST_ITEMS)
        .map(|value| item(value, spec, base, &setting))
        .filter(|item| item.url.is_some() || item.hints.title.is_some())
        .collect();
    (!items.is_empty()).then(|| Listing {
        items,
        ..Listing::default()
    })
}

/// The texts that `value` has for dates.
fn printed<'v>(fields: &'v JsonFields, value: &'v Value) -> impl Iterator<Item = &'v str> {
    fields
        .published
        .iter()
        .chain(&fields.modified)
        .flat_map(|path| path.query(value).all())
        .filter_map(Value::as_str)
}

fn item(value: &Value, spec: &JsonItems, base: &Url, setting: &Setting<'_>) -> ListingItem {
    let fields = &spec.fields;
    let own = first_text(&fields.url, value).and_then(|address| resolve(base, &address));
    let made = |template: &Option<String>| {
        let address = filled(template.as_deref()?, value)?;
        resolve(base, &address)
    };
    ListingItem {
        url: own.or_else(|| made(&spec.url_template)),
        hints: Article {
            api_url: made(&spec.api_template),
            ..hints(fields, value, base, setting)
        },
    }
}

fn hints(fields: &JsonFields, value: &Value, base: &Url, setting: &Setting<'_>) -> Article {
    let line = |paths: &[JsonPath]| first_text(paths, value).and_then(|text| plain(&text));
    let lines = |paths: &[JsonPath]| lines(paths, value);
    let date = |paths: &[JsonPath]| {
        paths
            .iter()
            .flat_map(|path| path.query(value).all())
            .find_map(|date| when(date, setting))
    };
    Article {
        page_id: line(&fields.page_id),
        title: line(&fields.title),
        authors: lines(&fields.authors),
        source: line(&fields.source),
        published: date(&fields.published),
        modified: date(&fields.modified),
        summary: line(&fields.summary),
        lead_image: first_text(&fields.image, value)
            .and_then(|address| resolve(base, &address))
            .map(Image::at),
        body: body(fields, value),
        tags: match lines(&fields.tags).as_slice() {
            [one] => split_list(one),
            tags => tags.to_vec(),
        },
        category: line(&fields.category),
        media: all_media(fields, value, base),
        ..Article::default()
    }
}

/// All lines at `paths`, each once.
fn lines(paths: &[JsonPath], value: &Value) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in all_texts(paths, value)
        .iter()
        .filter_map(|text| plain(text))
    {
        if !lines.contains(&text) {
            lines.push(text);
        }
    }
    lines
}

fn body(fields: &JsonFields, value: &Value) -> Body {
    let html = all_texts(&fields.body, value)
        .iter()
        .map(|block| {
            if block.contains('<') {
                block.clone()
            } else {
                paragraphs(block)
            }
        })
        .collect();
    Body {
        html,
        text: String::new(),
    }
}

fn all_media(fields: &JsonFields, value: &Value, base: &Url) -> Vec<Media> {
    let length = first_text(&fields.duration, value).and_then(|text| duration(&text));
    all_texts(&fields.media, value)
        .iter()
        .filter_map(|address| media(resolve(base, address)?, None))
        .map(|found| Media {
            duration: length,
            ..found
        })
        .collect()
}

/// The first text that one of `paths` finds; numbers count as text.
fn first_text(paths: &[JsonPath], value: &Value) -> Option<String> {
    paths
        .iter()
        .flat_map(|path| path.query(value).all())
        .find_map(as_text)
}

/// Every text that the first of `paths` finds that finds some.
fn all_texts(paths: &[JsonPath], value: &Value) -> Vec<String> {
    paths
        .iter()
        .map(|path| {
            path.query(value)
                .all()
                .into_iter()
                .flat_map(|found| match found {
                    Value::Array(list) => list.iter().collect(),
                    one => vec![one],
                })
                .filter_map(as_text)
                .collect::<Vec<String>>()
        })
        .find(|texts| !texts.is_empty())
        .unwrap_or_default()
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        // A person or a tag as an object is known by its name.
        Value::Object(object) => ["name", "title", "label"]
            .iter()
            .find_map(|name| object.get(*name)?.as_str())
            .map(str::to_owned),
        _ => None,
    }
}

/// A date: text, or seconds or milliseconds since 1970 as a number or as digits.
fn when(value: &Value, setting: &Setting<'_>) -> Option<When> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.len() >= 9 && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().ok()
        }
        _ => None,
    };
    match (number, value) {
        (Some(number), _) => since_1970(number, setting),
        (None, Value::String(text)) => dates::read(text, setting),
        _ => None,
    }
}

/// From this number on it is milliseconds: as seconds it would be the year 5138.
const LEAST_MILLISECONDS: f64 = 1e11;

fn since_1970(number: f64, setting: &Setting<'_>) -> Option<When> {
    // Programs print zero for a moment that never was.
    if number == 0.0 {
        return None;
    }
    let milliseconds = if number.abs() >= LEAST_MILLISECONDS {
        number
    } else {
        number * 1000.0
    };
    let at = chrono::DateTime::from_timestamp_millis(milliseconds as i64)?;
    Some(When {
        at: at.with_timezone(&setting.zone).fixed_offset(),
        precision: Precision::Second,
    })
}

/// `template` with each `{name}` replaced by the item's value of that name (`{meta.slug}` for one further in); nothing if a
/// value is missing.
fn filled(template: &str, item: &Value) -> Option<String> {
    let mut address = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let value = name
            .split('.')
            .try_fold(item, |value, step| match step.parse::<usize>() {
                Ok(number) if value.is_array() => value.get(number),
                _ => value.get(step),
            })
            .and_then(as_text)?;
        address.push_str(before);
        address.extend(utf8_percent_encode(&value, IN_ADDRESS));
        rest = after;
    }
    address.push_str(rest);
    Some(address)
}
