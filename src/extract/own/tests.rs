//! Heads of pages, and what they say of the page itself.

use url::Url;

use crate::config::ArticleRules;
use crate::extract::extract;
use crate::model::{Article, Page, Validator};

/// What the page at `https://a.example/news/flood` with this head and a long text yields.
fn article_of(head: &str) -> Article {
    let text = "<p>The river rose by two metres in the night, and the mill stood in the water.</p>";
    let page = Page {
        url: "https://a.example/news/flood".parse().unwrap(),
        text: format!(
            "<head>{head}</head><body><h1>The river rose in the night</h1>{}</body>",
            text.repeat(9)
        ),
        media_type: "text/html".to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    };
    let now = "2024-09-04T06:00:00Z".parse().unwrap();
    extract(&page, &ArticleRules::default(), now).unwrap()
}

fn json_ld(members: &str) -> String {
    format!(r#"<script type=application/ld+json>{{"@type":"NewsArticle",{members}}}</script>"#)
}

#[test]
fn a_page_says_whether_all_of_it_is_free() {
    let part = |free: &str| {
        format!(
            r#""hasPart":{{"@type":"WebPageElement","isAccessibleForFree":{free},"cssSelector":".rest"}}"#
        )
    };
    for (head, restricted) in [
        (String::new(), false),
        (json_ld(r#""isAccessibleForFree":false"#), true),
        (json_ld(r#""isAccessibleForFree":"False""#), true),
        (json_ld(r#""isAccessibleForFree":"True""#), false),
        (json_ld(&part("false")), true),
        (json_ld(&part("true")), false),
        (
            json_ld(&format!(r#""isAccessibleForFree":true,{}"#, part("false"))),
            false,
        ),
        (
            "<meta property=article:content_tier content=metered>".to_owned(),
            true,
        ),
        (
            "<meta property=og:article:content_tier content=locked>".to_owned(),
            true,
        ),
        (
            "<meta property=article:content_tier content=free>".to_owned(),
            false,
        ),
        (
            "<meta itemprop=isAccessibleForFree content=false>".to_owned(),
            true,
        ),
    ] {
        assert_eq!(article_of(&head).restricted, restricted, "{head}");
    }
}

#[test]
fn a_page_calls_one_address_of_its_site_its_own() {
    let canonical = |address: &str| format!("<link rel=canonical href='{address}'>");
    let og = "<meta property=og:url content='https://www.a.example/news/flood-7'>";
    for (head, expected) in [
        (String::new(), None),
        (
            canonical("/flood-7") + og,
            Some("https://a.example/flood-7"),
        ),
        (
            canonical("https://agency.example/7") + og,
            Some("https://www.a.example/news/flood-7"),
        ),
        (
            canonical("https://a.example/") + og,
            Some("https://www.a.example/news/flood-7"),
        ),
        (canonical("javascript:void(0)"), None),
    ] {
        let found = article_of(&head).canonical_url;
        assert_eq!(found.as_ref().map(Url::as_str), expected, "{head}");
    }
}

#[test]
fn a_page_has_an_id_of_its_own_and_a_section() {
    let long = "9".repeat(101);
    for (head, id, section) in [
        (String::new(), None, None),
        ("<meta name=postid content=81>".to_owned(), Some("81"), None),
        (
            json_ld(r#""identifier":"a-81","articleSection":"Weather &amp; rivers""#)
                + "<meta name=postid content=81><meta property=article:section content=World>",
            Some("a-81"),
            Some("Weather & rivers"),
        ),
        (
            json_ld(r#""identifier":"https://a.example/?p=81""#) + "<meta name=postid content=81>",
            Some("81"),
            None,
        ),
        (
            format!("<meta name=postid content={long}><meta name=section content={long}>"),
            None,
            None,
        ),
    ] {
        let article = article_of(&head);
        let found = (article.page_id.as_deref(), article.category.as_deref());
        assert_eq!(found, (id, section), "{head}");
    }
}
