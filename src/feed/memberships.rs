//! An entry → the feeds that show it.

use std::collections::BTreeMap;

use super::health::is_note;
use super::rules::passes;
use crate::config::{Config, EntryRules, FieldPatterns, Section, Selection, Site};
use crate::hash::Stable;
use crate::model::{Entry, FeedKey, Membership, SectionKey, Slug, Tag};

/// Most tags of an entry that lead to feeds, in the page's order: the longest honest list that was seen had 52, and a page
/// that prints a thousand has printed its whole index.
const MOST_TAGS: usize = 64;

/// Most authors of an entry that lead to feeds: a story signed by more is signed by a newsroom.
const MOST_AUTHORS: usize = 16;

/// Longest label in characters that leads to a feed: a longer one is a sentence that was taken for a tag.
const LABEL_CHARS: usize = 120;

/// The feeds that show `entry`, once each. What is said of a source stands in the health feed and nowhere else. An article
/// stands in the sections whose rules admit it, and where one does, in everything, its site, tags, authors and the selections
/// it belongs to; in none if its page is gone or its site is configured no more.
pub fn memberships(entry: &Entry, config: &Config) -> Vec<Membership> {
    if is_note(entry) {
        return vec![membership(FeedKey::Health, "Health")];
    }
    let Some(site) = config.sites.iter().find(|site| site.slug == entry.site) else {
        return Vec::new();
    };
    let sections = admitting(entry, site);
    if entry.gone.is_some() || sections.is_empty() {
        return Vec::new();
    }
    let tags = named(&entry.article.tags, MOST_TAGS);
    let authors = named(&entry.article.authors, MOST_AUTHORS);
    let mut feeds = vec![
        membership(FeedKey::Everything, "Everything"),
        membership(FeedKey::Site(site.slug.clone()), &site.title),
    ];
    feeds.extend(sections.iter().map(|section| {
        membership(
            FeedKey::Section(section.key.site.clone(), section.key.section.clone()),
            &section.title,
        )
    }));
    feeds.extend(
        config
            .selections
            .iter()
            .filter(|selection| selects(selection, entry, &sections, &tags, &authors))
            .map(|selection| {
                membership(FeedKey::Selection(selection.slug.clone()), &selection.title)
            }),
    );
    feeds.extend(tags.into_iter().map(|(slug, label)| Membership {
        key: FeedKey::Tag(site.slug.clone(), slug),
        label,
    }));
    feeds.extend(authors.into_iter().map(|(slug, label)| Membership {
        key: FeedKey::Author(site.slug.clone(), slug),
        label,
    }));
    feeds
}

/// Names all of the configuration that decides over memberships: where it differs, the feeds are to be filled anew.
pub fn fingerprint(config: &Config) -> String {
    let mut hash = Stable::new();
    // The rule itself: raised when this file decides otherwise than before.
    hash.add_number(2);
    for site in &config.sites {
        hash.add_text(site.slug.as_str());
        for section in &site.sections {
            hash.add_text(section.key.section.as_str());
            add_rules(&mut hash, &section.entries);
        }
        hash.add_text("");
    }
    for selection in &config.selections {
        add_selection(&mut hash, selection);
    }
    format!("{:016x}", hash.value())
}

fn membership(key: FeedKey, label: &str) -> Membership {
    Membership {
        key,
        label: label.to_owned(),
    }
}

/// The labels by their slugs, each slug once, under its first label; a label of only punctuation, or too long, has none.
fn named(labels: &[String], most: usize) -> BTreeMap<Slug, String> {
    let mut named = BTreeMap::new();
    let short = |label: &&String| label.chars().nth(LABEL_CHARS).is_none();
    for tag in labels
        .iter()
        .filter(short)
        .filter_map(|label| Tag::of(label))
    {
        if named.len() == most {
            break;
        }
        named.entry(tag.slug).or_insert(tag.label);
    }
    named
}

/// The sections that list `entry` and whose rules let it pass.
fn admitting<'s>(entry: &Entry, site: &'s Site) -> Vec<&'s Section> {
    site.sections
        .iter()
        .filter(|section| {
            entry.sections.contains(&section.key.section)
                && passes(&section.entries, &entry.article, entry.link.as_ref())
        })
        .collect()
}

fn selects(
    selection: &Selection,
    entry: &Entry,
    sections: &[&Section],
    tags: &BTreeMap<Slug, String>,
    authors: &BTreeMap<Slug, String>,
) -> bool {
    let of_all = selection.sites.is_empty() && selection.sections.is_empty();
    let lists = |key: &SectionKey| sections.iter().any(|section| section.key == *key);
    let has = |wanted: &[Slug], named: &BTreeMap<Slug, String>| {
        wanted.is_empty() || wanted.iter().any(|slug| named.contains_key(slug))
    };
    (of_all || selection.sites.contains(&entry.site) || selection.sections.iter().any(lists))
        && has(&selection.tags, tags)
        && has(&selection.authors, authors)
        && passes(&selection.entries, &entry.article, entry.link.as_ref())
}

/// Hash of what a selection selects, whatever its name.
pub(super) fn selects_what(selection: &Selection) -> u64 {
    let mut hash = Stable::new();
    add_terms(&mut hash, selection);
    hash.value()
}

fn add_selection(hash: &mut Stable, selection: &Selection) {
    hash.add_text(selection.slug.as_str());
    add_terms(hash, selection);
}

fn add_terms(hash: &mut Stable, selection: &Selection) {
    for slugs in [&selection.sites, &selection.tags, &selection.authors] {
        slugs.iter().for_each(|slug| hash.add_text(slug.as_str()));
        hash.add_text("");
    }
    for key in &selection.sections {
        hash.add_text(&key.to_string());
    }
    add_rules(hash, &selection.entries);
}

fn add_rules(hash: &mut Stable, rules: &EntryRules) {
    let EntryRules { include, exclude } = rules;
    for patterns in [include, exclude] {
        add_patterns(hash, patterns);
    }
}

fn add_patterns(hash: &mut Stable, patterns: &FieldPatterns) {
    let FieldPatterns {
        title,
        text,
        author,
        tag,
        url,
    } = patterns;
    for list in [title, text, author, tag, url] {
        list.iter()
            .for_each(|pattern| hash.add_text(pattern.as_str()));
        hash.add_text("");
    }
}
