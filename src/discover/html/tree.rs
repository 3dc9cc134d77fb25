//! A parsed page → its shown elements in one row, in the page's order, each knowing where it ends and what text it shows.
//!
//! Whether one element holds another, how much text it shows and how many pictures stand in it are then questions of two
//! numbers, so that judging every link of a page stays a few linear passes whatever its depth.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

use super::words::{self, Words};

/// Most elements of one page that are looked at: a page of 50 MB of markup has about as many.
const MOST_ELEMENTS: usize = 1_000_000;

/// Most bytes of one element's text that are read: titles and summaries are shorter, and broken markup can nest a link
/// around the whole page.
const LONGEST_TEXT: usize = 4_500;

/// The shown elements of a page.
pub struct Tree<'a> {
    /// In the page's order, parents before children.
    pub elements: Vec<Element<'a>>,
    /// All shown text, white space squeezed, blocks parted by a line break.
    text: String,
    /// How many pictures, dates and headings begin before each element; one more than there are elements.
    counts: Vec<Counts>,
}

/// One shown element.
pub struct Element<'a> {
    /// The element itself.
    pub node: ElementRef<'a>,
    /// The element around it; the root is its own.
    pub parent: usize,
    /// The number after that of its last descendant.
    pub end: usize,
    /// Where its text begins in the page's.
    text_start: usize,
    /// Where its text ends.
    text_end: usize,
    /// What its name, role, class and id say that it is for.
    pub words: Words,
}

/// What stands before an element, as sums.
#[derive(Clone, Copy, Default)]
struct Counts {
    images: u32,
    dates: u32,
    headings: u32,
    links: u32,
    /// Bytes of text in links that begin before.
    link_text: u32,
}

impl<'a> Tree<'a> {
    /// Walks `document` once.
    pub fn new(document: &'a Html) -> Tree<'a> {
        let mut builder = Builder::default();
        let root = *document.root_element();
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) => builder.open(node),
                Edge::Close(node) => builder.close(node),
            }
        }
        builder.counts.push(builder.count);
        let mut tree = Tree {
            elements: builder.elements,
            text: builder.text,
            counts: builder.counts,
        };
        tree.count_link_text();
        tree
    }

    /// Sums up the text of links, whose ends are only known now.
    fn count_link_text(&mut self) {
        let mut sum = 0;
        for index in 0..self.elements.len() {
            self.counts[index].link_text = sum;
            if self.name(index) == "a" {
                sum += u32::try_from(self.text_len(index)).unwrap_or(0);
            }
        }
        if let Some(last) = self.counts.last_mut() {
            last.link_text = sum;
        }
    }

    /// What element `index` shows, on one line; the beginning of it where it is long.
    pub fn text(&self, index: usize) -> String {
        crate::text::squeeze(self.raw_text(index))
    }

    /// What element `index` shows, its blocks on lines of their own; the beginning of it where it is long.
    pub fn raw_text(&self, index: usize) -> &str {
        let element = &self.elements[index];
        let mut end = element.text_end.min(element.text_start + LONGEST_TEXT);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(element.text_start..end).unwrap_or_default()
    }

    /// What stands before link `index` on its own line, back to another link.
    pub fn line_before(&self, index: usize) -> &str {
        const MOST_ELEMENTS_BETWEEN: usize = 30;
        let link = (0..index)
            .rev()
            .take(MOST_ELEMENTS_BETWEEN)
            .find(|&before| self.name(before) == "a" && !self.holds(before, index));
        let end = self.elements[index].text_start;
        let start = link
            .map_or(0, |link| self.elements[link].text_end)
            .max(end.saturating_sub(LONGEST_TEXT));
        let before = self
            .text
            .get(self.text.ceil_char_boundary(start)..end)
            .unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// How many bytes of text element `index` shows.
    pub fn text_len(&self, index: usize) -> usize {
        let element = &self.elements[index];
        element.text_end.saturating_sub(element.text_start)
    }

    /// The HTML name of element `index`.
    pub fn name(&self, index: usize) -> &'a str {
        self.elements[index].node.value().name()
    }

    /// An attribute of element `index`.
    pub fn attr(&self, index: usize, name: &str) -> Option<&'a str> {
        self.elements[index].node.attr(name)
    }

    /// Whether `outer` is `inner` or holds it.
    pub fn holds(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.elements[outer].end
    }

    /// Whether no shown element stands in element `index`.
    pub fn is_leaf(&self, index: usize) -> bool {
        self.elements[index].end == index + 1
    }

    /// Whether what element `outer` shows begins with what `inner` shows.
    pub fn begins(&self, outer: usize, inner: usize) -> bool {
        let start = |index: usize| {
            let text = self.raw_text(index);
            self.elements[index].text_start + text.len() - text.trim_start().len()
        };
        self.holds(outer, inner) && start(outer) == start(inner)
    }

    /// How many pictures stand in element `index`.
    pub fn images_in(&self, index: usize) -> u32 {
        self.between(index, |counts| counts.images)
    }

    /// How many things that look like a date stand in element `index`.
    pub fn dates_in(&self, index: usize) -> u32 {
        self.between(index, |counts| counts.dates)
    }

    /// How many headings stand in element `index`.
    pub fn headings_in(&self, index: usize) -> u32 {
        self.between(index, |counts| counts.headings)
    }

    /// How many links stand in element `index`.
    pub fn links_in(&self, index: usize) -> u32 {
        self.between(index, |counts| counts.links)
    }

    /// How many bytes of text the links in element `index` show.
    pub fn link_text_in(&self, index: usize) -> u32 {
        self.between(index, |counts| counts.link_text)
    }

    fn between(&self, index: usize, count: impl Fn(&Counts) -> u32) -> u32 {
        let end = self.elements[index].end;
        count(&self.counts[end]).saturating_sub(count(&self.counts[index]))
    }

    /// Element `index` and what is around it, from the inside out, without the root.
    pub fn around(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = Some(index);
        std::iter::from_fn(move || {
            let here = next?;
            if here == 0 {
                return None;
            }
            next = Some(self.elements[here].parent);
            Some(here)
        })
    }

    /// The elements inside element `index`, in order, itself left out.
    pub fn inside(&self, index: usize) -> std::ops::Range<usize> {
        index + 1..self.elements[index].end
    }

    /// The children of element `index`, in order.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.elements[index].end;
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let child = Some(next).filter(|&child| child < end)?;
            next = self.elements[child].end;
            Some(child)
        })
    }

    /// What the elements show whose own text has the look of a date.
    pub fn dated_texts(&self) -> impl Iterator<Item = &str> {
        (0..self.elements.len())
            .filter(|&index| self.elements[index].words.has(Words::DATED_TEXT))
            .map(|index| self.raw_text(index))
    }

    /// The level of the heading that element `index` is, 7 where it is none.
    pub fn heading_level(&self, index: usize) -> u8 {
        match self.name(index).as_bytes() {
            [b'h', level @ b'1'..=b'6'] => level - b'0',
            _ if self.is_heading(index) => 6,
            _ => 7,
        }
    }

    /// Whether element `index` is a heading.
    pub fn is_heading(&self, index: usize) -> bool {
        self.elements[index].words.has(Words::HEADING)
    }
}

/// The walk so far.
#[derive(Default)]
struct Builder<'a> {
    elements: Vec<Element<'a>>,
    text: String,
    counts: Vec<Counts>,
    count: Counts,
    open: Vec<usize>,
    /// How many elements that are not shown the walk is inside of.
    unshown: usize,
}

impl<'a> Builder<'a> {
    fn open(&mut self, node: ego_tree::NodeRef<'a, Node>) {
        match node.value() {
            Node::Text(words) if self.unshown == 0 => self.add_text(words),
            Node::Element(element) => {
                if self.unshown > 0
                    || crate::html::is_unshown(element.name())
                    || self.elements.len() >= MOST_ELEMENTS
                {
                    self.unshown += 1;
                } else if let Some(element) = ElementRef::wrap(node) {
                    self.add_element(element);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, node: ego_tree::NodeRef<'a, Node>) {
        let Node::Element(element) = node.value() else {
            return;
        };
        if self.unshown > 0 {
            self.unshown -= 1;
            return;
        }
        if crate::html::is_block(element.name()) {
            self.break_line();
        }
        if let Some(index) = self.open.pop() {
            let end = self.elements.len();
            let text_end = self.text.trim_end().len();
            let element = &mut self.elements[index];
            element.end = end;
            element.text_end = text_end.max(element.text_start);
        }
    }

    fn add_element(&mut self, node: ElementRef<'a>) {
        let name = node.value().name();
        if crate::html::is_block(name) {
            self.break_line();
        }
        let index = self.elements.len();
        self.counts.push(self.count);
        let words = words::of_element(node);
        match name {
            "img" | "picture" | "video" | "amp-img" => self.count.images += 1,
            "time" => self.count.dates += 1,
            "a" => self.count.links += 1,
            _ if words.has(Words::HEADING) => self.count.headings += 1,
            _ if words.has(Words::DATE) => self.count.dates += 1,
            _ if words.has(Words::IMAGE) || has_background(node) => self.count.images += 1,
            _ => {}
        }
        self.elements.push(Element {
            node,
            parent: self.open.last().copied().unwrap_or(0),
            end: index + 1,
            text_start: self.text.len(),
            text_end: self.text.len(),
            words,
        });
        self.open.push(index);
    }

    fn add_text(&mut self, words: &str) {
        if words.len() <= LONGEST_DATE && looks_dated(words) {
            self.count.dates += 1;
            if let Some(&index) = self.open.last() {
                self.elements[index].words.add(Words::DATED_TEXT);
            }
        }
        for c in words.chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn break_line(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

fn has_background(node: ElementRef<'_>) -> bool {
    node.attr("style")
        .is_some_and(|style| style.contains("url("))
}

/// Longest text in bytes that may be a printed date: a weekday, a date in words, an hour and a zone fit.
const LONGEST_DATE: usize = 90;

/// Whether `text` has the look of a date or a span of time ("3 Sep 2024", "2024年04月24日", "12/11/2015", "5h ago"): a
/// number of a year, or numbers parted as in dates and hours.
fn looks_dated(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index].is_ascii_digit() {
            let start = index;
            while index < bytes.len() && bytes[index].is_ascii_digit() {
                index += 1;
            }
            runs.push((start, index));
        } else {
            index += 1;
        }
    }
    let parted = runs.windows(2).any(|pair| {
        pair[1].0 - pair[0].1 == 1
            && pair[0].1 - pair[0].0 <= 4
            && matches!(bytes[pair[0].1], b'/' | b'.' | b'-' | b':')
    });
    let year = runs.iter().any(|&(start, end)| {
        end - start == 4
            && (text[start..end].starts_with("20") || text[start..end].starts_with("19"))
    });
    (year && text.trim().len() <= 48) || parted || words::says_ago(text, !runs.is_empty())
}
