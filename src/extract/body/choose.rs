//! The blocks of a page → the element that holds the article, and what is cut away by the names of elements.

use std::collections::HashSet;
use std::rc::Rc;

use super::blocks::{Block, share};
use super::names::Marks;
use super::outline::{Outline, Tag};

/// The page with its blocks counted, so that the sum over any element is one subtraction.
pub struct Tally<'a, 'b> {
    /// The nodes.
    pub outline: &'b Outline<'a>,
    /// The blocks.
    pub blocks: &'b [Block],
    /// The number of blocks before each place.
    before: Rc<Vec<u32>>,
    /// Sums over the blocks before each block.
    sums: Vec<Sums>,
}

/// What is counted of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// Text of paragraphs.
    pub prose: f32,
    /// All text.
    pub len: usize,
    /// Text inside links.
    pub link_len: usize,
}

impl<'a, 'b> Tally<'a, 'b> {
    /// Counts `blocks` of `outline`; `worth` says what a block adds.
    pub fn new(
        outline: &'b Outline<'a>,
        blocks: &'b [Block],
        worth: impl Fn(&Block) -> Sums,
    ) -> Tally<'a, 'b> {
        let mut before = vec![0_u32; outline.cells.len() + 1];
        for block in blocks {
            before[block.first + 1] += 1;
        }
        for place in 1..before.len() {
            before[place] += before[place - 1];
        }
        Tally {
            outline,
            blocks,
            before: Rc::new(before),
            sums: summed(blocks.iter().map(worth)),
        }
    }

    /// The same page with nothing counted of the blocks in places that are `cut`.
    pub fn without(&self, cut: &[bool]) -> Tally<'a, 'b> {
        let worths = self.blocks.iter().zip(self.sums.windows(2));
        let kept = worths.map(|(block, sums)| {
            if cut[block.first] {
                Sums::default()
            } else {
                sums[1].minus(sums[0])
            }
        });
        Tally {
            outline: self.outline,
            blocks: self.blocks,
            before: Rc::clone(&self.before),
            sums: summed(kept),
        }
    }

    /// The numbers of the blocks within the element at `place`.
    pub fn range(&self, place: usize) -> std::ops::Range<usize> {
        self.before[place] as usize..self.before[self.outline.cells[place].end] as usize
    }

    /// The sums over the element at `place`.
    pub fn sums(&self, place: usize) -> Sums {
        let range = self.range(place);
        self.sums[range.end].minus(self.sums[range.start])
    }
}

/// The sums over what stands before each of the blocks, and over all.
fn summed(worths: impl Iterator<Item = Sums>) -> Vec<Sums> {
    let mut sum = Sums::default();
    let running = worths.map(|worth| {
        sum.prose += worth.prose;
        sum.len += worth.len;
        sum.link_len += worth.link_len;
        sum
    });
    std::iter::once(Sums::default()).chain(running).collect()
}

impl Sums {
    fn minus(self, other: Sums) -> Sums {
        Sums {
            prose: self.prose - other.prose,
            len: self.len - other.len,
            link_len: self.link_len - other.link_len,
        }
    }
}

/// How much of a block is the text of paragraphs.
pub fn prose(outline: &Outline<'_>, block: &Block) -> f32 {
    let density = block.link_density();
    if density > 0.5 || block.chrome_len * 2 > block.len || block.len < 10 {
        return 0.0;
    }
    let tag = outline.cells[block.owner].tag;
    if matches!(tag, Tag::Heading(_) | Tag::Caption) {
        return 0.0;
    }
    // "Headline: Somewhere: what happened there, cut off in the mid..." leads to another page.
    if density > 0.12 && block.text.ends_with(['.', '…', ']']) && is_cut_off(&block.text) {
        return 0.0;
    }
    let own = (block.len - block.link_len) as f32;
    if block.ends_a_sentence() || own > 100.0 {
        own
    } else {
        own * 0.25
    }
}

/// Marks of elements that are cut where they do not hold the article itself.
pub const CUT: Marks = Marks::CHROME
    .and(Marks::TRIMMING)
    .and(Marks::RELATED)
    .and(Marks::COMMENTS)
    .and(Marks::BYLINE)
    .and(Marks::HIDDEN);

/// Those that are cut where a page without the rest has next to no text: a forum is made of comments.
pub const CUT_LEAST: Marks = Marks::CHROME.and(Marks::HIDDEN);

/// Those of them that are cut however long their text is.
const CUT_AT_ANY_LENGTH: Marks = Marks::CHROME
    .and(Marks::RELATED)
    .and(Marks::COMMENTS)
    .and(Marks::HIDDEN);

/// Cut elements that hold more than this of the page's prose hold the article: their names mislead.
const HOLDS_THE_ARTICLE: f32 = 0.4;

/// Which places are cut with everything in them, by the names of elements.
pub fn cuts(tally: &Tally<'_, '_>, named_cut: Marks) -> Vec<bool> {
    let cells = &tally.outline.cells;
    let total = tally.sums(0).prose;
    let mut cut = vec![false; cells.len()];
    let bodies: Vec<usize> = (0..cells.len())
        .filter(|&place| cells[place].marks.has(Marks::BODY))
        .collect();
    let embeds: Vec<usize> = (0..cells.len())
        .filter(|&place| cells[place].marks.has(Marks::EMBED) && cells[place].tag == Tag::Quote)
        .collect();
    let protected = protected(tally, total);
    let twins: HashSet<&str> = protected
        .iter()
        .filter_map(|&place| cells[place].attr("class"))
        .collect();
    let mut article_end = 0;
    for place in 0..cells.len() {
        let cell = &cells[place];
        cut[place] = cut[cell.parent] && place != 0;
        if cut[place] || !cell.tag.is_block() || cell.marks.has(Marks::BODY) {
            continue;
        }
        let inner_article = cell.tag == Tag::Article && article_end > place;
        if cell.tag == Tag::Article {
            article_end = article_end.max(cell.end);
        }
        let named = cell.marks.has(named_cut)
            || inner_article
            || matches!(cell.tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form);
        if !named || cell.tag == Tag::Body || cell.marks.has(Marks::EMBED) {
            continue;
        }
        let twin = cell
            .attr("class")
            .is_some_and(|class| twins.contains(class));
        if (twin || protected.contains(&place)) && !cell.marks.has(Marks::COMMENTS) {
            continue;
        }
        let sums = tally.sums(place);
        // A byline is short; a whole paragraph whose class says "author" is still a paragraph.
        let longest = match cell.tag {
            Tag::P => 120,
            _ if cell.marks.has(Marks::TRIMMING) && share(sums.link_len, sums.len) > 0.3 => 5000,
            _ if cell.marks.has(Marks::BYLINE) || sums.prose * 10.0 < sums.len as f32 * 6.0 => 700,
            _ => 300,
        };
        if cell.marks.has(Marks::LIKELY)
            && !cell
                .marks
                .has(Marks::RELATED.and(Marks::COMMENTS).and(Marks::HIDDEN))
            && sums.prose > 100.0
            && share(sums.link_len, sums.len) < 0.5
        {
            continue;
        }
        if sums.len > longest
            && !cell.marks.has(CUT_AT_ANY_LENGTH)
            && !matches!(cell.tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form)
        {
            continue;
        }
        let is_lead =
            cell.marks.has(Marks::LEAD) && !cell.marks.has(Marks::COMMENTS.and(Marks::HIDDEN));
        if is_lead && sums.len > 40 && share(sums.link_len, sums.len) < 0.3 {
            continue;
        }
        let embed = embeds.get(embeds.partition_point(|&embed| embed < place));
        if embed
            .is_some_and(|&embed| embed < cell.end && tally.sums(embed).len * 10 >= sums.len * 7)
        {
            continue;
        }
        let prose = tally.sums(place).prose;
        let limit = if cell.marks.has(Marks::COMMENTS) {
            0.85
        } else if cell.marks.has(Marks::LIKELY) {
            0.2
        } else {
            HOLDS_THE_ARTICLE
        };
        let holds_body = bodies
            .get(bodies.partition_point(|&body| body <= place))
            .is_some_and(|&body| body < cell.end && tally.sums(body).prose > 0.2 * total);
        cut[place] = !holds_body && (prose <= limit * total || total == 0.0);
    }
    cut
}

/// The elements around the paragraphs that say most before anything is cut: their names mislead.
fn protected(tally: &Tally<'_, '_>, total: f32) -> HashSet<usize> {
    let none = vec![false; tally.outline.cells.len()];
    let Some(seed) = seed(tally, &none) else {
        return HashSet::new();
    };
    let mut places = HashSet::new();
    let mut place = seed;
    if tally.sums(seed).prose > 0.25 * total {
        loop {
            places.insert(place);
            let parent = tally.outline.cells[place].parent;
            if parent == place {
                break;
            }
            place = parent;
        }
    }
    places
}

/// The element that holds the article, if the page has text; what stands in it between parts of the article is cut.
pub fn container(tally: &Tally<'_, '_>, cut: &mut [bool]) -> Option<usize> {
    let seed = seed(tally, cut)?;
    Some(climb(tally, cut, seed))
}

/// The standfirst that stands before `container`, outside of it.
pub fn lead(tally: &Tally<'_, '_>, cut: &[bool], container: usize) -> Option<usize> {
    let cells = &tally.outline.cells;
    let mut place = container;
    // Two or three boxes up, a site has its article's head beside its article's body; further up are other things.
    for _ in 0..4 {
        let parent = cells[place].parent;
        if parent == place || cells[parent].tag == Tag::Body {
            break;
        }
        place = parent;
    }
    (place..container).rev().find(|&at| {
        let cell = &cells[at];
        let sums = tally.sums(at);
        cell.marks.has(Marks::LEAD)
            && cell.end <= container
            && !cut[at]
            && (40..1200).contains(&sums.len)
            && (sums.prose * 10.0 >= sums.len as f32 * 7.0 || is_sentence(tally, at))
    })
}

/// Whether the element holds one block and that is a sentence, be it set as a heading.
fn is_sentence(tally: &Tally<'_, '_>, place: usize) -> bool {
    match &tally.blocks[tally.range(place)] {
        [block] => block.ends_a_sentence() && block.link_len == 0 && block.len > 60,
        _ => false,
    }
}

/// The element whose own paragraphs say most.
fn seed(tally: &Tally<'_, '_>, cut: &[bool]) -> Option<usize> {
    let cells = &tally.outline.cells;
    let mut scores = vec![0.0_f32; cells.len()];
    for (number, block) in tally.blocks.iter().enumerate() {
        if cut[block.first] {
            continue;
        }
        let worth = tally.sums[number + 1].prose - tally.sums[number].prose;
        if worth <= 0.0 {
            continue;
        }
        let mut place = block.owner;
        // A paragraph speaks for the box around it, a box for itself, and half as loud for the next one.
        let mut share = 1.0;
        let mut steps = 0;
        for _ in 0..12 {
            let cell = &cells[place];
            // The whole page is the article only where its paragraphs stand in nothing else.
            if cell.tag == Tag::Body && steps > 0 {
                break;
            }
            if cell.tag.is_box() {
                scores[place] += worth * share;
                share *= 0.6;
                steps += 1;
            }
            if cell.parent == place || steps == 4 {
                break;
            }
            place = cell.parent;
        }
    }
    let mut best: Option<(f32, usize)> = None;
    for (place, score) in scores.iter().enumerate() {
        if *score <= 0.0 || cut[place] {
            continue;
        }
        let cell = &cells[place];
        let sums = tally.sums(place);
        let mut score = score * (1.0 - 0.7 * share(sums.link_len, sums.len));
        if cell.marks.has(Marks::BODY) {
            score *= 2.5;
        } else if cell.marks.has(Marks::LIKELY) {
            score *= 1.6;
        } else if matches!(cell.tag, Tag::Article) {
            score *= 1.15;
        }
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, place));
        }
    }
    best.map(|(_, place)| place)
}

/// The widest element around `seed` that adds more article than anything else.
fn climb(tally: &Tally<'_, '_>, cut: &mut [bool], seed: usize) -> usize {
    let cells = &tally.outline.cells;
    if cells[seed].marks.has(Marks::BODY) {
        return seed;
    }
    let mut best = seed;
    let mut at = seed;
    loop {
        let cell = &cells[at];
        if cell.parent == at || cell.tag == Tag::Body {
            break;
        }
        let parent = cell.parent;
        let inner = tally.sums(best);
        let outer = tally.sums(parent);
        let more_prose = outer.prose - inner.prose;
        let more_len = (outer.len - inner.len) as f32;
        let (least, pure) = if cells[parent].tag == Tag::Body {
            (2.0, 0.9)
        } else {
            (0.08, 0.6)
        };
        if more_prose > least * inner.prose.max(1.0)
            && (more_prose > pure * more_len
                || join_twins(tally, cut, parent, at, 0.08 * inner.prose))
        {
            best = parent;
        }
        at = parent;
    }
    best
}

/// Whether children of `parent` of the same name and class as the child at `like` hold more than `least` of prose; if so, those
/// that hold none are cut.
fn join_twins(
    tally: &Tally<'_, '_>,
    cut: &mut [bool],
    parent: usize,
    like: usize,
    least: f32,
) -> bool {
    let cells = &tally.outline.cells;
    let class = cells[like].attr("class").filter(|class| !class.is_empty());
    if class.is_none() {
        return false;
    }
    let mut gain = 0.0;
    let mut strangers = Vec::new();
    let mut place = parent + 1;
    while place < cells[parent].end {
        let cell = &cells[place];
        let sums = tally.sums(place);
        if place != like && !cut[place] && sums.len > 0 {
            let is_prose = sums.prose * 2.0 > sums.len as f32;
            if cell.tag == cells[like].tag && cell.attr("class") == class && is_prose {
                gain += sums.prose;
            } else if !is_prose && !matches!(cell.tag, Tag::Heading(_) | Tag::Figure | Tag::Quote) {
                strangers.push(place);
            }
        }
        place = cell.end;
    }
    if gain <= least {
        return false;
    }
    for place in strangers {
        cut[place..cells[place].end].fill(true);
    }
    true
}

/// Whether a text ends as a teaser does: in the middle.
fn is_cut_off(text: &str) -> bool {
    ["...", "…", "[...]", "[…]", "(...)"]
        .iter()
        .any(|end| text.ends_with(end))
}
