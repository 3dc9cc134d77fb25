//! A page → an article that is ready to be kept: extracted, then made safe.

use chrono::{DateTime, Utc};

use crate::config::ArticleRules;
use crate::extract::{NotAnArticle, extract};
use crate::model::{Article, Page};
use crate::sanitize::sanitize;

/// Reads the article that `page` holds, with a body that is safe to show: the one way from a page to an article, for a
/// poll as for `feedwright article`.
pub fn read_article(
    page: &Page,
    rules: &ArticleRules,
    now: DateTime<Utc>,
) -> Result<Article, NotAnArticle> {
    let mut article = extract(page, rules, now)?;
    article.body.html = sanitize(&article.body.html, &page.url);
    Ok(article)
}
