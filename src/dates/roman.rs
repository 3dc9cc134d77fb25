//! A day, a month in Roman numerals and a year → the day that they name: "3 IX 2024", "3.IX.24", "2024. IX. 3."

use super::calendars::Calendar;
use super::day::{Day, Line, Parts};
use super::lexicon::Meaning;
use super::order::Written;

/// Languages whose press numbers months so, or did; elsewhere "3 X 2024" between blanks may be three times.
const USERS: &[&str] = &[
    "pl", "hu", "ro", "it", "cs", "sk", "sl", "hr", "sr", "bs", "mk", "bg", "ru", "uk", "be", "lt",
    "lv", "et", "la", "eo", "eu", "ca", "es", "pt",
];

impl Line<'_> {
    /// The day around the Roman numeral that stands two marks or blanks behind the number at `at`.
    pub(super) fn roman(&self, at: usize) -> Option<Day> {
        let first = self.number(at, 4).filter(|_| self.is_whole(at))?;
        let (month_at, mark) = self.past_mark(at + 1);
        let term = self.term(month_at)?;
        let month = term.find(|meaning| match meaning {
            Meaning::Roman(month) => Some(month),
            _ => None,
        })?;
        let (last_at, second_mark) = self.past_mark(month_at + 1);
        let last = self.number(last_at, 4)?;
        let is_letter = term.bytes.len() == 1;
        let is_marked = mark.is_some() && mark == second_mark;
        if !is_marked && is_letter && !self.is_of_users() {
            return None;
        }
        let (day, year) = sorted(first, last, is_marked)?;
        let is_closed = self.term(last_at + 1).is_some_and(|term| term.is('.'));
        self.build(Parts {
            first: at,
            after: last_at + 1 + usize::from(is_closed && year.width == first.width),
            year: Some((year, None)),
            month: month.into(),
            day: Some(day),
            calendar: Calendar::Gregorian,
            numeric: false,
            far_year: None,
        })
    }

    /// The term at `at`, or the one behind it if that is a mark between the parts of a date, and the mark.
    fn past_mark(&self, at: usize) -> (usize, Option<char>) {
        let mark = ['.', '/', '-']
            .into_iter()
            .find(|mark| self.term(at).is_some_and(|term| term.is(*mark)));
        (at + usize::from(mark.is_some()), mark)
    }

    fn is_of_users(&self) -> bool {
        let tag = self.setting.language.unwrap_or_default();
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        USERS.iter().any(|user| user.eq_ignore_ascii_case(language))
    }
}

/// Which of two numbers is the day and which the year; one of two digits only `is_marked` ("3.IX.24").
fn sorted(first: Written, last: Written, is_marked: bool) -> Option<(u32, Written)> {
    let is_year = |number: Written| number.width == 4 || is_marked && number.width == 2;
    match (first.width, last.width) {
        (4, 1 | 2) => Some((last.value, first)),
        (1 | 2, _) if is_year(last) => Some((first.value, last)),
        _ => None,
    }
}
