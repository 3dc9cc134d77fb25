//! What happens to stories, and what every feed shows of it.

use std::time::Duration;

use chrono::Utc;
use serde_json::Value;
use tempfile::TempDir;
use tokio::time::sleep;

use feedwright::ops::now;
use feedwright::run::Service;

use crate::reader::{get, shown, text};
use crate::site::{STORIES, Site, article, fill, listing};
use crate::trial::{SITE, Trial, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_published_story_is_in_every_feed_it_belongs_to_in_every_format_once_and_in_full() {
    let trial = Trial::start().await;
    trial.paper.publish(1, now());
    let title = "Second estimate for the bridge is lower, and longer";
    let id = text(&trial.wait_for("/politics", title).await["id"]);
    assert!(id.starts_with("tag:127.0.0.1,2026:"), "{id}");
    for feed in [
        "/all".to_owned(),
        SITE.to_owned(),
        format!("{SITE}/politics"),
        format!("{SITE}/tag/city-council"),
        format!("{SITE}/tag/bridges"),
        format!("{SITE}/tag/transport"),
        format!("{SITE}/author/mira-haddad"),
    ] {
        for format in ["rss", "atom", "json"] {
            let answer = trial.get(&format!("{feed}.{format}")).await;
            let entries = shown(&answer, "a deck that is made on land and floated in");
            let story: Vec<_> = entries.iter().filter(|entry| entry.id == id).collect();
            assert_eq!(story.len(), 1, "{feed}.{format}");
            assert_eq!(story[0].title, title, "{feed}.{format}");
            assert!(story[0].text, "{feed}.{format} has not all of the text");
            let mut ids: Vec<_> = entries.iter().map(|entry| &entry.id).collect();
            ids.dedup();
            assert_eq!(ids.len(), entries.len(), "{feed}.{format} repeats an entry");
        }
    }
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_of_two_sections_is_kept_once_and_shown_in_both() {
    let trial = Trial::start().await;
    let title = "Eleven-year-old beats three masters in the market hall";
    let in_sport = trial.wait_for("/sport", title).await;
    let in_culture = trial.wait_for("/culture", title).await;
    assert_eq!(in_sport, in_culture);
    let all = trial.get("/all.json").await.items();
    let times = all
        .iter()
        .filter(|item| item["id"] == in_sport["id"])
        .count();
    assert_eq!(times, 1);
    assert_eq!(trial.asked("/sport/chess-in-the-market-hall"), 1);
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_moves_the_date_of_the_update_and_nothing_else() {
    let trial = Trial::start().await;
    trial.paper.publish(1, now());
    let title = "Second estimate for the bridge is lower, and longer";
    let before = trial.wait_for("/politics", title).await;
    let others = |items: Vec<Value>| -> Vec<Value> {
        let other = |item: &Value| item["id"] != before["id"];
        items.into_iter().filter(other).collect()
    };
    let others_before = others(trial.items("/politics").await);
    // Sitemaps tell the second of a change.
    sleep(Duration::from_millis(1_100)).await;
    trial.paper.correct("second-estimate-is-lower", now());
    let title = "Second estimate for the bridge is lower, but longer";
    let after = trial.wait_for("/politics", title).await;
    assert!(
        text(&after["content_html"]).contains("Correction: The second design needs three piers.")
    );
    for field in ["id", "url", "date_published", "authors", "tags", "language"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert!(text(&after["date_modified"]) > text(&before["date_modified"]));
    assert_eq!(others(trial.items("/politics").await), others_before);
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_white_space_changes_nothing() {
    let site = Site::start().await;
    fill(&site, "/news");
    let (path, title) = STORIES[2];
    let sitemap = |modified: &str| {
        format!(
            "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>http://{}{path}</loc>\
             <lastmod>{modified}</lastmod></url></urlset>",
            site.address
        )
    };
    site.typed(
        "/sitemap.xml",
        "application/xml",
        &sitemap("2026-03-01T08:00:00Z"),
    );
    let folder = TempDir::new().unwrap();
    let service = Service::start(site.config(folder.path(), &["/news", "/sitemap.xml"]))
        .await
        .unwrap();
    let feed = "/the-little-paper/news.atom";
    let before = until("five stories", async || {
        let answer = get(service.address(), feed).await;
        (answer.status == 200 && shown(&answer, "").len() == 5).then_some(answer)
    })
    .await;
    let spaced = article(title, "").replace(' ', "  \n").replace("\n>", " >");
    site.page(path, &spaced.replace("<!doctype  \n", "<!doctype "));
    let now = now() + chrono::TimeDelta::seconds(1);
    site.typed(
        "/sitemap.xml",
        "application/xml",
        &sitemap(&now.to_rfc3339()),
    );
    until("it is read again", async || {
        (site.times_asked(path) >= 2).then_some(())
    })
    .await;
    sleep(Duration::from_millis(600)).await;
    let after = get(service.address(), feed).await;
    assert_eq!(after.field("etag"), before.field("etag"));
    assert_eq!(after.body, before.body);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_is_taken_back_leaves_every_feed_and_does_not_come_back_as_new() {
    let trial = Trial::start().await;
    let title = "Inspectors find rust under the swing bridge";
    let feeds = ["", "/politics", "/latest", "/tag/safety", "/tag/bridges"];
    for feed in feeds {
        trial.wait_for(feed, title).await;
    }
    trial
        .paper
        .retract("inspectors-find-rust-under-the-swing-bridge", now());
    for feed in feeds {
        trial.wait_without(feed, title).await;
    }
    assert!(trial.items("/tag/safety").await.is_empty());
    trial.wait_for_polls("/politics", 3).await;
    for feed in feeds {
        assert_eq!(trial.item(feed, title).await, None, "{feed}");
    }
    let page = "/politics/inspectors-find-rust-under-the-swing-bridge";
    assert_eq!(trial.asked(page), 2, "read, and seen to be gone");
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_moves_is_shown_in_its_new_section_under_the_same_id() {
    let trial = Trial::start().await;
    let title = "Night buses return in autumn";
    let before = trial.wait_for("/politics", title).await;
    trial
        .paper
        .move_to("night-buses-return-in-autumn", "culture", now());
    let after = trial.wait_for("/culture", title).await;
    assert_eq!(after, before);
    let all = trial.get("/all.json").await.items();
    assert_eq!(all.iter().filter(|item| item["title"] == title).count(), 1);
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_of_a_ticker_are_entries_that_never_move() {
    let trial = Trial::start().await;
    let before = trial.items("/breaking").await;
    assert_eq!(before.len(), 6);
    // Without a page of its own, a line is shown on its feed's.
    let own = "https://feeds.test/the-harbour-gazette/breaking#";
    assert!(
        before
            .iter()
            .all(|item| text(&item["url"]).starts_with(own)),
        "{before:?}"
    );
    let newest_first: Vec<_> = before.iter().map(|item| text(&item["title"])).collect();
    assert_eq!(newest_first[0], "Mayor to speak at six");
    assert_eq!(
        newest_first[5],
        "Harbour office: basin two is closed until further notice"
    );
    // So many that the first lines are not shown any more.
    let printed = trial.paper.publish(100, now());
    trial
        .wait_for("/breaking", "Market hall: counting has begun")
        .await;
    let after = trial.items("/breaking").await;
    assert_eq!(after[after.len() - 6..], before[..]);
    // The newspaper shows eight lines at a time.
    assert_eq!(after.len(), 6 + printed.min(8));
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_without_a_date_keeps_the_time_when_it_was_first_seen() {
    let site = Site::start().await;
    fill(&site, "/news");
    let (path, title) = STORIES[0];
    let undated = |title: &str| article(title, "").replace("2026-03-01T08:00:00Z", "");
    site.page(path, &undated(title));
    let folder = TempDir::new().unwrap();
    let config = || site.config(folder.path(), &["/news"]);
    let started = now() - chrono::TimeDelta::seconds(1);
    let service = Service::start(config()).await.unwrap();
    let shown_as = async |service: &Service, title: &str| {
        until(title, async || {
            let answer = get(service.address(), "/the-little-paper/news.json").await;
            let items = if answer.status == 200 {
                answer.items()
            } else {
                Vec::new()
            };
            items.into_iter().find(|item| item["title"] == title)
        })
        .await
    };
    let before = shown_as(&service, title).await;
    let date: chrono::DateTime<Utc> = text(&before["date_published"]).parse().unwrap();
    assert!(started < date && date <= now(), "{date}");
    sleep(Duration::from_millis(1_100)).await;
    let other = "Gulls counted a third time at the pier";
    site.page(path, &undated(other));
    // Gone from between the others, the story is looked at again.
    site.page("/news", &listing(&STORIES[1..]));
    let after = shown_as(&service, other).await;
    assert_eq!(after["date_published"], before["date_published"]);
    assert_eq!(after["id"], before["id"]);
    service.stop().await;
}
