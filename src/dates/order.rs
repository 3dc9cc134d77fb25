//! A language, a zone and three numbers → which of them is the day, the month and the year.

use chrono_tz::Tz;

use super::Setting;
use super::calendars::Calendar;
use super::tokens::{Kind, Token, tokens};

/// A witness is a date with its label, not a paragraph.
const LONGEST_WITNESS_BYTES: usize = 240;

/// In which order a page writes its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The third of September is 3/9/2024.
    DayMonth,
    /// It is 9/3/2024.
    MonthDay,
}

/// A number as it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub value: u32,
    pub width: usize,
}

/// Year, month and day, in an order of which the first is the likeliest.
pub(super) struct Guess {
    pub year: Written,
    pub month: u32,
    pub day: u32,
}

/// The order of day and month where this is all that is known.
///
/// English alone does not say it: the zone does, for the few countries that put the month first.
pub(super) fn usual(setting: &Setting) -> Order {
    let tag = setting.language.unwrap_or_default().to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let (language, region) = (parts.next().unwrap_or_default(), parts.next_back());
    let month_first = match (language, region) {
        ("en", Some("us" | "ph" | "pr" | "gu" | "ca")) | ("fil" | "tl", _) => true,
        ("en", Some(_)) => false,
        ("en" | "" | "und", None) => is_month_first_zone(setting.zone, language),
        _ => false,
    };
    if month_first {
        Order::MonthDay
    } else {
        Order::DayMonth
    }
}

/// The order of the dates among the `texts` of one page that leave no choice, where they agree.
pub fn shown<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Order> {
    let mut shown = texts.into_iter().filter_map(certain);
    let first = shown.next()?;
    shown.all(|order| order == first).then_some(first)
}

/// The order of "13/03/2024", where one number can be no month.
fn certain(text: &str) -> Option<Order> {
    let text = text.get(..text.floor_char_boundary(LONGEST_WITNESS_BYTES))?;
    tokens(text).windows(5).find_map(|five| match five {
        [a, b, c, d, e] if b.kind == d.kind && is_year_after(b, e) => {
            match (number(a), number(c)) {
                (Some((13..=31, _)), Some((1..=12, _))) => Some(Order::DayMonth),
                (Some((1..=12, _)), Some((13..=31, _))) => Some(Order::MonthDay),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Whether the third of three numbers is a year by the mark before it: "3.14.15" is a version as often as a date.
fn is_year_after(mark: &Token, token: &Token) -> bool {
    match (&mark.kind, number(token)) {
        (Kind::Mark('/'), Some((_, width))) => matches!(width, 2 | 4),
        (Kind::Mark('-' | '.'), Some((_, width))) => width == 4,
        _ => false,
    }
}

fn number(token: &Token) -> Option<(u32, usize)> {
    match token.kind {
        Kind::Number { value, width } => Some((value, width)),
        _ => None,
    }
}

/// The United States, the north of Canada's press, the Philippines; an English page that names no zone is most likely American.
fn is_month_first_zone(zone: Tz, language: &str) -> bool {
    const AMERICAN: &[&str] = &[
        "New_York",
        "Chicago",
        "Denver",
        "Los_Angeles",
        "Phoenix",
        "Anchorage",
        "Detroit",
        "Boise",
        "Juneau",
        "Toronto",
        "Vancouver",
        "Edmonton",
        "Winnipeg",
        "Halifax",
        "Regina",
        "Montreal",
        "Puerto_Rico",
        "Honolulu",
        "Manila",
        "Guam",
        "Adak",
        "Menominee",
        "Nome",
        "Sitka",
        "St_Johns",
    ];
    let name = zone.name();
    let city = name.rsplit('/').next().unwrap_or(name);
    AMERICAN.contains(&city)
        || name.starts_with("US/")
        || name.contains("/Indiana/")
        || name.contains("/Kentucky/")
        || name.contains("North_Dakota")
        || language == "en" && zone == Tz::UTC
}

/// The ways to read three numbers, the likeliest first.
pub(super) fn guesses(numbers: [Written; 3], order: Order, setting: &Setting) -> Vec<Guess> {
    let [a, b, c] = numbers;
    let guess = |year: Written, month: Written, day: Written| Guess {
        year,
        month: month.value,
        day: day.value,
    };
    if a.width >= 3 {
        // Nothing but a machine writes year, day, month, and then the day tells by its size.
        return vec![guess(a, b, c), guess(a, c, b)];
    }
    let by_order = match order {
        Order::DayMonth => [guess(c, b, a), guess(c, a, b)],
        Order::MonthDay => [guess(c, a, b), guess(c, b, a)],
    };
    let mut all: Vec<Guess> = by_order.into();
    if c.width == 2 {
        let at = if is_year_first(setting) { 0 } else { all.len() };
        all.insert(at, guess(a, b, c));
    }
    all
}

/// Languages that write 24.09.03 for the third of September.
fn is_year_first(setting: &Setting) -> bool {
    let tag = setting.language.unwrap_or_default().to_ascii_lowercase();
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    match language {
        "zh" | "ja" | "ko" | "hu" | "lt" | "mn" | "eu" | "fa" | "ps" => true,
        "" | "und" => matches!(
            setting.zone,
            Tz::Asia__Seoul
                | Tz::Asia__Tokyo
                | Tz::Asia__Shanghai
                | Tz::Asia__Taipei
                | Tz::Asia__Hong_Kong
        ),
        _ => false,
    }
}

/// The calendar of a numeric year that is none of ours.
pub(super) fn calendar_of(year: u32, setting: &Setting) -> Calendar {
    let tag = setting.language.unwrap_or_default().to_ascii_lowercase();
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    let in_iran = matches!(setting.zone, Tz::Asia__Tehran | Tz::Iran | Tz::Asia__Kabul);
    match (year, language) {
        (1300..=1500, "ar" | "ur") if !in_iran => Calendar::Hijri,
        (1300..=1500, _) => Calendar::Jalali,
        _ => Calendar::Gregorian,
    }
}
