//! What discovery costs beside parsing: `discover` parses too, so that at most twice the time of `parse` is the aim.
//!
//! `FEEDWRIGHT_PAGES=DIR cargo bench --bench discover real` reads the pages of a folder (`*.html`), all of them in each round.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a bench that cannot go on should stop where it is"
)]

use divan::Bencher;
use feedwright::config::ListingRules;
use feedwright::discover::discover;
use feedwright::model::{Page, Validator};
use scraper::Html;

fn main() {
    divan::main();
}

const KINDS: [&str; 5] = [
    "almayadeen-english",
    "wordpress",
    "spanish-amp",
    "hebrew-cards",
    "agency",
];

/// The listing of a fixture, its body twenty times over, as heavy as a real section page.
fn page(kind: &str) -> Page {
    let path = format!(
        "{}/fixtures/{kind}/listing.html",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let (head, body) = text.split_once("<body").unwrap();
    let body = body.split_once('>').unwrap().1;
    Page {
        url: "https://a.example/news".parse().unwrap(),
        text: format!("{head}<body>{}", body.repeat(20)),
        media_type: "text/html".to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    }
}

#[divan::bench(args = KINDS)]
fn parse(bencher: Bencher<'_, '_>, kind: &str) {
    let page = page(kind);
    bencher.bench(|| Html::parse_document(&page.text));
}

#[divan::bench(args = KINDS)]
fn parse_and_discover(bencher: Bencher<'_, '_>, kind: &str) {
    let page = page(kind);
    let now = chrono::DateTime::from_timestamp(1_759_482_000, 0).unwrap();
    bencher.bench(|| discover(&page, &ListingRules::default(), now));
}

/// The pages of the folder that is named; none where none is.
fn real_pages() -> Vec<Page> {
    let Some(folder) = std::env::var_os("FEEDWRIGHT_PAGES") else {
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "html"))
        .map(|file| Page {
            url: "https://a.example/news".parse().unwrap(),
            text: String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned(),
            media_type: "text/html".to_owned(),
            language: None,
            date: None,
            validator: Validator::default(),
        })
        .collect()
}

#[divan::bench]
fn real_parse(bencher: Bencher<'_, '_>) {
    let pages = real_pages();
    bencher.bench(|| {
        for page in &pages {
            divan::black_box(Html::parse_document(&page.text));
        }
    });
}

#[divan::bench]
fn real_parse_and_discover(bencher: Bencher<'_, '_>) {
    let pages = real_pages();
    let now = chrono::DateTime::from_timestamp(1_759_482_000, 0).unwrap();
    bencher.bench(|| {
        for page in &pages {
            divan::black_box(discover(page, &ListingRules::default(), now).ok());
        }
    });
}
