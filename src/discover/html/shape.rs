//! Items that were found → the kinds of place in which they stand, as selectors.

use std::collections::HashMap;

use super::hints::Found;
use super::kinds::is_of_a_kind;
use super::tree::Tree;

/// Most places that are remembered of a listing: a front page has a dozen kinds of boxes, and the poorest say little.
const MOST_PLACES: usize = 8;

/// The places of `found`, the one with most items first.
pub fn shape(tree: &Tree<'_>, found: &[Found]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in found {
        let place = selector(tree, item.region.bounds);
        *counts.entry(place).or_default() += 1;
    }
    let mut places: Vec<(String, usize)> = counts.into_iter().collect();
    places.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    places.truncate(MOST_PLACES);
    places.into_iter().map(|(place, _)| place).collect()
}

/// A selector for elements of the kind of `index`: its name and classes, below those of what is around it until a class is
/// found.
pub fn selector(tree: &Tree<'_>, index: usize) -> String {
    const MOST_STEPS: usize = 4;
    let has_class = |around: usize| !classes(tree, around).is_empty();
    let steps = tree
        .around(index)
        .take(MOST_STEPS)
        .position(has_class)
        .map_or(MOST_STEPS, |before| before + 1);
    path(tree, index, steps)
}

/// A selector of so many `steps` for elements of the kind of `index`: its name and classes, below those of what is around it.
pub fn path(tree: &Tree<'_>, index: usize, steps: usize) -> String {
    let mut steps: Vec<String> = tree
        .around(index)
        .take(steps)
        .map(|around| {
            std::iter::once(tree.name(around))
                .chain(classes(tree, around))
                .collect::<Vec<_>>()
                .join(".")
        })
        .collect();
    steps.reverse();
    steps.join(" > ")
}

/// The classes of element `index` that tell its kind, as far as a selector needs them.
fn classes<'a>(tree: &Tree<'a>, index: usize) -> Vec<&'a str> {
    const MOST_CLASSES: usize = 3;
    tree.attr(index, "class")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .filter(|class| is_of_a_kind(class) && is_plain(class))
        .take(MOST_CLASSES)
        .collect()
}

/// Whether `class` can stand in a selector without escapes.
fn is_plain(class: &str) -> bool {
    class.starts_with(|c: char| c.is_ascii_alphabetic())
        && class
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
