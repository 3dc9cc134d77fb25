//! One edition under one public address → each document that can be asked for, and what differs in the next edition.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderValue;
use url::Url;

use super::pages;
use super::ready::Ready;
use super::respond::{Form, Wanted};
use crate::model::{Document, Edition, Feed, FeedKey};
use crate::render::{Place, opml, render};

/// One edition under one public address.
pub(super) struct Served {
    pub public_url: Url,
    pub hub: Option<Url>,
    pub edition: Edition,
    /// Counts editions and addresses.
    pub number: u64,
    /// Counts addresses only: every document names its own.
    pub place: u64,
    /// Feeds whose date must not be before this, lest it go back or stay while the feed changes.
    pub not_before: HashMap<String, DateTime<Utc>>,
}

/// How long copies of the lists of feeds may be used: they show how the sources are doing.
const LIST_AGE: Duration = Duration::from_secs(60);

impl Served {
    /// The first edition after a start.
    pub fn first(public_url: Url, edition: Edition) -> Served {
        Served {
            public_url,
            hub: None,
            edition,
            number: 0,
            place: 0,
            not_before: HashMap::new(),
        }
    }

    /// What every address that we send starts with: the path of the public address, where a proxy puts us under one.
    pub fn prefix(&self) -> &str {
        self.public_url.path().trim_end_matches('/')
    }

    /// Where its documents stand.
    pub fn at(&self) -> Place<'_> {
        Place {
            public_url: &self.public_url,
            version: env!("CARGO_PKG_VERSION"),
            hub: self.hub.as_ref(),
        }
    }

    /// A document that is made of the whole edition.
    pub fn whole(&self, form: Form) -> Wanted<'_> {
        Wanted {
            path: "",
            form,
            page: 1,
            version: self.number,
            max_age: LIST_AGE,
            shelf: None,
        }
    }

    pub fn make(&self, form: Form, max_age: Duration, feed: Option<&Feed>) -> Ready {
        let document = self.document(form, feed);
        let not_before = feed.and_then(|feed| self.not_before.get(&feed.head.key.path()));
        let mut ready = Ready::of(document, max_age, not_before.copied().unwrap_or_default());
        ready.link = self.link(form, feed);
        ready
    }

    /// The field that names the hub and the document's own address (WebSub, section 4), as the document does itself.
    fn link(&self, form: Form, feed: Option<&Feed>) -> Option<HeaderValue> {
        let (Some(hub), Some(feed), Form::Feed(format)) = (&self.hub, feed, form) else {
            return None;
        };
        if feed.page.number > 1 {
            return None;
        }
        let own = self.at().address(&feed.head.key, format);
        HeaderValue::try_from(format!("<{hub}>; rel=\"hub\", <{own}>; rel=\"self\"")).ok()
    }

    fn document(&self, form: Form, feed: Option<&Feed>) -> Document {
        match (form, feed) {
            (Form::Feed(format), Some(feed)) => render(feed, format, &self.at()),
            (Form::Page, Some(feed)) => pages::feed(self, feed),
            (Form::Opml, _) => opml(&self.edition, &self.at(), self.newest()),
            (Form::List, _) => pages::list(self),
            (Form::Index | Form::Feed(_) | Form::Page, _) => pages::index(self),
        }
    }

    /// When the newest visible change of any feed happened.
    pub fn newest(&self) -> DateTime<Utc> {
        let dates = self.edition.feeds.values().map(|shelf| shelf.head.updated);
        dates.max().unwrap_or_default()
    }

    /// The feeds that are in `next` too and differ there.
    pub fn changed_in(&self, next: &Edition) -> Vec<FeedKey> {
        let shelves = next.feeds.iter();
        shelves
            .filter(|(path, shelf)| {
                let before = self.edition.feeds.get(*path);
                before.is_some_and(|before| before.version != shelf.version)
            })
            .map(|(_, shelf)| shelf.head.key.clone())
            .collect()
    }

    /// The dates that the feeds of the next edition must not be before: a feed that differs is newer than it was, even where
    /// nothing was added but something taken away.
    pub fn dates_for(&self, next: &Edition) -> HashMap<String, DateTime<Utc>> {
        let mut dates = HashMap::new();
        for (path, shelf) in &next.feeds {
            let Some(before) = self.edition.feeds.get(path) else {
                continue;
            };
            let shown = before
                .head
                .updated
                .max(self.not_before.get(path).copied().unwrap_or_default());
            let least = if shelf.version == before.version {
                shown
            } else {
                shown + TimeDelta::seconds(1)
            };
            if shelf.head.updated < least {
                dates.insert(path.clone(), least);
            }
        }
        dates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::{at, edition, url};

    #[test]
    fn a_feeds_date_never_goes_back_and_moves_with_its_version() {
        let with = |version, hour| {
            let mut edition = edition();
            let shelf = edition.feeds.get_mut("/all").unwrap();
            shelf.version = version;
            shelf.head.updated = at(hour, 0);
            edition
        };
        for (version, hour, date) in [
            (1, 12, None),
            (1, 13, None),
            (2, 13, None),
            (1, 11, Some(at(12, 0))),
            (2, 12, Some(at(12, 0) + TimeDelta::seconds(1))),
            (2, 11, Some(at(12, 0) + TimeDelta::seconds(1))),
        ] {
            let served = Served::first(url("https://feeds.example.org"), with(1, 12));
            let dates = served.dates_for(&with(version, hour));
            assert_eq!(dates.get("/all").copied(), date, "{version} {hour}");
        }
    }
}
