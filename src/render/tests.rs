//! Whole documents against files, and against the readers of others.

use std::sync::Arc;

use proptest::prelude::*;

use super::samples::{at, edition, entry, feed, url};
use super::{Place, budget::DOCUMENT_BYTES, opml, render};
use crate::model::{Article, Feed, Format, Image, PageNumber};

fn spell(feed: &Feed, format: Format) -> String {
    let public_url = url("https://feeds.example.org/");
    let place = Place {
        public_url: &public_url,
        version: "1.2.3",
        hub: None,
    };
    String::from_utf8(render(feed, format, &place).bytes.to_vec()).unwrap()
}

/// Compares with a file under `fixtures/render`; `UPDATE_FIXTURES=1 cargo test` writes it anew after a wanted change.
fn assert_like_file(name: &str, text: &str) {
    let path = format!("{}/fixtures/render/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let file = std::fs::read_to_string(&path).unwrap();
    assert!(
        file == text,
        "{path} differs; UPDATE_FIXTURES=1 writes it anew\n{text}"
    );
}

#[test]
fn a_feed_is_spelled_like_the_files_beside() {
    for format in Format::ALL {
        let text = spell(&feed(), format);
        assert_like_file(&format!("courier.{}", format.ending()), &text);
    }
}

#[test]
fn a_feed_of_summaries_is_spelled_like_the_file_beside() {
    let mut feed = feed();
    feed.head.full_text = false;
    assert_like_file("summaries.rss", &spell(&feed, Format::Rss));
}

#[test]
fn the_list_of_feeds_is_spelled_like_the_file_beside() {
    let public_url = url("https://feeds.example.org");
    let place = Place {
        public_url: &public_url,
        version: "1.2.3",
        hub: None,
    };
    let document = opml(&edition(), &place, at(20, 0));
    assert_like_file("feeds.opml", std::str::from_utf8(&document.bytes).unwrap());
}

#[test]
fn a_document_is_as_old_as_its_newest_change() {
    let mut feed = feed();
    feed.head.updated = at(1, 0);
    let public_url = url("https://feeds.example.org");
    let place = Place {
        public_url: &public_url,
        version: "1",
        hub: None,
    };
    let document = render(&feed, Format::Atom, &place);
    assert_eq!(document.last_modified, at(19, 45));
}

/// (id, title, link, content, authors, categories) of each item, as another program reads it.
type Seen = Vec<(String, String, String, String, Vec<String>, Vec<String>)>;

fn seen_by_rss(text: &str) -> Seen {
    let channel = rss::Channel::read_from(text.as_bytes()).unwrap();
    let items = channel.items.into_iter().map(|item| {
        let creators = item.dublin_core_ext.map(|ext| ext.creators);
        (
            item.guid.unwrap().value,
            item.title.unwrap(),
            item.link.unwrap(),
            item.content.unwrap(),
            creators.unwrap_or_default(),
            item.categories
                .into_iter()
                .map(|label| label.name)
                .collect(),
        )
    });
    items.collect()
}

fn seen_by_atom_syndication(text: &str) -> Seen {
    let feed = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
    let entries = feed.entries.into_iter().map(|entry| {
        (
            entry.id,
            entry.title.value,
            entry.links[0].href.clone(),
            entry.content.unwrap().value.unwrap(),
            entry
                .authors
                .into_iter()
                .map(|author| author.name)
                .collect(),
            entry
                .categories
                .into_iter()
                .map(|label| label.term)
                .collect(),
        )
    });
    entries.collect()
}

fn seen_by_feed_rs(text: &str) -> Seen {
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
    let entries = feed.entries.into_iter().map(|entry| {
        (
            entry.id,
            entry.title.unwrap().content,
            entry.links[0].href.clone(),
            entry.content.unwrap().body.unwrap(),
            entry
                .authors
                .into_iter()
                .filter_map(|author| author.name)
                .collect(),
            entry
                .categories
                .into_iter()
                .map(|label| label.term)
                .collect(),
        )
    });
    entries.collect()
}

#[test]
fn other_programs_read_the_same_items_in_each_format() {
    let feed = feed();
    let rss = seen_by_rss(&spell(&feed, Format::Rss));
    assert_eq!(rss.len(), feed.entries.len());
    assert_eq!(rss[0].4, ["Ana Lock, Bo Weir"]);
    assert_eq!(rss[0].5, ["World", "Canals", "R&D", "Lakes rivers"]);
    assert_eq!(seen_by_atom_syndication(&spell(&feed, Format::Atom)), rss);
    assert_eq!(seen_by_feed_rs(&spell(&feed, Format::Rss)), rss);
    assert_eq!(seen_by_feed_rs(&spell(&feed, Format::Atom)), rss);
    let json = seen_by_feed_rs(&spell(&feed, Format::Json));
    assert_eq!(json[0].4, ["Ana Lock", "Bo Weir"]);
    for (json, rss) in json.iter().zip(&rss) {
        assert_eq!((&json.0, &json.1, &json.3), (&rss.0, &rss.1, &rss.3));
    }
}

#[test]
fn a_film_is_seen_with_its_still() {
    for format in [Format::Rss, Format::Atom] {
        let feed = feed_rs::parser::parse(spell(&feed(), format).as_bytes()).unwrap();
        let media = &feed.entries[1].media[0];
        let film = media.content[0].url.as_ref().unwrap();
        assert_eq!(film.as_str(), "https://cdn.courier.example/from-above.mp4");
        let still = &media.thumbnails[0].image.uri;
        assert_eq!(still, "https://cdn.courier.example/from-above.webp");
    }
}

#[test]
fn a_missing_title_is_made_from_the_first_words() {
    let link = "https://courier.example/story/1";
    let long = "word ".repeat(50);
    let rows: [(Article, &str); 6] = [
        (titled("  Two \n words "), "Two words"),
        (summed("A sentence."), "A sentence."),
        (
            summed(&long),
            "word word word word word word word word word word word word word word word word…",
        ),
        (
            Article {
                lead_image: Some(Image {
                    alt: Some("A gate".to_owned()),
                    ..Image::at(url("https://courier.example/g.jpg"))
                }),
                ..Article::default()
            },
            "A gate",
        ),
        (titled("\u{1}\u{feff}"), link),
        (Article::default(), link),
    ];
    for (article, title) in rows {
        let mut entry = entry(1, 12, "");
        entry.article = article;
        assert_eq!(super::item::title(&entry), title);
    }
}

fn titled(title: &str) -> Article {
    Article {
        title: Some(title.to_owned()),
        ..Article::default()
    }
}

fn summed(summary: &str) -> Article {
    Article {
        summary: Some(summary.to_owned()),
        ..Article::default()
    }
}

#[test]
fn the_lead_image_is_shown_once() {
    let image = "https://c.example/img/a%20crowd-in-the-square-800x450.jpg";
    for (body, shown) in [
        ("<p>Text.</p>", 1),
        // The same picture, in another size or under another name at the top.
        (
            "<p>Text.</p><img src=\"https://c.example/x/a%20crowd-in-the-square.jpg\" alt=\"\">",
            1,
        ),
        (
            "<figure><img src=\"https://c.example/cover.jpg\" alt=\"\"></figure><p>Text.</p>",
            1,
        ),
        // Another picture further down.
        (
            "<p>Text.</p><img src=\"https://c.example/other.jpg\" alt=\"\">",
            2,
        ),
        ("", 1),
    ] {
        let mut entry = entry(1, 12, "A crowd");
        entry.article.lead_image = Some(Image::at(url(image)));
        entry.article.body.html = body.to_owned();
        let mut feed = feed();
        feed.entries = vec![Arc::new(entry)];
        let content = seen_by_rss(&spell(&feed, Format::Rss)).remove(0).3;
        assert_eq!(content.matches("<img").count(), shown, "{body} → {content}");
    }
}

#[test]
fn an_address_keeps_to_the_standard() {
    for (with, without) in [
        (
            "https://c.example/a b?q={1|2}^",
            "https://c.example/a%20b?q=%7B1%7C2%7D%5E",
        ),
        ("https://c.example/غ", "https://c.example/%D8%BA"),
    ] {
        assert_eq!(super::place::spelled(&url(with)), without);
    }
}

#[test]
fn a_feed_of_endless_articles_stays_within_its_bytes() {
    let mut feed = feed();
    feed.entries = (0..40)
        .map(|number| {
            let mut entry = entry(number, 12, "Endless");
            entry.article.body.html = format!("<p>{}</p>", "& endless ".repeat(6_000));
            entry.article.summary = Some("It goes on.".to_owned());
            Arc::new(entry)
        })
        .collect();
    for format in Format::ALL {
        let text = spell(&feed, format);
        assert!(text.len() <= DOCUMENT_BYTES, "{format:?}: {}", text.len());
        assert_eq!(seen_by_feed_rs(&text).len(), 40, "{format:?}");
    }
}

#[test]
fn a_rhythm_agrees_in_all_its_spellings() {
    for (seconds, ttl, period, frequency) in [
        (5, "1", "hourly", "60"),
        (300, "5", "hourly", "12"),
        (900, "15", "hourly", "4"),
        (3_600, "60", "hourly", "1"),
        (7_200, "120", "daily", "12"),
        (999_999, "1440", "daily", "1"),
    ] {
        let mut feed = feed();
        feed.head.max_age = std::time::Duration::from_secs(seconds);
        let text = spell(&feed, Format::Rss);
        for part in [
            format!("<ttl>{ttl}</ttl>"),
            format!("<sy:updatePeriod>{period}</sy:updatePeriod>"),
            format!("<sy:updateFrequency>{frequency}</sy:updateFrequency>"),
        ] {
            assert!(text.contains(&part), "{seconds}: {part}");
        }
    }
}

proptest! {
    // A failure becomes a row of a test above, not a file beside the sources.
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_document_that_says_it_again(
        title in any::<String>(),
        summary in any::<String>(),
        name in any::<String>(),
        label in "[\\x00-\\x20&<>\"'\\]a,\u{fffe}\u{85}]*",
        html in "(<p>|</p>|&amp;|\\]\\]>|<!--|<!\\[CDATA\\[|[\\x00-\\x1f]|\u{fdd0}|🛰)*",
    ) {
        let mut entry = entry(1, 12, &title);
        entry.article.summary = Some(summary);
        entry.article.authors = vec![name.clone()];
        entry.article.source = Some(label.clone());
        entry.article.tags = vec![label.clone()];
        entry.article.body.html = html;
        entry.id.0.push_str(&name);
        let wanted = super::item::title(&entry);
        let mut feed = feed();
        feed.head.title = name;
        feed.head.description = label;
        feed.entries = vec![Arc::new(entry)];
        let rss = seen_by_rss(&spell(&feed, Format::Rss));
        prop_assert_eq!(&rss[0].1, &wanted);
        let atom = seen_by_atom_syndication(&spell(&feed, Format::Atom));
        prop_assert_eq!(&atom[0].1, &wanted);
        prop_assert_eq!(&atom[0].3, &rss[0].3);
        for format in Format::ALL {
            let text = spell(&feed, format);
            feed_rs::parser::parse(text.as_bytes()).unwrap();
            prop_assert!(text.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()));
        }
    }
}

#[test]
fn a_page_of_a_feed_names_those_around_it() {
    let base = "https://feeds.example.org/courier/world";
    for (number, of, pages) in [
        (1, 1, vec![]),
        (1, 3, vec![("first", 1), ("next", 2), ("last", 3)]),
        (
            2,
            3,
            vec![("first", 1), ("previous", 1), ("next", 3), ("last", 3)],
        ),
        (3, 3, vec![("first", 1), ("previous", 2), ("last", 3)]),
    ] {
        let feed = Feed {
            page: PageNumber { number, of },
            ..feed()
        };
        let address = |format: Format, page: usize| match page {
            1 => format!("{base}.{}", format.ending()),
            _ => format!("{base}.{}?page={page}", format.ending()),
        };
        for (format, element) in [(Format::Rss, "atom:link"), (Format::Atom, "link")] {
            let media_type = format.media_type();
            let link = |(rel, page): &(&str, usize)| {
                let href = address(format, *page);
                format!("<{element} rel=\"{rel}\" type=\"{media_type}\" href=\"{href}\"/>\n")
            };
            let own = [("self", number)];
            let links: String = own.iter().chain(&pages).map(link).collect();
            let text = spell(&feed, format);
            assert!(text.contains(&links), "{links}{text}");
            assert_eq!(
                text.matches("?page=").count(),
                links.matches("?page=").count()
            );
        }
        let json: serde_json::Value = serde_json::from_str(&spell(&feed, Format::Json)).unwrap();
        let next = (number < of).then(|| address(Format::Json, number + 1));
        assert_eq!(json["feed_url"], address(Format::Json, number));
        assert_eq!(json["next_url"].as_str(), next.as_deref());
    }
}

#[test]
fn a_feed_names_its_hub_and_its_older_pages_do_not() {
    let (public_url, hub) = (
        url("https://feeds.example.org"),
        url("https://hub.example/?a=1&b"),
    );
    let place = Place {
        public_url: &public_url,
        version: "1",
        hub: Some(&hub),
    };
    for (format, part) in [
        (
            Format::Rss,
            "<atom:link rel=\"hub\" href=\"https://hub.example/?a=1&amp;b\"/>",
        ),
        (
            Format::Atom,
            "<link rel=\"hub\" href=\"https://hub.example/?a=1&amp;b\"/>",
        ),
        (
            Format::Json,
            "\"hubs\":[{\"type\":\"WebSub\",\"url\":\"https://hub.example/?a=1&b\"}],\"items\":[",
        ),
    ] {
        for number in [1, 2] {
            let page = PageNumber { number, of: 2 };
            let document = render(&Feed { page, ..feed() }, format, &place);
            let text = std::str::from_utf8(&document.bytes).unwrap();
            assert_eq!(text.contains(part), number == 1, "{text}");
        }
    }
}

#[test]
fn two_stories_of_one_second_keep_their_order() {
    for (millis, shown) in [
        (0, "2026-11-20T18:05:00Z"),
        (7, "2026-11-20T18:05:00.007Z"),
        (250, "2026-11-20T18:05:00.250Z"),
    ] {
        let mut feed = feed();
        let mut story = entry(1, 18, "One");
        story.updated += chrono::TimeDelta::milliseconds(millis);
        feed.entries = vec![Arc::new(story)];
        let element = format!("<updated>{shown}</updated>");
        assert!(spell(&feed, Format::Atom).contains(&element), "{element}");
        let field = format!("\"date_modified\":\"{shown}\"");
        assert!(spell(&feed, Format::Json).contains(&field), "{field}");
    }
}
