//! What a page says and its address → the names of its site and of its sections, to tell them from headlines and persons.

use url::Url;

use super::json;
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::text::fold;

/// The names that the site goes by, folded: as it says itself, and its host's.
pub fn sites(evidence: &Evidence, url: &Url) -> Vec<String> {
    let mut sites: Vec<String> = evidence
        .of(Field::SiteName)
        .map(|told| fold(&json::plain(&told.value)))
        .collect();
    let (printed, told): (Vec<&Testimony>, Vec<&Testimony>) = evidence
        .of(Field::Title)
        .partition(|told| told.witness == Witness::Page);
    let named = |titles: &[&Testimony], site: &str| {
        let same = |told: &&&Testimony| fold(&json::plain(&told.value)) == site;
        titles.iter().filter(same).count()
    };
    // A program set up wrongly names the article as the site, or the site as the article; most titles tell which.
    sites.retain(|site| match told.len() {
        0 => named(&printed, site) == 0,
        all => named(&told, site) * 2 < all,
    });
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    sites.push(host.to_owned());
    if let Some(domain) = psl::domain_str(host) {
        sites.push(domain.to_owned());
        sites.extend(domain.split('.').next().map(str::to_owned));
    }
    sites.retain(|site| !site.is_empty());
    sites.dedup();
    sites
}

/// The names of the article's sections, folded: as the page says, and the words of its address.
pub fn sections(evidence: &Evidence, url: &Url) -> Vec<String> {
    let told = evidence
        .of(Field::Category)
        .map(|told| fold(&json::plain(&told.value)));
    let words = url
        .path_segments()
        .into_iter()
        .flatten()
        .map(|part| fold(&part.replace('-', " ")));
    told.chain(words).filter(|name| !name.is_empty()).collect()
}

/// The registrable domain of an address.
pub fn site(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    psl::domain_str(host).unwrap_or(host)
}
