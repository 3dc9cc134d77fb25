//! The page counted → which of its places are cut with everything in them, by the names of elements.

use std::collections::HashSet;

use super::blocks::share;
use super::choose::seed;
use super::names::Marks;
use super::outline::{Cell, Tag};
use super::subject::Subject;
use super::tally::Tally;

/// Marks of elements that are cut where they do not hold the article itself.
pub const CUT: Marks = Marks::CHROME
    .and(Marks::TRIMMING)
    .and(Marks::RELATED)
    .and(Marks::COMMENTS)
    .and(Marks::BYLINE)
    .and(Marks::HIDDEN);

/// Those that are cut where a page without the rest has next to no text: a forum is made of comments.
pub const CUT_LEAST: Marks = Marks::CHROME.and(Marks::HIDDEN);

/// Those that cut a heading: the names of controls and lists say how a heading looks, or what links to it.
const CUT_IN_A_HEADING: Marks = Marks::CHROME
    .and(Marks::RELATED)
    .and(Marks::COMMENTS)
    .and(Marks::BYLINE)
    .and(Marks::HIDDEN);

/// Those of them that are cut however long their text is.
const CUT_AT_ANY_LENGTH: Marks = Marks::CHROME
    .and(Marks::RELATED)
    .and(Marks::COMMENTS)
    .and(Marks::HIDDEN);

/// Cut elements that hold more than this of the page's prose hold the article: their names mislead.
const HOLDS_THE_ARTICLE: f32 = 0.4;

/// The same for elements that are also named as an article's text is.
const LIKELY_HOLDS_IT: f32 = 0.2;

/// The same for readers' comments, which are often longer than what they are about.
const COMMENTS_HOLD_IT: f32 = 0.85;

/// Which places are cut with everything in them, of those with a mark of `named`.
pub fn cuts(tally: &Tally<'_, '_>, named: Marks, subject: &Subject) -> Vec<bool> {
    let cells = &tally.outline.cells;
    let cutter = Cutter::new(tally, named, subject);
    let mut cut = vec![false; cells.len()];
    let mut article_end = 0;
    for (place, cell) in cells.iter().enumerate() {
        cut[place] = cut[cell.parent] && place != 0;
        if cut[place] || !cell.tag.is_block() || cell.marks.has(Marks::BODY) {
            continue;
        }
        let inner_article = cell.tag == Tag::Article && article_end > place;
        if cell.tag == Tag::Article {
            article_end = article_end.max(cell.end);
        }
        cut[place] = (inner_article || cutter.is_named(cell)) && !cutter.is_spared(place, cell);
    }
    cut
}

/// What is known of the whole page while its places are cut.
struct Cutter<'t, 'a, 'b> {
    tally: &'t Tally<'a, 'b>,
    named: Marks,
    /// All prose of the page.
    total: f32,
    /// The places that are the article's body by their own properties.
    bodies: Vec<usize>,
    /// The posts of social networks.
    embeds: Vec<usize>,
    /// The elements around the paragraphs that say most.
    protected: HashSet<usize>,
    /// The classes of those.
    twins: HashSet<&'a str>,
}

impl<'t, 'a, 'b> Cutter<'t, 'a, 'b> {
    fn new(tally: &'t Tally<'a, 'b>, named: Marks, subject: &Subject) -> Cutter<'t, 'a, 'b> {
        let cells = &tally.outline.cells;
        let places = |wanted: fn(&Cell<'_>) -> bool| -> Vec<usize> {
            (0..cells.len())
                .filter(|&place| wanted(&cells[place]))
                .collect()
        };
        let total = tally.sums(0).prose;
        let protected = protected(tally, total, subject);
        Cutter {
            tally,
            named,
            total,
            bodies: places(|cell| cell.marks.has(Marks::BODY)),
            embeds: places(|cell| cell.marks.has(Marks::EMBED) && cell.tag == Tag::Quote),
            twins: protected
                .iter()
                .filter_map(|&place| cells[place].attr("class"))
                .collect(),
            protected,
        }
    }

    fn is_named(&self, cell: &Cell<'_>) -> bool {
        let is_heading = matches!(cell.tag, Tag::Heading(_));
        let misleads = is_heading && !cell.marks.has(CUT_IN_A_HEADING);
        (cell.marks.has(self.named) && !misleads) || is_aside(cell.tag)
    }

    /// Whether the named element stays all the same.
    fn is_spared(&self, place: usize, cell: &Cell<'_>) -> bool {
        cell.tag == Tag::Body
            || cell.marks.has(Marks::EMBED)
            || self.is_protected(place, cell)
            || self.is_text(place, cell)
            || self.is_too_long(place, cell)
            || self.is_standfirst(place, cell)
            || self.is_post(place, cell)
            || self.holds_the_article(place, cell)
    }

    /// Whether it stands around the paragraphs that say most, or has the class of what does.
    fn is_protected(&self, place: usize, cell: &Cell<'_>) -> bool {
        let is_twin = || {
            cell.attr("class")
                .is_some_and(|class| self.twins.contains(class))
        };
        !cell.marks.has(Marks::COMMENTS) && (self.protected.contains(&place) || is_twin())
    }

    /// Whether it is named as an article's text is, too, and holds some.
    fn is_text(&self, place: usize, cell: &Cell<'_>) -> bool {
        let never = Marks::RELATED.and(Marks::COMMENTS).and(Marks::HIDDEN);
        let sums = self.tally.sums(place);
        cell.marks.has(Marks::LIKELY)
            && !cell.marks.has(never)
            && sums.prose > 100.0
            && share(sums.link_len, sums.len) < 0.5
    }

    /// Whether it has more text than what is named so has: a byline is short, and a whole paragraph whose class says
    /// "author" is still a paragraph.
    fn is_too_long(&self, place: usize, cell: &Cell<'_>) -> bool {
        let sums = self.tally.sums(place);
        let longest = match cell.tag {
            Tag::P => 120,
            _ if cell.marks.has(Marks::TRIMMING) && share(sums.link_len, sums.len) > 0.3 => 5000,
            _ if cell.marks.has(Marks::BYLINE) || sums.prose * 10.0 < sums.len as f32 * 6.0 => 700,
            _ => 300,
        };
        sums.len > longest && !cell.marks.has(CUT_AT_ANY_LENGTH) && !is_aside(cell.tag)
    }

    fn is_standfirst(&self, place: usize, cell: &Cell<'_>) -> bool {
        let sums = self.tally.sums(place);
        cell.marks.has(Marks::LEAD)
            && !cell.marks.has(Marks::COMMENTS.and(Marks::HIDDEN))
            && sums.len > 40
            && share(sums.link_len, sums.len) < 0.3
    }

    /// Whether it is little else than a post of a social network.
    fn is_post(&self, place: usize, cell: &Cell<'_>) -> bool {
        first_within(&self.embeds, place, cell)
            .is_some_and(|embed| self.tally.sums(embed).len * 10 >= self.tally.sums(place).len * 7)
    }

    /// Whether so much of the page's prose is in it that its name misleads.
    fn holds_the_article(&self, place: usize, cell: &Cell<'_>) -> bool {
        let least = if cell.marks.has(Marks::COMMENTS) {
            COMMENTS_HOLD_IT
        } else if cell.marks.has(Marks::LIKELY) {
            LIKELY_HOLDS_IT
        } else {
            HOLDS_THE_ARTICLE
        };
        let holds_body = first_within(&self.bodies, place, cell)
            .is_some_and(|body| self.tally.sums(body).prose > 0.2 * self.total);
        let prose = self.tally.sums(place).prose;
        holds_body || (self.total != 0.0 && prose > least * self.total)
    }
}

/// Whether the tag itself says that the element is none of the article.
fn is_aside(tag: Tag) -> bool {
    matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form)
}

/// The first of `places`, which are in order, that is the cell at `place` or within it.
fn first_within(places: &[usize], place: usize, cell: &Cell<'_>) -> Option<usize> {
    let first = *places.get(places.partition_point(|&at| at < place))?;
    (first < cell.end).then_some(first)
}

/// The elements around the paragraphs that say most before anything is cut: their names mislead.
fn protected(tally: &Tally<'_, '_>, total: f32, subject: &Subject) -> HashSet<usize> {
    let none = vec![false; tally.outline.cells.len()];
    let mut places = HashSet::new();
    let Some(mut place) = seed(tally, &none, subject) else {
        return places;
    };
    if tally.sums(place).prose <= 0.25 * total {
        return places;
    }
    while places.insert(place) {
        place = tally.outline.cells[place].parent;
    }
    places
}
