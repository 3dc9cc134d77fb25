//! A JSON Feed (version 1 and 1.1, jsonfeed.org) → its items, with all that the feed says of them.

use serde_json::Value;
use url::Url;

use super::feed::{MOST_ITEMS, malformed};
use super::markup::{media, paragraphs, plain};
use super::{Format, NoListing};
use crate::address::resolve;
use crate::dates::{self, Setting};
use crate::model::{Article, Body, Image, Listing, ListingItem, Media, Page};

/// Reads a JSON Feed (version 1 and 1.1).
pub fn json_feed(page: &Page, text: &str, setting: &Setting<'_>) -> Result<Listing, NoListing> {
    let feed: Value =
        serde_json::from_str(text).map_err(|error| malformed(page, error.to_string()))?;
    let items: Vec<ListingItem> = list(&feed["items"])
        .iter()
        .take(MOST_ITEMS)
        .map(|item| json_item(item, &feed, &page.url, setting))
        .filter(|item| item.url.is_some() || item.hints.title.is_some())
        .collect();
    if items.is_empty() {
        return Err(NoListing::NoEntries {
            what: Format::Feed,
            url: page.url.clone(),
        });
    }
    Ok(Listing {
        items,
        next: feed["next_url"]
            .as_str()
            .and_then(|next| resolve(&page.url, next)),
        ..Listing::default()
    })
}

fn json_item(item: &Value, feed: &Value, base: &Url, setting: &Setting<'_>) -> ListingItem {
    let text = |name: &str| text(item, name);
    let address = |name: &str| text(name).and_then(|address| resolve(base, address));
    let when = |name: &str| text(name).and_then(|date| dates::read(date, setting));
    let id = || {
        text("id")
            .filter(|id| id.starts_with("http"))
            .and_then(|id| resolve(base, id))
    };
    ListingItem {
        url: address("url")
            .or_else(|| address("external_url"))
            .or_else(id),
        hints: Article {
            title: text("title").and_then(plain),
            authors: authors(item, feed),
            published: when("date_published").or_else(|| when("date_modified")),
            modified: when("date_modified"),
            summary: text("summary").and_then(plain),
            lead_image: address("image")
                .or_else(|| address("banner_image"))
                .map(Image::at),
            body: body(item),
            tags: list(&item["tags"])
                .iter()
                .filter_map(|tag| plain(tag.as_str()?))
                .collect(),
            language: item["language"]
                .as_str()
                .or_else(|| feed["language"].as_str())
                .map(str::to_owned),
            media: list(&item["attachments"])
                .iter()
                .filter_map(|attachment| json_media(attachment, base))
                .collect(),
            ..Article::default()
        },
    }
}

fn text<'v>(item: &'v Value, name: &str) -> Option<&'v str> {
    item[name].as_str().filter(|text| !text.trim().is_empty())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The item's authors, else the feed's, else the one that version 1 knows.
fn authors(item: &Value, feed: &Value) -> Vec<String> {
    [&item["authors"], &feed["authors"]]
        .into_iter()
        .map(list)
        .find(|people| !people.is_empty())
        .unwrap_or(std::slice::from_ref(&item["author"]))
        .iter()
        .filter_map(|person| plain(person["name"].as_str()?))
        .collect()
}

fn body(item: &Value) -> Body {
    let html = text(item, "content_html").map(str::to_owned);
    let from_text = || text(item, "content_text").map(paragraphs);
    Body {
        html: html.or_else(from_text).unwrap_or_default(),
        text: String::new(),
    }
}

fn json_media(attachment: &Value, base: &Url) -> Option<Media> {
    let url = resolve(base, attachment["url"].as_str()?)?;
    let found = media(url, attachment["mime_type"].as_str())?;
    Some(Media {
        length_bytes: attachment["size_in_bytes"].as_u64(),
        duration: attachment["duration_in_seconds"]
            .as_f64()
            .and_then(|seconds| std::time::Duration::try_from_secs_f64(seconds).ok()),
        title: attachment["title"].as_str().map(str::to_owned),
        ..found
    })
}
