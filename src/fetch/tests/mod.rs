//! What a site may do, through real sockets.

mod answers;
mod bounds;
mod hub;
mod manners;

use std::io::Write;
use std::time::{Duration, Instant};

use super::testing::{Reply, Server, html, ok, politeness, status, to, with_bytes};
use super::*;

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";

fn fetcher(politeness: &Politeness) -> Fetcher {
    Fetcher::new(politeness).unwrap()
}

async fn get(url: &Url) -> Result<Answer, FetchError> {
    fetcher(&politeness()).get(url, &Validator::default()).await
}

/// What `url` answers, the server's own address written as `HERE`.
async fn told(fetcher: &mut Fetcher, server: &Server, url: &Url) -> String {
    let told = match fetcher.get(url, &Validator::default()).await {
        Ok(Answer::Page(page)) => page.text,
        Ok(Answer::NotModified) => "not modified".to_owned(),
        Err(error) => error.to_string(),
    };
    told.replace(&format!("http://{}", server.address), "HERE")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn robots(text: &str) -> Reply {
    Reply::Bytes(ok("200 OK", "Content-Type: text/plain\r\n", text))
}

fn obedient() -> Politeness {
    Politeness {
        robots: true,
        ..politeness()
    }
}
