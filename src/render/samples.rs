//! A small made-up newspaper for tests: feeds with every kind of item that a site can have.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeZone, Utc};
use url::Url;

use crate::model::{
    Article, Body, Direction, Edition, Entry, EntryId, EntryNumber, Feed, FeedHead, FeedKey,
    Former, Health, Identity, Image, Media, MediaKind, PageNumber, Precision, SectionKey, Shelf,
    Slug, Source, Translation, When,
};

pub(crate) fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::of(text).unwrap()
}

/// A moment of the day on which all samples were written.
pub(crate) fn at(hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 20, hour, minute, 0).unwrap()
}

/// An entry published at `hour` that has a title, a link and a short text.
pub(crate) fn entry(number: u32, hour: u32, title: &str) -> Entry {
    let published = at(hour, 5);
    Entry {
        id: EntryId(format!("tag:courier.example,2026:story/{number}")),
        identity: Identity(format!("courier.example/story/{number}")),
        site: slug("courier"),
        sections: vec![slug("world")],
        link: Some(url(&format!("https://courier.example/story/{number}"))),
        first_seen: at(hour, 30),
        updated: published,
        gone: None,
        article: Article {
            title: Some(title.to_owned()),
            published: Some(When {
                at: published.fixed_offset(),
                precision: Precision::Minute,
            }),
            body: body(
                "<p>The lock keepers met at noon.</p>",
                "The lock keepers met at noon.",
            ),
            language: Some("en".to_owned()),
            ..Article::default()
        },
    }
}

fn body(html: &str, text: &str) -> Body {
    Body {
        html: html.to_owned(),
        text: text.to_owned(),
    }
}

fn picture() -> Image {
    Image {
        alt: Some("Barges in front of a \"closed\" gate".to_owned()),
        caption: Some("Barges wait at the gate".to_owned()),
        credit: Some("Ana Lock/Courier".to_owned()),
        width: Some(1200),
        height: Some(675),
        ..Image::at(url(
            "https://cdn.courier.example/barges-at-gate.jpg?w=1200&q=80",
        ))
    }
}

/// A story with everything: two authors, a picture, tags, a later correction.
fn story() -> Entry {
    let mut entry = entry(7, 18, "Canals & locks: 5 < 6, says “report”");
    entry.updated = at(19, 45);
    entry.article = Article {
        authors: vec!["Ana Lock".to_owned(), "Bo Weir".to_owned()],
        source: Some("Agencies".to_owned()),
        summary: Some("Keepers <of> the gates & their report.".to_owned()),
        lead_image: Some(picture()),
        tags: ["Canals", "R&D", "Lakes, rivers", "canals"]
            .map(String::from)
            .to_vec(),
        category: Some("World".to_owned()),
        translations: vec![Translation {
            language: "pt-BR".to_owned(),
            url: url("https://br.courier.example/historia/7?a=1&b=2"),
        }],
        body: body(
            "<p>Keepers say ]]&gt; is no gate.</p><ul><li><a href=\"https://courier.example/a?x=1&amp;y=2\">One</a></li></ul>",
            "Keepers say ]]> is no gate.\n\nOne",
        ),
        ..entry.article
    };
    entry
}

/// A film without a text.
fn film() -> Entry {
    let mut entry = entry(6, 16, "The gate from above");
    entry.article = Article {
        source: Some("Agencies".to_owned()),
        summary: Some("A flight over the gate.".to_owned()),
        lead_image: Some(Image::at(url(
            "https://cdn.courier.example/from-above.webp",
        ))),
        body: Body::default(),
        media: vec![Media {
            url: url("https://cdn.courier.example/from-above.mp4"),
            kind: MediaKind::Video,
            mime: None,
            length_bytes: Some(7_340_032),
            duration: Some(Duration::from_secs(75)),
            thumbnail: None,
            title: None,
        }],
        ..entry.article
    };
    entry
}

/// A story in Arabic, with its picture in the text and no date of its own.
fn arabic() -> Entry {
    let mut entry = entry(5, 15, "«القنوات» تفتح أبوابها");
    entry.updated = entry.first_seen;
    entry.article = Article {
        authors: vec!["سامي النهر".to_owned()],
        published: None,
        lead_image: Some(Image::at(url(
            "https://cdn.courier.example/open-gate-800x450.jpg",
        ))),
        tags: vec!["غزّة".to_owned()],
        body: body(
            "<p>فتحت القنوات.</p><figure><img src=\"https://cdn.courier.example/open-gate.jpg\" alt=\"\"></figure>",
            "فتحت القنوات.",
        ),
        language: Some("ar".to_owned()),
        direction: Some(Direction::Rtl),
        ..entry.article
    };
    entry
}

/// A line of a ticker: words, and nothing else.
fn line() -> Entry {
    let mut entry = entry(4, 14, "");
    entry.link = None;
    entry.updated = entry.first_seen;
    entry.article = Article {
        summary: Some(
            "Water authority: the northern gate stays closed until the level of the upper lake has fallen by a metre"
                .to_owned(),
        ),
        ..Article::default()
    };
    entry
}

fn head(key: FeedKey, title: &str) -> FeedHead {
    FeedHead {
        key,
        title: title.to_owned(),
        description: format!("What “{title}” shows"),
        link: Some(url("https://courier.example/world")),
        language: Some("en".to_owned()),
        direction: Some(Direction::Ltr),
        updated: at(19, 45),
        max_age: Duration::from_secs(15 * 60),
        full_text: true,
    }
}

/// A section's feed with one entry of each kind.
pub(crate) fn feed() -> Feed {
    Feed {
        head: head(
            FeedKey::Section(slug("courier"), slug("world")),
            "Courier: World",
        ),
        entries: entries(),
        page: PageNumber::ONLY,
    }
}

/// One entry of each kind, newest first.
pub(crate) fn entries() -> Vec<Arc<Entry>> {
    [story(), film(), arabic(), line()].map(Arc::new).to_vec()
}

/// An edition with a site, two sections, tags and a selection; entry `n` is the n-th of [`entries`].
pub(crate) fn edition() -> Edition {
    let ailing = Health::Ailing {
        reason: "https://courier.example/lines answered 404; has the section moved?".to_owned(),
        since: at(17, 0),
        failures: 3,
    };
    let world = FeedKey::Section(slug("courier"), slug("world"));
    let former = [
        ("/courier/old-news", Former::Gone),
        ("/herald", Former::Gone),
        ("/courier/planet", Former::Moved(world)),
        (
            "/the-courier",
            Former::Moved(FeedKey::Site(slug("courier"))),
        ),
    ];
    Edition {
        feeds: shelves().map(|shelf| (shelf.head.key.path(), shelf)).into(),
        sources: vec![
            source("world", "World", Health::Well),
            source("lines", "Lines", ailing),
        ],
        former: former
            .map(|(path, former)| (path.to_owned(), former))
            .into(),
    }
}

fn shelves() -> [Shelf; 6] {
    let courier = || slug("courier");
    let mut everything = head(FeedKey::Everything, "Everything");
    everything.link = None;
    let mut lines = head(FeedKey::Section(courier(), slug("lines")), "Courier: Lines");
    lines.link = Some(url("https://courier.example/lines"));
    let tag = FeedKey::Tag(courier(), slug("غزة"));
    let author = FeedKey::Author(courier(), slug("ana-lock"));
    [
        shelf(everything, &[0, 1, 2, 3]),
        shelf(head(FeedKey::Site(courier()), "Courier"), &[0, 1, 2, 3]),
        shelf(feed().head, &[0, 1, 2, 3]),
        shelf(lines, &[3]),
        shelf(head(tag, "Courier: غزّة"), &[2]),
        shelf(head(author, "Courier: Ana Lock"), &[0]),
    ]
}

fn shelf(head: FeedHead, entries: &[i64]) -> Shelf {
    Shelf {
        version: head.title.len() as u64,
        total: entries.len(),
        page_items: 50,
        head,
        entries: entries.iter().map(|number| EntryNumber(*number)).collect(),
    }
}

fn source(section: &str, title: &str, health: Health) -> Source {
    Source {
        key: SectionKey {
            site: slug("courier"),
            section: slug(section),
        },
        site_title: "Courier".to_owned(),
        title: title.to_owned(),
        url: url(&format!("https://courier.example/{section}")),
        health,
        last_poll: Some(at(20, 0)),
        last_success: Some(at(16, 0)),
        next_poll: Some(at(20, 15)),
        items: 12,
    }
}
