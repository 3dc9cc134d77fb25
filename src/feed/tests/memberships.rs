//! Which feeds show an entry.

use super::*;
use crate::model::{Article, Entry, EntryId, Identity, Membership};

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
fn an_entry_is_shown_where_a_sections_rules_admit_it_and_nowhere_else_if_none_does() {
    let pattern = |text: &str| vec![regex::Regex::new(text).unwrap()];
    let mut config = config(vec![selection("Mine")]);
    let mut entry = entry(&["Gaza"], &[]);
    entry.sections = vec![slug("Politics"), slug("World")];
    let all = [
        "/all Everything",
        "/paper Paper",
        "/paper/politics Politics",
        "/paper/world World",
        "/mine Mine",
        "/paper/tag/gaza Gaza",
    ];
    let without = |path: &str| {
        let rest = all.iter().filter(|feed| !feed.starts_with(path));
        rest.map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(paths(&entry, &config), all);
    config.sites[0].sections[0].entries.include.tag = pattern("^Peace$");
    assert_eq!(paths(&entry, &config), without("/paper/politics"));
    config.sites[0].sections[1].entries.exclude.title = pattern("Bridge");
    assert_eq!(paths(&entry, &config), [""; 0]);
    config.sites[0].sections[0].entries.include.title = pattern("Bridge");
    assert_eq!(paths(&entry, &config), without("/paper/world"));
}

#[test]
fn an_entry_of_sections_that_are_configured_no_more_is_shown_nowhere() {
    let mut entry = entry(&["Gaza"], &[]);
    entry.sections = vec![slug("Sports")];
    assert_eq!(paths(&entry, &config(vec![selection("Mine")])), [""; 0]);
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
fn a_label_as_long_as_a_sentence_is_no_tag() {
    for (label, feeds) in [("x".repeat(120), 4), ("x".repeat(121), 3)] {
        let entry = entry(&[&label], &[]);
        assert_eq!(memberships(&entry, &config(Vec::new())).len(), feeds);
    }
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
    assert!(!same(|c| {
        c.sites[0].sections[0].entries.exclude.url = vec![regex::Regex::new("x").unwrap()];
    }));
    assert!(!same(|c| c.selections.clear()));
    assert!(!same(|c| c.selections[0].tags = vec![slug("gaza")]));
    assert!(!same(|c| c.selections[0].authors = vec![slug("gaza")]));
    assert!(!same(|c| {
        c.selections[0].entries.include.text = vec![regex::Regex::new("x").unwrap()];
    }));
}

#[test]
fn the_question_can_be_asked_on_the_stores_own_thread() {
    fn is_shareable(_: &(impl Fn(&Entry) -> Vec<Membership> + Send + Sync + 'static)) {}
    let config = std::sync::Arc::new(config(Vec::new()));
    is_shareable(&move |entry: &Entry| memberships(entry, &config));
}
