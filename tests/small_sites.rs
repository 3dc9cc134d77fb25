//! Sites of a few answers on a real socket, polled → the entries that are kept and what is said of the section's health.

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
use feedwright::model::{Article, Body, Entry, Health, Identity, Image, Precision, When};
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
    answers: Arc<Mutex<HashMap<String, String>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn put(&self, path: &str, answer: impl ToString) {
        let mut answers = self.answers.lock().unwrap();
        answers.insert(path.to_owned(), answer.to_string());
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
            Some(body) => ("200 OK", body),
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

/// What the section of the JSON site needs to be told.
const JSON_SITE: &str = r#"
[site.article]
embedded = [{ title = "$.record.title", published = "$.record.date", authors = "$.record.authors[*].name", body = "$.record.body" }]

[[site.section]]
url = "/api/main"

[site.section.listing.json]
items = "$.records[*]"
title = "$.title"
modified = "$.changed"
image = "$.cover"
url_template = "http://{address}/articles/{slug}"
api_template = "http://{address}/api/record?slug={slug}"
"#;

struct Trial {
    _directory: tempfile::TempDir,
    store: Store,
    config: Arc<Config>,
}

impl Trial {
    /// A trial of the site at `address`, whose `sections` are written as in a configuration.
    fn of(address: SocketAddr, sections: &str) -> Trial {
        let directory = tempfile::tempdir().unwrap();
        let sections = sections.replace("{address}", &address.to_string());
        let text = format!(
            r#"
[poll]
contact = "reader@example.org"
pause = "0s"

[[site]]
url = "http://{address}/"
title = "The Gazette"
private_network = true
{sections}"#
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

    /// The reason why the section ails, if it does.
    async fn trouble(&self) -> Option<String> {
        let key = &self.config.sites[0].sections[0].key;
        match self.store.section(key).await.unwrap().health {
            Health::Ailing { reason, .. } => Some(reason),
            Health::New | Health::Well => None,
        }
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
    let trial = Trial::of(address, JSON_SITE);
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

/// A page with a list of `count` stories, each in such a box.
fn river(open: &str, close: &str, count: usize) -> String {
    let stories: String = (0..count)
        .map(|number| {
            format!(
                "{open}<h3><a href=\"/news/story-{number}\">Story number {number} has a headline of its own</a></h3>\
                 <p>And a summary that says a little more about story number {number} than its headline.</p>{close}"
            )
        })
        .collect();
    format!("<!doctype html><html lang=en><main>{stories}</main></html>")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_that_changes_shape_is_told_of_until_it_is_known() {
    const SECTION: &str = "[[site.section]]\nurl = \"/news\"\nfollow = false\n";
    let site = Site::default();
    let address = site.start().await;
    let trial = Trial::of(address, SECTION);
    let told = |change: &str| {
        Some(format!(
            "the listing changed shape: {change}; `feedwright listing http://{address}/news --explain` shows which blocks of \
             the page are taken, and why"
        ))
    };
    let cards = |count| river("<div class=card>", "</div>", count);
    let stories = |count| river("<section class=story>", "</section>", count);
    for (page, new, expected) in [
        (cards(12), 12, None),
        (cards(14), 2, None),
        (
            stories(15),
            1,
            told("its items stood in `div.card` and stand in `section.story` now"),
        ),
        (stories(16), 1, None),
        (stories(2), 0, told("it shows 2 items where 13 are usual")),
        // Not modified since; the list is as short as before.
        (stories(2), 0, told("it shows 2 items where 13 are usual")),
        (
            "<html><main><p>We are moving house.".to_owned(),
            0,
            told(&format!(
                "nothing on http://{address}/news looks like a list of articles; is it the address of a section, and does the \
                 page show its list without a script?"
            )),
        ),
        (stories(17), 1, None),
    ] {
        site.put("/news", page);
        let report = trial.poll().await;
        assert_eq!((report.new, trial.trouble().await), (new, expected));
    }
}

const FIRST: &str = "The bridge over the river was opened again on Monday, after eleven months of work, said the mayor of the town, and the ferrymen went home.";
const SECOND: &str = "Traffic moved slowly at first, but by noon the queues on both banks had gone, drivers told us, and the lamps were lit at seven as they should be.";

#[tokio::test(flavor = "multi_thread")]
async fn an_article_on_two_pages_is_one_and_a_page_without_text_takes_its_amp_twins() {
    let site = Site::default();
    let address = site.start().await;
    let trial = Trial::of(
        address,
        r#"
[[site.section]]
url = "/api/main"

[site.section.listing.json]
items = "$.records[*]"
title = "$.title"
url_template = "http://{address}/{slug}.html"
"#,
    );
    site.put(
        LISTING,
        json!({"records": [
            {"slug": "bridge", "title": "The bridge is open"}, {"slug": "lamps", "title": "The lamps are lit"}
        ]}),
    );
    let page = |title: &str, head: &str, text: &str| {
        format!(
            "<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><article>{text}</article></body></html>"
        )
    };
    let bridge = |next: &str, text: &str| {
        let head = format!("<link rel=next href={next}>");
        page(
            "The bridge is open",
            &head,
            &format!("<p>{text}</p><p>{text} Again.</p>"),
        )
    };
    site.put("/bridge.html", bridge("/bridge.html?page=2", FIRST));
    // The last page leads back to the first, as some sites' do.
    site.put("/bridge.html?page=2", bridge("/bridge.html", SECOND));
    let to_twin = "<link rel=amphtml href=/amp/lamps.html>";
    site.put("/lamps.html", page("The lamps are lit", to_twin, ""));
    let twin = format!("<p>{SECOND}</p><p>{FIRST}</p>");
    site.put("/amp/lamps.html", page("The lamps are lit", "", &twin));
    trial.poll().await;
    let mut asked = site.asked();
    asked.sort();
    assert_eq!(
        asked,
        [
            "/amp/lamps.html",
            LISTING,
            "/bridge.html",
            "/bridge.html?page=2",
            "/lamps.html"
        ]
    );
    for (path, text) in [
        (
            "bridge",
            format!("{FIRST}\n\n{FIRST} Again.\n\n{SECOND}\n\n{SECOND} Again."),
        ),
        ("lamps", format!("{SECOND}\n\n{FIRST}")),
    ] {
        let url = format!("http://{address}/{path}.html").parse().unwrap();
        assert_eq!(trial.entry(&identity(&url)).await.article.body.text, text);
    }
}
