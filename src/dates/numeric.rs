//! Three numbers between two of the same marks → the day that they name.

use chrono::Days;

use super::calendars::{Calendar, Era};
use super::day::{Day, Line, Parts, era_of};
use super::lexicon::Meaning;
use super::order::{Written, calendar_of, guesses};
use super::year::today;

impl Line<'_> {
    /// Three numbers between two of the same marks.
    pub(super) fn numeric(&self, at: usize, low: usize) -> Option<Day> {
        let a = self.number(at, 4)?;
        if !self.is_whole(at) || self.is_glued_to_word(at) {
            return None;
        }
        let mark = ['.', '/', '-']
            .into_iter()
            .find(|m| self.term(at + 1).is_some_and(|t| t.is(*m)))?;
        let b = self.number(at + 2, 2)?;
        let Some(c) = self.third(at, mark) else {
            return self.two_numbers(at, mark, a, b);
        };
        if self.goes_on(at + 5, mark) {
            return None;
        }
        let era = at
            .checked_sub(1)
            .filter(|b| *b >= low)
            .and_then(|b| era_of(self.term(b)?));
        // "1.2.3" is a version, but "R6.9.3" a day of Reiwa.
        let is_version = || a.width == 1 && c.width == 1;
        if era.is_none() && (is_version() || self.count_something_else([a, b, c], mark, at..at + 5))
        {
            return None;
        }
        // What an era stands before is a year.
        let year = Written {
            width: if era.is_some() { 4 } else { a.width },
            ..a
        };
        let first = at - usize::from(era.is_some());
        self.best_guess([year, b, c], era, first, self.past_year_marks(at + 5))
    }

    /// The last of the three numbers that begin at `at`.
    fn third(&self, at: usize, mark: char) -> Option<Written> {
        self.term(at + 3)
            .filter(|t| t.is(mark))
            .and_then(|_| self.number(at + 4, 4))
    }

    /// "1.2.3.4" and "1-2-3-4" are other things.
    fn goes_on(&self, after: usize, mark: char) -> bool {
        self.term(after).is_some_and(|t| t.is(mark) && !t.gap)
            && self
                .term(after + 1)
                .is_some_and(|t| t.width() > 0 && !t.gap)
    }

    fn past_year_marks(&self, mut after: usize) -> usize {
        while self
            .term(after)
            .is_some_and(|t| t.is('.') || t.may(Meaning::YearMark) && !t.gap)
        {
            after += 1;
        }
        after
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
        let days: Vec<Day> = guesses(numbers, self.order, self.setting)
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

    /// "3/9 2024" and "3/9-2024".
    fn year_apart(&self, at: usize, a: Written, b: Written) -> Option<Day> {
        let mark = at + 3;
        let year = mark + usize::from(self.term(mark)?.is('-'));
        let written = self.number(year, 4).filter(|year| year.width == 4)?;
        let is_day = self.term(at + 1)?.is('/') && self.is_whole(at);
        is_day.then(|| self.best_guess([a, b, written], None, at, year + 1))?
    }

    /// "03.09." and "09-03", of this year or the last.
    fn two_numbers(&self, at: usize, mark: char, a: Written, b: Written) -> Option<Day> {
        if a.width > 2 || self.term(at + 2)?.gap || self.term(at + 1)?.gap {
            return None;
        }
        let mut after = at + 3;
        after += usize::from(self.term(after).is_some_and(|t| t.is(mark) && !t.gap));
        if let Some(day) = self.year_apart(at, a, b) {
            return Some(day);
        }
        let year = Written { value: 0, width: 2 };
        let ahead = guesses([a, b, year], self.order, self.setting);
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
}
