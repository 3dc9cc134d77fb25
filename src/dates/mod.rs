//! The text of a printed or written date → a [`When`], or nothing where it is no date.
//!
//! This is the one date reader of the program. [`read`] takes a text that should be a date, as an element of a page shows
//! it; [`find`] looks for the first sure date inside a longer line; [`machine`] takes what programs write for programs.

mod machine;
mod moment;

use std::ops::Range;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::model::When;

pub use machine::{Machine, machine};

/// What a page does not say with each of its dates: whose language, whose clock, and when it was read.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The language tag of the page (`de`, `en-GB`), where it is known.
    pub language: Option<&'a str>,
    /// The zone of dates that are written without one.
    pub zone: Tz,
    /// The moment of reading, for dates such as "3 hours ago" and for years left away.
    pub now: DateTime<Utc>,
}

/// Reads a text that is a date, perhaps with a label or a place around it: "Updated: 3 Sep 2024, 15:31".
pub fn read(text: &str, setting: &Setting) -> Option<When> {
    machine(text, setting).map(|machine| machine.when)
}

/// Finds the first date inside a longer line, and where it stands; only forms that are surely a date.
pub fn find(_text: &str, _setting: &Setting) -> Option<(Range<usize>, When)> {
    None
}
