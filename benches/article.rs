//! What reading one article costs, part by part: parse, extract (which parses too), sanitise. What fetching and storing cost besides
//! is in `tests/real_pages.py --copies` and in the `store` bench.
//!
//! `FEEDWRIGHT_PAGES=DIR cargo bench --bench article` reads the pages of a folder (`*.html`) instead of the fixtures, all of them in
//! each round, so that the ratio of `extract` to `parse` can be seen on real pages.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a bench that cannot go on should stop where it is"
)]

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use divan::Bencher;
use feedwright::config::ArticleRules;
use feedwright::extract::extract;
use feedwright::model::{Page, Validator};
use feedwright::poll::read_article;
use feedwright::sanitize::sanitize;
use scraper::Html;

fn main() {
    divan::main();
}

/// The pages that are read in one round.
fn pages() -> Vec<Page> {
    let files = match std::env::var_os("FEEDWRIGHT_PAGES") {
        Some(folder) => html_files(Path::new(&folder)),
        None => fixtures(),
    };
    files.iter().map(|file| page(file)).collect()
}

fn fixtures() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let kinds = std::fs::read_dir(fixtures).unwrap();
    kinds
        .map(|kind| kind.unwrap().path().join("article.html"))
        .filter(|file| file.exists())
        .collect()
}

fn html_files(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "html"))
        .collect()
}

fn page(file: &Path) -> Page {
    Page {
        url: "https://a.example/news/politics/a-story".parse().unwrap(),
        text: String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned(),
        media_type: "text/html".to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let pages = pages();
    bencher.bench(|| {
        for page in &pages {
            divan::black_box(Html::parse_document(&page.text));
        }
    });
}

#[divan::bench]
fn parse_and_extract(bencher: Bencher<'_, '_>) {
    let (pages, rules) = (pages(), ArticleRules::default());
    bencher.bench(|| {
        for page in &pages {
            divan::black_box(extract(page, &rules, now()).ok());
        }
    });
}

#[divan::bench]
fn sanitise(bencher: Bencher<'_, '_>) {
    let (pages, rules) = (pages(), ArticleRules::default());
    let bodies: Vec<_> = pages
        .iter()
        .filter_map(|page| Some((&page.url, extract(page, &rules, now()).ok()?.body.html)))
        .collect();
    bencher.bench(|| {
        for (url, body) in &bodies {
            divan::black_box(sanitize(body, url));
        }
    });
}

#[divan::bench]
fn whole_article(bencher: Bencher<'_, '_>) {
    let (pages, rules) = (pages(), ArticleRules::default());
    bencher.bench(|| {
        for page in &pages {
            divan::black_box(read_article(page, &rules, now()).ok());
        }
    });
}
