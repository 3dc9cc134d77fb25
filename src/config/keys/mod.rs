//! Every key that config.toml knows.

mod polling;
mod reading;
mod site;

use std::time::Duration;

use polling::{CONTACT, HABITS, MANNERS};
use reading::{ARTICLE, EMBEDDED, JSON, LISTING, PATTERNS};
pub(super) use site::KINDS;
use site::{FEED, SECTION, SITE};

use super::shape::{Bound, Group, Key, Shape, Table};

/// Seconds in a minute.
pub(super) const MINUTE: u64 = 60;
/// Seconds in an hour.
pub(super) const HOUR: u64 = 60 * MINUTE;
/// Seconds in a day.
pub(super) const DAY: u64 = 24 * HOUR;

/// A length of time, at least and at most so many seconds.
pub(super) const fn time(
    least: u64,
    floor: &'static str,
    most: u64,
    ceiling: &'static str,
) -> Shape {
    Shape::Time(Bound {
        least: Duration::from_secs(least),
        floor,
        most: Duration::from_secs(most),
        ceiling,
    })
}

/// A number, at least and at most so many.
pub(super) const fn count(
    least: u64,
    floor: &'static str,
    most: u64,
    ceiling: &'static str,
) -> Shape {
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
                "access",
                Shape::One(&ACCESS),
                "{}",
                "Who may read; everybody, where it is left out.",
            ),
            Key::new(
                "websub",
                Shape::One(&WEBSUB),
                "{}",
                "Who tells readers of changes at once.",
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
                Shape::Sockets,
                "[\"[::]:8080\", \"unix:/run/feedwright/feedwright.sock\"]",
                "Where to listen: addresses with a port, Unix sockets (for a proxy on this machine, which is believed like those of `proxies`), or both. Sockets that systemd hands over are used in their place.",
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

static ACCESS: Table = Table {
    id: "access",
    name: "`[access]`",
    doc: "Who may read; everybody, where it is left out. `/healthz` stays open to all.",
    groups: &[&Group {
        title: "Reading",
        keys: &[
            Key::new(
                "token",
                Shape::Token,
                "\"0f4c1d-a-token-of-your-own\"",
                "What readers must have in the address, as `/t/TOKEN/all.rss` or `/all.rss?token=TOKEN`: 16 to 128 letters, digits, `-` or `_`. Every address that feeds and pages show then holds it, so a hub cannot be named beside it.",
            ),
            Key::new(
                "networks",
                Shape::Networks,
                "[\"192.168.0.0/16\", \"2001:db8::/32\"]",
                "Where readers must be.",
            )
            .told("anywhere"),
            Key::new(
                "proxies",
                Shape::Networks,
                "[\"127.0.0.1\"]",
                "Proxies that are believed when they say for whom they ask (`Forwarded`, `X-Forwarded-For`). The host and scheme that they name are only used for a word in the log, where `public_url` is missing.",
            )
            .told("none"),
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

static WEBSUB: Table = Table {
    id: "websub",
    name: "`[websub]`",
    doc: "Who tells readers of changes at once, so that they need not ask again and again.",
    groups: &[&Group {
        title: "Telling of changes",
        keys: &[Key::new(
            "hub",
            Shape::Address,
            "\"https://pubsubhubbub.appspot.com/\"",
            "A WebSub hub that can reach `public_url`. Every feed names it, and it is told of each feed that changes.",
        )],
    }],
};

static POLL: Table = Table {
    id: "poll",
    name: "`[poll]`",
    doc: "Defaults for every site and section. A site's own word wins over them, a section's own word over both.",
    groups: &[&CONTACT, &MANNERS, &HABITS],
};

/// Every table, in the order of the reference.
pub(super) static TABLES: &[&Table] = &[
    &SERVER, &STORE, &ACCESS, &WEBSUB, &POLL, &SITE, &SECTION, &FEED, &LISTING, &JSON, &ARTICLE,
    &EMBEDDED, &PATTERNS,
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
