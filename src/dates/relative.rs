//! Terms → the moment that "3 hours ago" or "yesterday" means.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::Setting;
use super::lexicon::{Meaning, Unit};
use super::terms::Term;
use crate::model::{Precision, When};

/// A moment so long before now, and which terms say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ago {
    pub first: usize,
    pub after: usize,
    pub when: When,
    /// How many words may stand around it that have nothing to do with dates.
    pub room: usize,
}

/// A day counted back from today, and which term says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayBack {
    pub first: usize,
    pub after: usize,
    pub day: NaiveDate,
}

/// Nobody counts further back than a century of hours; a larger number is something else.
const MOST_UNITS: u32 = 5_000;

/// The first "3 hours ago" in `terms`.
pub(super) fn ago(terms: &[Term], setting: &Setting) -> Option<Ago> {
    (0..terms.len()).find_map(|at| now(terms, at, setting).or_else(|| ago_at(terms, at, setting)))
}

fn now(terms: &[Term], at: usize, setting: &Setting) -> Option<Ago> {
    if !terms.get(at)?.may(Meaning::Now) {
        return None;
    }
    let at_now = setting.now.with_timezone(&setting.zone).fixed_offset();
    let when = When {
        at: at_now,
        precision: Precision::Minute,
    };
    Some(Ago {
        first: at,
        after: at + 1,
        when,
        room: 0,
    })
}

fn ago_at(terms: &[Term], first: usize, setting: &Setting) -> Option<Ago> {
    let said_before = terms.get(first)?.may(Meaning::AgoBefore);
    let mut at = first + usize::from(said_before);
    at = skip_links(terms, at);
    let (parts, after) = parts(terms, at, said_before)?;
    let ago_after = skip_links(terms, after);
    let said_behind = terms
        .get(ago_after)
        .is_some_and(|term| term.may(Meaning::AgoAfter));
    // Hungarian says "ago" with the ending of the unit.
    let said_within = terms
        .get(after.saturating_sub(1))
        .is_some_and(|term| term.may(Meaning::AgoAfter));
    if !(said_before || said_behind || said_within) {
        return None;
    }
    let when = back(&parts, setting)?;
    let after = if said_behind { ago_after + 1 } else { after };
    let counted = terms.get(first..after)?.iter().any(is_counted);
    // "Seit Jahren" and "for 24 hours" stand in prose; few words but "ago" stand behind a count.
    let room = match (counted, said_behind) {
        (false, _) => 0,
        (true, false) => 2,
        (true, true) => 4,
    };
    Some(Ago {
        first,
        after,
        when,
        room,
    })
}

fn skip_links(terms: &[Term], mut at: usize) -> usize {
    while terms
        .get(at)
        .is_some_and(|term| term.is('.') || term.is('-') || is_plain_link(term))
    {
        at += 1;
    }
    at
}

fn is_plain_link(term: &Term) -> bool {
    term.may(Meaning::Link) && !term.any(|m| matches!(m, Meaning::Number(_) | Meaning::Unit(..)))
}

/// "1 hour and 20 minutes": counts and units in a row, and where they end.
fn parts(terms: &[Term], mut at: usize, said_before: bool) -> Option<(Vec<(u32, Unit)>, usize)> {
    let mut parts = Vec::new();
    while parts.len() < 3 {
        let comma = terms.get(at).is_some_and(|term| term.is(','));
        let start = if parts.is_empty() {
            at
        } else {
            skip_links(terms, at + usize::from(comma))
        };
        let Some((part, after)) = part(terms, start, said_before || parts.is_empty()) else {
            break;
        };
        parts.push(part);
        at = after;
    }
    (!parts.is_empty()).then_some((parts, at))
}

fn part(terms: &[Term], at: usize, may_be_bare: bool) -> Option<((u32, Unit), usize)> {
    let term = terms.get(at)?;
    let count = term.number(4).or_else(|| number_word(term));
    if let Some(count) = count.filter(|count| *count <= MOST_UNITS) {
        let mut next = at + 1;
        while terms
            .get(next)
            .is_some_and(|t| t.is('.') || t.is('+') || t.is('-'))
        {
            next += 1;
        }
        if let Some((unit, own)) = terms.get(next).and_then(unit) {
            return Some(((count * own.max(1), unit), next + 1));
        }
    }
    // A unit that says its own number, or that stands alone for one: "منذ ساعتين", "час назад".
    let (unit, own) = unit(term)?;
    // Burmese and others put the number behind the unit.
    if own == 0
        && let Some(count) = terms
            .get(at + 1)
            .and_then(|t| t.number(3).or_else(|| number_word(t)))
    {
        return Some(((count, unit), at + 2));
    }
    (may_be_bare || own > 0).then_some(((own.max(1), unit), at + 1))
}

fn is_counted(term: &Term) -> bool {
    term.width() > 0 || number_word(term).is_some() || unit(term).is_some_and(|(_, own)| own > 0)
}

fn number_word(term: &Term) -> Option<u32> {
    term.find(|meaning| match meaning {
        Meaning::Number(number) => Some(number.into()),
        _ => None,
    })
}

fn unit(term: &Term) -> Option<(Unit, u32)> {
    term.find(|meaning| match meaning {
        Meaning::Unit(unit, own) => Some((unit, own.into())),
        _ => None,
    })
}

fn back(parts: &[(u32, Unit)], setting: &Setting) -> Option<When> {
    let mut at: DateTime<Tz> = setting.now.with_timezone(&setting.zone);
    let mut precision = Precision::Year;
    for (count, unit) in parts {
        at = step(at, *count, *unit)?;
        precision = precision.max(said(*unit));
    }
    Some(When {
        at: at.fixed_offset(),
        precision,
    })
}

/// Days are 24 hours here: sites count them so.
fn step(at: DateTime<Tz>, count: u32, unit: Unit) -> Option<DateTime<Tz>> {
    let many = i64::from(count);
    let delta = match unit {
        Unit::Second => TimeDelta::seconds(many),
        Unit::Minute => TimeDelta::minutes(many),
        Unit::Hour => TimeDelta::hours(many),
        Unit::Day => TimeDelta::days(many),
        Unit::Week => TimeDelta::weeks(many),
        Unit::Month => return at.checked_sub_months(Months::new(count)),
        Unit::Year => return at.checked_sub_months(Months::new(count.checked_mul(12)?)),
    };
    at.checked_sub_signed(delta)
}

fn said(unit: Unit) -> Precision {
    match unit {
        Unit::Second => Precision::Second,
        Unit::Minute => Precision::Minute,
        Unit::Hour => Precision::Hour,
        Unit::Day | Unit::Week => Precision::Day,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
    }
}

/// The first "yesterday" in `terms`.
pub(super) fn day_back(terms: &[Term], setting: &Setting) -> Option<DayBack> {
    let today = setting.now.with_timezone(&setting.zone).date_naive();
    terms.iter().enumerate().find_map(|(at, term)| {
        let back = term.find(|meaning| match meaning {
            Meaning::DaysBack(days) => Some(u64::from(days)),
            _ => None,
        })?;
        let day = today.checked_sub_days(Days::new(back))?;
        Some(DayBack {
            first: at,
            after: at + 1,
            day,
        })
    })
}
