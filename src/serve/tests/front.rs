//! The front beside hyper: whoever answers, the answer is the same byte for byte.

use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::*;

/// A request that the front passes on, with its connection.
const UNUSUAL: &str = "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n";

const LAST: &str = "GET /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// Sends bytes and reads until the server closes. Dates are left out: two answers may stand on both sides of a second's end.
async fn talk(server: &Server, request: &[u8]) -> Vec<String> {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut bytes = Vec::new();
    let reading = stream.read_to_end(&mut bytes);
    let read = tokio::time::timeout(Duration::from_secs(10), reading).await;
    // A server that has refused a request may close while others are still under way to it.
    let _ = read.expect("the server neither answers nor closes");
    let text = String::from_utf8_lossy(&bytes);
    let lines = text
        .split("\r\n")
        .filter(|line| !line.starts_with("date: "));
    lines.map(str::to_owned).collect()
}

/// What the front answers, and what hyper answers.
async fn both(server: &Server, request: &[u8]) -> [Vec<String>; 2] {
    let front = talk(server, &[request, LAST.as_bytes()].concat()).await;
    let hyper = talk(
        server,
        &[UNUSUAL.as_bytes(), request, LAST.as_bytes()].concat(),
    )
    .await;
    let first = hyper.iter().position(String::is_empty).unwrap() + 1;
    [front, hyper[first..].to_vec()]
}

/// Everything is asked for once, so that it is ready and at hand.
async fn warm() -> Server {
    let server = Server::within(
        Limits {
            head: Duration::from_millis(200),
            ..Limits::default()
        },
        edition(),
    )
    .await;
    for coding in ["identity", "gzip", "br", "zstd"] {
        for target in TARGETS {
            let answer = server
                .ask("GET", target, &[("Accept-Encoding", coding)])
                .await;
            assert!(answer.status < 500, "{target}");
        }
    }
    server
}

const TARGETS: [&str; 6] = [
    FEED,
    "/all.atom",
    "/",
    "/courier/world?page=1",
    "/Courier/World.rss",
    "/nothing",
];

/// Lines that stand below a request's first.
fn fields(etag: &str, modified: &str) -> Vec<String> {
    let packed = format!("{}-gzip\"", etag.trim_end_matches('"'));
    let mut fields: Vec<String> = [
        "Host: a",
        "Host: a:80",
        "Host: u@a",
        "host:",
        "Host : a",
        "Accept-Encoding: gzip",
        "accept-encoding:br;q=0.5 ,\tzstd",
        "Accept-Encoding: *;q=0",
        "Accept-Encoding: gz\u{e9}p",
        "If-None-Match: *",
        "If-None-Match: W/\"x\", nope",
        "If-Match: \"x\"",
        "If-Modified-Since: yesterday",
        "If-Unmodified-Since: Fri, 20 Nov 1998 19:45:00 GMT",
        "Connection: keep-alive",
        "Connection: Close",
        "Connection: keep-alive, close",
        "Connection: upgrade",
        "Upgrade: h2c",
        "Expect: 100-continue",
        "Content-Length: 0",
        "Content-Length: x",
        "Transfer-Encoding: chunked",
        "Range: bytes=0-9",
        "User-Agent: reader/1.0",
        "Cookie: a=b; c=\"d\"",
        " folded",
        "no field",
        ": nameless",
        "X-\u{1}: y",
        "X-A: \u{0}",
        "X-A:",
    ]
    .map(str::to_owned)
    .to_vec();
    fields.push(format!("If-None-Match: {etag}"));
    fields.push(format!("IF-NONE-MATCH:   {packed}  "));
    fields.push(format!("If-Modified-Since: {modified}"));
    fields.push(format!("If-Match: {etag}"));
    fields
}

#[tokio::test]
async fn every_field_is_answered_alike() {
    let server = warm().await;
    let answer = server.get(FEED).await;
    let (etag, modified) = (answer.field("etag"), answer.field("last-modified"));
    for method in ["GET", "HEAD"] {
        for target in TARGETS {
            for field in fields(etag, modified) {
                for host in ["Host: a\r\n", ""] {
                    let request = format!("{method} {target} HTTP/1.1\r\n{host}{field}\r\n\r\n");
                    let [front, hyper] = both(&server, request.as_bytes()).await;
                    assert_eq!(front, hyper, "{request:?}");
                }
            }
        }
    }
}

#[test]
fn mangled_requests_are_answered_alike() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(warm());
    let answer = runtime.block_on(server.get(FEED));
    let fields = fields(answer.field("etag"), answer.field("last-modified"));
    let first = "(GET|HEAD|GET|POST|get|G T|) {1,2}(/courier/world.rss|/all.atom|/|/%zz|//|/a#b|/a\\?|\\*|http://a/|\u{e9}) HTTP/(1.1|1.1|1.1|1.0|2.0|x)";
    let lines = prop::collection::vec(prop::sample::select(fields), 0..5);
    let ends = prop::sample::select(vec!["\r\n", "\r\n", "\n", "\r"]);
    let request = (first, lines, ends).prop_map(|(first, lines, end)| {
        let lines = lines.into_iter().map(|line| line + end);
        format!("{first}{end}Host: a{end}{}{end}", lines.collect::<String>())
    });
    let requests = prop::collection::vec(request, 1..4);
    let config = ProptestConfig {
        failure_persistence: None,
        cases: 200,
        ..ProptestConfig::default()
    };
    proptest!(config, |(requests in requests)| {
        let [front, hyper] = runtime.block_on(both(&server, requests.concat().as_bytes()));
        prop_assert_eq!(front, hyper);
    });
}

#[tokio::test]
async fn a_large_document_is_whole_however_often_it_is_asked_for() {
    let server = Server::start().await;
    server.store.entries.lock().unwrap()[0] = wire::vast();
    let whole = server.get(FEED).await.body;
    assert!(whole.len() > 200_000, "{}", whole.len());
    let request = format!("GET {FEED} HTTP/1.1\r\nHost: a\r\n\r\n").repeat(5) + LAST;
    let answer = server.raw(request).await;
    let mut rest = answer.body.as_slice();
    for _ in 0..5 {
        let (body, behind) = rest.split_at(whole.len());
        assert!(body == whole);
        let end = behind
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        rest = &behind[end + 4..];
    }
}

#[tokio::test]
async fn thousands_of_requests_at_once_are_all_answered_and_hold_up_nobody() {
    const MANY: usize = 10_000;
    let server = warm().await;
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let requests = "GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n".repeat(MANY - 1) + LAST;
    let asking = tokio::spawn(async move { writing.write_all(requests.as_bytes()).await });
    for _ in 0..5 {
        let begun = Instant::now();
        assert_eq!(server.get(FEED).await.status, 200);
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
    let mut bytes = Vec::new();
    reading.read_to_end(&mut bytes).await.unwrap();
    asking.await.unwrap().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let lines = text.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]);
    let mut counts = std::collections::BTreeMap::new();
    lines.for_each(|status| *counts.entry(status).or_insert(0) += 1);
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("200", MANY)]);
}
