//! What can go wrong with the database, as sentences for the person who runs it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::schema::BUSY;

/// Why the store could not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or made.
    #[error("cannot open the database {}: {reason}; does its directory exist, and may this user write there?", path.display())]
    Unopened {
        /// The database.
        path: PathBuf,
        /// SQLite's or the system's own words.
        reason: String,
    },
    /// Something else stands in the file.
    #[error("{} is not a feedwright database; name another file as `path` under [store], or move this one away", .0.display())]
    Foreign(PathBuf),
    /// A later program has changed the tables.
    #[error("the database {} was written by a newer feedwright (tables of version {found}, this program knows {known}); install that version or restore a backup", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The last version that this program knows.
        known: u32,
    },
    /// What was read makes no sense.
    #[error("the database {} is damaged ({reason}); restore a backup, or move it away: a new one is filled by the next polls, with the same ids", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// There is no room.
    #[error("cannot {doing}: the disk that holds {} is full", path.display())]
    Full {
        /// What was being done.
        doing: &'static str,
        /// The database.
        path: PathBuf,
    },
    /// Another program writes and does not end.
    #[error("cannot {doing}: another program has held the database {} for {seconds} seconds; does a second feedwright run on it?", path.display(), seconds = BUSY.as_secs())]
    Busy {
        /// What was being done.
        doing: &'static str,
        /// The database.
        path: PathBuf,
    },
    /// Any other failure.
    #[error("cannot {doing} in the database {}: {reason}", path.display())]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// The database.
        path: PathBuf,
        /// SQLite's own words.
        reason: String,
    },
    /// The threads that hold the connections are gone.
    #[error("cannot {doing}: the store is closed")]
    Closed {
        /// What was being done.
        doing: &'static str,
    },
}

impl StoreError {
    /// The sentence for what SQLite answered while `doing` something with the database at `path`.
    pub(super) fn of(error: rusqlite::Error, doing: &'static str, path: &Path) -> StoreError {
        let path = path.to_owned();
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::Foreign(path),
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, reason },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::Busy { doing, path }
            }
            Some(ErrorCode::DiskFull) => StoreError::Full { doing, path },
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                StoreError::Unopened { path, reason }
            }
            None if is_nonsense(&error) => StoreError::Damaged { path, reason },
            _ => StoreError::Failed {
                doing,
                path,
                reason,
            },
        }
    }
}

/// Whether a row could be read but not understood.
fn is_nonsense(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn every_failure_is_a_sentence_that_says_what_would_help() {
        for (code, sentence) in [
            (
                ffi::SQLITE_FULL,
                "cannot keep an article: the disk that holds /var/feeds.db is full",
            ),
            (
                ffi::SQLITE_BUSY,
                "cannot keep an article: another program has held the database /var/feeds.db for 10 seconds; does a second feedwright run on it?",
            ),
            (
                ffi::SQLITE_CORRUPT,
                "the database /var/feeds.db is damaged (torn page); restore a backup, or move it away: a new one is filled by the next polls, with the same ids",
            ),
            (
                ffi::SQLITE_NOTADB,
                "/var/feeds.db is not a feedwright database; name another file as `path` under [store], or move this one away",
            ),
            (
                ffi::SQLITE_READONLY,
                "cannot open the database /var/feeds.db: torn page; does its directory exist, and may this user write there?",
            ),
            (
                ffi::SQLITE_IOERR,
                "cannot keep an article in the database /var/feeds.db: torn page",
            ),
        ] {
            let failure =
                rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("torn page".to_owned()));
            let error = StoreError::of(failure, "keep an article", Path::new("/var/feeds.db"));
            assert_eq!(error.to_string(), sentence);
        }
    }
}
