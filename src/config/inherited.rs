//! What `[poll]` says, a site may say otherwise, and a section once more: each level read over the one above.

use std::time::Duration;

use chrono_tz::Tz;
use url::Url;

use super::reader::Reader;
use super::rules::{ArticleRules, EntryRules, FieldPatterns, JsonFields, JsonItems, ListingRules};
use super::{expressions, secrets, values};

/// How a site's server is treated, where nothing is said of it.
#[derive(Clone, Debug)]
pub(super) struct Manners {
    pub pause: Duration,
    pub timeout: Duration,
    pub page_bytes: u64,
    pub robots: bool,
    pub user_agent: Option<String>,
    pub proxy: Option<Url>,
}

impl Default for Manners {
    fn default() -> Self {
        Manners {
            // No site notices a request every two seconds; a first poll of thirty articles takes a minute.
            pause: Duration::from_secs(2),
            // Slow servers answer within ten seconds; three times that spares a second try.
            timeout: Duration::from_secs(30),
            // The largest article pages seen hold 4 MB, sitemaps up to 10 MB.
            page_bytes: 10_000_000,
            robots: true,
            user_agent: None,
            proxy: None,
        }
    }
}

impl Manners {
    /// What `reader` says, and where it says nothing, what holds above it.
    pub fn read(&self, reader: &Reader<'_>) -> Manners {
        Manners {
            pause: reader.time("pause").unwrap_or(self.pause),
            timeout: reader.time("timeout").unwrap_or(self.timeout),
            page_bytes: reader.count("page_bytes").unwrap_or(self.page_bytes),
            robots: reader.flag("robots").unwrap_or(self.robots),
            user_agent: user_agent(reader).or_else(|| self.user_agent.clone()),
            proxy: secrets::proxy(reader).or_else(|| self.proxy.clone()),
        }
    }
}

fn user_agent(reader: &Reader<'_>) -> Option<String> {
    let text = reader.one("user_agent", values::header_text)?;
    Some(text.0)
}

/// How often a section is polled, and how much of it is kept and shown.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    pub interval: Duration,
    pub backfill: usize,
    pub follow: bool,
    pub recheck: Duration,
    pub keep_age: Duration,
    pub keep_items: usize,
    pub show_items: usize,
    pub full_text: bool,
    pub min_items: usize,
    pub pages: usize,
    pub language: Option<String>,
    pub timezone: Option<Tz>,
}

impl Default for Habits {
    fn default() -> Self {
        Habits {
            // News is read a few times an hour, and four polite requests an hour trouble no site.
            interval: Duration::from_secs(15 * 60),
            // What one listing page shows; with the default pause it takes a minute.
            backfill: 30,
            follow: true,
            // Most corrections come within minutes, nearly all within two days.
            recheck: Duration::from_secs(48 * 60 * 60),
            // A year of entries makes tag feeds worth searching and fits in a small database.
            keep_age: Duration::from_secs(365 * 24 * 60 * 60),
            // Some weeks of a busy section.
            keep_items: 1000,
            // A day of a busy section, and a feed under a megabyte.
            show_items: 50,
            full_text: true,
            min_items: 0,
            pages: 1,
            language: None,
            timezone: None,
        }
    }
}

impl Habits {
    /// What `reader` says, and where it says nothing, what holds above it.
    pub fn read(&self, reader: &Reader<'_>) -> Habits {
        let language = reader.one("language", values::language);
        let timezone = reader.one("timezone", values::zone);
        Habits {
            interval: reader.time("interval").unwrap_or(self.interval),
            backfill: reader.size("backfill").unwrap_or(self.backfill),
            follow: reader.flag("follow").unwrap_or(self.follow),
            recheck: reader.time("recheck").unwrap_or(self.recheck),
            keep_age: reader.time("keep_age").unwrap_or(self.keep_age),
            keep_items: reader.size("keep_items").unwrap_or(self.keep_items),
            show_items: reader.size("show_items").unwrap_or(self.show_items),
            full_text: reader.flag("full_text").unwrap_or(self.full_text),
            min_items: reader.size("min_items").unwrap_or(self.min_items),
            pages: reader.size("pages").unwrap_or(self.pages),
            language: language.map_or_else(|| self.language.clone(), |(tag, _)| Some(tag)),
            timezone: timezone.map(|(zone, _)| zone).or(self.timezone),
        }
    }
}

/// How pages are read. The language, zone and number of pages in the rules are those of [`Habits`]; they are filled in
/// once all is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub listing: ListingRules,
    pub article: ArticleRules,
    pub entries: EntryRules,
}

impl Reading {
    /// What `reader` says, and field by field where it says nothing, what holds above it.
    pub fn read(&self, reader: &Reader<'_>) -> Reading {
        Reading {
            listing: listing(&self.listing, &reader.table("listing")),
            article: article(&self.article, &reader.table("article")),
            entries: entries(&self.entries, reader),
        }
    }
}

/// The `include` and `exclude` of a table over those above it.
pub(super) fn entries(above: &EntryRules, reader: &Reader<'_>) -> EntryRules {
    EntryRules {
        include: patterns(&above.include, &reader.table("include")),
        exclude: patterns(&above.exclude, &reader.table("exclude")),
    }
}

fn patterns(above: &FieldPatterns, reader: &Reader<'_>) -> FieldPatterns {
    let over = |name, above: &Vec<regex::Regex>| {
        reader
            .list(name, expressions::pattern)
            .unwrap_or_else(|| above.clone())
    };
    FieldPatterns {
        title: over("title", &above.title),
        text: over("text", &above.text),
        author: over("author", &above.author),
        tag: over("tag", &above.tag),
        url: over("url", &above.url),
    }
}

fn listing(above: &ListingRules, reader: &Reader<'_>) -> ListingRules {
    let field = |name, above: &Vec<_>| {
        reader
            .list(name, expressions::field)
            .unwrap_or_else(|| above.clone())
    };
    let pattern = |name, above: &Vec<_>| {
        reader
            .list(name, expressions::pattern)
            .unwrap_or_else(|| above.clone())
    };
    ListingRules {
        kind: above.kind,
        item: reader
            .list("item", expressions::selector)
            .unwrap_or_else(|| above.item.clone()),
        link: field("link", &above.link),
        title: field("title", &above.title),
        date: field("date", &above.date),
        image: field("image", &above.image),
        summary: field("summary", &above.summary),
        next: field("next", &above.next),
        pages: above.pages,
        json: json_items(&reader.table("json")).or_else(|| above.json.clone()),
        article_urls: pattern("article_urls", &above.article_urls),
        ignore_urls: pattern("ignore_urls", &above.ignore_urls),
        language: above.language.clone(),
        timezone: above.timezone,
    }
}

fn json_items(reader: &Reader<'_>) -> Option<JsonItems> {
    if !reader.is_there() {
        return None;
    }
    let items = reader.one("items", expressions::json_path);
    if reader.place("items").is_none() {
        reader.require("items");
    }
    let script = reader.one("script", expressions::selector);
    let url_template = reader.one("url_template", expressions::template);
    let api_template = reader.one("api_template", expressions::template);
    let fields = json_fields(reader);
    if reader.place("url").is_none() && reader.place("url_template").is_none() {
        reader.notes.missing(
            reader.span.clone(),
            "nothing says where an item's address stands",
            "give `url`, a path within the item, or `url_template`",
        );
    }
    Some(JsonItems {
        script: script.map(|(selector, _)| selector),
        items: items?.0,
        fields,
        url_template: url_template.map(|(text, _)| text),
        api_template: api_template.map(|(text, _)| text),
    })
}

fn json_fields(reader: &Reader<'_>) -> JsonFields {
    let path = |name| {
        reader
            .list(name, expressions::json_path)
            .unwrap_or_default()
    };
    JsonFields {
        script: None,
        url: path("url"),
        title: path("title"),
        authors: path("authors"),
        source: path("source"),
        published: path("published"),
        modified: path("modified"),
        summary: path("summary"),
        image: path("image"),
        body: path("body"),
        tags: path("tags"),
        category: path("category"),
        duration: path("duration"),
        media: path("media"),
        page_id: path("page_id"),
    }
}

fn article(above: &ArticleRules, reader: &Reader<'_>) -> ArticleRules {
    let field = |name, above: &Vec<_>| {
        reader
            .list(name, expressions::field)
            .unwrap_or_else(|| above.clone())
    };
    let selector = |name, above: &Vec<_>| {
        reader
            .list(name, expressions::selector)
            .unwrap_or_else(|| above.clone())
    };
    ArticleRules {
        title: field("title", &above.title),
        authors: field("authors", &above.authors),
        source: field("source", &above.source),
        published: field("published", &above.published),
        modified: field("modified", &above.modified),
        summary: field("summary", &above.summary),
        image: field("image", &above.image),
        body: selector("body", &above.body),
        remove: selector("remove", &above.remove),
        tags: field("tags", &above.tags),
        category: field("category", &above.category),
        embedded: embedded(reader).unwrap_or_else(|| above.embedded.clone()),
        language: above.language.clone(),
        timezone: above.timezone,
        tag_aliases: above.tag_aliases.clone(),
    }
}

fn embedded(reader: &Reader<'_>) -> Option<Vec<JsonFields>> {
    reader.place("embedded")?;
    let tables = reader.tables("embedded");
    let read = |table: &Reader<'_>| JsonFields {
        script: table
            .one("script", expressions::selector)
            .map(|(selector, _)| selector),
        ..json_fields(table)
    };
    Some(tables.iter().map(read).collect())
}
