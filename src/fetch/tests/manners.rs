//! How a site is asked: who we say we are, robots.txt, pauses, headers and cookies.

use super::*;

#[tokio::test]
async fn every_request_says_who_asks_and_what_for() {
    let server = Server::start(&[("/a", html("a"))]).await;
    get(&server.url("/a")).await.unwrap();
    let mut lines: Vec<String> = server.head_of("/a").lines().map(str::to_owned).collect();
    lines.retain(|line| !line.is_empty());
    lines.sort();
    assert_eq!(
        lines,
        [
            "accept-encoding: zstd,gzip,deflate,br".to_owned(),
            "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8".to_owned(),
            "get /a http/1.1".to_owned(),
            format!("host: {}", server.address),
            "user-agent: feedwright/0 (test; +https://feeds.example/)".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_cookie_that_a_redirect_sets_is_there_at_the_next_hop() {
    let set = "Location: /a\r\nSet-Cookie: seen=yes; Path=/\r\n";
    let server = Server::start(&[("/a", html("a")), ("/start", status("302 Found", set))]).await;
    let given = Politeness {
        cookies: vec![("consent".to_owned(), "all".to_owned())],
        ..politeness()
    };
    let mut fetcher = fetcher(&given);
    told(&mut fetcher, &server, &server.url("/start")).await;
    assert!(server.head_of("/start").contains("cookie: consent=all\r\n"));
    let head = server.head_of("/a");
    assert!(
        head.contains("seen=yes") && head.contains("consent=all"),
        "{head}"
    );
}

#[tokio::test]
async fn headers_of_the_configuration_go_to_the_sites_own_servers_only() {
    let other = Server::start(&[("/a", html("a"))]).await;
    let own = Server::start(&[
        ("/a", html("a")),
        ("/away", to(other.url_by_name("/a").as_str())),
    ])
    .await;
    let given = Politeness {
        headers: vec![("x-key".parse().unwrap(), "secret".parse().unwrap())],
        cookies: vec![("key".to_owned(), "secret".to_owned())],
        ..politeness()
    };
    let mut fetcher = fetcher(&given);
    for url in [
        own.url("/a"),
        own.url("/away"),
        other.url_by_name("/a"),
        own.url_by_name("/a"),
    ] {
        told(&mut fetcher, &own, &url).await;
    }
    let heads = own.asked();
    let secrets: Vec<bool> = heads
        .iter()
        .map(|head| head.contains("x-key: secret"))
        .collect();
    assert_eq!(
        secrets,
        [true, true, false],
        "the name of this machine is another server than its number"
    );
    assert!(heads[0].to_lowercase().contains("cookie: key=secret"));
    assert_eq!(other.asked().len(), 2);
    assert!(other.asked().iter().all(|head| !head.contains("secret")));
}

#[tokio::test]
async fn robots_txt_is_asked_for_once_and_obeyed() {
    let server = Server::start(&[
        (
            "/robots.txt",
            robots("User-agent: *\nDisallow: /private/\n"),
        ),
        ("/a", html("a")),
        ("/private/b", html("b")),
        ("/way-in", to("/private/b")),
    ])
    .await;
    let mut fetcher = fetcher(&obedient());
    for (path, sentence) in [
        ("/a", "a"),
        (
            "/private/b",
            "robots.txt of the site does not let `feedwright` read HERE/private/b; `robots = false` for the site \
             reads it all the same, where its owner agrees",
        ),
        (
            "/way-in",
            "robots.txt of the site does not let `feedwright` read HERE/private/b; `robots = false` for the site \
             reads it all the same, where its owner agrees",
        ),
    ] {
        assert_eq!(
            told(&mut fetcher, &server, &server.url(path)).await,
            sentence
        );
    }
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/way-in"]);
}

#[tokio::test]
async fn robots_txt_that_cannot_be_read_closes_the_site_and_one_that_is_not_there_opens_it() {
    let long = format!("User-agent: *\n{}Disallow: /\n", "# long\n".repeat(80_000));
    for (reply, sentence) in [
        (status("404 Not Found", ""), "a"),
        (status("403 Forbidden", ""), "a"),
        (to("/robots.txt"), "a"),
        (to("/elsewhere"), "a"),
        (robots(&long), "a"),
        (
            status("500 Internal Server Error", ""),
            "HERE/a is not asked for before the site's robots.txt can be read: HERE/robots.txt answered 500 Internal \
             Server Error; `robots = false` for the site does without it, where its owner agrees",
        ),
        (
            status("429 Too Many Requests", "Retry-After: 60\r\n"),
            "HERE/a is not asked for before the site's robots.txt can be read: HERE/robots.txt answered 429 Too Many \
             Requests; `robots = false` for the site does without it, where its owner agrees",
        ),
        (
            Reply::Drip(CHUNKED, Duration::from_secs(60)),
            "HERE/a is not asked for before the site's robots.txt can be read: the answer of HERE/robots.txt broke off; \
             `robots = false` for the site does without it, where its owner agrees",
        ),
    ] {
        let server = Server::start(&[("/robots.txt", reply), ("/a", html("a"))]).await;
        let hasty = Politeness {
            timeout: Duration::from_millis(500),
            ..obedient()
        };
        let mut fetcher = fetcher(&hasty);
        assert_eq!(
            told(&mut fetcher, &server, &server.url("/a")).await,
            sentence
        );
        assert_eq!(
            told(&mut fetcher, &server, &server.url("/a")).await,
            sentence,
            "the second time"
        );
        assert!(
            server
                .paths()
                .iter()
                .filter(|path| *path == "/robots.txt")
                .count()
                <= 6
        );
    }
}

#[tokio::test]
async fn requests_keep_the_pause_that_is_longest() {
    let millis = Duration::from_millis;
    for (pause, crawl_delay, least) in [
        (millis(120), "", millis(240)),
        (millis(0), "Crawl-delay: 0.15", millis(300)),
    ] {
        let server = Server::start(&[
            (
                "/robots.txt",
                robots(&format!("User-agent: *\n{crawl_delay}\n")),
            ),
            ("/a", html("a")),
        ])
        .await;
        let mut fetcher = fetcher(&Politeness {
            pause,
            ..obedient()
        });
        let start = Instant::now();
        for _ in 0..2 {
            assert_eq!(told(&mut fetcher, &server, &server.url("/a")).await, "a");
        }
        assert_eq!(server.paths(), ["/robots.txt", "/a", "/a"]);
        assert!(start.elapsed() >= least, "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn a_configured_site_has_several_servers_of_its_own() {
    let server = Server::start(&[("/a", html("a"))]).await;
    let mut fetcher = fetcher(&Politeness {
        headers: vec![("x-key".parse().unwrap(), "secret".parse().unwrap())],
        ..politeness()
    });
    fetcher.call_own(&Url::parse("http://news.example/").unwrap());
    fetcher.call_own(&Url::parse("https://safe.example/").unwrap());
    fetcher.call_own(&server.url("/sections"));
    told(&mut fetcher, &server, &server.url("/a")).await;
    assert!(server.head_of("/a").contains("x-key: secret"));
    for (url, own) in [
        ("http://news.example/x", true),
        ("https://news.example/x", true),
        ("https://news.example:8443/x", false),
        ("http://www.news.example/x", false),
        ("https://safe.example/x", true),
        ("http://safe.example/x", false),
        ("http://other.example/x", false),
    ] {
        assert_eq!(fetcher.is_own(&Url::parse(url).unwrap()), own, "{url}");
    }
}
