//! The text of `config.toml` → a [`Config`] that only holds what can work, or every mistake in it at once.

mod access;
mod expressions;
mod inherited;
mod keys;
mod listen;
mod load;
mod mistakes;
mod names;
mod notes;
mod reader;
mod reference;
mod rules;
mod schema;
mod secrets;
mod section;
mod selection;
mod shape;
mod site;
mod suggest;
#[cfg(test)]
mod tests;
mod values;
mod whole;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use url::Url;

pub use access::{Access, Network};
pub use listen::Listen;
pub use load::load;
pub use mistakes::Mistakes;
pub use reference::reference;
pub use rules::{
    ArticleRules, EntryRules, FieldPatterns, FieldSelector, JsonFields, JsonItems, JsonPath, Kind,
    ListingRules,
};
pub use schema::schema;
pub use secrets::{SecretRef, Surroundings};
pub use whole::parse;

use crate::model::{SectionKey, Slug};

/// The whole configuration, each default filled in and each site's and section's own word applied over it.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[server]`
    pub server: Server,
    /// `[store]`
    pub store: StoreRules,
    /// `[websub]`, where a hub is named.
    pub websub: Option<WebSub>,
    /// `[access]`
    pub access: Access,
    /// `[[site]]`, in the file's order, each with at least one section; their slugs differ.
    pub sites: Vec<Site>,
    /// `[[feed]]`, in the file's order; their slugs differ from each other's and from every site's.
    pub selections: Vec<Selection>,
}

/// Where feeds are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Where connections are taken, at least one; they differ.
    pub listen: Vec<Listen>,
    /// What readers see in front of every address, without a slash at its end: `https://feeds.example.org`.
    pub public_url: Url,
    /// Bytes of rendered documents that are kept ready.
    pub cache_bytes: u64,
}

/// What is kept, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreRules {
    /// The database file.
    pub path: PathBuf,
}

/// The hub that is told of feeds that change, so that readers need not ask (WebSub).
#[derive(Clone, Debug)]
pub struct WebSub {
    /// Where it takes word of changes; every feed names it.
    pub hub: Url,
    /// How it is asked: as who, through which proxy, and for how long.
    pub politeness: Politeness,
}

/// One publication.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its name in addresses, derived from the title or the host where none is given.
    pub slug: Slug,
    /// Its name for people.
    pub title: String,
    /// Its home: what relative section addresses are resolved against.
    pub url: Url,
    /// BCP 47 tag, where the file gives one.
    pub language: Option<String>,
    /// The zone in which it prints dates without one, where the file gives one.
    pub timezone: Option<Tz>,
    /// How its server is to be treated.
    pub politeness: Politeness,
    /// Its listings, at least one; their slugs differ.
    pub sections: Vec<Section>,
}

/// How a site's server is treated.
#[derive(Clone)]
pub struct Politeness {
    /// Least time between two requests; a longer Crawl-delay wins.
    pub pause: Duration,
    /// Longest time for one request, from its first byte out to its last byte in.
    pub timeout: Duration,
    /// Most bytes of one answer, unpacked.
    pub page_bytes: u64,
    /// Whether robots.txt is obeyed.
    pub robots: bool,
    /// Whole value of `User-Agent`, with the contact address in it.
    pub user_agent: String,
    /// Further header lines, secrets resolved: (name, value).
    pub headers: Vec<(http::HeaderName, http::HeaderValue)>,
    /// Cookies to begin with: (name, value).
    pub cookies: Vec<(String, String)>,
    /// The proxy to go through: http, https or socks5.
    pub proxy: Option<Url>,
    /// Whether addresses of private networks and this machine may be asked: only for sites that stand there by the user's wish.
    pub private_network: bool,
}

/// Secrets do not show: header values are marked sensitive, of cookies only the names are told, and of a proxy only where it
/// stands.
impl fmt::Debug for Politeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cookies: Vec<&str> = self.cookies.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Politeness")
            .field("pause", &self.pause)
            .field("timeout", &self.timeout)
            .field("page_bytes", &self.page_bytes)
            .field("robots", &self.robots)
            .field("user_agent", &self.user_agent)
            .field("headers", &self.headers)
            .field("cookies", &cookies)
            .field("proxy", &self.proxy.as_ref().and_then(Url::host_str))
            .field("private_network", &self.private_network)
            .finish()
    }
}

/// One configured listing of a site.
#[derive(Clone, Debug)]
pub struct Section {
    /// Site and section, as in its addresses.
    pub key: SectionKey,
    /// Its name for people.
    pub title: String,
    /// Where the listing stands.
    pub url: Url,
    /// How its listing is read.
    pub listing: ListingRules,
    /// How the articles behind it are read.
    pub article: ArticleRules,
    /// Which articles become entries.
    pub entries: EntryRules,
    /// Usual time between two polls.
    pub interval: Duration,
    /// Most articles that the first poll reads.
    pub backfill: usize,
    /// Whether the articles' own pages are read; if not, the listing's hints are all there is.
    pub follow: bool,
    /// How long after its publication an article is read again for corrections, on a slowing rhythm; zero for never.
    pub recheck: Duration,
    /// Entries older than this are dropped from the store once no listing shows them.
    pub keep_age: Duration,
    /// Most entries of this section that are kept.
    pub keep_items: usize,
    /// Most entries that its feed shows.
    pub show_items: usize,
    /// Full text in its feed, or the summary only.
    pub full_text: bool,
    /// Fewer items than this in a listing are reported as a fault of the listing; zero for no floor.
    pub min_items: usize,
}

/// A `[[feed]]`: entries of several sections, tags, authors and sites under one title.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for people.
    pub title: String,
    /// An entry belongs if it is in any of these sites …
    pub sites: Vec<Slug>,
    /// … or any of these sections …
    pub sections: Vec<SectionKey>,
    /// … (where both are empty: of all) and carries any of these tags, if some are named …
    pub tags: Vec<Slug>,
    /// … and is by any of these authors, if some are named …
    pub authors: Vec<Slug>,
    /// … and passes these.
    pub entries: EntryRules,
    /// Most entries that it shows.
    pub show_items: usize,
    /// Full text, or the summary only.
    pub full_text: bool,
}
