//! What the page calls itself in several places → its headline as printed, without the site's name.

use std::collections::HashSet;

use super::json::plain;
use super::survey::{MarkKind, Survey};
use super::witness::{Evidence, Field, Witness};
use crate::text::fold;

/// A heading of the page that may be its headline.
pub struct Heading {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub position: usize,
}

/// Longest headline in characters; what is longer is a paragraph in a heading's clothes.
const TITLE_CHARS: usize = 500;

/// Every first-rank heading of the page; where there is none, the second-rank ones.
pub fn headings(survey: &Survey<'_>) -> Vec<Heading> {
    let read = |kind| {
        survey
            .marks(kind)
            .map(|mark| Heading {
                text: crate::html::text(mark.element),
                position: mark.position,
            })
            .filter(|heading| {
                !heading.text.is_empty() && heading.text.chars().count() <= TITLE_CHARS
            })
            .take(40)
            .collect::<Vec<_>>()
    };
    let first = read(MarkKind::Heading);
    if first.is_empty() {
        read(MarkKind::Subheading)
    } else {
        first
    }
}

/// The heading that the page's other titles agree with: the article's own.
pub fn own_heading<'a>(headings: &'a [Heading], titles: &[String]) -> Option<&'a Heading> {
    headings
        .iter()
        .map(|heading| (heading, best_likeness(&heading.text, titles)))
        .filter(|(_, likeness)| *likeness >= ALIKE)
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(heading, _)| heading)
}

/// From this share of common words on, two titles speak of one article.
const ALIKE: f32 = 0.5;

fn best_likeness(text: &str, titles: &[String]) -> f32 {
    let folded = fold(text);
    titles
        .iter()
        .map(|title| likeness(title, &folded))
        .fold(0.0, f32::max)
}

/// Whether two folded titles are of one article: one within the other, or half of their words in common.
pub fn alike(one: &str, other: &str) -> bool {
    likeness(one, other) >= ALIKE
}

/// How much of two folded titles is common: 1 where they are equal.
fn likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.chars().count() >= 8 && long.contains(short) {
        return 0.95;
    }
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    if common == 0 {
        return 0.0;
    }
    2.0 * common as f32 / (one.len() + other.len()) as f32
}

/// Decides the headline.
pub fn title(
    evidence: &Evidence,
    headings: &[Heading],
    document: Option<&str>,
    sites: &[String],
) -> Option<String> {
    if let Some(told) = evidence.configured(Field::Title).first() {
        return Some(plain(&told.value));
    }
    let mut told: Vec<(&str, String)> = Vec::new();
    for witness in [
        Witness::JsonLd,
        Witness::OpenGraph,
        Witness::Microdata,
        Witness::Meta,
    ] {
        told.extend(
            evidence
                .by(Field::Title, witness)
                .map(|t| (t.place.as_ref(), plain(&t.value))),
        );
    }
    told.extend(document.map(|document| ("title", plain(document))));
    told.retain(|(_, text)| !text.is_empty() && text.chars().count() <= TITLE_CHARS);
    let folded: Vec<String> = told.iter().map(|(_, text)| fold(text)).collect();
    if let Some(heading) = own_heading(headings, &folded) {
        return Some(heading.text.clone());
    }
    let others: Vec<String> = folded
        .into_iter()
        .chain(headings.iter().map(|heading| fold(&heading.text)))
        .collect();
    match told.into_iter().next() {
        Some((place, text)) => Some(without_site(&text, &others, sites, place == "title")),
        None => headings.first().map(|heading| heading.text.clone()),
    }
}

/// What stands between a headline and a site's name.
const SEPARATORS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ― ", "｜",
];

/// `title` without what follows or precedes it: the site's name, its section.
pub fn without_site(title: &str, others: &[String], sites: &[String], is_document: bool) -> String {
    let mut rest = title.trim().to_owned();
    for _ in 0..4 {
        let Some(shorter) = one_less(&rest, others, sites, is_document) else {
            break;
        };
        rest = shorter;
    }
    rest
}

/// `title` without its last or first part, where that part is not of the headline.
fn one_less(title: &str, others: &[String], sites: &[String], is_document: bool) -> Option<String> {
    let last = SEPARATORS
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .min_by_key(|(_, tail)| tail.len());
    if let Some((head, tail)) = last
        && (is_site(tail, sites)
            || others.contains(&fold(head))
            || (is_document && is_short(tail, head)))
    {
        return Some(head.trim().to_owned());
    }
    let first = SEPARATORS
        .iter()
        .filter_map(|separator| title.split_once(separator))
        .min_by_key(|(head, _)| head.len());
    if let Some((head, tail)) = first
        && (is_site(head, sites) || others.contains(&fold(tail)))
    {
        return Some(tail.trim().to_owned());
    }
    None
}

/// A part of few words after many is a name, not news.
fn is_short(tail: &str, head: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    words(tail) <= 4 && words(head) >= 3 && head.chars().count() > tail.chars().count()
}

/// Whether `part` is one of the site's names, give or take an ending or an article.
fn is_site(part: &str, sites: &[String]) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let part = bare(&fold(part));
    !part.is_empty()
        && sites.iter().any(|site| {
            let site = bare(site);
            !site.is_empty()
                && (site == part
                    || (part.chars().count() >= 4 && site.starts_with(&part))
                    || (site.chars().count() >= 4 && part.starts_with(&site)))
        })
}
