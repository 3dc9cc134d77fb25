//! A moment as a page prints it: the instant, the offset it was written with, and how exact it is.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

/// A moment read from a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When {
    /// The instant, with the offset that was written, or that of the site's zone at that time where none was.
    pub at: DateTime<FixedOffset>,
    /// How much of `at` was really said.
    pub precision: Precision,
}

impl When {
    /// The instant in UTC.
    pub fn utc(&self) -> DateTime<Utc> {
        self.at.to_utc()
    }
}

/// The smallest unit that a printed date names; what is finer is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// "2024"
    Year,
    /// "September 2024"
    Month,
    /// "3 Sep 2024"
    Day,
    /// "3 hours ago"
    Hour,
    /// "3 Sep 2024 15:31"
    Minute,
    /// "2024-09-03T15:31:07+03:00"
    Second,
}
