//! How a site is to be treated → the HTTP client that treats it so: trust, cookies, proxy, names looked up under guard.

use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use http::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::cookie::{CookieStore, Jar};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Proxy};
use rustls::ClientConfig;
use rustls_platform_verifier::Verifier;
use url::Url;

use super::guard::is_public;
use crate::config::Politeness;

/// Pages first, as a browser asks; sites that choose between a page and something else choose the page.
const ACCEPT_PAGES: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Bytes of one answer's head under HTTP/2, as many as servers send with long policies in it.
const MAX_HEAD_BYTES: u32 = 64 * 1024;

/// `Set-Cookie` lines after which a site's cookies are forgotten, so that a new name in every answer does not fill the
/// memory; a session is then begun anew.
const MAX_COOKIES_SET: usize = 1000;

/// Longest `Set-Cookie` line that is kept: what RFC 6265 (section 6.1) asks for at least.
const MAX_COOKIE_BYTES: usize = 4096;

/// Builds the client of one site.
pub fn client(politeness: &Politeness, cookies: Arc<Cookies>) -> Result<Client, String> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPT_PAGES));
    let mut builder = Client::builder()
        .user_agent(&politeness.user_agent)
        .default_headers(headers)
        .redirect(Policy::none())
        .referer(false)
        .timeout(politeness.timeout)
        .tls_backend_preconfigured(trust()?)
        .pool_max_idle_per_host(1)
        .http2_max_header_list_size(MAX_HEAD_BYTES)
        // Browsers read heads that are not quite right, so sites have them.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .cookie_provider(cookies)
        .dns_resolver(Arc::new(Names::of(politeness)))
        .no_proxy();
    if let Some(proxy) = &politeness.proxy {
        builder = builder.proxy(Proxy::all(proxy.as_str()).map_err(|error| whole(&error))?);
    }
    builder.build().map_err(|error| whole(&error))
}

/// Whom we trust: the certificates of this machine, read once for the whole program and shared by every site. Each client
/// would else read and keep hundreds of its own.
fn trust() -> Result<ClientConfig, String> {
    static TRUST: OnceLock<Result<ClientConfig, String>> = OnceLock::new();
    TRUST.get_or_init(read_trust).clone()
}

fn read_trust() -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider)).map_err(|error| whole(&error))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| whole(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// An error with its causes, in one line.
pub fn whole(error: &(dyn Error + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let part = error.to_string();
        if parts.last().is_none_or(|last| !last.contains(&part)) {
            parts.push(part);
        }
        next = error.source();
    }
    parts.join(": ")
}

/// A name that leads to nothing but addresses that we must not connect to.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not on the public internet")]
pub struct PrivateName(pub IpAddr);

/// Looks names up and lets only those addresses through that may be connected to. The address that was checked is the
/// one that is connected to: a name that is looked up anew for the connection could say something else. Behind a proxy
/// that looks names up itself (http, https, socks5h), guarding them is the proxy's office.
#[derive(Clone)]
struct Names {
    private_network: bool,
    /// The proxy is the user's own choice and often stands on this machine.
    proxy: Option<String>,
}

impl Names {
    fn of(politeness: &Politeness) -> Names {
        Names {
            private_network: politeness.private_network,
            proxy: politeness
                .proxy
                .as_ref()
                .and_then(|proxy| proxy.host_str().map(str::to_owned)),
        }
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let free = self.private_network || self.proxy.as_deref() == Some(name.as_str());
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let first = found.first().map(SocketAddr::ip);
            let usable: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| free || is_public(address.ip()))
                .collect();
            match first {
                Some(address) if usable.is_empty() => Err(PrivateName(address).into()),
                Some(_) => Ok(Box::new(usable.into_iter()) as Addrs),
                None => Err(io::Error::new(io::ErrorKind::NotFound, "it has no address").into()),
            }
        })
    }
}

/// The cookies of one site: those that the configuration gives, and those that the site sets, bounded.
#[derive(Default)]
pub struct Cookies {
    jar: RwLock<Jar>,
    given: RwLock<Vec<(String, Url)>>,
    set: AtomicUsize,
}

impl Cookies {
    /// Gives a cookie to be sent to the server of `url`, and to no other.
    pub fn give(&self, name: &str, value: &str, url: &Url) {
        let safe = if url.scheme() == "https" {
            "; Secure"
        } else {
            ""
        };
        let cookie = format!("{name}={value}; Path=/{safe}");
        self.jar
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .add_cookie_str(&cookie, url);
        self.given
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push((cookie, url.clone()));
    }

    /// Forgets what the site has set.
    fn begin_anew(&self) {
        let jar = Jar::default();
        for (cookie, url) in self
            .given
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            jar.add_cookie_str(cookie, url);
        }
        *self.jar.write().unwrap_or_else(PoisonError::into_inner) = jar;
        self.set.store(0, Ordering::Relaxed);
    }
}

impl CookieStore for Cookies {
    fn set_cookies(&self, lines: &mut dyn Iterator<Item = &HeaderValue>, url: &Url) {
        let short: Vec<&HeaderValue> = lines
            .filter(|line| line.len() <= MAX_COOKIE_BYTES)
            .collect();
        if self.set.fetch_add(short.len(), Ordering::Relaxed) + short.len() > MAX_COOKIES_SET {
            self.begin_anew();
        }
        self.jar
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .set_cookies(&mut short.into_iter(), url);
    }

    fn cookies(&self, url: &Url) -> Option<HeaderValue> {
        self.jar
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .cookies(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> HeaderValue {
        HeaderValue::from_str(text).unwrap()
    }

    #[test]
    fn a_site_that_sets_cookies_without_end_does_not_fill_the_memory() {
        let url = Url::parse("https://a.example/").unwrap();
        let cookies = Cookies::default();
        cookies.give("key", "secret", &url);
        for number in 0..=MAX_COOKIES_SET {
            let set = line(&format!("c{number}=1; Path=/"));
            cookies.set_cookies(&mut [&set].into_iter(), &url);
        }
        let mut sent: Vec<String> = cookies
            .cookies(&url)
            .map(|value| {
                value
                    .to_str()
                    .unwrap()
                    .split("; ")
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap();
        sent.sort();
        assert_eq!(sent, ["c1000=1", "key=secret"]);
        let long = line(&format!("long={}", "x".repeat(MAX_COOKIE_BYTES)));
        cookies.set_cookies(&mut [&long].into_iter(), &url);
        assert!(
            !cookies
                .cookies(&url)
                .unwrap()
                .to_str()
                .unwrap()
                .contains("long")
        );
    }

    #[test]
    fn a_given_cookie_goes_to_its_own_server_only() {
        let cookies = Cookies::default();
        cookies.give(
            "key",
            "secret",
            &Url::parse("https://a.example/x/y").unwrap(),
        );
        for (url, sent) in [
            ("https://a.example/", Some("key=secret")),
            ("https://a.example/z", Some("key=secret")),
            ("http://a.example/", None),
            ("https://b.example/", None),
            ("https://www.a.example/", None),
        ] {
            let found = cookies.cookies(&Url::parse(url).unwrap());
            assert_eq!(
                found.as_ref().map(|value| value.to_str().unwrap()),
                sent,
                "{url}"
            );
        }
    }
}
