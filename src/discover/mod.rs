//! The page of a section → its [`Listing`], whatever stands there: a page with links, a sitemap, a feed, JSON.

mod detect;
mod embedded;
mod feed;
mod html;
mod json;
mod json_feed;
mod markup;
mod sitemap;
mod xml;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use url::Url;

use crate::address::page_key;
use crate::config::{Kind, ListingRules};
use crate::dates::{self, Setting};
use crate::model::{Listing, ListingItem, Page};

pub use html::{Block, Explanation, explain};

/// Most items of one listing that are returned: a front page holds some hundreds, a monthly sitemap up to a few thousands.
pub const MOST_ITEMS: usize = 5_000;

/// Why no listing could be read, as a sentence.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoListing {
    /// The answer has no body.
    #[error("{0} answered with an empty page")]
    Empty(Url),
    /// A picture, a film, an archive.
    #[error(
        "{url} is no page but {media_type}; a section's address leads to HTML, a feed, a sitemap or JSON"
    )]
    NotText {
        /// The address.
        url: Url,
        /// What it answered with.
        media_type: Box<str>,
    },
    /// No group of links looks like a list of articles.
    #[error(
        "nothing on {0} looks like a list of articles; is it the address of a section, and does the page show its list without a script?"
    )]
    NoArticles(Url),
    /// The list is not in the page but fetched by its scripts.
    #[error("the listing on {url} is drawn by JavaScript; {hint}")]
    DrawnByScript {
        /// The address.
        url: Url,
        /// Where its data may be.
        hint: Box<str>,
    },
    /// The site sent a test for people in place of the page.
    #[error(
        "{0} answered with a test for robots in place of the page; cookies of a browser that passed it, or another address, would help"
    )]
    Challenge(Url),
    /// A configured selector matches nothing.
    #[error("nothing matches `{selector}` on {url}; did the site change?")]
    SelectorFindsNothing {
        /// The selector.
        selector: Box<str>,
        /// The address.
        url: Url,
    },
    /// A configured JSON path finds nothing.
    #[error("nothing is at `{path}` in the JSON of {url}; did the site change?")]
    PathFindsNothing {
        /// The path.
        path: Box<str>,
        /// The address.
        url: Url,
    },
    /// A JSON answer, but no word where its items are.
    #[error("{0} answers with JSON; `json.items` must say where the items stand in it")]
    NoPaths(Url),
    /// A feed or a sitemap without entries.
    #[error("the {what} at {url} holds no entries")]
    NoEntries {
        /// What it is.
        what: Format,
        /// The address.
        url: Url,
    },
    /// A feed, a sitemap or JSON that cannot be read.
    #[error("the {what} at {url} cannot be read: {reason}")]
    Malformed {
        /// What it should be.
        what: Format,
        /// The address.
        url: Url,
        /// What the reader says.
        reason: Box<str>,
    },
}

impl NoListing {
    /// Whether an answer in which a listing was once found says by this that its shape changed; else it is no listing at all.
    pub fn is_of_shape(&self) -> bool {
        match self {
            NoListing::NoArticles(_)
            | NoListing::DrawnByScript { .. }
            | NoListing::SelectorFindsNothing { .. }
            | NoListing::PathFindsNothing { .. } => true,
            NoListing::Empty(_)
            | NoListing::NotText { .. }
            | NoListing::Challenge(_)
            | NoListing::NoPaths(_)
            | NoListing::NoEntries { .. }
            | NoListing::Malformed { .. } => false,
        }
    }
}

/// What a listing without pages is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap or an index of sitemaps.
    Sitemap,
    /// JSON of the site's own.
    Json,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Format::Feed => "feed",
            Format::Sitemap => "sitemap",
            Format::Json => "JSON",
        })
    }
}

/// Finds the items of the listing that `page` holds.
///
/// `now` is the moment of reading, for dates such as "3 hours ago".
pub fn discover(
    page: &Page,
    rules: &ListingRules,
    now: DateTime<Utc>,
) -> Result<Listing, NoListing> {
    detect::readable(page)?;
    let kind = match rules.kind {
        Kind::Auto => detect::kind(page, rules)?,
        kind => kind,
    };
    let setting = setting(page, rules, now);
    let listing = match kind {
        Kind::Auto | Kind::Html => html::discover(page, rules, now),
        Kind::Lines => html::lines(page, rules, now),
        Kind::Sitemap => sitemap::sitemap(page, &setting),
        Kind::Feed => feed::feed(page, &setting),
        Kind::Json => json::json(page, rules, &setting),
        Kind::Embedded => embedded::embedded(page, rules, &setting),
    }?;
    let listing = tidied(listing, page, rules);
    if listing.items.is_empty() && listing.parts.is_empty() {
        return Err(NoListing::NoArticles(page.url.clone()));
    }
    Ok(listing)
}

/// How dates of `page` are read, as far as its head and the configuration tell.
fn setting<'p>(page: &'p Page, rules: &'p ListingRules, now: DateTime<Utc>) -> Setting<'p> {
    let language = rules.language.as_deref().or(page.language.as_deref());
    Setting {
        language,
        zone: zone(page, language, rules),
        now,
        order: None,
    }
}

/// The clock of dates that name no zone: as configured, else that of the page's country or language.
fn zone(page: &Page, language: Option<&str>, rules: &ListingRules) -> Tz {
    rules
        .timezone
        .unwrap_or_else(|| dates::site_clock(&page.url, language))
}

/// `listing` with each page once, without those that are no articles by the rules, within [`MOST_ITEMS`].
fn tidied(mut listing: Listing, page: &Page, rules: &ListingRules) -> Listing {
    let mut seen = HashSet::new();
    listing.items.retain(|item| {
        item.url.as_ref().is_none_or(|url| is_wanted(url, rules)) && seen.insert(key(item))
    });
    listing.items.truncate(MOST_ITEMS);
    let own = page_key(&page.url);
    listing.next = listing.next.filter(|next| page_key(next) != own);
    listing
}

fn key(item: &ListingItem) -> String {
    match &item.url {
        Some(url) => page_key(url),
        None => item.hints.title.clone().unwrap_or_default(),
    }
}

/// Whether `url` may be an article by what the rules say of addresses.
fn is_wanted(url: &Url, rules: &ListingRules) -> bool {
    let matches = |patterns: &[regex::Regex]| {
        patterns
            .iter()
            .any(|pattern| pattern.is_match(url.as_str()))
    };
    (rules.article_urls.is_empty() || matches(&rules.article_urls)) && !matches(&rules.ignore_urls)
}

#[cfg(test)]
mod tests;
