//! What the store promises, on real files.

mod given;
mod retention;
mod shelves;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::model::{
    Article, Body, Direction, EntryId, Further, Health, Precision, ShelfRow, Tag, When,
};

/// `minutes` after a moment in 2024.
pub fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_725_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

pub fn slug(text: &str) -> Slug {
    Slug::of(text).unwrap()
}

pub fn key(site: &str, section: &str) -> SectionKey {
    SectionKey {
        site: slug(site),
        section: slug(section),
    }
}

/// An article of `paper/politics`, tagged Gaza.
pub fn entry(name: &str, published: DateTime<Utc>) -> Entry {
    Entry {
        id: EntryId(format!("tag:paper.example,2026:{name}")),
        identity: Identity(format!("paper.example/{name}")),
        site: slug("paper"),
        sections: vec![slug("politics")],
        link: url::Url::parse(&format!("https://paper.example/{name}")).ok(),
        first_seen: at(1_000_000),
        updated: published,
        gone: None,
        article: Article {
            title: Some(format!("Story {name}")),
            published: Some(When {
                at: published.fixed_offset(),
                precision: Precision::Second,
            }),
            body: Body {
                html: "<p>A bridge was opened.</p>".repeat(20),
                text: "A bridge was opened.\n\n".repeat(20),
            },
            tags: vec!["Gaza".to_owned()],
            language: Some("en".to_owned()),
            direction: Some(Direction::Ltr),
            ..Article::default()
        },
    }
}

pub fn reading(read_at: DateTime<Utc>) -> Reading {
    Reading {
        validator: Validator {
            etag: Some("\"1\"".to_owned()),
            last_modified: None,
        },
        read_at,
        reads: 1,
    }
}

/// Everything, the sections and the tags of an entry.
pub fn feeds(entry: &Entry) -> Vec<Membership> {
    let membership = |key, label: &str| Membership {
        key,
        label: label.to_owned(),
    };
    let sections = entry.sections.iter().map(|section| {
        membership(
            FeedKey::Section(entry.site.clone(), section.clone()),
            "Section",
        )
    });
    let tags = entry.article.tags.iter().filter_map(|tag| Tag::of(tag));
    let tags = tags.map(|tag| membership(FeedKey::Tag(entry.site.clone(), tag.slug), &tag.label));
    std::iter::once(membership(FeedKey::Everything, "Everything"))
        .chain(sections)
        .chain(tags)
        .collect()
}

struct Trial {
    _directory: tempfile::TempDir,
    store: Store,
}

impl Trial {
    fn new() -> Trial {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("feedwright.db")).unwrap();
        Trial {
            _directory: directory,
            store,
        }
    }

    async fn keep(&self, entry: &Entry) -> EntryNumber {
        let feeds = feeds(entry);
        self.store
            .keep(entry.clone(), reading(at(0)), feeds)
            .await
            .unwrap()
    }

    async fn known(&self, name: &str) -> Option<Known> {
        let identity = Identity(format!("paper.example/{name}"));
        let mut known = self
            .store
            .known(&slug("paper"), vec![identity.clone()])
            .await
            .unwrap();
        known.remove(&identity)
    }

    /// Path → titles of the entries shown, by feed.
    async fn shown(&self) -> Vec<(String, Vec<String>)> {
        self.shown_of(self.store.shelves(|_| 50).await.unwrap().rows)
            .await
    }

    async fn shown_of(&self, rows: Vec<ShelfRow>) -> Vec<(String, Vec<String>)> {
        let mut shown = Vec::new();
        for row in rows {
            let entries = self.store.entries(&row.entries).await.unwrap();
            let titles = entries.iter().map(|entry| {
                let title = entry.article.title.as_deref().unwrap();
                title.trim_start_matches("Story ").to_owned()
            });
            shown.push((row.key.path(), titles.collect()));
        }
        shown.sort();
        shown
    }
}

fn shows(rows: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    rows.iter()
        .map(|(path, titles)| {
            let titles = titles.iter().map(|title| (*title).to_owned()).collect();
            ((*path).to_owned(), titles)
        })
        .collect()
}

#[tokio::test]
async fn what_is_kept_comes_back_whole() {
    let trial = Trial::new();
    let story = entry("a", at(1));
    let number = trial.keep(&story).await;
    assert_eq!(
        trial.known("a").await,
        Some(Known::Kept(Box::new(Kept {
            number,
            entry: story.clone(),
            reading: reading(at(0)),
        })))
    );
    assert_eq!(trial.known("b").await, None);
    assert_eq!(
        trial
            .store
            .entries(&[EntryNumber(99), number])
            .await
            .unwrap(),
        [Arc::new(story)]
    );
    trial.store.check().await.unwrap();
}

#[tokio::test]
async fn a_story_kept_again_keeps_its_number_and_moves_with_its_feeds() {
    let trial = Trial::new();
    let mut story = entry("a", at(1));
    let number = trial.keep(&story).await;
    trial.keep(&entry("b", at(2))).await;
    story.article.tags = vec!["Aid".to_owned()];
    story.sections.push(slug("world"));
    story.article.published = None;
    assert_eq!(trial.keep(&story).await, number);
    assert_eq!(
        trial.shown().await,
        shows(&[
            ("/all", &["a", "b"]),
            ("/paper/politics", &["a", "b"]),
            ("/paper/tag/aid", &["a"]),
            ("/paper/tag/gaza", &["b"]),
            ("/paper/world", &["a"]),
        ])
    );
}

#[tokio::test]
async fn a_reading_is_noted_without_touching_the_feeds() {
    let trial = Trial::new();
    let number = trial.keep(&entry("a", at(1))).await;
    let before = trial.store.shelves(|_| 50).await.unwrap();
    let later = Reading {
        reads: 2,
        ..reading(at(9))
    };
    trial.store.touch(number, later.clone()).await.unwrap();
    let Some(Known::Kept(kept)) = trial.known("a").await else {
        panic!("it is kept");
    };
    assert_eq!(kept.reading, later);
    assert_eq!(trial.store.shelves(|_| 50).await.unwrap(), before);
}

#[tokio::test]
async fn an_address_that_was_passed_over_is_so_until_it_is_kept() {
    let trial = Trial::new();
    let passed = Passed {
        reason: "https://paper.example/a is empty".to_owned(),
        tries: 2,
        retry_at: Some(at(60)),
    };
    let identity = Identity("paper.example/a".to_owned());
    for tries in [1, 2] {
        let passed = Passed {
            tries,
            ..passed.clone()
        };
        trial
            .store
            .pass(&slug("paper"), identity.clone(), passed)
            .await
            .unwrap();
    }
    assert_eq!(trial.known("a").await, Some(Known::Passed(passed)));
    // What one site's listing passes over says nothing of another's.
    let elsewhere = trial.store.known(&slug("other"), vec![identity]).await;
    assert_eq!(elsewhere.unwrap(), HashMap::new());
    trial.keep(&entry("a", at(1))).await;
    assert!(matches!(trial.known("a").await, Some(Known::Kept(_))));
}

#[tokio::test]
async fn a_section_is_remembered_as_its_last_poll_left_it() {
    let trial = Trial::new();
    let politics = key("paper", "politics");
    assert_eq!(
        trial.store.section(&politics).await.unwrap(),
        SectionState::default()
    );
    let state = SectionState {
        validator: reading(at(0)).validator,
        listing_hash: Some(u64::MAX),
        further: vec![Further {
            url: "https://paper.example/politics?page=2".parse().unwrap(),
            validator: reading(at(1)).validator,
            hash: u64::MAX,
        }],
        last_poll: Some(at(3)),
        health: Health::Well,
        items: 2,
        listed: vec![Identity("paper.example/a".to_owned())],
        ..SectionState::default()
    };
    trial
        .store
        .finish_poll(&politics, state.clone())
        .await
        .unwrap();
    assert_eq!(trial.store.section(&politics).await.unwrap(), state);
    assert_eq!(
        trial.store.sections().await.unwrap(),
        HashMap::from([(politics, state)])
    );
}

#[tokio::test]
async fn what_a_site_repeats_is_remembered_as_it_was_last_told() {
    let trial = Trial::new();
    let paper = slug("paper");
    assert_eq!(trial.store.repeated(&paper).await.unwrap(), b"");
    for bytes in [&b"\x01\x00"[..], b"\x01\xff\x00"] {
        trial
            .store
            .keep_repeated(&paper, bytes.to_vec())
            .await
            .unwrap();
        assert_eq!(trial.store.repeated(&paper).await.unwrap(), bytes);
    }
    assert_eq!(trial.store.repeated(&slug("other")).await.unwrap(), b"");
}

#[tokio::test]
async fn recent_articles_are_those_of_the_section_newest_first() {
    let trial = Trial::new();
    for (name, minute) in [("a", 1), ("b", 3), ("c", 2), ("d", 4)] {
        trial.keep(&entry(name, at(minute))).await;
    }
    let mut elsewhere = entry("e", at(5));
    elsewhere.sections = vec![slug("world")];
    trial.keep(&elsewhere).await;
    let recent = trial
        .store
        .recent(&slug("paper"), &slug("politics"), at(2), 2)
        .await
        .unwrap();
    let names: Vec<_> = recent.iter().map(|kept| &kept.entry.identity.0).collect();
    assert_eq!(names, ["paper.example/d", "paper.example/b"]);
}

#[tokio::test]
async fn a_damaged_database_says_so() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("feedwright.db");
    drop(schema::open_writer(&path).unwrap());
    let mut bytes = std::fs::read(&path).unwrap();
    for byte in bytes.iter_mut().skip(4096) {
        *byte = 0xa5;
    }
    std::fs::write(&path, bytes).unwrap();
    let error = match Store::open(&path) {
        Ok(store) => store.check().await.unwrap_err(),
        Err(error) => error,
    };
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    let start = format!("the database {} is damaged (", path.display());
    let end = "); restore a backup, or move it away: a new one is filled by the next polls, with the same ids";
    let sentence = error.to_string();
    assert!(
        sentence.starts_with(&start) && sentence.ends_with(end),
        "{sentence}"
    );
}
