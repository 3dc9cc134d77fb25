//! Reading a parsed page: its base, the text of an element, the true address of a picture. What several steps need and none owns.

use scraper::{ElementRef, Html, Node};
use url::Url;

use crate::address::resolve;
use crate::text::squeeze;

/// What relative addresses of a page are resolved against: its `<base href>`, else its own address (HTML, 4.2.3).
pub fn base_url(document: &Html, page: &Url) -> Url {
    document
        .tree
        .root()
        .descendants()
        .filter_map(|node| node.value().as_element())
        .filter(|element| element.name() == "base")
        .find_map(|element| element.attr("href"))
        .and_then(|address| resolve(page, address))
        .unwrap_or_else(|| page.clone())
}

/// The text of `element` as a browser would show it on one line: scripts and styles left out, blocks and `br` as blanks.
pub fn text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect_text(*element, &mut text);
    squeeze(&text)
}

fn collect_text(root: ego_tree::NodeRef<'_, Node>, text: &mut String) {
    for edge in root.traverse() {
        let (node, open) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(words) if open && !is_inside_unshown(node) => text.push_str(words),
            Node::Element(element) if is_block(element.name()) => text.push(' '),
            _ => {}
        }
    }
}

fn is_inside_unshown(node: ego_tree::NodeRef<'_, Node>) -> bool {
    node.parent()
        .and_then(|parent| parent.value().as_element())
        .is_some_and(|element| is_unshown(element.name()))
}

/// Whether the text inside elements of this name is never shown.
pub fn is_unshown(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "noscript" | "head" | "title" | "textarea" | "svg"
    )
}

/// Whether elements of this name stand on lines of their own.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// The true address of a picture: of the candidates that lazy loading and `srcset` name, the widest; never a placeholder.
pub fn image_url(image: ElementRef<'_>, base: &Url) -> Option<Url> {
    const LAZY_SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];
    const LAZY_ADDRESSES: [&str; 7] = [
        "data-src",
        "data-lazy-src",
        "data-original",
        "data-lazy",
        "data-url",
        "data-image",
        "src",
    ];
    LAZY_SETS
        .iter()
        .filter_map(|name| widest_of_srcset(image.attr(name)?))
        .chain(
            LAZY_ADDRESSES
                .iter()
                .filter_map(|name| image.attr(name).map(str::to_owned)),
        )
        .filter(|address| !address.starts_with("data:"))
        .find_map(|address| resolve(base, &address))
}

/// The widest candidate of a `srcset` (HTML, 4.8.4.2.1), where its descriptors differ the last of the widest.
pub fn widest_of_srcset(set: &str) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    for (address, descriptor) in srcset(set) {
        let width = descriptor
            .trim_end_matches(['w', 'x', 'h'])
            .parse()
            .unwrap_or(1.0);
        if !address.starts_with("data:") && best.is_none_or(|(widest, _)| width > widest) {
            best = Some((width, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

/// The candidates of a `srcset`: each with its address and its descriptor (`800w`, `2x` or nothing).
pub fn srcset(set: &str) -> Vec<(&str, &str)> {
    let mut candidates = Vec::new();
    let mut rest = set.trim_start_matches([',', ' ', '\n', '\t', '\r']);
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let (address, descriptor, after) = match address.strip_suffix(',') {
            Some(bare) => (bare.trim_end_matches(','), "", after),
            None => {
                let close = after.find(',').unwrap_or(after.len());
                (
                    address,
                    after[..close].trim(),
                    after.get(close + 1..).unwrap_or_default(),
                )
            }
        };
        if !address.is_empty() {
            candidates.push((address, descriptor));
        }
        rest = after.trim_start_matches([',', ' ', '\n', '\t', '\r']);
    }
    candidates
}

#[cfg(test)]
mod tests {
    use scraper::Selector;

    use super::*;

    #[test]
    fn the_text_of_an_element_is_what_a_browser_shows() {
        let page = Html::parse_fragment(
            "<div>One<br>two <b>thr</b>ee<p>four</p><script>x</script><style>y</style></div>",
        );
        assert_eq!(text(page.root_element()), "One two three four");
    }

    #[test]
    fn the_widest_picture_of_a_srcset_wins() {
        for (set, widest) in [
            ("a.jpg 100w, b.jpg 800w, c.jpg 400w", Some("b.jpg")),
            ("a.jpg, b.jpg 2x", Some("b.jpg")),
            ("i,1.jpg 300w,i,2.jpg 600w", Some("i,2.jpg")),
            ("data:image/gif;base64,R0l 1w", None),
            ("", None),
        ] {
            assert_eq!(widest_of_srcset(set).as_deref(), widest, "{set}");
        }
    }

    #[test]
    fn a_lazy_picture_has_its_true_address() {
        let base = Url::parse("https://a.example/news/").unwrap();
        for (markup, address) in [
            (
                "<img src='data:image/gif;base64,R0' data-src='//m.example/p.jpg?v=1'>",
                Some("https://m.example/p.jpg?v=1"),
            ),
            (
                "<img src='s.jpg' srcset='s.jpg 100w, l.jpg 900w'>",
                Some("https://a.example/news/l.jpg"),
            ),
            ("<img src=''>", None),
        ] {
            let page = Html::parse_fragment(markup);
            let image = page
                .select(&Selector::parse("img").unwrap())
                .next()
                .unwrap();
            assert_eq!(
                image_url(image, &base).as_ref().map(Url::as_str),
                address,
                "{markup}"
            );
        }
    }
}
