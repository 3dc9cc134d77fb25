//! The signatures that several places of a page give → its authors, one each, and the agency apart.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::byline::{self, is_agency};
use super::json::plain;
use super::pattern;
use super::survey::{Mark, MarkKind, Survey, is_caption, is_source, leads_to_author};
use super::title::is_name_of_site;
use super::verdict::{CONFIGURED, Decided};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::text::fold;

/// Who signed, and which agency it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Persons and desks.
    pub authors: Decided<Vec<String>>,
    /// The agency.
    pub source: Decided<Option<String>>,
}

/// Most authors of an article: what names more is a list of something else.
const AUTHORS: usize = 30;

/// Decides who signed.
pub fn signed(evidence: &Evidence, sites: &[String]) -> Signed {
    let configured = evidence.configured(Field::Author);
    let named = if configured.is_empty() {
        best(evidence, sites)
    } else {
        Decided::new(split(configured.iter().copied()), CONFIGURED).told_by(configured)
    };
    let Decided { value, verdict } = named;
    let (agencies, persons): (Vec<String>, Vec<String>) =
        value.into_iter().partition(|name| is_agency(name));
    let by = verdict.by.clone();
    let source = source(evidence).unwrap_or_else(|| match agencies.first() {
        Some(agency) => {
            Decided::new(Some(agency.clone()), "an agency among those who signed").by(by)
        }
        None => Decided::default(),
    });
    let mut authors = if persons.is_empty() {
        agencies
    } else {
        persons
    };
    authors.truncate(AUTHORS);
    let authors = Decided {
        value: authors,
        verdict,
    };
    Signed { authors, source }
}

/// The agency that the most trusted place names as the source.
fn source(evidence: &Evidence) -> Option<Decided<Option<String>>> {
    let told = evidence.first(Field::Source)?;
    let source = Some(byline::source(&plain(&told.value))).filter(|source| !source.is_empty())?;
    Some(Decided::new(Some(source), "the most trusted place").told_by([told]))
}

/// The best of the lists of names that the kinds of places give: the first that names a person, else the first.
fn best(evidence: &Evidence, sites: &[String]) -> Decided<Vec<String>> {
    let mut lists: Vec<(Vec<&Testimony>, Vec<String>)> = groups(evidence)
        .into_iter()
        .map(|told| {
            let names = split(told.iter().copied());
            (told, names)
        })
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let is_person = |name: &String| {
        !is_name_of_site(name, sites) && !is_agency(name) && !byline::is_vague(name)
    };
    let personal = lists
        .iter()
        .position(|(_, names)| names.iter().any(is_person));
    let Some(best) = personal.or((!lists.is_empty()).then_some(0)) else {
        return Decided::default();
    };
    let (told, mut names) = lists.swap_remove(best);
    let why = if personal.is_some() {
        names.retain(|name| is_person(name) || is_agency(name));
        "the most trusted place that names somebody"
    } else {
        "no place names a person: the most trusted one"
    };
    Decided::new(names, why).told_by(told)
}

/// Testimonies about authors, those of one place together, the best place first.
fn groups(evidence: &Evidence) -> Vec<Vec<&Testimony>> {
    let mut groups: Vec<Vec<&Testimony>> = Vec::new();
    for told in evidence.of(Field::Author) {
        let same = groups
            .iter_mut()
            .find(|group| group[0].place == told.place && group[0].witness == told.witness);
        match same {
            Some(group) => group.push(told),
            None => groups.push(vec![told]),
        }
    }
    groups.sort_by_key(|group| rank(group[0]));
    groups
}

/// The place's worth for this field. Scholarly sites list every author; a byline that people see beats what a publishing program
/// puts into its `meta` elements, which may be who pressed the button.
fn rank(told: &Testimony) -> usize {
    match (told.witness, told.place.as_ref()) {
        (Witness::JsonLd | Witness::Note, _) => 0,
        (_, "citation_author") => 1,
        // A link or words without a class may name somebody of whom the article tells.
        (Witness::Page, "words of a byline" | "link to an author") => 5,
        (Witness::Page, _) => 2,
        (Witness::Microdata, _) => 3,
        (Witness::OpenGraph | Witness::Meta, _) => 4,
        _ => 6,
    }
}

fn split<'a>(told: impl Iterator<Item = &'a Testimony>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in told.flat_map(|told| byline::names(&in_order(told))) {
        let folded = fold(&name);
        if !names.iter().any(|known| fold(known) == folded) {
            names.push(name);
        }
    }
    names
}

/// The words of a testimony; scholarly sites write "Doe, Jane".
fn in_order(told: &Testimony) -> String {
    let value = plain(&told.value);
    match value.split_once(", ") {
        Some((last, first)) if told.place == "citation_author" => format!("{first} {last}"),
        _ => value,
    }
}

/// Hears the bylines that people see: those of the surest kind that the page has, nearest to the headline.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    let mut found: Vec<(Strength, usize, &Mark<'_>, Vec<String>)> = survey
        .marks
        .iter()
        .filter(|mark| is_byline(mark.kind) && !survey.is_foreign(mark, title))
        .filter(|mark| !is_caption(mark.element))
        .take(MOST_BYLINES)
        .map(|mark| {
            let lines = lines(mark.element);
            (strength(mark), distance(mark.position, title), mark, lines)
        })
        .filter(|(strength, distance, ..)| *strength < Strength::Link || *distance <= NEAR_TITLE)
        .filter(|(.., lines)| lines.iter().any(|line| !byline::names(line).is_empty()))
        .collect();
    found.sort_by_key(|(strength, distance, ..)| (*strength, *distance));
    let Some((best, near, ..)) = found.first().map(|found| (found.0, found.1, ())) else {
        return;
    };
    let near: Vec<_> = found
        .iter()
        .filter(|(strength, distance, ..)| *strength == best && *distance <= near + NEIGHBOURS)
        .collect();
    for (strength, _, mark, lines) in &near {
        if near.iter().any(|(_, _, other, _)| is_within(other, mark)) {
            continue;
        }
        for line in lines {
            evidence.hear_at(
                Field::Author,
                Witness::Page,
                strength.place(),
                line,
                mark.position,
            );
        }
    }
}

/// What has no class to say that it is a byline is one only within so many elements of the headline.
const NEAR_TITLE: usize = 60;

/// Most bylines of one page that are read.
const MOST_BYLINES: usize = 100;

/// Bylines of one article stand within so many elements of each other.
const NEIGHBOURS: usize = 25;

/// Whether `inner` stands inside of `outer`, which then holds other words too.
fn is_within(inner: &Mark<'_>, outer: &Mark<'_>) -> bool {
    inner.position > outer.position
        && inner.position < outer.position + NEIGHBOURS
        && inner
            .element
            .ancestors()
            .take(NEIGHBOURS)
            .any(|node| node.id() == outer.element.id())
}

/// Whether the text of a link can be a person's name rather than words of a sentence.
fn is_short_name(text: &str) -> bool {
    text.split_whitespace().count() <= 5 && text.chars().next().is_some_and(|c| !c.is_lowercase())
}

fn is_byline(kind: MarkKind) -> bool {
    matches!(
        kind,
        MarkKind::Byline | MarkKind::AuthorLink | MarkKind::Signature
    )
}

fn distance(position: usize, title: Option<usize>) -> usize {
    match title {
        Some(title) => position.abs_diff(title),
        None => position,
    }
}

/// How surely an element names an author.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// `rel=author`
    Rel,
    /// A class that says "author's name".
    Name,
    /// A class that speaks of a byline, which may hold other things.
    Byline,
    /// A link to an author's page.
    Link,
    /// Words that begin with "By".
    Words,
}

impl Strength {
    fn place(self) -> &'static str {
        match self {
            Strength::Rel => "rel author",
            Strength::Name => "class author name",
            Strength::Byline => "class byline",
            Strength::Link => "link to an author",
            Strength::Words => "words of a byline",
        }
    }
}

fn strength(mark: &Mark<'_>) -> Strength {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)author[-_]*name|byline[-_]*name|name-author|authorname|author__link|author-link|p-author",
        )
    });
    let rel = mark.element.attr("rel").unwrap_or_default();
    match mark.kind {
        MarkKind::AuthorLink => Strength::Link,
        MarkKind::Signature => Strength::Words,
        _ if rel.split_whitespace().any(|word| word == "author") => Strength::Rel,
        _ if NAME.is_match(mark.element.attr("class").unwrap_or_default()) => Strength::Name,
        _ => Strength::Byline,
    }
}

/// Longest text in characters of a byline's element.
const BYLINE_CHARS: usize = 200;

/// The texts that name somebody in a byline: its links to authors' pages, else its lines.
fn lines(element: ElementRef<'_>) -> Vec<String> {
    if element.value().name() != "a" {
        let links: Vec<String> = element
            .descendants()
            .skip(1)
            .take(200)
            .filter_map(ElementRef::wrap)
            .filter(|link| {
                link.value().name() == "a" && link.attr("href").is_some_and(leads_to_author)
            })
            .map(crate::html::text)
            .filter(|text| !text.is_empty())
            .collect();
        if !links.is_empty() {
            return links;
        }
    }
    let text = crate::html::text(element);
    if text.chars().count() > BYLINE_CHARS {
        return Vec::new();
    }
    if element.value().name() == "a" && !is_short_name(&text) {
        return Vec::new();
    }
    children(element).unwrap_or_else(|| vec![text])
}

/// The texts of the children, where each is a whole name of two words or more with nothing but blanks between.
fn children(element: ElementRef<'_>) -> Option<Vec<String>> {
    let element = innermost(element);
    let mut texts = Vec::new();
    for child in element.children() {
        match child.value() {
            scraper::Node::Text(text) if !text.trim().is_empty() => return None,
            scraper::Node::Element(_) => texts.push(crate::html::text(ElementRef::wrap(child)?)),
            _ => {}
        }
    }
    let whole = |text: &String| (2..=4).contains(&text.split_whitespace().count());
    (texts.len() > 1 && texts.iter().all(whole)).then_some(texts)
}

/// The element within `outer` that is all there is in it, a few boxes in.
fn innermost(outer: ElementRef<'_>) -> ElementRef<'_> {
    let mut element = outer;
    for _ in 0..NESTED {
        let mut inner = element.children().filter(|child| match child.value() {
            scraper::Node::Text(text) => !text.trim().is_empty(),
            other => other.is_element(),
        });
        match (inner.next().and_then(ElementRef::wrap), inner.next()) {
            (Some(only), None) => element = only,
            _ => break,
        }
    }
    element
}

/// Most boxes around the names of a byline that are opened.
const NESTED: usize = 6;

/// Hears the sources that people see: "Source: Agencies".
pub fn hear_source(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    for mark in &survey.marks {
        if !matches!(
            mark.kind,
            MarkKind::SourceLine | MarkKind::Byline | MarkKind::DateLine
        ) || survey.is_foreign(mark, title)
        {
            continue;
        }
        for line in pieces(mark.element) {
            if is_source(&line) {
                evidence.hear_at(
                    Field::Source,
                    Witness::Page,
                    "source line",
                    &line,
                    mark.position,
                );
            }
        }
    }
}

/// An agency alone on a line stands within so many elements under the headline.
const NEAR: usize = 120;

/// Hears an agency's name that stands alone on a line near the headline: "Reuters" over the text.
pub fn hear_agency(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    let Some(title) = title else {
        return;
    };
    let alone = survey
        .marks(MarkKind::Agency)
        .filter(|mark| mark.position > title && mark.position < title + NEAR)
        .filter(|mark| !survey.is_foreign(mark, Some(title)) && !is_caption(mark.element));
    for mark in alone.take(1) {
        let text = crate::html::text(mark.element);
        if is_agency(&text) {
            evidence.hear_at(
                Field::Source,
                Witness::Elsewhere,
                "agency alone",
                &text,
                mark.position,
            );
        }
    }
}

/// The texts of the items of a list, or of the element itself; only short ones.
fn pieces(element: ElementRef<'_>) -> Vec<String> {
    let own = crate::html::text(element);
    if own.chars().count() <= 80 {
        return vec![own];
    }
    element
        .descendants()
        .skip(1)
        .take(100)
        .filter_map(ElementRef::wrap)
        .filter(|child| matches!(child.value().name(), "li" | "span" | "div" | "p"))
        .map(crate::html::text)
        .filter(|text| text.chars().count() <= 80)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_sign_and_agencies_are_sources() {
        use Witness::{JsonLd, Meta, Page};
        let sites = ["daily example".to_owned()];
        for (told, authors, source) in [
            (
                vec![(JsonLd, "Jane Doe"), (JsonLd, "Reuters")],
                vec!["Jane Doe"],
                Some("Reuters"),
            ),
            (vec![(JsonLd, "AFP")], vec!["AFP"], Some("AFP")),
            (
                vec![(JsonLd, "Daily Example"), (Page, "By Jane Doe")],
                vec!["Jane Doe"],
                None,
            ),
            (vec![(JsonLd, "Daily Example")], vec!["Daily Example"], None),
            (
                vec![(Meta, "https://www.facebook.com/jane"), (Page, "Jane Doe")],
                vec!["Jane Doe"],
                None,
            ),
            (
                vec![(Page, "Jane Doe"), (Page, "JANE DOE")],
                vec!["Jane Doe"],
                None,
            ),
            (vec![(Meta, "admin")], vec![], None),
        ] {
            let mut evidence = Evidence::default();
            for (witness, name) in &told {
                evidence.hear(Field::Author, *witness, "here", name);
            }
            let signed = signed(&evidence, &sites);
            assert_eq!(signed.authors.value, authors, "{told:?}");
            assert_eq!(signed.source.value.as_deref(), source, "{told:?}");
        }
    }
}
