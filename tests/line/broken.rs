//! Sites that fail: feeds stay as they were, and the reason is told where it can be acted on.

use feedwright::ops::now;

use crate::reader::Answer;
use crate::trial::{SITE, Trial, until};

const FEEDS: [&str; 4] = [
    "/all.rss",
    "/the-harbour-gazette.atom",
    "/the-harbour-gazette/politics.json",
    "/the-harbour-gazette/tag/bridges.rss",
];

async fn feeds(trial: &Trial) -> Vec<Answer> {
    let mut answers = Vec::new();
    for feed in FEEDS {
        let mut answer = trial.get(feed).await;
        assert_eq!(answer.status, 200, "{feed}");
        let steady = |line: &&str| !line.to_lowercase().starts_with("date:");
        answer.head = answer.head.lines().filter(steady).collect();
        answers.push(answer);
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_listing_leaves_the_feeds_as_they_were_and_says_why() {
    let trial = Trial::start().await;
    let before = feeds(&trial).await;
    trial.paper.break_listing("politics", now());
    let reason = trial.wait_for_state("politics", "ailing").await;
    assert_eq!(
        reason,
        format!(
            "the listing changed shape: nothing on http://{0}/politics looks like a list of articles; is it the address of a \
             section, and does the page show its list without a script?; `feedwright listing http://{0}/politics --explain` \
             shows which blocks of the page are taken, and why",
            trial.paper.address()
        )
    );
    assert_eq!(feeds(&trial).await, before);
    let health = trial.get("/healthz").await;
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["failing"], 1);
    let index = trial.get("/").await.text();
    assert!(
        index.contains("Failing since") && index.contains("looks like a list of articles"),
        "{index}"
    );
    trial.paper.mend_listing("politics", now());
    trial.paper.publish(1, now());
    trial.wait_for_state("politics", "well").await;
    trial
        .wait_for(
            "/politics",
            "Second estimate for the bridge is lower, and longer",
        )
        .await;
    assert_eq!(trial.get("/healthz").await.json()["failing"], 0);
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_that_is_down_leaves_the_feeds_as_they_were_and_is_not_pressed() {
    let trial = Trial::start().await;
    let before = feeds(&trial).await;
    trial.paper.set_down(true);
    let asked = |trial: &Trial| -> usize {
        trial
            .paper
            .asked()
            .values()
            .map(|asked| asked.requests)
            .sum()
    };
    let reason = until("a failing section", async || {
        trial
            .sources()
            .await
            .iter()
            .find_map(|source| source["health"]["reason"].as_str().map(str::to_owned))
    })
    .await;
    assert!(
        reason.ends_with("answered 503 Service Unavailable: the site has trouble of its own and is asked again later (it asks for 1 s)"),
        "{reason}"
    );
    let count = asked(&trial);
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    let more = asked(&trial) - count;
    assert!(
        more <= 3,
        "it asks to be left alone for a second each time, and was asked {more} times in 2.5 s"
    );
    assert_eq!(feeds(&trial).await, before);
    trial.paper.set_down(false);
    trial.all_polled().await;
    trial.paper.publish(1, now());
    trial
        .wait_for(
            "/politics",
            "Second estimate for the bridge is lower, and longer",
        )
        .await;
    assert_eq!(trial.get(&format!("{SITE}.rss")).await.status, 200);
    trial.service.stop().await;
}
