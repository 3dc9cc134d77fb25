//! An [`Article`] → the HTML of its item: the lead image, the text, links to film and sound.

use super::budget::Detail;
use super::item::excerpt;
use super::place::spelled;
use super::xml::legal;
use crate::model::{Article, Direction, Image, Media};

/// What a reader's window shows for an article; never empty.
///
/// The lead image stands on top, unless the body already shows it or opens with a picture of its own: readers that show
/// the image of `media:content` by themselves are few, and a picture shown twice looks like a mistake.
pub(super) fn content(
    article: &Article,
    title: &str,
    detail: Detail,
    direction: Option<Direction>,
    language: Option<&str>,
) -> String {
    let full = detail == Detail::Full && !article.body.html.trim().is_empty();
    let text = if full {
        legal(&article.body.html).trim().to_owned()
    } else {
        summary(article)
    };
    let mut html = String::with_capacity(text.len() + 500);
    if let Some(image) = article.lead_image.as_ref().filter(|own| !shows(&text, own)) {
        html.push_str(&figure(image));
    }
    html.push_str(&text);
    for media in &article.media {
        if !text.contains(&escaped(media.url.as_str())) {
            html.push_str(&link(media, title));
        }
    }
    if html.trim().is_empty() {
        html = format!("<p>{}</p>", escaped(title));
    }
    directed(html, direction, language)
}

fn summary(article: &Article) -> String {
    let own = article.summary.as_deref().map(str::trim);
    own.filter(|summary| !summary.is_empty())
        .map(|summary| legal(summary).into_owned())
        .or_else(|| excerpt(&article.body.text))
        .map_or_else(String::new, |text| format!("<p>{}</p>", escaped(&text)))
}

/// Whether the body shows this picture, perhaps in another size, or begins with a picture before its first word.
fn shows(body: &str, image: &Image) -> bool {
    let name = stem(image.url.path());
    (name.len() >= TELLING_NAME && body.contains(name))
        || body.contains(&escaped(image.url.as_str()))
        || opens_with_picture(body)
}

/// File names shorter than this ("1.jpg") are no sign that two addresses show one picture.
const TELLING_NAME: usize = 8;

/// The name of a picture's file without its ending and the size that it is scaled to: `crowd` of `/2024/crowd-800x450.jpg`.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    match name.rsplit_once(['-', '_']) {
        Some((start, size))
            if size.chars().any(|c| c.is_ascii_digit())
                && size.chars().all(|c| c.is_ascii_digit() || c == 'x') =>
        {
            start
        }
        _ => name,
    }
}

fn opens_with_picture(body: &str) -> bool {
    let Some(picture) = body.find("<img") else {
        return false;
    };
    let mut inside = false;
    !body[..picture].chars().any(|c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_whitespace() => return true,
            _ => {}
        }
        false
    })
}

fn figure(image: &Image) -> String {
    let mut html = format!(
        "<figure><img src=\"{}\" alt=\"{}\"",
        escaped(&spelled(&image.url)),
        escaped(image.alt.as_deref().unwrap_or_default()),
    );
    if let (Some(width), Some(height)) = (image.width, image.height) {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    html.push('>');
    if let Some(caption) = caption(image) {
        html.push_str(&format!("<figcaption>{}</figcaption>", escaped(&caption)));
    }
    html.push_str("</figure>");
    html
}

/// Caption and credit in one line: "A crowd in the square (AP)".
fn caption(image: &Image) -> Option<String> {
    let caption = image.caption.as_deref().filter(|text| !text.is_empty());
    let credit = image.credit.as_deref().filter(|text| !text.is_empty());
    match (caption, credit) {
        (Some(caption), Some(credit)) if !caption.contains(credit) => {
            Some(format!("{caption} ({credit})"))
        }
        (Some(caption), _) => Some(caption.to_owned()),
        (None, credit) => credit.map(str::to_owned),
    }
}

/// A line that leads to a film or a sound; a sign says what it is in every language.
fn link(media: &Media, title: &str) -> String {
    format!(
        "<p><a href=\"{}\">▶ {}</a></p>",
        escaped(&spelled(&media.url)),
        escaped(media.title.as_deref().unwrap_or(title)),
    )
}

/// Text that runs from right to left says so itself, since most readers set it like their own language.
fn directed(html: String, direction: Option<Direction>, language: Option<&str>) -> String {
    match (direction, language) {
        (Some(Direction::Rtl), Some(language)) => {
            format!(
                "<div dir=\"rtl\" lang=\"{}\">{html}</div>",
                escaped(language)
            )
        }
        (Some(Direction::Rtl), None) => format!("<div dir=\"rtl\">{html}</div>"),
        _ => html,
    }
}

/// Plain text as HTML, also between double quotes. The apostrophe stays: `&apos;` is not known to HTML 4 parsers, which readers use.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in legal(text).chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}
