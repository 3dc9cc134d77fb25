//! An item of a feed, as a row of elements → what it says of its article, whatever the dialect.

use super::super::markup::{duration, is_picture_name, media, plain, split_list};
use super::{Element, Item, local};
use crate::dates::{self, Setting};
use crate::model::{Article, Body, Image, ListingItem, Media, When};
use url::Url;

/// What the dialects call the moment when an item appeared.
const PUBLISHED: [&str; 7] = [
    "pubdate",
    "published",
    "dc:date",
    "issued",
    "dcterms:issued",
    "date",
    "created",
];

/// What they call that of its last change.
const MODIFIED: [&str; 3] = ["updated", "dcterms:modified", "modified"];

/// The item of a listing that `item` is.
pub fn listing_item(item: &Item, setting: &Setting<'_>) -> ListingItem {
    let published = when(item, &PUBLISHED, setting);
    let modified = when(item, &MODIFIED, setting);
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

/// Whether `element` names a picture.
fn is_picture(element: &Element) -> bool {
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
