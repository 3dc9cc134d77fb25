//! An edition and the head of a request → a response that is ready, or the document that has to be made for one.

use std::borrow::Cow;
use std::time::Duration;

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{Method, StatusCode, Version};
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::fields::Fields;
use super::pages;
use super::reply::{self, Response};
use super::served::Served;
use crate::model::{Edition, FeedKey, Format, Former, Health, Shelf, Slug};
use crate::render::{LONGEST_AGE, SHORTEST_AGE, encoded};

/// What becomes of a request.
pub(super) enum Step<'a> {
    /// It is answered.
    Done(Response),
    /// It is answered with a document.
    Document(Wanted<'a>),
}

/// A document that somebody asks for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Path of the feed without ending; empty for what is made of the whole edition.
    pub path: &'a str,
    pub form: Form,
    /// Which page of the feed, from one.
    pub page: usize,
    /// Differs whenever the document may differ.
    pub version: u64,
    /// How long copies of it may be used.
    pub max_age: Duration,
    /// The feed that it shows, if it shows one.
    pub shelf: Option<&'a Shelf>,
}

/// What kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A feed in a format.
    Feed(Format),
    /// A feed's page for people.
    Page,
    /// The page that lists all feeds.
    Index,
    /// The list of feeds for readers.
    Opml,
    /// The list of feeds for programs.
    List,
}

/// Longest target of a request. RFC 9112 (section 3) recommends 8,000 at least; the longest address that we have is far shorter.
const TARGET_BYTES: usize = 8_192;

/// Answers a request, or says what its answer needs.
pub(super) fn respond<'a>(served: &'a Served, is_stopping: bool, head: &Parts) -> Step<'a> {
    let step = refusal(head).map_or_else(|| route(served, is_stopping, head), Step::Done);
    match step {
        Step::Done(response) => Step::Done(reply::without_body(response, &head.method)),
        document => document,
    }
}

/// What is wrong with the request itself, whatever it asks for.
pub(super) fn refusal(head: &Parts) -> Option<Response> {
    if !is_host_right(head.version, &head.headers) {
        let sentence = "The request names no host, or not one host (RFC 9112, section 3.2).";
        return Some(reply::plain(StatusCode::BAD_REQUEST, sentence));
    }
    let target = head
        .uri
        .path_and_query()
        .map_or(0, |target| target.as_str().len());
    if target > TARGET_BYTES {
        let sentence = "The address is longer than any that stands here.";
        return Some(reply::plain(StatusCode::URI_TOO_LONG, sentence));
    }
    match head.method {
        Method::GET | Method::HEAD => None,
        Method::OPTIONS => Some(reply::options()),
        Method::POST
        | Method::PUT
        | Method::DELETE
        | Method::PATCH
        | Method::TRACE
        | Method::CONNECT => Some(reply::not_allowed()),
        _ => {
            let sentence = "This method is not known here.";
            Some(reply::plain(StatusCode::NOT_IMPLEMENTED, sentence))
        }
    }
}

/// Whether the fields name one host, as all versions but the oldest must.
pub(super) fn is_host_right(version: Version, fields: &(impl Fields + ?Sized)) -> bool {
    let mut hosts = fields.lines(&HOST);
    match (hosts.next(), hosts.next()) {
        (None, None) => version == Version::HTTP_10,
        (Some(host), None) => is_usual(host) || is_authority(host),
        _ => false,
    }
}

/// A name or an IPv4 address, perhaps with a port: what nearly all send, told without taking it apart.
fn is_usual(host: &[u8]) -> bool {
    let end = host.iter().position(|&byte| byte == b':');
    let (name, port) = host.split_at(end.unwrap_or(host.len()));
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_port = port.len() <= ":65535".len() && port.iter().skip(1).all(u8::is_ascii_digit);
    !name.is_empty() && name.iter().all(is_of_name) && is_port && port != b":"
}

fn is_authority(host: &[u8]) -> bool {
    Authority::try_from(host).is_ok_and(|host| !host.as_str().contains('@'))
}

fn route<'a>(served: &'a Served, is_stopping: bool, head: &Parts) -> Step<'a> {
    let edition = &served.edition;
    let whole = |form| Step::Document(served.whole(form));
    match head.uri.path() {
        "/" => whole(Form::Index),
        "/opml" | "/feeds.opml" => whole(Form::Opml),
        "/feeds.json" => whole(Form::List),
        "/healthz" => Step::Done(health(edition, is_stopping)),
        // Everything may be read by everybody: there is nothing here that is not meant to be found.
        "/robots.txt" => Step::Done(reply::fixed("User-agent: *\nDisallow:\n")),
        "/favicon.ico" => Step::Done(reply::nothing()),
        path => feed(served, path, head.uri.query()),
    }
}

/// The feed, or the page of it, that stands at `path`.
fn feed<'a>(served: &'a Served, path: &str, query: Option<&str>) -> Step<'a> {
    let edition = &served.edition;
    let Some(decoded) = decoded(path) else {
        let sentence =
            "The address is not well-formed: after each % belong two hexadecimal digits of UTF-8.";
        return Step::Done(reply::plain(StatusCode::BAD_REQUEST, sentence));
    };
    let (name, form) = split(&decoded);
    if let (Some((path, shelf)), Some(form)) = (edition.feeds.get_key_value(name), form) {
        return match page(query, shelf) {
            Some(page) => shelved(served, (path, shelf), form, page),
            None => {
                let page = pages::missing(served, &decoded);
                Step::Done(reply::page(StatusCode::NOT_FOUND, page))
            }
        };
    }
    let query = || query.map(|query| format!("?{query}")).unwrap_or_default();
    if let Some(address) = right_address(edition, &decoded) {
        let prefix = served.prefix();
        return Step::Done(reply::moved(&format!("{prefix}{address}{}", query())));
    }
    Step::Done(match form.and_then(|_| former(edition, name)) {
        Some(Former::Moved(key)) => {
            let (prefix, ending) = (served.prefix(), &decoded[name.len()..]);
            let address = format!("{prefix}{}{ending}{}", encoded(&key.path()), query());
            reply::moved(&address)
        }
        Some(Former::Gone) => reply::page(StatusCode::GONE, pages::gone(served, &decoded)),
        None => reply::page(StatusCode::NOT_FOUND, pages::missing(served, &decoded)),
    })
}

/// What became of a feed that once stood at `path`; the feeds of a site's tags and authors went where it went.
fn former(edition: &Edition, path: &str) -> Option<Former> {
    if let Some(former) = edition.former.get(path) {
        return Some(former.clone());
    }
    let (site, rest) = path.strip_prefix('/')?.split_once('/')?;
    let (kind, name) = rest.split_once('/')?;
    let of_site: fn(Slug, Slug) -> FeedKey = match kind {
        "tag" => FeedKey::Tag,
        "author" => FeedKey::Author,
        _ => return None,
    };
    match edition.former.get(&format!("/{site}"))? {
        Former::Gone => Some(Former::Gone),
        Former::Moved(FeedKey::Site(site)) => {
            let key = of_site(site.clone(), Slug::of(name)?);
            edition
                .feeds
                .contains_key(&key.path())
                .then_some(Former::Moved(key))
        }
        Former::Moved(_) => None,
    }
}

/// Which page of the feed the query asks for; none for one that it does not have.
fn page(query: Option<&str>, shelf: &Shelf) -> Option<usize> {
    let query = query.unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    match pairs.find(|(name, _)| name == "page") {
        None => Some(1),
        Some((_, number)) => number
            .parse()
            .ok()
            .filter(|number| (1..=shelf.pages()).contains(number)),
    }
}

fn shelved<'a>(
    served: &'a Served,
    (path, shelf): (&'a String, &'a Shelf),
    form: Form,
    page: usize,
) -> Step<'a> {
    // An empty feed would be taken for the truth; before the first poll there is nothing to tell yet.
    let tells_of_sources = shelf.head.key == FeedKey::Health;
    if shelf.entries.is_empty() && is_untried(&served.edition) && !tells_of_sources {
        let sentence = "No page was read yet; the feed will be here in a moment.";
        return Step::Done(reply::later(sentence, FIRST_POLL_SECONDS));
    }
    Step::Document(Wanted {
        path,
        form,
        page,
        version: version(shelf, page),
        max_age: shelf.head.max_age.clamp(SHORTEST_AGE, LONGEST_AGE),
        shelf: Some(shelf),
    })
}

/// Names what a page shows. That something old was dropped changes the pages behind the first only.
fn version(shelf: &Shelf, page: usize) -> u64 {
    match page {
        1 => shelf.version,
        _ => shelf.version ^ (shelf.total as u64).rotate_left(32),
    }
}

/// How long a first poll takes, about.
const FIRST_POLL_SECONDS: u32 = 60;

/// The path as text, if it is well-formed.
fn decoded(path: &str) -> Option<Cow<'_, str>> {
    let bytes = path.as_bytes();
    let is_escape = |at: usize| {
        let digits = bytes.get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut percents = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    if !percents.all(|(at, _)| is_escape(at)) {
        return None;
    }
    let text = percent_decode_str(path).decode_utf8().ok()?;
    (!text.contains('\0')).then_some(text)
}

/// A path's name and what its ending asks for; `None` for an ending that is none of ours. Names have no dots.
fn split(path: &str) -> (&str, Option<Form>) {
    let Some((name, ending)) = path.rsplit_once('.') else {
        return (path, Some(Form::Page));
    };
    let mut formats = Format::ALL.into_iter();
    let format = formats.find(|format| format.ending() == ending);
    (name, format.map(Form::Feed))
}

/// The address that somebody meant who typed capitals, another form of the same letters, a slash too many or `.xml`.
fn right_address(edition: &Edition, path: &str) -> Option<String> {
    let path = path.trim_end_matches('/');
    let (name, ending) = match path.rsplit_once('.') {
        Some((name, ending)) => (name, Some(ending.to_ascii_lowercase())),
        None => (path, None),
    };
    let ending = match ending.as_deref() {
        None => "",
        Some("rss" | "xml") => ".rss",
        Some("atom") => ".atom",
        Some("json") => ".json",
        Some(_) => return None,
    };
    let mut right = String::new();
    for segment in name.strip_prefix('/')?.split('/') {
        right.push('/');
        right.push_str(Slug::of(segment)?.as_str());
    }
    let address = format!("{}{ending}", encoded(&right));
    edition.feeds.contains_key(&right).then_some(address)
}

/// Whether no source was ever asked.
fn is_untried(edition: &Edition) -> bool {
    edition
        .sources
        .iter()
        .all(|source| source.last_poll.is_none())
}

/// How this server is, for programs that watch it.
fn health(edition: &Edition, is_stopping: bool) -> Response {
    let failing = edition.sources.iter();
    let failing = failing.filter(|source| matches!(source.health, Health::Ailing { .. }));
    let ok = !is_stopping && !is_untried(edition);
    let status = if ok {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let text = json!({
        "ok": ok,
        "sections": edition.sources.len(),
        "failing": failing.count(),
        "feeds": edition.feeds.len(),
    });
    reply::json(status, text.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::samples::{edition, url};

    proptest! {
        // A failure becomes a row of a table in `tests`, not a file beside the sources.
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_target_is_answered_with_what_is_there_or_a_refusal(
            path in "/([a-zA-Z0-9%./:~-]|%[0-9a-fA-F]{2}|%D8%BA|courier|world|\\.rss){0,40}",
            query in "(\\?[!-~&&[^\"<>`{}|^\\\\#]]{0,30})?",
        ) {
            let served = Served::first(url("https://feeds.example.org"), edition());
            let request = http::Request::get(format!("{path}{query}"));
            let head = request.header(HOST, "localhost").body(()).unwrap().into_parts().0;
            if let Step::Done(response) = respond(&served, false, &head) {
                let status = response.status().as_u16();
                prop_assert!([200, 204, 301, 400, 404, 410].contains(&status), "{}", status);
                prop_assert!(response.headers().contains_key("content-length") || status == 204);
            }
        }
    }
}
