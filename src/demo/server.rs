//! A request → an answer of the newspaper's server: validators, 304, gzip, and a count of what was asked.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER, VARY,
};
use http::{Method, Request, Response, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::desk::Desk;
use super::pages::{Paper, Reply, Resource, reply};

/// What was asked of one path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// All requests.
    pub requests: usize,
    /// Those that brought a validator along.
    pub conditional: usize,
    /// Those that were answered "not modified".
    pub not_modified: usize,
}

/// The newspaper, what was asked of it, and how it behaves.
pub struct State {
    base: String,
    desk: Mutex<Desk>,
    asked: Mutex<BTreeMap<String, Asked>>,
    manner: Mutex<Manner>,
}

/// How the server behaves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// How long each answer takes.
    pub delay: Duration,
    /// Whether it has trouble of its own.
    pub down: bool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// The state of a newspaper that stands at `base`.
    pub fn new(base: String, desk: Desk) -> State {
        State {
            base,
            desk: Mutex::new(desk),
            asked: Mutex::default(),
            manner: Mutex::default(),
        }
    }

    /// The newspaper.
    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        locked(&self.desk)
    }

    /// How the server behaves.
    pub fn manner(&self) -> MutexGuard<'_, Manner> {
        locked(&self.manner)
    }

    /// What was asked so far, by path and query.
    pub fn asked(&self) -> BTreeMap<String, Asked> {
        locked(&self.asked).clone()
    }

    fn count(&self, uri: &Uri, change: impl FnOnce(&mut Asked)) {
        let path = percent_decode_str(uri.path())
            .decode_utf8_lossy()
            .into_owned();
        let key = uri
            .query()
            .map_or(path.clone(), |query| format!("{path}?{query}"));
        change(locked(&self.asked).entry(key).or_default());
    }
}

/// Answers whoever comes, until it is given up.
pub async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                let state = Arc::clone(&state);
                connections.spawn(async move {
                    let service = service_fn(move |request| answer(Arc::clone(&state), request));
                    // A connection that breaks off concerns nobody but the one who broke it.
                    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn answer(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let head = request.headers();
    let conditional = head.contains_key(IF_NONE_MATCH) || head.contains_key(IF_MODIFIED_SINCE);
    state.count(request.uri(), |asked| {
        asked.requests += 1;
        asked.conditional += usize::from(conditional);
    });
    let manner = *state.manner();
    if !manner.delay.is_zero() {
        tokio::time::sleep(manner.delay).await;
    }
    if manner.down {
        return Ok(in_trouble());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "This newspaper can only be read.",
        ));
    }
    let response = match find(&state, request.uri()) {
        Reply::Found(resource) => found(&resource, head),
        Reply::Gone => plain(StatusCode::GONE, "This report was withdrawn."),
        Reply::NotFound => plain(StatusCode::NOT_FOUND, "There is no such page."),
    };
    if response.status() == StatusCode::NOT_MODIFIED {
        state.count(request.uri(), |asked| asked.not_modified += 1);
    }
    Ok(response)
}

fn find(state: &State, uri: &Uri) -> Reply {
    let path = percent_decode_str(uri.path()).decode_utf8_lossy();
    let page = uri.query().and_then(|query| query.strip_prefix("page="));
    let page = page.map_or(1, |number| number.parse().unwrap_or_default());
    let desk = state.desk();
    reply(
        &Paper {
            base: &state.base,
            desk: &desk,
        },
        &path,
        page,
    )
}

fn found(resource: &Resource, head: &HeaderMap) -> Response<Full<Bytes>> {
    let mark = mark(&resource.bytes);
    let date = http_date(resource.modified);
    let mut response = Response::new(Full::new(Bytes::new()));
    let headers = response.headers_mut();
    for (name, value) in [
        (ETAG, Some(&mark)),
        (LAST_MODIFIED, Some(&date).filter(|_| resource.dated)),
    ] {
        if let Some(value) = value.and_then(|value| value.parse().ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(VARY, http::HeaderValue::from_static("Accept-Encoding"));
    if is_known(head, &mark, resource) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(
        CONTENT_TYPE,
        http::HeaderValue::from_static(resource.content_type),
    );
    let mut bytes = resource.bytes.clone();
    if let Some(packed) = packed(resource, head) {
        headers.insert(CONTENT_ENCODING, http::HeaderValue::from_static("gzip"));
        bytes = packed;
    }
    *response.body_mut() = Full::new(bytes);
    response
}

/// The mark of a version, weak because it stands for the packed and the plain spelling.
fn mark(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Whether the reader has this version (RFC 9110, section 13.2.2): by the mark it brings, and only without one by the date.
fn is_known(head: &HeaderMap, mark: &str, resource: &Resource) -> bool {
    let text = |name| {
        head.get(name)
            .and_then(|value: &http::HeaderValue| value.to_str().ok())
    };
    if let Some(known) = text(IF_NONE_MATCH) {
        return known.split(',').any(|known| known.trim() == mark);
    }
    resource.dated
        && text(IF_MODIFIED_SINCE)
            .and_then(|known| DateTime::parse_from_rfc2822(known).ok())
            .is_some_and(|known| resource.modified.timestamp() <= known.timestamp())
}

/// The body packed, where it is text and the reader can unpack it.
fn packed(resource: &Resource, head: &HeaderMap) -> Option<Bytes> {
    let accepted = head.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let is_text =
        resource.content_type.starts_with("text/") || resource.content_type.contains("xml");
    if !is_text || !accepted.contains("gzip") {
        return None;
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&resource.bytes).ok()?;
    packed.finish().ok().map(Bytes::from)
}

fn plain(status: StatusCode, words: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(words.as_bytes())));
    *response.status_mut() = status;
    response
}

fn in_trouble() -> Response<Full<Bytes>> {
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, "The presses stand still.");
    response
        .headers_mut()
        .insert(RETRY_AFTER, http::HeaderValue::from_static("1"));
    response
}
