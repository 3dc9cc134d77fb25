//! Pages as they are, made to hurt or badly written → what is left of them.

use super::nesting::DEEPEST;
use super::tag::MOST_ATTRIBUTES;
use super::*;

#[test]
fn what_nests_as_pages_do_is_left_as_it_is() {
    for html in [
        "<p>One<p>two<ul><li>three</ul><!-- <div> --><script>'<div>'</script>",
        "a < b, <3, <a title='>'>x</a>",
        "<!-- never closed <div>",
    ] {
        assert!(matches!(tame(html), Cow::Borrowed(_)), "{html}");
    }
    let paragraphs = "<p>x".repeat(10_000);
    assert_eq!(tame(&paragraphs), paragraphs);
}

#[test]
fn what_nests_too_deep_loses_its_tags_and_keeps_its_text() {
    let deep = format!(
        "{}x{}<i>y</i>",
        "<div>".repeat(1_000),
        "</div>".repeat(1_000)
    );
    let kept = format!(
        "{}x{}<i>y</i>",
        "<div>".repeat(DEEPEST),
        "</div>".repeat(DEEPEST)
    );
    assert_eq!(tame(&deep), kept);
}

#[test]
fn of_styles_and_drawings_only_the_tags_stay() {
    let nested = "<svg><g><svg><path></svg></g></svg>";
    for (html, tamed) in [
        ("<style a>p > b { x: '<i>' }</style>x", "<style a></style>x"),
        ("<STYLE>a</p></Style >x", "<STYLE></Style >x"),
        ("<style>never closed", "<style>"),
        (
            "a<svg class=i><path d='M0 0>'/><!-- </svg> --><g><title>A pen</title></g></svg>b",
            "a<svg class=i></svg>b",
        ),
        (
            "<svg/>a<svg></svg><svg/><path></svg>",
            "<svg/>a<svg></svg><svg/><path></svg>",
        ),
        // What may end the drawing before its end tag, or after it, stays.
        ("<svg><p>text</p></svg>", "<svg><p>text</p></svg>"),
        (
            "<svg><foreignObject><p>text</svg>",
            "<svg><foreignObject><p>text</svg>",
        ),
        (
            "<svg><title><b>x</svg></title></svg>",
            "<svg><title><b>x</svg></title></svg>",
        ),
        (
            "<svg><![CDATA[ </svg> ]]></svg>",
            "<svg><![CDATA[ </svg> ]]></svg>",
        ),
        ("<svg></p>text</svg>", "<svg></p>text</svg>"),
        ("<svg><path>never closed", "<svg><path>never closed"),
        (nested, "<svg><g><svg></svg></g></svg>"),
        // Words of programs are no drawings.
        (
            "<script>'<svg><g></svg>'</script>",
            "<script>'<svg><g></svg>'</script>",
        ),
    ] {
        assert_eq!(tame(html), tamed, "{html}");
    }
    let endless = "<svg><path>".repeat(DEEPEST / 2);
    assert_eq!(tame(&endless), endless);
}

#[test]
fn of_programs_only_the_tags_stay_where_nobody_reads_them() {
    for (tag, text, stays) in [
        ("<script>", "var a = '<p>';", false),
        ("<SCRIPT src=a.js>", " ", false),
        ("<script type='text/JavaScript'>", "{}", false),
        ("<script type=module>", "a()", false),
        ("<script data-type=x>", "a()", true),
        ("<script>", " {\"@context\": 1}", true),
        (
            "<script type='application/ld+json' data-by=module>",
            "{}",
            true,
        ),
        ("<script type='text/tawsiyat'>", "{}", true),
        ("<script type='text/x-template'>", "<p>x", true),
    ] {
        let page = format!("<b>a</b>{tag}{text}</script>b");
        let kept = if stays { text } else { "" };
        let left = format!("<b>a</b>{tag}{kept}</script>b");
        assert_eq!(without_programs(&page), left, "{page}");
        assert_eq!(tame(&page), page);
    }
}

#[test]
fn what_a_parser_may_end_elsewhere_stays() {
    for html in [
        "<noscript><style>a</noscript>text<style>b</style>",
        "<svg><p></p><style>a</SVG>text</style>",
        "<script>a<!-- <script> b </script> --> c</script>",
    ] {
        assert_eq!(without_programs(html), html);
    }
}

#[test]
fn a_comment_ends_where_a_parser_ends_it() {
    for comment in [
        "<!-->",
        "<!--->",
        "<!-- a -->",
        "<!-- a --!>",
        "<!----->",
        "<!--!> -->",
        "<!-- > -- > --->",
    ] {
        let page = format!("{comment}<style>a</style>");
        assert_eq!(
            tame(&page),
            format!("{comment}<style></style>"),
            "{comment}"
        );
    }
    let hidden = format!("<!-- a --!>{}", "<div>".repeat(1_000));
    assert_eq!(tame(&hidden).matches("<div>").count(), DEEPEST);
}

#[test]
fn attributes_that_are_too_many_are_left_out() {
    let tag = |attributes: usize, form: &str| {
        let attributes = (0..attributes).map(|n| form.replace('#', &n.to_string()));
        format!("<p{}>", attributes.collect::<String>())
    };
    for form in [" a#", " a#=b", "/a# = \"b > c\"", " =a#='>'", "\n a#=b/c"] {
        let most = tag(MOST_ATTRIBUTES, form);
        let text = "x<br>".repeat(100);
        assert_eq!(
            tame(&format!("{most}{text}")),
            format!("{most}{text}"),
            "{form}"
        );
        let more = format!("{}{text}", tag(10 * MOST_ATTRIBUTES, form));
        let tamed = tame(&more);
        let kept = tamed.strip_suffix(&text).unwrap();
        assert_eq!(
            kept.trim_end_matches(['>', ' ', '/', '\n']),
            &most[..most.len() - 1],
            "{form}"
        );
    }
    let unclosed = tag(300, " a#").replace('>', "");
    assert!(tame(&unclosed).len() < unclosed.len());
}

#[test]
fn formatting_that_is_never_closed_is_bounded() {
    let bomb = format!(
        "{}{}",
        (0..200).map(|n| format!("<b a={n}>")).collect::<String>(),
        "<p>x".repeat(100_000)
    );
    assert!(tame(&bomb).len() < 10_000);
}
