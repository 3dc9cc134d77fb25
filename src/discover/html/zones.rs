//! A page's elements → which zones of the page each stands in: main matter, navigation, sidebar, rail.

use super::tree::Tree;
use super::words::{self, Words};

/// What an element that holds more than this share of the page's text calls itself is not believed: the frame around
/// everything is named after its parts ("content-sidebar-wrap").
const FRAME_SHARE: f64 = 0.6;

/// How far out from its label a rail may begin.
const LABEL_LEVELS: usize = 4;

/// The zones of every element.
pub struct Zones {
    /// What the elements around each element say, itself left out.
    above: Vec<Words>,
}

impl Zones {
    /// Reads the zones of `tree`.
    pub fn new(tree: &Tree<'_>) -> Zones {
        let believed = believed(tree);
        let mut own: Vec<Words> = (0..tree.elements.len())
            .map(|index| own_zones(tree, index, believed))
            .collect();
        mark_labelled_rails(tree, &mut own);
        let mut above = vec![Words::default(); tree.elements.len()];
        for index in 1..tree.elements.len() {
            let parent = tree.elements[index].parent;
            let mut words = above[parent];
            words.add(own[parent]);
            above[index] = words;
        }
        Zones { above }
    }

    /// What the elements around element `index` say, itself left out.
    pub fn above(&self, index: usize) -> Words {
        self.above.get(index).copied().unwrap_or_default()
    }

    /// Whether `link` stands in an `article` that reaches no further than `bounds`.
    pub fn inside_article(&self, bounds: usize, link: usize, tree: &Tree<'_>) -> bool {
        self.above(link).has(Words::ARTICLE)
            && (!self.above(bounds).has(Words::ARTICLE)
                || tree.elements[bounds].words.has(Words::ARTICLE))
    }
}

/// The marks that tell parts of this page apart: where elements of one mark hold most of the page together, as the widgets of a
/// page builder do, the mark says nothing.
fn believed(tree: &Tree<'_>) -> Words {
    let marks = || (0..Words::ZONES.bits().count_ones()).map(Words::nth);
    let whole = tree.text_len(0) as f64;
    let mut believed = Words::default();
    for mark in marks() {
        let mut held = 0;
        let mut index = 0;
        while index < tree.elements.len() {
            if tree.elements[index].words.has(mark) {
                held += tree.text_len(index);
                index = tree.elements[index].end;
            } else {
                index += 1;
            }
        }
        if held as f64 <= FRAME_SHARE * whole {
            believed.add(mark);
        }
    }
    believed
}

fn own_zones(tree: &Tree<'_>, index: usize, believed: Words) -> Words {
    let words = tree.elements[index].words;
    let mut zones = words.and(Words::ZONES).and(believed);
    if zones != Words::default() && is_frame(tree, index) {
        zones = Words::default();
    }
    for kept in [Words::MAIN, Words::ARTICLE] {
        if words.has(kept) {
            zones.add(kept);
        }
    }
    zones
}

/// Whether element `index` is a frame around most of the page.
fn is_frame(tree: &Tree<'_>, index: usize) -> bool {
    tree.text_len(index) as f64 > FRAME_SHARE * tree.text_len(0) as f64
}

/// Marks the box under each label such as "Most read" as a rail.
fn mark_labelled_rails(tree: &Tree<'_>, own: &mut [Words]) {
    for index in 0..tree.elements.len() {
        let is_label = tree.is_heading(index) || tree.elements[index].words.has(Words::TITLE);
        if !is_label || !words::is_rail_label(tree.raw_text(index)) {
            continue;
        }
        let inside = tree.links_in(index);
        let rail = tree
            .around(index)
            .skip(1)
            .take(LABEL_LEVELS)
            .find(|&around| tree.links_in(around) > inside + 1);
        if let Some(rail) = rail
            && !is_frame(tree, rail)
            && !matches!(tree.name(rail), "body" | "main")
        {
            own[rail].add(Words::RAIL);
        }
    }
}
