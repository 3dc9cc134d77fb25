//! The text of a printed or written date → a [`When`], or nothing where it is no date.
//!
//! This is the one date reader of the program. [`read`] takes a text that should be a date, as an element of a page shows
//! it; [`find`] looks for the first sure date inside a longer line; [`machine`] takes what programs write for programs.
//!
//! A text is taken apart into `tokens`, these into `terms` whose meanings the `lexicon` knows from the tables of
//! `words`; `relative`, `clock` and `day` find moments, times and days among them; the `reader` decides which of
//! them the text is, by how little else it says.
//!
//! A file of rows (`input`, `lang`, `zone`, `ref`, `expect`, `precision`) is scored with
//! `FEEDWRIGHT_DATES=rows.json cargo test --lib dates:: -- --nocapture`; with `FEEDWRIGHT_DATES_NO_LANGUAGE=1` nobody tells
//! the language. Our own rows are `fixtures/dates.json`: language, zone, text, moment.

mod calendars;
mod clock;
mod day;
mod lexicon;
mod machine;
mod moment;
mod numeric;
mod order;
mod otherwise;
mod packed;
mod place;
mod reader;
mod relative;
mod roman;
mod terms;
mod tokens;
mod words;
mod year;
mod zones;

use std::ops::Range;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::model::When;
use reader::Reader;

pub use machine::{Machine, machine};
pub use order::{Order, shown};
pub use place::site_clock;

/// What a page does not say with each of its dates: whose language, whose clock, and when it was read.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The language tag of the page (`de`, `en-GB`), where it is known.
    pub language: Option<&'a str>,
    /// The zone of dates that are written without one.
    pub zone: Tz,
    /// The moment of reading, for dates such as "3 hours ago" and for years left away.
    pub now: DateTime<Utc>,
    /// In which order the page's other dates put day and month ([`shown`]); where they do not tell, the language does.
    pub order: Option<Order>,
}

/// A text of more bytes is no date with a label but prose; three bytes a sign are common.
const LONGEST_READ_BYTES: usize = 240;

/// Dates without a digit are "yesterday" and its like; the Indic ones take the most bytes.
const LONGEST_WITHOUT_DIGIT_BYTES: usize = 100;

/// A line of facts is never longer; only so much of a longer text is looked at.
const LONGEST_SOUGHT_BYTES: usize = 2_000;

/// Reads a text that is a date, perhaps with a label or a place around it: "Updated: 3 Sep 2024, 15:31".
pub fn read(text: &str, setting: &Setting) -> Option<When> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_READ_BYTES || !may_be_date(text) {
        return None;
    }
    if let Some(machine) = machine::unmistakable(text, setting) {
        return Some(machine.when);
    }
    Reader::new(text, setting).whole()
}

/// Finds the first date inside a longer line, and where it stands; only forms that are surely a date.
pub fn find(text: &str, setting: &Setting) -> Option<(Range<usize>, When)> {
    let text = text.get(..text.floor_char_boundary(LONGEST_SOUGHT_BYTES))?;
    may_be_date(text).then(|| Reader::new(text, setting).first())?
}

/// Whether `text` has a digit, or is short enough for "a few minutes ago" in any language.
fn may_be_date(text: &str) -> bool {
    text.len() <= LONGEST_WITHOUT_DIGIT_BYTES || text.chars().any(tokens::is_digit)
}

#[cfg(test)]
mod tests;
