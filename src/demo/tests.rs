//! The newspaper as its readers meet it, through a real socket.

use super::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

async fn opened() -> Newspaper {
    Newspaper::start(now()).await.unwrap()
}

/// The whole answer to a request for `path` with further header lines.
async fn ask(paper: &Newspaper, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(paper.address()).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

async fn status(paper: &Newspaper, path: &str) -> String {
    let answer = ask(paper, path, "").await;
    answer.split("\r\n").next().unwrap_or_default().to_owned()
}

/// The stories that a page links to in its list, by the names in their addresses, in order.
async fn listed(paper: &Newspaper, path: &str) -> Vec<String> {
    let answer = ask(paper, path, "").await;
    let list = answer.split("<aside>").next().unwrap_or_default();
    let titles = list.split("<h3><a href=\"").skip(1);
    let river = list
        .split("<li><a href=\"")
        .skip(1)
        .filter(|rest| rest.contains("class=\"when\""));
    let name = |rest: &str| {
        rest.split('"')
            .next()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    };
    titles.chain(river).map(name).collect()
}

#[tokio::test]
async fn the_first_edition_is_there_at_once() {
    let paper = opened().await;
    assert_eq!(
        listed(&paper, "/politics").await,
        [
            "harbour-tax-explained",
            "from-the-bridge-a-film",
            "night-buses-return-in-autumn",
            "inspectors-find-rust-under-the-swing-bridge",
            "council-delays-vote-on-the-new-bridge",
        ]
    );
    for path in [
        "/",
        "/culture",
        "/sport",
        "/video",
        "/ar/news",
        "/breaking",
        "/feeds/sport.xml",
        "/sitemap.xml",
        "/sitemaps/stories.xml.gz",
        "/robots.txt",
        "/media/lighthouse-poems.png",
        "/media/from-the-bridge-a-film.mp4",
    ] {
        assert_eq!(status(&paper, path).await, "HTTP/1.1 200 OK", "{path}");
    }
    for path in [
        "/nowhere",
        "/culture?page=9",
        "/culture?page=0",
        "/culture?page=x",
        "/politics/second-estimate-is-lower",
    ] {
        assert_eq!(
            status(&paper, path).await,
            "HTTP/1.1 404 Not Found",
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_story_has_a_page_and_all_appear_in_time() {
    let paper = opened().await;
    let all = stories::stories().unwrap().stories;
    assert_eq!(paper.publish(1000, now()), all.len() - FIRST_EDITION);
    assert_eq!(paper.publish(1, now()), 0);
    for story in &all {
        let page = ask(&paper, &paper.story_path(&story.slug).unwrap(), "").await;
        assert!(page.starts_with("HTTP/1.1 200 OK"), "{}", story.slug);
        assert!(
            page.contains(&format!("{}</h1>", markup::escape(&story.title))),
            "{}",
            story.slug
        );
        assert!(!page.contains("{{"), "{}", story.slug);
    }
    assert_eq!(listed(&paper, "/politics").await.len(), pages::PAGE_ITEMS);
    assert_eq!(listed(&paper, "/politics?page=2").await.len(), 2);
}

#[tokio::test]
async fn stories_are_corrected_moved_and_taken_back() {
    let paper = opened().await;
    paper.publish(1, now());
    let slug = "second-estimate-is-lower";
    let path = paper.story_path(slug).unwrap();
    assert!(!ask(&paper, &path, "").await.contains("Correction:"));
    assert!(paper.correct(slug, now() + chrono::TimeDelta::minutes(9)));
    let page = ask(&paper, &path, "").await;
    for part in [
        "<h1>Second estimate for the bridge is lower, but longer</h1>",
        "<p>Correction: The second design needs three piers.",
        "\"datePublished\":\"2026-03-01T14:00:00+02:00\",\"dateModified\":\"2026-03-01T14:09:00+02:00\"",
        "Last-Modified: Sun, 01 Mar 2026 12:09:00 GMT",
    ] {
        assert!(
            page.to_lowercase().contains(&part.to_lowercase()),
            "{part}\n{page}"
        );
    }
    assert!(paper.move_to(slug, "culture", now()));
    assert!(!listed(&paper, "/politics").await.contains(&slug.to_owned()));
    assert_eq!(listed(&paper, "/culture").await[0], slug);
    assert_eq!(paper.story_path(slug), Some(path.clone()));
    assert!(paper.retract(slug, now()));
    assert_eq!(status(&paper, &path).await, "HTTP/1.1 410 Gone");
    assert!(!listed(&paper, "/culture").await.contains(&slug.to_owned()));
    assert!(!paper.correct("no-such-story", now()));
}

#[tokio::test]
async fn a_broken_listing_shows_no_story_until_it_is_mended() {
    let paper = opened().await;
    paper.break_listing("sport", now());
    assert!(listed(&paper, "/sport").await.is_empty());
    assert!(!ask(&paper, "/feeds/sport.xml", "").await.contains("<item>"));
    paper.mend_listing("sport", now());
    assert_eq!(listed(&paper, "/sport").await.len(), 2);
    paper.set_down(true);
    assert_eq!(
        status(&paper, "/sport").await,
        "HTTP/1.1 503 Service Unavailable"
    );
    paper.set_down(false);
    assert_eq!(status(&paper, "/sport").await, "HTTP/1.1 200 OK");
}

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again_and_everything_is_counted() {
    let paper = opened().await;
    let first = ask(&paper, "/politics", "").await.to_lowercase();
    let mark = first
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap()
        .replace("w/", "W/");
    for (headers, modified) in [
        (format!("If-None-Match: {mark}\r\n"), false),
        (format!("If-None-Match: \"x\", {mark}\r\n"), false),
        ("If-None-Match: \"x\"\r\n".to_owned(), true),
        (
            "If-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT\r\n".to_owned(),
            true,
        ),
    ] {
        let answer = ask(&paper, "/politics", &headers).await;
        assert_eq!(answer.starts_with("HTTP/1.1 200"), modified, "{headers}");
        assert_eq!(answer.starts_with("HTTP/1.1 304"), !modified, "{headers}");
    }
    let since = |date: &str| format!("If-Modified-Since: {date}\r\n");
    let picture = "/media/lighthouse-poems.png";
    for (date, status) in [
        ("Sun, 01 Mar 2026 11:13:00 GMT", "304"),
        ("Sun, 01 Mar 2026 11:12:59 GMT", "200"),
    ] {
        let answer = ask(&paper, picture, &since(date)).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{date}");
    }
    let asked = |requests, conditional, not_modified| Asked {
        requests,
        conditional,
        not_modified,
    };
    let expected = [
        ("/media/lighthouse-poems.png".to_owned(), asked(2, 2, 1)),
        ("/politics".to_owned(), asked(5, 4, 2)),
    ];
    assert_eq!(paper.asked(), BTreeMap::from(expected));
}

#[tokio::test]
async fn texts_are_packed_for_those_who_can_unpack_them() {
    let paper = opened().await;
    for (path, packed) in [
        ("/politics", true),
        ("/feeds/sport.xml", true),
        ("/media/lighthouse-poems.png", false),
    ] {
        let answer = ask(&paper, path, "Accept-Encoding: gzip, br\r\n").await;
        assert_eq!(answer.contains("content-encoding: gzip"), packed, "{path}");
    }
}

#[tokio::test]
async fn its_configuration_is_ready_to_use() {
    let paper = opened().await;
    let text = paper.config_toml(
        Path::new("/tmp/a \"b\"/demo.db"),
        "127.0.0.1:8080".parse().unwrap(),
    );
    let table: toml::Table = toml::from_str(&text).unwrap();
    assert_eq!(
        table["store"]["path"].as_str(),
        Some("/tmp/a \"b\"/demo.db")
    );
    assert_eq!(table["server"]["listen"].as_str(), Some("127.0.0.1:8080"));
    let home = format!("http://{}/", paper.address());
    assert_eq!(table["site"][0]["url"].as_str(), Some(home.as_str()));
}

#[tokio::test]
async fn it_prints_by_itself_at_a_pace() {
    let paper = opened().await;
    paper.keep_publishing(Duration::from_millis(2)).await;
    assert_eq!(paper.publish(1, now()), 0);
    let path = paper.story_path("second-estimate-is-lower").unwrap();
    assert!(ask(&paper, &path, "").await.contains("Correction:"));
}
