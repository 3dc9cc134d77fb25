//! JSON-LD's media objects, `og:video`, `video` and `audio` elements → the film and sound that belong to the article.

use std::time::Duration;

use scraper::ElementRef;
use serde_json::{Map, Value};
use url::Url;

use super::json::{self, plain};
use super::json_ld::{Block, JsonLd};
use super::rules::Embedded;
use super::survey::{MarkKind, Survey};
use crate::address::resolve;
use crate::model::{Media, MediaKind};

/// Most pieces of one article.
const PIECES: usize = 20;

/// Everything that the page's article shows and plays, once each.
pub fn media(
    json_ld: &JsonLd,
    blocks: &[Block<'_>],
    survey: &Survey<'_>,
    title: Option<usize>,
    base: &Url,
) -> Vec<Media> {
    let mut found: Vec<Media> = Vec::new();
    for block in blocks {
        found.extend(of_block(json_ld, block, base));
    }
    found.extend(of_meta(survey, base));
    for mark in survey.marks(MarkKind::Player) {
        if !survey.is_foreign(mark, title) {
            found.extend(of_player(mark.element, base));
        }
    }
    let mut once: Vec<Media> = Vec::new();
    for media in found {
        if once.len() < PIECES && !once.iter().any(|known| known.url == media.url) {
            once.push(media);
        }
    }
    once
}

/// `media` behind the film and sound that configured paths name, of which the first plays as long as they say.
pub fn with_configured(media: Vec<Media>, embedded: &Embedded, base: &Url) -> Vec<Media> {
    let addresses = embedded.media.iter().take(PIECES);
    let configured = addresses.filter_map(|address| Some(at(resolve(base, address)?)));
    let mut media: Vec<Media> = configured.chain(media).collect();
    if let Some(first) = media.first_mut() {
        let told = embedded.duration.as_deref().and_then(duration);
        first.duration = first.duration.or(told);
    }
    media
}

/// A file of which only the address is known.
fn at(url: Url) -> Media {
    let mime = mime_of(&url, MediaKind::Video);
    let kind = match &mime {
        Some(mime) if mime.starts_with("audio") => MediaKind::Audio,
        _ => MediaKind::Video,
    };
    Media {
        url,
        kind,
        mime,
        length_bytes: None,
        duration: None,
        thumbnail: None,
        title: None,
    }
}

fn of_block(json_ld: &JsonLd, block: &Block<'_>, base: &Url) -> Vec<Media> {
    let own = [
        ("VideoObject", MediaKind::Video),
        ("AudioObject", MediaKind::Audio),
    ]
    .into_iter()
    .find(|(name, _)| *name == block.kind)
    .and_then(|(_, kind)| of_object(block.object, kind, base));
    let mut found: Vec<Media> = own.into_iter().collect();
    if block.is_page {
        return found;
    }
    for (member, kind) in [
        ("video", MediaKind::Video),
        ("audio", MediaKind::Audio),
        ("associatedMedia", MediaKind::Audio),
    ] {
        for value in json::each(block.object.get(member)) {
            let Some(object) = json_ld.resolve(value).as_object() else {
                continue;
            };
            let named = json::strings(object.get("@type"))
                .next()
                .unwrap_or_default();
            let kind = match named {
                "VideoObject" => MediaKind::Video,
                "AudioObject" => MediaKind::Audio,
                _ if member == "associatedMedia" => continue,
                _ => kind,
            };
            found.extend(of_object(object, kind, base));
        }
    }
    found
}

fn of_object(object: &Map<String, Value>, kind: MediaKind, base: &Url) -> Option<Media> {
    let text = |member: &str| {
        object.get(member).and_then(|value| {
            json::each(Some(value))
                .find_map(|value| json::text_of(value, &["url", "contentUrl", "@value"]))
        })
    };
    let file = text("contentUrl");
    let url = resolve(
        base,
        &file
            .clone()
            .or_else(|| text("embedUrl"))
            .or_else(|| text("url"))?,
    )?;
    Some(Media {
        mime: text("encodingFormat")
            .filter(|mime| mime.contains('/'))
            .or_else(|| mime_of(&url, kind)),
        length_bytes: text("contentSize").and_then(|size| size.parse().ok()),
        duration: text("duration").as_deref().and_then(duration),
        thumbnail: text("thumbnailUrl")
            .or_else(|| text("thumbnail"))
            .and_then(|thumbnail| resolve(base, &thumbnail)),
        title: text("name")
            .or_else(|| text("headline"))
            .map(|name| plain(&name))
            .filter(|name| !name.is_empty()),
        url,
        kind,
    })
}

fn of_meta(survey: &Survey<'_>, base: &Url) -> Option<Media> {
    let (kind, name) = match survey.meta("og:audio") {
        Some(_) => (MediaKind::Audio, "og:audio"),
        None => (MediaKind::Video, "og:video"),
    };
    let told = |part: &str| survey.meta(&format!("{name}{part}"));
    let url = [":secure_url", ":url", ""]
        .iter()
        .find_map(|part| resolve(base, told(part)?))?;
    let mime = told(":type").filter(|mime| mime.contains('/') && !mime.starts_with("text/"));
    Some(Media {
        mime: mime.map(str::to_owned).or_else(|| mime_of(&url, kind)),
        length_bytes: None,
        duration: ["og:video:duration", "video:duration"]
            .iter()
            .find_map(|name| duration(survey.meta(name)?)),
        thumbnail: None,
        title: None,
        url,
        kind,
    })
}

fn of_player(player: ElementRef<'_>, base: &Url) -> Option<Media> {
    let kind = if player.value().name() == "audio" {
        MediaKind::Audio
    } else {
        MediaKind::Video
    };
    let sources = player
        .descendants()
        .skip(1)
        .take(50)
        .filter_map(ElementRef::wrap)
        .filter(|source| source.value().name() == "source");
    let (address, mime) = std::iter::once(player).chain(sources).find_map(|source| {
        Some((
            source.attr("src").or(source.attr("data-src"))?,
            source.attr("type"),
        ))
    })?;
    let url = resolve(base, address)?;
    Some(Media {
        mime: mime.map(str::to_owned).or_else(|| mime_of(&url, kind)),
        length_bytes: None,
        duration: player.attr("data-duration").and_then(duration),
        thumbnail: player
            .attr("poster")
            .and_then(|poster| resolve(base, poster)),
        title: player
            .attr("title")
            .map(plain)
            .filter(|title| !title.is_empty()),
        url,
        kind,
    })
}

/// The type that a file's ending means.
pub fn mime_of(url: &Url, kind: MediaKind) -> Option<String> {
    let name = url.path().rsplit('/').next()?;
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let mime = match (ending.as_str(), kind) {
        ("mp4" | "m4v", MediaKind::Video) => "video/mp4",
        ("webm", MediaKind::Video) => "video/webm",
        ("ogv", _) => "video/ogg",
        ("mov", _) => "video/quicktime",
        ("m3u8", _) => "application/vnd.apple.mpegurl",
        ("mpd", _) => "application/dash+xml",
        ("mp3", _) => "audio/mpeg",
        ("m4a" | "aac", _) => "audio/mp4",
        ("ogg" | "oga" | "opus", _) => "audio/ogg",
        ("wav", _) => "audio/wav",
        _ => return None,
    };
    Some(mime.to_owned())
}

/// The longest film in seconds that is believed: a day.
const LONGEST_SECONDS: f64 = 86_400.0;

/// A playing time: seconds, ISO 8601 (`PT1H2M3S`), or a clock (`1:02:03`).
pub fn duration(text: &str) -> Option<Duration> {
    let text = text.trim().to_ascii_uppercase();
    let seconds = match text.strip_prefix('P') {
        Some(parts) => iso_seconds(parts)?,
        None if text.contains(':') => clock_seconds(&text)?,
        None => text.parse::<f64>().ok()?,
    };
    (seconds > 0.0 && seconds <= LONGEST_SECONDS).then(|| Duration::from_secs_f64(seconds))
}

fn iso_seconds(parts: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut number = String::new();
    for c in parts.chars() {
        let unit = match c {
            'T' => continue,
            'D' => 86_400.0,
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            c => {
                number.push(if c == ',' { '.' } else { c });
                continue;
            }
        };
        seconds += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    number.is_empty().then_some(seconds)
}

fn clock_seconds(text: &str) -> Option<f64> {
    text.split(':').try_fold(0.0, |total, part| {
        Some(total * 60.0 + part.parse::<f64>().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playing_time_is_read_in_each_of_its_spellings() {
        for (text, seconds) in [
            ("95", Some(95)),
            ("PT1M35S", Some(95)),
            ("P0DT1H2M3S", Some(3723)),
            ("PT95.0S", Some(95)),
            ("1:35", Some(95)),
            ("1:02:03", Some(3723)),
            ("0", None),
            ("PT", None),
            ("P1Y", None),
            ("long", None),
            ("1e300", None),
            ("NaN", None),
        ] {
            assert_eq!(duration(text), seconds.map(Duration::from_secs), "{text}");
        }
    }
}
