//! A page → an article that is ready to be kept: extracted, then made safe.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use url::Url;

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

/// The JSON of an article as the page at `url` would be: addresses in it are meant from there, and it is JSON, whatever type
/// it is sent as.
pub fn in_place_of_page(answer: Page, url: &Url) -> Page {
    Page {
        url: url.clone(),
        media_type: "application/json".to_owned(),
        ..answer
    }
}

/// Runs `read`, which works on a hostile page, where it keeps no other task of this thread waiting; a fault of ours in it
/// becomes a sentence about the page at `url` and costs that page only.
pub fn guarded<T>(url: &Url, read: impl FnOnce() -> T) -> Result<T, String> {
    let run = || catch_unwind(AssertUnwindSafe(read));
    let several_threads = tokio::runtime::Handle::try_current().is_ok_and(|runtime| {
        runtime.runtime_flavor() == tokio::runtime::RuntimeFlavor::MultiThread
    });
    let result = if several_threads {
        tokio::task::block_in_place(run)
    } else {
        run()
    };
    result.map_err(|_| format!("reading {url} failed by a fault of feedwright's own; please report it with this address"))
}
