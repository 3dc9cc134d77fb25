//! What is served now: every feed's head and the numbers of its entries, and how each source is doing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{FeedHead, Former, SectionKey};

/// Everything that can be asked for at this moment. Replaced whole when a poll changed something.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// Every feed, by its path without the ending (`/al-mayadeen-english/politics`).
    pub feeds: BTreeMap<String, Shelf>,
    /// Every configured section, in the configuration's order.
    pub sources: Vec<Source>,
    /// The paths at which a feed once stood that the configuration named, and what became of it.
    pub former: BTreeMap<String, Former>,
}

/// One feed of an edition: its entries are read from the store when somebody asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// What it is.
    pub head: FeedHead,
    /// Which entries it shows, newest first.
    pub entries: Vec<EntryNumber>,
    /// How many it has in all.
    pub total: usize,
    /// How many a page of older ones shows.
    pub page_items: usize,
    /// Differs whenever what the feed shows differs, and stays the same over restarts.
    pub version: u64,
}

impl Shelf {
    /// How many pages there are: the feed itself, and those of what is older.
    pub fn pages(&self) -> usize {
        self.total.div_ceil(self.page_items.max(1)).max(1)
    }
}

/// The store's own number of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryNumber(pub i64);

/// How a configured section is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which section.
    pub key: SectionKey,
    /// Its site's name for people.
    pub site_title: String,
    /// Its own name for people.
    pub title: String,
    /// Its address at the site.
    pub url: Url,
    /// What the last poll came to.
    pub health: Health,
    /// When it was last asked.
    pub last_poll: Option<DateTime<Utc>>,
    /// When it last answered well.
    pub last_success: Option<DateTime<Utc>>,
    /// When it will be asked next.
    pub next_poll: Option<DateTime<Utc>>,
    /// How many items its listing last showed.
    pub items: usize,
}

/// What the last poll of a section came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Health {
    /// Never polled.
    #[default]
    New,
    /// All went well.
    Well,
    /// It failed, and its feeds stay as they were; or it was read, but what was found is in doubt.
    Ailing {
        /// The sentence: what we were doing, to what, why it failed, what would help.
        reason: String,
        /// Since when.
        since: DateTime<Utc>,
        /// How many polls failed in a row; none where it was read and is in doubt.
        failures: u32,
    },
}
