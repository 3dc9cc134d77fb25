//! Markup of sites → what is left of it, whole.

use super::*;

fn clean(html: &str) -> String {
    sanitize(html, &Url::parse("https://a.example/news/1.html").unwrap())
}

fn check(rows: &[(&str, &str)]) {
    for (html, safe) in rows {
        assert_eq!(clean(html), *safe, "{html}");
    }
}

#[test]
fn addresses_become_absolute_and_lose_what_follows_people() {
    check(&[
        (
            "<p>See <a href='../x?id=2&utm_source=feed#part'>this</a>.</p>",
            "<p>See <a href=\"https://a.example/x?id=2\">this</a>.</p>",
        ),
        (
            "<blockquote cite=/speech>Words.</blockquote>",
            "<blockquote cite=\"https://a.example/speech\">Words.</blockquote>",
        ),
        (
            "<video poster=p.jpg><source src=v.mp4 type=video/mp4></video>",
            "<video poster=\"https://a.example/news/p.jpg\" controls=\"\">\
             <source src=\"https://a.example/news/v.mp4\" type=\"video/mp4\"></video>",
        ),
        ("<p>Note<a href='#n1'>1</a></p>", "<p>Note1</p>"),
    ]);
}

#[test]
fn nothing_that_runs_styles_or_asks_gets_through() {
    check(&[
        (
            "<p onclick='x()' style='color:red' class=a id=b>Text</p>",
            "<p>Text</p>",
        ),
        ("<a href='javascript:alert(1)'>Text</a>", "Text"),
        ("<a href=' JaVaScRiPt:alert(1)'>Text</a>", "Text"),
        ("<a href='data:text/html,x'>Text</a>", "Text"),
        (
            "<img src=x onerror=alert(1)>",
            "<img src=\"https://a.example/news/x\">",
        ),
        ("<img src='javascript:alert(1)'>", ""),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        (
            "<form action=/x><input name=q><button>Go</button>Text</form>",
            "Text",
        ),
        (
            "<svg><script>1</script><a xlink:href='javascript:1'>x</a></svg>Text",
            "Text",
        ),
        (
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "",
        ),
        (
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
            "<img src=\"https://a.example/news/x\">'&gt;",
        ),
        (
            "<base href=//evil.example/><meta http-equiv=refresh><link rel=x>Text",
            "Text",
        ),
        ("<!-- a --><![CDATA[ b ]]>Text", "Text"),
    ]);
}

#[test]
fn lazy_pictures_show_their_true_address_and_pixels_go() {
    check(&[
        (
            "<img src='data:image/gif;base64,R0' data-src='/p.jpg' alt='A &quot;boat&quot;' width=640px height=auto>",
            "<img src=\"https://a.example/p.jpg\" alt=\"A &quot;boat&quot;\" width=\"640\">",
        ),
        (
            "<img srcset='/s.jpg 100w, /l.jpg 900w' src='/s.jpg'>",
            "<img src=\"https://a.example/l.jpg\">",
        ),
        (
            "<picture><source srcset='/w.webp 900w'><img alt=''></picture>",
            "<img src=\"https://a.example/w.webp\" alt=\"\">",
        ),
        (
            "<img src='https://t.example/count?x=1' width=1 height=1>",
            "",
        ),
        ("<img src='https://t.example/pixel.gif?id=9'>", ""),
        ("<img src='/a.jpg' style='display: none'>", ""),
    ]);
}

#[test]
fn players_become_links() {
    check(&[
        (
            "<iframe src='//v.example/embed/7?utm_medium=x' title='The match'></iframe>",
            "<p><a href=\"https://v.example/embed/7\">The match</a></p>",
        ),
        (
            "<iframe data-src='https://v.example/embed/7' data-thumbnail='/t.jpg'></iframe>",
            "<p><a href=\"https://v.example/embed/7\"><img src=\"https://a.example/t.jpg\" alt=\"\"><br>v.example</a></p>",
        ),
        (
            "<object data='/film.swf'>Old</object>",
            "<p><a href=\"https://a.example/film.swf\">a.example</a></p>Old",
        ),
        ("<iframe src='about:blank'></iframe>", ""),
    ]);
}

#[test]
fn structure_direction_and_language_stay() {
    check(&[
        (
            "<h1 dir=RTL lang=ar>عنوان</h1><ol start=3><li value=4>x</ol><table><tr><td colspan=2>y</table>",
            "<h2 dir=\"rtl\" lang=\"ar\">عنوان</h2><ol start=\"3\"><li value=\"4\">x</li></ol>\
             <table><tbody><tr><td colspan=\"2\">y</td></tr></tbody></table>",
        ),
        (
            "<p>One <b>two<p>three",
            "<p>One <b>two</b></p><p><b>three</b></p>",
        ),
        ("<span>a</span> <font color=red>b</font>", "a b"),
    ]);
}

#[test]
fn what_is_made_to_hurt_is_bounded() {
    let deep = "<div>".repeat(10_000) + "x";
    assert!(clean(&deep).contains('x'));
    let wide = "<p>x</p>".repeat(50_000);
    assert_eq!(clean(&wide).len(), wide.len());
    let unclosed: String = (0..200).map(|n| format!("<b a={n}>")).collect();
    let unclosed = unclosed + &"<p>x".repeat(100_000);
    assert!(clean(&unclosed).len() < 1_000_000);
    let long = "x".repeat(LONGEST_BYTES + 9);
    assert_eq!(clean(&long).replace("<wbr>", "").len(), LONGEST_BYTES);
}

#[test]
fn one_long_text_is_broken_where_it_costs_and_stays_as_it_is_from_then_on() {
    let letters = "a&b « ".repeat(10_000);
    let pieces = "<font>a&b</font>".repeat(10_000);
    for (html, breaks) in [
        ("a & b".repeat(1_000), 0),
        (letters.clone(), 4),
        (format!("<p>{letters}"), 4),
        (pieces, 4),
        ("<b>a&b</b>".repeat(10_000), 0),
    ] {
        let once = clean(&html);
        assert_eq!(once.matches("<wbr>").count(), breaks, "{}", &html[..20]);
        assert_eq!(clean(&once), once);
    }
    let (address, words) = ("x".repeat(9_000), "a&".repeat(9_000));
    for (html, left) in [
        (format!("<a href='/{address}'>a</a>"), "<a>a</a>"),
        (
            format!("<img src=/p.jpg alt='{words}'>"),
            "<img src=\"https://a.example/p.jpg\">",
        ),
        (
            format!("<iframe src=/v title='{words}'></iframe>"),
            "<p><a href=\"https://a.example/v\">a.example</a></p>",
        ),
    ] {
        assert_eq!(clean(&html), left);
    }
}
