//! The page's JSON-LD scripts → testimonies of the blocks that speak of this article, and of no other.

use std::collections::HashMap;

use scraper::ElementRef;
use serde_json::{Map, Value};

use super::json::{self, lenient};
use super::witness::{Evidence, Field, Witness};

type Object = Map<String, Value>;

/// What is known of the page before its JSON-LD is read, to tell its own article from others.
pub struct Known {
    /// [`crate::address::page_key`]s of the page's addresses.
    pub pages: Vec<String>,
    /// Folded titles that its other places give.
    pub titles: Vec<String>,
}

/// All JSON-LD of a page.
pub struct JsonLd {
    documents: Vec<Value>,
    /// Where the objects stand that have an id and a name or an address: which document, and the way to it (RFC 6901).
    named: HashMap<String, (usize, String)>,
}

/// Most blocks of one page that are looked at.
const BLOCKS: usize = 500;

/// Longest script that is read, in bytes: pages with a live blog's every entry reach 2 MB.
const SCRIPT_BYTES: usize = 8_000_000;

/// Whether a script holds JSON-LD: it says so, or it says no type and begins as such an object does.
fn is_json_ld(script: &ElementRef<'_>) -> bool {
    match script.attr("type") {
        Some(kind) => kind.to_ascii_lowercase().contains("ld+json"),
        None => script
            .text()
            .next()
            .and_then(|text| text.trim_start().strip_prefix('{'))
            .is_some_and(|members| members.trim_start().starts_with("\"@context\"")),
    }
}

impl JsonLd {
    /// Parses every script of the type, each on its own: one that is broken beyond repair costs only itself.
    pub fn parse(scripts: &[ElementRef<'_>]) -> JsonLd {
        let documents: Vec<Value> = scripts
            .iter()
            .filter(|script| is_json_ld(script))
            .flat_map(|script| {
                let text: String = script.text().collect();
                if text.len() > SCRIPT_BYTES {
                    Vec::new()
                } else {
                    lenient(&text)
                }
            })
            .collect();
        let named = named(&documents);
        JsonLd { documents, named }
    }

    /// The blocks that speak of the article or of its page, the best first.
    pub fn blocks(&self, known: &Known) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = self
            .objects()
            .into_iter()
            .filter_map(|object| Block::of(object, known))
            .collect();
        blocks.sort_by_key(|block| -block.rank);
        blocks
    }

    /// Every object that stands for itself, in the order of the page: roots, members of graphs, main entities.
    fn objects(&self) -> Vec<&Object> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Value> = self.documents.iter().rev().collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev()),
                Value::Object(object) if found.len() < BLOCKS => {
                    found.push(object);
                    for key in ["mainEntityOfPage", "mainEntity", "@graph"] {
                        waiting.extend(object.get(key).filter(|v| v.is_object() || v.is_array()));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The object that `{"@id": …}` points to.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(object) = value.as_object() else {
            return value;
        };
        let Some(id) = object.get("@id").and_then(Value::as_str) else {
            return value;
        };
        if object.contains_key("name") || object.contains_key("url") {
            return value;
        }
        let named = self.named.get(id);
        named
            .and_then(|(document, pointer)| self.documents[*document].pointer(pointer))
            .unwrap_or(value)
    }
}

/// The objects that others point to by their ids: roots and members of graphs; of those with one id the first.
fn named(documents: &[Value]) -> HashMap<String, (usize, String)> {
    let mut named = HashMap::new();
    for (number, document) in documents.iter().enumerate() {
        let roots = parts(String::new(), document).into_iter();
        let members = roots.flat_map(|(way, root)| match root.get("@graph") {
            Some(graph @ Value::Array(_)) => parts(way + "/@graph", graph),
            _ => vec![(way, root)],
        });
        for (way, object) in members {
            let id = object.get("@id").and_then(Value::as_str);
            if let Some(id) = id
                && (object.get("name").is_some() || object.get("url").is_some())
            {
                named.entry(id.to_owned()).or_insert((number, way));
            }
        }
    }
    named
}

/// The items of a list, or the value itself, and the way to each.
fn parts(way: String, value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(number, item)| (format!("{way}/{number}"), item))
            .collect(),
        other => vec![(way, other)],
    }
}

/// One object that speaks of the article or of its page.
pub struct Block<'a> {
    /// Its members.
    pub object: &'a Object,
    /// Its `@type`, the telling one of several.
    pub kind: &'a str,
    /// Whether it speaks of the page around the article.
    pub is_page: bool,
    rank: i32,
}

impl<'a> Block<'a> {
    /// Reads what the object is, and drops what speaks of other pages.
    fn of(object: &'a Object, known: &Known) -> Option<Block<'a>> {
        let (kind, weight) = json::strings(object.get("@type"))
            .filter_map(|kind| weight(kind).map(|weight| (kind, weight)))
            .max_by_key(|(_, weight)| *weight)?;
        let agreement = agreement(object, known);
        if agreement < 0 {
            return None;
        }
        Some(Block {
            object,
            kind,
            is_page: weight <= PAGE,
            rank: weight + agreement,
        })
    }
}

/// The weight of a page around an article.
const PAGE: i32 = 10;

/// How much a block of this type says about an article; none for types that are never one.
fn weight(kind: &str) -> Option<i32> {
    let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or(kind);
    Some(match kind {
        "BlogPosting" | "LiveBlogPosting" | "Report" | "SocialMediaPosting" => 50,
        kind if kind.ends_with("Article") => 50,
        "ClaimReview"
        | "Review"
        | "Recipe"
        | "PodcastEpisode"
        | "RadioEpisode"
        | "TVEpisode"
        | "HowTo"
        | "Event"
        | "DiscussionForumPosting" => 35,
        "VideoObject" | "AudioObject" | "ImageGallery" | "MediaGallery" => 30,
        "CreativeWork" | "Book" | "Movie" | "Dataset" | "Course" | "Product" => 20,
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" | "WebPageElement" | "MedicalWebPage" => {
            PAGE
        }
        _ => return None,
    })
}

/// Whether the block names this page's address or headline: negative where it names another's.
fn agreement(object: &Object, known: &Known) -> i32 {
    let url = address(object).map(|url| known.pages.contains(&url));
    let headline = ["headline", "name"]
        .iter()
        .find_map(|key| object.get(*key).and_then(Value::as_str))
        .map(|headline| {
            let headline = crate::text::fold(&json::plain(headline));
            !headline.is_empty()
                && known
                    .titles
                    .iter()
                    .any(|title| super::title::alike(title, &headline))
        });
    match (url, headline) {
        (Some(true), Some(true)) => 20,
        (_, Some(true)) => 15,
        (Some(true), None) => 12,
        (Some(true), Some(false)) => 8,
        (None, None) => 0,
        (None, Some(false)) if known.titles.is_empty() => 0,
        (None, Some(false)) => 2,
        (Some(false), None) => 1,
        (Some(false), Some(false)) => -1,
    }
}

/// The key of the address that the block speaks of.
fn address(object: &Object) -> Option<String> {
    ["url", "mainEntityOfPage", "@id"]
        .iter()
        .filter_map(|key| match object.get(*key)? {
            Value::String(url) => Some(url.as_str()),
            Value::Object(page) => page.get("@id").or(page.get("url"))?.as_str(),
            _ => None,
        })
        .filter_map(|url| url::Url::parse(url.trim()).ok())
        .find(|url| url.path().len() > 1 || url.query().is_some())
        .map(|url| crate::address::page_key(&url))
}

/// Hears what the blocks say, the best first.
pub fn hear(json_ld: &JsonLd, blocks: &[Block<'_>], evidence: &mut Evidence) {
    for block in blocks {
        hear_block(json_ld, block, evidence);
    }
}

/// Which member speaks of which field.
const MEMBERS: [(&str, Field); 16] = [
    ("headline", Field::Title),
    ("name", Field::Title),
    ("datePublished", Field::Published),
    ("uploadDate", Field::Published),
    ("dateCreated", Field::Published),
    ("dateModified", Field::Modified),
    ("description", Field::Summary),
    ("articleSection", Field::Category),
    ("inLanguage", Field::Language),
    ("isAccessibleForFree", Field::Free),
    ("articleBody", Field::ArticleBody),
    ("identifier", Field::PageId),
    ("image", Field::Image),
    ("thumbnailUrl", Field::Image),
    ("keywords", Field::Tag),
    ("publisher", Field::SiteName),
];

fn hear_block(json_ld: &JsonLd, block: &Block<'_>, evidence: &mut Evidence) {
    let witness = if block.is_page {
        Witness::JsonLdPage
    } else {
        Witness::JsonLd
    };
    let told = |member: &'static str| {
        let values = json::each(block.object.get(member));
        values.map(move |value| (json_ld.resolve(value), format!("{}.{member}", block.kind)))
    };
    for (member, field) in MEMBERS {
        let members: &[&str] = match field {
            Field::Image => &super::image::IMAGE,
            Field::Tag => &["name", "@value", "termCode"],
            Field::SiteName => &["name"],
            _ => &["name", "url", "@value", "contentUrl", "value"],
        };
        for (value, place) in told(member) {
            if let Some(text) = json::text_of(value, members) {
                evidence.hear(field, witness, place, &text);
            }
        }
    }
    for (author, place) in ["author", "creator"].into_iter().flat_map(told) {
        for name in names(author) {
            evidence.hear(Field::Author, witness, place.clone(), &name);
        }
    }
    if block.object.contains_key("isAccessibleForFree") {
        return;
    }
    // A wall around a part of the text, as Google asks for it, where the article itself says nothing.
    for (part, place) in told("hasPart") {
        if let Some(text) = part
            .get("isAccessibleForFree")
            .and_then(|free| json::text_of(free, &[]))
        {
            evidence.hear(Field::Free, witness, place, &text);
        }
    }
}

/// The names that an author stands under: a text, an object, or an object whose name is a list.
fn names(author: &Value) -> Vec<String> {
    match author {
        Value::String(name) => vec![name.clone()],
        Value::Object(object) => json::each(object.get("name").or(object.get("alternateName")))
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_json_ld_by_its_type_or_by_its_beginning() {
        const OBJECT: &str = "{ \"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\" }";
        for (attributes, text, is_read) in [
            ("type=application/ld+json", OBJECT, true),
            ("type='application/LD+JSON; charset=utf-8'", OBJECT, true),
            ("", OBJECT, true),
            ("type=text/javascript", OBJECT, false),
            (
                "",
                "var story = {\"@context\": \"https://schema.org\"}",
                false,
            ),
            ("", "{ \"story\": 1 }", false),
        ] {
            let page = format!("<script {attributes}> {text}</script>");
            let page = scraper::Html::parse_document(&page);
            let survey = super::super::survey::survey(&page);
            let found = JsonLd::parse(&survey.scripts);
            assert_eq!(
                found.documents.len(),
                usize::from(is_read),
                "{attributes} {text}"
            );
        }
    }
}
