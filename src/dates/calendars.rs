//! A year, a month and a day of any calendar → the day.

use chrono::NaiveDate;
use icu_calendar::Date;
use icu_calendar::cal::{Hijri, Iso};

/// How a date counts its years and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Calendar {
    /// The one of this program, whatever era its years are counted from.
    Gregorian,
    /// Iran's and Afghanistan's.
    Jalali,
    /// The Islamic one, by the tables of Umm al-Qura.
    Hijri,
}

/// Where a Gregorian calendar of another country begins to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Era {
    /// After Christ, said with the year.
    Common,
    /// After the Hijra, said with the year.
    Hijri,
    /// Thailand's, 543 years ahead.
    Buddhist,
    /// Taiwan's.
    Minguo,
    /// Japan's.
    Reiwa,
    /// Japan's before 2019.
    Heisei,
    /// Japan's before 1989.
    Showa,
}

impl Era {
    /// In the order of the tables.
    pub const ALL: [Self; 7] = [
        Self::Common,
        Self::Hijri,
        Self::Buddhist,
        Self::Minguo,
        Self::Reiwa,
        Self::Heisei,
        Self::Showa,
    ];

    /// The Gregorian year of this era's `year`.
    pub fn gregorian(self, year: i32) -> i32 {
        match self {
            Self::Common | Self::Hijri => year,
            Self::Buddhist => year - 543,
            Self::Minguo => year + 1911,
            Self::Reiwa => year + 2018,
            Self::Heisei => year + 1988,
            Self::Showa => year + 1925,
        }
    }
}

impl Calendar {
    /// The day that this calendar calls `year`, `month`, `day`, if there is one.
    pub fn day(self, year: i32, month: u8, day: u8) -> Option<NaiveDate> {
        let iso = match self {
            Self::Gregorian => return NaiveDate::from_ymd_opt(year, month.into(), day.into()),
            Self::Jalali => Date::try_new_persian(year, month, day)
                .ok()?
                .to_calendar(Iso),
            Self::Hijri => {
                let calendar = Hijri::new_umm_al_qura();
                Date::try_new_hijri_with_calendar(year, month, day, calendar)
                    .ok()?
                    .to_calendar(Iso)
            }
        };
        let (month, day) = (iso.month().ordinal, iso.day_of_month().0);
        NaiveDate::from_ymd_opt(iso.year().extended_year(), month.into(), day.into())
    }

    /// Whether a year of this calendar may stand in news.
    pub fn has(self, year: i32) -> bool {
        match self {
            // The oldest archives on the web begin with the first newspapers.
            Self::Gregorian => (1700..=2200).contains(&year),
            Self::Jalali => (1250..=1500).contains(&year),
            Self::Hijri => (1300..=1600).contains(&year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_other_calendars_are_known() {
        for (calendar, (year, month, day), known) in [
            (Calendar::Jalali, (1403, 6, 13), "2024-09-03"),
            (Calendar::Jalali, (1403, 12, 30), "2025-03-20"),
            (Calendar::Jalali, (1404, 1, 1), "2025-03-21"),
            (Calendar::Hijri, (1446, 1, 1), "2024-07-07"),
            (Calendar::Hijri, (1446, 2, 30), "2024-09-03"),
            (Calendar::Hijri, (1445, 9, 1), "2024-03-11"),
            (Calendar::Gregorian, (2024, 2, 29), "2024-02-29"),
        ] {
            let found = calendar.day(year, month, day).map(|day| day.to_string());
            assert_eq!(found.as_deref(), Some(known));
        }
        assert_eq!(Calendar::Gregorian.day(2024, 2, 31), None);
        assert_eq!(Calendar::Jalali.day(1402, 12, 30), None);
        assert_eq!(Era::Reiwa.gregorian(6), 2024);
        assert_eq!(Era::Minguo.gregorian(113), 2024);
    }
}
