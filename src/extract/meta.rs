//! `meta` and `link` elements → testimonies: OpenGraph, Twitter, Dublin Core, Parse.ly, Sailthru, plain names.

use super::survey::Survey;
use super::witness::{Evidence, Field, Witness};

/// Names of `meta` elements (lower case, `dc:` as `dc.`) and the field they speak of, within a field the most trusted first.
const NAMES: &[(&str, Field)] = &[
    ("og:title", Field::Title),
    ("twitter:title", Field::Title),
    ("parsely-title", Field::Title),
    ("sailthru.title", Field::Title),
    ("citation_title", Field::Title),
    ("dc.title", Field::Title),
    ("dcterms.title", Field::Title),
    ("headline", Field::Title),
    ("title", Field::Title),
    ("article:author", Field::Author),
    ("article:author_name", Field::Author),
    ("og:article:author", Field::Author),
    ("parsely-author", Field::Author),
    ("sailthru.author", Field::Author),
    ("citation_author", Field::Author),
    ("author", Field::Author),
    ("authors", Field::Author),
    ("byl", Field::Author),
    ("dc.creator", Field::Author),
    ("dcterms.creator", Field::Author),
    ("dcsext.author", Field::Author),
    ("cxenseparse:author", Field::Author),
    ("news_authors", Field::Author),
    ("article:published_time", Field::Published),
    ("article:published", Field::Published),
    ("og:article:published_time", Field::Published),
    ("og:published_time", Field::Published),
    ("article.published", Field::Published),
    ("datepublished", Field::Published),
    ("parsely-pub-date", Field::Published),
    ("sailthru.date", Field::Published),
    ("citation_online_date", Field::Published),
    ("citation_publication_date", Field::Published),
    ("citation_date", Field::Published),
    ("dc.date.issued", Field::Published),
    ("dcterms.issued", Field::Published),
    ("dc.date.created", Field::Published),
    ("dcterms.created", Field::Published),
    ("dcterms.date", Field::Published),
    ("dc.date", Field::Published),
    ("pubdate", Field::Published),
    ("publish-date", Field::Published),
    ("publishdate", Field::Published),
    ("publish_date", Field::Published),
    ("published_date", Field::Published),
    ("publication_date", Field::Published),
    ("publication-date", Field::Published),
    ("published", Field::Published),
    ("release_date", Field::Published),
    ("video:release_date", Field::Published),
    ("article_date_original", Field::Published),
    ("originalpublicationdate", Field::Published),
    ("cxenseparse:recs:publishtime", Field::Published),
    ("cxenseparse:publishtime", Field::Published),
    ("rnews:datepublished", Field::Published),
    ("iso-8601-publish-date", Field::Published),
    ("date", Field::Published),
    ("article:modified_time", Field::Modified),
    ("article:modified", Field::Modified),
    ("og:updated_time", Field::Modified),
    ("datemodified", Field::Modified),
    ("dcterms.modified", Field::Modified),
    ("dc.date.modified", Field::Modified),
    ("last-modified", Field::Modified),
    ("lastmod", Field::Modified),
    ("og:description", Field::Summary),
    ("description", Field::Summary),
    ("twitter:description", Field::Summary),
    ("sailthru.description", Field::Summary),
    ("dc.description", Field::Summary),
    ("dcterms.description", Field::Summary),
    ("og:image", Field::Image),
    ("og:image:url", Field::Image),
    ("og:image:secure_url", Field::Image),
    ("twitter:image", Field::Image),
    ("twitter:image:src", Field::Image),
    ("parsely-image-url", Field::Image),
    ("sailthru.image.full", Field::Image),
    ("sailthru.image.thumb", Field::Image),
    ("thumbnail", Field::Image),
    ("image", Field::Image),
    ("article:tag", Field::Tag),
    ("og:article:tag", Field::Tag),
    ("article:tags", Field::Tag),
    ("parsely-tags", Field::Tag),
    ("sailthru.tags", Field::Tag),
    ("news_keywords", Field::Tag),
    ("keywords", Field::Tag),
    ("dc.subject", Field::Tag),
    ("article:section", Field::Category),
    ("og:article:section", Field::Category),
    ("parsely-section", Field::Category),
    ("section", Field::Category),
    ("category", Field::Category),
    ("cxenseparse:category", Field::Category),
    ("og:locale", Field::Language),
    ("content-language", Field::Language),
    ("dc.language", Field::Language),
    ("dcterms.language", Field::Language),
    ("language", Field::Language),
    ("og:site_name", Field::SiteName),
    ("application-name", Field::SiteName),
    ("apple-mobile-web-app-title", Field::SiteName),
    ("publisher", Field::SiteName),
    ("dc.publisher", Field::SiteName),
    ("og:url", Field::Canonical),
    ("postid", Field::PageId),
    ("parsely-post-id", Field::PageId),
    ("article_id", Field::PageId),
    ("article-id", Field::PageId),
    ("articleid", Field::PageId),
    ("article:id", Field::PageId),
    ("contentid", Field::PageId),
    ("content_id", Field::PageId),
    ("source", Field::Source),
    ("dc.source", Field::Source),
    ("article:content_tier", Field::Free),
    ("og:article:content_tier", Field::Free),
];

/// Hears every `meta` and `link` of the page.
pub fn hear(survey: &Survey<'_>, evidence: &mut Evidence) {
    for (name, content) in &survey.metas {
        let dotted;
        let name = match name.split_once(':') {
            Some((prefix @ ("dc" | "dcterms"), rest)) => {
                dotted = format!("{prefix}.{rest}");
                dotted.as_str()
            }
            _ => name.as_str(),
        };
        if let Some((place, field)) = NAMES.iter().find(|(known, _)| *known == name) {
            evidence.hear(*field, kind(place), *place, content);
        }
    }
    hear_labels(survey, evidence);
    hear_links(survey, evidence);
}

fn kind(name: &str) -> Witness {
    if ["og:", "article:", "twitter:"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
    {
        Witness::OpenGraph
    } else {
        Witness::Meta
    }
}

/// `twitter:label1` names what `twitter:data1` holds; "Written by" is the one that helps here.
fn hear_labels(survey: &Survey<'_>, evidence: &mut Evidence) {
    for (label, data) in [
        ("twitter:label1", "twitter:data1"),
        ("twitter:label2", "twitter:data2"),
    ] {
        let Some(label) = survey.meta(label) else {
            continue;
        };
        let label = label.to_lowercase();
        let speaks_of_author = [
            "written by",
            "author",
            "verfasst von",
            "geschrieben von",
            "escrito por",
            "écrit par",
            "scritto da",
            "كُتب بواسطة",
            "كتب بواسطة",
            "автор",
            "yazar",
            "geschreven door",
            "skrevet av",
            "napisane przez",
        ]
        .iter()
        .any(|words| label.contains(words));
        if let Some(content) = survey.meta(data).filter(|_| speaks_of_author) {
            evidence.hear(Field::Author, Witness::OpenGraph, data, content);
        }
    }
}

fn hear_links(survey: &Survey<'_>, evidence: &mut Evidence) {
    for link in &survey.links {
        let (Some(rel), Some(href)) = (link.attr("rel"), link.attr("href")) else {
            continue;
        };
        for word in rel.split_ascii_whitespace() {
            match word {
                "canonical" => {
                    evidence.hear(Field::Canonical, Witness::Meta, "link canonical", href)
                }
                "image_src" => evidence.hear(Field::Image, Witness::Meta, "link image_src", href),
                _ => {}
            }
        }
    }
}
