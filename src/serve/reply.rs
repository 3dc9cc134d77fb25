//! What is to be said → an HTTP response with all its fields.

use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
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

/// How long a copy may be shown by caches while this server cannot be reached: a feed of last week is better than none.
const STALE_IF_ERROR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long browsers remember what they may ask across origins. They cap it at a day or less themselves.
const PREFLIGHT_AGE: HeaderValue = HeaderValue::from_static("86400");

/// Answers a request for `ready`, whose copies may be used for `max_age`.
pub(super) async fn document(
    ready: &Ready,
    max_age: Duration,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let coding = negotiate(headers);
    match judge(headers, &ready.etag(coding), ready.modified) {
        Verdict::Failed => plain(
            StatusCode::PRECONDITION_FAILED,
            "The document is not the version that the request insists on.",
        ),
        Verdict::NotModified => {
            let mut response = empty(StatusCode::NOT_MODIFIED);
            validators(response.headers_mut(), ready, coding, max_age);
            response
        }
        Verdict::Send => {
            let (coding, bytes) = match ready.bytes(coding).await {
                Some(bytes) => (coding, bytes),
                None => (Coding::Plain, ready.plain()),
            };
            whole(ready, coding, bytes, max_age, method)
        }
    }
}

fn whole(
    ready: &Ready,
    coding: Coding,
    bytes: Bytes,
    max_age: Duration,
    method: &Method,
) -> Response {
    let mut response = with_body(StatusCode::OK, ready.content_type, bytes);
    let fields = response.headers_mut();
    validators(fields, ready, coding, max_age);
    if let Some(name) = coding.name() {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    without_body(response, method)
}

/// The fields that a 304 must repeat (RFC 9110, section 15.4.5), and those that browsers need to read either.
fn validators(fields: &mut HeaderMap, ready: &Ready, coding: Coding, max_age: Duration) {
    let age = max_age.as_secs();
    let stale = STALE_IF_ERROR.as_secs();
    let caching = format!("max-age={age}, stale-while-revalidate={age}, stale-if-error={stale}");
    put(fields, header::ETAG, &ready.etag(coding));
    put(fields, header::LAST_MODIFIED, &ready.last_modified);
    put(fields, header::CACHE_CONTROL, &caching);
    fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
}

/// A field whose value is made of digits and such; other values are left out rather than sent wrong.
fn put(fields: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        fields.insert(name, value);
    }
}

/// Sends somebody to the right address, for ever.
pub(super) fn moved(address: &str) -> Response {
    let mut response = plain(
        StatusCode::MOVED_PERMANENTLY,
        &format!("This feed stands at {address}"),
    );
    put(response.headers_mut(), header::LOCATION, address);
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
    let mut response = with_body(
        status,
        "text/plain; charset=utf-8",
        format!("{sentence}\n").into(),
    );
    cached(&mut response, "no-store");
    response
}

/// A page for people that is no document with validators.
pub(super) fn page(status: StatusCode, html: String) -> Response {
    let mut response = with_body(status, pages::CONTENT_TYPE, html.into());
    cached(&mut response, "no-store");
    response
}

/// A small JSON answer about this moment.
pub(super) fn json(status: StatusCode, text: String) -> Response {
    let mut response = with_body(status, "application/json", text.into());
    cached(&mut response, "no-store");
    response
}

/// A small text that changes with the program only.
pub(super) fn fixed(text: &'static str) -> Response {
    let mut response = with_body(StatusCode::OK, "text/plain; charset=utf-8", text.into());
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

fn with_body(status: StatusCode, content_type: &'static str, bytes: Bytes) -> Response {
    let mut response = empty(status);
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if content_type == pages::CONTENT_TYPE {
        let policy = HeaderValue::from_static(pages::POLICY);
        fields.insert(header::CONTENT_SECURITY_POLICY, policy);
        let none = HeaderValue::from_static("no-referrer");
        fields.insert(header::REFERRER_POLICY, none);
    }
    *response.body_mut() = Full::new(bytes);
    response
}

/// What every response says: types are not guessed, and readers in browsers may read it.
fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    let fields = response.headers_mut();
    fields.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    fields.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    fields.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Last-Modified, Link, Retry-After"),
    );
    response
}

/// The same without its body where only the head was asked for; the length stays that of the body (RFC 9110, section 9.3.2).
pub(super) fn without_body(mut response: Response, method: &Method) -> Response {
    if method == Method::HEAD {
        *response.body_mut() = Full::default();
    }
    response
}
