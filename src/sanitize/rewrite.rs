//! Parsed HTML → markup of allowed elements only, every address absolute: what ammonia cannot know by itself.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};
use url::Url;

use super::allowed::{ELEMENTS, attributes};
use crate::address::{resolve, without_tracking};
use crate::html::{image_url, widest_of_srcset};
use crate::text::{is_printable, squeeze};

/// Most bytes of text without an element. What writes markup in the end looks, at each `&`, through all that follows in the
/// same text; a `wbr` shows nothing where a line need not break.
const LONGEST_RUN: usize = 16 * 1024;

/// Longest attribute that is kept, in bytes, for the same reason: no address or word on a picture is half as long.
const LONGEST_ATTRIBUTE: usize = 8 * 1024;

/// `fragment` as markup of allowed elements.
pub fn rewrite(fragment: &Html, base: &Url) -> String {
    let mut out = String::new();
    // How many elements stand open whose content is left out.
    let mut hidden = 0_usize;
    // The end tags of the elements that stand open.
    let mut ends: Vec<Option<&'static str>> = Vec::new();
    // Where the text began that is being written.
    let mut run = 0;
    for edge in fragment.tree.root().traverse() {
        let before = out.len();
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if hidden == 0 => run = write_text(&text.text, run, &mut out),
                Node::Element(element) if hidden > 0 || is_dropped(element.name()) => hidden += 1,
                Node::Element(_) => {
                    ends.push(open(node, base, &mut out));
                    if out.len() > before {
                        run = out.len();
                    }
                }
                _ => {}
            },
            Edge::Close(node) if node.value().is_element() => {
                if hidden > 0 {
                    hidden -= 1;
                } else if let Some(name) = ends.pop().flatten() {
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                    run = out.len();
                }
            }
            Edge::Close(_) => {}
        }
    }
    out
}

/// Writes text that began at `run`, and says where what is written now began.
fn write_text(text: &str, mut run: usize, out: &mut String) -> usize {
    let mut rest = text;
    while !rest.is_empty() {
        if out.len() - run >= LONGEST_RUN {
            out.push_str("<wbr>");
            run = out.len();
        }
        let room = LONGEST_RUN - (out.len() - run);
        // At least one character, however little room there is.
        let end = rest.ceil_char_boundary(room.min(rest.len()).max(1));
        escape_text(&rest[..end], out);
        rest = &rest[end..];
    }
    run
}

/// Elements that go with everything in them.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "title"
            | "textarea"
            | "select"
            | "button"
            | "svg"
            | "math"
            | "canvas"
            | "map"
            | "datalist"
            | "noembed"
            | "noframes"
            | "dialog"
    )
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "source" | "wbr")
}

/// What the element is called in the output; nothing where only its content stays.
fn output_name(node: NodeRef<'_, Node>) -> Option<&'static str> {
    let element = node.value().as_element()?;
    let name = match element.name() {
        "h1" => "h2",
        "amp-video" => "video",
        "amp-audio" => "audio",
        "strike" => "s",
        // Sources of a `picture` are read with its `img`.
        "source" if !is_inside_player(node) => return None,
        name => name,
    };
    ELEMENTS.iter().copied().find(|known| *known == name)
}

fn is_inside_player(node: NodeRef<'_, Node>) -> bool {
    node.parent()
        .and_then(|parent| parent.value().as_element())
        .is_some_and(|parent| matches!(parent.name(), "audio" | "video"))
}

/// Writes what stands for the beginning of an element, and says what it is called at its end.
fn open(node: NodeRef<'_, Node>, base: &Url, out: &mut String) -> Option<&'static str> {
    match node.value().as_element()?.name() {
        "img" | "amp-img" => picture(node, base, out),
        "iframe" | "embed" | "object" | "frame" | "amp-iframe" => player(node, base, out),
        _ => return open_tag(node, base, out),
    }
    None
}

fn open_tag(node: NodeRef<'_, Node>, base: &Url, out: &mut String) -> Option<&'static str> {
    let name = output_name(node)?;
    let before = out.len();
    out.push('<');
    out.push_str(name);
    for attribute in ["dir", "lang"].iter().chain(attributes(name)) {
        match value(node, name, attribute, base) {
            Some(value) => write_attribute(attribute, &value, out),
            None if (name, *attribute) == ("a", "href") => {
                // Without an address it leads nowhere: only its words stay.
                out.truncate(before);
                return None;
            }
            None => {}
        }
    }
    out.push('>');
    (!is_void(name)).then_some(name)
}

/// The value that an attribute has in the output.
fn value(node: NodeRef<'_, Node>, name: &str, attribute: &str, base: &Url) -> Option<String> {
    let element = node.value().as_element()?;
    match (name, attribute) {
        ("a", "href") => link(node, base),
        ("audio" | "video", "controls") => Some(String::new()),
        ("audio" | "video" | "source", "src") => ["src", "data-src"]
            .iter()
            .find_map(|name| resolve(base, element.attr(name)?))
            .map(String::from),
        (_, "poster" | "cite") => resolve(base, element.attr(attribute)?).map(String::from),
        (_, "width" | "height" | "colspan" | "rowspan" | "start" | "value") => {
            let digits = element.attr(attribute)?.trim().trim_end_matches("px");
            digits.parse::<u32>().ok().map(|number| number.to_string())
        }
        (_, "dir") => Some(element.attr("dir")?.to_ascii_lowercase())
            .filter(|dir| matches!(dir.as_str(), "ltr" | "rtl" | "auto")),
        _ => element.attr(attribute).map(squeeze),
    }
}

/// Where a link leads, without what follows people around. A link within the page leads nowhere once the page is gone.
fn link(node: NodeRef<'_, Node>, base: &Url) -> Option<String> {
    let address = node.value().as_element()?.attr("href")?.trim();
    if address.starts_with('#') {
        return None;
    }
    Some(without_tracking(&resolve(base, address)?).into())
}

fn picture(node: NodeRef<'_, Node>, base: &Url, out: &mut String) {
    let (Some(element), Some(image)) = (node.value().as_element(), ElementRef::wrap(node)) else {
        return;
    };
    let Some(address) = image_url(image, base).or_else(|| source_beside(node, base)) else {
        return;
    };
    if is_pixel(element, &address) {
        return;
    }
    out.push_str("<img");
    write_attribute("src", address.as_str(), out);
    for attribute in ["alt", "title", "width", "height"] {
        if let Some(value) = value(node, "img", attribute, base) {
            write_attribute(attribute, &value, out);
        }
    }
    out.push('>');
}

/// The address in a `source` of the same `picture`.
fn source_beside(image: NodeRef<'_, Node>, base: &Url) -> Option<Url> {
    image
        .prev_siblings()
        .filter_map(|sibling| sibling.value().as_element())
        .filter(|element| element.name() == "source")
        .find_map(|source| {
            let set = source
                .attr("srcset")
                .or_else(|| source.attr("data-srcset"))?;
            resolve(base, &widest_of_srcset(set)?)
        })
}

/// What pictures of one pixel are called.
const PIXELS: [&str; 14] = [
    "pixel",
    "1x1",
    "spacer",
    "blank",
    "clear",
    "transparent",
    "beacon",
    "trans",
    "tracker",
    "tracking",
    "p1x1",
    "dot",
    "pixel_trans",
    "1px",
];

/// Whether a picture is there to be counted or to fill a gap, not to be seen.
fn is_pixel(element: &scraper::node::Element, address: &Url) -> bool {
    let tiny = |name: &str| {
        element
            .attr(name)
            .and_then(|size| size.trim().trim_end_matches("px").parse::<f32>().ok())
            .is_some_and(|size| size <= 2.0)
    };
    let style: String = element
        .attr("style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(200)
        .collect();
    let file = address
        .path_segments()
        .and_then(|mut segments| segments.next_back())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let stem = file.split('.').next().unwrap_or_default();
    tiny("width") && tiny("height")
        || style.contains("width:1px") && style.contains("height:1px")
        || style.contains("display:none")
        || PIXELS.contains(&stem)
}

/// A film, a post or a map of another site: a link to it, with its picture where it has one.
fn player(node: NodeRef<'_, Node>, base: &Url, out: &mut String) {
    let Some(element) = node.value().as_element() else {
        return;
    };
    let Some(address) = ["src", "data-src", "data-lazy-src", "data", "srcdoc-src"]
        .iter()
        .find_map(|name| resolve(base, element.attr(name)?))
    else {
        return;
    };
    let label = ["title", "aria-label", "name", "alt"]
        .iter()
        .filter_map(|name| element.attr(name).map(squeeze))
        .find(|label| !label.is_empty() && label.len() <= LONGEST_ATTRIBUTE)
        .or_else(|| address.host_str().map(str::to_owned))
        .unwrap_or_default();
    let picture = ["poster", "data-poster", "data-thumbnail", "data-thumb"]
        .iter()
        .find_map(|name| resolve(base, element.attr(name)?));
    out.push_str("<p><a");
    write_attribute("href", without_tracking(&address).as_str(), out);
    out.push('>');
    if let Some(picture) = picture {
        out.push_str("<img");
        write_attribute("src", picture.as_str(), out);
        write_attribute("alt", "", out);
        out.push_str("><br>");
    }
    escape_text(&label, out);
    out.push_str("</a></p>");
}

fn write_attribute(name: &str, value: &str, out: &mut String) {
    if value.len() > LONGEST_ATTRIBUTE {
        return;
    }
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for (at, part) in value.split('"').enumerate() {
        if at > 0 {
            out.push_str("&quot;");
        }
        escape_text(part, out);
    }
    out.push('"');
}

fn escape_text(text: &str, out: &mut String) {
    // Bytes that nearly all stand for themselves; of the rest, unprintable characters begin with one of two.
    let may_change = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | 0..=0x1f | 0x7f | 0xc2 | 0xef);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_change) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some(c) if is_printable(c) || c.is_whitespace() => out.push(c),
            _ => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}
