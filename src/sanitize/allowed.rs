//! What may stand in a body: elements, their attributes, and the schemes of addresses.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Elements that may stand in a body.
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes that may stand on an element of that name, beside `dir` and `lang`.
pub fn attributes(element: &str) -> &'static [&'static str] {
    match element {
        "a" => &["href", "title"],
        "abbr" | "dfn" => &["title"],
        "audio" => &["src", "controls"],
        "blockquote" | "del" | "ins" | "q" => &["cite"],
        "img" => &["src", "alt", "title", "width", "height"],
        "li" => &["value"],
        "ol" => &["start", "reversed", "type"],
        "source" => &["src", "type"],
        "td" | "th" => &["colspan", "rowspan"],
        "time" => &["datetime"],
        "video" => &["src", "poster", "controls", "width", "height"],
        _ => &[],
    }
}

/// The same as a judge who has the last word.
pub static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .tag_attributes(
            ELEMENTS
                .iter()
                .map(|element| (*element, attributes(element).iter().copied().collect()))
                .collect::<HashMap<_, HashSet<_>>>(),
        )
        .generic_attributes(HashSet::from(["dir", "lang"]))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    builder
});
