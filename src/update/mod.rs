//! What we know of a story and what a page or a listing says of it now → what changed.

mod identity;
mod visible;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use url::Url;

pub use identity::{entry_id, identity, line_identity};

use crate::model::{Article, Entry, Identity, Slug};

/// A story as a section shows it at this moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// The site.
    pub site: Slug,
    /// The site's own host, for the id of a line that has no page.
    pub host: String,
    /// The section that lists it.
    pub section: Slug,
    /// What makes it the same story as before.
    pub identity: Identity,
    /// The address to send a reader to; none for a line without a page.
    pub link: Option<Url>,
    /// What is said of it, the listing's hints filled in.
    pub article: Article,
}

/// What a sighting comes to. All but `Same` are to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A story never seen.
    New(Entry),
    /// It says something else than before: `updated` has moved if a reader can see it.
    Changed(Entry),
    /// It says the same, but is now in this section too, or back after it was gone.
    Listed(Entry),
    /// All is as it was.
    Same,
}

/// Compares what is `known` of a story with how it is seen `now`.
///
/// The id, the identity, the link and the time first seen never change, and neither does the date of publication once it
/// was said: feeds are ordered by it, and readers would see an old story come up again. What the sighting leaves open stays
/// as it was, since a page read again comes without its listing's hints, and a page that failed halfway unsays nothing.
pub fn update(known: Option<&Entry>, sighting: Sighting, now: DateTime<Utc>) -> Change {
    match known {
        None => Change::New(first(sighting, now)),
        Some(known) => again(known, sighting, now),
    }
}

/// `entry` with its page gone (404, 410) since `now`; no feed shows it, and its id is never given anew.
pub fn gone(entry: &Entry, now: DateTime<Utc>) -> Entry {
    Entry {
        gone: entry.gone.or(Some(now)),
        ..entry.clone()
    }
}

fn first(sighting: Sighting, now: DateTime<Utc>) -> Entry {
    let article = sighting.article;
    let modified = article.modified.map(|when| when.utc());
    let mut entry = Entry {
        id: entry_id(&sighting.identity, &sighting.host),
        identity: sighting.identity,
        site: sighting.site,
        sections: vec![sighting.section],
        link: sighting.link,
        first_seen: now,
        updated: now,
        gone: None,
        article,
    };
    // Never before the date that feeds show as published (RFC 4287 has the one follow the other), never in our future.
    entry.updated = modified.unwrap_or(entry.date()).clamp(entry.date(), now);
    entry
}

fn again(known: &Entry, sighting: Sighting, now: DateTime<Utc>) -> Change {
    let mut entry = Entry {
        link: known.link.clone().or(sighting.link),
        gone: None,
        article: merge(&known.article, sighting.article),
        ..known.clone()
    };
    let listed_here = known.sections.contains(&sighting.section);
    if !listed_here {
        entry.sections.push(sighting.section);
    }
    if visible::differs(&known.article, &entry.article) {
        entry.updated = moment_of_change(known, &entry.article, now);
        Change::Changed(entry)
    } else if visible::differs_quietly(&known.article, &entry.article) || known.link != entry.link {
        // A date that became known may be later than the change that was all we knew.
        entry.updated = entry.updated.max(entry.date());
        Change::Changed(entry)
    } else if !listed_here || known.gone.is_some() {
        // Only the place changed: the article stays as it is stored, down to its picture's parameters.
        entry.article = known.article.clone();
        Change::Listed(entry)
    } else {
        Change::Same
    }
}

/// What is known of an article after it was seen again.
fn merge(known: &Article, seen: Article) -> Article {
    let free = !seen.restricted;
    let cut_off = seen.restricted && seen.body.text.len() < known.body.text.len();
    let mut article = seen.or(known);
    if cut_off {
        // A pay wall that went up later takes nothing back from those who were told all.
        article.body = known.body.clone();
    }
    article.restricted = article.restricted && !free;
    article.published = known.published.or(article.published);
    article
}

/// When a visible change happened: as the site says, where that is after the last one and not in the future; else now.
fn moment_of_change(known: &Entry, article: &Article, now: DateTime<Utc>) -> DateTime<Utc> {
    article
        .modified
        .map(|when| when.utc())
        .filter(|modified| *modified > known.updated && *modified <= now)
        .unwrap_or(now.max(known.updated))
}
