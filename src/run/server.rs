//! A newsstand and an address → a server on a thread of its own, which no poll can hold up.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::oneshot;

use crate::ops;
use crate::serve::{Newsstand, listen};

/// How old the server's last sign of life may be before systemd should start it again.
const SILENT_SECONDS: i64 = 20;

/// The server's signs of life, for systemd's watchdog.
#[derive(Clone)]
pub struct Pulse(Arc<AtomicI64>);

impl Pulse {
    /// The pulse of a server that starts now.
    pub fn new() -> Pulse {
        Pulse(Arc::new(AtomicI64::new(ops::now().timestamp())))
    }

    /// Whether the server's thread still works.
    pub fn beats(&self) -> bool {
        ops::now().timestamp() - self.0.load(Ordering::Relaxed) < SILENT_SECONDS
    }

    async fn keep_beating(self) {
        let mut beat = tokio::time::interval(Duration::from_secs(1));
        loop {
            beat.tick().await;
            self.0.store(ops::now().timestamp(), Ordering::Relaxed);
        }
    }
}

/// The server under way.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to listen on `address`.
    pub fn start(
        address: SocketAddr,
        newsstand: Arc<Newsstand>,
        pulse: Pulse,
    ) -> anyhow::Result<Server> {
        let help = "is another program using it? `listen` in [server] names another address";
        let listener = std::net::TcpListener::bind(address)
            .with_context(|| format!("cannot listen on {address}; {help}"))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let thread = std::thread::Builder::new()
            .name("serve".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    let beat = tokio::spawn(pulse.keep_beating());
                    match tokio::net::TcpListener::from_std(listener) {
                        Ok(listener) => {
                            listen(listener, newsstand, async {
                                let _ = stopped.await;
                            })
                            .await;
                        }
                        Err(error) => tracing::error!("cannot serve on {address}: {error}"),
                    }
                    beat.abort();
                });
            })?;
        Ok(Server {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address that it really listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new requests, answers those under way, and ends.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}
