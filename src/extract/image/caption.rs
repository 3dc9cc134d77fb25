//! The figure around a picture → its caption and its credit.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::super::pattern;

/// The caption of a figure and its credit, told apart.
pub fn caption(figure: ElementRef<'_>) -> (Option<String>, Option<String>) {
    static CREDIT_CLASS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)credit|copyright|source|photographer|agency|author|rights|byline")
    });
    let mut text = None;
    let mut credit = None;
    for node in figure.descendants().take(400) {
        let Some(element) = ElementRef::wrap(node) else {
            continue;
        };
        let class = element.attr("class").unwrap_or_default();
        let is_caption = element.value().name() == "figcaption" || class.contains("caption");
        if text.is_none() && is_caption {
            text = Some(crate::html::text(element)).filter(|text| !text.is_empty());
        }
        if credit.is_none() && element.value().name() != "figure" && CREDIT_CLASS.is_match(class) {
            credit = Some(crate::html::text(element)).filter(|text| !text.is_empty());
        }
    }
    told_apart(text, credit)
}

/// A credit at the end of a caption, in brackets or behind its own element, leaves the caption.
fn told_apart(caption: Option<String>, credit: Option<String>) -> (Option<String>, Option<String>) {
    static BRACKET: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(.*?)\s*[(\[]([^()\[\]]{2,80})[)\]]\s*\.?$"));
    let Some(caption) = caption else {
        return (None, credit.map(bare_credit));
    };
    if let Some(credit) = credit {
        let rest = caption
            .strip_suffix(credit.as_str())
            .unwrap_or(&caption)
            .trim();
        let rest = (!rest.is_empty() && rest != credit).then(|| rest.to_owned());
        return (rest, Some(bare_credit(credit)));
    }
    match BRACKET.captures(&caption) {
        Some(found) if !found[1].is_empty() => (
            Some(found[1].to_owned()),
            Some(bare_credit(found[2].to_owned())),
        ),
        _ => (Some(caption), None),
    }
}

/// Without "Photo:" and "©" before it.
fn bare_credit(credit: String) -> String {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:photo(?:graph)?s?|image|picture|foto|bild|credits?|quelle|source|copyright|fotos?|crédit(?:s)?)\s*(?:by|credit)?\s*[:：]\s*|©\s*|\(c\)\s*|[(\[])+",
        )
    });
    let bare = LEAD.replace(credit.trim(), "");
    bare.trim_end_matches([')', ']']).trim().to_owned()
}
