//! The keys of `[[site]]`, `[[site.section]]` and `[[feed]]`.

use super::super::shape::{Group, Key, Shape, Table};
use super::polling::{FULL_TEXT, HABITS, MANNERS, SHOW_ITEMS};
use super::reading::{PATTERNS, READING};

pub(super) static SITE: Table = Table {
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

pub(super) static SECTION: Table = Table {
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

/// The words of `kind`, in the order of [`Kind`](crate::config::Kind).
pub(in super::super) const KINDS: &[&str] = &[
    "auto", "html", "lines", "sitemap", "feed", "json", "embedded",
];

pub(super) static FEED: Table = Table {
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
