//! Terms → the days that they name.

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use super::Setting;
use super::calendars::{Calendar, Era};
use super::lexicon::Meaning;
use super::order::{Written, calendar_of, guesses};
use super::terms::Term;
use crate::model::Precision;

/// A day, and which terms name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub first: usize,
    pub after: usize,
    pub date: NaiveDate,
    /// `Day` or `Month`.
    pub precision: Precision,
    /// How the year was written.
    pub year: YearSaid,
    /// Whether the month was written as a number.
    pub numeric: bool,
    pub calendar: Calendar,
    /// The term of a year that stands behind the time: "Aug 5 12:00:00 2015".
    pub far_year: Option<usize>,
}

/// How a year was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearSaid {
    Fully,
    InTwoDigits,
    Not,
}

/// All days that `terms` name; `taken` says which terms belong to something else.
pub(super) fn days(terms: &[Term], taken: &[bool], setting: &Setting) -> Vec<Day> {
    let line = Line {
        terms,
        taken,
        setting,
    };
    let mut days: Vec<Day> = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let low = days.last().map_or(0, |day| day.after);
        match line
            .named(at, low)
            .or_else(|| line.counted(at, low))
            .or_else(|| line.numeric(at, low))
        {
            Some(day) => {
                at = day.after.max(at + 1);
                days.push(day);
            }
            None => at += 1,
        }
    }
    days
}

struct Line<'a> {
    terms: &'a [Term],
    taken: &'a [bool],
    setting: &'a Setting<'a>,
}

/// The parts of a date before they are known to be one.
struct Parts {
    first: usize,
    after: usize,
    year: Option<(Written, Option<Era>)>,
    month: u32,
    day: Option<u32>,
    calendar: Calendar,
    numeric: bool,
    far_year: Option<usize>,
}

impl Line<'_> {
    fn term(&self, at: usize) -> Option<&Term> {
        self.terms
            .get(at)
            .filter(|_| !self.taken.get(at).copied().unwrap_or(false))
    }

    fn number(&self, at: usize, width: usize) -> Option<Written> {
        let term = self.term(at)?;
        Some(Written {
            value: term.number(width)?,
            width: term.width(),
        })
    }

    fn day_number(&self, at: usize) -> Option<u32> {
        self.number(at, 2)
            .map(|n| n.value)
            .filter(|day| (1..=31).contains(day))
    }

    /// A date around the name of a month at `at`.
    fn named(&self, at: usize, low: usize) -> Option<Day> {
        let (calendar, month) = self.month_at(at)?;
        let after_month = self.second_name(at + 1, calendar, month).unwrap_or(at + 1);
        let left = self.left_day(at, low);
        let right = self.right_day(after_month);
        let right_year = self.right_year(after_month, left.is_some());
        let mut parts = Parts {
            first: at,
            after: after_month,
            year: None,
            month: month.into(),
            day: None,
            calendar,
            numeric: false,
            far_year: None,
        };
        match (left, right) {
            (None, Some((day, after))) => {
                (parts.day, parts.after) = (Some(day), after);
            }
            // "1 Share September 3, 2024": the day is the number that the year follows.
            (Some(_), Some((day, after)))
                if right_year.is_none_or(|(year, ..)| year.width < 4)
                    && self.right_year(after, false).is_some() =>
            {
                (parts.day, parts.after) = (Some(day), after);
            }
            (Some((day, first)), _) => (parts.day, parts.first) = (Some(day), first),
            (None, None) => {}
        }
        let found = self
            .right_year(parts.after, parts.first < at)
            .or_else(|| self.left_year(parts.first, low));
        if let Some((year, era, from, to)) = found {
            parts.year = Some((year, era));
            parts.first = parts.first.min(from);
            parts.after = parts.after.max(to);
        } else if parts.day.is_some()
            && let Some((year, at)) = self.far_year(parts.after)
        {
            parts.year = Some((year, None));
            parts.far_year = Some(at);
        }
        self.build(parts)
    }

    /// A year of four digits right behind the time that stands at `at`.
    fn far_year(&self, mut at: usize) -> Option<(Written, usize)> {
        let from = at;
        while self.taken.get(at).copied().unwrap_or(false) {
            at += 1;
        }
        let year = self
            .number(at, 4)
            .filter(|year| at > from && year.width == 4)?;
        Some((year, at))
    }

    /// The month at `at`; a word that is also a weekday is one only where no other name of a month stands.
    fn month_at(&self, at: usize) -> Option<(Calendar, u8)> {
        let term = self.term(at)?;
        let month = month_of(term)?;
        let is_weekday = term.may(Meaning::Weekday);
        let other = || {
            self.terms
                .iter()
                .enumerate()
                .any(|(i, t)| i != at && month_of(t).is_some() && !t.may(Meaning::Weekday))
        };
        (!is_weekday || !other()).then_some(month)
    }

    /// The other name of the same month: "أيلول/سبتمبر", "شباط (فبراير)".
    fn second_name(&self, mut at: usize, calendar: Calendar, month: u8) -> Option<usize> {
        let opening = self.term(at)?;
        if !(opening.is('/') || opening.is('(') || opening.is('-')) {
            return None;
        }
        at += 1;
        let same = self.term(at)?.any(|m| m == Meaning::Month(calendar, month));
        let closing = self.term(at + 1).is_some_and(|term| term.is(')'));
        same.then_some(at + 1 + usize::from(closing))
    }

    fn left_day(&self, month: usize, low: usize) -> Option<(u32, usize)> {
        // "3rd of the month of", "3. de": no more than four terms stand between.
        let mut at = month;
        for _ in 0..5 {
            at = at.checked_sub(1).filter(|at| *at >= low)?;
            if let Some(day) = self.day_number(at) {
                return self.is_whole(at).then_some((day, at));
            }
            let term = self.term(at)?;
            let glued = !term.gap && term.bytes.len() <= 12;
            let passes = ['.', '-', '/', '\'', '"', ')', '(']
                .iter()
                .any(|mark| term.is(*mark))
                || is_filler(term)
                || glued && !term.is_mark() && month_of(term).is_none();
            if !passes {
                return None;
            }
        }
        None
    }

    /// Whether the number at `at` is no part of a longer one: "1.234", "2:15".
    fn is_whole(&self, at: usize) -> bool {
        let before = |n: usize| at.checked_sub(n).and_then(|at| self.terms.get(at));
        let glued = self.terms.get(at).is_some_and(|term| !term.gap);
        !(glued
            && before(1).is_some_and(|t| {
                !t.gap && ['.', ':', '/', ',', '$', '€', '+'].iter().any(|m| t.is(*m))
            })
            && before(2).is_some_and(|t| t.width() > 0))
    }

    fn right_day(&self, mut at: usize) -> Option<(u32, usize)> {
        while self
            .term(at)
            .is_some_and(|t| [',', '.', '-', '/', ']'].iter().any(|m| t.is(*m)) || is_filler(t))
        {
            at += 1;
        }
        let day = self.day_number(at)?;
        at += 1;
        while self
            .term(at)
            .is_some_and(|t| t.is('.') && !t.gap || t.may(Meaning::DayMark) || is_glued_ordinal(t))
        {
            at += 1;
        }
        // "September 24th" but not "September 24:15" nor "Sep 24%".
        let breaks = self
            .term(at)
            .is_some_and(|t| !t.gap && (t.is('%') || t.is(':')));
        (!breaks).then_some((day, at))
    }

    fn right_year(
        &self,
        mut at: usize,
        day_before: bool,
    ) -> Option<(Written, Option<Era>, usize, usize)> {
        let from = at;
        let mut era = None;
        let mut quoted = false;
        while let Some(term) = self.term(at) {
            if let Some(found) = era_of(term) {
                era = Some(found);
            } else if term.is('\'') {
                quoted = true;
            } else if !([',', '.', '-', '/', '('].iter().any(|m| term.is(*m))
                || is_filler(term)
                || term.may(Meaning::Weekday))
            {
                break;
            }
            // "3 sept. de l'any, dimarts 2024" is as far as it goes.
            if at > from + 6 {
                return None;
            }
            at += 1;
        }
        let year = self.number(at, 4)?;
        let short = year.width == 2 && (quoted || day_before);
        if !(year.width == 4 || short || era.is_some()) || !self.is_whole(at) {
            return None;
        }
        let mut to = at + 1;
        // "1446هـ", "2024م", "2024 г.", "2024年".
        if let Some(term) = self.term(to) {
            if let Some(found) = era_of(term) {
                era = era.or(Some(found));
                to += 1;
            } else if term.may(Meaning::YearMark) {
                to += 1;
            }
        }
        Some((year, era, from, to))
    }

    fn left_year(&self, first: usize, low: usize) -> Option<(Written, Option<Era>, usize, usize)> {
        let mut at = first;
        for _ in 0..5 {
            at = at.checked_sub(1).filter(|at| *at >= low)?;
            let term = self.term(at)?;
            if let Some(year) = self.number(at, 4) {
                return (year.width == 4).then_some((year, None, at, first));
            }
            let passes = [',', '.', '-', '/', ')', '('].iter().any(|m| term.is(*m))
                || is_filler(term)
                || !term.gap && !term.is_mark();
            if !passes {
                return None;
            }
        }
        None
    }

    /// A date whose numbers are counted by words: 2024年9月3日, 9월 3일, ngày 3 tháng 9 năm 2024.
    fn counted(&self, at: usize, low: usize) -> Option<Day> {
        self.by_month_mark(at, low)
            .or_else(|| self.by_month_word(at, low))
    }

    fn by_month_mark(&self, at: usize, low: usize) -> Option<Day> {
        let month = self.number(at, 2)?.value;
        let mut next = at + 1;
        while self.term(next).is_some_and(|t| t.is('-')) {
            next += 1;
        }
        if !self.term(next)?.may(Meaning::MonthMark) {
            return None;
        }
        next += 1;
        while self
            .term(next)
            .is_some_and(|t| is_filler(t) && t.number(2).is_none())
        {
            next += 1;
        }
        let day = self.day_number(next);
        let mut after = if day.is_some() { next + 1 } else { next };
        let is_marked = day.is_some() && self.term(after).is_some_and(|t| t.may(Meaning::DayMark));
        after += usize::from(is_marked);
        let mut parts = Parts {
            first: at,
            after,
            year: None,
            month,
            day,
            calendar: Calendar::Gregorian,
            numeric: true,
            far_year: None,
        };
        if let Some((first, year, era)) = self.marked_year(at, low) {
            parts.first = first;
            parts.year = Some((year, era));
        } else if !is_marked {
            return None;
        }
        parts.numeric = false;
        self.build(parts)
    }

    /// "2024年", "令和6年", "民國113年" before the month.
    fn marked_year(&self, month: usize, low: usize) -> Option<(usize, Written, Option<Era>)> {
        let mut at = month.checked_sub(1)?;
        while at > low && self.term(at).is_some_and(|t| t.is('-') || t.is('.')) {
            at -= 1;
        }
        if at < low || !self.term(at)?.may(Meaning::YearMark) {
            return None;
        }
        at = at.checked_sub(1)?;
        if self.term(at)?.is('-') {
            at = at.checked_sub(1)?;
        }
        let year = self.number(at, 4).filter(|_| at >= low)?;
        let era = at
            .checked_sub(1)
            .and_then(|before| era_of(self.term(before)?));
        let first = at - usize::from(era.is_some());
        Some((first, year, era))
    }

    fn by_month_word(&self, at: usize, low: usize) -> Option<Day> {
        if !self.term(at)?.may(Meaning::MonthWord) {
            return None;
        }
        let month = self.number(at + 1, 2)?.value;
        let mut parts = Parts {
            first: at,
            after: at + 2,
            year: None,
            month,
            day: None,
            calendar: Calendar::Gregorian,
            numeric: false,
            far_year: None,
        };
        if let Some((day, first)) = self.left_day(at, low) {
            (parts.day, parts.first) = (Some(day), first);
        } else if let Some((day, after)) = self.right_day(at + 2) {
            (parts.day, parts.after) = (Some(day), after);
        }
        if let Some((year, era, _, to)) = self.right_year(parts.after, parts.first < at) {
            parts.year = Some((year, era));
            parts.after = to;
        }
        self.build(parts)
    }

    /// Three numbers between two of the same marks.
    fn numeric(&self, at: usize, low: usize) -> Option<Day> {
        let a = self.number(at, 4)?;
        if !self.is_whole(at) || self.is_glued_to_word(at) {
            return None;
        }
        let mark = ['.', '/', '-']
            .into_iter()
            .find(|m| self.term(at + 1).is_some_and(|t| t.is(*m)))?;
        let b = self.number(at + 2, 2)?;
        let third = self
            .term(at + 3)
            .filter(|t| t.is(mark))
            .and_then(|_| self.number(at + 4, 4));
        let Some(c) = third else {
            return self.two_numbers(at, mark, a, b);
        };
        let mut after = at + 5;
        // "1.2.3.4" and "1-2-3-4" are other things.
        let goes_on = self.term(after).is_some_and(|t| t.is(mark) && !t.gap)
            && self
                .term(after + 1)
                .is_some_and(|t| t.width() > 0 && !t.gap);
        if goes_on || a.width == 1 && c.width == 1 {
            return None;
        }
        let era = at
            .checked_sub(1)
            .filter(|b| *b >= low)
            .and_then(|b| era_of(self.term(b)?));
        let first = at - usize::from(era.is_some());
        while self
            .term(after)
            .is_some_and(|t| t.is('.') || t.may(Meaning::YearMark) && !t.gap)
        {
            after += 1;
        }
        self.best_guess([a, b, c], era, first, after)
    }

    /// A word before the number, without a blank, makes it a version or a code; a bracket or an era does not.
    fn is_glued_to_word(&self, at: usize) -> bool {
        let glued = self.terms.get(at).is_some_and(|term| !term.gap);
        let before = at.checked_sub(1).and_then(|at| self.terms.get(at));
        glued
            && before.is_some_and(|term| {
                !term.is_mark()
                    && term.width() == 0
                    && era_of(term).is_none()
                    && !term.any(|m| {
                        matches!(m, Meaning::Label | Meaning::Weekday)
                            || m == Meaning::Link && term.bytes.len() > 1
                    })
                    || ['$', '€', '£', '¥', '#', '+', '=']
                        .iter()
                        .any(|m| term.is(*m))
            })
    }

    fn best_guess(
        &self,
        numbers: [Written; 3],
        era: Option<Era>,
        first: usize,
        after: usize,
    ) -> Option<Day> {
        let days: Vec<Day> = guesses(numbers, self.setting)
            .into_iter()
            .filter_map(|guess| {
                self.build(Parts {
                    first,
                    after,
                    calendar: calendar_of(guess.year.value, self.setting),
                    year: Some((guess.year, era)),
                    month: guess.month,
                    day: Some(guess.day),
                    numeric: true,
                    far_year: None,
                })
            })
            .collect();
        // What would lie ahead was meant the other way round, where that lies behind.
        let tomorrow = today(self.setting).checked_add_days(Days::new(1))?;
        days.iter()
            .find(|day| day.date <= tomorrow)
            .or_else(|| days.first())
            .cloned()
    }

    /// "03.09." and "09-03", of this year or the last.
    fn two_numbers(&self, at: usize, mark: char, a: Written, b: Written) -> Option<Day> {
        if a.width > 2 || self.term(at + 2)?.gap || self.term(at + 1)?.gap {
            return None;
        }
        let mut after = at + 3;
        after += usize::from(self.term(after).is_some_and(|t| t.is(mark) && !t.gap));
        let year = Written { value: 0, width: 2 };
        let ahead = guesses([a, b, year], self.setting);
        let by_language = ahead
            .iter()
            .find(|guess| guess.year.value == 0 && guess.year.width == 2)?;
        let (month, day) = match (self.setting.language, mark) {
            (Some(tag), '-' | '/' | '.')
                if ["zh", "ja", "ko", "hu", "lt"]
                    .iter()
                    .any(|l| tag.starts_with(l)) =>
            {
                (a.value, b.value)
            }
            _ => (by_language.month, by_language.day),
        };
        self.build(Parts {
            first: at,
            after,
            year: None,
            month,
            day: Some(day),
            calendar: Calendar::Gregorian,
            numeric: true,
            far_year: None,
        })
    }

    fn build(&self, parts: Parts) -> Option<Day> {
        let month = u8::try_from(parts.month)
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        let day = u8::try_from(parts.day.unwrap_or(1)).ok()?;
        let (date, year) = match parts.year {
            Some((written, era)) => {
                let year = year_of(written, era, parts.calendar, self.setting)?;
                let said = if written.width == 2 && era.is_none() {
                    YearSaid::InTwoDigits
                } else {
                    YearSaid::Fully
                };
                (parts.calendar.day(year, month, day)?, said)
            }
            None if parts.day.is_some() => (
                last(parts.calendar, month, day, self.setting)?,
                YearSaid::Not,
            ),
            None => return None,
        };
        let precision = if parts.day.is_some() {
            Precision::Day
        } else {
            Precision::Month
        };
        Some(Day {
            first: parts.first,
            after: parts.after,
            date,
            precision,
            year,
            numeric: parts.numeric,
            calendar: parts.calendar,
            far_year: parts.far_year,
        })
    }
}

fn month_of(term: &Term) -> Option<(Calendar, u8)> {
    term.find(|meaning| match meaning {
        Meaning::Month(calendar, number) => Some((calendar, number)),
        _ => None,
    })
}

fn era_of(term: &Term) -> Option<Era> {
    term.find(|meaning| match meaning {
        Meaning::Era(era) => Some(era),
        _ => None,
    })
}

/// What may stand between the parts of a date.
fn is_filler(term: &Term) -> bool {
    month_of(term).is_none()
        && term.any(|m| {
            matches!(
                m,
                Meaning::Link
                    | Meaning::YearMark
                    | Meaning::DayMark
                    | Meaning::DayWord
                    | Meaning::MonthWord
            )
        })
}

/// "3rd", "1er", "3º", "3-án".
fn is_glued_ordinal(term: &Term) -> bool {
    !term.gap
        && !term.is_mark()
        && term.width() == 0
        && term.bytes.len() <= 6
        && month_of(term).is_none()
}

pub(super) fn today(setting: &Setting) -> NaiveDate {
    setting.now.with_timezone(&setting.zone).date_naive()
}

/// The Gregorian or other year that was written.
fn year_of(
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
fn last(calendar: Calendar, month: u8, day: u8, setting: &Setting) -> Option<NaiveDate> {
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
