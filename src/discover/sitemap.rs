//! A sitemap, an index of sitemaps, a news sitemap or a plain list of addresses → its entries, the newest first.

use url::Url;

use super::markup::{plain, split_list};
use super::xml::{Piece, Pieces};
use super::{Format, NoListing};
use crate::address::resolve;
use crate::dates::{self, Setting};
use crate::model::{Article, Image, Listing, ListingItem, Page};

/// Most entries of one sitemap that are read: the protocol's own limit (sitemaps.org).
const MOST_ENTRIES: usize = 50_000;

/// Most sitemaps of an index that are offered to be read, the newest first; a site's months of eight years.
const MOST_PARTS: usize = 100;

/// Reads the sitemap that `page` holds.
pub fn sitemap(page: &Page, setting: &Setting<'_>) -> Result<Listing, NoListing> {
    if !page.text.contains('<') {
        return Ok(plain_list(page));
    }
    let mut pieces = Pieces::new(&page.text);
    let mut reading = Reading::default();
    for piece in pieces.by_ref() {
        match piece {
            Piece::Open(tag) => reading.open(tag.name),
            Piece::Text(text) => reading.text.push_str(&text),
            Piece::Close => reading.close(),
        }
        if reading.entries.len() >= MOST_ENTRIES {
            break;
        }
    }
    if reading.entries.is_empty() {
        return Err(match pieces.error {
            Some(reason) => NoListing::Malformed {
                what: Format::Sitemap,
                url: page.url.clone(),
                reason: reason.into(),
            },
            None => NoListing::NoEntries {
                what: Format::Sitemap,
                url: page.url.clone(),
            },
        });
    }
    Ok(listing(reading.entries, page, setting))
}

/// A sitemap in plain text: an address a line.
fn plain_list(page: &Page) -> Listing {
    Listing {
        items: page
            .text
            .lines()
            .filter_map(|line| resolve(&page.url, line.trim_start_matches('\u{feff}')))
            .take(MOST_ENTRIES)
            .map(|url| ListingItem {
                url: Some(url),
                hints: Article::default(),
            })
            .collect(),
        ..Listing::default()
    }
}

/// One `url` or `sitemap` element.
#[derive(Default)]
struct Entry {
    /// Whether it is a `sitemap` of an index.
    is_part: bool,
    loc: String,
    modified: String,
    title: String,
    published: String,
    keywords: String,
    language: String,
    image: String,
    image_title: String,
}

/// The reading so far.
#[derive(Default)]
struct Reading {
    entries: Vec<Entry>,
    entry: Option<Entry>,
    /// The names of the open elements.
    open: Vec<String>,
    text: String,
}

impl Reading {
    fn open(&mut self, name: String) {
        let local = name.rsplit(':').next().unwrap_or(&name);
        if matches!(local, "url" | "sitemap") && self.open.len() <= 1 {
            self.entry = Some(Entry {
                is_part: local == "sitemap",
                ..Entry::default()
            });
        }
        self.open.push(name);
        self.text.clear();
    }

    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let text = std::mem::take(&mut self.text);
        let local = name.rsplit(':').next().unwrap_or(&name);
        if matches!(local, "url" | "sitemap") && self.open.len() <= 1 {
            self.entries
                .extend(self.entry.take().filter(|entry| !entry.loc.is_empty()));
            return;
        }
        let parent = self.open.last().map(String::as_str).unwrap_or_default();
        let parent = parent.rsplit(':').next().unwrap_or(parent);
        if let Some(entry) = &mut self.entry {
            entry.set(parent, local, text.trim().to_owned());
        }
    }
}

impl Entry {
    fn set(&mut self, parent: &str, name: &str, text: String) {
        let field = match (parent, name) {
            ("url" | "sitemap", "loc") => &mut self.loc,
            ("url" | "sitemap", "lastmod") => &mut self.modified,
            ("news", "title") => &mut self.title,
            ("video", "title") if self.title.is_empty() => &mut self.title,
            ("news", "publication_date") => &mut self.published,
            ("news", "keywords") => &mut self.keywords,
            ("publication", "language") => &mut self.language,
            ("image", "loc") if self.image.is_empty() => &mut self.image,
            ("image", "title" | "caption") if self.image_title.is_empty() => &mut self.image_title,
            _ => return,
        };
        *field = text;
    }
}

fn listing(entries: Vec<Entry>, page: &Page, setting: &Setting<'_>) -> Listing {
    let (parts, urls): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.is_part);
    let mut items: Vec<ListingItem> = urls
        .iter()
        .filter_map(|entry| item(entry, &page.url, setting))
        .collect();
    // The protocol knows no order; a stable sort leaves entries without a date where they stand, after the dated ones.
    items.sort_by_key(|item| {
        std::cmp::Reverse(
            item.hints
                .published
                .or(item.hints.modified)
                .map(|when| when.utc()),
        )
    });
    Listing {
        items,
        parts: newest_first(parts, &page.url, setting),
        ..Listing::default()
    }
}

fn item(entry: &Entry, base: &Url, setting: &Setting<'_>) -> Option<ListingItem> {
    let published = dates::read(&entry.published, setting);
    let modified = dates::read(&entry.modified, setting)
        .filter(|modified| published.is_none_or(|published| published.at <= modified.at));
    let image = resolve(base, &entry.image).map(|url| Image {
        caption: plain(&entry.image_title),
        ..Image::at(url)
    });
    Some(ListingItem {
        url: Some(resolve(base, &entry.loc)?),
        hints: Article {
            title: plain(&entry.title),
            published,
            modified,
            tags: split_list(&entry.keywords),
            language: Some(entry.language.clone()).filter(|language| !language.is_empty()),
            lead_image: image,
            ..Article::default()
        },
    })
}

/// The sitemaps of an index, by their dates; without dates by the numbers in their names, as in `sitemap-2024-8.xml`.
fn newest_first(parts: Vec<Entry>, base: &Url, setting: &Setting<'_>) -> Vec<Url> {
    let mut dated: Vec<_> = parts
        .iter()
        .filter_map(|part| {
            let url = resolve(base, &part.loc)?;
            let modified = dates::read(&part.modified, setting).map(|when| when.utc());
            Some((modified, numbers(url.path()), url))
        })
        .collect();
    let by_name = dated.iter().all(|(modified, numbers, _)| {
        modified.is_none()
            && numbers
                .first()
                .is_some_and(|first| (1990..2100).contains(first))
    });
    if by_name {
        dated.sort_by(|a, b| b.1.cmp(&a.1));
    } else {
        dated.sort_by_key(|(modified, _, _)| std::cmp::Reverse(*modified));
    }
    dated
        .into_iter()
        .map(|(_, _, url)| url)
        .take(MOST_PARTS)
        .collect()
}

fn numbers(path: &str) -> Vec<u64> {
    path.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}
