//! What is remembered of the addresses that were given to people.

use super::FeedKey;

/// A feed that the configuration names, or once named: its address was given away, so it is never forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Which feed: a site's, a section's or a selection's.
    pub key: FeedKey,
    /// What it is recognised by under another name: the page that it stands for, or what it selects.
    pub mark: String,
    /// Whether the configuration still has it.
    pub stands: bool,
    /// The feed that took its place, where it was renamed.
    pub heir: Option<FeedKey>,
}

/// What became of an address at which a feed stands no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Former {
    /// The feed was taken away.
    Gone,
    /// It stands under another name.
    Moved(FeedKey),
}
