//! What we remember of a section between two polls.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Health, Validator};

/// What we remember of a section between two polls; the default is a section never polled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectionState {
    /// The listing's marks, kept only when every article behind it was dealt with: a listing marked as seen before its
    /// articles are kept would lose them for ever.
    pub validator: Validator,
    /// Hash of the listing's text under the same rule, for servers that send no marks.
    pub listing_hash: Option<u64>,
    /// The documents that the listing goes on in, under the same rule: a change may stand on one of them alone.
    pub further: Vec<Further>,
    /// When it was last asked.
    pub last_poll: Option<DateTime<Utc>>,
    /// When it last answered well.
    pub last_success: Option<DateTime<Utc>>,
    /// When it last had something new.
    pub last_new: Option<DateTime<Utc>>,
    /// When to ask again.
    pub next_poll: Option<DateTime<Utc>>,
    /// How it is doing.
    pub health: Health,
    /// How many items its listing last showed.
    pub items: usize,
    /// How many items it usually shows.
    pub usual_items: usize,
    /// In which places of its page they last stood ([`super::Listing::shape`]).
    pub shape: Vec<String>,
    /// The addresses of the items that it last showed, by identity, in order: what a listing still shows is never dropped for its age.
    pub listed: Vec<super::Identity>,
}

/// A document that a listing goes on in: its second page, a part of a sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// Its address.
    pub url: Url,
    /// Its marks.
    pub validator: Validator,
    /// Hash of its text, for servers that send no marks.
    pub hash: u64,
}
