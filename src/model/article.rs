//! What an article's page says. Every field may be missing: a page says what it says, and no step before `feed` invents the rest.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::When;

/// An article as its page tells it, each field read on its own.
///
/// A listing's hints and an item of another feed have the same shape, so that [`Article::or`] can fill what the page left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The address that the page calls its own (`link rel=canonical`, else `og:url`), absolute and on the web.
    pub canonical_url: Option<Url>,
    /// The site's own number or key for the story, where the page names one.
    pub page_id: Option<String>,
    /// The headline as printed, plain text without the site's name.
    pub title: Option<String>,
    /// Persons and desks who signed it, one each, without "By".
    pub authors: Vec<String>,
    /// The agency or paper that the site names as its source ("Agencies", "Reuters").
    pub source: Option<String>,
    /// When the site says that it was published.
    pub published: Option<When>,
    /// When the site says that it was last changed; never before `published`.
    pub modified: Option<When>,
    /// The summary that the site wrote, plain text; never cut from the body.
    pub summary: Option<String>,
    /// The picture that stands for the article.
    pub lead_image: Option<Image>,
    /// The article itself; empty for a video, a gallery or an infograph.
    pub body: Body,
    /// The labels that the page prints for this article, in its order, once each, as printed.
    pub tags: Vec<String>,
    /// The site's own section or category for it ("Politics").
    pub category: Option<String>,
    /// BCP 47 tag of the text's language, such as `en` or `pt-BR`.
    pub language: Option<String>,
    /// Which way the text runs.
    pub direction: Option<Direction>,
    /// Sound and film that belong to the article.
    pub media: Vec<Media>,
    /// The article's own JSON, where its page holds none: what is asked in place of the page, first and at every recheck.
    pub api_url: Option<Url>,
    /// The same story as an AMP page.
    pub amp_url: Option<Url>,
    /// The same story in other languages, each once.
    pub translations: Vec<Translation>,
    /// The next page of the same article, where it is spread over several.
    pub next_url: Option<Url>,
    /// The page says that only a part of the article is free to read.
    pub restricted: bool,
}

impl Article {
    /// This article, with what it leaves open taken from `hints`: a listing's line or another feed's item.
    pub fn or(self, hints: &Article) -> Article {
        fn or_list<T: Clone>(own: Vec<T>, other: &[T]) -> Vec<T> {
            if own.is_empty() { other.to_vec() } else { own }
        }
        Article {
            canonical_url: self.canonical_url.or_else(|| hints.canonical_url.clone()),
            page_id: self.page_id.or_else(|| hints.page_id.clone()),
            title: self.title.or_else(|| hints.title.clone()),
            authors: or_list(self.authors, &hints.authors),
            source: self.source.or_else(|| hints.source.clone()),
            published: self.published.or(hints.published),
            modified: self.modified.or(hints.modified),
            summary: self.summary.or_else(|| hints.summary.clone()),
            lead_image: self.lead_image.or_else(|| hints.lead_image.clone()),
            body: if self.body.is_empty() {
                hints.body.clone()
            } else {
                self.body
            },
            tags: or_list(self.tags, &hints.tags),
            category: self.category.or_else(|| hints.category.clone()),
            language: self.language.or_else(|| hints.language.clone()),
            direction: self.direction.or(hints.direction),
            media: or_list(self.media, &hints.media),
            api_url: self.api_url.or_else(|| hints.api_url.clone()),
            amp_url: self.amp_url.or_else(|| hints.amp_url.clone()),
            translations: or_list(self.translations, &hints.translations),
            next_url: self.next_url.or_else(|| hints.next_url.clone()),
            restricted: self.restricted || hints.restricted,
        }
    }
}

/// The article's text, twice: as markup for a reader and as plain paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Body {
    /// Safe HTML with absolute addresses: what `sanitize` lets through and nothing else.
    pub html: String,
    /// Paragraphs, subheads, list items and quotes parted by a blank line; no captions, no title, no byline.
    pub text: String,
}

impl Body {
    /// Whether there is nothing to read, see or hear in it.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.text.is_empty()
    }
}

/// The same story in another language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Translation {
    /// BCP 47 tag of its language.
    pub language: String,
    /// Absolute address of its page.
    pub url: Url,
}

/// A picture with what the page says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Absolute address of the largest honest rendition.
    pub url: Url,
    /// The `alt` text.
    #[serde(default)]
    pub alt: Option<String>,
    /// The caption, without the credit where the two can be told apart.
    #[serde(default)]
    pub caption: Option<String>,
    /// Who made it ("AP", "Mahdi Rteil/Al Mayadeen English").
    #[serde(default)]
    pub credit: Option<String>,
    /// Width in pixels, where known.
    #[serde(default)]
    pub width: Option<u32>,
    /// Height in pixels, where known.
    #[serde(default)]
    pub height: Option<u32>,
}

impl Image {
    /// A picture of which only the address is known.
    pub fn at(url: Url) -> Image {
        Image {
            url,
            alt: None,
            caption: None,
            credit: None,
            width: None,
            height: None,
        }
    }
}

/// A film or a sound that belongs to an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Absolute address of the file, or of the player's page where no file is named.
    pub url: Url,
    /// Film or sound.
    pub kind: MediaKind,
    /// Internet media type of the file (`video/mp4`), where known.
    #[serde(default)]
    pub mime: Option<String>,
    /// Size of the file in bytes, where known.
    #[serde(default)]
    pub length_bytes: Option<u64>,
    /// Playing time, where known.
    #[serde(default)]
    pub duration: Option<Duration>,
    /// A still that stands for it.
    #[serde(default)]
    pub thumbnail: Option<Url>,
    /// Its own title, where it has one.
    #[serde(default)]
    pub title: Option<String>,
}

/// What a piece of media is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// Sound only.
    Audio,
    /// Moving pictures.
    Video,
}

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left: Arabic, Hebrew, Persian, Urdu and others.
    Rtl,
}

impl Direction {
    /// As HTML's `dir` spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}
