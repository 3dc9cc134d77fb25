//! The descriptions that a page gives → the summary that the site wrote, or none.

use super::json::plain;
use super::survey::{MarkKind, Survey, is_caption};
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
    let standfirst = told.iter().find(|told| told.by.witness == Witness::Page);
    let described = told.iter().find(|told| told.by.witness != Witness::Page);
    let (told, why) = match (described, standfirst) {
        (Some(described), Some(standfirst))
            if is_better(&standfirst.text, &described.text, body) =>
        {
            (standfirst, "the standfirst tells more than the description")
        }
        (Some(described), _) if is_cut(&described.text) => {
            let why = "the best description, whole where another place has it so";
            (whole(described, &told), why)
        }
        (Some(described), _) => (described, "the best place's description"),
        (None, Some(standfirst)) => (standfirst, "no description: the standfirst"),
        (None, None) => return Decided::default(),
    };
    Decided::new(Some(told.text.clone()), why).told_by([told.by])
}

/// A summary that some place gives.
struct Told<'a> {
    by: &'a Testimony,
    text: String,
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
    let start: String = fold(&uncut(described))
        .chars()
        .take(COMPARED_CHARS)
        .collect();
    if is_cut(described) {
        return true;
    }
    let opening = fold(&body.chars().take(SUMMARY_CHARS).collect::<String>());
    !opening.contains(&start) && !fold(standfirst).contains(&start)
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

/// A description that was cut, as another place has it whole.
fn whole<'a>(cut: &'a Told<'a>, told: &'a [Told<'a>]) -> &'a Told<'a> {
    let start = fold(&uncut(&cut.text));
    told.iter()
        .find(|other| !is_cut(&other.text) && fold(&other.text).starts_with(&start))
        .unwrap_or(cut)
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

/// Shortest standfirst in characters; what is shorter is a kicker.
const STANDFIRST_CHARS: std::ops::RangeInclusive<usize> = 40..=700;

/// Hears the standfirst that people see under the headline.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    let Some(title) = title else {
        return;
    };
    let near = survey
        .marks(MarkKind::Standfirst)
        .filter(|mark| mark.position > title && mark.position <= title + NEAR)
        .filter(|mark| !survey.is_foreign(mark, Some(title)))
        .filter(|mark| !is_caption(mark.element));
    for mark in near {
        let text = crate::html::text(mark.element);
        if STANDFIRST_CHARS.contains(&text.chars().count()) {
            evidence.hear_at(
                Field::Summary,
                Witness::Page,
                "standfirst",
                &text,
                mark.position,
            );
            return;
        }
    }
}
