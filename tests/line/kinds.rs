//! The kinds of section, each through the whole line.

use serde_json::Value;
use tempfile::TempDir;

use feedwright::ops::now;
use feedwright::run::Service;

use crate::reader::{get, text};
use crate::site::{STORIES, Site, article};
use crate::trial::{Trial, parse, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_gives_away_the_first_words_becomes_one_of_full_text() {
    let trial = Trial::start().await;
    let items = trial.items("/sport").await;
    assert_eq!(items.len(), 2);
    let race = trial
        .item(
            "/sport",
            "Harbour rowers win the regatta on the last stroke",
        )
        .await
        .unwrap();
    assert!(text(&race["content_html"]).contains("called off because of the swell."));
    assert_eq!(race["authors"][0]["name"], "Tarek Nassar");
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sitemap_behind_an_index_and_a_list_of_many_pages_are_read_whole() {
    let trial = Trial::start_with(|config| {
        for section in &mut config.sites[0].sections {
            section.backfill = 100;
        }
    })
    .await;
    assert_eq!(trial.items("/latest").await.len(), 12);
    let printed = trial.paper.publish(100, now());
    until("the whole sitemap", async || {
        (trial.items("/latest").await.len() == 12 + printed).then_some(())
    })
    .await;
    // Six on a page: the older ones stand on its second.
    until("the second page", async || {
        (trial.items("/culture").await.len() == 7).then_some(())
    })
    .await;
    assert!(trial.asked("/culture?page=2") > 0);
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_film_is_an_entry_with_its_summary_and_its_address() {
    let trial = Trial::start().await;
    let film = trial
        .wait_for(
            "/video",
            "Watch: a day on the swing bridge in three minutes",
        )
        .await;
    assert_eq!(
        film["summary"],
        "From the first baker to the last taxi: a camera on the keeper's hut saw it all."
    );
    let attachment = &film["attachments"][0];
    assert!(
        text(&attachment["url"]).ends_with("/media/from-the-bridge-a-film.mp4"),
        "{film}"
    );
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_script_and_direction_is_told_in_every_format() {
    let trial = Trial::start().await;
    let items = trial.items("/arabic").await;
    assert_eq!(items.len(), 2);
    assert_eq!(
        trial.get("/the-harbour-gazette/arabic.json").await.json()["language"],
        "ar"
    );
    assert!(text(&items[0]["content_html"]).starts_with("<div dir=\"rtl\" lang=\"ar\">"));
    let tagged = trial
        .get("/the-harbour-gazette/tag/%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1.atom")
        .await;
    assert_eq!(tagged.status, 200);
    assert!(tagged.text().contains("xml:lang=\"ar\""));
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json_of_a_site_and_json_inside_a_page_are_listings_too() {
    let site = Site::start().await;
    let records: Vec<Value> = STORIES
        .iter()
        .map(|(path, title)| serde_json::json!({ "link": path, "headline": title, "date": "2026-03-01T08:00:00Z" }))
        .collect();
    let data = serde_json::json!({ "records": records }).to_string();
    site.typed("/api/news", "application/json", &data);
    site.page(
        "/app",
        &format!("<html><body><div id=\"root\"></div><script id=\"data\" type=\"application/json\">{data}</script></body></html>"),
    );
    for (path, title) in STORIES {
        site.page(path, &article(title, ""));
    }
    let paths = "items = \"$.records[*]\", url = \"$.link\", title = \"$.headline\", published = \"$.date\"";
    let folder = TempDir::new().unwrap();
    let config = site.config_toml(
        folder.path(),
        "",
        &format!(
            "[[site.section]]\nurl = \"/api/news\"\nslug = \"api\"\nkind = \"json\"\nlisting = {{ json = {{ {paths} }} }}\n\
             [[site.section]]\nurl = \"/app\"\nkind = \"embedded\"\nlisting = {{ json = {{ script = \"script#data\", {paths} }} }}\n"
        ),
    );
    let service = Service::start(parse(&config)).await.unwrap();
    for section in ["api", "app"] {
        let path = format!("/the-little-paper/{section}.json");
        let items = until(section, async || {
            let answer = get(service.address(), &path).await;
            (answer.status == 200 && answer.items().len() == 5).then(|| answer.items())
        })
        .await;
        let mut titles: Vec<_> = items.iter().map(|item| text(&item["title"])).collect();
        let mut expected = STORIES.map(|(_, title)| title.to_owned());
        titles.sort();
        expected.sort();
        assert_eq!(titles, expected, "{section}");
        assert!(
            items
                .iter()
                .all(|item| text(&item["content_html"]).contains("odd for eleven years")),
            "{section}"
        );
    }
    service.stop().await;
}
