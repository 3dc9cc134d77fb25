//! The server as its clients see it: real sockets, bytes out and bytes in.

mod documents;
mod end;
mod front;
mod people;
mod private;
mod wire;

use std::io::Read;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::accept::Listener;
use super::listen::{Limits, Room, listen};
use super::{EntrySource, Newsstand, Which};
use crate::model::{Edition, Entry};
use crate::render::samples::{at, edition, entries, url};

/// A server on a port of its own, and what stands behind it.
struct Server {
    address: SocketAddr,
    newsstand: Arc<Newsstand>,
    store: Arc<Store>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

/// A store in memory that counts how often it is asked, and can fail.
struct Store {
    entries: Mutex<Vec<Arc<Entry>>>,
    asked: AtomicUsize,
    fails: AtomicBool,
}

impl Store {
    fn source(self: Arc<Store>) -> EntrySource {
        Arc::new(move |which: Which| {
            let store = self.clone();
            Box::pin(async move {
                store.asked.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                if store.fails.load(Ordering::SeqCst) {
                    anyhow::bail!("the disk is gone");
                }
                let entries = store.entries.lock().unwrap();
                Ok(match which {
                    Which::Numbered(numbers) => {
                        let wanted = numbers.iter().map(|number| number.0 as usize);
                        wanted.filter_map(|at| entries.get(at).cloned()).collect()
                    }
                    Which::Older { skip, most, .. } => {
                        entries.iter().skip(skip).take(most).cloned().collect()
                    }
                })
            })
        })
    }
}

const CACHE_BYTES: u64 = 10_000_000;

impl Server {
    async fn of(edition: Edition) -> Server {
        Server::within(Limits::default(), edition).await
    }

    async fn within(limits: Limits, edition: Edition) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Server::behind(Listener::Tcp(listener), address, limits, edition)
    }

    /// A server that takes connections from `listener`, which has this address if it has any.
    fn behind(listener: Listener, address: SocketAddr, limits: Limits, edition: Edition) -> Server {
        let store = Arc::new(Store {
            entries: Mutex::new(entries()),
            asked: AtomicUsize::new(0),
            fails: AtomicBool::new(false),
        });
        let public_url = url("https://feeds.example.org/");
        let source = store.clone().source();
        let newsstand = Newsstand::new(public_url, CACHE_BYTES, edition, source);
        let (stop, stopped) = oneshot::channel();
        let stand = newsstand.clone();
        let running = tokio::spawn(async move {
            let stop = async move {
                let _ = stopped.await;
            };
            listen(listener, &Room::of(limits), stand, stop).await;
        });
        Server {
            address,
            newsstand,
            store,
            stop: Some(stop),
            running,
        }
    }

    async fn start() -> Server {
        Server::of(edition()).await
    }

    /// Sends bytes as they are and reads until the server closes.
    async fn raw(&self, request: impl AsRef<[u8]>) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_ref()).await.unwrap();
        let mut bytes = Vec::new();
        let reading = stream.read_to_end(&mut bytes);
        tokio::time::timeout(Duration::from_secs(10), reading)
            .await
            .expect("the server neither answers nor closes")
            .unwrap();
        Answer::of(&bytes)
    }

    async fn ask(&self, method: &str, target: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: String = fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        self.raw(format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n"
        ))
        .await
    }

    async fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[]).await
    }
}

/// One response, taken apart.
#[derive(Clone, Debug, PartialEq)]
struct Answer {
    status: u16,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Answer {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let fields = lines.map(|line| line.split_once(": ").unwrap());
        Answer {
            status: status.parse().unwrap(),
            fields: fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    fn field(&self, name: &str) -> &str {
        let mut found = self.fields.iter().filter(|(other, _)| other == name);
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "{name} stands twice");
        first.map_or("", |(_, value)| value.as_str())
    }

    /// Status and fields, but for the date, which is another each second.
    fn lasting(&self) -> (u16, Vec<(String, String)>) {
        let mut fields = self.fields.clone();
        fields.retain(|(name, _)| name != "date");
        (self.status, fields)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

const FEED: &str = "/courier/world.rss";
