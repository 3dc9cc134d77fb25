//! What moves `updated`, what is kept quietly, and what is nothing at all.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::model::{Body, EntryId, Image, Media, MediaKind, Precision, Translation, When};

fn slug(text: &str) -> Slug {
    Slug::of(text).unwrap()
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// `minutes` after a moment in 2024.
fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_725_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn when(minutes: i64) -> Option<When> {
    Some(When {
        at: at(minutes).fixed_offset(),
        precision: Precision::Minute,
    })
}

fn image(address: &str) -> Option<Image> {
    Some(Image::at(url(address)))
}

fn film(address: &str) -> Media {
    Media {
        url: url(address),
        kind: MediaKind::Video,
        mime: None,
        length_bytes: None,
        duration: None,
        thumbnail: None,
        title: None,
    }
}

fn translations(languages: &[&str]) -> Vec<Translation> {
    let told = languages.iter().map(|language| Translation {
        language: (*language).to_owned(),
        url: url(&format!("https://a.example/{language}/bridge")),
    });
    told.collect()
}

fn article() -> Article {
    Article {
        title: Some("Bridge opens".to_owned()),
        authors: vec!["Ada Reed".to_owned()],
        summary: Some("After nine years.".to_owned()),
        published: when(0),
        lead_image: image("https://media.example/2024/bridge.jpg?v=1"),
        body: Body {
            html: "<p>The river <img src=\"https://media.example/r.jpg?w=9&amp;h=9\" alt=\"\"> was crossed.</p>".to_owned(),
            text: "The river was crossed.".to_owned(),
        },
        tags: vec!["Transport".to_owned(), "Rivers".to_owned()],
        translations: translations(&["fr", "ar"]),
        category: Some("Local".to_owned()),
        media: vec![film("https://player.example/watch?v=1")],
        ..Article::default()
    }
}

fn sighting(article: Article) -> Sighting {
    Sighting {
        site: slug("paper"),
        host: "paper.example".to_owned(),
        section: slug("local"),
        identity: identity(&url("https://www.paper.example/local/bridge")),
        link: Some(url("https://www.paper.example/local/bridge")),
        article,
    }
}

/// The entry first seen at minute 10.
fn known() -> Entry {
    match update(None, sighting(article()), at(10)) {
        Change::New(entry) => entry,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_story_never_seen_is_an_entry_with_its_own_dates() {
    assert_eq!(
        known(),
        Entry {
            id: EntryId("tag:paper.example,2026:dcd9cf6cc18f5bf837a4a5b2291243c3".to_owned()),
            identity: Identity("paper.example/local/bridge".to_owned()),
            site: slug("paper"),
            sections: vec![slug("local")],
            link: Some(url("https://www.paper.example/local/bridge")),
            first_seen: at(10),
            updated: at(0),
            gone: None,
            article: article(),
        }
    );
}

#[test]
fn the_first_moment_of_change_is_the_sites_own_unless_it_lies_in_the_future() {
    for (published, modified, updated) in [
        (None, None, 10),
        (when(3), None, 3),
        (when(3), when(5), 5),
        (None, when(5), 10),
        (when(3), when(1), 3),
        (when(500), None, 10),
        (when(3), when(500), 10),
    ] {
        let seen = Article {
            published,
            modified,
            ..article()
        };
        let Change::New(entry) = update(None, sighting(seen), at(10)) else {
            panic!("it is new");
        };
        assert_eq!(entry.updated, at(updated), "{published:?} {modified:?}");
        assert!(entry.date() <= entry.updated);
    }
}

/// A change to the article, and its name.
type Edit = (&'static str, fn(&mut Article));

#[test]
fn what_a_reader_sees_moves_the_moment_of_change() {
    let edits: [Edit; 8] = [
        ("title", |a| a.title = Some("Bridge closes".to_owned())),
        ("case of a title", |a| {
            a.title = Some("BRIDGE opens".to_owned())
        }),
        ("summary", |a| {
            a.summary = Some("After ten years.".to_owned())
        }),
        ("author", |a| a.authors.push("Bo Lund".to_owned())),
        ("text", |a| a.body.text.push_str("\n\nTwice.")),
        ("picture", |a| {
            a.lead_image = image("https://media.example/2024/other.jpg?v=1")
        }),
        ("film", |a| {
            a.media = vec![film("https://player.example/watch?v=2")]
        }),
        ("second film", |a| {
            a.media.push(film("https://player.example/f.mp4"))
        }),
    ];
    for (name, edit) in edits {
        let mut seen = article();
        edit(&mut seen);
        let expected = Entry {
            updated: at(60),
            article: seen.clone(),
            ..known()
        };
        assert_eq!(
            update(Some(&known()), sighting(seen), at(60)),
            Change::Changed(expected),
            "{name}"
        );
    }
}

#[test]
fn what_only_programs_see_is_kept_without_moving_it() {
    let edits: [Edit; 7] = [
        ("tags", |a| a.tags.push("Bridges".to_owned())),
        ("translations", |a| {
            a.translations = translations(&["fr", "ar", "de"]);
        }),
        ("category", |a| a.category = Some("Region".to_owned())),
        ("source", |a| a.source = Some("Agencies".to_owned())),
        ("language", |a| a.language = Some("en".to_owned())),
        ("caption", |a| {
            if let Some(image) = &mut a.lead_image {
                image.caption = Some("The bridge".to_owned());
            }
        }),
        ("markup", |a| {
            a.body.html = a.body.html.replace("river", "<b>river</b>")
        }),
    ];
    for (name, edit) in edits {
        let mut seen = article();
        edit(&mut seen);
        let expected = Entry {
            article: seen.clone(),
            ..known()
        };
        assert_eq!(
            update(Some(&known()), sighting(seen), at(60)),
            Change::Changed(expected),
            "{name}"
        );
    }
}

#[test]
fn what_nobody_sees_is_nothing() {
    let edits: [Edit; 9] = [
        ("nothing", |_| {}),
        ("white space", |a| {
            a.title = Some(" Bridge\u{a0} opens ".to_owned());
            a.body.text = "The river\nwas  crossed.".to_owned();
        }),
        ("picture's parameters", |a| {
            a.lead_image = image("https://cdn2.example/2024/bridge.jpg?v=2&width=1000");
        }),
        ("parameters within", |a| {
            a.body.html = a.body.html.replace("?w=9&amp;h=9", "?sig=a%20b");
        }),
        ("order of tags", |a| a.tags.reverse()),
        ("order of translations", |a| a.translations.reverse()),
        ("a stamp", |a| a.modified = when(50)),
        ("a poorer page", |a| *a = Article::default()),
        ("another date", |a| a.published = when(5)),
    ];
    for (name, edit) in edits {
        let mut seen = article();
        edit(&mut seen);
        assert_eq!(
            update(Some(&known()), sighting(seen), at(60)),
            Change::Same,
            "{name}"
        );
    }
}

#[test]
fn a_change_happened_when_the_site_says_if_that_can_be() {
    for (modified, updated) in [
        (None, 60),
        (when(40), 40),
        (when(60), 60),
        (when(61), 60),
        (when(-1), 60),
        (when(0), 60),
    ] {
        let seen = Article {
            title: Some("Bridge closes".to_owned()),
            modified,
            ..article()
        };
        let Change::Changed(entry) = update(Some(&known()), sighting(seen), at(60)) else {
            panic!("it changed");
        };
        assert_eq!(entry.updated, at(updated), "{modified:?}");
    }
}

#[test]
fn a_date_that_was_unknown_is_taken_once_and_never_moves_again() {
    let undated = Article {
        published: None,
        ..article()
    };
    let Change::New(first) = update(None, sighting(undated), at(10)) else {
        panic!("it is new");
    };
    assert_eq!((first.date(), first.updated), (at(10), at(10)));
    let Change::Changed(dated) = update(Some(&first), sighting(article()), at(60)) else {
        panic!("its date became known");
    };
    assert_eq!((dated.date(), dated.updated), (at(0), at(10)));
    let moved = Article {
        published: when(7),
        ..article()
    };
    assert_eq!(update(Some(&dated), sighting(moved), at(70)), Change::Same);
}

#[test]
fn a_page_that_comes_back_poorer_unsays_nothing() {
    let seen = Article {
        title: Some("Bridge closes".to_owned()),
        ..Article::default()
    };
    let expected = Entry {
        updated: at(60),
        article: Article {
            title: Some("Bridge closes".to_owned()),
            ..article()
        },
        ..known()
    };
    assert_eq!(
        update(Some(&known()), sighting(seen), at(60)),
        Change::Changed(expected)
    );
}

#[test]
fn a_pay_wall_that_goes_up_takes_no_text_back_and_one_that_comes_down_gives_it() {
    let walled = Article {
        restricted: true,
        body: Body {
            html: "<p>The river</p>".to_owned(),
            text: "The river".to_owned(),
        },
        ..article()
    };
    let Change::Changed(entry) = update(Some(&known()), sighting(walled.clone()), at(60)) else {
        panic!("it is restricted now");
    };
    assert_eq!(
        (entry.article.body, entry.article.restricted, entry.updated),
        (article().body, true, at(0))
    );
    let Change::New(first) = update(None, sighting(walled), at(10)) else {
        panic!("it is new");
    };
    let Change::Changed(entry) = update(Some(&first), sighting(article()), at(60)) else {
        panic!("it is free now");
    };
    assert_eq!(
        (entry.article.body, entry.article.restricted, entry.updated),
        (article().body, false, at(60))
    );
}

#[test]
fn a_story_in_a_second_section_is_the_same_story() {
    let second = |article| Sighting {
        section: slug("front"),
        ..sighting(article)
    };
    let both = Entry {
        sections: vec![slug("local"), slug("front")],
        ..known()
    };
    assert_eq!(
        update(Some(&known()), second(article()), at(60)),
        Change::Listed(both.clone())
    );
    assert_eq!(update(Some(&both), second(article()), at(60)), Change::Same);
}

#[test]
fn a_story_that_went_and_came_back_is_the_same_story() {
    let lost = gone(&known(), at(30));
    assert_eq!(lost.gone, Some(at(30)));
    assert_eq!(gone(&lost, at(40)), lost, "it went once");
    assert_eq!(
        update(Some(&lost), sighting(article()), at(60)),
        Change::Listed(known())
    );
}

/// Articles whose fields come from small pools, so that two of them often agree in some.
fn any_article() -> impl Strategy<Value = Article> {
    let texts = || prop::option::of(prop::sample::select(vec!["a", " a ", "A", "a b", ""]));
    let moments = || prop::option::of((0..80i64).prop_map(|minutes| when(minutes).unwrap()));
    let lists = || prop::collection::vec(prop::sample::select(vec!["x", "y", " x"]), 0..3);
    let bodies = prop::sample::select(vec!["", "a", "a  b", "a \"?\" <b", "<i a=\"x?y z?\">"]);
    let pictures = prop::option::of(prop::sample::select(vec![
        "https://m.example/a?1",
        "https://n.example/a?2",
        "https://m.example/b",
    ]));
    (
        texts(),
        texts(),
        lists(),
        lists(),
        moments(),
        moments(),
        bodies,
        pictures,
        any::<bool>(),
    )
        .prop_map(
            |(title, summary, authors, tags, published, modified, body, picture, restricted)| {
                let strings = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
                Article {
                    title: title.map(str::to_owned),
                    summary: summary.map(str::to_owned),
                    authors: strings(authors),
                    tags: strings(tags),
                    published,
                    modified,
                    body: Body {
                        html: body.to_owned(),
                        text: body.to_owned(),
                    },
                    lead_image: picture.and_then(image),
                    restricted,
                    ..Article::default()
                }
            },
        )
}

proptest! {
    #[test]
    fn a_story_seen_twice_the_same_is_the_same_the_second_time(
        first in any_article(),
        second in any_article(),
    ) {
        let Change::New(entry) = update(None, sighting(first.clone()), at(10)) else {
            panic!("it is new");
        };
        prop_assert_eq!(update(Some(&entry), sighting(first), at(20)), Change::Same);
        prop_assert!(entry.date() <= entry.updated && entry.updated <= at(10));
        if let Change::Changed(next) = update(Some(&entry), sighting(second.clone()), at(60)) {
            prop_assert_eq!((&next.id, next.first_seen), (&entry.id, entry.first_seen));
            prop_assert!(next.date() <= next.updated);
            prop_assert!(entry.updated <= next.updated && next.updated <= at(60));
            prop_assert_eq!(update(Some(&next), sighting(second), at(70)), Change::Same);
        }
    }
}
