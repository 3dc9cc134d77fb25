//! A feed's head and items → RSS 2.0, with the full text in `content:encoded`, names in `dc:creator` and pictures in `media:`.

use super::budget::{DOCUMENT_BYTES, Detail, fit};
use super::content::escaped;
use super::item::{File, Item, mime_of};
use super::place::{Head, rfc822, spelled};
use super::xml::{Attributes, Xml};
use crate::model::{Format, Image};

const NAMESPACES: Attributes<'_> = &[
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:sy", "http://purl.org/rss/1.0/modules/syndication/"),
];

/// Writes the document.
pub(super) fn spell(head: &Head<'_>, items: &[Item<'_>]) -> String {
    let mut top = Xml::fragment();
    channel(&mut top, head);
    let top = top.finish();
    let room = DOCUMENT_BYTES.saturating_sub(top.len() + ENVELOPE);
    let mut xml = Xml::document();
    xml.element("rss", NAMESPACES, |xml| {
        xml.element("channel", &[], |xml| {
            xml.put(&top);
            for item in fit(items, head.detail(), room, item) {
                xml.put(&item);
            }
        });
    });
    xml.finish()
}

/// Bytes of the declaration and the elements around head and items, rounded up.
const ENVELOPE: usize = 1_000;

fn channel(xml: &mut Xml, head: &Head<'_>) {
    xml.text("title", &[], &head.title);
    xml.text("link", &[], &head.link);
    xml.text("description", &[], &head.description);
    if let Some(language) = head.language {
        xml.text("language", &[], language);
    }
    xml.text("lastBuildDate", &[], &rfc822(head.updated));
    xml.text("generator", &[], &format!("feedwright {}", head.generator));
    xml.text("docs", &[], "https://www.rssboard.org/rss-specification");
    xml.text("ttl", &[], &(head.max_age.as_secs() / 60).to_string());
    let (period, frequency) = rhythm(head.max_age.as_secs());
    xml.text("sy:updatePeriod", &[], period);
    xml.text("sy:updateFrequency", &[], &frequency.to_string());
    let format = Format::Rss.media_type();
    xml.empty(
        "atom:link",
        &[("rel", "self"), ("type", format), ("href", &head.address)],
    );
    for (rel, href) in &head.pages {
        xml.empty(
            "atom:link",
            &[("rel", rel), ("type", format), ("href", href)],
        );
    }
    if let Some(hub) = &head.hub {
        xml.empty("atom:link", &[("rel", "hub"), ("href", hub)]);
    }
}

/// How often to ask, as the syndication module says it: so many times in a period.
fn rhythm(seconds: u64) -> (&'static str, u64) {
    const HOUR: u64 = 3_600;
    if seconds <= HOUR {
        ("hourly", HOUR / seconds.max(60))
    } else {
        ("daily", (24 * HOUR / seconds).max(1))
    }
}

fn item(item: &Item<'_>, detail: Detail) -> String {
    let mut xml = Xml::fragment();
    xml.element("item", &[], |xml| {
        xml.text("title", &[], &item.title);
        xml.text("link", &[], &item.link);
        xml.text("guid", &[("isPermaLink", "false")], item.id);
        xml.text("pubDate", &[], &rfc822(item.published));
        if let Some(byline) = item.byline() {
            xml.text("dc:creator", &[], &byline);
        }
        if let Some(language) = item.language {
            xml.text("dc:language", &[], language);
        }
        for category in &item.categories {
            xml.text("category", &[], category);
        }
        // A description is HTML, so a plain summary is escaped as HTML before it is escaped as XML; and it stands before
        // the content, since some readers take the last of the two for the text.
        if let Some(summary) = item.summary(detail) {
            xml.text("description", &[], &escaped(&summary));
        }
        xml.text("content:encoded", &[], &item.content(detail));
        media(xml, item);
        if let Some(file) = item.files.first() {
            enclosure(xml, file);
        }
    });
    xml.finish()
}

/// One enclosure: many readers keep only one of several, and the first is what the article is about.
fn enclosure(xml: &mut Xml, file: &File) {
    let length = file.length_bytes.unwrap_or(0).to_string();
    xml.empty(
        "enclosure",
        &[
            ("url", &file.url),
            ("length", &length),
            ("type", &file.mime),
        ],
    );
}

/// Pictures and files as Media RSS, which Atom carries as well.
///
/// Every file stands here too, since some readers drop an enclosure without it; a film's still stands inside it and once more
/// beside it, since some look only at the one place and some at the other.
pub(super) fn media(xml: &mut Xml, item: &Item<'_>) {
    for file in &item.files {
        media_file(xml, file);
    }
    match item.files.iter().find_map(|file| file.thumbnail.as_deref()) {
        Some(thumbnail) => xml.empty("media:thumbnail", &[("url", thumbnail)]),
        None => {
            if let Some(image) = item.image {
                media_image(xml, image);
            }
        }
    }
}

fn media_file(xml: &mut Xml, file: &File) {
    let length = file.length_bytes.map(|bytes| bytes.to_string());
    let seconds = file.seconds.map(|seconds| seconds.to_string());
    let mut attributes = vec![
        ("url", file.url.as_str()),
        ("type", file.mime.as_str()),
        ("medium", file.medium),
    ];
    attributes.extend(length.as_deref().map(|length| ("fileSize", length)));
    attributes.extend(seconds.as_deref().map(|seconds| ("duration", seconds)));
    xml.element("media:content", &attributes, |xml| {
        if let Some(title) = &file.title {
            xml.text("media:title", &[("type", "plain")], title);
        }
        if let Some(thumbnail) = &file.thumbnail {
            xml.empty("media:thumbnail", &[("url", thumbnail)]);
        }
    });
}

fn media_image(xml: &mut Xml, image: &Image) {
    let url = spelled(&image.url);
    let width = image.width.map(|pixels| pixels.to_string());
    let height = image.height.map(|pixels| pixels.to_string());
    let mut attributes = vec![("url", url.as_str()), ("medium", "image")];
    attributes.extend(mime_of(&image.url).map(|mime| ("type", mime)));
    attributes.extend(width.as_deref().map(|width| ("width", width)));
    attributes.extend(height.as_deref().map(|height| ("height", height)));
    xml.element("media:content", &attributes, |xml| {
        if let Some(text) = image.caption.as_deref().or(image.alt.as_deref()) {
            xml.text("media:description", &[("type", "plain")], text);
        }
        if let Some(credit) = &image.credit {
            xml.text("media:credit", &[], credit);
        }
    });
}
