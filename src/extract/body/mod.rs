//! A parsed page → the article's text out of it: its markup, not yet made safe, and its plain paragraphs.
//!
//! The page becomes a flat list of nodes ([`outline`]) and the list becomes blocks ([`blocks`]). Whole elements are cut by
//! their names ([`cuts`]), the element that holds the article is chosen ([`choose`]), lines that are not the article are dropped from it
//! ([`prune`]), and what is left is written ([`write`]).

mod asks;
mod blocks;
mod boxes;
mod choose;
mod cuts;
mod ends;
mod fallback;
mod labels;
mod lines;
mod names;
mod outline;
mod prune;
mod streamed;
mod subject;
mod tags;
mod tally;
mod told;
mod write;

use std::collections::{BTreeSet, HashMap};

use ego_tree::NodeId;
use scraper::{Html, Selector};
use url::Url;

use crate::config::ArticleRules;
use crate::model::Body;
use crate::tame::tame;

use blocks::blocks;
pub use blocks::mended;
use choose::{container, lead};
use cuts::{CUT, CUT_LEAST, cuts};
use fallback::hidden_markup;
use names::Marks;
use outline::Outline;
use prune::prune;
use subject::Subject;
use tally::{Sums, Tally, prose};
use write::{plain, write};

/// What is known of the article before its body is looked for.
pub struct Hints<'a> {
    /// The page as it was sent, with the programs that the parsed one is without.
    pub page: &'a str,
    /// What relative addresses of the page are resolved against.
    pub base: &'a Url,
    /// The headline.
    pub title: Option<&'a str>,
    /// What the page says that the article is about.
    pub summary: Option<&'a str>,
    /// The `articleBody` of the page's JSON-LD: a witness, and the last resort.
    pub article_body: Option<&'a str>,
    /// Who signed the article.
    pub authors: &'a [String],
}

/// Where a body comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the elements that the site's rules name.
    Configured,
    /// From the elements whose paragraphs say most.
    Shown,
    /// From the article's own JSON-LD.
    Told,
    /// From markup in a script or in what is there for browsers without scripts.
    Hidden,
}

/// A body with less text than this is looked for once more in what the page does not show.
const SHORT_BYTES: usize = 250;

/// The body of the article that `document` holds.
pub fn body(document: &Html, rules: &ArticleRules, hints: &Hints<'_>) -> (Body, Origin) {
    let (shown, origin) = shown(document, rules, hints);
    if shown.text.len() >= SHORT_BYTES {
        return (shown, origin);
    }
    let told = hints.article_body.map(|told| {
        if told.contains("<p") {
            of_fragment(told, hints)
        } else {
            plain(told)
        }
    });
    let hidden = || Some(of_fragment(&hidden_markup(hints.page)?, hints));
    // What is found must be much more than what is shown: a short notice is an article too.
    if let Some(told) = told.filter(|body| body.text.len() > 2 * shown.text.len()) {
        return (told, Origin::Told);
    }
    match hidden().filter(|body| body.text.len() > 2 * shown.text.len() + SHORT_BYTES) {
        Some(hidden) => (hidden, Origin::Hidden),
        None => (shown, origin),
    }
}

/// The body that a piece of markup shows.
fn of_fragment(markup: &str, hints: &Hints<'_>) -> Body {
    let fragment = Html::parse_fragment(&tame(markup));
    shown(&fragment, &ArticleRules::default(), hints).0
}

/// The body that the page shows.
fn shown(document: &Html, rules: &ArticleRules, hints: &Hints<'_>) -> (Body, Origin) {
    let outline = Outline::new(document);
    let blocks = blocks(&outline);
    let count = |block: &blocks::Block| Sums {
        prose: prose(&outline, block),
        len: block.len,
        link_len: block.link_len,
    };
    let all = Tally::new(&outline, &blocks, count);
    let subject = Subject::new(hints);
    let cut_by = |named: Marks| {
        let mut cut = cuts(&all, named, &subject);
        let mut places = configured(document, rules, &outline, &mut cut);
        let kept = all.without(&cut);
        let origin = if places.is_empty() {
            places = found(&kept, &mut cut, &subject);
            Origin::Shown
        } else {
            Origin::Configured
        };
        let fates = prune(&kept, &cut, &places, hints);
        (write(&kept, &cut, &fates, &places, hints), origin)
    };
    let careful = cut_by(CUT);
    if careful.0.text.len() >= SHORT_BYTES {
        return careful;
    }
    let careless = cut_by(CUT_LEAST);
    if careless.0.text.len() > 4 * careful.0.text.len() + SHORT_BYTES {
        careless
    } else {
        careful
    }
}

/// The places of the standfirst, if there is one, and of the article.
fn found(kept: &Tally<'_, '_>, cut: &mut [bool], subject: &Subject) -> Vec<usize> {
    let Some(place) = container(kept, cut, subject) else {
        return Vec::new();
    };
    lead(kept, cut, place).into_iter().chain([place]).collect()
}

/// The places that the site's rules name as the body, in the page's order; what they name as no part of it is cut.
fn configured(
    document: &Html,
    rules: &ArticleRules,
    outline: &Outline<'_>,
    cut: &mut [bool],
) -> Vec<usize> {
    if rules.body.is_empty() && rules.remove.is_empty() {
        return Vec::new();
    }
    let places: HashMap<NodeId, usize> = outline
        .cells
        .iter()
        .enumerate()
        .map(|(place, cell)| (cell.node.id(), place))
        .collect();
    let matches = |selectors: &[Selector]| -> BTreeSet<usize> {
        selectors
            .iter()
            .flat_map(|selector| document.select(selector))
            .filter_map(|element| places.get(&element.id()).copied())
            .collect()
    };
    let mut bodies: Vec<usize> = Vec::new();
    let mut end = 0;
    for place in matches(&rules.body) {
        if place >= end {
            end = outline.cells[place].end;
            bodies.push(place);
            // Names cut what surrounds a body, and what stands in it, but never the body that a rule names.
            if cut[place] {
                cut[place..end].fill(false);
            }
        }
    }
    for place in matches(&rules.remove) {
        cut[place..outline.cells[place].end].fill(true);
    }
    bodies
}

#[cfg(test)]
mod tests;
