//! An item of a listing → the article behind it, read in full.

use std::collections::HashSet;

use url::Url;

use crate::config::Section;
use crate::fetch::{Answer, FetchError, Fetcher};
use crate::model::{Article, ListingItem, Page, Validator};

/// Most pages that one article is joined from: the longest that magazines print, and the end of every loop.
const PAGES_AN_ARTICLE: usize = 10;

/// An article and the page that it was read from.
pub struct ReadPage {
    /// What it says, the listing's hints filled in.
    pub article: Article,
    /// Its page's address after redirects.
    pub url: Url,
    /// The marks of what was asked.
    pub validator: Validator,
}

/// What the page of an item came to.
pub enum Outcome {
    /// It is an article.
    Read(Box<ReadPage>),
    /// It is as it was when last read.
    NotModified,
    /// It is gone for good.
    Gone(String),
    /// There is a page, but no article in it.
    NoArticle(String),
    /// It cannot be read, and asking again would not help.
    Refused(String),
    /// It may be read only by its listing: robots.txt forbids the page.
    Forbidden(String),
    /// It could not be read this time.
    Failed(String),
    /// The site does not want us now, whatever the page.
    SiteFailed(Box<FetchError>),
}

/// Reads the article behind `url`, with every page that it is spread over, filled up from what its listing said. Where that
/// names the article's JSON, it is asked in place of the page.
///
/// The number of requests is added to `requests`.
pub async fn read_item(
    fetcher: &mut Fetcher,
    section: &Section,
    url: &Url,
    hints: &Article,
    validator: &Validator,
    requests: &mut usize,
) -> Outcome {
    let asked = hints.api_url.as_ref().unwrap_or(url);
    *requests += 1;
    let mut page = match fetcher.get(asked, validator).await {
        Ok(Answer::NotModified) => return Outcome::NotModified,
        Ok(Answer::Page(page)) => page,
        Err(error) => return failure(error, asked, section),
    };
    if is_front_page(&page.url) && !is_front_page(asked) {
        return Outcome::Gone(format!("{asked} leads to the front page of its site now"));
    }
    if hints.api_url.is_some() {
        *page = super::read::in_place_of_page(*page, url);
    }
    let mut article = match extract_guarded(&page, section) {
        Ok(article) => article,
        Err(outcome) => return outcome,
    };
    let mut validator = page.validator;
    if let Err(outcome) = join_pages(fetcher, section, &page.url, &mut article, requests).await {
        return outcome;
    }
    if article.body.is_empty()
        && !take_body_from_amp(fetcher, section, &mut article, requests).await
    {
        // Else the page would be "not modified" for ever, and its text never be asked for again.
        validator = Validator::default();
    }
    Outcome::Read(Box::new(ReadPage {
        article: article.or(hints),
        url: page.url,
        validator,
    }))
}

/// An item that has no page of its own, or whose page is not to be asked: all that is known stands in the listing.
pub fn from_hints(item: &ListingItem, section: &Section) -> Option<Article> {
    let mut article = item.hints.clone();
    article.title.as_ref()?;
    article.language = article
        .language
        .or_else(|| section.article.language.clone());
    let base = item.url.as_ref().unwrap_or(&section.url);
    article.body.html = crate::sanitize::sanitize(&article.body.html, base);
    Some(article)
}

/// What a failure to fetch `url`, an article of `section`, means.
fn failure(error: FetchError, url: &Url, section: &Section) -> Outcome {
    // Members' pages are refused one by one; it is the listing's refusal that means us.
    let of_this_page =
        matches!(error, FetchError::Refused { .. }) || url.host_str() != section.url.host_str();
    if error.is_gone() {
        Outcome::Gone(error.to_string())
    } else if matches!(error, FetchError::Disallowed { .. }) {
        Outcome::Forbidden(error.to_string())
    } else if error.is_for_whole_site() && !of_this_page {
        Outcome::SiteFailed(Box::new(error))
    } else if error.is_permanent() {
        Outcome::Refused(error.to_string())
    } else {
        Outcome::Failed(error.to_string())
    }
}

fn is_front_page(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

fn extract_guarded(page: &Page, section: &Section) -> Result<Article, Outcome> {
    match super::read::guarded(&page.url, || {
        super::read_article(page, &section.article, super::now())
    }) {
        Ok(Ok(article)) => Ok(article),
        Ok(Err(reason)) => Err(Outcome::NoArticle(reason.to_string())),
        Err(fault) => Err(Outcome::Failed(fault)),
    }
}

/// Adds the text of the pages that follow `first` in the same article, as long as each names a next one not yet read. A page
/// that cannot be read now fails the article: half of it would else be kept, or take the place of the whole.
async fn join_pages(
    fetcher: &mut Fetcher,
    section: &Section,
    first: &Url,
    article: &mut Article,
    requests: &mut usize,
) -> Result<(), Outcome> {
    let mut read = HashSet::from([first.clone()]);
    let mut next = article.next_url.take();
    while let Some(url) =
        next.filter(|url| read.len() < PAGES_AN_ARTICLE && read.insert(url.clone()))
    {
        *requests += 1;
        let page = match fetcher.get(&url, &Validator::default()).await {
            Ok(Answer::Page(page)) => page,
            Ok(Answer::NotModified) => return Ok(()),
            Err(error) => {
                return match failure(error, &url, section) {
                    // What is not there, or not for us, is no part of the article.
                    Outcome::Gone(_) | Outcome::Forbidden(_) | Outcome::Refused(_) => Ok(()),
                    outcome => Err(outcome),
                };
            }
        };
        let Ok(more) = extract_guarded(&page, section) else {
            return Ok(());
        };
        if article.body.text.contains(&more.body.text) {
            return Ok(());
        }
        article.body.html.push_str(&more.body.html);
        article.body.text.push_str("\n\n");
        article.body.text.push_str(&more.body.text);
        next = more.next_url;
    }
    Ok(())
}

/// Takes the body of the page's twin for phones, if it names one. Says whether that was tried to its end.
async fn take_body_from_amp(
    fetcher: &mut Fetcher,
    section: &Section,
    article: &mut Article,
    requests: &mut usize,
) -> bool {
    if !article.media.is_empty() {
        return true;
    }
    let Some(url) = article.amp_url.clone() else {
        return true;
    };
    *requests += 1;
    match fetcher.get(&url, &Validator::default()).await {
        Ok(Answer::Page(page)) => {
            if let Ok(twin) = extract_guarded(&page, section) {
                article.body = twin.body;
            }
            true
        }
        Ok(Answer::NotModified) => true,
        Err(error) => error.is_permanent(),
    }
}
