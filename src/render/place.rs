//! A feed's head and where it will stand → what every format says of the feed itself.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use url::Url;

use super::budget::Detail;
use super::xml::legal;
use crate::model::{Direction, Feed, FeedHead, FeedKey, Format, PageNumber};

/// Where a document will stand, and who made it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What readers see in front of every address: `https://feeds.example.org`.
    pub public_url: &'a Url,
    /// Version of this program, for the generator's line.
    pub version: &'a str,
    /// The WebSub hub that tells readers of new documents, where there is one.
    pub hub: Option<&'a Url>,
}

impl Place<'_> {
    /// The public address of a feed in one format: `https://feeds.example.org/site/tag/%D8%BA%D8%B2%D8%A9.rss`.
    pub fn address(&self, key: &FeedKey, format: Format) -> String {
        format!("{}.{}", self.page(key), format.ending())
    }

    /// The public address of one page of a feed: the first is the feed itself.
    pub fn page_address(&self, key: &FeedKey, format: Format, page: usize) -> String {
        let address = self.address(key, format);
        match page {
            1 => address,
            _ => format!("{address}?page={page}"),
        }
    }

    /// The public address of a feed's page for people.
    pub fn page(&self, key: &FeedKey) -> String {
        let base = self.public_url.as_str().trim_end_matches('/');
        format!("{base}{}", encoded(&key.path()))
    }
}

/// What may stand in a path as it is (RFC 3986, section 2.3); all else is percent-encoded, as the tools that compare
/// addresses character by character expect.
const PATH: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path as it stands in an address.
pub fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, PATH).to_string()
}

/// What a document says of the feed itself.
pub(super) struct Head<'a> {
    pub id: String,
    pub title: String,
    pub description: String,
    /// This document's own address.
    pub address: String,
    /// The other pages: (relation, address).
    pub pages: Vec<(&'static str, String)>,
    /// The hub that tells of changes of this document: of the feed itself, not of its older pages.
    pub hub: Option<String>,
    /// The feed's page for people at our place.
    pub page: String,
    /// The page for people that the feed stands for: the site's own, else ours.
    pub link: String,
    pub language: Option<&'a str>,
    pub direction: Option<Direction>,
    /// Not older than any entry's (RFC 4287, section 4.2.15).
    pub updated: DateTime<Utc>,
    pub max_age: Duration,
    pub full_text: bool,
    pub generator: &'a str,
}

impl<'a> Head<'a> {
    pub fn of(feed: &'a Feed, format: Format, place: &Place<'a>) -> Head<'a> {
        let head = &feed.head;
        let newest = feed.entries.iter().map(|entry| entry.updated).max();
        let page = place.page(&head.key);
        let title = legal(&head.title).into_owned();
        Head {
            id: feed_id(head, place),
            description: match legal(&head.description).trim() {
                "" => title.clone(),
                description => description.to_owned(),
            },
            title,
            address: place.page_address(&head.key, format, feed.page.number),
            pages: pages(feed, format, place),
            hub: place.hub.filter(|_| feed.page.number == 1).map(spelled),
            link: head.link.as_ref().map_or_else(|| page.clone(), spelled),
            page,
            language: head.language.as_deref(),
            direction: head.direction,
            updated: newest.map_or(head.updated, |newest| newest.max(head.updated)),
            max_age: head.max_age.clamp(SHORTEST_AGE, LONGEST_AGE),
            full_text: head.full_text,
            generator: place.version,
        }
    }
}

/// The pages around this one (RFC 5005, section 3). Paged feeds and not archives, whose documents must never change: here an
/// old article may be corrected, withdrawn or dropped at any time.
fn pages(feed: &Feed, format: Format, place: &Place<'_>) -> Vec<(&'static str, String)> {
    let PageNumber { number, of } = feed.page;
    let page =
        |relation, wanted: usize| (relation, place.page_address(&feed.head.key, format, wanted));
    let mut pages = Vec::new();
    if of > 1 {
        pages.push(page("first", 1));
        pages.extend((number > 1).then(|| page("previous", number - 1)));
        pages.extend((number < of).then(|| page("next", number + 1)));
        pages.push(page("last", of));
    }
    pages
}

/// No reader should ask more often than this, however short the poll interval is.
pub(crate) const SHORTEST_AGE: Duration = Duration::from_secs(60);

/// No reader should wait longer than this to learn of an unexpected story.
pub(crate) const LONGEST_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// The year in which ids of this form were first given, as RFC 4151 (section 2.1) asks for a date with each name. It never changes.
const TAG_YEAR: &str = "2026";

/// A permanent id: made from the site's name where the feed stands for a page of a site, so that it survives a move of this
/// server to another address; else from the name of this server.
fn feed_id(head: &FeedHead, place: &Place<'_>) -> String {
    let host = head
        .link
        .as_ref()
        .and_then(Url::host_str)
        .or(place.public_url.host_str())
        .filter(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
        .unwrap_or("localhost");
    format!("tag:{host},{TAG_YEAR}:feed{}", encoded(&head.key.path()))
}

/// An address with what RFC 3986 does not allow in it percent-encoded: the URL standard of browsers is more generous.
pub(super) fn spelled(url: &Url) -> String {
    let mut text = String::with_capacity(url.as_str().len());
    for c in url.as_str().chars() {
        match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                text.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => text.push(c),
        }
    }
    text
}

/// A date as RSS and OPML write it (RFC 822 with the year in full).
pub(super) fn rfc822(date: DateTime<Utc>) -> String {
    date.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A date as Atom and JSON Feed write it (RFC 3339), to the millisecond where it is known so well: readers order entries by it,
/// and a site's stories of one second should keep their order.
pub(super) fn rfc3339(date: DateTime<Utc>) -> String {
    let precision = match date.timestamp_subsec_millis() {
        0 => SecondsFormat::Secs,
        _ => SecondsFormat::Millis,
    };
    date.to_rfc3339_opts(precision, true)
}

impl Head<'_> {
    /// How much of each item its feed shows, room permitting.
    pub fn detail(&self) -> Detail {
        if self.full_text {
            Detail::Full
        } else {
            Detail::Summary
        }
    }
}
