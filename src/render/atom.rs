//! A feed's head and items → Atom 1.0 (RFC 4287).

use super::budget::{DOCUMENT_BYTES, Detail, fit};
use super::item::{File, Item};
use super::place::{Head, rfc3339};
use super::rss::media;
use super::xml::Xml;
use crate::model::Format;

/// Writes the document.
pub(super) fn spell(head: &Head<'_>, items: &[Item<'_>]) -> String {
    let mut top = Xml::fragment();
    feed(&mut top, head);
    let top = top.finish();
    let room = DOCUMENT_BYTES.saturating_sub(top.len() + ENVELOPE);
    let mut root = vec![
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ];
    root.extend(head.language.map(|language| ("xml:lang", language)));
    let mut xml = Xml::document();
    xml.element("feed", &root, |xml| {
        xml.put(&top);
        for entry in fit(items, head.detail(), room, entry) {
            xml.put(&entry);
        }
    });
    xml.finish()
}

/// Bytes of the declaration and the element around head and entries, rounded up.
const ENVELOPE: usize = 1_000;

fn feed(xml: &mut Xml, head: &Head<'_>) {
    xml.text("id", &[], &head.id);
    xml.text("title", &[], &head.title);
    xml.text("subtitle", &[], &head.description);
    xml.text("updated", &[], &rfc3339(head.updated));
    link(xml, "self", Format::Atom.media_type(), &head.address);
    for (rel, href) in &head.pages {
        link(xml, rel, Format::Atom.media_type(), href);
    }
    if let Some(hub) = &head.hub {
        xml.empty("link", &[("rel", "hub"), ("href", hub)]);
    }
    link(xml, "alternate", "text/html", &head.link);
    // The author of every entry that names none (section 4.2.1).
    xml.element("author", &[], |xml| xml.text("name", &[], &head.title));
    xml.text("generator", &[("version", head.generator)], "feedwright");
}

fn link(xml: &mut Xml, rel: &str, media_type: &str, href: &str) {
    xml.empty(
        "link",
        &[("rel", rel), ("type", media_type), ("href", href)],
    );
}

fn entry(item: &Item<'_>, detail: Detail) -> String {
    let language = item.language.map(|language| ("xml:lang", language));
    let attributes: Vec<(&str, &str)> = language.into_iter().collect();
    let mut xml = Xml::fragment();
    xml.element("entry", &attributes, |xml| {
        xml.text("id", &[], item.id);
        xml.text("title", &[], &item.title);
        link(xml, "alternate", "text/html", &item.link);
        if let Some(via) = &item.via {
            link(xml, "via", "text/html", via);
        }
        for (language, href) in &item.translations {
            translation(xml, language, href);
        }
        xml.text("published", &[], &rfc3339(item.published));
        xml.text("updated", &[], &rfc3339(item.updated));
        if let Some(byline) = item.byline() {
            xml.element("author", &[], |xml| xml.text("name", &[], &byline));
        }
        for category in &item.categories {
            xml.empty("category", &[("term", category)]);
        }
        if let Some(summary) = item.summary(detail) {
            xml.text("summary", &[], &summary);
        }
        xml.text("content", &[("type", "html")], &item.content(detail));
        media(xml, item);
        for file in &item.files {
            enclosure(xml, file);
        }
    });
    xml.finish()
}

/// The same story in another language.
///
/// RFC 4287 has `alternate` for it (section 4.2.7.2, once for each language, section 4.1.2), but newsboat, feedparser and its namesake
/// for Node send a reader to the last alternate of a page's type, whatever its language: to a text that he cannot read.
fn translation(xml: &mut Xml, language: &str, href: &str) {
    xml.empty(
        "link",
        &[
            ("rel", "related"),
            ("type", "text/html"),
            ("hreflang", language),
            ("href", href),
        ],
    );
}

fn enclosure(xml: &mut Xml, file: &File) {
    let length = file.length_bytes.map(|bytes| bytes.to_string());
    let mut attributes = vec![
        ("rel", "enclosure"),
        ("type", file.mime.as_str()),
        ("href", file.url.as_str()),
    ];
    attributes.extend(length.as_deref().map(|length| ("length", length)));
    attributes.extend(file.title.as_deref().map(|title| ("title", title)));
    xml.empty("link", &attributes);
}
