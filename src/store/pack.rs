//! The line's types ↔ what a column holds.

use chrono::{DateTime, Utc};
use rusqlite::types::Type;

use crate::hash::Stable;
use crate::model::{Direction, Entry, FeedKey, SectionState, Slug, Validator};

use super::Reading;

/// How hard a body is squeezed: level 3 packs an article to a third in 0.1 ms; level 9 takes four times as long for a tenth less.
const ZSTD_LEVEL: i32 = 3;

/// What `content.bytes` holds today: an [`Entry`] as JSON, packed by zstd. Fields may be added to it without a new number,
/// since those that are missing have defaults.
pub const FORMAT: i64 = 1;

/// An entry as the bytes of its content.
pub fn pack(entry: &Entry) -> rusqlite::Result<Vec<u8>> {
    let json = serde_json::to_vec(entry).map_err(unfit)?;
    zstd::bulk::compress(&json, ZSTD_LEVEL).map_err(unfit)
}

/// The entry that bytes of `format` hold.
pub fn unpack(format: i64, bytes: &[u8]) -> rusqlite::Result<Entry> {
    if format != FORMAT {
        return Err(nonsense(format!(
            "an article is stored in unknown form {format}"
        )));
    }
    let json = zstd::stream::decode_all(bytes).map_err(nonsense)?;
    serde_json::from_slice(&json).map_err(nonsense)
}

/// A number that differs whenever what a feed can show of the entry differs.
pub fn version(entry: &Entry) -> rusqlite::Result<i64> {
    let mut hash = Stable::new();
    hash.add_text(&entry.id.0);
    hash.add_text(entry.link.as_ref().map_or("", |link| link.as_str()));
    hash.add_number(micros(entry.date()).cast_unsigned());
    hash.add_number(micros(entry.updated).cast_unsigned());
    serde_json::to_writer(&mut hash, &entry.article).map_err(unfit)?;
    Ok(hash.value().cast_signed())
}

/// A section's state as text.
pub fn pack_state(state: &SectionState) -> rusqlite::Result<String> {
    serde_json::to_string(state).map_err(unfit)
}

/// The section's state that `text` holds.
pub fn unpack_state(text: &str) -> rusqlite::Result<SectionState> {
    serde_json::from_str(text).map_err(nonsense)
}

/// A moment as a column holds it.
pub fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

/// The moment that a column holds.
pub fn moment(micros: i64) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros)
        .ok_or_else(|| nonsense(format!("{micros} is no moment")))
}

/// The slug that a column holds. Made anew, so that a later rule for slugs does not make a stored one unreadable.
pub fn slug(text: &str) -> rusqlite::Result<Slug> {
    Slug::of(text).ok_or_else(|| nonsense(format!("`{text}` is no slug")))
}

/// A feed's key as its columns `kind`, `site` and `name`.
pub fn key_columns(key: &FeedKey) -> (&'static str, &str, &str) {
    match key {
        FeedKey::Everything => ("all", "", ""),
        FeedKey::Health => ("health", "", ""),
        FeedKey::Selection(name) => ("selection", "", name.as_str()),
        FeedKey::Site(site) => ("site", site.as_str(), ""),
        FeedKey::Section(site, name) => ("section", site.as_str(), name.as_str()),
        FeedKey::Tag(site, name) => ("tag", site.as_str(), name.as_str()),
        FeedKey::Author(site, name) => ("author", site.as_str(), name.as_str()),
    }
}

/// The key that those columns hold.
pub fn key_of(kind: &str, site: &str, name: &str) -> rusqlite::Result<FeedKey> {
    Ok(match kind {
        "all" => FeedKey::Everything,
        "health" => FeedKey::Health,
        "selection" => FeedKey::Selection(slug(name)?),
        "site" => FeedKey::Site(slug(site)?),
        "section" => FeedKey::Section(slug(site)?, slug(name)?),
        "tag" => FeedKey::Tag(slug(site)?, slug(name)?),
        "author" => FeedKey::Author(slug(site)?, slug(name)?),
        _ => return Err(nonsense(format!("a feed is of unknown kind `{kind}`"))),
    })
}

/// The direction that a column holds.
pub fn direction(text: &str) -> Option<Direction> {
    [Direction::Ltr, Direction::Rtl]
        .into_iter()
        .find(|direction| direction.as_str() == text)
}

/// A reading from the columns `etag`, `last_modified`, `read_at` and `reads`, which begin at `first`.
pub fn reading(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Reading> {
    Ok(Reading {
        validator: Validator {
            etag: row.get(first)?,
            last_modified: row.get(first + 1)?,
        },
        read_at: moment(row.get(first + 2)?)?,
        reads: row.get(first + 3)?,
    })
}

/// What is in the database makes no sense.
pub fn nonsense(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, why.into())
}

/// What we were given cannot be stored.
fn unfit(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(why.into())
}
