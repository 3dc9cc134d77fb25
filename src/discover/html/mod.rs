//! A section's page → the articles of its main listing, found without a rule of its own, or by the selectors of the
//! configuration.
//!
//! Every link is a candidate ([`links`]); candidates in the same kind of place are a group ([`groups`]); the group most like
//! a list of articles and what belongs to it are the listing ([`choose`]); what each item's box shows are its hints ([`hints`]).

mod choose;
mod configured;
mod days;
mod explain;
mod flags;
mod groups;
mod hints;
mod kinds;
mod labels;
mod lines;
mod links;
mod next;
mod nothing;
mod shape;
mod titles;
mod tree;
mod words;
mod zones;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use scraper::Html;

use crate::config::ListingRules;
use crate::dates::{self, Setting};
use crate::discover::{NoListing, is_wanted, zone};
use crate::html::base_url;
use crate::model::{Listing, Page};

pub use configured::finds_nothing;
pub use explain::{Block, Explanation, explain};
pub use lines::lines;

/// Finds the main listing of `page`.
pub fn discover(
    page: &Page,
    rules: &ListingRules,
    now: DateTime<Utc>,
) -> Result<Listing, NoListing> {
    let document = Html::parse_document(&crate::tame::tame(&page.text));
    let base = base_url(&document, &page.url);
    let tree = tree::Tree::new(&document);
    let place = links::Place {
        page: &page.url,
        base: &base,
    };
    let language = language(&document, page, rules);
    let reading = hints::Reading {
        base: &base,
        setting: setting(
            &tree,
            language.as_deref(),
            zone(page, language.as_deref(), rules),
            now,
        ),
    };
    let found = match configured::items(&document, &tree, rules, page, &place) {
        Some(found) => found?,
        None => automatic(&tree, &place, rules),
    };
    if found.is_empty() {
        return Err(nothing::reason(&document, &tree, page));
    }
    Ok(Listing {
        shape: shape::shape(&tree, &found),
        items: hints::hints(&tree, found, rules, &reading),
        next: next::next(&document, &tree, rules, &place),
        ..Listing::default()
    })
}

/// The items that a page's own shape tells.
fn automatic(
    tree: &tree::Tree<'_>,
    place: &links::Place<'_>,
    rules: &ListingRules,
) -> Vec<hints::Found> {
    let view = View::new(tree, place, rules);
    let items = choose::items(tree, &view.zones, &view.candidates, &view.judged);
    hints::found(tree, view.candidates, &items)
}

/// A page as discovery sees it.
struct View {
    zones: zones::Zones,
    candidates: Vec<links::Candidate>,
    judged: Vec<choose::Judged>,
}

impl View {
    fn new(tree: &tree::Tree<'_>, place: &links::Place<'_>, rules: &ListingRules) -> View {
        let mut candidates = links::candidates_in(tree, place, 0..tree.elements.len());
        candidates.retain(|candidate| is_wanted(&candidate.url, rules));
        let zones = zones::Zones::new(tree);
        let groups = groups::groups(tree, &zones, &mut candidates, place.page);
        let judged = choose::choose(tree, &candidates, groups);
        View {
            zones,
            candidates,
            judged,
        }
    }
}

/// How dates are read on the page of `tree`.
fn setting<'l>(
    tree: &tree::Tree<'_>,
    language: Option<&'l str>,
    zone: Tz,
    now: DateTime<Utc>,
) -> Setting<'l> {
    Setting {
        language,
        zone,
        now,
        order: dates::shown(tree.dated_texts()),
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
