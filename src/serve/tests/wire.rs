//! Requests of every form, and clients of every manner.

use tokio::net::{UnixListener, UnixStream};

use super::*;

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
            assert_eq!(head.lasting(), get.lasting(), "{target} {coding}");
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

fn short(head_ms: u64, connections: usize) -> Limits {
    Limits {
        connections,
        head: Duration::from_millis(head_ms),
        drain: Duration::from_secs(2),
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
    // Once the store is asked, the answer is under way.
    while server.store.asked.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    server.stop.take().unwrap().send(()).unwrap();
    let begun = Instant::now();
    let mut bytes = Vec::new();
    busy.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(Answer::of(&bytes).status, StatusCode::OK.as_u16());
    let _ = idle.read(&mut [0; 1]).await;
    (&mut server.running).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(TcpStream::connect(server.address).await.is_err());
}

/// As much text as a feed may show, so that some answers fill every buffer of the system.
pub(super) fn vast() -> Arc<Entry> {
    let mut entry = entries()[0].as_ref().clone();
    entry.article.body.html = "<p>On and on.</p>".repeat(15_000);
    Arc::new(entry)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_client_that_takes_in_nothing_is_cut() {
    let limits = Limits {
        stall: Duration::from_secs(1),
        ..short(20_000, 1)
    };
    let server = Server::within(limits, edition()).await;
    server.store.entries.lock().unwrap()[0] = vast();
    let mut greedy = TcpStream::connect(server.address).await.unwrap();
    let request = format!("GET {FEED} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(30);
    greedy.write_all(request.as_bytes()).await.unwrap();
    // The only place is free again once the greedy client has lost it; `get` waits ten seconds at most.
    assert_eq!(server.get("/robots.txt").await.status, 200);
}

#[tokio::test]
async fn a_program_that_takes_in_nothing_through_a_unix_socket_is_cut() {
    // What hyper is asked for first stays with hyper.
    for opening in ["", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let listener = Listener::Unix(UnixListener::bind(&path).unwrap());
        let limits = Limits {
            stall: Duration::from_secs(1),
            ..short(20_000, 1)
        };
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::behind(listener, nowhere, limits, edition());
        server.store.entries.lock().unwrap()[0] = vast();
        let mut greedy = UnixStream::connect(&path).await.unwrap();
        let request = format!("GET {FEED} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(30);
        greedy.write_all(opening.as_bytes()).await.unwrap();
        greedy.write_all(request.as_bytes()).await.unwrap();
        // The only place is free again once the greedy client has lost it.
        let mut patient = UnixStream::connect(&path).await.unwrap();
        let request = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        patient.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        let answered =
            tokio::time::timeout(Duration::from_secs(10), patient.read_to_end(&mut bytes));
        answered
            .await
            .expect("the greedy client keeps its place")
            .unwrap();
        assert_eq!(Answer::of(&bytes).status, 200, "{opening}");
    }
}
