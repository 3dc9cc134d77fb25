//! Entries and validators that outlive a restart, in SQLite.
