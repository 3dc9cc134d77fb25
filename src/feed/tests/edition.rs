//! What each feed is.

use std::collections::HashMap;

use super::*;
use crate::model::{
    Direction, Edition, EntryNumber, FeedHead, Health, SectionState, Shelf, ShelfRow, Source,
};

fn row(key: FeedKey, label: &str, entries: &[i64]) -> ShelfRow {
    ShelfRow {
        key,
        label: label.to_owned(),
        entries: entries.iter().copied().map(EntryNumber).collect(),
        total: entries.len(),
        language: Some("ar".to_owned()),
        direction: Some(Direction::Rtl),
        updated: at(5),
        version: 7,
    }
}

fn heads(edition: &Edition) -> Vec<(&str, &str)> {
    edition
        .feeds
        .iter()
        .map(|(path, shelf)| (path.as_str(), shelf.head.title.as_str()))
        .collect()
}

#[test]
fn every_configured_feed_is_there_before_its_first_entry() {
    let edition = edition(
        &config(vec![selection("Mine")]),
        Vec::new(),
        &HashMap::new(),
    );
    assert_eq!(
        heads(&edition),
        [
            ("/all", "Everything"),
            ("/health", "Health of the sources"),
            ("/herald", "Herald"),
            ("/herald/news", "Herald: News"),
            ("/mine", "Mine"),
            ("/paper", "Paper"),
            ("/paper/politics", "Paper: Politics"),
            ("/paper/world", "Paper: World"),
        ]
    );
    assert_eq!(
        edition.feeds["/paper/world"].head,
        FeedHead {
            key: FeedKey::Section(slug("paper"), slug("world")),
            title: "Paper: World".to_owned(),
            description: "The articles that Paper lists under World".to_owned(),
            link: Some(url("https://paper.example/world")),
            language: Some("en".to_owned()),
            direction: None,
            updated: DateTime::UNIX_EPOCH,
            max_age: Duration::from_secs(1_800),
            full_text: false,
        }
    );
}

#[test]
fn the_feeds_of_tags_and_authors_are_there_with_their_first_entry() {
    let rows = vec![
        row(FeedKey::Tag(slug("paper"), slug("gaza")), "Gaza", &[3, 1]),
        row(
            FeedKey::Author(slug("paper"), slug("ada reed")),
            "Ada Reed",
            &[1],
        ),
        // Of a site, a section and a selection that are configured no more.
        row(FeedKey::Tag(slug("gazette"), slug("gaza")), "Gaza", &[9]),
        row(
            FeedKey::Section(slug("paper"), slug("sports")),
            "Sports",
            &[9],
        ),
        row(FeedKey::Selection(slug("old")), "Old", &[9]),
    ];
    let mut config = config(Vec::new());
    config.sites.truncate(1);
    let edition = edition(&config, rows, &HashMap::new());
    assert_eq!(
        heads(&edition),
        [
            ("/all", "Everything"),
            ("/health", "Health of the sources"),
            ("/paper", "Paper"),
            ("/paper/author/ada-reed", "Paper: by Ada Reed"),
            ("/paper/politics", "Paper: Politics"),
            ("/paper/tag/gaza", "Paper: #Gaza"),
            ("/paper/world", "Paper: World"),
        ]
    );
    let Shelf { head, entries, .. } = &edition.feeds["/paper/tag/gaza"];
    assert_eq!(entries, &[EntryNumber(3), EntryNumber(1)]);
    assert_eq!(
        head,
        &FeedHead {
            key: FeedKey::Tag(slug("paper"), slug("gaza")),
            title: "Paper: #Gaza".to_owned(),
            description: "The articles of Paper that are tagged Gaza".to_owned(),
            link: None,
            language: Some("ar".to_owned()),
            direction: Some(Direction::Rtl),
            updated: at(5),
            max_age: Duration::from_secs(600),
            full_text: false,
        }
    );
}

#[test]
fn a_feed_shows_as_many_entries_as_it_is_told_to() {
    let mine = selection("Mine");
    let config = config(vec![mine]);
    for (key, items) in [
        (FeedKey::Everything, 80),
        (FeedKey::Selection(slug("mine")), 20),
        (FeedKey::Site(slug("herald")), 50),
        (FeedKey::Section(slug("paper"), slug("world")), 80),
        (FeedKey::Tag(slug("paper"), slug("gaza")), 80),
        (FeedKey::Tag(slug("gazette"), slug("gaza")), 0),
    ] {
        assert_eq!(show_items(&config, &key), items, "{key:?}");
        let numbers: Vec<i64> = (0..100).collect();
        let path = key.path();
        let edition = edition(&config, vec![row(key, "x", &numbers)], &HashMap::new());
        let shown = edition
            .feeds
            .get(&path)
            .map_or(0, |shelf| shelf.entries.len());
        assert_eq!(shown, items, "{path}");
    }
}

#[test]
fn a_version_differs_where_the_feed_does_and_nowhere_else() {
    let version = |change: fn(&mut Config, &mut ShelfRow)| {
        let mut config = config(Vec::new());
        let mut row = row(FeedKey::Site(slug("herald")), "", &[1]);
        change(&mut config, &mut row);
        edition(&config, vec![row], &HashMap::new()).feeds["/herald"].version
    };
    let before = version(|_, _| {});
    assert_eq!(before, version(|_, _| {}));
    assert_eq!(
        before,
        version(|c, _| c.sites[0].title = "Daily".to_owned())
    );
    for (name, changed) in [
        ("entries", version(|_, row| row.version = 8)),
        ("updated", version(|_, row| row.updated = at(6))),
        ("language", version(|_, row| row.language = None)),
        ("direction", version(|_, row| row.direction = None)),
        (
            "title",
            version(|c, _| c.sites[1].title = "Daily".to_owned()),
        ),
        (
            "link",
            version(|c, _| c.sites[1].url = url("https://h.example")),
        ),
        (
            "full text",
            version(|c, _| c.sites[1].sections[0].full_text = false),
        ),
    ] {
        assert_ne!(before, changed, "{name}");
    }
}

#[test]
fn an_edition_renewed_by_what_changed_is_the_edition_of_all() {
    let config = config(Vec::new());
    let sections = HashMap::new();
    let tag = |label: &str, entries: &[i64]| {
        row(FeedKey::Tag(slug("paper"), slug(label)), label, entries)
    };
    let before = edition(
        &config,
        vec![tag("Gaza", &[1]), tag("Aid", &[1])],
        &sections,
    );
    let renewed = renew(
        &before,
        &config,
        vec![tag("Gaza", &[2, 1]), tag("Sea", &[2])],
        &sections,
    );
    let whole = edition(
        &config,
        vec![tag("Gaza", &[2, 1]), tag("Aid", &[1]), tag("Sea", &[2])],
        &sections,
    );
    assert_eq!(renewed.feeds, whole.feeds);
}

#[test]
fn an_edition_has_a_bounded_number_of_feeds_and_keeps_those_that_changed_last() {
    let config = config(Vec::new());
    let rows = (0..60_000)
        .map(|number| ShelfRow {
            updated: at(number),
            ..row(
                FeedKey::Tag(slug("paper"), slug(&format!("tag {number}"))),
                "x",
                &[1],
            )
        })
        .collect();
    let edition = edition(&config, rows, &HashMap::new());
    assert_eq!(edition.feeds.len(), 7 + 50_000);
    for (path, is_there) in [
        ("/all", true),
        ("/paper/tag/tag-9999", false),
        ("/paper/tag/tag-10000", true),
    ] {
        assert_eq!(edition.feeds.contains_key(path), is_there, "{path}");
    }
}

#[test]
fn every_configured_section_says_how_it_is_doing() {
    let health = Health::Ailing {
        reason: "https://herald.example/news answered 403".to_owned(),
        since: at(1),
        failures: 2,
    };
    let state = SectionState {
        health: health.clone(),
        last_poll: Some(at(3)),
        last_success: Some(at(1)),
        next_poll: Some(at(9)),
        items: 30,
        ..SectionState::default()
    };
    let sections = HashMap::from([
        (key("herald", "news"), state),
        (key("old", "x"), SectionState::default()),
    ]);
    let sources = edition(&config(Vec::new()), Vec::new(), &sections).sources;
    let keys: Vec<String> = sources
        .iter()
        .map(|source| source.key.to_string())
        .collect();
    assert_eq!(keys, ["paper/politics", "paper/world", "herald/news"]);
    assert_eq!(sources[0].health, Health::New);
    assert_eq!(
        sources[2],
        Source {
            key: key("herald", "news"),
            site_title: "Herald".to_owned(),
            title: "News".to_owned(),
            url: url("https://herald.example/news"),
            health,
            last_poll: Some(at(3)),
            last_success: Some(at(1)),
            next_poll: Some(at(9)),
            items: 30,
        }
    );
}
