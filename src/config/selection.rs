//! `[[feed]]` → selections whose names differ from all others and that refer to what exists.

use std::collections::BTreeMap;

use super::Selection;
use super::inherited::{Habits, entries};
use super::names::RESERVED;
use super::reader::Reader;
use super::rules::EntryRules;
use super::site::{Names, own_slug};
use super::suggest::{closest, joined, quoted};
use super::values::{self, Wrong};
use crate::model::{SectionKey, Slug};

/// Most feeds of one file: each is looked through whenever anything is new.
pub(super) const FEEDS: usize = 500;

/// Every `[[feed]]` of `file`.
pub(super) fn selections(file: &Reader<'_>, habits: &Habits, names: &Names) -> Vec<Selection> {
    let tables = file.tables("feed");
    if let Some(table) = tables.get(FEEDS) {
        let sentence = format!("this is feed {} of {}", FEEDS + 1, tables.len());
        let help = format!("at most {FEEDS}: each is looked through whenever anything is new");
        file.notes.wrong(table.span.clone(), sentence, help);
    }
    let mut taken = BTreeMap::new();
    tables
        .iter()
        .take(FEEDS)
        .filter_map(|table| selection(table, habits, names, &mut taken))
        .collect()
}

fn selection(
    reader: &Reader<'_>,
    habits: &Habits,
    names: &Names,
    taken: &mut BTreeMap<Slug, usize>,
) -> Option<Selection> {
    let title = reader.text("title").map(|(title, _)| title);
    if reader.place("title").is_none() {
        reader.require("title");
    }
    let slug = own_slug(reader, RESERVED, title.as_deref());
    if let Some(slug) = &slug {
        refuse_taken(reader, slug, names, taken);
    }
    // The slug comes last: all else is read even where it is missing, so that all mistakes are found at once.
    Some(Selection {
        title: title.unwrap_or_default(),
        sites: reader
            .list("sites", |text| site(text, names))
            .unwrap_or_default(),
        sections: reader
            .list("sections", |text| section(text, names))
            .unwrap_or_default(),
        tags: reader.list("tags", values::label).unwrap_or_default(),
        authors: reader.list("authors", values::label).unwrap_or_default(),
        entries: entries(&EntryRules::default(), reader),
        show_items: reader.size("show_items").unwrap_or(habits.show_items),
        full_text: reader.flag("full_text").unwrap_or(habits.full_text),
        slug: slug?,
    })
}

fn refuse_taken(
    reader: &Reader<'_>,
    slug: &Slug,
    names: &Names,
    taken: &mut BTreeMap<Slug, usize>,
) {
    let key = if reader.place("slug").is_some() {
        "slug"
    } else {
        "title"
    };
    let line = reader
        .notes
        .line(reader.place(key).unwrap_or_default().start);
    let site = names.get(slug).map(|site| ("site", site.line));
    let feed = taken.get(slug).map(|line| ("feed", *line));
    if let Some((what, line)) = site.or(feed) {
        let slug = quoted(slug.as_str());
        let sentence = format!("{slug} is already the slug of the {what} in line {line}");
        reader.wrong(key, sentence, "give this feed a `slug` of its own");
    } else {
        taken.insert(slug.clone(), line);
    }
}

fn site(text: &str, names: &Names) -> Result<Slug, Wrong> {
    match Slug::of(text) {
        Some(slug) if names.contains_key(&slug) && slug.as_str() == text => Ok(slug),
        meant => Err(unknown(
            "site",
            text,
            meant.as_ref().map(Slug::as_str),
            names.keys().map(Slug::to_string).collect(),
        )),
    }
}

fn section(text: &str, names: &Names) -> Result<SectionKey, Wrong> {
    let all: Vec<SectionKey> = names
        .iter()
        .flat_map(|(site, names)| {
            names.sections.iter().map(|section| SectionKey {
                site: site.clone(),
                section: section.clone(),
            })
        })
        .collect();
    let known: Vec<String> = all.iter().map(SectionKey::to_string).collect();
    match known.iter().position(|key| key == text) {
        Some(at) => all
            .into_iter()
            .nth(at)
            .ok_or_else(|| unknown("section", text, None, known)),
        None => {
            let end = format!("/{text}");
            let by_end = known.iter().find(|key| key.ends_with(&end)).cloned();
            Err(unknown("section", text, by_end.as_deref(), known))
        }
    }
}

/// A site or section that does not exist, and which one was meant.
fn unknown(what: &str, text: &str, meant: Option<&str>, known: Vec<String>) -> Wrong {
    let near = known
        .iter()
        .map(String::as_str)
        .find(|name| Some(*name) == meant)
        .or_else(|| closest(text, known.iter().map(String::as_str)));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let some: Vec<String> = known
                .iter()
                .take(10)
                .map(|name| format!("`{name}`"))
                .collect();
            format!("for example {}", joined(&some, "or"))
        }
    };
    Wrong::new(format!("there is no {what} {}", quoted(text)), help)
}
