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
        sites: known(reader.list("sites", |text| site(text, names))),
        sections: known(reader.list("sections", |text| section(text, names))),
        tags: reader.list("tags", values::label).unwrap_or_default(),
        authors: reader.list("authors", values::label).unwrap_or_default(),
        entries: entries(&EntryRules::default(), reader),
        show_items: reader.size("show_items").unwrap_or(habits.show_items),
        full_text: reader.flag("full_text").unwrap_or(habits.full_text),
        slug: slug?,
    })
}

fn known<T>(found: Option<Vec<Option<T>>>) -> Vec<T> {
    found.into_iter().flatten().flatten().collect()
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
    let site = names.sites.get(slug).map(|(line, _)| ("site", *line));
    let feed = taken.get(slug).map(|line| ("feed", *line));
    if let Some((what, line)) = site.or(feed) {
        let slug = quoted(slug.as_str());
        let sentence = format!("{slug} is already the slug of the {what} in line {line}");
        reader.wrong(key, sentence, "give this feed a `slug` of its own");
    } else {
        taken.insert(slug.clone(), line);
    }
}

/// The site that `text` names; none where the name may be one that could not be read.
fn site(text: &str, names: &Names) -> Result<Option<Slug>, Wrong> {
    let slug = Slug::of(text);
    let known = names.sites.keys().find(|known| known.as_str() == text);
    if known.is_some() || names.partial {
        return Ok(known.cloned());
    }
    let all: Vec<String> = names.sites.keys().map(Slug::to_string).collect();
    let meant = slug.as_ref().map(Slug::as_str);
    Err(unknown("site", text, meant, &all))
}

/// The section that `text` names; none where the name may be one that could not be read.
fn section(text: &str, names: &Names) -> Result<Option<SectionKey>, Wrong> {
    let known = text.split_once('/').and_then(|(site, section)| {
        let (site, (_, sections)) = names.sites.iter().find(|(slug, _)| slug.as_str() == site)?;
        let section = sections.iter().find(|slug| slug.as_str() == section)?;
        Some(SectionKey {
            site: site.clone(),
            section: section.clone(),
        })
    });
    if known.is_some() || names.partial {
        return Ok(known);
    }
    let all: Vec<String> = names
        .sites
        .iter()
        .flat_map(|(site, (_, sections))| sections.iter().map(move |slug| format!("{site}/{slug}")))
        .collect();
    let end = format!("/{text}");
    let by_end = all.iter().find(|key| key.ends_with(&end)).cloned();
    Err(unknown("section", text, by_end.as_deref(), &all))
}

/// A site or section that does not exist, and which one was meant.
fn unknown(what: &str, text: &str, meant: Option<&str>, known: &[String]) -> Wrong {
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
