//! The descriptions that a page gives → the summary that the site wrote, or none.

use scraper::ElementRef;

use super::json::plain;
use super::survey::{MarkKind, Survey, is_caption, is_signature};
use super::verdict::{CONFIGURED, Decided};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::text::fold;

/// Longest summary in characters; what is longer is the article itself.
const SUMMARY_CHARS: usize = 2_000;

/// Decides the summary: the description for other programs, or the standfirst that people see where the description only
/// repeats the beginning of the text or is missing.
pub fn summary(
    evidence: &Evidence,
    title: Option<&str>,
    sites: &[String],
    body: &str,
) -> Decided<Option<String>> {
    if let Some(told) = evidence.configured(Field::Summary).first() {
        let summary = Some(plain(&told.value)).filter(|summary| !summary.is_empty());
        return Decided::new(summary, CONFIGURED).told_by([*told]);
    }
    let told = told(evidence, title, sites);
    let standfirst = told.iter().find(|told| told.is_printed());
    let described = told.iter().find(|told| !told.is_printed());
    let (chosen, why) = match (described, standfirst) {
        (Some(described), Some(standfirst))
            if is_better(&standfirst.text, &described.text, body)
                && (standfirst.by.place == NEXT_TO_HEADLINE
                    || is_of_article(&standfirst.text, &described.text, title, body)) =>
        {
            let why = "the standfirst tells more than the description";
            return Decided::new(Some(standfirst.text.clone()), why).told_by([standfirst.by]);
        }
        (Some(described), _) => (described, "the best place's description"),
        (None, Some(standfirst)) => (standfirst, "no description: the standfirst"),
        (None, None) => return Decided::default(),
    };
    let (told, why) = match whole(chosen, title, &told) {
        Some(whole) => (whole, "the best description, as another place has it whole"),
        None => (chosen, why),
    };
    Decided::new(Some(told.text.clone()), why).told_by([told.by])
}

/// A summary that some place gives.
struct Told<'a> {
    by: &'a Testimony,
    text: String,
}

impl Told<'_> {
    /// Whether people see it.
    fn is_printed(&self) -> bool {
        matches!(&*self.by.place, STANDFIRST | NEXT_TO_HEADLINE)
    }
}

/// What can be a summary, the best place first.
fn told<'a>(evidence: &'a Evidence, title: Option<&str>, sites: &[String]) -> Vec<Told<'a>> {
    let mut told: Vec<&Testimony> = evidence
        .of(Field::Summary)
        .filter(|told| told.witness != Witness::JsonLdPage)
        .collect();
    told.sort_by_key(|told| rank(told));
    told.into_iter()
        .map(|told| Told {
            by: told,
            text: once(without_site(&plain(&told.value), sites)),
        })
        .filter(|told| is_summary(&told.text, title, sites))
        .collect()
}

/// The place of a standfirst.
const STANDFIRST: &str = "standfirst";

/// The place of a standfirst that nothing parts from the headline.
const NEXT_TO_HEADLINE: &str = "standfirst next to the headline";

/// The best place first.
fn rank(told: &Testimony) -> usize {
    match told.witness {
        Witness::OpenGraph if told.place.starts_with("og:") => 0,
        Witness::Meta => 1,
        Witness::OpenGraph => 2,
        Witness::JsonLd => 3,
        _ => 4,
    }
}

/// Whether the standfirst tells more than the description: where that was cut off, or where the two say different things and the
/// description is no part of what was taken for the article (the standfirst then is none either).
fn is_better(standfirst: &str, described: &str, body: &str) -> bool {
    if is_cut(described) {
        return true;
    }
    let (printed, told) = (fold(standfirst), fold(described));
    if is_variation(&printed, &told) {
        return true;
    }
    let start = start(&told);
    let opening = fold(&body.chars().take(SUMMARY_CHARS).collect::<String>());
    !opening.contains(&start) && !printed.contains(&start)
}

/// Whether a printed text begins as another does and goes on in other words, or ends sooner. Where it only goes on, the box holds
/// more than the standfirst.
fn is_variation(printed: &str, told: &str) -> bool {
    let words = |text: &str| {
        text.trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    };
    start(printed) == start(told) && !printed.starts_with(&words(told))
}

/// The beginning by which two folded texts are compared.
fn start(folded: &str) -> String {
    folded.chars().take(COMPARED_CHARS).collect()
}

/// Whether the standfirst has something to do with the article: it shares a word with title or description, or is in the text. An
/// offer to subscribe, a line about the author, what stands around share buttons do not.
fn is_of_article(standfirst: &str, described: &str, title: Option<&str>, body: &str) -> bool {
    let printed = fold(standfirst);
    // Where words are not parted by blanks, too few are found to tell.
    body.is_empty()
        || stems(&printed).count() < FEWEST_STEMS
        || shares_word(&printed, described, title)
        || fold(body).contains(&start(&printed))
}

/// Whether a folded text has a long word of the title or of a description.
fn shares_word(folded: &str, described: &str, title: Option<&str>) -> bool {
    [fold(described), fold(title.unwrap_or_default())]
        .iter()
        .flat_map(|other| stems(other))
        .any(|known| stems(folded).any(|stem| stem == known))
}

/// A standfirst of fewer long words cannot be told from another's.
const FEWEST_STEMS: usize = 3;

/// So many letters make a word that says what a text is about, whatever its ending.
const STEM_CHARS: usize = 5;

/// The beginnings of the long words of a folded text.
fn stems(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| {
            let (start, last) = word.char_indices().nth(STEM_CHARS - 1)?;
            Some(&word[..start + last.len_utf8()])
        })
}

/// So many characters in common make one text a copy of another.
const COMPARED_CHARS: usize = 80;

fn is_cut(summary: &str) -> bool {
    ["…", "...", "[…]", "[...]", "(...)"]
        .iter()
        .any(|end| summary.ends_with(end))
}

/// Without the dots that say that more follows.
fn uncut(summary: &str) -> String {
    summary
        .trim_end_matches(['…', '.', '[', ']', '(', ')', ' '])
        .to_owned()
}

/// Another place's text where `chosen` was cut: the whole of it, or what says the same, in other words.
fn whole<'a>(chosen: &Told<'_>, title: Option<&str>, told: &'a [Told<'a>]) -> Option<&'a Told<'a>> {
    let others: Vec<(&Told<'_>, String)> = told
        .iter()
        .filter(|other| !is_cut(&other.text))
        .map(|other| (other, fold(&other.text)))
        .collect();
    let find = |fits: &dyn Fn(&str) -> bool| {
        let found = others.iter().find(|(_, folded)| fits(folded));
        found.map(|(other, _)| *other)
    };
    let cut = fold(&uncut(&chosen.text));
    if is_cut(&chosen.text) {
        find(&|other| other.starts_with(&cut))
            .or_else(|| find(&|other| says_the_same(other, &cut, title)))
    } else {
        find(&|other| is_cut_in_a_word(&cut, other))
    }
}

/// Whether a folded description is of the same article as the one that was cut, and more than its beginning.
fn says_the_same(other: &str, cut: &str, title: Option<&str>) -> bool {
    start(other) != start(cut)
        && stems(other).count() >= FEWEST_STEMS
        && shares_word(other, cut, title)
}

/// Whether a folded text is another's beginning and ends within a word of it, as where a program counts characters.
fn is_cut_in_a_word(text: &str, other: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
        && other
            .strip_prefix(text)
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// A text that repeats its own beginning, as some programs join standfirst and description, without the repetition.
fn once(summary: String) -> String {
    let head: String = summary.chars().take(COMPARED_CHARS).collect();
    if head.chars().count() < COMPARED_CHARS {
        return summary;
    }
    match summary[head.len()..].find(&head) {
        Some(again) => summary[..head.len() + again].trim().to_owned(),
        None => summary,
    }
}

fn is_summary(summary: &str, title: Option<&str>, sites: &[String]) -> bool {
    let folded = fold(summary);
    !folded.is_empty()
        && summary.chars().count() <= SUMMARY_CHARS
        && title.is_none_or(|title| fold(title) != folded)
        && !sites.contains(&folded)
}

/// Without " | Site" at its end.
fn without_site(summary: &str, sites: &[String]) -> String {
    for separator in [" | ", " - ", " – ", " — "] {
        if let Some((head, tail)) = summary.rsplit_once(separator)
            && sites.contains(&fold(tail))
        {
            return head.trim().to_owned();
        }
    }
    summary.to_owned()
}

/// A standfirst stands within so many elements under the headline.
const NEAR: usize = 60;

/// What stands within so many is next to it: a box and the paragraph in it.
const NEXT: usize = 2;

/// Shortest standfirst in characters; what is shorter is a kicker.
const STANDFIRST_CHARS: std::ops::RangeInclusive<usize> = 40..=700;

/// So many nodes of a box are searched for a picture.
const NODES: usize = 20;

/// Whether an element is the line under a picture, or has one in it.
fn is_of_picture(element: ElementRef<'_>) -> bool {
    const WORDS: [&str; 5] = ["media", "image", "photo", "picture", "credit"];
    let class = element
        .attr("class")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let shows = |inner: ElementRef<'_>| {
        matches!(inner.value().name(), "img" | "picture" | "figure" | "video")
    };
    is_caption(element)
        || WORDS.iter().any(|word| class.contains(word))
        || element
            .descendants()
            .take(NODES)
            .filter_map(ElementRef::wrap)
            .any(shows)
}

/// Hears the standfirst that people see under the headline.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    let Some(title) = title else {
        return;
    };
    let near = survey
        .marks(MarkKind::Standfirst)
        .filter(|mark| mark.position > title && mark.position <= title + NEAR)
        .filter(|mark| !survey.is_foreign(mark, Some(title)))
        .filter(|mark| !is_of_picture(mark.element));
    for mark in near {
        let text = crate::html::text(mark.element);
        if STANDFIRST_CHARS.contains(&text.chars().count()) && !is_signature(&text) {
            let place = if mark.position <= title + NEXT {
                NEXT_TO_HEADLINE
            } else {
                STANDFIRST
            };
            evidence.hear_at(Field::Summary, Witness::Page, place, &text, mark.position);
            return;
        }
    }
}

#[cfg(test)]
mod tests;
