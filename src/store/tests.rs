//! What the store promises, on real files.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::write::MOST_PASSED;
use super::*;
use crate::model::{Article, Body, Direction, EntryId, Health, Precision, ShelfRow, Tag, When};

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
async fn an_entry_that_no_feed_shows_any_more_leaves_its_feeds_standing_empty() {
    let trial = Trial::new();
    let mut story = entry("a", at(1));
    trial.keep(&story).await;
    story.gone = Some(at(5));
    trial
        .store
        .keep(story, reading(at(5)), Vec::new())
        .await
        .unwrap();
    assert_eq!(
        trial.shown().await,
        shows(&[
            ("/all", &[]),
            ("/paper/politics", &[]),
            ("/paper/tag/gaza", &[])
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
async fn retention_drops_by_age_and_number_but_never_what_is_listed() {
    for (older_than, most, listed, dropped) in [
        (0, 9, vec![], vec![]),
        (3, 9, vec![], vec!["a", "b"]),
        (3, 9, vec!["a"], vec!["b"]),
        (0, 2, vec![], vec!["a", "b"]),
        (0, 0, vec!["b", "d"], vec!["a", "c"]),
        (9, 0, vec![], vec!["a", "b", "c", "d"]),
    ] {
        let trial = Trial::new();
        let all = ["a", "b", "c", "d"];
        for (minute, name) in (1..).zip(all) {
            trial.keep(&entry(name, at(minute))).await;
        }
        let listed: Vec<_> = listed
            .iter()
            .map(|name| Identity(format!("paper.example/{name}")))
            .collect();
        let politics = key("paper", "politics");
        let count = trial
            .store
            .retain(&politics, at(older_than), most, &listed)
            .await
            .unwrap();
        assert_eq!(count, dropped.len());
        for name in all {
            let known = trial.known(name).await.unwrap();
            let is_dropped = matches!(known, Known::Passed(Passed { retry_at: None, .. }));
            assert_eq!(is_dropped, dropped.contains(&name), "{name}: {known:?}");
        }
        trial.store.check().await.unwrap();
    }
}

#[tokio::test]
async fn a_story_in_two_sections_goes_when_both_let_it_go() {
    let trial = Trial::new();
    let mut story = entry("a", at(1));
    story.sections.push(slug("world"));
    trial.keep(&story).await;
    let (politics, world) = (key("paper", "politics"), key("paper", "world"));
    let store = &trial.store;
    let listed = [story.identity.clone()];
    assert_eq!(store.retain(&politics, at(9), 9, &[]).await.unwrap(), 0);
    // Politics lists it again before world lets it go.
    assert_eq!(store.retain(&politics, at(9), 9, &listed).await.unwrap(), 0);
    assert_eq!(store.retain(&world, at(9), 9, &[]).await.unwrap(), 0);
    assert!(matches!(trial.known("a").await, Some(Known::Kept(_))));
    assert_eq!(store.retain(&politics, at(9), 9, &[]).await.unwrap(), 1);
    assert!(matches!(trial.known("a").await, Some(Known::Passed(_))));
}

#[tokio::test]
async fn sections_that_are_configured_no_more_hold_nothing_for_ever() {
    let trial = Trial::new();
    let mut both = entry("both", at(1));
    both.sections.push(slug("world"));
    trial.keep(&both).await;
    trial.keep(&entry("old", at(2))).await;
    trial.keep(&entry("new", at(8))).await;
    let world = key("paper", "world");
    let dropped = trial
        .store
        .retain_removed(std::slice::from_ref(&world), at(5))
        .await
        .unwrap();
    assert_eq!(dropped, 1);
    assert!(matches!(trial.known("old").await, Some(Known::Passed(_))));
    assert_eq!(trial.store.retain(&world, at(5), 9, &[]).await.unwrap(), 1);
    assert!(matches!(trial.known("both").await, Some(Known::Passed(_))));
    assert!(matches!(trial.known("new").await, Some(Known::Kept(_))));
}

#[tokio::test]
async fn the_number_of_a_dropped_entry_is_never_given_to_another() {
    let trial = Trial::new();
    let number = trial.keep(&entry("a", at(1))).await;
    let politics = key("paper", "politics");
    trial.store.retain(&politics, at(9), 9, &[]).await.unwrap();
    assert!(trial.keep(&entry("b", at(2))).await > number);
}

#[tokio::test]
async fn a_site_cannot_fill_the_store_with_addresses_that_are_no_articles() {
    let trial = Trial::new();
    let add = |connection: &mut rusqlite::Connection| {
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
             INSERT INTO passed (site, identity, reason, tries)
             SELECT 'paper', 'paper.example/' || i, '', 1 FROM n",
            [i64::try_from(MOST_PASSED + 2).unwrap()],
        )
    };
    trial.store.writer.run("fill", add).await.unwrap();
    let politics = key("paper", "politics");
    trial.store.retain(&politics, at(0), 9, &[]).await.unwrap();
    for (name, known) in [("1", false), ("2", false), ("3", true), ("100002", true)] {
        assert_eq!(trial.known(name).await.is_some(), known, "{name}");
    }
}

#[tokio::test]
async fn only_feeds_that_changed_since_are_listed_again() {
    let trial = Trial::new();
    trial.keep(&entry("a", at(1))).await;
    let mut other = entry("b", at(2));
    other.article.tags = vec!["Aid".to_owned()];
    trial.keep(&other).await;
    let before = trial.store.shelves(|_| 50).await.unwrap();
    let since = |sequence| trial.store.shelves_since(sequence, |_| 50);
    assert_eq!(since(before.sequence).await.unwrap().rows, []);
    // The same again changes nothing.
    trial.keep(&other).await;
    assert_eq!(since(before.sequence).await.unwrap().rows, []);
    other.article.title = Some("Story c".to_owned());
    trial.keep(&other).await;
    let after = since(before.sequence).await.unwrap();
    assert!(after.sequence > before.sequence);
    assert_eq!(
        trial.shown_of(after.rows.clone()).await,
        shows(&[
            ("/all", &["c", "a"]),
            ("/paper/politics", &["c", "a"]),
            ("/paper/tag/aid", &["c"]),
        ])
    );
    for row in after.rows {
        let was = before.rows.iter().find(|was| was.key == row.key).unwrap();
        assert_ne!(was.version, row.version, "{:?}", row.key);
        let now = trial.store.shelves(|_| 50).await.unwrap();
        assert!(now.rows.contains(&row), "a part and the whole agree");
    }
}

#[tokio::test]
async fn a_shelf_knows_what_its_entries_have_in_common() {
    let trial = Trial::new();
    trial.keep(&entry("a", at(1))).await;
    let mut arabic = entry("b", at(2));
    arabic.article.language = Some("ar".to_owned());
    arabic.article.direction = Some(Direction::Rtl);
    arabic.article.tags = vec!["غزة".to_owned()];
    trial.keep(&arabic).await;
    let mut heads: Vec<_> = trial
        .store
        .shelves(|key| if *key == FeedKey::Everything { 1 } else { 50 })
        .await
        .unwrap()
        .rows
        .into_iter()
        .map(|row| {
            let language = row.language.unwrap_or_default();
            (row.key.path(), row.label, language, row.direction)
        })
        .collect();
    heads.sort_by(|one, other| one.0.cmp(&other.0));
    let row = |path: &str, label: &str, language: &str, direction| {
        (
            path.to_owned(),
            label.to_owned(),
            language.to_owned(),
            direction,
        )
    };
    assert_eq!(
        heads,
        [
            row("/all", "Everything", "ar", Some(Direction::Rtl)),
            row("/paper/politics", "Section", "", None),
            row("/paper/tag/gaza", "Gaza", "en", Some(Direction::Ltr)),
            row("/paper/tag/غزة", "غزة", "ar", Some(Direction::Rtl)),
        ]
    );
}

#[tokio::test]
async fn a_story_that_two_sites_list_is_told_once_where_they_are_mixed() {
    let trial = Trial::new();
    let story = entry("a", at(1));
    let number = trial.keep(&story).await;
    let copy = Entry {
        site: slug("digest"),
        ..entry("a", at(7))
    };
    trial.keep(&copy).await;
    let rows = trial.store.shelves(|_| 50).await.unwrap().rows;
    for row in rows {
        match row.key {
            FeedKey::Everything => assert_eq!(row.entries, [number]),
            _ => assert_eq!(row.entries.len(), 1, "{:?}", row.key),
        }
    }
}

#[tokio::test]
async fn feeds_are_filled_anew_by_another_configuration() {
    let trial = Trial::new();
    // More than one transaction takes.
    for minute in 0..450 {
        trial
            .keep(&entry(&format!("{minute:03}"), at(minute)))
            .await;
    }
    assert_eq!(trial.store.feeds_fingerprint().await.unwrap(), None);
    let memberships = |entry: &Entry| {
        let wanted = entry.identity.0.ends_with("00");
        let key = FeedKey::Selection(slug("hundreds"));
        let label = "Hundreds".to_owned();
        Vec::from_iter(wanted.then_some(Membership { key, label }))
    };
    trial
        .store
        .rebuild_feeds("two".to_owned(), memberships)
        .await
        .unwrap();
    assert_eq!(
        trial.store.feeds_fingerprint().await.unwrap().as_deref(),
        Some("two")
    );
    assert_eq!(
        trial.shown().await,
        shows(&[
            ("/all", &[]),
            ("/hundreds", &["400", "300", "200", "100", "000"]),
            ("/paper/politics", &[]),
            ("/paper/tag/gaza", &[]),
        ])
    );
}

#[tokio::test]
async fn a_feeds_moment_never_moves_back() {
    let trial = Trial::new();
    let updated = async || {
        let rows = trial.store.shelves(|_| 50).await.unwrap().rows;
        rows.into_iter().map(|row| row.updated).max().unwrap()
    };
    let story = entry("a", at(1));
    let kept = feeds(&story);
    trial
        .store
        .keep(story, reading(at(50)), kept)
        .await
        .unwrap();
    assert_eq!(updated().await, at(50));
    // An older story that comes later is news for the feed all the same, and its going is not.
    let old = entry("b", at(-900));
    let kept = feeds(&old);
    trial.store.keep(old, reading(at(60)), kept).await.unwrap();
    assert_eq!(updated().await, at(60));
    let politics = key("paper", "politics");
    trial.store.retain(&politics, at(0), 9, &[]).await.unwrap();
    assert_eq!(updated().await, at(60));
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
