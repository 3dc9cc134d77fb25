//! The server as its clients see it: real sockets, bytes out and bytes in.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::listen::{Limits, listen_within};
use super::{EntrySource, Newsstand};
use crate::model::{Edition, Entry, EntryNumber};
use crate::render::samples::{at, edition, entries, url};

/// A server on a port of its own, and what stands behind it.
struct Server {
    address: SocketAddr,
    newsstand: Arc<Newsstand>,
    store: Arc<Store>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

/// A store in memory that counts how often it is asked, and can fail.
struct Store {
    entries: Mutex<Vec<Arc<Entry>>>,
    asked: AtomicUsize,
    fails: AtomicBool,
}

impl Store {
    fn source(self: Arc<Store>) -> EntrySource {
        Arc::new(move |numbers: Vec<EntryNumber>| {
            let store = self.clone();
            Box::pin(async move {
                store.asked.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                if store.fails.load(Ordering::SeqCst) {
                    anyhow::bail!("the disk is gone");
                }
                let entries = store.entries.lock().unwrap();
                let wanted = numbers.iter().map(|number| number.0 as usize);
                Ok(wanted.filter_map(|at| entries.get(at).cloned()).collect())
            })
        })
    }
}

const CACHE_BYTES: u64 = 10_000_000;

impl Server {
    async fn of(edition: Edition) -> Server {
        Server::within(Limits::default(), edition).await
    }

    async fn within(limits: Limits, edition: Edition) -> Server {
        let store = Arc::new(Store {
            entries: Mutex::new(entries()),
            asked: AtomicUsize::new(0),
            fails: AtomicBool::new(false),
        });
        let public_url = url("https://feeds.example.org/");
        let source = store.clone().source();
        let newsstand = Newsstand::new(public_url, CACHE_BYTES, edition, source);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(listen_within(
            limits,
            listener,
            newsstand.clone(),
            async move {
                let _ = stopped.await;
            },
        ));
        Server {
            address,
            newsstand,
            store,
            stop: Some(stop),
            running,
        }
    }

    async fn start() -> Server {
        Server::of(edition()).await
    }

    /// Sends bytes as they are and reads until the server closes.
    async fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_ref()).await.unwrap();
        let mut bytes = Vec::new();
        let reading = stream.read_to_end(&mut bytes);
        tokio::time::timeout(Duration::from_secs(5), reading)
            .await
            .expect("the server neither answers nor closes")
            .unwrap();
        Answer::of(&bytes)
    }

    async fn ask(&self, method: &str, target: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: String = fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        self.raw(format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n"
        ))
        .await
    }

    async fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[]).await
    }
}

/// One response, taken apart.
#[derive(Clone, Debug, PartialEq)]
struct Answer {
    status: u16,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Answer {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let fields = lines.map(|line| line.split_once(": ").unwrap());
        Answer {
            status: status.parse().unwrap(),
            fields: fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    fn field(&self, name: &str) -> &str {
        let mut found = self.fields.iter().filter(|(other, _)| other == name);
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "{name} stands twice");
        first.map_or("", |(_, value)| value.as_str())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

const FEED: &str = "/courier/world.rss";

#[tokio::test]
async fn every_address_answers_with_its_type() {
    let server = Server::start().await;
    for (target, status, content_type) in [
        ("/", 200, "text/html; charset=utf-8"),
        (
            "/courier/world.rss",
            200,
            "application/rss+xml; charset=utf-8",
        ),
        (
            "/courier/world.atom",
            200,
            "application/atom+xml; charset=utf-8",
        ),
        ("/courier/world.json", 200, "application/feed+json"),
        ("/courier/world", 200, "text/html; charset=utf-8"),
        ("/courier.rss", 200, "application/rss+xml; charset=utf-8"),
        ("/all.atom", 200, "application/atom+xml; charset=utf-8"),
        (
            "/courier/tag/%D8%BA%D8%B2%D8%A9.rss",
            200,
            "application/rss+xml; charset=utf-8",
        ),
        (
            "/courier/tag/%d8%ba%d8%b2%d8%a9.rss",
            200,
            "application/rss+xml; charset=utf-8",
        ),
        (
            "/courier/author/ana-lock.json?utm_source=x&%00=%ff",
            200,
            "application/feed+json",
        ),
        ("/opml", 200, "text/x-opml; charset=utf-8"),
        ("/feeds.opml", 200, "text/x-opml; charset=utf-8"),
        ("/feeds.json", 200, "application/json"),
        ("/healthz", 200, "application/json"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/favicon.ico", 204, ""),
        ("/courier/nothing.rss", 404, "text/html; charset=utf-8"),
        ("/courier/world.exe", 404, "text/html; charset=utf-8"),
        ("/../../etc/passwd", 404, "text/html; charset=utf-8"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, "text/html; charset=utf-8"),
        ("/..%2f..%2fetc%2fpasswd", 404, "text/html; charset=utf-8"),
        ("/courier//world.rss", 404, "text/html; charset=utf-8"),
        ("/courier/%00.rss", 400, "text/plain; charset=utf-8"),
        ("/courier/%zz.rss", 400, "text/plain; charset=utf-8"),
        ("/courier/%ff.rss", 400, "text/plain; charset=utf-8"),
        ("/courier/%", 400, "text/plain; charset=utf-8"),
        (
            "http://localhost/courier/world.rss",
            200,
            "application/rss+xml; charset=utf-8",
        ),
    ] {
        let answer = server.get(target).await;
        assert_eq!(answer.status, status, "{target}");
        assert_eq!(answer.field("content-type"), content_type, "{target}");
        assert_eq!(
            answer.field("x-content-type-options"),
            "nosniff",
            "{target}"
        );
        assert_eq!(answer.field("access-control-allow-origin"), "*", "{target}");
        let length = answer.field("content-length");
        if status != 204 {
            assert_eq!(length, answer.body.len().to_string(), "{target}");
        }
        assert_eq!(
            answer.field("etag").is_empty(),
            status != 200 || has_no_tag(target)
        );
    }
}

/// Answers about this moment have no validators.
fn has_no_tag(target: &str) -> bool {
    matches!(target, "/healthz" | "/robots.txt")
}

#[tokio::test]
async fn another_spelling_of_an_address_is_sent_to_the_right_one() {
    let server = Server::start().await;
    for (target, location) in [
        ("/Courier/WORLD.rss", "/courier/world.rss"),
        ("/courier/world/", "/courier/world"),
        ("/courier/world.rss/", "/courier/world.rss"),
        ("/courier/world.xml", "/courier/world.rss"),
        ("/courier/world.RSS", "/courier/world.rss"),
        (
            "/courier/author/Ana%20Lock.atom?a=b",
            "/courier/author/ana-lock.atom?a=b",
        ),
        // With a vowel sign.
        (
            "/courier/tag/%D8%BA%D8%B2%D9%91%D8%A9",
            "/courier/tag/%D8%BA%D8%B2%D8%A9",
        ),
    ] {
        let answer = server.get(target).await;
        assert_eq!(
            (answer.status, answer.field("location")),
            (301, location),
            "{target}"
        );
    }
    // Behind a proxy that puts us under a path.
    server.newsstand.move_to(url("https://example.org/feeds/"));
    let answer = server.get("/Courier").await;
    assert_eq!(answer.field("location"), "/feeds/courier");
}

#[tokio::test]
async fn a_feed_comes_with_all_its_fields() {
    let server = Server::start().await;
    let answer = server.get(FEED).await;
    for (name, value) in [
        ("last-modified", "Fri, 20 Nov 2026 19:45:00 GMT"),
        (
            "cache-control",
            "max-age=900, stale-while-revalidate=900, stale-if-error=604800",
        ),
        ("vary", "Accept-Encoding"),
        ("content-encoding", ""),
        (
            "access-control-expose-headers",
            "ETag, Last-Modified, Link, Retry-After",
        ),
        ("set-cookie", ""),
        ("accept-ranges", ""),
    ] {
        assert_eq!(answer.field(name), value, "{name}");
    }
    assert!(!answer.field("date").is_empty());
    let file = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/render/courier.rss"
    ));
    let ours = concat!("feedwright ", env!("CARGO_PKG_VERSION"), "<");
    assert_eq!(
        answer.text(),
        file.unwrap().replace("feedwright 1.2.3<", ours)
    );
}

#[tokio::test]
async fn each_coding_has_its_own_tag_and_the_same_bytes_inside() {
    let server = Server::start().await;
    let plain = server.get(FEED).await;
    let mut tags = vec![plain.field("etag").to_owned()];
    for coding in ["gzip", "br", "zstd"] {
        let accept = [("Accept-Encoding", coding)];
        let answer = server.ask("GET", FEED, &accept).await;
        assert_eq!(answer.field("content-encoding"), coding);
        assert_eq!(answer.field("vary"), "Accept-Encoding");
        assert_eq!(unpacked(coding, &answer.body), plain.body, "{coding}");
        let tag = answer.field("etag").to_owned();
        let again = [("Accept-Encoding", coding), ("If-None-Match", tag.as_str())];
        let unchanged = server.ask("GET", FEED, &again).await;
        assert_eq!(
            (unchanged.status, unchanged.body.len()),
            (304, 0),
            "{coding}"
        );
        for name in ["etag", "vary", "cache-control", "last-modified"] {
            assert_eq!(unchanged.field(name), answer.field(name), "{coding} {name}");
        }
        for name in ["content-type", "content-length", "content-encoding"] {
            assert_eq!(unchanged.field(name), "", "{coding} {name}");
        }
        tags.push(tag);
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4);
}

fn unpacked(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain),
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain),
        _ => zstd::Decoder::new(bytes).unwrap().read_to_end(&mut plain),
    }
    .unwrap();
    plain
}

#[tokio::test]
async fn conditions_are_answered_over_the_wire() {
    let server = Server::start().await;
    let tag = server.get(FEED).await.field("etag").to_owned();
    let weak = format!("W/{tag}");
    for (name, value, status) in [
        ("If-None-Match", tag.as_str(), 304),
        ("If-None-Match", &weak, 304),
        ("If-None-Match", "\"other\"", 200),
        ("If-Modified-Since", "Fri, 20 Nov 2026 19:45:00 GMT", 304),
        ("If-Modified-Since", "Fri, 20 Nov 2026 19:44:59 GMT", 200),
        ("If-Match", "\"other\"", 412),
        ("If-Unmodified-Since", "Fri, 20 Nov 2026 19:44:59 GMT", 412),
        ("Range", "bytes=0-9", 200),
        ("A-IM", "feed", 200),
        ("Accept", "image/png", 200),
        ("Expect", "100-continue", 200),
    ] {
        let answer = server.ask("GET", FEED, &[(name, value)]).await;
        assert_eq!(answer.status, status, "{name}: {value}");
        let head = server.ask("HEAD", FEED, &[(name, value)]).await;
        assert_eq!(
            (head.status, head.body.len()),
            (status, 0),
            "HEAD {name}: {value}"
        );
    }
}

#[tokio::test]
async fn tags_outlive_a_restart_and_a_repeated_edition() {
    let one = Server::start().await;
    let other = Server::start().await;
    let (before, after) = (one.get(FEED).await, other.get(FEED).await);
    assert_eq!(before.field("etag"), after.field("etag"));
    one.newsstand.replace(edition());
    assert_eq!(one.get(FEED).await.fields, before.fields);
    assert_eq!(one.store.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let server = Server::start().await;
    for target in [
        "/",
        FEED,
        "/courier/world",
        "/opml",
        "/healthz",
        "/nothing",
        "/Courier",
    ] {
        for coding in ["identity", "gzip"] {
            let fields = [("Accept-Encoding", coding)];
            let get = server.ask("GET", target, &fields).await;
            let head = server.ask("HEAD", target, &fields).await;
            let without_date = |answer: &Answer| {
                let mut fields = answer.fields.clone();
                fields.retain(|(name, _)| name != "date");
                (answer.status, fields)
            };
            assert_eq!(without_date(&head), without_date(&get), "{target} {coding}");
            assert!(head.body.is_empty(), "{target}");
        }
    }
}

#[tokio::test]
async fn methods_that_change_something_are_refused() {
    let server = Server::start().await;
    for (method, status, allow) in [
        ("POST", 405, "GET, HEAD, OPTIONS"),
        ("PUT", 405, "GET, HEAD, OPTIONS"),
        ("DELETE", 405, "GET, HEAD, OPTIONS"),
        ("PATCH", 405, "GET, HEAD, OPTIONS"),
        ("TRACE", 405, "GET, HEAD, OPTIONS"),
        ("OPTIONS", 204, "GET, HEAD, OPTIONS"),
        ("BREW", 501, ""),
        ("get", 501, ""),
    ] {
        let answer = server.ask(method, FEED, &[]).await;
        assert_eq!(
            (answer.status, answer.field("allow")),
            (status, allow),
            "{method}"
        );
    }
    let preflight = [
        ("Origin", "https://reader.example"),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "if-none-match"),
    ];
    let answer = server.ask("OPTIONS", FEED, &preflight).await;
    let granted = answer.field("access-control-allow-headers");
    assert!(granted.contains("If-None-Match"), "{granted}");
    assert_eq!(server.ask("OPTIONS", "*", &[]).await.status, 204);
}

#[tokio::test]
async fn a_request_that_is_malformed_or_too_large_is_refused() {
    let server = Server::start().await;
    let long = "a".repeat(7_990);
    let longer = "a".repeat(9_000);
    let huge = "a".repeat(100_000);
    let many = "X-A: b\r\n".repeat(500);
    let end = "Connection: close\r\n\r\n";
    let host = "Host: localhost\r\n";
    for (request, status) in [
        (format!("GET {FEED} HTTP/1.1\r\n{end}"), 400),
        (
            format!("GET {FEED} HTTP/1.1\r\n{host}Host: other\r\n{end}"),
            400,
        ),
        (format!("GET {FEED} HTTP/1.1\r\nHost: a b\r\n{end}"), 400),
        (
            format!("GET {FEED} HTTP/1.1\r\nHost: u@localhost\r\n{end}"),
            400,
        ),
        (format!("GET {FEED} HTTP/1.1\r\nHost:\r\n{end}"), 400),
        (format!("GET {FEED} HTTP/1.0\r\n\r\n"), 200),
        (format!("GET /{long} HTTP/1.1\r\n{host}{end}"), 404),
        (format!("GET /{longer} HTTP/1.1\r\n{host}{end}"), 414),
        (
            format!(
                "GET {FEED} HTTP/1.1\r\n{host}X-A: {}\r\n{end}",
                &huge[..4_000]
            ),
            200,
        ),
        (
            format!("GET {FEED} HTTP/1.1\r\n{host}X-A: {huge}\r\n{end}"),
            431,
        ),
        (format!("GET {FEED} HTTP/1.1\r\n{host}{many}{end}"), 431),
        (
            format!("GET {FEED} HTTP/1.1\r\n{host}Content-Length: 5\r\n{end}hello"),
            200,
        ),
        (
            format!(
                "GET {FEED} HTTP/1.1\r\n{host}Content-Length: 5\r\nContent-Length: 6\r\n{end}hello"
            ),
            400,
        ),
        (
            format!("GET {FEED} HTTP/1.1\r\n{host}Transfer-Encoding: made-up\r\n{end}"),
            400,
        ),
        (
            format!("POST {FEED} HTTP/1.1\r\n{host}Content-Length: 10737418240\r\n{end}"),
            405,
        ),
    ] {
        let answer = server.raw(&request).await;
        let shown: String = request.chars().take(120).collect();
        assert_eq!(answer.status, status, "{shown}");
    }
    assert_eq!(server.get(FEED).await.status, 200);
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = Server::start().await;
    let line = |method: &str, target: &str, close: &str| {
        format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n{close}\r\n")
    };
    let request = [
        line("GET", "/robots.txt", ""),
        line("GET", "/nothing", ""),
        line("HEAD", "/robots.txt", ""),
        line("GET", "/robots.txt", "Connection: close\r\n"),
    ]
    .concat();
    let answer = server.raw(request).await;
    let all = format!("HTTP/1.1 200\r\n\r\n{}", answer.text());
    let statuses: Vec<&str> = all
        .split("HTTP/1.1 ")
        .skip(1)
        .map(|rest| &rest[..3])
        .collect();
    assert_eq!(statuses, ["200", "404", "200", "200"]);
}

#[tokio::test]
async fn a_document_is_made_once_however_many_ask() {
    let server = Server::start().await;
    let asking = (0..50).map(|_| server.ask("GET", FEED, &[("Accept-Encoding", "br")]));
    let mut bodies = Vec::new();
    for answer in together(asking).await {
        assert_eq!(answer.status, 200);
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    assert_eq!(server.store.asked.load(Ordering::SeqCst), 1);
    server.get(FEED).await;
    assert_eq!(server.store.asked.load(Ordering::SeqCst), 1);
}

/// Runs all at once and gives their results in order.
async fn together<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in waiting.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *done = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

/// The edition after a poll that changed what the feed shows.
fn next_edition() -> Edition {
    let mut next = edition();
    let shelf = next.feeds.get_mut("/courier/world").unwrap();
    shelf.version += 1;
    shelf.entries.remove(1);
    next
}

#[tokio::test]
async fn a_failing_store_never_shows() {
    let server = Server::start().await;
    let before = server.get(FEED).await;
    server.store.fails.store(true, Ordering::SeqCst);
    server.newsstand.replace(next_edition());
    let after = server.get(FEED).await;
    assert_eq!((after.status, &after.body), (200, &before.body));
    // What was never made cannot be shown.
    let cold = server.get("/all.rss").await;
    assert_eq!((cold.status, cold.field("retry-after")), (503, "60"));
    assert_eq!(cold.field("cache-control"), "no-store");
    server.store.fails.store(false, Ordering::SeqCst);
    assert_eq!(server.get("/all.rss").await.status, 200);
    assert_ne!(server.get(FEED).await.body, before.body);
}

#[tokio::test]
async fn a_changed_feed_has_new_validators_and_never_an_older_date() {
    let server = Server::start().await;
    let before = server.get(FEED).await;
    // An entry is taken away: nothing newer is shown, yet the document is another.
    server.newsstand.replace(next_edition());
    let after = server.get(FEED).await;
    assert_ne!(after.field("etag"), before.field("etag"));
    assert_eq!(
        after.field("last-modified"),
        "Fri, 20 Nov 2026 19:45:01 GMT"
    );
    server.newsstand.replace(next_edition());
    assert_eq!(server.get(FEED).await.fields, after.fields);
    // A feed that is taken away is gone, whatever was kept of it.
    let mut without = edition();
    without.feeds.remove("/courier/world");
    server.newsstand.replace(without);
    assert_eq!(server.get(FEED).await.status, 404);
}

#[tokio::test]
async fn documents_name_the_new_address_after_a_move() {
    let server = Server::start().await;
    server.get(FEED).await;
    server.newsstand.move_to(url("https://news.example.net/f"));
    let answer = server.get(FEED).await;
    let own = "href=\"https://news.example.net/f/courier/world.rss\"";
    assert!(answer.text().contains(own));
    let list = server.get("/opml").await;
    assert!(
        list.text()
            .contains("xmlUrl=\"https://news.example.net/f/courier.rss\"")
    );
}

#[tokio::test]
async fn before_the_first_poll_an_empty_feed_asks_for_patience() {
    let mut untried = edition();
    for source in &mut untried.sources {
        source.last_poll = None;
    }
    untried
        .feeds
        .get_mut("/courier/world")
        .unwrap()
        .entries
        .clear();
    let server = Server::of(untried).await;
    let answer = server.get(FEED).await;
    assert_eq!((answer.status, answer.field("retry-after")), (503, "60"));
    // What is known from an earlier run is served.
    assert_eq!(server.get("/courier.rss").await.status, 200);
    let health = server.get("/healthz").await;
    assert_eq!(health.status, 503);
    assert_eq!(
        health.text(),
        "{\"ok\":false,\"sections\":2,\"failing\":1,\"feeds\":6}"
    );
    // One poll later an empty feed is the truth.
    let mut tried = edition();
    tried
        .feeds
        .get_mut("/courier/world")
        .unwrap()
        .entries
        .clear();
    server.newsstand.replace(tried);
    assert_eq!(server.get(FEED).await.status, 200);
    assert_eq!(server.get("/healthz").await.status, 200);
    server.newsstand.stop();
    assert_eq!(server.get("/healthz").await.status, 503);
}

#[tokio::test]
async fn the_index_lists_the_feeds_and_tells_how_sources_do() {
    let server = Server::start().await;
    let page = server.get("/").await;
    for part in [
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Courier: World (RSS)\" href=\"https://feeds.example.org/courier/world.rss\">",
        "<a href=\"/courier/world.atom\">Atom</a>",
        "Failing since 20 Nov 2026, 17:00 UTC: https://courier.example/lines answered 404; has the section moved?",
        "12 items when read on 20 Nov 2026, 16:00 UTC.",
        "<a href=\"/courier/tag/%D8%BA%D8%B2%D8%A9\" dir=\"auto\">غزّة</a>",
    ] {
        assert!(page.text().contains(part), "{part}\n{}", page.text());
    }
    assert!(!page.text().contains("<script"));
    assert_eq!(page.field("referrer-policy"), "no-referrer");
    assert!(
        page.field("content-security-policy")
            .starts_with("default-src 'none';")
    );
}

#[tokio::test]
async fn a_feeds_page_shows_its_items_and_addresses() {
    let server = Server::start().await;
    let page = server.get("/courier/world").await;
    for part in [
        "<link rel=\"alternate\" type=\"application/feed+json\" title=\"Courier: World (JSON Feed)\" href=\"https://feeds.example.org/courier/world.json\">",
        "<a href=\"https://courier.example/story/7\">Canals &#38; locks: 5 &#60; 6, says “report”</a>",
        "Keepers &#60;of&#62; the gates &#38; their report.",
        "<article lang=\"ar\" dir=\"auto\">",
        "<bdi>Ana Lock, Bo Weir</bdi>",
        // The place that a line without a page of its own links to.
        "<li id=\"e46ee41fa6830e4e2\">",
    ] {
        assert!(page.text().contains(part), "{part}\n{}", page.text());
    }
}

#[tokio::test]
async fn an_unknown_address_is_answered_with_the_likest() {
    let server = Server::start().await;
    let page = server.get("/courier/wrold.rss").await;
    assert_eq!(page.status, 404);
    assert!(
        page.text()
            .contains("<a href=\"/courier/world\" dir=\"auto\">Courier: World</a>")
    );
    let odd = server.get("/%3Cscript%3E").await;
    assert!(odd.text().contains("&#60;script&#62;"));
}

#[tokio::test]
async fn the_list_for_programs_names_every_feed() {
    let server = Server::start().await;
    let answer = server.get("/feeds.json").await;
    let list: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        list["feeds"].as_array().unwrap().len(),
        edition().feeds.len()
    );
    assert_eq!(list["sources"][1]["health"]["state"], "ailing");
}

fn short(head_ms: u64, connections: usize) -> Limits {
    Limits {
        connections,
        head: Duration::from_millis(head_ms),
        drain: Duration::from_millis(300),
        ..Limits::default()
    }
}

#[tokio::test]
async fn slow_heads_and_silent_connections_are_cut() {
    let server = Server::within(short(200, 100), edition()).await;
    let whole = format!("GET {FEED} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for opening in ["", "GET / HTTP/1.1\r\nX-A: ", whole.as_str()] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(opening.as_bytes()).await.unwrap();
        let begun = Instant::now();
        let mut bytes = Vec::new();
        let reading = stream.read_to_end(&mut bytes);
        let cut = tokio::time::timeout(Duration::from_secs(3), reading).await;
        assert!(
            cut.is_ok(),
            "still open after {:?}: {opening:?}",
            begun.elapsed()
        );
    }
}

#[tokio::test]
async fn clients_beyond_the_bound_wait_until_a_place_is_free() {
    let server = Server::within(short(400, 3), edition()).await;
    let mut silent = Vec::new();
    for _ in 0..3 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    // Answered as soon as the silent ones are cut.
    assert_eq!(server.get("/robots.txt").await.status, 200);
}

#[tokio::test]
async fn clients_that_do_not_read_hold_up_nobody() {
    let server = Server::start().await;
    let mut greedy = Vec::new();
    let request = format!("GET {FEED} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(20);
    for _ in 0..50 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        greedy.push(stream);
    }
    let begun = Instant::now();
    assert_eq!(server.get(FEED).await.status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_stop_lets_running_answers_end_and_takes_no_more() {
    let mut server = Server::within(short(5_000, 100), edition()).await;
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    let mut busy = TcpStream::connect(server.address).await.unwrap();
    let request = format!("GET {FEED} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    busy.write_all(request.as_bytes()).await.unwrap();
    // The store takes 20 ms, so the answer is under way now.
    tokio::time::sleep(Duration::from_millis(5)).await;
    server.stop.take().unwrap().send(()).unwrap();
    let begun = Instant::now();
    let mut bytes = Vec::new();
    busy.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(Answer::of(&bytes).status, StatusCode::OK.as_u16());
    let _ = idle.read(&mut [0; 1]).await;
    (&mut server.running).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn the_index_is_as_new_as_the_last_poll() {
    let server = Server::start().await;
    let page = server.get("/").await;
    let date = httpdate::parse_http_date(page.field("last-modified")).unwrap();
    assert_eq!(date, at(20, 0).into());
}
