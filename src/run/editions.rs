//! The store and the configuration → the edition that is served, renewed by what each poll changed.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, Notify, watch};
use url::Url;

use super::publish::Outbox;
use crate::config::Config;
use crate::feed;
use crate::model::Edition;
use crate::serve::{EntrySource, Newsstand, Which};
use crate::store::{Shelves, Store, StoreError};

/// How long changes are gathered before an edition is made of them: several sites often finish together.
const GATHER: Duration = Duration::from_millis(200);

/// How long to wait after a fault of the store.
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(10);

/// The edition of all that the store holds.
pub async fn edition_of(store: &Store, config: &Arc<Config>) -> Result<Edition, StoreError> {
    Ok(whole_edition(store, config).await?.0)
}

/// Makes the editions that a newsstand shows, one after another.
pub(super) struct Editor {
    store: Store,
    config: watch::Receiver<Arc<Config>>,
    newsstand: Arc<Newsstand>,
    outbox: Arc<Outbox>,
    last: Mutex<Last>,
}

/// What the edition that is shown was made of.
struct Last {
    config: Arc<Config>,
    /// The last change in it, by the store's count.
    sequence: i64,
}

impl Editor {
    /// An editor whose first edition stands on a newsstand of its own, and who puts word of what differs in the next ones in
    /// `outbox`.
    pub async fn start(
        store: Store,
        receiver: watch::Receiver<Arc<Config>>,
        outbox: Arc<Outbox>,
    ) -> Result<Editor, StoreError> {
        let config = Arc::clone(&receiver.borrow());
        let (edition, sequence) = whole_edition(&store, &config).await?;
        let newsstand = Newsstand::new(
            config.access.address(&config.server.public_url),
            config.server.cache_bytes,
            edition,
            entry_source(&store),
        );
        newsstand.guard(config.access.clone());
        newsstand.name_hub(hub(&config));
        Ok(Editor {
            store,
            config: receiver,
            newsstand,
            outbox,
            last: Mutex::new(Last { config, sequence }),
        })
    }

    /// Where its editions are shown.
    pub fn newsstand(&self) -> Arc<Newsstand> {
        Arc::clone(&self.newsstand)
    }

    /// Shows what the store holds now: the last edition with the feeds that changed since, or under another configuration
    /// a whole new one.
    pub async fn renew(&self) -> Result<(), StoreError> {
        let mut last = self.last.lock().await;
        let config = &Arc::clone(&self.config.borrow());
        if Arc::ptr_eq(&last.config, config) {
            let changed = shelves(&self.store, config, last.sequence).await?;
            let states = self.store.sections().await?;
            last.sequence = changed.sequence;
            let differing = self
                .newsstand
                .renew(|edition| feed::renew(edition, config, changed.rows, &states));
            self.outbox.put(differing);
        } else {
            let (edition, sequence) = whole_edition(&self.store, config).await?;
            *last = Last {
                config: Arc::clone(config),
                sequence,
            };
            let differing = self.newsstand.replace(edition);
            let address = config.access.address(&config.server.public_url);
            self.newsstand.guard(config.access.clone());
            self.newsstand.move_to(address);
            self.newsstand.name_hub(hub(config));
            self.outbox.put(differing);
        }
        Ok(())
    }

    /// Renews the edition each time `changed` is notified, for ever.
    pub async fn keep_current(&self, changed: &Notify) {
        loop {
            changed.notified().await;
            tokio::time::sleep(GATHER).await;
            if let Err(error) = self.renew().await {
                tracing::error!("cannot make a new edition, so the last one stays: {error}");
                tokio::time::sleep(PAUSE_AFTER_FAULT).await;
                changed.notify_one();
            }
        }
    }
}

async fn whole_edition(store: &Store, config: &Arc<Config>) -> Result<(Edition, i64), StoreError> {
    let all = shelves(store, config, 0).await?;
    let states = store.sections().await?;
    let edition = Edition {
        former: feed::former(&store.given().await?),
        ..feed::edition(config, all.rows, &states)
    };
    Ok((edition, all.sequence))
}

/// The feeds that changed after `sequence`.
async fn shelves(
    store: &Store,
    config: &Arc<Config>,
    sequence: i64,
) -> Result<Shelves, StoreError> {
    let terms = Arc::clone(config);
    store
        .shelves_since(sequence, move |key| feed::show_items(&terms, key))
        .await
}

/// The hub that feeds name.
fn hub(config: &Config) -> Option<Url> {
    config.websub.as_ref().map(|websub| websub.hub.clone())
}

fn entry_source(store: &Store) -> EntrySource {
    let store = store.clone();
    Arc::new(move |which| {
        let store = store.clone();
        Box::pin(async move {
            Ok(match which {
                Which::Numbered(numbers) => store.entries(&numbers).await?,
                Which::Older { feed, skip, most } => store.older(&feed, skip, most).await?,
            })
        })
    })
}
