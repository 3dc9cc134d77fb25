//! A listening socket → the connections that come in through it, and who holds the other end of each.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use socket2::{Domain, SockRef, Socket};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};

/// A socket that takes in connections.
pub enum Listener {
    /// At an address and a port.
    Tcp(TcpListener),
    /// At a path, for programs on this machine.
    Unix(UnixListener),
}

/// A connection.
pub(super) enum Accepted {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// Who holds the other end of a connection: an address, or a program of this machine that came through a Unix socket.
pub(super) type Peer = Option<IpAddr>;

/// Bytes that the system takes from us for a client that has not got them yet: a large document in one go. Without a bound it
/// takes megabytes for each client that reads slowly or not at all, which costs memory, and time that others wait for.
#[cfg(target_os = "linux")]
const UNSENT_BYTES: u32 = 512 * 1024;

impl Listener {
    /// Takes over a socket that listens already. Needs to be called within a runtime.
    pub fn of(socket: Socket) -> io::Result<Listener> {
        socket.set_nonblocking(true)?;
        if socket.local_addr()?.domain() == Domain::UNIX {
            UnixListener::from_std(socket.into()).map(Listener::Unix)
        } else {
            TcpListener::from_std(socket.into()).map(Listener::Tcp)
        }
    }

    /// The next connection.
    pub(super) async fn accept(&self) -> io::Result<(Accepted, Peer)> {
        match self {
            Listener::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                Ok((Accepted::Tcp(stream), Some(peer.ip())))
            }
            Listener::Unix(listener) => {
                let (stream, _) = listener.accept().await?;
                Ok((Accepted::Unix(stream), None))
            }
        }
    }
}

impl Accepted {
    /// Sends at once, and bounds what a client may hold that takes in nothing for `stall`: nobody else has a bound for
    /// that. For a Unix socket the system has none and holds little anyway; there [`super::watched`] keeps the time.
    pub fn prepare(&self, stall: Duration) {
        let Accepted::Tcp(stream) = self else { return };
        let socket = SockRef::from(stream);
        let prepared = socket.set_tcp_nodelay(true);
        if let Err(error) = prepared.and(bound(&socket, stall)) {
            tracing::debug!("setting up a connection failed: {error}");
        }
    }
}

/// Lets the system hold little for a client, and cut off one that takes in nothing.
#[cfg(target_os = "linux")]
fn bound(socket: &Socket, stall: Duration) -> io::Result<()> {
    socket.set_tcp_user_timeout(Some(stall))?;
    socket.set_tcp_notsent_lowat(UNSENT_BYTES)
}

/// Other systems have no such bounds; the bound on connections holds there too.
#[cfg(not(target_os = "linux"))]
fn bound(_: &Socket, _: Duration) -> io::Result<()> {
    Ok(())
}
