//! Signals to the real program.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tempfile::TempDir;

use feedwright::demo::Newspaper;
use feedwright::ops::now;

use crate::program::{Program, free_address};
use crate::reader::try_get;
use crate::trial::until;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_configuration_is_taken_over_and_a_wrong_one_refused_without_a_reader_noticing() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let listen = free_address();
    let file = folder.path().join("config.toml");
    let whole = paper.config_toml(&folder.path().join("feeds.db"), listen);
    let film = "[[site.section]]\nurl = \"/video\"\n";
    assert!(whole.contains(film));
    std::fs::write(&file, whole.replace(film, "")).unwrap();
    let mut program = Program::run(&file);
    let politics = "/the-harbour-gazette/politics.rss";
    until("the first feed", async || {
        let answer = try_get(listen, politics).await.ok()?;
        (answer.status == 200 && answer.text().contains("<item>")).then_some(())
    })
    .await;
    let ended = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicUsize::new(0));
    let reader = tokio::spawn({
        let (ended, answered) = (Arc::clone(&ended), Arc::clone(&answered));
        async move {
            while !ended.load(Ordering::Relaxed) {
                let answer = try_get(listen, politics).await.unwrap();
                assert_eq!(answer.status, 200);
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    let video = "/the-harbour-gazette/video.json";
    assert_eq!(try_get(listen, video).await.unwrap().status, 404);

    std::fs::write(&file, &whole).unwrap();
    program.signal("HUP");
    program
        .wait_for_log("the new configuration is in force")
        .await;
    until("the new section's entry", async || {
        let answer = try_get(listen, video).await.unwrap();
        (answer.status == 200 && answer.items().len() == 1).then_some(())
    })
    .await;

    std::fs::write(&file, whole.replace("pages = 3", "pagess = 3")).unwrap();
    program.signal("HUP");
    program
        .wait_for_log("the new configuration is refused and the old one stays in force: ")
        .await;
    program.wait_for_log("did you mean `pages`?").await;
    assert_eq!(try_get(listen, video).await.unwrap().status, 200);
    assert_eq!(try_get(listen, "/healthz").await.unwrap().status, 200);

    ended.store(true, Ordering::Relaxed);
    reader.await.unwrap();
    assert!(answered.load(Ordering::Relaxed) > 20);
    program.signal("TERM");
    assert!(program.end().await.success());
    assert!(
        program
            .log()
            .contains("ending: answering what is under way"),
        "{}",
        program.log()
    );
    assert!(try_get(listen, "/").await.is_err());
}
