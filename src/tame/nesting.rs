//! The tags of a page, one after the other → which may stay, so that they nest no deeper than a parser should go.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::tag::Tag;

/// Deepest nesting that is kept. Browsers stop at 512; no article is a tenth as deep.
pub const DEEPEST: usize = 256;

/// How much deeper elements that mean something may stand: a list or a table inside the deepest box, and the links in it.
const ROOM: usize = 64;

/// Whether elements of this name mean nothing by themselves: what stands in one too many stands as well without it.
fn is_mere_box(name: &str) -> bool {
    ["div", "span", "section", "center", "font"]
        .iter()
        .any(|mere| mere.eq_ignore_ascii_case(name))
}

/// Most elements that unclosed formatting may make a parser add. A page of honest tag soup makes it add some thousands.
const MOST_REOPENED: usize = 200_000;

/// Most elements that one end tag closes together with its own.
const MOST_CLOSED: usize = 64;

/// What becomes of a tag.
pub enum Verdict {
    /// It stays.
    Keep,
    /// It goes.
    Drop,
    /// It goes, and all behind it.
    Stop,
}

/// How deep the tags read so far stand in each other.
#[derive(Default)]
pub struct Nesting<'h> {
    /// The names of the elements that are open.
    stack: Vec<&'h str>,
    /// How many start tags of each name were left out and wait for their end tags: always inside of those that were kept.
    dropped: HashMap<String, usize>,
    /// Formatting elements that are open, by name; those that a parser would reopen are marked so.
    open: HashMap<String, Vec<(u64, bool)>>,
    /// How many of each are open, by name and attributes.
    alike: HashMap<u64, usize>,
    formatting: usize,
    reopened: usize,
}

/// Of formatting elements that are alike in all, a parser reopens three (HTML, 13.2.4.3: "Noah's Ark").
const MOST_ALIKE: usize = 3;

impl<'h> Nesting<'h> {
    /// Judges the next tag.
    pub fn pass(&mut self, tag: &Tag<'h>) -> Verdict {
        if tag.name.is_empty() {
            return Verdict::Keep;
        }
        let sort = sort(tag.name);
        if tag.closes {
            if sort == Sort::Formatting {
                self.close(tag.name);
            }
            if sort != Sort::Flat {
                if let Some(waiting) = self.waiting(tag.name) {
                    *waiting -= 1;
                    return Verdict::Drop;
                }
                // An end tag closes all that is open inside of its element.
                let near = self.stack.len().saturating_sub(MOST_CLOSED);
                let found = self.stack[near..]
                    .iter()
                    .rposition(|open| open.eq_ignore_ascii_case(tag.name));
                if let Some(found) = found {
                    self.stack.truncate(near + found);
                }
            }
            return Verdict::Keep;
        }
        self.reopened += self.formatting;
        if self.reopened > MOST_REOPENED {
            return Verdict::Stop;
        }
        if sort == Sort::Flat {
            return Verdict::Keep;
        }
        let deepest = if is_mere_box(tag.name) {
            DEEPEST
        } else {
            DEEPEST + ROOM
        };
        if self.stack.len() >= deepest {
            *self
                .dropped
                .entry(tag.name.to_ascii_lowercase())
                .or_default() += 1;
            return Verdict::Drop;
        }
        self.stack.push(tag.name);
        if sort == Sort::Formatting {
            self.open(tag);
        }
        Verdict::Keep
    }

    /// The count of start tags of this name that were left out, where there are some.
    fn waiting(&mut self, name: &str) -> Option<&mut usize> {
        if self.dropped.is_empty() {
            return None;
        }
        let waiting = self.dropped.get_mut(&name.to_ascii_lowercase())?;
        (*waiting > 0).then_some(waiting)
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let mut hasher = DefaultHasher::new();
        tag.text.hash(&mut hasher);
        let key = hasher.finish();
        let alike = self.alike.entry(key).or_default();
        let reopens = *alike < MOST_ALIKE;
        if reopens {
            *alike += 1;
            self.formatting += 1;
        }
        let open = self.open.entry(tag.name.to_ascii_lowercase()).or_default();
        open.push((key, reopens));
    }

    fn close(&mut self, name: &str) {
        let open = self.open.get_mut(&name.to_ascii_lowercase());
        if let Some((key, true)) = open.and_then(Vec::pop) {
            self.formatting -= 1;
            if let Some(alike) = self.alike.get_mut(&key) {
                *alike -= 1;
            }
        }
    }
}

/// What an element of some name does to the nesting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// It holds nothing or ends by itself.
    Flat,
    /// A parser reopens it in the next paragraph where it is not closed (HTML, 13.2.4.3). Links are not among them: a second
    /// one closes the first.
    Formatting,
    /// It nests.
    Box,
}

fn sort(name: &str) -> Sort {
    let mut lower = [0_u8; 8];
    let Some(lower) = lower.get_mut(..name.len()) else {
        return Sort::Box;
    };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"div" | b"span" | b"a" | b"ul" => Sort::Box,
        b"p" | b"li" | b"td" | b"th" | b"tr" | b"dt" | b"dd" | b"tbody" | b"thead" | b"tfoot"
        | b"option" | b"optgroup" | b"br" | b"hr" | b"img" | b"input" | b"link" | b"meta"
        | b"source" | b"track" | b"wbr" | b"area" | b"base" | b"col" | b"embed" | b"param"
        | b"html" | b"body" | b"head" | b"colgroup" => Sort::Flat,
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small"
        | b"strike" | b"strong" | b"tt" | b"u" => Sort::Formatting,
        _ => Sort::Box,
    }
}
