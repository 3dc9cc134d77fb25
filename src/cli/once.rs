//! `once`: every section polled once.

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinSet;
use url::Origin;

use super::progress::Progress;
use crate::config::{Config, Site};
use crate::fetch::Fetcher;
use crate::poll::{Report, Walk, poll_section};
use crate::run::open_store;
use crate::store::Store;

/// How to tell what happened.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print what happened as JSON.
    #[arg(long)]
    json: bool,
}

/// Polls every section of `config` once, the sites side by side, each site's sections one after another. Where a server
/// refuses us as a whole, it is not asked for its other sections.
pub async fn once(config: Config, args: Args) -> anyhow::Result<ExitCode> {
    let config = Arc::new(config);
    let store = open_store(&config).await?;
    let progress = Arc::new(Progress::start(
        config.sites.iter().map(|site| site.sections.len()).sum(),
    ));
    let mut sites = JoinSet::new();
    for index in 0..config.sites.len() {
        let (store, config, progress) = (store.clone(), Arc::clone(&config), Arc::clone(&progress));
        sites.spawn(
            async move { poll_site(&store, &config, &config.sites[index], &progress).await },
        );
    }
    let mut reports = Vec::new();
    while let Some(polled) = sites.join_next().await {
        reports.extend(polled??);
    }
    progress.end();
    reports.sort_by(|a, b| a.section.cmp(&b.section));
    print(&reports, &args)
}

async fn poll_site(
    store: &Store,
    config: &Arc<Config>,
    site: &Site,
    progress: &Progress,
) -> anyhow::Result<Vec<Report>> {
    let mut fetcher = Fetcher::for_site(site)?;
    let mut reports: Vec<Report> = Vec::new();
    let mut closed: Option<Origin> = None;
    let mut left_out = 0;
    for section in &site.sections {
        if closed.as_ref() == Some(&section.url.origin()) {
            left_out += 1;
            continue;
        }
        let mut walk = Walk {
            store,
            config,
            site,
            fetcher: &mut fetcher,
        };
        let report = poll_section(&mut walk, section).await?;
        progress.step(&report.sentence());
        if report.whole_site {
            closed = Some(section.url.origin());
        }
        reports.push(report);
    }
    if left_out > 0 {
        let sentence = "further sections were not asked: what failed concerns the whole server";
        progress.tell(&format!("{}: {left_out} {sentence}", site.slug));
    }
    Ok(reports)
}

fn print(reports: &[Report], args: &Args) -> anyhow::Result<ExitCode> {
    let failed: Vec<&Report> = reports
        .iter()
        .filter(|report| report.error.is_some())
        .collect();
    if args.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&json!({ "sections": reports }))?
        );
    } else {
        println!(
            "{} sections polled, {} failed, {} new entries, {} changed",
            reports.len(),
            failed.len(),
            reports.iter().map(|report| report.new).sum::<usize>(),
            reports.iter().map(|report| report.changed).sum::<usize>()
        );
        for report in &failed {
            println!("  {}", report.sentence());
        }
    }
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}
