//! A text and its setting → the date it is, or the first date in it.

use std::ops::Range;

use chrono::{Days, TimeDelta};

use super::Setting;
use super::calendars::Calendar;
use super::clock::{Clock, behind_date, clocks};
use super::day::{Day, Line, YearSaid, days};
use super::lexicon::{Meaning, language_of};
use super::moment::{Wall, on_day};
use super::order::usual;
use super::relative::{Ago, DayBack, ago, day_back};
use super::terms::{Term, What, terms};
use super::year::today;
use super::zones::Zone;
use crate::model::{Precision, When};

/// A clock may run ahead of ours by this before a bare time means yesterday's.
const AHEAD_MINUTES: i64 = 15;

/// All that a text says of time.
pub(super) struct Reader<'a> {
    setting: &'a Setting<'a>,
    terms: Vec<Term>,
    ago: Option<Ago>,
    day_back: Option<DayBack>,
    clocks: Vec<Clock>,
    days: Vec<Day>,
}

impl<'a> Reader<'a> {
    /// Takes `text` apart.
    pub fn new(text: &'a str, setting: &'a Setting<'a>) -> Self {
        let terms = terms(text, setting.language.and_then(language_of));
        let ago = ago(&terms, setting);
        let mut taken = vec![false; terms.len()];
        if let Some(ago) = &ago {
            take(&mut taken, ago.first..ago.after);
        }
        let mut clocks = clocks(text, &terms, &taken);
        for clock in &clocks {
            take(&mut taken, clock.first..clock.after);
        }
        let line = Line {
            terms: &terms,
            taken: &taken,
            setting,
            order: setting.order.unwrap_or_else(|| usual(setting)),
        };
        let mut days = days(&line);
        let day_back = day_back(&terms, setting);
        let ends = days.iter().map(|day| day.after);
        let ends: Vec<usize> = ends
            .chain(day_back.as_ref().map(|back| back.after))
            .collect();
        for clock in clocks_behind(&ends, text, &terms, &taken) {
            days.retain(|day| day.after <= clock.first || clock.after <= day.first);
            clocks.push(clock);
        }
        clocks.sort_by_key(|clock| clock.first);
        Self {
            setting,
            terms,
            ago,
            day_back,
            clocks,
            days,
        }
    }

    /// The date that the whole text is, but for a few words around it.
    pub fn whole(&self) -> Option<When> {
        let words = self.other_words();
        self.dated(words)
            .or_else(|| {
                self.ago
                    .as_ref()
                    .filter(|ago| words <= ago.room)
                    .map(|ago| ago.when)
            })
            .or_else(|| self.counted_back(words))
            .or_else(|| self.yearless(words))
            .or_else(|| self.time_of_today(words))
    }

    /// The first sure date, and where it stands.
    pub fn first(&self) -> Option<(Range<usize>, When)> {
        let day =
            self.best_day(|day| day.year == YearSaid::Fully && day.precision == Precision::Day);
        if let Some(day) = day {
            let clock = self.clock_near(day.first, day.after, 0);
            let when = self.place(day.date, day.precision, clock)?;
            let after = day.far_year.map_or(day.after, |at| at + 1);
            return Some((self.bytes(day.first, after, clock), when));
        }
        let ago = self.ago.as_ref().filter(|ago| {
            // A sentence may tell of something that happened three days ago; a line of facts is short.
            self.other_words() <= 8 && ago.after - ago.first > 1
        })?;
        Some((self.bytes(ago.first, ago.after, None), ago.when))
    }

    fn bytes(&self, first: usize, after: usize, clock: Option<&Clock>) -> Range<usize> {
        let first = clock.map_or(first, |clock| clock.first.min(first));
        let last = clock
            .map_or(after, |clock| clock.after.max(after))
            .saturating_sub(1);
        let start = self.terms.get(first).map_or(0, |term| term.bytes.start);
        let end = self.terms.get(last).map_or(start, |term| term.bytes.end);
        start..end.max(start)
    }

    fn dated(&self, words: usize) -> Option<When> {
        let day = self.best_day(|day| day.year != YearSaid::Not)?;
        let room = match (day.year, day.precision, day.numeric) {
            (_, Precision::Month, _) => 0,
            // "12.10.99" is a version as often as a day.
            (YearSaid::InTwoDigits, _, true) => 2,
            (YearSaid::InTwoDigits, ..) => 4,
            _ => 6,
        };
        let clock = self.clock_near(day.first, day.after, 3);
        (words <= room).then(|| self.place(day.date, day.precision, clock))?
    }

    /// The first day that `is` such; a Gregorian one goes before its name in another calendar.
    fn best_day(&self, is: impl Fn(&Day) -> bool) -> Option<&Day> {
        let mut all = self.days.iter().filter(|day| is(day));
        let exact = |day: &&Day| day.precision == Precision::Day;
        all.clone()
            .find(|day| day.calendar != Calendar::Hijri && exact(day))
            .or_else(|| all.clone().find(exact))
            .or_else(|| all.next())
    }

    fn counted_back(&self, words: usize) -> Option<When> {
        let back = self.day_back.as_ref()?;
        let clock = self.clock_near(back.first, back.after, 2);
        let room = if clock.is_some() { 2 } else { 0 };
        (words <= room).then(|| self.place(back.day, Precision::Day, clock))?
    }

    fn yearless(&self, words: usize) -> Option<When> {
        let day = self.days.iter().find(|day| day.year == YearSaid::Not)?;
        let clock = self.clock_near(day.first, day.after, 2);
        let room = match (day.numeric, clock.is_some()) {
            // "03/09" alone may be a page, a score or a fraction.
            (true, false) if !self.has_label() => return None,
            (true, _) => 0,
            // "Top 10 of May" is none.
            (false, false) => usize::from(self.has_label()),
            (false, true) => 3,
        };
        (words <= room).then(|| self.place(day.date, day.precision, clock))?
    }

    /// "Stand: 20:03 Uhr": today, or yesterday where that lies ahead.
    fn time_of_today(&self, words: usize) -> Option<When> {
        let clock = self.clocks.first().filter(|_| self.clocks.len() == 1)?;
        // "4:11" is a film's length.
        let is_time =
            clock.minutes && (clock.marked && self.has_colon_or_point(clock) || self.has_label());
        if words > 0 || !is_time {
            return None;
        }
        let today = today(self.setting);
        let when = self.place(today, Precision::Day, Some(clock))?;
        let latest = self
            .setting
            .now
            .checked_add_signed(TimeDelta::minutes(AHEAD_MINUTES))?;
        if when.utc() <= latest {
            return Some(when);
        }
        self.place(
            today.checked_sub_days(Days::new(1))?,
            Precision::Day,
            Some(clock),
        )
    }

    fn has_colon_or_point(&self, clock: &Clock) -> bool {
        self.terms
            .get(clock.first..clock.after)
            .is_some_and(|terms| terms.iter().any(|term| term.is(':') || term.is('.')))
    }

    fn has_label(&self) -> bool {
        self.terms.iter().any(|term| term.may(Meaning::Label))
    }

    /// The time that goes with the terms `first..after`: the next behind them, else the last before, with at most `room`
    /// strange words and no other date between.
    fn clock_near(&self, first: usize, after: usize, room: usize) -> Option<&Clock> {
        let behind = self.clocks.iter().find(|clock| clock.first >= after);
        let before = self.clocks.iter().rev().find(|clock| clock.after <= first);
        behind
            .filter(|clock| self.are_near(after, clock.first, room))
            .or_else(|| before.filter(|clock| self.are_near(clock.after, first, room)))
    }

    fn are_near(&self, from: usize, to: usize, room: usize) -> bool {
        let between = self.terms.get(from..to).unwrap_or_default();
        let words = between.iter().filter(|term| is_strange(term)).count();
        let dated = self
            .days
            .iter()
            .any(|day| from <= day.first && day.after <= to && from < day.after);
        words <= room && !dated
    }

    fn place(
        &self,
        date: chrono::NaiveDate,
        precision: Precision,
        clock: Option<&Clock>,
    ) -> Option<When> {
        let Some(clock) = clock else {
            let wall = Wall {
                time: on_day(date, 0, 0, 0)?,
                precision,
            };
            return wall.in_zone(self.setting.zone);
        };
        let precision = if clock.second.is_some() {
            Precision::Second
        } else {
            Precision::Minute
        };
        let time = on_day(date, clock.hour, clock.minute, clock.second.unwrap_or(0))?;
        let wall = Wall { time, precision };
        let zone = clock
            .zone
            .as_ref()
            .and_then(|zone| zone.meaning(time, self.setting.zone));
        match zone {
            Some(Zone::Offset(offset)) => wall.at_offset(offset),
            Some(Zone::Place(place)) => wall.in_zone(place),
            None => wall.in_zone(self.setting.zone),
        }
    }

    /// How many words and numbers belong to no date.
    fn other_words(&self) -> usize {
        let mut used = vec![false; self.terms.len()];
        if let Some(ago) = &self.ago {
            take(&mut used, ago.first..ago.after);
        }
        if let Some(back) = &self.day_back {
            take(&mut used, back.first..back.after);
        }
        self.clocks
            .iter()
            .for_each(|clock| take(&mut used, clock.first..clock.after));
        for day in &self.days {
            take(&mut used, day.first..day.after);
            take(&mut used, day.far_year.map_or(0..0, |at| at..at + 1));
        }
        self.terms
            .iter()
            .zip(used)
            .filter(|(term, used)| !used && is_strange(term))
            .count()
    }
}

/// The times that only their place behind a date makes such, at one of the `ends` of dates.
fn clocks_behind(ends: &[usize], text: &str, terms: &[Term], taken: &[bool]) -> Vec<Clock> {
    let is_free = |clock: &Clock| {
        let own = taken.get(clock.first..clock.after);
        !own.is_some_and(|own| own.contains(&true))
    };
    ends.iter()
        .filter_map(|end| behind_date(text, terms, *end))
        .filter(is_free)
        .collect()
}

fn take(taken: &mut [bool], range: Range<usize>) {
    if let Some(taken) = taken.get_mut(range) {
        taken.fill(true);
    }
}

/// A word that has nothing to do with dates, or a number that is none of one.
fn is_strange(term: &Term) -> bool {
    match &term.what {
        What::Unknown | What::Number { .. } => true,
        What::Mark(mark) => matches!(mark, '©' | '®' | '%' | '$' | '€' | '£' | '°'),
        What::Known(meanings) => !meanings.iter().any(|meaning| {
            matches!(
                meaning,
                Meaning::Weekday
                    | Meaning::Link
                    | Meaning::Label
                    | Meaning::AtClock
                    | Meaning::Era(_)
                    | Meaning::YearMark
                    | Meaning::DayMark
                    | Meaning::DayWord
                    | Meaning::WeekdayWord
            )
        }),
    }
}
