//! The selectors of the configuration → the items of a page, and the fields of each item that they name.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::selector::ToCss;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::groups::take_unlinked_title;
use super::hints::{Found, Reading, Region};
use super::links::{Candidate, Place, candidates_in};
use super::titles::width;
use super::tree::Tree;
use crate::address::resolve;
use crate::config::{FieldSelector, ListingRules};
use crate::dates;
use crate::discover::NoListing;
use crate::html::{image_url, text};
use crate::model::{Article, Image, Page};

/// The sentence for a selector that matches nothing.
pub fn finds_nothing(selector: &Selector, page: &Page) -> NoListing {
    NoListing::SelectorFindsNothing {
        selector: selector.to_css_string().into(),
        url: page.url.clone(),
    }
}

/// The items by `rules.item` or `rules.link`; nothing where neither is given.
pub fn items(
    document: &Html,
    tree: &Tree<'_>,
    rules: &ListingRules,
    page: &Page,
    place: &Place<'_>,
) -> Option<Result<Vec<Found>, NoListing>> {
    let numbers = || Numbers::of(tree);
    if let Some(selector) = rules.item.first() {
        let boxes = matches_of(document, &rules.item, &numbers());
        if boxes.is_empty() {
            return Some(Err(finds_nothing(selector, page)));
        }
        Some(Ok(boxes
            .into_iter()
            .filter_map(|index| in_box(tree, index, rules, place))
            .collect()))
    } else {
        let field = rules.link.first()?;
        let selectors: Vec<Selector> = rules
            .link
            .iter()
            .map(|field| field.selector.clone())
            .collect();
        let links = matches_of(document, &selectors, &numbers());
        if links.is_empty() {
            return Some(Err(finds_nothing(&field.selector, page)));
        }
        Some(Ok(around_links(tree, &links, rules, place)))
    }
}

/// Numbers of elements by their nodes.
pub struct Numbers(HashMap<NodeId, usize>);

impl Numbers {
    /// The numbers of the elements of `tree`.
    pub fn of(tree: &Tree<'_>) -> Numbers {
        Numbers(
            tree.elements
                .iter()
                .enumerate()
                .map(|(number, element)| (element.node.id(), number))
                .collect(),
        )
    }
}

/// The elements that the first of `selectors` matches that matches any.
pub fn matches_of(document: &Html, selectors: &[Selector], numbers: &Numbers) -> Vec<usize> {
    selectors
        .iter()
        .map(|selector| {
            document
                .select(selector)
                .filter_map(|element| numbers.0.get(&element.id()).copied())
                .collect::<Vec<usize>>()
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The item of one box, as far as `rules.link` and the links in it tell.
pub fn in_box(
    tree: &Tree<'_>,
    index: usize,
    rules: &ListingRules,
    place: &Place<'_>,
) -> Option<Found> {
    let region = Region {
        bounds: index,
        until: tree.elements[index].end,
    };
    let mut candidates = candidates_in(tree, place, index..region.until);
    for candidate in &mut candidates {
        take_unlinked_title(tree, candidate, index);
    }
    let linked = first(tree.elements[index].node, &rules.link)
        .and_then(|(element, field)| address(element, field, place.base));
    let candidate = match linked {
        Some(url) => {
            let key = crate::address::page_key(&url);
            candidates
                .into_iter()
                .find(|candidate| crate::address::page_key(&candidate.url) == key)
                .unwrap_or_else(|| Candidate::unlinked(url, index))
        }
        None => candidates
            .into_iter()
            .max_by_key(|candidate| (candidate.rank, width(&candidate.title)))?,
    };
    Some(Found { candidate, region })
}

/// The items of links that were chosen themselves: the box of each reaches as far as no other one of them stands.
fn around_links(
    tree: &Tree<'_>,
    links: &[usize],
    rules: &ListingRules,
    place: &Place<'_>,
) -> Vec<Found> {
    let found = links.iter().enumerate().filter_map(|(number, &link)| {
        let before = number.checked_sub(1).map(|previous| links[previous]);
        let after = links.get(number + 1).copied().unwrap_or(usize::MAX);
        let bounds = super::groups::largest_between(tree, link, before, after);
        let node = tree.elements[link].node;
        let url = rules
            .link
            .iter()
            .find_map(|field| address(node, field, place.base))?;
        let mut candidate = candidates_in(tree, place, link..tree.elements[link].end)
            .into_iter()
            .next()
            .unwrap_or_else(|| Candidate::unlinked(url, link));
        take_unlinked_title(tree, &mut candidate, bounds);
        let until = tree.elements[bounds].end;
        Some(Found {
            candidate,
            region: Region { bounds, until },
        })
    });
    found.collect()
}

/// Puts what the field selectors find in `item` over its hints.
pub fn overrule(
    item: ElementRef<'_>,
    rules: &ListingRules,
    reading: &Reading<'_>,
    hints: &mut Article,
) {
    if let Some(title) = first_text(item, &rules.title) {
        hints.title = Some(title);
    }
    if let Some(summary) = first_text(item, &rules.summary) {
        hints.summary = Some(summary);
    }
    let printed = first(item, &rules.date).and_then(|(element, field)| {
        let printed = match &field.attribute {
            Some(name) => element.attr(name)?.to_owned(),
            None => element
                .attr("datetime")
                .map_or_else(|| text(element), str::to_owned),
        };
        dates::read(&printed, &reading.setting)
            .or_else(|| dates::find(&printed, &reading.setting).map(|(_, when)| when))
    });
    hints.published = printed.or(hints.published);
    let picture = first(item, &rules.image).and_then(|(element, field)| match &field.attribute {
        Some(name) => resolve(reading.base, element.attr(name)?),
        None => picture_in(element, reading.base),
    });
    if let Some(url) = picture {
        hints.lead_image = Some(Image::at(url));
    }
}

fn picture_in(element: ElementRef<'_>, base: &Url) -> Option<Url> {
    std::iter::once(element)
        .chain(element.descendent_elements())
        .filter(|element| matches!(element.value().name(), "img" | "source" | "amp-img"))
        .find_map(|image| image_url(image, base))
}

/// The first element in `item`, or `item` itself, that one of `fields` matches, and which one.
fn first<'a, 'r>(
    item: ElementRef<'a>,
    fields: &'r [FieldSelector],
) -> Option<(ElementRef<'a>, &'r FieldSelector)> {
    fields.iter().find_map(|field| {
        let own = Some(item).filter(|item| field.selector.matches(item));
        own.or_else(|| item.select(&field.selector).next())
            .map(|element| (element, field))
    })
}

/// The text, or the attribute, of the first match of `fields` that has one.
pub fn first_text(item: ElementRef<'_>, fields: &[FieldSelector]) -> Option<String> {
    fields.iter().find_map(|field| {
        let (element, field) = first(item, std::slice::from_ref(field))?;
        let words = match &field.attribute {
            Some(name) => crate::text::squeeze(element.attr(name)?),
            None => text(element),
        };
        Some(words).filter(|words| !words.is_empty())
    })
}

/// The address that `element` names: the field's attribute, its own `href`, or that of the link around or inside it.
pub fn address(element: ElementRef<'_>, field: &FieldSelector, base: &Url) -> Option<Url> {
    if let Some(name) = &field.attribute {
        return resolve(base, element.attr(name)?);
    }
    let around = element.ancestors().take(6).filter_map(ElementRef::wrap);
    std::iter::once(element)
        .chain(element.descendent_elements())
        .chain(around)
        .find_map(|element| resolve(base, element.attr("href")?))
}
