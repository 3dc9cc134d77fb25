//! One poll of one section: what is due is read, what is new or changed is kept, and only then the listing counts as seen.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;

use super::listing::{Found, ListingError, Seen, read_listing};
use super::recheck::{MOST_READ_AGAIN, vanished};
use super::{Report, Walk, shape};
use crate::config::Section;
use crate::extract::Repeated;
use crate::model::{Health, Identity, ListingItem, SectionState};
use crate::store::{Kept, Known, Passed, StoreError};
use crate::update::{identity, line_identity};

/// Most articles that one poll reads after the first: what a busy newsroom publishes in hours. The rest waits for the next poll.
const MOST_READ_A_POLL: usize = 200;

/// How far a site's clock may be ahead of ours for its word that a story has just changed. More is a date in another zone than
/// we took it for, and would be in the future for hours.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(10);

/// Items that are looked up in the store at one time: whole entries come back, of which only few are needed further.
const LOOKED_UP: usize = 200;

/// Polls `section` once.
///
/// Whatever the site does ends in the report; an error is a fault of the store, after which nothing that was not yet
/// acknowledged counts as seen.
pub async fn poll_section(walk: &mut Walk<'_>, section: &Section) -> Result<Report, StoreError> {
    let state = walk.store.section(&section.key).await?;
    let mut poll = Poll {
        report: Report::of(section.key.clone()),
        section,
        state,
        walk,
        vanished: Vec::new(),
        reshaped: None,
        failures_in_a_row: 0,
        repeated: None,
        has_learned: false,
    };
    poll.listing().await?;
    if poll.report.error.is_none() {
        poll.recheck().await?;
    }
    if poll.report.error.is_none() {
        poll.retain().await?;
    }
    poll.finish().await
}

/// One poll under way.
pub(super) struct Poll<'p, 'w> {
    pub(super) walk: &'p mut Walk<'w>,
    pub(super) section: &'p Section,
    pub(super) state: SectionState,
    pub(super) report: Report,
    /// What the listing showed at the last poll and shows no more, though nothing took its place.
    pub(super) vanished: Vec<Identity>,
    /// What is to be said of a listing whose items stand elsewhere than at the last poll.
    reshaped: Option<String>,
    pub(super) failures_in_a_row: u32,
    /// What the site's articles repeat, once it was asked for.
    pub(super) repeated: Option<Repeated>,
    /// Whether that is more than is stored.
    pub(super) has_learned: bool,
}

/// What is known of an item before it is dealt with.
pub(super) enum Before {
    /// Nothing.
    Unknown,
    /// It is no entry so far.
    Passed(Passed),
    /// It is an entry, and there is nothing to do.
    Settled,
    /// It is an entry, and changed since it was read, if the listing is to be believed.
    Corrected(Box<Kept>),
    /// It is an entry, and something is to be done.
    Kept(Box<Kept>),
}

impl Poll<'_, '_> {
    /// Reads the listing and every article behind it that is due.
    async fn listing(&mut self) -> Result<(), StoreError> {
        let seen = Seen {
            validator: std::mem::take(&mut self.state.validator),
            hash: self.state.listing_hash,
            further: std::mem::take(&mut self.state.further),
        };
        let requests = &mut self.report.requests;
        let found = read_listing(self.walk.fetcher, self.section, &seen, requests).await;
        match found {
            Ok(Found::NotModified) => {
                self.remember(seen);
                Ok(())
            }
            Ok(Found::Items {
                items,
                seen: now_seen,
                shape,
            }) => {
                self.report.items = Some(items.len());
                self.reshaped = shape::reshaped(&self.state.shape, &shape);
                let complete = self.items(items).await?;
                shape::learn(&mut self.state, shape);
                self.remember(match complete {
                    true => now_seen,
                    false => Seen::default(),
                });
                Ok(())
            }
            Err(error) => {
                self.remember(seen);
                self.fail(error);
                Ok(())
            }
        }
    }

    fn remember(&mut self, seen: Seen) {
        self.state.validator = seen.validator;
        self.state.listing_hash = seen.hash;
        self.state.further = seen.further;
    }

    pub(super) fn fail(&mut self, error: ListingError) {
        if let ListingError::Fetch(error) = &error {
            self.report.retry_after = error.retry_after();
            self.report.whole_site = error.is_for_whole_site();
        }
        let has_lost_its_list =
            matches!(error, ListingError::Shape(_)) && self.state.usual_items > 0;
        self.report.error = Some(match has_lost_its_list {
            true => shape::sentence(&error.to_string(), &self.section.url),
            false => error.to_string(),
        });
    }

    /// Deals with the items of the listing, the oldest first so that what comes last is the newest. Says whether none is left
    /// to be tried again.
    async fn items(&mut self, items: Vec<ListingItem>) -> Result<bool, StoreError> {
        let items = self.identified(items);
        let listed = items.iter().map(|(identity, _)| identity.clone()).collect();
        let before = std::mem::replace(&mut self.state.listed, listed);
        self.vanished = vanished(&before, &self.state.listed);
        self.state.items = items.len();
        let mut known = self.look_up(&items).await?;
        let due = self.due(&items, &known).await?;
        let mut complete = true;
        for (identity, item) in items.into_iter().rev() {
            let is_due = due.contains(&identity);
            complete &= match known.remove(&identity).unwrap_or(Before::Unknown) {
                Before::Settled => true,
                Before::Kept(kept) => self.known_item(*kept, &item).await?,
                Before::Corrected(kept) => self.read_again(*kept).await.map(|()| true)?,
                Before::Passed(passed) if is_due => {
                    self.new_item(identity, item, passed.tries).await?
                }
                Before::Unknown if is_due => self.new_item(identity, item, 0).await?,
                Before::Passed(passed) => passed.retry_at.is_none(),
                Before::Unknown => self.is_first_poll(),
            };
            if self.report.error.is_some() {
                return Ok(false);
            }
        }
        Ok(complete)
    }

    /// What is known of each item; what is not in the answer is unknown.
    async fn look_up(
        &self,
        items: &[(Identity, ListingItem)],
    ) -> Result<HashMap<Identity, Before>, StoreError> {
        let site = &self.section.key.site;
        let mut known = HashMap::with_capacity(items.len());
        let mut corrected = 0;
        for items in items.chunks(LOOKED_UP) {
            let identities = items.iter().map(|(identity, _)| identity.clone());
            let mut found = self.walk.store.known(site, identities.collect()).await?;
            for (identity, item) in items {
                let before = match found.remove(identity) {
                    None => continue,
                    Some(Known::Passed(passed)) => Before::Passed(passed),
                    Some(Known::Kept(kept)) => self.needs(kept, item),
                };
                corrected += usize::from(matches!(before, Before::Corrected(_)));
                known.insert(identity.clone(), before);
            }
            if corrected > MOST_READ_AGAIN {
                believe_no_corrections(&mut known);
            }
        }
        Ok(known)
    }

    /// What an item that is an entry needs.
    fn needs(&self, kept: Box<Kept>, item: &ListingItem) -> Before {
        let listing_is_all = self.listing_is_all(item);
        let latest = super::now() + CLOCKS_DIFFER;
        let is_corrected = item.hints.modified.is_some_and(|modified| {
            modified.utc() > kept.reading.read_at && modified.utc() < latest
        });
        let is_listed = kept.entry.sections.contains(&self.section.key.section);
        if listing_is_all || kept.entry.gone.is_some() || !is_listed {
            Before::Kept(kept)
        } else if is_corrected {
            Before::Corrected(kept)
        } else {
            Before::Settled
        }
    }

    /// Whether all that will be known of `item` stands in its listing.
    pub(super) fn listing_is_all(&self, item: &ListingItem) -> bool {
        item.url.is_none() || !self.section.follow
    }

    fn is_first_poll(&self) -> bool {
        self.state.last_success.is_none()
    }

    /// The items under their identities, once each.
    fn identified(&self, items: Vec<ListingItem>) -> Vec<(Identity, ListingItem)> {
        let mut seen = HashSet::new();
        items
            .into_iter()
            .filter_map(|item| {
                let identity = match &item.url {
                    Some(url) => identity(url),
                    None => line_identity(&self.section.key, item.hints.title.as_deref()?),
                };
                seen.insert(identity.clone()).then_some((identity, item))
            })
            .collect()
    }

    /// Which items that are no entries are read in this poll. On a section's first poll those are the newest of all that it
    /// lists, and the rest is passed over for good: it is older than what a new reader is given.
    async fn due(
        &self,
        items: &[(Identity, ListingItem)],
        known: &HashMap<Identity, Before>,
    ) -> Result<HashSet<Identity>, StoreError> {
        let first_poll = self.is_first_poll();
        let now = super::now();
        let is_waiting = |identity: &Identity| match known.get(identity) {
            None => true,
            Some(Before::Passed(passed)) => match passed.retry_at {
                Some(at) => at <= now,
                // What was only too old for another section may be new enough for this one.
                None => first_poll && passed.tries == 0,
            },
            Some(_) => false,
        };
        let most = if first_poll {
            self.section.backfill
        } else {
            MOST_READ_A_POLL
        };
        let mut newest: Vec<&(Identity, ListingItem)> = items.iter().collect();
        newest_first(&mut newest);
        if first_poll {
            for (identity, _) in newest.split_off(newest.len().min(most)) {
                if !known.contains_key(identity) {
                    self.pass_as_too_old(identity).await?;
                }
            }
        }
        Ok(newest
            .into_iter()
            .map(|(identity, _)| identity)
            .filter(|identity| is_waiting(identity))
            .take(most)
            .cloned()
            .collect())
    }

    async fn pass_as_too_old(&self, identity: &Identity) -> Result<(), StoreError> {
        let passed = Passed {
            reason: format!(
                "it is older than the {} articles that a first poll reads (`backfill`)",
                self.section.backfill
            ),
            tries: 0,
            retry_at: None,
        };
        let site = &self.section.key.site;
        self.walk.store.pass(site, identity.clone(), passed).await
    }

    async fn retain(&mut self) -> Result<(), StoreError> {
        let keep_age = TimeDelta::from_std(self.section.keep_age).unwrap_or(TimeDelta::MAX);
        let Some(older_than) = super::now().checked_sub_signed(keep_age) else {
            return Ok(());
        };
        let dropped = self
            .walk
            .store
            .retain(
                &self.section.key,
                older_than,
                self.section.keep_items,
                &self.state.listed,
            )
            .await?;
        if dropped > 0 {
            tracing::debug!("{}: {dropped} old entries dropped", self.section.key);
        }
        Ok(())
    }

    /// Writes down how the poll went, the listing's marks with it, and when the next one is due.
    async fn finish(mut self) -> Result<Report, StoreError> {
        let now = super::now();
        self.state.last_poll = Some(now);
        self.remember_repeated().await?;
        let health = self.health();
        self.tell_health(&health).await?;
        self.state.health = health;
        if self.report.error.is_none() {
            self.state.last_success = Some(now);
            if self.report.new > 0 {
                self.state.last_new = Some(now);
            }
        }
        self.state.next_poll = Some(crate::schedule::next_poll(
            &self.state,
            self.section.interval,
            self.report.retry_after,
            now,
            fastrand::f64(),
        ));
        self.walk
            .store
            .finish_poll(&self.section.key, self.state)
            .await?;
        Ok(self.report)
    }

    fn health(&self) -> Health {
        let (since, failures) = match self.state.health {
            Health::Ailing {
                since, failures, ..
            } => (since, failures),
            Health::New | Health::Well => (super::now(), 0),
        };
        match (&self.report.error, self.doubt()) {
            (Some(error), _) => Health::Ailing {
                reason: error.clone(),
                since,
                failures: failures + 1,
            },
            // A listing that answers is asked as often as ever, whatever is thought of it.
            (None, Some(reason)) => Health::Ailing {
                reason,
                since,
                failures: 0,
            },
            (None, None) => Health::Well,
        }
    }

    /// What is wrong with a listing that was read, if anything is.
    fn doubt(&self) -> Option<String> {
        let (items, least, url) = (self.state.items, self.section.min_items, &self.section.url);
        if items < least {
            return Some(format!(
                "{url} shows {items} items, fewer than `min_items = {least}`; did the site change? `feedwright listing {url}` shows what is found"
            ));
        }
        self.reshaped
            .clone()
            .or_else(|| shape::shrunk(&self.state))
            .map(|change| shape::sentence(&change, url))
    }
}

/// A listing that calls more stories corrected than one poll reads again stamps its own time on all of them: corrections are
/// then found by the usual rhythm.
fn believe_no_corrections(known: &mut HashMap<Identity, Before>) {
    for before in known.values_mut() {
        if matches!(before, Before::Corrected(_)) {
            *before = Before::Settled;
        }
    }
}

/// Orders items by the date that their listing shows, if it shows one for each; else the page's order is the best there is.
fn newest_first(items: &mut [&(Identity, ListingItem)]) {
    let date = |item: &ListingItem| {
        item.hints
            .published
            .or(item.hints.modified)
            .map(|when| when.utc())
    };
    if items.iter().all(|(_, item)| date(item).is_some()) {
        items.sort_by_key(|(_, item)| std::cmp::Reverse(date(item)));
    }
}
