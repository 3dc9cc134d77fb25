//! What becomes of addresses when the configuration changes.

use super::*;
use crate::config::Kind;
use crate::model::{Former, Given};

/// What is remembered after each of these configurations in turn.
fn after(configs: &[Config]) -> Vec<Given> {
    configs
        .iter()
        .fold(Vec::new(), |before, config| given(config, &before))
}

/// "from → to" for each former path; nothing behind the arrow for one that is gone.
fn shown(given: &[Given]) -> Vec<String> {
    let fates = former(given).into_iter();
    fates
        .map(|(path, former)| match former {
            Former::Gone => format!("{path} →"),
            Former::Moved(key) => format!("{path} → {}", key.path()),
        })
        .collect()
}

fn changed(change: impl Fn(&mut Config)) -> Config {
    let mut config = config(vec![selection("Mine")]);
    change(&mut config);
    config
}

fn rename_section(config: &mut Config, name: &str) {
    config.sites[0].sections[0].key.section = slug(name);
}

fn rename_site(config: &mut Config, name: &str) {
    config.sites[0].slug = slug(name);
    for section in &mut config.sites[0].sections {
        section.key.site = slug(name);
    }
}

#[test]
fn what_was_taken_away_is_gone_and_what_was_renamed_moved() {
    type Changes = &'static [fn(&mut Config)];
    let rows: [(Changes, &[&str]); 9] = [
        (&[|_| {}], &[]),
        (
            &[|c| rename_section(c, "power")],
            &["/paper/politics → /paper/power"],
        ),
        // Renamed twice, and back again.
        (
            &[
                |c| rename_section(c, "power"),
                |c| rename_section(c, "state"),
            ],
            &[
                "/paper/politics → /paper/state",
                "/paper/power → /paper/state",
            ],
        ),
        (
            &[|c| rename_section(c, "power"), |_| {}],
            &["/paper/power → /paper/politics"],
        ),
        // The page moves later on; who holds the first name still follows.
        (
            &[
                |c| rename_section(c, "power"),
                |c| {
                    rename_section(c, "power");
                    c.sites[0].sections[0].url = url("https://paper.example/new");
                },
            ],
            &["/paper/politics → /paper/power"],
        ),
        (
            &[|c| {
                c.sites[0].sections.remove(0);
            }],
            &["/paper/politics →"],
        ),
        (
            &[|c| {
                c.sites.remove(0);
                c.selections.clear();
            }],
            &["/mine →", "/paper →", "/paper/politics →", "/paper/world →"],
        ),
        // A section of a renamed site follows by its page, or by its name.
        (
            &[|c| {
                rename_site(c, "daily");
                c.sites[0].sections[0].url = url("https://paper.example/new");
            }],
            &[
                "/paper → /daily",
                "/paper/politics → /daily/politics",
                "/paper/world → /daily/world",
            ],
        ),
        (
            &[|c| c.selections[0].slug = slug("ours")],
            &["/mine → /ours"],
        ),
    ];
    for (changes, fates) in rows {
        let configs: Vec<Config> = std::iter::once(changed(|_| {}))
            .chain(changes.iter().map(|change| changed(change)))
            .collect();
        assert_eq!(shown(&after(&configs)), fates);
    }
}

#[test]
fn a_section_that_stood_beside_is_not_taken_for_the_new_name_of_another() {
    // Two sections may read one page by different rules.
    let both = changed(|c| c.sites[0].sections[1].url = c.sites[0].sections[0].url.clone());
    let mut one = both.clone();
    one.sites[0].sections.remove(0);
    assert_eq!(shown(&after(&[both, one])), ["/paper/politics →"]);
}

#[test]
fn sections_of_one_page_that_are_renamed_together_are_not_mixed_up() {
    let with = |first: &str, second: &str, lines: bool| {
        changed(|c| {
            let sections = &mut c.sites[0].sections;
            sections[1].url = sections[0].url.clone();
            if lines {
                sections[0].listing.kind = Kind::Lines;
            }
            for (section, name) in sections.iter_mut().zip([first, second]) {
                section.key.section = slug(name);
            }
        })
    };
    // By how they read the page, whatever their order; else by their order.
    let mut turned = with("ticker", "home", true);
    turned.sites[0].sections.reverse();
    assert_eq!(
        shown(&after(&[with("breaking", "front", true), turned])),
        [
            "/paper/breaking → /paper/ticker",
            "/paper/front → /paper/home"
        ]
    );
    assert_eq!(
        shown(&after(&[
            with("breaking", "front", false),
            with("ticker", "home", false)
        ])),
        [
            "/paper/breaking → /paper/ticker",
            "/paper/front → /paper/home"
        ]
    );
}

#[test]
fn names_that_are_swapped_are_no_former_names() {
    let swapped = changed(|c| {
        let sections = &mut c.sites[0].sections;
        let first = sections[0].url.clone();
        sections[0].url = std::mem::replace(&mut sections[1].url, first);
    });
    assert_eq!(shown(&after(&[changed(|_| {}), swapped])), [""; 0]);
}

#[test]
fn each_rename_is_told_once_and_sites_come_first() {
    let before = after(&[changed(|_| {})]);
    let renamed = changed(|c| {
        rename_site(c, "daily");
        rename_section(c, "power");
    });
    let now = given(&renamed, &before);
    let told = |before, after| -> Vec<String> {
        let renames = renames(before, after).into_iter();
        renames
            .map(|(from, to)| format!("{} → {}", from.path(), to.path()))
            .collect()
    };
    assert_eq!(
        told(&before, &now),
        [
            "/paper → /daily",
            "/paper/politics → /daily/power",
            "/paper/world → /daily/world",
        ]
    );
    let again = given(&renamed, &now);
    assert_eq!(again, now);
    assert_eq!(told(&now, &again), [""; 0]);
}

#[test]
fn addresses_that_lead_in_a_circle_lead_nowhere() {
    let entry = |name: &str, heir: &str| Given {
        key: FeedKey::Site(slug(name)),
        mark: String::new(),
        stands: false,
        heir: Some(FeedKey::Site(slug(heir))),
    };
    assert_eq!(shown(&[entry("a", "b"), entry("b", "a")]), ["/a →", "/b →"]);
}
