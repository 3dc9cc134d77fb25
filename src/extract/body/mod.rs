//! A parsed page → the article's text out of it: its markup, not yet made safe, and its plain paragraphs.
//!
//! The page becomes a flat list of nodes ([`outline`]) and the list becomes blocks ([`blocks`]). Whole elements are cut by
//! their names, the element that holds the article is chosen ([`choose`]), lines that are not the article are dropped from it
//! ([`prune`]), and what is left is written ([`write`]).

mod blocks;
mod choose;
mod labels;
mod names;
mod outline;
mod prune;
mod write;

use scraper::Html;
use url::Url;

use crate::config::ArticleRules;
use crate::model::Body;

use blocks::blocks;
use choose::{Sums, Tally, container, cuts, lead, prose};
use outline::Outline;
use prune::prune;
use write::{plain, write};

/// What is known of the article before its body is looked for.
pub struct Hints<'a> {
    /// What relative addresses of the page are resolved against.
    pub base: &'a Url,
    /// The headline.
    pub title: Option<&'a str>,
    /// The summary.
    pub summary: Option<&'a str>,
    /// The lead image.
    pub lead_image: Option<&'a Url>,
    /// The `articleBody` of the page's JSON-LD: a witness, and the last resort.
    pub article_body: Option<&'a str>,
    /// Who signed the article.
    pub authors: &'a [String],
    /// The language of the article.
    pub language: Option<&'a str>,
}

/// The body of the article that `document` holds.
pub fn body(document: &Html, rules: &ArticleRules, hints: &Hints<'_>) -> Body {
    let _ = rules;
    let outline = Outline::new(document);
    let blocks = blocks(&outline);
    let count = |block: &blocks::Block| Sums {
        prose: prose(&outline, block),
        len: block.len,
        link_len: block.link_len,
    };
    let all = Tally::new(&outline, &blocks, count);
    let mut cut = cuts(&all);
    let kept = Tally::new(&outline, &blocks, |block| {
        if cut[block.first] {
            Sums::default()
        } else {
            count(block)
        }
    });
    let Some(place) = container(&kept, &mut cut) else {
        return plain(hints.article_body.unwrap_or_default());
    };
    if std::env::var("BODY_DEBUG").is_ok() {
        let mut at = place;
        loop {
            let cell = &outline.cells[at];
            let sums = kept.sums(at);
            eprintln!(
                "{at} {:?} {:?} {:?} cut={} prose={} len={} link={} all={}",
                cell.tag,
                cell.attr("class"),
                cell.attr("id"),
                cut[at],
                sums.prose,
                sums.len,
                sums.link_len,
                all.sums(at).prose
            );
            if cell.parent == at {
                break;
            }
            at = cell.parent;
        }
    }
    let mut places = vec![place];
    if let Some(lead) = lead(&kept, &cut, place) {
        places.insert(0, lead);
    }
    let fates = prune(&kept, &cut, &places, hints);
    write(&outline, &blocks, &cut, &fates, &places, hints)
}
