//! What an address answered with → the kind of listing that it is.

use super::NoListing;
use crate::config::{Kind, ListingRules};
use crate::model::Page;

/// Characters at a text's beginning that are looked at for signs that it is no text.
const HEAD: usize = 2_000;

/// Refuses what no kind of listing is: an empty answer, a picture, an archive.
pub fn readable(page: &Page) -> Result<(), NoListing> {
    if beginning(page).is_empty() {
        return Err(NoListing::Empty(page.url.clone()));
    }
    if is_no_text(page) {
        let named = Some(page.media_type.as_str()).filter(|named| !named.is_empty());
        return Err(NoListing::NotText {
            url: page.url.clone(),
            media_type: named.unwrap_or("a file of an unknown kind").into(),
        });
    }
    Ok(())
}

/// The kind of listing that `page` holds.
pub fn kind(page: &Page, rules: &ListingRules) -> Result<Kind, NoListing> {
    let text = beginning(page);
    if text.starts_with(['{', '[']) && !page.media_type.contains("html") || is_json(text) {
        return of_json(page, text, rules);
    }
    if let Some(kind) = root_name(text).and_then(of_root) {
        return Ok(kind);
    }
    if is_list_of_addresses(text) {
        return Ok(Kind::Sitemap);
    }
    Ok(if rules.json.is_some() {
        Kind::Embedded
    } else {
        Kind::Html
    })
}

/// The text of `page` from its first sign on.
fn beginning(page: &Page) -> &str {
    page.text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

fn is_no_text(page: &Page) -> bool {
    const BINARY: [&str; 7] = [
        "image/",
        "audio/",
        "video/",
        "font/",
        "application/pdf",
        "application/zip",
        "application/octet-stream",
    ];
    let named = BINARY.iter().any(|kind| page.media_type.starts_with(kind))
        && !beginning(page).starts_with(['<', '{', '[']);
    let head = || page.text.chars().take(HEAD);
    let strange = head()
        .filter(|c| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}'))
        .count();
    named || strange * 20 > head().count()
}

/// Whether `text` is JSON by its first signs, whatever its type says.
fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some(second)) => matches!(second, '"' | '}'),
        (Some('['), Some(second)) => matches!(second, '{' | '[' | ']' | '"'),
        _ => false,
    }
}

fn of_json(page: &Page, text: &str, rules: &ListingRules) -> Result<Kind, NoListing> {
    /// The version stands at the beginning of a JSON Feed, save where a generator sorts its keys.
    const VERSION: &str = "jsonfeed.org/version/";
    if rules.json.is_some() {
        Ok(Kind::Json)
    } else if text.contains(VERSION) || text.contains("jsonfeed.org\\/version\\/") {
        Ok(Kind::Feed)
    } else {
        Err(NoListing::NoPaths(page.url.clone()))
    }
}

/// The name of the first element of `text`, without its prefix.
pub fn root_name(text: &str) -> Option<&str> {
    /// Declarations and comments before the root that are passed over.
    const MOST_BEFORE: usize = 32;
    let mut rest = text;
    for _ in 0..MOST_BEFORE {
        rest = rest.trim_start();
        rest = if rest.starts_with("<?") {
            after(rest, "?>")?
        } else if rest.starts_with("<!--") {
            after(rest, "-->")?
        } else if rest.starts_with("<!") {
            after_declaration(rest)?
        } else {
            break;
        };
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let name = name.get(..end)?;
    Some(name.rsplit(':').next().unwrap_or(name))
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.split_once(mark).map(|(_, after)| after)
}

/// What follows a `<!DOCTYPE …>`, its inner subset passed over.
fn after_declaration(text: &str) -> Option<&str> {
    let close = text.find('>')?;
    match text.find('[') {
        Some(open) if open < close => {
            let (_, rest) = text.split_once(']')?;
            after(rest, ">")
        }
        _ => text.get(close + 1..),
    }
}

fn of_root(name: &str) -> Option<Kind> {
    match name.to_ascii_lowercase().as_str() {
        "urlset" | "sitemapindex" => Some(Kind::Sitemap),
        "rss" | "rdf" | "feed" => Some(Kind::Feed),
        _ => None,
    }
}

/// Whether `text` is a sitemap in plain text: nothing but addresses, one a line.
fn is_list_of_addresses(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(50)
        .peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            (line.starts_with("https://") || line.starts_with("http://"))
                && !line.contains(char::is_whitespace)
        })
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::model::Validator;

    fn page(media_type: &str, text: &str) -> Page {
        Page {
            url: Url::parse("https://a.example/x").unwrap(),
            text: text.to_owned(),
            media_type: media_type.to_owned(),
            language: None,
            date: None,
            validator: Validator::default(),
        }
    }

    #[test]
    fn the_kind_of_a_listing_is_found_from_what_it_says() {
        for (media_type, text, expected) in [
            ("text/html", "<!doctype html><html>", Kind::Html),
            ("text/html", "<p>news", Kind::Html),
            (
                "application/xhtml+xml",
                "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'b'>]><html>",
                Kind::Html,
            ),
            (
                "text/html",
                "\u{feff} <?xml version='1.0'?><!-- a --><rss version='2.0'>",
                Kind::Feed,
            ),
            ("text/xml", "<rdf:RDF xmlns='x'>", Kind::Feed),
            ("application/atom+xml", "<feed>", Kind::Feed),
            ("application/xml", "<sm:urlset xmlns:sm='x'>", Kind::Sitemap),
            ("", "<sitemapindex>", Kind::Sitemap),
            (
                "text/plain",
                "https://a.example/1\nhttps://a.example/2\n",
                Kind::Sitemap,
            ),
            (
                "application/json",
                r#"{"version": "https://jsonfeed.org/version/1.1"}"#,
                Kind::Feed,
            ),
        ] {
            assert_eq!(
                kind(&page(media_type, text), &ListingRules::default()),
                Ok(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn what_holds_no_listing_is_refused_with_a_sentence() {
        for (media_type, text, sentence) in [
            (
                "text/html",
                " \n ",
                "https://a.example/x answered with an empty page",
            ),
            (
                "image/png",
                "\u{fffd}PNG\r\n\u{1a}\n",
                "https://a.example/x is no page but image/png; a section's address leads to HTML, a feed, a sitemap or JSON",
            ),
            (
                "",
                "\0\u{1}\u{2}\u{3}",
                "https://a.example/x is no page but a file of an unknown kind; a section's address leads to HTML, a feed, a sitemap or JSON",
            ),
            (
                "application/json",
                "[{\"a\": 1}]",
                "https://a.example/x answers with JSON; `json.items` must say where the items stand in it",
            ),
        ] {
            let page = page(media_type, text);
            let error = readable(&page)
                .and_then(|()| kind(&page, &ListingRules::default()))
                .unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }
}
