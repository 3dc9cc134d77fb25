//! Heads and headings of pages, and the headline that they have.

use super::*;

/// The headline of a page whose head and body are these.
fn title_of(head: &str, body: &str) -> Option<String> {
    let page = scraper::Html::parse_document(&format!("<head>{head}</head><body>{body}</body>"));
    let survey = super::super::survey::survey(&page);
    let mut evidence = Evidence::default();
    super::super::meta::hear(&survey, &mut evidence);
    let document = survey.document_title();
    let sites = ["daily example".to_owned(), "example".to_owned()];
    title(&evidence, &headings(&survey), document.as_deref(), &sites)
}

#[test]
fn a_headline_is_the_articles_own_without_the_sites_name() {
    let og = |title: &str| format!("<meta property=og:title content=\"{title}\">");
    for (head, body, expected) in [
        (
            og("Storm shuts the port | Daily Example"),
            "",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts the port"),
            "<h1>Storm shuts the port today</h1>",
            "Storm shuts the port today",
        ),
        (
            og("Storm shuts the port"),
            "<h1>Weather: Storm shuts the port</h1>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts the port"),
            "<h1>Daily Example</h1><h2>Storm shuts the port</h2>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts &amp;quot;the port&amp;quot;"),
            "",
            "Storm shuts \"the port\"",
        ),
        (
            "<title>Daily Example: Storm shuts the port</title>".to_owned(),
            "<h1>Storm shuts the port</h1>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts the port"),
            "<ul><li><h1>Port closed: all about the storm</h1></ul><h2><i>Weather</i> Storm shuts the port</h2>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts the port - Daily Example"),
            "<h1>Storm shuts the port (paper.example) 87</h1>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts: the port"),
            "<h1>Storm shuts : the port</h1>",
            "Storm shuts: the port",
        ),
        (
            og("Storm… shuts the port-World|Daily Example")
                + "<meta name=headline content=\"Storm… shuts the port\">",
            "",
            "Storm… shuts the port",
        ),
        (
            og("Storm shuts the port") + "<title>Harbour notes: Storm shuts the port</title>",
            "<h1>Harbour notes</h1><h2>What happened</h2>",
            "Storm shuts the port",
        ),
        (
            og("The portâ€™s storm"),
            "<h1>The portâ€™s storm</h1>",
            "The port’s storm",
        ),
        (
            "<title>My blog » Storm shuts the port</title>".to_owned(),
            "<h1>My blog</h1><h2>Storm shuts the port</h2>",
            "Storm shuts the port",
        ),
    ] {
        assert_eq!(
            title_of(&head, body).as_deref(),
            Some(expected),
            "{head} {body}"
        );
    }
}

#[test]
fn a_page_without_any_title_has_none() {
    assert_eq!(title_of("", "<p>Words.</p>"), None);
}
