//! A request for what was asked for a moment ago → its answer, the bytes of which the thread has at hand.
//!
//! A popular feed is asked for thousands of times while nothing changes. What all threads share (the edition, the cache,
//! the counts of who uses a document) travels between the processor's cores on each use, and the fields of a response are
//! spelled anew each time; both cost more than everything else that we do. So each thread has heads and bodies of its own,
//! ready to be sent, for a second; then it asks again, so that the cache sees what is used and may drop what it must.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderValue, StatusCode};

use super::asked::Asked;
use super::coding::{Coding, negotiate};
use super::conditions::{Verdict, judge};
use super::outbox::Piece;
use super::ready::Ready;
use super::{reply, spell};

/// Documents at hand: as many as are popular at one time on a server of this size. More than these share the cache.
const MOST: usize = 64;

/// What one thread has at hand.
pub(super) struct Hand {
    documents: Vec<Option<Kept>>,
    /// The date that its heads say.
    now: DateTime<Utc>,
}

/// A document of an edition, at the path and query under which it was asked for.
struct Kept {
    path: String,
    edition: u64,
    ready: Arc<Ready>,
    sheets: [Option<Sheet>; Coding::ALL.len()],
}

/// What is sent of a document in one coding.
struct Sheet {
    etag: HeaderValue,
    unchanged: Bytes,
    /// `None` until the document is packed so.
    whole: Option<Whole>,
}

/// A whole document.
struct Whole {
    head: Bytes,
    body: Piece,
    /// How often it was sent.
    uses: u32,
}

/// An answer, ready to be sent.
pub(super) struct Answer {
    pub head: Bytes,
    pub body: Option<Piece>,
}

impl Hand {
    /// With nothing in it.
    pub fn new(now: DateTime<Utc>) -> Hand {
        Hand {
            documents: std::iter::repeat_with(|| None).take(MOST).collect(),
            now,
        }
    }

    /// Lets go of everything. What it takes up from now on is dated `now`.
    pub fn renew(&mut self, now: DateTime<Utc>) {
        self.documents.fill_with(|| None);
        self.now = now;
    }

    /// The moment that its heads are dated with, a second old at most.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Keeps what was just asked for at `path`.
    pub fn keep(&mut self, path: &str, edition: u64, ready: Arc<Ready>) {
        let slot = &mut self.documents[place(path)];
        if matches!(slot, Some(kept) if kept.is(path, edition)) {
            return;
        }
        *slot = Some(Kept {
            path: path.to_owned(),
            edition,
            ready,
            sheets: [const { None }; Coding::ALL.len()],
        });
    }

    /// Answers the request, if all that its answer needs is at hand.
    pub fn answer(&mut self, asked: &Asked<'_, '_>, edition: u64) -> Option<Answer> {
        let kept = self.documents[place(asked.target)].as_mut()?;
        if !kept.is(asked.target, edition) {
            return None;
        }
        kept.answer(asked, self.now)
    }
}

impl Kept {
    fn is(&self, path: &str, edition: u64) -> bool {
        self.edition == edition && self.path == path
    }

    fn answer(&mut self, asked: &Asked<'_, '_>, now: DateTime<Utc>) -> Option<Answer> {
        let coding = negotiate(asked.fields);
        let ready = &self.ready;
        let sheet =
            self.sheets[coding as usize].get_or_insert_with(|| Sheet::of(ready, coding, now));
        match judge(asked.fields, &sheet.etag, ready.modified) {
            Verdict::Failed => None,
            Verdict::NotModified => Some(Answer {
                head: sheet.unchanged.clone(),
                body: None,
            }),
            Verdict::Send => {
                let whole = sheet.whole(ready, coding, now)?;
                Some(Answer {
                    head: whole.head.clone(),
                    body: (!asked.is_head).then(|| whole.body.clone()),
                })
            }
        }
    }
}

impl Sheet {
    fn of(ready: &Ready, coding: Coding, now: DateTime<Utc>) -> Sheet {
        let unchanged = reply::unchanged(ready, coding);
        Sheet {
            etag: ready.etag(coding).clone(),
            unchanged: spell::head(StatusCode::NOT_MODIFIED, &unchanged, now),
            whole: None,
        }
    }

    fn whole(&mut self, ready: &Ready, coding: Coding, now: DateTime<Utc>) -> Option<&Whole> {
        if self.whole.is_none() {
            let bytes = ready.packed(coding)?;
            let fields = reply::whole(ready, coding, bytes.len());
            self.whole = Some(Whole {
                head: spell::head(StatusCode::OK, &fields, now),
                // Counted for this thread alone.
                body: Piece::Bytes(Bytes::from_owner(bytes)),
                uses: 0,
            });
        }
        let whole = self.whole.as_mut()?;
        whole.uses += 1;
        // Who is asked for once in a while needs no file.
        if let (2, Some(file)) = (whole.uses, ready.file(coding)) {
            whole.body = Piece::File { file, sent: 0 };
        }
        Some(whole)
    }
}

fn place(path: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    // The remainder is below MOST.
    (hasher.finish() % MOST as u64) as usize
}
