//! The store at the size of some years: 100,000 entries under 10,000 tags. `cargo bench --bench store`; fewer entries by
//! `FEEDWRIGHT_BENCH_ENTRIES`.

#![allow(
    clippy::unwrap_used,
    reason = "a bench that cannot go on should stop where it is"
)]

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use divan::Bencher;
use feedwright::model::{
    Article, Body, Direction, Entry, EntryId, EntryNumber, FeedKey, Identity, Membership,
    Precision, Slug, Validator, When,
};
use feedwright::store::{Reading, Store};
use tokio::runtime::Runtime;

/// Tags in all; an entry has five.
const TAGS: u64 = 10_000;

/// Entries that a feed shows.
const SHOWN: usize = 50;

fn main() {
    LazyLock::force(&TRIAL);
    divan::main();
}

struct Trial {
    _directory: tempfile::TempDir,
    runtime: Runtime,
    store: Store,
    entries: u64,
    next: AtomicU64,
}

static TRIAL: LazyLock<Trial> = LazyLock::new(|| {
    let entries = std::env::var("FEEDWRIGHT_BENCH_ENTRIES")
        .map_or_else(|_| usual_entries(), |number| number.parse().unwrap());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("feedwright.db");
    let trial = Trial {
        runtime: Runtime::new().unwrap(),
        store: Store::open(&path).unwrap(),
        entries,
        next: AtomicU64::new(entries),
        _directory: directory,
    };
    for number in 0..entries {
        trial.keep(number);
    }
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!("{entries} entries take {} MB", bytes / 1_000_000);
    trial
});

/// Filling the database takes half a minute: not where `cargo test --all-targets` only looks whether the bench runs.
fn usual_entries() -> u64 {
    if std::env::args().any(|argument| argument == "--bench") {
        100_000
    } else {
        300
    }
}

impl Trial {
    fn keep(&self, number: u64) -> EntryNumber {
        let entry = entry(number);
        let feeds = feeds(&entry, number);
        let kept = self.store.keep(entry, reading(), feeds);
        self.runtime.block_on(kept).unwrap()
    }
}

fn slug(text: &str) -> Slug {
    Slug::of(text).unwrap()
}

fn at(minutes: u64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(i64::try_from(minutes).unwrap())
}

fn reading() -> Reading {
    Reading {
        validator: Validator::default(),
        read_at: at(0),
        reads: 1,
    }
}

/// An article of about 4 KB.
fn entry(number: u64) -> Entry {
    let text: String = (0..40)
        .map(|line| {
            format!(
                "Sentence {} tells of a bridge over the river.\n\n",
                number * 7 + line
            )
        })
        .collect();
    Entry {
        id: EntryId(format!("tag:paper.example,2026:{number:032x}")),
        identity: identity(number),
        site: slug("paper"),
        sections: vec![slug(&format!("section {}", number % 20))],
        link: url::Url::parse(&format!("https://paper.example/news/{number}")).ok(),
        first_seen: at(number),
        updated: at(number),
        gone: None,
        article: Article {
            title: Some(format!("Story {number}")),
            published: Some(When {
                at: at(number).fixed_offset(),
                precision: Precision::Minute,
            }),
            body: Body {
                html: format!("<p>{}</p>", text.replace("\n\n", "</p><p>")),
                text,
            },
            tags: tags(number).map(|tag| format!("Tag {tag}")).collect(),
            language: Some("en".to_owned()),
            direction: Some(Direction::Ltr),
            ..Article::default()
        },
    }
}

fn identity(number: u64) -> Identity {
    Identity(format!("paper.example/news/{number}"))
}

/// Two tags that everybody uses and three of the many.
fn tags(number: u64) -> impl Iterator<Item = u64> {
    let spread = |seed: u64| (number ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    [
        spread(1) % 10,
        10 + spread(2) % 90,
        spread(3) % TAGS,
        spread(4) % TAGS,
        spread(5) % TAGS,
    ]
    .into_iter()
}

fn feeds(entry: &Entry, number: u64) -> Vec<Membership> {
    let site = || slug("paper");
    let author = FeedKey::Author(site(), slug(&format!("author {}", number % 500)));
    let mut keys = vec![FeedKey::Everything, FeedKey::Site(site()), author];
    keys.extend(
        entry
            .sections
            .iter()
            .map(|section| FeedKey::Section(site(), section.clone())),
    );
    keys.extend(
        entry
            .article
            .tags
            .iter()
            .map(|tag| FeedKey::Tag(site(), slug(tag))),
    );
    keys.into_iter()
        .map(|key| Membership {
            label: key.path(),
            key,
        })
        .collect()
}

#[divan::bench]
fn keep_a_new_article() -> EntryNumber {
    TRIAL.keep(TRIAL.next.fetch_add(1, Ordering::Relaxed))
}

#[divan::bench]
fn look_up_a_listing_of_30(bencher: Bencher<'_, '_>) {
    let listed: Vec<Identity> = (0..30)
        .map(|part| identity(part * TRIAL.entries / 30))
        .collect();
    let paper = slug("paper");
    bencher.bench(|| {
        let known = TRIAL.store.known(&paper, listed.clone());
        TRIAL.runtime.block_on(known).unwrap()
    });
}

#[divan::bench(sample_count = 10)]
fn list_every_feed(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let shelves = TRIAL.store.shelves(|_| SHOWN);
        TRIAL.runtime.block_on(shelves).unwrap()
    });
}

#[divan::bench(sample_count = 20)]
fn list_the_feeds_of_one_new_article(bencher: Bencher<'_, '_>) {
    let shelves = TRIAL.store.shelves(|_| 0);
    let before = TRIAL.runtime.block_on(shelves).unwrap().sequence;
    keep_a_new_article();
    bencher.bench(|| {
        let shelves = TRIAL.store.shelves_since(before, |_| SHOWN);
        TRIAL.runtime.block_on(shelves).unwrap()
    });
}

#[divan::bench]
fn read_the_50_entries_of_a_feed(bencher: Bencher<'_, '_>) {
    let numbers: Vec<EntryNumber> = (1..=50).map(|part| EntryNumber(part * 5)).collect();
    bencher.bench(|| {
        let entries = TRIAL.store.entries(&numbers);
        TRIAL.runtime.block_on(entries).unwrap()
    });
}
