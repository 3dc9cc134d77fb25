//! Changes → one transaction each: whatever happens, all of it is there or nothing.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::pack::{FORMAT, key_columns, micros, pack, pack_state, unpack, version};
use super::read::{FINGERPRINT, limit};
use super::schema::{Sync, set_synchronous};
use super::{Passed, Reading};
use crate::hash::stable64;
use crate::model::{Entry, EntryNumber, Identity, Membership, SectionKey, SectionState, Slug};

/// Entries that are asked anew for their feeds in one transaction: about 20 ms.
const REFILL: usize = 200;

/// Begins a transaction that holds the write lock from the start: one that began by reading could not wait for it.
pub fn begin(connection: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    connection.transaction_with_behavior(TransactionBehavior::Immediate)
}

/// Keeps an entry, its content, its sections and its feeds.
pub fn keep(
    connection: &mut Connection,
    entry: &Entry,
    reading: &Reading,
    feeds: &[Membership],
) -> rusqlite::Result<EntryNumber> {
    let content = pack(entry)?;
    let version = version(entry)?;
    let change = begin(connection)?;
    let before: Option<i64> = change
        .prepare_cached("SELECT version FROM entry WHERE site = ? AND identity = ?")?
        .query_row([entry.site.as_str(), &entry.identity.0], |row| row.get(0))
        .optional()?;
    let number = keep_entry(&change, entry, version, reading)?;
    change
        .prepare_cached("INSERT OR REPLACE INTO content (entry, format, bytes) VALUES (?, ?, ?)")?
        .execute(params![number, FORMAT, content])?;
    change
        .prepare_cached("DELETE FROM passed WHERE site = ? AND identity = ?")?
        .execute([entry.site.as_str(), &entry.identity.0])?;
    keep_sections(&change, number, entry)?;
    let shown = Shown {
        number,
        date: micros(entry.date()),
        changed: before != Some(version),
        at: micros(entry.updated.max(reading.read_at)),
    };
    keep_feeds(&change, &shown, feeds)?;
    change.commit()?;
    Ok(EntryNumber(number))
}

fn keep_entry(
    change: &Transaction<'_>,
    entry: &Entry,
    version: i64,
    reading: &Reading,
) -> rusqlite::Result<i64> {
    change
        .prepare_cached(
            "INSERT INTO entry (site, identity, date, updated, language, direction, story, version,
                                etag, last_modified, read_at, reads)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (site, identity) DO UPDATE SET
                date = excluded.date, updated = excluded.updated, language = excluded.language,
                direction = excluded.direction, story = excluded.story, version = excluded.version,
                etag = excluded.etag, last_modified = excluded.last_modified, read_at = excluded.read_at,
                reads = excluded.reads
             RETURNING number",
        )?
        .query_row(
            params![
                entry.site.as_str(),
                entry.identity.0,
                micros(entry.date()),
                micros(entry.updated),
                entry.article.language,
                entry.article.direction.map(|direction| direction.as_str()),
                stable64(&entry.id.0).cast_signed(),
                version,
                reading.validator.etag,
                reading.validator.last_modified,
                micros(reading.read_at),
                reading.reads,
            ],
            |row| row.get(0),
        )
}

fn keep_sections(change: &Transaction<'_>, number: i64, entry: &Entry) -> rusqlite::Result<()> {
    let date = micros(entry.date());
    change
        .prepare_cached("UPDATE entry_section SET date = ?1 WHERE entry = ?2 AND date <> ?1")?
        .execute([date, number])?;
    for name in &entry.sections {
        let section = section_number(change, &entry.site, name)?;
        change
            .prepare_cached(
                "INSERT OR IGNORE INTO entry_section (section, date, entry) VALUES (?, ?, ?)",
            )?
            .execute([section, date, number])?;
    }
    Ok(())
}

pub fn section_number(change: &Transaction<'_>, site: &Slug, name: &Slug) -> rusqlite::Result<i64> {
    let names = [site.as_str(), name.as_str()];
    let found = change
        .prepare_cached("SELECT number FROM section WHERE site = ? AND name = ?")?
        .query_row(names, |row| row.get(0))
        .optional()?;
    match found {
        Some(number) => Ok(number),
        None => change
            .prepare_cached(
                "INSERT INTO section (site, name, state) VALUES (?, ?, '{}') RETURNING number",
            )?
            .query_row(names, |row| row.get(0)),
    }
}

/// What the feeds must know of an entry that is written.
struct Shown {
    number: i64,
    date: i64,
    /// Whether feeds that showed it before show something else now.
    changed: bool,
    /// When that happened.
    at: i64,
}

/// Puts an entry into `feeds` and out of all others, and marks those that changed by it.
fn keep_feeds(
    change: &Transaction<'_>,
    shown: &Shown,
    feeds: &[Membership],
) -> rusqlite::Result<()> {
    let mut before: BTreeMap<i64, i64> = change
        .prepare_cached("SELECT feed, date FROM feed_entry WHERE entry = ?")?
        .query_map([shown.number], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut wanted = BTreeMap::new();
    for feed in feeds {
        wanted.insert(feed_number(change, feed)?, shown.date);
    }
    let mut touched = Vec::new();
    for (feed, date) in wanted {
        let stands = before.remove(&feed);
        if stands != Some(date) {
            take_out(change, feed, stands, shown.number)?;
            change
                .prepare_cached("INSERT INTO feed_entry (feed, date, entry) VALUES (?, ?, ?)")?
                .execute([feed, date, shown.number])?;
        }
        if stands != Some(date) || shown.changed {
            touched.push(feed);
        }
    }
    for (feed, date) in before {
        take_out(change, feed, Some(date), shown.number)?;
        touched.push(feed);
    }
    mark(change, touched, shown.at)
}

fn take_out(
    change: &Transaction<'_>,
    feed: i64,
    date: Option<i64>,
    entry: i64,
) -> rusqlite::Result<()> {
    let Some(date) = date else { return Ok(()) };
    change
        .prepare_cached("DELETE FROM feed_entry WHERE feed = ? AND date = ? AND entry = ?")?
        .execute([feed, date, entry])?;
    Ok(())
}

fn feed_number(change: &Transaction<'_>, feed: &Membership) -> rusqlite::Result<i64> {
    let (kind, site, name) = key_columns(&feed.key);
    let found = change
        .prepare_cached("SELECT number FROM feed WHERE kind = ? AND site = ? AND name = ?")?
        .query_row([kind, site, name], |row| row.get(0))
        .optional()?;
    match found {
        Some(number) => Ok(number),
        None => change
            .prepare_cached(
                "INSERT INTO feed (kind, site, name, label, updated, changed)
                 VALUES (?, ?, ?, ?, 0, 0) RETURNING number",
            )?
            .query_row([kind, site, name, &feed.label], |row| row.get(0)),
    }
}

/// Marks feeds as changed: by the next number of the sequence, and at the moment `at`, never back.
pub fn mark(
    change: &Transaction<'_>,
    feeds: impl IntoIterator<Item = i64>,
    at: i64,
) -> rusqlite::Result<()> {
    let sequence: i64 = change
        .prepare_cached("SELECT coalesce(max(changed), 0) + 1 FROM feed")?
        .query_row([], |row| row.get(0))?;
    let mut update = change.prepare_cached(
        "UPDATE feed SET changed = ?, updated = max(updated, ?) WHERE number = ?",
    )?;
    for feed in feeds {
        update.execute([sequence, at, feed])?;
    }
    Ok(())
}

/// Notes a reading that found nothing new.
pub fn touch(
    connection: &Connection,
    number: EntryNumber,
    reading: &Reading,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE entry SET etag = ?, last_modified = ?, read_at = ?, reads = ? WHERE number = ?",
        )?
        .execute(params![
            reading.validator.etag,
            reading.validator.last_modified,
            micros(reading.read_at),
            reading.reads,
            number.0,
        ])
        .map(drop)
}

/// Notes that an address is no entry.
pub fn pass(
    connection: &Connection,
    site: &Slug,
    identity: &Identity,
    passed: &Passed,
) -> rusqlite::Result<()> {
    // Replaced, not updated: the row takes the newest number, so that what is seen again is forgotten last.
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO passed (site, identity, reason, tries, retry_at)
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            site.as_str(),
            identity.0,
            passed.reason,
            passed.tries,
            passed.retry_at.map(micros),
        ])
        .map(drop)
}

/// Notes that `alias` is another address of the entry `own`, if that is kept.
pub fn alias(
    connection: &mut Connection,
    site: &Slug,
    alias: &Identity,
    own: &Identity,
) -> rusqlite::Result<()> {
    let change = begin(connection)?;
    change
        .prepare_cached(
            "INSERT OR REPLACE INTO alias (site, identity, entry)
             SELECT site, ?2, number FROM entry WHERE site = ?1 AND identity = ?3",
        )?
        .execute([site.as_str(), &alias.0, &own.0])?;
    change
        .prepare_cached("DELETE FROM passed WHERE site = ? AND identity = ?")?
        .execute([site.as_str(), &alias.0])?;
    change.commit()
}

/// Remembers what a site's articles repeat.
pub fn repeated(connection: &Connection, site: &Slug, bytes: &[u8]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO repeated (site, bytes) VALUES (?, ?)")?
        .execute(params![site.as_str(), bytes])
        .map(drop)
}

/// Remembers a section's state, and forces it and all before it onto the disk.
pub fn finish_poll(
    connection: &Connection,
    key: &SectionKey,
    state: &SectionState,
) -> rusqlite::Result<()> {
    let state = pack_state(state)?;
    set_synchronous(connection, Sync::Now)?;
    let kept = connection
        .prepare_cached(
            "INSERT INTO section (site, name, state) VALUES (?, ?, ?)
             ON CONFLICT (site, name) DO UPDATE SET state = excluded.state",
        )
        .and_then(|mut keep| {
            keep.execute([key.site.as_str(), key.section.as_str(), state.as_str()])
        });
    set_synchronous(connection, Sync::Soon)?;
    kept.map(drop)
}

/// Asks the next entries after number `done` which feeds show them. Returns the last of them, or none when all are done and the
/// fingerprint is noted.
pub fn refill(
    connection: &mut Connection,
    done: Option<i64>,
    fingerprint: &str,
    memberships: &dyn Fn(&Entry) -> Vec<Membership>,
) -> rusqlite::Result<Option<i64>> {
    let change = begin(connection)?;
    let mut last = None;
    {
        let mut next = change.prepare_cached(
            "SELECT number, date, updated, read_at, format, bytes
             FROM entry JOIN content ON content.entry = number
             WHERE number > ? ORDER BY number LIMIT ?",
        )?;
        let mut rows = next.query([done.unwrap_or(0), limit(REFILL)])?;
        while let Some(row) = rows.next()? {
            let shown = Shown {
                number: row.get(0)?,
                date: row.get(1)?,
                changed: false,
                at: row.get::<_, i64>(2)?.max(row.get(3)?),
            };
            let entry = unpack(row.get(4)?, row.get_ref(5)?.as_blob()?)?;
            keep_feeds(&change, &shown, &memberships(&entry))?;
            last = Some(shown.number);
        }
    }
    if last.is_none() {
        change
            .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)")?
            .execute([FINGERPRINT, fingerprint])?;
    }
    change.commit()?;
    Ok(last)
}
