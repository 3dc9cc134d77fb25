//! What the page calls itself in several places → its headline as printed, without the site's name.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::body::mended;
use super::json::plain;
use super::pattern;
use super::survey::{MarkKind, Survey};
use super::witness::{Evidence, Field, Witness};
use crate::text::fold;

/// A heading of the page that may be its headline.
#[derive(Clone)]
pub struct Heading {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub position: usize,
    /// Whether it is an `h1`.
    is_first: bool,
}

/// Longest headline in characters; what is longer is a paragraph in a heading's clothes.
const TITLE_CHARS: usize = 500;

/// Most headings of a rank that are looked at.
const HEADINGS: usize = 40;

/// The headings of the first two ranks, the first rank first.
pub fn headings(survey: &Survey<'_>) -> Vec<Heading> {
    let read = |kind, is_first| {
        survey
            .marks(kind)
            .take(HEADINGS)
            .map(move |mark| Heading {
                text: mended(&crate::html::text(mark.element)).into_owned(),
                position: mark.position,
                is_first,
            })
            .filter(|heading| {
                !heading.text.is_empty() && heading.text.chars().count() <= TITLE_CHARS
            })
    };
    read(MarkKind::Heading, true)
        .chain(read(MarkKind::Subheading, false))
        .collect()
}

/// The heading that the page's other titles agree with: the article's own.
pub fn own_heading<'a>(headings: &'a [Heading], titles: &[String]) -> Option<&'a Heading> {
    let first: Vec<&Heading> = headings.iter().filter(|heading| heading.is_first).collect();
    let enough = match first[..] {
        [only] if is_headline_like(&only.text) => ONLY_ONE,
        _ => ALIKE,
    };
    likest(first, titles, enough).or_else(|| {
        let second = headings.iter().filter(|heading| !heading.is_first);
        likest(second, titles, SAME)
    })
}

/// Longest text in characters of a heading that is believed against the page's other titles.
const LIKELY_CHARS: usize = 150;

/// Whether a text has the length of a headline.
fn is_headline_like(text: &str) -> bool {
    text.split_whitespace().count() > 2 && text.chars().count() <= LIKELY_CHARS
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
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    if common == 0 {
        return 0.0;
    }
    2.0 * common as f32 / (one.len() + other.len()) as f32
}

/// Decides the headline: the article's own heading as printed, without what only the heading adds: a kicker before it, the
/// site's name after it. Without such a heading, what two kinds of witnesses agree on.
pub fn title(
    evidence: &Evidence,
    headings: &[Heading],
    document: Option<&str>,
    sites: &[String],
) -> Option<String> {
    if let Some(told) = evidence.configured(Field::Title).first() {
        return Some(plain(&told.value));
    }
    let told = told(evidence, document, sites);
    let others: Vec<String> = told
        .iter()
        .map(|told| fold(&told.text))
        .chain(
            headings
                .iter()
                .filter(|heading| heading.is_first)
                .map(|heading| fold(&heading.text)),
        )
        .collect();
    let machines: Vec<String> = told
        .iter()
        .filter(|told| told.witness.is_some())
        .map(|told| fold(&without_site(&told.text, &[], sites, false)))
        .collect();
    let bare: Vec<Told> = told
        .into_iter()
        .map(|told| Told {
            text: without_site(&told.text, &others, sites, told.witness.is_none()),
            ..told
        })
        .collect();
    let titles: Vec<String> = bare.iter().map(|told| fold(&told.text)).collect();
    let others = beside(document, &machines);
    let headings: Vec<Heading> = headings
        .iter()
        .filter(|heading| !is_name_of_site(&heading.text, sites))
        .filter(|heading| !others.contains(&fold(&heading.text)))
        .map(|heading| Heading {
            text: without_site(&heading.text, &[], sites, false),
            ..heading.clone()
        })
        .collect();
    let only_document = bare.iter().all(|told| told.witness.is_none());
    if let Some(heading) = document
        .filter(|_| only_document)
        .and_then(|document| part(document, &headings))
    {
        return Some(heading.text.clone());
    }
    match own_heading(&headings, &titles) {
        Some(heading) => Some(as_printed(under(heading, &headings, &machines), &bare)),
        None => agreed(&bare)
            .or(bare.first())
            .map(|told| told.text.clone())
            .or_else(|| headings.first().map(|heading| heading.text.clone())),
    }
}

/// The heading close under `heading` that machines are told as another title: some pages keep the `h1` for search engines,
/// small and among the breadcrumbs, and print the headline in an `h2`.
fn under<'a>(heading: &'a Heading, headings: &'a [Heading], titles: &[String]) -> &'a Heading {
    let first = fold(&heading.text);
    headings
        .iter()
        .filter(|other| heading.is_first && !other.is_first)
        .filter(|other| (heading.position..heading.position + UNDER).contains(&other.position))
        .find(|other| {
            let text = fold(&other.text);
            titles.iter().any(|title| {
                *title != first
                    && !title.contains(&first)
                    && !first.contains(title)
                    && (*title == text || is_end_of(title, &text))
            })
        })
        .unwrap_or(heading)
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
    let edge = |c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | ':' | '»' | '·');
    document
        .split(told.as_str())
        .map(|part| part.trim_matches(edge).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
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
    witness: Option<Witness>,
    text: String,
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
            witness: Some(witness),
            text: plain(&told.value),
        })
    });
    let document = document.map(|document| Told {
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

/// The heading's words, or a machine's where the heading only adds a kicker before them, or a count behind them. Where only
/// blanks differ, the heading's come from its markup and the machine's from a person.
fn as_printed(heading: &Heading, told: &[Told]) -> String {
    let folded = fold(&heading.text);
    let bare = |text: &str| -> String { text.split_whitespace().collect() };
    let by_machine = |told: &&Told| told.witness.is_some();
    told.iter()
        .filter(by_machine)
        .find(|told| {
            let told = fold(&told.text);
            is_end_of(&told, &folded) || is_counted(&told, &folded)
        })
        .or_else(|| {
            told.iter()
                .filter(by_machine)
                .find(|told| bare(&fold(&told.text)) == bare(&folded))
        })
        .map_or_else(|| heading.text.clone(), |told| told.text.clone())
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

/// What stands between a headline and a site's name.
const SEPARATORS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ― ", "｜",
];

/// `title` without what follows or precedes it: the site's name, its section.
pub fn without_site(title: &str, others: &[String], sites: &[String], is_document: bool) -> String {
    let mut rest = title.trim().to_owned();
    for _ in 0..4 {
        let Some(shorter) = one_less(&rest, others, sites, is_document) else {
            break;
        };
        rest = shorter;
    }
    rest
}

/// `title` without its last or first part, where that part is not of the headline.
fn one_less(title: &str, others: &[String], sites: &[String], is_document: bool) -> Option<String> {
    let last = SEPARATORS
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .min_by_key(|(_, tail)| tail.len());
    if let Some(head) = others
        .iter()
        .find_map(|other| before_separator(title, other))
    {
        return Some(head);
    }
    if let Some((head, tail)) = last
        && (is_site(tail, sites)
            || others.contains(&fold(head))
            || (is_document && is_short(tail, head)))
    {
        return Some(head.trim().to_owned());
    }
    let first = SEPARATORS
        .iter()
        .filter_map(|separator| title.split_once(separator))
        .min_by_key(|(head, _)| head.len());
    if let Some((head, tail)) = first
        && (is_site(head, sites) || others.contains(&fold(tail)))
    {
        return Some(tail.trim().to_owned());
    }
    None
}

/// The start of `title` that is another place's whole title, where a separator follows it even without a blank.
fn before_separator(title: &str, other: &str) -> Option<String> {
    if other.chars().count() < SHORTEST_CUT {
        return None;
    }
    let stops = |c: char| {
        matches!(
            c,
            '|' | '-' | '–' | '—' | '·' | '•' | 'ㅣ' | '｜' | '»' | ':'
        )
    };
    // Folding may change a text's length, so each place where a separator stands is tried.
    title
        .match_indices(stops)
        .take(STOPS)
        .map(|(end, _)| title[..end].trim_end())
        .find(|head| fold(head) == other)
        .map(str::to_owned)
}

/// Most separators of one title.
const STOPS: usize = 20;

/// A part of few words after many is a name, not news.
fn is_short(tail: &str, head: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    words(tail) <= 4 && words(head) >= 3 && head.chars().count() > tail.chars().count()
}

/// Whether `text` is one of the site's names and nothing more.
pub fn is_name_of_site(text: &str, sites: &[String]) -> bool {
    let text = letters(&fold(text));
    text.is_empty() || sites.iter().any(|site| letters(site) == text)
}

/// Whether `part` of a title is one of the site's names, give or take an ending ("The Daily" of "The Daily Example").
fn is_site(part: &str, sites: &[String]) -> bool {
    let part = letters(&fold(part));
    !part.is_empty()
        && sites.iter().map(|site| letters(site)).any(|site| {
            !site.is_empty()
                && (site == part
                    || (part.chars().count() >= 4 && site.starts_with(&part))
                    || (site.chars().count() >= 4 && part.starts_with(&site)))
        })
}

/// The letters and digits of a text alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests;
