//! A configuration → a running service: feeds served at once from what is kept, sites polled from then on.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use url::Url;

use super::editions::{edition_of, keep_current};
use super::publish::{Outbox, keep_publishing};
use super::server::{Pulse, Server};
use super::site::{Desk, keep_polling};
use crate::config::Config;
use crate::feed;
use crate::model::Slug;
use crate::serve::{EntrySource, Newsstand, Which};
use crate::store::Store;

/// Everything that runs.
pub struct Service {
    config: watch::Sender<Arc<Config>>,
    desk: Desk,
    newsstand: Arc<Newsstand>,
    server: Server,
    pulse: Pulse,
    editions: JoinHandle<()>,
    publisher: JoinHandle<()>,
    sites: HashMap<Slug, JoinHandle<()>>,
}

impl Service {
    /// Opens the store, serves what it holds, and starts to poll.
    pub async fn start(config: Config) -> anyhow::Result<Service> {
        let config = Arc::new(config);
        let store = open_store(&config).await?;
        let edition = edition_of(&store, &config).await?;
        let newsstand = Newsstand::new(
            config.server.public_url.clone(),
            config.server.cache_bytes,
            edition,
            entry_source(&store),
        );
        newsstand.name_hub(hub(&config));
        let pulse = Pulse::new();
        let server = Server::start(config.server.listen, Arc::clone(&newsstand), pulse.clone())?;
        let (sender, receiver) = watch::channel(config);
        let desk = Desk {
            store,
            config: receiver,
            changed: Arc::new(Notify::new()),
        };
        let outbox = Arc::new(Outbox::default());
        let editions = tokio::spawn(keep_current(
            desk.store.clone(),
            desk.config.clone(),
            Arc::clone(&newsstand),
            Arc::clone(&desk.changed),
            Arc::clone(&outbox),
        ));
        let publisher = tokio::spawn(keep_publishing(
            outbox,
            desk.config.clone(),
            Arc::clone(&newsstand),
        ));
        let mut service = Service {
            config: sender,
            desk,
            newsstand,
            server,
            pulse,
            editions,
            publisher,
            sites: HashMap::new(),
        };
        service.start_sites();
        Ok(service)
    }

    /// The address that feeds are served on.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The signs of life of whichever server answers.
    pub fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }

    /// Takes over a new configuration: no request is dropped, and a poll under way ends under the old one.
    ///
    /// On an error the old configuration stays in force.
    pub async fn reload(&mut self, config: Config) -> anyhow::Result<()> {
        let old = Arc::clone(&self.config.borrow());
        anyhow::ensure!(
            config.store.path == old.store.path,
            "the database cannot move from {} to {} while the service runs; restart it",
            old.store.path.display(),
            config.store.path.display()
        );
        let config = Arc::new(config);
        renew_feeds(&self.desk.store, &config).await?;
        let edition = edition_of(&self.desk.store, &config).await?;
        if config.server.listen != old.server.listen {
            let pulse = self.pulse.clone();
            let server = Server::start(config.server.listen, Arc::clone(&self.newsstand), pulse)?;
            std::mem::replace(&mut self.server, server).stop().await;
        }
        self.newsstand.move_to(config.server.public_url.clone());
        self.newsstand.name_hub(hub(&config));
        self.newsstand.replace(edition);
        self.config.send_replace(config);
        self.start_sites();
        Ok(())
    }

    /// Starts a task for each site that has none.
    fn start_sites(&mut self) {
        self.sites.retain(|_, task| !task.is_finished());
        let config = Arc::clone(&self.config.borrow());
        for site in &config.sites {
            let desk = &self.desk;
            self.sites
                .entry(site.slug.clone())
                .or_insert_with(|| tokio::spawn(keep_polling(desk.clone(), site.slug.clone())));
        }
    }

    /// Ends in order: polls first, which lose nothing that they wrote; then the server, once it has answered.
    pub async fn stop(self) {
        for task in self.sites.values() {
            task.abort();
        }
        self.editions.abort();
        self.publisher.abort();
        self.server.stop().await;
    }
}

/// Opens the store that `config` names, its feeds as `config` wants them.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let path = &config.store.path;
    let store =
        Store::open(path).with_context(|| format!("cannot open the store {}", path.display()))?;
    renew_feeds(&store, config).await?;
    Ok(store)
}

/// Sorts the entries into feeds anew where the configuration's feeds are not those that the store was filled under. What was
/// renamed since keeps its entries, and its old address is remembered.
async fn renew_feeds(store: &Store, config: &Config) -> anyhow::Result<()> {
    let before = store.given().await?;
    let given = feed::given(config, &before);
    if given != before {
        let renames = feed::renames(&before, &given);
        for (from, to) in &renames {
            tracing::info!("{} is now {}", from.path(), to.path());
        }
        store.rename(given, renames).await?;
    }
    let wanted = feed::fingerprint(config);
    if store.feeds_fingerprint().await?.as_deref() == Some(&wanted) {
        return Ok(());
    }
    let config = config.clone();
    store
        .rebuild_feeds(wanted, move |entry| feed::memberships(entry, &config))
        .await?;
    Ok(())
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
