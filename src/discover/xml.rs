//! XML as sites write it → elements, one after another; broken markup ends the reading, never the program.
//!
//! No entity is expanded but those of characters, so that a document type full of entities is only skipped.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Most elements inside each other: real feeds and sitemaps have less than ten, xhtml content some thirty.
const MOST_DEPTH: usize = 200;

/// Most bytes of text of one element that are kept: the longest article bodies in feeds have some 500 kB.
const MOST_TEXT: usize = 2_000_000;

/// What comes next in a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// An element begins.
    Open(Tag),
    /// Text, its references resolved.
    Text(String),
    /// An element ends.
    Close,
}

/// The beginning of an element.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// Its name as written, prefix included, in lower case.
    pub name: String,
    /// Its attributes, names in lower case.
    pub attributes: Vec<(String, String)>,
    /// Where its content begins in the document, in bytes.
    pub inside: usize,
}

impl Tag {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a document piece by piece.
pub struct Pieces<'t> {
    reader: Reader<&'t [u8]>,
    depth: usize,
    text: usize,
    /// An element without content was opened and is to be closed.
    closing: bool,
    /// Where the last piece begins.
    position: usize,
    /// Why the reading ended before the document did.
    pub error: Option<String>,
}

impl<'t> Pieces<'t> {
    /// Begins to read `text`.
    pub fn new(text: &'t str) -> Pieces<'t> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Pieces {
            reader,
            depth: 0,
            text: 0,
            closing: false,
            position: 0,
            error: None,
        }
    }

    /// Where the piece last returned begins in the document, in bytes.
    pub fn position(&self) -> usize {
        self.position
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Option<Piece> {
        self.depth += 1;
        self.text = 0;
        if self.depth > MOST_DEPTH {
            self.error = Some(format!("more than {MOST_DEPTH} elements inside each other"));
            return None;
        }
        Some(Piece::Open(Tag {
            name: lower(start.name().as_ref()),
            attributes: start
                .html_attributes()
                .with_checks(false)
                .flatten()
                .take(64)
                .map(|attribute| (lower(attribute.key.as_ref()), value(&attribute.value)))
                .collect(),
            inside: usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX),
        }))
    }

    /// `text` as a piece, within the bound.
    fn words(&mut self, text: String) -> Piece {
        self.text += text.len();
        Piece::Text(if self.text > MOST_TEXT {
            String::new()
        } else {
            text
        })
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.closing {
            self.closing = false;
            self.depth = self.depth.saturating_sub(1);
            return Some(Piece::Close);
        }
        while self.error.is_none() {
            self.position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            match self.reader.read_event() {
                Ok(Event::Start(start)) => return self.open(&start),
                Ok(Event::Empty(start)) => {
                    self.closing = true;
                    return self.open(&start);
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Piece::Close);
                }
                Ok(Event::Text(text)) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    return Some(self.words(text));
                }
                Ok(Event::CData(text)) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    return Some(self.words(text));
                }
                Ok(Event::GeneralRef(reference)) => {
                    let text = resolved(&reference);
                    return Some(self.words(text));
                }
                Ok(Event::Eof) => return None,
                Ok(Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_)) => {}
                Err(error) => self.error = Some(error.to_string()),
            }
        }
        None
    }
}

fn lower(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}

fn value(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw);
    quick_xml::escape::unescape(&raw)
        .map(|value| value.into_owned())
        .unwrap_or_else(|_| raw.into_owned())
}

/// The character that a reference names; one that XML does not know stays as written, for HTML may know it.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = String::from_utf8_lossy(reference);
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(character) => character.to_owned(),
        None => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_with_its_references_resolved() {
        let text: String = Pieces::new("<a>x &amp; y &#233;&#x2014;<![CDATA[<b>]]>&nbsp;&&</a>")
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(text, "x & y é—<b>&nbsp;&&");
    }

    #[test]
    fn a_bomb_of_entities_is_harmless() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>";
        assert!(Pieces::new(bomb).any(|piece| piece == Piece::Text("&y;".to_owned())));
    }

    #[test]
    fn too_many_elements_inside_each_other_end_the_reading() {
        let deep = "<a>".repeat(100_000);
        let mut pieces = Pieces::new(&deep);
        assert_eq!(pieces.by_ref().count(), MOST_DEPTH);
        assert_eq!(
            pieces.error.as_deref(),
            Some("more than 200 elements inside each other")
        );
    }
}
