//! What a section may let go of → the entries that no section holds any more are dropped, and remembered as seen.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::pack::{key_columns, micros};
use super::read::limit;
use super::write::{begin, mark, section_number};
use crate::model::{FeedKey, Identity, SectionKey, Slug};

/// Most addresses a site that are remembered as no entry; beyond that, those passed over longest ago are forgotten. At 120 new
/// articles a day that is two years, long past the time for which listings show a story, and about 20 MB.
pub const MOST_PASSED: usize = 100_000;

/// Most entries that one call drops, so that it never holds the writer for long; the next poll goes on from there.
pub const MOST_DROPPED: usize = 1_000;

/// Why a dropped entry's address is passed over.
const DROPPED: &str = "it was an entry until nothing needed it any more";

/// Lets a section go of what is too old or too many.
pub fn retain(
    connection: &mut Connection,
    key: &SectionKey,
    older_than: DateTime<Utc>,
    most: usize,
    listed: &[Identity],
) -> rusqlite::Result<usize> {
    let change = begin(connection)?;
    let section = section_number(&change, &key.site, &key.section)?;
    let listed = take_back(&change, section, &key.site, listed)?;
    let old = change
        .prepare_cached(
            "SELECT entry FROM entry_section WHERE section = ?1 AND let_go = 0 AND date < ?2
             UNION ALL
             SELECT entry FROM (SELECT entry, let_go, date FROM entry_section WHERE section = ?1
                                ORDER BY date DESC, entry DESC LIMIT -1 OFFSET ?3)
             WHERE let_go = 0 AND date >= ?2",
        )?
        .query_map(params![section, micros(older_than), limit(most)], |row| {
            row.get(0)
        })?
        .filter(|entry| !matches!(entry, Ok(entry) if listed.contains(entry)))
        .take(MOST_DROPPED)
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    let dropped = let_go(&change, section, &old)?;
    forget_passed(&change, &key.site)?;
    change.commit()?;
    Ok(dropped)
}

/// Takes back what the section let go of and lists again. Returns the numbers of all that it lists.
fn take_back(
    change: &Transaction<'_>,
    section: i64,
    site: &Slug,
    listed: &[Identity],
) -> rusqlite::Result<HashSet<i64>> {
    let mut find = change.prepare_cached(
        "SELECT number FROM entry WHERE site = ?1 AND identity = ?2
         UNION ALL
         SELECT entry FROM alias WHERE site = ?1 AND identity = ?2",
    )?;
    let mut hold = change.prepare_cached(
        "UPDATE entry_section SET let_go = 0 WHERE entry = ? AND let_go = 1 AND section = ?",
    )?;
    let mut numbers = HashSet::with_capacity(listed.len());
    for identity in listed {
        let number = find
            .query_row([site.as_str(), &identity.0], |row| row.get(0))
            .optional()?;
        if let Some(number) = number {
            hold.execute([number, section])?;
            numbers.insert(number);
        }
    }
    Ok(numbers)
}

/// Marks entries as let go of by a section, and drops those that no section holds any more.
fn let_go(change: &Transaction<'_>, section: i64, entries: &[i64]) -> rusqlite::Result<usize> {
    let mut free = change
        .prepare_cached("UPDATE entry_section SET let_go = 1 WHERE entry = ? AND section = ?")?;
    let mut held = change
        .prepare_cached("SELECT 1 FROM entry_section WHERE entry = ? AND let_go = 0 LIMIT 1")?;
    let mut dropped = 0;
    for entry in entries {
        free.execute([*entry, section])?;
        if !held.exists([*entry])? {
            drop_entry(change, *entry)?;
            dropped += 1;
        }
    }
    Ok(dropped)
}

fn drop_entry(change: &Transaction<'_>, entry: i64) -> rusqlite::Result<()> {
    let feeds = change
        .prepare_cached("SELECT feed FROM feed_entry WHERE entry = ?")?
        .query_map([entry], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    // No moment: that an old story leaves a feed is nothing that a reader should ask again for.
    mark(change, feeds, 0)?;
    change
        .prepare_cached(
            "INSERT OR REPLACE INTO passed (site, identity, reason, tries)
             SELECT site, identity, ?1, reads FROM entry WHERE number = ?2
             UNION ALL
             SELECT site, identity, ?1, 1 FROM alias WHERE entry = ?2",
        )?
        .execute(params![DROPPED, entry])?;
    change
        .prepare_cached("DELETE FROM entry WHERE number = ?")?
        .execute([entry])?;
    Ok(())
}

fn forget_passed(change: &Transaction<'_>, site: &Slug) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "DELETE FROM passed WHERE site = ?1 AND number <=
               (SELECT number FROM passed WHERE site = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
        )?
        .execute(params![site.as_str(), limit(MOST_PASSED)])
        .map(drop)
}

/// Lets go of a feed's entries beyond its newest. Their addresses are not remembered: no listing shows them again.
pub fn keep_newest(connection: &Connection, feed: &FeedKey, most: usize) -> rusqlite::Result<()> {
    let (kind, site, name) = key_columns(feed);
    connection
        .prepare_cached(
            "DELETE FROM entry WHERE number IN
               (SELECT entry FROM feed JOIN feed_entry ON feed = number
                WHERE kind = ? AND site = ? AND name = ?
                ORDER BY date DESC, entry DESC LIMIT -1 OFFSET ?)",
        )?
        .execute(params![kind, site, name, limit(most)])
        .map(drop)
}

/// Lets sections that are configured no more go of what is too old.
pub fn retain_removed(
    connection: &mut Connection,
    configured: &[SectionKey],
    older_than: DateTime<Utc>,
) -> rusqlite::Result<usize> {
    let change = begin(connection)?;
    let mut dropped = 0;
    for section in removed_sections(&change, configured)? {
        let old = change
            .prepare_cached(
                "SELECT entry FROM entry_section WHERE section = ? AND let_go = 0 AND date < ?
                 LIMIT ?",
            )?
            .query_map(
                params![section, micros(older_than), limit(MOST_DROPPED - dropped)],
                |row| row.get(0),
            )?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        dropped += let_go(&change, section, &old)?;
    }
    change.commit()?;
    Ok(dropped)
}

fn removed_sections(
    change: &Transaction<'_>,
    configured: &[SectionKey],
) -> rusqlite::Result<Vec<i64>> {
    let configured: HashSet<(&str, &str)> = configured
        .iter()
        .map(|key| (key.site.as_str(), key.section.as_str()))
        .collect();
    let mut removed = Vec::new();
    let mut sections = change.prepare_cached("SELECT number, site, name FROM section")?;
    let mut rows = sections.query([])?;
    while let Some(row) = rows.next()? {
        if !configured.contains(&(row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?)) {
            removed.push(row.get(0)?);
        }
    }
    Ok(removed)
}
