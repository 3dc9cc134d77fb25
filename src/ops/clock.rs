//! The one clock of the program.

use chrono::{DateTime, Utc};

/// The present moment, for the shells (`cli`, `poll`, `run`), which hand it down as a value.
#[expect(clippy::disallowed_methods, reason = "the one place that asks")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
