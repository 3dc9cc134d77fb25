//! kill -9 at any moment of a poll.

use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use feedwright::demo::Newspaper;
use feedwright::ops::now;
use feedwright::store::Store;

use crate::program::{Program, free_address};
use crate::reader::{text, try_get};
use crate::trial::{sources, until};

/// After so many requests of a run, and so many milliseconds, it is killed.
const KILLS: [(usize, u64); 7] = [(2, 5), (3, 0), (4, 30), (5, 60), (6, 10), (5, 45), (7, 20)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_killed_in_the_middle_of_a_poll_loses_nothing_and_tells_nothing_twice() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let listen = free_address();
    let database = folder.path().join("feeds.db");
    let file = folder.path().join("config.toml");
    std::fs::write(&file, paper.config_toml(&database, listen)).unwrap();
    paper.set_delay(Duration::from_millis(25));
    let requests = || -> usize { paper.asked().values().map(|asked| asked.requests).sum() };
    // In the listing, between a listing and its first article, in articles, between two sections.
    for (number, (count, millis)) in KILLS.into_iter().enumerate() {
        let program = Program::run(&file);
        let before = requests();
        until(number, async || {
            (requests() >= before + count).then_some(())
        })
        .await;
        tokio::time::sleep(Duration::from_millis(millis)).await;
        program.signal("KILL");
        drop(program);
        let store = Store::open(&database).unwrap();
        store.check().await.unwrap();
    }
    paper.set_delay(Duration::ZERO);
    let mut program = Program::run(&file);
    until("the program answers", async || {
        try_get(listen, "/").await.ok()
    })
    .await;
    until("all sections polled", async || {
        let well = |source: &Value| source["health"]["state"] == "well";
        sources(listen).await.iter().all(well).then_some(())
    })
    .await;
    let items = try_get(listen, "/all.json").await.unwrap().items();
    let mut titles: Vec<_> = items.iter().map(|item| text(&item["title"])).collect();
    titles.sort();
    let count = titles.len();
    titles.dedup();
    assert_eq!((titles.len(), count), (12 + 6, 12 + 6), "{titles:?}");
    // Each time the one article may be read again that was not yet kept.
    let listings = [
        "/politics",
        "/culture",
        "/video",
        "/breaking",
        "/ar/news",
        "/robots.txt",
    ];
    let is_article = |path: &str| {
        !listings
            .iter()
            .any(|other| path.starts_with(other) && path.len() < other.len() + 8)
            && !path.starts_with("/feeds")
            && !path.starts_with("/sitemap")
    };
    let read: Vec<_> = paper
        .asked()
        .into_iter()
        .filter(|(path, _)| is_article(path))
        .collect();
    assert_eq!(read.len(), 12, "{read:?}");
    let times: usize = read.iter().map(|(_, asked)| asked.requests).sum();
    assert!(times <= 12 + KILLS.len(), "{read:?}");
    program.signal("TERM");
    assert!(program.end().await.success());
}
