//! A newspaper's whole days in seconds: whatever happens in whatever order, the feeds follow and never contradict themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use feedwright::ops::now;
use tokio::time::sleep;

use crate::reader::text;
use crate::trial::{SITE, Trial, until};

/// Stories of the newspaper and their titles; the last ones appear while it runs.
const STORIES: [(&str, &str); 8] = [
    (
        "council-delays-vote-on-the-new-bridge",
        "Council delays vote on the new bridge",
    ),
    (
        "harbour-tax-explained",
        "The harbour tax, explained in five questions",
    ),
    (
        "lighthouse-poems",
        "Poems by the last lighthouse keeper found in a tin",
    ),
    (
        "rowers-win-on-the-last-stroke",
        "Harbour rowers win the regatta on the last stroke",
    ),
    (
        "night-buses-return-in-autumn",
        "Night buses return in autumn",
    ),
    (
        "a-museum-for-lost-sounds",
        "A museum for lost sounds opens in the customs house",
    ),
    (
        "derby-ends-in-fog",
        "Derby ends in fog after seventy minutes",
    ),
    (
        "the-cat-of-pier-four",
        "The cat of pier four has a successor",
    ),
];

/// What is known of an entry for ever, by its id.
type Known = BTreeMap<String, (String, String)>;

/// Looks at everything that is shown, and holds it against what was `known` before.
async fn look(trial: &Trial, known: &mut Known) -> BTreeSet<String> {
    let mut titles = BTreeSet::new();
    let items = trial.get("/all.json").await.items();
    let mut ids = BTreeSet::new();
    for item in &items {
        let id = text(&item["id"]);
        assert!(ids.insert(id.clone()), "twice: {item}");
        let lasting = (text(&item["url"]), text(&item["date_published"]));
        let before = known.entry(id).or_insert_with(|| lasting.clone());
        assert_eq!(*before, lasting, "{item}");
        titles.insert(text(&item["title"]));
    }
    titles
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_in_whatever_order_the_feeds_follow() {
    let mut chance = fastrand::Rng::with_seed(20_260_301);
    let trial = Trial::start().await;
    let mut known = Known::new();
    let mut retracted = BTreeSet::new();
    let mut in_video = BTreeSet::new();
    // Each kind of change in turn, by chance of one story or another, at any moment of a poll.
    for step in 0..24 {
        let (slug, title) = STORIES[chance.usize(..STORIES.len())];
        match step % 6 {
            0 | 3 => {
                trial.paper.publish(1, now());
            }
            2 => {
                trial.paper.correct(slug, now());
            }
            1 if trial.paper.retract(slug, now()) => {
                retracted.insert(title.to_owned());
            }
            4 | 5 if trial.paper.move_to(slug, "video", now()) => {
                in_video.insert(title.to_owned());
            }
            _ => {
                trial.paper.set_down(true);
                sleep(Duration::from_millis(150)).await;
                trial.paper.set_down(false);
            }
        }
        look(&trial, &mut known).await;
        sleep(Duration::from_millis(chance.u64(20..400))).await;
    }
    trial.paper.publish(100, now());
    assert!(retracted.len() > 1 && in_video.len() > 1);
    trial
        .wait_for("", "What the fog costs: an analysis of forty winters")
        .await;
    until("all that was taken back is gone", async || {
        let titles = look_again(&trial).await;
        titles.is_disjoint(&retracted).then_some(())
    })
    .await;
    let video: BTreeSet<String> = in_video.difference(&retracted).cloned().collect();
    until("all that moved is in its place", async || {
        let items = trial.items("/video").await;
        let titles: BTreeSet<_> = items.iter().map(|item| text(&item["title"])).collect();
        video.is_subset(&titles).then_some(())
    })
    .await;
    let shown = look(&trial, &mut known).await;
    let kept: BTreeSet<String> = STORIES
        .iter()
        .map(|(_, title)| (*title).to_owned())
        .collect();
    assert!(
        kept.difference(&retracted)
            .all(|title| shown.contains(title))
    );
    trial.service.stop().await;
}

async fn look_again(trial: &Trial) -> BTreeSet<String> {
    let items = trial.get(&format!("{SITE}.json")).await.items();
    items.iter().map(|item| text(&item["title"])).collect()
}
