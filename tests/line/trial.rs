//! The demo newspaper and a service that follows it, with intervals for tests.

use std::fmt::Debug;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use feedwright::config::{self, Config, Surroundings};
use feedwright::demo::Newspaper;
use feedwright::ops::now;
use feedwright::run::Service;
use serde_json::Value;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::reader::{self, Answer, text};

/// How long a test waits for what must come: far longer than it takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Between two polls of a section.
const INTERVAL: Duration = Duration::from_millis(300);

/// The newspaper's feeds stand under this.
pub const SITE: &str = "/the-harbour-gazette";

pub struct Trial {
    pub paper: Newspaper,
    pub folder: TempDir,
    pub service: Service,
}

impl Trial {
    /// A newspaper, and a service that has polled all of it.
    pub async fn start() -> Trial {
        Trial::start_with(|_| {}).await
    }

    /// The same with a configuration that is changed first.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Trial {
        let paper = Newspaper::start(now()).await.unwrap();
        let folder = TempDir::new().unwrap();
        let mut config = config_for(&paper, folder.path());
        change(&mut config);
        let service = Service::start(config).await.unwrap();
        let trial = Trial {
            paper,
            folder,
            service,
        };
        trial.all_polled().await;
        trial
    }

    pub fn address(&self) -> SocketAddr {
        self.service.address()
    }

    pub async fn get(&self, path: &str) -> Answer {
        reader::get(self.address(), path).await
    }

    /// The items of the JSON Feed at `path` below the site.
    pub async fn items(&self, path: &str) -> Vec<Value> {
        self.get(&format!("{SITE}{path}.json")).await.items()
    }

    /// The item of this title in the feed at `path` below the site.
    pub async fn item(&self, path: &str, title: &str) -> Option<Value> {
        let items = self.items(path).await;
        items.into_iter().find(|item| item["title"] == title)
    }

    /// Waits for the item of this title.
    pub async fn wait_for(&self, path: &str, title: &str) -> Value {
        until(title, async || self.item(path, title).await).await
    }

    /// Waits until there is no item of this title.
    pub async fn wait_without(&self, path: &str, title: &str) {
        until(title, async || {
            self.item(path, title).await.is_none().then_some(())
        })
        .await;
    }

    /// Waits until every section was polled without a fault.
    pub async fn all_polled(&self) {
        until("all sections polled", async || {
            let sources = self.sources().await;
            let well = |source: &Value| source["health"]["state"] == "well";
            sources.iter().all(well).then_some(())
        })
        .await;
    }

    /// How each section is doing.
    pub async fn sources(&self) -> Vec<Value> {
        sources(self.address()).await
    }

    /// Waits until the section is in this state, and returns its reason.
    pub async fn wait_for_state(&self, section: &str, state: &str) -> String {
        until(state, async || {
            let sources = self.sources().await;
            let name = format!("{}/{section}", &SITE[1..]);
            let source = sources.iter().find(|source| source["section"] == name)?;
            (source["health"]["state"] == state).then(|| text(&source["health"]["reason"]))
        })
        .await
    }

    /// How often the newspaper was asked for `path`.
    pub fn asked(&self, path: &str) -> usize {
        self.paper
            .asked()
            .get(path)
            .map_or(0, |asked| asked.requests)
    }

    /// Waits until `path` was asked for `times` more.
    pub async fn wait_for_polls(&self, path: &str, times: usize) {
        let before = self.asked(path);
        until(path, async || {
            (self.asked(path) >= before + times).then_some(())
        })
        .await;
        // The edition follows the poll.
        sleep(Duration::from_millis(400)).await;
    }
}

/// How each section of the service at `address` is doing.
pub async fn sources(address: SocketAddr) -> Vec<Value> {
    let list = reader::get(address, "/feeds.json").await.json();
    list["sources"].as_array().unwrap().clone()
}

/// The newspaper's configuration, asked far more often than a file may say.
pub fn config_for(paper: &Newspaper, folder: &Path) -> Config {
    let text = paper.config_toml(&folder.join("feeds.db"), "127.0.0.1:0".parse().unwrap());
    parse(&text)
}

/// What a configuration says, with short intervals.
pub fn parse(text: &str) -> Config {
    let mut config = match config::parse("config.toml", text, &Surroundings::empty()) {
        Ok(config) => config,
        Err(mistakes) => panic!("{mistakes}"),
    };
    config.server.public_url = "https://feeds.test".parse().unwrap();
    for section in config.sites.iter_mut().flat_map(|site| &mut site.sections) {
        section.interval = INTERVAL;
    }
    config
}

/// Asks until there is an answer.
pub async fn until<T>(what: impl Debug, ask: impl AsyncFn() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(
            start.elapsed() < PATIENCE,
            "waited too long for this: {what:?}"
        );
        sleep(Duration::from_millis(25)).await;
    }
}
