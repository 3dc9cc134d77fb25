//! A request for what was asked for a moment ago → its response, made from what the thread has at hand.
//!
//! A popular feed is asked for thousands of times while nothing changes. What all threads share (the edition, the cache,
//! the counts of who uses a document) travels between the processor's cores on each use, which costs more than everything
//! else that we do. So each thread has copies of its own of the heads that it sends, for a second; then it asks again, so
//! that the cache sees what is used and may drop what it must.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderName};
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::Full;

use super::coding::{Coding, negotiate};
use super::conditions::{Verdict, judge};
use super::ready::Ready;
use super::reply::{self, Response};
use super::respond::refusal;

/// Documents at hand: as many as are popular at one time on a server of this size. More than these share the cache.
const MOST: usize = 64;

/// What one thread has at hand.
pub(super) struct Hand {
    documents: Vec<Option<Kept>>,
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
    unchanged: HeaderMap,
    /// `None` until the document is packed so.
    whole: Option<(HeaderMap, Bytes)>,
}

impl Hand {
    /// With nothing in it.
    pub fn new() -> Hand {
        Hand {
            documents: std::iter::repeat_with(|| None).take(MOST).collect(),
        }
    }

    /// Lets go of everything.
    pub fn clear(&mut self) {
        self.documents.fill_with(|| None);
    }

    /// Keeps what was just sent for `path`.
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
    pub fn answer(&mut self, head: &Parts, edition: u64) -> Option<Response> {
        let path = target(head);
        let kept = self.documents[place(path)].as_mut()?;
        if !kept.is(path, edition) || refusal(head).is_some() {
            return None;
        }
        kept.answer(head)
    }
}

/// What a request asks for: path and query, since a feed's pages differ in the query only.
pub(super) fn target(head: &Parts) -> &str {
    let target = head.uri.path_and_query();
    target.map_or(head.uri.path(), PathAndQuery::as_str)
}

impl Kept {
    fn is(&self, path: &str, edition: u64) -> bool {
        self.edition == edition && self.path == path
    }

    fn answer(&mut self, head: &Parts) -> Option<Response> {
        let coding = negotiate(&head.headers);
        let sheet =
            self.sheets[coding as usize].get_or_insert_with(|| Sheet::of(&self.ready, coding));
        match judge(&head.headers, &sheet.etag, self.ready.modified) {
            Verdict::Failed => None,
            Verdict::NotModified => Some(response(
                StatusCode::NOT_MODIFIED,
                &sheet.unchanged,
                Bytes::new(),
            )),
            Verdict::Send => {
                let (fields, bytes) = sheet.whole(&self.ready, coding)?;
                let whole = response(StatusCode::OK, fields, bytes.clone());
                Some(reply::without_body(whole, &head.method))
            }
        }
    }
}

impl Sheet {
    fn of(ready: &Ready, coding: Coding) -> Sheet {
        Sheet {
            etag: ready.etag(coding).clone(),
            unchanged: own(reply::unchanged(ready, coding)),
            whole: None,
        }
    }

    fn whole(&mut self, ready: &Ready, coding: Coding) -> Option<&(HeaderMap, Bytes)> {
        if self.whole.is_none() {
            let bytes = ready.packed(coding)?;
            let fields = own(reply::whole(ready, coding, bytes.len()));
            // Counted on its own, like the fields.
            self.whole = Some((fields, Bytes::from_owner(bytes)));
        }
        self.whole.as_ref()
    }
}

/// Fields whose values are made for each document; those of the others are part of the program and counted by nobody.
const MADE: [HeaderName; 4] = [
    header::CACHE_CONTROL,
    header::CONTENT_LENGTH,
    header::ETAG,
    header::LAST_MODIFIED,
];

/// The same fields, whose values are counted for this thread alone.
fn own(mut fields: HeaderMap) -> HeaderMap {
    for name in MADE {
        if let Some(value) = fields.get_mut(&name)
            && let Ok(copy) = HeaderValue::from_bytes(value.as_bytes())
        {
            *value = copy;
        }
    }
    fields
}

fn response(status: StatusCode, fields: &HeaderMap, bytes: Bytes) -> Response {
    let mut response = Response::new(Full::new(bytes));
    *response.status_mut() = status;
    response.headers_mut().clone_from(fields);
    response
}

fn place(path: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    // The remainder is below MOST.
    (hasher.finish() % MOST as u64) as usize
}
