//! What the feeds' heads say of their entries.

use super::*;

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
async fn what_is_older_than_a_feed_lists_can_be_read_in_pieces() {
    let trial = Trial::new();
    for minute in 0..5 {
        trial.keep(&entry(&format!("s{minute}"), at(minute))).await;
    }
    // A second site lists one of the stories: everything tells it once.
    let mut copy = entry("s1", at(1));
    copy.site = slug("herald");
    trial.keep(&copy).await;
    let politics = FeedKey::Section(slug("paper"), slug("politics"));
    let rows = trial.store.shelves(|_| 2).await.unwrap().rows;
    let row = rows.iter().find(|row| row.key == politics).unwrap();
    assert_eq!((row.entries.len(), row.total), (2, 5));
    let row = rows.iter().find(|row| row.key == FeedKey::Everything);
    assert_eq!(row.map(|row| row.total), Some(6));
    let tag = FeedKey::Tag(slug("herald"), slug("gaza"));
    let row = rows.iter().find(|row| row.key == tag);
    assert_eq!(row.map(|row| row.total), Some(1));
    let never = FeedKey::Site(slug("never"));
    for (feed, skip, names) in [
        (&politics, 0, &["s4", "s3"] as &[_]),
        (&politics, 2, &["s2", "s1"]),
        (&politics, 4, &["s0"]),
        (&politics, 6, &[]),
        (&FeedKey::Everything, 3, &["s1"]),
        (&never, 0, &[]),
    ] {
        let older = trial.store.older(feed, skip, 2).await.unwrap();
        let titles: Vec<_> = older
            .iter()
            .filter_map(|entry| entry.article.title.as_deref()?.strip_prefix("Story "))
            .collect();
        assert_eq!(titles, names, "{feed:?} {skip}");
    }
}
