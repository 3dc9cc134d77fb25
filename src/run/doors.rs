//! Where to listen, or what systemd holds → doors: sockets that listen, for each thread its own or one that all share.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use crate::config::Listen;

/// Connections that the system takes in before we do, for each thread: all readers of a popular feed ask at the full hour.
const BACKLOG: i32 = 1024;

/// Who may connect to a Unix socket of ours: its user and group, such as a proxy that belongs to that group.
const SOCKET_MODE: u32 = 0o660;

/// What connections come in through.
pub(super) struct Door {
    /// First, as it can only tell that its file is still ours while the socket is there.
    _file: Option<SocketFile>,
    /// Where it was wanted; port 0 stands for any.
    wanted: Listen,
    /// Where it is.
    address: Listen,
    sockets: Vec<Socket>,
}

/// Opens a door at each of `addresses`; where one of `open` stands there already, it stays.
pub(super) fn open_doors(
    addresses: &[Listen],
    open: &[Arc<Door>],
    threads: usize,
) -> anyhow::Result<Vec<Arc<Door>>> {
    let doors =
        addresses.iter().map(
            |address| match open.iter().find(|door| door.wanted == *address) {
                Some(door) => Ok(Arc::clone(door)),
                None => Door::open(address, threads).map(Arc::new),
            },
        );
    doors.collect()
}

/// The doors that systemd opened for us, and will close.
pub(super) fn doors_of(sockets: Vec<Socket>) -> anyhow::Result<Vec<Arc<Door>>> {
    let doors = sockets.into_iter().map(|socket| {
        let place = socket.local_addr()?;
        let address = match (place.as_socket(), place.as_pathname()) {
            (Some(address), _) => Listen::Tcp(address),
            (None, path) => Listen::Unix(path.unwrap_or(Path::new("")).to_owned()),
        };
        Ok(Arc::new(Door {
            _file: None,
            wanted: address.clone(),
            address,
            sockets: vec![socket],
        }))
    });
    doors.collect()
}

impl Door {
    fn open(wanted: &Listen, threads: usize) -> anyhow::Result<Door> {
        match wanted {
            Listen::Tcp(address) => at_address(wanted, *address, threads).with_context(|| {
                let help =
                    "is another program using it? `listen` in [server] names another address";
                format!("cannot listen on {wanted}; {help}")
            }),
            Listen::Unix(path) => {
                at_path(wanted, path).with_context(|| format!("cannot listen on {wanted}"))
            }
        }
    }

    /// Where it is.
    pub fn address(&self) -> &Listen {
        &self.address
    }

    /// What the thread of this number takes connections from.
    pub fn socket(&self, thread: usize) -> io::Result<Socket> {
        self.sockets[thread % self.sockets.len()].try_clone()
    }
}

/// A listener for each thread, among which the system deals out new connections; all on one address.
fn at_address(wanted: &Listen, address: SocketAddr, threads: usize) -> anyhow::Result<Door> {
    // Listeners that share an address would share it with those of a second feedwright too, and neither would know: so
    // first ask for the address as one who shares it with nobody.
    drop(TcpListener::bind(address)?);
    let first = listener(address)?;
    let address = first.local_addr()?.as_socket().unwrap_or(address);
    let mut sockets = vec![first];
    // Other systems give all connections to the one that came last, or refuse; there all threads take from one queue.
    if cfg!(target_os = "linux") {
        for _ in 1..threads {
            sockets.push(listener(address)?);
        }
    }
    Ok(Door {
        _file: None,
        wanted: wanted.clone(),
        address: Listen::Tcp(address),
        sockets,
    })
}

fn listener(address: SocketAddr) -> io::Result<Socket> {
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
    Ok(socket)
}

/// Linux deals connections out to all listeners of one address.
#[cfg(target_os = "linux")]
fn share(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_port(true)
}

#[cfg(not(target_os = "linux"))]
fn share(_: &Socket) -> io::Result<()> {
    Ok(())
}

/// One listener for all threads: nobody deals out what comes in at a path.
fn at_path(wanted: &Listen, path: &Path) -> anyhow::Result<Door> {
    clear(path)?;
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.bind(&SockAddr::unix(path)?).with_context(|| {
        let folder = path.parent().unwrap_or(path).display();
        format!("is {folder} there, and may this user write into it?")
    })?;
    let file = SocketFile::at(path)?;
    // Before that nobody else may connect, or only find nobody there.
    fs::set_permissions(path, fs::Permissions::from_mode(SOCKET_MODE))?;
    socket.listen(BACKLOG)?;
    Ok(Door {
        _file: Some(file),
        wanted: wanted.clone(),
        address: wanted.clone(),
        sockets: vec![socket],
    })
}

/// Removes the socket that a program left at `path` when it ended; whatever else is there stays, and is said.
fn clear(path: &Path) -> anyhow::Result<()> {
    let Ok(there) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    anyhow::ensure!(
        there.file_type().is_socket(),
        "something else than a socket is there; move it, or name another path in `listen`"
    );
    match UnixStream::connect(path) {
        Ok(_) => {
            anyhow::bail!("another program answers there; `listen` in [server] names another path")
        }
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path)
            .context("the socket there is of a program that ended, but cannot be removed"),
        Err(error) => Err(error).context("it cannot be told whether another program answers there"),
    }
}

/// The file of a socket of ours, which goes with it.
struct SocketFile {
    path: PathBuf,
    inode: u64,
}

impl SocketFile {
    fn at(path: &Path) -> io::Result<SocketFile> {
        Ok(SocketFile {
            path: path.to_owned(),
            inode: fs::symlink_metadata(path)?.ino(),
        })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Another program may have put its own there since.
        let is_ours = fs::symlink_metadata(&self.path).is_ok_and(|it| it.ino() == self.inode);
        if is_ours && let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!("{} cannot be removed: {error}", self.path.display());
        }
    }
}
