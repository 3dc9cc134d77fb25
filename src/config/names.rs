//! Addresses → the names that sites and sections have where the file gives them none.

use url::Url;

use crate::model::Slug;

/// First words of addresses that are the program's own, or may become so: no site and no `[[feed]]` has them.
pub(super) const RESERVED: &[&str] = &[
    "all",
    "api",
    "assets",
    "atom",
    "author",
    "favicon",
    "feed",
    "feeds",
    "health",
    "healthz",
    "index",
    "json",
    "metrics",
    "opml",
    "robots",
    "rss",
    "site",
    "sitemap",
    "static",
    "status",
    "tag",
    "well-known",
];

/// Words that stand behind a site's slug in addresses of other feeds than its sections'.
pub(super) const RESERVED_IN_SITE: &[&str] = &["author", "index", "opml", "tag"];

/// Last parts of addresses that say how a listing is served, not what it lists.
const MEANINGLESS: &[&str] = &[
    "feed", "feeds", "rss", "rss2", "atom", "sitemap", "json", "page",
];

/// Names of files that are the page of their directory.
const HOME_PAGES: &[&str] = &["index", "default", "home"];

/// A file's ending that is no part of a name.
const ENDINGS: &[&str] = &[
    "html", "htm", "php", "asp", "aspx", "jsp", "xml", "rss", "atom", "rdf", "json", "gz", "do",
];

/// What a site is called that has no title: its host.
pub(super) fn site_title(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let decoded = host.trim_start_matches('[').trim_end_matches(']');
    match url.port() {
        Some(port) => format!("{decoded}:{port}"),
        None => decoded.to_owned(),
    }
}

/// What a section is called that has no title: the last part of its address that means something, or "Home".
pub(super) fn section_title(url: &Url) -> String {
    match parts(url).last() {
        Some(part) => titled(part),
        None => "Home".to_owned(),
    }
}

/// The slugs a section at `url` may have, the best first: its address's last part, then ever more of the address.
pub(super) fn section_slugs(url: &Url) -> impl Iterator<Item = Slug> {
    let parts = parts(url);
    let mut labels: Vec<String> = (0..parts.len())
        .rev()
        .map(|from| parts[from..].join("-"))
        .collect();
    if labels.is_empty() {
        labels.push("home".to_owned());
    }
    let whole = parts.join("-");
    if let Some(query) = url.query() {
        labels.push(format!("{whole}-{query}"));
    }
    labels.push(format!("{}-{whole}", url.host_str().unwrap_or_default()));
    labels.into_iter().filter_map(|label| Slug::of(&label))
}

/// The parts of an address that mean something to people, decoded.
fn parts(url: &Url) -> Vec<String> {
    let all: Vec<String> = url
        .path_segments()
        .into_iter()
        .flatten()
        .map(|part| {
            percent_encoding::percent_decode_str(part)
                .decode_utf8_lossy()
                .into_owned()
        })
        .map(|part| without_ending(&part).to_owned())
        .filter(|part| Slug::of(part).is_some())
        .filter(|part| !HOME_PAGES.contains(&part.to_lowercase().as_str()))
        .collect();
    let meaning: Vec<String> = all
        .iter()
        .filter(|part| !MEANINGLESS.contains(&part.to_lowercase().as_str()))
        .cloned()
        .collect();
    if meaning.is_empty() { all } else { meaning }
}

fn without_ending(part: &str) -> &str {
    match part.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) => {
            without_ending(stem)
        }
        _ => part,
    }
}

/// "latin-america" as a title: "Latin America".
fn titled(part: &str) -> String {
    let words = part
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '+'))
        .filter(|word| !word.is_empty());
    let titled: Vec<String> = words
        .enumerate()
        .map(|(number, word)| match word {
            "and" | "of" | "the" | "in" | "on" | "for" if number > 0 => word.to_owned(),
            _ => capitalised(word),
        })
        .collect();
    titled.join(" ")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_named_by_the_last_part_of_its_address_that_means_something() {
        for (url, title, slugs) in [
            (
                "https://a.example/news/politics",
                "Politics",
                "politics news-politics a-example-news-politics",
            ),
            (
                "https://a.example/news/latin-america/",
                "Latin America",
                "latin-america news-latin-america a-example-news-latin-america",
            ),
            ("https://a.example/", "Home", "home a-example"),
            ("https://a.example/index.html", "Home", "home a-example"),
            (
                "https://a.example/sport/index.html",
                "Sport",
                "sport a-example-sport",
            ),
            ("https://a.example/?cat=5", "Home", "home cat-5 a-example"),
            (
                "https://a.example/politics/feed/",
                "Politics",
                "politics a-example-politics",
            ),
            ("https://a.example/feed", "Feed", "feed a-example-feed"),
            (
                "https://a.example/sitemaps/all.xml",
                "All",
                "all sitemaps-all a-example-sitemaps-all",
            ),
            (
                "https://a.example/map/news.xml.gz",
                "News",
                "news map-news a-example-map-news",
            ),
            (
                "https://a.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
                "أخبار",
                "أخبار a-example-أخبار",
            ),
            (
                "https://a.example/arts_and_culture",
                "Arts and Culture",
                "arts-and-culture a-example-arts-and-culture",
            ),
        ] {
            let url = Url::parse(url).unwrap();
            let found: Vec<String> = section_slugs(&url).map(String::from).collect();
            assert_eq!(
                (section_title(&url).as_str(), found.join(" ").as_str()),
                (title, slugs)
            );
        }
    }

    #[test]
    fn a_site_without_a_title_is_named_by_its_host() {
        for (url, title) in [
            ("https://www.example.org/", "example.org"),
            ("https://english.example.org/x", "english.example.org"),
            ("http://127.0.0.1:4000/", "127.0.0.1:4000"),
            ("http://[::1]:4000/", "::1:4000"),
        ] {
            assert_eq!(site_title(&Url::parse(url).unwrap()), title);
        }
    }
}
