//! The pictures that a page names → the one that stands for its article, with what the page says about it.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;
use url::Url;

use super::pattern;
use super::survey::{MarkKind, Survey};
use super::verdict::{CONFIGURED, Decided};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::address::resolve;
use crate::html::image_url;
use crate::model::Image;
use crate::text::squeeze;

/// Decides the lead image.
pub fn lead_image(
    evidence: &Evidence,
    survey: &Survey<'_>,
    title: Option<usize>,
    base: &Url,
) -> Decided<Option<Image>> {
    let configured = evidence.configured(Field::Image);
    let is_configured = !configured.is_empty();
    let told = if is_configured {
        configured
    } else {
        told(evidence)
    };
    let told: Vec<(&Testimony, Url)> = told
        .into_iter()
        .filter_map(|told| Some((told, resolve(base, &super::json::plain(&told.value))?)))
        .filter(|(_, url)| !is_placeholder(url))
        .collect();
    let first = told.first().map(|(_, url)| url.clone());
    let (url, why) = match first {
        Some(url) if is_configured => (url, CONFIGURED),
        Some(url) => (url, "the most trusted place, logos passed over"),
        None => match first_figure(survey, title, base) {
            Some(url) => (url, "nothing else: the article's first figure"),
            None => return Decided::default(),
        },
    };
    let mut image = Image::at(url);
    let by = told.first().map(|(told, _)| *told);
    let shown = describe(&mut image, survey, title, base);
    if !is_configured {
        enlarge(
            &mut image,
            told.iter().map(|(_, url)| url.clone()).chain(shown),
        );
    }
    Decided::new(Some(image), why).told_by(by)
}

/// Wide enough for any reader's screen, in pixels: no need to look for a larger rendition.
const WIDE_PIXELS: u32 = 1200;

/// Shortest name of a file in characters by which two renditions are known to be of one picture.
const TELLING_NAME: usize = 8;

/// Takes the address of a wider rendition of the same picture, where both tell their width.
fn enlarge(image: &mut Image, renditions: impl Iterator<Item = Url>) {
    let key = picture_key(&image.url);
    let Some(own) = width_of(&image.url).or(image.width) else {
        return;
    };
    if own >= WIDE_PIXELS || key.chars().count() < TELLING_NAME {
        return;
    }
    let widest = renditions
        .filter(|url| picture_key(url) == key)
        .filter_map(|url| Some((width_of(&url)?, url)))
        .max_by_key(|(width, _)| *width);
    if let Some((width, url)) = widest.filter(|(width, _)| *width > own) {
        image.url = url;
        image.width = Some(width);
        image.height = None;
    }
}

/// The width that an address names: `-1024x576.jpg`, `?w=1200`, `/width/800/`.
fn width_of(url: &Url) -> Option<u32> {
    static PAIR: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^\da-z])(\d{2,4})x\d{2,4}(?:[^\da-z]|$|r/)"));
    static WIDTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(?:^|[/?&,;_])(?:w|width|imwidth)[=/_:](\d{2,4})(?:\D|$)"));
    let address = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let found = WIDTH
        .captures(&address)
        .or_else(|| PAIR.captures(&address))?;
    found[1].parse().ok()
}

/// The addresses that machines are given, the best first.
fn told(evidence: &Evidence) -> Vec<&Testimony> {
    let mut told: Vec<_> = evidence
        .of(Field::Image)
        .filter(|told| told.witness != Witness::JsonLdPage)
        .collect();
    told.sort_by_key(|told| match told.witness {
        Witness::OpenGraph if told.place.starts_with("og:") => 0,
        Witness::JsonLd | Witness::OpenGraph => 1,
        Witness::Meta => 2,
        _ => 3,
    });
    told
}

/// Whether an address names a site's logo or a stand-in rather than a picture of something.
fn is_placeholder(url: &Url) -> bool {
    static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[/_.-])(?:logo|placeholder|load(?:er|ing)?|default|blank|spacer|pixel|favicon|avatar|gravatar|no-?image|noimage|fallback|transparent)(?:$|[/_.-]|\d)",
        )
    });
    let name = url.path().rsplit('/').next().unwrap_or_default();
    PLACEHOLDER.is_match(name) || name.to_ascii_lowercase().ends_with(".svg")
}

/// A picture may stand so many elements above its headline.
const ABOVE: usize = 10;

/// The first figure under the headline, or close above it.
fn first_figure(survey: &Survey<'_>, title: Option<usize>, base: &Url) -> Option<Url> {
    survey
        .marks(MarkKind::Image)
        .filter(|mark| {
            mark.position + ABOVE > title.unwrap_or(0) && !survey.is_foreign(mark, title)
        })
        .filter(|mark| !is_small(mark.element))
        .filter_map(|mark| image_url(mark.element, base))
        .filter(|url| width_of(url).is_none_or(|width| width >= SMALL_PIXELS))
        .find(|url| !is_placeholder(url))
}

/// Narrower pictures than this are icons and portraits.
const SMALL_PIXELS: u32 = 150;

fn is_small(image: ElementRef<'_>) -> bool {
    [size(image, "width"), size(image, "height")]
        .into_iter()
        .flatten()
        .any(|pixels| pixels < SMALL_PIXELS)
}

fn size(image: ElementRef<'_>, name: &str) -> Option<u32> {
    image.attr(name)?.trim().trim_end_matches("px").parse().ok()
}

/// Adds what the page's own figure of the same picture says, and the size that `og:image:width` gives; returns the address that
/// the figure shows.
fn describe(
    image: &mut Image,
    survey: &Survey<'_>,
    title: Option<usize>,
    base: &Url,
) -> Option<Url> {
    let key = picture_key(&image.url);
    let shown = survey
        .marks(MarkKind::Image)
        .filter(|mark| !survey.is_foreign(mark, title))
        .find(|mark| image_url(mark.element, base).is_some_and(|url| picture_key(&url) == key));
    if let Some(mark) = shown {
        image.alt = mark
            .element
            .attr("alt")
            .map(squeeze)
            .filter(|alt| !alt.is_empty());
        image.width = size(mark.element, "width");
        image.height = size(mark.element, "height");
        if let Some(figure) = figure_of(mark.element) {
            (image.caption, image.credit) = caption(figure);
        }
    }
    let same = survey
        .meta("og:image")
        .and_then(|address| resolve(base, address))
        .is_some_and(|url| url == image.url);
    if same {
        let pixels = |name: &str| {
            survey
                .meta(name)
                .and_then(|value| value.trim().parse().ok())
        };
        image.width = pixels("og:image:width").or(image.width);
        image.height = pixels("og:image:height").or(image.height);
        if image.alt.is_none() {
            image.alt = survey
                .meta("og:image:alt")
                .map(squeeze)
                .filter(|alt| !alt.is_empty());
        }
    }
    shown.and_then(|mark| image_url(mark.element, base))
}

/// What two renditions of one picture have in common: the file's name without its size.
fn picture_key(url: &Url) -> String {
    static SIZE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)[-_]?\d{2,4}x\d{2,4}|[-_]scaled|\.(?:jpe?g|png|webp|gif|avif)$")
    });
    let name = url
        .path()
        .rsplit('/')
        .find(|part| part.len() > 3)
        .unwrap_or_default();
    SIZE.replace_all(name, "").to_ascii_lowercase()
}

/// The figure around a picture: the element so called, or a box with a caption in it, at most four steps up.
fn figure_of(image: ElementRef<'_>) -> Option<ElementRef<'_>> {
    image
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(6)
        .find(|element| {
            element.value().name() == "figure"
                || element
                    .attr("class")
                    .is_some_and(|class| class.contains("wp-caption"))
        })
}

/// The caption of a figure and its credit, told apart.
fn caption(figure: ElementRef<'_>) -> (Option<String>, Option<String>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_rendition_of_the_same_picture_is_taken() {
        let at = |address: &str| Url::parse(&format!("https://a.example/{address}")).unwrap();
        for (told, others, expected) in [
            (
                "flood-300x200.jpg",
                vec!["flood-300x200.jpg"],
                "flood-300x200.jpg",
            ),
            (
                "river-flood-300x200.jpg",
                vec!["river-flood-1024x683.jpg", "river-flood-600x400.jpg"],
                "river-flood-1024x683.jpg",
            ),
            (
                "river-flood.jpg?w=400",
                vec!["river-flood.jpg?w=1200"],
                "river-flood.jpg?w=1200",
            ),
            // Wide enough.
            (
                "river-flood-1200x630.jpg",
                vec!["river-flood-2048x1365.jpg"],
                "river-flood-1200x630.jpg",
            ),
            // Another picture, and one whose width nobody tells.
            (
                "river-flood-300x200.jpg",
                vec!["river-bank-1024x683.jpg", "river-flood.jpg"],
                "river-flood-300x200.jpg",
            ),
            (
                "river-flood.jpg",
                vec!["river-flood-300x200.jpg"],
                "river-flood.jpg",
            ),
        ] {
            let mut image = Image::at(at(told));
            enlarge(&mut image, others.iter().map(|address| at(address)));
            assert_eq!(image.url, at(expected), "{told} {others:?}");
        }
    }

    #[test]
    fn an_address_tells_its_width() {
        for (address, width) in [
            ("a-1024x576.jpg", Some(1024)),
            ("a.jpg?w=640&q=1", Some(640)),
            ("width/800/a.jpg", Some(800)),
            ("a.jpg?thumbnail/!80x80r/x", Some(80)),
            ("0x1f2a/a.jpg", None),
            ("2024/09/a.jpg", None),
        ] {
            let url = Url::parse(&format!("https://a.example/{address}")).unwrap();
            assert_eq!(width_of(&url), width, "{address}");
        }
    }
}
