//! The start of an `svg` → where it surely ends.

use memchr::memchr;

use super::tag::Tag;

/// Where the end tag of the `svg` begins whose content stands at `from`; or else where something stands by which a parser might
/// leave the drawing earlier or later (HTML, 13.2.6.5), so that it is better left as it is.
pub fn end_of_drawing(html: &str, from: usize) -> Result<usize, usize> {
    let mut at = from;
    let mut named = "";
    while let Some(open) = memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        let tag = Tag::read(html, open);
        if tag.closes && tag.name.eq_ignore_ascii_case("svg") && named.is_empty() {
            return Ok(open);
        }
        let is_drawn = if named.is_empty() {
            DRAWN
                .iter()
                .any(|drawn| drawn.eq_ignore_ascii_case(tag.name))
        } else {
            tag.closes && tag.name == named
        };
        let is_comment = html[open..].starts_with("<!--") && named.is_empty();
        if !is_drawn && !is_comment {
            return Err(tag.end);
        }
        let names = !tag.closes && matches!(tag.name, "title" | "desc");
        named = if names { tag.name } else { "" };
        at = tag.end;
    }
    Err(html.len())
}

/// The elements that drawings on pages are made of. In `title` and `desc` HTML may stand: there only text is taken for sure.
const DRAWN: [&str; 24] = [
    "path",
    "g",
    "use",
    "circle",
    "rect",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "defs",
    "symbol",
    "title",
    "desc",
    "stop",
    "lineargradient",
    "radialgradient",
    "clippath",
    "mask",
    "text",
    "tspan",
    "animate",
    "animatetransform",
    "filter",
    "style",
];
