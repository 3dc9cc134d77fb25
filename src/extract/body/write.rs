//! The blocks that are kept → the article's [`Body`]: plain markup of paragraphs, and the same as text.

use std::collections::HashSet;

use super::Hints;
use super::blocks::{Block, mended};
use super::names::Marks;
use super::outline::{Cell, Tag};
use super::prune::Fate;
use super::tags::{attribute, escape, media_tag};
use super::tally::Tally;
use crate::address::resolve;
use crate::model::Body;
use crate::text::squeeze;

/// The body that the kept blocks inside `places` make.
pub fn write(
    tally: &Tally<'_, '_>,
    cut: &[bool],
    fates: &[Fate],
    places: &[usize],
    hints: &Hints<'_>,
) -> Body {
    Body {
        html: markup(tally, cut, fates, places, hints),
        text: text(tally.blocks, fates),
    }
}

/// A body of plain text, a paragraph a line.
pub fn plain(text: &str) -> Body {
    let lines: Vec<String> = text
        .lines()
        .map(squeeze)
        .filter(|line| !line.is_empty())
        .collect();
    let html = lines
        .iter()
        .map(|line| {
            let mut html = String::from("<p>");
            escape(line, &mut html);
            html + "</p>"
        })
        .collect();
    Body {
        html,
        text: lines.join("\n\n"),
    }
}

fn text(blocks: &[Block], fates: &[Fate]) -> String {
    let mut text = String::new();
    let mut owner = None;
    for (block, fate) in blocks.iter().zip(fates) {
        if *fate != Fate::Keep || block.text.is_empty() {
            continue;
        }
        if !text.is_empty() {
            let line = owner == Some(block.owner) && block.breaks == 1;
            text.push_str(if line { "\n" } else { "\n\n" });
        }
        owner = Some(block.owner);
        text.push_str(&block.text);
    }
    text
}

fn markup(
    tally: &Tally<'_, '_>,
    cut: &[bool],
    fates: &[Fate],
    places: &[usize],
    hints: &Hints<'_>,
) -> String {
    let mut markup = Markup {
        hints,
        out: String::new(),
        open: Vec::new(),
        inline: Vec::new(),
        paragraph: false,
        breaks: 0,
        gap: false,
        shown: HashSet::new(),
    };
    for &place in places {
        elements(&mut markup, tally, cut, fates, place);
    }
    markup.out
}

fn elements(
    markup: &mut Markup<'_>,
    tally: &Tally<'_, '_>,
    cut: &[bool],
    fates: &[Fate],
    mut place: usize,
) {
    let (outline, blocks) = (tally.outline, tally.blocks);
    let mut number = tally.range(place).start;
    let end = outline.cells[place].end;
    while place < end {
        let cell = &outline.cells[place];
        markup.leave(place);
        if cut[place]
            || cell.tag == Tag::Noscript
            || (cell.marks.has(Marks::HIDDEN) && !cell.tag.is_block())
        {
            if cell.tag.is_block() {
                markup.boundary();
            }
            place = cell.end;
            continue;
        }
        while number < blocks.len() && blocks[number].last <= place {
            number += 1;
        }
        let fate = match blocks.get(number) {
            Some(block) if block.first <= place => fates[number],
            _ => Fate::Keep,
        };
        markup.enter(cell, fate);
        place += 1;
    }
    markup.leave(usize::MAX);
    markup.boundary();
}

/// An element that is opened as soon as something stands in it.
struct Open {
    name: &'static str,
    attributes: String,
    end: usize,
    written: bool,
}

struct Markup<'h> {
    hints: &'h Hints<'h>,
    out: String,
    open: Vec<Open>,
    inline: Vec<Open>,
    paragraph: bool,
    breaks: usize,
    gap: bool,
    /// The pictures, films and frames that stand in it already.
    shown: HashSet<String>,
}

impl Markup<'_> {
    /// Closes what ends before `place`.
    fn leave(&mut self, place: usize) {
        while self.inline.last().is_some_and(|open| open.end <= place) {
            if let Some(open) = self.inline.pop()
                && open.written
            {
                self.close(open.name);
            }
        }
        while self.open.last().is_some_and(|open| open.end <= place) {
            self.boundary();
            if let Some(open) = self.open.pop()
                && open.written
            {
                self.close(open.name);
            }
        }
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Ends the paragraph that no element of the page made.
    fn boundary(&mut self) {
        for at in (0..self.inline.len()).rev() {
            if self.inline[at].written {
                self.inline[at].written = false;
                let name = self.inline[at].name;
                self.close(name);
            }
        }
        if self.paragraph {
            self.paragraph = false;
            self.close("p");
        }
        self.breaks = 0;
        self.gap = false;
    }

    fn enter(&mut self, cell: &Cell<'_>, fate: Fate) {
        match cell.tag {
            Tag::Text => {
                if fate != Fate::Drop
                    && let Some(text) = cell.node.value().as_text()
                {
                    self.text(&mended(&text.text));
                }
            }
            Tag::Br => self.breaks += 1,
            Tag::Hr => self.boundary(),
            tag if tag.is_media() => {
                if fate != Fate::Drop {
                    self.media(cell);
                }
            }
            tag if tag.is_block() => {
                self.boundary();
                if let Some(name) = structure(cell) {
                    self.open.push(Open {
                        name,
                        attributes: block_attributes(cell),
                        end: cell.end,
                        written: false,
                    });
                } else {
                    // A box without a name of its own still ends the paragraph before and after it.
                    self.open.push(Open {
                        name: "",
                        attributes: String::new(),
                        end: cell.end,
                        written: false,
                    });
                }
            }
            tag => {
                if let Some((name, attributes)) = inline(tag, cell, self.hints) {
                    self.inline.push(Open {
                        name,
                        attributes,
                        end: cell.end,
                        written: false,
                    });
                }
            }
        }
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    /// Opens everything that is due around text or a picture.
    fn open_all(&mut self, wants_paragraph: bool) {
        for at in 0..self.open.len() {
            if !self.open[at].written && !self.open[at].name.is_empty() {
                self.open[at].written = true;
                let tag = start_tag(self.open[at].name, &self.open[at].attributes);
                self.out.push_str(&tag);
            }
        }
        let innermost = self.open.iter().rev().find(|open| !open.name.is_empty());
        let bare = innermost.is_none_or(|open| matches!(open.name, "blockquote"));
        if bare && wants_paragraph && !self.paragraph {
            self.paragraph = true;
            self.out.push_str("<p>");
            self.breaks = 0;
        }
    }

    fn line_breaks(&mut self) {
        let breaks = std::mem::take(&mut self.breaks);
        if breaks == 0 {
            return;
        }
        let at_start = self.out.ends_with('>') && !self.out.ends_with("<br>");
        if self.paragraph {
            if breaks > 1 {
                self.boundary();
            } else if !at_start
                || self.out.ends_with("</a>")
                || self.out.ends_with("</strong>")
                || self.out.ends_with("</em>")
            {
                self.out.push_str("<br>");
            }
        } else if self.open.iter().any(|open| open.written) && !self.out.ends_with("<p>") {
            for _ in 0..breaks.min(2) {
                self.out.push_str("<br>");
            }
        }
        self.gap = false;
    }

    fn text(&mut self, text: &str) {
        if self.inside("pre") {
            if !text.trim().is_empty() {
                self.open_all(false);
            }
            escape(text, &mut self.out);
            return;
        }
        if text
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}')
            .is_empty()
        {
            self.gap = true;
            return;
        }
        self.line_breaks();
        self.open_all(true);
        let fresh = self.out.ends_with("<br>") || self.at_block_start();
        for open in &mut self.inline {
            if !open.written {
                if self.gap && !fresh && !self.out.ends_with(' ') {
                    self.out.push(' ');
                }
                self.gap = false;
                open.written = true;
                let tag = start_tag(open.name, &open.attributes);
                self.out.push_str(&tag);
            }
        }
        let lead = self.gap || text.starts_with(char::is_whitespace);
        if lead && !fresh && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        let mut line = squeeze(text);
        self.gap = text.ends_with(char::is_whitespace);
        if line.is_empty() {
            line.clear();
        }
        escape(&line, &mut self.out);
    }

    fn at_block_start(&self) -> bool {
        // Looked for from the front: there the next tag is near, while a text may be as long as the page.
        if !self.out.ends_with('>') {
            return !self.out.contains('<');
        }
        let Some(open) = self.out.rfind('<') else {
            return true;
        };
        let tag = &self.out[open + 1..self.out.len() - 1];
        let name = tag.split(' ').next().unwrap_or_default();
        !matches!(
            name.trim_start_matches('/'),
            "a" | "strong"
                | "em"
                | "code"
                | "sub"
                | "sup"
                | "q"
                | "mark"
                | "del"
                | "ins"
                | "s"
                | "abbr"
        ) && !tag.starts_with("img")
    }

    fn media(&mut self, cell: &Cell<'_>) {
        let Some(tag) = media_tag(cell, self.hints) else {
            return;
        };
        // Twins for narrow and for wide screens show one picture.
        if !self.shown.insert(tag.clone()) {
            return;
        }
        self.line_breaks();
        self.open_all(false);
        self.out.push_str(&tag);
    }
}

fn start_tag(name: &str, attributes: &str) -> String {
    format!("<{name}{attributes}>")
}

fn structure(cell: &Cell<'_>) -> Option<&'static str> {
    Some(match cell.tag {
        Tag::P => "p",
        Tag::Heading(1 | 2) => "h2",
        Tag::Heading(3) => "h3",
        Tag::Heading(4) => "h4",
        Tag::Heading(5) => "h5",
        Tag::Heading(_) => "h6",
        Tag::List if cell.element().is_some_and(|element| element.name() == "ol") => "ol",
        Tag::List => "ul",
        Tag::Item => "li",
        Tag::DefinitionList => "dl",
        Tag::Term => "dt",
        Tag::Definition => "dd",
        Tag::Quote => "blockquote",
        Tag::Pre => "pre",
        Tag::Table => "table",
        Tag::Row => "tr",
        Tag::TableCell => "td",
        Tag::TableHead => "th",
        Tag::TableCaption => "caption",
        Tag::Figure => "figure",
        Tag::Caption => "figcaption",
        _ => return None,
    })
}

fn block_attributes(cell: &Cell<'_>) -> String {
    let names: &[&str] = match cell.tag {
        Tag::TableCell | Tag::TableHead => &["colspan", "rowspan", "dir"],
        Tag::List => &["start", "reversed", "dir"],
        _ => &["dir", "lang"],
    };
    let mut attributes = String::new();
    for name in names {
        if let Some(value) = cell.attr(name) {
            attribute(name, value, &mut attributes);
        }
    }
    attributes
}

fn inline(tag: Tag, cell: &Cell<'_>, hints: &Hints<'_>) -> Option<(&'static str, String)> {
    Some(match tag {
        Tag::Link => {
            let address = resolve(hints.base, cell.attr("href")?)?;
            let mut attributes = String::new();
            attribute("href", address.as_str(), &mut attributes);
            ("a", attributes)
        }
        Tag::Bold => ("strong", String::new()),
        Tag::Italic => ("em", String::new()),
        Tag::Code => ("code", String::new()),
        Tag::Inline => (
            match cell.element()?.name() {
                "sub" => "sub",
                "sup" => "sup",
                "q" => "q",
                "mark" => "mark",
                "del" => "del",
                "ins" => "ins",
                "s" | "strike" => "s",
                "abbr" => "abbr",
                _ => return None,
            },
            String::new(),
        ),
        _ => return None,
    })
}
