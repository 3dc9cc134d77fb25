//! Heads and bodies in order → a stream that takes them as fast as its client does.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};

use super::memory_file::MemoryFile;
use super::stream::Stream;

/// Something to send.
#[derive(Clone)]
pub(super) enum Piece {
    Bytes(Bytes),
    File {
        file: Arc<MemoryFile>,
        /// How much of it was sent.
        sent: u64,
    },
}

/// What a connection has still to send.
#[derive(Default)]
pub(super) struct Outbox {
    pieces: VecDeque<Piece>,
}

/// Pieces that are handed to the system in one go: some pipelined answers.
const SLICES: usize = 16;

impl Outbox {
    pub fn push(&mut self, piece: Piece) {
        self.pieces.push_back(piece);
    }

    /// Sends everything.
    pub fn poll_send<S: Stream>(
        &mut self,
        stream: &mut S,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while let Some(piece) = self.pieces.front_mut() {
            match piece {
                Piece::File { file, sent } => {
                    ready!(stream.poll_send(context, file, sent))?;
                    if *sent == file.length() {
                        self.pieces.pop_front();
                    }
                }
                Piece::Bytes(_) => {
                    let count = ready!(self.poll_write(stream, context))?;
                    self.pass(count);
                }
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Writes some of the bytes that stand before the next file.
    fn poll_write<S: Stream>(
        &self,
        stream: &mut S,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let mut slices = [IoSlice::new(&[]); SLICES];
        let mut count = 0;
        let mut is_ahead = false;
        for (slice, piece) in slices.iter_mut().zip(&self.pieces) {
            match piece {
                Piece::Bytes(bytes) => *slice = IoSlice::new(bytes),
                Piece::File { .. } => {
                    is_ahead = true;
                    break;
                }
            }
            count += 1;
        }
        let stream_end = Pin::new(&mut *stream);
        let count = match &slices[..count] {
            [one] if is_ahead => ready!(stream.poll_send_ahead(context, one))?,
            [one] => ready!(stream_end.poll_write(context, one))?,
            several => ready!(stream_end.poll_write_vectored(context, several))?,
        };
        match count {
            0 => Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
            count => Poll::Ready(Ok(count)),
        }
    }

    /// Drops bytes that are sent.
    fn pass(&mut self, mut count: usize) {
        while let Some(Piece::Bytes(bytes)) = self.pieces.front_mut() {
            if bytes.len() > count {
                bytes.advance(count);
                return;
            }
            count -= bytes.len();
            self.pieces.pop_front();
        }
    }
}
