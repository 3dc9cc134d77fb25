//! An article and the configuration's words about what is wanted → whether it is.

use regex::Regex;
use url::Url;

use crate::config::{EntryRules, FieldPatterns};
use crate::model::Article;

/// Whether `article` is wanted: one pattern of `include` matches, if there are some, and none of `exclude` does.
pub fn passes(rules: &EntryRules, article: &Article, url: Option<&Url>) -> bool {
    (rules.include.is_empty() || matches(&rules.include, article, url))
        && !matches(&rules.exclude, article, url)
}

fn matches(patterns: &FieldPatterns, article: &Article, url: Option<&Url>) -> bool {
    any(&patterns.title, article.title.as_deref())
        || any(
            &patterns.text,
            [article.summary.as_deref(), Some(article.body.text.as_str())]
                .into_iter()
                .flatten(),
        )
        || any(&patterns.author, article.authors.iter().map(String::as_str))
        || any(&patterns.tag, article.tags.iter().map(String::as_str))
        || any(&patterns.url, url.map(Url::as_str))
}

fn any<'a>(patterns: &[Regex], texts: impl IntoIterator<Item = &'a str>) -> bool {
    texts
        .into_iter()
        .any(|text| patterns.iter().any(|pattern| pattern.is_match(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Body;

    fn patterns(field: &str, pattern: &str) -> FieldPatterns {
        let list = vec![Regex::new(pattern).unwrap()];
        let mut patterns = FieldPatterns::default();
        match field {
            "title" => patterns.title = list,
            "text" => patterns.text = list,
            "author" => patterns.author = list,
            "tag" => patterns.tag = list,
            "url" => patterns.url = list,
            _ => {}
        }
        patterns
    }

    #[test]
    fn an_article_is_wanted_if_some_pattern_includes_it_and_none_excludes_it() {
        let article = Article {
            title: Some("Bridge opens".to_owned()),
            authors: vec!["Ada Reed".to_owned(), "Sports Desk".to_owned()],
            summary: Some("After nine years".to_owned()),
            body: Body {
                html: String::new(),
                text: "The river was crossed.".to_owned(),
            },
            tags: vec!["Transport".to_owned()],
            ..Article::default()
        };
        let url = Url::parse("https://paper.example/local/bridge").unwrap();
        for (include, exclude, wanted) in [
            (("", ""), ("", ""), true),
            (("title", "(?i)bridge"), ("", ""), true),
            (("title", "tunnel"), ("", ""), false),
            (("text", "nine years"), ("", ""), true),
            (("text", "river"), ("", ""), true),
            (("author", "^Ada"), ("", ""), true),
            (("tag", "^Transport$"), ("", ""), true),
            (("url", "/local/"), ("", ""), true),
            (("", ""), ("author", "Desk"), false),
            (("title", "Bridge"), ("url", "/local/"), false),
            (("", ""), ("tag", "Sport"), true),
        ] {
            let rules = EntryRules {
                include: patterns(include.0, include.1),
                exclude: patterns(exclude.0, exclude.1),
            };
            assert_eq!(
                passes(&rules, &article, Some(&url)),
                wanted,
                "{include:?} {exclude:?}"
            );
        }
    }

    #[test]
    fn a_line_without_an_address_matches_no_pattern_of_addresses() {
        let rules = EntryRules {
            include: patterns("url", "."),
            ..EntryRules::default()
        };
        assert!(!passes(&rules, &Article::default(), None));
    }
}
