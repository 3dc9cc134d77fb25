//! Dates and addresses → as the newspaper prints them.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Asia::Beirut;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The newspaper's own zone, which its pages do not name.
pub const ZONE: chrono_tz::Tz = Beirut;

/// Months as Arabic papers of the Levant print them, by both their names.
const MONTHS: [&str; 12] = [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
];

/// What a path keeps as it is.
const PATH: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// A date and time as printed under a headline, without a zone: "3 Sep 2024 15:31".
pub fn date(at: DateTime<Utc>, language: &str) -> String {
    let at = at.with_timezone(&ZONE);
    if language == "ar" {
        let month = MONTHS
            .get(at.month0() as usize)
            .copied()
            .unwrap_or_default();
        format!("{} {month} {}", at.day(), at.format("%Y %H:%M"))
    } else {
        at.format("%-d %b %Y %H:%M").to_string()
    }
}

/// A date as printed in lists: "3 Sep 2024".
pub fn day(at: DateTime<Utc>) -> String {
    at.with_timezone(&ZONE).format("%-d %b %Y").to_string()
}

/// A date with the newspaper's own offset, for programs.
pub fn iso(at: DateTime<Utc>) -> String {
    at.with_timezone(&ZONE)
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// A path or a part of one, percent-encoded.
pub fn address(path: &str) -> String {
    utf8_percent_encode(path, &PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_printed_as_newspapers_do() {
        let at: DateTime<Utc> = "2024-09-03T12:31:07Z".parse().unwrap();
        assert_eq!(date(at, "en"), "3 Sep 2024 15:31");
        assert_eq!(date(at, "ar"), "3 أيلول/سبتمبر 2024 15:31");
        assert_eq!(day(at), "3 Sep 2024");
        assert_eq!(iso(at), "2024-09-03T15:31:07+03:00");
        assert_eq!(address("/ar/غزة-1"), "/ar/%D8%BA%D8%B2%D8%A9-1");
    }
}
