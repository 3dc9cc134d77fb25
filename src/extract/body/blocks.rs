//! An [`Outline`] → its [`Block`]s: the lines and paragraphs a reader sees, in order, whatever elements they are made of.

use super::names::Marks;
use std::borrow::Cow;

use super::outline::{Cell, Outline, Tag};
use crate::text::squeeze;

/// One run of text and pictures that no block element and no `br` parts.
#[derive(Debug, Default)]
pub struct Block {
    /// The place of its first leaf.
    pub first: usize,
    /// One past the place of its last leaf.
    pub last: usize,
    /// The nearest block element around it.
    pub owner: usize,
    /// What it says, on one line.
    pub text: String,
    /// How long that is, see [`weight`].
    pub len: usize,
    /// How much of it is inside links.
    pub link_len: usize,
    /// How many links it holds.
    pub links: usize,
    /// How much of it is bold.
    pub bold_len: usize,
    /// How much of it stands in inline elements that are not the article's text by their names.
    pub chrome_len: usize,
    /// How many `br` stand before it, since the block before, within one parent.
    pub breaks: usize,
    /// A link is wrapped around its whole element.
    pub in_card: bool,
    /// It shows a picture, a film or another page.
    pub media: bool,
}

impl Block {
    /// Which part of the text is inside links, from 0 to 1.
    pub fn link_density(&self) -> f32 {
        share(self.link_len, self.len)
    }

    /// Whether the text ends as a sentence does.
    pub fn ends_a_sentence(&self) -> bool {
        ends_a_sentence(&self.text)
    }
}

/// `part` of `whole`, from 0 to 1; nothing of nothing is 0.
pub fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        part as f32 / whole as f32
    }
}

/// Whether `text` ends with a mark that closes a sentence, in any script, quotes and brackets aside.
pub fn ends_a_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '\'' | '”' | '’' | '“' | '»' | '«' | ')' | ']' | '」' | '』' | '）' | ' '
        )
    })
    .ends_with([
        '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።', ':', '：', ';', '．',
    ])
}

/// The length of `text` in letters, blanks not counted; one of Chinese, Japanese or Korean says as much as three others.
pub fn weight(text: &str) -> usize {
    // In parts whose sum fits a byte, so that the processor takes many bytes at once.
    let one = |byte: &u8| match byte {
        b'!'..=0x7e => 1,
        0xe3..=0xed => 3,
        0xc0..=0xe2 | 0xee..=0xf7 => 1,
        _ => 0_u8,
    };
    let parts = text.as_bytes().chunks(64);
    parts
        .map(|part| usize::from(part.iter().map(one).sum::<u8>()))
        .sum()
}

/// `text`, with what was UTF-8 once and was read as windows-1252 read right: "Ã©" is "é".
pub fn mended(text: &str) -> Cow<'_, str> {
    // All of these begin with one byte, which most texts have not.
    if memchr::memchr(0xc3, text.as_bytes()).is_none()
        || !text.contains(['Â', 'Ã', 'â', 'Ð', 'Ñ', 'Å', 'Ä', 'ð'])
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut bytes: Vec<u8> = Vec::new();
    let mut changed = false;
    let mut flush = |bytes: &mut Vec<u8>, out: &mut String, raw: &str| {
        match std::str::from_utf8(bytes) {
            Ok(right) if right.chars().count() < bytes.len() => {
                out.push_str(right);
                changed = true;
            }
            _ => out.push_str(raw),
        }
        bytes.clear();
    };
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let byte = if c.is_ascii() { None } else { latin_byte(c) };
        match byte {
            Some(byte) => {
                if bytes.is_empty() {
                    start = at;
                }
                bytes.push(byte);
            }
            None => {
                if !bytes.is_empty() {
                    flush(&mut bytes, &mut out, &text[start..at]);
                }
                out.push(c);
            }
        }
    }
    if !bytes.is_empty() {
        flush(&mut bytes, &mut out, &text[start..]);
    }
    if changed {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// The byte that windows-1252 or ISO 8859-1 has for `c`.
fn latin_byte(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        _ => HIGH
            .chars()
            .position(|high| high == c)
            .and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// What is known of a place from the elements around it.
#[derive(Clone, Copy, Default)]
struct Around {
    owner: usize,
    link: bool,
    bold: bool,
    card: bool,
    chrome: bool,
    unseen: bool,
}

/// An inline element of more nodes than this is no label, whatever its name: some pages have their whole text in a `span`.
const MOST_CELLS_OF_A_LABEL: usize = 20;

impl Around {
    /// What is known inside `cell`, which stands at `place` where `self` is known.
    fn within(self, place: usize, cell: &Cell<'_>) -> Around {
        let no_text = Marks::CHROME
            .and(Marks::BYLINE)
            .and(Marks::RELATED)
            .and(Marks::COMMENTS)
            .and(Marks::CAPTION);
        let mut here = self;
        if cell.tag.is_block() {
            here.owner = place;
            here.card = here.link;
            here.chrome = false;
        } else {
            let is_small = cell.end - place <= MOST_CELLS_OF_A_LABEL;
            here.chrome |= cell.tag == Tag::Control || (is_small && cell.marks.has(no_text));
            here.unseen |= cell.marks.has(Marks::HIDDEN);
        }
        here.unseen |= cell.tag == Tag::Noscript;
        here.bold |= cell.tag == Tag::Bold;
        here
    }
}

/// The blocks of the whole page.
pub fn blocks(outline: &Outline<'_>) -> Vec<Block> {
    let mut around: Vec<Around> = Vec::with_capacity(outline.cells.len());
    let mut writer = Writer::default();
    for (place, cell) in outline.cells.iter().enumerate() {
        if cell.tag.is_block() {
            writer.close();
        }
        // The first place has none around it.
        let mut here = around
            .get(cell.parent)
            .copied()
            .unwrap_or_default()
            .within(place, cell);
        match cell.tag {
            Tag::Link => {
                let address = cell.attr("href");
                here.link |= address.is_some();
                writer.pending_link = true;
                if is_note(address, &outline.cells[cell.parent]) {
                    writer.raw.push(' ');
                }
            }
            Tag::Br => writer.br(),
            Tag::Text if !here.unseen => {
                if let Some(text) = cell.node.value().as_text() {
                    writer.text(place, &mended(&text.text), here);
                }
            }
            tag if tag.is_media() => writer.media(place, here),
            _ => {}
        }
        around.push(here);
    }
    writer.close();
    writer.done
}

/// Whether a link in `parent` is a footnote's number, which is no part of the word before it.
fn is_note(address: Option<&str>, parent: &Cell<'_>) -> bool {
    parent
        .element()
        .is_some_and(|parent| parent.name() == "sup")
        || address.is_some_and(|address| address.contains("#footnote"))
}

#[derive(Default)]
struct Writer {
    done: Vec<Block>,
    now: Option<Block>,
    raw: String,
    breaks: usize,
    pending_link: bool,
}

impl Writer {
    fn block(&mut self, place: usize, around: Around) -> &mut Block {
        if self
            .now
            .as_ref()
            .is_some_and(|now| now.owner != around.owner)
        {
            self.close();
        }
        let breaks = std::mem::take(&mut self.breaks);
        let now = self.now.get_or_insert_with(|| Block {
            first: place,
            owner: around.owner,
            in_card: around.card,
            breaks,
            ..Block::default()
        });
        now.last = place + 1;
        now
    }

    fn text(&mut self, place: usize, text: &str, around: Around) {
        let len = weight(text);
        if len == 0 {
            if self.now.is_some() && !text.is_empty() {
                self.raw.push(' ');
            }
            return;
        }
        let pending_link = std::mem::take(&mut self.pending_link);
        let block = self.block(place, around);
        block.len += len;
        if around.link {
            block.link_len += len;
            block.links += usize::from(pending_link);
        }
        if around.bold {
            block.bold_len += len;
        }
        if around.chrome {
            block.chrome_len += len;
        }
        self.raw.push_str(text);
    }

    fn media(&mut self, place: usize, around: Around) {
        self.block(place, around).media = true;
    }

    fn br(&mut self) {
        let breaks = self.breaks + 1;
        self.close();
        self.breaks = breaks;
    }

    fn close(&mut self) {
        if let Some(mut block) = self.now.take() {
            block.text = squeeze(&self.raw);
            self.raw.clear();
            self.done.push(block);
        }
        self.breaks = 0;
    }
}
