//! What one poll of a section came to.

use std::time::Duration;

use serde::Serialize;
use url::Url;

use crate::model::SectionKey;

/// What one poll of a section came to, for the log, the table of `once` and its JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Which section.
    #[serde(serialize_with = "as_text")]
    pub section: SectionKey,
    /// Requests that went out for it.
    pub requests: usize,
    /// Items that its listing showed; none where it had not changed since the last poll.
    pub items: Option<usize>,
    /// Entries that are new.
    pub new: usize,
    /// Entries whose visible content changed.
    pub changed: usize,
    /// Entries whose page is gone.
    pub gone: usize,
    /// Items that became no entry, and why.
    pub passed: Vec<PassedOver>,
    /// Why the poll failed, if it did.
    pub error: Option<String>,
    /// How long the site asks us to stay away.
    #[serde(skip)]
    pub retry_after: Option<Duration>,
    /// Whether what failed concerns every section of the site.
    #[serde(skip)]
    pub whole_site: bool,
}

/// An item that became no entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// Its address.
    pub url: Option<Url>,
    /// Why, as a sentence.
    pub reason: String,
}

impl Report {
    /// The report of a poll that has done nothing yet.
    pub fn of(section: SectionKey) -> Report {
        Report {
            section,
            requests: 0,
            items: None,
            new: 0,
            changed: 0,
            gone: 0,
            passed: Vec::new(),
            error: None,
            retry_after: None,
            whole_site: false,
        }
    }

    /// Whether the feeds differ from before.
    pub fn changed_feeds(&self) -> bool {
        self.new + self.changed + self.gone > 0
    }

    /// The poll as one sentence for the log.
    pub fn sentence(&self) -> String {
        match (&self.error, self.items) {
            (Some(error), _) => format!("{}: {error}", self.section),
            (None, None) => format!("{}: not modified{}", self.section, self.counts()),
            (None, Some(items)) => format!("{}: {items} items{}", self.section, self.counts()),
        }
    }

    fn counts(&self) -> String {
        [
            (self.new, "new"),
            (self.changed, "changed"),
            (self.gone, "gone"),
            (self.passed.len(), "passed over"),
        ]
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!(", {count} {what}"))
        .collect()
    }
}

fn as_text<S: serde::Serializer>(key: &SectionKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(key)
}
