//! A parsed page → its [`Outline`]: one flat list of the nodes that may show something, in the page's order, so that every
//! later question about the page is a walk along a list and none depends on its depth.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::super::memo::Memo;
use super::names::{Marks, Names, marks};
use super::streamed::Streamed;

/// How many names of tags are remembered at once: HTML has a hundred, a page some thirty.
const TAGS: usize = 64;

/// Most nodes of one page that are looked at. A long live blog has 60,000; what lies beyond is a page made to hurt.
const MOST_CELLS: usize = 400_000;

/// The page as a list: a node's descendants follow it directly, up to its `end`.
pub struct Outline<'a> {
    /// The nodes, in the page's order.
    pub cells: Vec<Cell<'a>>,
}

/// One node of the page.
pub struct Cell<'a> {
    /// The node itself.
    pub node: NodeRef<'a, Node>,
    /// What it is.
    pub tag: Tag,
    /// Where its parent stands in the list; its own place for the root.
    pub parent: usize,
    /// One past its last descendant.
    pub end: usize,
    /// What its attributes say about it.
    pub marks: Marks,
}

impl<'a> Cell<'a> {
    /// The element, if it is one.
    pub fn element(&self) -> Option<&'a Element> {
        self.node.value().as_element()
    }

    /// An attribute of the element.
    pub fn attr(&self, name: &str) -> Option<&'a str> {
        self.element()?.attr(name)
    }
}

/// The kinds of node that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Text,
    Br,
    Hr,
    P,
    Heading(u8),
    List,
    Item,
    DefinitionList,
    Term,
    Definition,
    Quote,
    Pre,
    Table,
    TableGroup,
    Row,
    TableCell,
    TableHead,
    TableCaption,
    Figure,
    Caption,
    Image,
    Picture,
    Source,
    Video,
    Audio,
    Frame,
    Noscript,
    Link,
    Bold,
    Italic,
    Code,
    Inline,
    Div,
    Main,
    Article,
    Section,
    Header,
    Footer,
    Aside,
    Nav,
    Form,
    Control,
    Body,
    Other,
}

impl Tag {
    fn of(name: &str) -> Option<Tag> {
        Some(match name {
            "script" | "style" | "template" | "head" | "title" | "textarea" | "svg" | "math"
            | "select" | "option" | "meta" | "link" | "canvas" | "input" | "map" | "datalist"
            | "col" | "colgroup" | "param" | "track" | "base" => return None,
            "br" => Tag::Br,
            "hr" => Tag::Hr,
            "p" => Tag::P,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" => Tag::Heading(6),
            "ul" | "ol" | "menu" | "dir" => Tag::List,
            "li" => Tag::Item,
            "dl" => Tag::DefinitionList,
            "dt" => Tag::Term,
            "dd" => Tag::Definition,
            "blockquote" => Tag::Quote,
            "pre" | "listing" | "xmp" => Tag::Pre,
            "table" => Tag::Table,
            "tbody" | "thead" | "tfoot" => Tag::TableGroup,
            "tr" => Tag::Row,
            "td" => Tag::TableCell,
            "th" => Tag::TableHead,
            "caption" => Tag::TableCaption,
            "figure" => Tag::Figure,
            "figcaption" => Tag::Caption,
            "img" | "amp-img" => Tag::Image,
            "picture" => Tag::Picture,
            "source" => Tag::Source,
            "video" | "amp-video" => Tag::Video,
            "audio" | "amp-audio" => Tag::Audio,
            "iframe" | "embed" | "object" | "frame" | "amp-iframe" | "amp-youtube" => Tag::Frame,
            "noscript" => Tag::Noscript,
            "a" => Tag::Link,
            "b" | "strong" => Tag::Bold,
            "i" | "em" => Tag::Italic,
            "code" | "kbd" | "samp" | "tt" => Tag::Code,
            "div" | "center" | "details" | "summary" | "dialog" | "fieldset" | "hgroup"
            | "address" | "html" | "search" | "frameset" => Tag::Div,
            "main" => Tag::Main,
            "article" => Tag::Article,
            "section" => Tag::Section,
            "header" => Tag::Header,
            "footer" => Tag::Footer,
            "aside" => Tag::Aside,
            "nav" => Tag::Nav,
            "form" => Tag::Form,
            "button" | "label" | "legend" | "progress" | "meter" => Tag::Control,
            "body" => Tag::Body,
            "span" | "font" | "u" | "s" | "small" | "big" | "sub" | "sup" | "time" | "q"
            | "cite" | "abbr" | "acronym" | "mark" | "ins" | "del" | "strike" | "dfn" | "var"
            | "bdi" | "bdo" | "ruby" | "rb" | "rt" | "rp" | "wbr" | "nobr" | "data" => Tag::Inline,
            _ => Tag::Other,
        })
    }

    /// Whether it stands on lines of its own.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::Text
                | Tag::Br
                | Tag::Image
                | Tag::Picture
                | Tag::Source
                | Tag::Video
                | Tag::Audio
                | Tag::Frame
                | Tag::Noscript
                | Tag::Link
                | Tag::Bold
                | Tag::Italic
                | Tag::Code
                | Tag::Inline
                | Tag::Control
                | Tag::Other
        )
    }

    /// Whether it shows something that is not text.
    pub fn is_media(self) -> bool {
        matches!(self, Tag::Image | Tag::Video | Tag::Audio | Tag::Frame)
    }

    /// Whether it may hold whole articles, as a box without a meaning of its own.
    pub fn is_box(self) -> bool {
        matches!(
            self,
            Tag::Div
                | Tag::Main
                | Tag::Article
                | Tag::Section
                | Tag::Body
                | Tag::TableCell
                | Tag::Header
                | Tag::Other
                | Tag::Form
                | Tag::Definition
        )
    }
}

impl<'a> Outline<'a> {
    /// The outline of a whole page.
    pub fn new(document: &'a Html) -> Outline<'a> {
        let mut sketch = Sketch::default();
        // The page, and the parts of it that are being put into their places.
        let mut walks = vec![document.tree.root().traverse()];
        while let Some(walk) = walks.last_mut() {
            match walk.next() {
                Some(Edge::Open(node)) => sketch.enter(node, document),
                Some(Edge::Close(_)) => {
                    let part = sketch.leave();
                    let children = part.into_iter().flat_map(|part| part.children().rev());
                    walks.extend(children.map(|child| child.traverse()));
                }
                None => {
                    walks.pop();
                }
            }
        }
        Outline {
            cells: sketch.cells,
        }
    }
}

/// An outline that is being made.
#[derive(Default)]
struct Sketch<'a> {
    cells: Vec<Cell<'a>>,
    /// The places of the nodes that the walk stands in.
    open: Vec<usize>,
    /// How many of the nodes that it stands in are left out.
    skipped: usize,
    names: Names<'a>,
    tags: Memo<'a, Option<Tag>, TAGS>,
    streamed: Streamed<'a>,
    /// What stands in place of the node that is left out.
    part: Option<NodeRef<'a, Node>>,
}

impl<'a> Sketch<'a> {
    fn enter(&mut self, node: NodeRef<'a, Node>, document: &'a Html) {
        if self.skipped > 0 || self.cells.len() >= MOST_CELLS || self.streamed.is_elsewhere(node) {
            self.skipped += 1;
            return;
        }
        let element = node.value().as_element();
        let tag = match node.value() {
            Node::Element(element) => self.tags.get_or(element.name(), Tag::of),
            Node::Text(_) => Some(Tag::Text),
            Node::Document | Node::Fragment => Some(Tag::Div),
            _ => None,
        };
        let Some(tag) = tag else {
            self.skipped = 1;
            self.part = self.streamed.part(node, document);
            return;
        };
        let place = self.cells.len();
        self.cells.push(Cell {
            node,
            tag,
            parent: self.open.last().copied().unwrap_or(place),
            end: place + 1,
            marks: element.map_or_else(Marks::default, |it| marks(it, &mut self.names)),
        });
        self.open.push(place);
    }

    /// Says what is to be walked in place of what was left out.
    fn leave(&mut self) -> Option<NodeRef<'a, Node>> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return self.part.take_if(|_| self.skipped == 0);
        }
        if let Some(place) = self.open.pop() {
            self.cells[place].end = self.cells.len();
        }
        None
    }
}
