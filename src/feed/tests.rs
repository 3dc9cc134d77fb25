//! Which feeds show an entry, and what each feed is.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use super::*;
use crate::config::{
    ArticleRules, Config, EntryRules, ListingRules, Politeness, Section, Selection, Server, Site,
    StoreRules,
};
use crate::model::{
    Article, Direction, Edition, Entry, EntryId, EntryNumber, FeedHead, FeedKey, Health, Identity,
    SectionKey, SectionState, Shelf, ShelfRow, Slug, Source,
};

fn slug(text: &str) -> Slug {
    Slug::of(text).unwrap()
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_725_000_000 + seconds, 0).unwrap()
}

fn key(site: &str, section: &str) -> SectionKey {
    SectionKey {
        site: slug(site),
        section: slug(section),
    }
}

fn section(site: &str, title: &str, minutes: u64) -> Section {
    Section {
        key: key(site, title),
        title: title.to_owned(),
        url: url(&format!("https://{site}.example/{}", slug(title))),
        listing: ListingRules::default(),
        article: ArticleRules::default(),
        entries: EntryRules::default(),
        interval: Duration::from_secs(60 * minutes),
        backfill: 30,
        follow: true,
        recheck: Duration::ZERO,
        keep_age: Duration::MAX,
        keep_items: 500,
        show_items: 50,
        full_text: true,
        min_items: 0,
    }
}

fn site(title: &str, sections: Vec<Section>) -> Site {
    let slug = slug(title);
    Site {
        title: title.to_owned(),
        url: url(&format!("https://{slug}.example/")),
        language: Some("en".to_owned()),
        timezone: chrono_tz::UTC,
        politeness: Politeness {
            pause: Duration::ZERO,
            timeout: Duration::ZERO,
            page_bytes: 0,
            robots: true,
            user_agent: String::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            proxy: None,
            private_network: false,
        },
        sections,
        slug,
    }
}

fn selection(title: &str) -> Selection {
    Selection {
        slug: slug(title),
        title: title.to_owned(),
        sites: Vec::new(),
        sections: Vec::new(),
        tags: Vec::new(),
        authors: Vec::new(),
        entries: EntryRules::default(),
        show_items: 20,
        full_text: false,
    }
}

fn config(selections: Vec<Selection>) -> Config {
    Config {
        server: Server {
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: url("https://feeds.example/"),
            cache_bytes: 0,
        },
        store: StoreRules { path: "x".into() },
        sites: vec![
            site(
                "Paper",
                vec![
                    section("paper", "Politics", 10),
                    Section {
                        show_items: 80,
                        full_text: false,
                        ..section("paper", "World", 30)
                    },
                ],
            ),
            site("Herald", vec![section("herald", "News", 20)]),
        ],
        selections,
    }
}

fn entry(tags: &[&str], authors: &[&str]) -> Entry {
    Entry {
        id: EntryId("tag:paper.example,2026:1".to_owned()),
        identity: Identity("paper.example/a".to_owned()),
        site: slug("Paper"),
        sections: vec![slug("World"), slug("Sports")],
        link: Some(url("https://paper.example/a")),
        first_seen: at(0),
        updated: at(0),
        gone: None,
        article: Article {
            title: Some("Bridge opens".to_owned()),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            authors: authors.iter().map(|author| (*author).to_owned()).collect(),
            ..Article::default()
        },
    }
}

fn paths(entry: &Entry, config: &Config) -> Vec<String> {
    memberships(entry, config)
        .into_iter()
        .map(|feed| format!("{} {}", feed.key.path(), feed.label))
        .collect()
}

#[test]
fn an_entry_is_in_every_feed_that_it_has_a_name_for() {
    let config = config(Vec::new());
    // Sports is configured no more; two labels have one slug; one is only punctuation.
    let entry = entry(
        &["US & Canada", "!?", "us canada", "غَزّة", "غزة"],
        &["Ada Reed", "Sports  Desk", "ada reed"],
    );
    assert_eq!(
        paths(&entry, &config),
        [
            "/all Everything",
            "/paper Paper",
            "/paper/world World",
            "/paper/tag/us-canada US & Canada",
            "/paper/tag/غزة غَزّة",
            "/paper/author/ada-reed Ada Reed",
            "/paper/author/sports-desk Sports Desk",
        ]
    );
}

#[test]
fn no_feed_shows_what_is_gone_or_whose_site_is_configured_no_more() {
    let config = config(vec![selection("All of it")]);
    let gone = Entry {
        gone: Some(at(9)),
        ..entry(&["Gaza"], &[])
    };
    let removed = Entry {
        site: slug("Gazette"),
        ..entry(&["Gaza"], &[])
    };
    for entry in [gone, removed] {
        assert_eq!(memberships(&entry, &config), []);
    }
}

#[test]
fn an_entry_has_a_bounded_number_of_tags_and_authors() {
    let many: Vec<String> = (0..10_000).map(|number| format!("name {number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let feeds = memberships(&entry(&many, &many), &config(Vec::new()));
    assert_eq!(feeds.len(), 3 + 64 + 16);
    let last = FeedKey::Tag(slug("paper"), slug("name 63"));
    assert!(feeds.iter().any(|feed| feed.key == last), "the first ones");
}

#[test]
fn a_selection_combines_sections_tags_authors_and_rules() {
    let pattern = |text: &str| vec![regex::Regex::new(text).unwrap()];
    let base = selection("Mine");
    let mut unwanted = base.clone();
    unwanted.entries.exclude.title = pattern("(?i)bridge");
    let with = |sites: &[&str], sections: &[SectionKey], tags: &[&str], authors: &[&str]| {
        let slugs = |names: &[&str]| names.iter().map(|name| slug(name)).collect();
        Selection {
            sites: slugs(sites),
            sections: sections.to_vec(),
            tags: slugs(tags),
            authors: slugs(authors),
            ..base.clone()
        }
    };
    let entry = entry(&["Gaza", "Aid"], &["Ada Reed"]);
    for (selection, shows) in [
        (base.clone(), true),
        (with(&["paper"], &[], &[], &[]), true),
        (with(&["herald"], &[], &[], &[]), false),
        (with(&["herald"], &[key("paper", "world")], &[], &[]), true),
        (with(&[], &[key("paper", "politics")], &[], &[]), false),
        (with(&[], &[], &["peace", "aid"], &[]), true),
        (with(&[], &[], &["peace"], &[]), false),
        (with(&[], &[], &["aid"], &["ada reed"]), true),
        (with(&[], &[], &["aid"], &["bo lund"]), false),
        (unwanted, false),
    ] {
        let config = config(vec![selection.clone()]);
        let feed = FeedKey::Selection(slug("mine"));
        let is_member = memberships(&entry, &config)
            .iter()
            .any(|membership| membership.key == feed);
        assert_eq!(is_member, shows, "{selection:?}");
    }
}

#[test]
fn the_fingerprint_names_what_decides_over_memberships_and_nothing_else() {
    let same = |change: fn(&mut Config)| {
        let mut changed = config(vec![selection("Mine")]);
        let before = fingerprint(&changed);
        change(&mut changed);
        before == fingerprint(&changed)
    };
    assert!(same(|_| {}));
    assert!(same(|c| c.sites[0].title = "Daily".to_owned()));
    assert!(same(|c| c.sites[0].sections[0].show_items = 7));
    assert!(!same(|c| c.sites.truncate(1)));
    assert!(!same(|c| c.sites[0].sections.truncate(1)));
    assert!(!same(|c| c.selections.clear()));
    assert!(!same(|c| c.selections[0].tags = vec![slug("gaza")]));
    assert!(!same(|c| c.selections[0].authors = vec![slug("gaza")]));
    assert!(!same(|c| {
        c.selections[0].entries.include.text = vec![regex::Regex::new("x").unwrap()];
    }));
}

fn row(key: FeedKey, label: &str, entries: &[i64]) -> ShelfRow {
    ShelfRow {
        key,
        label: label.to_owned(),
        entries: entries.iter().copied().map(EntryNumber).collect(),
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
    assert_eq!(edition.feeds.len(), 6 + 50_000);
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
