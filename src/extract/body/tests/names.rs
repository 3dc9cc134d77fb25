//! Pages whose names mislead → the text that they must yield.

use super::*;

#[test]
fn a_whole_text_in_an_element_named_for_a_label_is_a_text() {
    let more = "<p>The mayor came by boat.</p>Nobody waved.<br>".repeat(8);
    let kept = "The mayor came by boat.\n\nNobody waved.".to_owned();
    let page = format!("<div><span class=field_meta>{{1}}<br>{{2}}<br>{more}{{3}}</span></div>");
    let text = read(&page).text;
    assert!(text.starts_with(&filled("{1}\n{2}")), "{text}");
    assert!(text.contains(&kept), "{text}");
    assert!(text.ends_with(THREE), "{text}");
    check_text(&[(
        "<div><p>{1}</p><p>{2}</p><p><span class=meta>Desk two, late shift</span></p><p>{3}</p></div>",
        "{1}\n\n{2}\n\n{3}",
    )]);
}

#[test]
fn a_heading_named_for_what_links_to_it_stays() {
    check_text(&[(
        "<article><p>{1}</p><h2 class='heading-anchor hide-from-toc'>What comes next</h2><p>{2}</p></article>",
        "{1}\n\nWhat comes next\n\n{2}",
    )]);
}

#[test]
fn boxes_of_one_kind_side_by_side_are_one_article() {
    let links = "<li>The first boat, at six</li><li>The last boat, at ten</li>";
    let lists = format!(
        "<main><div class=sect><p>{{1}}</p><p>{{2}}</p><p>{{3}}</p></div><div class=sect><ul>{links}</ul></div>\
         <div class=sect><p>Boats wait until there is water enough for all of them.</p></div><div class=tool>{}</div></main>",
        "<p>Big boat, left bank</p>".repeat(20)
    );
    let found = "{1}\n\n{2}\n\n{3}\n\nThe first boat, at six\n\nThe last boat, at ten\n\nBoats wait until there is water enough for all of them.";
    check_text(&[(&lists, found)]);
    // Straight in the page stands everything else, too.
    let notice = "<div class=note><p>We keep your data for eleven months, as the law of the land wants it of papers.</p></div>";
    let page = format!(
        "<div class=row><p>{{1}}</p><p>{{2}}</p></div><div class=row><p>{{3}}</p></div>{notice}"
    );
    check_text(&[(&page, "{1}\n\n{2}\n\n{3}")]);
}

#[test]
fn a_caption_is_no_standfirst_whatever_else_it_is_called() {
    check_text(&[(
        "<article><header><div class='image__caption lead'>Cars queue before the old bridge on the river on Monday.</div></header>\
         <div class=article-body><p>{1}</p><p>{2}</p></div></article>",
        "{1}\n\n{2}",
    )]);
}

#[test]
fn parts_that_are_sent_late_stand_in_their_places() {
    check_text(&[
        (
            "<article><p>{1}</p><!--$?--><template id='B:0'></template><p>Loading the text …</p><!--/$-->\
             <p>{3}</p></article><footer><p>Nobody reads this down here, says the mayor.</p></footer>\
             <div hidden id='S:1'><b>Traffic</b> moved slowly at first, but by noon the queues on both banks had gone,</div>\
             <div hidden id='S:0'><p><template id='P:1'></template> drivers told us.</p></div>",
            "{1}\n\n{2}\n\n{3}",
        ),
        // A part without a place, two places for one part, and a part within itself.
        (
            "<article><p>{1}</p><p>{2}</p><div hidden id='S:7'><p>{3}</p></div></article>",
            "{1}\n\n{2}\n\n{3}",
        ),
        (
            "<article><p>{1}</p><template id='B:0'></template><template id='B:0'></template><p>{3}</p></article>\
             <div hidden id='S:0'><p>{2}</p><template id='P:0'></template></div>",
            "{1}\n\n{2}\n\n{3}",
        ),
    ]);
}
