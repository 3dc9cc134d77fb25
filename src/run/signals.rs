//! A running service and the system's signals → its end, in order.

use std::future::Future;

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};

use super::Service;
use crate::config::Config;
use crate::ops;

/// Runs `service` until SIGTERM or SIGINT; on SIGHUP takes over what `load` yields.
pub async fn run_until_told<L, F>(mut service: Service, load: L) -> anyhow::Result<()>
where
    L: Fn() -> F,
    F: Future<Output = anyhow::Result<Config>>,
{
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let mut hang_up = signal(SignalKind::hangup()).context("cannot listen for SIGHUP")?;
    let pulse = service.pulse();
    let watchdog = tokio::spawn(ops::watch(move || pulse.beats()));
    ops::ready(&format!("serving on {}", service.places()));
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = hang_up.recv() => reload(&mut service, &load).await,
        }
    }
    ops::stopping();
    tracing::info!("ending: answering what is under way");
    watchdog.abort();
    service.stop().await;
    Ok(())
}

async fn reload<L, F>(service: &mut Service, load: &L)
where
    L: Fn() -> F,
    F: Future<Output = anyhow::Result<Config>>,
{
    ops::reloading();
    let result = match load().await {
        Ok(config) => service.reload(config).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => {
            tracing::info!("the new configuration is in force");
            ops::reloaded(&format!("serving on {}", service.places()));
        }
        Err(error) => {
            tracing::error!(
                "the new configuration is refused and the old one stays in force: {error:#}"
            );
            ops::reloaded("serving; the last configuration was refused, see the log");
        }
    }
}
