//! A link → the title that it shows, and how good a place for a title that is.

use std::borrow::Cow;

use chrono::DateTime;
use chrono_tz::Tz;

use super::labels;
use super::tree::Tree;
use super::words::{self, Words};
use crate::dates::{self, Setting};
use crate::text::squeeze;

/// Most elements inside one link that are looked at: links can be nested by broken markup, and each must stay cheap.
const MOST_PARTS: usize = 200;

/// Most bytes of text of a link that is a card with a title and more in it; a longer one is broken markup around much else.
const LONGEST_CARD: usize = 3_000;

/// Width of a text from which on it may be a headline: four words of a Latin script, eight Chinese signs.
pub const HEADLINE_WIDTH: usize = 20;

/// Where a title was taken from, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Nothing is known.
    None,
    /// "Read more", "5 comments", a number.
    Filler,
    /// An attribute: `title`, `aria-label`, the picture's `alt`.
    Attribute,
    /// The text of the link.
    Text,
    /// A part of the link whose class calls it a title.
    TitlePart,
    /// A heading in or around the link.
    Heading,
}

/// The title that link `index` shows, the element it was taken from, and how good a place that is.
pub fn title(tree: &Tree<'_>, index: usize) -> (String, usize, Rank) {
    if let Some(part) = tree
        .inside(index)
        .take(MOST_PARTS)
        .find(|&part| tree.is_heading(part) && tree.text_len(part) > 0)
    {
        let title = without_kicker(without_date(tree, part), tree, index);
        return (title, part, Rank::Heading);
    }
    let shown = without_date(tree, index);
    if is_filler(&shown) || (tree.dates_in(index) > 0 && is_date(&shown)) {
        return match named(tree, index) {
            Some(name) if !is_filler(&name) => (name, index, Rank::Attribute),
            _ if shown.is_empty() => (shown, index, Rank::None),
            _ => (shown, index, Rank::Filler),
        };
    }
    if let Some(heading) = heading_around(tree, index) {
        return (shown, heading, Rank::Heading);
    }
    match title_part(tree, index) {
        Some(part) => (tree.text(part), part, Rank::TitlePart),
        None => (shown, index, Rank::Text),
    }
}

/// What element `index` shows, without the date that stands in it as an element of its own.
pub fn without_date(tree: &Tree<'_>, index: usize) -> String {
    let whole = tree.text(index);
    if tree.dates_in(index) == 0 || whole.len() > LONGEST_CARD {
        return whole;
    }
    let date = tree.inside(index).take(MOST_PARTS).find(|&part| {
        let is_date = tree.name(part) == "time" || tree.elements[part].words.has(Words::DATE);
        is_date && tree.text_len(part) > 0
    });
    let rest = date.map(|date| squeeze(&whole.replacen(&tree.text(date), " ", 1)));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(whole)
}

/// `heading` without the kicker before the title, where the link's own name is the rest ("Analysis" and the title).
pub fn without_kicker(heading: String, tree: &Tree<'_>, index: usize) -> String {
    match named(tree, index) {
        Some(name)
            if name.len() < heading.len()
                && 2 * name.len() > heading.len()
                && heading.ends_with(&name) =>
        {
            name
        }
        _ => heading,
    }
}

/// The heading that link `index` stands in, if the heading says little else.
fn heading_around(tree: &Tree<'_>, index: usize) -> Option<usize> {
    tree.around(index)
        .skip(1)
        .take(5)
        .find(|&around| tree.is_heading(around))
}

/// The part of a link's many words that its class calls a title, else its first line.
fn title_part(tree: &Tree<'_>, index: usize) -> Option<usize> {
    let whole = tree.text_len(index);
    if whole > LONGEST_CARD {
        return None;
    }
    let titled = tree.inside(index).take(MOST_PARTS).find(|&part| {
        let words = tree.elements[part].words;
        words.has(Words::TITLE) && tree.text_len(part) > 0 && !words.has(Words::AUTHOR)
    });
    if titled.is_some() {
        return titled;
    }
    if !tree.raw_text(index).contains('\n') {
        return None;
    }
    let lines = || {
        tree.inside(index).take(MOST_PARTS).filter(|&part| {
            let length = tree.text_len(part);
            length > 1
                && length < whole
                && !tree.raw_text(part).contains('\n')
                && !tree.elements[part].words.has(Words::SUMMARY)
                && tree.dates_in(part) == 0
                && !is_filler(tree.raw_text(part))
        })
    };
    // A short first line above a long one is a kicker; alone it is the title.
    lines()
        .find(|&part| width(tree.raw_text(part)) >= HEADLINE_WIDTH)
        .or_else(|| lines().next())
}

/// What an attribute of link `index` or of its picture calls it.
fn named(tree: &Tree<'_>, index: usize) -> Option<String> {
    ["title", "aria-label"]
        .iter()
        .filter_map(|name| tree.attr(index, name))
        .chain(
            tree.inside(index)
                .take(MOST_PARTS)
                .filter(|&part| tree.name(part) == "img")
                .flat_map(|image| [tree.attr(image, "alt"), tree.attr(image, "title")])
                .flatten(),
        )
        .map(|name| without_preface(&squeeze(name)))
        .find(|name| !name.is_empty())
}

/// Most characters of a text that may name no story; most links are titles and longer.
const LONGEST_FILLER: usize = 45;

/// `name` without the words that a site puts before every title.
fn without_preface(name: &str) -> String {
    const PREFACES: [&str; 7] = [
        "permanent link to ",
        "permalink to ",
        "read more about ",
        "read more: ",
        "continue reading ",
        "link to ",
        "go to ",
    ];
    let rest = PREFACES.iter().find_map(|preface| {
        let (before, after) = name.split_at_checked(preface.len())?;
        before.eq_ignore_ascii_case(preface).then_some(after)
    });
    rest.unwrap_or(name)
        .trim_start_matches(':')
        .trim()
        .to_owned()
}

/// Whether `text` names no story: nothing, a number, "12 comments", "Read more" in many languages.
pub fn is_filler(text: &str) -> bool {
    if text.chars().nth(LONGEST_FILLER).is_some() {
        return !text.chars().any(char::is_alphabetic);
    }
    if is_age(text) || is_host(text) {
        return true;
    }
    let folded = folded(text);
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_empty() || bare.chars().count() < 2 {
        return true;
    }
    labels::FILLERS
        .iter()
        .any(|filler| match bare.strip_prefix(filler) {
            Some("") => true,
            // "Read more about …" and "Continue reading …" name a story less well than its title, but "More rain" is one.
            Some(rest) => rest.starts_with(' ') && filler.contains(' '),
            None => false,
        })
        || (bare.ends_with("comments") && folded.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether `text` only tells how old something is: "3 hours ago".
fn is_age(text: &str) -> bool {
    const LONGEST_AGE: usize = 30;
    let numbered = text.bytes().any(|byte| byte.is_ascii_digit());
    text.len() <= LONGEST_AGE && words::says_ago(text, numbered)
}

/// Whether `text` is a date and nothing else, as a link to a day's stories is.
fn is_date(text: &str) -> bool {
    const LONGEST_DATE: usize = 60;
    // In which year a date is read does not matter here.
    let setting = Setting {
        language: None,
        zone: Tz::UTC,
        now: DateTime::UNIX_EPOCH,
        order: None,
    };
    text.len() <= LONGEST_DATE && dates::read(text, &setting).is_some()
}

/// Whether `text` only names the site that a story is from: "(example.org)".
fn is_host(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', ' ']);
    bare.contains('.')
        && !bare.ends_with('.')
        && bare.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-/".contains(&byte)
        })
}

/// `text` as it is compared with lists of words; most links are plain enough to do without Unicode's tables.
pub fn folded(text: &str) -> Cow<'_, str> {
    if !text.is_ascii() {
        Cow::Owned(crate::text::fold(text))
    } else if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.trim().to_ascii_lowercase())
    } else {
        Cow::Borrowed(text.trim())
    }
}

/// How wide `text` is shown, roughly, in Latin letters: Chinese, Japanese and Korean signs say two to three as much.
pub fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}' => 5,
            _ => 2,
        })
        .sum::<usize>()
        / 2
}
