//! A listener → its connections attended, with a bound on everything a client may hold.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;

use super::Newsstand;
use super::accept::{Accepted, Listener, Peer};
use super::attend::attend;
use super::clerk::{Clerk, Desk, lock};
use super::roll::Roll;
use super::watched::Watched;
use crate::ops;

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
    let desk = Desk::new(ops::now());
    let watch = tokio::spawn(look_again(room.limits, roll.clone(), desk.clone()));
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            (stream, peer, place) = accept(&listener, &room.places) => {
                stream.prepare(room.limits.stall);
                let clerk = Clerk { newsstand: newsstand.clone(), desk: desk.clone(), peer };
                let guest = Guest { _place: place, _open: open.clone() };
                let (member, patience, stall) = (roll.enter(), room.limits.head, room.limits.stall);
                match stream {
                    Accepted::Tcp(stream) => host(guest, attend(stream, clerk, member, patience)),
                    Accepted::Unix(stream) => {
                        let stream = Watched { stream, member: member.clone(), stall };
                        host(guest, attend(stream, clerk, member, patience));
                    }
                }
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

/// Keeps the time of a thread: cuts off who is late, and lets go of what is at hand, just when a second begins: what it has
/// at hand says the date.
async fn look_again(limits: Limits, roll: Arc<Roll>, desk: Arc<Mutex<Desk>>) {
    loop {
        let begun = Duration::from_nanos(ops::now().timestamp_subsec_nanos().into());
        let rest = LOOK_EVERY.saturating_sub(begun);
        tokio::time::sleep(rest.min(limits.head / 4)).await;
        roll.look();
        lock(&desk).hand.renew(ops::now());
    }
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
    _place: Option<OwnedSemaphorePermit>,
    _open: mpsc::Sender<Infallible>,
}

/// Keeps the place of a connection for as long as it is `attended` to.
fn host(guest: Guest, attended: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(async move {
        attended.await;
        drop(guest);
    });
}
