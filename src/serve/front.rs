//! A connection's bytes → answers to simple requests, most of them from what the thread has at hand; hyper gets the rest.
//!
//! Nearly all requests are the same few lines, from a reader that asks for a feed anew. The front takes them as they are: one
//! read, one look at what is at hand, one write.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use tokio::io::ReadBuf;

use super::asked::{Asked, table};
use super::clerk::{Clerk, Desk, lock};
use super::hand::Answer;
use super::outbox::{Outbox, Piece};
use super::roll::Member;
use super::spell;
use super::stream::Stream;

/// Answers in one go. Who sends more requests at once takes turns with the others: after each go the rest waits until what
/// is answered was sent.
const GO: usize = 16;

/// Times that a connection is read from before others have their turn.
const READS: usize = 4;

/// One connection, as long as its requests are simple.
pub(super) struct Front<S> {
    stream: S,
    clerk: Arc<Clerk>,
    member: Arc<Member>,
    patience: Duration,
    outbox: Outbox,
    /// What was read behind the last request that is answered.
    rest: Bytes,
    /// What comes when all is sent.
    next: Option<Next>,
}

/// What the front does not do itself.
pub(super) enum Next {
    /// The connection is at its end.
    Over,
    /// A simple request, which the newsstand must be asked for.
    Ask {
        head: Box<Parts>,
        /// Whether the client asks for nothing more.
        closes: bool,
    },
    /// What was read begins with something unusual.
    Pass,
}

impl<S: Stream> Front<S> {
    /// A connection of `member`, who must send a whole head within `patience`.
    pub fn new(stream: S, clerk: Arc<Clerk>, member: Arc<Member>, patience: Duration) -> Front<S> {
        Front {
            stream,
            clerk,
            member,
            patience,
            outbox: Outbox::default(),
            rest: Bytes::new(),
            next: None,
        }
    }

    /// The stream, and what was read from it and not answered.
    pub fn into_parts(self) -> (S, Bytes) {
        (self.stream, self.rest)
    }

    /// Answers requests until something else is to be done.
    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Next>> {
        let is_ending = self.member.attend(context);
        for _ in 0..READS {
            ready!(self.outbox.poll_send(&mut self.stream, context))?;
            if let Some(next) = self.next.take() {
                return Poll::Ready(Ok(next));
            }
            if is_ending {
                return Poll::Ready(Ok(Next::Over));
            }
            ready!(self.poll_answer(context))?;
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }

    /// Answers what was read already, or what can be read now.
    fn poll_answer(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let clerk = Arc::clone(&self.clerk);
        let mut desk = lock(&clerk.desk);
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            let used = self.answer(&mut desk, &rest);
            self.rest = rest.slice(used..);
            return Poll::Ready(Ok(()));
        }
        let mut buffer = std::mem::take(&mut desk.buffer);
        let mut space = ReadBuf::new(&mut buffer);
        let read = Pin::new(&mut self.stream).poll_read(context, &mut space);
        let bytes = space.filled();
        match &read {
            Poll::Pending if self.member.is_late(self.patience) => self.next = Some(Next::Over),
            Poll::Ready(Ok(())) if bytes.is_empty() => self.next = Some(Next::Over),
            Poll::Ready(Ok(())) => {
                self.member.is_served();
                let used = self.answer(&mut desk, bytes);
                self.rest = Bytes::copy_from_slice(&bytes[used..]);
            }
            _ => {}
        }
        desk.buffer = buffer;
        if self.next.is_some() {
            return Poll::Ready(Ok(()));
        }
        read
    }

    /// Answers the requests that `bytes` begin with, as many as go in one go. Returns how many bytes these were.
    fn answer(&mut self, desk: &mut Desk, bytes: &[u8]) -> usize {
        let mut used = 0;
        for _ in 0..GO {
            let mut table = table();
            let Some(asked) = Asked::of(&bytes[used..], &mut table) else {
                self.next = Some(Next::Pass);
                return used;
            };
            let newsstand = &self.clerk.newsstand;
            let answer = newsstand.open_edition();
            let answer = answer.and_then(|edition| desk.hand.answer(&asked, edition));
            let Some(answer) = answer else {
                return used + self.ask(&asked);
            };
            used += asked.bytes;
            self.say(answer, asked.closes);
            if asked.closes || used == bytes.len() {
                return used;
            }
        }
        used
    }

    /// Leaves a request for the newsstand. Returns how many bytes it was.
    fn ask(&mut self, asked: &Asked<'_, '_>) -> usize {
        let Some(head) = asked.parts() else {
            self.next = Some(Next::Pass);
            return 0;
        };
        self.next = Some(Next::Ask {
            head: Box::new(head),
            closes: asked.closes,
        });
        asked.bytes
    }

    /// Takes an answer to be sent; the connection ends with it where `closes` says so.
    pub fn say(&mut self, answer: Answer, closes: bool) {
        let head = if closes {
            self.next = Some(Next::Over);
            spell::last(&answer.head)
        } else {
            answer.head
        };
        self.outbox.push(Piece::Bytes(head));
        if let Some(body) = answer.body {
            self.outbox.push(body);
        }
    }
}
