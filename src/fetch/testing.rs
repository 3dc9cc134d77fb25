//! A server for tests: paths and what they answer → a real socket on this machine, and what was asked of it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::config::Politeness;

/// How a client begins that speaks TLS; this server does not.
const TLS_HANDSHAKE: u8 = 0x16;

/// What a path answers.
#[derive(Clone)]
pub enum Reply {
    /// These bytes, head and all.
    Bytes(Vec<u8>),
    /// A head, then a body of zeros of so many bytes.
    Flood(&'static str, usize),
    /// A head, then a byte of body every so often, for ever.
    Drip(&'static str, Duration),
    /// Nothing: the connection is closed.
    Close,
    /// Nothing the first time, these bytes from then on.
    CloseOnce(&'static str),
}

/// A server that answers until it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Starts a server whose paths answer as `replies` says; every other path is answered with 404.
    pub async fn start(replies: &[(&str, Reply)]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let replies: Arc<HashMap<String, Reply>> = Arc::new(
            replies
                .iter()
                .map(|(path, reply)| ((*path).to_owned(), reply.clone()))
                .collect(),
        );
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (replies, heard) = (Arc::clone(&replies), Arc::clone(&heard));
                tokio::spawn(async move { converse(stream, &replies, &heard).await });
            }
        });
        Server {
            address,
            asked,
            task,
        }
    }

    /// The address of `path` on this server.
    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The same by another name of this machine.
    pub fn url_by_name(&self, path: &str) -> Url {
        Url::parse(&format!("http://localhost:{}{path}", self.address.port())).unwrap()
    }

    /// The heads of all requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths of all requests so far.
    pub fn paths(&self) -> Vec<String> {
        let path = |head: &String| head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.asked().iter().map(path).collect()
    }

    /// The head of the last request for `path`.
    pub fn head_of(&self, path: &str) -> String {
        let start = format!("GET {path} ");
        let heads = self.asked();
        heads
            .iter()
            .rfind(|head| head.starts_with(&start))
            .unwrap()
            .to_lowercase()
    }
}

async fn converse(
    mut stream: TcpStream,
    replies: &HashMap<String, Reply>,
    heard: &Mutex<Vec<String>>,
) -> Option<()> {
    let head = head(&mut stream).await?;
    let path = head.split(' ').nth(1)?.to_owned();
    let before = {
        let mut heard = heard.lock().unwrap();
        heard.push(head);
        heard
            .iter()
            .filter(|head| head.split(' ').nth(1) == Some(&path))
            .count()
            - 1
    };
    match replies.get(&path).cloned() {
        Some(Reply::Bytes(bytes)) => stream.write_all(&bytes).await.ok()?,
        Some(Reply::CloseOnce(text)) if before > 0 => {
            stream.write_all(text.as_bytes()).await.ok()?
        }
        Some(Reply::Close | Reply::CloseOnce(_)) => {}
        Some(Reply::Flood(head, bytes)) => flood(&mut stream, head, bytes).await?,
        Some(Reply::Drip(head, pause)) => drip(&mut stream, head, pause).await?,
        None => stream
            .write_all(&ok("404 Not Found", "", "not here"))
            .await
            .ok()?,
    }
    stream.shutdown().await.ok()
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
        if head == [TLS_HANDSHAKE] {
            stream
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .ok()?;
            while stream.read_u8().await.is_ok() {}
        }
    }
    String::from_utf8(head).ok()
}

async fn flood(stream: &mut TcpStream, head: &str, bytes: usize) -> Option<()> {
    stream.write_all(head.as_bytes()).await.ok()?;
    let block = vec![b' '; 64 * 1024];
    for _ in 0..bytes.div_ceil(block.len()) {
        stream.write_all(&block).await.ok()?;
    }
    Some(())
}

async fn drip(stream: &mut TcpStream, head: &str, pause: Duration) -> Option<()> {
    stream.write_all(head.as_bytes()).await.ok()?;
    loop {
        stream.write_all(b"x").await.ok()?;
        tokio::time::sleep(pause).await;
    }
}

/// An answer with a status, further header lines (each ended by a line break) and a text.
pub fn ok(status: &str, headers: &str, body: &str) -> Vec<u8> {
    with_bytes(status, headers, body.as_bytes())
}

/// The same with any bytes as its body.
pub fn with_bytes(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A page of HTML.
pub fn html(body: &str) -> Reply {
    Reply::Bytes(ok(
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        body,
    ))
}

/// An answer without a body.
pub fn status(status: &str, headers: &str) -> Reply {
    Reply::Bytes(ok(status, headers, ""))
}

/// A redirect.
pub fn to(location: &str) -> Reply {
    status("302 Found", &format!("Location: {location}\r\n"))
}

/// How tests treat a site on this machine: no pause, short waits, small pages.
pub fn politeness() -> Politeness {
    Politeness {
        pause: Duration::ZERO,
        timeout: Duration::from_secs(5),
        page_bytes: 1_000_000,
        robots: false,
        user_agent: "feedwright/0 (test; +https://feeds.example/)".to_owned(),
        headers: Vec::new(),
        cookies: Vec::new(),
        proxy: None,
        private_network: true,
    }
}
