//! A configuration → a running service: feeds served at once from what is kept, sites polled from then on.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use socket2::Socket;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::doors::{doors_of, open_doors};
use super::editions::Editor;
use super::lasting::lasting;
use super::publish::{Outbox, keep_publishing};
use super::server::{Pulse, Server, threads};
use super::site::{Desk, keep_polling};
use crate::config::{Config, Listen};
use crate::feed;
use crate::model::{SectionKey, Slug};
use crate::ops;
use crate::serve::Newsstand;
use crate::store::{Store, StoreError};

/// Everything that runs.
pub struct Service {
    config: watch::Sender<Arc<Config>>,
    desk: Desk,
    editor: Arc<Editor>,
    newsstand: Arc<Newsstand>,
    server: Server,
    /// Whether it listens where it was told by who started it, rather than where the configuration says.
    is_handed: bool,
    pulse: Pulse,
    editions: JoinHandle<()>,
    publisher: JoinHandle<()>,
    tidying: JoinHandle<()>,
    sites: HashMap<Slug, JoinHandle<()>>,
}

impl Service {
    /// Opens the store, serves what it holds, and starts to poll.
    pub async fn start(config: Config) -> anyhow::Result<Service> {
        Service::start_with(config, Vec::new()).await
    }

    /// The same; where `sockets` that listen were handed over, in their place rather than where the configuration says.
    pub async fn start_with(config: Config, sockets: Vec<Socket>) -> anyhow::Result<Service> {
        let is_handed = !sockets.is_empty();
        let config = Arc::new(config);
        let store = open_store(&config).await?;
        let (sender, receiver) = watch::channel(Arc::clone(&config));
        let outbox = Arc::new(Outbox::default());
        let editor = Editor::start(store.clone(), receiver.clone(), Arc::clone(&outbox)).await?;
        let newsstand = editor.newsstand();
        let pulse = Pulse::new();
        let doors = if is_handed {
            doors_of(sockets)?
        } else {
            open_doors(&config.server.listen, &[], threads())?
        };
        let server = Server::start(doors, Arc::clone(&newsstand), pulse.clone())?;
        let desk = Desk {
            store,
            config: receiver,
            changed: Arc::new(Notify::new()),
        };
        let editor = Arc::new(editor);
        let mut service = Service {
            editions: tokio::spawn(keep_editing(Arc::clone(&editor), desk.clone())),
            publisher: tokio::spawn(keep_telling(outbox, editor.newsstand(), desk.clone())),
            tidying: tokio::spawn(tidy(desk.clone(), config)),
            config: sender,
            desk,
            editor,
            newsstand,
            server,
            is_handed,
            pulse,
            sites: HashMap::new(),
        };
        service.start_sites();
        Ok(service)
    }

    /// The first address and port that feeds are served on; port 0 where there are only Unix sockets.
    pub fn address(&self) -> SocketAddr {
        let addresses = self.server.doors().iter().map(|door| door.address());
        let mut tcp = addresses.filter_map(|address| match address {
            Listen::Tcp(address) => Some(*address),
            Listen::Unix(_) => None,
        });
        tcp.next()
            .unwrap_or(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))
    }

    /// Everything that feeds are served on, for people.
    pub fn places(&self) -> String {
        let doors = self.server.doors().iter();
        let places: Vec<String> = doors.map(|door| door.address().to_string()).collect();
        places.join(" and ")
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
        let server = self.server_at(&config.server.listen)?;
        let config = Arc::new(config);
        // First of all, so that what a poll keeps from now on is sorted as the new configuration wants it.
        self.config.send_replace(Arc::clone(&config));
        if let Err(error) = self.show(&config).await {
            self.config.send_replace(old);
            return Err(error);
        }
        if let Some(server) = server {
            let old = std::mem::replace(&mut self.server, server);
            tokio::spawn(old.stop());
        }
        self.tidying.abort();
        self.tidying = tokio::spawn(tidy(self.desk.clone(), config));
        self.start_sites();
        Ok(())
    }

    /// A server at `addresses`, if those are others than now.
    fn server_at(&self, addresses: &[Listen]) -> anyhow::Result<Option<Server>> {
        if self.is_handed || addresses == self.config.borrow().server.listen {
            return Ok(None);
        }
        let doors = open_doors(addresses, self.server.doors(), threads())?;
        let newsstand = Arc::clone(&self.newsstand);
        Server::start(doors, newsstand, self.pulse.clone()).map(Some)
    }

    /// Sorts the entries into the feeds of `config`, and shows them.
    async fn show(&self, config: &Arc<Config>) -> anyhow::Result<()> {
        renew_feeds(&self.desk.store, config).await?;
        Ok(self.editor.renew().await?)
    }

    /// Starts a task for each site that has none.
    fn start_sites(&mut self) {
        self.sites.retain(|_, task| !task.is_finished());
        let config = Arc::clone(&self.config.borrow());
        for site in &config.sites {
            let (desk, slug) = (self.desk.clone(), site.slug.clone());
            self.sites.entry(site.slug.clone()).or_insert_with(|| {
                let name = format!("the task that polls {slug}");
                let poll = move || keep_polling(desk.clone(), slug.clone());
                tokio::spawn(lasting(name, poll))
            });
        }
    }

    /// Ends in order: polls first, which lose nothing that they wrote; then the server, once it has answered.
    pub async fn stop(self) {
        for task in self.sites.values() {
            task.abort();
        }
        self.tidying.abort();
        self.editions.abort();
        self.publisher.abort();
        self.newsstand.stop();
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
async fn renew_feeds(store: &Store, config: &Config) -> Result<(), StoreError> {
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
    sort_feeds(store, config).await
}

/// Sorts the entries into the feeds of `config`.
pub(super) async fn sort_feeds(store: &Store, config: &Config) -> Result<(), StoreError> {
    let config = config.clone();
    store
        .rebuild_feeds(feed::fingerprint(&config), move |entry| {
            feed::memberships(entry, &config)
        })
        .await
}

async fn keep_editing(editor: Arc<Editor>, desk: Desk) {
    lasting("the task that makes editions".to_owned(), move || {
        let (editor, desk) = (Arc::clone(&editor), desk.clone());
        async move { editor.keep_current(&desk.changed).await }
    })
    .await;
}

async fn keep_telling(outbox: Arc<Outbox>, newsstand: Arc<Newsstand>, desk: Desk) {
    lasting("the task that tells the hub".to_owned(), move || {
        keep_publishing(
            Arc::clone(&outbox),
            desk.config.clone(),
            Arc::clone(&newsstand),
        )
    })
    .await;
}

/// Drops the old entries of sections that `config` has no more, a bounded number at a time.
async fn tidy(desk: Desk, config: Arc<Config>) {
    let sections: Vec<SectionKey> = config
        .sites
        .iter()
        .flat_map(|site| site.sections.iter().map(|section| section.key.clone()))
        .collect();
    let older_than = oldest_kept(&config, ops::now());
    loop {
        match desk.store.retain_removed(&sections, older_than).await {
            Ok(0) => return,
            Ok(dropped) => {
                tracing::info!("{dropped} old entries of removed sections dropped");
                desk.changed.notify_one();
            }
            Err(error) => {
                tracing::error!("{error}");
                return;
            }
        }
    }
}

/// The date before which no section keeps anything.
fn oldest_kept(config: &Config, now: DateTime<Utc>) -> DateTime<Utc> {
    let sections = config.sites.iter().flat_map(|site| &site.sections);
    let longest = sections.map(|section| section.keep_age).max();
    TimeDelta::from_std(longest.unwrap_or_default())
        .ok()
        .and_then(|age| now.checked_sub_signed(age))
        .unwrap_or(DateTime::<Utc>::MIN_UTC)
}
