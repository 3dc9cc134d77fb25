//! The tables → every feed's head and the numbers of its entries, without reading one of them.

use std::collections::HashMap;

use rusqlite::{CachedStatement, Connection, Row, params};

use super::pack::{direction, key_of, moment};
use super::read::limit;
use crate::hash::Stable;
use crate::model::{Direction, EntryNumber, FeedKey, ShelfRow};

/// Most feeds that are listed: those that may be configured, then those of tags and authors that changed last. At 500 bytes and 50 numbers each that is 45 MB of memory at the worst.
pub const MOST_FEEDS: usize = 50_000;

/// What [`Store::shelves`](super::Store::shelves) answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelves {
    /// The feeds, in no order that means something.
    pub rows: Vec<ShelfRow>,
    /// To ask for what changed later on.
    pub sequence: i64,
}

/// The feeds that changed after `since`.
pub fn shelves(
    connection: &mut Connection,
    since: i64,
    most: &dyn Fn(&FeedKey) -> usize,
) -> rusqlite::Result<Shelves> {
    let snapshot = connection.transaction()?;
    let feeds = feeds(&snapshot, since)?;
    let mut facts = Facts::of(&snapshot, since == 0)?;
    let mut numbers = snapshot.prepare_cached(
        "SELECT entry FROM feed_entry WHERE feed = ? ORDER BY date DESC, entry DESC LIMIT ?",
    )?;
    let mut count = snapshot.prepare_cached("SELECT count(*) FROM feed_entry WHERE feed = ?")?;
    let mut shelves = Shelves {
        rows: Vec::with_capacity(feeds.len()),
        sequence: since,
    };
    for feed in feeds {
        shelves.sequence = shelves.sequence.max(feed.changed);
        let most = most(&feed.key);
        let mut entries = numbers
            .query_map(params![feed.number, limit(most)], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        let total = if entries.len() < most {
            entries.len()
        } else {
            let total = count.query_row([feed.number], |row| row.get::<_, i64>(0))?;
            usize::try_from(total).unwrap_or_default()
        };
        if mixes_sites(&feed.key) {
            tell_each_story_once(&mut entries, &mut facts)?;
        }
        let row = shelf(feed, &entries, &mut facts)?;
        shelves.rows.push(ShelfRow { total, ..row });
    }
    Ok(shelves)
}

/// A row of the table of feeds.
struct FeedRow {
    number: i64,
    key: FeedKey,
    label: String,
    updated: i64,
    changed: i64,
}

fn feeds(snapshot: &Connection, since: i64) -> rusqlite::Result<Vec<FeedRow>> {
    snapshot
        .prepare_cached(
            "SELECT number, kind, site, name, label, updated, changed FROM feed
             WHERE changed > ? ORDER BY kind IN ('tag', 'author'), changed DESC LIMIT ?",
        )?
        .query_map(params![since, limit(MOST_FEEDS)], |row| {
            let text = |column| -> rusqlite::Result<&str> { Ok(row.get_ref(column)?.as_str()?) };
            Ok(FeedRow {
                number: row.get(0)?,
                key: key_of(text(1)?, text(2)?, text(3)?)?,
                label: row.get(4)?,
                updated: row.get(5)?,
                changed: row.get(6)?,
            })
        })?
        .collect()
}

/// Whether a feed shows entries of several sites, which may list one story each for themselves.
fn mixes_sites(key: &FeedKey) -> bool {
    matches!(key, FeedKey::Everything | FeedKey::Selection(_))
}

/// Leaves one entry of each story: the one that was kept first, so that a second site's copy changes nothing for readers.
fn tell_each_story_once(entries: &mut Vec<i64>, facts: &mut Facts<'_>) -> rusqlite::Result<()> {
    let mut first = HashMap::with_capacity(entries.len());
    let mut stories = Vec::with_capacity(entries.len());
    for number in entries.iter() {
        let story = facts.get(*number)?.story;
        let kept = first.entry(story).or_insert(*number);
        *kept = (*kept).min(*number);
        stories.push(story);
    }
    let mut story = stories.iter();
    entries.retain(|number| story.next().and_then(|story| first.get(story)) == Some(number));
    Ok(())
}

fn shelf(feed: FeedRow, entries: &[i64], facts: &mut Facts<'_>) -> rusqlite::Result<ShelfRow> {
    let mut version = Stable::new();
    let mut updated = feed.updated;
    let mut language = Uniform::Unsaid;
    let mut direction = Uniform::Unsaid;
    for number in entries {
        let fact = facts.get(*number)?;
        version.add_number(number.cast_unsigned());
        version.add_number(fact.version.cast_unsigned());
        updated = updated.max(fact.updated);
        language.add(fact.language);
        direction.add(fact.direction);
    }
    Ok(ShelfRow {
        key: feed.key,
        label: feed.label,
        entries: entries.iter().copied().map(EntryNumber).collect(),
        total: entries.len(),
        language: language
            .value()
            .and_then(|index| facts.languages.get(usize::from(index)).cloned()),
        direction: direction.value(),
        updated: moment(updated)?,
        version: version.value(),
    })
}

/// What several entries say about one thing.
#[derive(Clone, Copy)]
enum Uniform<T> {
    Unsaid,
    Said(T),
    Mixed,
}

impl<T: Copy + PartialEq> Uniform<T> {
    fn add(&mut self, value: Option<T>) {
        *self = match (*self, value) {
            (Uniform::Unsaid, Some(value)) => Uniform::Said(value),
            (Uniform::Said(said), Some(value)) if said != value => Uniform::Mixed,
            (before, _) => before,
        };
    }

    fn value(self) -> Option<T> {
        match self {
            Uniform::Said(value) => Some(value),
            Uniform::Unsaid | Uniform::Mixed => None,
        }
    }
}

/// What a feed's head needs of an entry.
#[derive(Clone, Copy)]
struct Fact {
    updated: i64,
    language: Option<u8>,
    direction: Option<Direction>,
    story: i64,
    version: i64,
}

/// The facts of entries, each read once, and the languages by their places.
struct Facts<'a> {
    of: HashMap<i64, Fact>,
    languages: Vec<String>,
    one: CachedStatement<'a>,
}

const FACTS: &str = "SELECT number, updated, language, direction, story, version FROM entry";

impl<'a> Facts<'a> {
    /// With `all`, those of every entry at once: for ten thousand feeds that is five times faster than one by one.
    fn of(snapshot: &'a Connection, all: bool) -> rusqlite::Result<Facts<'a>> {
        let mut facts = Facts {
            of: HashMap::new(),
            languages: Vec::new(),
            one: snapshot.prepare_cached(&format!("{FACTS} WHERE number = ?"))?,
        };
        if all {
            let mut every = snapshot.prepare_cached(FACTS)?;
            let mut rows = every.query([])?;
            while let Some(row) = rows.next()? {
                let fact = fact_of(row, &mut facts.languages)?;
                facts.of.insert(row.get(0)?, fact);
            }
        }
        Ok(facts)
    }

    fn get(&mut self, number: i64) -> rusqlite::Result<Fact> {
        if let Some(fact) = self.of.get(&number) {
            return Ok(*fact);
        }
        let languages = &mut self.languages;
        let fact = self
            .one
            .query_row([number], |row| fact_of(row, languages))?;
        self.of.insert(number, fact);
        Ok(fact)
    }
}

fn fact_of(row: &Row<'_>, languages: &mut Vec<String>) -> rusqlite::Result<Fact> {
    Ok(Fact {
        updated: row.get(1)?,
        language: row
            .get_ref(2)?
            .as_str_or_null()?
            .and_then(|language| place(language, languages)),
        direction: row.get_ref(3)?.as_str_or_null()?.and_then(direction),
        story: row.get(4)?,
        version: row.get(5)?,
    })
}

/// Most languages that are told apart, against pages that invent them: a site of all the world's has fewer.
const MOST_LANGUAGES: usize = 200;

/// The place of a language among those seen so far; none for one too many.
fn place(language: &str, languages: &mut Vec<String>) -> Option<u8> {
    let found = languages.iter().position(|seen| seen == language);
    if found.is_none() && languages.len() < MOST_LANGUAGES {
        languages.push(language.to_owned());
        return u8::try_from(languages.len() - 1).ok();
    }
    found.and_then(|place| u8::try_from(place).ok())
}
