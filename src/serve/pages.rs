//! An edition, or one feed → pages for people, and the list of feeds for programs.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::served::Served;
use crate::model::{
    Direction, Document, Edition, Feed, FeedHead, FeedKey, Format, Health, PageNumber, Shelf, Slug,
    Source,
};
use crate::render::{anchor, encoded, excerpt, title};

/// Of every page.
pub(super) const CONTENT_TYPE: &str = "text/html; charset=utf-8";

const STYLE: &str = include_str!("pages/style.css");

/// What a page may do: show its own style, which is known by its hash, and nothing else: no script, no picture, no frame.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'sha256-Z8WMOnmHkk5cD2WHKTN9jOhU966DkIbh8aScwk/G/GU='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Tags and authors of a site that its part of the index shows, the most used first; the others are found by their address.
const POPULAR: usize = 40;

/// Feeds that the index offers to programs that look for feeds; a browser's list of more would be of no use.
const DISCOVERED: usize = 60;

#[derive(Template)]
#[template(path = "index.html", config = "src/serve/pages/askama.toml")]
struct Index<'a> {
    style: &'static str,
    prefix: &'a str,
    discovery: Vec<Discovery>,
    own: Vec<Line<'a>>,
    sites: Vec<SiteLines<'a>>,
}

#[derive(Template)]
#[template(path = "feed.html", config = "src/serve/pages/askama.toml")]
struct FeedPage<'a> {
    style: &'static str,
    prefix: &'a str,
    discovery: Vec<Discovery>,
    head: &'a FeedHead,
    language: &'a str,
    direction: &'static str,
    updated: Moment,
    page: PageNumber,
    items: Vec<ItemLine>,
}

#[derive(Template)]
#[template(path = "missing.html", config = "src/serve/pages/askama.toml")]
struct Missing<'a> {
    style: &'static str,
    prefix: &'a str,
    path: String,
    was_here: bool,
    nearest: Vec<Line<'a>>,
}

/// `link rel=alternate`.
struct Discovery {
    media_type: &'static str,
    title: String,
    address: String,
}

/// A feed in a list.
struct Line<'a> {
    name: &'a str,
    path: String,
    count: usize,
    source: Option<&'a Source>,
}

struct SiteLines<'a> {
    title: &'a str,
    whole: Option<Line<'a>>,
    sections: Vec<Line<'a>>,
    tags: Vec<Line<'a>>,
    authors: Vec<Line<'a>>,
}

struct ItemLine {
    anchor: String,
    title: String,
    link: Option<String>,
    language: String,
    byline: String,
    date: Moment,
    summary: Option<String>,
}

/// A moment, for people and for programs.
struct Moment(DateTime<Utc>);

impl Moment {
    fn shown(&self) -> String {
        self.0.format("%-d %b %Y, %H:%M UTC").to_string()
    }

    fn exact(&self) -> String {
        self.0.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }
}

impl Line<'_> {
    /// How its source is doing, in a sentence.
    fn health(&self) -> String {
        let Some(source) = self.source else {
            return String::new();
        };
        match (&source.health, source.last_success) {
            (Health::New, _) => "Not read yet.".to_owned(),
            (Health::Well, Some(date)) => {
                let items = match source.items {
                    1 => "1 item".to_owned(),
                    items => format!("{items} items"),
                };
                format!("{items} when read on {}.", Moment(date).shown())
            }
            (Health::Well, None) => "All is well.".to_owned(),
            (
                Health::Ailing {
                    reason,
                    since,
                    failures,
                },
                _,
            ) => {
                let what = if *failures == 0 {
                    "In doubt"
                } else {
                    "Failing"
                };
                format!("{what} since {}: {reason}", Moment(*since).shown())
            }
        }
    }

    fn is_ailing(&self) -> bool {
        self.source
            .is_some_and(|source| matches!(source.health, Health::Ailing { .. }))
    }
}

/// The page that lists all feeds, site by site, and tells how their sources are doing.
pub(super) fn index(served: &Served) -> Document {
    let edition = &served.edition;
    let page = Index {
        style: STYLE,
        prefix: served.prefix(),
        discovery: index_discovery(served),
        own: own_lines(edition),
        sites: sites(edition),
    };
    let polls = edition.sources.iter().filter_map(|source| source.last_poll);
    Document {
        content_type: CONTENT_TYPE,
        last_modified: polls.max().unwrap_or_default().max(served.newest()),
        bytes: text(&page).into(),
    }
}

/// The page of one feed: what it is, how to subscribe, its items.
pub(super) fn feed(served: &Served, feed: &Feed) -> Document {
    let head = &feed.head;
    let page = FeedPage {
        style: STYLE,
        prefix: served.prefix(),
        discovery: Format::ALL
            .iter()
            .map(|format| discovery(served, head, *format))
            .collect(),
        head,
        language: head.language.as_deref().unwrap_or_default(),
        direction: head.direction.map_or("auto", Direction::as_str),
        updated: Moment(head.updated),
        page: feed.page,
        items: feed.entries.iter().map(|entry| item(entry)).collect(),
    };
    Document {
        content_type: CONTENT_TYPE,
        last_modified: head.updated,
        bytes: text(&page).into(),
    }
}

/// The page that says that there is nothing at `path`, and what there is nearby.
pub(super) fn missing(served: &Served, path: &str) -> String {
    nothing_at(served, path, false)
}

/// The page that says that the feed which stood at `path` was taken away.
pub(super) fn gone(served: &Served, path: &str) -> String {
    nothing_at(served, path, true)
}

fn nothing_at(served: &Served, path: &str, was_here: bool) -> String {
    text(&Missing {
        style: STYLE,
        prefix: served.prefix(),
        path: path.chars().take(SHOWN_PATH).collect(),
        was_here,
        nearest: nearest(&served.edition, path),
    })
}

/// Characters of an unknown path that its page repeats: enough to see a slip, too few to fill the page.
const SHOWN_PATH: usize = 100;

/// Every feed and how its source is doing, as JSON.
pub(super) fn list(served: &Served) -> Document {
    let edition = &served.edition;
    let feeds: Vec<Value> = edition
        .feeds
        .values()
        .map(|shelf| feed_value(served, shelf))
        .collect();
    let sources: Vec<Value> = edition.sources.iter().map(source_value).collect();
    Document {
        content_type: "application/json",
        last_modified: served.newest(),
        bytes: json!({ "feeds": feeds, "sources": sources })
            .to_string()
            .into(),
    }
}

fn feed_value(served: &Served, shelf: &Shelf) -> Value {
    let head = &shelf.head;
    let address = |format| served.at().address(&head.key, format);
    json!({
        "title": head.title,
        "description": head.description,
        "language": head.language,
        "site_page": head.link,
        "page": served.at().page(&head.key),
        "rss": address(Format::Rss),
        "atom": address(Format::Atom),
        "json": address(Format::Json),
        "items": shelf.entries.len(),
        "updated": Moment(head.updated).exact(),
    })
}

fn source_value(source: &Source) -> Value {
    json!({
        "section": source.key.to_string(),
        "title": source.title,
        "url": source.url,
        "health": source.health,
    })
}

/// A template that is filled from memory always gives a text.
fn text(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}

fn discovery(served: &Served, head: &FeedHead, format: Format) -> Discovery {
    let name = match format {
        Format::Rss => "RSS",
        Format::Atom => "Atom",
        Format::Json => "JSON Feed",
    };
    Discovery {
        media_type: format.media_type(),
        title: format!("{} ({name})", head.title),
        address: served.at().address(&head.key, format),
    }
}

/// The feeds of sites, sections and selections; in one format, since programs show them in one list.
fn index_discovery(served: &Served) -> Vec<Discovery> {
    let heads = served.edition.feeds.values().map(|shelf| &shelf.head);
    heads
        .filter(|head| !matches!(head.key, FeedKey::Tag(..) | FeedKey::Author(..)))
        .take(DISCOVERED)
        .map(|head| discovery(served, head, Format::Rss))
        .collect()
}

fn own_lines(edition: &Edition) -> Vec<Line<'_>> {
    let is_own = |key: &FeedKey| {
        matches!(
            key,
            FeedKey::Everything | FeedKey::Health | FeedKey::Selection(_)
        )
    };
    let shelves = edition
        .feeds
        .values()
        .filter(|shelf| is_own(&shelf.head.key));
    shelves
        .map(|shelf| line(shelf, &shelf.head.title))
        .collect()
}

/// The parts of the index, in the configuration's order.
fn sites(edition: &Edition) -> Vec<SiteLines<'_>> {
    let mut order: Vec<(&Slug, &str)> = Vec::new();
    for source in &edition.sources {
        if !order.iter().any(|(site, _)| **site == source.key.site) {
            order.push((&source.key.site, &source.site_title));
        }
    }
    let labelled = labelled(edition);
    let sites = order.into_iter();
    sites
        .map(|(site, title)| SiteLines {
            title,
            whole: shelf(edition, FeedKey::Site(site.clone()))
                .map(|shelf| line(shelf, "Whole site")),
            sections: sections(edition, site),
            tags: popular(title, "#", labelled.get(site).map(|(tags, _)| tags)),
            authors: popular(title, "by ", labelled.get(site).map(|(_, names)| names)),
        })
        .collect()
}

fn shelf(edition: &Edition, key: FeedKey) -> Option<&Shelf> {
    edition.feeds.get(&key.path())
}

fn sections<'a>(edition: &'a Edition, site: &Slug) -> Vec<Line<'a>> {
    let sources = edition
        .sources
        .iter()
        .filter(|source| source.key.site == *site);
    sources
        .filter_map(|source| {
            let key = FeedKey::Section(site.clone(), source.key.section.clone());
            let shelf = shelf(edition, key)?;
            Some(Line {
                source: Some(source),
                ..line(shelf, &source.title)
            })
        })
        .collect()
}

fn line<'a>(shelf: &'a Shelf, name: &'a str) -> Line<'a> {
    Line {
        name,
        path: encoded(&shelf.head.key.path()),
        count: shelf.entries.len(),
        source: None,
    }
}

/// The shelves of each site's tags and authors.
fn labelled(edition: &Edition) -> BTreeMap<&Slug, (Vec<&Shelf>, Vec<&Shelf>)> {
    let mut labelled: BTreeMap<&Slug, (Vec<&Shelf>, Vec<&Shelf>)> = BTreeMap::new();
    for shelf in edition.feeds.values() {
        match &shelf.head.key {
            FeedKey::Tag(site, _) => labelled.entry(site).or_default().0.push(shelf),
            FeedKey::Author(site, _) => labelled.entry(site).or_default().1.push(shelf),
            _ => {}
        }
    }
    labelled
}

/// The fullest shelves of a site, each under its own name: what its title says after the site's, and after `mark`.
fn popular<'a>(site: &str, mark: &str, shelves: Option<&Vec<&'a Shelf>>) -> Vec<Line<'a>> {
    let mut shelves = shelves.cloned().unwrap_or_default();
    shelves.sort_by_key(|shelf| std::cmp::Reverse(shelf.entries.len()));
    shelves.truncate(POPULAR);
    shelves
        .into_iter()
        .map(|shelf| {
            let title = shelf.head.title.as_str();
            let own = title.strip_prefix(site).and_then(|rest| {
                let rest = rest.strip_prefix(": ")?;
                Some(rest.strip_prefix(mark).unwrap_or(rest))
            });
            line(shelf, own.unwrap_or(title))
        })
        .collect()
}

fn item(entry: &crate::model::Entry) -> ItemLine {
    let article = &entry.article;
    let signed = if article.authors.is_empty() {
        article.source.clone().unwrap_or_default()
    } else {
        article.authors.join(", ")
    };
    ItemLine {
        anchor: anchor(entry),
        title: title(entry),
        link: entry.link.as_ref().map(url::Url::to_string),
        language: article.language.clone().unwrap_or_default(),
        byline: signed,
        date: Moment(entry.date()),
        summary: article
            .summary
            .clone()
            .or_else(|| excerpt(&article.body.text)),
    }
}

/// How alike two names must be for the one to be taken for a slip of the other (1.0 is equal).
const ALIKE: f64 = 0.8;

/// Feeds that an unknown address shows at most.
const NEAREST: usize = 5;

/// Feeds that are compared with an unknown address at most, so that asking for nonsense stays cheap.
const COMPARED: usize = 500;

/// Sites, sections and selections whose name is like the last part of `path`, the likest first.
fn nearest<'a>(edition: &'a Edition, path: &str) -> Vec<Line<'a>> {
    let name = last_part(path.split('.').next().unwrap_or(path));
    let Some(asked) = Slug::of(name) else {
        return Vec::new();
    };
    let shelves = edition.feeds.iter();
    let mut alike: Vec<(f64, &Shelf)> = shelves
        .filter(|(_, shelf)| !matches!(shelf.head.key, FeedKey::Tag(..) | FeedKey::Author(..)))
        .take(COMPARED)
        .map(|(path, shelf)| (strsim::jaro_winkler(last_part(path), asked.as_str()), shelf))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    let nearest = alike.into_iter().take(NEAREST);
    nearest
        .map(|(_, shelf)| line(shelf, &shelf.head.title))
        .collect()
}

fn last_part(path: &str) -> &str {
    path.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_the_style_that_is_sent() {
        use rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;
        let sha256 = TLS13_AES_128_GCM_SHA256
            .tls13()
            .unwrap()
            .common
            .hash_provider;
        let hash = base64(sha256.hash(STYLE.as_bytes()).as_ref());
        assert!(
            POLICY.contains(&format!("'sha256-{hash}'")),
            "now it is {hash}"
        );
    }

    #[test]
    fn a_label_stands_in_the_index_without_what_its_heading_says_already() {
        let edition = crate::render::samples::edition();
        let mut shelf = edition.feeds["/all"].clone();
        for (title, mark, name) in [
            ("Courier: #Locks", "#", "Locks"),
            ("Courier: #Canals: a history", "#", "Canals: a history"),
            ("Courier: by Ana Lock", "by ", "Ana Lock"),
            ("Elsewhere", "#", "Elsewhere"),
        ] {
            shelf.head.title = title.to_owned();
            let shelves = vec![&shelf];
            assert_eq!(popular("Courier", mark, Some(&shelves))[0].name, name);
        }
    }

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for group in bytes.chunks(3) {
            let mut three = [0; 4];
            three[1..=group.len()].copy_from_slice(group);
            let bits = u32::from_be_bytes(three);
            for place in 0..4 {
                let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
                text.push(if place > group.len() {
                    '='
                } else {
                    digit.into()
                });
            }
        }
        text
    }
}
