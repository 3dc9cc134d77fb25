//! A [`Feed`] → a [`Document`] in one format; an [`Edition`](crate::model::Edition) → the OPML list of its feeds.
//!
//! The documents are written with quick-xml and serde. The crates `rss` and `atom_syndication` were tried as writers and
//! left: both let control characters through, so that one bad headline makes a document that no reader opens; one does not
//! escape the attributes of extensions, so that one `&` in a picture's address does the same; neither has `xml:lang` on
//! entries. They are good readers, and the tests let them, and feed-rs, read back whatever is written here.

mod atom;
mod budget;
mod content;
mod item;
mod json;
mod opml;
mod place;
mod rss;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
mod xml;

pub(crate) use item::{anchor, excerpt, title};
pub use opml::opml;
pub(crate) use place::{LONGEST_AGE, SHORTEST_AGE};
pub use place::{Place, encoded};

use item::Item;
use place::Head;

use crate::model::{Document, Feed, Format};

/// Spells `feed` in `format`.
pub fn render(feed: &Feed, format: Format, place: &Place<'_>) -> Document {
    let head = Head::of(feed, format, place);
    let items: Vec<Item<'_>> = feed
        .entries
        .iter()
        .map(|entry| Item::of(entry, &head))
        .collect();
    let text = match format {
        Format::Rss => rss::spell(&head, &items),
        Format::Atom => atom::spell(&head, &items),
        Format::Json => json::spell(&head, &items),
    };
    Document {
        content_type: content_type(format),
        bytes: text.into(),
        last_modified: head.updated,
    }
}

/// The whole value of `Content-Type`: XML names its charset, since clients of old guess another; JSON has only the one.
fn content_type(format: Format) -> &'static str {
    match format {
        Format::Rss => "application/rss+xml; charset=utf-8",
        Format::Atom => "application/atom+xml; charset=utf-8",
        Format::Json => "application/feed+json",
    }
}
