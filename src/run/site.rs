//! One site: its sections are polled one after another, each when it is due, with one fetcher and so one request at a time.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, watch};

use super::service::sort_feeds;
use crate::config::{Config, Section, Site};
use crate::fetch::Fetcher;
use crate::model::{SectionKey, SectionState, Slug};
use crate::ops;
use crate::poll::{Report, Walk, poll_section};
use crate::schedule::first_poll;
use crate::store::{Store, StoreError};

/// How long to wait after a fault that is not the site's.
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(30);

/// How long every section of a site rests at most after a refusal that names no time: the site means us, not the page.
const REST_AFTER_REFUSAL: TimeDelta = TimeDelta::minutes(15);

/// What a site's task works with.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) config: watch::Receiver<Arc<Config>>,
    pub(super) changed: Arc<Notify>,
}

/// Polls the site named `slug` for as long as the configuration has it.
pub(super) async fn keep_polling(mut desk: Desk, slug: Slug) {
    let mut rests_until = DateTime::<Utc>::MIN_UTC;
    loop {
        let config = Arc::clone(&desk.config.borrow_and_update());
        let Some(index) = config.sites.iter().position(|site| site.slug == slug) else {
            return;
        };
        let mut round = Round {
            desk: &mut desk,
            config: &config,
            site: &config.sites[index],
            place: index as f64 / config.sites.len() as f64,
            rests_until,
        };
        match round.poll_until_new_configuration().await {
            Ok(Next::Configuration) => {}
            Ok(Next::End) => return,
            Err(error) => {
                tracing::error!(
                    "{slug}: {error:#}; trying again in {} s",
                    PAUSE_AFTER_FAULT.as_secs()
                );
                tokio::time::sleep(PAUSE_AFTER_FAULT).await;
            }
        }
        rests_until = round.rests_until;
    }
}

/// Why a round ended.
enum Next {
    /// There is a new configuration.
    Configuration,
    /// The service is no more.
    End,
}

/// The polls of a site under one configuration.
struct Round<'r> {
    desk: &'r mut Desk,
    config: &'r Arc<Config>,
    site: &'r Site,
    /// Where it stands among all sites, from 0 for the first to 1, so that they do not all start at one instant.
    place: f64,
    rests_until: DateTime<Utc>,
}

impl Round<'_> {
    async fn poll_until_new_configuration(&mut self) -> anyhow::Result<Next> {
        let mut fetcher = Fetcher::for_site(self.site)?;
        let mut due = self.first_polls().await?;
        while let Some(section) = next(self.site, &due) {
            let at = due.get(&section.key).copied().unwrap_or_default();
            let wait = at.max(self.rests_until) - ops::now();
            tokio::select! {
                () = tokio::time::sleep(wait.to_std().unwrap_or_default()) => {}
                news = self.desk.config.changed() => {
                    // The next round counts the pause between two requests anew.
                    let pause = TimeDelta::from_std(self.site.politeness.pause);
                    self.rests_until = self.rests_until.max(ops::now() + pause.unwrap_or_default());
                    return Ok(news.map_or(Next::End, |()| Next::Configuration));
                }
            }
            let next = self.poll(section, &mut fetcher).await?;
            due.insert(section.key.clone(), next);
        }
        Ok(Next::End)
    }

    /// When each section is due after a start.
    async fn first_polls(&self) -> Result<HashMap<SectionKey, DateTime<Utc>>, StoreError> {
        let states = self.desk.store.sections().await?;
        let never = SectionState::default();
        let now = ops::now();
        let first = |section: &Section| {
            let state = states.get(&section.key).unwrap_or(&never);
            first_poll(state, section.interval, now, self.place)
        };
        let sections = self.site.sections.iter();
        Ok(sections
            .map(|section| (section.key.clone(), first(section)))
            .collect())
    }

    /// Polls a section and says when it is due again.
    async fn poll(
        &mut self,
        section: &Section,
        fetcher: &mut Fetcher,
    ) -> anyhow::Result<DateTime<Utc>> {
        let mut walk = Walk {
            store: &self.desk.store,
            config: self.config,
            site: self.site,
            fetcher,
        };
        let report = poll_section(&mut walk, section).await?;
        tell(&report);
        let now = ops::now();
        let state = self.desk.store.section(&section.key).await?;
        let next = state.next_poll.unwrap_or(now);
        if report.whole_site {
            self.rests_until = rest(&report, now, next);
        }
        if report.changed_feeds() && self.desk.config.has_changed().unwrap_or(false) {
            // What this poll kept was sorted into the feeds of the configuration before.
            let config = Arc::clone(&self.desk.config.borrow());
            sort_feeds(&self.desk.store, &config).await?;
        }
        self.desk.changed.notify_one();
        Ok(next)
    }
}

/// The section whose turn comes first; of several the one that the configuration names first.
fn next<'s>(site: &'s Site, due: &HashMap<SectionKey, DateTime<Utc>>) -> Option<&'s Section> {
    let sections = site.sections.iter();
    sections.min_by_key(|section| due.get(&section.key))
}

/// Until when a site that refused us is left alone: as it asks, else until the section that it refused is asked again.
fn rest(report: &Report, now: DateTime<Utc>, next: DateTime<Utc>) -> DateTime<Utc> {
    let asked = report
        .retry_after
        .and_then(|asked| TimeDelta::from_std(asked).ok())
        .and_then(|asked| now.checked_add_signed(asked));
    asked.unwrap_or(next.min(now + REST_AFTER_REFUSAL))
}

fn tell(report: &Report) {
    if report.error.is_some() {
        tracing::warn!("{}", report.sentence());
    } else {
        tracing::info!("{}", report.sentence());
    }
}
