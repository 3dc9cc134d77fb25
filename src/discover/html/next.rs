//! A listing's page → the page that continues it: by `rel=next`, by a link that says so in some language, by its number.

use scraper::Html;
use url::Url;

use super::configured;
use super::labels;
use super::links::Place;
use super::titles::folded;
use super::tree::Tree;
use crate::address::{page_key, resolve};
use crate::config::ListingRules;

/// Longest text in bytes of a link to the next page.
const LONGEST_LABEL: usize = 60;

/// The next page of the listing.
pub fn next(
    document: &Html,
    tree: &Tree<'_>,
    rules: &ListingRules,
    place: &Place<'_>,
) -> Option<Url> {
    if !rules.next.is_empty() {
        let root = document.root_element();
        return rules.next.iter().find_map(|field| {
            root.select(&field.selector)
                .find_map(|element| configured::address(element, field, place.base))
                .filter(|url| continues(url, place))
        });
    }
    by_rel(document, place)
        .or_else(|| by_label(tree, place))
        .or_else(|| by_number(tree, place))
}

/// Whether `url` may be the next page: of the same host, and another page.
fn continues(url: &Url, place: &Place<'_>) -> bool {
    let host = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    host(url) == host(place.page) && page_key(url) != page_key(place.page)
}

/// `link rel=next` in the head, `a rel=next` in the page.
fn by_rel(document: &Html, place: &Place<'_>) -> Option<Url> {
    document
        .root_element()
        .descendent_elements()
        .filter(|element| matches!(element.value().name(), "a" | "link"))
        .filter(|element| {
            element.attr("rel").is_some_and(|rel| {
                rel.split_ascii_whitespace()
                    .any(|word| word.eq_ignore_ascii_case("next"))
            })
        })
        .filter_map(|element| resolve(place.base, element.attr("href")?))
        .find(|url| continues(url, place))
}

/// The last link of the page whose text, name or class says "next page" or "older".
fn by_label(tree: &Tree<'_>, place: &Place<'_>) -> Option<Url> {
    (0..tree.elements.len())
        .rev()
        .filter(|&index| tree.name(index) == "a" && says_next(tree, index))
        .filter_map(|index| resolve(place.base, tree.attr(index, "href")?))
        .find(|url| continues(url, place) && is_akin(url, place.page))
}

fn says_next(tree: &Tree<'_>, index: usize) -> bool {
    let text = tree.raw_text(index);
    let names = ["aria-label", "title"]
        .iter()
        .filter_map(|name| tree.attr(index, name));
    text.len() <= LONGEST_LABEL
        && (std::iter::once(text).chain(names).any(is_next_label)
            || (text.len() < LONGEST_LABEL / 3 && has_next_class(tree, index)))
}

fn is_next_label(label: &str) -> bool {
    if label.len() > LONGEST_LABEL {
        return false;
    }
    let folded = folded(label);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    labels::NEXT.contains(&bare) || matches!(&*folded, "›" | "»" | "→" | ">" | ">>" | "\"")
}

fn has_next_class(tree: &Tree<'_>, index: usize) -> bool {
    tree.attr(index, "class")
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.eq_ignore_ascii_case("next"))
}

/// A link that shows the number after this page's, to this page's address save for a number.
fn by_number(tree: &Tree<'_>, place: &Place<'_>) -> Option<Url> {
    let wanted = (page_number(place.page).unwrap_or(1) + 1).to_string();
    (0..tree.elements.len())
        .filter(|&index| tree.name(index) == "a" && tree.raw_text(index).trim() == wanted)
        .filter_map(|index| resolve(place.base, tree.attr(index, "href")?))
        .find(|url| {
            continues(url, place)
                && is_akin(url, place.page)
                && page_number(url).is_none_or(|number| number.to_string() == wanted)
                && url.as_str().contains(|c: char| c.is_ascii_digit())
        })
}

/// The number of a listing's page that its address names: `page=2`, `/page/2`, `/2.html`, `-p2`.
fn page_number(url: &Url) -> Option<u32> {
    const NAMES: [&str; 9] = [
        "page", "p", "pg", "paged", "seite", "pagina", "pag", "page_no", "paging",
    ];
    let by_query = url.query_pairs().find_map(|(name, value)| {
        NAMES
            .contains(&name.to_ascii_lowercase().as_str())
            .then(|| value.parse().ok())?
    });
    by_query.or_else(|| {
        let segments: Vec<&str> = url.path_segments()?.filter(|s| !s.is_empty()).collect();
        segments.windows(2).find_map(|pair| {
            NAMES
                .contains(&pair[0].to_ascii_lowercase().as_str())
                .then(|| pair[1].parse().ok())?
        })
    })
}

/// Whether `url` is of the same listing as `page`: the path of the one goes on from the other's, numbers left aside.
fn is_akin(url: &Url, page: &Url) -> bool {
    let stem = |url: &Url| {
        let path = url.path().to_ascii_lowercase();
        let path = path
            .trim_end_matches('/')
            .trim_end_matches(".html")
            .trim_end_matches(".php")
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '_'))
            .trim_end_matches("/page")
            .trim_end_matches("/seite")
            .trim_end_matches("/index")
            .trim_end_matches('/');
        path.to_owned()
    };
    let (one, other) = (stem(url), stem(page));
    one.starts_with(&other) || other.starts_with(&one)
}
