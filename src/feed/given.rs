//! The feeds that the configuration names, and those that it ever named → what became of each address that was given away.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem::discriminant;

use url::Url;

use super::memberships::selects_what;
use crate::config::Config;
use crate::model::{FeedKey, Former, Given};

/// All feeds that were ever named, with those of `config` as they are now: first the former ones, in the order they were in,
/// then today's.
///
/// A feed that is named no more is taken for renamed where a new one stands for the same page, or selects the same; a
/// section of a renamed site, where that site has one of its name.
pub fn given(config: &Config, before: &[Given]) -> Vec<Given> {
    let today = today(config);
    let names_today = |key: &FeedKey| today.iter().any(|given| given.key == *key);
    let left: Vec<&Given> = before
        .iter()
        .filter(|given| !names_today(&given.key))
        .collect();
    let mut heirs = heirs(before, &left, &today);
    let mut all: Vec<Given> = left
        .into_iter()
        .map(|former| Given {
            stands: false,
            heir: heirs.remove(&former.key).or_else(|| former.heir.clone()),
            ..former.clone()
        })
        .collect();
    follow_sites(&mut all, &names_today);
    all.extend(today.iter().cloned());
    all
}

/// The new names of those that left: each new feed takes the place of one, first of those that stood until now.
fn heirs(before: &[Given], left: &[&Given], today: &[Given]) -> HashMap<FeedKey, FeedKey> {
    let stood = before.iter().filter(|given| given.stands);
    let stood: HashSet<&FeedKey> = stood.map(|given| &given.key).collect();
    let mut new: Vec<&Given> = today
        .iter()
        .filter(|given| !stood.contains(&given.key))
        .collect();
    let mut heirs = HashMap::new();
    let until_now = left.iter().filter(|former| former.stands);
    let long_ago = left.iter().filter(|former| !former.stands);
    for former in until_now.chain(long_ago) {
        let is_alike = |given: &Given| {
            given.mark == former.mark && discriminant(&given.key) == discriminant(&former.key)
        };
        let same_name = |given: &&Given| is_alike(given) && name(&given.key) == name(&former.key);
        let place = new.iter().position(same_name);
        let place = place.or_else(|| new.iter().position(|given| is_alike(given)));
        if let Some(place) = place {
            heirs.insert(former.key.clone(), new.remove(place).key.clone());
        }
    }
    heirs
}

/// Of the feeds that were just renamed: from which name, to which. Sites come before sections.
pub fn renames(before: &[Given], after: &[Given]) -> Vec<(FeedKey, FeedKey)> {
    let stood: HashMap<&FeedKey, bool> = before
        .iter()
        .map(|given| (&given.key, given.stands))
        .collect();
    let mut renames: Vec<(FeedKey, FeedKey)> = after
        .iter()
        .filter(|given| stood.get(&given.key) == Some(&true) && !given.stands)
        .filter_map(|given| Some((given.key.clone(), given.heir.clone()?)))
        .collect();
    renames.sort_by_key(|(from, _)| !matches!(from, FeedKey::Site(_)));
    renames
}

/// What became of each former feed, by its path.
pub fn former(given: &[Given]) -> BTreeMap<String, Former> {
    let known: HashMap<&FeedKey, &Given> = given.iter().map(|given| (&given.key, given)).collect();
    given
        .iter()
        .filter(|given| !given.stands)
        .map(|former| (former.key.path(), fate(former, &known)))
        .collect()
}

/// Follows the heirs, each of which may have been renamed in its turn; never more often than there are feeds, lest two that
/// were swapped lead in a circle.
fn fate(former: &Given, known: &HashMap<&FeedKey, &Given>) -> Former {
    let mut at = former;
    for _ in 0..known.len() {
        match at.heir.as_ref().and_then(|heir| known.get(heir)) {
            Some(heir) if heir.stands => return Former::Moved(heir.key.clone()),
            Some(heir) => at = heir,
            None => break,
        }
    }
    Former::Gone
}

/// Sections without an heir whose site was renamed follow it, where it has a section of their name.
fn follow_sites(former: &mut [Given], names_today: &impl Fn(&FeedKey) -> bool) {
    let moved: HashMap<FeedKey, FeedKey> = former
        .iter()
        .filter(|given| matches!(given.key, FeedKey::Site(_)))
        .filter_map(|given| Some((given.key.clone(), given.heir.clone()?)))
        .collect();
    for given in former.iter_mut().filter(|given| given.heir.is_none()) {
        if let FeedKey::Section(site, section) = &given.key
            && let Some(FeedKey::Site(site)) = moved.get(&FeedKey::Site(site.clone()))
        {
            let same = FeedKey::Section(site.clone(), section.clone());
            given.heir = Some(same).filter(names_today);
        }
    }
}

/// The feeds that `config` names.
fn today(config: &Config) -> Vec<Given> {
    let stands = |key, mark| Given {
        key,
        mark,
        stands: true,
        heir: None,
    };
    let sites = config.sites.iter().flat_map(|site| {
        let sections = site.sections.iter().map(move |section| {
            let key = FeedKey::Section(site.slug.clone(), section.key.section.clone());
            // Two sections may read one page in two ways.
            let mark = format!("{} {:?}", page(&section.url), section.listing.kind);
            stands(key, mark)
        });
        std::iter::once(stands(FeedKey::Site(site.slug.clone()), page(&site.url))).chain(sections)
    });
    let selections = config.selections.iter().map(|selection| {
        let key = FeedKey::Selection(selection.slug.clone());
        stands(key, format!("{:016x}", selects_what(selection)))
    });
    sites.chain(selections).collect()
}

/// An address without its scheme: the same page, however safely it is spoken to.
fn page(url: &Url) -> String {
    let text = url.as_str();
    text.split_once("://")
        .map_or(text, |(_, page)| page)
        .to_owned()
}

/// The part of the name that is the feed's own.
fn name(key: &FeedKey) -> &str {
    match key {
        FeedKey::Everything | FeedKey::Health => "",
        FeedKey::Selection(name)
        | FeedKey::Site(name)
        | FeedKey::Section(_, name)
        | FeedKey::Tag(_, name)
        | FeedKey::Author(_, name) => name.as_str(),
    }
}
