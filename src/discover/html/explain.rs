//! A section's page → which of its blocks were taken for the listing, which were left and why, and how sure that is.

use scraper::Html;

use super::View;
use super::choose::{Judged, Verdict};
use super::links::Place;
use super::shape::selector;
use super::tree::Tree;
use crate::config::ListingRules;
use crate::html::base_url;
use crate::model::Page;

/// How the main listing of a page was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// From 0, a guess, to 1, no other block comes near.
    pub sure: f64,
    /// The blocks, the best first.
    pub blocks: Vec<Block>,
}

/// Links of a page that stand in the same kind of place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Whether its links are items of the listing.
    pub taken: bool,
    /// Why not.
    pub reason: Option<&'static str>,
    /// How much it looks like the main listing; more is better, below zero is not at all.
    pub score: f64,
    /// How many pages it links to.
    pub pages: usize,
    /// The titles of its first links.
    pub titles: Vec<String>,
    /// A selector for the boxes of its items, to be written into the configuration as `item`.
    pub selector: String,
}

/// How many titles of a block are shown.
const TITLES: usize = 3;

/// Tells how the main listing of `page` is chosen.
pub fn explain(page: &Page, rules: &ListingRules) -> Explanation {
    let document = Html::parse_document(&crate::tame::tame(&page.text));
    let base = base_url(&document, &page.url);
    let tree = Tree::new(&document);
    let place = Place {
        page: &page.url,
        base: &base,
    };
    let view = View::new(&tree, &place, rules);
    let mut blocks: Vec<Block> = view
        .judged
        .iter()
        .map(|judged| block(&tree, &view, judged))
        .collect();
    blocks.sort_by(|a, b| b.score.total_cmp(&a.score));
    Explanation {
        sure: sureness(&view.judged),
        blocks,
    }
}

/// How far the best group is ahead of the best that was left, shrunk where it holds few items of little worth.
fn sureness(judged: &[Judged]) -> f64 {
    let best = judged.iter().find(|judged| judged.verdict == Verdict::Best);
    let Some(best) = best else { return 0.0 };
    let rival = judged
        .iter()
        .filter(|judged| !judged.verdict.is_taken())
        .map(|judged| judged.score)
        .fold(0.0, f64::max);
    let ahead = (1.0 - rival / best.score).clamp(0.0, 1.0);
    let many = (best.group.traits.pages / 8.0).min(1.0);
    let rich = (best.worth / 4.0).clamp(0.0, 1.0);
    ahead.sqrt() * (0.4 + 0.3 * many + 0.3 * rich)
}

fn block(tree: &Tree<'_>, view: &View, judged: &Judged) -> Block {
    let items = &judged.group.items;
    Block {
        taken: judged.verdict.is_taken(),
        reason: match judged.verdict {
            Verdict::Left(reason) => Some(reason),
            Verdict::Best | Verdict::Taken => None,
        },
        score: judged.score,
        pages: judged.group.traits.pages as usize,
        titles: items
            .iter()
            .take(TITLES)
            .map(|item| view.candidates[item.candidate].title.clone())
            .collect(),
        selector: items
            .first()
            .map(|item| selector(tree, item.bounds))
            .unwrap_or_default(),
    }
}
