//! Groups → the main listing: the best group and what belongs to it, each other group with the reason why it was left.

use std::collections::{HashMap, HashSet};

use super::groups::{Group, Item, Traits};
use super::links::Candidate;
use super::titles::{HEADLINE_WIDTH, Rank, width};
use super::tree::Tree;
use super::words::{self, Words};
use super::zones::Zones;

/// A group with what was thought of it.
pub struct Judged {
    /// The group.
    pub group: Group,
    /// How much each of its items looks like an article of the main listing.
    pub worth: f64,
    /// How much the whole looks like the main listing.
    pub score: f64,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The heart of the listing.
    Best,
    /// Belongs to it.
    Taken,
    /// Left, for the reason.
    Left(&'static str),
}

impl Verdict {
    /// Whether the group's items are the listing's.
    pub fn is_taken(self) -> bool {
        matches!(self, Verdict::Best | Verdict::Taken)
    }
}

/// Fewest pages of a group that is the heart of a listing by its worth being above nothing.
const LEAST_PAGES: f64 = 2.0;

/// Least worth of a link that is a listing by itself: a heading with a picture, a date or a summary.
const LEAST_WORTH_ALONE: f64 = 3.5;

/// Least worth of several links in a part of the page that is called navigation, a rail or the like: what a river has whose box is
/// named by mistake, and a section's rail has not while the section itself is still empty.
const LEAST_WORTH_OF_DOUBTFUL: f64 = 2.5;

/// Fewest pages of a bare list of short titles …
const LEAST_PAGES_OF_BARE: f64 = 6.0;

/// … and its least worth: navigation of one word each has less.
const LEAST_WORTH_OF_BARE: f64 = -0.6;

/// How much of the best group's worth, its ornaments counted less, and of its number together an item needs to belong to the
/// same part of the page as the best. Real pages are read alike with anything from 0.49 to 0.69, and with names and headings
/// taken away best from 0.63 on.
const LEAST_SHARE_INSIDE: f64 = 0.63;

/// In the same part of a page, what a card has and a line has not says half as much: leads stand over bullets.
const ORNAMENT_INSIDE: f64 = 0.5;

/// Many poorer items are a list, a few may be anything: what as many as the best group's add to their share.
const NUMBER_INSIDE: f64 = 0.2;

/// How much worth, as a share of the best group's, an item needs elsewhere on the page.
const LEAST_WORTH_OUTSIDE: f64 = 0.7;

/// Titles that are this much shorter, as a share, are names of sections, writers and places.
const LEAST_TITLE: f64 = 0.4;

/// In the boxes of the listing's own items even longer titles are no stories, where each box holds one of them.
const LEAST_TITLE_INSIDE: f64 = 0.75;

/// Fewest items of the listing under which lines must stand to belong to it without headings.
const LEAST_LEADS: usize = 2;

/// Fewest boxes of which that can be said.
const LEAST_BOXES: usize = 3;

/// Judges `groups` and takes those that make the main listing.
pub fn choose(tree: &Tree<'_>, candidates: &[Candidate], groups: Vec<Group>) -> Vec<Judged> {
    let mut judged: Vec<Judged> = groups
        .into_iter()
        .map(|group| {
            let worth = worth(&group.traits);
            Judged {
                score: worth * (1.0 + group.traits.pages).ln(),
                worth,
                verdict: Verdict::Left("nothing on the page looks like a list of articles"),
                group,
            }
        })
        .collect();
    if let Some(best) = best_of(&judged) {
        judged[best].verdict = Verdict::Best;
        let main = Main::of(tree, candidates, &judged, best);
        for (number, other) in judged.iter_mut().enumerate() {
            if number != best {
                other.verdict = main.judge(tree, candidates, other);
            }
        }
    }
    judged
}

/// The items of the taken groups, each page once, in the page's order.
pub fn items(
    tree: &Tree<'_>,
    zones: &Zones,
    candidates: &[Candidate],
    judged: &[Judged],
) -> Vec<Item> {
    let mut best: HashMap<usize, (f64, Item)> = HashMap::new();
    for group in judged.iter().filter(|group| group.verdict.is_taken()) {
        let labels = labels(candidates, &group.group);
        for item in &group.group.items {
            let page = candidates[item.candidate].page;
            let nameless = candidates[item.candidate].rank <= Rank::Filler;
            if labels.contains(&page)
                || (nameless && group.group.traits.titled > 0.5)
                || is_paid_for(tree, zones, &candidates[item.candidate], item.bounds)
            {
                continue;
            }
            let held = best.get(&page);
            if held.is_none_or(|&(score, _)| group.score > score) {
                best.insert(page, (group.score, *item));
            }
        }
    }
    let mut items: Vec<Item> = best.into_values().map(|(_, item)| item).collect();
    items.sort_unstable_by_key(|item| item.candidate);
    items
}

/// Whether a class or a label beside the title of the story in the box `bounds` says that somebody paid for it. A label further
/// off may stand over an advertisement between two stories.
fn is_paid_for(tree: &Tree<'_>, zones: &Zones, candidate: &Candidate, bounds: usize) -> bool {
    const MOST_LEVELS: usize = 4;
    const MOST_PARTS: usize = 40;
    let label_in = |around: usize| {
        tree.children(around)
            .take(MOST_PARTS)
            .take_while(|&part| part < candidate.main)
            .any(|part| tree.is_leaf(part) && words::is_promo_label(tree.raw_text(part)))
    };
    zones.above(candidate.main).has(Words::PROMO)
        || tree
            .around(candidate.main)
            .skip(1)
            .take(MOST_LEVELS)
            .take_while(|&around| tree.holds(bounds, around))
            .any(label_in)
}

/// The pages of `group` that are linked again and again by a short name, among its stories: tags and categories.
fn labels(candidates: &[Candidate], group: &Group) -> HashSet<usize> {
    const LEAST_REPEATS: usize = 3;
    let mut repeats: HashMap<usize, usize> = HashMap::new();
    for item in &group.items {
        let candidate = &candidates[item.candidate];
        if width(&candidate.title) < HEADLINE_WIDTH {
            *repeats.entry(candidate.page).or_default() += 1;
        }
    }
    repeats.retain(|_, count| *count >= LEAST_REPEATS);
    repeats.into_keys().collect()
}

/// The group most like a main listing: of several pages, or of one that shows much; else a bare list that is long enough.
fn best_of(judged: &[Judged]) -> Option<usize> {
    let best_where = |fits: &dyn Fn(&Judged) -> bool| {
        (0..judged.len())
            .filter(|&group| fits(&judged[group]))
            .max_by(|&a, &b| judged[a].score.total_cmp(&judged[b].score))
    };
    let is_rich = |judged: &Judged| judged.worth > least_worth(&judged.group.traits);
    let is_bare_list = |judged: &Judged| {
        judged.group.traits.pages >= LEAST_PAGES_OF_BARE && judged.worth > LEAST_WORTH_OF_BARE
    };
    best_where(&is_rich).or_else(|| best_where(&is_bare_list))
}

/// The worth above which a group with these traits can be the heart of a listing.
fn least_worth(traits: &Traits) -> f64 {
    if traits.pages < LEAST_PAGES {
        LEAST_WORTH_ALONE
    } else if penalty(traits, &Traits::default()).is_some() && traits.off_site < 0.5 {
        LEAST_WORTH_OF_DOUBTFUL
    } else {
        0.0
    }
}

/// How much an item with these traits looks like an article of the main listing. The weights follow how much more often main
/// items have each trait than other links of the same pages; scores change little when any of them is changed by a third.
fn worth(traits: &Traits) -> f64 {
    let good = 2.0 * traits.heading
        + 0.6 * traits.main
        + 2.5 * traits.title
        + 0.5 * traits.titled
        + ornaments(traits);
    let bad = 2.5 * traits.nav
        + 1.8 * traits.aside
        + 3.0 * traits.footer
        + 1.0 * traits.header
        + 1.2 * traits.slider
        + 2.5 * traits.rail
        + 2.5 * traits.apart
        + 2.0 * traits.taxonomy
        + 2.0 * traits.prose
        + 0.6 * traits.off_site;
    // A link with no good trait is worth less than nothing.
    good - bad - 1.5
}

/// The worth of what a card shows besides its title.
fn ornaments(traits: &Traits) -> f64 {
    0.7 * traits.image
        + 0.9 * traits.summary
        + 0.9 * traits.date
        + 0.5 * traits.article
        + 0.5 * traits.text
}

/// The worth of an item among others in the same part of the page.
fn worth_inside(traits: &Traits) -> f64 {
    worth(traits) - (1.0 - ORNAMENT_INSIDE) * ornaments(traits)
}

/// The best group, as what the others are measured by.
struct Main {
    traits: Traits,
    worth: f64,
    score: f64,
    /// The smallest element around all its items.
    container: usize,
    /// Where its links stand, in order.
    links: Vec<usize>,
    /// The boxes of its items, in order; none holds another.
    reaches: Vec<usize>,
    /// The kinds of place that hold rails somewhere on the page, its own left out.
    suspects: HashSet<u64>,
    /// What the addresses of stories begin with, up to each slash.
    directories: HashSet<String>,
}

impl Main {
    fn of(tree: &Tree<'_>, candidates: &[Candidate], judged: &[Judged], best: usize) -> Main {
        let group = &judged[best].group;
        let mut links: Vec<usize> = group
            .items
            .iter()
            .map(|item| candidates[item.candidate].main)
            .collect();
        links.sort_unstable();
        let mut reaches: Vec<usize> = group.items.iter().map(|item| item.reach).collect();
        reaches.sort_unstable();
        Main {
            traits: group.traits,
            worth: judged[best].worth,
            score: judged[best].score,
            container: container(tree, group),
            links,
            reaches,
            suspects: suspects(judged, group),
            directories: directories(candidates),
        }
    }

    /// Whether `other` belongs to the main listing, and why not.
    fn judge(&self, tree: &Tree<'_>, candidates: &[Candidate], other: &Judged) -> Verdict {
        let (main, traits) = (&self.traits, &other.group.traits);
        if let Some(reason) = penalty(traits, main) {
            return Verdict::Left(reason);
        }
        if self.suspects.contains(&other.group.signature) {
            return Verdict::Left("looks like the boxes of most-read stories on this page");
        }
        let is_unheaded = main.heading > 0.7 && traits.heading < 0.5;
        let is_between = is_unheaded && self.is_between(tree, candidates, other);
        if is_unheaded && !is_between {
            return Verdict::Left("its titles are no headings, those of the list are");
        }
        if main.main > 0.7 && traits.main < 0.5 {
            return Verdict::Left("stands outside the page's main part");
        }
        if traits.title < LEAST_TITLE * main.title {
            return Verdict::Left("its titles are too short for headlines");
        }
        if self.is_part_of_items(tree, candidates, other) {
            return Verdict::Left("names the writers or sections of the list's items");
        }
        if self.is_of_sections(tree, candidates, &other.group) {
            return Verdict::Left("names sections that the stories stand under");
        }
        if is_between || self.is_worthy(tree, other) {
            Verdict::Taken
        } else {
            Verdict::Left("its items show too little beside those of the list")
        }
    }

    /// Whether the items of `other` are lines under several of the main listing's, with titles as long: headed leads stand over
    /// bullets, which show nothing else. What stands in one place may be any list.
    fn is_between(&self, tree: &Tree<'_>, candidates: &[Candidate], other: &Judged) -> bool {
        let traits = &other.group.traits;
        if traits.titled < 0.7
            || traits.title < LEAST_TITLE_INSIDE * self.traits.title
            || !tree.holds(self.container, container(tree, &other.group))
        {
            return false;
        }
        let mut leads: Vec<usize> = other
            .group
            .items
            .iter()
            .map(|item| {
                let link = candidates[item.candidate].main;
                self.links.partition_point(|&lead| lead < link)
            })
            .filter(|&lead| lead > 0)
            .collect();
        leads.dedup();
        leads.len() >= LEAST_LEADS
    }

    fn is_worthy(&self, tree: &Tree<'_>, other: &Judged) -> bool {
        let inside = (self.traits.main > 0.7 && other.group.traits.main > 0.7)
            || tree.holds(self.container, container(tree, &other.group));
        if !inside {
            return other.worth > LEAST_WORTH_OUTSIDE * self.worth;
        }
        let number = NUMBER_INSIDE * other.score / self.score;
        worth_inside(&other.group.traits)
            > (LEAST_SHARE_INSIDE - number) * worth_inside(&self.traits)
    }

    /// Whether the items of `group` are the names of sections that hold the main listing's items.
    fn is_of_sections(&self, tree: &Tree<'_>, candidates: &[Candidate], group: &Group) -> bool {
        let most = |count: usize| count * 2 > group.items.len();
        let bare = group.traits.image + group.traits.summary + group.traits.date < 0.5;
        let over = || {
            group
                .items
                .iter()
                .filter(|item| self.links_inside(tree, item.reach) >= 2)
                .count()
        };
        let prefixes = || {
            group
                .items
                .iter()
                .filter(|item| {
                    let url = &candidates[item.candidate].url;
                    self.directories.contains(&directory(url, url.path()))
                })
                .count()
        };
        (bare && group.items.len() > 1 && most(over())) || most(prefixes())
    }

    /// Whether the boxes of the main listing's items hold one item of `other` each, under a shorter name: a writer, a place.
    fn is_part_of_items(&self, tree: &Tree<'_>, candidates: &[Candidate], other: &Judged) -> bool {
        let group = &other.group;
        if group.traits.title > LEAST_TITLE_INSIDE * self.traits.title
            || self.reaches.len() < LEAST_BOXES
        {
            return false;
        }
        let mut boxes: Vec<usize> = group
            .items
            .iter()
            .filter_map(|item| self.box_around(tree, candidates[item.candidate].main))
            .collect();
        let inside = boxes.len();
        boxes.sort_unstable();
        boxes.dedup();
        inside * 2 > group.items.len() && inside == boxes.len()
    }

    /// The box of the item of the main listing in which element `index` stands.
    fn box_around(&self, tree: &Tree<'_>, index: usize) -> Option<usize> {
        let before = self.reaches.partition_point(|&reach| reach <= index);
        let last = *self.reaches.get(before.checked_sub(1)?)?;
        tree.holds(last, index).then_some(last)
    }

    fn links_inside(&self, tree: &Tree<'_>, index: usize) -> usize {
        let end = tree.elements[index].end;
        self.links.partition_point(|&link| link < end)
            - self.links.partition_point(|&link| link < index)
    }
}

/// The kinds of place in which rails stand on this page, save the kind of the best group.
fn suspects(judged: &[Judged], best: &Group) -> HashSet<u64> {
    judged
        .iter()
        .map(|other| &other.group)
        .filter(|other| penalty(&other.traits, &best.traits).is_some())
        .map(|other| other.signature)
        .filter(|&signature| signature != best.signature)
        .collect()
}

/// What the addresses of the candidates begin with, up to each slash but the last.
fn directories(candidates: &[Candidate]) -> HashSet<String> {
    const MOST_SLASHES: usize = 8;
    candidates
        .iter()
        .filter(|candidate| candidate.is_strong())
        .flat_map(|candidate| {
            let url = &candidate.url;
            let path = url.path().trim_end_matches('/');
            path.match_indices('/')
                .skip(1)
                .take(MOST_SLASHES)
                .map(|(slash, _)| directory(url, &path[..slash]))
        })
        .collect()
}

fn directory(url: &url::Url, path: &str) -> String {
    format!(
        "{}{}",
        url.host_str().unwrap_or_default(),
        path.trim_end_matches('/')
    )
}

/// The smallest element around all items of `group`.
fn container(tree: &Tree<'_>, group: &Group) -> usize {
    let bounds = || group.items.iter().map(|item| item.bounds);
    let (Some(first), Some(last)) = (bounds().min(), bounds().max()) else {
        return 0;
    };
    tree.around(first)
        .find(|&index| tree.holds(index, last))
        .unwrap_or(0)
}

/// Why a group with these traits cannot belong to a listing whose best group has those of `main`.
fn penalty(traits: &Traits, main: &Traits) -> Option<&'static str> {
    let differs = |of: fn(&Traits) -> f64| of(traits) > 0.5 && of(main) < 0.5;
    [
        (differs(|traits| traits.nav), "stands in the navigation"),
        (
            differs(|traits| traits.aside),
            "stands beside the page's main part",
        ),
        (
            differs(|traits| traits.footer),
            "stands in the page's footer",
        ),
        (
            differs(|traits| traits.rail),
            "is a box of most-read, related or recommended stories",
        ),
        (
            differs(|traits| traits.apart),
            "stands among comments, advertisements or hidden parts",
        ),
        (
            differs(|traits| traits.taxonomy),
            "leads to tags, categories or authors",
        ),
        (
            differs(|traits| traits.prose),
            "stands in the midst of sentences",
        ),
        (
            traits.off_site > 0.5 && main.off_site < 0.3,
            "leads to other sites",
        ),
    ]
    .into_iter()
    .find_map(|(is_so, reason)| is_so.then_some(reason))
}
