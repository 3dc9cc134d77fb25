//! The feeds that the configuration names, and those that it ever named → what became of each address that was given away.

use std::collections::{BTreeMap, HashMap};

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
    let was: HashMap<&FeedKey, &Given> = before.iter().map(|given| (&given.key, given)).collect();
    let is_new = |key: &FeedKey| was.get(key).is_none_or(|given| !given.stands);
    let names_today = |key: &FeedKey| today.iter().any(|given| given.key == *key);
    let renamed = |former: &Given| {
        let alike = |given: &&Given| {
            is_new(&given.key)
                && given.mark == former.mark
                && std::mem::discriminant(&given.key) == std::mem::discriminant(&former.key)
        };
        let found = today.iter().filter(alike);
        found
            .max_by_key(|given| name(&given.key) == name(&former.key))
            .map(|given| given.key.clone())
    };
    let mut all: Vec<Given> = before
        .iter()
        .filter(|former| !names_today(&former.key))
        .map(|former| Given {
            stands: false,
            heir: renamed(former).or_else(|| former.heir.clone()),
            ..former.clone()
        })
        .collect();
    follow_sites(&mut all, &names_today);
    all.extend(today.iter().cloned());
    all
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
            stands(key, page(&section.url))
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
