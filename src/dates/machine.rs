//! What programs write for programs (ISO 8601, RFC 822, epochs) → a [`When`], and whether an offset was written.

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use regex::{Captures, Regex};

use super::Setting;
use super::moment::{Wall, on_day};
use crate::model::{Precision, When};

/// A date as a program wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The moment, in the setting's zone where no offset was written.
    pub when: When,
    /// Whether an offset was written. Where it was not, some sites mean UTC and some their own clock.
    pub zoned: bool,
}

/// No machine's date is longer; "Fri Apr 28 2023 19:20:36 GMT+0200 (Central European Summer Time)" has 67 characters.
const LONGEST_BYTES: usize = 100;

/// Epochs outside of this are numbers of something else: the web has no articles of before 1990, nor of after tomorrow.
const FIRST_EPOCH_SECONDS: i64 = 631_152_000;

/// A server's clock may run ahead of ours by a zone's width and a little.
const AHEAD_SECONDS: i64 = 2 * 86_400;

/// Reads a date that a program wrote.
pub fn machine(text: &str, setting: &Setting) -> Option<Machine> {
    let text = text.trim();
    if text.len() > LONGEST_BYTES || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    iso(text, setting)
        .or_else(|| epoch(text, setting.now))
        .or_else(|| mail(text))
        .or_else(|| script(text, setting))
}

/// Reads what only a program would write, where people's dates may stand as well.
///
/// "20240903" and "2024-09" may be something else there.
pub(super) fn unmistakable(text: &str, setting: &Setting) -> Option<Machine> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit());
    if is_number && !matches!(text.len(), 10 | 13) {
        return None;
    }
    machine(text, setting).filter(|machine| machine.when.precision >= Precision::Day)
}

#[expect(
    clippy::unwrap_used,
    reason = "a constant pattern, which the tests compile"
)]
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^
        (?P<year>\d{4}) (?: (?:-|/|\.) (?P<month>\d{1,2}) (?: (?:-|/|\.) (?P<day>\d{1,2}) )?
                         | (?P<tight>\d{4}) )?
        (?: (?:T|t|\ |\ T|,\ |T\ ) (?P<hour>\d{1,2}) :? (?P<minute>\d{2}) (?: :? (?P<second>\d{2}) (?:[.,]\d{1,12})? )? )?
        \ ? (?P<zone> Z|z|UTC|GMT | (?:UTC|GMT)?[+\-−]\d{1,2}(?::?\d{2})? )? (?:\[[A-Za-z_/+\-0-9]+\])?
        $",
    )
    .unwrap()
});

fn iso(text: &str, setting: &Setting) -> Option<Machine> {
    let found = ISO.captures(text)?;
    let wall = iso_wall(&found)?;
    match found.name("zone") {
        Some(zone) => zoned(wall.at_offset(offset(zone.as_str())?)?),
        None => Some(Machine {
            when: wall.in_zone(setting.zone)?,
            zoned: false,
        }),
    }
}

fn zoned(when: When) -> Option<Machine> {
    Some(Machine { when, zoned: true })
}

fn iso_wall(found: &Captures) -> Option<Wall> {
    let number = |name: &str| {
        found
            .name(name)
            .and_then(|m| m.as_str().parse::<u32>().ok())
    };
    let (month, day) = match number("tight") {
        Some(tight) => (Some(tight / 100), Some(tight % 100)),
        None => (number("month"), number("day")),
    };
    let year = i32::try_from(number("year")?)
        .ok()
        .filter(|y| (1700..=2200).contains(y))?;
    let date = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let (hour, minute, second) = (number("hour"), number("minute"), number("second"));
    let precision = match (month, day, hour, second) {
        (None, ..) => Precision::Year,
        (_, None, ..) => Precision::Month,
        (_, _, None, _) => Precision::Day,
        (.., None) => Precision::Minute,
        _ => Precision::Second,
    };
    // "2024 12:30" and "2024-09 15:31" are something else.
    if hour.is_some() && day.is_none() {
        return None;
    }
    let time = on_day(
        date,
        hour.unwrap_or(0),
        minute.unwrap_or(0),
        second.unwrap_or(0),
    )?;
    Some(Wall { time, precision })
}

/// `Z`, `+03`, `+0300`, `+03:00`, `GMT+3`.
pub(super) fn offset(text: &str) -> Option<FixedOffset> {
    let text = text
        .trim_start_matches(|c: char| c.is_ascii_alphabetic())
        .trim();
    let Some(sign) = text.chars().next() else {
        return FixedOffset::east_opt(0);
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        3 | 4 => {
            let (hours, minutes) = digits.split_at(digits.len() - 2);
            (hours.parse().ok()?, minutes.parse().ok()?)
        }
        _ => return None,
    };
    // Kiribati is the furthest ahead with fourteen hours.
    if hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    FixedOffset::east_opt(if sign == '+' { seconds } else { -seconds })
}

/// Seconds or milliseconds since 1970, perhaps as .NET writes them: `/Date(1704067200000)/`.
fn epoch(text: &str, now: DateTime<Utc>) -> Option<Machine> {
    let digits = text
        .strip_prefix("/Date(")
        .and_then(|rest| rest.strip_suffix(")/"))
        .unwrap_or(text);
    let whole = digits.split('.').next()?;
    if !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        10 => number,
        13 => number / 1_000,
        16 => number / 1_000_000,
        _ => return None,
    };
    if !(FIRST_EPOCH_SECONDS..=now.timestamp() + AHEAD_SECONDS).contains(&seconds) {
        return None;
    }
    let at = DateTime::from_timestamp(seconds, 0)?.fixed_offset();
    zoned(When {
        at,
        precision: Precision::Second,
    })
}

/// RFC 822 as mail and feeds write it.
fn mail(text: &str) -> Option<Machine> {
    let at = DateTime::parse_from_rfc2822(text).ok()?;
    zoned(When {
        at,
        precision: Precision::Second,
    })
}

/// "Fri Apr 28 2023 19:20:36 GMT+0200 (CEST)", as a browser's `Date` prints itself.
fn script(text: &str, _setting: &Setting) -> Option<Machine> {
    let text = text.split('(').next()?.trim().replace("GMT", "");
    let at = DateTime::parse_from_str(&text, "%a %b %d %Y %H:%M:%S %z").ok()?;
    zoned(When {
        at,
        precision: Precision::Second,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn setting() -> Setting<'static> {
        Setting {
            language: None,
            zone: Tz::Asia__Beirut,
            now: "2024-09-03T18:31:00Z".parse().unwrap(),
            order: None,
        }
    }

    #[test]
    fn what_programs_write_is_read() {
        for (text, expected) in [
            (
                "2024-03-19T09:18:39+02:00",
                Some(("2024-03-19T09:18:39+02:00", true)),
            ),
            (
                "2023-12-30T21:59:00.0000000",
                Some(("2023-12-30T21:59:00+02:00", false)),
            ),
            (
                "2024-08-08T08:00Z",
                Some(("2024-08-08T08:00:00+00:00", true)),
            ),
            (
                "2024-04-28 07:00:00Z",
                Some(("2024-04-28T07:00:00+00:00", true)),
            ),
            (
                "2025-02-02 09:00:00.000+0100",
                Some(("2025-02-02T09:00:00+01:00", true)),
            ),
            (
                "2024-09-03 15:31:07 UTC",
                Some(("2024-09-03T15:31:07+00:00", true)),
            ),
            (
                "2024-09-03T15:31:07+02:00[Europe/Berlin]",
                Some(("2024-09-03T15:31:07+02:00", true)),
            ),
            (
                "20240903T153107Z",
                Some(("2024-09-03T15:31:07+00:00", true)),
            ),
            ("2024-09-03", Some(("2024-09-03T00:00:00+03:00", false))),
            (
                "2024-09-03T24:00:00",
                Some(("2024-09-04T00:00:00+03:00", false)),
            ),
            ("1704067200000", Some(("2024-01-01T00:00:00+00:00", true))),
            ("1704067200", Some(("2024-01-01T00:00:00+00:00", true))),
            (
                "/Date(1704067200000)/",
                Some(("2024-01-01T00:00:00+00:00", true)),
            ),
            (
                "Tue, 03 Sep 2024 15:31:07 +0300",
                Some(("2024-09-03T15:31:07+03:00", true)),
            ),
            (
                "Tue, 03 Sep 2024 15:31:07 GMT",
                Some(("2024-09-03T15:31:07+00:00", true)),
            ),
            (
                "Fri Apr 28 2023 19:20:36 GMT+0200 (Central European Summer Time)",
                Some(("2023-04-28T19:20:36+02:00", true)),
            ),
            ("2024-02-31", None),
            ("2024-13-01T00:00:00Z", None),
            ("2024-09-03T25:00:00Z", None),
            ("2024-09-03T15:31:07+19:00", None),
            ("5928990", None),
            ("9999999999", None),
            ("00:00-YY-DD-MM", None),
            ("P 3 M", None),
            ("", None),
        ] {
            let found = machine(text, &setting()).map(|m| (m.when.at.to_rfc3339(), m.zoned));
            let expected = expected.map(|(at, zoned)| (at.to_owned(), zoned));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_text_beyond_the_bound_is_refused() {
        let text = format!("2024-09-03{}", " ".repeat(LONGEST_BYTES));
        assert!(machine(&format!("{text}."), &setting()).is_none());
    }
}
