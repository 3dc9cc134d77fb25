//! The lines of a page that are not its article → what they are, by what they say, in many languages.

use std::sync::LazyLock;

use regex::Regex;

use super::super::quick::Words;
use crate::text::fold;

/// What a line says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It stands over or leads to other stories.
    Related,
    /// It asks to share, follow, subscribe, pay, log in, comment or accept.
    Service,
    /// It names the tags.
    Tags,
    /// It says whose the words or pictures are.
    Rights,
}

/// The lines over other stories, or that lead to one.
static RELATED: LazyLock<Words> = LazyLock::new(|| set(include_str!("labels/related.txt")));
/// What asks to share, follow, pay, comment or accept, or names a tool of the page.
static SERVICE: LazyLock<Words> = LazyLock::new(|| set(include_str!("labels/service.txt")));
/// What stands before tags.
static TAGS: LazyLock<Words> = LazyLock::new(|| set(include_str!("labels/tags.txt")));
/// What stands over the life of whoever signed the article.
static AUTHOR: LazyLock<Words> = LazyLock::new(|| set(include_str!("labels/author_labels.txt")));
/// How lines over other stories begin.
static RELATED_STARTS: LazyLock<Regex> =
    LazyLock::new(|| start_of(include_str!("labels/related_starts.txt")));
/// How service lines begin, and no sentence of an article.
static SERVICE_STARTS: LazyLock<Regex> =
    LazyLock::new(|| start_of(include_str!("labels/service_starts.txt")));
/// How notes and credits begin, and perhaps a sentence too.
static NOTE_STARTS: LazyLock<Regex> =
    LazyLock::new(|| start_of(include_str!("labels/note_starts.txt")));
/// What stands over what readers say.
static COMMENTS: LazyLock<Words> = LazyLock::new(|| set(include_str!("labels/comments.txt")));
/// What stands before the name of whose a picture is.
static CREDITS: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<String> = phrases(include_str!("labels/credits.txt"))
        .map(|name| regex::escape(&name))
        .collect();
    let names = names.join("|");
    compiled(&format!(
        r"(?i)(?:^|[^\p{{L}}])(?:(?:{names})\s*[:：©/|]|(?:photo|image|picture|foto)s?\s+(?:by|courtesy|via|von|de|di|do|av|door)\s)|©",
    ))
});
/// What only stands in a notice of rights.
static RIGHTS: LazyLock<Regex> = LazyLock::new(|| any_of(include_str!("labels/rights.txt")));
/// What only stands in what a site says on its own behalf.
static SITE: LazyLock<Regex> = LazyLock::new(|| any_of(include_str!("labels/site_words.txt")));
/// What stands beside "newsletter" where it is offered.
static NEWSLETTER: LazyLock<Regex> =
    LazyLock::new(|| any_of(include_str!("labels/newsletter_words.txt")));

/// The phrases of a list, folded: parted by ` | ` or lines, `#` before a remark, `_` for a blank at either end.
fn phrases(list: &str) -> impl Iterator<Item = String> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(" | "))
        .map(|phrase| fold(phrase).replace('_', " "))
}

fn set(list: &str) -> Words {
    phrases(list).collect()
}

/// What finds any phrase of `list` in one pass.
fn any_of(list: &str) -> Regex {
    pattern("", list)
}

/// What finds any phrase of `list` at the start of a text.
fn start_of(list: &str) -> Regex {
    pattern("^", list)
}

fn pattern(before: &str, list: &str) -> Regex {
    let phrases: Vec<String> = phrases(list).map(|phrase| regex::escape(&phrase)).collect();
    compiled(&format!("{before}(?:{})", phrases.join("|")))
}

fn compiled(pattern: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "constant phrases, escaped; parsed by every test"
    )]
    Regex::new(pattern).expect("escaped phrases are a pattern")
}

/// Longest line, in letters, that may be a label and nothing else.
const LONGEST_LABEL: usize = 60;

/// What the folded line `text` says about itself, if it is such a line.
pub fn label(text: &str) -> Option<Label> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return None;
    }
    if bare.chars().count() <= LONGEST_LABEL {
        if RELATED.contains(bare) {
            return Some(Label::Related);
        }
        if SERVICE.contains(bare) || SERVICE.contains(uncounted(bare)) {
            return Some(Label::Service);
        }
        if TAGS.contains(bare) {
            return Some(Label::Tags);
        }
    }
    if is_rights(text) {
        return Some(Label::Rights);
    }
    None
}

/// A label without the count beside it: "Comments (12)", "3 Kommentare", "Listen (4:20 min)".
fn uncounted(label: &str) -> &str {
    let words = label.split(['(', '[']).next().unwrap_or_default();
    words.trim_matches(|c: char| !c.is_alphabetic())
}

/// Whether the folded line `text` opens with a label that leads to another story: "Read more: …".
pub fn leads_elsewhere(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(at) = start.find([':', '|', '>', '\u{ff1a}', '-', '\u{bb}']) else {
        return false;
    };
    let head = start[..at].trim_matches(|c: char| !c.is_alphanumeric());
    head.chars().count() <= LONGEST_LABEL && RELATED.contains(head)
}

/// Whether the folded line `text` begins as headings over other stories do, whatever follows.
pub fn begins_related(text: &str) -> bool {
    RELATED_STARTS.is_match(text)
}

/// Whether the folded line `text` is a label of tags and the tags: "Categories: Bridges, Ferries".
pub fn lists_tags(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(label, _)| TAGS.contains(label.trim()))
}

/// Whether the folded line `text` opens with what only service lines open with.
pub fn is_service(text: &str) -> bool {
    SERVICE_STARTS.is_match(text)
}

/// Whether the folded line `text` holds words that only stand in what a site says on its own behalf.
pub fn speaks_for_the_site(text: &str) -> bool {
    SITE.is_match(text)
}

/// Whether the folded line `text` speaks of a newsletter and of how to get it.
pub fn is_newsletter(text: &str) -> bool {
    text.contains("newsletter") && NEWSLETTER.is_match(text)
}

/// Whether the folded line `text` stands over what readers say: "Comments", "34 comments on the bridge".
pub fn is_comments_label(text: &str) -> bool {
    let label = uncounted(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let first = label.split(' ').next().unwrap_or_default();
    let is_counted = text.starts_with(|c: char| c.is_ascii_digit());
    COMMENTS.contains(label) || (is_counted && text.len() < 150 && COMMENTS.contains(first))
}

/// Whether `text` says whose a picture is: "The bridge. Photo: M. Holt".
pub fn holds_credit(text: &str) -> bool {
    CREDITS.is_match(text)
}

/// Whether the folded line `text` stands over the life of an author.
pub fn is_author_label(text: &str) -> bool {
    AUTHOR.contains(text.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether the folded line `text` opens as notes and credits do; a sentence may open so too.
pub fn is_note(text: &str) -> bool {
    NOTE_STARTS.is_match(text)
}

fn is_rights(text: &str) -> bool {
    text.chars().count() < 300
        && (text.starts_with('\u{a9}')
            || text.starts_with("(c) ")
            || text.starts_with("copyright ")
            || RIGHTS.is_match(text))
}
