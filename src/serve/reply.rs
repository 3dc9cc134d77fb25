//! What is to be said → an HTTP response with all its fields.

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use http_body_util::Full;

use super::coding::{Coding, negotiate};
use super::conditions::{Verdict, judge};
use super::pages;
use super::ready::Ready;

/// A whole response.
pub(super) type Response = http::Response<Full<Bytes>>;

/// What may be asked of any address here.
pub(super) const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Fields of a usual response, so that their table is made in one go.
const USUAL_FIELDS: usize = 16;

/// How long browsers remember what they may ask across origins. They cap it at a day or less themselves.
const PREFLIGHT_AGE: HeaderValue = HeaderValue::from_static("86400");

/// Answers a request for `ready`.
pub(super) async fn document(ready: &Ready, method: &Method, headers: &HeaderMap) -> Response {
    let coding = negotiate(headers);
    match judge(headers, ready.etag(coding), ready.modified) {
        Verdict::Failed => {
            let sentence = "The document is not the version that the request insists on.";
            without_body(plain(StatusCode::PRECONDITION_FAILED, sentence), method)
        }
        Verdict::NotModified => {
            let mut response = empty(StatusCode::NOT_MODIFIED);
            *response.headers_mut() = unchanged(ready, coding);
            response
        }
        Verdict::Send => {
            let (coding, bytes) = match ready.bytes(coding).await {
                Some(bytes) => (coding, bytes),
                None => (Coding::Plain, ready.plain()),
            };
            let mut response = Response::new(Full::default());
            *response.headers_mut() = whole(ready, coding, bytes.len());
            *response.body_mut() = Full::new(bytes);
            without_body(response, method)
        }
    }
}

/// The fields of a whole document in this coding, in which it has `length` bytes.
pub(super) fn whole(ready: &Ready, coding: Coding, length: usize) -> HeaderMap {
    let mut fields = usual();
    validators(&mut fields, ready, coding);
    typed(&mut fields, ready.content_type.clone(), length);
    if let Some(link) = &ready.link {
        fields.insert(header::LINK, link.clone());
    }
    if let Some(name) = coding.name() {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    fields
}

/// The fields of a 304: what a cache needs, and that readers in browsers may see it. It has no body, so no type to guess.
pub(super) fn unchanged(ready: &Ready, coding: Coding) -> HeaderMap {
    let mut fields = HeaderMap::with_capacity(USUAL_FIELDS);
    fields.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
    validators(&mut fields, ready, coding);
    fields
}

/// The fields that a 304 must repeat (RFC 9110, section 15.4.5).
fn validators(fields: &mut HeaderMap, ready: &Ready, coding: Coding) {
    fields.insert(header::ETAG, ready.etag(coding).clone());
    fields.insert(header::LAST_MODIFIED, ready.last_modified.clone());
    fields.insert(header::CACHE_CONTROL, ready.cache_control.clone());
    fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
}

/// Sends somebody to the right address, for ever.
pub(super) fn moved(address: &str) -> Response {
    let mut response = plain(
        StatusCode::MOVED_PERMANENTLY,
        &format!("This feed stands at {address}"),
    );
    // Percent-encoded, so that it always is a field's value.
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    cached(&mut response, "max-age=86400");
    response
}

/// Says which methods there are (RFC 9110, section 9.3.7), and lets readers in browsers ask with conditions.
pub(super) fn options() -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    let fields = response.headers_mut();
    fields.insert(header::ALLOW, METHODS);
    fields.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    fields.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("Accept, Cache-Control, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since"),
    );
    fields.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_AGE);
    response
}

/// Refuses a method that we know.
pub(super) fn not_allowed() -> Response {
    let mut response = plain(
        StatusCode::METHOD_NOT_ALLOWED,
        "Feeds can be read (GET, HEAD) and nothing else.",
    );
    response.headers_mut().insert(header::ALLOW, METHODS);
    response
}

/// Asks to come back later.
pub(super) fn later(sentence: &str, seconds: u32) -> Response {
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, sentence);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// A sentence; not to be kept by caches.
pub(super) fn plain(status: StatusCode, sentence: &str) -> Response {
    let mut response = with_body(status, TEXT, format!("{sentence}\n").into());
    cached(&mut response, "no-store");
    response
}

/// A page for people that is no document with validators.
pub(super) fn page(status: StatusCode, html: String) -> Response {
    let mut response = with_body(
        status,
        HeaderValue::from_static(pages::CONTENT_TYPE),
        html.into(),
    );
    cached(&mut response, "no-store");
    response
}

/// A small JSON answer about this moment.
pub(super) fn json(status: StatusCode, text: String) -> Response {
    let mut response = with_body(
        status,
        HeaderValue::from_static("application/json"),
        text.into(),
    );
    cached(&mut response, "no-store");
    response
}

/// A small text that changes with the program only.
pub(super) fn fixed(text: &'static str) -> Response {
    let mut response = with_body(StatusCode::OK, TEXT, text.into());
    cached(&mut response, "max-age=86400");
    response
}

/// Nothing, and caches may remember that.
pub(super) fn nothing() -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    cached(&mut response, "max-age=86400");
    response
}

fn cached(response: &mut Response, value: &'static str) {
    let value = HeaderValue::from_static(value);
    response.headers_mut().insert(header::CACHE_CONTROL, value);
}

fn with_body(status: StatusCode, content_type: HeaderValue, bytes: Bytes) -> Response {
    let mut response = empty(status);
    typed(response.headers_mut(), content_type, bytes.len());
    *response.body_mut() = Full::new(bytes);
    response
}

/// Says what the body is.
fn typed(fields: &mut HeaderMap, content_type: HeaderValue, length: usize) {
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if content_type == pages::CONTENT_TYPE {
        let policy = HeaderValue::from_static(pages::POLICY);
        fields.insert(header::CONTENT_SECURITY_POLICY, policy);
        let none = HeaderValue::from_static("no-referrer");
        fields.insert(header::REFERRER_POLICY, none);
    }
    fields.insert(header::CONTENT_TYPE, content_type);
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    *response.headers_mut() = usual();
    response
}

/// What every response says: types are not guessed, and readers in browsers may read it.
fn usual() -> HeaderMap {
    let mut fields = HeaderMap::with_capacity(USUAL_FIELDS);
    fields.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    fields.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
    fields.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Last-Modified, Link, Retry-After"),
    );
    fields
}

/// The same without its body where only the head was asked for; the length stays that of the body (RFC 9110, section 9.3.2).
pub(super) fn without_body(mut response: Response, method: &Method) -> Response {
    if method == Method::HEAD {
        *response.body_mut() = Full::default();
    }
    response
}
