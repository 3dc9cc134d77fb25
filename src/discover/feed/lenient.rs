//! A feed of any dialect, however broken → its rows.
//!
//! Feeds of the wild mix dialects, leave elements out, nest what they should not and break off in the middle; an item's
//! content must be kept as its markup stands all the same.

use url::Url;

use super::super::xml::{Piece, Pieces, Tag};
use super::{Element, Item, MOST_ELEMENTS, MOST_ITEMS, Rows, local};
use crate::address::resolve;

/// The rows of the feed `text` from `page`, as far as it can be read; a reason if that is not as far as its first item.
pub fn rows(text: &str, page: &Url) -> Result<Rows, String> {
    let mut pieces = Pieces::new(text);
    let mut walk = Walk::new(text, page);
    while walk.items.len() < MOST_ITEMS {
        match pieces.next() {
            Some(Piece::Open(tag)) => walk.open(tag),
            Some(Piece::Text(words)) => walk.text(&words),
            Some(Piece::Close) => walk.close(pieces.position()),
            None => break,
        }
    }
    match pieces.error {
        Some(reason) if walk.items.is_empty() => Err(reason),
        _ => Ok(Rows {
            items: walk.items,
            next: walk.next,
        }),
    }
}

/// The walk through a feed so far.
struct Walk<'t> {
    document: &'t str,
    page: Url,
    /// The bases in force, the innermost last, each with the depth of its element.
    bases: Vec<(usize, Url)>,
    language: Option<String>,
    depth: usize,
    /// The open item and the depth of its element.
    item: Option<(usize, Item)>,
    /// The open elements of the item, as numbers of its elements; none for those beyond the bound.
    open: Vec<Option<usize>>,
    /// The name of the open element outside items, and its text.
    outside: String,
    items: Vec<Item>,
    next: Option<Url>,
}

impl<'t> Walk<'t> {
    fn new(document: &'t str, page: &Url) -> Walk<'t> {
        Walk {
            document,
            page: page.clone(),
            bases: Vec::new(),
            language: None,
            depth: 0,
            item: None,
            open: Vec::new(),
            outside: String::new(),
            items: Vec::new(),
            next: None,
        }
    }

    fn base(&self) -> &Url {
        self.bases.last().map_or(&self.page, |(_, base)| base)
    }

    fn open(&mut self, tag: Tag) {
        self.depth += 1;
        if let Some(base) = tag
            .attribute("xml:base")
            .and_then(|base| resolve(self.base(), base))
        {
            self.bases.push((self.depth, base));
        }
        if self.item.is_some() {
            self.open_inside(tag);
        } else if matches!(local(&tag.name), "item" | "entry") {
            let language = tag.attribute("xml:lang").map(str::to_owned);
            let item = Item {
                base: self.base().clone(),
                language: language.or_else(|| self.language.clone()),
                elements: Vec::new(),
            };
            self.item = Some((self.depth, item));
        } else {
            self.open_outside(&tag);
        }
    }

    fn open_outside(&mut self, tag: &Tag) {
        if let Some(language) = tag.attribute("xml:lang") {
            self.language = Some(language.to_owned());
        }
        if local(&tag.name) == "link" && tag.attribute("rel") == Some("next") {
            self.next = tag
                .attribute("href")
                .and_then(|next| resolve(self.base(), next));
        }
        self.outside = local(&tag.name).to_owned();
    }

    fn open_inside(&mut self, tag: Tag) {
        let parent = self.open.last().copied().flatten();
        let Some((_, item)) = &mut self.item else {
            return;
        };
        if item.elements.len() >= MOST_ELEMENTS {
            self.open.push(None);
            return;
        }
        self.open.push(Some(item.elements.len()));
        item.elements.push(Element {
            name: tag.name.clone(),
            parent: parent
                .and_then(|parent| item.elements.get(parent))
                .map(|parent| parent.name.clone())
                .unwrap_or_default(),
            tag,
            text: String::new(),
            markup: String::new(),
        });
    }

    fn text(&mut self, words: &str) {
        if let Some((_, item)) = &mut self.item {
            let element = self.open.last().copied().flatten();
            if let Some(element) = element.and_then(|element| item.elements.get_mut(element)) {
                element.text.push_str(words);
            }
        } else if self.outside == "language" && !words.trim().is_empty() {
            self.language = Some(words.trim().to_owned());
        }
    }

    fn close(&mut self, position: usize) {
        if let Some((depth, item)) = &mut self.item {
            if *depth == self.depth {
                self.items.extend(self.item.take().map(|(_, item)| item));
                self.open.clear();
            } else if let Some(Some(element)) = self.open.pop() {
                let element = &mut item.elements[element];
                // Only an item's own content in XHTML is wanted as it stands; keeping all markup would be quadratic in the depth.
                if element.parent.is_empty() && element.tag.attribute("type") == Some("xhtml") {
                    element.markup = self
                        .document
                        .get(element.tag.inside..position)
                        .unwrap_or_default()
                        .to_owned();
                }
            }
        } else {
            self.outside.clear();
        }
        if self
            .bases
            .last()
            .is_some_and(|(depth, _)| *depth == self.depth)
        {
            self.bases.pop();
        }
        self.depth = self.depth.saturating_sub(1);
    }
}
