//! One answer of a site, decoded.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

/// The body of one answer as text, with what the answer's head said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where the text really came from, after redirects.
    pub url: Url,
    /// The body, decoded by its charset; unpacked where it was a gzip file.
    pub text: String,
    /// Type and subtype of `Content-Type` in lower case, without parameters; empty where the site said none.
    pub media_type: String,
    /// `Content-Language`, where the site said one.
    pub language: Option<String>,
    /// `Date` of the answer: the site's own clock.
    pub date: Option<DateTime<Utc>>,
    /// What to send along to be told "not modified" next time.
    pub validator: Validator,
}

/// A site's own marks of one version of a page (RFC 9110, section 8.8), kept as sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validator {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}
