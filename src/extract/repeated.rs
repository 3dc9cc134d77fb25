//! The bodies of a site's articles → what they repeat word for word, which is not the article.
//!
//! An article is read by itself first. What many articles of its site end or begin with is known only after several.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use scraper::{ElementRef, Html};

use crate::html::text;
use crate::model::Body;
use crate::text::squeeze;

/// Fewest articles that must have a paragraph: the three parts of a short series may share one.
const LEAST_ARTICLES: u32 = 4;

/// One in so many of the articles must have it: what only a column or a series repeats stays.
const LEAST_SHARE: u32 = 5;

/// Shortest paragraph, in characters, that counts: "What happens next?" stands over many an article's last part.
const LEAST_CHARS: usize = 40;

/// Most paragraphs of one article that are remembered; a long live blog has more, none of them alike.
const MOST_OF_AN_ARTICLE: usize = 200;

/// Most paragraphs of one site that are remembered: some hundred articles, a few hundred kilobytes of memory.
const MOST_PARAGRAPHS: usize = 5_000;

/// After so many articles each counts half, so that what a site has stopped printing is forgotten.
const MOST_ARTICLES: usize = 200;

/// How often the paragraphs of one site's articles were seen.
#[derive(Debug, Default)]
pub struct Repeated {
    /// In how many articles each paragraph stood.
    counts: HashMap<u64, u32>,
    /// The articles that were counted, by what names them, since counts were last halved.
    counted: HashSet<u64>,
    articles: u32,
}

impl Repeated {
    /// Counts the paragraphs of the article that `name` names; each article once, however often it is read.
    pub fn learn(&mut self, name: &str, body: &Body) {
        if !self.counted.insert(number(name)) {
            return;
        }
        self.articles += 1;
        let paragraphs: HashSet<u64> = paragraphs(&body.text)
            .filter_map(|(_, number)| number)
            .take(MOST_OF_AN_ARTICLE)
            .collect();
        for paragraph in paragraphs {
            *self.counts.entry(paragraph).or_default() += 1;
        }
        if self.counts.len() > MOST_PARAGRAPHS || self.counted.len() >= MOST_ARTICLES {
            self.halve();
        }
    }

    /// Forgets what was seen once, and half of the rest.
    fn halve(&mut self) {
        self.counted.clear();
        self.articles /= 2;
        self.counts.retain(|_, count| {
            *count /= 2;
            *count > 0
        });
    }

    fn is_known(&self, paragraph: u64) -> bool {
        self.counts
            .get(&paragraph)
            .is_some_and(|&count| count >= LEAST_ARTICLES && count * LEAST_SHARE >= self.articles)
    }

    /// `body` without what the site's articles repeat, if there is any of it and anything else.
    pub fn without(&self, body: &Body) -> Option<Body> {
        let known: HashSet<u64> = paragraphs(&body.text)
            .filter_map(|(_, number)| number.filter(|number| self.is_known(*number)))
            .collect();
        if known.is_empty() {
            return None;
        }
        let (html, struck) = strike(&body.html, &known);
        let kept: Vec<&str> = paragraphs(&body.text)
            .filter(|(_, number)| number.is_none_or(|number| !struck.contains(&number)))
            .map(|(paragraph, _)| paragraph)
            .collect();
        (!struck.is_empty() && !kept.is_empty()).then(|| Body {
            html,
            text: kept.join("\n\n"),
        })
    }
}

/// The paragraphs of a text, with a number for each that is long enough.
fn paragraphs(text: &str) -> impl Iterator<Item = (&str, Option<u64>)> {
    text.split("\n\n").map(|paragraph| {
        let line = squeeze(paragraph);
        let counts = line.chars().count() >= LEAST_CHARS;
        (paragraph, counts.then(|| number(&line)))
    })
}

fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// `html` without the elements whose text is one of `known`, and which of those were found.
fn strike(html: &str, known: &HashSet<u64>) -> (String, HashSet<u64>) {
    let mut fragment = Html::parse_fragment(html);
    let found: Vec<_> = fragment
        .root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| {
            matches!(
                element.value().name(),
                "p" | "li" | "h2" | "h3" | "h4" | "div"
            )
        })
        .map(|element| (element.id(), number(&text(element))))
        .filter(|(_, number)| known.contains(number))
        .collect();
    let struck = found.iter().map(|(_, number)| *number).collect();
    for (id, _) in found {
        if let Some(mut node) = fragment.tree.get_mut(id) {
            node.detach();
        }
    }
    (fragment.root_element().inner_html(), struck)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADVERT: &str = "Advertise in the printed paper: write to the office in the harbour.";

    fn body(paragraphs: &[&str]) -> Body {
        Body {
            html: paragraphs
                .iter()
                .map(|text| format!("<p>{text}</p>"))
                .collect(),
            text: paragraphs.join("\n\n"),
        }
    }

    /// What is known after so many articles, of which so many end with the advert.
    fn after(articles: u32, with_advert: u32) -> Repeated {
        let mut repeated = Repeated::default();
        for n in 0..articles {
            let own = format!("The river rose by {n} metres in the night, the office said.");
            let all = [own.as_str(), ADVERT];
            let shown = if n < with_advert { &all[..] } else { &all[..1] };
            repeated.learn(&format!("https://a.example/{n}"), &body(shown));
        }
        repeated
    }

    #[test]
    fn what_a_sites_articles_repeat_is_struck_from_markup_and_text() {
        let page = body(&["The harbour was closed on Friday.", ADVERT]);
        let without = body(&["The harbour was closed on Friday."]);
        for (articles, with_advert, expected) in [
            (5, 5, Some(without.clone())),
            (20, 4, Some(without)),
            // The parts of a short series share a paragraph.
            (3, 3, None),
            (40, 4, None),
        ] {
            let repeated = after(articles, with_advert);
            assert_eq!(
                repeated.without(&page),
                expected,
                "{with_advert} of {articles}"
            );
        }
    }

    #[test]
    fn an_article_that_is_read_again_is_counted_once() {
        let mut repeated = Repeated::default();
        let page = body(&["The harbour was closed on Friday.", ADVERT]);
        for _ in 0..20 {
            repeated.learn("https://a.example/1", &page);
        }
        assert_eq!(repeated.without(&page), None);
    }

    #[test]
    fn a_body_of_nothing_else_is_left_as_it_is() {
        assert_eq!(after(9, 9).without(&body(&[ADVERT])), None);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut repeated = Repeated::default();
        for n in 0..1_000 {
            let long: Vec<String> = (0..300)
                .map(|line| format!("Line {line} of the article with the number {n} on the river."))
                .collect();
            let long: Vec<&str> = long.iter().map(String::as_str).collect();
            repeated.learn(&n.to_string(), &body(&long));
            assert!(repeated.counts.len() <= MOST_PARAGRAPHS + MOST_OF_AN_ARTICLE);
            assert!(repeated.counted.len() <= MOST_ARTICLES);
        }
    }
}
