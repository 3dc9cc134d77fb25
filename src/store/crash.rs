//! A program that writes without end is killed at any moment, again and again: what it was told to be kept is there.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::tests::{at, entry, feeds, key, reading};
use super::{Known, Store};
use crate::model::{Identity, SectionState, Slug};

/// Names the database to the child; without it, the child's test does nothing.
const DATABASE: &str = "FEEDWRIGHT_CRASH_DATABASE";

/// Writes until it is killed: ten articles, then the end of a poll that vouches for them. Says what was acknowledged.
#[tokio::test]
#[ignore = "runs as a child of the test below"]
async fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(DATABASE).map(PathBuf::from) else {
        return;
    };
    let store = Store::open(&path).unwrap();
    let key = key("paper", "politics");
    let begun = store.section(&key).await.unwrap().items;
    for number in begun.. {
        for part in 0..10 {
            let entry = entry(&format!("{number}-{part}"), at(number as i64 * 10 + part));
            let kept = feeds(&entry);
            store.keep(entry, reading(at(0)), kept).await.unwrap();
            say(&format!("kept {number}-{part}"));
        }
        let state = SectionState {
            items: number + 1,
            ..SectionState::default()
        };
        store.finish_poll(&key, state).await.unwrap();
        say(&format!("polled {}", number + 1));
        store.retain(&key, at(0), 100, &[]).await.unwrap();
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

#[tokio::test]
async fn nothing_that_was_acknowledged_is_lost_when_the_writer_is_killed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("feedwright.db");
    for round in 0..6 {
        let said = write_and_kill(&path, Duration::from_millis(150 + 70 * round));
        let store = Store::open(&path).unwrap();
        store.check().await.unwrap();
        assert_all_is_there(&store, &said).await;
    }
}

/// Runs the writer, kills it (SIGKILL) some time after its first word, and returns what it had said.
fn write_and_kill(path: &Path, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::crash::writes_until_it_is_killed"])
        .args(["--ignored", "--nocapture"])
        .env(DATABASE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.find(|line| line.as_ref().unwrap().starts_with("kept"));
    assert!(first.is_some(), "the writer said nothing");
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    first.into_iter().chain(lines).map(Result::unwrap).collect()
}

async fn assert_all_is_there(store: &Store, said: &[String]) {
    let kept: Vec<Identity> = said
        .iter()
        .filter_map(|line| line.strip_prefix("kept "))
        .map(|name| entry(name, at(0)).identity)
        .collect();
    assert!(!kept.is_empty(), "nothing was kept");
    let site = Slug::of("paper").unwrap();
    let known = store.known(&site, kept.clone()).await.unwrap();
    for identity in &kept {
        // Dropped by retention is remembered, too.
        assert!(known.contains_key(identity), "{} is lost", identity.0);
    }
    let polled = said
        .iter()
        .filter_map(|line| line.strip_prefix("polled "))
        .map(|items| items.parse::<usize>().unwrap())
        .max();
    let state = store.section(&key("paper", "politics")).await.unwrap();
    assert!(Some(state.items) >= polled, "{state:?} after {polled:?}");
    // The validator never outlives its articles: every one that the state vouches for is there.
    let vouched: Vec<Identity> = (0..state.items)
        .flat_map(|number| (0..10).map(move |part| format!("{number}-{part}")))
        .map(|name| entry(&name, at(0)).identity)
        .collect();
    let known = store.known(&site, vouched.clone()).await.unwrap();
    assert_eq!(known.len(), vouched.len());
    let rows = store.shelves(|_| 1_000).await.unwrap().rows;
    let held = known
        .values()
        .filter(|known| matches!(known, Known::Kept(_)))
        .count();
    let shown = rows.iter().map(|row| row.entries.len()).max();
    assert!(shown >= Some(held), "{shown:?} of {held} are shown");
}
