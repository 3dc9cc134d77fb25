//! robots.txt of the servers that a site uses → whether an address may be read, and how slowly (RFC 9309).

use std::collections::HashMap;
use std::time::Duration;

use robotxt::Robots;
use tokio::time::Instant;
use url::Url;

/// The name by which robots.txt knows us (RFC 9309, section 2.2.1).
pub const PRODUCT: &str = "feedwright";

/// Most bytes of robots.txt that are read: what the RFC (section 2.5) asks for at least, and what others read at most.
pub const MAX_ROBOTS_BYTES: usize = robotxt::BYTE_LIMIT;

/// Most redirects from robots.txt to its true place (section 2.3.1.2).
pub const MAX_ROBOTS_REDIRECTS: usize = 5;

/// How long a copy is used (section 2.4).
const KEEP_KNOWN: Duration = Duration::from_secs(24 * 3600);

/// How long a server whose robots.txt cannot be read is not asked for it again, where it does not say when to come back.
const KEEP_UNKNOWN: Duration = Duration::from_secs(10 * 60);

/// Shortest time for that, whatever it says: a server that cannot give its robots.txt is not helped by those who ask.
const KEEP_UNKNOWN_LEAST: Duration = Duration::from_secs(30);

/// Longest Crawl-delay that is kept: some sites ask for hours, meant for those who read every page; a section's new
/// articles would then take days.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_secs(60);

/// Most servers that are remembered for one site; with more than that, links lead all over the web.
const MAX_SERVERS: usize = 64;

/// What came of asking for robots.txt.
#[derive(Debug)]
pub enum RobotsAnswer {
    /// Its text.
    Text(Vec<u8>),
    /// The server has none: everything is allowed (section 2.3.1.3).
    None,
    /// It could not be read: nothing is allowed (section 2.3.1.4). A part of a sentence says why.
    Unknown(String, Option<Duration>),
}

/// What a server lets us read.
#[derive(Debug)]
pub enum Permission {
    /// Nobody has asked yet, or it was too long ago.
    NotAsked,
    /// Yes.
    Allowed,
    /// robots.txt says no.
    Disallowed,
    /// robots.txt could not be read.
    Unknown(String, Option<Duration>),
}

/// The robots.txt of every server that a site uses.
#[derive(Debug, Default)]
pub struct RobotsMemory {
    servers: HashMap<String, Known>,
}

#[derive(Debug)]
struct Known {
    rules: Rules,
    until: Instant,
}

#[derive(Debug)]
enum Rules {
    Read(Robots),
    Unknown(String, Option<Duration>),
}

impl RobotsMemory {
    /// Whether `url` may be read, as far as is known at `now`.
    pub fn permission(&self, url: &Url, now: Instant) -> Permission {
        match self.servers.get(&server(url)) {
            Some(known) if known.until > now => match &known.rules {
                Rules::Read(robots) if robots.is_url_allowed(url) => Permission::Allowed,
                Rules::Read(_) => Permission::Disallowed,
                Rules::Unknown(reason, asked) => {
                    Permission::Unknown(reason.clone(), asked.map(|_| known.until - now))
                }
            },
            _ => Permission::NotAsked,
        }
    }

    /// Keeps what the server of `url` said at `now`. Where it could not say anything, an older copy goes on to hold.
    pub fn learn(&mut self, url: &Url, answer: RobotsAnswer, now: Instant) {
        let server = server(url);
        let rules = match answer {
            RobotsAnswer::Text(text) => Rules::Read(Robots::parse(&text, PRODUCT)),
            RobotsAnswer::None => Rules::Read(Robots::allow_all()),
            RobotsAnswer::Unknown(reason, wait) => {
                if let Some(Known {
                    rules: Rules::Read(_),
                    until,
                }) = self.servers.get_mut(&server)
                {
                    *until = now + KEEP_UNKNOWN;
                    return;
                }
                Rules::Unknown(reason, wait)
            }
        };
        let keep = match &rules {
            Rules::Read(_) => KEEP_KNOWN,
            // What it asks for is bounded already, to days.
            Rules::Unknown(_, asked) => {
                asked.map_or(KEEP_UNKNOWN, |asked| asked.max(KEEP_UNKNOWN_LEAST))
            }
        };
        if self.servers.len() >= MAX_SERVERS && !self.servers.contains_key(&server) {
            self.forget_oldest();
        }
        self.servers.insert(
            server,
            Known {
                rules,
                until: now + keep,
            },
        );
    }

    /// How long the server of `url` wants us to wait between two requests.
    pub fn crawl_delay(&self, url: &Url) -> Duration {
        match self.servers.get(&server(url)) {
            Some(Known {
                rules: Rules::Read(robots),
                ..
            }) => robots
                .crawl_delay()
                .unwrap_or_default()
                .min(LONGEST_CRAWL_DELAY),
            _ => Duration::ZERO,
        }
    }

    fn forget_oldest(&mut self) {
        let oldest = self.servers.iter().min_by_key(|(_, known)| known.until);
        if let Some(server) = oldest.map(|(server, _)| server.clone()) {
            self.servers.remove(&server);
        }
    }
}

/// Where the robots.txt of the server of `url` stands.
pub fn robots_url(url: &Url) -> Option<Url> {
    url.join("/robots.txt").ok()
}

/// Scheme, host and port: what one robots.txt speaks for (section 2.3).
fn server(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn allows(robots: &str, path: &str) -> bool {
        let (page, now) = (
            url("https://a.example/").join(path).unwrap(),
            Instant::now(),
        );
        let mut memory = RobotsMemory::default();
        memory.learn(&page, RobotsAnswer::Text(robots.as_bytes().to_vec()), now);
        matches!(memory.permission(&page, now), Permission::Allowed)
    }

    #[test]
    fn robots_txt_is_read_as_the_standard_says() {
        for (robots, path, allowed) in [
            ("", "/x", true),
            ("User-agent: *\nDisallow: /", "/x", false),
            ("User-agent: *\nDisallow:", "/x", true),
            ("User-agent: *\nDisallow: /x", "/xy", false),
            ("User-agent: *\nDisallow: /x", "/y", true),
            ("User-agent: *\nDisallow: /", "/robots.txt", true),
            // The most specific rule wins, whatever its place (section 2.2.2); allow wins a tie.
            ("User-agent: *\nDisallow: /a/\nAllow: /a/b", "/a/b/c", true),
            ("User-agent: *\nAllow: /a/b\nDisallow: /a/b", "/a/b", true),
            // Our own group instead of everybody's; case does not matter; groups of one name are one.
            (
                "User-agent: *\nDisallow: /\nUser-agent: FeedWright\nAllow: /",
                "/x",
                true,
            ),
            (
                "User-agent: feedwright\nDisallow: /a\nUser-agent: feedwright\nDisallow: /b",
                "/b",
                false,
            ),
            (
                "User-agent: other\nUser-agent: feedwright\nDisallow: /",
                "/x",
                false,
            ),
            ("User-agent: feed\nDisallow: /", "/x", true),
            // Wildcards and the end of the address (section 2.2.3).
            ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false),
            ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true),
            ("User-agent: *\nDisallow: /a*c", "/abbbc/d", false),
            ("User-agent: *\nDisallow: /*?print=", "/a?print=1", false),
            // Percent-encoding and other scripts (section 2.2.2).
            ("User-agent: *\nDisallow: /سياسة", "/سياسة/x", false),
            ("User-agent: *\nDisallow: /%D8%B3", "/س", false),
            ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", false),
            // Comments, blank lines, odd line ends, a byte-order mark, lines that are no rules.
            (
                "\u{feff}User-agent: * # all\r\n\r\n# no\r\nDisallow: /x # y\r\n",
                "/x",
                false,
            ),
            ("<!doctype html><title>404</title>", "/x", true),
            ("Disallow: /", "/x", true),
            (
                "User-agent: *\nSitemap: https://a.example/s.xml\nDisallow: /x",
                "/x",
                false,
            ),
        ] {
            assert_eq!(allows(robots, path), allowed, "{robots:?} {path}");
        }
    }

    #[test]
    fn a_copy_holds_for_a_day_and_on_while_the_server_cannot_say() {
        let (page, start) = (url("https://a.example/x"), Instant::now());
        let closed = || RobotsAnswer::Text(b"User-agent: *\nDisallow: /".to_vec());
        let hours = |hours: u64| start + Duration::from_secs(hours * 3600);
        let mut memory = RobotsMemory::default();
        assert!(matches!(
            memory.permission(&page, start),
            Permission::NotAsked
        ));
        memory.learn(&page, closed(), start);
        assert!(matches!(
            memory.permission(&page, hours(23)),
            Permission::Disallowed
        ));
        assert!(matches!(
            memory.permission(&page, hours(24)),
            Permission::NotAsked
        ));
        memory.learn(
            &page,
            RobotsAnswer::Unknown("it timed out".to_owned(), None),
            hours(24),
        );
        assert!(matches!(
            memory.permission(&page, hours(24)),
            Permission::Disallowed
        ));
        assert!(matches!(
            memory.permission(&page, hours(25)),
            Permission::NotAsked
        ));
    }

    #[test]
    fn a_server_that_says_when_to_come_back_is_asked_then() {
        let (page, start) = (url("https://a.example/x"), Instant::now());
        for (asked, kept, told) in [
            (None, 600, None),
            (Some(1), 30, Some(20)),
            (Some(45), 45, Some(35)),
            (Some(3_600), 3_600, Some(3_590)),
        ] {
            let seconds = Duration::from_secs;
            let mut memory = RobotsMemory::default();
            let answer = RobotsAnswer::Unknown("it is down".to_owned(), asked.map(seconds));
            memory.learn(&page, answer, start);
            match memory.permission(&page, start + seconds(10)) {
                Permission::Unknown(_, wait) => assert_eq!(wait, told.map(seconds), "{asked:?}"),
                other => panic!("{other:?}"),
            }
            let last = memory.permission(&page, start + seconds(kept - 1));
            assert!(matches!(last, Permission::Unknown(..)), "{asked:?}");
            let then = memory.permission(&page, start + seconds(kept));
            assert!(matches!(then, Permission::NotAsked), "{asked:?}");
        }
    }

    #[test]
    fn each_server_has_its_own() {
        let (page, now) = (url("https://a.example/x"), Instant::now());
        let mut memory = RobotsMemory::default();
        memory.learn(&page, RobotsAnswer::None, now);
        for (other, known) in [
            ("https://a.example/y", true),
            ("https://a.example:443/y", true),
            ("http://a.example/x", false),
            ("https://www.a.example/x", false),
            ("https://a.example:8443/x", false),
        ] {
            let permission = memory.permission(&url(other), now);
            assert_eq!(matches!(permission, Permission::Allowed), known, "{other}");
        }
    }

    #[test]
    fn a_site_with_very_many_servers_forgets_the_oldest() {
        let now = Instant::now();
        let page = |number: usize| url(&format!("https://h{number}.example/"));
        let mut memory = RobotsMemory::default();
        for number in 0..=MAX_SERVERS {
            let later = now + Duration::from_secs(number as u64);
            memory.learn(&page(number), RobotsAnswer::None, later);
        }
        assert!(matches!(
            memory.permission(&page(0), now),
            Permission::NotAsked
        ));
        assert!(matches!(
            memory.permission(&page(1), now),
            Permission::Allowed
        ));
    }

    #[test]
    fn a_crawl_delay_is_honoured_and_bounded() {
        for (line, seconds) in [
            ("Crawl-delay: 5", 5.0),
            ("crawl-delay: 0.5", 0.5),
            ("Crawl-delay: 86400", 60.0),
            ("Crawl-delay: -1", 0.0),
            ("Crawl-delay: soon", 0.0),
            ("Crawl-delay: NaN", 0.0),
            ("", 0.0),
        ] {
            let page = url("https://a.example/");
            let mut memory = RobotsMemory::default();
            let text = format!("User-agent: *\n{line}\n").into_bytes();
            memory.learn(&page, RobotsAnswer::Text(text), Instant::now());
            assert_eq!(memory.crawl_delay(&page).as_secs_f64(), seconds, "{line}");
        }
    }
}
