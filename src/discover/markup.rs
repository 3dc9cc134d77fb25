//! Text that may hold HTML → plain text, and what other small things several kinds of listing share.

use std::time::Duration;

use scraper::Html;
use url::Url;

use crate::html::text;
use crate::model::{Media, MediaKind};
use crate::text::squeeze;

/// Most bytes of markup that are parsed for one line of plain text.
const MOST_MARKUP: usize = 50_000;

/// `text` on one line without its tags and references; nothing where nothing is left.
pub fn plain(text_or_markup: &str) -> Option<String> {
    let line = if text_or_markup.contains(['<', '&']) {
        let mut end = text_or_markup.len().min(MOST_MARKUP);
        while !text_or_markup.is_char_boundary(end) {
            end -= 1;
        }
        text(Html::parse_fragment(&text_or_markup[..end]).root_element())
    } else {
        squeeze(text_or_markup)
    };
    Some(line).filter(|line| !line.is_empty())
}

/// The parts of a list written in one text ("Gaza, Lebanon"; "غزة، لبنان"), each once.
pub fn split_list(list: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in list.split([',', '،', ';', '、', '，']) {
        let part = squeeze(part);
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Plain text as paragraphs of HTML.
pub fn paragraphs(text: &str) -> String {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let escaped = quick_xml::escape::partial_escape(paragraph);
            format!("<p>{}</p>", escaped.replace('\n', "<br>"))
        })
        .collect()
}

/// Film or sound at `url`, if its type or its name says that it is.
pub fn media(url: Url, mime: Option<&str>) -> Option<Media> {
    let mime = mime.map(str::trim).filter(|mime| !mime.is_empty());
    let ending = url
        .path()
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let kind = match (mime, ending.as_str()) {
        (Some(mime), _) if mime.starts_with("audio") => MediaKind::Audio,
        (Some(mime), _) if mime.starts_with("video") => MediaKind::Video,
        (_, "mp3" | "m4a" | "ogg" | "oga" | "opus" | "wav" | "aac") => MediaKind::Audio,
        (_, "mp4" | "m4v" | "webm" | "mov" | "m3u8" | "ogv") => MediaKind::Video,
        _ => return None,
    };
    Some(Media {
        url,
        kind,
        mime: mime.filter(|mime| mime.contains('/')).map(str::to_owned),
        length_bytes: None,
        duration: None,
        thumbnail: None,
        title: None,
    })
}

/// Whether `address` ends as the name of a picture's file.
pub fn is_picture_name(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

/// A playing time: seconds, "1:02:03", or ISO 8601 ("PT1M30S").
pub fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Some(parts) = text
        .strip_prefix("PT")
        .or_else(|| text.strip_prefix("P0DT"))
    {
        return iso_duration(parts);
    }
    let mut seconds: f64 = 0.0;
    for part in text.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    Duration::try_from_secs_f64(seconds).ok()
}

fn iso_duration(parts: &str) -> Option<Duration> {
    let mut seconds = 0.0;
    let mut number = String::new();
    for c in parts.chars() {
        let unit = match c {
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_one_plain_line() {
        for (markup, line) in [
            ("Rain &amp; <b>wind</b>", Some("Rain & wind")),
            ("caf&eacute;", Some("café")),
            ("  a \n b ", Some("a b")),
            ("<p></p>", None),
        ] {
            assert_eq!(plain(markup).as_deref(), line, "{markup}");
        }
    }

    #[test]
    fn playing_times_are_read_in_every_spelling() {
        for (text, seconds) in [
            ("90", Some(90)),
            ("1:30", Some(90)),
            ("1:00:01", Some(3601)),
            ("PT1H2M3S", Some(3723)),
            ("soon", None),
            ("-5", None),
        ] {
            assert_eq!(duration(text).map(|d| d.as_secs()), seconds, "{text}");
        }
    }
}
