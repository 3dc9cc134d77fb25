//! An article that we keep, with what only we know about it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Article, Slug};

/// The permanent id of an entry as every feed shows it: a `tag:` URI (RFC 4151) made from its [`Identity`], the same
/// for ever and the same again after a lost database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub String);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What makes two sightings the same story: the article's address as first seen, without tracking parameters and
/// fragment; for a line without a page, its section and its words. Never the headline of an article, which changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity(pub String);

/// Which section of which site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SectionKey {
    /// The site's slug.
    pub site: Slug,
    /// The section's slug within it.
    pub section: Slug,
}

impl fmt::Display for SectionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.site, self.section)
    }
}

/// An article that we keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Permanent.
    pub id: EntryId,
    /// What `id` was made from. Permanent.
    pub identity: Identity,
    /// The site it came from.
    pub site: Slug,
    /// The sections that list it, or once did, in the order in which they were seen.
    pub sections: Vec<Slug>,
    /// The address to send a reader to; none for a line without a page.
    pub link: Option<url::Url>,
    /// When we first saw it. Permanent; the date of an undated article.
    pub first_seen: DateTime<Utc>,
    /// When its visible content last changed: what feeds show as `updated`. At first, its date of publication.
    pub updated: DateTime<Utc>,
    /// Since when its page is gone (404, 410): it is shown no more, and kept so that its id is never given anew.
    pub gone: Option<DateTime<Utc>>,
    /// What its page said when last read.
    pub article: Article,
}

impl Entry {
    /// The date under which it is shown and ordered: as published by the site, else as first seen by us; never in our future.
    pub fn date(&self) -> DateTime<Utc> {
        self.article
            .published
            .map_or(self.first_seen, |when| when.utc().min(self.first_seen))
    }
}
