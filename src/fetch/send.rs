//! One request → its answer, and its answer → a page: heads, statuses, bodies within their bound.

use std::error::Error;
use std::io;

use chrono::{DateTime, Utc};
use http::StatusCode;
use http::header::{
    CONTENT_LANGUAGE, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER,
};
use reqwest::Response;
use url::Url;

use super::body::{self, NotUnpacked};
use super::client::{PrivateName, whole};
use super::retry_after::{http_date, retry_after};
use super::robots::{MAX_ROBOTS_BYTES, RobotsAnswer};
use super::{Answer, FetchError, Fetcher, decode};
use crate::model::{Page, Validator};

/// Longest validator that is kept and sent back; longer ones are no marks of a version.
const MAX_VALIDATOR_BYTES: usize = 1024;

impl Fetcher {
    /// Sends one request, when the pause is over. A connection that the site closed without a word is tried once more:
    /// it may have been kept open for too long.
    pub(super) async fn send(
        &mut self,
        url: &Url,
        conditions: &Validator,
    ) -> Result<Response, FetchError> {
        let mut result = self.send_once(url, conditions).await;
        if result.as_ref().is_err_and(is_closed_unheard) {
            result = self.send_once(url, conditions).await;
        }
        result.map_err(|error| self.explain(url, &error))
    }

    async fn send_once(&mut self, url: &Url, conditions: &Validator) -> reqwest::Result<Response> {
        let pause = self.politeness.pause.max(self.robots.crawl_delay(url));
        self.pace.begin(pause).await;
        let mut request = self.client.get(url.clone());
        if self.is_own(url) {
            for (name, value) in &self.politeness.headers {
                request = request.header(name, value);
            }
        }
        for (name, value) in [
            (IF_NONE_MATCH, &conditions.etag),
            (IF_MODIFIED_SINCE, &conditions.last_modified),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let result = request.send().await;
        self.pace.end();
        result
    }

    /// Reads what a response that is no redirect says.
    pub(super) async fn answer(
        &self,
        url: Url,
        response: Response,
        asked: &Validator,
    ) -> Result<Answer, FetchError> {
        match response.status() {
            StatusCode::NOT_MODIFIED if *asked != Validator::default() => Ok(Answer::NotModified),
            status if status.is_success() => self
                .page(url, response)
                .await
                .map(|page| Answer::Page(Box::new(page))),
            status => Err(refusal(url, status, wait(response.headers()))),
        }
    }

    async fn page(&self, mut url: Url, response: Response) -> Result<Page, FetchError> {
        let head = response.headers().clone();
        let content_type = text(&head, CONTENT_TYPE).unwrap_or_default();
        let media_type = media_type(&content_type);
        if let Some(kind) = body::kind_by_type(&media_type) {
            let kind = kind.to_owned();
            return Err(FetchError::NotText { url, kind });
        }
        let bytes = self.body(&url, response).await?;
        if let Some(kind) = body::kind_by_bytes(&bytes) {
            let kind = kind.to_owned();
            return Err(FetchError::NotText { url, kind });
        }
        // A password in the address is ours, and no part of where the page stands.
        let _ = (url.set_username(""), url.set_password(None));
        Ok(Page {
            url,
            text: decode(&bytes, &content_type),
            media_type,
            language: text(&head, CONTENT_LANGUAGE),
            date: text(&head, DATE).and_then(|value| http_date(&value)),
            validator: Validator {
                etag: validator(&head, ETAG),
                last_modified: validator(&head, LAST_MODIFIED),
            },
        })
    }

    /// The body, unpacked, within its bound: counted chunk by chunk, for what a head says of the length is of the packed
    /// body, if it says anything.
    async fn body(&self, url: &Url, mut response: Response) -> Result<Vec<u8>, FetchError> {
        let limit_bytes = self.politeness.page_bytes;
        let too_large = || FetchError::TooLarge {
            url: url.clone(),
            limit_bytes,
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.explain(url, &error))?
        {
            if (bytes.len() + chunk.len()) as u64 > limit_bytes {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        body::unpacked(bytes, limit_bytes).map_err(|error| match error {
            NotUnpacked::TooLarge => too_large(),
            NotUnpacked::Damaged(reason) => FetchError::Broken {
                url: url.clone(),
                reason,
            },
        })
    }

    /// What went wrong below HTTP, as an error of ours.
    fn explain(&self, url: &Url, error: &reqwest::Error) -> FetchError {
        let url = url.clone();
        let reason = error.source().map_or_else(|| error.to_string(), whole);
        if let Some(PrivateName(address)) = cause(error) {
            let address = *address;
            FetchError::Private { url, address }
        } else if error.is_timeout() {
            let limit = self.politeness.timeout;
            FetchError::TimedOut { url, limit }
        } else if error.is_dns() {
            FetchError::Dns { url, reason }
        } else if cause::<rustls::Error>(error).is_some() {
            FetchError::Tls { url, reason }
        } else if error.is_connect() {
            FetchError::Connect { url, reason }
        } else {
            FetchError::Broken { url, reason }
        }
    }
}

/// Reads what a server says of robots.txt.
pub(super) async fn robots_answer(url: &Url, mut response: Response) -> RobotsAnswer {
    let status = response.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        let reason = format!("{url} answered {status}");
        return RobotsAnswer::Unknown(reason, wait(response.headers()));
    }
    if !status.is_success() {
        return RobotsAnswer::None;
    }
    let mut text = Vec::new();
    while text.len() <= MAX_ROBOTS_BYTES {
        match response.chunk().await {
            Ok(Some(chunk)) => text.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(_) => {
                return RobotsAnswer::Unknown(format!("the answer of {url} broke off"), None);
            }
        }
    }
    RobotsAnswer::Text(text)
}

/// A status that is no page, as an error.
fn refusal(url: Url, status: StatusCode, retry_after: Option<std::time::Duration>) -> FetchError {
    match status.as_u16() {
        404 | 410 => FetchError::Gone { url, status },
        401 | 403 | 407 | 451 => FetchError::Refused { url, status },
        429 => FetchError::TooManyRequests {
            url,
            status,
            retry_after,
        },
        500.. => FetchError::Unavailable {
            url,
            status,
            retry_after,
        },
        _ => FetchError::Status { url, status },
    }
}

/// How long the site wants to be left alone, by its own clock where it shows it.
pub(super) fn wait(head: &HeaderMap) -> Option<std::time::Duration> {
    let value = text(head, RETRY_AFTER)?;
    let date = text(head, DATE).and_then(|value| http_date(&value));
    retry_after(&value, date.unwrap_or_else(our_clock))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a date in Retry-After is seen from now, and a site without a Date shows no clock of its own"
)]
fn our_clock() -> DateTime<Utc> {
    Utc::now()
}

fn text(head: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = head.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn media_type(content_type: &str) -> String {
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().to_ascii_lowercase()
}

fn validator(head: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = head.get(name)?.to_str().ok()?;
    (!value.is_empty() && value.len() <= MAX_VALIDATOR_BYTES).then(|| value.to_owned())
}

/// The first cause of `error` that is a `T`.
fn cause<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        // An io::Error shows what is inside of its own only here.
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn Error + 'static));
        if let Some(found) = inner.and_then(|inner| inner.downcast_ref::<T>()) {
            return Some(found);
        }
        next = inner.or_else(|| error.source());
    }
    None
}

/// Whether the site closed the connection before it said a word.
fn is_closed_unheard(error: &reqwest::Error) -> bool {
    let is_reset = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
        )
    };
    !error.is_timeout()
        && !error.is_connect()
        && (cause::<hyper::Error>(error).is_some_and(hyper::Error::is_incomplete_message)
            || cause::<io::Error>(error).is_some_and(is_reset))
}
