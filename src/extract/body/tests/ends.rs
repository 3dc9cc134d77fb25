//! Last lines, lists of links and offers → what of them belongs to the article.

use super::*;

/// The body of a page whose JSON-LD tells `told` as its text.
fn read_beside(told: &str, html: &str) -> Body {
    let base = Url::parse("https://a.example/news/1.html").unwrap();
    let hints = Hints {
        page: "",
        base: &base,
        title: Some("Bridge opened again after eleven months"),
        summary: None,
        article_body: Some(told),
        authors: &[],
    };
    let page = Html::parse_document(&filled(html));
    body(&page, &ArticleRules::default(), &hints).0
}

#[test]
fn what_stands_below_the_told_end_goes() {
    let page = "<div><p>{1}</p><p>{2}</p><p>{3}</p><p>Ask us what you want to know.</p><h3>Good to hear</h3></div>";
    let whole = filled("{1}\n\n{2}\n\n{3}");
    let longer = format!("{whole}\n\nAsk us what you want to know.");
    for (told, text) in [
        (whole.clone(), &whole),
        (filled("<p>{1}</p><p>{2}</p><p>{3}</p>"), &whole),
        // A text that is cut off, or another one, says nothing about the end.
        (format!("{whole} And …"), &longer),
        (filled("{1}\n\n{2}"), &longer),
        (filled("{1} {1} {1} {1}"), &longer),
    ] {
        assert_eq!(&read_beside(&told, page).text, text, "{told}");
    }
    // Tables and posts are often not told.
    let table = "<div><p>{1}</p><p>{2}</p><p>{3}</p><table><tr><td>Cost</td><td>A lot</td></tr></table></div>";
    assert_eq!(
        read_beside(&whole, table).text,
        format!("{whole}\n\nCost\n\nA lot")
    );
}

#[test]
fn announcements_of_what_is_gone_go() {
    let text = "<p>{1}</p><p>{2}</p><p>{3}</p>";
    check_text(&[
        (
            &format!("<div>{text}<p>Heard in our programme:</p></div>"),
            "{1}\n\n{2}\n\n{3}",
        ),
        (
            "<div><p>{1}</p><p>{2}</p><p>More of it:</p><ul><li><a href=/2>Ferries stay for the summer</a></li><li><a href=/3>Trams come in the autumn</a></li></ul><p>{3}</p></div>",
            "{1}\n\n{2}\n\n{3}",
        ),
        (
            "<div><p>{1}</p><p>The mayor asked:</p><p>{2}</p></div>",
            "{1}\n\nThe mayor asked:\n\n{2}",
        ),
    ]);
}

#[test]
fn signs_of_desks_and_agencies_close_no_article() {
    for sign in ["mho/dpa", "(mho, AFP/Reuters)", "OLD/TOWN"] {
        let page = format!("<div><p>{{1}}</p><p>{{2}}</p><p>{sign}</p></div>");
        assert_eq!(read(&page).text, filled("{1}\n\n{2}"), "{sign}");
    }
    for line in ["Mira", "Open 24/7", "boats and/or ferries from now on"] {
        let page = format!("<div><p>{{1}}</p><p>{{2}}</p><p>{line}</p></div>");
        let kept = format!("{{1}}\n\n{{2}}\n\n{line}");
        assert_eq!(read(&page).text, filled(&kept), "{line}");
    }
}

#[test]
fn a_page_about_newsletters_does_not_offer_one_with_each_word() {
    let says = [
        "A newsletter is free and lands in the inbox each morning, says the editor.",
        "Her first newsletter had nine readers, who got it weekly by email.",
        "Then every newsletter grew a second one, and people began to subscribe to lists of them.",
        "She reads no newsletter now, and has an inbox that is empty by noon.",
    ];
    let page = |lines: &[&str]| {
        let lines: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
        format!("<div><p>{{1}}</p>{lines}<p>{{2}}</p></div>")
    };
    let all = format!("{{1}}\n\n{}\n\n{{2}}", says.join("\n\n"));
    assert_eq!(read(&page(&says)).text, filled(&all));
    assert_eq!(read(&page(&says[..1])).text, filled("{1}\n\n{2}"));
}

#[test]
fn lines_on_where_a_text_is_from_and_where_it_is_filed_close_no_article() {
    for line in [
        "Bron: PAPER",
        "Πηγή: paper.example",
        "記者：某某",
        "Categories: Bridges, Ferries",
        "Tags : bridges and ferries",
    ] {
        let page = format!("<div><p>{{1}}</p><p>{{2}}</p><p>{line}</p></div>");
        assert_eq!(read(&page).text, filled("{1}\n\n{2}"), "{line}");
    }
    let sentence = "Topics: there were two, and the mayor spoke on both of them.";
    let page = format!("<div><p>{{1}}</p><p>{sentence}</p><p>{{2}}</p></div>");
    assert_eq!(
        read(&page).text,
        filled(&format!("{{1}}\n\n{sentence}\n\n{{2}}"))
    );
}

#[test]
fn a_subhead_that_says_what_the_text_says_is_no_pull_quote() {
    check_text(&[(
        "<article><p>{1}</p><div class=blockquote-box><h2>Traffic moved slowly at first</h2></div><p>{2}</p></article>",
        "{1}\n\nTraffic moved slowly at first\n\n{2}",
    )]);
}
