//! Terms → the days that they name.

use chrono::NaiveDate;

use super::Setting;
use super::calendars::{Calendar, Era};
use super::lexicon::Meaning;
use super::order::{Order, Written};
use super::terms::Term;
use super::year::{last, year_of};
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

/// All days that the terms of `line` name.
pub(super) fn days(line: &Line) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut at = 0;
    while at < line.terms.len() {
        let low = days.last().map_or(0, |day| day.after);
        match line
            .named(at, low)
            .or_else(|| line.counted(at, low))
            .or_else(|| line.numeric(at, low))
            .or_else(|| line.roman(at))
            .or_else(|| line.packed(at))
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

/// The terms of a text, and what is known of its page.
pub(super) struct Line<'a> {
    pub terms: &'a [Term],
    /// Which terms belong to something else.
    pub taken: &'a [bool],
    pub setting: &'a Setting<'a>,
    pub order: Order,
}

/// The parts of a date before they are known to be one.
pub(super) struct Parts {
    pub first: usize,
    pub after: usize,
    pub year: Option<(Written, Option<Era>)>,
    pub month: u32,
    pub day: Option<u32>,
    pub calendar: Calendar,
    pub numeric: bool,
    pub far_year: Option<usize>,
}

impl Line<'_> {
    pub(super) fn term(&self, at: usize) -> Option<&Term> {
        self.terms
            .get(at)
            .filter(|_| !self.taken.get(at).copied().unwrap_or(false))
    }

    pub(super) fn number(&self, at: usize, width: usize) -> Option<Written> {
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
        self.find_year(&mut parts, at, low);
        self.build(parts)
    }

    /// Gives a date around the name of a month at `month` its year: behind it, before it, or behind the time.
    fn find_year(&self, parts: &mut Parts, month: usize, low: usize) {
        let found = self
            .right_year(parts.after, parts.first < month)
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

    /// The month at `at`; a word that is also a weekday ("mar", "sat") is one only where no other name of a month stands, and
    /// no numeric date behind it.
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
        let numeric = || (at + 1..at + 3).any(|next| self.numeric(next, at + 1).is_some());
        (!is_weekday || !(other() || numeric())).then_some(month)
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
    pub(super) fn is_whole(&self, at: usize) -> bool {
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
        from: usize,
        day_before: bool,
    ) -> Option<(Written, Option<Era>, usize, usize)> {
        let (at, mut era, quoted) = self.before_right_year(from)?;
        let year = self.number(at, 4)?;
        let short = year.width == 2 && (quoted || day_before) && !self.month_follows(at + 1);
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

    /// Past what may stand between a date and its year from `from` on: where that ends, the era it names, and whether an
    /// apostrophe stands for the century.
    fn before_right_year(&self, from: usize) -> Option<(usize, Option<Era>, bool)> {
        let mut at = from;
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
        Some((at, era, quoted))
    }

    /// Whether the number before `at` is the day of another month: "23 May – 28 September 2025".
    fn month_follows(&self, mut at: usize) -> bool {
        while self.term(at).is_some_and(|t| t.is('.') || is_filler(t)) {
            at += 1;
        }
        self.term(at).is_some_and(|term| month_of(term).is_some())
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

    pub(super) fn build(&self, parts: Parts) -> Option<Day> {
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

pub(super) fn era_of(term: &Term) -> Option<Era> {
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
