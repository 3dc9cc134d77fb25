//! A section's page → the articles of its main listing, found without a rule of its own.
//!
//! Every link is a candidate ([`links`]); candidates in the same kind of place are a group ([`groups`]); the group most like
//! a list of articles and what belongs to it are the listing ([`choose`]); what each item's box shows are its hints ([`hints`]).

mod choose;
mod explain;
mod groups;
mod hints;
mod links;
mod tree;
mod words;
mod zones;

use chrono::{DateTime, Utc};
use scraper::Html;
use url::Url;

use crate::config::ListingRules;
use crate::dates::Setting;
use crate::discover::NoListing;
use crate::html::base_url;
use crate::model::{Listing, Page};

pub use explain::{Block, Explanation, explain};

/// Finds the main listing of `page`.
pub fn discover(
    page: &Page,
    rules: &ListingRules,
    now: DateTime<Utc>,
) -> Result<Listing, NoListing> {
    let document = Html::parse_document(&page.text);
    let base = base_url(&document, &page.url);
    let view = View::new(&document, page, &base);
    let items = choose::items(&view.candidates, &view.judged);
    if items.is_empty() {
        return Err(NoListing::NoArticles(page.url.clone()));
    }
    let language = language(&document, page, rules);
    let reading = hints::Reading {
        base: &base,
        setting: Setting {
            language: language.as_deref(),
            zone: rules.timezone,
            now,
        },
    };
    Ok(Listing {
        items: hints::hints(&view.tree, &view.candidates, &items, &reading),
        ..Listing::default()
    })
}

/// A page as discovery sees it.
struct View<'a> {
    tree: tree::Tree<'a>,
    candidates: Vec<links::Candidate>,
    judged: Vec<choose::Judged>,
}

impl<'a> View<'a> {
    fn new(document: &'a Html, page: &Page, base: &Url) -> View<'a> {
        let tree = tree::Tree::new(document);
        let place = links::Place {
            page: &page.url,
            base,
        };
        let mut candidates = links::candidates(&tree, &place);
        let zones = zones::Zones::new(&tree);
        let groups = groups::groups(&tree, &zones, &mut candidates, &page.url);
        let judged = choose::choose(&tree, &candidates, groups);
        View {
            tree,
            candidates,
            judged,
        }
    }
}

/// The language of the listing: as configured, as the page says, as the answer said.
fn language(document: &Html, page: &Page, rules: &ListingRules) -> Option<String> {
    let root = document.root_element();
    rules
        .language
        .clone()
        .or_else(|| {
            root.attr("lang")
                .or_else(|| root.attr("xml:lang"))
                .map(str::to_owned)
        })
        .filter(|language| !language.is_empty())
        .or_else(|| page.language.clone())
}
