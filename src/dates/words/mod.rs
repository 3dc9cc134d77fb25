//! The names that languages give to months, days, units and times: tables only, read by the lexicon.
//!
//! Groups stand between semicolons, words of one meaning between bars. Spelling follows the languages; case, accents and the
//! forms of a letter do not matter, nor do points, hyphens and apostrophes inside a phrase.

mod africa;
mod arabic;
mod asia;
mod counted;
mod europe;
mod germanic;
mod india;
mod labels;
mod romance;
mod slavic;
mod turkic;

use std::sync::LazyLock;

pub(super) use counted::{REFERENCES, STAGES, VERSIONS};
pub(super) use labels::LABELS;

/// What one language says in its dates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    /// Its tag of two letters, or three.
    pub code: &'static str,
    /// Twelve groups, January first.
    pub months: &'static str,
    /// Twelve groups of the calendar of Iran.
    pub jalali: &'static str,
    /// Twelve groups of the Islamic calendar.
    pub hijri: &'static str,
    /// All names of the days of the week.
    pub weekdays: &'static str,
    /// second; minute; hour; day; week; month; year. "2:" before a word: it says the number too.
    pub units: &'static str,
    /// "ago" before the number; after the unit.
    pub ago: &'static str,
    /// today; yesterday; the day before; just now, but no short word such as "now" alone, which buttons say too.
    pub days: &'static str,
    /// before noon; after noon; around noon.
    pub halves: &'static str,
    /// before a time; after the hour; after the minute; after the second.
    pub clock: &'static str,
    /// after the year; after a month's number; after the day; before a month's number; before a day's; before a weekday's.
    pub marks: &'static str,
    /// one; two; three …
    pub numbers: &'static str,
    /// common; Hijri; Buddhist; Minguo; Reiwa; Heisei; Showa.
    pub eras: &'static str,
    /// "of", "the", "at": may stand inside a date.
    pub links: &'static str,
}

/// A language that says nothing yet.
pub(super) const NONE: Language = Language {
    code: "",
    months: "",
    jalali: "",
    hijri: "",
    weekdays: "",
    units: "",
    ago: "",
    days: "",
    halves: "",
    clock: "",
    marks: "",
    numbers: "",
    eras: "",
    links: "",
};

/// All languages; the more widely read first.
pub(super) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    [
        germanic::TABLES,
        romance::TABLES,
        slavic::TABLES,
        arabic::TABLES,
        asia::TABLES,
        europe::TABLES,
        turkic::TABLES,
        india::TABLES,
        africa::TABLES,
    ]
    .concat()
});
