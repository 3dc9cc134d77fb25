//! Pieces of pages → the text and the markup that they must yield.

use super::*;

const ONE: &str = "The bridge over the river was opened again on Monday, after eleven months of work, said the mayor.";
const TWO: &str = "Traffic moved slowly at first, but by noon the queues on both banks had gone, drivers told us.";
const THREE: &str = "The next inspection is due in spring, when the water is low and the pillars can be reached by boat.";

/// The body of a page whose `body` element holds `html`, in which `{1}`, `{2}` and `{3}` stand for sentences.
fn read(html: &str) -> Body {
    let base = Url::parse("https://a.example/news/1.html").unwrap();
    let page = format!("<html><body>{}</body></html>", filled(html));
    let hints = Hints {
        page: &page,
        base: &base,
        title: Some("Bridge opened again after eleven months"),
        summary: None,
        article_body: None,
        authors: &["Mira Holt".to_owned()],
    };
    body(
        &Html::parse_document(&page),
        &ArticleRules::default(),
        &hints,
    )
    .0
}

fn filled(text: &str) -> String {
    text.replace("{1}", ONE)
        .replace("{2}", TWO)
        .replace("{3}", THREE)
}

/// Each page yields exactly this text.
fn check_text(rows: &[(&str, &str)]) {
    for (html, text) in rows {
        assert_eq!(read(html).text, filled(text), "{html}");
    }
}

/// Each page yields exactly this markup.
fn check_html(rows: &[(&str, &str)]) {
    for (html, markup) in rows {
        assert_eq!(read(html).html, filled(markup), "{html}");
    }
}

#[test]
fn paragraphs_of_any_element_are_paragraphs() {
    check_text(&[
        ("<div><p>{1}</p><p>{2}</p></div>", "{1}\n\n{2}"),
        ("<div><div>{1}</div><div>{2}</div></div>", "{1}\n\n{2}"),
        ("<div>{1}<br><br>{2}<br>{3}</div>", "{1}\n\n{2}\n{3}"),
        (
            "<table><tr><td><font>{1}</font><p>{2}</td></tr></table>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>{1}</p>{2}<p>\u{a0}</p><p>{3}</p></div>",
            "{1}\n\n{2}\n\n{3}",
        ),
    ]);
    check_html(&[
        (
            "<div>{1}<br><br>{2}<br>{3}</div>",
            "<p>{1}</p><p>{2}<br>{3}</p>",
        ),
        (
            "<div><p>{1}</p><div>{2}</div><p>\u{a0}</p></div>",
            "<p>{1}</p><p>{2}</p>",
        ),
    ]);
}

#[test]
fn blanks_around_links_and_emphasis_survive() {
    check_html(&[(
        "<div><p>{1} Read <a href='/law'>the law</a> or <b>ask</b> <i>us</i>, then.</p><p>{2}</p></div>",
        "<p>{1} Read <a href=\"https://a.example/law\">the law</a> or <strong>ask</strong> <em>us</em>, then.</p><p>{2}</p>",
    )]);
}

#[test]
fn subheads_lists_quotes_and_tables_are_kept() {
    check_text(&[(
        "<article><p>{1}</p><h2>What comes next</h2><p>{2}</p><ul><li>Paint, in June</li><li>Lamps, in July</li></ul>\
         <blockquote><p>I had missed it dearly.</p></blockquote><table><tr><th>Year<td>Cost</table><p>{3}</p></article>",
        "{1}\n\nWhat comes next\n\n{2}\n\nPaint, in June\n\nLamps, in July\n\nI had missed it dearly.\n\nYear\n\nCost\n\n{3}",
    )]);
    check_html(&[(
        "<article><p>{1}</p><h2>What comes next</h2><p>{2}</p><ul><li>Paint, in June</ul><blockquote>Dearly missed.</blockquote></article>",
        "<p>{1}</p><h2>What comes next</h2><p>{2}</p><ul><li>Paint, in June</li></ul><blockquote><p>Dearly missed.</p></blockquote>",
    )]);
}

#[test]
fn captions_stand_under_pictures_and_not_in_the_text() {
    let page = "<article><p>{1}</p><figure><img src='/b.jpg' alt='Bridge'><figcaption>The bridge. Photo: M. Holt</figcaption></figure><p>{2}</p></article>";
    check_text(&[(page, "{1}\n\n{2}")]);
    check_html(&[(
        page,
        "<p>{1}</p><figure><img src=\"https://a.example/b.jpg\" alt=\"Bridge\"><figcaption>The bridge. Photo: M. Holt</figcaption></figure><p>{2}</p>",
    )]);
}

#[test]
fn other_stories_are_left_out() {
    check_text(&[
        (
            "<article><p>{1}</p><p><b>ALSO READ: <a href='/2'>Ferries stay for the summer</a></b></p><p>{2}</p></article>",
            "{1}\n\n{2}",
        ),
        (
            "<article><p>{1}</p><p><strong><a href='/2'>Ferries stay for the summer</a></strong></p><p>{2}</p></article>",
            "{1}\n\n{2}",
        ),
        (
            "<article><p>{1}</p><h3>Новости по теме</h3><ul><li><a href='/2'>Ferries stay</a><li><a href='/3'>Trams come</a></ul><p>{2}</p></article>",
            "{1}\n\n{2}",
        ),
        (
            "<article><p>{1}</p><div class='related-box'><h4>Ferries stay</h4><p>They run until autumn.</p></div><p>{2}</p></article>",
            "{1}\n\n{2}",
        ),
        (
            "<article><p>{1}</p><p>{2}</p><article><a href='/2'><h4>Ferries stay</h4><p>They run until autumn.</p></a></article></article>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>{1}</p><p>{2}</p><p>اقرأ أيضاً: <a href='/2'>خبر آخر عن الجسر</a></p></div>",
            "{1}\n\n{2}",
        ),
    ]);
}

#[test]
fn what_surrounds_an_article_is_left_out() {
    check_text(&[
        (
            "<nav><a href=/>Home</a></nav><main><h1>Bridge opened again after eleven months</h1><div class=byline>By Mira Holt</div>\
             <p>{1}</p><p>{2}</p><p>Share this article</p></main><footer>© 2024 The Paper</footer>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>By Mira Holt</p><p>12 May 2024, 10:31</p><p>{1}</p><p>{2}</p></div>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>{1}</p><p>{2}</p><p>Sign up for our newsletter and never miss a story.</p></div>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>{1}</p><p>{2}</p><h2>Comments</h2></div><div id=comments><p>{3}</p></div>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>{1}</p><p>{2}</p><p>Copyright 2024 The Paper. All rights reserved.</p></div>",
            "{1}\n\n{2}",
        ),
        (
            "<div><p>{1}</p><p style='display:none'>{3}</p><p>{2}</p></div>",
            "{1}\n\n{2}",
        ),
    ]);
}

#[test]
fn names_that_mislead_do_not_cost_the_article() {
    check_text(&[
        (
            "<div class='has-sidebar comments-open'><div class='premium paywall'><p>{1}</p><p>{2}</p></div></div>",
            "{1}\n\n{2}",
        ),
        (
            "<div class='share-page'><p class='author-text'>{1}</p><p>{2}</p></div>",
            "{1}\n\n{2}",
        ),
        ("<form><div><p>{1}</p><p>{2}</p></div></form>", "{1}\n\n{2}"),
        (
            "<div hidden id='S:0'><p>{1}</p><p>{2}</p></div>",
            "{1}\n\n{2}",
        ),
    ]);
}

#[test]
fn an_article_in_several_boxes_is_read_whole() {
    check_text(&[
        (
            "<main><section class=part><p>{1}</p></section><div class=ad><a href=/x>Buy</a></div><section class=part><p>{2}</p></section></main>",
            "{1}\n\n{2}",
        ),
        (
            "<article><header><p class=standfirst>{3}</p></header><div class='article-body'><p>{1}</p><p>{2}</p></div></article>",
            "{3}\n\n{1}\n\n{2}",
        ),
    ]);
}

#[test]
fn a_quote_lifted_out_of_the_text_is_kept_once() {
    check_text(&[(
        "<article><p>{1}</p><blockquote class=pull-quote>By noon the queues on both banks had gone</blockquote><p>{2}</p></article>",
        "{1}\n\n{2}",
    )]);
}

#[test]
fn posts_are_kept_with_their_text_and_link() {
    check_html(&[(
        "<article><p>{1}</p><div class='social-embed'><blockquote class='twitter-tweet'><p>Open!</p>— Town (@town) <a href='https://x.example/town/1'>May 12</a></blockquote></div><p>{2}</p></article>",
        "<p>{1}</p><blockquote><p>Open!</p><p>— Town (@town) <a href=\"https://x.example/town/1\">May 12</a></p></blockquote><p>{2}</p>",
    )]);
}

#[test]
fn doubly_encoded_text_is_mended() {
    check_text(&[(
        "<div><p>{1} CafÃ©, itâ\u{80}\u{99}s.</p><p>{2} Café Ñandú.</p></div>",
        "{1} Café, it’s.\n\n{2} Café Ñandú.",
    )]);
}

#[test]
fn a_page_without_text_is_read_from_what_it_does_not_show() {
    let string = serde_json::to_string(&filled("<p>{1}</p><p>{2}</p><p>{3}</p>")).unwrap();
    let inner = serde_json::to_string(&format!("{{\"content\":{string}}}")).unwrap();
    for page in [
        format!("<div id=app></div><script>load({{\"body\":{string}}})</script>"),
        format!("<div id=app></div><script>push([1,{inner}])</script>"),
        filled("<div></div><noscript><p>{1}</p><p>{2}</p><p>{3}</p></noscript>"),
    ] {
        assert_eq!(read(&page).text, filled("{1}\n\n{2}\n\n{3}"), "{page}");
    }
}

#[test]
fn the_articles_own_json_serves_where_the_page_is_empty() {
    let base = Url::parse("https://a.example/").unwrap();
    let told = filled("{1}\n{2}\n\n{3}");
    let hints = Hints {
        page: "",
        base: &base,
        title: None,
        summary: None,
        article_body: Some(&told),
        authors: &[],
    };
    let page = Html::parse_document("<div id=app></div>");
    assert_eq!(
        body(&page, &ArticleRules::default(), &hints),
        (
            Body {
                html: filled("<p>{1}</p><p>{2}</p><p>{3}</p>"),
                text: filled("{1}\n\n{2}\n\n{3}"),
            },
            Origin::Told
        )
    );
}

#[test]
fn the_sites_rules_win() {
    let base = Url::parse("https://a.example/").unwrap();
    let hints = Hints {
        page: "",
        base: &base,
        title: None,
        summary: None,
        article_body: None,
        authors: &[],
    };
    let rules = ArticleRules {
        body: vec![Selector::parse(".one, .sidebar").unwrap()],
        remove: vec![Selector::parse(".note").unwrap()],
        ..ArticleRules::default()
    };
    let page = Html::parse_document(&filled(
        "<p class=one>{1}</p><article><p>{2}</p><p>{2} Again.</p></article><div class=sidebar><p>{3}</p><p class=note>Not this, it is a note.</p></div>",
    ));
    let (body, origin) = body(&page, &rules, &hints);
    assert_eq!(
        (body.text, origin),
        (filled("{1}\n\n{3}"), Origin::Configured)
    );
}

/// A text about something else than the bridge.
const CLUB: &str = "The rowing club was founded by three ferrymen and their daughters. ";

#[test]
fn a_longer_text_about_something_else_is_not_the_article() {
    let club = CLUB.repeat(5);
    check_text(&[
        (
            &format!(
                "<main><p>{{1}}</p><p>{{2}}</p></main><div class=popup role=dialog><p>{club}</p></div>"
            ),
            "{1}\n\n{2}",
        ),
        (
            &format!(
                "<div><div class=a><p>{{1}}</p><p>{{2}}</p></div></div><div><div class=b><p>{club}</p></div></div>"
            ),
            "{1}\n\n{2}",
        ),
    ]);
}

#[test]
fn parts_of_one_article_do_not_compete() {
    let club = CLUB.repeat(6);
    let club = club.trim();
    check_text(&[(
        &format!(
            "<article><section class=lead><p>{{1}}</p></section><section><p>{club}</p><p>{{2}}</p><p>{{3}}</p></section></article>"
        ),
        &format!("{{1}}\n\n{club}\n\n{{2}}\n\n{{3}}"),
    )]);
}

#[test]
fn an_id_made_of_what_a_heading_says_is_no_name() {
    check_text(&[(
        "<article><p>{1}</p><h2 id=toc-2>What comes next</h2><p>{2}</p>\
         <div id=which-share-of-the-cost-is-whose><p>{3}</p></div></article>",
        "{1}\n\nWhat comes next\n\n{2}\n\n{3}",
    )]);
}

#[test]
fn a_standfirst_set_as_a_heading_is_not_the_title() {
    let first = "The bridge was opened again after eleven months and two storms, to the relief of the ferrymen, who had been called back from their pensions.";
    check_text(&[(
        &format!(
            "<article><h1>Bridge opened again after eleven months</h1><h3>{first}</h3><p>{{1}}</p><p>{{2}}</p></article>"
        ),
        &format!("{first}\n\n{{1}}\n\n{{2}}"),
    )]);
}

#[test]
fn cards_of_other_stories_are_left_out_whatever_they_are_called() {
    let card = |site: &str, n: u8| {
        format!(
            "<div class=q{n}><h3><a href='{site}/news/{n}.html'>Ferries stay for summer {n}</a></h3><p>They run until autumn, the office says, and then we shall see {n}.</p></div>"
        )
    };
    let cards = |site: &str| {
        format!(
            "<div>{}{}{}</div>",
            card(site, 2),
            card(site, 3),
            card(site, 4)
        )
    };
    let text = "<p>{1}</p><p>{2}</p><p>{3}</p>";
    let own = read(&format!("<article>{text}{}</article>", cards("")));
    assert_eq!(own.text, filled("{1}\n\n{2}\n\n{3}"));
    // A list of ferries elsewhere is what the article is about.
    let others = read(&format!(
        "<article>{text}{}</article>",
        cards("https://ferries.example")
    ));
    assert!(
        others.text.ends_with("and then we shall see 4."),
        "{}",
        others.text
    );
}

#[test]
fn what_explains_a_picture_is_no_part_of_the_text_whatever_it_is_called() {
    check_text(&[
        (
            "<article><p>{1}</p><div><img src=/b.jpg alt='Cars queue before the old bridge on Monday'></div>\
             <div class=x1>Cars queue before the old bridge on Monday morning.</div><p>{2}</p></article>",
            "{1}\n\n{2}",
        ),
        (
            "<article><p>{1}</p><p><img src=/b.jpg></p><p>Cars on the bridge. Foto: Mira Holt</p><p>{2}</p></article>",
            "{1}\n\n{2}",
        ),
        (
            "<article><p>{1}</p><p>Cars on the bridge. Foto: Mira Holt took it from a boat.</p><p>{2}</p></article>",
            "{1}\n\nCars on the bridge. Foto: Mira Holt took it from a boat.\n\n{2}",
        ),
    ]);
}

#[test]
fn a_picture_for_each_width_of_screen_is_shown_once() {
    check_html(&[(
        "<article><p>{1}</p><img class=wide src=/b.jpg><img class=narrow src=/b.jpg><p>{2}</p></article>",
        "<p>{1}</p><img src=\"https://a.example/b.jpg\"><p>{2}</p>",
    )]);
}

#[test]
fn comments_are_left_out_whatever_they_are_called() {
    for label in [
        "12 comments on “Bridge opened”",
        "Kommentare (3)",
        "Leave a reply",
        "댓글",
    ] {
        let page = format!(
            "<div><p>{{1}}</p><p>{{2}}</p><p>{{3}}</p><h3>{label}</h3><p>Anna, 12 May 2024, 10:31</p>\
             <p>I crossed it at ten and saw nobody at all.</p><p>Ben, 11:02</p><p>So did I.</p></div>"
        );
        assert_eq!(read(&page).text, filled("{1}\n\n{2}\n\n{3}"), "{label}");
    }
    // Nobody has written below this heading; above the text stands a link to what was written.
    check_text(&[(
        "<div><p>{1}</p><p>3 comments</p><p>12 May 2024, 10:31</p><p>{2}</p><p>{3}</p></div>",
        "{1}\n\n{2}\n\n{3}",
    )]);
    check_text(&[(
        "<div><p>{1}</p><h2>Responses</h2><p>{2}</p><p>{3}</p></div>",
        "{1}\n\nResponses\n\n{2}\n\n{3}",
    )]);
}

#[test]
fn lines_about_writers_and_newsroom_close_no_article() {
    let text = "<p>{1}</p><p>{2}</p><p>{3}</p><p>So it goes.</p><p>And on.</p>";
    let kept = "{1}\n\n{2}\n\n{3}\n\nSo it goes.\n\nAnd on.";
    for line in [
        "Mira Holt is a reporter in Oldtown and rows in her spare time.",
        "(Mira Holt, Oldtown)",
        "Write to us at news@a.example.",
        "M. H. holt@a.example",
        "Comments (12)",
        "Listen (4:20 min)",
    ] {
        let page = format!("<div>{text}<p>{line}</p></div>");
        assert_eq!(read(&page).text, filled(kept), "{line}");
    }
}

#[test]
fn pages_made_to_hurt_are_read_in_time() {
    let deep = format!(
        "{}<p>{{1}}</p><p>{{2}}</p>{}",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    assert_eq!(read(&deep).text, filled("{1}\n\n{2}"));
    let wide = "<p>{1}</p>".repeat(20_000);
    assert_eq!(read(&wide).text, ONE);
    let quotes = "<blockquote>{1}</blockquote>".repeat(20_000);
    read(&quotes);
    let links = "<li><a href=/x>A link to somewhere else</a></li>".repeat(20_000);
    assert_eq!(
        read(&format!(
            "<div><p>{{1}}</p><p>{{2}}</p><ul>{links}</ul></div>"
        ))
        .text,
        filled("{1}\n\n{2}")
    );
}

mod asks;
mod boxes;
mod ends;
mod names;
