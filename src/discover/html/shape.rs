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
    let mut steps: Vec<String> = Vec::new();
    for around in tree.around(index).take(MOST_STEPS) {
        let classes: Vec<&str> = tree
            .attr(around, "class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .filter(|class| is_of_a_kind(class) && is_plain(class))
            .take(3)
            .collect();
        let step = std::iter::once(tree.name(around))
            .chain(classes.iter().copied())
            .collect::<Vec<_>>()
            .join(".");
        steps.insert(0, step);
        if !classes.is_empty() {
            break;
        }
    }
    steps.join(" > ")
}

/// Whether `class` can stand in a selector without escapes.
fn is_plain(class: &str) -> bool {
    class.starts_with(|c: char| c.is_ascii_alphabetic())
        && class
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
