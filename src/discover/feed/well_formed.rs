//! A feed that the libraries `rss` and `atom_syndication` see whole → its rows; nothing for one that they would refuse, or
//! of which they would lose something that we need.

use std::collections::{BTreeMap, VecDeque};

use atom_syndication::{Entry, Feed, Text, TextType};
use rss::Channel;
use url::Url;

use super::super::xml::Tag;
use super::outline::{Dialect, outline};
use super::{Element, Item, MOST_ELEMENTS, Rows};
use crate::address::resolve;

/// The rows of the feed `text` from `page`.
pub fn rows(text: &str, page: &Url) -> Option<Rows> {
    let outline = outline(text)?;
    let frame = Frame {
        base: match &outline.base {
            Some(base) => resolve(page, base)?,
            None => page.clone(),
        },
        language: outline.language,
    };
    // Without its declaration, for the libraries would decode the text again by the charset that it names.
    let text = text.get(outline.root..)?.as_bytes();
    match outline.dialect {
        Dialect::Rss => Channel::read_from(text).ok().map(|feed| frame.rss(feed)),
        Dialect::Atom => Feed::read_from(text).ok().map(|feed| frame.atom(feed)),
    }
}

/// What holds for all items of a feed.
struct Frame {
    base: Url,
    language: Option<String>,
}

impl Frame {
    fn rss(mut self, feed: Channel) -> Rows {
        self.language = feed.language.or(self.language);
        let links = feed.extensions.values().flat_map(|names| names.get("link"));
        let next = links
            .flatten()
            .find(|link| link.attrs.get("rel").is_some_and(|rel| rel == "next"))
            .and_then(|link| link.attrs.get("href"))
            .and_then(|next| resolve(&self.base, next));
        Rows {
            items: feed
                .items
                .into_iter()
                .map(|item| self.item(rss_elements(item)))
                .collect(),
            next,
        }
    }

    fn atom(self, feed: Feed) -> Rows {
        Rows {
            items: feed
                .entries
                .into_iter()
                .map(|entry| self.item(atom_elements(entry)))
                .collect(),
            next: feed
                .links
                .iter()
                .find(|link| link.rel == "next")
                .and_then(|link| resolve(&self.base, &link.href)),
        }
    }

    fn item(&self, mut elements: Vec<Element>) -> Item {
        elements.truncate(MOST_ELEMENTS);
        Item {
            base: self.base.clone(),
            language: self.language.clone(),
            elements,
        }
    }
}

fn rss_elements(item: rss::Item) -> Vec<Element> {
    let mut elements = Vec::new();
    let texts = [
        ("title", item.title),
        ("link", item.link),
        ("description", item.description),
        ("author", item.author),
        ("pubdate", item.pub_date),
        ("source", item.source.and_then(|source| source.title)),
        ("content:encoded", item.content),
    ];
    elements.extend(texts.into_iter().filter_map(|(name, text)| {
        let text = text?;
        Some(element(name, text, Vec::new()))
    }));
    elements.extend(item.guid.map(|guid| {
        let is_permalink = guid.permalink.to_string();
        element("guid", guid.value, vec![("ispermalink", is_permalink)])
    }));
    elements.extend(item.enclosure.map(|file| {
        let attributes = vec![
            ("url", file.url),
            ("type", file.mime_type),
            ("length", file.length),
        ];
        element("enclosure", String::new(), attributes)
    }));
    let categories = item.categories.into_iter();
    elements.extend(categories.map(|category| element("category", category.name, Vec::new())));
    elements.extend(item.dublin_core_ext.into_iter().flat_map(dublin_core));
    elements.extend(item.itunes_ext.into_iter().flat_map(itunes));
    elements.extend(extensions(all_of(item.extensions), |extension| Opened {
        name: extension.name,
        value: extension.value,
        attributes: extension.attrs,
        inside: extension.children.into_values().flatten().collect(),
    }));
    elements
}

fn dublin_core(said: rss::extension::dublincore::DublinCoreExtension) -> Vec<Element> {
    let lists = [
        ("dc:title", said.titles),
        ("dc:creator", said.creators),
        ("dc:date", said.dates),
        ("dc:subject", said.subjects),
    ];
    lists
        .into_iter()
        .flat_map(|(name, texts)| {
            texts
                .into_iter()
                .map(move |text| element(name, text, Vec::new()))
        })
        .collect()
}

fn itunes(said: rss::extension::itunes::ITunesItemExtension) -> Vec<Element> {
    let texts = [
        ("itunes:author", said.author),
        ("itunes:duration", said.duration),
        ("itunes:keywords", said.keywords),
        ("itunes:summary", said.summary),
    ];
    let image = said.image.into_iter();
    texts
        .into_iter()
        .filter_map(|(name, text)| Some(element(name, text?, Vec::new())))
        .chain(image.map(|image| element("itunes:image", String::new(), vec![("href", image)])))
        .collect()
}

fn atom_elements(entry: Entry) -> Vec<Element> {
    let mut elements = vec![
        text_element("title", entry.title),
        element("id", entry.id, Vec::new()),
    ];
    elements.extend(entry.summary.map(|text| text_element("summary", text)));
    elements.extend(entry.content.map(|content| {
        let kind = content.content_type.unwrap_or_default();
        marked_up("content", content.value.unwrap_or_default(), kind)
    }));
    let published = entry.published.map(|at| ("published", at));
    // The library says 1970 where an entry has no such date.
    let updated = Some(("updated", entry.updated)).filter(|(_, at)| at.timestamp() != 0);
    let dates = [published, updated].into_iter().flatten();
    elements.extend(dates.map(|(name, at)| element(name, at.to_rfc3339(), Vec::new())));
    for author in entry.authors {
        elements.push(Element {
            parent: "author".to_owned(),
            ..element("name", author.name, Vec::new())
        });
    }
    for category in entry.categories {
        let label = category.label.unwrap_or(category.term);
        elements.push(element("category", label, Vec::new()));
    }
    for link in entry.links {
        let mut attributes = vec![("rel", link.rel), ("href", link.href)];
        attributes.extend(link.mime_type.map(|kind| ("type", kind)));
        attributes.extend(link.length.map(|length| ("length", length)));
        elements.push(element("link", String::new(), attributes));
    }
    elements.extend(extensions(all_of(entry.extensions), |extension| Opened {
        name: extension.name,
        value: extension.value,
        attributes: extension.attrs,
        inside: extension.children.into_values().flatten().collect(),
    }));
    elements
}

/// The extensions of an item, by prefix and name.
fn all_of<E>(extensions: BTreeMap<String, BTreeMap<String, Vec<E>>>) -> VecDeque<E> {
    let names = extensions.into_values().flat_map(BTreeMap::into_values);
    names.flatten().collect()
}

/// An extension of either library, taken apart.
struct Opened<E> {
    name: String,
    value: Option<String>,
    attributes: BTreeMap<String, String>,
    inside: Vec<E>,
}

/// The elements that `found` are, and those inside them.
fn extensions<E>(found: VecDeque<E>, open: fn(E) -> Opened<E>) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut left: VecDeque<(String, E)> =
        found.into_iter().map(|own| (String::new(), own)).collect();
    while let Some((parent, extension)) = left.pop_front() {
        let opened = open(extension);
        let name = opened.name.to_ascii_lowercase();
        let inside = opened.inside.into_iter();
        left.extend(inside.map(|child| (name.clone(), child)));
        let attributes = opened.attributes.into_iter();
        elements.push(Element {
            parent,
            tag: Tag {
                name: name.clone(),
                attributes: attributes
                    .map(|(name, value)| (name.to_ascii_lowercase(), value))
                    .collect(),
                inside: 0,
            },
            text: opened.value.unwrap_or_default(),
            markup: String::new(),
            name,
        });
    }
    elements
}

fn text_element(name: &str, text: Text) -> Element {
    let kind = match text.r#type {
        TextType::Text => "text",
        TextType::Html => "html",
        TextType::Xhtml => "xhtml",
    };
    marked_up(name, text.value, kind.to_owned())
}

/// An element whose content is of a kind: XHTML as it stands, anything else as text.
fn marked_up(name: &str, value: String, kind: String) -> Element {
    let markup = if kind == "xhtml" {
        value.clone()
    } else {
        String::new()
    };
    let attributes = Some(("type", kind)).filter(|(_, kind)| !kind.is_empty());
    Element {
        markup,
        ..element(name, value, attributes.into_iter().collect())
    }
}

fn element(name: &str, text: String, attributes: Vec<(&str, String)>) -> Element {
    Element {
        name: name.to_owned(),
        parent: String::new(),
        tag: Tag {
            name: name.to_owned(),
            attributes: attributes
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            inside: 0,
        },
        text,
        markup: String::new(),
    }
}
