//! An address, or a line's words → what makes two sightings the same story, and from that the id that feeds show.

use url::Url;

use crate::address::page_key;
use crate::hash::stable128;
use crate::model::{EntryId, Identity, SectionKey};
use crate::text::fold;

/// Longest identity in bytes; of a longer address only the beginning is kept, with the hash of all of it.
const IDENTITY_BYTES: usize = 1_000;

/// The identity of the page at `url`: its address without scheme, `www.`, fragment, tracking parameters and closing slash, its
/// letters unescaped and its parameters in order, since sites spell one page in all these ways.
///
/// It is made from the address as first seen and kept for ever: a page that moves is found again by redirects, not by guessing.
pub fn identity(url: &Url) -> Identity {
    Identity(bounded(page_key(url)))
}

/// The identity of a line that has no page: its section and its words, however they are set. It begins with `#`, as no
/// page's does.
pub fn line_identity(section: &SectionKey, text: &str) -> Identity {
    Identity(format!("#{section}/{:032x}", stable128(&fold(text))))
}

fn bounded(key: String) -> String {
    if key.len() <= IDENTITY_BYTES {
        return key;
    }
    let start = &key[..key.floor_char_boundary(IDENTITY_BYTES)];
    format!("{start}#{:032x}", stable128(&key))
}

/// The permanent id for `identity`: a `tag:` URI (RFC 4151) that names the page's own host, or `site_host` for a line, and
/// nothing else that could be read out of it. It depends on nothing stored: a lost database gives the same ids again.
///
/// The year is that of the scheme, not of the story: it says when the name was that host's, and must never change.
pub fn entry_id(identity: &Identity, site_host: &str) -> EntryId {
    let host = match identity.0.split('/').next() {
        Some(host) if !host.is_empty() && !host.starts_with('#') => host,
        _ => site_host,
    };
    EntryId(format!(
        "tag:{},2026:{:032x}",
        authority(host),
        stable128(&identity.0)
    ))
}

/// `host` as RFC 4151 allows an authority: letters, digits, hyphens inside, dots. What else stands in hosts (a port, the
/// brackets and colons of IPv6, an underscore) is left out or made a hyphen.
fn authority(host: &str) -> String {
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    };
    let plain: String = host
        .chars()
        .map(|c| match c {
            '.' => '.',
            c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
            _ => '-',
        })
        .collect();
    let labels: Vec<&str> = plain
        .split('.')
        .map(|label| label.trim_matches('-'))
        .filter(|label| !label.is_empty())
        .collect();
    if labels.is_empty() {
        "localhost".to_owned()
    } else {
        labels.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Slug;

    fn of(url: &str) -> Identity {
        identity(&Url::parse(url).unwrap())
    }

    fn key(site: &str, section: &str) -> SectionKey {
        SectionKey {
            site: Slug::of(site).unwrap(),
            section: Slug::of(section).unwrap(),
        }
    }

    #[test]
    fn an_identity_is_the_same_for_all_spellings_of_an_address() {
        for (url, expected) in [
            (
                "https://www.paper.example/news/a-story/?utm_source=x#top",
                "paper.example/news/a-story",
            ),
            (
                "http://paper.example/news/a-story",
                "paper.example/news/a-story",
            ),
            (
                "https://paper.example/?b=2&fbclid=9&a=1",
                "paper.example/?a=1&b=2",
            ),
            (
                "https://paper.example/%D8%BA%D8%B2%D8%A9",
                "paper.example/غزة",
            ),
            ("http://[::1]:8080/x", "[::1]:8080/x"),
        ] {
            assert_eq!(of(url).0, expected, "{url}");
        }
    }

    #[test]
    fn an_identity_is_bounded_and_still_tells_long_addresses_apart() {
        let long = |end: &str| of(&format!("https://paper.example/{}{end}", "غ".repeat(5_000)));
        assert_eq!(long("1").0.len(), IDENTITY_BYTES + 33);
        assert_ne!(long("1"), long("2"));
        assert_eq!(long("1"), long("1"));
    }

    #[test]
    fn a_line_is_known_by_its_words_within_its_section() {
        let here = line_identity(&key("Paper", "Ticker"), "Ceasefire  “holds”");
        assert_eq!(
            here,
            line_identity(&key("Paper", "Ticker"), "ceasefire \"holds\"")
        );
        assert_ne!(
            here,
            line_identity(&key("Paper", "Other"), "Ceasefire “holds”")
        );
        assert_ne!(
            here,
            line_identity(&key("Paper", "Ticker"), "Ceasefire ends")
        );
        assert!(here.0.starts_with("#paper/ticker/"), "{}", here.0);
    }

    #[test]
    fn an_id_is_a_tag_uri_of_the_pages_own_host() {
        for (identity, host) in [
            (of("https://www.Paper.example/a"), "paper.example"),
            (of("https://bücher.example/a"), "xn--bcher-kva.example"),
            (of("http://127.0.0.1:8080/a"), "127.0.0.1"),
            (of("http://[2001:db8::1]/a"), "2001-db8--1"),
            (of("http://[::1]:81/a"), "1"),
            (of("http://my_site.example/a"), "my-site.example"),
            (line_identity(&key("p", "t"), "x"), "english.paper.example"),
        ] {
            let id = entry_id(&identity, "english.paper.example").0;
            let (head, hash) = id.rsplit_once(':').unwrap();
            assert_eq!(head, format!("tag:{host},2026"), "{id}");
            assert!(
                hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit()),
                "{id}"
            );
        }
    }

    #[test]
    fn an_id_never_changes_from_one_version_of_the_program_to_the_next() {
        assert_eq!(
            entry_id(
                &of("https://www.paper.example/news/a-story?utm_id=1"),
                "x.example"
            )
            .0,
            "tag:paper.example,2026:ca35e882322851b354ab1807d9107d4d"
        );
    }
}
