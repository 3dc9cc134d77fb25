//! Lists of labels from several places of a page → the tags that it prints for this article.

use std::collections::{BTreeMap, HashSet};

use scraper::ElementRef;

use super::json::plain;
use super::survey::{MarkKind, Survey};
use super::witness::{Evidence, Field, Witness};
use crate::model::{Slug, Tag};
use crate::text::fold;

/// Most tags of an article: the richest of 12,000 real ones had 52.
const TAGS: usize = 60;

/// Longest tag in characters; what is longer is a sentence.
const TAG_CHARS: usize = 80;

/// What is no tag of this article, folded: the site's names, the section, the headline.
pub struct Junk<'a> {
    /// The site's names.
    pub sites: &'a [String],
    /// The section.
    pub category: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
}

/// Decides the tags: the best single list, each label once.
pub fn tags(evidence: &Evidence, junk: &Junk<'_>, aliases: &BTreeMap<Slug, String>) -> Vec<String> {
    let configured = evidence.configured(Field::Tag);
    let list = if configured.is_empty() {
        best(evidence, junk)
    } else {
        labels(configured.into_iter().map(|told| told.value.as_str()))
    };
    let mut seen = HashSet::new();
    list.into_iter()
        .filter_map(|label| Tag::of(&label))
        .map(|tag| match aliases.get(&tag.slug) {
            Some(label) => label.clone(),
            None => tag.label,
        })
        .filter(|label| Slug::of(label).is_some_and(|slug| seen.insert(slug)))
        .take(TAGS)
        .collect()
}

/// The places that give tags, the best first.
const PLACES: [&str; 8] = [
    "article:tag",
    "tag link",
    "news_keywords",
    ".keywords",
    "parsely-tags",
    "sailthru.tags",
    "itemprop keywords",
    "keywords",
];

fn best(evidence: &Evidence, junk: &Junk<'_>) -> Vec<String> {
    for place in PLACES {
        let told = evidence
            .of(Field::Tag)
            .filter(|told| told.witness != Witness::JsonLdPage)
            .filter(|told| {
                told.place == place || (place.starts_with('.') && told.place.ends_with(place))
            });
        let list = without_junk(labels(told.map(|told| told.value.as_str())), junk);
        if !list.is_empty() {
            return list;
        }
    }
    Vec::new()
}

/// The labels of a list whose lines may hold several each, parted by commas.
fn labels<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut labels = Vec::new();
    for value in values.take(TAGS * 4) {
        let value = plain(value);
        let separator: &[char] = if value.contains(';') && !value.contains(',') {
            &[';']
        } else if value.contains('|') && !value.contains(',') {
            &['|']
        } else {
            &[',', '،', '、', '，']
        };
        for label in value.split(separator) {
            let label = label
                .trim()
                .trim_start_matches('#')
                .trim_matches(|c: char| c == '"' || c == '.' || c.is_whitespace());
            if !label.is_empty() && label.chars().count() <= TAG_CHARS {
                labels.push(label.to_owned());
            }
        }
    }
    labels
}

fn without_junk(mut labels: Vec<String>, junk: &Junk<'_>) -> Vec<String> {
    labels.retain(|label| {
        let folded = fold(label);
        !junk.sites.contains(&folded)
            && junk
                .category
                .is_none_or(|category| fold(category) != folded)
            && junk.title.is_none_or(|title| fold(title) != folded)
            && !folded.contains("://")
    });
    labels
}

/// Hears the tags that people see: links with `rel=tag`, and links in a box that is called so.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    for mark in survey.marks(MarkKind::TagLink) {
        if !survey.is_foreign(mark, title) {
            hear_link(mark.element, mark.position, evidence);
        }
    }
    for mark in survey.marks(MarkKind::TagBox) {
        if survey.is_foreign(mark, title) || mark.element.value().name() == "article" {
            continue;
        }
        for node in mark.element.descendants().skip(1).take(NODES_OF_A_BOX) {
            if let Some(link) = ElementRef::wrap(node).filter(|link| link.value().name() == "a") {
                hear_link(link, mark.position, evidence);
            }
        }
    }
}

/// Most nodes of a box of tags.
const NODES_OF_A_BOX: usize = 400;

fn hear_link(link: ElementRef<'_>, position: usize, evidence: &mut Evidence) {
    let text = crate::html::text(link);
    if text.chars().count() <= TAG_CHARS {
        evidence.hear_at(Field::Tag, Witness::Page, "tag link", &text, position);
    }
}
