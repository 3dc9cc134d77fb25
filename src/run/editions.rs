//! The store and the configuration → the edition that is served, made anew whenever a poll changed something.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::publish::Outbox;
use crate::config::Config;
use crate::feed;
use crate::model::Edition;
use crate::serve::Newsstand;
use crate::store::{Store, StoreError};

/// How long changes are gathered before an edition is made of them: several sites often finish together.
const GATHER: Duration = Duration::from_millis(200);

/// How long to wait after a fault of the store.
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(10);

/// The edition of all that the store holds.
pub async fn edition_of(store: &Store, config: &Arc<Config>) -> Result<Edition, StoreError> {
    let terms = Arc::clone(config);
    let shelves = store
        .shelves(move |key| feed::show_items(&terms, key))
        .await?;
    let states = store.sections().await?;
    let former = feed::former(&store.given().await?);
    Ok(Edition {
        former,
        ..feed::edition(config, shelves.rows, &states)
    })
}

/// Puts a new edition on the newsstand each time `changed` is notified, and word of what differs in `outbox`, for ever.
pub(super) async fn keep_current(
    store: Store,
    config: watch::Receiver<Arc<Config>>,
    newsstand: Arc<Newsstand>,
    changed: Arc<Notify>,
    outbox: Arc<Outbox>,
) {
    loop {
        changed.notified().await;
        tokio::time::sleep(GATHER).await;
        let current = Arc::clone(&config.borrow());
        match edition_of(&store, &current).await {
            Ok(edition) => outbox.put(newsstand.replace(edition)),
            Err(error) => {
                tracing::error!("cannot make a new edition, so the last one stays: {error}");
                tokio::time::sleep(PAUSE_AFTER_FAULT).await;
                changed.notify_one();
            }
        }
    }
}
