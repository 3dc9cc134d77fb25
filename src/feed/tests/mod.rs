//! Which feeds show an entry, and what each feed is.

mod edition;
mod given;
mod health;
mod memberships;

use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

use super::*;
use crate::config::{
    ArticleRules, Config, EntryRules, ListingRules, Politeness, Section, Selection, Server, Site,
    StoreRules,
};
use crate::model::{FeedKey, SectionKey, Slug};

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
        timezone: None,
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
            listen: Vec::new(),
            public_url: url("https://feeds.example/"),
            cache_bytes: 0,
        },
        store: StoreRules { path: "x".into() },
        websub: None,
        access: crate::config::Access::default(),
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
