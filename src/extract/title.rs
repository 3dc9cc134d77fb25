//! What the page calls itself in several places → its headline as printed, without the site's name.

mod choice;
mod heading;
mod site;

use std::sync::LazyLock;

use regex::Regex;

use super::json::plain;
use super::pattern;
use super::verdict::{CONFIGURED, Decided};
use super::witness::{Evidence, Field, Witness};
use crate::text::fold;
use choice::{by_heading, printed_by, without_heading};
use heading::TITLE_CHARS;
use site::{SEPARATORS, letters, without_site};

pub use heading::{Heading, headings, titled};
pub use site::{Names, is_name_of_site};

/// The heading that the page's other titles agree with: the article's own.
pub fn own_heading<'a>(headings: &'a [Heading], titles: &[String]) -> Option<&'a Heading> {
    let first: Vec<&Heading> = headings.iter().filter(|heading| heading.is_first).collect();
    let enough = match first[..] {
        [only] if is_headline_like(&only.text) => ONLY_ONE,
        _ => ALIKE,
    };
    let second = || {
        let second = headings.iter().filter(|heading| !heading.is_first);
        likest(second, titles, SAME)
    };
    match likest(first.iter().copied(), titles, enough) {
        // The site's name is a part of titles too: what says a title whole is rather the headline.
        Some(first) if best_likeness(&first.text, titles) < CLEAR => second()
            .filter(|second| titles.contains(&fold(&second.text)))
            .or(Some(first)),
        Some(first) => Some(first),
        None => second().or_else(|| alone(&first, titles)),
    }
}

/// Whether a heading that is surely the article's own was found.
pub fn is_clear(headings: &[Heading], titles: &[String]) -> bool {
    own_heading(headings, titles)
        .is_some_and(|heading| best_likeness(&heading.text, titles) >= CLEAR)
}

/// The one of several `h1` that alone has something in common with the other titles.
fn alone<'a>(headings: &[&'a Heading], titles: &[String]) -> Option<&'a Heading> {
    let best = likest(headings.iter().copied(), titles, ONLY_ONE)?;
    let is_alone = headings
        .iter()
        .filter(|other| other.text != best.text)
        .all(|other| best_likeness(&other.text, titles) == 0.0);
    (is_alone && is_headline_like(&best.text)).then_some(best)
}

/// Longest text in characters of a heading that is believed against the page's other titles.
const LIKELY_CHARS: usize = 150;

/// Whether a text has the length of a headline.
fn is_headline_like(text: &str) -> bool {
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric));
    words.count() > 2 && text.chars().count() <= LIKELY_CHARS
}

fn likest<'a>(
    headings: impl IntoIterator<Item = &'a Heading>,
    titles: &[String],
    enough: f32,
) -> Option<&'a Heading> {
    headings
        .into_iter()
        .map(|heading| (heading, best_likeness(&heading.text, titles)))
        .filter(|(_, likeness)| *likeness >= enough)
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(heading, _)| heading)
}

/// From this share of common words on, two titles speak of one article.
const ALIKE: f32 = 0.5;

/// From here on no other heading is looked for.
const CLEAR: f32 = 0.7;

/// From here on they are one title.
const SAME: f32 = 0.9;

/// The only `h1` of a page needs less to be its headline: sites write other titles for search engines.
const ONLY_ONE: f32 = 0.15;

fn best_likeness(text: &str, titles: &[String]) -> f32 {
    let folded = fold(text);
    titles
        .iter()
        .map(|title| likeness(title, &folded))
        .fold(0.0, f32::max)
}

/// Whether two folded titles are of one article: one within the other, or half of their words in common.
pub fn alike(one: &str, other: &str) -> bool {
    likeness(one, other) >= ALIKE
}

/// How much of two folded titles is common: 1 where they are equal.
fn likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.len() * 5 >= long.len() * 2 && long.contains(short) {
        return 0.95;
    }
    let (one, other) = (words(one), words(other));
    let common = one
        .iter()
        .filter(|word| other.binary_search(word).is_ok())
        .count();
    if common == 0 {
        return 0.0;
    }
    2.0 * common as f32 / (one.len() + other.len()) as f32
}

/// The words of a text, each once, in order.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Decides the headline: the article's own heading as printed, without what only the heading adds: a kicker before it, a second
/// headline or the site's name after it. Without such a heading, what two kinds of witnesses agree on.
pub fn title(
    evidence: &Evidence,
    headings: &[Heading],
    document: Option<&str>,
    names: Names<'_>,
) -> Decided<Option<String>> {
    if let Some(told) = evidence.configured(Field::Title).first() {
        return Decided::new(Some(plain(&told.value)), CONFIGURED).told_by([*told]);
    }
    let told = told(evidence, document, names.sites);
    let machines: Vec<String> = told
        .iter()
        .filter(|told| told.witness.is_some())
        .map(|told| fold(&without_site(&told.text, &[], names, false)))
        .collect();
    let bare = bare(told, headings, names);
    let titles: Vec<String> = bare.iter().map(|told| fold(&told.text)).collect();
    let others = beside(document, &machines);
    let headings: Vec<Heading> = headings
        .iter()
        .filter(|heading| !is_name_of_site(&heading.text, names.sites))
        .filter(|heading| !others.contains(&fold(&heading.text)))
        .map(|heading| Heading {
            text: without_site(&heading.text, &[], names, false),
            ..heading.clone()
        })
        .collect();
    let only_document = bare.iter().all(|told| told.witness.is_none());
    if let Some(heading) = document
        .filter(|_| only_document)
        .and_then(|document| part(document, &headings))
    {
        let why = "the heading that is a part of the document's title";
        return printed_by(heading, heading.text.clone(), why, evidence);
    }
    match own_heading(&headings, &titles) {
        Some(heading) => by_heading(heading, &headings, &bare, evidence),
        None => without_heading(&headings, &bare, evidence),
    }
}

/// The headline as the page prints it, where the title has its kicker before it.
pub fn printed<'a>(title: Option<&'a str>, headings: &'a [Heading]) -> Option<&'a str> {
    let whole = fold(title?);
    let texts = || headings.iter().map(|heading| fold(&heading.text));
    let printed = texts().position(|text| is_end_of(&text, &whole));
    match printed {
        Some(at) if !texts().any(|text| text == whole) => Some(headings[at].text.as_str()),
        _ => title,
    }
}

/// What was told, each without the names that other places do not have.
fn bare(told: Vec<Told>, headings: &[Heading], names: Names<'_>) -> Vec<Told> {
    let first = headings.iter().filter(|heading| heading.is_first);
    let others: Vec<String> = told
        .iter()
        .map(|told| fold(&told.text))
        .chain(first.map(|heading| fold(&heading.text)))
        .collect();
    told.into_iter()
        .map(|told| Told {
            text: without_site(&told.text, &others, names, told.witness.is_none()),
            ..told
        })
        .collect()
}

/// What others tell of a heading of several pieces: the whole with what parts them, which the page leaves to style; or, where
/// nobody tells the whole, the end with which another title ends, so that the beginning is a kicker.
fn by_pieces(heading: &Heading, told: &[Told]) -> Option<String> {
    if heading.pieces.is_empty() {
        return None;
    }
    let told: Vec<(String, &str)> = told
        .iter()
        .filter(|told| !told.is_markup())
        .map(|told| (letters(&fold(&told.text)), told.text.as_str()))
        .collect();
    let whole = letters(&fold(&heading.text));
    let mut same = told.iter().filter(|(title, _)| *title == whole).peekable();
    if same.peek().is_some() {
        let parted = same.find(|(_, text)| text.len() > heading.text.len());
        return parted.map(|(_, text)| (*text).to_owned());
    }
    (1..heading.pieces.len())
        .map(|start| heading.pieces[start..].join(" "))
        .map(|end| end.trim_start_matches(is_edge).to_owned())
        .filter(|end| end.chars().count() >= SHORTEST_CUT)
        .find(|end| {
            let end = letters(&fold(end));
            told.iter().any(|(title, _)| title.ends_with(&end))
        })
}

/// What two kinds of witnesses tell, where the heading is no `h1` and nobody tells it: it heads a part of the article.
fn agreed_against<'a>(heading: &Heading, told: &'a [Told]) -> Option<&'a Told> {
    let text = letters(&fold(&heading.text));
    let is_told = told.iter().any(|told| {
        let title = letters(&fold(&told.text));
        title.contains(&text) || text.contains(&title)
    });
    told.iter()
        .filter(|told| !heading.is_first && !is_told && told.witness.is_some())
        .find(|one| is_told_twice(&letters(&fold(&one.text)), told))
}

/// The heading's beginning, where two kinds of witnesses tell that it is the headline, and what follows is set apart from it.
fn before_second(heading: &Heading, told: &[Told]) -> Option<String> {
    (1..heading.pieces.len())
        .map(|end| heading.pieces[..end].join(" "))
        .filter(|start| start.chars().count() >= SHORTEST_CUT)
        .find(|start| is_told_twice(&letters(&fold(start)), told))
}

/// The headline with its kicker, where that is printed above it, or both in another heading, and two kinds of witnesses tell both as
/// one: "After the storm: Port opens again". One word is a section's name.
fn with_kicker<'a>(heading: &Heading, headings: &[Heading], told: &'a [Told]) -> Option<&'a Told> {
    let headline = letters(&fold(&heading.text));
    let is_printed = |kicker: &str, whole: &str| {
        letters(&fold(&heading.above)) == kicker
            || headings
                .iter()
                .any(|other| letters(&fold(&other.text)) == whole)
    };
    let by_share = told
        .iter()
        .filter(|told| told.witness == Some(Witness::OpenGraph));
    if by_share
        .clone()
        .any(|told| letters(&fold(&told.text)) == headline)
    {
        return None;
    }
    by_share
        .filter(|told| {
            told.text.split_once(": ").is_some_and(|(kicker, rest)| {
                let whole = letters(&fold(&told.text));
                letters(&fold(rest)) == headline
                    && kicker.split_whitespace().count() > 1
                    && is_printed(&letters(&fold(kicker)), &whole)
            })
        })
        .find(|whole| is_told_twice(&letters(&fold(&whole.text)), told))
}

/// Whether two kinds of witnesses tell the title of these letters.
fn is_told_twice(title: &str, told: &[Told]) -> bool {
    let mut kinds: Vec<Option<Witness>> = told
        .iter()
        .filter(|told| letters(&fold(&told.text)) == title)
        .map(|told| told.witness)
        .collect();
    kinds.dedup();
    kinds.len() > 1
}

/// The heading close under `heading` that machines are told as another title: some pages keep the `h1` for search engines,
/// small and among the breadcrumbs, and print the headline in an `h2`, at times with its kicker in a box of its own.
fn under<'a>(heading: &Heading, headings: &[Heading], told: &'a [Told]) -> Option<&'a Told> {
    let first = fold(&heading.text);
    let told: Vec<(String, &'a Told)> = told
        .iter()
        .filter(|told| told.witness.is_some() && !told.is_markup())
        .map(|told| (fold(&told.text), told))
        .filter(|(title, _)| {
            *title != first && !title.contains(&first) && !first.contains(title.as_str())
        })
        .collect();
    headings
        .iter()
        .filter(|other| heading.is_first && !other.is_first)
        .filter(|other| (heading.position..heading.position + UNDER).contains(&other.position))
        .find_map(|other| {
            let text = fold(&other.text);
            told.iter()
                .find(|(title, _)| letters(title) == letters(&text) || is_end_of(title, &text))
                .map(|(_, told)| *told)
        })
}

/// So many elements may stand between an `h1` for search engines and the headline: buttons, pictures of buttons.
const UNDER: usize = 200;

/// The parts of the document's title beside the one that machines are told: names of the site and of its sections.
fn beside(document: Option<&str>, titles: &[String]) -> Vec<String> {
    let document = document.map(fold).unwrap_or_default();
    let told = titles
        .iter()
        .filter(|title| title.chars().count() >= SHORTEST_CUT && **title != document)
        .find(|title| document.contains(title.as_str()));
    let Some(told) = told else {
        return Vec::new();
    };
    document
        .split(told.as_str())
        .map(|part| part.trim_matches(is_edge).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether a character only parts a title from what stands beside it.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | ':' | '»' | '·')
}

/// The longest heading that is a whole part of the document's title: the shorter ones are the site's and the section's.
fn part<'a>(document: &str, headings: &'a [Heading]) -> Option<&'a Heading> {
    let mut parts = vec![document];
    for separator in SEPARATORS {
        parts = parts
            .iter()
            .flat_map(|part| part.split(separator))
            .collect();
    }
    let parts: Vec<String> = parts
        .into_iter()
        .map(fold)
        .filter(|part| !part.is_empty())
        .collect();
    headings
        .iter()
        .filter(|heading| parts.contains(&fold(&heading.text)))
        .reduce(|best, next| {
            if next.text.len() > best.text.len() {
                next
            } else {
                best
            }
        })
}

/// A title that some place gives; no witness for the document's own `title`.
struct Told {
    /// Which testimony it is.
    number: Option<usize>,
    witness: Option<Witness>,
    text: String,
}

impl Told {
    /// Whether this is a heading's own markup, which says what the heading says and nothing of its own.
    fn is_markup(&self) -> bool {
        self.witness == Some(Witness::Microdata)
    }

    fn decided(&self, why: &'static str) -> Decided<Option<String>> {
        Decided::new(Some(self.text.clone()), why).by(self.number)
    }
}

/// The titles that machines are given, the most trusted first.
fn told(evidence: &Evidence, document: Option<&str>, sites: &[String]) -> Vec<Told> {
    let kinds = [
        Witness::JsonLd,
        Witness::Note,
        Witness::OpenGraph,
        Witness::Microdata,
        Witness::Meta,
    ];
    let heard = kinds.into_iter().flat_map(|witness| {
        evidence.by(Field::Title, witness).map(move |told| Told {
            number: Some(told.number),
            witness: Some(witness),
            text: plain(&told.value),
        })
    });
    let document = document.map(|document| Told {
        number: evidence
            .by(Field::Title, Witness::Document)
            .next()
            .map(|told| told.number),
        witness: None,
        text: plain(document),
    });
    heard
        .chain(document)
        .filter(|told| !told.text.is_empty() && told.text.chars().count() <= TITLE_CHARS)
        .filter(|told| !is_name_of_site(&told.text, sites))
        .collect()
}

/// What JSON-LD and OpenGraph both say.
fn agreed(told: &[Told]) -> Option<&Told> {
    let by = |witness| {
        told.iter()
            .filter(move |told| told.witness == Some(witness))
    };
    by(Witness::OpenGraph).find(|one| {
        let folded = fold(&one.text);
        by(Witness::JsonLd).any(|other| fold(&other.text) == folded)
    })
}

/// Shortest title in characters that a heading may be cut to.
const SHORTEST_CUT: usize = 12;

/// A machine's words, where the heading only adds a kicker before them, or a count behind them. A beginning that the title for
/// sharing has too is no kicker.
fn as_told<'a>(heading: &Heading, told: &'a [Told]) -> Option<&'a Told> {
    let folded = fold(&heading.text);
    let whole = letters(&folded);
    let is_shared = |told: &Told| told.witness == Some(Witness::OpenGraph);
    let is_shared_whole = told
        .iter()
        .any(|told| is_shared(told) && letters(&fold(&told.text)) == whole);
    told.iter()
        .filter(|told| told.witness.is_some())
        .find(|told| {
            let text = fold(&told.text);
            is_end_of(&text, &folded) && (is_shared(told) || !is_shared_whole)
                || is_counted(&text, &folded)
        })
}

/// A machine's words, where only blanks differ: the heading's come from its markup and the machine's from a person.
fn spaced<'a>(heading: &Heading, told: &'a [Told]) -> Option<&'a Told> {
    let bare = |text: &str| -> String { fold(text).split_whitespace().collect() };
    let printed = bare(&heading.text);
    told.iter()
        .filter(|told| told.witness.is_some() && !told.is_markup())
        .find(|told| bare(&told.text) == printed)
}

/// Whether `long` is `short` with the host that it links to and the number of its comments behind it: "Storm (a.example) 87".
fn is_counted(short: &str, long: &str) -> bool {
    static COUNT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:\([\w-]+(?:\.[\w-]+)+\)\s*\d{0,5}|\(\d{1,5}\))$"));
    short.chars().count() >= SHORTEST_CUT
        && long
            .strip_prefix(short)
            .is_some_and(|rest| COUNT.is_match(rest))
}

/// Whether `short` is what `long` ends with, and long enough to be a title of its own.
fn is_end_of(short: &str, long: &str) -> bool {
    short.len() < long.len() && short.chars().count() >= SHORTEST_CUT && long.ends_with(short)
}

#[cfg(test)]
mod tests;
