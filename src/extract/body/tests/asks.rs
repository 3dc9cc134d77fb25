//! Boxes behind an article's paragraphs → those that are no part of it, whatever they are called.

use super::*;

/// Text that stands in a box of its own, as most do.
const TEXT: &str = "<div><p>{1}</p><p>{2}</p><p>{3}</p><p>So it goes.</p></div>";
const KEPT: &str = "{1}\n\n{2}\n\n{3}\n\nSo it goes.";

#[test]
fn what_a_wall_says_goes_with_what_it_asks() {
    let wall = "<section><p>You read on two screens.</p><p>To read the full story, come in.</p><ul><li>Each bridge of the land</li></ul></section>";
    let page = format!("<article>{TEXT}{wall}</article>");
    let found = read(&page).text;
    assert!(found.starts_with(&filled(KEPT)), "{found}");
    assert!(!found.contains("come in"), "{found}");
    assert!(!found.contains("Each bridge"), "{found}");
    // A box that asks between paragraphs ends nothing.
    let between = "<div><p>{1}</p><div><p>To read the full story, come in.</p></div><p>{2}</p><p>{3}</p></div>";
    check_text(&[(between, "{1}\n\n{2}\n\n{3}")]);
    // Nor does one that stands before half of the text.
    let halves = format!(
        "<article>{TEXT}<p>Subscribe</p><section><p>Part two is longer: {{1}} It went on and on, for the mayor had much to say.</p><p>And he says: {{2}}</p><p>Then he left: {{3}}</p></section></article>"
    );
    assert!(read(&halves).text.contains("Part two"));
}

#[test]
fn what_stands_behind_other_stories_goes() {
    let stories = "<div><h4>Ferries</h4><p><a href=/2>Ferries stay for the summer</a></p><p>Boats to go.</p></div>";
    check_text(&[
        (&format!("<article>{TEXT}{stories}</article>"), KEPT),
        (
            "<article><div><p>{1}</p><p><a href=/2>Ferries stay for the summer</a></p><p>{2}</p><p>{3}</p></div></article>",
            "{1}\n\n{2}\n\n{3}",
        ),
    ]);
}

#[test]
fn a_link_to_comments_over_an_article_begins_none() {
    check_text(&[(
        "<div><p>So the bridge, which had been closed for so long that even the mayor had forgotten its toll, is open.</p>\
         <p>{1}</p><p>0 comments</p><p>Published: 12 May 2024, 10:31</p><p>{2}</p><p>{3}</p><p>And {1}</p></div>",
        "So the bridge, which had been closed for so long that even the mayor had forgotten its toll, is open.\n\n{1}\n\n{2}\n\n{3}\n\nAnd {1}",
    )]);
}

#[test]
fn boxes_among_paragraphs_that_ask_go_whole() {
    let offer = "<div><h3>The bridge letter</h3><p>All bridges of the week, each Monday.</p><p>Jetzt abonnieren und lesen</p></div>";
    let page = |offer: &str| format!("<div><p>{{1}}</p>{offer}<p>{{2}}</p><p>{{3}}</p></div>");
    check_text(&[(&page(offer), "{1}\n\n{2}\n\n{3}")]);
    // A table has words that ask elsewhere, and a long box says more than it asks.
    let table = "<table><tr><td>file</td><td>share</td></tr><tr><td>bridges</td><td>two in ten</td></tr></table>";
    let found = read(&page(table)).text;
    assert!(found.contains("two in ten"), "{found}");
    let long = format!(
        "<div><p>{}</p><p>Share this</p></div>",
        "He rowed across and back again. ".repeat(20)
    );
    let found = read(&page(&long)).text;
    assert!(found.contains("rowed across"), "{found}");
}

#[test]
fn a_title_over_links_that_are_gone_goes() {
    let links = "<p><a href=/2>Ferries stay for the summer</a></p>";
    let page = |shelf: &str| format!("<div><p>{{1}}</p>{shelf}<p>{{2}}</p><p>{{3}}</p></div>");
    check_text(&[
        (
            &page(&format!("<div><div>On bridges</div>{links}</div>")),
            "{1}\n\n{2}\n\n{3}",
        ),
        (
            &page(&format!(
                "<div><div>On bridges</div>{links}<p>They are few.</p></div>"
            )),
            "{1}\n\nOn bridges\n\nThey are few.\n\n{2}\n\n{3}",
        ),
    ]);
}
