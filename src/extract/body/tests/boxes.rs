//! Boxes of an article → those that belong to its text: captions that are the story, lists of sources.

use super::*;

#[test]
fn captions_that_are_the_story_are_its_text() {
    let slide = |n: u8| format!("<figure><img src=/{n}.jpg><p>Picture {n}: {ONE}</p></figure>");
    let slides: String = (1..9).map(slide).collect();
    let text = read(&format!("<div class=slides>{slides}</div>")).text;
    assert!(text.starts_with("Picture 1: The bridge"), "{text}");
    assert!(text.contains("Picture 8: The bridge"), "{text}");
    let with_text = format!("<article><p>{{1}}</p><p>{{2}}</p><p>{{3}}</p>{slides}</article>");
    assert_eq!(read(&with_text).text, filled("{1}\n\n{2}\n\n{3}"));
}

#[test]
fn lists_of_sources_stay_and_lists_of_stories_go() {
    let list = |site: &str| {
        format!(
            "<div><p>{{1}}</p><p>{{2}}</p><p>{{3}}</p><h2>Where to read on</h2><ul>\
             <li><a href={site}/2>How bridges are counted</a></li>\
             <li><a href={site}/3>How ferries are counted</a></li></ul></div>"
        )
    };
    let kept = "{1}\n\n{2}\n\n{3}\n\nWhere to read on\n\nHow bridges are counted\n\nHow ferries are counted";
    check_text(&[
        (&list(""), "{1}\n\n{2}\n\n{3}"),
        (&list("https://a.example"), "{1}\n\n{2}\n\n{3}"),
        (&list("https://sport.a.example"), "{1}\n\n{2}\n\n{3}"),
        (&list("https://counting.example"), kept),
    ]);
    // Buttons lead away as well.
    check_text(&[(
        "<div><p>{1}</p><p>{2}</p><ul><li><a href=https://x.example/>Post it</a></li><li><a href=https://y.example/>Pin it</a></li></ul></div>",
        "{1}\n\n{2}",
    )]);
}
