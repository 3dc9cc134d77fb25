//! Two readings of an article → whether a reader can see a difference, or only a program.

use std::collections::BTreeSet;

use crate::model::{Article, Image, Media, Translation};
use crate::text::squeeze;

/// Whether a reader would see a change worth telling: in the title, the authors, the summary, the text, the lead picture or
/// the media. White space does not count, nor do the parameters of a picture's address (sizes, versions, signatures).
pub fn differs(before: &Article, after: &Article) -> bool {
    line(before.title.as_deref()) != line(after.title.as_deref())
        || line(before.summary.as_deref()) != line(after.summary.as_deref())
        || lines(&before.authors) != lines(&after.authors)
        || squeeze(&before.body.text) != squeeze(&after.body.text)
        || picture(before.lead_image.as_ref()) != picture(after.lead_image.as_ref())
        || media(&before.media) != media(&after.media)
}

/// Whether something else is worth keeping: tags and translations (in whatever order), category, source, language, dates that were
/// unknown, markup, a caption. A new time of modification alone is none, since some sites stamp it at every answer.
pub fn differs_quietly(before: &Article, after: &Article) -> bool {
    tags(before) != tags(after)
        || before.category != after.category
        || before.source != after.source
        || before.language != after.language
        || before.direction != after.direction
        || before.published != after.published
        || before.restricted != after.restricted
        || translations(before) != translations(after)
        || words(before.lead_image.as_ref()) != words(after.lead_image.as_ref())
        || without_parameters(&before.body.html) != without_parameters(&after.body.html)
}

fn line(text: Option<&str>) -> String {
    squeeze(text.unwrap_or_default())
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| squeeze(text)).collect()
}

fn tags(article: &Article) -> BTreeSet<String> {
    article.tags.iter().map(|tag| squeeze(tag)).collect()
}

fn translations(article: &Article) -> BTreeSet<&Translation> {
    article.translations.iter().collect()
}

/// What of a picture's address names the picture: its path. Hosts of picture servers take turns.
fn picture(image: Option<&Image>) -> Option<&str> {
    image.map(|image| image.url.path())
}

fn words(image: Option<&Image>) -> Option<[String; 3]> {
    image.map(|image| [&image.alt, &image.caption, &image.credit].map(|text| line(text.as_deref())))
}

/// What of their addresses names films and sounds: the path of a file; for a player (`/watch?v=…`) its parameters too.
fn media(media: &[Media]) -> Vec<(&str, Option<&str>)> {
    media
        .iter()
        .map(|media| {
            let is_file = media
                .url
                .path()
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .contains('.');
            (media.url.path(), media.url.query().filter(|_| !is_file))
        })
        .collect()
}

/// `html` on one line, with the parameters of every address in it left out.
fn without_parameters(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let (mut in_tag, mut in_value, mut in_parameters) = (false, false, false);
    for c in html.chars() {
        match c {
            '<' if !in_value => in_tag = true,
            '>' if !in_value => in_tag = false,
            '"' if in_tag => (in_value, in_parameters) = (!in_value, false),
            '?' if in_value => in_parameters = true,
            // The next address of a `srcset`.
            c if c.is_whitespace() => in_parameters = false,
            _ => {}
        }
        if !in_parameters {
            plain.push(c);
        }
    }
    squeeze(&plain)
}
