//! The links of a page → its candidates: each place where one address is offered, by picture, title and "read more" alike.

use std::collections::HashMap;

use url::Url;

use super::tree::Tree;
use super::words::Words;
use crate::address::{page_key, resolve};
use crate::text::squeeze;

/// Most links of one page that are looked at; the longest real listing known has some 2,000.
pub const MOST_LINKS: usize = 20_000;

/// Width of a text from which on it may be a headline: four words of a Latin script, eight Chinese signs.
const HEADLINE_WIDTH: usize = 20;

/// Most elements inside one link that are looked at: links can be nested by broken markup, and each must stay cheap.
const MOST_PARTS: usize = 200;

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

/// Where a title was taken from, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Nothing is known.
    None,
    /// "Read more", "5 comments", a number.
    Filler,
    /// An attribute: `title`, `aria-label`, the picture's `alt`.
    Attribute,
    /// The text of the link.
    Text,
    /// A part of the link whose class calls it a title.
    TitlePart,
    /// A heading in or around the link.
    Heading,
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
    range
        .filter(|&index| matches!(tree.name(index), "a" | "area"))
        .filter_map(|index| Link::read(tree, place, index))
        .take(MOST_LINKS)
        .for_each(|link| gathering.add(link));
    gathering.candidates
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
    fn read(tree: &Tree<'_>, place: &Place<'_>, index: usize) -> Option<Link> {
        let href = tree.attr(index, "href")?.trim();
        if href.starts_with('#') {
            return None;
        }
        let mut url = resolve(place.base, href)?;
        let to_comments = url.fragment().is_some_and(is_about_comments);
        url.set_fragment(None);
        if leads_to_no_page(&url, place) || is_way_through_the_listing(tree.attr(index, "rel")) {
            return None;
        }
        let (title, title_in, rank) = title(tree, index);
        let rank = if to_comments { Rank::Filler } else { rank };
        Some(Link {
            index,
            key: page_key(&url),
            url,
            title,
            title_in,
            rank,
            level: tree.heading_level(title_in),
        })
    }

    /// Whether the link alone may be a story's: what stands between a story's picture and its title is not.
    fn is_strong(&self) -> bool {
        self.rank == Rank::Heading
            || (self.rank >= Rank::Text && width(&self.title) >= HEADLINE_WIDTH)
    }
}

/// How wide `text` is shown, roughly, in Latin letters: Chinese, Japanese and Korean signs say two to three as much.
pub fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}' => 5,
            _ => 2,
        })
        .sum::<usize>()
        / 2
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

/// The title that link `index` shows, the element it was taken from, and how good a place that is.
fn title(tree: &Tree<'_>, index: usize) -> (String, usize, Rank) {
    if let Some(part) = tree
        .inside(index)
        .take(MOST_PARTS)
        .find(|&part| tree.is_heading(part) && tree.text_len(part) > 0)
    {
        let title = without_kicker(tree.text(part), tree, index);
        return (title, part, Rank::Heading);
    }
    let shown = tree.text(index);
    if is_filler(&shown) {
        return match named(tree, index) {
            Some(name) if !is_filler(&name) => (name, index, Rank::Attribute),
            _ if shown.is_empty() => (shown, index, Rank::None),
            _ => (shown, index, Rank::Filler),
        };
    }
    if let Some(heading) = heading_around(tree, index) {
        return (shown, heading, Rank::Heading);
    }
    match title_part(tree, index) {
        Some(part) => (tree.text(part), part, Rank::TitlePart),
        None => (shown, index, Rank::Text),
    }
}

/// `heading` without the kicker before the title, where the link's own name is the rest ("Analysis" and the title).
pub fn without_kicker(heading: String, tree: &Tree<'_>, index: usize) -> String {
    match named(tree, index) {
        Some(name)
            if name.len() < heading.len()
                && 2 * name.len() > heading.len()
                && heading.ends_with(&name) =>
        {
            name
        }
        _ => heading,
    }
}

/// The heading that link `index` stands in, if the heading says little else.
fn heading_around(tree: &Tree<'_>, index: usize) -> Option<usize> {
    tree.around(index)
        .skip(1)
        .take(5)
        .find(|&around| tree.is_heading(around))
}

/// The part of a link's many words that its class calls a title, else its first line.
fn title_part(tree: &Tree<'_>, index: usize) -> Option<usize> {
    let whole = tree.text_len(index);
    let titled = tree.inside(index).take(MOST_PARTS).find(|&part| {
        let words = tree.elements[part].words;
        words.has(Words::TITLE) && tree.text_len(part) > 0 && !words.has(Words::AUTHOR)
    });
    if titled.is_some() {
        return titled;
    }
    if !tree.raw_text(index).contains('\n') {
        return None;
    }
    let lines = || {
        tree.inside(index).take(MOST_PARTS).filter(|&part| {
            let length = tree.text_len(part);
            length > 1
                && length < whole
                && !tree.raw_text(part).contains('\n')
                && !tree.elements[part].words.has(Words::SUMMARY)
                && tree.dates_in(part) == 0
                && !is_filler(tree.raw_text(part))
        })
    };
    // A short first line above a long one is a kicker; alone it is the title.
    lines()
        .find(|&part| width(tree.raw_text(part)) >= HEADLINE_WIDTH)
        .or_else(|| lines().next())
}

/// What an attribute of link `index` or of its picture calls it.
fn named(tree: &Tree<'_>, index: usize) -> Option<String> {
    ["title", "aria-label"]
        .iter()
        .filter_map(|name| tree.attr(index, name))
        .chain(
            tree.inside(index)
                .take(MOST_PARTS)
                .filter(|&part| tree.name(part) == "img")
                .flat_map(|image| [tree.attr(image, "alt"), tree.attr(image, "title")])
                .flatten(),
        )
        .map(squeeze)
        .find(|name| !name.is_empty())
}

/// Longest text in bytes that may name no story; most links are titles and longer.
const LONGEST_FILLER: usize = 90;

/// Whether `text` names no story: nothing, a number, "12 comments", "Read more" in many languages.
pub fn is_filler(text: &str) -> bool {
    const FILLERS: &[&str] = &[
        "read more",
        "more",
        "continue reading",
        "read article",
        "read the article",
        "read the full",
        "read full",
        "learn more",
        "view more",
        "see more",
        "full story",
        "read story",
        "read post",
        "details",
        "view",
        "watch",
        "leer más",
        "leer mas",
        "seguir leyendo",
        "ver más",
        "leggi tutto",
        "leggi",
        "continua",
        "lire la suite",
        "lire",
        "weiterlesen",
        "mehr",
        "leia mais",
        "ler mais",
        "saiba mais",
        "читать",
        "подробнее",
        "далее",
        "дальше",
        "читати",
        "детальніше",
        "lees meer",
        "lees verder",
        "läs mer",
        "les mer",
        "læs mere",
        "czytaj",
        "więcej",
        "devamı",
        "devamını oku",
        "selengkapnya",
        "baca",
        "διαβάστε",
        "περισσότερα",
        "المزيد",
        "اقرأ المزيد",
        "قراءة المزيد",
        "إقرأ المزيد",
        "التفاصيل",
        "קרא עוד",
        "המשך קריאה",
        "עוד",
        "ادامه مطلب",
        "بیشتر",
        "続きを読む",
        "もっと",
        "詳細",
        "更多",
        "阅读全文",
        "查看",
        "전체",
        "더보기",
        "বিস্তারিত",
        "xem thêm",
        "comment",
        "comments",
        "no comments",
        "leave a comment",
        "permalink",
        "link",
        "reply",
        "share",
        "next",
        "previous",
        "older",
        "newer",
        "discuss",
    ];
    if text.len() > LONGEST_FILLER {
        return false;
    }
    let folded = crate::text::fold(text);
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_empty() || bare.chars().count() < 2 {
        return true;
    }
    if bare.chars().count() > 40 {
        return false;
    }
    FILLERS
        .iter()
        .any(|filler| match bare.strip_prefix(filler) {
            Some("") => true,
            // "Read more about …" and "Continue reading …" name a story less well than its title, but "More rain" is one.
            Some(rest) => rest.starts_with(' ') && filler.contains(' '),
            None => false,
        })
        || (bare.ends_with("comments") && folded.starts_with(|c: char| c.is_ascii_digit()))
}

/// The candidates so far.
struct Gathering {
    own: String,
    pages: HashMap<String, usize>,
    /// The last candidate of each page.
    last: HashMap<usize, usize>,
    /// How many strong links had come when each candidate was last added to.
    strong_at: Vec<usize>,
    /// The page of each strong link, and whether it is a heading.
    strong: Vec<(usize, bool)>,
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
    fn add(&mut self, link: Link) {
        if link.key == self.own {
            return;
        }
        let next = self.pages.len();
        let page = *self.pages.entry(link.key.clone()).or_insert(next);
        let strong = link.is_strong();
        let is_heading = link.rank == Rank::Heading;
        let joined = self
            .last
            .get(&page)
            .copied()
            .filter(|&candidate| self.is_beside(candidate, page, link.rank));
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
        if strong {
            self.strong.push((page, is_heading));
        }
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
        for &(other, is_heading) in &self.strong[self.strong_at[candidate]..] {
            if other != page {
                between += 1;
                if is_heading || between > allowed {
                    return false;
                }
            }
        }
        true
    }
}

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
