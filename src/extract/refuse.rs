//! A page and what was read of it → why it is no article, where that is sure.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::pattern;
use super::survey::{MarkKind, Survey};
use crate::model::Article;

/// Why a page is not an article, as a sentence.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotAnArticle {
    /// There is nothing to read.
    #[error("{0} is empty")]
    Empty(Url),
    /// A wall that asks whether a person is reading.
    #[error(
        "{0} answered with a check for robots, not with an article; does the site allow programs?"
    )]
    Challenge(Url),
    /// A form to log in.
    #[error("{0} answered with a login form, not with an article")]
    Login(Url),
    /// An error page that says 200.
    #[error("{0} answered with an error page, not with an article: \"{1}\"")]
    ErrorPage(Url, String),
    /// Neither a title nor a text was found.
    #[error(
        "{0} has neither a headline nor a text; does the page show its article without a script?"
    )]
    Nothing(Url),
}

/// From so many characters of text on, a page is an article whatever its headline says.
const ENOUGH_CHARS: usize = 600;

/// Refuses what is surely no article; in doubt it is one.
pub fn refuse(article: &Article, survey: &Survey<'_>, url: &Url) -> Option<NotAnArticle> {
    let text = article.body.text.chars().take(ENOUGH_CHARS).count();
    if text >= ENOUGH_CHARS || article.published.is_some() {
        return None;
    }
    let heard = article.title.clone().unwrap_or_default();
    let document = survey.document_title().unwrap_or_default();
    static CHALLENGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:just a moment|attention required|access denied|access to this page has been denied|are you a robot|robot check|please verify you are|checking your browser|security check|verify(?:ing)? you are human|pardon our interruption|one moment, please|ddos-guard|human verification|captcha)",
        )
    });
    static ERROR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:error )?(?:404|403|410|500|502|503)\b|page not found|not found|seite nicht gefunden|page introuvable|página no encontrada|страница не найдена|الصفحة غير موجودة|error$|bad gateway|service unavailable|internal server error|forbidden|sorry, (?:this|the|we))|(?:page|seite|página|article) (?:was )?(?:not|nicht|no) (?:be )?(?:found|gefunden|encontrada)|\b404\b.*(?:not found|error)",
        )
    });
    for title in [&document, &heard] {
        if CHALLENGE.is_match(title) {
            return Some(NotAnArticle::Challenge(url.clone()));
        }
        if ERROR.is_match(title) {
            return Some(NotAnArticle::ErrorPage(url.clone(), title.clone()));
        }
    }
    if !article.body.is_empty() || article.lead_image.is_some() || !article.media.is_empty() {
        return None;
    }
    let shown = shown_chars(survey);
    if shown < ENOUGH_CHARS && survey.marks(MarkKind::Password).next().is_some() {
        return Some(NotAnArticle::Login(url.clone()));
    }
    (article.title.is_none() && shown < FEW_CHARS).then(|| NotAnArticle::Nothing(url.clone()))
}

/// Fewer characters than this on the whole page are a frame without its picture.
const FEW_CHARS: usize = 100;

/// How much text the whole page shows.
fn shown_chars(survey: &Survey<'_>) -> usize {
    survey
        .roots
        .iter()
        .filter(|root| root.value().name() == "body")
        .map(|body| crate::html::text(*body).chars().count())
        .sum()
}
