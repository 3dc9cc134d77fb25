//! A body that came as values of JSON → a [`Body`]: strings of HTML or plain text, or objects that hold either.

use ego_tree::iter::Edge;
use scraper::Html;
use serde_json::{Map, Value};
use url::Url;

use crate::html::{is_block, is_unshown};
use crate::model::Body;
use crate::text::squeeze;

/// Most blocks of one body.
const BLOCKS: usize = 5_000;

/// Members of a block that hold its text, the first that is one.
const TEXTS: [&str; 8] = [
    "html",
    "text",
    "content",
    "body",
    "value",
    "data",
    "paragraph",
    "quote",
];

/// Members of a block that hold further blocks, the first that is there.
const INNER: [&str; 6] = [
    "blocks",
    "children",
    "items",
    "content",
    "body",
    "paragraphs",
];

/// The body that `values` make, one after another.
pub fn body(values: &[Value], base: &Url) -> Body {
    let mut html = String::new();
    let mut waiting: Vec<&Value> = values.iter().rev().collect();
    for _ in 0..BLOCKS {
        match waiting.pop() {
            Some(Value::String(text)) => html.push_str(&markup(text)),
            Some(Value::Array(items)) => waiting.extend(items.iter().rev()),
            Some(Value::Object(object)) => match block(object, base) {
                Some(block) => html.push_str(&block),
                None => waiting.extend(inner(object)),
            },
            Some(_) => {}
            None => break,
        }
    }
    Body {
        text: paragraphs(&html),
        html,
    }
}

fn inner(object: &Map<String, Value>) -> Option<&Value> {
    INNER
        .iter()
        .filter_map(|key| object.get(*key))
        .find(|value| !value.is_string())
}

/// HTML as it stands; plain text as paragraphs, parted at its line breaks.
fn markup(text: &str) -> String {
    if text.contains('<') && text.contains('>') {
        return if starts_with_block(text) {
            text.to_owned()
        } else {
            format!("<p>{text}</p>")
        };
    }
    text.lines()
        .map(squeeze)
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{}</p>", escape(&line)))
        .collect()
}

fn starts_with_block(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix('<') else {
        return false;
    };
    let name: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    is_block(&name.to_ascii_lowercase()) || name == "img" || name.is_empty()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A block such as `{"type": "quote", "text": …}` or `{"type": "image", "src": …, "caption": …}`.
fn block(object: &Map<String, Value>, base: &Url) -> Option<String> {
    let kind = ["type", "kind", "name", "component"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let text = TEXTS
        .iter()
        .find_map(|key| object.get(*key)?.as_str())
        .filter(|text| !text.trim().is_empty());
    if kind.contains("image") || kind.contains("photo") || kind.contains("picture") {
        return image(object, base);
    }
    let text = text?;
    Some(match kind.as_str() {
        kind if kind.contains("quote") => format!("<blockquote>{}</blockquote>", markup(text)),
        kind if kind.contains("head") || kind.contains("title") => {
            format!("<h2>{}</h2>", inline(text))
        }
        "h2" | "h3" | "h4" => format!("<{kind}>{}</{kind}>", inline(text)),
        "code" => format!("<pre>{}</pre>", escape(text)),
        _ => markup(text),
    })
}

fn inline(text: &str) -> String {
    if text.contains('<') {
        text.to_owned()
    } else {
        escape(text)
    }
}

fn image(object: &Map<String, Value>, base: &Url) -> Option<String> {
    let address =
        ["src", "url", "image", "file"]
            .iter()
            .find_map(|key| match object.get(*key)? {
                Value::String(address) => Some(address.as_str()),
                Value::Object(inner) => inner.get("src").or(inner.get("url"))?.as_str(),
                _ => None,
            })?;
    let url = crate::address::resolve(base, address)?;
    let caption = ["caption", "description", "alt"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str())
        .map(|caption| format!("<figcaption>{}</figcaption>", inline(caption)))
        .unwrap_or_default();
    Some(format!(
        "<figure><img src=\"{}\">{caption}</figure>",
        url.as_str().replace('"', "%22")
    ))
}

/// The text of some HTML: a line for each block that holds words itself, a blank line between; no captions.
pub fn paragraphs(html: &str) -> String {
    let fragment = Html::parse_fragment(html);
    let mut text = Lines::default();
    // How many elements around a text keep it from being shown.
    let mut hidden = 0_usize;
    for edge in fragment.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        if let Some(element) = node.value().as_element() {
            let name = element.name();
            if is_block(name) {
                text.end_line();
            }
            if name == "figcaption" || is_unshown(name) {
                hidden = if opens {
                    hidden + 1
                } else {
                    hidden.saturating_sub(1)
                };
            }
        } else if let Some(words) = node.value().as_text().filter(|_| opens && hidden == 0) {
            text.line.push_str(words);
        }
    }
    text.end_line();
    text.whole.join("\n\n")
}

/// Lines that are being read.
#[derive(Default)]
struct Lines {
    whole: Vec<String>,
    line: String,
}

impl Lines {
    fn end_line(&mut self) {
        let words = squeeze(&self.line);
        self.line.clear();
        if !words.is_empty() {
            self.whole.push(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn blocks_of_json_become_a_body() {
        let values = [json!([
            {"type": "text", "text": "<p>One <b>bold</b> word.</p>"},
            {"type": "image", "src": "/a.jpg", "caption": "A harbour"},
            {"type": "quote", "text": "Said & done"},
            {"type": "framed", "blocks": [{"type": "text", "text": "Two\n\nThree"}]},
        ])];
        let body = body(&values, &Url::parse("https://a.example/x").unwrap());
        assert_eq!(
            body.html,
            "<p>One <b>bold</b> word.</p><figure><img src=\"https://a.example/a.jpg\"><figcaption>A harbour</figcaption>\
             </figure><blockquote><p>Said &amp; done</p></blockquote><p>Two</p><p>Three</p>"
        );
        assert_eq!(body.text, "One bold word.\n\nSaid & done\n\nTwo\n\nThree");
    }
    #[test]
    fn so_many_blocks_make_a_body() {
        let values: Vec<Value> = (0..=BLOCKS).map(|n| json!(format!("Line {n}"))).collect();
        let body = body(&values, &Url::parse("https://a.example/x").unwrap());
        assert_eq!(body.text.lines().last(), Some("Line 4999"));
    }
}
