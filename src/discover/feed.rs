//! An RSS, Atom or JSON feed → its items, with all that the feed says of them.
//!
//! One lenient reader for every dialect: feeds of the wild mix them, leave elements out, nest what they should not and break off
//! in the middle, and an item's content must be kept as its markup stands. Content is handed on raw; `sanitize` makes it safe.

use url::Url;

use super::markup::{duration, is_picture_name, media, paragraphs, plain, split_list};
use super::xml::{Piece, Pieces, Tag};
use super::{Format, NoListing, json_feed};
use crate::address::resolve;
use crate::dates::{self, Setting};
use crate::model::{Article, Body, Image, Listing, ListingItem, Media, Page, When};

/// Most items of one feed that are read: kept archives of ten years have some thousands.
pub const MOST_ITEMS: usize = 5_000;

/// Most elements of one item that are read: a gallery's item has some hundreds.
const MOST_ELEMENTS: usize = 2_000;

/// Reads the feed that `page` holds.
pub fn feed(page: &Page, setting: &Setting<'_>) -> Result<Listing, NoListing> {
    let text = page.text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return json_feed::json_feed(page, text, setting);
    }
    let mut pieces = Pieces::new(text);
    let mut walk = Walk::new(text, &page.url);
    while walk.items.len() < MOST_ITEMS {
        match pieces.next() {
            Some(Piece::Open(tag)) => walk.open(tag),
            Some(Piece::Text(words)) => walk.text(&words),
            Some(Piece::Close) => walk.close(pieces.position()),
            None => break,
        }
    }
    if walk.items.is_empty() {
        return Err(match pieces.error {
            Some(reason) => malformed(page, reason),
            None => NoListing::NoEntries {
                what: Format::Feed,
                url: page.url.clone(),
            },
        });
    }
    Ok(Listing {
        items: walk
            .items
            .iter()
            .map(|item| listing_item(item, setting))
            .filter(|item| item.url.is_some() || item.hints.title.is_some())
            .collect(),
        next: walk.next,
        ..Listing::default()
    })
}

/// The sentence for a feed that cannot be read.
pub fn malformed(page: &Page, reason: String) -> NoListing {
    NoListing::Malformed {
        what: Format::Feed,
        url: page.url.clone(),
        reason: reason.into(),
    }
}

/// An `item` or `entry` with all elements inside, as one row.
struct Item {
    base: Url,
    language: Option<String>,
    elements: Vec<Element>,
}

/// One element of an item.
struct Element {
    /// Its name, prefix included; `parent name` for what stands deeper than a child of the item.
    name: String,
    /// The name of the element around it; empty for a child of the item.
    parent: String,
    tag: Tag,
    text: String,
    /// Its content as it stands in the document.
    markup: String,
}

impl Element {
    /// The content as HTML: as it stands, or made of plain text where Atom says or implies that it is (RFC 4287, 3.1.1).
    fn as_markup(&self) -> String {
        let kind = self.tag.attribute("type").unwrap_or("text");
        if !self.markup.is_empty() {
            self.markup.trim().to_owned()
        } else if self.name == "content" && matches!(kind, "text" | "text/plain") {
            paragraphs(self.text.trim())
        } else {
            self.text.trim().to_owned()
        }
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

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Item {
    /// The children of the item that have one of `names`, in the order of `names`.
    fn all<'i>(&'i self, names: &'i [&'i str]) -> impl Iterator<Item = &'i Element> {
        names.iter().flat_map(|name| {
            self.elements
                .iter()
                .filter(move |element| element.name == *name && element.parent.is_empty())
        })
    }

    /// The text of the first child of one of `names` that has some.
    fn text<'i>(&'i self, names: &'i [&'i str]) -> Option<&'i str> {
        self.all(names)
            .map(|element| element.text.trim())
            .find(|text| !text.is_empty())
    }

    fn resolve(&self, address: &str) -> Option<Url> {
        resolve(&self.base, address)
    }
}

fn listing_item(item: &Item, setting: &Setting<'_>) -> ListingItem {
    let published = when(
        item,
        &[
            "pubdate",
            "published",
            "dc:date",
            "issued",
            "dcterms:issued",
            "date",
            "created",
        ],
        setting,
    );
    let modified = when(item, &["updated", "dcterms:modified", "modified"], setting);
    let published = published.or(modified);
    let (content, summary) = content_and_summary(item);
    ListingItem {
        url: url(item),
        hints: Article {
            title: item
                .text(&["title", "media:title", "dc:title"])
                .and_then(plain),
            authors: authors(item),
            source: item.text(&["source"]).and_then(plain),
            modified: modified
                .filter(|modified| published.is_none_or(|published| published.at < modified.at)),
            published,
            summary: summary.and_then(|summary| plain(&summary)),
            lead_image: image(item),
            body: Body {
                html: content.unwrap_or_default(),
                text: String::new(),
            },
            tags: tags(item),
            language: item.language.clone(),
            media: all_media(item),
            ..Article::default()
        },
    }
}

fn when(item: &Item, names: &[&str], setting: &Setting<'_>) -> Option<When> {
    item.all(names)
        .find_map(|element| dates::read(element.text.trim(), setting))
}

/// The address of an item's page: Atom's alternate link, RSS's link, a guid that is one.
fn url(item: &Item) -> Option<Url> {
    let by_attribute = item
        .all(&["link", "atom:link"])
        .filter(|link| matches!(link.tag.attribute("rel"), None | Some("alternate")))
        .filter_map(|link| link.tag.attribute("href"))
        .find_map(|href| item.resolve(href));
    let by_text = || {
        item.text(&["feedburner:origlink", "link"])
            .and_then(|link| item.resolve(link))
    };
    let by_guid = || {
        item.all(&["guid", "id"])
            .filter(|guid| guid.tag.attribute("ispermalink") != Some("false"))
            .map(|guid| guid.text.trim())
            .filter(|guid| guid.starts_with("http"))
            .find_map(|guid| item.resolve(guid))
    };
    by_attribute.or_else(by_text).or_else(by_guid)
}

/// The markup of the whole article and the summary, where an item has them apart; a lone long text is content.
fn content_and_summary(item: &Item) -> (Option<String>, Option<String>) {
    let markup_of = |names: &[&str]| {
        item.all(names)
            .map(Element::as_markup)
            .find(|markup| !markup.is_empty())
    };
    let content = markup_of(&["content:encoded", "content", "xhtml:body", "body"]);
    let summary = markup_of(&[
        "description",
        "summary",
        "itunes:summary",
        "media:description",
    ]);
    match (content, summary) {
        (None, Some(summary)) if is_whole(&summary) => (Some(summary), None),
        (Some(content), Some(summary)) if content == summary => (Some(content), None),
        both => both,
    }
}

/// Whether a description is the article itself: several paragraphs of markup.
fn is_whole(description: &str) -> bool {
    const LEAST_WHOLE: usize = 1_000;
    description.len() >= LEAST_WHOLE && description.matches("<p").nth(2).is_some()
}

fn authors(item: &Item) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    let named = item
        .elements
        .iter()
        .filter(|element| element.parent == "author" && local(&element.name) == "name");
    for element in named.chain(item.all(&["dc:creator", "author", "itunes:author"])) {
        let Some(name) = plain(&element.text).map(without_address) else {
            continue;
        };
        if !name.is_empty() && !authors.contains(&name) {
            authors.push(name);
        }
    }
    authors
}

/// "desk@example.org (Ann Lee)" names Ann Lee (RSS 2.0's form); a lone address names nobody.
fn without_address(name: String) -> String {
    match (name.find('@'), name.split_once('(')) {
        (Some(at), Some((before, after))) if at < before.len() => {
            after.trim_end_matches(')').trim().to_owned()
        }
        (Some(_), None) if !name.contains(' ') => String::new(),
        _ => name,
    }
}

fn tags(item: &Item) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let labels = item.all(&["category", "dc:subject"]).filter_map(|element| {
        let label = element
            .tag
            .attribute("label")
            .or_else(|| element.tag.attribute("term"))
            .unwrap_or(&element.text);
        plain(label)
    });
    let keywords = item
        .text(&["media:keywords", "itunes:keywords"])
        .map(split_list)
        .unwrap_or_default();
    for tag in labels.chain(keywords) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The picture of an item: Media RSS's content or thumbnail, an enclosure that is a picture, iTunes's.
fn image(item: &Item) -> Option<Image> {
    let is_picture = |element: &Element| {
        let tag = &element.tag;
        match local(&element.name) {
            "thumbnail" => element.name == "media:thumbnail",
            "content" if element.name == "media:content" => {
                tag.attribute("medium") == Some("image")
                    || tag
                        .attribute("type")
                        .is_some_and(|kind| kind.starts_with("image"))
                    || (tag.attribute("medium").is_none()
                        && tag.attribute("url").is_some_and(is_picture_name))
            }
            "enclosure" => tag
                .attribute("type")
                .is_some_and(|kind| kind.starts_with("image")),
            "link" => {
                tag.attribute("rel") == Some("enclosure")
                    && tag
                        .attribute("type")
                        .is_some_and(|kind| kind.starts_with("image"))
            }
            "image" => element.name == "itunes:image" || element.parent.is_empty(),
            _ => false,
        }
    };
    let address = |element: &Element| {
        let tag = &element.tag;
        ["url", "href"]
            .iter()
            .find_map(|name| tag.attribute(name))
            .or_else(|| Some(element.text.trim()).filter(|text| text.starts_with("http")))
            .and_then(|address| item.resolve(address))
    };
    let mut pictures: Vec<(&Element, Url)> = item
        .elements
        .iter()
        .filter(|element| is_picture(element))
        .filter_map(|element| Some((element, address(element)?)))
        .collect();
    // A thumbnail only where nothing larger is named.
    pictures.sort_by_key(|(element, _)| element.name == "media:thumbnail");
    let (element, url) = pictures.into_iter().next()?;
    let number = |name: &str| element.tag.attribute(name)?.parse().ok();
    Some(Image {
        width: number("width"),
        height: number("height"),
        ..Image::at(url)
    })
}

/// Sound and film of an item.
fn all_media(item: &Item) -> Vec<Media> {
    let length = item.text(&["itunes:duration"]).and_then(duration);
    let mut all: Vec<Media> = Vec::new();
    for element in &item.elements {
        let tag = &element.tag;
        let is_enclosure = element.name == "enclosure"
            || element.name == "media:content"
            || (element.name == "link" && tag.attribute("rel") == Some("enclosure"));
        let address = tag.attribute("url").or_else(|| tag.attribute("href"));
        let found = address
            .filter(|_| is_enclosure)
            .and_then(|address| item.resolve(address))
            .and_then(|url| {
                media(
                    url,
                    tag.attribute("type").or_else(|| tag.attribute("medium")),
                )
            });
        if let Some(found) = found
            && !all.iter().any(|known| known.url == found.url)
        {
            let size = tag
                .attribute("length")
                .or_else(|| tag.attribute("filesize"))
                .and_then(|size| size.parse().ok())
                .filter(|&size| size > 0);
            all.push(Media {
                length_bytes: size,
                duration: tag.attribute("duration").and_then(duration).or(length),
                ..found
            });
        }
    }
    all
}
