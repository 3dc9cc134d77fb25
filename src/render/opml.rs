//! An [`Edition`] → the list of its feeds as OPML 2.0, for readers that take in many at once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::place::{Place, rfc822};
use super::xml::Xml;
use crate::model::{Document, Edition, FeedHead, FeedKey, Format, Slug};

/// Lists the feeds of `edition`: what belongs to no site first, then a folder for each site with its sections.
///
/// Feeds of tags and authors are left out: there are thousands, and whoever takes in the list would be subscribed to all.
pub fn opml(edition: &Edition, place: &Place<'_>, now: DateTime<Utc>) -> Document {
    let (own, sites) = shelves(edition);
    let mut xml = Xml::document();
    xml.element("opml", &[("version", "2.0")], |xml| {
        xml.element("head", &[], |xml| {
            xml.text("title", &[], "Feeds of feedwright");
            xml.text("dateModified", &[], &rfc822(now));
        });
        xml.element("body", &[], |xml| {
            own.iter().for_each(|head| outline(xml, head, place));
            for (site, heads) in &sites {
                let name = site_name(edition, site);
                let attributes = [("text", name.as_str()), ("title", name.as_str())];
                xml.element("outline", &attributes, |xml| {
                    heads.iter().for_each(|head| outline(xml, head, place));
                });
            }
        });
    });
    Document {
        content_type: "text/x-opml; charset=utf-8",
        bytes: xml.finish().into(),
        last_modified: now,
    }
}

/// The heads of the feeds that belong to no site, and those of each site: the whole site, then its sections.
fn shelves(edition: &Edition) -> (Vec<&FeedHead>, BTreeMap<&Slug, Vec<&FeedHead>>) {
    let mut own = Vec::new();
    let mut sites: BTreeMap<&Slug, Vec<&FeedHead>> = BTreeMap::new();
    for head in edition.feeds.values().map(|shelf| &shelf.head) {
        match &head.key {
            FeedKey::Everything | FeedKey::Health | FeedKey::Selection(_) => own.push(head),
            FeedKey::Site(site) | FeedKey::Section(site, _) => {
                sites.entry(site).or_default().push(head);
            }
            FeedKey::Tag(..) | FeedKey::Author(..) => {}
        }
    }
    (own, sites)
}

/// A site's name for people, as its sections or its own feed tell it.
fn site_name(edition: &Edition, site: &Slug) -> String {
    let of_source = edition
        .sources
        .iter()
        .find(|source| source.key.site == *site)
        .map(|source| source.site_title.clone());
    of_source
        .or_else(|| {
            let path = FeedKey::Site(site.clone()).path();
            Some(edition.feeds.get(&path)?.head.title.clone())
        })
        .unwrap_or_else(|| site.to_string())
}

fn outline(xml: &mut Xml, head: &FeedHead, place: &Place<'_>) {
    let address = place.address(&head.key, Format::Rss);
    let page = head
        .link
        .as_ref()
        .map_or_else(|| place.page(&head.key), super::place::spelled);
    let mut attributes = vec![
        ("type", "rss"),
        ("version", "RSS2"),
        ("text", head.title.as_str()),
        ("title", head.title.as_str()),
        ("description", head.description.as_str()),
        ("xmlUrl", address.as_str()),
        ("htmlUrl", page.as_str()),
    ];
    attributes.extend(head.language.as_deref().map(|tag| ("language", tag)));
    xml.empty("outline", &attributes);
}
