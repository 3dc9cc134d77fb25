//! A [`Document`] → the same ready to be sent: with its validators, and packed in each coding when first asked for.

use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chrono::{DateTime, SubsecRound, Utc};
use http::HeaderValue;
use siphasher::sip128::{Hasher128, SipHasher13};
use tokio::sync::OnceCell;

use super::coding::{Coding, pack};
use super::memory_file::MemoryFile;
use super::work::elsewhere;
use crate::model::Document;

/// A document with everything that answers are made of.
pub(super) struct Ready {
    pub content_type: HeaderValue,
    /// Whole seconds, as the field has them.
    pub modified: SystemTime,
    pub last_modified: HeaderValue,
    pub cache_control: HeaderValue,
    /// Names the hub that tells of changes, and the document's own address.
    pub link: Option<HeaderValue>,
    /// The strong validators, one for each coding, in the order of its numbers.
    etags: [HeaderValue; 4],
    plain: Bytes,
    /// `None` inside where packing failed.
    packed: [OnceCell<Option<Bytes>>; 3],
    /// The same bytes as files, as long as somebody sends them.
    files: [Mutex<Weak<MemoryFile>>; 4],
}

/// Bytes from which on a file costs less to send than what it saves: from here on the system spends more time with copying
/// than with a second call.
const FILE_BYTES: usize = 32 * 1024;

/// How long a copy may be shown by caches while this server cannot be reached: a feed of last week is better than none.
const STALE_IF_ERROR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Ready {
    /// Readies `document`, whose copies may be used for `max_age`; `not_before` keeps its date from going back.
    pub fn of(document: Document, max_age: Duration, not_before: DateTime<Utc>) -> Ready {
        let date = document.last_modified.max(not_before).trunc_subsecs(0);
        let modified = SystemTime::from(date).max(SystemTime::UNIX_EPOCH);
        Ready {
            content_type: HeaderValue::from_static(document.content_type),
            modified,
            last_modified: value(httpdate::fmt_http_date(modified)),
            cache_control: cache_control(max_age),
            link: None,
            etags: etags(&document),
            plain: document.bytes,
            packed: [const { OnceCell::const_new() }; 3],
            files: [const { Mutex::new(Weak::new()) }; 4],
        }
    }

    /// The strong validator of the bytes in this coding: each has its own (RFC 9110, section 8.8.3.3).
    pub fn etag(&self, coding: Coding) -> &HeaderValue {
        &self.etags[coding as usize]
    }

    /// The bytes in this coding, packed on first request: once, however many ask at that moment. `None` where packing failed.
    pub async fn bytes(&self, coding: Coding) -> Option<Bytes> {
        let [brotli, zstd, gzip] = &self.packed;
        let slot = match coding {
            Coding::Plain => return Some(self.plain()),
            Coding::Brotli => brotli,
            Coding::Zstd => zstd,
            Coding::Gzip => gzip,
        };
        slot.get_or_init(|| packed(self.plain.clone(), coding))
            .await
            .clone()
    }

    /// The bytes in this coding, if they were ever asked for.
    pub fn packed(&self, coding: Coding) -> Option<Bytes> {
        let [brotli, zstd, gzip] = &self.packed;
        let slot = match coding {
            Coding::Plain => return Some(self.plain()),
            Coding::Brotli => brotli,
            Coding::Zstd => zstd,
            Coding::Gzip => gzip,
        };
        slot.get().cloned().flatten()
    }

    /// The bytes in this coding as a file, which all share who send it at this time; `None` where there is none to be had, or
    /// they are sent as well without one.
    pub fn file(&self, coding: Coding) -> Option<Arc<MemoryFile>> {
        let bytes = self.packed(coding);
        let bytes = bytes.filter(|bytes| bytes.len() >= FILE_BYTES)?;
        let slot = self.files[coding as usize].lock();
        // Whoever held it did nothing that can be left half done.
        let mut slot = slot.unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = slot.upgrade() {
            return Some(file);
        }
        let file = MemoryFile::of(&bytes);
        let file = file.inspect_err(|error| tracing::debug!("no file in memory: {error}"));
        let file = Arc::new(file.ok()?);
        *slot = Arc::downgrade(&file);
        Some(file)
    }

    /// The bytes as they are.
    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// Bytes of memory that it takes: plain, and as much again for its codings, which together are seldom more.
    pub fn weight(&self) -> u64 {
        const REST: u64 = 1_024;
        2 * self.plain.len() as u64 + REST
    }
}

fn cache_control(max_age: Duration) -> HeaderValue {
    let age = max_age.as_secs();
    let stale = STALE_IF_ERROR.as_secs();
    value(format!(
        "max-age={age}, stale-while-revalidate={age}, stale-if-error={stale}"
    ))
}

/// Tags made from a hash that is the same on every machine and after every restart, so that they live as long as the bytes.
fn etags(document: &Document) -> [HeaderValue; 4] {
    let mut hasher = SipHasher13::new();
    hasher.write(document.content_type.as_bytes());
    hasher.write(&document.bytes);
    let hash = hasher.finish128().as_u128();
    Coding::ALL.map(|coding| {
        value(match coding.name() {
            None => format!("\"{hash:032x}\""),
            Some(name) => format!("\"{hash:032x}-{name}\""),
        })
    })
}

/// A field's value. Visible ASCII always is one.
fn value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
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
