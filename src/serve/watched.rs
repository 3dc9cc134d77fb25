//! A connection → the same, which breaks off when its client takes in nothing of what is sent to it for too long.
//!
//! For TCP the system keeps this time (`accept`); for a Unix socket nobody does, and a program of this machine that hangs
//! would hold its place for ever.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::memory_file::MemoryFile;
use super::roll::Member;
use super::stream::Stream;

/// A connection of `member`, who must take in something within `stall`.
pub(super) struct Watched<S> {
    pub stream: S,
    pub member: Arc<Member>,
    pub stall: Duration,
}

impl<S> Watched<S> {
    /// Passes on what came of sending, and an error where nothing has come of it for too long. The roll wakes us for that.
    fn judge<T>(&self, sent: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match sent {
            Poll::Pending if self.member.is_stalled(self.stall) => {
                let error = format!("the client took in nothing for {:?}", self.stall);
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, error)))
            }
            Poll::Pending => Poll::Pending,
            done @ Poll::Ready(_) => {
                self.member.takes_in();
                done
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.judge(sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<S: Stream> Stream for Watched<S> {
    fn poll_send(
        &self,
        context: &mut Context<'_>,
        file: &MemoryFile,
        sent: &mut u64,
    ) -> Poll<io::Result<()>> {
        self.judge(self.stream.poll_send(context, file, sent))
    }

    fn poll_send_ahead(&self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.judge(self.stream.poll_send_ahead(context, bytes))
    }
}
