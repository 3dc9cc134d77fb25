//! Places of a page that look like a headline → headings, with what stands in them and above them.

use scraper::ElementRef;

use super::super::body::mended;
use super::super::survey::{Mark, MarkKind, Survey};
use super::{SAME, best_likeness};
use crate::text::squeeze;

/// A heading of the page that may be its headline.
#[derive(Clone)]
pub struct Heading {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub position: usize,
    /// Whether it is an `h1`.
    pub is_first: bool,
    /// The texts of what stands in it, where that are several things: a kicker, the headline, a second headline.
    pub pieces: Vec<String>,
    /// The text of the element before it.
    pub above: String,
}

/// Longest headline in characters; what is longer is a paragraph in a heading's clothes.
pub const TITLE_CHARS: usize = 500;

/// Most headings of a rank that are looked at.
const HEADINGS: usize = 40;

/// The headings of the first two ranks, the first rank first.
pub fn headings(survey: &Survey<'_>) -> Vec<Heading> {
    let read = |kind, is_first| {
        survey
            .marks(kind)
            .take(HEADINGS)
            .filter_map(move |mark| Heading::of(mark, is_first))
    };
    read(MarkKind::Heading, true)
        .chain(read(MarkKind::Subheading, false))
        .collect()
}

impl Heading {
    fn of(mark: &Mark<'_>, is_first: bool) -> Option<Heading> {
        let text = words(mark.element);
        let is_title = !text.is_empty() && text.chars().count() <= TITLE_CHARS;
        is_title.then(|| Heading {
            text,
            position: mark.position,
            is_first,
            pieces: pieces(mark.element),
            above: above(mark.element),
        })
    }
}

/// The text of an element, mended before the bytes that tell what went wrong are dropped as unprintable.
fn words(element: ElementRef<'_>) -> String {
    let text = crate::html::text(element);
    if text.is_ascii() {
        return text;
    }
    let raw: String = element.text().collect();
    if raw.contains(|c: char| ('\u{80}'..='\u{9f}').contains(&c)) {
        return squeeze(&mended(&raw));
    }
    mended(&text).into_owned()
}

/// The texts of the nodes in `element`, where they are several.
fn pieces(element: ElementRef<'_>) -> Vec<String> {
    let pieces: Vec<String> = element
        .children()
        .map(|node| match ElementRef::wrap(node) {
            Some(inner) => words(inner),
            None => node
                .value()
                .as_text()
                .map(|text| squeeze(text))
                .unwrap_or_default(),
        })
        .filter(|piece| !piece.is_empty())
        .collect();
    if pieces.len() > 1 { pieces } else { Vec::new() }
}

/// The text of the element before `element`, where it is short: a kicker, if the headline is told with it.
fn above(element: ElementRef<'_>) -> String {
    element
        .prev_siblings()
        .find_map(ElementRef::wrap)
        .filter(|before| is_small(*before))
        .map(crate::html::text)
        .unwrap_or_default()
}

/// Whether an element holds few others, so that its text is soon read.
fn is_small(element: ElementRef<'_>) -> bool {
    element.descendants().nth(HEADLINE_ELEMENTS).is_none()
}

/// Most places of a title's look that are compared.
const TITLED: usize = 200;

/// Most elements within a place that can be a headline.
const HEADLINE_ELEMENTS: usize = 30;

/// The headline that is neither `h1` nor `h2`: an element that is called so and says what the page's other titles say.
pub fn titled(survey: &Survey<'_>, titles: &[String]) -> Option<Heading> {
    let found = survey
        .marks(MarkKind::Titled)
        .take(TITLED)
        .filter(|mark| is_small(mark.element))
        .filter(|mark| !is_in_list(mark.element))
        .filter_map(|mark| Heading::of(mark, false))
        .map(|heading| (best_likeness(&heading.text, titles), heading))
        .filter(|(likeness, _)| *likeness >= SAME)
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    found.map(|(_, heading)| heading)
}

/// Whether an element stands in a list, as in one of the newest articles.
fn is_in_list(element: ElementRef<'_>) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(8)
        .any(|outer| matches!(outer.value().name(), "li" | "nav" | "aside" | "footer"))
}
