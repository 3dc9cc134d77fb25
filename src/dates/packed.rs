//! Six digits that are all a text says, "240903" → the day that they name, where that is not long ago.

use chrono::Days;

use super::calendars::Calendar;
use super::day::{Day, Line, Parts};
use super::lexicon::Meaning;
use super::order::Written;
use super::year::today;

/// Of all numbers of six digits, this many are believed to be days. Those of older days would more often be the number of
/// an article, of a district or of readers than a day, since lists that write so show what is new.
const MOST_DAYS_BACK: u64 = 366;

impl Line<'_> {
    /// The day that the number at `at` is, if nothing but labels and brackets stands beside it.
    pub(super) fn packed(&self, at: usize) -> Option<Day> {
        let number = self.number(at, 6).filter(|number| number.width == 6)?;
        let is_alone = (0..self.terms.len()).all(|other| other == at || self.is_bracket(other));
        // Iran's lists would write so in the calendar of Iran, and print numbers of articles more often.
        let is_iranian = self
            .setting
            .language
            .is_some_and(|tag| tag.starts_with("fa") || tag.starts_with("ps"));
        if !is_alone || is_iranian {
            return None;
        }
        let day = self.build(Parts {
            first: at,
            after: at + 1,
            year: Some((
                Written {
                    value: number.value / 10_000,
                    width: 2,
                },
                None,
            )),
            month: number.value / 100 % 100,
            day: Some(number.value % 100),
            calendar: Calendar::Gregorian,
            numeric: true,
            far_year: None,
        })?;
        let today = today(self.setting);
        let earliest = today.checked_sub_days(Days::new(MOST_DAYS_BACK))?;
        let latest = today.checked_add_days(Days::new(1))?;
        (earliest..=latest).contains(&day.date).then_some(day)
    }

    /// Whether the term at `at` may stand beside such a day: a time, a label, a bracket.
    fn is_bracket(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
            || self.terms.get(at).is_some_and(|term| {
                term.may(Meaning::Label)
                    || ['[', ']', '(', ')', ':', '|', ',']
                        .iter()
                        .any(|mark| term.is(*mark))
            })
    }
}
