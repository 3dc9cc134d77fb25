//! What a site may answer → a page, or a sentence.

use super::*;

#[tokio::test]
async fn a_page_is_its_text_and_what_its_head_says() {
    let head = "Content-Type: Text/HTML; charset=windows-1256\r\nContent-Language: ar\r\n\
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nETag: W/\"7\"\r\n\
                Last-Modified: Sun, 06 Nov 1994 07:00:00 GMT\r\n";
    let body = encoding_rs::WINDOWS_1256
        .encode("<p>غزة</p>")
        .0
        .into_owned();
    let server = Server::start(&[("/a", Reply::Bytes(with_bytes("200 OK", head, &body)))]).await;
    let mut url = server.url("/a");
    url.set_username("reader").unwrap();
    let Ok(Answer::Page(page)) = get(&url).await else {
        panic!("no page");
    };
    let expected = Page {
        url: server.url("/a"),
        text: "<p>غزة</p>".to_owned(),
        media_type: "text/html".to_owned(),
        language: Some("ar".to_owned()),
        date: Some("1994-11-06T08:49:37Z".parse().unwrap()),
        validator: Validator {
            etag: Some("W/\"7\"".to_owned()),
            last_modified: Some("Sun, 06 Nov 1994 07:00:00 GMT".to_owned()),
        },
    };
    assert_eq!(*page, expected);
}

#[tokio::test]
async fn a_page_that_did_not_change_is_asked_for_by_its_marks() {
    let server = Server::start(&[("/a", status("304 Not Modified", "")), ("/old", to("/a"))]).await;
    let marks = Validator {
        etag: Some("\"7\"".to_owned()),
        last_modified: Some("Sun, 06 Nov 1994 07:00:00 GMT".to_owned()),
    };
    let mut fetcher = fetcher(&politeness());
    for (path, with_date) in [("/a", true), ("/old", false)] {
        let answer = fetcher.get(&server.url(path), &marks).await;
        assert!(matches!(answer, Ok(Answer::NotModified)), "{path}");
        let head = server.head_of("/a");
        assert!(head.contains("if-none-match: \"7\""), "{path}");
        assert_eq!(
            head.contains("if-modified-since: sun, 06 nov"),
            with_date,
            "{path}"
        );
    }
}

#[tokio::test]
async fn each_status_that_is_no_page_is_a_sentence() {
    let server = Server::start(&[
        ("/410", status("410 Gone", "")),
        ("/401", status("401 Unauthorized", "")),
        ("/403", status("403 Forbidden", "")),
        ("/418", status("418 I'm a teapot", "")),
        ("/429", status("429 Too Many Requests", "Retry-After: 90\r\n")),
        ("/500", status("500 Internal Server Error", "")),
        (
            "/503",
            status(
                "503 Service Unavailable",
                "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:59:37 GMT\r\n",
            ),
        ),
        ("/304", status("304 Not Modified", "")),
    ])
    .await;
    // Path, sentence, gone, permanent, for the whole site, seconds to wait.
    for (path, sentence, gone, permanent, whole_site, wait) in [
        (
            "/404",
            "HERE/404 is gone: the site answered 404 Not Found",
            true,
            true,
            false,
            None,
        ),
        (
            "/410",
            "HERE/410 is gone: the site answered 410 Gone",
            true,
            true,
            false,
            None,
        ),
        (
            "/401",
            "HERE/401 answered 401 Unauthorized: the site refuses us; `headers` or `cookies` of a reader it knows, \
             or a `proxy`, may be set for it",
            false,
            false,
            true,
            None,
        ),
        (
            "/403",
            "HERE/403 answered 403 Forbidden: the site refuses us; `headers` or `cookies` of a reader it knows, \
             or a `proxy`, may be set for it",
            false,
            false,
            true,
            None,
        ),
        (
            "/418",
            "HERE/418 answered 418 I'm a teapot, which is no page; is the address right?",
            false,
            false,
            false,
            None,
        ),
        (
            "/429",
            "HERE/429 answered 429 Too Many Requests: the site wants to be asked less often; a longer `pause` or \
             `interval` would help (it asks for 90 s)",
            false,
            false,
            true,
            Some(90),
        ),
        (
            "/500",
            "HERE/500 answered 500 Internal Server Error: the site has trouble of its own and is asked again later",
            false,
            false,
            false,
            None,
        ),
        (
            "/503",
            "HERE/503 answered 503 Service Unavailable: the site has trouble of its own and is asked again later \
             (it asks for 600 s)",
            false,
            false,
            true,
            Some(600),
        ),
        (
            "/304",
            "HERE/304 answered 304 Not Modified, which is no page; is the address right?",
            false,
            false,
            false,
            None,
        ),
    ] {
        let error = get(&server.url(path)).await.unwrap_err();
        let here = format!("http://{}", server.address);
        assert_eq!(error.to_string().replace(&here, "HERE"), sentence);
        assert_eq!(error.is_gone(), gone, "{path}");
        assert_eq!(error.is_permanent(), permanent, "{path}");
        assert_eq!(error.is_for_whole_site(), whole_site, "{path}");
        assert_eq!(
            error.retry_after().map(|wait| wait.as_secs()),
            wait,
            "{path}"
        );
    }
}

#[tokio::test]
async fn redirects_are_followed_to_a_bound() {
    let mut replies: Vec<(String, Reply)> = (0..20)
        .map(|number| (format!("/r{number}"), to(&format!("/r{}", number + 1))))
        .collect();
    replies.push(("/loop".to_owned(), to("/back")));
    replies.push(("/back".to_owned(), to("loop")));
    replies.push(("/ftp".to_owned(), to("ftp://news.example/a")));
    replies.push(("/file".to_owned(), to("file:///etc/passwd")));
    replies.push(("/nowhere".to_owned(), to("http://[")));
    replies.push(("/r20".to_owned(), html("arrived")));
    replies.push((
        "/moved".to_owned(),
        status("301 Moved Permanently", "Location: ../r20#part\r\n"),
    ));
    let rows: Vec<(&str, Reply)> = replies
        .iter()
        .map(|(path, reply)| (path.as_str(), reply.clone()))
        .collect();
    let server = Server::start(&rows).await;
    let mut fetcher = fetcher(&politeness());
    for (path, sentence, requests) in [
        ("/r10", "arrived", 11),
        ("/moved", "arrived", 2),
        (
            "/r9",
            "HERE/r9 redirects more than 10 times; is the address right?",
            11,
        ),
        (
            "/loop",
            "HERE/loop leads back to itself: a redirect loop; does the site want a cookie, or another address?",
            4,
        ),
        (
            "/ftp",
            "HERE/ftp redirects to `ftp://news.example/a`, which is not an address on the web",
            1,
        ),
        (
            "/file",
            "HERE/file redirects to `file:///etc/passwd`, which is not an address on the web",
            1,
        ),
        (
            "/nowhere",
            "HERE/nowhere redirects to `http://[`, which is not an address on the web",
            1,
        ),
    ] {
        let before = server.asked().len();
        assert_eq!(
            told(&mut fetcher, &server, &server.url(path)).await,
            sentence
        );
        assert_eq!(server.asked().len() - before, requests, "{path}");
    }
}

#[tokio::test]
async fn a_connection_closed_without_a_word_is_tried_once_more() {
    let again = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhere again";
    let server = Server::start(&[
        ("/once", Reply::CloseOnce(again)),
        ("/always", Reply::Close),
    ])
    .await;
    let mut fetcher = fetcher(&politeness());
    assert_eq!(
        told(&mut fetcher, &server, &server.url("/once")).await,
        "here again"
    );
    let sentence = told(&mut fetcher, &server, &server.url("/always")).await;
    assert!(
        sentence.starts_with("the answer of HERE/always is broken: "),
        "{sentence}"
    );
    assert_eq!(server.paths(), ["/once", "/once", "/always", "/always"]);
}

#[tokio::test]
async fn an_answer_cut_short_is_no_page() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>only this".to_vec();
    let server = Server::start(&[("/cut", Reply::Bytes(cut))]).await;
    let sentence = told(&mut fetcher(&politeness()), &server, &server.url("/cut")).await;
    assert!(
        sentence.starts_with("the answer of HERE/cut is broken: "),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_a_sentence_for_the_whole_site() {
    let closed = Server::start(&[]).await.url("/a");
    let closed_error = get(&closed).await.unwrap_err();
    let sentence = closed_error.to_string();
    assert!(
        sentence.starts_with(&format!("cannot connect to the server of {closed}: ")),
        "{sentence}"
    );
    assert!(closed_error.is_for_whole_site());
    let nameless = Url::parse("http://no-such-name.invalid/a").unwrap();
    let error = get(&nameless).await.unwrap_err();
    let sentence = error.to_string();
    assert!(
        sentence.starts_with(
            "the name of the server of http://no-such-name.invalid/a cannot be looked up: "
        ),
        "{sentence}"
    );
    assert!(error.is_for_whole_site());
    let plain = Server::start(&[("/a", html("a"))]).await;
    let safe = Url::parse(&format!("https://{}/a", plain.address)).unwrap();
    let error = get(&safe).await.unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. }), "{error:?}");
}

#[tokio::test]
async fn a_head_that_is_not_quite_right_is_read_as_browsers_read_it() {
    let head = "HTTP/1.1 200 OK\r\nX Powered By: a blank\r\nContent-Type : text/html\r\nX-Long: one\r\n two\r\n\
                Connection: close\r\n\r\n<p>a";
    let server = Server::start(&[("/a", Reply::Bytes(head.into()))]).await;
    assert_eq!(
        told(&mut fetcher(&politeness()), &server, &server.url("/a")).await,
        "<p>a"
    );
}
