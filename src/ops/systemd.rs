//! What systemd is told (sd_notify(3)) and what it hands over (sd_listen_fds(3)): each call does nothing where systemd did not
//! start the program.

use std::time::Duration;

use anyhow::Context;
use listenfd::ListenFd;
use sd_notify::NotifyState;
use socket2::Socket;

/// The sockets on which systemd took in connections for us: those of a unit such as packaging/feedwright.socket.
pub fn sockets() -> anyhow::Result<Vec<Socket>> {
    let mut handed = ListenFd::from_env();
    let all = 0..handed.len();
    let sockets = all.map(|number| match handed.take_unix_listener(number) {
        Ok(socket) => Ok(socket.map(Socket::from)),
        // It is no Unix socket.
        Err(_) => Ok(handed.take_tcp_listener(number)?.map(Socket::from)),
    });
    let sockets: std::io::Result<Vec<Option<Socket>>> = sockets.collect();
    let sockets = sockets.context(
        "a socket that was handed over (LISTEN_FDS) takes no connections: a socket unit names each with `ListenStream=`",
    )?;
    Ok(sockets.into_iter().flatten().collect())
}

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
