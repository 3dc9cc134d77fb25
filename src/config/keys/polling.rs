//! The keys of `[poll]`, most of which a site and a section may have too.

use super::super::shape::{Group, Key, Shape};
use super::{DAY, HOUR, MINUTE, count, time};

pub(super) static CONTACT: Group = Group {
    title: "Who asks",
    keys: &[Key::new(
        "contact",
        Shape::Text,
        "\"feeds@example.org\"",
        "A mail or web address that sites can turn to; it stands in `User-Agent`.",
    )],
};

pub(super) static MANNERS: Group = Group {
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

pub(super) static HABITS: Group = Group {
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
        .told("the clock of the country of the site's address, else of its language"),
    ],
};

pub(super) const SHOW_ITEMS: Shape = count(
    1,
    "a feed that shows nothing is of no use",
    1000,
    "readers refuse feeds of many megabytes",
);

pub(super) const FULL_TEXT: &str = "Whether a feed carries the full text, or the summary only.";
