//! What the store remembers of feeds that were named, and what becomes of entries under a new name.

use super::*;
use crate::store::given::MOST_GIVEN;

fn given(key: FeedKey, stands: bool, heir: Option<FeedKey>) -> Given {
    Given {
        key,
        mark: "paper.example/".to_owned(),
        stands,
        heir,
    }
}

fn site(name: &str) -> FeedKey {
    FeedKey::Site(slug(name))
}

fn section(site: &str, name: &str) -> FeedKey {
    FeedKey::Section(slug(site), slug(name))
}

#[tokio::test]
async fn what_was_named_outlives_a_restart_in_its_order() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("feedwright.db");
    let all = vec![
        given(site("old"), false, Some(site("paper"))),
        given(section("paper", "gone"), false, None),
        given(site("paper"), true, None),
        given(FeedKey::Selection(slug("mine")), true, None),
    ];
    let store = Store::open(&path).unwrap();
    assert_eq!(store.given().await.unwrap(), []);
    for _ in 0..2 {
        store.rename(all.clone(), Vec::new()).await.unwrap();
    }
    drop(store);
    assert_eq!(Store::open(&path).unwrap().given().await.unwrap(), all);
}

#[tokio::test]
async fn of_too_many_names_the_oldest_are_forgotten() {
    let trial = Trial::new();
    let names = (0..MOST_GIVEN + 2).map(|n| given(site(&format!("s{n}")), false, None));
    trial
        .store
        .rename(names.collect(), Vec::new())
        .await
        .unwrap();
    let kept = trial.store.given().await.unwrap();
    assert_eq!(kept.len(), MOST_GIVEN);
    assert_eq!(kept[0].key, site("s2"));
}

#[tokio::test]
async fn entries_follow_their_site_and_section_to_new_names() {
    let trial = Trial::new();
    let number = trial.keep(&entry("a", at(1))).await;
    let state = SectionState {
        items: 7,
        ..SectionState::default()
    };
    let (old, new) = (key("paper", "politics"), key("daily", "power"));
    trial.store.finish_poll(&old, state.clone()).await.unwrap();
    let repeated = vec![1, 2];
    trial
        .store
        .keep_repeated(&old.site, repeated.clone())
        .await
        .unwrap();
    // What an earlier bearer of the name left behind gives way.
    let mut left = entry("a", at(0));
    left.site = slug("daily");
    trial.keep(&left).await;
    let renames = vec![
        (site("paper"), site("daily")),
        (section("paper", "politics"), section("daily", "power")),
    ];
    trial.store.rename(Vec::new(), renames).await.unwrap();
    assert_eq!(trial.store.section(&new).await.unwrap(), state);
    assert_eq!(trial.store.repeated(&new.site).await.unwrap(), repeated);
    assert_eq!(
        trial.store.section(&old).await.unwrap(),
        SectionState::default()
    );
    let kept = trial.store.entries(&[number]).await.unwrap();
    let moved = Entry {
        site: slug("daily"),
        sections: vec![slug("power")],
        ..entry("a", at(1))
    };
    assert_eq!(*kept[0], moved);
    let recent = |key: SectionKey| {
        let store = trial.store.clone();
        async move {
            let found = store.recent(&key.site, &key.section, at(0), 9).await;
            found.unwrap().len()
        }
    };
    assert_eq!((recent(new).await, recent(old).await), (1, 0));
    trial
        .store
        .rebuild_feeds("new".to_owned(), feeds)
        .await
        .unwrap();
    let paths: Vec<String> = trial
        .shown()
        .await
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(path, _)| path)
        .collect();
    assert_eq!(paths, ["/all", "/daily/power", "/daily/tag/gaza"]);
    trial.store.check().await.unwrap();
}
