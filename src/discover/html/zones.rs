//! A page's elements → which zones of the page each stands in: main matter, navigation, sidebar, rail.

use super::tree::Tree;
use super::words::{self, Words};

/// What an element that holds more than this share of the page's text calls itself is not believed: the frame around
/// everything is named after its parts ("content-sidebar-wrap").
const FRAME_SHARE: f64 = 0.6;

/// How far out from its label a rail may begin.
const LABEL_LEVELS: usize = 4;

/// Most bytes of a label that no heading and no class calls one: twelve signs of three bytes, two words of a Latin script.
const LONGEST_PLAIN_LABEL: usize = 36;

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
        if let Some(rail) = labelled_box(tree, index)
            && !main.map_or_else(|| is_frame(tree, rail), |main| tree.holds(rail, main))
        {
            own[rail].add(Words::RAIL);
        }
    }
}

/// The box that element `index` stands over as its label.
fn labelled_box(tree: &Tree<'_>, index: usize) -> Option<usize> {
    let is_label = || words::is_rail_label(tree.raw_text(index));
    let with_links = |least: u32| {
        tree.around(index)
            .skip(1)
            .take(LABEL_LEVELS)
            .find(|&around| tree.links_in(around) > least)
    };
    if tree.is_heading(index) || tree.elements[index].words.has(Words::TITLE) {
        return is_label().then(|| with_links(tree.links_in(index) + 1))?;
    }
    let may_be_label = tree.is_leaf(index)
        && (1..=LONGEST_PLAIN_LABEL).contains(&tree.text_len(index))
        && tree.name(index) != "a";
    // A plain word may as well be a badge on a story: a label stands first, over the links of several.
    with_links(0)
        .filter(|&around| may_be_label && tree.begins(around, index))
        .filter(|_| is_label())
        .filter(|&around| has_several_addresses(tree, around))
}

/// Whether the first links in element `index` lead to three addresses or more.
fn has_several_addresses(tree: &Tree<'_>, index: usize) -> bool {
    const LEAST_ADDRESSES: usize = 3;
    const MOST_ELEMENTS: usize = 200;
    let mut addresses: Vec<&str> = Vec::new();
    for href in tree
        .inside(index)
        .take(MOST_ELEMENTS)
        .filter(|&part| tree.name(part) == "a")
        .filter_map(|part| tree.attr(part, "href"))
    {
        if !addresses.contains(&href) {
            addresses.push(href);
        }
    }
    addresses.len() >= LEAST_ADDRESSES
}
