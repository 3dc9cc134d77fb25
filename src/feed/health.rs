//! How a source did before and how it does now → an entry of the health feed, where it broke or recovered.

use chrono::{DateTime, Utc};

use crate::config::{Section, Site};
use crate::model::{Article, Body, Direction, Entry, EntryId, Health, Identity, Precision, When};

/// Most entries of the health feed that are kept: months of a source that breaks and recovers every day.
pub const HEALTH_KEPT: usize = 200;

/// How the identity of such an entry begins: no page's does, and no line's.
const MARK: &str = "!health/";

/// Whether `entry` belongs to the health feed, and so to no other.
pub(super) fn is_note(entry: &Entry) -> bool {
    entry.identity.0.starts_with(MARK)
}

/// What there is to say about `section` of `site`, which did as `before` says until `now`; nothing while all stays as it was.
pub fn note(
    site: &Site,
    section: &Section,
    (before, after): (&Health, &Health),
    now: DateTime<Utc>,
) -> Option<Entry> {
    let (turn, title, sentences) = turn(before, after)?;
    let title = format!("{}: {} {title}", site.title, section.title);
    let identity = format!("{MARK}{}/{turn}/{}", section.key, now.timestamp_micros());
    Some(Entry {
        id: EntryId(format!(
            "tag:{},2026:{}/{turn}/{}",
            host(section),
            percent(&format!("health/{}", section.key)),
            now.timestamp_micros()
        )),
        identity: Identity(identity),
        site: site.slug.clone(),
        sections: Vec::new(),
        link: None,
        first_seen: now,
        updated: now,
        gone: None,
        article: article(site, section, title, &sentences, now),
    })
}

/// What is told of a source that did as `before` says and now does as `after`: a name of the turn, what the title says, and
/// sentences.
fn turn(before: &Health, after: &Health) -> Option<(&'static str, &'static str, Vec<String>)> {
    let (was, is) = (Condition::of(before), Condition::of(after));
    if was == is {
        return None;
    }
    Some(match (after, before) {
        (Health::Ailing { reason, .. }, _) if is == Condition::Broken => (
            "broken",
            "cannot be read",
            vec![
                reason.clone(),
                "Its feeds stay as they were, and it is asked again by itself. `feedwright check` \
                 tries every source at once and shows what it finds."
                    .to_owned(),
            ],
        ),
        (Health::Ailing { reason, .. }, _) => (
            "doubted",
            "is perhaps not read right",
            vec![
                reason.clone(),
                "It answers, and what was found in it is in its feeds; whether that is all, and \
                 right, only a look can tell."
                    .to_owned(),
            ],
        ),
        (_, Health::Ailing { reason, since, .. }) => {
            let since = since.format("%-d %b %Y, %H:%M UTC");
            let (title, what) = match was {
                Condition::Broken => ("is read again", "could not be read"),
                _ => ("is beyond doubt again", "was in doubt"),
            };
            let last = format!("The last time this was the reason: {reason}");
            (
                "well",
                title,
                vec![format!("It {what} since {since}."), last],
            )
        }
        _ => return None,
    })
}

/// How a source does, as far as it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    Well,
    /// It was read, but something about it is odd.
    Doubted,
    Broken,
}

impl Condition {
    fn of(health: &Health) -> Condition {
        match health {
            Health::New | Health::Well => Condition::Well,
            Health::Ailing { failures: 0, .. } => Condition::Doubted,
            Health::Ailing { .. } => Condition::Broken,
        }
    }
}

fn article(
    site: &Site,
    section: &Section,
    title: String,
    sentences: &[String],
    now: DateTime<Utc>,
) -> Article {
    let url = escaped(section.url.as_str());
    let paragraphs: String = sentences
        .iter()
        .map(|sentence| format!("<p>{}</p>", escaped(sentence)))
        .collect();
    Article {
        title: Some(title),
        summary: sentences.first().cloned(),
        published: Some(When {
            at: now.fixed_offset(),
            precision: Precision::Second,
        }),
        body: Body {
            html: format!("{paragraphs}<p>Source: <a href=\"{url}\">{url}</a></p>"),
            text: format!("{}\n\nSource: {}", sentences.join("\n\n"), section.url),
        },
        tags: vec![site.title.clone()],
        language: Some("en".to_owned()),
        direction: Some(Direction::Ltr),
        ..Article::default()
    }
}

/// The host that the id names: the source's own, where RFC 4151 allows it as it is.
fn host(section: &Section) -> &str {
    let plain = |host: &&str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    };
    section.url.host_str().filter(plain).unwrap_or("localhost")
}

/// A name as it may stand in an id.
fn percent(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-');
    text.bytes()
        .map(|byte| {
            if keep(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
