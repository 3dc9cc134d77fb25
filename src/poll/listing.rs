//! A section's address → the items of all the documents that its listing is spread over.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::Section;
use crate::discover::discover;
use crate::fetch::{Answer, FetchError, Fetcher};
use crate::hash::stable64;
use crate::model::{Further, Listing, ListingItem, Page, Validator};

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
        /// What to remember of its documents for the next poll; nothing where one could not be read.
        seen: Seen,
        /// Where the items stand in the first document.
        shape: Vec<String>,
    },
}

/// What is remembered of the documents of a listing whose articles were all dealt with.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The first document's marks.
    pub validator: Validator,
    /// Hash of its text.
    pub hash: Option<u64>,
    /// The others, in the order in which they were read.
    pub further: Vec<Further>,
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
/// `seen` is what the last poll remembered. Each document is first asked for on the condition that it changed, since a
/// story can be added to a later page alone; once one did, the list is read whole, without asking again for what was sent.
/// The number of requests is added to `requests`.
pub async fn read_listing(
    fetcher: &mut Fetcher,
    section: &Section,
    seen: &Seen,
    requests: &mut usize,
) -> Result<Found, ListingError> {
    let mut asking = Asking {
        fetcher,
        requests,
        sent: HashMap::new(),
    };
    if asking.is_unchanged(section, seen).await? {
        return Ok(Found::NotModified);
    }
    let page = asking.page(&section.url).await?;
    let mut seen = Seen {
        validator: page.validator.clone(),
        hash: Some(stable64(&page.text)),
        further: Vec::new(),
    };
    let mut first = items_of(&page, section, super::now())?;
    let shape = std::mem::take(&mut first.shape);
    let mut rest = Rest::after(page, first, section);
    while let Some(url) = rest.next_document() {
        rest.read(&url, &mut asking, section).await?;
    }
    rest.items.truncate(MOST_ITEMS);
    seen.further = rest.read;
    match rest.fault {
        Some(fault) if rest.items.is_empty() => return Err(fault),
        Some(fault) => {
            tracing::warn!("{}: a part of the listing is missing: {fault}", section.key);
            seen = Seen::default();
        }
        None => {}
    }
    Ok(Found::Items {
        items: rest.items,
        seen,
        shape,
    })
}

/// The documents of one listing, as the site sends them.
struct Asking<'f> {
    fetcher: &'f mut Fetcher,
    requests: &'f mut usize,
    /// What was sent in place of "not modified".
    sent: HashMap<Url, Box<Page>>,
}

impl Asking<'_> {
    /// Whether no document changed since it was `seen`; what was sent is kept.
    async fn is_unchanged(&mut self, section: &Section, seen: &Seen) -> Result<bool, ListingError> {
        let (url, validator) = (&section.url, &seen.validator);
        if !self.is_same(url, validator, seen.hash).await? {
            return Ok(false);
        }
        for further in &seen.further {
            let same = self.is_same(&further.url, &further.validator, Some(further.hash));
            match same.await {
                Ok(true) => {}
                Err(error) if error.is_for_whole_site() => return Err(error.into()),
                // A page that is gone is a change as well; what it means is decided where all is read.
                Ok(false) | Err(_) => return Ok(false),
            }
        }
        Ok(true)
    }

    async fn is_same(
        &mut self,
        url: &Url,
        validator: &Validator,
        hash: Option<u64>,
    ) -> Result<bool, FetchError> {
        *self.requests += 1;
        let page = match self.fetcher.get(url, validator).await? {
            Answer::NotModified => return Ok(true),
            Answer::Page(page) => page,
        };
        let is_same = hash == Some(stable64(&page.text));
        self.sent.insert(url.clone(), page);
        Ok(is_same)
    }

    /// The document at `url`, if need be asked for again.
    async fn page(&mut self, url: &Url) -> Result<Box<Page>, ListingError> {
        if let Some(page) = self.sent.remove(url) {
            return Ok(page);
        }
        *self.requests += 1;
        match self.fetcher.get(url, &Validator::default()).await? {
            Answer::Page(page) => Ok(page),
            Answer::NotModified => Err(ListingError::Read(format!(
                "{url} answered \"not modified\" to a request without a condition"
            ))),
        }
    }
}

/// What was read of a listing so far, and the documents that it goes on in.
struct Rest {
    items: Vec<ListingItem>,
    /// The documents behind the first that were read.
    read: Vec<Further>,
    /// Why a document could not be read.
    fault: Option<ListingError>,
    /// Whether the first document only points to others: one that is missing is then no end of the list.
    is_index: bool,
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
            read: Vec::new(),
            is_index: !first.parts.is_empty(),
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
        asking: &mut Asking<'_>,
        section: &Section,
    ) -> Result<(), ListingError> {
        let listing = match asking.page(url).await {
            Ok(page) => {
                self.read.push(Further {
                    url: url.clone(),
                    validator: page.validator.clone(),
                    hash: stable64(&page.text),
                });
                self.asked.insert(page.url.clone());
                items_of(&page, section, super::now())
            }
            Err(ListingError::Fetch(error)) if error.is_for_whole_site() => {
                return Err(error.into());
            }
            Err(error) => Err(error),
        };
        match listing {
            Ok(more) => {
                self.items.extend(more.items);
                self.parts.extend(more.parts);
                self.next = self.next.take().or(more.next);
            }
            // A further page that is not there, or shows no article, is the end of the list.
            Err(end) if !self.is_index && end.is_permanent() => {
                tracing::debug!("{}: {end}", section.key);
            }
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
