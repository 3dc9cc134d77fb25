//! Markup, and which of its lines are to go → the same without them, and without the elements that held nothing else.

use std::collections::HashSet;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, Tree};
use scraper::{Html, Node};

use super::line::Line;
use crate::html::is_block;

/// Text that no block element and no `br` parts, as the lines of a body's text are.
#[derive(Default)]
struct Run {
    text: String,
    nodes: Vec<NodeId>,
    /// The `br` before and after it.
    breaks: [Option<NodeId>; 2],
}

/// `html` without the lines that `struck` tells, and their numbers.
pub fn strike(html: &str, struck: impl Fn(&[Line]) -> Vec<bool>) -> (String, HashSet<u64>) {
    let mut fragment = Html::parse_fragment(html);
    let (runs, lines): (Vec<Run>, Vec<Line>) = runs(&fragment.tree)
        .into_iter()
        .filter_map(|run| Line::of(&run.text).map(|line| (run, line)))
        .unzip();
    let mut gone = HashSet::new();
    let mut numbers = HashSet::new();
    for ((run, line), struck) in runs.into_iter().zip(&lines).zip(struck(&lines)) {
        if !struck {
            continue;
        }
        numbers.insert(line.number);
        gone.extend(run.nodes);
        // Of the two, the one that no other line took with it.
        let mut breaks = run.breaks.into_iter().flatten();
        gone.extend(breaks.find(|id| !gone.contains(id)));
    }
    for id in with_emptied(&fragment.tree, gone) {
        if let Some(mut node) = fragment.tree.get_mut(id) {
            node.detach();
        }
    }
    (fragment.root_element().inner_html(), numbers)
}

fn runs(tree: &Tree<Node>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut now = Run::default();
    for edge in tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens => {
                now.text.push_str(text);
                now.nodes.push(node.id());
            }
            Node::Element(element) if is_block(element.name()) => {
                let is_break = element.name() == "br";
                if is_break && !opens {
                    continue;
                }
                let between = is_break.then(|| node.id());
                now.breaks[1] = between;
                runs.push(std::mem::take(&mut now));
                now.breaks[0] = between;
            }
            _ => {}
        }
    }
    runs.push(now);
    runs
}

/// `gone`, and the elements that hold nothing without it. A cell goes only with its row: those beside it would change columns.
fn with_emptied(tree: &Tree<Node>, mut gone: HashSet<NodeId>) -> HashSet<NodeId> {
    let (mut kept, mut touched) = (HashSet::new(), HashSet::new());
    let nodes: Vec<_> = tree.root().descendants().collect();
    for node in nodes.into_iter().rev() {
        let Some(parent) = node.parent().map(|parent| parent.id()) else {
            continue;
        };
        let id = node.id();
        if kept.contains(&id) || !gone.contains(&id) && shows(node.value()) {
            kept.insert(parent);
        } else if gone.contains(&id) {
            touched.insert(parent);
        } else if touched.contains(&id) {
            touched.insert(parent);
            let is_cell = node
                .value()
                .as_element()
                .is_some_and(|element| matches!(element.name(), "td" | "th"));
            if !is_cell {
                gone.insert(id);
            }
        }
    }
    gone
}

/// Whether a node shows something by itself.
fn shows(node: &Node) -> bool {
    match node {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(element) => matches!(element.name(), "img" | "video" | "audio"),
        _ => false,
    }
}
