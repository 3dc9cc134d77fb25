//! Bytes → a file that stands in memory, which the system sends without copying a byte.
//!
//! What is written to a socket is copied each time; of a file's pages the system only takes note. For a feed of 240 KB that
//! is half of all work. A file costs as much memory as the bytes, and a descriptor, so there are few at one time.

use std::io;
#[cfg(target_os = "linux")]
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of all files at one time: enough for the documents that are asked for every second. These come on top of the cache,
/// which holds the same documents as bytes.
const MOST_BYTES: u64 = 8_000_000;

/// Bytes of all files at this time.
static BYTES: AtomicU64 = AtomicU64::new(0);

/// A file in memory. Only Linux has them.
#[derive(Debug)]
pub(super) struct MemoryFile {
    #[cfg(target_os = "linux")]
    file: OwnedFd,
    /// Its length, for as long as it lasts.
    share: Share,
}

impl MemoryFile {
    /// Bytes in it.
    pub fn length(&self) -> u64 {
        self.share.0
    }
}

#[cfg(target_os = "linux")]
impl MemoryFile {
    /// A file that holds `bytes`.
    pub fn of(bytes: &[u8]) -> io::Result<MemoryFile> {
        use rustix::fs::{MemfdFlags, memfd_create};
        let share = Share::of(bytes.len() as u64)?;
        let file = memfd_create(c"feed", MemfdFlags::CLOEXEC)?;
        let mut file = std::fs::File::from(file);
        io::Write::write_all(&mut file, bytes)?;
        Ok(MemoryFile {
            file: file.into(),
            share,
        })
    }

    /// Sends some of what stands behind `sent`, and moves that on.
    pub fn send(&self, socket: impl AsFd, sent: &mut u64) -> io::Result<()> {
        let rest = usize::try_from(self.length() - *sent).unwrap_or(usize::MAX);
        match rustix::fs::sendfile(socket, &self.file, Some(sent), rest)? {
            // It holds all its bytes for as long as it lasts.
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl MemoryFile {
    /// There is none.
    pub fn of(_: &[u8]) -> io::Result<MemoryFile> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Nobody has one to send.
    pub fn send<S>(&self, _: S, _: &mut u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// A part of the bytes that all files may have, until it is dropped.
#[derive(Debug)]
struct Share(u64);

impl Share {
    fn of(bytes: u64) -> io::Result<Share> {
        let before = BYTES.fetch_add(bytes, Ordering::Relaxed);
        let share = Share(bytes);
        if before + bytes > MOST_BYTES {
            return Err(io::Error::other(
                "other files have all the memory there is for files",
            ));
        }
        Ok(share)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        BYTES.fetch_sub(self.0, Ordering::Relaxed);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn all_files_together_stay_within_their_bytes() {
        // Other tests send documents meanwhile.
        let part = vec![0; 1_000_000];
        let files: Vec<_> = (0..20).map_while(|_| MemoryFile::of(&part).ok()).collect();
        assert!((1..=8).contains(&files.len()), "{}", files.len());
        drop(files);
        assert_eq!(MemoryFile::of(&part).unwrap().length(), 1_000_000);
    }
}
