//! The headings and what is told of them → whose words are the headline, and why.

use super::super::verdict::Decided;
use super::super::witness::{Evidence, Field, Witness};
use super::heading::Heading;
use super::{
    Told, agreed, agreed_against, as_told, before_second, by_pieces, spaced, under, with_kicker,
};

/// The headline where the article's own heading is known: its words, or what a machine tells of it where that is better.
pub fn by_heading(
    heading: &Heading,
    headings: &[Heading],
    told: &[Told],
    evidence: &Evidence,
) -> Decided<Option<String>> {
    let printed = |text, why| printed_by(heading, text, why, evidence);
    let for_search = "the heading under an `h1` for search engines, as told";
    let by_machine = under(heading, headings, told)
        .map(|told| (told, for_search))
        .or_else(|| {
            let kicker = "the heading and the kicker above it, told as one";
            with_kicker(heading, headings, told).map(|told| (told, kicker))
        })
        .or_else(|| {
            let of_a_part = "two kinds of places agree: the heading is of a part of the article";
            agreed_against(heading, told).map(|told| (told, of_a_part))
        })
        .or_else(|| as_told(heading, told).map(|told| (told, "told: the heading only adds to it")));
    if let Some((told, why)) = by_machine.filter(|(told, _)| told.text != heading.text) {
        return told.decided(why);
    }
    if by_machine.is_some() {
        return printed(heading.text.clone(), "the printed heading");
    }
    let parted = "the printed heading, parted as told";
    if let Some(part) = by_pieces(heading, told) {
        return printed(part, parted);
    }
    if let Some(told) = spaced(heading, told).filter(|told| told.text != heading.text) {
        return told.decided("told: the heading with its blanks right");
    }
    match before_second(heading, told) {
        Some(part) => printed(part, parted),
        None => printed(heading.text.clone(), "the printed heading"),
    }
}

/// The headline where no heading is known to be the article's.
pub fn without_heading(
    headings: &[Heading],
    told: &[Told],
    evidence: &Evidence,
) -> Decided<Option<String>> {
    if let Some(told) = agreed(told) {
        return told.decided("no heading of its own: OpenGraph and JSON-LD agree");
    }
    match (told.first(), headings.first()) {
        (Some(told), _) => told.decided("no heading of its own: the most trusted place"),
        (None, Some(heading)) => {
            let why = "nothing else: the first heading";
            printed_by(heading, heading.text.clone(), why, evidence)
        }
        (None, None) => Decided::default(),
    }
}

/// Words of a heading that the page prints.
pub fn printed_by(
    heading: &Heading,
    text: String,
    why: &'static str,
    evidence: &Evidence,
) -> Decided<Option<String>> {
    let heard = evidence
        .by(Field::Title, Witness::Page)
        .find(|told| told.position == heading.position);
    Decided::new(Some(text), why).told_by(heard)
}
