//! Candidates → groups of those that stand in the same kind of place, each with what its items have in common.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use url::Url;

use super::kinds::level_hashes;
use super::links::{Candidate, MOST_REPEATS};
use super::titles::{Rank, width, without_date, without_kicker};
use super::tree::Tree;
use super::words::Words;
use super::zones::Zones;

/// How many elements, from the link outwards, make the place of a link.
const LEVELS: usize = 7;

/// How far out the box of an item may reach from its link: real cards are some ten levels deep.
const MOST_LEVELS_OF_BOX: usize = 40;

/// Bytes of text beside the title from which on an item has a summary.
const SUMMARY_BYTES: usize = 70;

/// Candidates in the same kind of place.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The candidates, by number, in the page's order, each page once.
    pub items: Vec<Item>,
    /// What they have in common.
    pub traits: Traits,
    /// The kind of place, as a number.
    pub signature: u64,
}

/// One candidate in its group.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Which candidate.
    pub candidate: usize,
    /// The largest element around it that holds no other story.
    pub bounds: usize,
    /// The largest element around it that holds no other story of its group.
    pub reach: usize,
}

/// Shares of a group's items, from 0 to 1, unless said otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// Different pages, as a number.
    pub pages: f64,
    /// Heading in or around the link.
    pub heading: f64,
    /// Picture in the box.
    pub image: f64,
    /// Text beside the title.
    pub summary: f64,
    /// Something like a date in the box.
    pub date: f64,
    /// In an `article` of its own.
    pub article: f64,
    /// In the page's `main`.
    pub main: f64,
    /// How much the titles are headlines: 0 for a word, 1 for a sentence.
    pub title: f64,
    /// The title is the story's and not a filler or an attribute.
    pub titled: f64,
    /// In a nav.
    pub nav: f64,
    /// In an aside or sidebar.
    pub aside: f64,
    /// In the page's footer.
    pub footer: f64,
    /// In the page's header.
    pub header: f64,
    /// In a slider or ticker.
    pub slider: f64,
    /// In a box of most-read or related stories.
    pub rail: f64,
    /// Among comments, in advertisements, or hidden.
    pub apart: f64,
    /// Addresses of tags, authors, categories.
    pub taxonomy: f64,
    /// Addresses of other sites.
    pub off_site: f64,
    /// In the midst of a sentence.
    pub prose: f64,
    /// Mean of the text in the boxes, as a share of 400 bytes, at most 1.
    pub text: f64,
}

/// The groups of `candidates`, in the order in which they begin.
pub fn groups(
    tree: &Tree<'_>,
    zones: &Zones,
    candidates: &mut [Candidate],
    page: &Url,
) -> Vec<Group> {
    let mut groups = by_place(tree, zones, candidates);
    let headed = spots(candidates, |candidate| candidate.rank == Rank::Heading);
    let strong = spots(candidates, Candidate::is_strong);
    let site = Site::of(page);
    for group in &mut groups {
        let unheaded_alone =
            group.items.len() == 1 && candidates[group.items[0].candidate].rank < Rank::Heading;
        let limits = if unheaded_alone { &strong } else { &headed };
        bound_items(tree, candidates, limits, group);
        for item in &group.items {
            take_unlinked_title(tree, &mut candidates[item.candidate], item.bounds);
        }
        group.traits = traits(tree, zones, candidates, group, &site);
    }
    groups
}

/// The candidates in the same kind of place and zones, as groups whose bounds and traits are not known yet.
fn by_place(tree: &Tree<'_>, zones: &Zones, candidates: &[Candidate]) -> Vec<Group> {
    let levels = level_hashes(tree);
    let mut numbers: HashMap<(u64, u32, bool), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        let key = (
            signature(tree, &levels, candidate.main),
            zones.above(candidate.main).and(Words::ZONES).bits(),
            // "5 comments" is of another kind than the title beside it, however alike both are marked up.
            candidate.rank == Rank::Filler,
        );
        let group = *numbers.entry(key).or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[group].signature = key.0;
        groups[group].items.push(Item {
            candidate: number,
            bounds: candidate.main,
            reach: candidate.main,
        });
    }
    groups
}

fn signature(tree: &Tree<'_>, levels: &[u64], link: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    for index in tree.around(link).take(LEVELS) {
        levels[index].hash(&mut hasher);
    }
    hasher.finish()
}

/// Where a candidate stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    link: usize,
    page: usize,
    title_in: usize,
}

impl Spot {
    fn of(candidate: &Candidate) -> Spot {
        Spot {
            link: candidate.main,
            page: candidate.page,
            title_in: candidate.title_in,
        }
    }

    /// Whether another story stands at `other`; a second link in one heading names the story's source.
    fn differs(&self, other: &Spot) -> bool {
        self.page != other.page && self.title_in != other.title_in
    }
}

/// Where the wanted candidates stand, in order.
fn spots(candidates: &[Candidate], wanted: impl Fn(&Candidate) -> bool) -> Vec<Spot> {
    let mut spots: Vec<Spot> = candidates
        .iter()
        .filter(|candidate| wanted(candidate))
        .map(Spot::of)
        .collect();
    spots.sort_unstable();
    spots
}

/// Gives every item of `group` its bounds: as far out as neither another item of the group nor another headed story stands.
fn bound_items(tree: &Tree<'_>, candidates: &[Candidate], headed: &[Spot], group: &mut Group) {
    let own: Vec<Spot> = group
        .items
        .iter()
        .map(|item| Spot::of(&candidates[item.candidate]))
        .collect();
    for item in &mut group.items {
        let spot = Spot::of(&candidates[item.candidate]);
        let (before, after) = (nearest_before(&own, &spot), nearest_after(&own, &spot));
        item.reach = largest_between(tree, spot.link, before, after);
        let before = before.max(nearest_before(headed, &spot));
        let after = after.min(nearest_after(headed, &spot));
        item.bounds = largest_between(tree, spot.link, before, after);
    }
}

/// Most elements of a box that are searched for a heading.
const MOST_ELEMENTS_OF_BOX: usize = 300;

/// Gives a candidate whose links show no title the heading that stands unlinked in its box.
pub fn take_unlinked_title(tree: &Tree<'_>, candidate: &mut Candidate, bounds: usize) {
    if candidate.rank >= Rank::Text || tree.headings_in(bounds) == 0 {
        return;
    }
    let heading = tree
        .inside(bounds)
        .take(MOST_ELEMENTS_OF_BOX)
        .find(|&index| tree.is_heading(index) && tree.text_len(index) > 0);
    if let Some(heading) = heading {
        candidate.title = without_kicker(without_date(tree, heading), tree, candidate.main);
        candidate.title_in = heading;
        candidate.rank = Rank::Heading;
    }
}

fn nearest_before(spots: &[Spot], spot: &Spot) -> Option<usize> {
    let until = spots.partition_point(|other| other.link < spot.link);
    spots[..until]
        .iter()
        .rev()
        .take(MOST_REPEATS)
        .find(|other| spot.differs(other))
        .map(|other| other.link)
}

fn nearest_after(spots: &[Spot], spot: &Spot) -> usize {
    let from = spots.partition_point(|other| other.link <= spot.link);
    spots[from..]
        .iter()
        .take(MOST_REPEATS)
        .find(|other| spot.differs(other))
        .map_or(usize::MAX, |other| other.link)
}

/// The largest element around `link` that begins after `before` and ends at or before `after`.
pub fn largest_between(tree: &Tree<'_>, link: usize, before: Option<usize>, after: usize) -> usize {
    tree.around(link)
        .take(MOST_LEVELS_OF_BOX)
        .take_while(|&index| {
            before.is_none_or(|before| index > before)
                && tree.elements[index].end <= after
                && (index == link
                    || !(matches!(tree.name(index), "body" | "html" | "main")
                        || tree.attr(index, "role") == Some("main")))
        })
        .last()
        .unwrap_or(link)
}

/// The site of a page: hosts under one registrable domain are one site.
pub struct Site {
    domain: Option<String>,
}

impl Site {
    /// The site of `url`.
    pub fn of(url: &Url) -> Site {
        Site {
            domain: url.host_str().map(registrable),
        }
    }

    /// Whether `url` is of this site.
    pub fn has(&self, url: &Url) -> bool {
        url.host_str().map(registrable) == self.domain
    }
}

fn registrable(host: &str) -> String {
    psl::domain_str(host).unwrap_or(host).to_owned()
}

fn traits(
    tree: &Tree<'_>,
    zones: &Zones,
    candidates: &[Candidate],
    group: &Group,
    site: &Site,
) -> Traits {
    let mut sum = Traits::default();
    let mut pages = Vec::with_capacity(group.items.len());
    for item in &group.items {
        let candidate = &candidates[item.candidate];
        pages.push(candidate.page);
        let above = zones.above(if group.items.len() > 1 {
            item.bounds
        } else {
            candidate.main
        });
        add_item(tree, zones, (candidate, item, above), site, &mut sum);
    }
    pages.sort_unstable();
    pages.dedup();
    sum.over(group.items.len(), pages.len())
}

fn add_item(
    tree: &Tree<'_>,
    zones: &Zones,
    (candidate, item, above): (&Candidate, &Item, Words),
    site: &Site,
    sum: &mut Traits,
) {
    let one = |yes: bool| f64::from(u8::from(yes));
    let bounds = item.bounds;
    let title_bytes = candidate.title.len();
    let beside = tree
        .text_len(bounds)
        .saturating_sub(tree.link_text_in(bounds) as usize)
        + tree.text_len(candidate.main).saturating_sub(title_bytes);
    sum.heading += one(candidate.rank == Rank::Heading);
    sum.image += one(tree.images_in(bounds) > 0);
    sum.summary += one(beside >= SUMMARY_BYTES);
    sum.date += one(tree.dates_in(bounds) > 0);
    sum.article += one(zones.inside_article(bounds, candidate.main, tree));
    sum.main += one(above.has(Words::MAIN));
    sum.title += (width(&candidate.title).saturating_sub(8) as f64 / 32.0).min(1.0);
    sum.titled += one(candidate.rank >= Rank::Text);
    sum.nav += one(above.has(Words::NAV));
    sum.aside += one(above.has(Words::ASIDE));
    sum.footer += one(above.has(Words::FOOTER));
    sum.header += one(above.has(Words::HEADER) && !above.has(Words::ARTICLE));
    sum.slider += one(above.has(Words::SLIDER));
    sum.rail += one(above.has(Words::RAIL));
    sum.apart +=
        one(above.has(Words::COMMENTS) || above.has(Words::PROMO) || above.has(Words::HIDDEN));
    sum.taxonomy += one(is_taxonomy(&candidate.url));
    sum.off_site += one(!site.has(&candidate.url));
    sum.prose += one(candidate.rank <= Rank::Text && is_in_prose(tree, candidate.main));
    sum.text += (tree.text_len(bounds) as f64 / 400.0).min(1.0);
}

/// Whether words of a sentence stand before link `index` on its line: more than a date, an hour, a place or a kicker.
fn is_in_prose(tree: &Tree<'_>, index: usize) -> bool {
    const LEAST_WORDS: usize = 5;
    tree.line_before(index)
        .split_whitespace()
        .filter(|word| word.chars().all(char::is_alphabetic))
        .nth(LEAST_WORDS)
        .is_some()
}

/// Whether `url` leads to the articles of a tag, an author or a category, not to an article.
pub fn is_taxonomy(url: &Url) -> bool {
    const NAMES: [&str; 24] = [
        "tag",
        "tags",
        "category",
        "categories",
        "author",
        "authors",
        "topic",
        "topics",
        "user",
        "users",
        "profile",
        "people",
        "search",
        "etiqueta",
        "etiquetas",
        "autor",
        "autores",
        "categoria",
        "temas",
        "label",
        "hashtag",
        "rubrik",
        "schlagwort",
        "mot-cle",
    ];
    let by_path = url.path_segments().is_some_and(|mut segments| {
        segments.any(|segment| NAMES.contains(&segment.to_ascii_lowercase().as_str()))
    });
    let by_query = url.query_pairs().any(|(name, _)| {
        matches!(
            &*name,
            "cat" | "tag" | "author" | "category" | "m" | "s" | "q"
        )
    });
    by_path || by_query
}

impl Traits {
    /// Sums over `items` → means.
    fn over(self, items: usize, pages: usize) -> Traits {
        let n = items.max(1) as f64;
        Traits {
            pages: pages as f64,
            heading: self.heading / n,
            image: self.image / n,
            summary: self.summary / n,
            date: self.date / n,
            article: self.article / n,
            main: self.main / n,
            title: self.title / n,
            titled: self.titled / n,
            nav: self.nav / n,
            aside: self.aside / n,
            footer: self.footer / n,
            header: self.header / n,
            slider: self.slider / n,
            rail: self.rail / n,
            apart: self.apart / n,
            taxonomy: self.taxonomy / n,
            off_site: self.off_site / n,
            prose: self.prose / n,
            text: self.text / n,
        }
    }
}
