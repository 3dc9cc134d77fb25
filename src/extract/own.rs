//! What was heard of the page itself → its address, its id, its section, and whether all of it is free to read.

use url::Url;

use super::json::plain;
use super::names::site;
use super::verdict::Decided;
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::address::resolve;

/// The address that the page calls its own: `rel=canonical`, else `og:url`, where it is of the same site and not its home.
pub fn canonical(evidence: &Evidence, page: &Url, base: &Url) -> Decided<Option<Url>> {
    let mut told: Vec<&Testimony> = evidence.of(Field::Canonical).collect();
    told.sort_by_key(|told| told.witness != Witness::Meta);
    let own = told
        .into_iter()
        .filter_map(|told| Some((told, resolve(base, &told.value)?)))
        .find(|(_, url)| site(url) == site(page) && (url.path() != "/" || page.path() == "/"));
    match own {
        Some((told, url)) => {
            Decided::new(Some(url), "the best address of this site").told_by([told])
        }
        None => Decided::default(),
    }
}

/// The page's own id; an address is none.
pub fn page_id(evidence: &Evidence) -> Decided<Option<String>> {
    let told = evidence
        .of(Field::PageId)
        .filter(|told| !told.value.contains("://") && told.value.len() <= 100)
        .min_by_key(|told| told.witness);
    most_trusted(told.map(|told| (told, told.value.clone())))
}

/// The site's own section; what is longer than a label is none.
pub fn category(evidence: &Evidence) -> Decided<Option<String>> {
    let told = evidence
        .of(Field::Category)
        .min_by_key(|told| told.witness)
        .map(|told| (told, plain(&told.value)))
        .filter(|(_, category)| !category.is_empty() && category.chars().count() <= 100);
    most_trusted(told)
}

fn most_trusted(told: Option<(&Testimony, String)>) -> Decided<Option<String>> {
    match told {
        Some((told, value)) => Decided::new(Some(value), "the most trusted place").told_by([told]),
        None => Decided::default(),
    }
}

/// Whether any place says that not all of the article is free to read.
pub fn restricted(evidence: &Evidence) -> Decided<bool> {
    let told = evidence
        .of(Field::Free)
        .find(|told| is_restricted(&told.value));
    match told {
        Some(told) => Decided::new(true, "one place is enough to say so").told_by([told]),
        None => Decided::default(),
    }
}

fn is_restricted(told: &str) -> bool {
    matches!(
        told.to_ascii_lowercase().as_str(),
        "false" | "locked" | "metered" | "premium" | "no"
    )
}

#[cfg(test)]
mod tests;
