//! A site that answers with JSON alone, on a real socket: its listing and its articles → entries whose links are its pages.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use feedwright::config::{self, Config, Surroundings};
use feedwright::fetch::Fetcher;
use feedwright::model::{Article, Body, Entry, Identity, Image, Precision, When};
use feedwright::ops;
use feedwright::poll::{Report, Walk, poll_section};
use feedwright::store::{Known, Store};
use feedwright::update::{entry_id, identity};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const LISTING: &str = "/api/main";
const ARTICLE: &str = "/api/record?slug=the-archive";

/// What the site answers at each of its addresses, and which were asked for.
#[derive(Clone, Default)]
struct Site {
    answers: Arc<Mutex<HashMap<String, Value>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn put(&self, path: &str, answer: Value) {
        let mut answers = self.answers.lock().unwrap();
        answers.insert(path.to_owned(), answer);
    }

    /// What was asked for since this was last called, robots.txt left out.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.retain(|path| path != "/robots.txt");
        asked
    }

    async fn start(&self) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let site = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(site.clone().answer(stream));
            }
        });
        address
    }

    async fn answer(self, mut stream: TcpStream) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let answer = self.answers.lock().unwrap().get(&path).cloned();
        self.asked.lock().unwrap().push(path);
        let (status, body) = match answer {
            Some(body) => ("200 OK", body.to_string()),
            None => ("404 Not Found", String::new()),
        };
        // As a careless server sends it: its type says that it is a page.
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

struct Trial {
    _directory: tempfile::TempDir,
    store: Store,
    config: Arc<Config>,
}

impl Trial {
    fn of(address: SocketAddr) -> Trial {
        let directory = tempfile::tempdir().unwrap();
        let text = format!(
            r#"
[poll]
contact = "reader@example.org"
pause = "0s"

[[site]]
url = "http://{address}/"
title = "The Gazette"
private_network = true

[site.article]
embedded = [{{ title = "$.record.title", published = "$.record.date", authors = "$.record.authors[*].name", body = "$.record.body" }}]

[[site.section]]
url = "{LISTING}"

[site.section.listing.json]
items = "$.records[*]"
title = "$.title"
modified = "$.changed"
image = "$.cover"
url_template = "http://{address}/articles/{{slug}}"
api_template = "http://{address}/api/record?slug={{slug}}"
"#
        );
        let config = config::parse("the trial", &text, &Surroundings::empty())
            .unwrap_or_else(|mistakes| panic!("{mistakes}"));
        Trial {
            store: Store::open(&directory.path().join("feedwright.db")).unwrap(),
            _directory: directory,
            config: Arc::new(config),
        }
    }

    async fn poll(&self) -> Report {
        let site = &self.config.sites[0];
        let mut fetcher = Fetcher::for_site(site).unwrap();
        let mut walk = Walk {
            store: &self.store,
            config: &self.config,
            site,
            fetcher: &mut fetcher,
        };
        poll_section(&mut walk, &site.sections[0]).await.unwrap()
    }

    async fn entry(&self, identity: &Identity) -> Entry {
        let site = &self.config.sites[0].slug;
        let known = self.store.known(site, vec![identity.clone()]).await;
        match known.unwrap().remove(identity) {
            Some(Known::Kept(kept)) => kept.entry,
            other => panic!("{other:?}"),
        }
    }
}

fn listing(changed: i64) -> Value {
    json!({"records": [
        {"slug": "the-archive", "title": "The archive", "cover": "/covers/archive.jpg", "changed": changed}
    ]})
}

fn article(title: &str, text: &str) -> Value {
    json!({"record": {
        "title": title,
        "date": 1_725_356_467_000_i64,
        "authors": [{"name": "Irina Sokol"}],
        "body": [{"type": "text", "text": format!("<p>{text} <a href=\"rain\">rain</a>.</p>")}],
    }})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_is_json_alone_is_read_and_its_correction_too() {
    let site = Site::default();
    let address = site.start().await;
    let trial = Trial::of(address);
    site.put(LISTING, listing(0));
    site.put(ARTICLE, article("The archive", "The cellar smells of"));
    trial.poll().await;
    assert_eq!(site.asked(), [LISTING, ARTICLE]);

    let page = format!("http://{address}/articles/the-archive");
    let identity = identity(&page.parse().unwrap());
    let first = trial.entry(&identity).await;
    let expected = Entry {
        id: entry_id(&identity, "127.0.0.1"),
        identity: identity.clone(),
        site: trial.config.sites[0].slug.clone(),
        sections: vec![trial.config.sites[0].sections[0].key.section.clone()],
        link: Some(page.parse().unwrap()),
        first_seen: first.first_seen,
        updated: "2024-09-03T09:41:07Z".parse().unwrap(),
        gone: None,
        article: Article {
            title: Some("The archive".to_owned()),
            authors: vec!["Irina Sokol".to_owned()],
            published: Some(When {
                at: "2024-09-03T09:41:07Z".parse().unwrap(),
                precision: Precision::Second,
            }),
            lead_image: Some(Image::at(
                format!("http://{address}/covers/archive.jpg")
                    .parse()
                    .unwrap(),
            )),
            body: Body {
                html: format!(
                    "<p>The cellar smells of <a href=\"http://{address}/articles/rain\">rain</a>.</p>"
                ),
                text: "The cellar smells of rain.".to_owned(),
            },
            api_url: Some(format!("http://{address}{ARTICLE}").parse().unwrap()),
            ..Article::default()
        },
    };
    assert_eq!(first, expected);

    site.put(LISTING, listing(ops::now().timestamp_millis() + 1_000));
    site.put(
        ARTICLE,
        article("The archive, corrected", "The attic smells of"),
    );
    let report = trial.poll().await;
    assert_eq!(site.asked(), [LISTING, ARTICLE]);
    assert_eq!((report.new, report.changed), (0, 1));
    let second = trial.entry(&identity).await;
    assert_eq!(
        second.article.title.as_deref(),
        Some("The archive, corrected")
    );
    assert_eq!(second.article.body.text, "The attic smells of rain.");
    assert_eq!((second.id, second.link), (first.id, first.link));
    assert!(second.updated > first.updated);
}
