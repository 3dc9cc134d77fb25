//! What outlives the program.

use feedwright::run::Service;

use crate::reader::get;
use crate::trial::{SITE, Trial, config_for};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restart_every_feed_is_there_before_the_first_poll_byte_for_byte() {
    let trial = Trial::start().await;
    let list = trial.get("/feeds.json").await.json();
    let mut before = Vec::new();
    for feed in list["feeds"].as_array().unwrap() {
        for format in ["rss", "atom", "json"] {
            let address = feed[format].as_str().unwrap();
            let path = address.strip_prefix("https://feeds.test").unwrap();
            let answer = trial.get(path).await;
            before.push((path.to_owned(), answer.field("etag"), answer.body));
        }
    }
    assert!(before.len() > 100, "{}", before.len());
    let config = config_for(&trial.paper, trial.folder.path());
    let Trial {
        paper,
        folder,
        service,
    } = trial;
    service.stop().await;
    drop(paper);
    let service = Service::start(config).await.unwrap();
    for (path, etag, body) in before {
        let answer = get(service.address(), &path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.field("etag"), etag, "{path}");
        assert!(answer.body == body, "{path} differs");
    }
    assert_eq!(
        get(service.address(), &format!("{SITE}/politics"))
            .await
            .status,
        200
    );
    service.stop().await;
    drop(folder);
}
