//! A path → connections to the database there, its tables brought up to this program's version.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::StoreError;

/// Marks the file as ours ("fwrt" in ASCII), so that no other program's database is written into.
const APPLICATION_ID: i32 = 0x6677_7274;

/// How long one connection waits for another's lock: the program's own never hold one for long, but `feedwright once` and
/// `export` may run beside the service.
pub const BUSY: Duration = Duration::from_secs(10);

/// Prepared statements a connection keeps: more than there are different ones in this room.
const STATEMENTS: usize = 64;

/// Bytes that the write-ahead log keeps on the disk between two bursts: one burst of retention must not hold them for ever.
const LOG_BYTES: i64 = 16_000_000;

/// The steps from an empty file to today's tables, in order; step N leads to `user_version` N. A step that was released is
/// never changed: what it made wrong, the next one mends.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_entries.sql"),
    include_str!("migrations/0002_given.sql"),
    include_str!("migrations/0003_repeated.sql"),
];

/// Opens the database at `path` for writing, makes it where there is none, and brings its tables up to date.
pub fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).map_err(|error| StoreError::Unopened {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
    }
    let mut connection = connect(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )?;
    refuse_foreign(&connection, path)?;
    migrate(&mut connection, path)?;
    Ok(connection)
}

/// Opens a further connection to the database at `path`, for reading only.
pub fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection
        .pragma_update(None, "query_only", true)
        .map_err(|error| StoreError::of(error, "read", path))?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let prepare = || {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(connection)
    };
    prepare().map_err(|error| StoreError::of(error, "open", path))
}

/// Refuses a database that another program made.
fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let look = || -> rusqlite::Result<(i32, i64)> {
        Ok((
            connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
        ))
    };
    let (application, tables) = look().map_err(|error| StoreError::of(error, "open", path))?;
    if application == APPLICATION_ID || (application == 0 && tables == 0) {
        Ok(())
    } else {
        Err(StoreError::Foreign(path.to_owned()))
    }
}

/// Takes the steps that are missing, each whole or not at all.
fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let explain = |error| StoreError::of(error, "bring the tables up to date", path);
    // Readers go on while one writes, and a killed writer leaves nothing half done. Set before the first table: the
    // mode is part of the file.
    connection
        .pragma_update(None, "journal_mode", "wal")
        .map_err(explain)?;
    connection
        .pragma_update(None, "journal_size_limit", LOG_BYTES)
        .map_err(explain)?;
    set_synchronous(connection, Sync::Soon).map_err(explain)?;
    loop {
        // The lock comes before the look, so that two programs that start at once do not take one step twice.
        let step = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(explain)?;
        let found: u32 = step
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(explain)?;
        let known = MIGRATIONS.len() as u32;
        if found > known {
            return Err(StoreError::Newer {
                path: path.to_owned(),
                found,
                known,
            });
        }
        let Some(sql) = MIGRATIONS.get(found as usize) else {
            return Ok(());
        };
        let take = || -> rusqlite::Result<()> {
            step.execute_batch(sql)?;
            step.pragma_update(None, "application_id", APPLICATION_ID)?;
            step.pragma_update(None, "user_version", found + 1)?;
            step.commit()
        };
        take().map_err(explain)?;
    }
}

/// When what was written is forced onto the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// By the next checkpoint. A killed program loses nothing; a power cut may lose the newest writes, but only together
    /// with all that came after them, so a section's validator never outlives its articles and the next poll reads them again.
    Soon,
    /// Before the call returns, with everything before it: once a poll, at its end.
    Now,
}

/// Sets when the writes that follow are forced onto the disk.
pub fn set_synchronous(connection: &Connection, sync: Sync) -> rusqlite::Result<()> {
    let mode = match sync {
        Sync::Soon => "normal",
        Sync::Now => "full",
    };
    connection.pragma_update(None, "synchronous", mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_database_has_the_tables_of_the_last_migration_and_opening_again_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("deep/er/feedwright.db");
        for _ in 0..2 {
            let connection = open_writer(&path).unwrap();
            let version: u32 = connection
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .unwrap();
            let journal: String = connection
                .pragma_query_value(None, "journal_mode", |row| row.get(0))
                .unwrap();
            assert_eq!(
                (version as usize, journal.as_str()),
                (MIGRATIONS.len(), "wal")
            );
        }
    }

    #[test]
    fn a_database_that_cannot_be_used_is_refused_with_a_sentence() {
        let directory = tempfile::tempdir().unwrap();
        let make = |name: &str, sql: &str| {
            let path = directory.path().join(name);
            let connection = Connection::open(&path).unwrap();
            connection.execute_batch(sql).unwrap();
            path
        };
        let text = directory.path().join("text.db");
        std::fs::write(
            &text,
            "no database at all, but long enough for a head ".repeat(50),
        )
        .unwrap();
        let newer = directory.path().join("newer.db");
        drop(open_writer(&newer).unwrap());
        Connection::open(&newer)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        for (path, sentence) in [
            (
                make("other.db", "CREATE TABLE bookmark (url TEXT)"),
                "{path} is not a feedwright database; name another file as `path` under [store], or move this one away",
            ),
            (
                text,
                "{path} is not a feedwright database; name another file as `path` under [store], or move this one away",
            ),
            (
                newer,
                "the database {path} was written by a newer feedwright (tables of version 99, this program knows 3); install that version or restore a backup",
            ),
            (
                directory.path().to_owned(),
                "cannot open the database {path}: unable to open database file: {path}; does its directory exist, and may this user write there?",
            ),
        ] {
            let expected = sentence.replace("{path}", &path.display().to_string());
            assert_eq!(open_writer(&path).unwrap_err().to_string(), expected);
        }
    }
}
