//! Documents as they are sent: their fields, their validators, and when they are made.

use super::*;

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
    assert_eq!(one.get(FEED).await.lasting(), before.lasting());
    assert_eq!(one.store.asked.load(Ordering::SeqCst), 1);
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
    assert_eq!(server.get(FEED).await.lasting(), after.lasting());
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
async fn a_feed_that_was_taken_away_is_gone_and_one_that_was_renamed_moved() {
    let server = Server::start().await;
    for (target, status, location) in [
        ("/courier/old-news.rss", 410, ""),
        ("/courier/old-news.atom?x=1", 410, ""),
        ("/courier/old-news", 410, ""),
        ("/courier/old-news.png", 404, ""),
        ("/herald", 410, ""),
        ("/herald/tag/canals.json", 410, ""),
        ("/herald/never.rss", 404, ""),
        ("/courier/planet.atom", 301, "/courier/world.atom"),
        ("/courier/planet", 301, "/courier/world"),
        ("/the-courier.json", 301, "/courier.json"),
        (
            "/the-courier/tag/%D8%BA%D8%B2%D8%A9.rss",
            301,
            "/courier/tag/%D8%BA%D8%B2%D8%A9.rss",
        ),
        ("/the-courier/tag/never.rss", 404, ""),
        (
            "/the-courier/author/ana-lock",
            301,
            "/courier/author/ana-lock",
        ),
    ] {
        let answer = server.get(target).await;
        let seen = (answer.status, answer.field("location"));
        assert_eq!(seen, (status, location), "{target}");
    }
}

/// An edition whose section shows two entries, with `total` behind them and two on a page.
fn paged(total: usize) -> Edition {
    let mut edition = edition();
    let shelf = edition.feeds.get_mut("/courier/world").unwrap();
    shelf.entries.truncate(2);
    (shelf.page_items, shelf.total) = (2, total);
    edition
}

#[tokio::test]
async fn what_is_older_than_a_feed_shows_stands_on_its_further_pages() {
    let server = Server::of(paged(4)).await;
    let items = |answer: &Answer| -> Vec<String> {
        let feed: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let items = feed["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].to_string()).collect()
    };
    let of = |numbers: [usize; 2]| {
        numbers
            .map(|at| format!("\"{}\"", entries()[at].id))
            .to_vec()
    };
    let first = server.get("/courier/world.json").await;
    assert_eq!(items(&first), of([0, 1]));
    // A page is found however the query is filled up.
    for target in [
        "/courier/world.json?page=2",
        "/courier/world.json?a&page=2&b=c",
    ] {
        assert_eq!(items(&server.get(target).await), of([2, 3]));
    }
    let same = server.get("/courier/world.json?page=1").await;
    assert_eq!(same.lasting(), first.lasting());
    for (target, status) in [
        ("/courier/world.rss?page=2", 200),
        ("/courier/world.atom?page=2", 200),
        ("/courier/world?page=2", 200),
        ("/courier/world.rss?page=3", 404),
        ("/courier/world.rss?page=0", 404),
        ("/courier/world.rss?page=-1", 404),
        ("/courier/world.rss?page=99999999999999999999999", 404),
        ("/courier/world.rss?page=", 404),
        ("/courier.rss?page=2", 404),
        ("/Courier/World.xml?page=2", 301),
    ] {
        assert_eq!(server.get(target).await.status, status, "{target}");
    }
}

#[tokio::test]
async fn what_is_at_hand_is_answered_like_what_is_not() {
    let server = Server::start().await;
    let etag = server.get(FEED).await.field("etag").to_owned();
    let modified = server.get(FEED).await.field("last-modified").to_owned();
    let packed = format!("{}-gzip\"", etag.trim_end_matches('"'));
    for (method, fields) in [
        ("GET", &[][..]),
        ("HEAD", &[]),
        ("GET", &[("Accept-Encoding", "gzip")]),
        ("HEAD", &[("Accept-Encoding", "br")]),
        ("GET", &[("If-None-Match", &etag)]),
        ("HEAD", &[("If-None-Match", &etag)]),
        ("GET", &[("If-None-Match", &packed)]),
        (
            "GET",
            &[("If-None-Match", &packed), ("Accept-Encoding", "gzip")],
        ),
        ("GET", &[("If-Modified-Since", &modified)]),
        ("GET", &[("If-Match", "\"other\"")]),
        ("POST", &[]),
        ("OPTIONS", &[]),
    ] {
        // Nothing is at hand of an edition that nobody has asked for yet.
        server.newsstand.replace(edition());
        let first = server.ask(method, FEED, fields).await;
        for _ in 0..3 {
            let next = server.ask(method, FEED, fields).await;
            assert_eq!(next.lasting(), first.lasting(), "{method} {fields:?}");
            assert_eq!(next.body, first.body, "{method} {fields:?}");
        }
    }
}

#[tokio::test]
async fn a_page_has_validators_of_its_own_that_move_with_what_it_shows() {
    const PAGE: &str = "/courier/world.rss?page=2";
    let server = Server::of(paged(4)).await;
    let before = server.get(PAGE).await;
    let tag = before.field("etag").to_owned();
    assert_ne!(tag, server.get(FEED).await.field("etag"));
    let again = server.ask("GET", PAGE, &[("If-None-Match", &tag)]).await;
    assert_eq!((again.status, again.field("etag")), (304, tag.as_str()));
    // The oldest was dropped: its page is another, the feed itself is not made anew.
    let feed = server.get(FEED).await;
    server.store.entries.lock().unwrap().pop();
    server.newsstand.replace(paged(3));
    let after = server.get(PAGE).await;
    assert_ne!(after.field("etag"), tag);
    assert_eq!(server.get(FEED).await.field("etag"), feed.field("etag"));
}

#[tokio::test]
async fn the_page_for_people_leads_to_older_items_and_back() {
    let server = Server::of(paged(4)).await;
    for (target, newer, older) in [
        ("/courier/world", false, true),
        ("/courier/world?page=2", true, false),
        ("/courier", false, false),
    ] {
        let page = server.get(target).await;
        let has = |part: &str| page.text().contains(part);
        assert_eq!(has("<a rel=\"prev\" href=\"?page=1\">"), newer, "{target}");
        assert_eq!(has("<a rel=\"next\" href=\"?page=2\">"), older, "{target}");
    }
}

#[tokio::test]
async fn a_feed_names_its_hub_and_itself_in_the_head_of_the_answer_too() {
    let server = Server::of(paged(4)).await;
    assert_eq!(server.get(FEED).await.field("link"), "");
    let base = "https://feeds.example.org";
    let hub = url("https://hub.example/?a=1");
    server.newsstand.name_hub(Some(hub));
    for format in crate::model::Format::ALL {
        let path = format!("/courier/world.{}", format.ending());
        let link = format!("<https://hub.example/?a=1>; rel=\"hub\", <{base}{path}>; rel=\"self\"");
        for method in ["GET", "HEAD"] {
            let answer = server.ask(method, &path, &[]).await;
            assert_eq!(answer.field("link"), link);
        }
        let older = server.get(&format!("{path}?page=2")).await;
        assert_eq!(older.field("link"), "");
    }
    assert_eq!(server.get("/courier/world").await.field("link"), "");
}

#[tokio::test]
async fn a_new_edition_tells_which_known_feeds_changed() {
    let server = Server::start().await;
    assert_eq!(server.newsstand.replace(edition()), []);
    let mut next = next_edition();
    let new = next.feeds["/courier/world"].clone();
    next.feeds.insert("/courier/new".to_owned(), new);
    let key = next.feeds["/courier/world"].head.key.clone();
    assert_eq!(server.newsstand.replace(next), [key]);
}

#[tokio::test]
async fn a_new_edition_is_seen_at_once() {
    let server = Server::start().await;
    for version in 10..15 {
        let mut edition = edition();
        let shelf = edition.feeds.get_mut("/courier/world").unwrap();
        shelf.version = version;
        shelf.head.title = format!("Edition {version}");
        server.newsstand.replace(edition);
        for _ in 0..3 {
            let answer = server.get(FEED).await;
            assert!(answer.text().contains(&format!("Edition {version}")));
        }
    }
}
