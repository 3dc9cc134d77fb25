//! A small newspaper on a loopback port, made from `fixtures/demo/`: the program's own trial run, and the site of its tests.
//!
//! It prints nothing by itself: stories appear when [`Newspaper::publish`] is called, with the time that is handed in.
//! [`Newspaper::keep_publishing`] does so at a pace, for the command that shows the program to people.

mod article;
mod desk;
mod listed;
mod markup;
mod pages;
mod picture;
mod server;
mod stories;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use desk::FIRST_EDITION;
pub use server::Asked;

use desk::Desk;
use server::State;

/// A story that is corrected while the demo runs, so that people see what a correction does.
const CORRECTED: &str = "second-estimate-is-lower";

/// A newspaper that stands on a port of this machine until it is dropped.
pub struct Newspaper {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Drop for Newspaper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Newspaper {
    /// Opens the newspaper at `now` on a free port, with a first edition of [`FIRST_EDITION`] stories from the hours before.
    pub async fn start(now: DateTime<Utc>) -> io::Result<Newspaper> {
        Newspaper::start_at((Ipv4Addr::LOCALHOST, 0).into(), now).await
    }

    /// The same on a port that is known beforehand, so that it can be opened again where it was.
    pub async fn start_at(address: SocketAddr, now: DateTime<Utc>) -> io::Result<Newspaper> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let stories = stories::stories().map_err(io::Error::other)?;
        let state = Arc::new(State::new(
            format!("http://{address}"),
            Desk::open(stories, now),
        ));
        let task = tokio::spawn(server::serve(listener, Arc::clone(&state)));
        Ok(Newspaper {
            address,
            state,
            task,
        })
    }

    /// Where it stands.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A configuration for it, as for any other site: what it keeps goes to `store`, its feeds are served on `listen`.
    pub fn config_toml(&self, store: &Path, listen: SocketAddr) -> String {
        let store = toml::Value::String(store.display().to_string()).to_string();
        markup::fill(
            include_str!("../../fixtures/demo/config.toml"),
            &[
                ("address", &self.address.to_string()),
                ("listen", &listen.to_string()),
                ("store", &store),
            ],
        )
    }

    /// Prints the next `count` stories at `now`, and a line of breaking news with each; says how many it printed.
    pub fn publish(&self, count: usize, now: DateTime<Utc>) -> usize {
        self.state.desk().publish(count, now)
    }

    /// Corrects a printed story at `now`; says whether there is one of this name.
    pub fn correct(&self, slug: &str, now: DateTime<Utc>) -> bool {
        self.state.desk().correct(slug, now)
    }

    /// Takes a printed story back at `now`; says whether there is one of this name.
    pub fn retract(&self, slug: &str, now: DateTime<Utc>) -> bool {
        self.state.desk().retract(slug, now)
    }

    /// Lists a printed story in another section from `now` on; says whether there is one of this name.
    pub fn move_to(&self, slug: &str, section: &str, now: DateTime<Utc>) -> bool {
        self.state.desk().move_to(slug, section, now)
    }

    /// Puts a notice in place of a section's listing and of its feed.
    pub fn break_listing(&self, section: &str, now: DateTime<Utc>) {
        self.state.desk().set_broken(section, true, now);
    }

    /// Puts them back.
    pub fn mend_listing(&self, section: &str, now: DateTime<Utc>) {
        self.state.desk().set_broken(section, false, now);
    }

    /// Answers everything with 503 and `Retry-After: 1`, or no longer.
    pub fn set_down(&self, down: bool) {
        self.state.manner().down = down;
    }

    /// Takes this long for each answer.
    pub fn set_delay(&self, delay: Duration) {
        self.state.manner().delay = delay;
    }

    /// What was asked of each path so far; paths are percent-decoded and carry their query.
    pub fn asked(&self) -> BTreeMap<String, Asked> {
        self.state.asked()
    }

    /// The address of a printed story, percent-encoded, without scheme and host.
    pub fn story_path(&self, slug: &str) -> Option<String> {
        let desk = self.state.desk();
        desk.story(slug)
            .map(|printed| words::address(&desk.path(printed)))
    }

    /// Prints a story every so often until there is none left, and corrects one on the way.
    pub async fn keep_publishing(&self, pause: Duration) {
        loop {
            tokio::time::sleep(pause).await;
            if self.publish(1, our_clock()) == 0 {
                return;
            }
            tokio::time::sleep(pause / 2).await;
            if self
                .state
                .desk()
                .story(CORRECTED)
                .is_some_and(|printed| printed.corrected.is_none())
            {
                self.correct(CORRECTED, our_clock());
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the demo is a shell: it shows the program in real time"
)]
fn our_clock() -> DateTime<Utc> {
    Utc::now()
}
