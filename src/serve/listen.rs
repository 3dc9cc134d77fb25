//! Sockets → requests, and responses back: hyper around [`Newsstand`], with a bound on everything a client may hold.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;

use super::Newsstand;
use super::accept::{Accepted, Connection, Listener, Peer};
use super::hand::{Hand, target};
use super::reply::Response;
use super::roll::{Member, Patience, Roll};

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

/// Room for clients, which several threads that answer may share.
pub struct Room {
    limits: Limits,
    places: Arc<Semaphore>,
}

impl Room {
    /// A room of the usual size.
    pub fn new() -> Arc<Room> {
        Room::of(Limits::default())
    }

    pub(super) fn of(limits: Limits) -> Arc<Room> {
        let places = Arc::new(Semaphore::new(limits.connections));
        Arc::new(Room { limits, places })
    }
}

/// Most bytes of a request's head: the longest target, and as much again for its fields. More is answered with 431.
const HEAD_BYTES: usize = 16_384;

/// Bytes that are read ahead on a connection: one whole head and pipelined ones behind it.
const BUFFER_BYTES: usize = 2 * HEAD_BYTES;

/// Pause when the system gives no more connections (too many open files), which only time can mend.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How long who connected just before the end has for the first request: it is under way, and where another server takes over
/// the same socket, nobody should notice.
const FIRST_WORD: Duration = Duration::from_secs(1);

/// How often a thread looks at the clock. Nothing here needs to be more exact than that.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Answers requests that come in through `listener` until `stop` is done; then takes no more, finishes those that are
/// under way within a bound, and returns.
///
/// It may run several times at once over one newsstand and one room, each time with a listener and a runtime of its own.
pub async fn listen(
    listener: Listener,
    room: &Room,
    newsstand: Arc<Newsstand>,
    stop: impl Future<Output = ()>,
) {
    let roll = Roll::new();
    let hand = Arc::new(Mutex::new(Hand::new()));
    let watch = tokio::spawn(look_again(room.limits, roll.clone(), hand.clone()));
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            (stream, peer, place) = accept(&listener, &room.places) => {
                stream.prepare(room.limits.stall);
                let clerk = Clerk { newsstand: newsstand.clone(), hand: hand.clone(), peer };
                let guest = Guest { member: roll.enter(), _place: place, _open: open.clone() };
                match stream {
                    Accepted::Tcp(stream) => tokio::spawn(attend(stream, room.limits, clerk, guest)),
                    Accepted::Unix(stream) => tokio::spawn(attend(stream, room.limits, clerk, guest)),
                };
            }
            () = &mut stop => break,
        }
    }
    drop((listener, open));
    let count = roll.count();
    roll.end();
    if timeout(FIRST_WORD, all_closed.recv()).await.is_err() {
        roll.end_all();
        if timeout(room.limits.drain, all_closed.recv()).await.is_err() {
            tracing::warn!(
                "{count} connections were open at the end; those still busy are cut off"
            );
        }
    }
    watch.abort();
}

/// Keeps the time of a thread: cuts off who is late, and lets go of what is at hand.
async fn look_again(limits: Limits, roll: Arc<Roll>, hand: Arc<Mutex<Hand>>) {
    let mut look = tokio::time::interval(LOOK_EVERY.min(limits.head / 4));
    loop {
        look.tick().await;
        roll.look();
        lock(&hand).clear();
    }
}

/// Only this thread locks it, so it is always free. Whoever held it did nothing that can be left half done.
fn lock(hand: &Mutex<Hand>) -> std::sync::MutexGuard<'_, Hand> {
    hand.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &Listener,
    places: &Arc<Semaphore>,
) -> (Accepted, Peer, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there is always a permit.
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) => {
                tracing::warn!("taking in a connection failed: {error}");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// What a connection holds for as long as it lasts.
struct Guest {
    member: Arc<Member>,
    _place: Option<OwnedSemaphorePermit>,
    _open: mpsc::Sender<Infallible>,
}

/// Answers one connection's requests until it ends.
async fn attend(stream: impl Connection, limits: Limits, clerk: Clerk, guest: Guest) {
    // A bound on the number of fields would be filled in anew for each request; the usual one, a hundred, is not.
    let connection = http1::Builder::new()
        .timer(Patience(guest.member.clone()))
        .header_read_timeout(limits.head)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), clerk);
    let mut connection = pin!(connection);
    let mut is_told = false;
    let end = poll_fn(|context| {
        if guest.member.attend(context) && !is_told {
            is_told = true;
            connection.as_mut().graceful_shutdown();
        }
        connection.as_mut().poll(context)
    });
    // A client that breaks off or sends what is no HTTP is its own affair.
    if let Err(error) = end.await {
        tracing::debug!("a connection ended early: {error}");
    }
}

/// Who answers: from what is at hand, else from the newsstand.
struct Clerk {
    newsstand: Arc<Newsstand>,
    hand: Arc<Mutex<Hand>>,
    peer: Peer,
}

impl Service<Request<Incoming>> for Clerk {
    type Response = Response;
    type Error = Infallible;
    type Future = Answer;

    fn call(&self, request: Request<Incoming>) -> Answer {
        let (mut head, _body) = request.into_parts();
        if let Some(refusal) = self.newsstand.refusal(self.peer, &mut head) {
            return Answer::Now(Some(refusal));
        }
        let edition = self.newsstand.edition_number();
        if let Some(response) = lock(&self.hand).answer(&head, edition) {
            return Answer::Now(Some(response));
        }
        let (newsstand, hand) = (self.newsstand.clone(), self.hand.clone());
        Answer::Later(Box::pin(async move {
            let (response, document) = newsstand.answer(&head).await;
            if let Some(document) = document {
                lock(&hand).keep(target(&head), edition, document);
            }
            response
        }))
    }
}

/// A response, or the making of one.
enum Answer {
    Now(Option<Response>),
    Later(Pin<Box<dyn Future<Output = Response> + Send>>),
}

impl Future for Answer {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            // Nobody polls what is done; if so, it waits for ever rather than break the thread.
            Answer::Now(response) => response
                .take()
                .map_or(Poll::Pending, |it| Poll::Ready(Ok(it))),
            Answer::Later(making) => making.as_mut().poll(context).map(Ok),
        }
    }
}
