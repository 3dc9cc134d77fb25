//! What discovery costs beside parsing: `discover` parses too, so that at most twice the time of `parse` is the aim.

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
