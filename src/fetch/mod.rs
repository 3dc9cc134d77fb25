//! An address and a validator → a [`Page`](crate::model::Page), or the news that nothing changed; a feed that changed → word of it
//! to a hub. The only way out of the program.

mod body;
mod charset;
mod client;
mod error;
mod guard;
mod hub;
mod pace;
mod retry_after;
mod robots;
mod send;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use http::StatusCode;
use http::header::LOCATION;
use reqwest::{Client, Response};
use url::Url;

pub use charset::decode;
pub use error::FetchError;
pub use hub::{Hub, HubError};

use crate::config::{Politeness, Site};
use crate::model::{Page, Validator};
use client::Cookies;
use pace::Pace;
use robots::{MAX_ROBOTS_REDIRECTS, Permission, RobotsAnswer, RobotsMemory, robots_url};

/// Most redirects from an address to its page, half of what browsers follow: each costs the site a request.
const MAX_REDIRECTS: usize = 10;

/// How often one address may come up on the way to a page: a second time is how a site checks that a cookie was kept.
const MAX_VISITS: usize = 2;

/// Asks one site for its pages: one at a time, with a pause between, within every bound.
pub struct Fetcher {
    client: Client,
    cookies: Arc<Cookies>,
    politeness: Politeness,
    own: Vec<Url>,
    robots: RobotsMemory,
    pace: Pace,
}

/// What a site answered.
#[derive(Debug)]
pub enum Answer {
    /// A page.
    Page(Box<Page>),
    /// Nothing has changed since the validator's version.
    NotModified,
}

impl Fetcher {
    /// A way to ask a site of which only the treatment is known. The server that is asked first is its own: `headers` and
    /// `cookies` of the configuration go to no other.
    pub fn new(politeness: &Politeness) -> Result<Fetcher, FetchError> {
        let cookies = Arc::new(Cookies::default());
        let client = client::client(politeness, Arc::clone(&cookies))
            .map_err(|reason| FetchError::Client { reason })?;
        Ok(Fetcher {
            client,
            cookies,
            politeness: politeness.clone(),
            own: Vec::new(),
            robots: RobotsMemory::default(),
            pace: Pace::default(),
        })
    }

    /// A way to ask a configured site. The servers of its address and of its sections are its own: `headers` and
    /// `cookies` of the configuration go to no other.
    pub fn for_site(site: &Site) -> Result<Fetcher, FetchError> {
        let mut fetcher = Fetcher::new(&site.politeness)?;
        fetcher.call_own(&site.url);
        for section in &site.sections {
            fetcher.call_own(&section.url);
        }
        Ok(fetcher)
    }

    /// Asks for the page at `url`, or to be told that it is still the version that `validator` names.
    pub async fn get(&mut self, url: &Url, validator: &Validator) -> Result<Answer, FetchError> {
        if self.own.is_empty() {
            self.call_own(url);
        }
        let mut at = url.clone();
        let mut visited = Vec::new();
        loop {
            self.check_address(&at)?;
            self.check_robots(&at).await?;
            let conditions = conditions(validator, visited.is_empty());
            let response = self.send(&at, &conditions).await?;
            let Some(next) = next_hop(&at, &response)? else {
                let answer = self.answer(at, response, &conditions).await;
                self.pace.end();
                return answer;
            };
            visited.push(std::mem::replace(&mut at, next));
            check_way(url, &visited, &at)?;
        }
    }

    /// Counts the server of `url` among the site's own.
    fn call_own(&mut self, url: &Url) {
        if self.own.iter().any(|own| own.origin() == url.origin()) {
            return;
        }
        self.own.push(url.clone());
        for (name, value) in &self.politeness.cookies {
            self.cookies.give(name, value, url);
        }
    }

    /// Whether the server of `url` is one of the site's own, or the same one spoken to more safely.
    fn is_own(&self, url: &Url) -> bool {
        self.own.iter().any(|own| {
            own.origin() == url.origin()
                || (own.host() == url.host()
                    && (own.scheme(), own.port()) == ("http", None)
                    && (url.scheme(), url.port()) == ("https", None))
        })
    }

    fn check_address(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(FetchError::NotWeb { url: url.clone() });
        }
        match guard::private_literal(url) {
            Some(address) if !self.politeness.private_network => Err(FetchError::Private {
                url: url.clone(),
                address,
            }),
            _ => Ok(()),
        }
    }

    /// Lets `url` pass if the robots.txt of its server does, which is asked for first where it is not known.
    async fn check_robots(&mut self, url: &Url) -> Result<(), FetchError> {
        if !self.politeness.robots {
            return Ok(());
        }
        let mut permission = self.robots.permission(url, self.pace.now());
        if matches!(permission, Permission::NotAsked) {
            let answer = self.read_robots(url).await?;
            self.robots.learn(url, answer, self.pace.now());
            permission = self.robots.permission(url, self.pace.now());
        }
        match permission {
            Permission::Allowed | Permission::NotAsked => Ok(()),
            Permission::Disallowed => Err(FetchError::Disallowed { url: url.clone() }),
            Permission::Unknown(reason, retry_after) => Err(FetchError::RobotsUnknown {
                url: url.clone(),
                reason: reason.into(),
                retry_after,
            }),
        }
    }

    /// Reads the robots.txt of the server of `url`. A server that cannot be reached at all is an error of its own; it is
    /// asked again with the next page.
    async fn read_robots(&mut self, url: &Url) -> Result<RobotsAnswer, FetchError> {
        let Some(mut at) = robots_url(url) else {
            return Ok(RobotsAnswer::None);
        };
        for _ in 0..=MAX_ROBOTS_REDIRECTS {
            self.check_address(&at)?;
            let response = match self.send(&at, &Validator::default()).await {
                Ok(response) => response,
                Err(error) if error.is_before_any_answer() => return Err(error.about(url)),
                Err(error) => return Ok(RobotsAnswer::Unknown(error.to_string(), None)),
            };
            match next_hop(&at, &response) {
                Ok(Some(next)) => at = next,
                Ok(None) => {
                    let answer = send::robots_answer(&at, response).await;
                    self.pace.end();
                    return Ok(answer);
                }
                Err(_) => return Ok(RobotsAnswer::None),
            }
        }
        Ok(RobotsAnswer::None)
    }
}

/// What to send along: with the address that was asked for, all of the validator. After a redirect another page may
/// stand there than last time, older perhaps, and a date would then call it unchanged; its mark would differ.
fn conditions(validator: &Validator, first: bool) -> Validator {
    Validator {
        etag: validator.etag.clone(),
        last_modified: validator.last_modified.clone().filter(|_| first),
    }
}

/// Where `response` sends us on to, if it does.
fn next_hop(at: &Url, response: &Response) -> Result<Option<Url>, FetchError> {
    let Some(location) = response.headers().get(LOCATION) else {
        return Ok(None);
    };
    if !is_redirect(response.status()) {
        return Ok(None);
    }
    let location = String::from_utf8_lossy(location.as_bytes());
    match at.join(location.trim()) {
        Ok(next) if matches!(next.scheme(), "http" | "https") => Ok(Some(next)),
        _ => Err(FetchError::BadRedirect {
            url: at.clone(),
            location: location.chars().take(200).collect(),
        }),
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Ends a way that is too long or goes in a circle.
fn check_way(asked: &Url, visited: &[Url], next: &Url) -> Result<(), FetchError> {
    let url = asked.clone();
    if visited.iter().filter(|url| *url == next).count() >= MAX_VISITS {
        return Err(FetchError::RedirectLoop { url });
    }
    if visited.len() > MAX_REDIRECTS {
        return Err(FetchError::TooManyRedirects {
            url,
            limit: MAX_REDIRECTS,
        });
    }
    Ok(())
}
