//! A page whose lines are entries without pages of their own, a ticker's → those lines, in the page's order.

use scraper::Html;

use super::configured::{finds_nothing, first_text};
use super::hints::{self, Reading};
use super::tree::Tree;
use super::words::Words;
use crate::config::ListingRules;
use crate::discover::{NoListing, zone};
use crate::html::{base_url, text};
use crate::model::{Article, Listing, ListingItem, Page};

/// Most lines of one page that are read.
const MOST_LINES: usize = 500;

/// Fewest lines that make a list.
const LEAST_LINES: usize = 2;

/// Least characters of a line of news; shorter ones are labels.
const LEAST_LINE: usize = 12;

/// Most characters of a line of news; longer ones are articles.
const MOST_LINE: usize = 600;

/// Reads the lines of `page`: the boxes that `rules.item` matches, else the list that looks most like a ticker.
pub fn lines(
    page: &Page,
    rules: &ListingRules,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Listing, NoListing> {
    let document = Html::parse_document(&crate::tame::tame(&page.text));
    let base = base_url(&document, &page.url);
    let language = super::language(&document, page, rules);
    let tree = Tree::new(&document);
    let reading = Reading {
        base: &base,
        setting: super::setting(
            &tree,
            language.as_deref(),
            zone(page, language.as_deref(), rules),
            now,
        ),
    };
    let items = match rules.item.first() {
        Some(selector) => {
            let items = chosen(&document, rules, &reading);
            if items.is_empty() {
                return Err(finds_nothing(selector, page));
            }
            items
        }
        None => found(&tree, rules, &reading),
    };
    if items.is_empty() {
        return Err(super::nothing::reason(&document, &tree, page));
    }
    Ok(Listing {
        items,
        ..Listing::default()
    })
}

fn chosen(document: &Html, rules: &ListingRules, reading: &Reading<'_>) -> Vec<ListingItem> {
    rules
        .item
        .iter()
        .map(|selector| {
            document
                .select(selector)
                .take(MOST_LINES)
                .filter_map(|element| {
                    let mut hints = Article {
                        title: first_text(element, &rules.title).or_else(|| Some(text(element))),
                        ..Article::default()
                    };
                    super::configured::overrule(element, rules, reading, &mut hints);
                    hints.title.as_ref().filter(|title| !title.is_empty())?;
                    Some(ListingItem { url: None, hints })
                })
                .collect::<Vec<ListingItem>>()
        })
        .find(|items| !items.is_empty())
        .unwrap_or_default()
}

/// The lines of the element whose children look most like those of a ticker.
fn found(tree: &Tree<'_>, rules: &ListingRules, reading: &Reading<'_>) -> Vec<ListingItem> {
    let Some(list) = best_list(tree) else {
        return Vec::new();
    };
    tree.children(list)
        .filter(|&child| is_line(tree, child))
        .take(MOST_LINES)
        .filter_map(|child| {
            let mut hints = of_line(tree, child, reading);
            super::configured::overrule(tree.elements[child].node, rules, reading, &mut hints);
            hints.title.as_ref()?;
            Some(ListingItem { url: None, hints })
        })
        .collect()
}

/// What one line says: its text, and its date apart where it shows one in an element of its own.
fn of_line(tree: &Tree<'_>, line: usize, reading: &Reading<'_>) -> Article {
    let dated = tree.inside(line).find(|&part| {
        tree.name(part) == "time"
            || tree.elements[part].words.has(Words::DATE)
            || tree.elements[part].words.has(Words::DATED_TEXT)
    });
    let published = dated.and_then(|part| hints::date_of(tree, part, &reading.setting));
    let whole = tree.text(line);
    let title = match dated.filter(|_| published.is_some()) {
        Some(part) => crate::text::squeeze(&whole.replacen(&tree.text(part), " ", 1)),
        None => whole,
    };
    Article {
        title: Some(title).filter(|title| !title.is_empty()),
        published,
        ..Article::default()
    }
}

fn best_list(tree: &Tree<'_>) -> Option<usize> {
    let mut lines = vec![0_usize; tree.elements.len()];
    for index in 1..tree.elements.len() {
        if is_line(tree, index) {
            lines[tree.elements[index].parent] += 1;
        }
    }
    (0..tree.elements.len())
        .filter(|&list| lines[list] >= LEAST_LINES)
        .max_by_key(|&list| {
            let is_ticker = tree
                .around(list)
                .take(4)
                .any(|around| tree.elements[around].words.has(Words::SLIDER));
            let unlinked = tree.links_in(list) == 0;
            (is_ticker, unlinked, lines[list], std::cmp::Reverse(list))
        })
}

/// Whether element `index` shows one line of news and little else.
fn is_line(tree: &Tree<'_>, index: usize) -> bool {
    let text = tree.raw_text(index);
    let in_nav = tree.around(index).take(6).any(|around| {
        tree.elements[around]
            .words
            .has(Words::NAV.or(Words::FOOTER))
    });
    text.len() >= LEAST_LINE
        && text.len() <= 4 * MOST_LINE
        && matches!(
            tree.name(index),
            "li" | "div" | "p" | "article" | "span" | "tr" | "section"
        )
        && text.split('\n').count() <= 3
        && (LEAST_LINE..=MOST_LINE).contains(&text.chars().count())
        && !in_nav
}
