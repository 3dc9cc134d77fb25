//! A [`Feed`] → a [`Document`] in one format; an [`Edition`] → the OPML list of its feeds.

mod opml;

use url::Url;

pub use opml::opml;

use crate::model::{Document, Feed, FeedKey, Format};

/// Where a document will stand, and who made it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What readers see in front of every address: `https://feeds.example.org`.
    pub public_url: &'a Url,
    /// Version of this program, for the generator's line.
    pub version: &'a str,
}

impl Place<'_> {
    /// The public address of a feed in one format: `https://feeds.example.org/site/tag/%D8%BA%D8%B2%D8%A9.rss`.
    pub fn address(&self, key: &FeedKey, format: Format) -> String {
        format!("{}.{}", self.page(key), format.ending())
    }

    /// The public address of a feed's page for people.
    pub fn page(&self, key: &FeedKey) -> String {
        let base = self.public_url.as_str().trim_end_matches('/');
        format!("{base}{}", encoded(&key.path()))
    }
}

/// What may stand in a path as it is (RFC 3986, section 3.3, without the marks that some readers stumble over).
const PATH: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path as it stands in an address.
pub fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, PATH).to_string()
}

/// Spells `feed` in `format`.
pub fn render(feed: &Feed, format: Format, place: &Place<'_>) -> Document {
    let _ = place;
    Document {
        content_type: content_type(format),
        bytes: bytes::Bytes::new(),
        last_modified: feed.head.updated,
    }
}

/// The whole value of `Content-Type`: XML names its charset, since RFC 2046 would have clients guess; JSON has only one.
pub fn content_type(format: Format) -> &'static str {
    match format {
        Format::Rss => "application/rss+xml; charset=utf-8",
        Format::Atom => "application/atom+xml; charset=utf-8",
        Format::Json => "application/feed+json",
    }
}
