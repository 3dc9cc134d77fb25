//! Articles of the last days are read again for corrections, ever more rarely the older they are.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::article::Outcome;
use super::listing::ListingError;
use super::section::Poll;
use crate::model::{Identity, Validator};
use crate::store::{Kept, Known, Reading, StoreError};

/// Most articles that one poll reads again: with a pause of two seconds they take under a minute.
pub(super) const MOST_READ_AGAIN: usize = 20;

/// Most of them that are read because their listing dropped them: a few are withdrawn in a day, and a box of changing links
/// among the articles would else be read again at every poll.
const MOST_VANISHED: usize = 5;

/// The window, where the configuration's is longer than the calendar.
const LONGEST_WINDOW: TimeDelta = TimeDelta::days(366);

/// Most recent entries that are looked through for those due.
const MOST_LOOKED_AT: usize = 500;

impl Poll<'_, '_> {
    /// Reads again what is due, until the site refuses.
    pub(super) async fn recheck(&mut self) -> Result<(), StoreError> {
        if self.section.recheck.is_zero() || !self.section.follow {
            return Ok(());
        }
        for kept in self.due_again().await? {
            self.read_again(kept).await?;
            if self.report.error.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// How far back articles are read again.
    fn window(&self) -> TimeDelta {
        TimeDelta::from_std(self.section.recheck).unwrap_or(LONGEST_WINDOW)
    }

    /// What the listing dropped, and what is due by its age.
    async fn due_again(&self) -> Result<Vec<Kept>, StoreError> {
        let mut again = self.dropped_from_listing().await?;
        let by_age = self.due_by_age().await?;
        let is_other = |kept: &Kept| again.iter().all(|other| other.number != kept.number);
        let by_age: Vec<Kept> = by_age.into_iter().filter(is_other).collect();
        again.extend(by_age);
        again.truncate(MOST_READ_AGAIN);
        Ok(again)
    }

    /// Entries that vanished from the listing: they may have been withdrawn, and nobody should have to wait for their usual turn
    /// to see them go. Listings of the last days drop what is older by themselves.
    async fn dropped_from_listing(&self) -> Result<Vec<Kept>, StoreError> {
        let oldest = super::now() - self.window();
        let site = &self.section.key.site;
        let mut asked = self.vanished.clone();
        asked.truncate(MOST_VANISHED);
        let known = self.walk.store.known(site, asked).await?;
        Ok(known
            .into_values()
            .filter_map(|known| match known {
                Known::Kept(kept) if kept.entry.gone.is_none() && kept.entry.date() > oldest => {
                    Some(*kept)
                }
                _ => None,
            })
            .collect())
    }

    async fn due_by_age(&self) -> Result<Vec<Kept>, StoreError> {
        let now = super::now();
        let key = &self.section.key;
        let mut recent = self
            .walk
            .store
            .recent(&key.site, &key.section, now - self.window(), MOST_LOOKED_AT)
            .await?;
        recent.retain(|kept| {
            kept.entry.link.is_some()
                && kept.entry.gone.is_none()
                && crate::schedule::recheck_at(
                    kept.entry.first_seen,
                    kept.reading.read_at,
                    self.section.recheck,
                )
                .is_some_and(|at| at <= now)
        });
        Ok(recent)
    }

    /// Reads the page of an entry again and keeps what changed.
    pub(super) async fn read_again(&mut self, kept: Kept) -> Result<(), StoreError> {
        let Some(url) = kept.entry.link.clone() else {
            return Ok(());
        };
        let outcome = self
            .ask(&url, &kept.entry.article, &kept.reading.validator)
            .await;
        match outcome {
            Outcome::Read(read) => {
                let reading = read_now(&kept, read.validator);
                let before = &kept.entry;
                let sighting =
                    self.sighting(before.identity.clone(), before.link.clone(), read.article);
                self.walk.store.touch(kept.number, reading.clone()).await?;
                self.keep(Some(before), sighting, reading).await
            }
            Outcome::Gone(reason) => self.withdraw(kept, &reason).await,
            Outcome::SiteFailed(error) => {
                self.fail(ListingError::Fetch(*error));
                Ok(())
            }
            Outcome::NotModified
            | Outcome::NoArticle(_)
            | Outcome::Refused(_)
            | Outcome::Forbidden(_)
            | Outcome::Failed(_) => {
                let reading = read_now(&kept, kept.reading.validator.clone());
                self.walk.store.touch(kept.number, reading.clone()).await?;
                self.strip(&kept.entry, reading).await
            }
        }
    }
}

/// That the page of `kept` was asked for once more, now, and is known by `validator`.
fn read_now(kept: &Kept, validator: Validator) -> Reading {
    Reading {
        validator,
        read_at: super::now(),
        reads: kept.reading.reads + 1,
    }
}

/// What `before` listed and `now` does not, where nothing came in its place: not what fell off the end of the list because as much
/// was added, as everything does in time. Nothing can be said of a list that was replaced whole.
pub(super) fn vanished(before: &[Identity], now: &[Identity]) -> Vec<Identity> {
    let old: HashSet<&Identity> = before.iter().collect();
    let new: HashSet<&Identity> = now.iter().collect();
    let Some(last) = before.iter().rposition(|identity| new.contains(identity)) else {
        return Vec::new();
    };
    let added = now
        .iter()
        .filter(|identity| !old.contains(identity))
        .count();
    let fell_off = before.len() - last - 1;
    let end = if fell_off > added { before.len() } else { last };
    before[..end]
        .iter()
        .filter(|identity| !new.contains(identity))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_pushed_off_the_end_of_a_listing_has_not_vanished() {
        let listing = |names: &str| -> Vec<Identity> {
            names.chars().map(|c| Identity(c.to_string())).collect()
        };
        for (before, now, gone) in [
            ("abcd", "abcd", ""),
            ("abcd", "xabc", ""),
            ("abcd", "xacd", "b"),
            ("abcd", "d", "abc"),
            ("abcd", "abc", "d"),
            ("abcd", "xab", "cd"),
            ("abcd", "xyab", ""),
            ("abcd", "xyz", ""),
            ("abcd", "", ""),
            ("", "ab", ""),
        ] {
            let found = vanished(&listing(before), &listing(now));
            assert_eq!(found, listing(gone), "{before} {now}");
        }
    }
}
