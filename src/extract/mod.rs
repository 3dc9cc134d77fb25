//! The page of an article → an [`Article`]: every field on its own, from the site's rules, embedded JSON, JSON-LD, the
//! page's `meta` elements, microdata and the page itself, in that order of trust.

use chrono::{DateTime, Utc};

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
    _rules: &ArticleRules,
    _now: DateTime<Utc>,
) -> Result<Article, NotAnArticle> {
    if page.text.trim().is_empty() {
        return Err(NotAnArticle::Empty(page.url.clone()));
    }
    Ok(Article::default())
}
