//! A page that was sent in parts → where each part belongs.
//!
//! React sends what is not ready yet as `<div hidden id="S:4">` after the rest of the page, and where it belongs stands
//! `<template id="B:4">` (or `P:4`) before what is shown meanwhile, which a comment ends. A script moves the parts; we have none.

use std::collections::{HashMap, HashSet};

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

/// Most nodes that are shown until a part is there: a ring that turns, or grey bars.
const MOST_MEANWHILE: usize = 50;

/// The parts of a page that were sent late.
#[derive(Default)]
pub struct Streamed<'a> {
    /// Those that there is a place for, each until it is put there.
    parts: HashMap<&'a str, Option<NodeRef<'a, Node>>>,
    /// What is shown until they are.
    meanwhile: HashSet<NodeId>,
    is_read: bool,
}

impl<'a> Streamed<'a> {
    /// The part that belongs where `node` stands, if that is such a place.
    pub fn part(&mut self, node: NodeRef<'a, Node>, page: &'a Html) -> Option<NodeRef<'a, Node>> {
        let hole = hole(node.value().as_element()?)?;
        if !self.is_read {
            self.is_read = true;
            self.parts = parts(page);
        }
        let part = self.parts.get_mut(hole)?.take()?;
        self.meanwhile.extend(meanwhile(node));
        Some(part)
    }

    /// Whether `node` belongs elsewhere, or nowhere once the parts are in their places.
    pub fn is_elsewhere(&self, node: NodeRef<'a, Node>) -> bool {
        if !self.is_read {
            return false;
        }
        let is_part =
            |element: &Element| number(element, "S:").is_some_and(|at| self.parts.contains_key(at));
        self.meanwhile.contains(&node.id()) || node.value().as_element().is_some_and(is_part)
    }
}

/// Which part belongs in place of the element.
fn hole(element: &Element) -> Option<&str> {
    if element.name() != "template" {
        return None;
    }
    number(element, "B:").or_else(|| number(element, "P:"))
}

/// The number behind `kind` in the element's id.
fn number<'e>(element: &'e Element, kind: &str) -> Option<&'e str> {
    let number = element.attr("id")?.strip_prefix(kind)?;
    number
        .chars()
        .all(|c| c.is_ascii_hexdigit())
        .then_some(number)
}

/// The parts of the page for which there is a place.
fn parts(page: &Html) -> HashMap<&str, Option<NodeRef<'_, Node>>> {
    let elements = || page.tree.nodes().filter(|node| node.value().is_element());
    let holes: HashSet<&str> = elements()
        .filter_map(|node| hole(node.value().as_element()?))
        .collect();
    elements()
        .filter_map(|node| Some((number(node.value().as_element()?, "S:")?, node)))
        .filter(|(at, _)| holes.contains(at))
        .map(|(at, node)| (at, Some(node)))
        .collect()
}

/// What stands from a place to the comment that ends what is shown meanwhile.
fn meanwhile(place: NodeRef<'_, Node>) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut depth = 0;
    for node in place.next_siblings().take(MOST_MEANWHILE) {
        match node.value().as_comment().map(|comment| &*comment.comment) {
            Some("/$") if depth == 0 => return found,
            Some("/$") => depth -= 1,
            Some("$" | "$?" | "$!") => depth += 1,
            _ => {}
        }
        found.push(node.id());
    }
    Vec::new()
}
