//! `[[site.section]]` → sections whose names differ within their site.

use std::collections::BTreeMap;

use url::Url;

use super::inherited::{Habits, Reading};
use super::names::{RESERVED_IN_SITE, section_slugs, section_title};
use super::reader::Reader;
use super::rules::{Kind, ListingRules};
use super::site::{refuse_private, written_slug};
use super::suggest::{closest, joined, quoted};
use super::values::Wrong;
use super::{Section, keys, values};
use crate::address::resolve;
use crate::model::{SectionKey, Slug};

/// Most sections of one site: with the default pause and interval a site's turn has time for 450 requests.
pub(super) const SECTIONS: usize = 400;

/// What a section needs to know of its site, as far as it is known.
pub(super) struct Home<'a> {
    /// Its slug.
    pub slug: Option<&'a Slug>,
    /// Its address.
    pub url: Option<&'a Url>,
    /// Whether it may stand in a private network.
    pub private: bool,
}

/// Every `[[site.section]]` of a site, and the slug of each, also of those that have mistakes.
pub(super) fn sections(
    reader: &Reader<'_>,
    home: &Home<'_>,
    habits: &Habits,
    reading: &Reading,
) -> (Vec<Section>, Vec<Option<Slug>>) {
    let tables = reader.tables("section");
    if reader.lacks("section") {
        reader.notes.missing(
            reader.span.clone(),
            "this site has no section",
            "a section needs an address and nothing else:\n\n[[site.section]]\nurl = \"/news/politics\"",
        );
    }
    if let Some(table) = tables.get(SECTIONS) {
        let sentence = format!("this is section {} of {}", SECTIONS + 1, tables.len());
        let help =
            format!("at most {SECTIONS} sections in one site: more cannot be polled politely");
        reader.notes.wrong(table.span.clone(), sentence, help);
    }
    let tables = &tables[..tables.len().min(SECTIONS)];
    let urls: Vec<Option<Url>> = tables
        .iter()
        .map(|table| section_url(table, home))
        .collect();
    let slugs = section_names(tables, &urls);
    let read = tables.iter().zip(urls).zip(&slugs);
    let sections = read.filter_map(|((table, url), slug)| {
        // Each part is read even where another one fails, so that all mistakes are found at once.
        let section = section(table, habits, reading);
        let key = SectionKey {
            site: home.slug?.clone(),
            section: slug.clone()?,
        };
        Some(section(key, url?))
    });
    (sections.collect(), slugs)
}

fn section_url(reader: &Reader<'_>, home: &Home<'_>) -> Option<Url> {
    if reader.place("url").is_none() {
        reader.require("url");
        return None;
    }
    let (url, _) = reader.one("url", |text| {
        if text.contains("://") {
            return values::address(text).map(Some);
        }
        // Without the site's address, nothing can be said of one that is relative to it.
        home.url.map(|home| below(home, text)).transpose()
    })?;
    let url = url?;
    if !home.private {
        refuse_private(reader, "url", &url);
    }
    Some(url)
}

/// The address that `text` is for someone who stands at `home`.
fn below(home: &Url, text: &str) -> Result<Url, Wrong> {
    let url = resolve(home, text).ok_or_else(|| {
        Wrong::new(
            format!("{} is not an address", quoted(text)),
            "for example `url = \"/news/politics\"`, or an address in full",
        )
    })?;
    values::plain(url)
}

/// A slug for each section: first those that the file gives, then the rest in order, so that a section keeps its address
/// when another one is added behind it.
fn section_names(tables: &[Reader<'_>], urls: &[Option<Url>]) -> Vec<Option<Slug>> {
    let mut taken: BTreeMap<Slug, usize> = BTreeMap::new();
    let mut slugs: Vec<Option<Slug>> = Vec::new();
    for table in tables {
        let place = table.place("slug");
        let slug = place.and_then(|place| {
            let slug = written_slug(table, RESERVED_IN_SITE)?;
            let line = table.notes.line(place.start);
            if let Some(other) = taken.get(&slug) {
                let slug = quoted(slug.as_str());
                let sentence = format!("{slug} is already the slug of the section in line {other}");
                table.wrong("slug", sentence, "two sections cannot have one address");
                return None;
            }
            taken.insert(slug.clone(), line);
            Some(slug)
        });
        slugs.push(slug);
    }
    for ((table, url), slug) in tables.iter().zip(urls).zip(&mut slugs) {
        if table.place("slug").is_some() {
            continue;
        }
        let Some(url) = url else { continue };
        *slug = section_slugs(url)
            .find(|slug| !taken.contains_key(slug) && !RESERVED_IN_SITE.contains(&slug.as_str()));
        let line = table
            .notes
            .line(table.place("url").unwrap_or_default().start);
        match slug {
            Some(slug) => {
                taken.insert(slug.clone(), line);
            }
            None => table.wrong(
                "url",
                "another section has this address and this name",
                "leave one of them out, or give one a `slug`",
            ),
        }
    }
    slugs
}

/// Everything of a section but its name and address, which are given to what is returned.
fn section(
    reader: &Reader<'_>,
    habits: &Habits,
    reading: &Reading,
) -> impl FnOnce(SectionKey, Url) -> Section + use<> {
    let title = reader.text("title").map(|(title, _)| title);
    let habits = habits.read(reader);
    let Reading {
        mut listing,
        mut article,
        entries,
    } = reading.read(reader);
    listing.kind = kind(reader, &listing);
    listing.pages = habits.pages;
    listing.language.clone_from(&habits.language);
    listing.timezone = habits.timezone;
    article.language.clone_from(&habits.language);
    article.timezone = habits.timezone;
    move |key, url| Section {
        title: title.unwrap_or_else(|| section_title(&url)),
        key,
        url,
        listing,
        article,
        entries,
        interval: habits.interval,
        backfill: habits.backfill,
        follow: habits.follow,
        recheck: habits.recheck,
        keep_age: habits.keep_age,
        keep_items: habits.keep_items,
        show_items: habits.show_items,
        full_text: habits.full_text,
        min_items: habits.min_items,
    }
}

/// The kinds, in the order of [`keys::KINDS`].
const ALL_KINDS: [Kind; 7] = [
    Kind::Auto,
    Kind::Html,
    Kind::Lines,
    Kind::Sitemap,
    Kind::Feed,
    Kind::Json,
    Kind::Embedded,
];

fn kind(reader: &Reader<'_>, listing: &ListingRules) -> Kind {
    let written = reader.one("kind", |text| {
        let position = keys::KINDS.iter().position(|kind| *kind == text);
        position
            .and_then(|position| ALL_KINDS.get(position).copied())
            .ok_or_else(|| unknown_kind(text))
    });
    let kind = match (&written, &listing.json) {
        (Some((kind, _)), _) => *kind,
        (None, Some(json)) if json.script.is_some() => Kind::Embedded,
        (None, Some(_)) => Kind::Json,
        (None, None) => Kind::Auto,
    };
    let needs_paths = matches!(kind, Kind::Json | Kind::Embedded);
    if needs_paths && listing.json.is_none() && !reader.table("listing").table("json").is_there() {
        reader.wrong(
            "kind",
            "a listing of this kind is read by JSON paths, and none are given",
            "for example `listing.json = { items = \"$.items[*]\", url = \"$.url\" }`",
        );
    }
    kind
}

fn unknown_kind(text: &str) -> Wrong {
    let kinds: Vec<String> = keys::KINDS.iter().map(|kind| format!("`{kind}`")).collect();
    let help = match closest(text, keys::KINDS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}", joined(&kinds, "or")),
    };
    Wrong::new(format!("{} is not a kind of listing", quoted(text)), help)
}
