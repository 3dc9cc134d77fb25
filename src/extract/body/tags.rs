//! A picture, a film, a sound or a frame of the page → its tag with its true, absolute address.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::Hints;
use super::outline::{Cell, Tag};
use crate::address::resolve;
use crate::html::{image_url, widest_of_srcset};

/// The tag of a picture, a film, a sound or another page, if it has an address.
pub fn media_tag(cell: &Cell<'_>, hints: &Hints<'_>) -> Option<String> {
    let mut tag = String::new();
    match cell.tag {
        Tag::Image => {
            let address = picture_address(cell.node, hints)?;
            tag.push_str("<img");
            attribute("src", &address, &mut tag);
            for name in ["alt", "width", "height"] {
                if let Some(value) = cell.attr(name) {
                    attribute(name, value, &mut tag);
                }
            }
            tag.push('>');
        }
        Tag::Frame => {
            let address = ["src", "data-src", "data", "data-lazy-src"]
                .iter()
                .find_map(|name| resolve(hints.base, cell.attr(name)?))?;
            tag.push_str("<iframe");
            attribute("src", address.as_str(), &mut tag);
            if let Some(title) = cell.attr("title") {
                attribute("title", title, &mut tag);
            }
            tag.push_str("></iframe>");
        }
        Tag::Video | Tag::Audio => {
            let element = ElementRef::wrap(cell.node)?;
            let name = if cell.tag == Tag::Video {
                "video"
            } else {
                "audio"
            };
            let address = element
                .attr("src")
                .or_else(|| element.attr("data-src"))
                .or_else(|| {
                    cell.node
                        .children()
                        .filter_map(|child| child.value().as_element())
                        .find_map(|child| child.attr("src"))
                })
                .and_then(|address| resolve(hints.base, address))?;
            tag.push('<');
            tag.push_str(name);
            attribute("src", address.as_str(), &mut tag);
            if let Some(poster) = element
                .attr("poster")
                .and_then(|poster| resolve(hints.base, poster))
            {
                attribute("poster", poster.as_str(), &mut tag);
            }
            tag.push_str(" controls></");
            tag.push_str(name);
            tag.push('>');
        }
        _ => return None,
    }
    Some(tag)
}

/// The address of a picture, from the sources beside it where it has none of its own.
fn picture_address(image: NodeRef<'_, Node>, hints: &Hints<'_>) -> Option<String> {
    let own = image_url(ElementRef::wrap(image)?, hints.base);
    own.or_else(|| {
        image
            .prev_siblings()
            .filter_map(|sibling| sibling.value().as_element())
            .filter(|element| element.name() == "source")
            .find_map(|source| {
                let set = source
                    .attr("srcset")
                    .or_else(|| source.attr("data-srcset"))?;
                resolve(hints.base, &widest_of_srcset(set)?)
            })
    })
    .map(String::from)
}

/// Writes an attribute of a tag.
pub fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Writes text between tags.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}
