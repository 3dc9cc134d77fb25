//! A year as it was written, or left away → the year that it is.

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use super::Setting;
use super::calendars::{Calendar, Era};
use super::order::Written;

/// The day in the setting's zone.
pub(super) fn today(setting: &Setting) -> NaiveDate {
    setting.now.with_timezone(&setting.zone).date_naive()
}

/// The Gregorian or other year that was written.
pub(super) fn year_of(
    written: Written,
    era: Option<Era>,
    calendar: Calendar,
    setting: &Setting,
) -> Option<i32> {
    let value = i32::try_from(written.value).ok()?;
    if let Some(era) = era.filter(|era| *era != Era::Common && *era != Era::Hijri) {
        let year = era.gregorian(value);
        return Calendar::Gregorian.has(year).then_some(year);
    }
    let year = match (calendar, written.width) {
        (Calendar::Gregorian, 2) => short_year(value, setting),
        (Calendar::Jalali, 2) => value + if value < 50 { 1400 } else { 1300 },
        // Taiwan's era has come to three digits, and needs no word there; neither does the Buddhist one.
        (Calendar::Gregorian, 3) if (100..=199).contains(&value) => Era::Minguo.gregorian(value),
        (Calendar::Gregorian, 4) if (2400..=2700).contains(&value) => {
            Era::Buddhist.gregorian(value)
        }
        _ => value,
    };
    calendar.has(year).then_some(year)
}

/// The year of two digits that is nearest to now and not far ahead.
fn short_year(value: i32, setting: &Setting) -> i32 {
    let this = today(setting).year();
    let mut years = vec![2000 + value, 1900 + value];
    if matches!(setting.zone, Tz::Asia__Bangkok)
        || setting.language.is_some_and(|tag| tag.starts_with("th"))
    {
        years.push(Era::Buddhist.gregorian(2500 + value));
    }
    years.retain(|year| *year <= this + 1);
    years
        .into_iter()
        .min_by_key(|year| (this - year).abs())
        .unwrap_or(1900 + value)
}

/// The last time that the month had this day; tomorrow counts as a page from further east.
pub(super) fn last(calendar: Calendar, month: u8, day: u8, setting: &Setting) -> Option<NaiveDate> {
    let today = today(setting);
    let tomorrow = today.checked_add_days(Days::new(1))?;
    let this = match calendar {
        Calendar::Gregorian => today.year(),
        Calendar::Jalali => today.year() - 621,
        // Its years are shorter; one too many is tried first and lies ahead.
        Calendar::Hijri => (today.year() - 622) * 33 / 32 + 1,
    };
    // A leap day may be eight years ago.
    (0..=8)
        .filter_map(|back| calendar.day(this + 1 - back, month, day))
        .find(|date| *date <= tomorrow)
}
