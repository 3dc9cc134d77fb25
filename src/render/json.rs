//! A feed's head and items → JSON Feed 1.1.

use serde::Serialize;

use super::budget::{DOCUMENT_BYTES, Detail, fit};
use super::item::Item;
use super::place::{Head, rfc3339, spelled};
use super::xml::legal;

/// Writes the document.
pub(super) fn spell(head: &Head<'_>, items: &[Item<'_>]) -> String {
    let top = text(&Top {
        version: "https://jsonfeed.org/version/1.1",
        title: &head.title,
        home_page_url: &head.link,
        feed_url: &head.address,
        next_url: head
            .pages
            .iter()
            .find(|(rel, _)| *rel == "next")
            .map(|(_, address)| address.as_str()),
        description: &head.description,
        language: head.language,
        hubs: head
            .hub
            .iter()
            .map(|url| Hub {
                kind: "WebSub",
                url,
            })
            .collect(),
    });
    let top = top.trim_end_matches('}');
    // A comma and a line's end come with each item.
    let room = DOCUMENT_BYTES.saturating_sub(top.len() + ENVELOPE + 2 * items.len());
    let items = fit(items, head.detail(), room, item);
    format!("{top},\"items\":[\n{}\n]}}\n", items.join(",\n"))
}

/// Bytes around head and items, rounded up.
const ENVELOPE: usize = 100;

#[derive(Serialize)]
struct Top<'a> {
    version: &'a str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
}

fn item(item: &Item<'_>, detail: Detail) -> String {
    text(&Line {
        id: &legal(item.id),
        url: &item.link,
        title: &item.title,
        summary: item.summary(detail),
        content_html: item.content(detail),
        image: item.image.map(|image| spelled(&image.url)),
        date_published: rfc3339(item.published),
        date_modified: rfc3339(item.updated),
        authors: item.authors.iter().map(|name| Author { name }).collect(),
        tags: &item.categories,
        language: item.language,
        attachments: attachments(item),
    })
}

fn attachments<'a>(item: &'a Item<'_>) -> Vec<Attachment<'a>> {
    item.files
        .iter()
        .map(|file| Attachment {
            url: &file.url,
            mime_type: &file.mime,
            title: file.title.as_deref(),
            size_in_bytes: file.length_bytes,
            duration_in_seconds: file.seconds,
        })
        .collect()
}

/// `value` as JSON. Structs of strings and numbers always have one.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
