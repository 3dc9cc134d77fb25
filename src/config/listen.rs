//! `listen` → where the program takes connections: addresses and ports, Unix sockets, or both.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::reader::Reader;
use super::suggest::quoted;
use super::values::Wrong;

/// Where the program takes connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// At an address and a port.
    Tcp(SocketAddr),
    /// At a Unix socket of this path, which only programs on this machine reach.
    Unix(PathBuf),
}

/// As the file says it.
impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listen::Tcp(address) => address.fmt(f),
            Listen::Unix(path) => write!(f, "{UNIX}{}", path.display()),
        }
    }
}

/// What stands before the path of a Unix socket.
const UNIX: &str = "unix:";

/// Longest path of a Unix socket: the system's structure for it holds 108 bytes, the zero at the end included.
const PATH_BYTES: usize = 107;

/// Where to listen, as the file says; on this machine only, where it says nothing.
pub(super) fn listen(reader: &Reader<'_>) -> Vec<Listen> {
    let Some(addresses) = reader.placed_list("listen", address) else {
        return vec![Listen::Tcp(SocketAddr::from(([127, 0, 0, 1], 8080)))];
    };
    if reader.lacks("listen") {
        let sentence = "`listen` names no address";
        reader.wrong("listen", sentence, "leave it out for `127.0.0.1:8080`");
    }
    let mut all = Vec::new();
    for (address, place) in addresses {
        if all.contains(&address) {
            let sentence = format!("`listen` names {address} twice");
            reader.notes.wrong(place, sentence, "once is enough");
        } else {
            all.push(address);
        }
    }
    all
}

fn address(text: &str) -> Result<Listen, Wrong> {
    match text.strip_prefix(UNIX) {
        Some(path) => socket(path),
        None => text.parse().map(Listen::Tcp).map_err(|_| {
            let sentence = format!("{} is not an address and a port", quoted(text));
            Wrong::new(sentence, help(text))
        }),
    }
}

fn socket(path: &str) -> Result<Listen, Wrong> {
    let help = "a Unix socket is written `unix:/run/feedwright/feedwright.sock`";
    if path.is_empty() || path.ends_with('/') {
        return Err(Wrong::new("this names no socket", help));
    }
    if path.len() > PATH_BYTES {
        let sentence = format!("the path of this socket is {} bytes long", path.len());
        let help = format!("at most {PATH_BYTES} bytes, which is the system's bound");
        return Err(Wrong::new(sentence, help));
    }
    Ok(Listen::Unix(PathBuf::from(path)))
}

fn help(text: &str) -> String {
    match text.strip_prefix("localhost:") {
        Some(port) => format!("did you mean `127.0.0.1:{port}`?"),
        None if text.starts_with(':') => format!("did you mean `0.0.0.0{text}`?"),
        None if text.starts_with('/') => format!("did you mean `unix:{text}`?"),
        None => "an address and a port are written `127.0.0.1:8080`, `0.0.0.0:8080` or `[::]:8080`, a Unix socket `unix:/run/feedwright/feedwright.sock`"
            .to_owned(),
    }
}
