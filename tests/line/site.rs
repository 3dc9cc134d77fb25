//! A small site whose pages a test writes and changes: paths → answers, and what was asked of it, with the time.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use feedwright::config::Config;
use feedwright::fetch::Fetcher;
use feedwright::poll::{Report, Walk, poll_section};
use feedwright::run::open_store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::trial::parse;

/// What a path answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Status, type and body.
    Page(u16, &'static str, Vec<u8>),
    /// A redirect.
    Redirect(String),
    /// A body of so many bytes.
    Flood(usize),
    /// Nothing, for a long time.
    Silence,
}

pub struct Site {
    pub address: SocketAddr,
    pages: Arc<Mutex<HashMap<String, Reply>>>,
    asked: Arc<Mutex<Vec<(String, Instant)>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Site {
    pub async fn start() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let pages: Arc<Mutex<HashMap<String, Reply>>> = Arc::default();
        let asked: Arc<Mutex<Vec<(String, Instant)>>> = Arc::default();
        let (replies, heard) = (Arc::clone(&pages), Arc::clone(&asked));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (replies, heard) = (Arc::clone(&replies), Arc::clone(&heard));
                tokio::spawn(async move { answer(stream, &replies, &heard).await });
            }
        });
        Site {
            address,
            pages,
            asked,
            task,
        }
    }

    pub fn put(&self, path: &str, reply: Reply) {
        self.pages.lock().unwrap().insert(path.to_owned(), reply);
    }

    pub fn page(&self, path: &str, html: &str) {
        self.typed(path, "text/html; charset=utf-8", html);
    }

    pub fn typed(&self, path: &str, media_type: &'static str, text: &str) {
        self.put(path, Reply::Page(200, media_type, text.as_bytes().to_vec()));
    }

    /// The paths that were asked for, in order.
    pub fn asked(&self) -> Vec<(String, Instant)> {
        self.asked.lock().unwrap().clone()
    }

    pub fn times_asked(&self, path: &str) -> usize {
        self.asked()
            .iter()
            .filter(|(asked, _)| asked == path)
            .count()
    }

    /// A configuration that follows `sections` of this site; what stands in `head` is about the whole site.
    pub fn config_toml(&self, folder: &Path, head: &str, sections: &str) -> String {
        format!(
            "[server]\nlisten = \"127.0.0.1:0\"\n[store]\npath = \"{}\"\n[poll]\npause = \"0s\"\ntimeout = \"5s\"\n\
             [[site]]\nurl = \"http://{}/\"\ntitle = \"The Little Paper\"\nprivate_network = true\n{head}\n{sections}\n",
            folder.join("feeds.db").display(),
            self.address
        )
    }

    pub fn config(&self, folder: &Path, sections: &[&str]) -> Config {
        let section = |path: &&str| format!("[[site.section]]\nurl = \"{path}\"\n");
        let sections: String = sections.iter().map(section).collect();
        parse(&self.config_toml(folder, "", &sections))
    }
}

async fn answer(
    mut stream: TcpStream,
    replies: &Mutex<HashMap<String, Reply>>,
    heard: &Mutex<Vec<(String, Instant)>>,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    heard.lock().unwrap().push((path.clone(), Instant::now()));
    let reply = replies.lock().unwrap().get(&path).cloned();
    let (head, body) = match reply {
        Some(Reply::Silence) => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return None;
        }
        None => ("404 Not Found\r\n".to_owned(), b"Nothing is here.".to_vec()),
        Some(Reply::Page(status, media_type, body)) => (
            format!("{status} Answer\r\nContent-Type: {media_type}\r\n"),
            body,
        ),
        Some(Reply::Redirect(to)) => (format!("302 Found\r\nLocation: {to}\r\n"), Vec::new()),
        Some(Reply::Flood(bytes)) => (
            "200 OK\r\nContent-Type: text/html\r\n".to_owned(),
            vec![b' '; bytes],
        ),
    };
    let head = format!("HTTP/1.1 {head}Connection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(&body).await.ok()?;
    stream.shutdown().await.ok()
}

/// Polls every section of `config` once, as `once` does.
pub async fn poll_once(config: Config) -> Vec<Report> {
    let config = Arc::new(config);
    let store = open_store(&config).await.unwrap();
    let mut reports = Vec::new();
    for site in &config.sites {
        let mut fetcher = Fetcher::for_site(site).unwrap();
        for section in &site.sections {
            let mut walk = Walk {
                store: &store,
                config: &config,
                site,
                fetcher: &mut fetcher,
            };
            reports.push(poll_section(&mut walk, section).await.unwrap());
        }
    }
    reports
}

/// An article's page.
pub fn article(title: &str, more: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title}</title>\
         <meta property=\"article:published_time\" content=\"2026-03-01T08:00:00Z\"></head><body><article><h1>{title}</h1>\
         <p>The harbour master has counted the gulls again, and this time the number is even. It has been odd for eleven years.</p>\
         <p>Nobody knows what follows from it. The gulls were asked, through the usual channels, and have not replied so far.</p>\
         {more}</article></body></html>"
    )
}

/// A listing's page that links to `stories`: (path, title).
pub fn listing(stories: &[(&str, &str)]) -> String {
    let cards: String = stories
        .iter()
        .map(|(path, title)| {
            format!(
                "<div class=\"card\"><h3><a href=\"{path}\">{title}</a></h3><p>In the words of the listing, and of nobody else: {title}.</p></div>"
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><title>News</title></head><body><main>{cards}</main></body></html>"
    )
}

/// Five stories that make a list, with their pages.
pub const STORIES: [(&str, &str); 5] = [
    (
        "/news/gulls-counted-again-at-the-pier",
        "Gulls counted again at the pier",
    ),
    (
        "/news/ferry-gets-a-second-bell-for-fog",
        "Ferry gets a second bell for fog",
    ),
    (
        "/news/market-hall-opens-an-hour-early",
        "Market hall opens an hour early",
    ),
    (
        "/news/library-finds-a-book-lent-in-1931",
        "Library finds a book lent in 1931",
    ),
    (
        "/news/tram-twelve-returns-to-the-hill",
        "Tram twelve returns to the hill",
    ),
];

/// Puts a listing of [`STORIES`] at `path`, and the stories.
pub fn fill(site: &Site, path: &str) {
    site.page(path, &listing(&STORIES));
    for (path, title) in STORIES {
        site.page(path, &article(title, ""));
    }
}
