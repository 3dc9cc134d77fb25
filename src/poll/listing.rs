//! A section's address → the items of all the documents that its listing is spread over.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::Section;
use crate::discover::discover;
use crate::fetch::{Answer, FetchError, Fetcher};
use crate::model::{Listing, ListingItem, Page, Validator};

/// Most documents behind one address, however many a sitemap index names: at a pause of two seconds that is a minute.
const MOST_PARTS: usize = 30;

/// What stands behind a section's address now.
#[derive(Debug)]
pub enum Found {
    /// The same as at the last poll.
    NotModified,
    /// These items.
    Items {
        /// In the order of the listing, from all its pages and parts.
        items: Vec<ListingItem>,
        /// The first document's marks, for the next poll; none where it only points to other documents, which may change
        /// while it stays the same.
        validator: Validator,
        /// Hash of the first document's text, under the same rule.
        hash: Option<u64>,
    },
}

/// Why a listing could not be read, as a sentence, and what it means for the site's other sections.
#[derive(Debug, thiserror::Error)]
pub enum ListingError {
    /// The site did not answer well.
    #[error("{0}")]
    Fetch(#[from] FetchError),
    /// It answered, and there is no listing in it.
    #[error("{0}")]
    Read(String),
}

/// Reads the listing of `section`: its page, the pages that follow it as far as `pages` allows, and the parts that it only
/// points to.
///
/// `validator` and `known_hash` are those of the last poll whose articles were all dealt with. The number of requests is added to
/// `requests`.
pub async fn read_listing(
    fetcher: &mut Fetcher,
    section: &Section,
    validator: &Validator,
    known_hash: Option<u64>,
    requests: &mut usize,
) -> Result<Found, ListingError> {
    *requests += 1;
    let page = match fetcher.get(&section.url, validator).await? {
        Answer::NotModified => return Ok(Found::NotModified),
        Answer::Page(page) => page,
    };
    let hash = hash_of(&page.text);
    if known_hash == Some(hash) {
        return Ok(Found::NotModified);
    }
    let first = items_of(&page, section, super::now())?;
    let (validator, hash) = if first.parts.is_empty() {
        (page.validator, Some(hash))
    } else {
        (Validator::default(), None)
    };
    let mut items = first.items;
    let mut asked = HashSet::from([section.url.clone(), page.url]);
    let mut parts = first.parts;
    let mut next = first.next;
    let mut pages_left = section.listing.pages.max(1) - 1;
    let mut parts_left = MOST_PARTS;
    while let Some(url) = next_document(&mut parts, &mut next, &mut pages_left, &mut parts_left) {
        if !asked.insert(url.clone()) {
            continue;
        }
        *requests += 1;
        let Answer::Page(page) = fetcher.get(&url, &Validator::default()).await? else {
            continue;
        };
        asked.insert(page.url.clone());
        match items_of(&page, section, super::now()) {
            Ok(more) => {
                items.extend(more.items);
                parts.extend(more.parts);
                next = next.or(more.next);
            }
            Err(error) => tracing::debug!("{}: {error}", section.key),
        }
    }
    Ok(Found::Items {
        items,
        validator,
        hash,
    })
}

/// The next document to read: parts first, then further pages, each while its bound allows.
fn next_document(
    parts: &mut Vec<Url>,
    next: &mut Option<Url>,
    pages_left: &mut usize,
    parts_left: &mut usize,
) -> Option<Url> {
    if !parts.is_empty() && *parts_left > 0 {
        *parts_left -= 1;
        return Some(parts.remove(0));
    }
    let url = next.take()?;
    *pages_left = pages_left.checked_sub(1)?;
    Some(url)
}

fn items_of(page: &Page, section: &Section, now: DateTime<Utc>) -> Result<Listing, ListingError> {
    super::read::guarded(&page.url, || discover(page, &section.listing, now))
        .map_err(ListingError::Read)?
        .map_err(|error| ListingError::Read(error.to_string()))
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
