//! Facts about listings that need no page of their own.

use regex::Regex;
use scraper::Selector;

use super::*;
use crate::config::FieldSelector;
use crate::model::Validator;

fn page(url: &str, text: &str) -> Page {
    Page {
        url: Url::parse(url).unwrap(),
        text: text.to_owned(),
        media_type: "text/html".to_owned(),
        language: None,
        date: None,
        validator: Validator::default(),
    }
}

fn now() -> DateTime<Utc> {
    "2025-10-03T09:00:00Z".parse().unwrap()
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn field(css: &str, attribute: Option<&str>) -> Vec<FieldSelector> {
    vec![FieldSelector {
        selector: selector(css),
        attribute: attribute.map(str::to_owned),
    }]
}

/// The paths of the items of `text` by `rules`.
fn paths(text: &str, rules: &ListingRules) -> Vec<String> {
    discover(&page("https://a.example/news", text), rules, now())
        .unwrap()
        .items
        .iter()
        .map(|item| item.url.as_ref().unwrap().path().to_owned())
        .collect()
}

const RIVER: &str = r#"
    <nav><a href="/news">News</a> <a href="/sport">Sport</a></nav>
    <main>
      <div class="card"><h2><a href="/news/one">The first story of this little river</a></h2>
        <b class="kicker">A kicker</b><i data-day="2025-10-01">yesterday or so</i></div>
      <div class="card"><h2><a href="/news/two">The second story of this little river</a></h2>
        <b class="kicker">Another kicker</b><i data-day="2025-09-30">long ago</i></div>
      <div class="card"><h2><a href="/blog/three">The third story of this little river</a></h2></div>
    </main>
    <div class="box"><h3>Most read</h3>
      <p><a href="/news/nine">A story that many read some weeks ago</a></p>
      <p><a href="/news/ten">Another story that many read some weeks ago</a></p></div>"#;

#[test]
fn addresses_are_kept_and_left_by_pattern() {
    let patterns = |patterns: &[&str]| -> Vec<Regex> {
        patterns.iter().map(|p| Regex::new(p).unwrap()).collect()
    };
    for (wanted, ignored, expected) in [
        (
            &[][..],
            &[][..],
            &["/news/one", "/news/two", "/blog/three"][..],
        ),
        (&["/news/"], &[], &["/news/one", "/news/two"]),
        (&[], &["two$"], &["/news/one", "/blog/three"]),
    ] {
        let rules = ListingRules {
            article_urls: patterns(wanted),
            ignore_urls: patterns(ignored),
            ..ListingRules::default()
        };
        assert_eq!(paths(RIVER, &rules), expected);
    }
}

#[test]
fn a_field_selector_alone_leaves_finding_the_items_to_discovery() {
    let rules = ListingRules {
        title: field("b.kicker", None),
        date: field("i", Some("data-day")),
        ..ListingRules::default()
    };
    let listing = discover(&page("https://a.example/news", RIVER), &rules, now()).unwrap();
    let shown: Vec<_> = listing
        .items
        .iter()
        .map(|item| {
            let date = item
                .hints
                .published
                .map(|when| when.at.date_naive().to_string());
            (item.hints.title.clone().unwrap(), date)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("A kicker".to_owned(), Some("2025-10-01".to_owned())),
            ("Another kicker".to_owned(), Some("2025-09-30".to_owned())),
            ("The third story of this little river".to_owned(), None),
        ]
    );
}

#[test]
fn a_new_section_shows_its_only_story_and_an_empty_one_nothing() {
    let rail = r#"<aside><h3>Most Read</h3><ul>
        <li><img src="/1.jpg"><h4><a href="/news/nine">A story that many read some weeks ago</a></h4></li>
        <li><img src="/2.jpg"><h4><a href="/news/ten">Another story that many read weeks ago</a></h4></li>
        <li><img src="/3.jpg"><h4><a href="/news/six">A third story that many read weeks ago</a></h4></li></ul></aside>"#;
    let story = r#"<div class="card"><img src="/4.jpg"><h3><a href="/news/one">The first story of a section that is new</a></h3>
        <p>It was written this morning, before the section had a name of its own.</p></div>"#;
    let rules = ListingRules::default();
    let one = format!("<main><h1>Harbour</h1>{story}</main>{rail}");
    assert_eq!(paths(&one, &rules), ["/news/one"]);
    let none = format!("<main><h1>Harbour</h1><p>Nothing here yet.</p></main>{rail}");
    let url = "https://a.example/news";
    assert_eq!(
        discover(&page(url, &none), &rules, now()),
        Err(NoListing::NoArticles(Url::parse(url).unwrap()))
    );
}

#[test]
fn the_title_is_read_without_what_stands_around_it() {
    for (link, title) in [
        (
            "<h3><a href=/1>A plain title of a story</a></h3>",
            "A plain title of a story",
        ),
        (
            "<a href=/1><h3>A title <time>3 Oct 2025</time></h3></a>",
            "A title",
        ),
        (
            "<h3><a href=/1><span class=date>3 Oct</span> A dated title</a></h3>",
            "A dated title",
        ),
        (
            "<a href=/1 aria-label='The title of the card'><h3>Analysis The title of the card</h3></a>",
            "The title of the card",
        ),
        (
            "<h3>An unlinked title of a story</h3><p>Text.</p><a href=/1>Read more</a>",
            "An unlinked title of a story",
        ),
        (
            "<a href=/1><img alt='A title that only its picture has'></a>",
            "A title that only its picture has",
        ),
        (
            "<a href=/1 title='Permalink to A story named by its link'></a><p>Text.</p>",
            "A story named by its link",
        ),
        (
            "<a href=/1><div>Opinion</div><div>A card's title is the first long line</div><div>And this is what it says about it.</div></a>",
            "A card's title is the first long line",
        ),
        (
            "<a href=/1><img src=i.jpg></a><a href=/t>Trams</a><a href=/1>The second link has the title</a><a href=/1#comments>12 comments</a>",
            "The second link has the title",
        ),
    ] {
        let others: String = (2..6)
            .map(|number| format!("<li>{}</li>", link.replace("/1", &format!("/{number}"))))
            .collect();
        let text = format!("<main><ul><li>{link}</li>{others}</ul></main>");
        let listing = discover(
            &page("https://a.example/news", &text),
            &ListingRules::default(),
            now(),
        )
        .unwrap();
        let first = &listing.items[0];
        assert_eq!(first.url.as_ref().unwrap().path(), "/1", "{link}");
        assert_eq!(first.hints.title.as_deref(), Some(title), "{link}");
        assert_eq!(listing.items.len(), 5, "{link}");
    }
}

#[test]
fn configured_boxes_and_links_are_the_only_items() {
    for (item, link, expected) in [
        (
            vec![selector("div.box p")],
            vec![],
            &["/news/nine", "/news/ten"][..],
        ),
        (
            vec![],
            field("div.box a", None),
            &["/news/nine", "/news/ten"],
        ),
        (
            vec![],
            field("h2", None),
            &["/news/one", "/news/two", "/blog/three"],
        ),
        (
            vec![selector("div.none"), selector("div.card")],
            field("a[href*=news]", Some("href")),
            &["/news/one", "/news/two", "/blog/three"],
        ),
    ] {
        let rules = ListingRules {
            item,
            link,
            ..ListingRules::default()
        };
        assert_eq!(paths(RIVER, &rules), expected);
    }
}

#[test]
fn a_page_in_itself_is_explained_block_by_block() {
    let explanation = explain(
        &page("https://a.example/news", RIVER),
        &ListingRules::default(),
    );
    let blocks: Vec<_> = explanation
        .blocks
        .iter()
        .map(|block| (block.pages, block.reason, block.selector.as_str()))
        .collect();
    assert_eq!(
        blocks,
        [
            (3, None, "div.card"),
            (
                2,
                Some("is a box of most-read, related or recommended stories"),
                "div.box > p"
            ),
            (1, Some("stands in the navigation"), "body > nav"),
        ]
    );
    assert!(explanation.sure > 0.5, "{}", explanation.sure);
}

#[test]
fn the_selector_that_an_explanation_proposes_finds_the_same_items() {
    let automatic = paths(RIVER, &ListingRules::default());
    let explanation = explain(
        &page("https://a.example/news", RIVER),
        &ListingRules::default(),
    );
    let rules = ListingRules {
        item: vec![selector(&explanation.blocks[0].selector)],
        ..ListingRules::default()
    };
    assert_eq!(paths(RIVER, &rules), automatic);
}

#[test]
fn the_next_page_is_found_by_relation_label_or_number() {
    for (url, links, next) in [
        (
            "/news",
            "<link rel=next href='/news?page=2'>",
            Some("/news?page=2"),
        ),
        (
            "/news",
            "<a rel='nofollow next' href='?p=2'>x</a>",
            Some("/news?p=2"),
        ),
        (
            "/news",
            "<a href='/news/page/2/'>Older posts »</a>",
            Some("/news/page/2/"),
        ),
        (
            "/news",
            "<a href='/news/2'>الصفحة التالية</a>",
            Some("/news/2"),
        ),
        ("/news", "<a href='/news/2'>העמוד הבא</a>", Some("/news/2")),
        ("/news", "<a href='/news/2'>下一页</a>", Some("/news/2")),
        (
            "/news",
            "<a href='/news/2' aria-label='Nächste Seite'><svg></svg></a>",
            Some("/news/2"),
        ),
        (
            "/news",
            "<a href='/news?page=1'>1</a><a href='/news?page=2'>2</a>",
            Some("/news?page=2"),
        ),
        (
            "/news?page=2",
            "<a href='/news?page=2'>2</a><a href='/news?page=3'>3</a>",
            Some("/news?page=3"),
        ),
        (
            "/news/page/2/",
            "<a href='/news/'>1</a><a href='/news/page/3/'>3</a>",
            Some("/news/page/3/"),
        ),
        // What leads elsewhere, or back here, continues nothing.
        (
            "/news",
            "<a rel=next href='https://b.example/news?page=2'>Next</a>",
            None,
        ),
        ("/news", "<a rel=next href='/news#more'>Next</a>", None),
        ("/news", "<a href='/sport/cup-final'>Next</a>", None),
        ("/news", "<a href='javascript:more()'>Load more</a>", None),
        ("/news", "<a href='/topics/2'>2</a>", None),
    ] {
        let url = format!("https://a.example{url}");
        let text = format!("{RIVER}{links}");
        let listing = discover(&page(&url, &text), &ListingRules::default(), now()).unwrap();
        let found = listing
            .next
            .map(|next| next.to_string().replace("https://a.example", ""));
        assert_eq!(found.as_deref(), next, "{url} {links}");
    }
}

#[test]
fn a_next_selector_overrules_every_guess() {
    let rules = ListingRules {
        next: field("a.further", None),
        ..ListingRules::default()
    };
    let text =
        format!("{RIVER}<a rel=next href='?page=2'>Next</a><a class=further href='/older'>…</a>");
    let listing = discover(&page("https://a.example/news", &text), &rules, now()).unwrap();
    assert_eq!(listing.next.unwrap().path(), "/older");
}

#[test]
fn an_index_of_sitemaps_is_read_newest_first_and_within_bounds() {
    let parts: String = (0..500)
        .map(|day| {
            let date = DateTime::from_timestamp(86_400 * day, 0)
                .unwrap()
                .date_naive();
            format!("<sitemap><loc>/s{day}.xml</loc><lastmod>{date}</lastmod></sitemap>")
        })
        .collect();
    let text = format!("<sitemapindex>{parts}</sitemapindex>");
    let listing = discover(
        &page("https://a.example/sitemap.xml", &text),
        &ListingRules::default(),
        now(),
    )
    .unwrap();
    assert_eq!(listing.parts.len(), 100);
    assert_eq!(listing.parts[0].path(), "/s499.xml");
}
