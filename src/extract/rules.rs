//! The site's own words in the configuration → testimonies that are believed before all others.

use scraper::{ElementRef, Html};
use serde_json::Value;
use url::Url;

use super::json;
use super::witness::{Evidence, Field, Witness};
use crate::config::{ArticleRules, FieldSelector, JsonFields, JsonPath};
use crate::html::image_url;

/// Hears every configured selector: for each field, the first that finds something.
pub fn hear(document: &Html, rules: &ArticleRules, base: &Url, evidence: &mut Evidence) {
    for (field, selectors) in [
        (Field::Title, &rules.title),
        (Field::Author, &rules.authors),
        (Field::Source, &rules.source),
        (Field::Published, &rules.published),
        (Field::Modified, &rules.modified),
        (Field::Summary, &rules.summary),
        (Field::Image, &rules.image),
        (Field::Tag, &rules.tags),
        (Field::Category, &rules.category),
    ] {
        for selector in selectors {
            let found = values(document, field, selector, base);
            if found.is_empty() {
                continue;
            }
            for value in found {
                evidence.hear(field, Witness::Rule, "configured selector", &value);
            }
            break;
        }
    }
}

fn values(document: &Html, field: Field, selector: &FieldSelector, base: &Url) -> Vec<String> {
    let many = matches!(field, Field::Author | Field::Tag);
    document
        .select(&selector.selector)
        .filter_map(|element| value(element, field, selector.attribute.as_deref(), base))
        .filter(|value| !value.trim().is_empty())
        .take(if many { 100 } else { 1 })
        .collect()
}

/// The named attribute, or what is natural for the field: an address for a picture, a date for programs, else the text.
fn value(
    element: ElementRef<'_>,
    field: Field,
    attribute: Option<&str>,
    base: &Url,
) -> Option<String> {
    if let Some(attribute) = attribute {
        return element.attr(attribute).map(str::to_owned);
    }
    let written = |name: &str| element.attr(name).map(str::to_owned);
    match (element.value().name(), field) {
        ("meta", _) => written("content"),
        (_, Field::Image) => image_url(element, base)
            .map(|url| url.to_string())
            .or_else(|| written("href"))
            .or_else(|| written("content")),
        (_, Field::Published | Field::Modified) => {
            written("datetime").or_else(|| Some(crate::html::text(element)))
        }
        _ => Some(crate::html::text(element)),
    }
}

/// What configured paths found that has no place among the testimonies.
#[derive(Default)]
pub struct Embedded {
    /// Blocks of the body: HTML, plain text, or objects that hold either.
    pub body: Vec<Value>,
    /// Addresses of film and sound.
    pub media: Vec<String>,
    /// Playing time.
    pub duration: Option<String>,
}

/// Hears every configured path into JSON: of the scripts that the rule names, of any script, or of `text` itself.
pub fn hear_embedded(
    scripts: &[ElementRef<'_>],
    text: Option<&str>,
    rules: &ArticleRules,
    evidence: &mut Evidence,
) -> Embedded {
    let mut embedded = Embedded::default();
    for fields in &rules.embedded {
        for document in documents(scripts, text, fields) {
            hear_document(&document, fields, evidence, &mut embedded);
        }
    }
    embedded
}

/// Longest script that is parsed for a rule, in bytes.
const SCRIPT_BYTES: usize = 8_000_000;

/// Longest script in bytes that is parsed without a rule: a site's note on its article is short.
const NOTE_BYTES: usize = 50_000;

/// Members of a site's own note on its article, and the field they speak of.
const NOTE: [(&str, Field); 15] = [
    ("title", Field::Title),
    ("headline", Field::Title),
    ("author", Field::Author),
    ("authors", Field::Author),
    ("published_time", Field::Published),
    ("datePublished", Field::Published),
    ("published_at", Field::Published),
    ("last_updated", Field::Modified),
    ("dateModified", Field::Modified),
    ("updated_at", Field::Modified),
    ("description", Field::Summary),
    ("keywords", Field::Tag),
    ("thumbnail", Field::Image),
    ("lang", Field::Language),
    ("postid", Field::PageId),
];

/// Hears JSON that a page carries in a script of a type of its own (`text/tawsiyat`), where it is a note on the article: an object
/// with a title, a date and a description.
pub fn hear_plain(scripts: &[ElementRef<'_>], evidence: &mut Evidence) {
    let notes = scripts
        .iter()
        .filter(|script| script.attr("type").is_some_and(is_own_type))
        .map(|script| script.text().collect::<String>())
        .filter(|text| text.len() <= NOTE_BYTES && text.trim_start().starts_with('{'))
        .flat_map(|text| json::lenient(&text));
    for note in notes.filter(is_note) {
        for (member, field) in NOTE {
            for value in json::each(note.get(member)) {
                if let Some(text) = json::text_of(value, &["name", "url"]) {
                    evidence.hear(field, Witness::Note, format!("note .{member}"), &text);
                }
            }
        }
    }
}

/// Whether an object speaks of one article.
fn is_note(object: &Value) -> bool {
    let has = |members: [&str; 2]| members.iter().any(|member| object.get(member).is_some());
    has(["title", "headline"])
        && has(["published_time", "datePublished"])
        && object.get("description").is_some()
}

/// Whether a script's type is neither a program nor JSON-LD.
fn is_own_type(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    (kind.starts_with("text/") || kind.ends_with("json"))
        && !["javascript", "ecmascript", "ld+json", "template", "html"]
            .iter()
            .any(|other| kind.contains(other))
}

fn documents(scripts: &[ElementRef<'_>], text: Option<&str>, fields: &JsonFields) -> Vec<Value> {
    if let Some(text) = text {
        return json::lenient(text);
    }
    scripts
        .iter()
        .filter(|script| {
            fields
                .script
                .as_ref()
                .is_none_or(|selector| selector.matches(script))
        })
        .map(|script| script.text().collect::<String>())
        .filter(|text| text.len() <= SCRIPT_BYTES)
        .flat_map(|text| json::lenient(after_assignment(&text)))
        .collect()
}

/// The JSON of `window.__STATE__ = {…};` or the text itself.
fn after_assignment(text: &str) -> &str {
    let text = text.trim();
    if text.starts_with(['{', '[']) || text.starts_with("<!") || text.starts_with('/') {
        return text;
    }
    match text.split_once('=') {
        Some((name, value)) if name.len() < 100 && value.trim_start().starts_with(['{', '[']) => {
            value.trim()
        }
        _ => text,
    }
}

fn hear_document(
    document: &Value,
    fields: &JsonFields,
    evidence: &mut Evidence,
    embedded: &mut Embedded,
) {
    hear_fields(document, fields, evidence);
    let texts = |paths: &[JsonPath]| -> Vec<String> {
        first_found(document, paths)
            .into_iter()
            .filter_map(|value| json::text_of(value, &["url", "src", "file"]))
            .collect()
    };
    let body = first_found(document, &fields.body);
    embedded.body.extend(body.into_iter().cloned());
    embedded.media.extend(texts(&fields.media));
    embedded.duration = embedded
        .duration
        .take()
        .or_else(|| texts(&fields.duration).into_iter().next());
}

fn hear_fields(document: &Value, fields: &JsonFields, evidence: &mut Evidence) {
    for (field, paths) in [
        (Field::Canonical, &fields.url),
        (Field::Title, &fields.title),
        (Field::Author, &fields.authors),
        (Field::Source, &fields.source),
        (Field::Published, &fields.published),
        (Field::Modified, &fields.modified),
        (Field::Summary, &fields.summary),
        (Field::Image, &fields.image),
        (Field::Tag, &fields.tags),
        (Field::Category, &fields.category),
        (Field::PageId, &fields.page_id),
    ] {
        let found = first_found(document, paths).into_iter();
        for value in found.flat_map(|value| json::each(Some(value))) {
            if let Some(text) = json::text_of(value, &["name", "title", "url", "value"]) {
                evidence.hear(field, Witness::Embedded, "configured path", &text);
            }
        }
    }
}

/// What the first path finds that finds anything but null and emptiness.
fn first_found<'a>(document: &'a Value, paths: &[JsonPath]) -> Vec<&'a Value> {
    paths
        .iter()
        .map(|path| {
            path.query(document)
                .all()
                .into_iter()
                .filter(|value| !value.is_null() && value.as_str() != Some(""))
                .collect::<Vec<_>>()
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}
