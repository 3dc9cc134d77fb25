//! The keys that say how pages are read.

use super::super::shape::{Group, Key, Shape, Table};

pub(super) static READING: Group = Group {
    title: "How pages are read",
    keys: &[
        Key::new(
            "include",
            Shape::One(&PATTERNS),
            "{ title = [\"(?i)gaza\"] }",
            "Only articles that match one of these become entries.",
        ),
        Key::new(
            "exclude",
            Shape::One(&PATTERNS),
            "{ url = [\"/sponsored/\"] }",
            "Articles that match one of these do not become entries.",
        ),
        Key::new(
            "listing",
            Shape::One(&LISTING),
            "{ item = \"div.card\" }",
            "How listings are read, where finding out by itself is not enough.",
        ),
        Key::new(
            "article",
            Shape::One(&ARTICLE),
            "{ body = \"div.story\" }",
            "How articles are read, where finding out by itself is not enough.",
        ),
    ],
};

pub(super) static PATTERNS: Table = Table {
    id: "patterns",
    name: "`include` and `exclude`",
    doc: "Regular expressions over an article's fields (`(?i)` in front ignores case). An article matches if any expression of any field does.",
    groups: &[&Group {
        title: "Expressions",
        keys: &[
            Key::new(
                "title",
                Shape::Patterns,
                "[\"(?i)live blog\"]",
                "Over the title.",
            ),
            Key::new(
                "text",
                Shape::Patterns,
                "\"football\"",
                "Over summary and body.",
            ),
            Key::new(
                "author",
                Shape::Patterns,
                "\"^Agencies$\"",
                "Over each author.",
            ),
            Key::new(
                "tag",
                Shape::Patterns,
                "\"^(Gaza|Lebanon)$\"",
                "Over each tag.",
            ),
            Key::new("url", Shape::Patterns, "\"/opinion/\"", "Over the address."),
        ],
    }],
};

pub(super) static LISTING: Table = Table {
    id: "listing",
    name: "`listing`",
    doc: "How listings are read, as `[site.listing]` or `[site.section.listing]`. What is not given is found out. Of several selectors, the first that matches wins; `element@attribute` reads an attribute in place of the text.",
    groups: &[&Group {
        title: "Listings",
        keys: &[
            Key::new(
                "item",
                Shape::Selectors,
                "\"div.card\"",
                "The boxes of the items; the other selectors are looked for inside one box.",
            ),
            Key::new(
                "link",
                Shape::Fields,
                "\"h3 a\"",
                "The link to the article.",
            ),
            Key::new("title", Shape::Fields, "[\"h3\", \"h4\"]", "The title."),
            Key::new("date", Shape::Fields, "\"time@datetime\"", "The date."),
            Key::new("image", Shape::Fields, "\"img@data-src\"", "The picture."),
            Key::new("summary", Shape::Fields, "\"p.teaser\"", "The summary."),
            Key::new(
                "next",
                Shape::Fields,
                "\"a[rel=next]\"",
                "The link to the listing's next page; see `pages`.",
            ),
            Key::new(
                "article_urls",
                Shape::Patterns,
                "\"/\\\\d{4}/\\\\d{2}/\"",
                "Only addresses that match one of these regular expressions are articles.",
            ),
            Key::new(
                "ignore_urls",
                Shape::Patterns,
                "\"/video/\"",
                "Addresses that match one of these are not articles.",
            ),
            Key::new(
                "json",
                Shape::One(&JSON),
                "{ items = \"$.items[*]\", url = \"$.url\" }",
                "Where JSON holds the items; for the kinds `json` and `embedded`.",
            ),
        ],
    }],
};

pub(super) static JSON: Table = Table {
    id: "json",
    name: "`listing.json`",
    doc: "Where a JSON answer, or JSON in a page, holds the items. Paths are JSON paths (RFC 9535); those of fields begin at one item.",
    groups: &[
        &Group {
            title: "JSON listings",
            keys: &[
                Key::new("items", Shape::Path, "\"$.records[*]\"", "The items.").required(),
                Key::new(
                    "url_template",
                    Shape::Text,
                    "\"https://www.example.org/articles/{slug}\"",
                    "The article's address, with `{name}` for a value of the item, where the item holds no address.",
                ),
                Key::new(
                    "api_template",
                    Shape::Text,
                    "\"https://www.example.org/api/record?slug={slug}\"",
                    "Where the article's own JSON stands, with `{name}` for a value of the item; it is read by `article.embedded`.",
                ),
            ],
        },
        &SCRIPT,
        &FIELDS,
    ],
};

pub(super) static ARTICLE: Table = Table {
    id: "article",
    name: "`article`",
    doc: "How articles are read, as `[site.article]` or `[site.section.article]`. What is not given is found out. Of several selectors, the first that matches wins; `element@attribute` reads an attribute in place of the text.",
    groups: &[&Group {
        title: "Articles",
        keys: &[
            Key::new(
                "title",
                Shape::Fields,
                "[\"h1.headline\", \"h1\"]",
                "The headline.",
            ),
            Key::new(
                "authors",
                Shape::Fields,
                "\".byline a\"",
                "The authors; each match is one.",
            ),
            Key::new("source", Shape::Fields, "\".agency\"", "The agency."),
            Key::new(
                "published",
                Shape::Fields,
                "\"time@datetime\"",
                "The date of publication.",
            ),
            Key::new(
                "modified",
                Shape::Fields,
                "\"time.updated@datetime\"",
                "The date of the last change.",
            ),
            Key::new("summary", Shape::Fields, "\"p.lead\"", "The summary."),
            Key::new(
                "image",
                Shape::Fields,
                "\"figure.lead img@data-src\"",
                "The lead image.",
            ),
            Key::new(
                "body",
                Shape::Selectors,
                "\"div.story\"",
                "The block or blocks that are the article; every match counts.",
            ),
            Key::new(
                "remove",
                Shape::Selectors,
                "[\".related\", \".share\"]",
                "What is no part of the body, wherever it stands.",
            ),
            Key::new(
                "tags",
                Shape::Fields,
                "\".tags a\"",
                "The tags; each match is one.",
            ),
            Key::new(
                "category",
                Shape::Fields,
                "\".breadcrumb a\"",
                "The site's section or category.",
            ),
            Key::new(
                "embedded",
                Shape::Many(&EMBEDDED),
                "[{ script = \"script#data\", title = \"$.headline\" }]",
                "JSON in the page, and which fields it gives; one table or a list.",
            ),
        ],
    }],
};

pub(super) static EMBEDDED: Table = Table {
    id: "embedded",
    name: "`article.embedded`",
    doc: "JSON in an article's page (or the answer of `api_template`), and which path leads to which field.",
    groups: &[&SCRIPT, &FIELDS],
};

pub(super) static SCRIPT: Group = Group {
    title: "Which script",
    keys: &[Key::new(
        "script",
        Shape::Selector,
        "\"script#__NEXT_DATA__\"",
        "The element of the page that holds the JSON.",
    )
    .told("any script in which the paths find something, or the answer itself")],
};

pub(super) static FIELDS: Group = Group {
    title: "Paths to fields",
    keys: &[
        Key::new("url", Shape::Paths, "\"$.link\"", "Address."),
        Key::new(
            "title",
            Shape::Paths,
            "[\"$.headline\", \"$.title\"]",
            "Headline; of several paths, the first that finds something wins.",
        ),
        Key::new(
            "authors",
            Shape::Paths,
            "\"$.authors[*].name\"",
            "Authors; every value is one.",
        ),
        Key::new("source", Shape::Paths, "\"$.agency\"", "Agency."),
        Key::new(
            "published",
            Shape::Paths,
            "\"$.date\"",
            "Date of publication: text, or seconds or milliseconds since 1970.",
        ),
        Key::new(
            "modified",
            Shape::Paths,
            "\"$.updated\"",
            "Date of the last change.",
        ),
        Key::new("summary", Shape::Paths, "\"$.lead\"", "Summary."),
        Key::new("image", Shape::Paths, "\"$.cover.url\"", "Lead image."),
        Key::new(
            "body",
            Shape::Paths,
            "\"$.blocks[*].html\"",
            "The body, HTML or plain text; every value is a block.",
        ),
        Key::new(
            "tags",
            Shape::Paths,
            "\"$.tags[*].name\"",
            "Tags; every value is one, or one text with commas.",
        ),
        Key::new("category", Shape::Paths, "\"$.section\"", "Category."),
        Key::new(
            "duration",
            Shape::Paths,
            "\"$.video.seconds\"",
            "Playing time, in seconds or as ISO 8601.",
        ),
        Key::new("media", Shape::Paths, "\"$.video.url\"", "Film or sound."),
        Key::new(
            "page_id",
            Shape::Paths,
            "\"$.id\"",
            "The site's own number for the story.",
        ),
    ],
};
