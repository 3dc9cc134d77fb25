//! Which feeds show an entry, and what the store knows of a feed before its entries are read.

use chrono::{DateTime, Utc};

use super::{Direction, EntryNumber, FeedKey};

/// One feed that shows an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    /// Which feed.
    pub key: FeedKey,
    /// What the feed is of, as printed with this entry: a tag's or an author's own spelling, a section's title.
    pub label: String,
}

/// One feed as it is stored: which entries it shows, and what can be said of them without reading one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfRow {
    /// Which feed.
    pub key: FeedKey,
    /// The first spelling under which it was ever shown ("Turkish Foreign Ministry").
    pub label: String,
    /// Its entries, newest first; none once the last was dropped or taken back.
    pub entries: Vec<EntryNumber>,
    /// How many it has in all, those that are not listed here among them.
    pub total: usize,
    /// BCP 47 tag, where all of them that name a language name this one.
    pub language: Option<String>,
    /// Which way all of them run that say so.
    pub direction: Option<Direction>,
    /// When an entry last came, changed or was taken back; retention does not count. Never moves back.
    pub updated: DateTime<Utc>,
    /// Differs whenever one of the entries or their order differs; the same again after a restart.
    pub version: u64,
}
