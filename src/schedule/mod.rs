//! The past of a section → when it is polled next; the past of an article → when it is read again.
//!
//! Chance comes in as a value, as time does: `chance` is a number from 0 to 1 that spreads what would else happen at
//! one instant.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Health, SectionState};

/// How much slower than configured a section without news is asked at most: a reader still learns of the first news
/// after a month's silence within four intervals.
const MOST_SLOWING: u32 = 4;

/// A section without news is asked after a part of the time for which it has been silent, one in so many: at an interval
/// of 15 minutes it is asked as configured for 6 hours, and four times slower after a day.
const PARTS_OF_SILENCE: u32 = 24;

/// What chance adds to a usual interval at most, one part in so many, so that sections drift apart.
const PARTS_OF_DRIFT: f64 = 10.0;

/// First wait after a failure, where the interval is longer: a section asked once a day should not miss a day for one
/// lost connection.
const FIRST_RETRY: Duration = Duration::from_secs(3600);

/// Longest wait after failures, where the site itself does not ask for more: a site that was down for a month is noticed
/// again within a day.
const LONGEST_RETRY: Duration = Duration::from_secs(24 * 3600);

/// Longest time that is believed of a remembered date: the longest that a site may ask for, two days, and some drift.
/// A longer one comes from a clock that was wrong.
const LONGEST_WAIT: Duration = Duration::from_secs(3 * 24 * 3600);

/// Over how long the first polls after a start are spread, where the interval is not shorter.
const SPREAD: Duration = Duration::from_secs(60);

/// At which ages an article is read again for corrections: most are made within the hour, few after two days.
const RECHECK_AGES: [Duration; 6] = [
    Duration::from_secs(15 * 60),
    Duration::from_secs(3600),
    Duration::from_secs(4 * 3600),
    Duration::from_secs(12 * 3600),
    Duration::from_secs(24 * 3600),
    Duration::from_secs(48 * 3600),
];

/// When to ask again for a section whose poll has just ended and is noted in `state`.
///
/// After a good poll: at its usual interval, slower where it has long had nothing new, never faster. After a failure:
/// later from time to time, and not before the site's own `retry_after`.
pub fn next_poll(
    state: &SectionState,
    interval: Duration,
    retry_after: Option<Duration>,
    now: DateTime<Utc>,
    chance: f64,
) -> DateTime<Utc> {
    let chance = part(chance);
    let wait = match state.health {
        // A section whose list is doubted answers all the same.
        Health::Ailing { failures, .. } if failures > 0 => back_off(interval, failures, chance),
        Health::Ailing { .. } | Health::New | Health::Well => scaled(
            usual(interval, silence(state, now)),
            1.0 + chance / PARTS_OF_DRIFT,
        ),
    };
    later(now, wait.max(retry_after.unwrap_or_default()))
}

/// When to ask first for a section after a start: as was planned, or soon where that has passed or was never planned.
///
/// `place` says where among all sections it stands, from 0 for the first to 1: those that are overdue follow each other
/// instead of starting at one instant.
pub fn first_poll(
    state: &SectionState,
    interval: Duration,
    now: DateTime<Utc>,
    place: f64,
) -> DateTime<Utc> {
    let longest = match state.health {
        Health::Ailing { .. } => LONGEST_WAIT,
        // The configuration may have become more frequent since.
        Health::New | Health::Well => interval.saturating_mul(MOST_SLOWING),
    };
    match state.next_poll {
        Some(planned) if planned > now => planned.min(later(now, longest)),
        _ => later(now, scaled(SPREAD.min(interval), part(place))),
    }
}

/// When an article that dates from `since` and was last read at `last_read` is read again for corrections; never where it
/// is older than `window` by then.
///
/// A rhythm that slows with its age, without an age that comes up soon after the last read.
pub fn recheck_at(
    since: DateTime<Utc>,
    last_read: DateTime<Utc>,
    window: Duration,
) -> Option<DateTime<Utc>> {
    RECHECK_AGES
        .iter()
        .filter(|age| **age <= window)
        .map(|age| (later(since, *age), *age))
        .find(|(at, age)| *at >= later(last_read, *age / 2))
        .map(|(at, _)| at)
}

/// How long a section has had nothing new; no time for one that never had.
fn silence(state: &SectionState, now: DateTime<Utc>) -> Duration {
    state
        .last_new
        .and_then(|last| (now - last).to_std().ok())
        .unwrap_or_default()
}

fn usual(interval: Duration, silence: Duration) -> Duration {
    (silence / PARTS_OF_SILENCE).clamp(interval, interval.saturating_mul(MOST_SLOWING))
}

/// Twice as long after each failure, less a part by chance, so that the sections of a site that came back do not return
/// to it at one instant.
fn back_off(interval: Duration, failures: u32, chance: f64) -> Duration {
    let first = interval.min(FIRST_RETRY);
    let doubled = first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    let longest = LONGEST_RETRY.max(interval);
    scaled(doubled.min(longest), 0.75 + chance / 4.0).max(first)
}

/// `number` as a part of a whole, from 0 to 1, whatever it was.
fn part(number: f64) -> f64 {
    if number > 0.0 { number.min(1.0) } else { 0.0 }
}

fn scaled(wait: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(wait.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}

/// `wait` after `start`; where no such date exists, the last that does.
fn later(start: DateTime<Utc>, wait: Duration) -> DateTime<Utc> {
    TimeDelta::from_std(wait)
        .ok()
        .and_then(|wait| start.checked_add_signed(wait))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    const DAY: Duration = Duration::from_secs(24 * 3600);

    fn now() -> DateTime<Utc> {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn wait(
        state: &SectionState,
        interval: Duration,
        asked: Option<Duration>,
        chance: f64,
    ) -> Duration {
        (next_poll(state, interval, asked, now(), chance) - now())
            .to_std()
            .unwrap()
    }

    fn silent_for(silence: Option<Duration>) -> SectionState {
        SectionState {
            last_new: silence.map(|silence| now() - silence),
            health: Health::Well,
            ..SectionState::default()
        }
    }

    fn failed(failures: u32) -> SectionState {
        let reason = "https://a.example/ timed out".to_owned();
        SectionState {
            health: Health::Ailing {
                reason,
                since: now(),
                failures,
            },
            ..SectionState::default()
        }
    }

    #[test]
    fn a_section_is_asked_at_its_interval_and_slower_when_it_is_long_silent() {
        for (interval, silence, chance, expected) in [
            (15 * MINUTE, None, 0.0, 15 * MINUTE),
            (15 * MINUTE, Some(Duration::ZERO), 0.0, 15 * MINUTE),
            (15 * MINUTE, Some(6 * HOUR), 0.0, 15 * MINUTE),
            (15 * MINUTE, Some(12 * HOUR), 0.0, 30 * MINUTE),
            (15 * MINUTE, Some(DAY), 0.0, HOUR),
            (15 * MINUTE, Some(300 * DAY), 0.0, HOUR),
            (6 * HOUR, Some(5 * DAY), 0.0, 6 * HOUR),
            (6 * HOUR, Some(12 * DAY), 0.0, 12 * HOUR),
            (10 * MINUTE, None, 1.0, 11 * MINUTE),
            (10 * MINUTE, None, 0.5, 10 * MINUTE + MINUTE / 2),
            (10 * MINUTE, None, 7.0, 11 * MINUTE),
            (10 * MINUTE, None, f64::NAN, 10 * MINUTE),
        ] {
            let found = wait(&silent_for(silence), interval, None, chance);
            assert_eq!(found, expected, "{interval:?} {silence:?} {chance}");
        }
    }

    #[test]
    fn news_from_the_future_is_news_of_now() {
        let mut state = silent_for(None);
        state.last_new = Some(now() + DAY);
        assert_eq!(wait(&state, HOUR, None, 0.0), HOUR);
    }

    #[test]
    fn failures_are_followed_by_longer_and_longer_waits() {
        for (interval, failures, chance, expected) in [
            (15 * MINUTE, 1, 0.0, 15 * MINUTE),
            (15 * MINUTE, 1, 1.0, 15 * MINUTE),
            (15 * MINUTE, 2, 1.0, 30 * MINUTE),
            (15 * MINUTE, 3, 1.0, HOUR),
            (15 * MINUTE, 3, 0.0, 45 * MINUTE),
            (15 * MINUTE, 7, 1.0, 16 * HOUR),
            (15 * MINUTE, 8, 1.0, DAY),
            (15 * MINUTE, u32::MAX, 1.0, DAY),
            (15 * MINUTE, u32::MAX, 0.0, 18 * HOUR),
            (DAY, 1, 1.0, HOUR),
            (DAY, 5, 1.0, 16 * HOUR),
            (7 * DAY, 20, 1.0, 7 * DAY),
        ] {
            let found = wait(&failed(failures), interval, None, chance);
            assert_eq!(found, expected, "{interval:?} {failures} {chance}");
        }
    }

    #[test]
    fn a_site_that_asks_for_more_time_gets_it() {
        for (state, asked, expected) in [
            (failed(1), 5 * MINUTE, 15 * MINUTE),
            (failed(1), 2 * HOUR, 2 * HOUR),
            (failed(9), HOUR, 18 * HOUR),
            (failed(9), 2 * DAY, 2 * DAY),
            (silent_for(None), HOUR, HOUR),
        ] {
            assert_eq!(
                wait(&state, 15 * MINUTE, Some(asked), 0.0),
                expected,
                "{asked:?}"
            );
        }
    }

    #[test]
    fn a_wait_beyond_the_calendar_ends_with_it() {
        let state = silent_for(None);
        assert_eq!(
            next_poll(&state, Duration::MAX, None, now(), 1.0),
            DateTime::<Utc>::MAX_UTC
        );
    }

    #[test]
    fn after_a_start_plans_are_kept_and_what_is_overdue_is_spread() {
        let planned = |health: Health, at: Option<DateTime<Utc>>| SectionState {
            health,
            next_poll: at,
            ..SectionState::default()
        };
        let ailing = failed(3).health;
        for (why, state, place, expected) in [
            (
                "never polled, first",
                planned(Health::New, None),
                0.0,
                Duration::ZERO,
            ),
            (
                "never polled, in the middle",
                planned(Health::New, None),
                0.5,
                MINUTE / 2,
            ),
            (
                "never polled, last",
                planned(Health::New, None),
                1.0,
                MINUTE,
            ),
            (
                "overdue",
                planned(Health::Well, Some(now() - DAY)),
                0.25,
                MINUTE / 4,
            ),
            (
                "due now",
                planned(Health::Well, Some(now())),
                0.0,
                Duration::ZERO,
            ),
            (
                "not yet due",
                planned(Health::Well, Some(now() + 5 * MINUTE)),
                0.5,
                5 * MINUTE,
            ),
            (
                "asked more often now",
                planned(Health::Well, Some(now() + DAY)),
                0.5,
                HOUR,
            ),
            (
                "waiting after failures",
                planned(ailing.clone(), Some(now() + DAY)),
                0.5,
                DAY,
            ),
            (
                "planned by a wrong clock",
                planned(ailing, Some(now() + 400 * DAY)),
                0.5,
                3 * DAY,
            ),
        ] {
            let found = first_poll(&state, 15 * MINUTE, now(), place) - now();
            assert_eq!(found.to_std().unwrap(), expected, "{why}");
        }
        let often = first_poll(&SectionState::default(), Duration::from_secs(2), now(), 1.0);
        assert_eq!(
            (often - now()).num_seconds(),
            2,
            "a short interval is spread over itself"
        );
    }

    #[test]
    fn an_article_is_read_again_on_a_slowing_rhythm_within_its_window() {
        for (window, read_at, again_at) in [
            (2 * DAY, Duration::ZERO, Some(15 * MINUTE)),
            (2 * DAY, 15 * MINUTE, Some(HOUR)),
            (2 * DAY, HOUR, Some(4 * HOUR)),
            (2 * DAY, 4 * HOUR, Some(12 * HOUR)),
            (2 * DAY, 12 * HOUR, Some(DAY)),
            (2 * DAY, DAY, Some(2 * DAY)),
            (2 * DAY, 2 * DAY, None),
            // Read soon before an age comes up, that age is left out.
            (2 * DAY, 14 * MINUTE, Some(HOUR)),
            (2 * DAY, 16 * MINUTE, Some(HOUR)),
            (2 * DAY, 13 * HOUR, Some(2 * DAY)),
            // Backfilled when it was old.
            (2 * DAY, 300 * DAY, None),
            (DAY, 12 * HOUR, Some(DAY)),
            (DAY, DAY, None),
            (10 * MINUTE, Duration::ZERO, None),
            (Duration::ZERO, Duration::ZERO, None),
        ] {
            let found = recheck_at(now(), now() + read_at, window);
            assert_eq!(
                found,
                again_at.map(|age| now() + age),
                "{window:?} {read_at:?}"
            );
        }
    }

    #[test]
    fn an_article_from_the_future_is_read_again_too() {
        let found = recheck_at(now() + HOUR, now(), DAY);
        assert_eq!(found, Some(now() + HOUR + 15 * MINUTE));
    }
}
