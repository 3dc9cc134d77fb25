//! A newsstand and doors → a server on threads of its own, one a core, which no poll can hold up.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::Socket;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::doors::Door;
use crate::ops;
use crate::serve::{Listener, Newsstand, Room, listen};

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
pub(super) fn threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    cores.min(MOST_THREADS)
}

/// The server under way.
pub struct Server {
    doors: Vec<Arc<Door>>,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts to answer who comes in through `doors`.
    pub fn start(
        doors: Vec<Arc<Door>>,
        newsstand: Arc<Newsstand>,
        pulse: Pulse,
    ) -> anyhow::Result<Server> {
        let (stop, stopped) = watch::channel(false);
        let room = Room::new();
        let mut threads = Vec::new();
        for number in 0..pulse.0.len() {
            let sockets: io::Result<Vec<Socket>> =
                doors.iter().map(|door| door.socket(number)).collect();
            let worker = Worker {
                newsstand: newsstand.clone(),
                room: room.clone(),
                pulse: pulse.clone(),
                stopped: stopped.clone(),
                number,
            };
            threads.push(worker.start(sockets?)?);
        }
        Ok(Server {
            doors,
            stop,
            threads,
        })
    }

    /// What it takes connections through.
    pub fn doors(&self) -> &[Arc<Door>] {
        &self.doors
    }

    /// Takes no new requests, answers those under way, and ends.
    pub async fn stop(self) {
        drop(self.doors);
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
    fn start(self, sockets: Vec<Socket>) -> anyhow::Result<JoinHandle<()>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .event_interval(EVENT_INTERVAL)
            .max_blocking_threads(HELPERS)
            .enable_all()
            .build()?;
        let thread = std::thread::Builder::new().name(format!("serve-{}", self.number));
        Ok(thread.spawn(move || runtime.block_on(self.work(sockets)))?)
    }

    async fn work(self, sockets: Vec<Socket>) {
        let beat = tokio::spawn(self.pulse.clone().keep_beating(self.number));
        let mut listening = JoinSet::new();
        for socket in sockets {
            let (room, newsstand) = (self.room.clone(), self.newsstand.clone());
            let mut stopped = self.stopped.clone();
            match Listener::of(socket) {
                Ok(listener) => listening.spawn(async move {
                    // An error means that the server is gone, which is an end as well.
                    let stop = async move {
                        let _ = stopped.wait_for(|is_stopped| *is_stopped).await;
                    };
                    listen(listener, &room, newsstand, stop).await;
                }),
                Err(error) => {
                    tracing::error!("a thread cannot serve: {error}");
                    continue;
                }
            };
        }
        while listening.join_next().await.is_some() {}
        beat.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;
    use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
    use tokio::net::{TcpStream, UnixStream};

    use super::super::doors::{doors_of, open_doors};
    use super::*;
    use crate::config::Listen;
    use crate::model::Edition;
    use crate::serve::EntrySource;

    /// Starts a server; its addresses stand for the doors that it opens.
    fn start(addresses: &[Listen], pulse: &Pulse) -> anyhow::Result<Server> {
        start_in(open_doors(addresses, &[], threads())?, pulse)
    }

    fn start_in(doors: Vec<Arc<Door>>, pulse: &Pulse) -> anyhow::Result<Server> {
        let source: EntrySource = Arc::new(|_| Box::pin(async { Ok(Vec::new()) }));
        let place = url::Url::parse("http://localhost").unwrap();
        let newsstand = Newsstand::new(place, 1_000_000, Edition::default(), source);
        Server::start(doors, newsstand, pulse.clone())
    }

    fn any_port() -> Listen {
        Listen::Tcp(SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    fn addresses(server: &Server) -> Vec<Listen> {
        let doors = server.doors().iter();
        doors.map(|door| door.address().clone()).collect()
    }

    async fn ask(address: &Listen) -> std::io::Result<String> {
        match address {
            Listen::Tcp(address) => ask_through(TcpStream::connect(address).await?).await,
            Listen::Unix(path) => ask_through(UnixStream::connect(path).await?).await,
        }
    }

    async fn ask_through(
        mut stream: impl AsyncRead + AsyncWrite + Unpin,
    ) -> std::io::Result<String> {
        let request = "GET /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await?;
        let mut text = String::new();
        stream.read_to_string(&mut text).await?;
        Ok(text)
    }

    fn refused(addresses: &[Listen]) -> String {
        match start(addresses, &Pulse::new()) {
            Ok(_) => String::new(),
            Err(error) => format!("{error:#}"),
        }
    }

    #[tokio::test]
    async fn all_threads_answer_at_every_address_and_end_together() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("feeds.sock");
        let socket = Listen::Unix(path.clone());
        let server = start(&[any_port(), socket.clone(), any_port()], &Pulse::new()).unwrap();
        let addresses = addresses(&server);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o660);
        // So many that the system deals some to each thread.
        for _ in 0..64 {
            for address in &addresses {
                let text = ask(address).await.unwrap();
                assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            }
        }
        server.stop().await;
        for address in &addresses {
            assert!(ask(address).await.is_err(), "{address}");
        }
        assert!(!path.exists());
        // The addresses are free again at once.
        start(&addresses, &Pulse::new()).unwrap().stop().await;
    }

    #[tokio::test]
    async fn an_address_that_is_served_already_is_refused() {
        let server = start(&[any_port()], &Pulse::new()).unwrap();
        let address = addresses(&server).remove(0);
        let again = start(std::slice::from_ref(&address), &Pulse::new());
        let error = again.err().map(|error| error.to_string());
        let sentence = format!(
            "cannot listen on {address}; is another program using it? `listen` in [server] names another address"
        );
        assert_eq!(error, Some(sentence));
        server.stop().await;
    }

    #[tokio::test]
    async fn a_socket_that_was_left_behind_is_replaced_and_one_in_use_is_not() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("feeds.sock");
        let socket = Listen::Unix(path.clone());
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        let server = start(std::slice::from_ref(&socket), &Pulse::new()).unwrap();
        assert!(ask(&socket).await.is_ok());
        assert_eq!(
            refused(std::slice::from_ref(&socket)),
            format!(
                "cannot listen on {socket}: another program answers there; `listen` in [server] names another path"
            )
        );
        // It was not taken away from who answers.
        assert!(ask(&socket).await.is_ok());
        // What another program put there in the meantime is not ours to remove.
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, "of somebody else").unwrap();
        server.stop().await;
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "of somebody else");
        assert_eq!(
            refused(std::slice::from_ref(&socket)),
            format!(
                "cannot listen on {socket}: something else than a socket is there; move it, or name another path in `listen`"
            )
        );
        let nowhere = Listen::Unix(folder.path().join("none/feeds.sock"));
        assert_eq!(
            refused(std::slice::from_ref(&nowhere)),
            format!(
                "cannot listen on {nowhere}: is {}/none there, and may this user write into it?: No such file or directory (os error 2)",
                folder.path().display()
            )
        );
    }

    #[tokio::test]
    async fn sockets_that_were_handed_over_are_served_and_left_to_who_made_them() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("feeds.sock");
        let unix = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let handed = vec![
            Socket::from(tcp.try_clone().unwrap()),
            Socket::from(unix.try_clone().unwrap()),
        ];
        let server = start_in(doors_of(handed).unwrap(), &Pulse::new()).unwrap();
        let addresses = addresses(&server);
        let there = [
            Listen::Tcp(tcp.local_addr().unwrap()),
            Listen::Unix(path.clone()),
        ];
        assert_eq!(addresses, there);
        for _ in 0..16 {
            for address in &addresses {
                let text = ask(address).await.unwrap();
                assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            }
        }
        server.stop().await;
        assert!(path.exists());
        // Who made them may hand them on, and nobody is turned away meanwhile.
        UnixStream::connect(&path).await.unwrap();
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
        let server = start(&[any_port()], &pulse).unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(pulse.beats());
        server.stop().await;
    }
}
