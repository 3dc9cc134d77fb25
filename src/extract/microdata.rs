//! `itemprop` attributes → testimonies about the article, not about its comments, its site or its neighbours.

use scraper::ElementRef;

use super::survey::{Mark, MarkKind, Survey};
use super::witness::{Evidence, Field, Witness};

/// Hears the properties of the page's article. `title` is where its headline stands.
pub fn hear(survey: &Survey<'_>, title: Option<usize>, evidence: &mut Evidence) {
    for mark in survey.marks(MarkKind::Property) {
        if survey.is_foreign(mark, title) {
            continue;
        }
        let properties = mark.element.attr("itemprop").unwrap_or_default();
        for property in properties.split_ascii_whitespace() {
            if let Some(field) = field(survey, mark, property) {
                let value = value(mark.element, field);
                evidence.hear_at(
                    field,
                    Witness::Microdata,
                    format!("itemprop {property}"),
                    &value,
                    mark.position,
                );
            }
        }
    }
}

/// The field that a property speaks of, given the item it belongs to.
fn field(survey: &Survey<'_>, mark: &Mark<'_>, property: &str) -> Option<Field> {
    let scope = mark.scope.map(|scope| &survey.scopes[scope]);
    let kind = scope.map_or("", |scope| scope.kind);
    let is_person = matches!(kind, "Person" | "Organization" | "NewsMediaOrganization");
    let of_author = scope.is_some_and(|scope| {
        scope.property.is_some_and(|own| {
            own.split_whitespace()
                .any(|own| own == "author" || own == "creator")
        })
    });
    if of_author {
        return (property == "name").then_some(Field::Author);
    }
    if is_person || !is_article(kind) {
        return None;
    }
    Some(match property {
        "headline" => Field::Title,
        "datePublished" | "dateCreated" => Field::Published,
        "dateModified" => Field::Modified,
        "author" | "creator" if mark.element.attr("itemscope").is_none() => Field::Author,
        "articleSection" => Field::Category,
        "keywords" => Field::Tag,
        "description" => Field::Summary,
        "inLanguage" => Field::Language,
        "image" | "thumbnailUrl" => Field::Image,
        "isAccessibleForFree" => Field::Free,
        _ => return None,
    })
}

/// Whether items of this type are articles, or wrap them.
fn is_article(kind: &str) -> bool {
    kind.is_empty()
        || kind.ends_with("Article")
        || matches!(
            kind,
            "BlogPosting"
                | "LiveBlogPosting"
                | "Report"
                | "CreativeWork"
                | "WebPage"
                | "ItemPage"
                | "ClaimReview"
                | "VideoObject"
                | "Blog"
                | "Review"
                | "Recipe"
        )
}

/// The value of a property (HTML, 5.2.4): what machines read before what people see.
fn value(element: ElementRef<'_>, field: Field) -> String {
    let written = ["content", "datetime"]
        .iter()
        .find_map(|name| element.attr(name));
    let address = || {
        ["src", "href", "data-src"]
            .iter()
            .find_map(|name| element.attr(name))
    };
    match (written, field) {
        (Some(written), _) => written.to_owned(),
        (None, Field::Image) => address().unwrap_or_default().to_owned(),
        (None, _) => crate::html::text(element),
    }
}
