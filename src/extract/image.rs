//! The pictures that a page names → the one that stands for its article, with what the page says about it.

mod caption;
mod size;

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;
use url::Url;

use super::pattern;
use super::survey::{Mark, MarkKind, Survey};
use super::verdict::{CONFIGURED, Decided};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::address::resolve;
use crate::html::image_url;
use crate::model::Image;
use crate::text::squeeze;
use caption::caption;
use size::{Size, asked_width, named, of_element};

pub use size::{IMAGE, Sizes};

/// Where a page shows pictures, and what it tells of them.
pub struct Pictures<'a> {
    /// The places of the page.
    pub survey: &'a Survey<'a>,
    /// Where its headline stands.
    pub title: Option<usize>,
    /// Against what addresses are resolved.
    pub base: &'a Url,
    /// The sizes that machines are told.
    pub sizes: Sizes,
}

/// Decides the lead image.
pub fn lead_image(evidence: &Evidence, page: &Pictures<'_>) -> Decided<Option<Image>> {
    let configured = evidence.configured(Field::Image);
    let is_configured = !configured.is_empty();
    let told = if is_configured {
        page.addresses(configured)
    } else {
        page.addresses(told(evidence))
    };
    let Some(first) = told.first().cloned().or_else(|| page.first_figure()) else {
        return Decided::default();
    };
    let why = match first.told {
        Some(_) if is_configured => CONFIGURED,
        Some(_) => "the most trusted place, logos passed over",
        None => "nothing else: the article's first figure",
    };
    let shown = page.shown(&first.url);
    let decided = match page.wider(&first.url, told, shown.as_ref()) {
        Some(wider) if !is_configured => {
            let why = "a wider rendition of the most trusted place's picture";
            Decided::new(wider.url, why)
                .told_by(first.told)
                .told_by(wider.told)
        }
        _ => Decided::new(first.url, why).told_by(first.told),
    };
    decided.map(|url| Some(page.described(url, shown.as_ref())))
}

/// An address of a picture.
#[derive(Clone)]
struct Address<'a> {
    /// Who tells it; nobody where it is only shown.
    told: Option<&'a Testimony>,
    url: Url,
}

/// A picture as the page shows it.
struct Shown<'a> {
    image: ElementRef<'a>,
    url: Url,
    size: Size,
}

/// Wide enough for any reader's screen, in pixels: no need to look for a larger rendition.
const WIDE_PIXELS: u32 = 1200;

/// Shortest name of a file in characters by which two renditions are known to be of one picture.
const TELLING_NAME: usize = 8;

/// A picture may stand so many elements above its headline.
const ABOVE: usize = 10;

impl<'a> Pictures<'a> {
    /// What can be the address of a picture.
    fn addresses<'t>(&self, told: Vec<&'t Testimony>) -> Vec<Address<'t>> {
        told.into_iter()
            .filter_map(|told| {
                let url = resolve(self.base, &super::json::plain(&told.value))?;
                let told = Some(told);
                Some(Address { told, url })
            })
            .filter(|address| !is_placeholder(&address.url))
            .collect()
    }

    /// The places that show pictures of the article.
    fn images(&self) -> impl Iterator<Item = &Mark<'a>> {
        self.survey
            .marks(MarkKind::Image)
            .filter(|mark| !self.survey.is_foreign(mark, self.title))
    }

    /// The first figure under the headline, or close above it.
    fn first_figure(&self) -> Option<Address<'static>> {
        self.images()
            .filter(|mark| mark.position + ABOVE > self.title.unwrap_or(0))
            .filter(|mark| !is_small(mark.element))
            .filter_map(|mark| image_url(mark.element, self.base))
            .filter(|url| {
                asked_width(url)
                    .or(named(url).width)
                    .is_none_or(|width| width >= SMALL_PIXELS)
            })
            .find(|url| !is_placeholder(url))
            .map(|url| Address { told: None, url })
    }

    /// The first place that shows the picture of `url`, in whatever rendition.
    fn shown(&self, url: &Url) -> Option<Shown<'a>> {
        let key = picture_key(url);
        self.images()
            .filter_map(|mark| Some((mark.element, image_url(mark.element, self.base)?)))
            .find(|(_, url)| picture_key(url) == key)
            .map(|(image, url)| Shown {
                size: of_element(image, &url, self.base),
                image,
                url,
            })
    }

    /// The widest rendition of the picture at `url` in its shape, where that is known to be small, and the other to be wider.
    fn wider<'t>(
        &self,
        url: &Url,
        told: Vec<Address<'t>>,
        shown: Option<&Shown<'_>>,
    ) -> Option<Address<'t>> {
        let width = |url: &Url| self.size(url, shown).width.or(asked_width(url));
        let (own, key) = (width(url)?, picture_key(url));
        let shape = self.size(url, shown);
        if own >= WIDE_PIXELS || key.chars().count() < TELLING_NAME {
            return None;
        }
        let beside = shown.map(|shown| Address {
            told: None,
            url: shown.url.clone(),
        });
        told.into_iter()
            .chain(beside)
            .filter(|other| picture_key(&other.url) == key)
            .filter(|other| self.size(&other.url, shown).is_alike(shape))
            .filter_map(|other| Some((width(&other.url)?, other)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .filter(|(width, _)| *width > own)
            .map(|(_, other)| other)
    }

    /// The size of the file at `url`: as machines are told it, as the place tells that shows it, or as its address has it.
    fn size(&self, url: &Url, shown: Option<&Shown<'_>>) -> Size {
        let shown = shown.filter(|shown| shown.url == *url);
        self.sizes
            .of(url)
            .or(shown.map_or_else(Size::default, |shown| shown.size))
            .or(named(url))
    }

    /// The picture at `url` with its size, and with what the page says where it shows it.
    fn described(&self, url: Url, shown: Option<&Shown<'_>>) -> Image {
        let size = self.size(&url, shown);
        let words = |text: &str| Some(squeeze(text)).filter(|text| !text.is_empty());
        let (caption, credit) = shown
            .and_then(|shown| figure_of(shown.image))
            .map_or((None, None), caption);
        let alt = shown
            .and_then(|shown| words(shown.image.attr("alt")?))
            .or_else(|| self.told_alt(&url).and_then(words));
        Image {
            url,
            alt,
            caption,
            credit,
            width: size.width,
            height: size.height,
        }
    }

    /// What `og:image:alt` says, where it speaks of the picture at `url`.
    fn told_alt(&self, url: &Url) -> Option<&'a str> {
        let told = resolve(self.base, self.survey.meta("og:image")?)?;
        (picture_key(&told) == picture_key(url))
            .then(|| self.survey.meta("og:image:alt"))
            .flatten()
    }
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
            r"(?i)(?:^|[/_.-])(?:logo|placeholder|load(?:er|ing)?|blank|spacer|pixel|favicon|avatar|gravatar|no-?image|noimage|fallback|transparent)(?:$|[/_.-]|\d)",
        )
    });
    let name = url.path().rsplit('/').next().unwrap_or_default();
    PLACEHOLDER.is_match(name) || is_default(name) || name.to_ascii_lowercase().ends_with(".svg")
}

/// Whether a file is a site's picture for whatever has none. One with an id in its name is of one story: there the word names
/// the cut.
fn is_default(name: &str) -> bool {
    static DEFAULT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(?:^|[_.-])default(?:$|[_.-]|\d)"));
    static ID: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}"));
    DEFAULT.is_match(name) && !ID.is_match(name)
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

/// Narrower pictures than this are icons and portraits.
const SMALL_PIXELS: u32 = 150;

fn is_small(image: ElementRef<'_>) -> bool {
    [side(image, "width"), side(image, "height")]
        .into_iter()
        .flatten()
        .any(|pixels| pixels < SMALL_PIXELS)
}

fn side(image: ElementRef<'_>, name: &str) -> Option<u32> {
    image.attr(name)?.trim().trim_end_matches("px").parse().ok()
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

#[cfg(test)]
mod tests;
