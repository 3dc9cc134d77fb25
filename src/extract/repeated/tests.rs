//! Articles of one site, learned in order → what is struck from the next one, and what is remembered.

use super::*;

const ADVERT: &str = "Advertise in the printed paper: write to the office in the harbour.";

const OWN: &str =
    "The harbour was closed on Friday, and it will not be opened before the storm is over.";

/// Words without one in common, for titles of stories that have nothing to do with each other.
const THINGS: [&str; 8] = [
    "Harbour closed",
    "Bridge mended",
    "Seventy geese counted",
    "Library burnt",
    "Younger mayor elected",
    "Record apple harvest",
    "Quarrel about trams",
    "Opera season begins",
];

fn body(paragraphs: &[&str]) -> Body {
    Body {
        html: paragraphs
            .iter()
            .map(|text| format!("<p>{text}</p>"))
            .collect(),
        text: paragraphs.join("\n\n"),
    }
}

fn own(number: u32) -> String {
    format!("The river rose by {number} metres in the night, the office at the bridge said.")
}

/// Learns `articles` articles; what stands in `with` of them, evenly spread, is `shared`.
fn learned(articles: u32, with: u32, shared: &str, title: impl Fn(u32) -> String) -> Repeated {
    let mut repeated = Repeated::default();
    for n in 0..articles {
        let own = own(n);
        let all = [own.as_str(), shared];
        let has = n * with / articles != (n + 1) * with / articles;
        let shown = if has { &all[..] } else { &all[..1] };
        repeated.learn(Some(&title(n)), &body(shown));
    }
    repeated
}

fn unlike(number: u32) -> String {
    THINGS[number as usize % THINGS.len()].to_owned()
}

#[test]
fn what_a_sites_articles_repeat_is_struck_from_markup_and_text() {
    let page = body(&[OWN, ADVERT]);
    let without = body(&[OWN]);
    for (articles, with, expected) in [
        (4, 4, Some(without.clone())),
        (24, 12, Some(without)),
        // Three pages of one story share a paragraph.
        (3, 3, None),
        // So do the stories of a war that an agency explains each time.
        (40, 10, None),
    ] {
        let repeated = learned(articles, with, ADVERT, unlike);
        assert_eq!(repeated.without(&page), expected, "{with} of {articles}");
    }
}

#[test]
fn what_stories_about_one_thing_repeat_is_theirs() {
    let page = body(&[OWN, ADVERT]);
    for titles in [
        |n: u32| format!("Old dam, part {n}: {}", unlike(n)),
        |n: u32| format!("旧水坝第{n}篇"),
        |_: u32| "One story that six addresses have".to_owned(),
    ] {
        assert_eq!(learned(6, 6, ADVERT, titles).without(&page), None);
    }
}

#[test]
fn a_short_line_is_struck_only_where_what_follows_it_goes_too() {
    let short = "More from the harbour";
    let mut repeated = Repeated::default();
    for n in 0..6 {
        repeated.learn(Some(&unlike(n)), &body(&[&own(n), short, ADVERT]));
    }
    let other = "The ferries are tied up at the inner quay, and their crews have been sent home.";
    for (lines, left) in [
        (vec![OWN, other, short], Some(body(&[OWN, other]))),
        (vec![OWN, short, ADVERT, other], Some(body(&[OWN, other]))),
        (vec![short, OWN, other], None),
        (vec![OWN, short, other], None),
    ] {
        assert_eq!(repeated.without(&body(&lines)), left, "{lines:?}");
    }
}

#[test]
fn articles_without_a_text_do_not_count() {
    let mut repeated = Repeated::default();
    for n in 0..100 {
        let text = body(&[&own(n), ADVERT]);
        let shown = if n % 20 == 0 { text } else { body(&[]) };
        repeated.learn(Some(&unlike(n / 20)), &shown);
    }
    let page = body(&[OWN, ADVERT]);
    assert_eq!(repeated.without(&page), Some(body(&[OWN])));
}

#[test]
fn a_body_of_little_else_is_left_as_it_is() {
    let repeated = learned(6, 6, ADVERT, unlike);
    assert_eq!(repeated.without(&body(&[ADVERT])), None);
    assert_eq!(repeated.without(&body(&["Closed.", ADVERT])), None);
}

#[test]
fn a_line_is_struck_wherever_the_markup_has_it_and_takes_with_it_what_it_empties() {
    let repeated = learned(6, 6, ADVERT, unlike);
    for (markup, left) in [
        (format!("{OWN}<br>{ADVERT}"), OWN.to_owned()),
        (format!("{ADVERT}<br>{OWN}"), OWN.to_owned()),
        (
            format!("One.<br>{ADVERT}<br>{OWN}"),
            format!("One.<br>{OWN}"),
        ),
        (
            format!(
                "<p>{OWN}</p><ul><li><b>Advertise</b> in{}</li></ul>",
                &ADVERT[12..]
            ),
            format!("<p>{OWN}</p>"),
        ),
        (
            format!("<p>{OWN}</p><ul><li>One</li><li>{ADVERT}</li></ul>"),
            format!("<p>{OWN}</p><ul><li>One</li></ul>"),
        ),
        (
            format!(
                "<table><tbody><tr><td>{OWN}</td><td>{ADVERT}</td></tr><tr><td> {ADVERT}</td><td></td></tr></tbody></table>"
            ),
            format!("<table><tbody><tr><td>{OWN}</td><td></td></tr></tbody></table>"),
        ),
        (
            format!(
                "<p>{OWN}</p><figure><img src=\"p.jpg\"><figcaption>{ADVERT}</figcaption></figure>"
            ),
            format!("<p>{OWN}</p><figure><img src=\"p.jpg\"></figure>"),
        ),
    ] {
        let page = Body {
            html: markup.clone(),
            text: format!("{OWN}\n{ADVERT}"),
        };
        let found = repeated.without(&page);
        let expected = Body {
            html: left,
            text: OWN.to_owned(),
        };
        assert_eq!(found, Some(expected), "{markup}");
    }
}

#[test]
fn what_the_markup_spells_otherwise_stays_in_both() {
    let repeated = learned(6, 6, ADVERT, unlike);
    let page = Body {
        html: format!("<p>{OWN}</p><p>{ADVERT} Or call.</p>"),
        text: format!("{OWN}\n\n{ADVERT}"),
    };
    assert_eq!(repeated.without(&page), None);
}

#[test]
fn what_is_known_stays_known_over_a_quiet_week_and_is_forgotten_in_the_end() {
    let page = body(&[OWN, ADVERT]);
    let mut repeated = learned(8, 8, ADVERT, unlike);
    for (more, is_struck) in [(0, true), (80, true), (20, false)] {
        for n in 0..more {
            repeated.learn(Some(&unlike(n)), &body(&[&own(n)]));
        }
        assert_eq!(repeated.without(&page).is_some(), is_struck, "{more}");
    }
}

#[test]
fn what_is_remembered_is_bounded_and_what_repeats_outlives_the_rest() {
    let mut repeated = Repeated::default();
    let page = body(&[OWN, ADVERT]);
    for n in 0..100 {
        let long: Vec<String> = (0..300)
            .map(|line| format!("Line {line} of the article with the number {n} on the river."))
            .collect();
        let mut long: Vec<&str> = long.iter().map(String::as_str).collect();
        long.push(ADVERT);
        repeated.learn(Some(&unlike(n)), &body(&long));
        assert!(repeated.lines.len() <= MOST_LINES, "{n}");
        assert!(repeated.to_bytes().len() <= 5 + MOST_LINES * LINE_BYTES);
    }
    assert!(repeated.without(&page).is_some());
}

#[test]
fn what_was_learned_outlives_a_restart_and_nonsense_is_nothing() {
    let repeated = learned(6, 6, ADVERT, unlike);
    let bytes = repeated.to_bytes();
    assert_eq!(Repeated::from_bytes(&bytes), repeated);
    let nothing = Repeated::default();
    let cut = &bytes[..bytes.len() - 1];
    let newer = [&[9], &bytes[1..]].concat();
    let mut impossible = bytes.clone();
    impossible[1..5].fill(0);
    for nonsense in [&[][..], cut, &newer, &impossible, b"text"] {
        assert_eq!(Repeated::from_bytes(nonsense), nothing);
    }
}
