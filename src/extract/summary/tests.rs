//! Heads and standfirsts of pages, and the summary that they have.

use super::*;

/// The summary of a page whose head, body and text are these, headed "Storm shuts the port".
fn summary_of(head: &str, body: &str, text: &str) -> Option<String> {
    let html = format!("<head>{head}</head><body><h1>Storm shuts the port</h1>{body}</body>");
    let page = scraper::Html::parse_document(&html);
    let survey = super::super::survey::survey(&page);
    let mut evidence = Evidence::default();
    super::super::meta::hear(&survey, &mut evidence);
    let heading = survey.marks(MarkKind::Heading).next();
    hear(&survey, heading.map(|mark| mark.position), &mut evidence);
    let sites = ["daily example".to_owned()];
    summary(&evidence, Some("Storm shuts the port"), &sites, text).value
}

const TOLD: &str = "Ships wait outside, and nobody knows when the harbour opens again.";
const PRINTED: &str = "Waves of nine metres: the harbour master sends everybody home.";
const TEXT: &str = "The first ship turned back at six.";

/// The `meta` of a description.
fn described(name: &str, text: &str) -> String {
    format!("<meta property=\"{name}\" name=\"{name}\" content=\"{text}\">")
}

/// An element of this class, some way under the headline.
fn further_down(class: &str, text: &str) -> String {
    format!("<p>1</p><p>2</p><p>3</p><div class=\"{class}\">{text}</div>")
}

#[test]
fn a_standfirst_is_the_summary_where_it_tells_more() {
    let og = |text: &str| described("og:description", text);
    for (head, body, expected) in [
        (og(TOLD), String::new(), Some(TOLD)),
        (
            String::new(),
            further_down("standfirst", PRINTED),
            Some(PRINTED),
        ),
        (og(TOLD), further_down("standfirst", PRINTED), Some(PRINTED)),
        (
            og(TOLD),
            further_down("article__lead", PRINTED),
            Some(PRINTED),
        ),
        (
            og(TOLD),
            further_down("story-synopsis", PRINTED),
            Some(PRINTED),
        ),
        // It is not the article's: nothing in it is of the article.
        (
            og(TOLD),
            further_down(
                "intro",
                "Only two coins for the first month: subscribe to our journalism.",
            ),
            Some(TOLD),
        ),
        // Next to the headline it may say what it likes.
        (
            og(TOLD),
            "<p class=intro>“Everybody believed that nothing could happen here.”</p>".to_owned(),
            Some("“Everybody believed that nothing could happen here.”"),
        ),
        // What stands under a picture, and who wrote.
        (
            og(TOLD),
            further_down("Figure-lead", "The harbour on the morning after the storm."),
            Some(TOLD),
        ),
        (
            og(TOLD),
            further_down(
                "lead",
                "<img src=a.jpg>The harbour on the morning after the storm.",
            ),
            Some(TOLD),
        ),
        (
            og(TOLD),
            further_down(
                "lead",
                "By Jane Example and others at the harbour of the town",
            ),
            Some(TOLD),
        ),
    ] {
        let found = summary_of(&head, &body, TEXT);
        assert_eq!(found.as_deref(), expected, "{head} {body}");
    }
}

#[test]
fn a_variation_of_the_description_is_rather_what_is_printed() {
    let start =
        "Ships wait outside the harbour for the third day, and most of the crews have nothing";
    for (told, printed, is_printed) in [
        (" but rain. More inside!", " left to eat.", true),
        (" left to eat. More inside!", " left to eat.", true),
        // The box holds more than the standfirst.
        (
            " left to eat.",
            " left to eat. By Jane Example | 6 minutes",
            false,
        ),
    ] {
        let (told, printed) = (format!("{start}{told}"), format!("{start}{printed}"));
        let body = further_down("standfirst", &printed);
        // The text begins with the description, so that nothing else speaks against it.
        let found = summary_of(&described("og:description", &told), &body, &told);
        let expected = if is_printed { printed } else { told };
        assert_eq!(found, Some(expected));
    }
}

#[test]
fn a_description_that_was_cut_is_found_whole() {
    let cut =
        "Ships wait outside the harbour for the third day, and most of the crews have nothing le";
    let whole = format!("{cut}ft to eat.");
    let other = "Nobody knows when the harbour opens again, says its master.";
    let tagline = "All the news of the town and of its surroundings.";
    for (told, by_another, expected) in [
        (format!("{cut}..."), whole.as_str(), whole.as_str()),
        // A program counted characters.
        (cut.to_owned(), &whole, &whole),
        // In other words.
        (format!("{cut}..."), other, other),
        // What speaks of the site is no summary of the article.
        (format!("{cut}..."), tagline, &format!("{cut}...")),
        // The beginning alone says less.
        (
            format!("{cut}..."),
            "Ships wait outside the harbour for the third day, and most of the crews have nothing.",
            &format!("{cut}..."),
        ),
        // Without a sign that it was cut.
        (TOLD.to_owned(), other, TOLD),
    ] {
        let head = described("og:description", &told) + &described("description", by_another);
        assert_eq!(
            summary_of(&head, "", TEXT).as_deref(),
            Some(expected),
            "{head}"
        );
    }
}
