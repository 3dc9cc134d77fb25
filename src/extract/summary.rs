//! The descriptions that a page gives → the summary that the site wrote, or none.

use super::json::plain;
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::text::fold;

/// Longest summary in characters; what is longer is the article itself.
const SUMMARY_CHARS: usize = 2_000;

/// Decides the summary, by what only it may repeat: not the title, not the site's own slogan.
pub fn summary(evidence: &Evidence, title: Option<&str>, sites: &[String]) -> Option<String> {
    let configured = evidence.configured(Field::Summary);
    if let Some(told) = configured.first() {
        return Some(plain(&told.value)).filter(|summary| !summary.is_empty());
    }
    let mut told: Vec<&Testimony> = evidence
        .of(Field::Summary)
        .filter(|told| told.witness != Witness::JsonLdPage)
        .collect();
    told.sort_by_key(|told| rank(told));
    told.into_iter()
        .map(|told| without_site(&plain(&told.value), sites))
        .find(|summary| is_summary(summary, title, sites))
}

/// The best place first.
fn rank(told: &Testimony) -> usize {
    match told.witness {
        Witness::JsonLd => 1,
        Witness::OpenGraph if told.place.starts_with("og:") => 0,
        Witness::Meta => 2,
        Witness::OpenGraph => 3,
        _ => 4,
    }
}

fn is_summary(summary: &str, title: Option<&str>, sites: &[String]) -> bool {
    let folded = fold(summary);
    !folded.is_empty()
        && summary.chars().count() <= SUMMARY_CHARS
        && title.is_none_or(|title| fold(title) != folded)
        && !sites.contains(&folded)
}

/// Without " | Site" at its end.
fn without_site(summary: &str, sites: &[String]) -> String {
    for separator in [" | ", " - ", " – ", " — "] {
        if let Some((head, tail)) = summary.rsplit_once(separator)
            && sites.contains(&fold(tail))
        {
            return head.trim().to_owned();
        }
    }
    summary.to_owned()
}
