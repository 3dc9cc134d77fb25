//! A feed → whether the libraries `rss` and `atom_syndication` see it whole, and what they do not say of it.
//!
//! What they lose was found by trial. Both read one language and one base for a whole feed and none for an item; both call
//! themselves for each level of an extension, so that a page of open elements would end the program. `rss` keeps the last
//! enclosure of several, no Atom link without a prefix, and nothing named in other letters than the standard's (`pubdate`).
//! `atom_syndication` takes a date without a zone for UTC, refuses the feed for one date that it cannot read, and passes
//! over all of Atom 0.3. RDF has its `xml:base` and its own dates. One look over the feed tells whether any of that is in it.

use std::collections::HashSet;

use chrono::DateTime;

use super::super::xml::{Piece, Pieces, Tag};
use super::{MOST_ITEMS, local};

/// Most elements inside each other: the libraries go down by calling themselves, and real feeds nest six deep without their
/// XHTML.
const MOST_NESTED: usize = 64;

/// Most elements of one feed: each costs the libraries some hundred bytes, and a thousand full items have fewer.
const MOST_IN_ALL: usize = 200_000;

/// Most attributes of one element: the libraries copy all names of namespaces for each element that declares one.
const MOST_ATTRIBUTES: usize = 32;

/// A kind of feed that has a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// RSS, by the library `rss`.
    Rss,
    /// Atom 1.0, by the library `atom_syndication`.
    Atom,
}

impl Dialect {
    /// How deep an item's element stands.
    fn item_depth(self) -> usize {
        match self {
            Dialect::Rss => 3,
            Dialect::Atom => 2,
        }
    }

    fn item_name(self) -> &'static str {
        match self {
            Dialect::Rss => "item",
            Dialect::Atom => "entry",
        }
    }

    /// The elements of an item that the library reads, each once.
    fn once(self) -> &'static [&'static str] {
        match self {
            Dialect::Rss => &[
                "title",
                "link",
                "description",
                "author",
                "comments",
                "enclosure",
                "guid",
                "pubDate",
                "source",
            ],
            Dialect::Atom => &[
                "id",
                "title",
                "updated",
                "published",
                "rights",
                "source",
                "summary",
                "content",
            ],
        }
    }

    /// The elements of an item that the library reads as often as they stand there.
    fn often(self) -> &'static [&'static str] {
        match self {
            Dialect::Rss => &["category"],
            Dialect::Atom => &["author", "contributor", "category", "link"],
        }
    }
}

/// What one look over a feed that loses nothing in the libraries tells.
pub struct Outline {
    /// Which library reads it.
    pub dialect: Dialect,
    /// Where its root element begins, in bytes.
    pub root: usize,
    /// Its `xml:base`.
    pub base: Option<String>,
    /// Its `xml:lang`.
    pub language: Option<String>,
}

/// Looks over `text`; nothing where the libraries would lose something.
pub fn outline(text: &str) -> Option<Outline> {
    let mut pieces = Pieces::new(text);
    let Some(Piece::Open(tag)) = pieces.find(|piece| matches!(piece, Piece::Open(_))) else {
        return None;
    };
    let root = pieces.position();
    let dialect = match name_as_written(text, root, &tag)? {
        "rss" => Dialect::Rss,
        "feed" if tag.attribute("version").is_none() => Dialect::Atom,
        _ => return None,
    };
    let mut look = Look::new(dialect, root);
    look.open(&tag.name, &tag)?;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open(tag) => look.open(name_as_written(text, pieces.position(), &tag)?, &tag)?,
            Piece::Text(words) => look.text(&words)?,
            Piece::Close => look.close(),
        }
    }
    (pieces.error.is_none() && look.depth == 0).then_some(look.outline)
}

fn name_as_written<'t>(text: &'t str, position: usize, tag: &Tag) -> Option<&'t str> {
    text.get(position + 1..position + 1 + tag.name.len())
}

/// A look over a feed so far.
struct Look {
    outline: Outline,
    depth: usize,
    elements: usize,
    items: usize,
    /// Children of the open item that may stand there once.
    seen: HashSet<&'static str>,
    /// Whether the open element is a date of Atom.
    in_date: bool,
}

impl Look {
    fn new(dialect: Dialect, root: usize) -> Look {
        Look {
            outline: Outline {
                dialect,
                root,
                base: None,
                language: None,
            },
            depth: 0,
            elements: 0,
            items: 0,
            seen: HashSet::new(),
            in_date: false,
        }
    }

    fn open(&mut self, name: &str, tag: &Tag) -> Option<()> {
        let item_depth = self.outline.dialect.item_depth();
        self.depth += 1;
        self.elements += 1;
        let is_bounded = self.depth <= MOST_NESTED
            && self.elements <= MOST_IN_ALL
            && tag.attributes.len() <= MOST_ATTRIBUTES;
        let is_plain = if self.depth < item_depth {
            self.above_items(name, tag)
        } else if self.depth == item_depth {
            self.item(name, tag)
        } else if self.depth == item_depth + 1 {
            self.child(name, tag)
        } else {
            true
        };
        (is_bounded && is_plain).then_some(())
    }

    /// An element around the items, which may say their base and their language; the last word counts.
    fn above_items(&mut self, name: &str, tag: &Tag) -> bool {
        let outline = &mut self.outline;
        for (said, place) in [
            ("xml:base", &mut outline.base),
            ("xml:lang", &mut outline.language),
        ] {
            // A base within a base is a thing for the lenient reader.
            match tag.attribute(said) {
                Some(_) if place.is_some() && said == "xml:base" => return false,
                Some(value) => *place = Some(value.to_owned()),
                None => {}
            }
        }
        self.depth == 1 || name == "channel"
    }

    fn item(&mut self, name: &str, tag: &Tag) -> bool {
        self.seen.clear();
        if name != self.outline.dialect.item_name() {
            return !matches!(local(name), "item" | "entry");
        }
        self.items += 1;
        self.items <= MOST_ITEMS
            && tag.attribute("xml:base").is_none()
            && tag.attribute("xml:lang").is_none()
    }

    fn child(&mut self, name: &str, tag: &Tag) -> bool {
        let dialect = self.outline.dialect;
        self.in_date = dialect == Dialect::Atom && matches!(name, "published" | "updated");
        if name.contains(':') || dialect.often().contains(&name) {
            return true;
        }
        let is_linked_as_in_atom = dialect == Dialect::Rss && tag.attribute("href").is_some();
        let known = dialect.once().iter().find(|known| **known == name);
        known.is_some_and(|known| self.seen.insert(known)) && !is_linked_as_in_atom
    }

    fn text(&mut self, words: &str) -> Option<()> {
        let is_lost = self.in_date && DateTime::parse_from_rfc3339(words.trim()).is_err();
        (!is_lost || words.trim().is_empty()).then_some(())
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.in_date = false;
    }
}
