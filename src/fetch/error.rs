//! Why a page could not be had → a sentence for the person who can act, and answers for the step that must choose.

use std::net::IpAddr;
use std::time::Duration;

use http::StatusCode;
use url::Url;

use super::robots::PRODUCT;

/// Why a page could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The site says that the page is no more.
    #[error("{url} is gone: the site answered {status}")]
    Gone {
        /// What was asked for.
        url: Url,
        /// 404 or 410.
        status: StatusCode,
    },
    /// The site does not want to answer us.
    #[error(
        "{url} answered {status}: the site refuses us; `headers` or `cookies` of a reader it knows, \
         or a `proxy`, may be set for it"
    )]
    Refused {
        /// What was asked for.
        url: Url,
        /// 401, 403, 407 or 451.
        status: StatusCode,
    },
    /// The site wants to be asked less often.
    #[error("{url} answered {status}: the site wants to be asked less often; a longer `pause` or `interval` would help{}", after(*.retry_after))]
    TooManyRequests {
        /// What was asked for.
        url: Url,
        /// 429.
        status: StatusCode,
        /// How long the site wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// The site has trouble of its own.
    #[error("{url} answered {status}: the site has trouble of its own and is asked again later{}", after(*.retry_after))]
    Unavailable {
        /// What was asked for.
        url: Url,
        /// 500 to 599.
        status: StatusCode,
        /// How long the site wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// The site answered with a status that is no page.
    #[error("{url} answered {status}, which is no page; is the address right?")]
    Status {
        /// What was asked for.
        url: Url,
        /// What it answered.
        status: StatusCode,
    },
    /// robots.txt asks us not to.
    #[error(
        "robots.txt of the site does not let `{PRODUCT}` read {url}; `robots = false` for the site \
         reads it all the same, where its owner agrees"
    )]
    Disallowed {
        /// What was to be asked for.
        url: Url,
    },
    /// robots.txt could not be read, so nothing may be asked for (RFC 9309, section 2.3.1.4).
    #[error(
        "{url} is not asked for before the site's robots.txt can be read: {reason}; `robots = false` \
         for the site does without it, where its owner agrees"
    )]
    RobotsUnknown {
        /// What was to be asked for.
        url: Url,
        /// What happened to robots.txt, a part of a sentence.
        reason: Box<str>,
        /// How long the site wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// More bytes than we read.
    #[error(
        "{url} is larger than {limit_bytes} bytes and was not read to its end; `page_bytes` allows more"
    )]
    TooLarge {
        /// What was asked for.
        url: Url,
        /// The bound, in bytes of the unpacked answer.
        limit_bytes: u64,
    },
    /// The whole answer did not come in time.
    #[error("{url} did not answer in full within {} s; `timeout` allows more", .limit.as_secs_f64())]
    TimedOut {
        /// What was asked for.
        url: Url,
        /// The bound.
        limit: Duration,
    },
    /// The site sends us around in a circle.
    #[error(
        "{url} leads back to itself: a redirect loop; does the site want a cookie, or another address?"
    )]
    RedirectLoop {
        /// What was asked for at first.
        url: Url,
    },
    /// The site sends us on and on.
    #[error("{url} redirects more than {limit} times; is the address right?")]
    TooManyRedirects {
        /// What was asked for at first.
        url: Url,
        /// The bound.
        limit: usize,
    },
    /// The site sends us somewhere, but not to an address on the web.
    #[error("{url} redirects to `{location}`, which is not an address on the web")]
    BadRedirect {
        /// What was asked for.
        url: Url,
        /// What its `Location` says.
        location: String,
    },
    /// Not an address on the web.
    #[error("{url} is not an address on the web; `http://` and `https://` are")]
    NotWeb {
        /// What was to be asked for.
        url: Url,
    },
    /// The address is of this machine or of a network that is not the public one.
    #[error(
        "{url} leads to {address}, which is not on the public internet; `private_network = true` for \
         the site allows it"
    )]
    Private {
        /// What was to be asked for.
        url: Url,
        /// Where it leads.
        address: IpAddr,
    },
    /// The name of the server is not known.
    #[error(
        "the name of the server of {url} cannot be looked up: {reason}; is it spelled right, and is there a network?"
    )]
    Dns {
        /// What was to be asked for.
        url: Url,
        /// What the system said.
        reason: String,
    },
    /// No connection.
    #[error("cannot connect to the server of {url}: {reason}")]
    Connect {
        /// What was to be asked for.
        url: Url,
        /// What the system said.
        reason: String,
    },
    /// No trust.
    #[error(
        "cannot connect to {url} safely: {reason}; is its certificate in order, and this machine's clock right?"
    )]
    Tls {
        /// What was to be asked for.
        url: Url,
        /// What is wrong.
        reason: String,
    },
    /// The answer ended early, or is not what its head says.
    #[error("the answer of {url} is broken: {reason}")]
    Broken {
        /// What was asked for.
        url: Url,
        /// What is wrong.
        reason: String,
    },
    /// The answer is not text.
    #[error("{url} is {kind}, not a page, a feed or another text; is the address right?")]
    NotText {
        /// What was asked for.
        url: Url,
        /// What it is instead, with its article.
        kind: String,
    },
    /// The configuration does not make a client.
    #[error("cannot prepare to ask the site: {reason}; is `proxy` right?")]
    Client {
        /// What is wrong.
        reason: String,
    },
}

fn after(retry_after: Option<Duration>) -> String {
    retry_after
        .map(|wait| format!(" (it asks for {} s)", wait.as_secs()))
        .unwrap_or_default()
}

impl FetchError {
    /// The same failure to reach a server, told of another of its addresses: of the page, not of robots.txt.
    pub(super) fn about(mut self, page: &Url) -> FetchError {
        if let FetchError::Dns { url, .. }
        | FetchError::Connect { url, .. }
        | FetchError::Tls { url, .. }
        | FetchError::Private { url, .. } = &mut self
        {
            *url = page.clone();
        }
        self
    }

    /// Whether the site says that the page is no more (404, 410).
    pub fn is_gone(&self) -> bool {
        matches!(self, FetchError::Gone { .. })
    }

    /// Whether asking again the same way would end the same way: the page, the site's rules or the configuration
    /// would have to change first.
    pub fn is_permanent(&self) -> bool {
        matches!(
            self,
            FetchError::Gone { .. }
                | FetchError::Disallowed { .. }
                | FetchError::TooLarge { .. }
                | FetchError::BadRedirect { .. }
                | FetchError::NotWeb { .. }
                | FetchError::Private { .. }
                | FetchError::NotText { .. }
                | FetchError::Client { .. }
        )
    }

    /// Whether no server was reached at all.
    pub(super) fn is_before_any_answer(&self) -> bool {
        matches!(
            self,
            FetchError::Dns { .. }
                | FetchError::Connect { .. }
                | FetchError::Tls { .. }
                | FetchError::Private { .. }
        )
    }

    /// Whether it concerns the site as a whole, so that asking for another of its pages now would end the same way.
    pub fn is_for_whole_site(&self) -> bool {
        match self {
            FetchError::Refused { .. }
            | FetchError::TooManyRequests { .. }
            | FetchError::RobotsUnknown { .. }
            | FetchError::Dns { .. }
            | FetchError::Connect { .. }
            | FetchError::Tls { .. }
            | FetchError::Client { .. } => true,
            FetchError::Unavailable { status, .. } => *status == StatusCode::SERVICE_UNAVAILABLE,
            _ => false,
        }
    }

    /// How long the site wants to be left alone, where it said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            FetchError::TooManyRequests { retry_after, .. }
            | FetchError::Unavailable { retry_after, .. }
            | FetchError::RobotsUnknown { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
