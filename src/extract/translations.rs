//! The addresses that a page names for other languages (`link rel=alternate hreflang`) → the same story in these languages.

use std::collections::HashSet;

use url::Url;

use super::language;
use super::survey::Survey;
use super::verdict::Decided;
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::address::{page_key, resolve};
use crate::model::Translation;

/// Most translations of one story: the largest newsrooms write in nearly fifty languages. Each is a line of every Atom feed
/// with the story.
const TRANSLATIONS: usize = 50;

/// Hears every page that is named for a language; feeds are named so too, and are no pages.
pub fn hear(survey: &Survey<'_>, evidence: &mut Evidence) {
    for link in &survey.links {
        let rel = link.attr("rel").unwrap_or_default();
        let is_alternate = rel
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("alternate"));
        let is_page = link.attr("type").is_none_or(|kind| kind.contains("html"));
        if let (true, Some(language), Some(href)) = (
            is_alternate && is_page,
            link.attr("hreflang"),
            link.attr("href"),
        ) {
            let value = format!("{} {}", language.trim(), href.trim());
            evidence.hear(Field::Translation, Witness::Meta, "link hreflang", &value);
        }
    }
}

/// What is known of the article when its translations are decided.
pub struct Known<'a> {
    /// Against what addresses are resolved.
    pub base: &'a Url,
    /// The addresses of the page itself.
    pub own: Vec<&'a Url>,
    /// The language of the article.
    pub language: Option<&'a str>,
}

/// Decides the translations: of each other language the first address that is neither this page nor a site's home.
pub fn translations(evidence: &Evidence, known: &Known<'_>) -> Decided<Vec<Translation>> {
    let own = known.language.map(without_region);
    let mut addresses: HashSet<String> = known.own.iter().map(|url| page_key(url)).collect();
    let mut languages = HashSet::new();
    let mut is_new = |found: &Translation| {
        !languages.contains(&found.language)
            && addresses.insert(page_key(&found.url))
            && languages.insert(found.language.clone())
    };
    let (told, found): (Vec<&Testimony>, Vec<Translation>) = evidence
        .of(Field::Translation)
        .filter_map(|told| Some((told, translation(told, known.base)?)))
        .filter(|(_, found)| Some(without_region(&found.language)) != own && !is_home(&found.url))
        .filter(|(_, found)| is_new(found))
        .take(TRANSLATIONS)
        .unzip();
    if found.is_empty() {
        return Decided::default();
    }
    Decided::new(found, "the first page of each other language").told_by(told)
}

/// A language and an address; none for `x-default`, which is the page for whoever speaks none of the others.
fn translation(told: &Testimony, base: &Url) -> Option<Translation> {
    let (language, address) = told.value.split_once(' ')?;
    Some(Translation {
        language: language::tag(language)?,
        url: resolve(base, address)?,
    })
}

/// A language and its script: the editions of one paper for two countries are no translations of each other.
fn without_region(tag: &str) -> String {
    tag.split('-')
        .filter(|part| !is_region(part))
        .collect::<Vec<_>>()
        .join("-")
}

fn is_region(part: &str) -> bool {
    let is_country = part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
    is_country || part.bytes().all(|b| b.is_ascii_digit())
}

/// Longest name in characters of a language's own part of a site (`/fr/`, `/zh-tw`).
const EDITION_CHARS: usize = 5;

/// Whether an address is the home of a site or of its part for a language: what sites name for languages into which a story was
/// not translated.
fn is_home(url: &Url) -> bool {
    let mut parts = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (None, _) => url.query().is_none(),
        (Some(only), None) => url.query().is_none() && only.chars().count() <= EDITION_CHARS,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The translations of an English page that names these, as lines of language and address.
    fn translations_of(links: &str) -> Vec<String> {
        let page = scraper::Html::parse_document(&format!("<head>{links}</head>"));
        let mut evidence = Evidence::default();
        hear(&super::super::survey::survey(&page), &mut evidence);
        let own = Url::parse("https://paper.example/en/flood?id=7").unwrap();
        let known = Known {
            base: &own,
            own: vec![&own],
            language: Some("en-GB"),
        };
        let found = translations(&evidence, &known).value.into_iter();
        found
            .map(|found| format!("{} {}", found.language, found.url))
            .collect()
    }

    fn link(language: &str, address: &str) -> String {
        format!("<link rel=alternate hreflang={language} href='{address}'>")
    }

    #[test]
    fn a_translation_is_the_same_story_in_another_language() {
        for (links, expected) in [
            (
                link("fr", "/fr/crue?id=7") + &link("pt_br", "https://paper.example/br/cheia"),
                vec![
                    "fr https://paper.example/fr/crue?id=7",
                    "pt-BR https://paper.example/br/cheia",
                ],
            ),
            (
                link("es-419", "/es/crecida"),
                vec!["es-419 https://paper.example/es/crecida"],
            ),
            // The page itself, also for another country, and what is for nobody in particular.
            (
                link("fr", "http://www.paper.example/en/flood/?id=7&utm_source=x"),
                vec![],
            ),
            (
                link("en-US", "/us/flood") + &link("en", "/world/flood"),
                vec![],
            ),
            (link("x-default", "/flood"), vec![]),
            // No page at all, a home, a feed, a style.
            (link("fr", "javascript:void(0)") + &link("fr", ""), vec![]),
            (
                link("fr", "/") + &link("de", "/de/") + &link("ar", "https://ar.paper.example"),
                vec![],
            ),
            (
                "<link rel=alternate type=application/rss+xml hreflang=fr href=/fr/crue.rss>\
                 <link rel=next hreflang=fr href=/fr/crue>"
                    .to_owned(),
                vec![],
            ),
            // Each language once, each address once.
            (
                link("fr", "/fr/crue") + &link("FR", "/fr/autre") + &link("ar", "/fr/crue"),
                vec!["fr https://paper.example/fr/crue"],
            ),
        ] {
            assert_eq!(translations_of(&links), expected, "{links}");
        }
    }

    #[test]
    fn translations_are_bounded() {
        let letters = || 'a'..='z';
        let links: String = letters()
            .flat_map(|one| letters().map(move |two| format!("{one}{two}")))
            .map(|language| link(&language, &format!("/{language}/flood")))
            .collect();
        assert_eq!(translations_of(&links).len(), TRANSLATIONS);
    }
}
