//! An RSS, Atom or JSON feed → its items, with all that the feed says of them.
//!
//! A feed that is well formed and plain is read by the libraries `rss` and `atom_syndication` ([`well_formed`]). What they
//! refuse, or would read with a loss ([`outline`] tells), is read by one lenient reader for every dialect ([`lenient`]). Both give the same rows,
//! and [`hints`] makes items of them. Content is handed on raw; `sanitize` makes it safe.

mod hints;
mod lenient;
mod outline;
mod well_formed;

use url::Url;

use super::markup::paragraphs;
use super::xml::Tag;
use super::{Format, NoListing, json_feed};
use crate::address::resolve;
use crate::dates::Setting;
use crate::model::{Listing, Page};

/// Most items of one feed that are read: kept archives of ten years have some thousands.
pub const MOST_ITEMS: usize = 5_000;

/// Most elements of one item that are read: a gallery's item has some hundreds.
const MOST_ELEMENTS: usize = 2_000;

/// Reads the feed that `page` holds.
pub fn feed(page: &Page, setting: &Setting<'_>) -> Result<Listing, NoListing> {
    let text = page.text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return json_feed::json_feed(page, text, setting);
    }
    let rows = match well_formed::rows(text, &page.url) {
        Some(rows) => rows,
        None => lenient::rows(text, &page.url).map_err(|reason| malformed(page, reason))?,
    };
    if rows.items.is_empty() {
        return Err(NoListing::NoEntries {
            what: Format::Feed,
            url: page.url.clone(),
        });
    }
    Ok(Listing {
        items: rows
            .items
            .iter()
            .map(|item| hints::listing_item(item, setting))
            .filter(|item| item.url.is_some() || item.hints.title.is_some())
            .collect(),
        next: rows.next,
        ..Listing::default()
    })
}

/// The sentence for a feed that cannot be read.
pub fn malformed(page: &Page, reason: String) -> NoListing {
    NoListing::Malformed {
        what: Format::Feed,
        url: page.url.clone(),
        reason: reason.into(),
    }
}

/// What a feed holds.
#[derive(Debug, Default, PartialEq)]
struct Rows {
    items: Vec<Item>,
    /// The page that continues this one.
    next: Option<Url>,
}

/// An `item` or `entry` with all elements inside, as one row.
#[derive(Debug, PartialEq)]
struct Item {
    base: Url,
    language: Option<String>,
    elements: Vec<Element>,
}

/// One element of an item.
#[derive(Debug, PartialEq)]
struct Element {
    /// Its name, prefix included; `parent name` for what stands deeper than a child of the item.
    name: String,
    /// The name of the element around it; empty for a child of the item.
    parent: String,
    tag: Tag,
    text: String,
    /// Its content as it stands in the document.
    markup: String,
}

impl Element {
    /// The content as HTML: as it stands, or made of plain text where Atom says or implies that it is (RFC 4287, 3.1.1).
    fn as_markup(&self) -> String {
        let kind = self.tag.attribute("type").unwrap_or("text");
        if !self.markup.is_empty() {
            self.markup.trim().to_owned()
        } else if self.name == "content" && matches!(kind, "text" | "text/plain") {
            paragraphs(self.text.trim())
        } else {
            self.text.trim().to_owned()
        }
    }
}

impl Item {
    /// The children of the item that have one of `names`, in the order of `names`.
    fn all<'i>(&'i self, names: &'i [&'i str]) -> impl Iterator<Item = &'i Element> {
        names.iter().flat_map(|name| {
            self.elements
                .iter()
                .filter(move |element| element.name == *name && element.parent.is_empty())
        })
    }

    /// The text of the first child of one of `names` that has some.
    fn text<'i>(&'i self, names: &'i [&'i str]) -> Option<&'i str> {
        self.all(names)
            .map(|element| element.text.trim())
            .find(|text| !text.is_empty())
    }

    fn resolve(&self, address: &str) -> Option<Url> {
        resolve(&self.base, address)
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
