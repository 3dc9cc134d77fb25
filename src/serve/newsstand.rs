//! What is served at this moment, and the documents that are kept ready for it: made on first request, once however many
//! ask at that moment, within a bound of bytes.

use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;
use arc_swap::ArcSwap;
use http::HeaderMap;
use http::request::Parts;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};
use tokio::sync::Semaphore;
use url::Url;

use super::accept::Peer;
use super::gate;
use super::ready::Ready;
use super::reply::{self, Response};
use super::respond::{Form, Step, Wanted, respond};
use super::served::Served;
use super::work::elsewhere;
use crate::config::Access;
use crate::model::{Edition, Entry, EntryNumber, Feed, FeedKey, Format, PageNumber, Shelf};

/// Which entries are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those with these numbers, in this order; those that are gone left out.
    Numbered(Vec<EntryNumber>),
    /// Those of a feed behind its newest, newest first.
    Older {
        /// Which feed.
        feed: FeedKey,
        /// How many to pass by.
        skip: usize,
        /// How many at most.
        most: usize,
    },
}

/// Where entries are read from.
pub type EntrySource = Arc<
    dyn Fn(Which) -> Pin<Box<dyn Future<Output = anyhow::Result<Vec<Arc<Entry>>>> + Send>>
        + Send
        + Sync,
>;

/// Everything that requests are answered from: the edition, and the documents made from it so far.
///
/// Requests read memory only; the source of entries is asked once for each document that somebody wants.
pub struct Newsstand {
    served: ArcSwap<Served>,
    /// The number of what is served, for those who have it at hand.
    number: AtomicU64,
    entries: EntrySource,
    readers: Semaphore,
    ready: Cache<Key, Arc<Ready>, Weight>,
    is_stopping: AtomicBool,
    access: ArcSwap<Access>,
    /// Whether it was said how `public_url` should be, or need not be said.
    is_advised: AtomicBool,
    /// Whether `access` lets everybody in.
    is_open: AtomicBool,
}

/// Longest time that the source of entries is waited for. It answers in milliseconds; a reader should get the last good
/// document rather than wait for a disk.
const SOURCE_TIME: Duration = Duration::from_secs(10);

/// Feeds whose entries are read at one time: their full texts are in memory until the document is made.
const READERS: usize = 16;

/// Seconds after which to come back when a document could not be made.
const RETRY_SECONDS: u32 = 60;

impl Newsstand {
    /// A newsstand that shows `edition` and keeps at most `cache_bytes` of documents ready.
    pub fn new(
        public_url: Url,
        cache_bytes: u64,
        edition: Edition,
        entries: EntrySource,
    ) -> Arc<Newsstand> {
        Arc::new(Newsstand {
            served: ArcSwap::from_pointee(Served::first(public_url, edition)),
            number: AtomicU64::new(0),
            entries,
            readers: Semaphore::new(READERS),
            ready: cache(cache_bytes),
            is_stopping: AtomicBool::new(false),
            access: ArcSwap::default(),
            is_advised: AtomicBool::new(false),
            is_open: AtomicBool::new(true),
        })
    }

    /// Lets in only whom `access` names, from now on.
    pub fn guard(&self, access: Access) {
        self.is_open.store(access.is_open(), Ordering::Release);
        self.access.store(Arc::new(access));
    }

    /// Takes its token from `head`, or says why it is not let in. `peer` is who holds the other end of the connection.
    pub(super) fn refusal(&self, peer: Peer, head: &mut Parts) -> Option<Response> {
        let access = self.access.load();
        if !self.is_advised.load(Ordering::Relaxed) && gate::is_trusted(&access, peer) {
            self.advise(&head.headers);
        }
        gate::refusal(&access, peer, head)
    }

    /// Says once what a proxy tells of our public address, where the configuration tells nothing that readers could use.
    fn advise(&self, headers: &HeaderMap) {
        let served = self.served.load();
        if !gate::is_local(&served.public_url) {
            self.is_advised.store(true, Ordering::Relaxed);
        } else if let Some(place) = gate::place(headers)
            && !self.is_advised.swap(true, Ordering::Relaxed)
        {
            let place = place.origin().ascii_serialization();
            let ours = served.public_url.origin().ascii_serialization();
            tracing::warn!(
                "a proxy answers readers under {place}, but every address in the feeds begins with {ours}; \
                 `public_url = \"{place}\"` in [server] would mend that"
            );
        }
    }

    /// Shows `edition` from now on; requests under way still see the one before. Returns the feeds that were there before and
    /// differ now.
    pub fn replace(&self, edition: Edition) -> Vec<FeedKey> {
        let before = self.served.load_full();
        let changed = before.changed_in(&edition);
        let served = Served {
            public_url: before.public_url.clone(),
            hub: before.hub.clone(),
            number: before.number + 1,
            place: before.place,
            not_before: before.dates_for(&edition),
            edition,
        };
        // A document of a feed that is still there stays until its successor is made, should the store fail meanwhile.
        self.ready
            .retain(|key, _| key.path.is_empty() || served.edition.feeds.contains_key(&key.path));
        self.show(served);
        changed
    }

    /// Shows what `make` makes of the edition that is shown now. Returns the feeds that differ.
    pub fn renew(&self, make: impl FnOnce(&Edition) -> Edition) -> Vec<FeedKey> {
        let next = make(&self.served.load_full().edition);
        self.replace(next)
    }

    /// Stands under `public_url` from now on.
    pub fn move_to(&self, public_url: Url) {
        let hub = self.served.load().hub.clone();
        self.stand(public_url, hub);
        self.is_advised.store(false, Ordering::Relaxed);
    }

    /// Names `hub` in every feed from now on, as the one that tells of changes.
    pub fn name_hub(&self, hub: Option<Url>) {
        let public_url = self.served.load().public_url.clone();
        self.stand(public_url, hub);
    }

    fn stand(&self, public_url: Url, hub: Option<Url>) {
        let before = self.served.load_full();
        self.show(Served {
            public_url,
            hub,
            edition: before.edition.clone(),
            number: before.number + 1,
            place: before.place + 1,
            not_before: before.not_before.clone(),
        });
    }

    /// The number comes last: who sees it is answered from what it names, or from something newer.
    fn show(&self, served: Served) {
        let number = served.number;
        self.served.store(Arc::new(served));
        self.number.store(number, Ordering::Release);
    }

    /// Differs whenever any document may differ.
    pub(super) fn edition_number(&self) -> u64 {
        self.number.load(Ordering::Acquire)
    }

    /// The number of the edition, where everybody may have it.
    pub(super) fn open_edition(&self) -> Option<u64> {
        let is_open = self.is_open.load(Ordering::Acquire);
        is_open.then(|| self.edition_number())
    }

    /// The public addresses of a feed, one for each format.
    pub fn addresses(&self, feed: &FeedKey) -> [String; 3] {
        let served = self.served.load();
        Format::ALL.map(|format| served.at().address(feed, format))
    }

    /// From now on tells those who watch that the end is near.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Answers one request, and says which document that was, if it was one of this edition.
    pub(super) async fn answer(&self, head: &Parts) -> (Response, Option<Arc<Ready>>) {
        let served = self.served.load_full();
        let is_stopping = self.is_stopping.load(Ordering::Relaxed);
        match respond(&served, is_stopping, head) {
            Step::Done(response) => (response, None),
            Step::Document(wanted) => match self.document(&served, wanted).await {
                Ok(ready) => {
                    let response = reply::document(&ready, &head.method, &head.headers).await;
                    (response, Some(ready))
                }
                Err(Some(old)) => {
                    let response = reply::document(&old, &head.method, &head.headers).await;
                    (response, None)
                }
                Err(None) => {
                    let sentence = "The feed could not be made just now; it will be back.";
                    let response = reply::later(sentence, RETRY_SECONDS);
                    (reply::without_body(response, &head.method), None)
                }
            },
        }
    }

    /// The document that is wanted, as it is kept or made now; where that fails, the last good one, if there is one.
    async fn document(
        &self,
        served: &Arc<Served>,
        wanted: Wanted<'_>,
    ) -> Result<Arc<Ready>, Option<Arc<Ready>>> {
        let known = KeyRef {
            path: wanted.path,
            form: wanted.form,
            page: wanted.page,
            version: wanted.version,
            place: served.place,
        };
        if let Some(ready) = self.ready.get(&known) {
            return Ok(ready);
        }
        let key = Key {
            path: wanted.path.to_owned(),
            form: wanted.form,
            page: wanted.page,
            version: wanted.version,
            place: served.place,
        };
        let made = self
            .ready
            .get_or_insert_async(&key, self.make(served, wanted))
            .await;
        match made {
            Ok(ready) => {
                let is_older = |other: &Key| other.is_of(&key) && *other != key;
                self.ready.retain(|other, _| !is_older(other));
                Ok(ready)
            }
            Err(error) => {
                tracing::error!("making {:?} of {} failed: {error:#}", key.form, key.path);
                Err(self.last_good(&key))
            }
        }
    }

    async fn make(&self, served: &Arc<Served>, wanted: Wanted<'_>) -> anyhow::Result<Arc<Ready>> {
        let feed = match wanted.shelf {
            Some(shelf) => Some(self.read(shelf, wanted.page).await?),
            None => None,
        };
        let served = served.clone();
        let (form, max_age) = (wanted.form, wanted.max_age);
        let work = elsewhere(move || served.make(form, max_age, feed.as_ref()));
        let ready = work.await.context("the renderer broke off")?;
        Ok(Arc::new(ready))
    }

    async fn read(&self, shelf: &Shelf, page: usize) -> anyhow::Result<Feed> {
        let which = match page {
            1 => Which::Numbered(shelf.entries.clone()),
            _ => Which::Older {
                feed: shelf.head.key.clone(),
                skip: (page - 1) * shelf.page_items,
                most: shelf.page_items,
            },
        };
        let reading = async {
            let _place = self.readers.acquire().await?;
            (self.entries)(which).await
        };
        let entries = tokio::time::timeout(SOURCE_TIME, reading)
            .await
            .context("the store took too long to read the entries")?
            .context("reading the entries from the store")?;
        Ok(Feed {
            head: shelf.head.clone(),
            entries,
            page: PageNumber {
                number: page,
                of: shelf.pages(),
            },
        })
    }

    /// The newest document that was made for the same address, whatever edition it was of.
    fn last_good(&self, key: &Key) -> Option<Arc<Ready>> {
        let same = self.ready.iter().filter(|(other, _)| other.is_of(key));
        same.map(|(_, ready)| ready)
            .max_by_key(|ready| ready.modified)
    }
}

/// Names one document.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    form: Form,
    page: usize,
    version: u64,
    place: u64,
}

impl Key {
    /// Whether both stand at one address.
    fn is_of(&self, other: &Key) -> bool {
        self.path == other.path && self.form == other.form && self.page == other.page
    }
}

/// The same, borrowed, so that a document that is ready is found without allocation. Its fields are hashed like a [`Key`]'s.
#[derive(Hash)]
struct KeyRef<'a> {
    path: &'a str,
    form: Form,
    page: usize,
    version: u64,
    place: u64,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.version == key.version
            && self.place == key.place
            && self.form == key.form
            && self.page == key.page
            && self.path == key.path
    }
}

/// Weighs a document by its bytes.
#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Ready>> for Weight {
    fn weight(&self, key: &Key, ready: &Arc<Ready>) -> u64 {
        key.path.len() as u64 + ready.weight()
    }
}

/// Bytes of a usual document, for the cache's first guess at how many it will hold.
const USUAL_BYTES: u64 = 100_000;

fn cache(bytes: u64) -> Cache<Key, Arc<Ready>, Weight> {
    let usual = usize::try_from(bytes / USUAL_BYTES).unwrap_or(usize::MAX);
    let options = OptionsBuilder::new()
        .weight_capacity(bytes)
        .estimated_items_capacity(usual.clamp(16, 10_000))
        // One part: with several, a document larger than its part of the bytes would never be kept.
        .shards(1)
        .build();
    match options {
        Ok(options) => Cache::with_options(
            options,
            Weight,
            DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        ),
        // Only options that lack a number are refused.
        Err(_) => Cache::with_weighter(16, bytes, Weight),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::{edition, entries, url};

    #[tokio::test]
    async fn what_is_kept_stays_within_its_bytes() {
        const BYTES: u64 = 60_000;
        let entry = entries().remove(0);
        let source: EntrySource = Arc::new(move |_| {
            let entries = vec![entry.clone(); 5];
            Box::pin(async move { Ok(entries) })
        });
        let place = url("https://feeds.example.org");
        let newsstand = Newsstand::new(place, BYTES, edition(), source);
        let served = newsstand.served.load_full();
        for version in 0..50 {
            for (path, shelf) in &served.edition.feeds {
                let wanted = Wanted {
                    path,
                    form: Form::Page,
                    page: 1,
                    version,
                    max_age: SOURCE_TIME,
                    shelf: Some(shelf),
                };
                assert!(newsstand.document(&served, wanted).await.is_ok());
                assert!(newsstand.ready.weight() <= BYTES);
            }
            // A newer version takes the place of the older one.
            assert!(newsstand.ready.len() <= served.edition.feeds.len());
        }
        assert!(!newsstand.ready.is_empty());
    }
}
