//! A status and fields → the bytes of a response's head, as hyper writes them.

use bytes::{BufMut, Bytes, BytesMut};
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};

/// What every head ends with, the newest of its fields: `date: Sun, 06 Nov 1994 08:49:37 GMT` and two ends of line.
const TAIL_BYTES: usize = 39;

const CLOSE: &[u8] = b"connection: close\r\n";

/// Bytes of a usual head.
const USUAL_BYTES: usize = 640;

/// The head of a response at `now`.
pub(super) fn head(status: StatusCode, fields: &HeaderMap, now: DateTime<Utc>) -> Bytes {
    let mut bytes = BytesMut::with_capacity(USUAL_BYTES);
    bytes.put(&b"HTTP/1.1 "[..]);
    bytes.put(status.as_str().as_bytes());
    bytes.put(&b" "[..]);
    bytes.put(status.canonical_reason().unwrap_or("<none>").as_bytes());
    bytes.put(&b"\r\n"[..]);
    for (name, value) in fields {
        bytes.put(name.as_str().as_bytes());
        bytes.put(&b": "[..]);
        bytes.put(value.as_bytes());
        bytes.put(&b"\r\n"[..]);
    }
    bytes.put(&b"date: "[..]);
    bytes.put(httpdate::fmt_http_date(now.into()).as_bytes());
    bytes.put(&b"\r\n\r\n"[..]);
    bytes.freeze()
}

/// The same head, which says that the connection ends with this response.
pub(super) fn last(head: &Bytes) -> Bytes {
    let (fields, tail) = head.split_at(head.len().saturating_sub(TAIL_BYTES));
    let mut bytes = BytesMut::with_capacity(head.len() + CLOSE.len());
    for part in [fields, CLOSE, tail] {
        bytes.put(part);
    }
    bytes.freeze()
}
