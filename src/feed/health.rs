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
    let name = format!("{}: {}", site.title, section.title);
    let (turn, title, sentences) = match (before, after) {
        (Health::New | Health::Well, Health::Ailing { reason, .. }) => (
            "broken",
            format!("{name} cannot be read"),
            vec![
                reason.clone(),
                "Its feeds stay as they were, and it is asked again by itself. `feedwright check` \
                 tries every source at once and shows what it finds."
                    .to_owned(),
            ],
        ),
        (Health::Ailing { reason, since, .. }, Health::Well) => (
            "well",
            format!("{name} is read again"),
            vec![
                format!(
                    "It could not be read since {}.",
                    since.format("%-d %b %Y, %H:%M UTC")
                ),
                format!("The last time this was the reason: {reason}"),
            ],
        ),
        _ => return None,
    };
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
