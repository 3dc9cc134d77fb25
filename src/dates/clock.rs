//! Terms → the times of day among them.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::lexicon::{Half, Meaning};
use super::machine;
use super::terms::{Term, What};
use super::zones::{self, Zone};

/// A time of day, and which terms it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub first: usize,
    pub after: usize,
    pub hour: u32,
    pub minute: u32,
    /// Where seconds were written.
    pub second: Option<u32>,
    /// Whether a word or a half of the day says that this is a time.
    pub marked: bool,
    /// Whether minutes were written.
    pub minutes: bool,
    /// The terms of a zone behind it.
    pub zone: Option<ZoneTerm>,
}

/// How a zone was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ZoneTerm {
    /// As a name, with its number in the table of zones.
    Named(u8, String),
    /// As an offset.
    Offset(String),
}

impl ZoneTerm {
    /// What it means at `time` on a page of the zone `home`.
    pub fn meaning(&self, time: NaiveDateTime, home: Tz) -> Option<Zone> {
        match self {
            Self::Named(number, word) => zones::meaning(*number, word, time, home),
            Self::Offset(written) => machine::offset(written).map(Zone::Offset),
        }
    }
}

/// All times of day in `terms`, which stand in `text`; `taken` says which terms belong to something else.
pub(super) fn clocks(text: &str, terms: &[Term], taken: &[bool]) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let free = !taken.get(at).copied().unwrap_or(false);
        let low = clocks.last().map_or(0, |clock| clock.after);
        match free.then(|| clock(text, terms, at, low)).flatten() {
            Some(clock) if !overlaps(&clock, taken) => {
                at = clock.after;
                clocks.push(clock);
            }
            _ => at += 1,
        }
    }
    clocks
}

fn overlaps(clock: &Clock, taken: &[bool]) -> bool {
    (clock.first..clock.after).any(|at| taken.get(at).copied().unwrap_or(false))
}

/// The time whose hour is the number at `at`; nothing before `low` belongs to it.
fn clock(text: &str, terms: &[Term], at: usize, low: usize) -> Option<Clock> {
    let hour = terms.get(at)?.number(2).filter(|hour| *hour <= 24)?;
    if is_part_of_number(terms, at) {
        return None;
    }
    let before = before(terms, at, low);
    let (mut clock, strong) = by_colon(terms, at, hour)
        .map(|clock| (clock, true))
        .or_else(|| by_mark(terms, at, hour).map(|clock| (clock, true)))
        .or_else(|| by_point(terms, at, hour).map(|clock| (clock, false)))
        .or_else(|| Some((bare(at, hour), false)))?;
    clock.first = before.first;
    clock.marked |= before.is_clock;
    let mut behind = half_after(terms, &mut clock);
    hour_word(terms, &mut clock);
    behind = behind.or_else(|| half_after(terms, &mut clock));
    let half = before.half.or(behind);
    clock.marked |= half.is_some();
    clock.hour = with_half(clock.hour, half)?;
    zone(text, terms, &mut clock);
    // "11.08" is a time only where something says so, and "4" only before "pm": German writes "am 4. Mai".
    let said = strong
        || clock.minutes && clock.marked
        || behind.is_some() && is_alone(terms, at, clock.after);
    if !said {
        return None;
    }
    (clock.minute < 60 && clock.second.unwrap_or(0) < 61).then_some(clock)
}

/// A number that goes on to the left: "1.12:30" is no time, and neither is the second half of "3:12:30".
fn is_part_of_number(terms: &[Term], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| terms.get(at)) else {
        return false;
    };
    let glued = terms.get(at).is_some_and(|term| !term.gap) && !before.gap;
    let number = at
        .checked_sub(2)
        .and_then(|at| terms.get(at))
        .is_some_and(|t| t.width() > 0);
    before.is(':') && number || glued && before.is('.') && number || before.is('+')
}

/// Whether the hour at `at` is no end of a date ("9/3") and its half of the day, up to `after`, no beginning of "下午 3:31".
fn is_alone(terms: &[Term], at: usize, after: usize) -> bool {
    let glued = terms.get(at).is_some_and(|term| !term.gap);
    let before = at.checked_sub(1).and_then(|at| terms.get(at));
    let ends_date =
        glued && before.is_some_and(|term| term.is('/') || term.is('-') || term.is('.'));
    let begins = terms.get(after).is_some_and(|term| term.width() > 0)
        && terms.get(after + 1).is_some_and(|term| term.is(':'));
    !ends_date && !begins
}

/// "15.31" right behind a date needs nothing else to be a time.
pub(super) fn behind_date(text: &str, terms: &[Term], mut at: usize) -> Option<Clock> {
    while terms
        .get(at)
        .is_some_and(|term| term.is(',') || term.is('-') || term.is('|') || term.may(Meaning::Link))
    {
        at += 1;
    }
    let hour = terms.get(at)?.number(2).filter(|hour| *hour < 24)?;
    let mut clock = by_point(terms, at, hour)?;
    // "28.01. - 05.02." is a span of days.
    if terms
        .get(clock.after)
        .is_some_and(|term| term.is('.') && !term.gap)
    {
        return None;
    }
    zone(text, terms, &mut clock);
    Some(clock)
}

struct Before {
    first: usize,
    half: Option<Half>,
    is_clock: bool,
}

/// "at", "kl.", "下午" before the hour.
fn before(terms: &[Term], at: usize, low: usize) -> Before {
    let mut found = Before {
        first: at,
        half: None,
        is_clock: false,
    };
    let mut look = at;
    while let Some(term) = look
        .checked_sub(1)
        .filter(|at| *at >= low)
        .and_then(|at| terms.get(at))
    {
        look -= 1;
        if let Some(half) = half(term).filter(|_| found.half.is_none()) {
            // In Latin letters a half of the day before a time belongs to the time before.
            found.half = Some(half);
            found.first = look;
        } else if term.may(Meaning::AtClock) {
            found.is_clock = true;
            found.first = look;
        } else if !term.is('.') && !term.is(':') && !term.may(Meaning::Link) {
            break;
        }
    }
    found
}

/// The half of the day that a word says, unless it rather joins: Hungarian's "de." is "of" in half of Europe.
fn half(term: &Term) -> Option<Half> {
    term.find(|meaning| match meaning {
        Meaning::Half(half) => Some(Some(half)),
        Meaning::Link => Some(None),
        _ => None,
    })?
}

fn bare(at: usize, hour: u32) -> Clock {
    Clock {
        first: at,
        after: at + 1,
        hour,
        minute: 0,
        second: None,
        marked: false,
        minutes: false,
        zone: None,
    }
}

/// "15:31", "15:31:07", "15:31:07.250", "15: 31".
fn by_colon(terms: &[Term], at: usize, hour: u32) -> Option<Clock> {
    let minute = terms.get(at + 2)?.number(2)?;
    if !terms.get(at + 1)?.is(':') || terms.get(at + 2)?.width() != 2 {
        return None;
    }
    let mut clock = Clock {
        after: at + 3,
        minute,
        minutes: true,
        ..bare(at, hour)
    };
    if terms.get(at + 3).is_some_and(|term| term.is(':'))
        && let Some(second) = terms
            .get(at + 4)
            .filter(|t| t.width() == 2)
            .and_then(|t| t.number(2))
    {
        clock.second = Some(second);
        clock.after = at + 5;
        let fraction = terms.get(clock.after).is_some_and(|t| t.is('.') && !t.gap)
            && terms
                .get(clock.after + 1)
                .is_some_and(|t| t.width() > 0 && !t.gap);
        if fraction {
            clock.after += 2;
        }
    }
    Some(clock)
}

/// "15h31", "15 h", "20点15分", "15時31分7秒".
fn by_mark(terms: &[Term], at: usize, hour: u32) -> Option<Clock> {
    if !terms.get(at + 1)?.may(Meaning::HourMark) {
        return None;
    }
    let mut clock = Clock {
        after: at + 2,
        marked: true,
        ..bare(at, hour)
    };
    let Some(minute) = terms.get(at + 2).and_then(|term| term.number(2)) else {
        return Some(clock);
    };
    let is_marked = terms
        .get(at + 3)
        .is_some_and(|term| term.may(Meaning::MinuteMark));
    let is_tight = terms
        .get(at + 2)
        .is_some_and(|term| !term.gap || term.width() == 2)
        && !terms
            .get(at + 3)
            .is_some_and(|t| t.any(|m| matches!(m, Meaning::Month(..) | Meaning::MonthMark)));
    let is_minute = is_marked || is_tight && terms.get(at + 2).is_some_and(|t| t.width() == 2);
    if !is_minute {
        return Some(clock);
    }
    clock.minute = minute;
    clock.minutes = true;
    clock.after = at + 3 + usize::from(is_marked);
    if let Some(second) = terms.get(clock.after).and_then(|term| term.number(2))
        && terms
            .get(clock.after + 1)
            .is_some_and(|term| term.may(Meaning::SecondMark))
    {
        clock.second = Some(second);
        clock.after += 2;
    }
    Some(clock)
}

/// "11.08"
fn by_point(terms: &[Term], at: usize, hour: u32) -> Option<Clock> {
    let (point, minutes) = (terms.get(at + 1)?, terms.get(at + 2)?);
    let minute = minutes.number(2).filter(|minute| *minute < 60)?;
    if !point.is('.') || point.gap || minutes.gap || minutes.width() != 2 {
        return None;
    }
    // "11.08.2024" is a date.
    if terms.get(at + 3).is_some_and(|t| t.is('.') && !t.gap)
        && terms.get(at + 4).is_some_and(|t| t.width() > 0)
    {
        return None;
    }
    Some(Clock {
        after: at + 3,
        minute,
        minutes: true,
        ..bare(at, hour)
    })
}

fn half_after(terms: &[Term], clock: &mut Clock) -> Option<Half> {
    let mut at = clock.after;
    while terms
        .get(at)
        .is_some_and(|term| term.may(Meaning::Link) && half(term).is_none())
    {
        at += 1;
    }
    let half = half(terms.get(at)?)?;
    clock.after = at + 1;
    Some(half)
}

/// "Uhr", "h", "น." behind the time.
fn hour_word(terms: &[Term], clock: &mut Clock) {
    if terms
        .get(clock.after)
        .is_some_and(|term| term.may(Meaning::HourMark))
    {
        clock.after += 1;
        clock.marked = true;
        if terms.get(clock.after).is_some_and(|term| term.is('.')) {
            clock.after += 1;
        }
    }
}

fn with_half(hour: u32, half: Option<Half>) -> Option<u32> {
    match half {
        Some(Half::Am) if hour == 12 => Some(0),
        Some(Half::Pm) if hour < 12 => Some(hour + 12),
        // "noon, one o'clock" is 13; "noon, eleven" is 11.
        Some(Half::Noon) if hour <= 5 => Some(hour + 12),
        _ => Some(hour),
    }
}

/// "GMT+1", "+03:00", "(KST)", "EDT", "Z" behind the time.
fn zone(text: &str, terms: &[Term], clock: &mut Clock) {
    let mut at = clock.after;
    while terms
        .get(at)
        .is_some_and(|t| t.is('(') || t.is('.') || t.is(','))
    {
        at += 1;
    }
    let name = terms.get(at).and_then(|term| named_zone(text, term));
    let sign = at + usize::from(name.is_some());
    let offset = offset_terms(terms, sign, name.is_some());
    let after = match (&name, &offset) {
        (_, Some((_, after))) => *after,
        (Some(_), None) => at + 1,
        (None, None) => return,
    };
    clock.zone = offset
        .map(|(written, _)| ZoneTerm::Offset(written))
        .or(name);
    clock.after = after + usize::from(terms.get(after).is_some_and(|term| term.is(')')));
    clock.marked = true;
}

fn named_zone(text: &str, term: &Term) -> Option<ZoneTerm> {
    let number = term.find(|meaning| match meaning {
        Meaning::Zone(number) => Some(number),
        _ => None,
    })?;
    let word = text.get(term.bytes.clone())?;
    // "et" and "ist" are words of other languages; "ET" and "IST" are zones.
    let is_short = word.len() <= 5 && word.is_ascii();
    let is_name = !is_short
        || word.chars().all(|c| c.is_ascii_uppercase())
        || matches!(word, "gmt" | "utc" | "Gmt" | "Utc" | "z" | "tsi");
    is_name.then(|| ZoneTerm::Named(number, word.to_owned()))
}

/// A sign and hours, perhaps minutes. Without a zone's name they must have four digits: "15:31 - 3" is something else.
fn offset_terms(terms: &[Term], at: usize, named: bool) -> Option<(String, usize)> {
    let sign = match terms.get(at)?.what {
        What::Mark(sign @ ('+' | '-')) => sign,
        _ => return None,
    };
    let hours = terms.get(at + 1).filter(|term| !term.gap)?;
    let value = hours.number(4)?;
    if hours.width() == 4 {
        // "15:31-2024" is a date behind a time.
        return (value <= 1400 && value % 100 < 60).then(|| (format!("{sign}{value:04}"), at + 2));
    }
    let minutes = terms
        .get(at + 2)
        .filter(|t| t.is(':') && !t.gap)
        .and_then(|_| {
            terms
                .get(at + 3)
                .filter(|t| t.width() == 2 && !t.gap)?
                .number(2)
        });
    match minutes {
        Some(minutes) if hours.width() <= 2 => {
            Some((format!("{sign}{value:02}{minutes:02}"), at + 4))
        }
        None if named && hours.width() <= 2 => Some((format!("{sign}{value:02}"), at + 2)),
        _ => None,
    }
}
