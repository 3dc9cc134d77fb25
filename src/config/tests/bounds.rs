//! Each bound on what a file may hold is reached once, and no text at all makes the reader fall.

use std::fmt::Write;

use proptest::prelude::*;

use super::super::expressions::EXPRESSION_BYTES;
use super::super::reader::{LIST_ITEMS, TEXT_BYTES};
use super::super::section::SECTIONS;
use super::super::selection::FEEDS;
use super::super::site::SITES;
use super::*;

fn told(text: &str) -> String {
    read(text).map_or_else(|mistakes| mistakes.to_string(), |_| String::new())
}

#[test]
fn what_is_too_much_is_told_and_what_is_just_enough_is_read() {
    let sections = |number| {
        let mut text = around_section("", "");
        for section in 1..number {
            let _ = write!(text, "[[site.section]]\nurl = \"/{section}\"\n");
        }
        text
    };
    let sites = |number| {
        let mut text = String::new();
        for site in 0..number {
            let _ = write!(
                text,
                "[[site]]\nurl = \"https://{site}.example/\"\n[[site.section]]\nurl = \"/a\"\n"
            );
        }
        text
    };
    let feeds = |number| {
        let mut text = around_section("", "");
        for feed in 0..number {
            let _ = write!(text, "[[feed]]\ntitle = \"Mine {feed}\"\n");
        }
        text
    };
    let list = |number| {
        around_section(
            "",
            &format!("article.title = [{}]", "\"h1\", ".repeat(number)),
        )
    };
    let selector =
        |bytes| around_section("", &format!("article.title = \"{}\"", "a".repeat(bytes)));
    let title = |bytes| around_section("", &format!("title = \"{}\"", "a".repeat(bytes)));
    let depth = |levels: usize| {
        around_section(
            "",
            &format!(
                "exclude.title = \"{}a{}\"",
                "(".repeat(levels),
                ")".repeat(levels)
            ),
        )
    };
    for (enough, too_much, sentence) in [
        (
            sections(SECTIONS),
            sections(SECTIONS + 1),
            "this is section 401 of 401",
        ),
        (sites(SITES), sites(SITES + 1), "this is site 501 of 501"),
        (feeds(FEEDS), feeds(FEEDS + 1), "this is feed 501 of 501"),
        (
            list(LIST_ITEMS),
            list(LIST_ITEMS + 1),
            "`title` lists 201 values",
        ),
        (
            selector(EXPRESSION_BYTES),
            selector(EXPRESSION_BYTES + 1),
            "a selector of 1001 bytes is too long",
        ),
        (
            title(TEXT_BYTES),
            title(TEXT_BYTES + 1),
            "`title` is 2001 bytes long",
        ),
        (
            depth(30),
            depth(31),
            "a regular expression with 31 brackets inside each other is too deep",
        ),
    ] {
        assert_eq!(told(&enough), "");
        let told = told(&too_much);
        assert!(told.starts_with(&format!("error: {sentence}\n")), "{told}");
        assert!(told.ends_with("1 mistake in config.toml"), "{told}");
    }
}

#[test]
fn of_very_many_mistakes_the_first_are_shown() {
    let mut text = around_section("", "");
    for number in 0..20_000 {
        let _ = writeln!(text, "x{number} = 1");
    }
    let told = told(&text);
    assert_eq!(told.matches("error: ").count(), 50);
    assert!(
        told.ends_with("1000 mistakes in config.toml, 950 not shown"),
        "{}",
        &told[told.len() - 60..]
    );
}

#[test]
fn a_mistake_in_a_very_long_line_is_shown_on_a_short_one() {
    let blanks = " ".repeat(400_000);
    let told = told(&around_section("", &format!("title ={blanks}7 #{blanks}")));
    assert!(told.contains("config.toml:7:400008"), "{told}");
    assert!(told.len() < 1000, "{told}");
}

#[test]
fn nesting_without_end_is_refused_and_not_followed() {
    for text in [
        format!("a = {}", "[".repeat(50_000)),
        format!("a = {}", "{a=".repeat(50_000)),
        format!("{}a = 1", "a.".repeat(50_000)),
        format!("{}a{}", "[".repeat(50_000), "]".repeat(200_000)),
        around_section("", &format!("article.title = \"{}\"", ":not(".repeat(200))),
        around_section("", &format!("exclude.title = \"{}\"", "(".repeat(999))),
        around_section(
            "",
            &format!("listing.json.items = \"$[?{}\"", "(".repeat(900)),
        ),
    ] {
        assert!(told(&text).contains("mistake"));
    }
}

/// What a configuration promises.
fn assert_can_work(config: &Config) {
    let sites = config.sites.iter().map(|site| &site.slug);
    let selections = config.selections.iter().map(|selection| &selection.slug);
    let names: Vec<_> = sites.chain(selections).collect();
    assert!(is_distinct(&names) && !config.sites.is_empty());
    for site in &config.sites {
        let names: Vec<_> = site.sections.iter().map(|section| &section.key).collect();
        assert!(is_distinct(&names) && !names.is_empty());
    }
}

fn is_distinct<T: Ord>(names: &[T]) -> bool {
    names
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .len()
        == names.len()
}

/// What a hand may put into a file by mistake.
const SLIPS: &[&str] = &[
    "",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "=",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    "\\",
    "\\u",
    "\0",
    "\u{feff}",
    "é",
    "غ",
    "𝄞",
    "0",
    "-1",
    "1e9",
    "true",
    "2024-01-01",
    "url",
    "site",
    "@",
    "$",
    "(",
    "(?i)",
    "://",
];

proptest! {
    // Each case of a whole file takes some ten milliseconds in a debug build.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_text_at_all_makes_the_reader_fall(text in ".{0,300}") {
        let _ = told(&text);
    }

    #[test]
    fn no_value_makes_the_reader_fall(value in "[^\"\\\\\n]{0,40}", key in 0..13_usize) {
        let key = [
            "url", "slug", "title", "kind", "interval", "language", "timezone", "listing.item", "listing.link",
            "exclude.title", "listing.json.items", "listing.json.url_template", "article.embedded",
        ][key];
        let text = around_section("", "").replace("url = \"/news/politics\"\n", "");
        let _ = told(&format!("{text}url = \"/a\"\n{key} = \"{value}\"\n"));
        let _ = told(&format!("[server]\npublic_url = \"{value}\"\nlisten = \"{value}\"\n[poll]\ncontact = \"{value}\"\nproxy = \"{value}\"\n{text}"));
    }

    #[test]
    fn no_slip_in_a_right_file_makes_the_reader_fall(slips in prop::collection::vec((0.0..1.0_f64, 0..12_usize, 0..SLIPS.len()), 1..6)) {
        let mut text = include_str!("../../../config.toml").to_owned();
        for (place, cut, slip) in slips {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in the text")]
            let from = text.floor_char_boundary((place * text.len() as f64) as usize);
            let to = text.floor_char_boundary((from + cut).min(text.len())).max(from);
            text.replace_range(from..to, SLIPS[slip]);
        }
        match read(&text) {
            Ok(config) => assert_can_work(&config),
            Err(mistakes) => assert!(mistakes.count() > 0 && mistakes.to_string().contains("mistake")),
        }
    }
}
