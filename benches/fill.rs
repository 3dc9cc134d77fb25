//! A directory and a size → a store full of made-up entries and a configuration to serve it: what the scripts in benches/
//! measure.
//!
//! `cargo run --release --example fill -- DIRECTORY ENTRIES TAGS PORT`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool of the benches that cannot go on should stop where it is"
)]

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use feedwright::config::{self, Config};
use feedwright::feed;
use feedwright::model::{
    Article, Body, Direction, Entry, EntryId, Identity, Precision, Slug, Validator, When,
};
use feedwright::store::{Reading, Store};

/// Sections of the newspaper.
const SECTIONS: u64 = 20;

/// Words of an article: fifty of them make a feed of about 240 KB, and 70 KB packed.
const WORDS: u64 = 480;

/// Words that the newspaper knows.
const VOCABULARY: u64 = 4_000;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [directory, entries, tags, port] = arguments.as_slice() else {
        println!("fill DIRECTORY ENTRIES TAGS PORT");
        std::process::exit(2);
    };
    let numbers = [entries, tags, port].map(|text| text.parse().expect("a number"));
    fill(Path::new(directory), numbers).await;
}

async fn fill(directory: &Path, [entries, tags, port]: [u64; 3]) {
    std::fs::create_dir_all(directory).unwrap();
    let path = directory.join("config.toml");
    std::fs::write(&path, configuration(directory, port)).unwrap();
    let config = config::load(&path).expect("a configuration");
    let store = Store::open(&config.store.path).unwrap();
    let wanted = feed::fingerprint(&config);
    let terms = config.clone();
    let sort = move |entry: &Entry| feed::memberships(entry, &terms);
    store.rebuild_feeds(wanted, sort).await.unwrap();
    for number in 0..entries {
        keep(&store, &config, entry(number, tags)).await;
    }
}

/// Sections that nobody answers for: port 9 of this machine refuses at once, so that polls cost nothing.
fn configuration(directory: &Path, port: u64) -> String {
    let directory = directory.display();
    let mut text = format!(
        "[server]\nlisten = \"127.0.0.1:{port}\"\n\n[store]\npath = \"{directory}/feedwright.db\"\n\n\
         [[site]]\nurl = \"http://127.0.0.1:9/\"\nprivate_network = true\nslug = \"paper\"\ntitle = \"Paper\"\n"
    );
    for section in 0..SECTIONS {
        text.push_str(&format!(
            "\n[[site.section]]\nurl = \"/section-{section}\"\nslug = \"section-{section}\"\ntitle = \"Section {section}\"\n"
        ));
    }
    text
}

async fn keep(store: &Store, config: &Config, entry: Entry) {
    let feeds = feed::memberships(&entry, config);
    let reading = Reading {
        validator: Validator::default(),
        read_at: entry.first_seen,
        reads: 1,
    };
    store.keep(entry, reading, feeds).await.unwrap();
}

fn entry(number: u64, tags: u64) -> Entry {
    let text = paragraphs(number);
    let address = format!("https://paper.example/news/{number}");
    Entry {
        id: EntryId(format!("tag:paper.example,2026:{number:032x}")),
        identity: Identity(address.clone()),
        site: slug("paper"),
        sections: vec![slug(&format!("section-{}", number % SECTIONS))],
        link: url::Url::parse(&address).ok(),
        first_seen: at(number),
        updated: at(number),
        gone: None,
        article: Article {
            title: Some(format!("Story {number}: {}", words(number, 7, 8))),
            authors: vec![format!("Author {}", number % 500)],
            published: Some(When {
                at: at(number).fixed_offset(),
                precision: Precision::Minute,
            }),
            summary: Some(words(number, 3, 25)),
            body: Body {
                html: format!("<p>{}</p>", text.replace("\n\n", "</p><p>")),
                text,
            },
            tags: tags_of(number, tags)
                .map(|tag| format!("Tag {tag}"))
                .collect(),
            language: Some("en".to_owned()),
            direction: Some(Direction::Ltr),
            ..Article::default()
        },
    }
}

fn paragraphs(number: u64) -> String {
    let lines: Vec<String> = (0..WORDS / 60)
        .map(|line| words(number, 100 + line, 60))
        .collect();
    lines.join("\n\n")
}

/// Two tags that many entries share, and three of all that there are.
fn tags_of(number: u64, tags: u64) -> impl Iterator<Item = u64> {
    let few = |most: u64| tags.min(most);
    [few(10), few(100), tags, tags, tags]
        .into_iter()
        .zip(0..)
        .map(move |(most, seed)| mixed(number, seed) % most)
}

/// Words of a made-up language, the common ones more often than the rest, the same for the same numbers.
fn words(number: u64, seed: u64, count: u64) -> String {
    let word = |at: u64| {
        let dice = mixed(number * 1_000 + seed, at);
        // The product of two throws leans to the small numbers, as the ranks of real words do.
        let rank = (dice % VOCABULARY) * (dice >> 32) % VOCABULARY * ((dice >> 20) % 97) / 97;
        spelled(rank)
    };
    let words: Vec<String> = (0..count).map(word).collect();
    words.join(" ")
}

fn spelled(rank: u64) -> String {
    const SYLLABLES: [&str; 20] = [
        "ar", "be", "co", "dun", "el", "for", "ga", "hin", "is", "ka", "lo", "mer", "na", "os",
        "per", "qua", "ri", "sto", "tel", "va",
    ];
    let mut rest = mixed(rank, 1);
    (0..2 + rank % 3)
        .map(|_| {
            let syllable = SYLLABLES[usize::try_from(rest % 20).unwrap()];
            rest /= 20;
            syllable
        })
        .collect()
}

/// A number that looks like chance and is the same each time (SplitMix64).
fn mixed(number: u64, seed: u64) -> u64 {
    let mut value = number
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(seed.wrapping_mul(0xbf58_476d_1ce4_e5b9));
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn slug(text: &str) -> Slug {
    Slug::of(text).expect("a slug")
}

/// A minute a story, from a day in the past on.
fn at(number: u64) -> DateTime<Utc> {
    let first = DateTime::from_timestamp(1_750_000_000, 0).expect("a date");
    first + TimeDelta::minutes(i64::try_from(number).unwrap())
}
