//! Lists of labels from several places of a page → the tags that it prints for this article.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::json::plain;
use super::pattern;
use super::survey::{MarkKind, Survey};
use super::verdict::{CONFIGURED, Decided};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::model::{Slug, Tag};
use crate::text::fold;

/// Most tags of an article: the richest of 12,000 real ones had 52.
const TAGS: usize = 60;

/// Longest tag in characters; what is longer is a sentence.
const TAG_CHARS: usize = 80;

/// What is known of the article when its tags are decided.
pub struct Known<'a> {
    /// The site's names, folded: no tags.
    pub sites: &'a [String],
    /// The headline: no tag.
    pub title: Option<&'a str>,
    /// The article's words, to tell keywords of the article from those of the whole site.
    pub text: &'a str,
}

/// Decides the tags: the best single list, each label once.
pub fn tags(
    evidence: &Evidence,
    known: &Known<'_>,
    aliases: &BTreeMap<Slug, String>,
) -> Decided<Vec<String>> {
    let configured = evidence.configured(Field::Tag);
    let list = if configured.is_empty() {
        best(evidence, known)
    } else {
        Decided::new(labels(&values(&configured)), CONFIGURED).told_by(configured)
    };
    list.map(|list| once(list, aliases))
}

/// Each label once, by the name that the configuration gives it.
fn once(list: Vec<String>, aliases: &BTreeMap<Slug, String>) -> Vec<String> {
    let mut seen = HashSet::new();
    list.into_iter()
        .filter_map(|label| Tag::of(&label))
        .map(|tag| match aliases.get(&tag.slug) {
            Some(label) => label.clone(),
            None => tag.label,
        })
        .filter(|label| Slug::of(label).is_some_and(|slug| seen.insert(slug)))
        .take(TAGS)
        .collect()
}

fn values<'a>(told: &[&'a Testimony]) -> Vec<&'a str> {
    told.iter().map(|told| told.value.as_str()).collect()
}

/// The places that give tags, the best first, and whether what they give is surely about the article.
const PLACES: [(&str, bool); 10] = [
    ("article:tag", true),
    (".keywords", true),
    ("news_keywords", false),
    ("tag link", true),
    ("keywords", false),
    ("itemprop keywords", false),
    ("parsely-tags", false),
    ("tag box", false),
    ("sailthru.tags", false),
    ("dc.subject", false),
];

fn best(evidence: &Evidence, known: &Known<'_>) -> Decided<Vec<String>> {
    let text = LazyCell::new(|| fold(known.text));
    let lists: Vec<(&str, Vec<&Testimony>, Vec<String>)> = PLACES
        .iter()
        .map(|(place, sure)| (*place, *sure, told(evidence, place)))
        .map(|(place, sure, told)| {
            let list = without_junk(labels(&values(&told)), known);
            (place, sure, told, list)
        })
        .filter(|(_, sure, _, list)| !list.is_empty() && (*sure || is_about(list, &text)))
        .map(|(place, _, told, list)| (place, told, list))
        .collect();
    let Some((_, first, labels)) = lists.first() else {
        return Decided::default();
    };
    let better = lists
        .iter()
        .find(|(place, _, list)| is_better(place, list, labels));
    match better {
        Some((_, told, list)) => {
            Decided::new(list.clone(), "a better list than the most trusted place's")
                .told_by(told.iter().copied())
        }
        None => Decided::new(labels.clone(), "the list of the most trusted place")
            .told_by(first.iter().copied()),
    }
}

/// What the places of one name tell.
fn told<'a>(evidence: &'a Evidence, place: &str) -> Vec<&'a Testimony> {
    evidence
        .of(Field::Tag)
        .filter(|told| told.witness != Witness::JsonLdPage)
        .filter(|told| {
            told.place == place || (place.starts_with('.') && told.place.ends_with(place))
        })
        .collect()
}

/// From this share on, labels that stand in the article's text are of the article.
const ABOUT: f32 = 0.25;

fn is_about(list: &[String], text: &str) -> bool {
    let found = list
        .iter()
        .filter(|label| {
            let label = fold(label);
            text.contains(&label)
                || label
                    .split(' ')
                    .filter(|word| word.len() > 3)
                    .any(|word| text.contains(word))
        })
        .count();
    found as f32 >= ABOUT * list.len() as f32
}

/// From so many labels on, a list of `news_keywords` may have been cut: more are not read by those whom it is for.
const NEWS_KEYWORDS: usize = 10;

/// Whether the `list` of another place is better than the `first`, which is the most trusted place's.
///
/// Where the first is one word alone, as sites give that sort all articles into a few drawers, a longer list is. Where all that a
/// site names for news searches is in the first, what else is there is for its own machines. No other list is better for
/// being longer: what it adds are the site's sections, and words for search engines.
fn is_better(place: &str, list: &[String], first: &[String]) -> bool {
    if first.len() == 1 {
        return list.len() > 2;
    }
    let slugs: HashSet<_> = first.iter().filter_map(|label| Slug::of(label)).collect();
    place == "news_keywords"
        && (3..NEWS_KEYWORDS).contains(&list.len())
        && list.len() < first.len()
        && list
            .iter()
            .all(|label| Slug::of(label).is_none_or(|slug| slugs.contains(&slug)))
}

/// The labels of a list. A list of one value, or of values with several commas, holds labels parted by commas; the values of a
/// longer list are labels themselves ("Lee Baker, CFP").
fn labels(values: &[&str]) -> Vec<String> {
    let mut labels = Vec::new();
    for value in values.iter().take(TAGS * 4) {
        let value = plain(value);
        let commas = value.matches([',', '،', '、', '，']).count();
        let separator: &[char] = if commas > 1 || (commas == 1 && values.len() < 3) {
            &[',', '،', '、', '，']
        } else if commas == 0 && value.contains(';') {
            &[';']
        } else if commas == 0 && value.contains('|') {
            &['|']
        } else {
            &[]
        };
        for label in value.split(separator) {
            let label = label
                .trim()
                .trim_start_matches('#')
                .trim_matches(|c: char| c == '"' || c.is_whitespace());
            let label = unquoted(label);
            if !label.is_empty() && label.chars().count() <= TAG_CHARS {
                labels.push(label.to_owned());
            }
        }
    }
    labels
}

/// A label without the quotation marks around it.
fn unquoted(label: &str) -> &str {
    let opened = label.strip_prefix(['„', '“', '«', '‘', '»']);
    opened
        .and_then(|inner| inner.strip_suffix(['“', '”', '»', '’', '«']))
        .unwrap_or(label)
}

fn without_junk(labels: Vec<String>, known: &Known<'_>) -> Vec<String> {
    let mut labels = without_keys(labels);
    let has_phrases = labels.iter().any(|label| label.contains(' '));
    labels.retain(|label| {
        let folded = fold(label);
        let is_junk = known.sites.contains(&folded)
            || known.title.is_some_and(|title| fold(title) == folded)
            || is_for_machines(&folded)
            || has_phrases && is_key(label);
        !is_junk
    });
    labels
}

/// Whether a label, beside others of several words, is a program's: "editors_pick" beside "steel tariffs".
fn is_key(label: &str) -> bool {
    label.contains('_') && !label.contains(char::is_uppercase)
}

/// Whether a label is an address, a number or a key.
fn is_for_machines(label: &str) -> bool {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"://|\S@\S+\.|^\d{5,}$|^[0-9a-f]{8}-[0-9a-f]{4}-|^\w*_\w*_\w*$|^[0-9a-f]{24,}$")
    });
    KEY.is_match(label)
}

/// Of a list whose labels mostly read "Key: value", the values of the keys that speak of subjects, and what has no key.
fn without_keys(labels: Vec<String>) -> Vec<String> {
    static KEYED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([A-Z][\w ]{1,24}): (\S.*)$"));
    let keyed = labels.iter().filter(|label| KEYED.is_match(label)).count();
    if keyed < 2 || keyed * 2 < labels.len() {
        return labels;
    }
    labels
        .into_iter()
        .filter_map(|label| match KEYED.captures(&label) {
            Some(found)
                if matches!(
                    &found[1],
                    "Subject" | "Category" | "Tag" | "Topic" | "Keyword"
                ) =>
            {
                Some(found[2].to_owned())
            }
            Some(_) => None,
            None => Some(label),
        })
        .collect()
}

/// Hears the tags that people see: links with `rel=tag`, and links in a box that is called so and holds little else.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    for mark in survey.marks(MarkKind::TagLink) {
        if !survey.is_foreign(mark, title) {
            hear_link(mark.element, mark.position, "tag link", evidence);
        }
    }
    for mark in survey.marks(MarkKind::TagBox).take(BOXES) {
        if survey.is_foreign(mark, title) || title.is_some_and(|title| mark.position < title) {
            continue;
        }
        for link in links_of_box(mark.element) {
            hear_link(link, mark.position, "tag box", evidence);
        }
    }
}

/// Most boxes of one page that are looked into.
const BOXES: usize = 40;

/// The links of a box whose text is mostly links.
fn links_of_box(element: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut links = Vec::new();
    let (mut all, mut linked) = (0, 0);
    for node in element.descendants().take(NODES_OF_A_BOX) {
        if let Some(text) = node.value().as_text() {
            all += text.trim().len();
        } else if let Some(link) = ElementRef::wrap(node).filter(|link| link.value().name() == "a")
        {
            linked += crate::html::text(link).len();
            links.push(link);
        }
    }
    if linked * 10 >= all * 6 && links.len() <= TAGS {
        links
    } else {
        Vec::new()
    }
}

/// Most nodes of a box of tags.
const NODES_OF_A_BOX: usize = 400;

fn hear_link(link: ElementRef<'_>, position: usize, place: &'static str, evidence: &mut Evidence) {
    let text = crate::html::text(link);
    if text.chars().count() <= TAG_CHARS && text.split_whitespace().count() <= TAG_WORDS {
        evidence.hear_at(Field::Tag, Witness::Page, place, &text, position);
    }
}

/// Most words of a linked tag; what has more is a headline.
const TAG_WORDS: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags of an article about a river whose page gives these: (place, value).
    fn tags_of(told: &[(&'static str, &str)]) -> Vec<String> {
        let mut evidence = Evidence::default();
        for (place, value) in told {
            evidence.hear(Field::Tag, Witness::Meta, *place, value);
        }
        let known = Known {
            sites: &["daily example".to_owned()],
            title: Some("The river"),
            text: "The river of Syria rose.",
        };
        let aliases = [(Slug::of("turkiye").unwrap(), "Turkey".to_owned())].into();
        tags(&evidence, &known, &aliases).value
    }

    #[test]
    fn the_best_list_is_taken_whole_each_label_once() {
        for (told, expected) in [
            (
                vec![("keywords", "Syria, river,Syria ,#Turkiye,Turkey")],
                vec!["Syria", "river", "Turkey"],
            ),
            (vec![("keywords", "news, live, tv, breaking, shop")], vec![]),
            (
                vec![
                    ("article:tag", "A"),
                    ("article:tag", "B"),
                    ("keywords", "Syria, x, y, z"),
                ],
                vec!["A", "B"],
            ),
            (
                vec![
                    ("article:tag", "Politics"),
                    ("keywords", "Syria, river, dams"),
                ],
                vec!["Syria", "river", "dams"],
            ),
            (
                vec![
                    ("article:tag", "Lee, CFP"),
                    ("article:tag", "Banks"),
                    ("article:tag", "Dams"),
                ],
                vec!["Lee, CFP", "Banks", "Dams"],
            ),
            (
                vec![
                    ("article:tag", "Dams"),
                    ("article:tag", "Rivers"),
                    ("keywords", "News, World, Dams, Rivers, Syria"),
                ],
                vec!["Dams", "Rivers"],
            ),
            (
                vec![
                    ("X.keywords", "Dams, Syria, Rivers, split image, web"),
                    ("news_keywords", "Dams, Syria, Rivers"),
                ],
                vec!["Dams", "Syria", "Rivers"],
            ),
            (
                vec![("article:tag", "editors_pick, River dams, Syria")],
                vec!["River dams", "Syria"],
            ),
            (
                vec![
                    ("X.keywords", "Subject: Dams"),
                    ("X.keywords", "Day: Friday"),
                    ("X.keywords", "WC: 900"),
                ],
                vec!["Dams"],
            ),
            (
                vec![("article:tag", "Daily Example, The river, 100312362, Dams")],
                vec!["Dams"],
            ),
            (
                vec![("tag link", "„Dams”"), ("tag link", "„Old dams” of Syria")],
                vec!["Dams", "„Old dams” of Syria"],
            ),
            (vec![("article:tag", "?!"), ("article:tag", "")], vec![]),
        ] {
            assert_eq!(tags_of(&told), expected, "{told:?}");
        }
    }

    #[test]
    fn tags_are_bounded() {
        let many: String = (0..500).map(|n| format!("river {n},")).collect();
        assert_eq!(tags_of(&[("keywords", &many)]).len(), TAGS);
    }
}
