//! The page of a section → its [`Listing`], whatever stands there: a page with links, a sitemap, a feed, JSON.

mod html;

use chrono::{DateTime, Utc};

use crate::config::ListingRules;
use crate::model::{Listing, Page};

pub use html::{Block, Explanation, explain};

/// Why no listing could be read, as a sentence.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoListing {
    /// No group of links looks like a list of articles.
    #[error(
        "nothing on {0} looks like a list of articles; is it the address of a section, and does the page show its list without a script?"
    )]
    NoArticles(url::Url),
}

/// Finds the items of the listing that `page` holds.
///
/// `now` is the moment of reading, for dates such as "3 hours ago".
pub fn discover(
    page: &Page,
    rules: &ListingRules,
    now: DateTime<Utc>,
) -> Result<Listing, NoListing> {
    html::discover(page, rules, now)
}
