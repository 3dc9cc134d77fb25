//! The signatures that several places of a page give → its authors, one each, and the agency apart.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::byline::{self, is_agency};
use super::json::plain;
use super::pattern;
use super::survey::{Mark, MarkKind, Survey};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::text::fold;

/// Who signed, and which agency it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Persons and desks.
    pub authors: Vec<String>,
    /// The agency.
    pub source: Option<String>,
}

/// Most authors of an article: what names more is a list of something else.
const AUTHORS: usize = 30;

/// Decides who signed.
pub fn signed(evidence: &Evidence, sites: &[String]) -> Signed {
    let configured = evidence.configured(Field::Author);
    let named = if configured.is_empty() {
        best(evidence, sites)
    } else {
        split(configured.into_iter())
    };
    let (agencies, persons): (Vec<String>, Vec<String>) =
        named.into_iter().partition(|name| is_agency(name));
    let told = evidence
        .first(Field::Source)
        .map(|told| byline::source(&plain(&told.value)))
        .filter(|source| !source.is_empty());
    let source = told.or_else(|| agencies.first().cloned());
    let authors = if persons.is_empty() {
        agencies
    } else {
        persons
    };
    Signed {
        authors: authors.into_iter().take(AUTHORS).collect(),
        source,
    }
}

/// The lists of names that the kinds of places give, the best first.
fn best(evidence: &Evidence, sites: &[String]) -> Vec<String> {
    let lists: Vec<Vec<String>> = ranks(evidence)
        .into_iter()
        .map(|told| split(told.into_iter()))
        .filter(|names| !names.is_empty())
        .collect();
    let is_site = |name: &String| is_site(name, sites);
    lists
        .iter()
        .find(|names| !names.iter().all(|name| is_site(name) || is_agency(name)))
        .map(|names| {
            names
                .iter()
                .filter(|name| !is_site(name))
                .cloned()
                .collect()
        })
        .or_else(|| lists.first().cloned())
        .unwrap_or_default()
}

/// Testimonies about authors, grouped by place.
fn ranks(evidence: &Evidence) -> Vec<Vec<&Testimony>> {
    let by = |witness: Witness| evidence.by(Field::Author, witness);
    let mut groups: Vec<Vec<&Testimony>> = Vec::new();
    for witness in [
        Witness::JsonLd,
        Witness::Page,
        Witness::Microdata,
        Witness::OpenGraph,
        Witness::Meta,
        Witness::JsonLdPage,
    ] {
        let mut places: Vec<&str> = Vec::new();
        for told in by(witness) {
            if !places.contains(&told.place.as_ref()) {
                places.push(&told.place);
            }
        }
        for place in places {
            groups.push(by(witness).filter(|told| told.place == place).collect());
        }
    }
    groups
}

fn split<'a>(told: impl Iterator<Item = &'a Testimony>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in told.flat_map(|told| byline::names(&plain(&told.value))) {
        let folded = fold(&name);
        if !names.iter().any(|known| fold(known) == folded) {
            names.push(name);
        }
    }
    names
}

fn is_site(name: &str, sites: &[String]) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = bare(&fold(name));
    sites.iter().any(|site| bare(site) == name)
}

/// Hears the bylines that people see.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    let mut marks: Vec<(&Mark<'_>, usize, u8)> = survey
        .marks(MarkKind::Byline)
        .filter(|mark| !survey.is_foreign(mark, title))
        .map(|mark| (mark, distance(mark.position, title), strength(mark.element)))
        .collect();
    marks.sort_by_key(|(_, distance, strength)| (*strength, *distance));
    let Some(best) = marks.first().map(|(_, _, strength)| *strength) else {
        return;
    };
    let near = marks.first().map_or(0, |(_, distance, _)| *distance);
    for (mark, distance, strength) in marks.into_iter().take(20) {
        if strength == best && distance <= near + NEIGHBOURS {
            for line in lines(mark.element) {
                evidence.hear_at(
                    Field::Author,
                    Witness::Page,
                    place(strength),
                    &line,
                    mark.position,
                );
            }
        }
    }
}

/// Bylines of one article stand within so many elements of each other.
const NEIGHBOURS: usize = 25;

fn distance(position: usize, title: Option<usize>) -> usize {
    match title {
        Some(title) => position.abs_diff(title),
        None => position,
    }
}

/// How surely an element is a name: 0 for `rel=author`, 1 for a class that says so, 2 for a byline with other things in it.
fn strength(element: ElementRef<'_>) -> u8 {
    let rel = element.attr("rel").unwrap_or_default();
    if rel.split_whitespace().any(|word| word == "author") {
        return 0;
    }
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)author[-_]?_?name|byline[-_]?_?name|name-author|authorname|author__link|author-link",
        )
    });
    if NAME.is_match(element.attr("class").unwrap_or_default()) {
        1
    } else {
        2
    }
}

fn place(strength: u8) -> &'static str {
    match strength {
        0 => "rel author",
        1 => "class author name",
        _ => "class byline",
    }
}

/// Longest text in characters of a byline's element.
const BYLINE_CHARS: usize = 300;

/// The texts that name somebody in a byline: its links to authors' pages, else its lines.
fn lines(element: ElementRef<'_>) -> Vec<String> {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)/(?:authors?|by|people|profile|staff|journalists?|autor(?:en|es|i)?|auteurs?|redakt|writers?|contributors?|reporters?|team|columnists?|bio)(?:/|-|_|\?|$)|author",
        )
    });
    if element.value().name() != "a" {
        let links: Vec<String> = element
            .descendants()
            .skip(1)
            .take(200)
            .filter_map(ElementRef::wrap)
            .filter(|link| {
                link.value().name() == "a"
                    && link.attr("href").is_some_and(|href| PERSON.is_match(href))
            })
            .map(crate::html::text)
            .filter(|text| !text.is_empty())
            .collect();
        if !links.is_empty() {
            return links;
        }
    }
    let text = crate::html::text(element);
    if text.chars().count() > BYLINE_CHARS {
        return Vec::new();
    }
    vec![text]
}

/// Hears the sources that people see: "Source: Agencies".
pub fn hear_source(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:source|quelle|fuente|fonte|bron|kaynak|источник|джерело|المصدر|منبع|来源|來源|출처)\s*[:：]\s*\S",
        )
    });
    for mark in &survey.marks {
        if !matches!(
            mark.kind,
            MarkKind::SourceLine | MarkKind::Byline | MarkKind::DateLine
        ) || survey.is_foreign(mark, title)
        {
            continue;
        }
        for line in pieces(mark.element) {
            if SOURCE.is_match(&line) {
                evidence.hear_at(
                    Field::Source,
                    Witness::Page,
                    "source line",
                    &line,
                    mark.position,
                );
            }
        }
    }
}

/// The texts of the items of a list, or of the element itself; only short ones.
fn pieces(element: ElementRef<'_>) -> Vec<String> {
    let own = crate::html::text(element);
    if own.chars().count() <= 80 {
        return vec![own];
    }
    element
        .descendants()
        .skip(1)
        .take(100)
        .filter_map(ElementRef::wrap)
        .filter(|child| matches!(child.value().name(), "li" | "span" | "div" | "p"))
        .map(crate::html::text)
        .filter(|text| text.chars().count() <= 80)
        .collect()
}
