//! What the health feed says, and where.

use super::*;
use crate::model::Health;

fn ailing(reason: &str) -> Health {
    Health::Ailing {
        reason: reason.to_owned(),
        since: at(-600),
        failures: 2,
    }
}

/// It was read, but not as usual.
fn doubted() -> Health {
    Health::Ailing {
        reason: "https://paper.example/x shows 2 items, fewer than `min_items = 5`".to_owned(),
        since: at(-600),
        failures: 0,
    }
}

#[test]
fn a_source_is_told_of_when_it_breaks_and_when_it_recovers() {
    let config = config(vec![selection("All of it")]);
    let site = &config.sites[0];
    let sick = || ailing("https://paper.example/x answered <404>; has the section moved?");
    for (before, after, title) in [
        (Health::New, Health::Well, None),
        (Health::Well, Health::Well, None),
        (Health::New, sick(), Some("Paper: Politics cannot be read")),
        (Health::Well, sick(), Some("Paper: Politics cannot be read")),
        (sick(), ailing("another reason"), None),
        (sick(), Health::Well, Some("Paper: Politics is read again")),
        (
            Health::Well,
            doubted(),
            Some("Paper: Politics is perhaps not read right"),
        ),
        (doubted(), doubted(), None),
        (doubted(), sick(), Some("Paper: Politics cannot be read")),
        (
            sick(),
            doubted(),
            Some("Paper: Politics is perhaps not read right"),
        ),
        (
            doubted(),
            Health::Well,
            Some("Paper: Politics is beyond doubt again"),
        ),
    ] {
        let entry = note(site, &site.sections[0], (&before, &after), at(0));
        let found = entry
            .as_ref()
            .and_then(|entry| entry.article.title.as_deref());
        assert_eq!(found, title, "{before:?} {after:?}");
        let Some(entry) = entry else { continue };
        // In its own feed, and in no other: not in the one of everything either.
        let feeds: Vec<FeedKey> = memberships(&entry, &config)
            .into_iter()
            .map(|feed| feed.key)
            .collect();
        assert_eq!(feeds, [FeedKey::Health]);
    }
}

#[test]
fn it_says_why_and_what_would_help() {
    let config = config(Vec::new());
    let site = &config.sites[0];
    let broken = ailing("https://paper.example/x answered <404>; has the section moved?");
    let entry = |before: &Health, after: &Health| {
        note(site, &site.sections[0], (before, after), at(0)).unwrap()
    };
    let first = entry(&Health::Well, &broken);
    assert_eq!(
        first.article.body.html,
        "<p>https://paper.example/x answered &lt;404&gt;; has the section moved?</p>\
         <p>Its feeds stay as they were, and it is asked again by itself. `feedwright check` tries \
         every source at once and shows what it finds.</p>\
         <p>Source: <a href=\"https://paper.example/politics\">https://paper.example/politics</a></p>"
    );
    assert_eq!(
        first.id.0,
        "tag:paper.example,2026:health/paper/politics/broken/1725000000000000"
    );
    assert_eq!(
        entry(&broken, &Health::Well).article.summary.as_deref(),
        Some("It could not be read since 30 Aug 2024, 06:30 UTC.")
    );
    assert_eq!(
        entry(&Health::Well, &doubted()).article.body.text,
        "https://paper.example/x shows 2 items, fewer than `min_items = 5`\n\n\
         It answers, and what was found in it is in its feeds; whether that is all, and right, only a look can tell.\n\n\
         Source: https://paper.example/politics"
    );
    assert_eq!(
        entry(&doubted(), &Health::Well).article.summary.as_deref(),
        Some("It was in doubt since 30 Aug 2024, 06:30 UTC.")
    );
}
