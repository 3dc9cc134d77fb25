//! `run`: the service itself.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::run::{Service, run_until_told};

/// Serves the feeds of the configuration in `path` until told to end.
pub async fn run(path: PathBuf) -> anyhow::Result<ExitCode> {
    let config = super::load(&path)?;
    let public_url = config.server.public_url.clone();
    let sections: usize = config.sites.iter().map(|site| site.sections.len()).sum();
    let service = Service::start(config).await?;
    tracing::info!(
        "serving {sections} sections on {}; their feeds are listed at {public_url}",
        service.address()
    );
    run_until_told(service, || async { super::load(&path) }).await?;
    Ok(ExitCode::SUCCESS)
}
