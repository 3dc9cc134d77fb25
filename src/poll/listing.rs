//! A section's address → the items of all the documents that its listing is spread over.

use std::collections::{HashSet, VecDeque};

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::Section;
use crate::discover::discover;
use crate::fetch::{Answer, FetchError, Fetcher};
use crate::hash::Stable;
use crate::model::{Listing, ListingItem, Page, Validator};

/// Most documents behind one address, however many a sitemap index names: at a pause of two seconds that is a minute.
const MOST_PARTS: usize = 30;

/// Most items of a listing over all its documents: what a site prints in a month. They are remembered until the next poll.
const MOST_ITEMS: usize = 5_000;

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
        /// while it stays the same, and none where a document could not be read.
        validator: Validator,
        /// Hash of the first document's text, and of those that it points to; none where one could not be read.
        hash: Option<u64>,
        /// Where the items stand in the first document.
        shape: Vec<String>,
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
    /// It answered with what may be a listing, and nothing is found where items should stand.
    #[error("{0}")]
    Shape(String),
}

impl ListingError {
    /// Whether asking again soon would end the same way.
    fn is_permanent(&self) -> bool {
        match self {
            ListingError::Fetch(error) => error.is_permanent(),
            ListingError::Read(_) | ListingError::Shape(_) => true,
        }
    }
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
    let mut hash = Stable::new();
    hash.add_text(&page.text);
    if known_hash == Some(hash.value()) {
        return Ok(Found::NotModified);
    }
    let mut first = items_of(&page, section, super::now())?;
    let shape = std::mem::take(&mut first.shape);
    let is_index = !first.parts.is_empty();
    let validator = page.validator.clone();
    let mut rest = Rest::after(page, first, section);
    while let Some(url) = rest.next_document() {
        *requests += 1;
        rest.read(&url, fetcher, section, is_index.then_some(&mut hash))
            .await?;
    }
    rest.items.truncate(MOST_ITEMS);
    match rest.fault {
        Some(fault) if rest.items.is_empty() => Err(fault),
        Some(fault) => {
            tracing::warn!("{}: a part of the listing is missing: {fault}", section.key);
            Ok(Found::Items {
                items: rest.items,
                validator: Validator::default(),
                hash: None,
                shape,
            })
        }
        None if is_index && known_hash == Some(hash.value()) => Ok(Found::NotModified),
        None => Ok(Found::Items {
            items: rest.items,
            validator: if is_index {
                Validator::default()
            } else {
                validator
            },
            hash: Some(hash.value()),
            shape,
        }),
    }
}

/// What was read of a listing so far, and the documents that it goes on in.
struct Rest {
    items: Vec<ListingItem>,
    /// Why a document could not be read.
    fault: Option<ListingError>,
    asked: HashSet<Url>,
    parts: VecDeque<Url>,
    next: Option<Url>,
    parts_left: usize,
    pages_left: usize,
}

impl Rest {
    /// What is left to be read behind the first document.
    fn after(page: Box<Page>, first: Listing, section: &Section) -> Rest {
        Rest {
            items: first.items,
            fault: None,
            asked: HashSet::from([section.url.clone(), page.url]),
            parts: first.parts.into(),
            next: first.next,
            parts_left: MOST_PARTS,
            pages_left: section.listing.pages.max(1) - 1,
        }
    }

    /// The next document to read, none twice: parts first, then further pages, each while its bound allows.
    fn next_document(&mut self) -> Option<Url> {
        while self.items.len() < MOST_ITEMS && self.parts_left > 0 {
            let Some(url) = self.parts.pop_front() else {
                break;
            };
            self.parts_left -= 1;
            if self.asked.insert(url.clone()) {
                return Some(url);
            }
        }
        let url = self.next.take()?;
        self.pages_left = self.pages_left.checked_sub(1)?;
        self.asked.insert(url.clone()).then_some(url)
    }

    /// Reads one document. A fault costs only what it lists, unless it means the whole site.
    async fn read(
        &mut self,
        url: &Url,
        fetcher: &mut Fetcher,
        section: &Section,
        hash: Option<&mut Stable>,
    ) -> Result<(), ListingError> {
        let is_part = hash.is_some();
        let listing = match fetcher.get(url, &Validator::default()).await {
            Ok(Answer::Page(page)) => {
                if let Some(hash) = hash {
                    hash.add_text(&page.text);
                }
                self.asked.insert(page.url.clone());
                items_of(&page, section, super::now())
            }
            Ok(Answer::NotModified) => Ok(Listing::default()),
            Err(error) if error.is_for_whole_site() => return Err(error.into()),
            Err(error) => Err(error.into()),
        };
        match listing {
            Ok(more) => {
                self.items.extend(more.items);
                self.parts.extend(more.parts);
                self.next = self.next.take().or(more.next);
            }
            // A further page that is not there, or shows no article, is the end of the list.
            Err(end) if !is_part && end.is_permanent() => tracing::debug!("{}: {end}", section.key),
            Err(fault) => self.fault = Some(fault),
        }
        Ok(())
    }
}

fn items_of(page: &Page, section: &Section, now: DateTime<Utc>) -> Result<Listing, ListingError> {
    super::read::guarded(&page.url, || discover(page, &section.listing, now))
        .map_err(ListingError::Read)?
        .map_err(|error| match error.is_of_shape() {
            true => ListingError::Shape(error.to_string()),
            false => ListingError::Read(error.to_string()),
        })
}
