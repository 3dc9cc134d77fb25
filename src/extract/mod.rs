//! The page of an article → an [`Article`]: every field on its own, from the site's rules, embedded JSON, JSON-LD, the
//! page's `meta` elements, microdata and the page itself, in that order of trust.

pub mod body;

use chrono::{DateTime, Utc};
use scraper::{Html, Selector};

use crate::config::ArticleRules;
use crate::model::{Article, Page};

/// Why a page is not an article, as a sentence.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotAnArticle {
    /// There is nothing to read.
    #[error("{0} is empty")]
    Empty(url::Url),
}

/// Reads the article that `page` holds.
///
/// `now` is the moment of reading, for dates such as "3 hours ago". `body.html` of the result is the site's own markup,
/// reduced to the article; [`crate::sanitize`] makes it safe.
pub fn extract(
    page: &Page,
    rules: &ArticleRules,
    _now: DateTime<Utc>,
) -> Result<Article, NotAnArticle> {
    if page.text.trim().is_empty() {
        return Err(NotAnArticle::Empty(page.url.clone()));
    }
    let document = Html::parse_document(&crate::tame::tame(&page.text));
    let base = crate::html::base_url(&document, &page.url);
    let title = content(&document, "meta[property='og:title']");
    let summary = content(
        &document,
        "meta[name='description'],meta[property='og:description']",
    );
    let article_body = article_body(&document);
    let hints = body::Hints {
        base: &base,
        title: title.as_deref(),
        summary: summary.as_deref(),
        lead_image: None,
        article_body: article_body.as_deref(),
        authors: &[],
        language: None,
    };
    Ok(Article {
        body: body::body(&document, rules, &hints),
        ..Article::default()
    })
}

fn content(document: &Html, selector: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    let element = document.select(&selector).next()?;
    element.attr("content").map(str::to_owned)
}

/// The first `articleBody` of the page's JSON-LD.
fn article_body(document: &Html) -> Option<String> {
    let selector = Selector::parse("script[type='application/ld+json']").ok()?;
    document.select(&selector).find_map(|script| {
        let json: String = script.text().collect();
        find_body(&serde_json::from_str(&json).ok()?)
    })
}

fn find_body(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Array(list) => list.iter().find_map(find_body),
        serde_json::Value::Object(map) => map
            .get("articleBody")
            .and_then(|body| body.as_str().map(str::to_owned))
            .or_else(|| map.get("@graph").and_then(find_body)),
        _ => None,
    }
}
