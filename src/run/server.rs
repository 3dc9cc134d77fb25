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

/// Tasks that run before a thread asks the system for news again: where a thousand connections are busy, each question
/// brings hundreds of answers, and nothing but requests waits for one.
const EVENT_INTERVAL: u32 = 256;

/// Threads beside each that answers, which spell and pack documents for it. More would not be faster on the few cores of a small
/// server, and each keeps some megabytes that its work once took.
const HELPERS: usize = 1;

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
            .event_interval(EVENT_INTERVAL)
            .max_blocking_threads(HELPERS)
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;
    use crate::model::Edition;
    use crate::serve::EntrySource;

    fn start(address: SocketAddr, pulse: &Pulse) -> anyhow::Result<Server> {
        let source: EntrySource = Arc::new(|_| Box::pin(async { Ok(Vec::new()) }));
        let place = url::Url::parse("http://localhost").unwrap();
        let newsstand = Newsstand::new(place, 1_000_000, Edition::default(), source);
        Server::start(address, newsstand, pulse.clone())
    }

    fn any_port() -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], 0))
    }

    async fn ask(address: SocketAddr) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address).await?;
        let request = "GET /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await?;
        let mut text = String::new();
        stream.read_to_string(&mut text).await?;
        Ok(text)
    }

    #[tokio::test]
    async fn all_threads_answer_on_one_address_and_end_together() {
        let server = start(any_port(), &Pulse::new()).unwrap();
        let address = server.address();
        // So many that the system deals some to each thread.
        for _ in 0..64 {
            let text = ask(address).await.unwrap();
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        }
        server.stop().await;
        assert!(ask(address).await.is_err());
        // The address is free again at once.
        start(address, &Pulse::new()).unwrap().stop().await;
    }

    #[tokio::test]
    async fn an_address_that_is_served_already_is_refused() {
        let server = start(any_port(), &Pulse::new()).unwrap();
        let again = start(server.address(), &Pulse::new());
        let error = again.err().map(|error| error.to_string());
        let sentence = format!(
            "cannot listen on {}; is another program using it? `listen` in [server] names another address",
            server.address()
        );
        assert_eq!(error, Some(sentence));
        server.stop().await;
    }

    #[tokio::test]
    async fn one_thread_that_is_stuck_stills_the_pulse() {
        let pulse = Pulse::new();
        assert!(pulse.beats());
        let long_ago = ops::now().timestamp() - 60;
        for beat in pulse.0.iter() {
            let now = beat.swap(long_ago, Ordering::Relaxed);
            assert!(!pulse.beats());
            beat.store(now, Ordering::Relaxed);
        }
        // A server that runs keeps them all up.
        for beat in pulse.0.iter() {
            beat.store(long_ago, Ordering::Relaxed);
        }
        let server = start(any_port(), &pulse).unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(pulse.beats());
        server.stop().await;
    }
}
