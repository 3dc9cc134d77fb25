//! What is served at this moment, and the documents that are kept ready for it.

use std::pin::Pin;
use std::sync::Arc;

use arc_swap::ArcSwap;
use url::Url;

use crate::model::{Edition, Entry, EntryNumber};

/// Where entries are read from: their numbers → the entries, in that order; those that are gone left out.
pub type EntrySource = Arc<
    dyn Fn(
            Vec<EntryNumber>,
        ) -> Pin<Box<dyn Future<Output = anyhow::Result<Vec<Arc<Entry>>>> + Send>>
        + Send
        + Sync,
>;

/// Everything that requests are answered from: the edition, and the documents made from it so far.
///
/// Requests read memory only; the source of entries is asked once for each document that somebody wants.
pub struct Newsstand {
    now_served: ArcSwap<Served>,
    #[expect(dead_code, reason = "asked as soon as documents are rendered")]
    entries: EntrySource,
}

/// One edition under one public address.
struct Served {
    public_url: Url,
    edition: Arc<Edition>,
}

impl Newsstand {
    /// A newsstand that shows `edition` and keeps at most `cache_bytes` of documents ready.
    pub fn new(
        public_url: Url,
        cache_bytes: u64,
        edition: Edition,
        entries: EntrySource,
    ) -> Arc<Newsstand> {
        let _ = cache_bytes;
        let now_served = ArcSwap::from_pointee(Served {
            public_url,
            edition: Arc::new(edition),
        });
        Arc::new(Newsstand {
            now_served,
            entries,
        })
    }

    /// Shows `edition` from now on; requests under way still see the one before.
    pub fn replace(&self, edition: Edition) {
        let public_url = self.now_served.load().public_url.clone();
        self.now_served.store(Arc::new(Served {
            public_url,
            edition: Arc::new(edition),
        }));
    }

    /// Stands under `public_url` from now on.
    pub fn move_to(&self, public_url: Url) {
        let edition = self.now_served.load().edition.clone();
        self.now_served.store(Arc::new(Served {
            public_url,
            edition,
        }));
    }
}
