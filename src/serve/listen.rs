//! A listener → its connections attended, with a bound on everything a client may hold.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::Newsstand;
use super::attend::attend;
use super::clerk::{Clerk, Desk, lock};
use super::roll::Roll;
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

/// Bytes that the system takes from us for a client that has not got them yet: a large document in one go. Without a bound it
/// takes megabytes for each client that reads slowly or not at all, which costs memory, and time that others wait for.
#[cfg(target_os = "linux")]
const UNSENT_BYTES: u32 = 512 * 1024;

/// Pause when the system gives no more connections (too many open files), which only time can mend.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How often a thread looks at the clock. Nothing here needs to be more exact than that.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Answers requests that come in through `listener` until `stop` is done; then takes no more, finishes those that are
/// under way within a bound, and returns.
///
/// It may run several times at once over one newsstand and one room, each time with a listener and a runtime of its own.
pub async fn listen(
    listener: TcpListener,
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
                prepare(&stream, &room.limits);
                let clerk = Clerk { newsstand: newsstand.clone(), desk: desk.clone(), peer };
                let guest = Guest { _place: place, _open: open.clone() };
                let served = attend(stream, clerk, roll.enter(), room.limits.head);
                tokio::spawn(async move {
                    served.await;
                    drop(guest);
                });
            }
            () = &mut stop => break,
        }
    }
    drop((listener, open));
    let count = roll.count();
    roll.end();
    let closed = tokio::time::timeout(room.limits.drain, all_closed.recv());
    if closed.await.is_err() {
        tracing::warn!("{count} connections were open at the end; those still busy are cut off");
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
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, IpAddr, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there is always a permit.
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer.ip(), place),
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
