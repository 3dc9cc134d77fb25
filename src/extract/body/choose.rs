//! The page counted → the element that holds the article, and the standfirst before it.

use super::blocks::share;
use super::names::Marks;
use super::outline::Tag;
use super::subject::Subject;
use super::tally::Tally;

/// The element that holds the article, if the page has text; what stands in it between parts of the article is cut.
pub fn container(tally: &Tally<'_, '_>, cut: &mut [bool], subject: &Subject) -> Option<usize> {
    let seed = seed(tally, cut, subject)?;
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
            && !cell.marks.has(Marks::CAPTION)
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

/// The element whose own paragraphs say most. Where the page has other texts beside it, a notice or rules for comments,
/// the title and the summary tell which of them is the article.
pub fn seed(tally: &Tally<'_, '_>, cut: &[bool], subject: &Subject) -> Option<usize> {
    let cells = &tally.outline.cells;
    let scores = scores(tally, cut);
    let highest_beside = |others: &[usize]| {
        let mut best: Option<(f32, usize)> = None;
        for (place, &score) in scores.iter().enumerate() {
            let is_beside = |&other: &usize| {
                let (own, other_cell) = (&cells[place], &cells[other]);
                // Two boxes side by side in one are parts of one article, except where that one is the whole page.
                let is_part = own.parent == other_cell.parent && cells[own.parent].tag != Tag::Body;
                !is_part && (place >= other_cell.end || own.end <= other)
            };
            if best.map_or(score > 0.0, |(most, _)| score > most) && others.iter().all(is_beside) {
                best = Some((score, place));
            }
        }
        best
    };
    let (most, first) = highest_beside(&[])?;
    let mut rivals = vec![first];
    while rivals.len() <= MOST_RIVALS
        && let Some((score, place)) = highest_beside(&rivals)
        && score > LEAST_OF_A_RIVAL * most
    {
        rivals.push(place);
    }
    if rivals.len() == 1 {
        return Some(first);
    }
    let found: Vec<usize> = rivals
        .iter()
        .map(|&place| subject.found_in(&tally.blocks[tally.range(place)]))
        .collect();
    let better = (1..rivals.len()).filter(|&at| found[at] >= 2 * found[0] + SURELY_MORE);
    Some(
        better
            .max_by_key(|&at| found[at])
            .map_or(first, |at| rivals[at]),
    )
}

/// A text beside the longest one may be the article where it says more than this part of what that says.
const LEAST_OF_A_RIVAL: f32 = 0.2;

/// Most texts beside the longest one that are looked at: a page has a notice or two.
const MOST_RIVALS: usize = 3;

/// A rival has twice as many of the title's words, and so many more: two or three stand in any text of the site.
const SURELY_MORE: usize = 3;

/// How much the paragraphs in each place say, by how they stand in it and by its names.
fn scores(tally: &Tally<'_, '_>, cut: &[bool]) -> Vec<f32> {
    let cells = &tally.outline.cells;
    let mut scores = vec![0.0_f32; cells.len()];
    for (number, block) in tally.blocks.iter().enumerate() {
        let worth = tally.prose(number);
        if !cut[block.first] && worth > 0.0 {
            speak(tally, block.owner, worth, &mut scores);
        }
    }
    for (place, score) in scores.iter_mut().enumerate() {
        if *score <= 0.0 || cut[place] {
            *score = 0.0;
            continue;
        }
        let sums = tally.sums(place);
        *score *= 1.0 - 0.7 * share(sums.link_len, sums.len);
        *score *= match &cells[place] {
            cell if cell.marks.has(Marks::BODY) => 2.5,
            cell if cell.marks.has(Marks::LIKELY) => 1.6,
            cell if cell.tag == Tag::Article => 1.15,
            _ => 1.0,
        };
    }
    scores
}

/// A paragraph speaks for the box around it, a box for itself, and half as loud for the next one.
fn speak(tally: &Tally<'_, '_>, owner: usize, worth: f32, scores: &mut [f32]) {
    let cells = &tally.outline.cells;
    let mut place = owner;
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
        let is_more = |least: f32| more_prose > least * inner.prose.max(1.0);
        let adds_most = if cells[parent].tag == Tag::Body {
            is_more(2.0) && more_prose > 0.9 * more_len
        } else {
            is_more(0.08) && more_prose > 0.6 * more_len
        };
        if adds_most || (is_more(0.08) && join_twins(tally, cut, parent, at, 0.08 * inner.prose)) {
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
    // Beside the article's boxes stands everything else of the page, too, if the page is what holds them.
    let is_page = cells[parent].tag == Tag::Body;
    let mut gain = 0.0;
    let mut strangers = Vec::new();
    let mut place = parent + 1;
    while place < cells[parent].end {
        let cell = &cells[place];
        let sums = tally.sums(place);
        if place != like && !cut[place] && sums.len > 0 {
            let is_prose = sums.prose * 2.0 > sums.len as f32;
            let is_twin = cell.tag == cells[like].tag && cell.attr("class") == class;
            let may_stay = matches!(cell.tag, Tag::Heading(_) | Tag::Figure | Tag::Quote)
                || (is_twin && share(sums.link_len, sums.len) < 0.5);
            if is_twin && is_prose {
                gain += sums.prose;
            } else if (is_page || !is_prose) && !may_stay {
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
