//! A day and a time of day → the [`When`] they are in a zone.

use chrono::offset::LocalResult;
use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
};
use chrono_tz::Tz;

use crate::model::{Precision, When};

/// What a clock on the wall shows, and how much of it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wall {
    /// The day and the time; what was not said is zero.
    pub time: NaiveDateTime,
    /// How much of `time` was said.
    pub precision: Precision,
}

impl Wall {
    /// The clock of `zone` shows this.
    ///
    /// An hour that the change to summer time left out is read by the clock that ran before it, so 02:30 becomes 03:30. An
    /// hour that comes twice in autumn is its first: a news page is written when it happens, and later is then in the future.
    pub fn in_zone(self, zone: Tz) -> Option<When> {
        let at = match zone.from_local_datetime(&self.time) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.fixed_offset(),
            LocalResult::None => after_gap(self.time, zone)?,
        };
        Some(When {
            at,
            precision: self.precision,
        })
    }

    /// The clock of a written offset shows this.
    pub fn at_offset(self, offset: FixedOffset) -> Option<When> {
        let at = offset.from_local_datetime(&self.time).single()?;
        Some(When {
            at,
            precision: self.precision,
        })
    }
}

/// The moment that a clock which nobody turned forward would call `time`.
fn after_gap(time: NaiveDateTime, zone: Tz) -> Option<DateTime<FixedOffset>> {
    // No change of clocks is longer than a day, so the same time of the day before exists.
    let before = time.checked_sub_signed(TimeDelta::days(1))?;
    let offset = zone.from_local_datetime(&before).earliest()?.offset().fix();
    let utc = time.checked_sub_offset(offset)?;
    Some(zone.from_utc_datetime(&utc).fixed_offset())
}

/// `hour`:`minute`:`second` of `day`; 24:00 is the next day's midnight, and a leap second is the second before it.
pub(super) fn on_day(day: NaiveDate, hour: u32, minute: u32, second: u32) -> Option<NaiveDateTime> {
    if (hour, minute, second) == (24, 0, 0) {
        return day.succ_opt().map(|next| next.and_time(NaiveTime::MIN));
    }
    day.and_hms_opt(hour, minute, second.min(59))
        .filter(|_| second <= 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_clock_time_is_placed_in_its_zone() {
        for (zone, day, hour, minute, placed) in [
            (
                Tz::Europe__Berlin,
                (2024, 9, 3),
                15,
                31,
                "2024-09-03T15:31:00+02:00",
            ),
            (
                Tz::Europe__Berlin,
                (2024, 3, 31),
                2,
                30,
                "2024-03-31T03:30:00+02:00",
            ),
            (
                Tz::Europe__Berlin,
                (2024, 10, 27),
                2,
                30,
                "2024-10-27T02:30:00+02:00",
            ),
            (
                Tz::Asia__Beirut,
                (2024, 3, 31),
                0,
                0,
                "2024-03-31T01:00:00+03:00",
            ),
            (Tz::UTC, (2024, 12, 31), 24, 0, "2025-01-01T00:00:00+00:00"),
        ] {
            let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
            let time = on_day(day, hour, minute, 0).unwrap();
            let when = Wall {
                time,
                precision: Precision::Minute,
            }
            .in_zone(zone)
            .unwrap();
            assert_eq!(when.at.to_rfc3339(), placed);
        }
    }
}
