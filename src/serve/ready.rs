//! A [`Document`] → the same ready to be sent: with its validators, and packed in each coding when first asked for.

use std::hash::Hasher;
use std::time::SystemTime;

use bytes::Bytes;
use chrono::{DateTime, SubsecRound, Utc};
use siphasher::sip128::{Hasher128, SipHasher13};
use tokio::sync::OnceCell;

use super::coding::{Coding, pack};
use super::work::elsewhere;
use crate::model::Document;

/// A document with everything that answers are made of.
pub(super) struct Ready {
    pub content_type: &'static str,
    /// Whole seconds, as the field has them.
    pub modified: SystemTime,
    pub last_modified: String,
    plain: Bytes,
    /// `None` inside where packing failed.
    packed: [OnceCell<Option<Bytes>>; 3],
    hash: u128,
}

impl Ready {
    /// Readies `document`; `not_before` keeps its date from going back.
    pub fn of(document: Document, not_before: DateTime<Utc>) -> Ready {
        let date = document.last_modified.max(not_before).trunc_subsecs(0);
        let modified = SystemTime::from(date).max(SystemTime::UNIX_EPOCH);
        // A hash that is the same on every machine and after every restart, so that the tag is as long-lived as the bytes.
        let mut hasher = SipHasher13::new();
        hasher.write(document.content_type.as_bytes());
        hasher.write(&document.bytes);
        Ready {
            content_type: document.content_type,
            modified,
            last_modified: httpdate::fmt_http_date(modified),
            plain: document.bytes,
            packed: [const { OnceCell::const_new() }; 3],
            hash: hasher.finish128().as_u128(),
        }
    }

    /// The strong validator of the bytes in this coding: each has its own (RFC 9110, section 8.8.3.3).
    pub fn etag(&self, coding: Coding) -> String {
        match coding.name() {
            None => format!("\"{:032x}\"", self.hash),
            Some(name) => format!("\"{:032x}-{name}\"", self.hash),
        }
    }

    /// The bytes in this coding, packed on first request: once, however many ask at that moment. `None` where packing failed.
    pub async fn bytes(&self, coding: Coding) -> Option<Bytes> {
        let slot = match coding {
            Coding::Plain => return Some(self.plain.clone()),
            Coding::Brotli => &self.packed[0],
            Coding::Zstd => &self.packed[1],
            Coding::Gzip => &self.packed[2],
        };
        slot.get_or_init(|| packed(self.plain.clone(), coding))
            .await
            .clone()
    }

    /// The bytes as they are.
    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// Bytes of memory that it takes: plain, and as much again for its codings, which together are seldom more.
    pub fn weight(&self) -> u64 {
        const REST: u64 = 512;
        2 * self.plain.len() as u64 + REST
    }
}

async fn packed(plain: Bytes, coding: Coding) -> Option<Bytes> {
    match elsewhere(move || pack(&plain, coding)).await {
        Ok(Ok(packed)) => Some(Bytes::from(packed)),
        Ok(Err(error)) => {
            tracing::error!("packing a document as {coding:?} failed: {error}");
            None
        }
        Err(error) => {
            tracing::error!("packing a document as {coding:?} broke off: {error}");
            None
        }
    }
}
