//! What sites send that no one should: each ends in a sentence, and costs itself only.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use feedwright::model::Identity;
use feedwright::ops::now;
use feedwright::run::{Service, open_store};
use feedwright::store::Known;

use crate::reader::{get, shown, text};
use crate::site::{Reply, STORIES, Site, article, fill, listing, poll_once};
use crate::trial::{parse, sources, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_that_is_none_ends_in_a_sentence_and_costs_no_other_section() {
    let site = Site::start().await;
    let here = |path: &str| format!("http://{}{path}", site.address);
    fill(&site, "/news");
    site.put(
        "/picture",
        Reply::Page(200, "image/png", b"\x89PNG\r\n\x1a\n".to_vec()),
    );
    site.put(
        "/binary",
        Reply::Page(200, "text/html", vec![0, 1, 2, 3, 4, 5, 6, 7]),
    );
    site.typed(
        "/words",
        "text/plain",
        "These are only a few words and no list of anything.",
    );
    site.page("/empty", "");
    site.put("/huge", Reply::Flood(50_000_000));
    site.put("/loop", Reply::Redirect("/loop-2".to_owned()));
    site.put("/loop-2", Reply::Redirect("/loop".to_owned()));
    site.page(
        "/about",
        "<html><body><h1>About us</h1><p>We are a small paper and have no list of articles on this page, only these words \
         about ourselves, which go on for a while so that nobody takes the page for an empty frame.</p></body></html>",
    );
    site.page(
        "/drawn",
        "<html><body><div id=\"root\"></div><script src=\"/app.js\"></script></body></html>",
    );
    let no_list = |path: &str| {
        format!(
            "nothing on {} looks like a list of articles; is it the address of a section, and does the page show its list \
             without a script?",
            here(path)
        )
    };
    let cases = [
        (
            "/picture",
            format!(
                "{} is a picture, not a page, a feed or another text; is the address right?",
                here("/picture")
            ),
        ),
        (
            "/binary",
            format!(
                "{} is a binary file, not a page, a feed or another text; is the address right?",
                here("/binary")
            ),
        ),
        ("/words", no_list("/words")),
        (
            "/empty",
            format!("{} answered with an empty page", here("/empty")),
        ),
        (
            "/huge",
            format!(
                "{} is larger than 10000000 bytes and was not read to its end; `page_bytes` allows more",
                here("/huge")
            ),
        ),
        (
            "/loop",
            format!(
                "{} leads back to itself: a redirect loop; does the site want a cookie, or another address?",
                here("/loop")
            ),
        ),
        ("/about", no_list("/about")),
        (
            "/nowhere",
            format!(
                "{} is gone: the site answered 404 Not Found",
                here("/nowhere")
            ),
        ),
    ];
    let mut sections: Vec<&str> = cases.iter().map(|(path, _)| *path).collect();
    sections.extend(["/drawn", "/news"]);
    let folder = TempDir::new().unwrap();
    let reports = poll_once(site.config(folder.path(), &sections)).await;
    for ((path, sentence), report) in cases.iter().zip(&reports) {
        assert_eq!(report.error.as_ref(), Some(sentence), "{path}");
    }
    let drawn = reports[cases.len()].error.clone().unwrap();
    let start = format!("the listing on {} is drawn by JavaScript; ", here("/drawn"));
    assert!(drawn.starts_with(&start), "{drawn}");
    let news = reports.last().unwrap();
    assert_eq!((news.new, &news.error), (5, &None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_that_is_none_ends_in_a_sentence_and_costs_no_other_article() {
    let site = Site::start().await;
    let here = |path: &str| format!("http://{}{path}", site.address);
    fill(&site, "/news");
    let bad = [
        ("/news/a-story-that-was-deleted", "A story that was deleted"),
        (
            "/news/a-story-that-was-taken-back",
            "A story that was taken back",
        ),
        (
            "/news/a-story-behind-a-circle-of-doors",
            "A story behind a circle of doors",
        ),
        (
            "/news/a-story-of-fifty-million-bytes",
            "A story of fifty million bytes",
        ),
        (
            "/news/a-story-that-is-an-empty-page",
            "A story that is an empty page",
        ),
        (
            "/news/a-story-that-is-only-a-picture",
            "A story that is only a picture",
        ),
        (
            "/news/a-story-that-leads-home-again",
            "A story that leads home again",
        ),
    ];
    let stories = [&bad[..], &STORIES[..]].concat();
    site.page("/news", &listing(&stories));
    site.page("/", &listing(&STORIES));
    site.put(bad[1].0, Reply::Page(410, "text/html", b"Gone.".to_vec()));
    site.put(bad[2].0, Reply::Redirect(bad[2].0.to_owned()));
    site.put(bad[3].0, Reply::Flood(50_000_000));
    site.page(bad[4].0, "");
    site.put(
        bad[5].0,
        Reply::Page(200, "image/jpeg", b"\xff\xd8\xff".to_vec()),
    );
    site.put(bad[6].0, Reply::Redirect("/".to_owned()));
    let folder = TempDir::new().unwrap();
    let report = poll_once(site.config(folder.path(), &["/news"]))
        .await
        .remove(0);
    assert_eq!((report.new, &report.error), (5, &None), "{report:?}");
    let mut told: Vec<(String, String)> = report
        .passed
        .iter()
        .map(|passed| {
            (
                passed.url.as_ref().unwrap().path().to_owned(),
                passed.reason.clone(),
            )
        })
        .collect();
    told.sort();
    let mut expected = [
        (0, format!("{} is gone: the site answered 404 Not Found", here(bad[0].0))),
        (1, format!("{} is gone: the site answered 410 Gone", here(bad[1].0))),
        (2, format!("{} leads back to itself: a redirect loop; does the site want a cookie, or another address?", here(bad[2].0))),
        (3, format!("{} is larger than 10000000 bytes and was not read to its end; `page_bytes` allows more", here(bad[3].0))),
        (4, format!("{} is empty", here(bad[4].0))),
        (5, format!("{} is a picture, not a page, a feed or another text; is the address right?", here(bad[5].0))),
        (6, format!("{} leads to the front page of its site now", here(bad[6].0))),
    ]
    .map(|(number, reason)| (bad[number].0.to_owned(), reason));
    expected.sort();
    assert_eq!(told, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_that_may_only_be_late_is_asked_for_again_and_one_that_never_will_be_is_not() {
    let site = Site::start().await;
    let late = [
        (
            "/news/a-story-that-is-not-there-yet",
            "A story that is not there yet",
        ),
        (
            "/news/a-story-behind-a-broken-server",
            "A story behind a broken server",
        ),
        (
            "/news/a-story-that-is-an-empty-page",
            "A story that is an empty page",
        ),
        (
            "/news/a-story-that-is-only-a-picture",
            "A story that is only a picture",
        ),
    ];
    fill(&site, "/news");
    site.page("/news", &listing(&[&late[..], &STORIES[..]].concat()));
    site.put(late[1].0, Reply::Page(500, "text/html", b"Oh no.".to_vec()));
    site.page(late[2].0, "");
    site.put(late[3].0, Reply::Page(200, "image/png", Vec::new()));
    let folder = TempDir::new().unwrap();
    let config = site.config(folder.path(), &["/news"]);
    let report = poll_once(config.clone()).await.remove(0);
    assert_eq!((report.new, report.passed.len()), (5, 4), "{report:?}");
    let store = open_store(&config).await.unwrap();
    let identities = late.map(|(path, _)| Identity(format!("{}{path}", site.address)));
    let known = store
        .known(&config.sites[0].slug, identities.to_vec())
        .await
        .unwrap();
    for (identity, again) in identities.iter().zip([true, true, true, false]) {
        let Some(Known::Passed(passed)) = known.get(identity) else {
            panic!("{identity:?}: {known:?}");
        };
        assert_eq!(
            passed.retry_at.is_some_and(|at| at > now()),
            again,
            "{passed:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn articles_that_never_answer_do_not_keep_the_others_waiting_for_long() {
    let site = Site::start().await;
    let silent = [1, 2, 3, 4].map(|number| {
        let title = format!("A story that nobody will ever tell, part {number}");
        (format!("/news/a-story-that-is-never-told-{number}"), title)
    });
    let stories: Vec<(&str, &str)> = STORIES
        .into_iter()
        .chain(
            silent
                .iter()
                .map(|(path, title)| (path.as_str(), title.as_str())),
        )
        .collect();
    fill(&site, "/news");
    site.page("/news", &listing(&stories));
    for (path, _) in &silent {
        site.put(path, Reply::Silence);
    }
    let folder = TempDir::new().unwrap();
    let mut config = site.config(folder.path(), &["/news"]);
    config.sites[0].politeness.timeout = Duration::from_millis(500);
    // The last of the list is the oldest and comes first.
    let report = poll_once(config.clone()).await.remove(0);
    assert_eq!((report.new, report.passed.len()), (0, 3));
    assert_eq!(
        report.error,
        Some(format!(
            "3 articles in a row could not be read, the last since http://{}{} did not answer in full within 0.5 s; `timeout` \
             allows more",
            site.address, silent[1].0
        ))
    );
    // The next poll leaves them alone for a while.
    let report = poll_once(config).await.remove(0);
    assert_eq!(
        (report.new, report.passed.len(), &report.error),
        (5, 1, &None),
        "{report:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_nested_a_hundred_thousand_deep_cost_themselves_only() {
    let site = Site::start().await;
    fill(&site, "/news");
    let deep = (
        "/news/a-story-at-the-bottom-of-a-well",
        "A story at the bottom of a well",
    );
    let well = "<div>".repeat(100_000);
    site.page("/news", &listing(&[&STORIES[..], &[deep]].concat()));
    site.page(deep.0, &article(deep.1, "").replace("<article>", &well));
    site.page("/well", &listing(&STORIES).replace("<main>", &well));
    let folder = TempDir::new().unwrap();
    let reports = poll_once(site.config(folder.path(), &["/well", "/news"])).await;
    let news = &reports[1];
    assert_eq!(news.error, None);
    assert_eq!(
        news.new + news.passed.len() + reports[0].new,
        6,
        "{reports:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_that_shrank_stays_reported_while_it_stays_the_same() {
    let site = Site::start().await;
    fill(&site, "/news");
    let folder = TempDir::new().unwrap();
    let config = site.config_toml(
        folder.path(),
        "",
        "[[site.section]]\nurl = \"/news\"\nmin_items = 9\n",
    );
    let service = Service::start(parse(&config)).await.unwrap();
    until("four polls", async || {
        (site.times_asked("/news") >= 4).then_some(())
    })
    .await;
    let source = sources(service.address()).await.remove(0);
    assert_eq!(
        source["health"]["reason"],
        format!(
            "http://{0}/news shows 5 items, fewer than `min_items = 9`; did the site change? `feedwright listing http://{0}/news` shows what is found",
            site.address
        )
    );
    let feed = get(service.address(), "/the-little-paper/news.json").await;
    assert_eq!(feed.items().len(), 5);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_an_article_says_its_feeds_can_be_read() {
    let site = Site::start().await;
    fill(&site, "/news");
    let long = format!("Gulls {}", "again and ".repeat(1_000));
    let future = (now() + TimeDelta::days(400)).to_rfc3339();
    let paths = STORIES.map(|(path, _)| path);
    site.page(paths[0], &article(&long, ""));
    site.page(
        paths[1],
        &article(STORIES[1].1, "").replace("2026-03-01T08:00:00Z", &future),
    );
    site.page(
        paths[2],
        &article(
            "Market \u{1}\u{8}hall\u{b} opens &#0;&#x1F;\u{fffe}early",
            "<p>A bell \u{1}\u{7}rang at the \u{1b}[31m door and everyone went in at once.</p>",
        ),
    );
    site.page(
        paths[3],
        &article(
            STORIES[3].1,
            "<ul class=\"tags\"><li><a rel=\"tag\" href=\"/tag/1\">!?…</a></li><li><a rel=\"tag\" href=\"/tag/2\">US &amp; Canada</a></li>\
             <li><a rel=\"tag\" href=\"/tag/3\">us canada</a></li></ul>",
        ),
    );
    let endless = "/news/a-story-whose-title-never-ends";
    site.page(
        "/news",
        &listing(&[&STORIES[..], &[(endless, &long)]].concat()),
    );
    site.page(endless, &article(&long, ""));
    let folder = TempDir::new().unwrap();
    let started = now();
    let service = Service::start(site.config(folder.path(), &["/news"]))
        .await
        .unwrap();
    let feed = |format: &str| format!("/the-little-paper/news.{format}");
    let items = until("six entries", async || {
        let answer = get(service.address(), &feed("json")).await;
        (answer.status == 200 && answer.items().len() == 6).then(|| answer.items())
    })
    .await;
    let at = |path: &str| {
        items
            .iter()
            .find(|item| text(&item["url"]).ends_with(path))
            .unwrap()
    };
    assert_eq!(
        at(paths[0])["title"],
        STORIES[0].1,
        "the listing knows better"
    );
    let title = text(&at(endless)["title"]);
    assert!(
        title.starts_with("Gulls again and again") && title.chars().count() <= 1_000,
        "{} characters",
        title.chars().count()
    );
    for date in ["date_published", "date_modified"] {
        let shown: DateTime<Utc> = text(&at(paths[1])[date]).parse().unwrap();
        assert!(
            shown <= now() && shown >= started - TimeDelta::seconds(1),
            "{date} {shown}"
        );
    }
    assert_eq!(at(paths[2])["title"], "Market hall opens \u{fffd}early");
    assert_eq!(at(paths[3])["tags"], serde_json::json!(["US & Canada"]));
    for format in ["rss", "atom", "json"] {
        let answer = get(service.address(), &feed(format)).await;
        assert_eq!(shown(&answer, "").len(), 6, "{format}");
        assert!(
            answer
                .body
                .iter()
                .all(|byte| *byte >= 0x20 || matches!(byte, b'\n' | b'\t')),
            "{format}"
        );
    }
    let tagged = get(service.address(), "/the-little-paper/tag/us-canada.rss").await;
    assert_eq!(shown(&tagged, "").len(), 1);
    let list = get(service.address(), "/feeds.json").await.json();
    let tags = list["feeds"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|feed| text(&feed["rss"]).contains("/tag/"));
    assert_eq!(tags.count(), 1);
    service.stop().await;
}
