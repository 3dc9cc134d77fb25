//! Dates without a zone, or with one that is not theirs → the moments they mean, by what other places tell of them.

use std::sync::LazyLock;

use chrono::{FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use chrono_tz::Tz;
use regex::Regex;

use super::super::pattern;
use super::{Told, Witness};
use crate::dates::Setting;
use crate::model::{Precision, When};

/// A moment that was told in UTC, by the clock of those who live with the site: the day of an evening's news is theirs.
pub fn by_clock(when: When, zone: Tz) -> When {
    // Midnight in UTC is how some programs write a day, which another clock would make the day before.
    let is_day = when.precision <= Precision::Day || when.at.time() == NaiveTime::MIN;
    if is_day || when.at.offset().local_minus_utc() != 0 {
        return when;
    }
    When {
        at: when.at.with_timezone(&zone).fixed_offset(),
        precision: when.precision,
    }
}

/// A moment that was told in UTC, by the clock that the page prints beside it: the same minute, some quarters of an hour apart.
pub fn by_printed_clock(when: When, told: &[Told]) -> When {
    if when.precision <= Precision::Day || when.at.offset().local_minus_utc() != 0 {
        return when;
    }
    let minute = |clock: NaiveDateTime| clock.and_utc().timestamp().div_euclid(60);
    let moment = minute(when.at.naive_utc());
    let offset = told
        .iter()
        .filter(|other| other.witness == Witness::Page && !other.zoned)
        .filter(|other| other.when.precision > Precision::Day)
        .map(|other| minute(other.when.at.naive_local()) - moment)
        .filter(|minutes| minutes % 15 == 0 && minutes.abs() <= FURTHEST_ZONE)
        .find_map(|minutes| FixedOffset::east_opt(i32::try_from(minutes * 60).ok()?));
    When {
        at: offset.map_or(when.at, |offset| when.at.with_timezone(&offset)),
        ..when
    }
}

/// No clock is so many minutes from UTC's.
const FURTHEST_ZONE: i64 = 14 * 60;

/// The moment that another place tells, where `first` is the site's own clock at that moment, written as if it were UTC's.
pub fn clock_as_utc(first: Told, told: &[Told], setting: &Setting<'_>) -> Told {
    let is_utc = |told: &Told| {
        told.zoned
            && told.when.precision > Precision::Day
            && told.when.at.offset().local_minus_utc() == 0
    };
    let clock = |told: &Told| told.when.at.with_timezone(&setting.zone).naive_local();
    told.iter()
        .filter(|other| is_utc(&first) && is_utc(other) && other.when.at != first.when.at)
        .find(|other| clock(other) == first.when.at.naive_utc())
        .copied()
        .unwrap_or(first)
}

/// `first`, or another that writes an offset to the same clock.
///
/// Some programs write their own clock and call it UTC, or write no zone. Where another place shows the same hour and
/// minute with an offset, that offset is the truth.
pub fn zoned_by_others(first: Told, told: &[Told]) -> Told {
    let wall = |told: &Told| told.when.at.naive_local().with_second(0);
    let same_wall = |other: &&Told| {
        other.zoned && wall(other) == wall(&first) && other.when.at.time() != NaiveTime::MIN
    };
    let offset = |told: &Told| told.when.at.offset().local_minus_utc();
    if !first.zoned || offset(&first) == 0 {
        if let Some(other) = told
            .iter()
            .filter(same_wall)
            .find(|other| offset(other) != 0)
        {
            return *other;
        }
        if let Some(other) = told.iter().find(same_wall) {
            return if first.zoned { first } else { *other };
        }
    }
    if first.when.precision > Precision::Day && offset(&first) != 0 {
        return Told {
            when: zoneless(first, told),
            ..first
        };
    }
    first
}

/// A moment without a zone is either the site's clock or UTC, and some programs write UTC's clock with the site's offset:
/// another place that names the same moment with its zone tells.
fn zoneless(first: Told, told: &[Told]) -> When {
    let as_utc = When {
        at: first.when.at.naive_local().and_utc().fixed_offset(),
        precision: first.when.precision,
    };
    let agrees = |when: &When| {
        told.iter().any(|other| {
            // The same hour with another zone is no other word on the moment.
            let offset = other.when.at.offset().local_minus_utc();
            other.zoned
                && (!first.zoned || offset != 0)
                && other.witness != first.witness
                && other.when.precision > Precision::Day
                && (other.when.at - when.at).abs() < TimeDelta::minutes(1)
        })
    };
    if agrees(&as_utc) && !agrees(&first.when) {
        as_utc
    } else {
        first.when
    }
}

/// Seven decimals and no zone are how .NET writes a moment in UTC.
pub fn in_utc_if_dotnet(text: &str, when: When, setting: &Setting<'_>) -> When {
    static SEVEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"T\d\d:\d\d:\d\d\.\d{7}$"));
    if !SEVEN.is_match(text) {
        return when;
    }
    let utc = when.at.naive_local().and_utc();
    When {
        at: utc.with_timezone(&setting.zone).fixed_offset(),
        precision: when.precision,
    }
}
