//! A newspaper that is polled, and a configuration that changes → what readers find at the feeds' addresses.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feedwright::config::{self, Config, Surroundings, WebSub};
use feedwright::demo::Newspaper;
use feedwright::fetch::Fetcher;
use feedwright::model::Slug;
use feedwright::ops;
use feedwright::poll::{Walk, poll_section};
use feedwright::run::{Service, open_store};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SITE: &str = "/the-harbour-gazette";

struct Trial {
    _directory: tempfile::TempDir,
    newspaper: Newspaper,
    config: Config,
}

impl Trial {
    async fn new() -> Trial {
        let directory = tempfile::tempdir().unwrap();
        let newspaper = Newspaper::start(ops::now()).await.unwrap();
        let store = directory.path().join("feedwright.db");
        let text = newspaper.config_toml(&store, ([127, 0, 0, 1], 0).into());
        let mut config = config::parse("the trial", &text, &Surroundings::empty())
            .unwrap_or_else(|mistakes| panic!("{mistakes}"));
        // One section, and nothing that is asked in the background.
        config.sites[0].sections.truncate(1);
        Trial {
            _directory: directory,
            newspaper,
            config,
        }
    }

    async fn poll(&self) {
        let config = Arc::new(self.config.clone());
        let store = open_store(&config).await.unwrap();
        let site = &config.sites[0];
        let mut fetcher = Fetcher::for_site(site).unwrap();
        let mut walk = Walk {
            store: &store,
            config: &config,
            site,
            fetcher: &mut fetcher,
        };
        poll_section(&mut walk, &site.sections[0]).await.unwrap();
    }

    /// What a service that is started now answers to each of `paths`.
    async fn served(&self, paths: &[&str]) -> Vec<Answer> {
        let service = Service::start(self.config.clone()).await.unwrap();
        let mut answers = Vec::new();
        for path in paths {
            answers.push(get(service.address(), path).await);
        }
        service.stop().await;
        answers
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn field(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }

    /// (id, title) of each item of a JSON Feed.
    fn items(&self) -> Vec<(String, String)> {
        let feed: Value = serde_json::from_str(&self.body).unwrap();
        let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
        let items = feed["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| (text(item, "id"), text(item, "title")))
            .collect()
    }
}

async fn get(address: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

#[tokio::test]
async fn the_health_feed_tells_of_a_source_that_breaks_and_recovers_and_no_other_feed_does() {
    let trial = Trial::new().await;
    trial.poll().await;
    trial.newspaper.break_listing("politics", ops::now());
    trial.poll().await;
    trial.poll().await;
    let broken = trial.served(&["/health.json"]).await[0].items();
    assert_eq!(broken.len(), 1, "told once, however often it fails");
    assert_eq!(broken[0].1, "The Harbour Gazette: Politics cannot be read");
    trial.newspaper.mend_listing("politics", ops::now());
    trial.poll().await;

    let paths = [
        "/health.json",
        "/health.atom",
        "/health.rss",
        "/health",
        "/",
        "/opml",
        "/all.json",
        &format!("{SITE}.json"),
        &format!("{SITE}/politics.json"),
    ];
    let answers = trial.served(&paths).await;
    let items = answers[0].items();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0].1, "The Harbour Gazette: Politics is read again");
    assert_eq!(items[1], broken[0], "an id outlives a restart");
    for (answer, part) in answers[1..6].iter().zip([
        "The Harbour Gazette: Politics is read again</title>",
        "The Harbour Gazette: Politics cannot be read</title>",
        "The Harbour Gazette: Politics is read again",
        "<a href=\"/health\" dir=\"auto\">Health of the sources</a>",
        "/health.rss\"",
    ]) {
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains(part), "{part}\n{}", answer.body);
    }
    for answer in &answers[6..] {
        let items = answer.items();
        assert!(!items.is_empty());
        let told = |(id, title): &(String, String)| id.contains("health") || title.contains("read");
        assert!(!items.iter().any(told), "{items:?}");
    }
}

#[tokio::test]
async fn before_anything_happened_the_health_feed_is_empty() {
    let answer = &Trial::new().await.served(&["/health.json"]).await[0];
    assert_eq!((answer.status, answer.items()), (200, Vec::new()));
}

/// Paths of feeds → status and new address.
async fn fates(trial: &Trial, paths: &[&str]) -> Vec<(u16, Option<String>)> {
    let answers = trial.served(paths).await;
    let location = |answer: &Answer| answer.field("location").map(str::to_owned);
    answers
        .iter()
        .map(|answer| (answer.status, location(answer)))
        .collect()
}

#[tokio::test]
async fn a_section_that_is_renamed_keeps_its_entries_and_its_old_address_leads_to_the_new() {
    let mut trial = Trial::new().await;
    trial.poll().await;
    let old = format!("{SITE}/politics.json");
    let before = trial.served(&[&old]).await[0].items();
    assert!(!before.is_empty());

    trial.config.sites[0].sections[0].key.section = Slug::of("power").unwrap();
    let new = format!("{SITE}/power.json");
    let fate = fates(&trial, &[&old, &format!("{SITE}/politics")]).await;
    assert_eq!(
        fate,
        [
            (301, Some(new.clone())),
            (301, Some(format!("{SITE}/power")))
        ]
    );
    assert_eq!(trial.served(&[&new]).await[0].items(), before);

    // The page moves, and later the section is taken away: whoever holds an address learns of it.
    trial.config.sites[0].sections[0].url = trial.config.sites[0].url.join("/culture").unwrap();
    assert_eq!(fates(&trial, &[&old]).await, [(301, Some(new.clone()))]);
    trial.config.sites[0].sections[0].key.section = Slug::of("arts").unwrap();
    trial.config.sites[0].sections[0].url = trial.config.sites[0].url.join("/video").unwrap();
    assert_eq!(
        fates(&trial, &[&old, &new, &format!("{SITE}/never.rss")]).await,
        [(410, None), (410, None), (404, None)]
    );
}

#[tokio::test]
async fn the_feeds_of_tags_and_authors_follow_their_site() {
    let mut trial = Trial::new().await;
    trial.poll().await;
    let list = &trial.served(&["/feeds.json"]).await[0].body;
    let list: Value = serde_json::from_str(list).unwrap();
    let paths: BTreeSet<String> = list["feeds"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|feed| {
            let (_, path) = feed["rss"].as_str()?.split_once("127.0.0.1:0")?;
            path.starts_with(SITE).then(|| path.to_owned())
        })
        .collect();
    assert!(paths.iter().any(|path| path.contains("/tag/")));
    assert!(paths.iter().any(|path| path.contains("/author/")));

    let site = &mut trial.config.sites[0];
    site.slug = Slug::of("gazette").unwrap();
    site.sections[0].key.site = site.slug.clone();
    let asked: Vec<&str> = paths.iter().map(String::as_str).collect();
    let moved: Vec<_> = asked
        .iter()
        .map(|path| (301, Some(path.replace(SITE, "/gazette"))))
        .collect();
    assert_eq!(fates(&trial, &asked).await, moved);

    trial.config.sites[0].slug = Slug::of("other").unwrap();
    trial.config.sites[0].url = trial.config.sites[0].url.join("/another/home").unwrap();
    trial.config.sites[0].sections[0].key.site = Slug::of("other").unwrap();
    trial.config.sites[0].sections[0].url = trial.config.sites[0].url.join("/video").unwrap();
    for (fate, path) in fates(&trial, &asked).await.iter().zip(&asked) {
        assert_eq!(*fate, (410, None), "{path}");
    }
}

/// A hub that takes everything, and what it was told of: forms, percent-encoded.
async fn hub() -> (SocketAddr, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let told = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&told);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 4_096];
            let mut read = 0;
            while !String::from_utf8_lossy(&bytes[..read]).contains("hub.url=http") {
                read += stream.read(&mut bytes[read..]).await.unwrap();
            }
            heard
                .lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(&bytes[..read]));
            let answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, told)
}

#[tokio::test]
async fn the_hub_is_told_of_feeds_that_a_poll_changed_and_every_feed_names_it() {
    let mut trial = Trial::new().await;
    let (address, told) = hub().await;
    trial.config.websub = Some(WebSub {
        hub: format!("http://{address}/hub").parse().unwrap(),
        politeness: trial.config.sites[0].politeness.clone(),
    });
    let service = Service::start(trial.config.clone()).await.unwrap();
    // The service polls by itself.
    let all_formats = async {
        for ending in ["rss", "atom", "json"] {
            let topic = format!("%2Fthe-harbour-gazette%2Fpolitics.{ending}");
            while !told.lock().unwrap().contains(&topic) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    };
    let told_of_all = tokio::time::timeout(Duration::from_secs(20), all_formats).await;
    assert!(told_of_all.is_ok(), "{}", told.lock().unwrap());
    for ending in ["rss", "atom", "json"] {
        let feed = get(service.address(), &format!("{SITE}/politics.{ending}")).await;
        let hub = format!("http://{address}/hub");
        assert!(
            feed.field("link")
                .unwrap()
                .contains(&format!("<{hub}>; rel=\"hub\""))
        );
        assert!(feed.body.contains(&hub));
        assert!(
            feed.body.contains("politics/"),
            "it was changed before the hub was told"
        );
    }
    service.stop().await;
}
