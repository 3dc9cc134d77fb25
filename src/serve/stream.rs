//! A connection's two ends → what the front does with them: besides reading and writing, sending files.

use std::io;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, Interest};
use tokio::net::{TcpStream, UnixStream};

use super::memory_file::MemoryFile;

/// A stream that files can be sent through.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// Sends some of what stands behind `sent`, and moves that on.
    fn poll_send(
        &self,
        context: &mut Context<'_>,
        file: &MemoryFile,
        sent: &mut u64,
    ) -> Poll<io::Result<()>>;

    /// Sends some bytes that others follow at once, so that they go out together.
    fn poll_send_ahead(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>>;
}

/// Does `act` on a stream as often as it may until it comes to something, or the stream takes no more.
macro_rules! when_writable {
    ($stream:expr, $context:expr, $act:expr) => {
        loop {
            ready!($stream.poll_write_ready($context))?;
            match $stream.try_io(Interest::WRITABLE, $act) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    };
}

macro_rules! stream {
    ($kind:ty) => {
        impl Stream for $kind {
            fn poll_send(
                &self,
                context: &mut Context<'_>,
                file: &MemoryFile,
                sent: &mut u64,
            ) -> Poll<io::Result<()>> {
                when_writable!(self, context, || file.send(self, sent))
            }

            fn poll_send_ahead(
                &self,
                context: &mut Context<'_>,
                bytes: &[u8],
            ) -> Poll<io::Result<usize>> {
                when_writable!(self, context, || send_ahead(self, bytes))
            }
        }
    };
}

stream!(TcpStream);
stream!(UnixStream);

#[cfg(target_os = "linux")]
fn send_ahead(socket: impl std::os::fd::AsFd, bytes: &[u8]) -> io::Result<usize> {
    use rustix::net::{SendFlags, send};
    Ok(send(socket, bytes, SendFlags::MORE | SendFlags::NOSIGNAL)?)
}

/// Only files have something sent ahead of them, and there are none.
#[cfg(not(target_os = "linux"))]
fn send_ahead<S>(_: S, _: &[u8]) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}
