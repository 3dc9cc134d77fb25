//! A page without a list → why it has none, as far as the page tells.

use scraper::{Html, Selector};

use super::tree::Tree;
use crate::discover::NoListing;
use crate::model::Page;

/// A page that shows less text than this in bytes has nothing to read: a frame for scripts, or a test for robots.
const LITTLE_TEXT: usize = 1_500;

/// Why there is no list on `page`.
pub fn reason(document: &Html, tree: &Tree<'_>, page: &Page) -> NoListing {
    let url = page.url.clone();
    let shows_little = tree.text_len(0) < LITTLE_TEXT;
    if shows_little && is_challenge(document, page) {
        NoListing::Challenge(url)
    } else if shows_little && has_scripts(document) {
        NoListing::DrawnByScript {
            url,
            hint: data_hint(document, page).into(),
        }
    } else {
        NoListing::NoArticles(url)
    }
}

fn select<'a>(document: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    Selector::parse(selector)
        .map(|selector| document.select(&selector).collect())
        .unwrap_or_default()
}

fn has_scripts(document: &Html) -> bool {
    !select(document, "script[src], script:not(:empty)").is_empty()
}

/// Whether the site sent a test for people in place of the page.
fn is_challenge(document: &Html, page: &Page) -> bool {
    const TITLES: [&str; 8] = [
        "just a moment",
        "attention required",
        "access denied",
        "are you a robot",
        "robot check",
        "security check",
        "checking your browser",
        "verify you are human",
    ];
    const MARKS: [&str; 5] = [
        "challenge-platform",
        "challenge-form",
        "captcha",
        "_Incapsula_",
        "ddos-guard",
    ];
    let title = select(document, "title, h1")
        .first()
        .map(|title| crate::text::fold(&title.text().collect::<String>()))
        .unwrap_or_default();
    TITLES.iter().any(|known| title.contains(known))
        || MARKS.iter().any(|mark| page.text.contains(mark))
}

/// Where the data of a page drawn by scripts may be, as the page names it.
fn data_hint(document: &Html, page: &Page) -> String {
    let feed = select(
        document,
        "link[rel~=alternate][type*='rss'][href], link[rel~=alternate][type*='atom'][href], link[rel~=alternate][type*='json'][href]",
    );
    if let Some(href) = feed.first().and_then(|feed| feed.attr("href")) {
        let href = page.url.join(href).map_or(href.to_owned(), String::from);
        return format!("its data may be at {href}, which the page names as its feed");
    }
    if let Some(script) = embedded_state(document) {
        return format!(
            "its data may be in the page itself, in {script}: see `kind = \"embedded\"`"
        );
    }
    if let Some(address) = api_address(document, page) {
        return format!("its data may be at {address}: see `kind = \"json\"`");
    }
    "the address that its script fetches the data from would help: see `kind = \"json\"`".to_owned()
}

/// The script that holds the page's data, as a selector or as the name that it is assigned to.
fn embedded_state(document: &Html) -> Option<String> {
    const LEAST_DATA: usize = 200;
    select(document, "script").iter().find_map(|script| {
        let text: String = script.text().collect();
        if text.len() < LEAST_DATA {
            return None;
        }
        if script.attr("type") == Some("application/json") {
            return Some(match script.attr("id") {
                Some(id) => format!("`script#{id}`"),
                None => "`script[type=\"application/json\"]`".to_owned(),
            });
        }
        if text.contains("__next_f.push(") {
            return Some("the pieces that it pushes to `__next_f`".to_owned());
        }
        let (name, value) = text.split_once('=')?;
        let name = name.trim().trim_start_matches("var ").trim();
        let is_data = name.starts_with("window.") || name.starts_with("__");
        (is_data && name.len() < 60 && value.trim_start().starts_with('{'))
            .then(|| format!("`{name}`"))
    })
}

/// The first address in the page's scripts that has the look of an API's.
fn api_address(document: &Html, page: &Page) -> Option<String> {
    const MOST_TEXTS: usize = 2_000;
    select(document, "script, link[rel=preload][as=fetch]")
        .iter()
        .find_map(|element| {
            if let Some(href) = element.attr("href") {
                return page.url.join(href).ok().map(String::from);
            }
            let text: String = element.text().collect();
            text.split(['"', '\'', '`'])
                .take(MOST_TEXTS)
                .find(|part| {
                    let is_address = part.starts_with('/') || part.starts_with("http");
                    is_address
                        && part.len() < 200
                        && !part.contains(char::is_whitespace)
                        && ["/api/", "/wp-json/", "/graphql", ".json"]
                            .iter()
                            .any(|mark| part.contains(mark))
                })
                .and_then(|part| page.url.join(part).ok())
                .map(String::from)
        })
}
