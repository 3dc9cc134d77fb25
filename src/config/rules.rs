//! What a site's or a section's own words say about reading its pages.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use regex::Regex;
use scraper::Selector;

use crate::model::Slug;

/// What stands behind a section's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Found out from the answer itself.
    #[default]
    Auto,
    /// A page whose links lead to articles.
    Html,
    /// A page whose lines are entries without pages of their own.
    Lines,
    /// A sitemap, a sitemap index or a news sitemap.
    Sitemap,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A JSON answer, read by paths.
    Json,
    /// JSON inside a page, read by paths.
    Embedded,
}

/// How a section's listing is read. An empty list of selectors leaves the field to discovery.
#[derive(Clone, Debug, Default)]
pub struct ListingRules {
    /// What the address answers with.
    pub kind: Kind,
    /// The boxes of the items; each other selector is looked for inside one box.
    pub item: Vec<Selector>,
    /// The link to the article (its `href` unless the selector names another attribute).
    pub link: Vec<FieldSelector>,
    /// The title.
    pub title: Vec<FieldSelector>,
    /// The date.
    pub date: Vec<FieldSelector>,
    /// The picture.
    pub image: Vec<FieldSelector>,
    /// The summary.
    pub summary: Vec<FieldSelector>,
    /// The link to the next page of the listing.
    pub next: Vec<FieldSelector>,
    /// Most pages of one listing that are read, at least 1.
    pub pages: usize,
    /// Where a JSON answer, or JSON in the page, holds the items.
    pub json: Option<JsonItems>,
    /// Only addresses that match one of these are articles, if some are given.
    pub article_urls: Vec<Regex>,
    /// Addresses that match one of these are not articles.
    pub ignore_urls: Vec<Regex>,
    /// Language of the listing, for its dates.
    pub language: Option<String>,
    /// The zone of its dates that name none, where the configuration tells it.
    pub timezone: Option<Tz>,
}

/// How an article's page is read. An empty list of selectors leaves the field to extraction.
#[derive(Clone, Debug, Default)]
pub struct ArticleRules {
    /// The headline.
    pub title: Vec<FieldSelector>,
    /// The authors; each match is one.
    pub authors: Vec<FieldSelector>,
    /// The agency.
    pub source: Vec<FieldSelector>,
    /// Date of publication.
    pub published: Vec<FieldSelector>,
    /// Date of the last change.
    pub modified: Vec<FieldSelector>,
    /// The summary.
    pub summary: Vec<FieldSelector>,
    /// The lead image.
    pub image: Vec<FieldSelector>,
    /// The block or blocks that are the article; every match counts, in the page's order.
    pub body: Vec<Selector>,
    /// What is no part of the body, wherever it stands.
    pub remove: Vec<Selector>,
    /// The tags; each match is one.
    pub tags: Vec<FieldSelector>,
    /// The site's section or category.
    pub category: Vec<FieldSelector>,
    /// JSON in the page, and which fields it gives.
    pub embedded: Vec<JsonFields>,
    /// Language, where the site is known to have one.
    pub language: Option<String>,
    /// The zone of dates that name none; where the configuration tells none, the page's address and language do.
    pub timezone: Option<Tz>,
    /// Other labels for a tag: the slug of what the page prints → the label to keep ("turkiye" → "Turkey").
    pub tag_aliases: BTreeMap<Slug, String>,
}

/// A CSS selector, and which attribute of its match is wanted: `time@datetime`; without one, its text.
#[derive(Clone, Debug)]
pub struct FieldSelector {
    /// Which element.
    pub selector: Selector,
    /// Which attribute; `None` for what is natural for the field (text, or `href` and `src` for addresses).
    pub attribute: Option<String>,
}

/// A JSON path (RFC 9535).
pub type JsonPath = serde_json_path::JsonPath;

/// Where a JSON document holds a listing's items, and their fields within one item.
#[derive(Clone, Debug)]
pub struct JsonItems {
    /// The script element that holds the JSON, where it stands in a page.
    pub script: Option<Selector>,
    /// The items.
    pub items: JsonPath,
    /// Their fields, each path read within one item.
    pub fields: JsonFields,
    /// An address with `{name}` placeholders for values of the item, where it holds no address itself:
    /// `https://example.org/articles/{slug}`.
    pub url_template: Option<String>,
    /// The article's JSON for an item, where its page holds none: an address with the same placeholders. What it answers
    /// is read by the article rules' embedded paths.
    pub api_template: Option<String>,
}

/// Which path leads to which field. Several paths to a field: the first that finds something wins.
#[derive(Clone, Debug, Default)]
pub struct JsonFields {
    /// The script element that holds the JSON; `None` for the document itself or any script that has the paths.
    pub script: Option<Selector>,
    /// Address.
    pub url: Vec<JsonPath>,
    /// Headline.
    pub title: Vec<JsonPath>,
    /// Authors; every value found is one.
    pub authors: Vec<JsonPath>,
    /// Agency.
    pub source: Vec<JsonPath>,
    /// Date of publication: text, or seconds or milliseconds since 1970.
    pub published: Vec<JsonPath>,
    /// Date of the last change.
    pub modified: Vec<JsonPath>,
    /// Summary.
    pub summary: Vec<JsonPath>,
    /// Lead image.
    pub image: Vec<JsonPath>,
    /// The body: HTML or plain text; every value found is a block.
    pub body: Vec<JsonPath>,
    /// Tags; every value found is one, or one string with commas.
    pub tags: Vec<JsonPath>,
    /// Category.
    pub category: Vec<JsonPath>,
    /// Playing time in seconds or as ISO 8601.
    pub duration: Vec<JsonPath>,
    /// Film or sound.
    pub media: Vec<JsonPath>,
    /// The site's own number for the story.
    pub page_id: Vec<JsonPath>,
}

/// Which articles become entries: those that match one of `include`, if there are some, and none of `exclude`.
#[derive(Clone, Debug, Default)]
pub struct EntryRules {
    /// What is wanted.
    pub include: FieldPatterns,
    /// What is not.
    pub exclude: FieldPatterns,
}

/// Regular expressions over an article's fields.
#[derive(Clone, Debug, Default)]
pub struct FieldPatterns {
    /// Over the title.
    pub title: Vec<Regex>,
    /// Over summary and body.
    pub text: Vec<Regex>,
    /// Over each author.
    pub author: Vec<Regex>,
    /// Over each tag.
    pub tag: Vec<Regex>,
    /// Over the address.
    pub url: Vec<Regex>,
}

impl FieldPatterns {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        [&self.title, &self.text, &self.author, &self.tag, &self.url]
            .iter()
            .all(|patterns| patterns.is_empty())
    }
}
