//! `[[site]]` → sites whose names differ.

use std::collections::BTreeMap;

use url::{Host, Url};

use super::inherited::{Habits, Manners, Reading};
use super::names::{RESERVED, site_title};
use super::reader::{Reader, TEXT_BYTES};
use super::section::{Home, sections};
use super::suggest::{joined, quoted};
use super::values::Wrong;
use super::{Politeness, Site, secrets, values};
use crate::model::{Slug, Tag};

/// Most sites of one file: each is a task of its own, and the shipped limits of memory are made for fewer.
pub(super) const SITES: usize = 500;

/// What holds for every site.
pub(super) struct Above {
    /// Whom sites can turn to.
    pub contact: Option<String>,
    /// How servers are treated.
    pub manners: Manners,
    /// How sections are polled.
    pub habits: Habits,
}

/// What else may refer to: the slugs of sites and their sections, also of those that have mistakes.
#[derive(Default)]
pub(super) struct Names {
    /// Each site's slug, with the line it stands in and its sections.
    pub sites: BTreeMap<Slug, (usize, Vec<Slug>)>,
    /// Whether some name could not be told for a mistake in it. What refers to it is then no mistake of its own.
    pub partial: bool,
}

/// Every `[[site]]` of `file`.
pub(super) fn sites(file: &Reader<'_>, above: &Above) -> (Vec<Site>, Names) {
    let tables = file.tables("site");
    if file.lacks("site") {
        file.notes.missing_from_file(
            "no site is configured",
            "a site needs two addresses:\n\n[[site]]\nurl = \"https://www.example.org/\"\n\n[[site.section]]\nurl = \"/news/politics\"",
        );
    }
    if let Some(table) = tables.get(SITES) {
        let sentence = format!("this is site {} of {}", SITES + 1, tables.len());
        let help =
            format!("at most {SITES} sites in one file; run a second program for the others");
        file.notes.wrong(table.span.clone(), sentence, help);
    }
    let mut names = Names::default();
    let sites = tables
        .iter()
        .take(SITES)
        .filter_map(|table| site(table, above, &mut names))
        .collect();
    (sites, names)
}

fn site(reader: &Reader<'_>, above: &Above, names: &mut Names) -> Option<Site> {
    let url = reader.one("url", values::address).map(|(url, _)| url);
    if reader.place("url").is_none() {
        reader.require("url");
    }
    let (slug, title) = site_names(reader, url.as_ref(), names);
    let politeness = politeness(reader, above);
    let habits = above.habits.read(reader);
    let mut reading = Reading::default().read(reader);
    reading.article.tag_aliases = aliases(reader);
    let private = reader.flag("private_network").unwrap_or(false);
    if let (Some(url), false) = (&url, private) {
        refuse_private(reader, "url", url);
    }
    let home = Home {
        slug: slug.as_ref(),
        url: url.as_ref(),
        private,
    };
    let (sections, slugs) = sections(reader, &home, &habits, &reading);
    names.partial |= slug.is_none() || slugs.iter().any(Option::is_none);
    if let Some((_, known)) = slug.as_ref().and_then(|slug| names.sites.get_mut(slug)) {
        known.extend(slugs.into_iter().flatten());
    }
    Some(Site {
        slug: slug?,
        title: title?,
        url: url?,
        language: habits.language,
        timezone: habits.timezone,
        politeness,
        sections,
    })
}

/// Slug and title of a site; the slug is entered in `names`.
fn site_names(
    reader: &Reader<'_>,
    url: Option<&Url>,
    names: &mut Names,
) -> (Option<Slug>, Option<String>) {
    let written = reader.place("title").is_some();
    let title = match reader.text("title") {
        Some((title, _)) => Some(title),
        None if written => None,
        None => url.map(site_title),
    };
    let slug = own_slug(reader, RESERVED, title.as_deref());
    if let Some(slug) = &slug {
        let key = ["slug", "title", "url"]
            .into_iter()
            .find(|key| reader.place(key).is_some())
            .unwrap_or("slug");
        let line = reader
            .notes
            .line(reader.place(key).unwrap_or_default().start);
        if let Some((other, _)) = names.sites.get(slug) {
            let slug = quoted(slug.as_str());
            let sentence = format!("{slug} is already the slug of the site in line {other}");
            reader.wrong(key, sentence, "give one of the two a `slug` of its own");
        } else {
            names.sites.insert(slug.clone(), (line, Vec::new()));
        }
    }
    (slug, title)
}

/// The slug that a site or feed is given, else that of its title.
pub(super) fn own_slug(
    reader: &Reader<'_>,
    reserved: &[&str],
    title: Option<&str>,
) -> Option<Slug> {
    if reader.place("slug").is_some() {
        return written_slug(reader, reserved);
    }
    let title = title?;
    match Slug::of(title) {
        Some(slug) if reserved.contains(&slug.as_str()) => {
            let sentence = format!(
                "the title {} makes an address that is the program's own",
                quoted(title)
            );
            reader.wrong("title", sentence, "give it a `slug` of its own");
            None
        }
        Some(slug) => Some(slug),
        None => {
            let sentence = format!("{} has no letter and no digit", quoted(title));
            reader.wrong("title", sentence, "give it another title, or a `slug`");
            None
        }
    }
}

/// The slug that is given, if it is none of the program's own.
pub(super) fn written_slug(reader: &Reader<'_>, reserved: &[&str]) -> Option<Slug> {
    let (slug, _) = reader.one("slug", |text| {
        let slug = values::slug(text)?;
        if reserved.contains(&slug.as_str()) {
            let others = joined(reserved, "and");
            return Err(Wrong::new(
                format!("{} is an address of the program's own", quoted(text)),
                format!("any other than {others}"),
            ));
        }
        Ok(slug)
    })?;
    Some(slug)
}

fn politeness(reader: &Reader<'_>, above: &Above) -> Politeness {
    let manners = above.manners.read(reader);
    Politeness {
        pause: manners.pause,
        timeout: manners.timeout,
        page_bytes: manners.page_bytes,
        robots: manners.robots,
        user_agent: manners
            .user_agent
            .unwrap_or_else(|| user_agent(above.contact.as_deref())),
        headers: secrets::headers(reader),
        cookies: secrets::cookies(reader),
        proxy: manners.proxy,
        private_network: reader.flag("private_network").unwrap_or(false),
    }
}

impl Default for Politeness {
    /// How a server is treated of which nothing is said.
    fn default() -> Politeness {
        let manners = super::inherited::Manners::default();
        Politeness {
            pause: manners.pause,
            timeout: manners.timeout,
            page_bytes: manners.page_bytes,
            robots: manners.robots,
            user_agent: user_agent(None),
            headers: Vec::new(),
            cookies: Vec::new(),
            proxy: None,
            private_network: false,
        }
    }
}

/// Our own `User-Agent`: who asks, and whom to turn to.
pub(super) fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match contact {
        Some(contact) => format!("feedwright/{version} (+{contact}; feed reader)"),
        None => format!("feedwright/{version} (feed reader)"),
    }
}

/// The `tags` of a site: what it prints → what is kept.
fn aliases(reader: &Reader<'_>) -> BTreeMap<Slug, String> {
    let mut aliases = BTreeMap::new();
    for ((printed, place), value) in reader.pairs("tags") {
        let Some(slug) = Slug::of(printed) else {
            let sentence = format!("{} has no letter and no digit", quoted(printed));
            let help = "a tag is written as the site prints it";
            reader.notes.wrong(place, sentence, help);
            continue;
        };
        let text = value.get_ref().as_str();
        let tag = text
            .filter(|text| text.len() <= TEXT_BYTES)
            .and_then(Tag::of);
        let Some(tag) = tag else {
            let sentence = "this must be the label to keep, in quotes";
            let help = "for example `Turkiye = \"Turkey\"`";
            reader.notes.wrong(value.span(), sentence, help);
            continue;
        };
        if aliases.insert(slug, tag.label).is_some() {
            let sentence = format!("{} stands here twice", quoted(printed));
            let help = "two spellings with the same letters and digits are one tag anyway";
            reader.notes.wrong(place, sentence, help);
        }
    }
    aliases
}

/// Refuses an address that the guard of private networks would refuse on every poll.
pub(super) fn refuse_private(reader: &Reader<'_>, key: &str, url: &Url) {
    let private = match url.host() {
        Some(Host::Ipv4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_unspecified()
        }
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    };
    if private {
        let host = url.host_str().unwrap_or_default();
        reader.wrong(
            key,
            format!("{} stands in a private network", quoted(host)),
            "if that is your wish, write `private_network = true` for the site",
        );
    }
}
