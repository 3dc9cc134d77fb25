//! A reader of feeds: an address → the answer, and what a feed in it shows.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// Asks the server at `address` for `path`.
pub async fn get(address: SocketAddr, path: &str) -> Answer {
    try_get(address, path).await.unwrap()
}

/// The same where nobody may answer.
pub async fn try_get(address: SocketAddr, path: &str) -> std::io::Result<Answer> {
    ask(TcpStream::connect(address).await?, path, "").await
}

/// Asks whoever holds the other end of `stream`, with further lines in the request's head.
pub async fn ask(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    path: &str,
    lines: &str,
) -> std::io::Result<Answer> {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: feeds.test\r\nConnection: close\r\n{lines}\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    Ok(Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        body: bytes[end + 4..].to_vec(),
        head,
    })
}

impl Answer {
    pub fn field(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The items of a JSON Feed.
    pub fn items(&self) -> Vec<Value> {
        assert_eq!(self.status, 200, "{}", self.head);
        self.json()["items"].as_array().unwrap().clone()
    }
}

/// What every format says of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    pub id: String,
    pub title: String,
    pub text: bool,
}

/// The entries of a feed in any format; `text` says whether the full text has `words`.
pub fn shown(answer: &Answer, words: &str) -> Vec<Shown> {
    assert_eq!(answer.status, 200, "{}", answer.head);
    let is_json = answer.field("content-type").unwrap().contains("json");
    let mut shown: Vec<Shown> = if is_json {
        answer
            .items()
            .iter()
            .map(|item| Shown {
                id: text(&item["id"]),
                title: text(&item["title"]),
                text: text(&item["content_html"]).contains(words),
            })
            .collect()
    } else {
        let feed = feed_rs::parser::Builder::new()
            .sanitize_content(false)
            .build()
            .parse(&answer.body[..])
            .unwrap();
        let entry = |entry: feed_rs::model::Entry| Shown {
            id: entry.id,
            title: entry.title.map(|title| title.content).unwrap_or_default(),
            text: entry
                .content
                .and_then(|content| content.body)
                .is_some_and(|body| body.contains(words)),
        };
        feed.entries.into_iter().map(entry).collect()
    };
    shown.sort();
    shown
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
