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
        let doubtful = doubtful(tree);
        let mut own: Vec<Words> = (0..tree.elements.len())
            .map(|index| own_zones(tree, index, doubtful))
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

/// The marks that do not tell parts of this page apart: where the elements whose classes hold one of them show most of the page
/// together, as the widgets of a page builder do, it says nothing.
fn doubtful(tree: &Tree<'_>) -> Words {
    let whole = tree.text_len(0) as f64;
    let mut doubtful = Words::default();
    for mark in [Words::ASIDE, Words::SLIDER, Words::RAIL] {
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
        if held as f64 > FRAME_SHARE * whole {
            doubtful.add(mark);
        }
    }
    doubtful
}

fn own_zones(tree: &Tree<'_>, index: usize, doubtful: Words) -> Words {
    let words = tree.elements[index].words;
    if !words.has(Words::ZONES.or(Words::MAIN).or(Words::ARTICLE)) {
        return Words::default();
    }
    let sure = words::of_name_and_role(tree.elements[index].node);
    let mut zones = words.and(Words::ZONES).without(doubtful);
    if zones != Words::default() && is_frame(tree, index) {
        zones = Words::default();
    }
    zones.add(sure.and(Words::ZONES));
    zones.add(words.and(Words::MAIN.or(Words::ARTICLE)));
    zones
}

/// Whether element `index` is a frame around most of the page.
fn is_frame(tree: &Tree<'_>, index: usize) -> bool {
    tree.text_len(index) as f64 > FRAME_SHARE * tree.text_len(0) as f64
}

/// Marks the box under each label such as "Most read" as a rail.
fn mark_labelled_rails(tree: &Tree<'_>, own: &mut [Words]) {
    // What holds the main part is no rail, whatever label stands in it; nor is what holds most of a page without one.
    let main = (0..tree.elements.len()).find(|&index| tree.name(index) == "main");
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
            && !main.map_or_else(|| is_frame(tree, rail), |main| tree.holds(rail, main))
        {
            own[rail].add(Words::RAIL);
        }
    }
}
