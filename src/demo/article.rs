//! A printed story → its page.

use serde_json::json;

use super::desk::Printed;
use super::markup::{body, escape, fill};
use super::pages::{FOOTER, Paper, aside, byline, header, href, picture_href, tags, target};
use super::picture;
use super::stories::{Section, Style};
use super::words::{date, iso};

/// The page of a story, in the markup of its home section.
pub fn page(paper: &Paper<'_>, printed: &Printed) -> String {
    let Some(home) = paper.desk.section(printed.story.home()) else {
        return String::new();
    };
    let template = match home.style {
        Style::Cards => include_str!("../../fixtures/demo/article.html"),
        Style::River => include_str!("../../fixtures/demo/river-article.html"),
    };
    let story = &printed.story;
    let published = date(printed.published, &home.language);
    fill(
        template,
        &[
            ("language", &home.language),
            ("direction", home.direction()),
            ("title", &escape(printed.title())),
            ("url", &format!("{}{}", paper.base, href(paper, printed))),
            ("summary", &escape(&story.summary)),
            ("authors", &escape(&story.authors.join(", "))),
            ("meta", &meta(paper, home, printed)),
            ("json_ld", &json_ld(paper, home, printed)),
            ("header", &header(paper, true)),
            ("section_path", &home.path()),
            ("section", &escape(&home.title)),
            ("byline", &byline(printed)),
            ("published_iso", &iso(printed.published)),
            ("published", &published),
            ("updated", &updated(home, printed)),
            ("figure", &figure(printed)),
            ("body", &text(paper, home, printed)),
            ("tags", &tags(printed)),
            ("aside", &aside(paper)),
            ("footer", FOOTER),
        ],
    )
}

/// The text and, where there is one, the correction.
fn text(paper: &Paper<'_>, home: &Section, printed: &Printed) -> String {
    let mut text = printed.story.body.clone();
    if printed.corrected.is_some() {
        let words = printed.story.correction.as_deref();
        text.push_str("\n\nCorrection: ");
        text.push_str(
            words.unwrap_or("An earlier version of this report was not right in every point."),
        );
    }
    body(&text, home.style, &|slug| target(paper, slug))
}

fn updated(home: &Section, printed: &Printed) -> String {
    let Some(corrected) = printed.corrected else {
        return String::new();
    };
    let words = date(corrected, &home.language);
    match home.style {
        Style::Cards => format!(
            " <span class=\"updated\">Updated <time datetime=\"{}\">{words}</time></span>",
            iso(corrected)
        ),
        Style::River => format!(" (updated {words})"),
    }
}

fn figure(printed: &Printed) -> String {
    let story = &printed.story;
    let picture = picture_href(printed);
    if story.film.is_some() {
        return format!(
            "<video controls poster=\"{picture}\"><source src=\"/media/{}.mp4\" type=\"video/mp4\"></video>",
            story.slug
        );
    }
    let Some(caption) = &story.picture else {
        return String::new();
    };
    let caption = escape(caption);
    let credit = story.credit.as_deref().map(escape).unwrap_or_default();
    format!(
        "<figure class=\"lead\"><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"{picture}\" alt=\"{caption}\" \
         width=\"{}\" height=\"{}\"><figcaption>{caption} ({credit})</figcaption></figure>",
        picture::WIDTH,
        picture::HEIGHT
    )
}

fn meta(paper: &Paper<'_>, home: &Section, printed: &Printed) -> String {
    let story = &printed.story;
    let mut lines = Vec::new();
    if story.picture.is_some() || story.film.is_some() {
        let picture = format!("{}{}", paper.base, picture_href(printed));
        lines.push(format!(
            "<meta property=\"og:image\" content=\"{picture}\">"
        ));
    }
    if home.style == Style::Cards {
        let published = iso(printed.published);
        lines.push(format!(
            "<meta property=\"article:published_time\" content=\"{published}\">"
        ));
        for tag in &story.tags {
            lines.push(format!(
                "<meta property=\"article:tag\" content=\"{}\">",
                escape(tag)
            ));
        }
    }
    lines.join("\n")
}

fn json_ld(paper: &Paper<'_>, home: &Section, printed: &Printed) -> String {
    let story = &printed.story;
    let base = paper.base;
    let authors: Vec<_> = story
        .authors
        .iter()
        .map(|name| json!({ "@type": "Person", "name": name }))
        .collect();
    let picture = format!("{base}{}", picture_href(printed));
    let mut article = json!({
        "@type": "NewsArticle",
        "mainEntityOfPage": format!("{base}{}", href(paper, printed)),
        "headline": printed.title(),
        "description": story.summary,
        "datePublished": iso(printed.published),
        "dateModified": iso(printed.modified()),
        "author": authors,
        "articleSection": home.title,
        "keywords": story.tags,
        "inLanguage": home.language,
    });
    if let Some(caption) = &story.picture {
        article["image"] = json!({
            "@type": "ImageObject",
            "url": picture,
            "caption": caption,
            "width": picture::WIDTH,
            "height": picture::HEIGHT,
        });
    }
    if let Some(seconds) = story.film {
        article["video"] = json!({
            "@type": "VideoObject",
            "name": printed.title(),
            "contentUrl": format!("{base}/media/{}.mp4", story.slug),
            "thumbnailUrl": picture,
            "duration": format!("PT{}M{}S", seconds / 60, seconds % 60),
        });
    }
    let publisher =
        json!({ "@type": "NewsMediaOrganization", "name": "The Harbour Gazette", "url": base });
    let graph = json!({ "@context": "https://schema.org", "@graph": [publisher, article] });
    graph.to_string().replace('<', "\\u003c")
}
