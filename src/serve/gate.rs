//! A request, and where it comes from → whether it is let in, and what it asks for without its token.
//!
//! Of what a proxy says, only for whom it asks decides anything. Under which host and scheme readers find us is not taken
//! from requests: every document names its own address and is kept ready for all, so it stands under the one public address
//! of the configuration. Where that has none, what a proxy says is good for a piece of advice ([`place`]).

use std::net::{IpAddr, Ipv4Addr};

use http::header::{FORWARDED, HOST, HeaderName};
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderMap, StatusCode, Uri};
use subtle::ConstantTimeEq;
use url::Url;

use super::accept::Peer;
use super::reply::{self, Response};
use crate::config::{Access, Network};

/// What stands before a token in a path.
const DOOR: &str = "/t/";

/// Programs that watch the server have no token, and it tells them nothing of what is read.
const OPEN: &str = "/healthz";

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Most proxies behind one another of which we read: more is nobody's network.
const HOPS: usize = 32;

/// Takes its token from `head`, or says why it is not let in. `peer` is who holds the other end of the connection.
pub(super) fn refusal(access: &Access, peer: Peer, head: &mut Parts) -> Option<Response> {
    if access.is_open() || head.uri.path() == OPEN {
        return None;
    }
    if !access.networks.is_empty() {
        let client = client(&access.proxies, peer, &head.headers);
        if !client.is_some_and(|client| is_in(&access.networks, client)) {
            let sentence = "These feeds are for other networks than yours.";
            return Some(refused(head, sentence));
        }
    }
    let token = access.token.as_ref()?;
    match without(token, &head.uri) {
        Some(uri) => {
            head.uri = uri;
            None
        }
        None => {
            let sentence =
                "These feeds need a token in their address; who runs this server has it.";
            Some(refused(head, sentence))
        }
    }
}

fn refused(head: &Parts, sentence: &str) -> Response {
    reply::without_body(reply::plain(StatusCode::FORBIDDEN, sentence), &head.method)
}

/// What the address asks for behind its token, in the path (`/t/TOKEN/all.rss`) or the query (`/all.rss?token=TOKEN`), if
/// that is the right one.
fn without(token: &str, uri: &Uri) -> Option<Uri> {
    let (path, query) = (uri.path(), uri.query());
    let target = match path.strip_prefix(DOOR) {
        Some(rest) => {
            let (given, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_same(given, token).then(|| spelled(rest, query))?
        }
        None => {
            let mut parts: Vec<&str> = query?.split('&').collect();
            let at = parts.iter().position(|part| {
                let given = part.strip_prefix("token=");
                given.is_some_and(|given| is_same(given, token))
            })?;
            parts.remove(at);
            let query = parts.join("&");
            spelled(path, Some(query.as_str()).filter(|query| !query.is_empty()))
        }
    };
    PathAndQuery::try_from(target).ok().map(Uri::from)
}

fn spelled(path: &str, query: Option<&str>) -> String {
    let path = if path.is_empty() { "/" } else { path };
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

/// Takes as long for a token that is nearly right as for one that is not, so that none can be guessed letter by letter.
fn is_same(given: &str, token: &str) -> bool {
    given.as_bytes().ct_eq(token.as_bytes()).into()
}

/// Whether `peer` is believed when it says for whom it asks: a proxy that is named, or a program of this machine that may
/// write into our own socket.
pub(super) fn is_trusted(access: &Access, peer: Peer) -> bool {
    peer.is_none_or(|peer| is_in(&access.proxies, peer))
}

/// Who asks: the last in the line of proxies who is none that we trust. `None` where that cannot be told.
fn client(proxies: &[Network], peer: Peer, headers: &HeaderMap) -> Option<IpAddr> {
    let mut line = line(headers).into_iter().rev();
    let mut client = match peer {
        Some(peer) => peer,
        None => line.next().unwrap_or(Some(HERE))?,
    };
    for _ in 0..HOPS {
        if !is_in(proxies, client) {
            return Some(client);
        }
        match line.next() {
            Some(before) => client = before?,
            None => return Some(client),
        }
    }
    None
}

/// Who asks through a Unix socket on nobody's behalf: somebody on this machine.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Those for whom the proxies say that they ask, each added by the next; `None` for who has no address.
///
/// Where both fields stand, only the one of the standard (RFC 7239) is read: a proxy that writes one of them passes on the
/// other as the client sent it.
fn line(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let (name, read): (_, fn(&str) -> Option<IpAddr>) = if headers.contains_key(FORWARDED) {
        (FORWARDED, |member| address(pair(member, "for")?))
    } else {
        (X_FORWARDED_FOR, address)
    };
    members(headers, &name).into_iter().map(read).collect()
}

/// The members of a field that is a list, over all its lines.
fn members<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Vec<&'h str> {
    let lines = headers.get_all(name).into_iter();
    let lines = lines.map(|line| line.to_str().unwrap_or_default());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .collect()
}

/// A value in a member of `Forwarded`: `for=192.0.2.1;proto=https`, `for="[2001:db8::1]:4711"`.
fn pair<'m>(member: &'m str, wanted: &str) -> Option<&'m str> {
    let mut pairs = member.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))?;
    Some(value.trim().trim_matches('"'))
}

/// Under which address readers find us, as the proxy in front of us says; only where it says anything of the kind.
pub(super) fn place(headers: &HeaderMap) -> Option<Url> {
    let last = |name: &HeaderName| members(headers, name).pop();
    let forwarded = last(&FORWARDED);
    let said = |name: &str, field: &HeaderName| match forwarded {
        Some(member) => pair(member, name),
        None => last(field),
    };
    let (host, scheme) = (
        said("host", &X_FORWARDED_HOST),
        said("proto", &X_FORWARDED_PROTO),
    );
    if host.is_none() && scheme.is_none() {
        return None;
    }
    let host = host.or_else(|| last(&HOST))?;
    let url = Url::parse(&format!("{}://{host}", scheme.unwrap_or("https"))).ok()?;
    (matches!(url.scheme(), "http" | "https") && !is_local(&url)).then_some(url)
}

/// Whether an address means something on this machine or network only: an IP address, or none at all.
pub(super) fn is_local(url: &Url) -> bool {
    url.domain().is_none_or(|name| name == "localhost")
}

/// An address, perhaps with a port behind it.
fn address(text: &str) -> Option<IpAddr> {
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once(']')?.0.parse().ok();
    }
    let plain = || text.split_once(':').map_or(text, |(name, _)| name).parse();
    text.parse().or_else(|_| plain()).ok()
}

fn is_in(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef";

    #[test]
    fn a_token_is_taken_from_the_path_or_the_query() {
        for (target, left) in [
            ("/t/0123456789abcdef/all.rss", Some("/all.rss")),
            ("/t/0123456789abcdef/all?page=2", Some("/all?page=2")),
            ("/t/0123456789abcdef/", Some("/")),
            ("/t/0123456789abcdef", Some("/")),
            ("/t/0123456789abcde/all.rss", None),
            ("/t/0123456789abcdefg/all.rss", None),
            ("/t//all.rss", None),
            ("/t/", None),
            ("/all.rss?token=0123456789abcdef", Some("/all.rss")),
            ("/all?page=2&token=0123456789abcdef", Some("/all?page=2")),
            ("/all.rss?token=", None),
            ("/all.rss?token=0123456789ABCDEF", None),
            ("/all.rss", None),
            ("/", None),
        ] {
            let uri = without(TOKEN, &target.parse().unwrap());
            assert_eq!(uri.map(|uri| uri.to_string()).as_deref(), left, "{target}");
        }
    }

    #[test]
    fn only_proxies_that_are_trusted_say_for_whom_they_ask() {
        let proxies = ["127.0.0.1", "10.0.0.0"].map(|address| Network {
            address: address.parse().unwrap(),
            bits: 8,
        });
        let x = "x-forwarded-for";
        for (peer, fields, client_is) in [
            ("127.0.0.1", &[][..], Some("127.0.0.1")),
            ("127.0.0.1", &[(x, "192.0.2.1")], Some("192.0.2.1")),
            // The first is what the client itself said.
            (
                "127.0.0.1",
                &[(x, "10.9.9.9, 192.0.2.1")],
                Some("192.0.2.1"),
            ),
            (
                "127.0.0.1",
                &[(x, "192.0.2.1, 10.0.0.7")],
                Some("192.0.2.1"),
            ),
            (
                "127.0.0.1",
                &[(x, "192.0.2.1"), (x, "10.0.0.7")],
                Some("192.0.2.1"),
            ),
            ("127.0.0.1", &[(x, "192.0.2.1:4711")], Some("192.0.2.1")),
            ("127.0.0.1", &[(x, "2001:db8::1")], Some("2001:db8::1")),
            ("127.0.0.1", &[(x, "unknown")], None),
            ("203.0.113.5", &[(x, "192.0.2.1")], Some("203.0.113.5")),
            (
                "127.0.0.1",
                &[(
                    "forwarded",
                    "for=192.0.2.1;proto=https, For=\"[2001:db8::1]:80\"",
                )],
                Some("2001:db8::1"),
            ),
            (
                "127.0.0.1",
                &[(x, "10.0.0.1"), ("forwarded", "for=192.0.2.1")],
                Some("192.0.2.1"),
            ),
            ("127.0.0.1", &[("forwarded", "by=10.0.0.1")], None),
            ("", &[], Some("127.0.0.1")),
            ("", &[(x, "192.0.2.1")], Some("192.0.2.1")),
            ("", &[(x, "192.0.2.1, 10.0.0.7")], Some("192.0.2.1")),
            ("", &[(x, "10.9.9.9, 192.0.2.1")], Some("192.0.2.1")),
            ("", &[(x, "unknown")], None),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in fields {
                headers.append(*name, value.parse().unwrap());
            }
            // Through a Unix socket comes who is trusted already.
            let peer = (!peer.is_empty()).then(|| peer.parse().unwrap());
            let found = client(&proxies, peer, &headers);
            let expected = client_is.map(|address| address.parse::<IpAddr>().unwrap());
            assert_eq!(found, expected, "{peer:?} {fields:?}");
        }
    }

    #[test]
    fn a_line_of_proxies_without_end_is_nobody() {
        let proxies = [Network {
            address: "10.0.0.0".parse().unwrap(),
            bits: 8,
        }];
        let mut headers = HeaderMap::new();
        let line = "10.0.0.1, ".repeat(1_000) + "10.0.0.1";
        headers.insert(X_FORWARDED_FOR, line.parse().unwrap());
        assert_eq!(
            client(&proxies, Some("10.0.0.1".parse().unwrap()), &headers),
            None
        );
    }

    #[test]
    fn a_proxy_says_under_which_address_readers_find_us() {
        let (host, proto) = ("x-forwarded-host", "x-forwarded-proto");
        for (fields, address) in [
            (&[][..], None),
            (&[("host", "feeds.example.org")], None),
            (
                &[(host, "feeds.example.org"), (proto, "http")],
                Some("http://feeds.example.org/"),
            ),
            (
                &[(host, "feeds.example.org")],
                Some("https://feeds.example.org/"),
            ),
            (
                &[("host", "feeds.example.org:8443"), (proto, "https")],
                Some("https://feeds.example.org:8443/"),
            ),
            // The one next to us is the one that we know.
            (
                &[(host, "made.up, feeds.example.org")],
                Some("https://feeds.example.org/"),
            ),
            (
                &[
                    (
                        "forwarded",
                        "for=192.0.2.1;Proto=http;host=\"feeds.example.org\"",
                    ),
                    (host, "made.up"),
                ],
                Some("http://feeds.example.org/"),
            ),
            (&[("forwarded", "for=192.0.2.1")], None),
            (&[(host, "127.0.0.1:8080")], None),
            (&[(host, "localhost")], None),
            (&[(host, "a b")], None),
            (&[(host, "feeds.example.org"), (proto, "ftp")], None),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in fields {
                headers.append(*name, value.parse().unwrap());
            }
            let found = place(&headers);
            assert_eq!(found.as_ref().map(Url::as_str), address, "{fields:?}");
        }
    }
}
