//! The words and addresses of a page → whether they name an author or a source, before anything else is known of the page.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::super::pattern;

/// Whether an address is that of an author's page.
pub fn leads_to_author(href: &str) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)/(?:authors?|by|people|profiles?|staff|journalists?|autor(?:en|es|i)?|auteurs?|redakt\w*|writers?|contributors?|reporters?|columnists?|bio)(?:/|-|_|\?|$)|[?&]author=",
        )
    });
    PERSON.is_match(href)
}

/// Longest line in bytes that may be a byline.
pub const SIGNATURE_BYTES: usize = 150;

/// Longest name in bytes of an agency.
pub const AGENCY_BYTES: usize = 30;

/// Whether a text begins like a byline.
pub fn is_signature(text: &str) -> bool {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?i:by|written by|posted by|author|words by|von|ein beitrag von|autor(?:in)?|par|por|escrito por)(?:\s*:\s*|\s+)\p{Lu}|(?:作者|文|記者|记者|責編|责编)\s*[:：]|[（(]\s*责(?:任)?编|(?:بقلم|كتب|كتبت|إعداد)\s*:?\s|(?:Автор|Текст)\s*:)",
        )
    });
    let may_be = |c: char| {
        !c.is_ascii()
            || matches!(
                c.to_ascii_lowercase(),
                'a' | 'b' | 'e' | 'p' | 'v' | 'w' | '('
            )
    };
    text.starts_with(may_be) && LEAD.is_match(text)
}

/// Whether a text is the word before a name, which then stands in an element of its own: "By <b>Jane Doe</b>".
pub fn is_lead(text: &str) -> bool {
    const LEADS: [&str; 8] = [
        "by",
        "by:",
        "written by",
        "edited by",
        "reported by",
        "von",
        "par",
        "por",
    ];
    LEADS.iter().any(|lead| text.eq_ignore_ascii_case(lead))
}

/// Whether a text begins like the line that names a source.
pub fn is_source(text: &str) -> bool {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:source|quelle|fuente|fonte|bron|kaynak|источник|джерело|المصدر|منبع|来源|來源|출처)s?\s*[:：]\s*\S",
        )
    });
    text.contains([':', '：']) && SOURCE.is_match(text)
}

/// Whether an element belongs to a picture.
pub fn is_caption(element: ElementRef<'_>) -> bool {
    std::iter::once(element)
        .chain(element.ancestors().filter_map(ElementRef::wrap).take(4))
        .any(|element| {
            matches!(element.value().name(), "figure" | "figcaption")
                || element
                    .attr("class")
                    .map(str::to_ascii_lowercase)
                    .is_some_and(|class| class.contains("caption") || class.contains("figure"))
        })
}
