//! The articles of `fixtures/`, mangled: whatever is left of a page, reading it ends, without a panic, in an article that holds together.
//! `PROPTEST_CASES=10000 cargo test --test article_fuzz` tries harder.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use feedwright::config::ArticleRules;
use feedwright::extract::Repeated;
use feedwright::fetch::decode;
use feedwright::model::{Article, Page, Validator};
use feedwright::poll::read_article;
use feedwright::sanitize::sanitize;
use proptest::prelude::*;
use proptest::sample::Index;

/// Far more than any of these pages takes, even unoptimised on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The pages that are mangled, as bytes.
static PAGES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = std::fs::read_dir(fixtures).unwrap();
    let mut pages: Vec<Vec<u8>> = folders
        .map(|folder| folder.unwrap().path().join("article.html"))
        .filter_map(|file| std::fs::read(file).ok())
        .collect();
    pages.sort();
    pages
});

/// One thing that happens to a page.
#[derive(Clone, Debug)]
enum Harm {
    /// It ends early.
    Cut(Index),
    /// A part of it is missing.
    Lose(Index, Index),
    /// A part of it comes again, so often.
    Repeat(Index, Index, usize),
    /// A byte is another.
    Flip(Index, u8),
    /// A tag stands where another stood.
    Swap(Index, Index),
    /// Something is put in front of a tag, so often.
    Insert(Index, &'static str, usize),
    /// The start tag of an element has a long attribute.
    BlowUp(Index, &'static str, usize),
    /// Its other half is another page's.
    Graft(Index, Index),
}

/// What is put into pages.
const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<b>",
    "<p>",
    "</p>",
    "<br>",
    "<a href=/x>",
    "</a>",
    "<table><tr><td>",
    "<ul><li>",
    "<article>",
    "</article>",
    "</body>",
    "<svg>",
    "<math><mtext>",
    "<template>",
    "<noscript>",
    "<textarea>",
    "<plaintext>",
    "<!--",
    "-->",
    "<script type=application/ld+json>",
    "</script>",
    "{\"@graph\":[",
    "\"",
    "'",
    "\\",
    "\0",
    "\u{202e}",
    "\u{301}",
    "&#x110000;",
    "<h1>Title</h1>",
    "<time datetime=9999-99-99>31.02.0000</time>",
    "By Jane Doe and ",
    "<base href='//['>",
    "<figure><img src=data:,><figcaption>",
    "\u{ff}\u{fe}",
];

const ATTRIBUTES: &[&str] = &[
    "class", "href", "src", "srcset", "style", "datetime", "content", "itemprop", "rel",
];

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Harm::Cut),
        (at(), at()).prop_map(|(from, to)| Harm::Lose(from, to)),
        (at(), at(), 1..20_usize).prop_map(|(from, to, times)| Harm::Repeat(from, to, times)),
        (at(), any::<u8>()).prop_map(|(place, byte)| Harm::Flip(place, byte)),
        (at(), at()).prop_map(|(one, other)| Harm::Swap(one, other)),
        (at(), prop::sample::select(PIECES), 1..400_usize)
            .prop_map(|(place, piece, times)| Harm::Insert(place, piece, times)),
        (at(), prop::sample::select(ATTRIBUTES), 1..20_000_usize)
            .prop_map(|(place, name, length)| Harm::BlowUp(place, name, length)),
        (at(), at()).prop_map(|(place, other)| Harm::Graft(place, other)),
    ]
}

fn range(page: &[u8], from: Index, to: Index) -> std::ops::Range<usize> {
    let (one, other) = (from.index(page.len() + 1), to.index(page.len() + 1));
    one.min(other)..one.max(other)
}

/// Where the tags of a page stand.
fn tags(page: &[u8]) -> Vec<std::ops::Range<usize>> {
    let starts = page.iter().enumerate().filter(|(_, byte)| **byte == b'<');
    starts
        .map(|(start, _)| {
            let length = page[start..].iter().position(|byte| *byte == b'>');
            start..length.map_or(page.len(), |length| start + length + 1)
        })
        .collect()
}

fn harmed(mut page: Vec<u8>, harm: &Harm) -> Vec<u8> {
    let tags = tags(&page);
    let tag = |index: Index| match tags.is_empty() {
        true => 0..0,
        false => tags[index.index(tags.len())].clone(),
    };
    match *harm {
        Harm::Cut(at) => page.truncate(at.index(page.len() + 1)),
        Harm::Lose(from, to) => drop(page.drain(range(&page, from, to))),
        Harm::Repeat(from, to, times) => {
            let part = range(&page, from, to);
            let again = page[part.clone()].repeat(times.min(1 + 100_000 / (part.len() + 1)));
            page.splice(part.end..part.end, again);
        }
        Harm::Flip(at, byte) => {
            if !page.is_empty() {
                let at = at.index(page.len());
                page[at] ^= byte;
            }
        }
        Harm::Swap(one, other) => {
            let (one, other) = (tag(one), tag(other));
            let (first, last) = if one.start <= other.start {
                (one, other)
            } else {
                (other, one)
            };
            if first.end <= last.start {
                let (front, back) = (page[first.clone()].to_vec(), page[last.clone()].to_vec());
                page.splice(last, front);
                page.splice(first, back);
            }
        }
        Harm::Insert(at, piece, times) => {
            let at = tag(at).start;
            page.splice(at..at, piece.repeat(times).into_bytes());
        }
        Harm::BlowUp(at, name, length) => {
            let end = tag(at).end.saturating_sub(1);
            let attribute = format!(" {name}='{}'", "word ".repeat(length));
            page.splice(end..end, attribute.into_bytes());
        }
        Harm::Graft(at, other) => {
            let other = &PAGES[other.index(PAGES.len())];
            page.truncate(at.index(page.len() + 1));
            page.extend(&other[other.len() / 2..]);
        }
    }
    page
}

fn page(bytes: &[u8]) -> Page {
    Page {
        url: "https://a.example/news/a-story".parse().unwrap(),
        text: decode(bytes, "text/html"),
        media_type: "text/html".to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    }
}

fn now() -> DateTime<Utc> {
    "2026-10-03T09:00:00Z".parse().unwrap()
}

/// What holds of every article, however its page looks.
fn holds_together(article: &Article, page: &Page) -> Result<(), TestCaseError> {
    let again = sanitize(&article.body.html, &page.url);
    prop_assert_eq!(&again, &article.body.html, "a safe body is safe as it is");
    if let (Some(published), Some(modified)) = (article.published, article.modified) {
        prop_assert!(published.utc() <= modified.utc());
    }
    let mut names = article.authors.clone();
    names.dedup();
    prop_assert_eq!(&names, &article.authors);
    prop_assert!(
        article
            .title
            .as_ref()
            .is_none_or(|title| !title.trim().is_empty())
    );
    Ok(())
}

/// What is struck from an article whose own lines the site repeats.
fn loses_lines(article: &Article) -> Result<(), TestCaseError> {
    let mut body = article.body.clone();
    let lines = body.text.lines().count() / 2;
    body.text = body.text.lines().take(lines).collect::<Vec<_>>().join("\n");
    let mut repeated = Repeated::default();
    for title in [
        "Harbour closed",
        "Bridge mended",
        "Seventy geese",
        "Younger mayor",
    ] {
        repeated.learn(Some(title), &body);
    }
    if let Some(left) = repeated.without(&article.body) {
        prop_assert!(left.text.len() < article.body.text.len());
        prop_assert!(!left.text.is_empty());
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_mangled_article_ends_in_a_panic_or_falls_apart(
        whole in any::<Index>(),
        harms in prop::collection::vec(harm(), 1..6),
    ) {
        let whole = PAGES[whole.index(PAGES.len())].clone();
        let page = page(&harms.iter().fold(whole, harmed));
        let begun = Instant::now();
        let read = read_article(&page, &ArticleRules::default(), now());
        prop_assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
        if let Ok(article) = read {
            holds_together(&article, &page)?;
            loses_lines(&article)?;
        }
    }
}
