//! A newsstand and an address → a server on threads of its own, one a core, which no poll can hold up.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Context;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::ops;
use crate::serve::{Newsstand, Room, listen};

/// How old the last sign of life of any thread may be before systemd should start the service again.
const SILENT_SECONDS: i64 = 20;

/// Most threads that answer: two fill a gigabit of feeds, so that more than these would only wait.
const MOST_THREADS: usize = 8;

/// Connections that the system takes in before we do, for each thread: all readers of a popular feed ask at the full hour.
const BACKLOG: i32 = 1024;

/// The server's signs of life, one a thread, for systemd's watchdog.
#[derive(Clone)]
pub struct Pulse(Arc<[AtomicI64]>);

impl Pulse {
    /// The pulse of a server that starts now.
    pub fn new() -> Pulse {
        let now = ops::now().timestamp();
        Pulse((0..threads()).map(|_| AtomicI64::new(now)).collect())
    }

    /// Whether each of the server's threads still works.
    pub fn beats(&self) -> bool {
        let now = ops::now().timestamp();
        let mut beats = self.0.iter();
        beats.all(|beat| now - beat.load(Ordering::Relaxed) < SILENT_SECONDS)
    }

    async fn keep_beating(self, thread: usize) {
        let mut beat = tokio::time::interval(Duration::from_secs(1));
        loop {
            beat.tick().await;
            self.0[thread].store(ops::now().timestamp(), Ordering::Relaxed);
        }
    }
}

/// Threads that answer: one a core, since each does nothing but answer.
fn threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    cores.min(MOST_THREADS)
}

/// The server under way.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts to listen on `address`.
    pub fn start(
        address: SocketAddr,
        newsstand: Arc<Newsstand>,
        pulse: Pulse,
    ) -> anyhow::Result<Server> {
        let listeners = listeners(address, pulse.0.len()).with_context(|| {
            let help = "is another program using it? `listen` in [server] names another address";
            format!("cannot listen on {address}; {help}")
        })?;
        let address = listeners[0].local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let room = Room::new();
        let mut server = Server {
            address,
            stop,
            threads: Vec::new(),
        };
        for (number, listener) in listeners.into_iter().enumerate() {
            let worker = Worker {
                newsstand: newsstand.clone(),
                room: room.clone(),
                pulse: pulse.clone(),
                stopped: stopped.clone(),
                number,
            };
            server.threads.push(worker.start(listener)?);
        }
        Ok(server)
    }

    /// The address that it really listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new requests, answers those under way, and ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for thread in self.threads {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

/// What one thread works with.
struct Worker {
    newsstand: Arc<Newsstand>,
    room: Arc<Room>,
    pulse: Pulse,
    stopped: watch::Receiver<bool>,
    number: usize,
}

impl Worker {
    fn start(self, listener: TcpListener) -> anyhow::Result<JoinHandle<()>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let thread = std::thread::Builder::new().name(format!("serve-{}", self.number));
        Ok(thread.spawn(move || self.work(&runtime, listener))?)
    }

    fn work(self, runtime: &Runtime, listener: TcpListener) {
        let Worker {
            newsstand,
            room,
            pulse,
            mut stopped,
            number,
        } = self;
        runtime.block_on(async move {
            let beat = tokio::spawn(pulse.keep_beating(number));
            match tokio::net::TcpListener::from_std(listener) {
                Ok(listener) => {
                    // An error means that the server is gone, which is an end as well.
                    let stop = async move {
                        let _ = stopped.wait_for(|is_stopped| *is_stopped).await;
                    };
                    listen(listener, &room, newsstand, stop).await;
                }
                Err(error) => tracing::error!("a thread cannot serve: {error}"),
            }
            beat.abort();
        });
    }
}

/// A listener for each thread, among which the system deals out new connections; all on one address.
fn listeners(address: SocketAddr, threads: usize) -> anyhow::Result<Vec<TcpListener>> {
    // Listeners that share an address would share it with those of a second feedwright too, and neither would know: so
    // first ask for the address as one who shares it with nobody.
    drop(TcpListener::bind(address)?);
    let first = listener(address)?;
    let address = first.local_addr()?;
    let mut listeners = vec![first];
    for _ in 1..threads {
        listeners.push(another(&listeners[0], address)?);
    }
    Ok(listeners)
}

fn listener(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // As std does: else the port could not be had again for a minute after an end.
    socket.set_reuse_address(true)?;
    share(&socket)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// Linux deals connections out to all listeners of one address.
#[cfg(target_os = "linux")]
fn share(socket: &Socket) -> std::io::Result<()> {
    socket.set_reuse_port(true)
}

#[cfg(target_os = "linux")]
fn another(_: &TcpListener, address: SocketAddr) -> std::io::Result<TcpListener> {
    listener(address)
}

/// Other systems give all to the one that came last, or refuse; there all threads take from one queue.
#[cfg(not(target_os = "linux"))]
fn share(_: &Socket) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn another(first: &TcpListener, _: SocketAddr) -> std::io::Result<TcpListener> {
    first.try_clone()
}
