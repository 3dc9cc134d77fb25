//! A parsed page → the places in it that may speak about its article, found in one walk.

mod labels;
mod phrases;

use scraper::{ElementRef, Html, Node};

use labels::{Label, Labels};
use phrases::{AGENCY_BYTES, SIGNATURE_BYTES, is_lead};

pub use phrases::{is_caption, is_signature, is_source, leads_to_author};

/// The speaking places of a page, in its order.
#[derive(Default)]
pub struct Survey<'a> {
    /// `meta` elements: name in lower case, content.
    pub metas: Vec<(String, &'a str)>,
    /// `link` elements and links with a `rel`.
    pub links: Vec<ElementRef<'a>>,
    /// `script` elements.
    pub scripts: Vec<ElementRef<'a>>,
    /// The `html` and `body` elements.
    pub roots: Vec<ElementRef<'a>>,
    /// The text of `title`.
    pub document_title: Option<ElementRef<'a>>,
    /// Places that people see.
    pub marks: Vec<Mark<'a>>,
    /// Boxes that may belong to something else than the article.
    pub zones: Vec<Zone>,
    /// Microdata items.
    pub scopes: Vec<Scope<'a>>,
    /// How many elements the page has.
    elements: usize,
}

/// A place that people see.
#[derive(Clone, Copy)]
pub struct Mark<'a> {
    /// What it may be.
    pub kind: MarkKind,
    /// The element.
    pub element: ElementRef<'a>,
    /// How many elements stand before it.
    pub position: usize,
    /// The innermost box around it that may be foreign.
    pub zone: Option<usize>,
    /// The innermost microdata item around it.
    pub scope: Option<usize>,
}

/// What a place may be, by its name, class or role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// `h1`
    Heading,
    /// `h2`, where a page has no `h1`.
    Subheading,
    /// `h3`, or a class that speaks of a headline: where neither `h1` nor `h2` is the headline.
    Titled,
    /// `time`
    Time,
    /// A class that speaks of a date.
    DateLine,
    /// A class or `rel` that speaks of an author.
    Byline,
    /// A link to an author's page.
    AuthorLink,
    /// Words that begin with "By".
    Signature,
    /// An agency's name alone.
    Agency,
    /// A short line with a number in it.
    Number,
    /// A class that speaks of a source.
    SourceLine,
    /// `a[rel=tag]`, or a link to a tag's page.
    TagLink,
    /// A class that speaks of tags.
    TagBox,
    /// `itemprop`
    Property,
    /// `figure`
    Figure,
    /// `img`
    Image,
    /// `video`, `audio`
    Player,
    /// `p`
    Paragraph,
    /// A class that speaks of a summary.
    Standfirst,
    /// `input[type=password]`
    Password,
}

/// A box that may belong to something else than the article: its first element, and the one after its last.
pub struct Zone {
    start: usize,
    end: usize,
    parent: Option<usize>,
}

/// A microdata item.
pub struct Scope<'a> {
    /// Its `itemtype`'s last part: `NewsArticle`.
    pub kind: &'a str,
    /// Its own `itemprop` within the item around it.
    pub property: Option<&'a str>,
}

/// Most places of one page: far more than any article has, few enough that a hostile page costs little.
const MARKS: usize = 20_000;

/// Walks the page once.
pub fn survey(document: &Html) -> Survey<'_> {
    let mut survey = Survey::default();
    let mut walk = Walk::default();
    for edge in document.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => {
                if let Some(element) = ElementRef::wrap(node) {
                    open(&mut survey, &mut walk, element);
                } else if let Node::Text(text) = node.value() {
                    words(&mut survey, &walk, node, text);
                }
            }
            ego_tree::iter::Edge::Close(node) => {
                if let Node::Element(_) = node.value() {
                    close(&mut survey, &mut walk, node.id());
                }
            }
        }
    }
    survey.elements = walk.position;
    survey
}

/// Where the walk stands.
#[derive(Default)]
struct Walk<'a> {
    position: usize,
    zones: Vec<(ego_tree::NodeId, usize)>,
    scopes: Vec<(ego_tree::NodeId, usize)>,
    labels: Labels<'a>,
}

fn open<'a>(survey: &mut Survey<'a>, walk: &mut Walk<'a>, element: ElementRef<'a>) {
    walk.position += 1;
    let value = element.value();
    match value.name() {
        "meta" => meta(survey, element),
        "link" => survey.links.push(element),
        "script" => survey.scripts.push(element),
        "html" | "body" => survey.roots.push(element),
        "title" if survey.document_title.is_none() => survey.document_title = Some(element),
        _ => {}
    }
    let label = walk.labels.read(element);
    if may_be_foreign(element, label) {
        let parent = walk.zones.last().map(|(_, zone)| *zone);
        walk.zones.push((element.id(), survey.zones.len()));
        survey.zones.push(Zone {
            start: walk.position,
            end: usize::MAX,
            parent,
        });
    }
    mark_named(survey, walk, element);
    if label.property {
        push(survey, walk, element, MarkKind::Property);
    }
    if label.scope {
        enter_scope(survey, walk, element);
    }
    mark_labelled(survey, walk, element, label);
}

/// Marks the element around a text that begins like a byline, or that is short and holds a number.
fn words<'a>(
    survey: &mut Survey<'a>,
    walk: &Walk<'_>,
    node: ego_tree::NodeRef<'a, Node>,
    text: &str,
) {
    let text = text.trim();
    if text.len() < 2 || text.len() > SIGNATURE_BYTES {
        return;
    }
    let has_number = text.bytes().any(|b| b.is_ascii_digit())
        || !text.is_ascii() && text.chars().any(char::is_numeric);
    let is_signature = is_signature(text) || is_lead(text) && node.next_sibling().is_some();
    let is_source = is_source(text);
    let Some(parent) = node.parent().and_then(ElementRef::wrap) else {
        return;
    };
    if matches!(
        parent.value().name(),
        "script" | "style" | "title" | "noscript"
    ) {
        return;
    }
    if is_signature {
        push(survey, walk, parent, MarkKind::Signature);
    }
    if is_source {
        push(survey, walk, parent, MarkKind::SourceLine);
    }
    if text.len() <= AGENCY_BYTES && super::byline::is_agency(text) {
        push(survey, walk, parent, MarkKind::Agency);
    }
    if has_number {
        push(survey, walk, parent, MarkKind::Number);
    }
}

fn close(survey: &mut Survey<'_>, walk: &mut Walk<'_>, id: ego_tree::NodeId) {
    if walk.zones.last().is_some_and(|(zone, _)| *zone == id)
        && let Some((_, zone)) = walk.zones.pop()
    {
        survey.zones[zone].end = walk.position + 1;
    }
    if walk.scopes.last().is_some_and(|(scope, _)| *scope == id) {
        walk.scopes.pop();
    }
}

fn push<'a>(survey: &mut Survey<'a>, walk: &Walk<'_>, element: ElementRef<'a>, kind: MarkKind) {
    if survey.marks.len() < MARKS {
        survey.marks.push(Mark {
            kind,
            element,
            position: walk.position,
            zone: walk.zones.last().map(|(_, zone)| *zone),
            scope: walk.scopes.last().map(|(_, scope)| *scope),
        });
    }
}

fn meta<'a>(survey: &mut Survey<'a>, element: ElementRef<'a>) {
    let content = element.attr("content").or_else(|| element.attr("value"));
    let Some(content) = content.filter(|content| !content.trim().is_empty()) else {
        return;
    };
    for attribute in ["property", "name", "http-equiv"] {
        if let Some(name) = element.attr(attribute) {
            survey
                .metas
                .push((name.trim().to_ascii_lowercase(), content));
        }
    }
}

fn enter_scope<'a>(survey: &mut Survey<'a>, walk: &mut Walk<'a>, element: ElementRef<'a>) {
    let kind = element.attr("itemtype").unwrap_or_default().trim();
    let kind = kind.rsplit(['/', '#']).next().unwrap_or_default();
    walk.scopes.push((element.id(), survey.scopes.len()));
    survey.scopes.push(Scope {
        kind,
        property: element.attr("itemprop"),
    });
}

fn mark_named<'a>(survey: &mut Survey<'a>, walk: &Walk<'_>, element: ElementRef<'a>) {
    let kind = match element.value().name() {
        "h1" => MarkKind::Heading,
        "h2" => MarkKind::Subheading,
        "h3" => MarkKind::Titled,
        "time" | "relative-time" => MarkKind::Time,
        "figure" => MarkKind::Figure,
        "img" | "amp-img" => MarkKind::Image,
        "video" | "audio" => MarkKind::Player,
        "p" => MarkKind::Paragraph,
        "address" => MarkKind::Byline,
        "input" if element.attr("type") == Some("password") => MarkKind::Password,
        "a" => {
            mark_link(survey, walk, element);
            return;
        }
        _ => return,
    };
    push(survey, walk, element, kind);
}

fn mark_link<'a>(survey: &mut Survey<'a>, walk: &Walk<'_>, element: ElementRef<'a>) {
    let (mut rel, mut address) = (None, None);
    // One walk over the attributes, as for labels.
    for (name, value) in element.value().attrs() {
        match name {
            "rel" => rel = Some(value),
            "href" => address = Some(value),
            _ => {}
        }
    }
    if let Some(rel) = rel {
        for word in rel.split_ascii_whitespace() {
            match word {
                "author" => push(survey, walk, element, MarkKind::Byline),
                "tag" if !rel.contains("category") => {
                    push(survey, walk, element, MarkKind::TagLink);
                }
                "next" => survey.links.push(element),
                _ => {}
            }
        }
    }
    if address.is_some_and(leads_to_author) {
        push(survey, walk, element, MarkKind::AuthorLink);
    }
}

fn mark_labelled<'a>(
    survey: &mut Survey<'a>,
    walk: &Walk<'_>,
    element: ElementRef<'a>,
    label: Label,
) {
    if matches!(element.value().name(), "html" | "body") {
        return;
    }
    for kind in label.kinds() {
        push(survey, walk, element, kind);
    }
}

fn may_be_foreign(element: ElementRef<'_>, label: Label) -> bool {
    match element.value().name() {
        // A footer or `nav` may hold the byline of the article that it stands in.
        "nav" | "footer" | "aside" => label.is_elsewhere() || !label.is_of_byline(),
        "html" | "body" | "main" | "article" | "h1" | "time" | "a" | "img" => false,
        _ => label.is_elsewhere(),
    }
}

impl<'a> Survey<'a> {
    /// The text of the document's `title`, which people do not see on the page itself.
    pub fn document_title(&self) -> Option<String> {
        let title: String = self.document_title?.text().collect();
        Some(crate::text::squeeze(&title)).filter(|title| !title.is_empty())
    }

    /// The places of one kind.
    pub fn marks(&self, kind: MarkKind) -> impl Iterator<Item = &Mark<'a>> {
        self.marks.iter().filter(move |mark| mark.kind == kind)
    }

    /// Whether `mark` stands in a box that has not the headline (at `title`) in it: a sidebar, a comment, the page's foot.
    pub fn is_foreign(&self, mark: &Mark<'_>, title: Option<usize>) -> bool {
        let mut zone = mark.zone;
        while let Some(index) = zone {
            let Zone { start, end, .. } = self.zones[index];
            // What holds most of the page is no sidebar, whatever its class says: "widget Blog" is the blog.
            let is_page = end.saturating_sub(start) > self.elements / 2;
            if !is_page && title.is_none_or(|title| title < start || title >= end) {
                return true;
            }
            zone = self.zones[index].parent;
        }
        false
    }

    /// The first `meta` of this name.
    pub fn meta(&self, name: &str) -> Option<&'a str> {
        self.metas
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, content)| *content)
    }
}
