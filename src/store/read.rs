//! Questions → what the tables say. Nothing here writes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::pack::{key_columns, micros, moment, nonsense, reading, slug, unpack, unpack_state};
use super::{Kept, Known, Passed};
use crate::model::{Entry, EntryNumber, FeedKey, Identity, SectionKey, SectionState, Slug};

/// What is known of each of `identities`.
pub fn known(
    connection: &mut Connection,
    site: &Slug,
    identities: Vec<Identity>,
) -> rusqlite::Result<HashMap<Identity, Known>> {
    // One snapshot: an address that is passed over right now must not be seen as neither kept nor passed.
    let snapshot = connection.transaction()?;
    let mut kept = snapshot.prepare_cached(
        "SELECT number, format, bytes, etag, last_modified, read_at, reads
         FROM entry JOIN content ON content.entry = number
         WHERE number = (SELECT number FROM entry WHERE site = ?1 AND identity = ?2
                         UNION ALL
                         SELECT entry FROM alias WHERE site = ?1 AND identity = ?2 LIMIT 1)",
    )?;
    let mut passed = snapshot.prepare_cached(
        "SELECT reason, tries, retry_at FROM passed WHERE site = ? AND identity = ?",
    )?;
    let mut known = HashMap::with_capacity(identities.len());
    for identity in identities {
        let at = params![site.as_str(), identity.0];
        let found = match kept.query_row(at, kept_of).optional()? {
            Some(kept) => Some(Known::Kept(Box::new(kept))),
            None => passed
                .query_row(at, passed_of)
                .optional()?
                .map(Known::Passed),
        };
        if let Some(found) = found {
            known.insert(identity, found);
        }
    }
    Ok(known)
}

/// A row of number, format, bytes and a reading.
fn kept_of(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        number: EntryNumber(row.get(0)?),
        entry: unpack(row.get(1)?, row.get_ref(2)?.as_blob()?)?,
        reading: reading(row, 3)?,
    })
}

fn passed_of(row: &Row<'_>) -> rusqlite::Result<Passed> {
    Ok(Passed {
        reason: row.get(0)?,
        tries: row.get(1)?,
        retry_at: row.get::<_, Option<i64>>(2)?.map(moment).transpose()?,
    })
}

/// What is remembered of a section.
pub fn section(connection: &Connection, key: &SectionKey) -> rusqlite::Result<SectionState> {
    connection
        .prepare_cached("SELECT state FROM section WHERE site = ? AND name = ?")?
        .query_row([key.site.as_str(), key.section.as_str()], |row| {
            unpack_state(row.get_ref(0)?.as_str()?)
        })
        .optional()
        .map(Option::unwrap_or_default)
}

/// What is remembered of what a site's articles repeat.
pub fn repeated(connection: &Connection, site: &Slug) -> rusqlite::Result<Vec<u8>> {
    connection
        .prepare_cached("SELECT bytes FROM repeated WHERE site = ?")?
        .query_row([site.as_str()], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

/// What is remembered of every section.
pub fn sections(connection: &Connection) -> rusqlite::Result<HashMap<SectionKey, SectionState>> {
    connection
        .prepare_cached("SELECT site, name, state FROM section")?
        .query_map([], |row| {
            let key = SectionKey {
                site: slug(row.get_ref(0)?.as_str()?)?,
                section: slug(row.get_ref(1)?.as_str()?)?,
            };
            Ok((key, unpack_state(row.get_ref(2)?.as_str()?)?))
        })?
        .collect()
}

/// The section's entries dated `since` or later, newest first.
pub fn recent(
    connection: &Connection,
    key: &SectionKey,
    since: DateTime<Utc>,
    most: usize,
) -> rusqlite::Result<Vec<Kept>> {
    connection
        .prepare_cached(
            "SELECT entry.number, format, bytes, etag, last_modified, read_at, reads
             FROM section
             JOIN entry_section ON entry_section.section = section.number
             JOIN entry ON entry.number = entry_section.entry
             JOIN content ON content.entry = entry.number
             WHERE section.site = ? AND section.name = ? AND entry_section.date >= ?
             ORDER BY entry_section.date DESC, entry_section.entry DESC LIMIT ?",
        )?
        .query_map(
            params![
                key.site.as_str(),
                key.section.as_str(),
                micros(since),
                limit(most)
            ],
            kept_of,
        )?
        .collect()
}

/// The entries with these numbers, in this order.
pub fn entries(
    connection: &mut Connection,
    numbers: &[EntryNumber],
) -> rusqlite::Result<Vec<Arc<Entry>>> {
    let snapshot = connection.transaction()?;
    let mut content =
        snapshot.prepare_cached("SELECT format, bytes FROM content WHERE entry = ?")?;
    let mut entries = Vec::with_capacity(numbers.len());
    for number in numbers {
        let entry = content
            .query_row([number.0], |row| {
                unpack(row.get(0)?, row.get_ref(1)?.as_blob()?)
            })
            .optional()?;
        entries.extend(entry.map(Arc::new));
    }
    Ok(entries)
}

/// The entries of a feed behind its newest `skip`, at most `most`, newest first, each story once.
pub fn older(
    connection: &mut Connection,
    feed: &FeedKey,
    skip: usize,
    most: usize,
) -> rusqlite::Result<Vec<Arc<Entry>>> {
    let (kind, site, name) = key_columns(feed);
    let numbers = connection
        .prepare_cached(
            "SELECT entry FROM feed JOIN feed_entry ON feed = number
             WHERE kind = ? AND site = ? AND name = ?
             ORDER BY date DESC, entry DESC LIMIT ? OFFSET ?",
        )?
        .query_map(params![kind, site, name, limit(most), limit(skip)], |row| {
            row.get(0).map(EntryNumber)
        })?
        .collect::<rusqlite::Result<Vec<EntryNumber>>>()?;
    let mut entries = entries(connection, &numbers)?;
    let mut told = HashSet::with_capacity(entries.len());
    entries.retain(|entry| told.insert(entry.id.clone()));
    Ok(entries)
}

/// The name under which `fact` holds the fingerprint.
pub const FINGERPRINT: &str = "feeds fingerprint";

/// The fingerprint of the configuration by which the feeds were last filled.
pub fn feeds_fingerprint(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT value FROM fact WHERE name = ?")?
        .query_row([FINGERPRINT], |row| row.get(0))
        .optional()
}

/// Reads the whole file.
pub fn check(connection: &Connection) -> rusqlite::Result<()> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(nonsense(found));
    }
    let orphan: Option<String> = connection
        .query_row("PRAGMA foreign_key_check", [], |row| row.get(0))
        .optional()?;
    match orphan {
        None => Ok(()),
        Some(table) => Err(nonsense(format!(
            "a row of {table} belongs to an article that is not there"
        ))),
    }
}

/// A count as SQLite's LIMIT takes it.
pub fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
