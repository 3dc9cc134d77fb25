//! The elements of a page → the kind of each, as a number: its name and the classes that it shares with its like.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::tree::Tree;

/// What each element adds to a signature: its name (one for all headings) and those of its classes that are not its own alone.
pub fn level_hashes(tree: &Tree<'_>) -> Vec<u64> {
    let of_rows = classes_of_rows(tree);
    (0..tree.elements.len())
        .map(|index| {
            let mut hasher = DefaultHasher::new();
            let name = tree.name(index);
            if tree.is_heading(index) { "h" } else { name }.hash(&mut hasher);
            match of_rows.get(&index) {
                Some(kept) => kept.hash(&mut hasher),
                None => kinds(tree, index).hash(&mut hasher),
            }
            hasher.finish()
        })
        .collect()
}

/// The classes of element `index` that tell its kind, in order.
fn kinds<'a>(tree: &Tree<'a>, index: usize) -> Vec<&'a str> {
    const MOST_CLASSES: usize = 12;
    let mut kept: Vec<&str> = tree
        .attr(index, "class")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .filter(|class| is_of_a_kind(class))
        .take(MOST_CLASSES)
        .collect();
    kept.sort_unstable();
    kept
}

/// From so many children of one name on they are the rows of a list, and a class that only one of them has is its own; fewer
/// may be the columns of a page, whose classes tell them apart.
const LEAST_ROWS: usize = 4;

/// The classes that tell the kind of each element that is a row of a list: those that another row has too.
fn classes_of_rows<'a>(tree: &Tree<'a>) -> HashMap<usize, Vec<&'a str>> {
    let mut of_rows = HashMap::new();
    for parent in 0..tree.elements.len() {
        if (tree.links_in(parent) as usize) < LEAST_ROWS {
            continue;
        }
        let mut rows: Vec<(&str, usize)> = tree
            .children(parent)
            .map(|child| (tree.name(child), child))
            .collect();
        rows.sort_unstable();
        for rows in rows.chunk_by(|one, other| one.0 == other.0) {
            if rows.len() >= LEAST_ROWS {
                keep_shared(tree, rows, &mut of_rows);
            }
        }
    }
    of_rows
}

fn keep_shared<'a>(
    tree: &Tree<'a>,
    rows: &[(&str, usize)],
    of_rows: &mut HashMap<usize, Vec<&'a str>>,
) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let classes: Vec<(usize, Vec<&str>)> = rows
        .iter()
        .map(|&(_, row)| (row, kinds(tree, row)))
        .collect();
    for class in classes.iter().flat_map(|(_, classes)| classes) {
        *counts.entry(class).or_default() += 1;
    }
    for (row, mut classes) in classes {
        classes.retain(|class| counts[class] > 1);
        of_rows.insert(row, classes);
    }
}

/// Whether `class` tells the kind of an element and not which one it is, where it stands or in what state.
pub fn is_of_a_kind(class: &str) -> bool {
    const OF_ONE: [&str; 12] = [
        "category-",
        "tag-",
        "author-",
        "post-",
        "status-",
        "format-",
        "type-",
        "term-",
        "topic-",
        "section-",
        "cat-",
        "postid-",
    ];
    const STATES: [&str; 14] = [
        "first",
        "last",
        "odd",
        "even",
        "active",
        "current",
        "alt",
        "selected",
        "visible",
        "hentry",
        "sticky",
        "lazy",
        "lazyload",
        "lazyloaded",
    ];
    !class.bytes().any(|byte| byte.is_ascii_digit())
        && !OF_ONE.iter().any(|prefix| class.starts_with(prefix))
        && !STATES.contains(&class)
}
