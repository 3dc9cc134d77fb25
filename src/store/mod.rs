//! Entries and validators that outlive a restart, in SQLite: a question in the line's own types → the answer.
//!
//! One thread writes, two read; whoever asks waits without holding one of the program's own. Each writing call is one
//! transaction: killed at any moment, the program finds all of it or nothing, and everything that was answered is there.

mod error;
mod given;
mod pack;
mod read;
mod retain;
mod schema;
mod shelves;
mod workers;
mod write;

#[cfg(test)]
mod crash;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use error::StoreError;
pub use shelves::Shelves;

use crate::model::{
    Entry, EntryNumber, FeedKey, Given, Identity, Membership, SectionKey, SectionState, Slug,
    Validator,
};
use workers::Workers;

/// Threads that read: one may be filling a cold document while another looks a listing up.
const READERS: usize = 2;

/// The database. Clones are the same database.
#[derive(Clone)]
pub struct Store {
    writer: Workers,
    readers: Workers,
}

/// What is known of an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// It is an entry.
    Kept(Box<Kept>),
    /// It is none.
    Passed(Passed),
}

/// An entry as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its number, never given to another.
    pub number: EntryNumber,
    /// The entry.
    pub entry: Entry,
    /// How its page was last read.
    pub reading: Reading,
}

/// One reading of an article's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The page's marks.
    pub validator: Validator,
    /// When it was read, to the microsecond.
    pub read_at: DateTime<Utc>,
    /// How many times it was read so far.
    pub reads: u32,
}

impl Reading {
    /// The first reading of a page.
    pub fn first(validator: Validator, read_at: DateTime<Utc>) -> Reading {
        Reading {
            validator,
            read_at,
            reads: 1,
        }
    }
}

/// Why an address is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// As a sentence: it is not an article, it is older than the backfill, the rules exclude it, it failed.
    pub reason: String,
    /// How many times it was tried.
    pub tries: u32,
    /// When to try again; `None` for never.
    pub retry_at: Option<DateTime<Utc>>,
}

impl Store {
    /// Opens the database at `path`, makes it and its directory where there is none, and brings its tables up to date.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        let writer = schema::open_writer(path)?;
        let readers = (0..READERS)
            .map(|_| schema::open_reader(path))
            .collect::<Result<_, _>>()?;
        Ok(Store {
            writer: Workers::start("store-write", path, vec![writer])?,
            readers: Workers::start("store-read", path, readers)?,
        })
    }

    /// What is known of each of `identities` at `site`; what is not in the answer is unknown.
    ///
    /// Whole entries come back: ask for a listing's page at a time, not for a sitemap of thousands.
    pub async fn known(
        &self,
        site: &Slug,
        identities: Vec<Identity>,
    ) -> Result<HashMap<Identity, Known>, StoreError> {
        let site = site.clone();
        self.readers
            .run("look up articles", move |connection| {
                read::known(connection, &site, identities)
            })
            .await
    }

    /// Keeps `entry`, new or changed, and which feeds show it, in one step. What was kept under the same identity is
    /// replaced and keeps its number; an address that was passed over is so no longer.
    pub async fn keep(
        &self,
        entry: Entry,
        reading: Reading,
        feeds: Vec<Membership>,
    ) -> Result<EntryNumber, StoreError> {
        self.writer
            .run("keep an article", move |connection| {
                write::keep(connection, &entry, &reading, &feeds)
            })
            .await
    }

    /// Notes that `alias`, by which a listing links to the entry `own`, is the same story: asked for by either, it is known.
    pub async fn alias(
        &self,
        site: &Slug,
        alias: Identity,
        own: Identity,
    ) -> Result<(), StoreError> {
        let site = site.clone();
        self.writer
            .run("note another address of an article", move |connection| {
                write::alias(connection, &site, &alias, &own)
            })
            .await
    }

    /// Notes that an entry's page was read again and nothing had changed.
    pub async fn touch(&self, number: EntryNumber, reading: Reading) -> Result<(), StoreError> {
        self.writer
            .run("note a reading", move |connection| {
                write::touch(connection, number, &reading)
            })
            .await
    }

    /// Notes that an address is no entry, and why.
    pub async fn pass(
        &self,
        site: &Slug,
        identity: Identity,
        passed: Passed,
    ) -> Result<(), StoreError> {
        let site = site.clone();
        self.writer
            .run("pass over an address", move |connection| {
                write::pass(connection, &site, &identity, &passed)
            })
            .await
    }

    /// What is remembered of a section; the default for one never polled.
    pub async fn section(&self, key: &SectionKey) -> Result<SectionState, StoreError> {
        let key = key.clone();
        self.readers
            .run("look up a section", move |connection| {
                read::section(connection, &key)
            })
            .await
    }

    /// What is remembered of every section that was ever polled, configured today or not.
    pub async fn sections(&self) -> Result<HashMap<SectionKey, SectionState>, StoreError> {
        self.readers
            .run("look up the sections", |connection| {
                read::sections(connection)
            })
            .await
    }

    /// What is remembered of what the articles of `site` repeat; nothing for one never polled.
    pub async fn repeated(&self, site: &Slug) -> Result<Vec<u8>, StoreError> {
        let site = site.clone();
        self.readers
            .run("look up what a site's articles repeat", move |connection| {
                read::repeated(connection, &site)
            })
            .await
    }

    /// Remembers what the articles of `site` repeat, as bytes that the store does not look into.
    pub async fn keep_repeated(&self, site: &Slug, bytes: Vec<u8>) -> Result<(), StoreError> {
        let site = site.clone();
        self.writer
            .run("note what a site's articles repeat", move |connection| {
                write::repeated(connection, &site, &bytes)
            })
            .await
    }

    /// Ends a poll: remembers `state`, and returns once it and everything written before it is on the disk itself. The
    /// validator in it comes last by that, after the articles that it vouches for.
    pub async fn finish_poll(
        &self,
        key: &SectionKey,
        state: SectionState,
    ) -> Result<(), StoreError> {
        let key = key.clone();
        self.writer
            .run("note the end of a poll", move |connection| {
                write::finish_poll(connection, &key, &state)
            })
            .await
    }

    /// The section's entries dated `since` or later, newest first, at most `most`: those to read again for
    /// corrections. Those whose pages are gone are among them: one may be back.
    pub async fn recent(
        &self,
        site: &Slug,
        section: &Slug,
        since: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<Kept>, StoreError> {
        let key = SectionKey {
            site: site.clone(),
            section: section.clone(),
        };
        self.readers
            .run("look up recent articles", move |connection| {
                read::recent(connection, &key, since, most)
            })
            .await
    }

    /// Lets go of the section's entries that are dated before `older_than` or come after its newest `most`, never of one
    /// in `listed`, which the listing still shows. Returns how many entries were dropped.
    ///
    /// An entry goes when the last section that listed it lets it go. Its identity stays behind as passed over for good, so
    /// that it never comes back as new; of those a site has 100,000 at most, and the oldest are forgotten first.
    pub async fn retain(
        &self,
        key: &SectionKey,
        older_than: DateTime<Utc>,
        most: usize,
        listed: &[Identity],
    ) -> Result<usize, StoreError> {
        let (key, listed) = (key.clone(), listed.to_vec());
        self.writer
            .run("drop old articles", move |connection| {
                retain::retain(connection, &key, older_than, most, &listed)
            })
            .await
    }

    /// Lets go of what is dated before `older_than` and was listed by sections that are not `configured` any more, whose
    /// own retention never runs again. Returns how many entries were dropped.
    pub async fn retain_removed(
        &self,
        configured: &[SectionKey],
        older_than: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let configured = configured.to_vec();
        self.writer
            .run("drop old articles of removed sections", move |connection| {
                retain::retain_removed(connection, &configured, older_than)
            })
            .await
    }

    /// Lets go of the entries of `feed` beyond its newest `most`: for a feed whose entries no section lists.
    pub async fn keep_newest(&self, feed: &FeedKey, most: usize) -> Result<(), StoreError> {
        let feed = feed.clone();
        self.writer
            .run("drop old entries of a feed", move |connection| {
                retain::keep_newest(connection, &feed, most)
            })
            .await
    }

    /// Every feed with its newest entries, as many as `most` says for it.
    pub async fn shelves(
        &self,
        most: impl Fn(&FeedKey) -> usize + Send + 'static,
    ) -> Result<Shelves, StoreError> {
        self.shelves_since(0, most).await
    }

    /// The feeds that changed after `sequence`, which an earlier answer gave; also those that have no entry left.
    pub async fn shelves_since(
        &self,
        sequence: i64,
        most: impl Fn(&FeedKey) -> usize + Send + 'static,
    ) -> Result<Shelves, StoreError> {
        self.readers
            .run("list the feeds", move |connection| {
                shelves::shelves(connection, sequence, &most)
            })
            .await
    }

    /// The entries with these numbers, in this order; one that was dropped in the meantime is left out.
    pub async fn entries(&self, numbers: &[EntryNumber]) -> Result<Vec<Arc<Entry>>, StoreError> {
        let numbers = numbers.to_vec();
        self.readers
            .run("read articles", move |connection| {
                read::entries(connection, &numbers)
            })
            .await
    }

    /// The entries of `feed` behind its newest `skip`, at most `most`, newest first; a story that several sites list, once.
    pub async fn older(
        &self,
        feed: &FeedKey,
        skip: usize,
        most: usize,
    ) -> Result<Vec<Arc<Entry>>, StoreError> {
        let feed = feed.clone();
        self.readers
            .run("read older articles", move |connection| {
                read::older(connection, &feed, skip, most)
            })
            .await
    }

    /// The fingerprint of the configuration by which the feeds were last filled; none in a new database.
    pub async fn feeds_fingerprint(&self) -> Result<Option<String>, StoreError> {
        self.readers
            .run("look up the feeds' fingerprint", |connection| {
                read::feeds_fingerprint(connection)
            })
            .await
    }

    /// Asks anew of every entry which feeds show it, and notes `fingerprint` once all are done. Killed on the way, it leaves the
    /// old fingerprint, so that the next start begins again. Other writes get their turn in between.
    pub async fn rebuild_feeds(
        &self,
        fingerprint: String,
        memberships: impl Fn(&Entry) -> Vec<Membership> + Send + Sync + 'static,
    ) -> Result<(), StoreError> {
        let memberships = Arc::new(memberships);
        let mut done = None;
        loop {
            let memberships = Arc::clone(&memberships);
            let fingerprint = fingerprint.clone();
            let next = self
                .writer
                .run("fill the feeds anew", move |connection| {
                    write::refill(connection, done, &fingerprint, &*memberships)
                })
                .await?;
            match next {
                Some(last) => done = Some(last),
                None => return Ok(()),
            }
        }
    }

    /// Every feed that a configuration ever named, as [`rename`](Store::rename) was last told.
    pub async fn given(&self) -> Result<Vec<Given>, StoreError> {
        self.readers
            .run("look up the feeds that were named", |connection| {
                given::given(connection)
            })
            .await
    }

    /// Puts what is kept of the sites and sections in `renames` under their new names, and remembers `given` from now on: of
    /// more than 20,000 the last. The feeds are to be filled anew after it.
    pub async fn rename(
        &self,
        given: Vec<Given>,
        renames: Vec<(FeedKey, FeedKey)>,
    ) -> Result<(), StoreError> {
        self.writer
            .run("note the feeds that are named", move |connection| {
                given::rename(connection, &given, &renames)
            })
            .await
    }

    /// Reads the whole file and says what is wrong with it. Slow: for a person who asks.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.readers
            .run("check the database", |connection| read::check(connection))
            .await
    }
}
