//! The links of a page → its candidates: each place where one address is offered, by picture, title and "read more" alike.

use std::collections::HashMap;

use url::Url;

use super::titles::{HEADLINE_WIDTH, Rank, title, width};
use super::tree::Tree;
use crate::address::{page_key, resolve};

/// Most links of one page that are looked at; the longest real listing known has some 2,000.
pub const MOST_LINKS: usize = 20_000;

/// Most long links without a heading that may stand between a story's picture and its title: category and author.
const MOST_BETWEEN_PICTURE_AND_TITLE: usize = 2;

/// One place on the page that offers an address.
pub struct Candidate {
    /// The address.
    pub url: Url,
    /// Number of the address: equal where two addresses are one page.
    pub page: usize,
    /// The links, as elements, in order.
    pub links: Vec<usize>,
    /// The link that shows the title best.
    pub main: usize,
    /// The element that holds the title: the heading, the link or a part of the link.
    pub title_in: usize,
    /// The title as shown, or as the link or its picture names it; may be empty.
    pub title: String,
    /// How good a place for a title that is.
    pub rank: Rank,
    /// The level of the heading, 7 where there is none.
    pub level: u8,
}

/// What the page's links are compared with.
pub struct Place<'p> {
    /// The page's own address.
    pub page: &'p Url,
    /// What relative addresses are resolved against.
    pub base: &'p Url,
}

/// The candidates among the elements of `range`, in the page's order.
pub fn candidates_in(
    tree: &Tree<'_>,
    place: &Place<'_>,
    range: std::ops::Range<usize>,
) -> Vec<Candidate> {
    let mut gathering = Gathering::new(page_key(place.page));
    // Most addresses stand on a page at least twice, and taking one apart is the dearest part of reading a link.
    let mut known: HashMap<&str, Option<Address>> = HashMap::new();
    range
        .filter(|&index| matches!(tree.name(index), "a" | "area"))
        .filter_map(|index| {
            let href = tree.attr(index, "href")?.trim();
            let address = known
                .entry(href)
                .or_insert_with(|| Address::read(href, place));
            Link::read(tree, index, address.as_ref()?)
        })
        .take(MOST_LINKS)
        .for_each(|link| gathering.add(tree, link));
    demote_second_links(&mut gathering.candidates);
    gathering.candidates
}

/// Of several links in one heading only the longest is the title; the others name its source, its section, its comments.
fn demote_second_links(candidates: &mut [Candidate]) {
    let mut widest: HashMap<usize, usize> = HashMap::new();
    for candidate in candidates.iter().filter(|c| c.rank == Rank::Heading) {
        let widest = widest.entry(candidate.title_in).or_default();
        *widest = (*widest).max(width(&candidate.title));
    }
    for candidate in candidates.iter_mut().filter(|c| c.rank == Rank::Heading) {
        if width(&candidate.title) < widest[&candidate.title_in] {
            candidate.rank = Rank::Text;
        }
    }
}

/// Where a link leads.
#[derive(Clone)]
struct Address {
    url: Url,
    key: String,
    /// Whether it leads to the comments under a story.
    to_comments: bool,
}

impl Address {
    /// The address that `href` names, if it may be a page of its own.
    fn read(href: &str, place: &Place<'_>) -> Option<Address> {
        if href.starts_with('#') {
            return None;
        }
        let mut url = resolve(place.base, href)?;
        let to_comments = url.fragment().is_some_and(is_about_comments);
        url.set_fragment(None);
        (!leads_to_no_page(&url, place)).then(|| Address {
            key: page_key(&url),
            url,
            to_comments,
        })
    }
}

/// One link by itself.
struct Link {
    index: usize,
    url: Url,
    key: String,
    title: String,
    title_in: usize,
    rank: Rank,
    level: u8,
}

impl Link {
    fn read(tree: &Tree<'_>, index: usize, address: &Address) -> Option<Link> {
        if is_way_through_the_listing(tree.attr(index, "rel")) {
            return None;
        }
        let (title, title_in, rank) = title(tree, index);
        Some(Link {
            index,
            url: address.url.clone(),
            key: address.key.clone(),
            title,
            title_in,
            rank: if address.to_comments {
                Rank::Filler
            } else {
                rank
            },
            level: tree.heading_level(title_in),
        })
    }

    /// Whether the link alone may be a story's: what stands between a story's picture and its title is not.
    fn is_strong(&self) -> bool {
        self.rank == Rank::Heading
            || (self.rank >= Rank::Text && width(&self.title) >= HEADLINE_WIDTH)
    }
}

fn is_about_comments(fragment: &str) -> bool {
    let fragment = fragment.to_ascii_lowercase();
    ["comment", "respond", "disqus", "reply"]
        .iter()
        .any(|word| fragment.contains(word))
}

fn is_way_through_the_listing(rel: Option<&str>) -> bool {
    rel.is_some_and(|rel| {
        rel.split_ascii_whitespace().any(|word| {
            matches!(
                word,
                "next" | "prev" | "tag" | "author" | "home" | "category" | "license"
            )
        })
    })
}

/// Whether `url` is a file, the site's root, or another site's page that is handed an address to share.
fn leads_to_no_page(url: &Url, place: &Place<'_>) -> bool {
    const FILES: [&str; 14] = [
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".zip", ".mp3", ".mp4", ".css", ".js",
        ".xml", ".rss", ".ics",
    ];
    let path = url.path();
    let is_root = path == "/" && url.query().is_none() && url.host_str() == place.page.host_str();
    let is_file = path.len() > 5 && {
        let mut start = path.len() - 5;
        while !path.is_char_boundary(start) {
            start -= 1;
        }
        let tail = path[start..].to_ascii_lowercase();
        FILES.iter().any(|ending| tail.ends_with(ending))
    };
    let shares = url.host_str() != place.page.host_str()
        && url.query().is_some_and(|query| {
            query.contains("http%3A") || query.contains("https%3A") || query.contains("=http")
        });
    is_root || is_file || shares
}

/// A link that may be a story's by its title alone.
#[derive(Clone, Copy)]
struct Strong {
    page: usize,
    is_heading: bool,
    index: usize,
}

/// The candidates so far.
struct Gathering {
    own: String,
    pages: HashMap<String, usize>,
    /// The last candidate of each page.
    last: HashMap<usize, usize>,
    /// How many strong links had come when each candidate was last added to.
    strong_at: Vec<usize>,
    /// The strong links, in order.
    strong: Vec<Strong>,
    candidates: Vec<Candidate>,
}

impl Gathering {
    fn new(own: String) -> Gathering {
        Gathering {
            own,
            pages: HashMap::new(),
            last: HashMap::new(),
            strong_at: Vec::new(),
            strong: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// Adds `link` to the candidate of the same page just before it, if no other story stands between, else as a new one.
    fn add(&mut self, tree: &Tree<'_>, link: Link) {
        if link.key == self.own {
            return;
        }
        let next = self.pages.len();
        let page = *self.pages.entry(link.key.clone()).or_insert(next);
        let strong = link.is_strong().then_some(Strong {
            page,
            is_heading: link.rank == Rank::Heading,
            index: link.index,
        });
        let joined = self
            .last
            .get(&page)
            .copied()
            .filter(|&candidate| self.is_beside(candidate, page, link.rank))
            .filter(|&candidate| self.is_near(tree, candidate, &link));
        let candidate = match joined {
            Some(candidate) => {
                self.candidates[candidate].join(link);
                candidate
            }
            None => {
                self.candidates.push(Candidate::of(link, page));
                self.strong_at.push(0);
                self.candidates.len() - 1
            }
        };
        self.strong.extend(strong);
        self.strong_at[candidate] = self.strong.len();
        self.last.insert(page, candidate);
    }

    /// Whether a link of `rank` to `page` still belongs to `candidate`: no other story came between, save a category's name
    /// between a picture and its title.
    fn is_beside(&self, candidate: usize, page: usize, rank: Rank) -> bool {
        let names_a_picture = rank >= Rank::Text && self.candidates[candidate].rank < Rank::Text;
        let allowed = if names_a_picture {
            MOST_BETWEEN_PICTURE_AND_TITLE
        } else {
            0
        };
        let mut between = 0;
        for other in &self.strong[self.strong_at[candidate]..] {
            if other.page != page {
                between += 1;
                if other.is_heading || between > allowed {
                    return false;
                }
            }
        }
        true
    }

    /// Whether `link` stands in one box with `candidate`, of the same page: what is around both holds no story before them, or
    /// is so close as where boxes have no element of their own. Else the last story of a slider is the first of the list.
    fn is_near(&self, tree: &Tree<'_>, candidate: usize, link: &Link) -> bool {
        let candidate = &self.candidates[candidate];
        let Some(last) = candidate.links.last().copied() else {
            return true;
        };
        let Some(box_of_both) = tree.around(last).find(|&a| tree.holds(a, link.index)) else {
            return false;
        };
        let before = self
            .strong
            .iter()
            .rev()
            .take(MOST_REPEATS)
            .find(|other| other.page != candidate.page && other.index < candidate.links[0]);
        let is_close = |link: usize| {
            tree.around(link)
                .take(LEVELS_OF_FLAT_BOX)
                .any(|around| around == box_of_both)
        };
        before.is_none_or(|before| before.index < box_of_both)
            || is_close(last)
            || is_close(link.index)
    }
}

/// How many links to one story may stand in a row before it no longer matters where another begins.
pub const MOST_REPEATS: usize = 50;

/// How far out from its links the element may be in which stories stand without a box of their own.
const LEVELS_OF_FLAT_BOX: usize = 4;

impl Candidate {
    /// An address that no link of the page's own shape names: element `index` does, by configuration.
    pub fn unlinked(url: Url, index: usize) -> Candidate {
        Candidate {
            url,
            page: 0,
            links: Vec::new(),
            main: index,
            title_in: index,
            title: String::new(),
            rank: Rank::None,
            level: 7,
        }
    }

    /// Whether it may be a story by its title alone.
    pub fn is_strong(&self) -> bool {
        self.rank == Rank::Heading
            || (self.rank >= Rank::Text && width(&self.title) >= HEADLINE_WIDTH)
    }

    fn of(link: Link, page: usize) -> Candidate {
        Candidate {
            url: link.url,
            page,
            links: vec![link.index],
            main: link.index,
            title_in: link.title_in,
            title: link.title,
            rank: link.rank,
            level: link.level,
        }
    }

    fn join(&mut self, link: Link) {
        self.links.push(link.index);
        let clearer =
            width(&link.title) > 2 * width(&self.title) && width(&self.title) < HEADLINE_WIDTH;
        let better = link.rank > self.rank
            || (link.rank == self.rank
                && (link.level < self.level || (link.level == self.level && clearer)));
        if better {
            self.main = link.index;
            self.title_in = link.title_in;
            self.title = link.title;
            self.rank = link.rank;
            self.level = link.level;
        }
    }
}
