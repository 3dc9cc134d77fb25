//! A page without visible text → the article's markup from where else it may stand: JSON-LD, strings of scripts, `noscript`.

use scraper::{Html, Node};

use crate::tame::tame;

/// Shortest string in a script that may be an article.
const SHORTEST: usize = 300;

/// Most bytes of scripts that are looked through: a page with more is mostly program.
const MOST_SCRIPT_BYTES: usize = 8 * 1024 * 1024;

/// Markup of an article that `page` holds but does not show, the longest that is found.
pub fn hidden_markup(page: &str) -> Option<String> {
    let document = Html::parse_document(&tame(page));
    let mut best: Option<String> = None;
    let mut left = MOST_SCRIPT_BYTES;
    for node in document.tree.nodes() {
        let Node::Element(element) = node.value() else {
            continue;
        };
        let found = match element.name() {
            "script" => {
                let text: String = texts(node).collect();
                left = left.saturating_sub(text.len());
                (left > 0).then(|| longest_markup(&text)).flatten()
            }
            "noscript" | "template" => {
                Some(texts(node).collect::<String>()).filter(|text| is_markup(text))
            }
            _ => None,
        };
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.len() > best.len())
        {
            best = Some(found);
        }
    }
    best
}

fn texts<'a>(node: ego_tree::NodeRef<'a, Node>) -> impl Iterator<Item = &'a str> {
    node.children().filter_map(|child| match child.value() {
        Node::Text(text) => Some(&*text.text),
        _ => None,
    })
}

/// The longest string of a script that is the markup of paragraphs; a string may hold JSON with strings of its own.
fn longest_markup(script: &str) -> Option<String> {
    let mut best: Option<String> = None;
    for literal in literals(script) {
        if literal.len() < SHORTEST || !has_paragraph(literal) {
            continue;
        }
        let Ok(string) = serde_json::from_str::<String>(&format!("\"{literal}\"")) else {
            continue;
        };
        let inner = literals(&string)
            .into_iter()
            .filter(|literal| literal.len() >= SHORTEST && has_paragraph(literal))
            .filter_map(|literal| serde_json::from_str::<String>(&format!("\"{literal}\"")).ok())
            .filter(|inner| is_markup(inner))
            .max_by_key(String::len);
        let found = inner.or_else(|| is_markup(&string).then_some(string));
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.len() > best.len())
        {
            best = Some(found);
        }
    }
    best
}

fn has_paragraph(literal: &str) -> bool {
    ["<p", "\\u003cp", "\\u003Cp", "\\\\u003cp"]
        .iter()
        .any(|mark| literal.contains(mark))
}

/// Whether a text begins as markup does and holds paragraphs; a whole program or page does neither.
fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    text.len() >= SHORTEST
        && start.starts_with('<')
        && !start.starts_with("<!")
        && !start.starts_with("<html")
        && text.matches("<p").take(2).count() == 2
}

/// The contents of the strings in double quotes, as they are written.
fn literals(script: &str) -> Vec<&str> {
    let bytes = script.as_bytes();
    let mut found = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], start) {
            (b'\\', Some(_)) => at += 1,
            (b'"', Some(from)) => {
                found.push(&script[from..at]);
                start = None;
            }
            (b'"', None) => start = Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    found
}
