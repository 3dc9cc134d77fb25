//! What goes beyond a bound → a sentence in time.

use super::*;

#[tokio::test]
async fn a_page_is_read_up_to_its_bound_however_it_comes() {
    let packed = |bytes: &[u8], head: &str| Reply::Bytes(with_bytes("200 OK", head, &gzip(bytes)));
    let zeros = vec![b' '; 50_000_000];
    let server = Server::start(&[
        ("/fits", Reply::Flood(CHUNKED, 900_000)),
        ("/huge", Reply::Flood(CHUNKED, 50_000_000)),
        ("/bomb", packed(&zeros, "Content-Encoding: gzip\r\n")),
        (
            "/bomb.xml.gz",
            packed(&zeros, "Content-Type: application/gzip\r\n"),
        ),
        (
            "/map.xml.gz",
            packed(b"<urlset/>", "Content-Type: application/octet-stream\r\n"),
        ),
        ("/packed", packed(b"<p>a</p>", "Content-Encoding: gzip\r\n")),
        (
            "/cut.gz",
            Reply::Bytes(with_bytes("200 OK", "", &gzip(b"<urlset/>")[..15])),
        ),
    ])
    .await;
    let mut fetcher = fetcher(&politeness());
    let too_large = |path: &str| {
        format!(
            "HERE{path} is larger than 1000000 bytes and was not read to its end; `page_bytes` allows more"
        )
    };
    assert_eq!(
        told(&mut fetcher, &server, &server.url("/fits"))
            .await
            .len(),
        917_504
    );
    for (path, told_text) in [
        ("/huge", too_large("/huge")),
        ("/bomb", too_large("/bomb")),
        ("/bomb.xml.gz", too_large("/bomb.xml.gz")),
        ("/map.xml.gz", "<urlset/>".to_owned()),
        ("/packed", "<p>a</p>".to_owned()),
    ] {
        assert_eq!(
            told(&mut fetcher, &server, &server.url(path)).await,
            told_text
        );
    }
    let cut = told(&mut fetcher, &server, &server.url("/cut.gz")).await;
    assert!(
        cut.starts_with("the answer of HERE/cut.gz is broken: its gzip file is damaged"),
        "{cut}"
    );
}

#[tokio::test]
async fn what_is_not_text_is_not_read() {
    let typed = |media_type: &str, body: &[u8]| {
        Reply::Bytes(with_bytes(
            "200 OK",
            &format!("Content-Type: {media_type}\r\n"),
            body,
        ))
    };
    let server = Server::start(&[
        ("/a.jpg", typed("image/jpeg", b"\xff\xd8\xff\xe0")),
        ("/a.pdf", typed("text/html", b"%PDF-1.7")),
        ("/a.bin", typed("application/octet-stream", &[0, 1, 2, 3])),
        (
            "/a.txt",
            typed(
                "application/octet-stream",
                b"a\0b, with one stray character",
            ),
        ),
        ("/empty", typed("text/html", b"")),
    ])
    .await;
    let mut fetcher = fetcher(&politeness());
    for (path, sentence) in [
        (
            "/a.jpg",
            "HERE/a.jpg is a picture, not a page, a feed or another text; is the address right?",
        ),
        (
            "/a.pdf",
            "HERE/a.pdf is a PDF document, not a page, a feed or another text; is the address right?",
        ),
        (
            "/a.bin",
            "HERE/a.bin is a binary file, not a page, a feed or another text; is the address right?",
        ),
        ("/a.txt", "ab, with one stray character"),
        ("/empty", ""),
    ] {
        assert_eq!(
            told(&mut fetcher, &server, &server.url(path)).await,
            sentence
        );
    }
}

#[tokio::test]
async fn an_answer_that_does_not_end_ends_in_time() {
    let pause = Duration::from_millis(20);
    let server = Server::start(&[
        ("/drip", Reply::Drip(CHUNKED, pause)),
        ("/head", Reply::Drip("HTTP/1.1 200 OK\r\nX-Slow: ", pause)),
    ])
    .await;
    let hasty = Politeness {
        timeout: Duration::from_millis(300),
        ..politeness()
    };
    let mut fetcher = fetcher(&hasty);
    for path in ["/drip", "/head"] {
        let start = Instant::now();
        let sentence = told(&mut fetcher, &server, &server.url(path)).await;
        assert_eq!(
            sentence,
            format!("HERE{path} did not answer in full within 0.3 s; `timeout` allows more")
        );
        assert!(start.elapsed() < Duration::from_secs(3), "{path}");
    }
}

#[tokio::test]
async fn private_addresses_are_refused_written_out_behind_a_redirect_and_behind_a_name() {
    let server = Server::start(&[("/a", html("a"))]).await;
    let strict = Politeness {
        private_network: false,
        ..politeness()
    };
    for (url, address) in [
        (server.url("/a"), "127.0.0.1"),
        (server.url_by_name("/a"), "127.0.0.1"),
        (Url::parse("http://2130706433/a").unwrap(), "127.0.0.1"),
        (
            Url::parse("http://169.254.169.254/latest/meta-data/").unwrap(),
            "169.254.169.254",
        ),
        (
            Url::parse("http://[::ffff:10.0.0.1]/").unwrap(),
            "::ffff:10.0.0.1",
        ),
    ] {
        let error = fetcher(&strict)
            .get(&url, &Validator::default())
            .await
            .unwrap_err();
        let by_name = |address: &str| {
            format!(
                "{url} leads to {address}, which is not on the public internet; `private_network = true` for \
                 the site allows it"
            )
        };
        let sentence = error.to_string();
        assert!(
            sentence == by_name(address) || sentence == by_name("::1"),
            "{sentence}"
        );
        assert!(error.is_permanent());
    }
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn a_redirect_does_not_lead_past_the_guard() {
    // The first hop goes through a proxy, which stands for a public site that sends us inside.
    let proxy = Server::start(&[("http://news.example/a", to("http://127.0.0.1:1/admin"))]).await;
    let strict = Politeness {
        private_network: false,
        proxy: Some(proxy.url("/")),
        ..politeness()
    };
    let url = Url::parse("http://news.example/a").unwrap();
    let error = fetcher(&strict)
        .get(&url, &Validator::default())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "http://127.0.0.1:1/admin leads to 127.0.0.1, which is not on the public internet; \
         `private_network = true` for the site allows it"
    );
    assert_eq!(proxy.paths(), ["http://news.example/a"]);
}

#[tokio::test]
async fn only_addresses_on_the_web_are_asked_for() {
    for url in [
        "ftp://news.example/a",
        "file:///etc/passwd",
        "data:text/html,a",
        "mailto:a@news.example",
    ] {
        let error = get(&Url::parse(url).unwrap()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{url} is not an address on the web; `http://` and `https://` are")
        );
    }
}
