//! Sockets → requests, and responses back: hyper around [`Newsstand`], with a bound on everything a client may hold.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Newsstand;

/// What clients may hold of the server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Connections at one time; further ones wait in the system's queue. A silent one costs about 10 kB.
    pub connections: usize,
    /// Longest time for the head of a request, and for a kept connection without one: readers come once in many minutes, so
    /// an open connection is worth little to them, and a slow head is no reader's.
    pub head: Duration,
    /// Longest time in which a client takes in nothing of what is sent to it.
    pub stall: Duration,
    /// Longest time for responses under way when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 4_000,
            head: Duration::from_secs(30),
            stall: Duration::from_secs(60),
            drain: Duration::from_secs(10),
        }
    }
}

/// Most bytes of a request's head: the longest target, and as much again for its fields. More is answered with 431.
const HEAD_BYTES: usize = 16_384;

/// Most fields of a request's head; browsers send about twenty. More is answered with 431.
const HEAD_FIELDS: usize = 100;

/// Bytes that are read ahead on a connection: one whole head and pipelined ones behind it.
const BUFFER_BYTES: usize = 2 * HEAD_BYTES;

/// Bytes that the system takes from us for a client that has not got them yet: a large document in one go. Without a bound it
/// takes megabytes for each client that reads slowly or not at all, which costs memory, and time that others wait for.
#[cfg(target_os = "linux")]
const UNSENT_BYTES: u32 = 512 * 1024;

/// Pause when the system gives no more connections (too many open files), which only time can mend.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Answers requests that come in through `listener` until `stop` is done; then takes no more, finishes those that are
/// under way within a bound, and returns.
///
/// It may run several times at once over one newsstand, each time with a listener and a runtime of its own.
pub async fn listen(
    listener: TcpListener,
    newsstand: Arc<Newsstand>,
    stop: impl Future<Output = ()>,
) {
    listen_within(Limits::default(), listener, newsstand, stop).await;
}

/// [`listen`] with other limits.
pub(super) async fn listen_within(
    limits: Limits,
    listener: TcpListener,
    newsstand: Arc<Newsstand>,
    stop: impl Future<Output = ()>,
) {
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            (stream, place) = accept(&listener, &places) => {
                let connection = Connection { stream, place, limits };
                tokio::spawn(connection.serve(newsstand.clone(), running.watcher()));
            }
            () = &mut stop => break,
        }
    }
    drop(listener);
    let open = running.count();
    if tokio::time::timeout(limits.drain, running.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("{open} connections were open at the end; those still busy are cut off");
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there is always a permit.
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(error) => {
                tracing::warn!("taking in a connection failed: {error}");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// One client's connection, with its place among all.
struct Connection {
    stream: TcpStream,
    place: Option<OwnedSemaphorePermit>,
    limits: Limits,
}

impl Connection {
    async fn serve(self, newsstand: Arc<Newsstand>, watcher: Watcher) {
        prepare(&self.stream, &self.limits);
        let service = service_fn(move |request: Request<Incoming>| {
            let newsstand = newsstand.clone();
            async move {
                let (head, _body) = request.into_parts();
                Ok::<_, Infallible>(newsstand.answer(&head).await)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_header_size(HEAD_BYTES)
            .max_headers(HEAD_FIELDS)
            .max_buf_size(BUFFER_BYTES)
            .serve_connection(TokioIo::new(self.stream), service);
        // A client that breaks off or sends what is no HTTP is its own affair.
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!("a connection ended early: {error}");
        }
        drop(self.place);
    }
}

/// Sends at once, and bounds what a slow client may hold: hyper itself has no bounds for that.
fn prepare(stream: &TcpStream, limits: &Limits) {
    let socket = socket2::SockRef::from(stream);
    let prepared = socket.set_tcp_nodelay(true);
    if let Err(error) = prepared.and(bound(&socket, limits)) {
        tracing::debug!("setting up a connection failed: {error}");
    }
}

/// Lets the system hold little for a client, and cut off one that takes in nothing.
#[cfg(target_os = "linux")]
fn bound(socket: &socket2::Socket, limits: &Limits) -> std::io::Result<()> {
    socket.set_tcp_user_timeout(Some(limits.stall))?;
    socket.set_tcp_notsent_lowat(UNSENT_BYTES)
}

/// Other systems have no such bounds; the bound on connections holds there too.
#[cfg(not(target_os = "linux"))]
fn bound(_: &socket2::Socket, _: &Limits) -> std::io::Result<()> {
    Ok(())
}
