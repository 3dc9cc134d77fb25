//! An article or a listing → the JSON that other programs read.

use serde_json::{Value, json};

use crate::model::{Article, Listing, When};

fn rfc3339(when: &When) -> String {
    when.at.to_rfc3339()
}

/// What an article's page says, as one JSON object.
pub fn article(article: &Article, url: &str) -> Value {
    json!({
        "url": url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "authors": article.authors,
        "source": article.source,
        "published": article.published.as_ref().map(rfc3339),
        "modified": article.modified.as_ref().map(rfc3339),
        "tags": article.tags,
        "section": article.category,
        "summary": article.summary,
        "lead_image": article.lead_image.as_ref().map(|image| &image.url),
        "language": article.language,
        "direction": article.direction,
        "text": article.body.text,
        "html": article.body.html,
        "media": article.media,
        "page_id": article.page_id,
        "amp_url": article.amp_url,
        "translations": article.translations,
        "restricted": article.restricted,
    })
}

/// What a listing's page links to, as one JSON object.
pub fn listing(listing: &Listing) -> Value {
    let items: Vec<Value> = listing
        .items
        .iter()
        .map(|item| {
            json!({
                "url": item.url,
                "title": item.hints.title,
                "published": item.hints.published.as_ref().map(rfc3339),
                "image": item.hints.lead_image.as_ref().map(|image| &image.url),
                "summary": item.hints.summary,
            })
        })
        .collect();
    json!({ "items": items, "next": listing.next })
}
