//! A folder of article pages → how many of them a core reads in a second: feedwright, trafilatura-rs and dom_smoothie, beside parsing alone.
//!
//!     FEEDWRIGHT_PAGES=DIR cargo run --release --manifest-path benches/field/Cargo.toml
//!
//! All on one thread, by turns, so that what else the machine does meets all of them; the medians of the rounds are printed. Each does all
//! that it can: feedwright every field and a body that is safe to show, the others text and markup with their own metadata.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use feedwright::config::ArticleRules;
use feedwright::model::{Page, Validator};
use feedwright::poll::read_article;

/// Enough for a median that one busy second does not move.
const ROUNDS: usize = 5;

/// What is done to a page; whether it came to anything.
type Reader = (&'static str, fn(&str) -> bool);

const READERS: [Reader; 4] = [
    ("parse alone", |html| {
        scraper::Html::parse_document(html).tree.nodes().len() > 0
    }),
    ("feedwright", |html| {
        let page = Page {
            url: "https://a.example/news/politics/a-story"
                .parse()
                .expect("an address"),
            text: html.to_owned(),
            media_type: "text/html".to_owned(),
            language: None,
            date: None,
            validator: Validator::default(),
        };
        let now = chrono::DateTime::from_timestamp(1_795_000_000, 0).expect("a moment");
        read_article(&page, &ArticleRules::default(), now).is_ok()
    }),
    ("dom_smoothie", |html| {
        dom_smoothie::Readability::new(html, None, None)
            .and_then(|mut readability| readability.parse())
            .is_ok()
    }),
    ("trafilatura-rs", |html| {
        trafilatura::extract(html, &trafilatura::Options::default()).is_ok()
    }),
];

fn main() {
    let folder =
        std::env::var_os("FEEDWRIGHT_PAGES").expect("FEEDWRIGHT_PAGES names a folder of pages");
    let pages = pages(Path::new(&folder));
    // A program that gives up with a panic on a page should not fill the screen.
    std::panic::set_hook(Box::new(|_| {}));
    let mut times = vec![Vec::new(); READERS.len()];
    let mut read = [0; READERS.len()];
    for _ in 0..ROUNDS {
        for (at, (_, reader)) in READERS.iter().enumerate() {
            let begun = Instant::now();
            let came = pages
                .iter()
                .filter(|page| catch_unwind(AssertUnwindSafe(|| reader(page))).unwrap_or(false));
            read[at] = came.count();
            times[at].push(begun.elapsed());
        }
    }
    let bytes: usize = pages.iter().map(String::len).sum();
    println!(
        "{} pages of {} kB on average, {ROUNDS} rounds",
        pages.len(),
        bytes / 1000 / pages.len()
    );
    let parse = median(&mut times[0]);
    for (at, (name, _)) in READERS.iter().enumerate() {
        let time = median(&mut times[at]);
        println!(
            "{name:15} {:7.1} pages a second a core, {:5.2} x parsing, {} pages read",
            pages.len() as f64 / time.as_secs_f64(),
            time.as_secs_f64() / parse.as_secs_f64(),
            read[at]
        );
    }
}

fn pages(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder that can be read")
        .map(|file| file.expect("a file").path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    let read = |file| String::from_utf8_lossy(&std::fs::read(file).expect("a page")).into_owned();
    files.iter().map(read).collect()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
