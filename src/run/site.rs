//! One site: its sections are polled one after another, each when it is due, with one fetcher and so one request at a time.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, watch};

use crate::config::{Config, Section, Site};
use crate::fetch::Fetcher;
use crate::model::{SectionState, Slug};
use crate::ops;
use crate::poll::{Report, Walk, poll_section};
use crate::store::{Store, StoreError};

/// How long to wait after a fault that is not the site's.
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(30);

/// How long every section of a site rests after a refusal that names no time: the site means us, not the page.
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
    loop {
        let config = Arc::clone(&desk.config.borrow_and_update());
        let Some(site) = config.sites.iter().find(|site| site.slug == slug) else {
            return;
        };
        if let Err(error) = poll_until_new_configuration(&mut desk, &config, site).await {
            tracing::error!(
                "{slug}: {error:#}; trying again in {} s",
                PAUSE_AFTER_FAULT.as_secs()
            );
            tokio::time::sleep(PAUSE_AFTER_FAULT).await;
        }
    }
}

async fn poll_until_new_configuration(
    desk: &mut Desk,
    config: &Arc<Config>,
    site: &Site,
) -> anyhow::Result<()> {
    let mut fetcher = Fetcher::for_site(site)?;
    let mut rests_until = DateTime::<Utc>::MIN_UTC;
    loop {
        let (section, due) = next_due(&desk.store, site).await?;
        let wait = (due.max(rests_until) - ops::now())
            .to_std()
            .unwrap_or_default();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            news = desk.config.changed() => return Ok(news?),
        }
        let mut walk = Walk {
            store: &desk.store,
            config,
            site,
            fetcher: &mut fetcher,
        };
        let report = poll_section(&mut walk, section).await?;
        tell(&report);
        if report.whole_site {
            rests_until = ops::now() + rest(&report);
        }
        desk.changed.notify_one();
    }
}

/// The section whose turn comes first, and when that is.
async fn next_due<'s>(
    store: &Store,
    site: &'s Site,
) -> Result<(&'s Section, DateTime<Utc>), StoreError> {
    let states = store.sections().await?;
    let due = |section: &Section| {
        states
            .get(&section.key)
            .and_then(|state: &SectionState| state.next_poll)
            .unwrap_or(DateTime::<Utc>::MIN_UTC)
    };
    // A site without sections does not pass the configuration; the first stands in for a minimum that always exists.
    let first = &site.sections[0];
    let section = site
        .sections
        .iter()
        .min_by_key(|section| due(section))
        .unwrap_or(first);
    Ok((section, due(section)))
}

fn rest(report: &Report) -> TimeDelta {
    report
        .retry_after
        .and_then(|asked| TimeDelta::from_std(asked).ok())
        .unwrap_or(REST_AFTER_REFUSAL)
}

fn tell(report: &Report) {
    if report.error.is_some() {
        tracing::warn!("{}", report.sentence());
    } else {
        tracing::info!("{}", report.sentence());
    }
}
