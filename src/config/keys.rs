//! Every key that config.toml knows.

use std::time::Duration;

use super::shape::{Bound, Group, Key, Shape, Table};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A bound in seconds.
const fn time(least: u64, floor: &'static str, most: u64, ceiling: &'static str) -> Shape {
    Shape::Time(Bound {
        least: Duration::from_secs(least),
        floor,
        most: Duration::from_secs(most),
        ceiling,
    })
}

const fn count(least: u64, floor: &'static str, most: u64, ceiling: &'static str) -> Shape {
    Shape::Count(Bound {
        least,
        floor,
        most,
        ceiling,
    })
}

/// The whole file.
pub(super) static FILE: Table = Table {
    id: "file",
    name: "the file",
    doc: "",
    groups: &[&Group {
        title: "The tables of the file",
        keys: &[
            Key::new(
                "server",
                Shape::One(&SERVER),
                "{}",
                "Where feeds are served.",
            ),
            Key::new(
                "store",
                Shape::One(&STORE),
                "{}",
                "What is kept, and where.",
            ),
            Key::new(
                "poll",
                Shape::One(&POLL),
                "{}",
                "Defaults for every site and section.",
            ),
            Key::new(
                "site",
                Shape::Many(&SITE),
                "[]",
                "The sites, one `[[site]]` each.",
            )
            .required(),
            Key::new(
                "feed",
                Shape::Many(&FEED),
                "[]",
                "Feeds of your own choice, one `[[feed]]` each.",
            ),
        ],
    }],
};

static SERVER: Table = Table {
    id: "server",
    name: "`[server]`",
    doc: "Where feeds are served.",
    groups: &[&Group {
        title: "Serving",
        keys: &[
            Key::new(
                "listen",
                Shape::Socket,
                "\"0.0.0.0:8080\"",
                "The address and port to listen on.",
            )
            .value("\"127.0.0.1:8080\""),
            Key::new(
                "public_url",
                Shape::Address,
                "\"https://feeds.example.org\"",
                "What readers see in front of every address, where a proxy stands before the program.",
            )
            .told("`http://` and `listen`"),
            Key::new(
                "cache_bytes",
                count(
                    1_000_000,
                    "one large feed in three formats must fit",
                    10_000_000_000,
                    "more would never be used",
                ),
                "64_000_000",
                "Most bytes of finished feeds that are kept in memory.",
            )
            .value("16_000_000"),
        ],
    }],
};

static STORE: Table = Table {
    id: "store",
    name: "`[store]`",
    doc: "What is kept, and where.",
    groups: &[&Group {
        title: "Keeping",
        keys: &[Key::new(
            "path",
            Shape::Text,
            "\"/var/lib/feedwright/feedwright.db\"",
            "The database file; its directory must exist.",
        )
        .told("`feedwright.db` in systemd's state directory (`$STATE_DIRECTORY`), else in the working directory")],
    }],
};

static POLL: Table = Table {
    id: "poll",
    name: "`[poll]`",
    doc: "Defaults for every site and section. A site's own word wins over them, a section's own word over both.",
    groups: &[&CONTACT, &MANNERS, &HABITS],
};

static CONTACT: Group = Group {
    title: "Who asks",
    keys: &[Key::new(
        "contact",
        Shape::Text,
        "\"feeds@example.org\"",
        "A mail or web address that sites can turn to; it stands in `User-Agent`.",
    )],
};

static MANNERS: Group = Group {
    title: "How a site's server is treated",
    keys: &[
        Key::new(
            "pause",
            time(
                0,
                "",
                HOUR,
                "a first poll of thirty articles would take more than a day",
            ),
            "\"5s\"",
            "Least time between two requests to one site; a longer `Crawl-delay` wins.",
        )
        .value("\"2s\""),
        Key::new(
            "timeout",
            time(
                1,
                "many a healthy server needs longer than that",
                10 * MINUTE,
                "the site's other sections wait that long",
            ),
            "\"1m\"",
            "Longest time for one request, from its first byte to the answer's last.",
        )
        .value("\"30s\""),
        Key::new(
            "page_bytes",
            count(
                10_000,
                "nearly every page would be refused",
                100_000_000,
                "a page is read in memory, several times its size",
            ),
            "5_000_000",
            "Most bytes of one answer, unpacked.",
        )
        .value("10_000_000"),
        Key::new(
            "robots",
            Shape::Flag,
            "false",
            "Whether robots.txt is obeyed.",
        )
        .value("true"),
        Key::new(
            "user_agent",
            Shape::Text,
            "\"Mozilla/5.0 (compatible; example-feeds)\"",
            "The whole value of `User-Agent`, in place of our own.",
        )
        .told("`feedwright/VERSION (+CONTACT; feed reader)`"),
        Key::new(
            "proxy",
            Shape::Proxy,
            "\"socks5://127.0.0.1:9050\"",
            "The proxy to go through: http, https, socks5 or socks5h; or a secret.",
        ),
    ],
};

static HABITS: Group = Group {
    title: "How often, how much, and what is shown",
    keys: &[
        Key::new(
            "interval",
            time(
                MINUTE,
                "a site that is asked more often than once a minute will refuse us",
                30 * DAY,
                "a listing moves on in less time than that",
            ),
            "\"1h\"",
            "Usual time between two polls of a section.",
        )
        .value("\"15m\""),
        Key::new(
            "backfill",
            count(
                0,
                "",
                10_000,
                "more requests in a row would look like an attack",
            ),
            "100",
            "Most articles that the first poll of a section reads.",
        )
        .value("30"),
        Key::new(
            "follow",
            Shape::Flag,
            "false",
            "Whether the articles' own pages are read; if not, an entry holds what the listing shows.",
        )
        .value("true"),
        Key::new(
            "recheck",
            time(
                0,
                "",
                365 * DAY,
                "nobody corrects older articles, and each costs a request",
            ),
            "\"7d\"",
            "How long an article is read again for corrections, ever more rarely; \"0\" for never.",
        )
        .value("\"48h\""),
        Key::new(
            "keep_age",
            time(
                DAY,
                "an entry dropped while readers still ask for it is lost to them",
                36_500 * DAY,
                "a hundred years are for ever",
            ),
            "\"30d\"",
            "Entries older than this are dropped once no listing shows them.",
        )
        .value("\"365d\""),
        Key::new(
            "keep_items",
            count(
                1,
                "a section that keeps nothing has no feed",
                1_000_000,
                "the store is made for less",
            ),
            "200",
            "Most entries of a section that are kept.",
        )
        .value("1000"),
        Key::new("show_items", SHOW_ITEMS, "20", "Most entries that a feed shows.").value("50"),
        Key::new("full_text", Shape::Flag, "false", FULL_TEXT).value("true"),
        Key::new(
            "min_items",
            count(0, "", 10_000, "no listing shows more on one page"),
            "5",
            "Fewer items than this in a listing are reported as a fault of the listing; 0 for no floor.",
        )
        .value("0"),
        Key::new(
            "pages",
            count(
                1,
                "a listing has one page at least",
                50,
                "older pages repeat what earlier polls have read",
            ),
            "3",
            "Most pages of one listing that are read, by its links to the next page.",
        )
        .value("1"),
        Key::new(
            "language",
            Shape::Language,
            "\"en\"",
            "The language of the articles, as a BCP 47 tag.",
        )
        .told("what each page says, or what its words look like"),
        Key::new(
            "timezone",
            Shape::Zone,
            "\"Asia/Beirut\"",
            "The zone of dates that are printed without one.",
        )
        .value("\"UTC\""),
    ],
};

const SHOW_ITEMS: Shape = count(
    1,
    "a feed that shows nothing is of no use",
    1000,
    "readers refuse feeds of many megabytes",
);

const FULL_TEXT: &str = "Whether a feed carries the full text, or the summary only.";

static SITE: Table = Table {
    id: "site",
    name: "`[[site]]`",
    doc: "One publication. Needs `url` and at least one `[[site.section]]`.",
    groups: &[
        &Group {
            title: "One publication",
            keys: &[
                Key::new(
                    "url",
                    Shape::Address,
                    "\"https://www.example.org/\"",
                    "Its home; addresses of sections may be relative to it.",
                )
                .required(),
                Key::new(
                    "title",
                    Shape::Text,
                    "\"The Example\"",
                    "Its name for people.",
                )
                .told("the host of `url`"),
                Key::new(
                    "slug",
                    Shape::Slug,
                    "\"the-example\"",
                    "Its name in addresses.",
                )
                .told("made from `title`"),
                Key::new(
                    "headers",
                    Shape::Secrets,
                    "{ Authorization = { env = \"EXAMPLE_TOKEN\" } }",
                    "Further header lines to send; a value may be a secret.",
                ),
                Key::new(
                    "cookies",
                    Shape::Secrets,
                    "{ consent = \"yes\" }",
                    "Cookies to begin with; a value may be a secret.",
                ),
                Key::new(
                    "private_network",
                    Shape::Flag,
                    "true",
                    "Whether it may stand in a private network or on this machine.",
                )
                .value("false"),
                Key::new(
                    "tags",
                    Shape::Aliases,
                    "{ Turkiye = \"Turkey\" }",
                    "Labels of tags, and the label to keep instead.",
                ),
                Key::new(
                    "section",
                    Shape::Many(&SECTION),
                    "[]",
                    "Its listings, one `[[site.section]]` each.",
                )
                .required(),
            ],
        },
        &MANNERS,
        &HABITS,
        &READING,
    ],
};

static SECTION: Table = Table {
    id: "section",
    name: "`[[site.section]]`",
    doc: "One listing of a site, and a feed. Needs `url` and nothing else.",
    groups: &[
        &Group {
            title: "One listing",
            keys: &[
                Key::new(
                    "url",
                    Shape::Text,
                    "\"/news/politics\"",
                    "Where the listing stands, in full or relative to the site's `url`.",
                )
                .required(),
                Key::new(
                    "title",
                    Shape::Text,
                    "\"Politics\"",
                    "Its name for people.",
                )
                .told("made from the last part of `url`; `Home` where it has none"),
                Key::new(
                    "slug",
                    Shape::Slug,
                    "\"politics\"",
                    "Its name in addresses.",
                )
                .told("made from the last part of `url`, or from more of it where that name is taken"),
                Key::new("kind", Shape::Choice(KINDS), "\"sitemap\"", "What the address answers with: `html`, a page whose links lead to articles; `lines`, a page whose lines are entries without pages of their own, as in a ticker; `sitemap`, also an index or a news sitemap; `feed`, RSS, Atom or JSON Feed; `json`; `embedded`, JSON in a page.").value("\"auto\""),
            ],
        },
        &HABITS,
        &READING,
    ],
};

/// The words of `kind`, in the order of [`super::Kind`].
pub(super) const KINDS: &[&str] = &[
    "auto", "html", "lines", "sitemap", "feed", "json", "embedded",
];

static READING: Group = Group {
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

static PATTERNS: Table = Table {
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

static LISTING: Table = Table {
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

static JSON: Table = Table {
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

static ARTICLE: Table = Table {
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

static EMBEDDED: Table = Table {
    id: "embedded",
    name: "`article.embedded`",
    doc: "JSON in an article's page (or the answer of `api_template`), and which path leads to which field.",
    groups: &[&SCRIPT, &FIELDS],
};

static SCRIPT: Group = Group {
    title: "Which script",
    keys: &[Key::new(
        "script",
        Shape::Selector,
        "\"script#__NEXT_DATA__\"",
        "The element of the page that holds the JSON.",
    )
    .told("any script in which the paths find something, or the answer itself")],
};

static FIELDS: Group = Group {
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

static FEED: Table = Table {
    id: "feed",
    name: "`[[feed]]`",
    doc: "A feed of your own choice: entries of some sites and sections (all, if none are named) that carry any of the tags, if some are named, are by any of the authors, if some are named, and pass `include` and `exclude`.",
    groups: &[&Group {
        title: "A feed of your own",
        keys: &[
            Key::new(
                "title",
                Shape::Text,
                "\"Gaza, from everywhere\"",
                "Its name for people.",
            )
            .required(),
            Key::new("slug", Shape::Slug, "\"gaza\"", "Its name in addresses.")
                .told("made from `title`"),
            Key::new(
                "sites",
                Shape::Texts,
                "[\"the-example\"]",
                "Slugs of sites.",
            ),
            Key::new(
                "sections",
                Shape::Texts,
                "[\"the-example/politics\"]",
                "Sections, as `site/section`.",
            ),
            Key::new(
                "tags",
                Shape::Texts,
                "[\"Gaza\", \"غزة\"]",
                "Tags, as printed or as in addresses.",
            ),
            Key::new(
                "authors",
                Shape::Texts,
                "[\"Jane Doe\"]",
                "Authors, as printed or as in addresses.",
            ),
            Key::new(
                "include",
                Shape::One(&PATTERNS),
                "{ title = \"(?i)gaza\" }",
                "Only entries that match one of these.",
            ),
            Key::new(
                "exclude",
                Shape::One(&PATTERNS),
                "{ tag = \"Sports\" }",
                "No entries that match one of these.",
            ),
            Key::new(
                "show_items",
                SHOW_ITEMS,
                "100",
                "Most entries that it shows.",
            )
            .told("`show_items` of `[poll]`"),
            Key::new("full_text", Shape::Flag, "false", FULL_TEXT).told("`full_text` of `[poll]`"),
        ],
    }],
};

/// Every table, in the order of the reference.
pub(super) static TABLES: &[&Table] = &[
    &SERVER, &STORE, &POLL, &SITE, &SECTION, &FEED, &LISTING, &JSON, &ARTICLE, &EMBEDDED, &PATTERNS,
];

/// The names of the tables in which a key of this name may stand.
pub(super) fn homes(name: &str) -> Vec<&'static str> {
    TABLES
        .iter()
        .filter(|table| table.key(name).is_some())
        .map(|table| table.name)
        .collect()
}

/// The shape of the first key of this name in any table.
pub(super) fn shape(name: &str) -> Option<&'static Shape> {
    let mut keys = TABLES.iter().filter_map(|table| table.key(name));
    keys.next().map(|key| &key.shape)
}
