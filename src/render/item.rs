//! An [`Entry`] → what every format says of it: title, link, dates, names, labels, pictures and files.

use std::collections::HashSet;
use std::hash::Hasher;

use chrono::{DateTime, Utc};
use url::Url;

use super::budget::Detail;
use super::content::content;
use super::place::{Head, spelled};
use super::xml::legal;
use crate::model::{Article, Direction, Entry, Image, Media, MediaKind};
use crate::text::{fold, squeeze};

/// What a document says of one entry, the same in every format.
pub(super) struct Item<'a> {
    pub id: &'a str,
    pub title: String,
    pub link: String,
    /// The address that the page calls its own, where it is another than `link`.
    pub via: Option<String>,
    /// One each; the agency where nobody signed.
    pub authors: Vec<String>,
    pub published: DateTime<Utc>,
    /// Not before `published`.
    pub updated: DateTime<Utc>,
    /// Plain text: the site's own words only.
    pub summary: Option<String>,
    /// Once each, without commas: some readers split there.
    pub categories: Vec<String>,
    /// The language, where it is not the feed's.
    pub language: Option<&'a str>,
    pub image: Option<&'a Image>,
    pub files: Vec<File>,
    /// The same story in other languages: language and address.
    pub translations: Vec<(&'a str, String)>,
    entry: &'a Entry,
    direction: Option<Direction>,
}

/// A film or a sound that a reader can play.
pub(super) struct File {
    pub url: String,
    pub mime: String,
    pub medium: &'static str,
    pub length_bytes: Option<u64>,
    pub seconds: Option<u64>,
    pub thumbnail: Option<String>,
    pub title: Option<String>,
}

impl<'a> Item<'a> {
    pub fn of(entry: &'a Entry, head: &Head<'a>) -> Item<'a> {
        let article = &entry.article;
        let link = match &entry.link {
            Some(url) => spelled(url),
            // A line without a page of its own has a place on the feed's page here; readers want a link for each item.
            None => format!("{}#{}", head.page, anchor(entry)),
        };
        let canonical = article.canonical_url.as_ref().map(spelled);
        Item {
            id: &entry.id.0,
            title: title(entry),
            via: canonical.filter(|address| *address != link),
            link,
            authors: authors(article),
            published: entry.date(),
            updated: entry.updated.max(entry.date()),
            summary: words(article.summary.as_deref()),
            categories: categories(article),
            language: article
                .language
                .as_deref()
                .filter(|own| Some(*own) != head.language),
            image: article.lead_image.as_ref(),
            files: files(article),
            translations: article
                .translations
                .iter()
                .map(|told| (told.language.as_str(), spelled(&told.url)))
                .collect(),
            entry,
            direction: article.direction.or(head.direction),
        }
    }

    /// The item as HTML, for the reader's window.
    pub fn content(&self, detail: Detail) -> String {
        let article = &self.entry.article;
        let language = article.language.as_deref();
        content(article, &self.title, detail, self.direction, language)
    }

    /// The summary, and where the site wrote none and `detail` leaves the text out, the beginning of the text.
    pub fn summary(&self, detail: Detail) -> Option<String> {
        match (&self.summary, detail) {
            (Some(summary), _) => Some(summary.clone()),
            (None, Detail::Summary) => excerpt(&self.entry.article.body.text),
            (None, Detail::Full) => None,
        }
    }

    /// All names in one, since half of the readers show only one of several: "A, B".
    pub fn byline(&self) -> Option<String> {
        (!self.authors.is_empty()).then(|| self.authors.join(", "))
    }
}

/// Where an entry stands on its feed's page: a name that is as permanent as its id.
pub(crate) fn anchor(entry: &Entry) -> String {
    let mut hasher = siphasher::sip::SipHasher13::new();
    hasher.write(entry.id.0.as_bytes());
    format!("e{:016x}", hasher.finish())
}

/// Characters of a title that is made from a text: a line of a reader's list.
const MADE_TITLE_CHARS: usize = 80;

/// Characters of a summary that is made from a text: a paragraph.
const EXCERPT_CHARS: usize = 400;

/// The headline; where the page has none, the first words of what it has, since RSS and most readers want one.
pub(crate) fn title(entry: &Entry) -> String {
    let article = &entry.article;
    let image = article.lead_image.as_ref();
    let made = words(article.title.as_deref()).or_else(|| {
        [
            article.summary.as_deref(),
            Some(article.body.text.as_str()),
            image.and_then(|image| image.caption.as_deref()),
            image.and_then(|image| image.alt.as_deref()),
            article
                .media
                .iter()
                .find_map(|media| media.title.as_deref()),
        ]
        .into_iter()
        .find_map(|text| words(text).map(|text| first_words(&text, MADE_TITLE_CHARS)))
    });
    made.or_else(|| entry.link.as_ref().map(Url::to_string))
        .unwrap_or_else(|| entry.date().format("%Y-%m-%d %H:%M").to_string())
}

/// `text` on one clean line, if there is anything on it.
fn words(text: Option<&str>) -> Option<String> {
    let line = squeeze(text?);
    let line = legal(&line).into_owned();
    (!line.is_empty()).then_some(line)
}

/// The beginning of a text, as a summary.
pub(crate) fn excerpt(text: &str) -> Option<String> {
    words(Some(text)).map(|text| first_words(&text, EXCERPT_CHARS))
}

/// `text` cut between two words at `limit` characters, with a sign that there was more.
fn first_words(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let cut = cut.rfind(' ').map_or(cut, |blank| &cut[..blank]);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
}

fn authors(article: &Article) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let signed = article.authors.iter().map(String::as_str);
    for name in signed.filter_map(|name| words(Some(name))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.extend(words(article.source.as_deref()));
    }
    names
}

fn categories(article: &Article) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    let mut known = HashSet::new();
    let own = article.category.iter().chain(&article.tags);
    for label in own.filter_map(|label| words(Some(&label.replace(',', " ")))) {
        if known.insert(fold(&label)) {
            labels.push(label);
        }
    }
    labels
}

fn files(article: &Article) -> Vec<File> {
    let media = article.media.iter();
    media.filter_map(|media| file(media, article)).collect()
}

/// The file to play, where there is one. What has no type of sound or film is a player's page: no reader can play that, so the
/// content links to it instead.
fn file(media: &Media, article: &Article) -> Option<File> {
    let told = media.mime.as_deref().or_else(|| mime_of(&media.url));
    let mime = told.filter(|mime| is_playable(mime))?;
    let lead = article.lead_image.as_ref().map(|image| &image.url);
    Some(File {
        url: spelled(&media.url),
        mime: mime.to_owned(),
        medium: match media.kind {
            MediaKind::Audio => "audio",
            MediaKind::Video => "video",
        },
        length_bytes: media.length_bytes,
        seconds: media.duration.map(|duration| duration.as_secs()),
        thumbnail: media.thumbnail.as_ref().or(lead).map(spelled),
        title: words(media.title.as_deref()),
    })
}

fn is_playable(mime: &str) -> bool {
    let mime_chars =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '+' | '-' | '_');
    mime.chars().all(mime_chars)
        && (mime.starts_with("audio/")
            || mime.starts_with("video/")
            || matches!(
                mime,
                "application/x-mpegURL"
                    | "application/vnd.apple.mpegurl"
                    | "application/dash+xml"
                    | "application/ogg"
            ))
}

/// The media type that the ending of an address tells.
pub(super) fn mime_of(url: &Url) -> Option<&'static str> {
    let name = url.path().rsplit('/').next()?;
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jfif" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "ogv" => "video/ogg",
        "m3u8" => "application/vnd.apple.mpegurl",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "aac" => "audio/aac",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        _ => return None,
    })
}
