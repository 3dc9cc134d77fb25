//! One poll of one section: what is due is read, what is new or changed is kept, and only then the listing counts as seen.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use url::Url;

use super::article::{Outcome, ReadPage, from_hints, read_item};
use super::listing::{Found, ListingError, read_listing};
use super::{PassedOver, Report, Walk};
use crate::config::Section;
use crate::feed::memberships;
use crate::model::{Article, Entry, Health, Identity, ListingItem, SectionState, Validator};
use crate::store::{Kept, Known, Passed, Reading, StoreError};
use crate::update::{Change, Sighting, gone, identity, line_identity, update};

/// Most articles that one poll reads after the first: what a busy newsroom publishes in hours. The rest waits for the next poll.
const MOST_READ_A_POLL: usize = 200;

/// How often an article that fails is tried before its listing's words must do.
const TRIES: u32 = 5;

/// How long after its first failure an article is tried again; doubled with each further one.
const RETRY_AFTER: TimeDelta = TimeDelta::minutes(5);

/// How many articles may fail one after another before the poll gives up: with each waited for up to its timeout, a site that
/// fell silent would otherwise be asked for an hour.
const FAILURES_IN_A_ROW: u32 = 3;

/// How long a withdrawn page is left alone before it is looked for again.
const LOOK_FOR_GONE_AFTER: TimeDelta = TimeDelta::hours(1);

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
        failures_in_a_row: 0,
    };
    poll.listing().await?;
    if poll.report.error.is_none() {
        poll.recheck().await?;
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
    failures_in_a_row: u32,
}

impl Poll<'_, '_> {
    /// Reads the listing and every article behind it that is due.
    async fn listing(&mut self) -> Result<(), StoreError> {
        let found = read_listing(
            self.walk.fetcher,
            self.section,
            &self.state.validator,
            self.state.listing_hash,
            &mut self.report.requests,
        )
        .await;
        match found {
            Ok(Found::NotModified) => Ok(()),
            Ok(Found::Items {
                items,
                validator,
                hash,
            }) => {
                self.report.items = Some(items.len());
                let complete = self.items(items).await?;
                self.state.validator = if complete {
                    validator
                } else {
                    Validator::default()
                };
                self.state.listing_hash = hash.filter(|_| complete);
                Ok(())
            }
            Err(error) => {
                self.fail(error);
                Ok(())
            }
        }
    }

    pub(super) fn fail(&mut self, error: ListingError) {
        if let ListingError::Fetch(error) = &error {
            self.report.retry_after = error.retry_after();
            self.report.whole_site = error.is_for_whole_site();
        }
        self.report.error = Some(error.to_string());
    }

    /// Deals with the items of the listing, the oldest first so that what comes last is the newest. Says whether none is left
    /// to be tried again.
    async fn items(&mut self, items: Vec<ListingItem>) -> Result<bool, StoreError> {
        let items = self.identified(items);
        self.state.items = items.len();
        self.state.listed = items.iter().map(|(identity, _)| identity.clone()).collect();
        let mut known = self
            .walk
            .store
            .known(&self.section.key.site, self.state.listed.clone())
            .await?;
        let due: HashSet<Identity> = self.due(&items, &known).await?;
        let mut complete = true;
        for (identity, item) in items.into_iter().rev() {
            let before = known.remove(&identity);
            let is_due = due.contains(&identity);
            complete &= match before {
                Some(Known::Kept(kept)) => self.known_item(*kept, &item).await?,
                before if is_due => self.new_item(identity, item, before).await?,
                Some(Known::Passed(passed)) => passed.retry_at.is_none(),
                None => false,
            };
            if self.report.error.is_some() {
                return Ok(false);
            }
        }
        Ok(complete)
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

    /// Which unknown items are read in this poll. On a section's first poll the rest is passed over for good: it is older than
    /// what a new reader is given.
    async fn due(
        &self,
        items: &[(Identity, ListingItem)],
        known: &HashMap<Identity, Known>,
    ) -> Result<HashSet<Identity>, StoreError> {
        let now = super::now();
        let mut waiting: Vec<&(Identity, ListingItem)> = items
            .iter()
            .filter(|(identity, _)| match known.get(identity) {
                None => true,
                Some(Known::Passed(passed)) => passed.retry_at.is_some_and(|at| at <= now),
                Some(Known::Kept(_)) => false,
            })
            .collect();
        newest_first(&mut waiting);
        let first_poll = self.state.last_success.is_none();
        let most = if first_poll {
            self.section.backfill
        } else {
            MOST_READ_A_POLL
        };
        let rest = waiting.split_off(waiting.len().min(most));
        if first_poll {
            for (identity, _) in rest {
                let reason = format!(
                    "it is older than the {most} articles that a first poll reads (`backfill`)"
                );
                self.pass(identity.clone(), reason, 0, None).await?;
            }
        }
        Ok(waiting
            .into_iter()
            .map(|(identity, _)| identity.clone())
            .collect())
    }

    /// An item that is an entry already. Says whether it needs no further try.
    async fn known_item(&mut self, kept: Kept, item: &ListingItem) -> Result<bool, StoreError> {
        let listing_is_all = item.url.is_none() || !self.section.follow;
        if kept.entry.gone.is_some() && !listing_is_all {
            return self.look_for_gone(kept).await.map(|()| true);
        }
        let corrected = item
            .hints
            .modified
            .is_some_and(|modified| modified.utc() > kept.reading.read_at);
        if !listing_is_all && corrected {
            return self.read_again(kept).await.map(|()| true);
        }
        let listed = kept.entry.sections.contains(&self.section.key.section);
        if listed && !listing_is_all {
            return Ok(true);
        }
        let article = if listing_is_all {
            from_hints(item, self.section).unwrap_or_else(|| kept.entry.article.clone())
        } else {
            kept.entry.article.clone()
        };
        let sighting = self.sighting(
            kept.entry.identity.clone(),
            kept.entry.link.clone(),
            article,
        );
        let reading = kept.reading.clone();
        self.keep(Some(&kept.entry), sighting, reading).await?;
        Ok(true)
    }

    /// A withdrawn entry that the listing shows all the same: its page may be back, which is worth a look now and then.
    async fn look_for_gone(&mut self, kept: Kept) -> Result<(), StoreError> {
        if super::now() - kept.reading.read_at < LOOK_FOR_GONE_AFTER {
            return Ok(());
        }
        self.read_again(kept).await
    }

    /// An item that is no entry yet. Says whether it needs no further try.
    async fn new_item(
        &mut self,
        identity: Identity,
        item: ListingItem,
        before: Option<Known>,
    ) -> Result<bool, StoreError> {
        let tries = match before {
            Some(Known::Passed(passed)) => passed.tries,
            _ => 0,
        };
        let url = match &item.url {
            Some(url) if self.section.follow => url.clone(),
            _ => return self.keep_hints(identity, &item).await.map(|_| true),
        };
        let outcome = read_item(
            self.walk.fetcher,
            self.section,
            &url,
            &item.hints,
            &Validator::default(),
            &mut self.report.requests,
        )
        .await;
        match outcome {
            Outcome::Read(read) => {
                self.failures_in_a_row = 0;
                self.keep_read(identity, *read).await?;
                Ok(true)
            }
            Outcome::Forbidden(reason) => {
                if !self.keep_hints(identity.clone(), &item).await? {
                    self.pass_over(identity, &item, reason, tries).await?;
                }
                Ok(true)
            }
            Outcome::Gone(reason) | Outcome::Refused(reason) => self
                .pass_over(identity, &item, reason, TRIES)
                .await
                .map(|()| true),
            Outcome::Failed(reason) => self.failed(identity, &item, reason, tries + 1).await,
            Outcome::NotModified => Ok(false),
            Outcome::SiteFailed(error) => {
                self.fail(ListingError::Fetch(*error));
                Ok(false)
            }
        }
    }

    /// An article that could not be read: to be tried again, and after [`TRIES`] kept as its listing tells it.
    async fn failed(
        &mut self,
        identity: Identity,
        item: &ListingItem,
        reason: String,
        tries: u32,
    ) -> Result<bool, StoreError> {
        if tries >= TRIES && self.keep_hints(identity.clone(), item).await? {
            return Ok(true);
        }
        self.failures_in_a_row += 1;
        if self.failures_in_a_row == FAILURES_IN_A_ROW {
            self.report.error = Some(format!(
                "{FAILURES_IN_A_ROW} articles in a row could not be read, the last since {reason}"
            ));
        }
        self.pass_over(identity, item, reason, tries).await?;
        Ok(tries >= TRIES)
    }

    async fn pass_over(
        &mut self,
        identity: Identity,
        item: &ListingItem,
        reason: String,
        tries: u32,
    ) -> Result<(), StoreError> {
        tracing::debug!("{}: passed over: {reason}", self.section.key);
        self.report.passed.push(PassedOver {
            url: item.url.clone(),
            reason: reason.clone(),
        });
        let retry_at = (tries < TRIES).then(|| super::now() + RETRY_AFTER * 2_i32.pow(tries));
        self.pass(identity, reason, tries, retry_at).await
    }

    async fn pass(
        &self,
        identity: Identity,
        reason: String,
        tries: u32,
        retry_at: Option<chrono::DateTime<chrono::Utc>>,
    ) -> Result<(), StoreError> {
        let passed = Passed {
            reason,
            tries,
            retry_at,
        };
        self.walk
            .store
            .pass(&self.section.key.site, identity, passed)
            .await
    }

    /// Keeps an item as its listing tells it, if it tells a title. Says whether it did.
    async fn keep_hints(
        &mut self,
        identity: Identity,
        item: &ListingItem,
    ) -> Result<bool, StoreError> {
        let Some(article) = from_hints(item, self.section) else {
            return Ok(false);
        };
        let sighting = self.sighting(identity, item.url.clone(), article);
        self.keep(
            None,
            sighting,
            Reading::first(Validator::default(), super::now()),
        )
        .await?;
        Ok(true)
    }

    /// Keeps an article that was just read, under the address that its page calls its own.
    async fn keep_read(&mut self, listed_as: Identity, read: ReadPage) -> Result<(), StoreError> {
        let ReadPage {
            article,
            url,
            validator,
        } = read;
        let own = article.canonical_url.clone().unwrap_or(url);
        let reading = Reading::first(validator, super::now());
        let own_identity = identity(&own);
        if own_identity == listed_as {
            let sighting = self.sighting(listed_as, Some(own), article);
            return self.keep(None, sighting, reading).await;
        }
        let mut known = self
            .walk
            .store
            .known(&self.section.key.site, vec![own_identity.clone()])
            .await?;
        match known.remove(&own_identity) {
            Some(Known::Kept(kept)) if is_same_story(&kept.entry.article, &article) => {
                let sighting = self.sighting(own_identity.clone(), Some(own), article);
                self.keep(Some(&kept.entry), sighting, reading).await?;
                self.alias(listed_as, own_identity).await
            }
            // A site that gives every page the address of one would lose all stories but the first.
            Some(Known::Kept(_)) => {
                let sighting = self.sighting(listed_as, Some(own), article);
                self.keep(None, sighting, reading).await
            }
            _ => {
                let sighting = self.sighting(own_identity.clone(), Some(own), article);
                self.keep(None, sighting, reading).await?;
                self.alias(listed_as, own_identity).await
            }
        }
    }

    async fn alias(&self, listed_as: Identity, own: Identity) -> Result<(), StoreError> {
        self.walk
            .store
            .alias(&self.section.key.site, listed_as, own)
            .await
    }

    pub(super) fn sighting(
        &self,
        identity: Identity,
        link: Option<Url>,
        article: Article,
    ) -> Sighting {
        Sighting {
            site: self.section.key.site.clone(),
            host: self.walk.site.url.host_str().unwrap_or_default().to_owned(),
            section: self.section.key.section.clone(),
            identity,
            link,
            article,
        }
    }

    /// Keeps what a sighting makes of the entry `before`, if it makes anything of it.
    pub(super) async fn keep(
        &mut self,
        before: Option<&Entry>,
        sighting: Sighting,
        reading: Reading,
    ) -> Result<(), StoreError> {
        let entry = match update(before, sighting, super::now()) {
            Change::New(entry) => {
                self.report.new += 1;
                entry
            }
            Change::Changed(entry) | Change::Listed(entry) => {
                self.report.changed += 1;
                entry
            }
            Change::Same => return Ok(()),
        };
        self.write(entry, reading).await
    }

    async fn write(&self, entry: Entry, reading: Reading) -> Result<(), StoreError> {
        let feeds = memberships(&entry, self.walk.config);
        self.walk
            .store
            .keep(entry, reading, feeds)
            .await
            .map(|_| ())
    }

    /// Takes an entry out of every feed, since its page is gone.
    pub(super) async fn withdraw(&mut self, kept: Kept, reason: &str) -> Result<(), StoreError> {
        tracing::info!("{}: withdrawn: {reason}", self.section.key);
        self.report.gone += 1;
        let reading = Reading::first(Validator::default(), super::now());
        self.write(gone(&kept.entry, super::now()), reading).await
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

    fn health(&mut self) -> Health {
        let shrunk = self
            .report
            .items
            .filter(|items| *items < self.section.min_items);
        let reason = match (&self.report.error, shrunk) {
            (Some(error), _) => error.clone(),
            (None, Some(items)) => format!(
                "{} shows {items} items, fewer than `min_items = {}`; did the site change? `feedwright listing {}` shows what is found",
                self.section.url, self.section.min_items, self.section.url
            ),
            (None, None) => return Health::Well,
        };
        match &self.state.health {
            Health::Ailing {
                since, failures, ..
            } => Health::Ailing {
                reason,
                since: *since,
                failures: failures + 1,
            },
            Health::New | Health::Well => Health::Ailing {
                reason,
                since: super::now(),
                failures: 1,
            },
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

/// Whether two pages that claim one address hold one story.
fn is_same_story(one: &Article, other: &Article) -> bool {
    let title = |article: &Article| article.title.as_deref().map(crate::text::fold);
    title(one) == title(other) || (!one.body.text.is_empty() && one.body.text == other.body.text)
}
