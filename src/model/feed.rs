//! Entries under a title, and their spelling in one format.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use super::{Direction, Entry, Slug};

/// Which feed: also its address, without the ending.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedKey {
    /// Everything that is kept: `/all`.
    Everything,
    /// How the sources are doing: `/health`.
    Health,
    /// A configured `[[feed]]`: `/its-slug`.
    Selection(Slug),
    /// A whole site: `/site`.
    Site(Slug),
    /// A section of a site: `/site/section`.
    Section(Slug, Slug),
    /// A tag of a site: `/site/tag/slug`.
    Tag(Slug, Slug),
    /// An author of a site: `/site/author/slug`.
    Author(Slug, Slug),
}

impl FeedKey {
    /// The path of its address without the ending, not percent-encoded: `/al-mayadeen-english/tag/gaza`.
    pub fn path(&self) -> String {
        match self {
            FeedKey::Everything => "/all".to_owned(),
            FeedKey::Health => "/health".to_owned(),
            FeedKey::Selection(slug) | FeedKey::Site(slug) => format!("/{slug}"),
            FeedKey::Section(site, section) => format!("/{site}/{section}"),
            FeedKey::Tag(site, tag) => format!("/{site}/tag/{tag}"),
            FeedKey::Author(site, author) => format!("/{site}/author/{author}"),
        }
    }
}

/// Entries under a title, newest first, ready to be spelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// What it is.
    pub head: FeedHead,
    /// What it shows.
    pub entries: Vec<Arc<Entry>>,
    /// Which page of it these are.
    pub page: PageNumber,
}

/// A page of a feed: the first is the feed itself, each further one shows what is older (RFC 5005, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageNumber {
    /// Which, from one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl PageNumber {
    /// The page of a feed that has no other.
    pub const ONLY: PageNumber = PageNumber { number: 1, of: 1 };
}

/// What a feed is, without its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedHead {
    /// Which one.
    pub key: FeedKey,
    /// "Al Mayadeen English: Politics".
    pub title: String,
    /// A sentence for the reader's list of subscriptions.
    pub description: String,
    /// The page for people that it stands for: the section's own page or the site's; none for what is ours alone.
    pub link: Option<Url>,
    /// BCP 47 tag, where all of it is in one language.
    pub language: Option<String>,
    /// Which way its titles run.
    pub direction: Option<Direction>,
    /// When its newest visible change happened.
    pub updated: DateTime<Utc>,
    /// How long a reader may keep it before asking again: the poll interval.
    pub max_age: Duration,
    /// Whether items carry their full text, or only the summary.
    pub full_text: bool,
}

/// The spelling of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0, RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// Each format, the one to prefer first.
    pub const ALL: [Format; 3] = [Format::Rss, Format::Atom, Format::Json];

    /// The ending of its addresses.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Rss => "rss",
            Format::Atom => "atom",
            Format::Json => "json",
        }
    }

    /// Its media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml",
            Format::Atom => "application/atom+xml",
            Format::Json => "application/feed+json",
        }
    }
}

/// A feed spelled in one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The document itself.
    pub bytes: bytes::Bytes,
    /// When its content last changed.
    pub last_modified: DateTime<Utc>,
}
