//! Every `fixtures/*/listing*.json` names a page beside it and what the page must yield, compared whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop where it is"
)]

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use feedwright::config::{FieldSelector, JsonFields, JsonItems, JsonPath, Kind, ListingRules};
use feedwright::discover::{discover, explain};
use feedwright::model::{Listing, ListingItem, Page, Validator, When};
use regex::Regex;
use scraper::Selector;
use serde_json::{Map, Value, json};

#[test]
fn every_listing_yields_what_stands_beside_it() {
    let cases = cases();
    assert!(cases.len() > 30, "only {} fixtures were found", cases.len());
    let mut wrong = Vec::new();
    for path in cases {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let (expected, found) = (expected(&case), found(&path, &case));
        if found != expected {
            let path = path.display();
            wrong.push(format!(
                "{path}\n  expected {expected:#}\n  found    {found:#}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Whoever finds a block left by mistake writes its selector into the configuration.
#[test]
fn the_selector_proposed_for_a_block_gives_the_items_of_that_block() {
    const LEAST_PAGES: usize = 3;
    let (mut tried, mut wrong) = (0, Vec::new());
    for path in cases() {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let page = page(&path, &case);
        if page.media_type != "text/html"
            || case.get("kind").is_some()
            || !rules(&case).item.is_empty()
        {
            continue;
        }
        let blocks = explain(&page, &ListingRules::default()).blocks;
        for block in blocks.iter().filter(|block| block.pages >= LEAST_PAGES) {
            let chosen = ListingRules {
                item: vec![Selector::parse(&block.selector).unwrap()],
                ..ListingRules::default()
            };
            let found = discover(&page, &chosen, now(&case)).map(|listing| {
                listing
                    .items
                    .iter()
                    .filter_map(|item| item.url.clone())
                    .collect::<Vec<_>>()
            });
            tried += 1;
            if found != Ok(block.addresses.clone()) {
                let (path, block) = (path.display(), &block.selector);
                wrong.push(format!(
                    "{path} {block}: {}",
                    found.map_or(0, |found| found.len())
                ));
            }
        }
    }
    assert!(tried > 60, "only {tried} blocks were tried");
    // What only its label tells apart, as a story that was paid for among others, no selector does.
    let told = wrong.join("\n");
    assert!(
        wrong.len() * 20 <= tried,
        "{} of {tried}:\n{told}",
        wrong.len()
    );
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
            name.starts_with("listing") && name.ends_with(".json")
        })
        .collect();
    cases.sort();
    cases
}

/// What the fixture says that the page yields.
fn expected(case: &Value) -> Value {
    ["items", "next", "parts", "error"]
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), case.get(*name)?.clone())))
        .collect::<Map<String, Value>>()
        .into()
}

/// What the page does yield, spelt as the fixtures are: what is not there is left out.
fn found(path: &Path, case: &Value) -> Value {
    match discover(&page(path, case), &rules(case), now(case)) {
        Ok(listing) => listing_json(&listing),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn now(case: &Value) -> DateTime<Utc> {
    case["now"].as_str().unwrap().parse().unwrap()
}

/// The page that the fixture names.
fn page(path: &Path, case: &Value) -> Page {
    let name = case["page"].as_str().unwrap_or("listing.html");
    let text = std::fs::read_to_string(path.with_file_name(name)).unwrap();
    Page {
        url: case["url"].as_str().unwrap().parse().unwrap(),
        text,
        media_type: case["media_type"]
            .as_str()
            .unwrap_or("text/html")
            .to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    }
}

fn listing_json(listing: &Listing) -> Value {
    let items: Value = listing.items.iter().map(item_json).collect();
    let parts = &listing.parts;
    [
        ("items", Some(items)),
        ("next", listing.next.as_ref().map(|url| json!(url))),
        ("parts", (!parts.is_empty()).then(|| json!(parts))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect::<Map<String, Value>>()
    .into()
}

fn item_json(item: &ListingItem) -> Value {
    let hints = &item.hints;
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    let when = |when: &Option<When>| when.map(|when| json!(when.at.to_rfc3339()));
    let list = |list: &[String]| (!list.is_empty()).then(|| json!(list));
    let media: Vec<String> = hints
        .media
        .iter()
        .map(|media| media.url.to_string())
        .collect();
    let body = Some(hints.body.html.clone()).filter(|html| !html.is_empty());
    [
        ("url", item.url.as_ref().map(|url| json!(url))),
        ("title", text(&hints.title)),
        ("authors", list(&hints.authors)),
        ("published", when(&hints.published)),
        ("modified", when(&hints.modified)),
        ("summary", text(&hints.summary)),
        (
            "image",
            hints.lead_image.as_ref().map(|image| json!(image.url)),
        ),
        ("tags", list(&hints.tags)),
        ("body", text(&body)),
        ("language", text(&hints.language)),
        ("media", list(&media)),
        ("api", hints.api_url.as_ref().map(|url| json!(url))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect::<Map<String, Value>>()
    .into()
}

/// The rules that the fixture asks for.
fn rules(case: &Value) -> ListingRules {
    let selectors = |name: &str| -> Vec<Selector> {
        texts(&case[name])
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
    let patterns = |name: &str| -> Vec<Regex> {
        texts(&case[name])
            .iter()
            .map(|pattern| Regex::new(pattern).unwrap())
            .collect()
    };
    ListingRules {
        kind: match case["kind"].as_str() {
            None => Kind::Auto,
            Some("lines") => Kind::Lines,
            Some("embedded") => Kind::Embedded,
            Some(other) => panic!("no kind {other}"),
        },
        item: selectors("item"),
        link: fields("link"),
        title: fields("title"),
        date: fields("date"),
        image: fields("image"),
        summary: fields("summary"),
        next: fields("next_link"),
        pages: 1,
        json: case.get("json").map(json_items),
        article_urls: patterns("article_urls"),
        ignore_urls: patterns("ignore_urls"),
        language: None,
        timezone: case["timezone"].as_str().unwrap_or("UTC").parse().unwrap(),
    }
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .map(|list| {
            list.iter()
                .map(|text| text.as_str().unwrap().to_owned())
                .collect()
        })
        .unwrap_or_default()
}

fn json_items(spec: &Value) -> JsonItems {
    let paths = |name: &str| -> Vec<JsonPath> {
        texts(&spec["fields"][name])
            .iter()
            .map(|path| JsonPath::parse(path).unwrap())
            .collect()
    };
    JsonItems {
        script: spec["script"]
            .as_str()
            .map(|css| Selector::parse(css).unwrap()),
        items: JsonPath::parse(spec["items"].as_str().unwrap()).unwrap(),
        fields: JsonFields {
            url: paths("url"),
            title: paths("title"),
            authors: paths("authors"),
            published: paths("published"),
            summary: paths("summary"),
            image: paths("image"),
            body: paths("body"),
            tags: paths("tags"),
            ..JsonFields::default()
        },
        url_template: spec["url_template"].as_str().map(str::to_owned),
        api_template: spec["api_template"].as_str().map(str::to_owned),
    }
}
