//! What a page tells of its pictures' sizes → width and height of the picture at an address, in pixels.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;
use serde_json::Value;
use url::Url;

use super::super::json;
use super::super::json_ld::{Block, JsonLd};
use super::super::pattern;
use super::super::survey::Survey;
use crate::address::resolve;
use crate::html::srcset;

/// How large a picture is, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
}

impl Size {
    /// This size where its width is known, else the other: what one place says of two files must not be mixed.
    pub fn or(self, other: Size) -> Size {
        if self.width.is_some() { self } else { other }
    }

    /// Whether two sizes can be of one picture that was made smaller: another shape is another cut of it.
    pub fn is_alike(self, other: Size) -> bool {
        let shape = |size: Size| Some(f64::from(size.width?) / f64::from(size.height?));
        match (shape(self), shape(other)) {
            (Some(one), Some(other)) => one.max(other) <= one.min(other) * SAME_SHAPE,
            _ => true,
        }
    }
}

/// A picture for sharing may lose a tenth of its height or width against the whole, as 1200 × 630 does against 16 : 9.
const SAME_SHAPE: f64 = 1.1;

/// The sizes that machines are told.
#[derive(Default)]
pub struct Sizes(Vec<(Url, Size)>);

/// Most pictures of one page whose sizes are remembered: a gallery names each of its own.
const PICTURES: usize = 500;

impl Sizes {
    /// The sizes of JSON-LD's image objects, and those that stand behind each `og:image`.
    pub fn of_page(
        json_ld: &JsonLd,
        blocks: &[Block<'_>],
        survey: &Survey<'_>,
        base: &Url,
    ) -> Sizes {
        let members = blocks.iter().flat_map(|block| {
            ["image", "thumbnail", "primaryImageOfPage"].map(|member| block.object.get(member))
        });
        let objects = members
            .flat_map(json::each)
            .filter_map(|value| of_object(json_ld.resolve(value), base));
        Sizes(
            of_meta(survey, base)
                .into_iter()
                .chain(objects)
                .take(PICTURES)
                .collect(),
        )
    }

    /// The size of the picture at `url`, where one was told.
    pub fn of(&self, url: &Url) -> Size {
        let told = self.0.iter().filter(|(known, _)| known == url);
        told.fold(Size::default(), |size, (_, told)| size.or(*told))
    }
}

fn of_object(object: &Value, base: &Url) -> Option<(Url, Size)> {
    let address = json::text_of(object.as_object().map(|_| object)?, &IMAGE)?;
    let size = Size {
        width: object.get("width").and_then(in_pixels),
        height: object.get("height").and_then(in_pixels),
    };
    Some((resolve(base, &address)?, size))
}

/// Members of an image object that hold the picture's address: the file, before the page that shows it.
pub const IMAGE: [&str; 2] = ["contentUrl", "url"];

/// Each `og:image` with the size that follows it (the Open Graph protocol, arrays).
fn of_meta(survey: &Survey<'_>, base: &Url) -> Vec<(Url, Size)> {
    let mut sizes: Vec<(Url, Size)> = Vec::new();
    for (name, content) in &survey.metas {
        match name.as_str() {
            "og:image" | "og:image:url" | "og:image:secure_url" if sizes.len() < PICTURES => {
                let same = sizes
                    .last()
                    .map(|(_, size)| *size)
                    .filter(|_| name != "og:image");
                sizes.extend(resolve(base, content).map(|url| (url, same.unwrap_or_default())));
            }
            "og:image:width" | "og:image:height" => {
                let Some((_, size)) = sizes.last_mut() else {
                    continue;
                };
                let side = if name == "og:image:width" {
                    &mut size.width
                } else {
                    &mut size.height
                };
                *side = side.or(pixels(content));
            }
            _ => {}
        }
    }
    sizes
}

/// A side's length: `1200`, `"1200"`, `"1200px"`, `{"@type": "QuantitativeValue", "value": 1200}`.
fn in_pixels(value: &Value) -> Option<u32> {
    pixels(&json::text_of(value, &["value"])?)
}

/// The longest side of a picture that is believed, in pixels: twice what the largest cameras of newspapers take.
const LONGEST_SIDE: f64 = 30_000.0;

/// A number of pixels, with or without its unit.
pub fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.trim().trim_end_matches("px").trim_end().parse().ok()?;
    (1.0..=LONGEST_SIDE)
        .contains(&number)
        .then_some(number as u32)
}

/// The size of the file at `url` that the element `image` shows: the element's own, which is the file's where there is no choice of
/// files, and tells their shape where `srcset` has their widths.
pub fn of_element(image: ElementRef<'_>, url: &Url, base: &Url) -> Size {
    let sets = ["data-srcset", "data-lazy-srcset", "srcset"];
    let mut sets = sets.iter().filter_map(|name| image.attr(name)).peekable();
    let side = |name: &str| image.attr(name).and_then(pixels);
    let own = Size {
        width: side("width"),
        height: side("height"),
    };
    if sets.peek().is_none() {
        return own;
    }
    let width = sets
        .flat_map(srcset)
        .filter(|(address, _)| resolve(base, address).as_ref() == Some(url))
        .find_map(|(_, descriptor)| pixels(descriptor.strip_suffix('w')?));
    let height = || Some(f64::from(width?) / f64::from(own.width?) * f64::from(own.height?));
    Size {
        width,
        height: height().map(|height| height.round() as u32),
    }
}

/// The size that the name of a file tells: `-1024x576.jpg`. Where another width is asked for, it is that of the file before it was made
/// smaller.
pub fn named(url: &Url) -> Size {
    static PAIR: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^\da-z])(\d{2,4})x(\d{2,4})(?:[^\da-z]|$|r/)"));
    PAIR.captures(&address(url))
        .filter(|_| asked_width(url).is_none())
        .map_or_else(Size::default, |found| Size {
            width: found[1].parse().ok(),
            height: found[2].parse().ok(),
        })
}

/// The width that an address asks for: `?w=1200`, `/width/800/`. The file may be smaller, but hardly larger.
pub fn asked_width(url: &Url) -> Option<u32> {
    static WIDTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(?:^|[/?&,;_])(?:w|width|imwidth)[=/_:](\d{2,4})(?:\D|$)"));
    WIDTH.captures(&address(url))?[1].parse().ok()
}

fn address(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::json_ld::Known;
    use super::*;
    use serde_json::json;

    #[test]
    fn an_address_tells_its_size() {
        for (address, asked, width, height) in [
            ("a-1024x576.jpg", None, Some(1024), Some(576)),
            ("a.jpg?w=640&q=1", Some(640), None, None),
            ("width/800/a.jpg", Some(800), None, None),
            ("a.jpg?thumbnail/!80x80r/x", None, Some(80), Some(80)),
            ("w_640,h_320/a_1456x1048.jpg", Some(640), None, None),
            ("0x1f2a/a.jpg", None, None, None),
            ("2024/09/a.jpg", None, None, None),
        ] {
            let url = Url::parse(&format!("https://a.example/{address}")).unwrap();
            let found = (asked_width(&url), named(&url));
            assert_eq!(found, (asked, Size { width, height }), "{address}");
        }
    }

    #[test]
    fn so_many_sizes_of_one_page_are_remembered() {
        let base = Url::parse("https://a.example/").unwrap();
        let objects: String = (0..=PICTURES)
            .map(|n| format!("{{\"url\":\"/{n}.jpg\",\"width\":{}}},", n + 1))
            .collect();
        let page = format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"image\":[{objects}]}}</script>"
        );
        let page = scraper::Html::parse_document(&page);
        let survey = super::super::super::survey::survey(&page);
        let json_ld = JsonLd::parse(&survey.scripts);
        let blocks = json_ld.blocks(&Known {
            pages: Vec::new(),
            titles: Vec::new(),
        });
        let sizes = Sizes::of_page(&json_ld, &blocks, &survey, &base);
        let width = |n: usize| sizes.of(&base.join(&format!("{n}.jpg")).unwrap()).width;
        assert_eq!(
            (width(0), width(PICTURES - 1), width(PICTURES)),
            (Some(1), Some(500), None)
        );
    }

    #[test]
    fn a_side_is_read_in_each_of_its_spellings() {
        for (value, expected) in [
            (json!(1200), Some(1200)),
            (json!(1200.0), Some(1200)),
            (json!("1200"), Some(1200)),
            (json!(" 1200 px"), Some(1200)),
            (
                json!({"@type": "QuantitativeValue", "value": 1200, "unitCode": "px"}),
                Some(1200),
            ),
            (json!({"@type": "Distance", "value": "1200px"}), Some(1200)),
            (json!(0), None),
            (json!(-1200), None),
            (json!("auto"), None),
            (json!("100%"), None),
            (json!(30_001), None),
            (json!(null), None),
        ] {
            assert_eq!(in_pixels(&value), expected, "{value}");
        }
    }
}
