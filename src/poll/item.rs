//! One item of a listing, and what is known of it → an entry that is kept, or a sentence that says why there is none.

use chrono::TimeDelta;
use url::Url;

use super::PassedOver;
use super::article::{Outcome, ReadPage, from_hints, read_item};
use super::listing::ListingError;
use super::section::Poll;
use crate::feed::memberships;
use crate::model::{Article, Entry, Identity, ListingItem, Validator};
use crate::store::{Kept, Known, Passed, Reading, StoreError};
use crate::update::{Change, Sighting, gone, identity, update};

/// How often an article that fails is tried before its listing's words must do.
const TRIES: u32 = 5;

/// How long after its first failure an article is tried again; doubled with each further one.
const RETRY_AFTER: TimeDelta = TimeDelta::minutes(5);

/// How many articles may fail one after another before the poll gives up: with each waited for up to its timeout, a site that
/// fell silent would otherwise be asked for an hour.
const FAILURES_IN_A_ROW: u32 = 3;

/// How long a withdrawn page is left alone before it is looked for again.
const LOOK_FOR_GONE_AFTER: TimeDelta = TimeDelta::hours(1);

impl Poll<'_, '_> {
    /// An item that is an entry already and not settled. Says whether it needs no further try.
    pub(super) async fn known_item(
        &mut self,
        kept: Kept,
        item: &ListingItem,
    ) -> Result<bool, StoreError> {
        let listing_is_all = self.listing_is_all(item);
        if kept.entry.gone.is_some() && !listing_is_all {
            return self.look_for_gone(kept).await.map(|()| true);
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

    /// An item that is no entry yet and was tried so often before. Says whether it needs no further try.
    pub(super) async fn new_item(
        &mut self,
        identity: Identity,
        item: ListingItem,
        tries: u32,
    ) -> Result<bool, StoreError> {
        let url = match &item.url {
            Some(url) if self.section.follow => url.clone(),
            _ => return self.keep_hints(identity, &item).await.map(|_| true),
        };
        match self.ask(&url, &item.hints, &Validator::default()).await {
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
            // A listing may be ahead of its pages, and a page may stand for another one for a while.
            Outcome::Gone(reason) | Outcome::NoArticle(reason) => self
                .pass_over(identity, &item, reason, tries + 1)
                .await
                .map(|()| tries + 1 >= TRIES),
            Outcome::Refused(reason) => self
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

    /// Reads the article behind `url`, of which `hints` tell already.
    pub(super) async fn ask(
        &mut self,
        url: &Url,
        hints: &Article,
        validator: &Validator,
    ) -> Outcome {
        let requests = &mut self.report.requests;
        read_item(
            self.walk.fetcher,
            self.section,
            url,
            hints,
            validator,
            requests,
        )
        .await
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
        let wait = RETRY_AFTER * 2_i32.saturating_pow(tries.saturating_sub(1));
        let passed = Passed {
            reason,
            tries,
            retry_at: (tries < TRIES).then(|| super::now() + wait),
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

    /// Keeps what a sighting makes of the entry `before`, if it makes anything of it, without what the site's articles repeat.
    ///
    /// What is struck from both is no difference between them: an entry that only loses what the site adds to every story was
    /// not changed by anybody, and does not come up again in a reader.
    pub(super) async fn keep(
        &mut self,
        before: Option<&Entry>,
        mut sighting: Sighting,
        reading: Reading,
    ) -> Result<(), StoreError> {
        if before.is_none() {
            self.learn(&sighting.article).await?;
        }
        if let Some(body) = self.without_repeated(&sighting.article).await? {
            sighting.article.body = body;
        }
        let stripped = match before {
            Some(before) => self.stripped(before).await?,
            None => None,
        };
        let entry = match update(stripped.as_ref().or(before), sighting, super::now()) {
            Change::New(entry) => {
                self.report.new += 1;
                return self.write(entry, reading).await;
            }
            Change::Changed(entry) | Change::Listed(entry) => entry,
            Change::Same => match stripped {
                Some(entry) => entry,
                None => return Ok(()),
            },
        };
        self.report.changed += 1;
        self.write(entry, reading).await
    }

    pub(super) async fn write(&self, entry: Entry, reading: Reading) -> Result<(), StoreError> {
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
}

/// Whether two pages that claim one address hold one story.
fn is_same_story(one: &Article, other: &Article) -> bool {
    let title = |article: &Article| article.title.as_deref().map(crate::text::fold);
    title(one) == title(other) || (!one.body.text.is_empty() && one.body.text == other.body.text)
}
