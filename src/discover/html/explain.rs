//! A section's page → which of its blocks were taken for the listing, which were left and why, and how sure that is.

use std::collections::HashSet;

use scraper::{Html, Selector};
use url::Url;

use super::View;
use super::choose::{Judged, Verdict};
use super::configured::{Numbers, in_box, matches_of};
use super::groups::Item;
use super::links::Place;
use super::shape::{path, selector};
use super::tree::Tree;
use crate::address::page_key;
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
    /// The pages, in order.
    pub addresses: Vec<Url>,
    /// The titles of its first links.
    pub titles: Vec<String>,
    /// A selector for the boxes of its items, to be written into the configuration as `item`.
    pub selector: String,
}

/// How many titles of a block are shown.
const TITLES: usize = 3;

/// Of how many blocks the selector is tried out: a front page has a few hundred, mostly of one link.
const MOST_TRIED: usize = 40;

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
    let trial = Trial::new(&document, &tree, &place);
    let mut judged: Vec<&Judged> = view.judged.iter().collect();
    judged.sort_by(|a, b| b.score.total_cmp(&a.score));
    let blocks = judged
        .into_iter()
        .enumerate()
        .map(|(number, judged)| Block {
            selector: match number < MOST_TRIED {
                true => trial.selector_for(&view, judged),
                false => first_selector(&tree, judged),
            },
            ..block(&view, judged)
        })
        .collect();
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

fn block(view: &View, judged: &Judged) -> Block {
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
        addresses: addresses(view, judged),
        selector: String::new(),
    }
}

/// The pages that `judged` links to, once each.
fn addresses(view: &View, judged: &Judged) -> Vec<Url> {
    let mut seen = HashSet::new();
    judged
        .group
        .items
        .iter()
        .map(|item| &view.candidates[item.candidate].url)
        .filter(|url| seen.insert(page_key(url)))
        .cloned()
        .collect()
}

/// A selector for the box of the first item of `judged`, not tried out.
fn first_selector(tree: &Tree<'_>, judged: &Judged) -> String {
    let first = judged.group.items.first();
    first
        .map(|item| selector(tree, item.bounds))
        .unwrap_or_default()
}

/// What selectors are tried out on.
struct Trial<'t, 'd> {
    document: &'d Html,
    tree: &'t Tree<'d>,
    place: &'t Place<'t>,
    numbers: Numbers,
    rules: ListingRules,
}

impl<'t, 'd> Trial<'t, 'd> {
    fn new(document: &'d Html, tree: &'t Tree<'d>, place: &'t Place<'t>) -> Trial<'t, 'd> {
        Trial {
            document,
            tree,
            place,
            numbers: Numbers::of(tree),
            rules: ListingRules::default(),
        }
    }

    /// The selector that, as `item` of the configuration, comes nearest to the items of `judged`; the shortest of those.
    fn selector_for(&self, view: &View, judged: &Judged) -> String {
        let wanted: HashSet<String> = addresses(view, judged).iter().map(page_key).collect();
        let mut best = (0.0, first_selector(self.tree, judged));
        for proposal in self.proposals(view, judged) {
            let fit = self.fit(&proposal, &wanted);
            if fit > best.0 {
                best = (fit, proposal);
            }
            if best.0 >= 1.0 {
                break;
            }
        }
        best.1
    }

    /// Selectors for what is around the first item's link and the middle one's, the widest boxes and the shortest first.
    fn proposals(&self, view: &View, judged: &Judged) -> Vec<String> {
        const MOST_STEPS: usize = 5;
        let items = &judged.group.items;
        let mut proposals = Vec::new();
        let mut short = Vec::new();
        for item in [items.first(), items.get(items.len() / 2)]
            .into_iter()
            .flatten()
        {
            let boxes = self.boxes(view, item);
            let plain = boxes.iter().map(|&around| selector(self.tree, around));
            let longer = (1..=MOST_STEPS)
                .flat_map(|steps| boxes.iter().map(move |&around| (around, steps)))
                .map(|(around, steps)| path(self.tree, around, steps))
                // A name alone is too little to say what is meant.
                .filter(|path| path.contains(['.', ' ']));
            for proposal in plain.chain(longer) {
                if !proposals.contains(&proposal) {
                    proposals.push(proposal);
                }
            }
            short.extend(boxes.iter().map(|&around| path(self.tree, around, 1)));
        }
        // Where another block looks the same, the place of this one on the page tells them apart.
        let anchor = self.anchor_of(view, items);
        proposals.extend(short.iter().map(|short| format!("{anchor} {short}")));
        proposals
    }

    /// What is around the link of `item` and holds no other item, the widest first.
    fn boxes(&self, view: &View, item: &Item) -> Vec<usize> {
        const MOST_LEVELS: usize = 10;
        let link = view.candidates[item.candidate].main;
        let mut boxes: Vec<usize> = self
            .tree
            .around(link)
            .take(MOST_LEVELS)
            .take_while(|&around| self.tree.holds(item.reach, around))
            .collect();
        boxes.reverse();
        boxes
    }

    /// A selector for the smallest element around all `items`.
    fn anchor_of(&self, view: &View, items: &[Item]) -> String {
        let links = || {
            items
                .iter()
                .map(|item| view.candidates[item.candidate].main)
        };
        let (Some(first), Some(last)) = (links().min(), links().max()) else {
            return String::new();
        };
        let list = self.tree.around(first).find(|&a| self.tree.holds(a, last));
        list.map(|list| anchor(self.tree, list)).unwrap_or_default()
    }

    /// How near the items that `proposal` gives come to the `wanted` ones: the harmonic mean of how many of either are among
    /// the other, 1 where they are the same.
    fn fit(&self, proposal: &str, wanted: &HashSet<String>) -> f64 {
        let Ok(selector) = Selector::parse(proposal) else {
            return 0.0;
        };
        let boxes = matches_of(self.document, &[selector], &self.numbers);
        // Boxes of another number are other boxes: there is no need to read them.
        if boxes.len() > 3 * wanted.len() + 3 {
            return 0.0;
        }
        let found: HashSet<String> = boxes
            .into_iter()
            .filter_map(|index| in_box(self.tree, index, &self.rules, self.place))
            .map(|found| page_key(&found.candidate.url))
            .collect();
        let both = found.intersection(wanted).count() as f64;
        2.0 * both / (found.len() + wanted.len()).max(1) as f64
    }
}

/// A selector for element `index` alone: its place among what is around it.
fn anchor(tree: &Tree<'_>, index: usize) -> String {
    const MOST_STEPS: usize = 3;
    let mut steps: Vec<String> = tree
        .around(index)
        .take(MOST_STEPS)
        .map(|around| {
            let node = tree.elements[around].node;
            let before = node
                .prev_siblings()
                .filter(|sibling| sibling.value().is_element())
                .count();
            format!("{}:nth-child({})", tree.name(around), before + 1)
        })
        .collect();
    steps.reverse();
    steps.join(" > ")
}
