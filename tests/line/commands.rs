//! The commands of the real program.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use feedwright::demo::Newspaper;
use feedwright::ops::now;

use crate::program::output;
use crate::site::{STORIES, article, listing};

fn stdout(output: &std::process::Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn exit(output: &std::process::Output) -> Option<i32> {
    output.status.code()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn once_polls_everything_and_its_exit_status_says_whether_all_went_well() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    let config = file.to_str().unwrap();
    let text = paper.config_toml(
        &folder.path().join("feeds.db"),
        "127.0.0.1:0".parse().unwrap(),
    );
    std::fs::write(&file, text).unwrap();

    let first = output(&["once", "--json", "--config", config]).await;
    assert_eq!(exit(&first), Some(0), "{first:?}");
    let report: Value = serde_json::from_slice(&first.stdout).unwrap();
    let sections = report["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 7);
    let new: u64 = sections
        .iter()
        .map(|section| section["new"].as_u64().unwrap())
        .sum();
    assert_eq!(new, 12 + 6);
    assert!(sections.iter().all(|section| section["error"].is_null()));

    paper.break_listing("video", now());
    let second = output(&["once", "--config", config]).await;
    assert_eq!(exit(&second), Some(1), "{second:?}");
    assert_eq!(
        stdout(&second),
        format!(
            "7 sections polled, 1 failed, 0 new entries, 0 changed\n  the-harbour-gazette/video: the listing changed shape: nothing on http://{0}/video \
             looks like a list of articles; is it the address of a section, and does the page show its list without a script?; `feedwright listing http://{0}/video --explain` shows which blocks of the page are taken, and why\n",
            paper.address()
        )
    );

    let check = output(&["check", "--config", config]).await;
    assert_eq!(exit(&check), Some(1));
    let told = stdout(&check);
    assert!(told.contains("  FAULT  nothing on "), "{told}");
    assert!(told.ends_with("1 section has a fault\n"), "{told}");
    paper.mend_listing("video", now());
    let check = output(&["check", "--config", config]).await;
    assert_eq!(exit(&check), Some(0));
    assert!(stdout(&check).ends_with("all sections yield articles\n"));

    // A server that turns us away is not asked again for each section.
    paper.set_down(true);
    let down = output(&["once", "--config", config]).await;
    assert_eq!(exit(&down), Some(1));
    assert!(stdout(&down).starts_with("1 sections polled, 1 failed, "));
    let told = String::from_utf8_lossy(&down.stderr).into_owned();
    let sentence = "the-harbour-gazette: 6 further sections were not asked: what failed concerns the whole server\n";
    assert!(told.ends_with(sentence), "{told}");
    paper.set_down(false);

    feeds_and_export(&folder, config).await;
}

async fn feeds_and_export(folder: &TempDir, config: &str) {
    let feeds = output(&["feeds", "--json", "--config", config]).await;
    assert_eq!(exit(&feeds), Some(0));
    let feeds: Value = serde_json::from_slice(&feeds.stdout).unwrap();
    let feeds = feeds["feeds"].as_array().unwrap();
    let named = |title: &str| feeds.iter().find(|feed| feed["title"] == title).unwrap();
    assert_eq!(named("Everything")["entries"], 18);
    assert_eq!(named("The Harbour Gazette: Politics")["entries"], 5);

    let to = folder.path().join("public");
    let export = output(&["export", to.to_str().unwrap(), "--config", config]).await;
    assert_eq!(exit(&export), Some(0), "{export:?}");
    assert_eq!(
        stdout(&export),
        format!(
            "{} documents of {} feeds in {}\n",
            feeds.len() * 3 + 1,
            feeds.len(),
            to.display()
        )
    );
    for file in [
        "all.rss",
        "the-harbour-gazette/politics.atom",
        "the-harbour-gazette/tag/bridges.json",
        "feeds.opml",
    ] {
        let bytes = std::fs::read(to.join(file)).unwrap();
        assert!(bytes.len() > 500, "{file}");
        if !file.ends_with("json") && !file.ends_with("opml") {
            assert!(
                !feed_rs::parser::parse(&bytes[..])
                    .unwrap()
                    .entries
                    .is_empty(),
                "{file}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_configuration_ends_every_command_with_its_mistakes() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "[poll]\nintervall = \"5m\"\n").unwrap();
    for command in ["run", "once", "check", "feeds"] {
        let ended = output(&[command, "--config", file.to_str().unwrap()]).await;
        assert_eq!(exit(&ended), Some(2), "{command}");
        let told = String::from_utf8(ended.stderr).unwrap();
        for words in [
            "`intervall`",
            "did you mean `interval`?",
            "no site is configured",
            "config.toml:2",
        ] {
            assert!(told.contains(words), "{command}: {words}\n{told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_page_in_a_file_is_read_as_a_poll_would_read_it() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (path, title) = STORIES[0];
    let page = write("article.html", &article(title, ""));
    let url = format!("https://paper.example{path}");
    let read = output(&["article", &page, "--json", "--url", &url]).await;
    let read: Value = serde_json::from_slice(&read.stdout).unwrap();
    for (field, value) in [
        ("url", json!(url)),
        ("title", json!(title)),
        ("published", json!("2026-03-01T08:00:00+00:00")),
        ("language", json!("en")),
        ("authors", json!([])),
    ] {
        assert_eq!(read[field], value, "{field}");
    }
    assert!(
        read["text"]
            .as_str()
            .unwrap()
            .ends_with("and have not replied so far."),
        "{read}"
    );
    assert!(
        read["html"]
            .as_str()
            .unwrap()
            .starts_with("<p>The harbour master"),
        "{read}"
    );

    let page = write("listing.html", &listing(&STORIES));
    let found = output(&[
        "listing",
        &page,
        "--json",
        "--url",
        "https://paper.example/news",
    ])
    .await;
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    let items: Vec<(&str, &str)> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["url"].as_str().unwrap(),
                item["title"].as_str().unwrap(),
            )
        })
        .collect();
    let urls = STORIES.map(|(path, _)| format!("https://paper.example{path}"));
    let expected: Vec<(&str, &str)> = urls
        .iter()
        .map(String::as_str)
        .zip(STORIES.map(|(_, title)| title))
        .collect();
    assert_eq!(items, expected);
    assert_eq!(found["next"], Value::Null);
    batches(folder.path()).await;
}

async fn batches(folder: &Path) {
    let line = |id: Value, file: &str| {
        json!({ "id": id, "url": "https://paper.example/news/a", "file": folder.join(file), "now": "2026-03-02T00:00:00Z" }).to_string()
    };
    let lines = [
        line(json!("first"), "article.html"),
        line(json!("missing"), "nowhere.html"),
        "{ this is no JSON".to_owned(),
        line(json!(4), "article.html"),
        String::new(),
        line(json!("last"), "article.html"),
    ];
    let file = folder.join("batch.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let read = output(&["article", "--batch", file.to_str().unwrap()]).await;
    assert_eq!(exit(&read), Some(0));
    let answers: Vec<Value> = stdout(&read)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(
        ids,
        [
            &json!("first"),
            &json!("missing"),
            &Value::Null,
            &json!(4),
            &json!("last")
        ]
    );
    let missing = folder.join("nowhere.html");
    assert_eq!(
        answers[1],
        json!({ "id": "missing", "error": format!("cannot read {}: No such file or directory (os error 2)", missing.display()) })
    );
    assert_eq!(
        answers[2],
        json!({ "id": null, "error": "line 3: key must be a string at line 1 column 3" })
    );
    assert_eq!(answers[0]["text"], answers[4]["text"]);

    std::fs::write(&file, line(json!(1), "listing.html")).unwrap();
    let found = output(&["listing", "--batch", file.to_str().unwrap()]).await;
    let found: Value = serde_json::from_str(stdout(&found).trim()).unwrap();
    assert_eq!(
        (&found["id"], found["items"].as_array().unwrap().len()),
        (&json!(1), 5)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn editors_and_shells_are_told_how_to_complete() {
    let schema: Value = serde_json::from_slice(&output(&["schema"]).await.stdout).unwrap();
    assert!(schema["properties"]["site"].is_object(), "{schema}");
    let bash = stdout(&output(&["completions", "bash"]).await);
    for command in ["once", "article", "listing", "export"] {
        assert!(bash.contains(command), "{command}");
    }
}
