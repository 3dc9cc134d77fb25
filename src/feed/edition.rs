//! What the store knows of each feed, and what the configuration says of it → the edition that is served.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use crate::config::{Config, Section, Selection, Site};
use crate::hash::Stable;
use crate::model::{
    Edition, FeedHead, FeedKey, SectionKey, SectionState, Shelf, ShelfRow, Slug, Source,
};

/// Most feeds of tags and authors that an edition holds; of more, those that changed longest ago are left out. The memory
/// that the edition takes is bounded by this (about 500 bytes each, and 8 for each entry it shows), not by the past.
pub const MOST_FOUND_FEEDS: usize = 50_000;

/// The edition of all that is stored: every configured feed, empty or not, and every tag and author that `rows` know.
pub fn edition(
    config: &Config,
    rows: Vec<ShelfRow>,
    sections: &HashMap<SectionKey, SectionState>,
) -> Edition {
    let empty = Edition {
        feeds: configured(config)
            .into_iter()
            .filter_map(|key| shelf(config, empty_row(key)))
            .collect(),
        ..Edition::default()
    };
    renew(&empty, config, rows, sections)
}

/// `edition` with the feeds in `rows` as they are now: those that changed since it was made under the same configuration.
pub fn renew(
    edition: &Edition,
    config: &Config,
    rows: Vec<ShelfRow>,
    sections: &HashMap<SectionKey, SectionState>,
) -> Edition {
    let mut feeds = edition.feeds.clone();
    feeds.extend(rows.into_iter().filter_map(|row| shelf(config, row)));
    drop_excess(&mut feeds, MOST_FOUND_FEEDS);
    Edition {
        feeds,
        sources: sources(config, sections),
        former: edition.former.clone(),
    }
}

/// Most entries that a feed shows; none for a feed that the configuration does not have.
pub fn show_items(config: &Config, key: &FeedKey) -> usize {
    terms(config, key).map_or(0, |terms| terms.show_items)
}

fn configured(config: &Config) -> Vec<FeedKey> {
    let selections = config
        .selections
        .iter()
        .map(|selection| FeedKey::Selection(selection.slug.clone()));
    let sites = config.sites.iter().flat_map(|site| {
        let sections = site
            .sections
            .iter()
            .map(|section| FeedKey::Section(site.slug.clone(), section.key.section.clone()));
        std::iter::once(FeedKey::Site(site.slug.clone())).chain(sections)
    });
    [FeedKey::Everything, FeedKey::Health]
        .into_iter()
        .chain(selections)
        .chain(sites)
        .collect()
}

fn empty_row(key: FeedKey) -> ShelfRow {
    ShelfRow {
        key,
        label: String::new(),
        entries: Vec::new(),
        total: 0,
        language: None,
        direction: None,
        updated: DateTime::UNIX_EPOCH,
        version: 0,
    }
}

/// A feed under its path; none for one that the configuration does not have any more.
fn shelf(config: &Config, row: ShelfRow) -> Option<(String, Shelf)> {
    let terms = terms(config, &row.key)?;
    let (title, description) = words(config, &row.key, &row.label)?;
    let mut entries = row.entries;
    entries.truncate(terms.show_items);
    let head = FeedHead {
        title,
        description,
        link: terms.link,
        language: row.language.or(terms.language),
        direction: row.direction,
        updated: row.updated,
        max_age: terms.max_age,
        full_text: terms.full_text,
        key: row.key,
    };
    let mut shelf = Shelf {
        head,
        entries,
        total: row.total,
        page_items: terms.show_items.min(PAGE_ITEMS),
        version: 0,
    };
    shelf.version = version(&shelf, row.version);
    Some((shelf.head.key.path(), shelf))
}

/// Most entries of a page of older ones: so few that even the longest stay within a document's bytes, at least with their
/// summaries, and nothing is lost between two pages.
const PAGE_ITEMS: usize = 50;

/// Hash of all that decides over the feed's documents.
fn version(shelf: &Shelf, entries: u64) -> u64 {
    let head = &shelf.head;
    let mut hash = Stable::new();
    hash.add_number(entries);
    hash.add_number(shelf.entries.len() as u64);
    hash.add_number(shelf.pages() as u64);
    for text in [
        head.title.as_str(),
        &head.description,
        head.link.as_ref().map_or("", Url::as_str),
        head.language.as_deref().unwrap_or_default(),
        head.direction.map_or("", |direction| direction.as_str()),
    ] {
        hash.add_text(text);
    }
    hash.add_number(head.updated.timestamp_micros().cast_unsigned());
    hash.add_number(head.max_age.as_secs());
    hash.add_number(u64::from(head.full_text));
    hash.value()
}

/// Entries that the health feed shows: all that a person would look back at.
const HEALTH_SHOWN: usize = 50;

/// What the configuration says of a feed.
#[derive(Clone)]
struct Terms {
    show_items: usize,
    full_text: bool,
    max_age: Duration,
    link: Option<Url>,
    language: Option<String>,
}

fn terms(config: &Config, key: &FeedKey) -> Option<Terms> {
    let of_all = || Terms::of(sections_of(config, &[], &[]), None);
    match key {
        FeedKey::Everything => Some(of_all()),
        FeedKey::Health => Some(Terms {
            show_items: HEALTH_SHOWN,
            full_text: true,
            language: Some("en".to_owned()),
            ..of_all()
        }),
        FeedKey::Selection(slug) => {
            let selection = selection(config, slug)?;
            let sections = sections_of(config, &selection.sites, &selection.sections);
            Some(Terms {
                show_items: selection.show_items,
                full_text: selection.full_text,
                ..Terms::of(sections, None)
            })
        }
        FeedKey::Site(site) => {
            let site = find_site(config, site)?;
            Some(Terms::of_site(site).linked(&site.url))
        }
        FeedKey::Section(site, section) => {
            let site = find_site(config, site)?;
            let section = find_section(site, section)?;
            Some(Terms::of(std::iter::once(section), Some(site)).linked(&section.url))
        }
        FeedKey::Tag(site, _) | FeedKey::Author(site, _) => {
            find_site(config, site).map(Terms::of_site)
        }
    }
}

impl Terms {
    /// Those of a feed of all sections of `site`.
    fn of_site(site: &Site) -> Terms {
        Terms::of(site.sections.iter(), Some(site))
    }

    /// The same, of a feed that stands for the page at `url`.
    fn linked(self, url: &Url) -> Terms {
        Terms {
            link: Some(url.clone()),
            ..self
        }
    }

    /// Those of a feed that mixes `sections`: the most that one of them shows, full text only where all give it, since a
    /// summary may have been asked for with a reason, and asked for again when the first of them may have news.
    fn of<'a>(sections: impl Iterator<Item = &'a Section>, site: Option<&Site>) -> Terms {
        let mut terms = Terms {
            show_items: 0,
            full_text: true,
            max_age: Duration::MAX,
            link: None,
            language: site.and_then(|site| site.language.clone()),
        };
        for section in sections {
            terms.show_items = terms.show_items.max(section.show_items);
            terms.full_text &= section.full_text;
            terms.max_age = terms.max_age.min(section.interval);
        }
        if terms.max_age == Duration::MAX {
            terms.max_age = Duration::ZERO;
        }
        terms
    }
}

/// The sections that `sites` and `keys` name; all, where both are empty.
fn sections_of<'a>(
    config: &'a Config,
    sites: &'a [Slug],
    keys: &'a [SectionKey],
) -> impl Iterator<Item = &'a Section> {
    let all = sites.is_empty() && keys.is_empty();
    config
        .sites
        .iter()
        .flat_map(|site| &site.sections)
        .filter(move |section| {
            all || sites.contains(&section.key.site) || keys.contains(&section.key)
        })
}

fn find_site<'a>(config: &'a Config, slug: &Slug) -> Option<&'a Site> {
    config.sites.iter().find(|site| site.slug == *slug)
}

fn find_section<'a>(site: &'a Site, slug: &Slug) -> Option<&'a Section> {
    site.sections
        .iter()
        .find(|section| section.key.section == *slug)
}

fn selection<'a>(config: &'a Config, slug: &Slug) -> Option<&'a Selection> {
    config
        .selections
        .iter()
        .find(|selection| selection.slug == *slug)
}

/// A feed's title and description.
fn words(config: &Config, key: &FeedKey, label: &str) -> Option<(String, String)> {
    match key {
        FeedKey::Everything => Some((
            "Everything".to_owned(),
            "Every article of every site that is followed here".to_owned(),
        )),
        FeedKey::Health => Some((
            "Health of the sources".to_owned(),
            "Says when a source can no longer be read or looks odd, why and what would help, and when all is well again".to_owned(),
        )),
        FeedKey::Selection(slug) => {
            let title = selection(config, slug)?.title.clone();
            let description =
                format!("{title}: a selection of the articles that are followed here");
            Some((title, description))
        }
        FeedKey::Site(site)
        | FeedKey::Section(site, _)
        | FeedKey::Tag(site, _)
        | FeedKey::Author(site, _) => words_of_site(find_site(config, site)?, key, label),
    }
}

/// The title and description of one of the feeds of `site`.
fn words_of_site(site: &Site, key: &FeedKey, label: &str) -> Option<(String, String)> {
    let name = &site.title;
    Some(match key {
        FeedKey::Section(_, section) => {
            let section = &find_section(site, section)?.title;
            (
                format!("{name}: {section}"),
                format!("The articles that {name} lists under {section}"),
            )
        }
        FeedKey::Tag(..) => (
            format!("{name}: #{label}"),
            format!("The articles of {name} that are tagged {label}"),
        ),
        FeedKey::Author(..) => (
            format!("{name}: by {label}"),
            format!("The articles of {name} that are signed by {label}"),
        ),
        _ => (
            name.clone(),
            format!("The articles of {name}, all sections that are followed"),
        ),
    })
}

/// Leaves out the feeds of tags and authors beyond `most`, those that changed longest ago first.
fn drop_excess(feeds: &mut BTreeMap<String, Shelf>, most: usize) {
    let is_found = |shelf: &Shelf| matches!(shelf.head.key, FeedKey::Tag(..) | FeedKey::Author(..));
    let mut found: Vec<(DateTime<Utc>, &String)> = feeds
        .iter()
        .filter(|(_, shelf)| is_found(shelf))
        .map(|(path, shelf)| (shelf.head.updated, path))
        .collect();
    if found.len() <= most {
        return;
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    let excess: Vec<String> = found[most..]
        .iter()
        .map(|(_, path)| (*path).clone())
        .collect();
    for path in excess {
        feeds.remove(&path);
    }
}

fn sources(config: &Config, sections: &HashMap<SectionKey, SectionState>) -> Vec<Source> {
    let unknown = SectionState::default();
    config
        .sites
        .iter()
        .flat_map(|site| site.sections.iter().map(move |section| (site, section)))
        .map(|(site, section)| {
            let state = sections.get(&section.key).unwrap_or(&unknown);
            Source {
                key: section.key.clone(),
                site_title: site.title.clone(),
                title: section.title.clone(),
                url: section.url.clone(),
                health: state.health.clone(),
                last_poll: state.last_poll,
                last_success: state.last_success,
                next_poll: state.next_poll,
                items: state.items,
            }
        })
        .collect()
}
