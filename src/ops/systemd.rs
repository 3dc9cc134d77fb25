//! What systemd is told (sd_notify(3)): each call does nothing where systemd did not start the program.

use std::time::Duration;

use sd_notify::NotifyState;

/// The service answers requests: units that wait for it may start.
pub fn ready(sentence: &str) {
    tell(&[NotifyState::Ready, NotifyState::Status(sentence)]);
}

/// A new configuration is being taken over; [`reloaded`] ends it.
pub fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(since) => tell(&[NotifyState::Reloading, since]),
        Err(error) => tracing::debug!("cannot read the monotonic clock for systemd: {error}"),
    }
}

/// The end of a reload, whether the new configuration was taken over or refused.
pub fn reloaded(sentence: &str) {
    ready(sentence);
}

/// The one line that `systemctl status` shows.
pub fn status(sentence: &str) {
    tell(&[NotifyState::Status(sentence)]);
}

/// The service is ending.
pub fn stopping() {
    tell(&[NotifyState::Stopping]);
}

/// Feeds systemd's watchdog for as long as `alive` says so, at a third of the time that the unit allows; ends at once where
/// the unit sets no `WatchdogSec`.
pub async fn watch(alive: impl Fn() -> bool) {
    let Some(allowed) = sd_notify::watchdog_enabled() else {
        return;
    };
    let mut beat = tokio::time::interval((allowed / 3).max(Duration::from_millis(100)));
    loop {
        beat.tick().await;
        if alive() {
            tell(&[NotifyState::Watchdog]);
        }
    }
}

fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!("cannot tell systemd how the service is: {error}");
    }
}
