//! Names, attributes and texts → well-formed XML, whatever the texts hold.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes of an element: (name, value).
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// XML under construction. Every text and every attribute passes [`legal`] and is escaped here, and nowhere else.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// The beginning of a document.
    pub fn document() -> Xml {
        let mut xml = Xml::fragment();
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// A piece to be put into a document with [`Xml::put`].
    pub fn fragment() -> Xml {
        // Each element on a line of its own, without indentation: readable for the price of a byte.
        Xml(Writer::new_with_indent(Vec::new(), b' ', 0))
    }

    /// An element with elements in it.
    pub fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Xml),
    ) {
        self.write(Event::Start(start(name, attributes)));
        inside(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with text in it.
    pub fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.write(Event::Start(start(name, attributes)));
        let legal = legal(text);
        self.write(Event::Text(BytesText::from_escaped(partial_escape(
            legal.as_ref(),
        ))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// A finished piece, on lines of its own.
    pub fn put(&mut self, fragment: &str) {
        let lines = format!("\n{fragment}");
        self.write(Event::Text(BytesText::from_escaped(lines)));
    }

    /// What was written.
    pub fn finish(self) -> String {
        // Everything was written from `&str`, so this replaces nothing.
        String::from_utf8_lossy(&self.0.into_inner()).into_owned()
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing into memory does not fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, legal(value).as_ref()));
    }
    start
}

/// `text` without the characters that XML 1.0 (section 2.2) forbids, even as references, and those that it discourages:
/// one of them would make the whole document unreadable.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_legal) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_legal(*c)).collect())
}

fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        c => u32::from(c) & 0xfffe != 0xfffe,
    }
}
