//! Articles of the last days are read again for corrections, ever more rarely the older they are.

use chrono::TimeDelta;

use super::article::{Outcome, read_item};
use super::listing::ListingError;
use super::section::Poll;
use crate::store::{Kept, Reading, StoreError};

/// Most articles that one poll reads again: with a pause of two seconds they take under a minute.
const MOST_READ_AGAIN: usize = 20;

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

    async fn due_again(&self) -> Result<Vec<Kept>, StoreError> {
        let now = super::now();
        let window = TimeDelta::from_std(self.section.recheck).unwrap_or(TimeDelta::days(2));
        let key = &self.section.key;
        let mut recent = self
            .walk
            .store
            .recent(&key.site, &key.section, now - window, MOST_LOOKED_AT)
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
        recent.truncate(MOST_READ_AGAIN);
        Ok(recent)
    }

    /// Reads the page of an entry again and keeps what changed.
    pub(super) async fn read_again(&mut self, kept: Kept) -> Result<(), StoreError> {
        let Some(url) = kept.entry.link.clone() else {
            return Ok(());
        };
        let outcome = read_item(
            self.walk.fetcher,
            self.section,
            &url,
            &kept.entry.article,
            &kept.reading.validator,
            &mut self.report.requests,
        )
        .await;
        let now = super::now();
        match outcome {
            Outcome::Read(read) => {
                let reading = Reading {
                    validator: read.validator,
                    read_at: now,
                    reads: kept.reading.reads + 1,
                };
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
            | Outcome::Refused(_)
            | Outcome::Forbidden(_)
            | Outcome::Failed(_) => {
                let reading = Reading {
                    read_at: now,
                    reads: kept.reading.reads + 1,
                    ..kept.reading
                };
                self.walk.store.touch(kept.number, reading).await
            }
        }
    }
}
