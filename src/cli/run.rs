//! `run`: the service itself.

use std::path::PathBuf;
use std::process::ExitCode;

use socket2::Socket;

use crate::run::{Service, run_until_told};

/// Serves the feeds of the configuration in `path` until told to end; through `sockets`, where some were handed over.
pub async fn run(path: PathBuf, sockets: Vec<Socket>) -> anyhow::Result<ExitCode> {
    let config = super::load(&path)?;
    let public_url = config.server.public_url.clone();
    let sections: usize = config.sites.iter().map(|site| site.sections.len()).sum();
    let service = Service::start_with(config, sockets).await?;
    tracing::info!(
        "serving {sections} sections on {}; their feeds are listed at {public_url}",
        service.places()
    );
    run_until_told(service, || async { super::load(&path) }).await?;
    Ok(ExitCode::SUCCESS)
}
