//! What is dropped, what is held, and what is remembered of it.

use super::*;
use crate::store::retain::{MOST_DROPPED, MOST_PASSED};

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
async fn retention_holds_the_writer_for_a_bounded_number_of_entries() {
    let trial = Trial::new();
    for number in 0..MOST_DROPPED + 3 {
        trial.keep(&entry(&number.to_string(), at(1))).await;
    }
    let politics = key("paper", "politics");
    for dropped in [MOST_DROPPED, 3, 0] {
        let count = trial.store.retain(&politics, at(9), 9, &[]).await.unwrap();
        assert_eq!(count, dropped);
    }
}

#[tokio::test]
async fn a_feed_that_no_section_fills_keeps_its_newest() {
    let trial = Trial::new();
    for minute in 0..5 {
        let mut note = entry(&format!("n{minute}"), at(minute));
        note.sections.clear();
        let feed = Membership {
            key: FeedKey::Health,
            label: String::new(),
        };
        let kept = trial.store.keep(note, reading(at(0)), vec![feed]).await;
        kept.unwrap();
    }
    trial.keep(&entry("a", at(0))).await;
    trial.store.keep_newest(&FeedKey::Health, 2).await.unwrap();
    let shown = trial.shown().await;
    assert_eq!(shown[0], ("/all".to_owned(), vec!["a".to_owned()]));
    let newest = vec!["n4".to_owned(), "n3".to_owned()];
    assert_eq!(shown[1], ("/health".to_owned(), newest));
    assert_eq!(trial.known("n0").await, None);
}
