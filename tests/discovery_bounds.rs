//! Pages made to hurt: each is read within its bounds, without a panic, in time that grows with its size and no faster.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use feedwright::address::page_key;
use feedwright::config::{Kind, ListingRules};
use feedwright::discover::{MOST_ITEMS, discover};
use feedwright::model::{Page, Validator};
use proptest::prelude::*;

/// Far more than any of these pages takes, even unoptimised on a busy machine; far less than quadratic time would.
const PATIENCE: Duration = Duration::from_secs(60);

fn page(text: String) -> Page {
    Page {
        url: "https://a.example/news".parse().unwrap(),
        text,
        media_type: "text/html".to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    }
}

fn now() -> DateTime<Utc> {
    "2025-10-03T09:00:00Z".parse().unwrap()
}

/// How many items `text` yields.
fn count(text: String) -> usize {
    let begun = Instant::now();
    let found = discover(&page(text), &ListingRules::default(), now());
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
    found.map_or(0, |listing| listing.items.len())
}

fn item(number: usize) -> String {
    format!(
        "<li class=card><h3><a href=/news/{number}>Story number {number} has a headline</a></h3>\
         <p>And a summary that says a little more about story number {number}.</p></li>"
    )
}

#[test]
fn a_page_of_many_thousand_links_yields_no_more_than_the_most_items() {
    let many: String = (0..20_000).map(item).collect();
    assert_eq!(count(format!("<main><ul>{many}</ul></main>")), MOST_ITEMS);
}

#[test]
fn ten_thousand_levels_of_depth_end_nothing() {
    let items: String = (0..20).map(item).collect();
    // Boxes below the 256th level are left out, as browsers stop at the 512th: what stands in them does not.
    for (levels, found) in [(200, 20), (10_000, 20)] {
        let deep = "<div class=a>".repeat(levels);
        let page = format!("<main>{deep}<ul>{items}</ul>");
        assert_eq!(count(page), found, "{levels}");
    }
}

#[test]
fn links_at_every_level_of_a_deep_page_are_cheap() {
    let mut text = String::new();
    for level in 0..10_000 {
        write!(
            text,
            "<div><h2><a href=/{level}>A headline at level {level} of the page</a></h2>"
        )
        .unwrap();
    }
    count(text);
}

#[test]
fn links_inside_links_are_cheap() {
    let mut text = String::new();
    for level in 0..3_000 {
        write!(
            text,
            "<a href=/{level}><object>A link inside another, number {level}"
        )
        .unwrap();
    }
    count(text);
}

#[test]
fn one_address_many_times_is_one_item() {
    let mut text = "<main>".to_owned();
    for number in 0..10_000 {
        write!(
            text,
            "<h2><a href=/same#{number}>The same story again and again</a></h2><h3><a href=/n/{number}>Another story, number {number}</a></h3>"
        )
        .unwrap();
    }
    assert!(count(text) <= MOST_ITEMS);
}

#[test]
fn unlike_places_by_the_thousand_are_cheap() {
    let mut text = "<main>".to_owned();
    for number in 0..10_000_u32 {
        let class: String = number
            .to_string()
            .bytes()
            .map(|digit| char::from(b'a' + digit - b'0'))
            .collect();
        write!(
            text,
            "<div class={class}><h2><a href=/n/{number}>Headline of story number {number}</a></h2><p>Text.</p></div>"
        )
        .unwrap();
    }
    count(text);
}

#[test]
fn a_line_without_end_is_cut() {
    let title = "word ".repeat(200_000);
    let found = discover(
        &page(format!(
            "<main><h2><a href=/1>{title}</a></h2><h2><a href=/2>{title}</a></h2></main>"
        )),
        &ListingRules::default(),
        now(),
    )
    .unwrap();
    assert!(
        found
            .items
            .iter()
            .all(|item| item.hints.title.as_ref().unwrap().chars().count() <= 500)
    );
}

#[test]
fn a_feed_of_nested_elements_and_a_long_sitemap_are_cheap() {
    let nested = "<a:b type='xhtml'>".repeat(150);
    let closed = "</a:b>".repeat(150);
    let items = format!("<item><link>/x</link>{nested}{closed}</item>").repeat(2_000);
    assert_eq!(count(format!("<rss><channel>{items}</channel></rss>")), 1);
    let mut urls = String::new();
    for number in 0..60_000 {
        write!(urls, "<url><loc>https://a.example/{number}</loc></url>").unwrap();
    }
    assert_eq!(count(format!("<urlset>{urls}</urlset>")), MOST_ITEMS);
}

/// Pieces that pages are mangled from.
const PIECES: &[&str] = &[
    "<div class=\"post item-3\">",
    "</div>",
    "<a href=/a>",
    "<a href='/b?x=1&y=2'>",
    "<a href=#c>",
    "</a>",
    "<h2>",
    "</h2>",
    "<h3 class=title>",
    "</h3>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table><tr><td>",
    "</table>",
    "<time datetime=2025-10-01>",
    "</time>",
    "<img src=/i.jpg srcset='a 1x, b 2x'>",
    "<nav>",
    "</nav>",
    "<main>",
    "<article>",
    "</article>",
    "<p>",
    "A long headline about the harbour",
    "عنوان طويل عن الميناء والسفن",
    "標題",
    "3 hours ago",
    "2 Oct 2025",
    "&amp;&#x0;&bogus;",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<svg><a href=/s>",
    "<template>",
    "<base href=//b.example/>",
    "<a rel=next href=?page=2>",
    "Next",
    "\u{0}",
    "\u{202e}",
    "<",
    "\"",
    "style=\"background:url(",
    "Most Read",
    "<form><button>",
    "<select><option>",
    "<frameset>",
    "<plaintext>",
    "]]>",
    "<?xml version='1.0'?>",
    "<rss><channel><item>",
    "<title>",
    "<link>",
    "https://a.example/x",
    "</item>",
    "<urlset><url><loc>",
    "{\"a\": [1,",
    "]}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_mangled_page_ends_in_a_panic_or_holds_a_page_twice(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..120),
        kind in prop::sample::select(vec![Kind::Auto, Kind::Html, Kind::Lines, Kind::Feed, Kind::Sitemap, Kind::Json, Kind::Embedded]),
    ) {
        let page = page(pieces.concat());
        let rules = ListingRules { kind, ..ListingRules::default() };
        if let Ok(listing) = discover(&page, &rules, now()) {
            let keys: Vec<String> = listing.items.iter().filter_map(|item| item.url.as_ref()).map(page_key).collect();
            prop_assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
            prop_assert!(listing.items.iter().all(|item| item.url.is_some() || item.hints.title.is_some()));
            prop_assert_ne!(listing.next.as_ref().map(page_key), Some(page_key(&page.url)));
        }
    }
}
