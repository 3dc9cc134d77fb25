//! A request that is not answered from what is at hand → its response, from the newsstand; what it was is at hand then.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use http::request::Parts;
use http::uri::PathAndQuery;

use super::Newsstand;
use super::accept::Peer;
use super::hand::Hand;
use super::reply::Response;

/// Bytes that are read from a connection in one go: one large head, or many pipelined usual ones.
const READ_BYTES: usize = 16_384;

/// What one thread works with: all its connections in turn.
pub(super) struct Desk {
    pub hand: Hand,
    /// Where requests are read into. What a connection leaves there is gone at its next turn.
    pub buffer: Box<[u8]>,
}

impl Desk {
    /// An empty one.
    pub fn new(now: DateTime<Utc>) -> Arc<Mutex<Desk>> {
        Arc::new(Mutex::new(Desk {
            hand: Hand::new(now),
            buffer: vec![0; READ_BYTES].into(),
        }))
    }
}

/// Only its thread locks it, so it is always free. Whoever held it did nothing that can be left half done.
pub(super) fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who answers one connection.
pub(super) struct Clerk {
    pub newsstand: Arc<Newsstand>,
    pub desk: Arc<Mutex<Desk>>,
    pub peer: Peer,
}

impl Clerk {
    /// Answers from the newsstand, and keeps at hand what was asked for.
    pub async fn answer(&self, mut head: Parts) -> Response {
        if let Some(refusal) = self.newsstand.refusal(self.peer, &mut head) {
            return refusal;
        }
        let edition = self.newsstand.edition_number();
        let (response, document) = self.newsstand.answer(&head).await;
        if let Some(document) = document {
            let target = head.uri.path_and_query();
            let target = target.map_or(head.uri.path(), PathAndQuery::as_str);
            lock(&self.desk).hand.keep(target, edition, document);
        }
        response
    }
}
