//! Heads and headings of pages, and the headline that they have.

use super::*;

/// The headline of a page whose head and body are these.
fn title_of(head: &str, body: &str) -> Option<String> {
    let page = scraper::Html::parse_document(&format!("<head>{head}</head><body>{body}</body>"));
    let survey = super::super::survey::survey(&page);
    let mut evidence = Evidence::default();
    super::super::meta::hear(&survey, &mut evidence);
    super::super::microdata::hear(&survey, None, &mut evidence);
    let document = survey.document_title();
    let names = Names {
        sites: &[
            "daily example".to_owned(),
            "example".to_owned(),
            "paper.example".to_owned(),
        ],
        sections: &["opinion".to_owned()],
    };
    title(&evidence, &headings(&survey), document.as_deref(), names).value
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
        (
            og("Storm shuts the port | Opinion"),
            "<h1>Storm shuts the port | Opinion</h1>",
            "Storm shuts the port",
        ),
        (
            "<title>paper.example Storm shuts the port</title>".to_owned(),
            "<h1>paper.example</h1>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts the port") + "<title>Storm shuts the port</title>",
            "<h1><span>Storm shuts the port</span> <span>Ships wait in the bay</span></h1>",
            "Storm shuts the port",
        ),
        (
            og("Storms: Ships wait in the bay"),
            "<h1><span>After the night</span> <span>Ships wait in the bay</span></h1>",
            "Ships wait in the bay",
        ),
        (
            og("After the night - Ships wait in the bay"),
            "<h1><span>After the night</span><span>Ships wait in the bay</span></h1>",
            "After the night - Ships wait in the bay",
        ),
        (
            og("After the night: Storm shuts the port")
                + "<title>After the night: Storm shuts the port</title>",
            "<p>After the night</p><h1>Storm shuts the port</h1>",
            "After the night: Storm shuts the port",
        ),
        (
            og("Weather: Storm shuts the port") + "<title>Weather: Storm shuts the port</title>",
            "<h1>Storm shuts the port</h1>",
            "Storm shuts the port",
        ),
        (
            og("After the night: Ships wait in the bay"),
            "<h1>Storm shuts port: ships in bay wait</h1><h2><i>After the night</i>Ships wait in the bay</h2>",
            "After the night: Ships wait in the bay",
        ),
        (
            og("paper.example - Notices - Storm shuts the port"),
            "<h1>Notices | Entry</h1><h2>Storm shuts the port</h2>",
            "Storm shuts the port",
        ),
        (
            "<meta name=title content=\"Notices of today - Storm shuts the port\"><title>Daily Example - Notices of today - Storm shuts the port</title>".to_owned(),
            "<h1>Notices of today</h1><h1>Storm shuts the port</h1>",
            "Storm shuts the port",
        ),
        (
            og("The fight of the harbour against the sea"),
            "<h1>So the harbour gets ready</h1><h1>More notes</h1>",
            "So the harbour gets ready",
        ),
        // The kicker of the heading is not that of the other title, and the heading's markup repeats the heading.
        (
            og("A night at sea: Storm shuts the port"),
            "<div itemscope itemtype=https://schema.org/NewsArticle><h1 itemprop=headline><i>Weather</i><b> - </b><span>Storm shuts the port</span></h1></div>",
            "Storm shuts the port",
        ),
        (
            og("Storm shuts the port of the old town"),
            "<div itemscope itemtype=https://schema.org/NewsArticle><h1>Storm shuts the port of the old town</h1><h2 itemprop=headline>After the night: Storm shuts the town's port</h2></div>",
            "Storm shuts the port of the old town",
        ),
        // A title in few words for machines does not cut the headline that the page is shared with.
        (
            og("Harbours for beginners: how a port works")
                + "<meta name=title content=\"how a port works\">",
            "<h1>Harbours for beginners: how a port works</h1>",
            "Harbours for beginners: how a port works",
        ),
        // The heading is of a part of the article, as nobody tells it.
        (
            og("The ten best harbours of the coast in winter")
                + "<title>The ten best harbours of the coast in winter</title>",
            "<h1>Which harbours are worth a visit when it snows, what they cost, how to get there, where to sleep, what to eat, whom to ask and what to leave at home this year</h1>\
             <h2>The ten best winter harbours of the coast</h2>",
            "The ten best harbours of the coast in winter",
        ),
        (
            "<meta property=og:title content=\"The portâ\u{80}\u{99}s storm\">".to_owned(),
            "<h1>The portâ\u{80}\u{99}s storm</h1>",
            "The port’s storm",
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

#[test]
fn the_printed_headline_is_the_title_without_its_kicker() {
    let page = |body: &str| scraper::Html::parse_document(&format!("<body>{body}</body>"));
    let title = "After the night: Storm shuts the port";
    for (body, expected) in [
        ("<h1>Storm shuts the port</h1>", "Storm shuts the port"),
        (
            "<h1>After the night: Storm shuts the port</h1><h2>Storm shuts the port</h2>",
            title,
        ),
        ("<h1>Port shut</h1>", title),
    ] {
        let page = page(body);
        let headings = headings(&super::super::survey::survey(&page));
        assert_eq!(printed(Some(title), &headings), Some(expected), "{body}");
    }
}
