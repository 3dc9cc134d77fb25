//! Walks the line for one section: listing, articles, entries, store; the only module that knows every step.

mod article;
mod health;
mod item;
mod listing;
mod read;
mod recheck;
mod repeated;
mod report;
mod section;
mod shape;

pub use listing::{Found, Seen, read_listing};
pub use read::{in_place_of_page, read_article};
pub use report::{PassedOver, Report};
pub use section::poll_section;

use std::sync::Arc;

use crate::config::{Config, Site};
use crate::fetch::Fetcher;
use crate::ops::now;
use crate::store::Store;

/// What a poll works with: one site's fetcher, and the store that all sites share.
pub struct Walk<'a> {
    /// Where entries are kept.
    pub store: &'a Store,
    /// The whole configuration: an entry may also belong to selections over several sites.
    pub config: &'a Arc<Config>,
    /// The site that is polled.
    pub site: &'a Site,
    /// The way to it.
    pub fetcher: &'a mut Fetcher,
}
