//! The boxes within an article → those that are no part of its text: captions, lists of links, cards of other stories.

use std::collections::HashSet;
use std::ops::Range;

use url::Url;

use super::Hints;
use super::blocks::share;
use super::labels::holds_credit;
use super::lines::word_pairs;
use super::names::Marks;
use super::outline::Tag;
use super::prune::{Fate, Pruner};
use crate::address::resolve;

/// Longest text, in letters, that a picture is explained with.
const LONGEST_CAPTION: usize = 300;

/// Captions that are a story say so much, in letters.
const LEAST_OF_A_GALLERY: usize = 600;

/// Beside them is less than one part of so many.
const PARTS_OF_A_GALLERY: usize = 6;

/// A caption stands so few blocks behind its picture: a heading or a credit may stand between.
const NEAR_A_PICTURE: usize = 2;

/// Shortest line, in letters, that says to what source it leads; a shorter one is a button.
const SHORTEST_SOURCE: usize = 15;

/// Longest card of another story, in letters: a headline and two sentences.
const LONGEST_CARD: usize = 450;

/// A card's headline is among its first lines: a rubric and a date may stand over it.
const LINES_OF_A_HEAD: usize = 3;

/// Fewest cards in a row that are no part of the article: two linked boxes may be.
const LEAST_CARDS: usize = 3;

impl Pruner<'_, '_, '_> {
    /// What stands in figures and boxes for captions; where that is nearly all there is, the pictures are the story.
    pub(super) fn captions(&mut self) {
        let kept = self.kept();
        let (mut captions, mut told, mut all) = (Vec::new(), 0, 0);
        for number in kept {
            all += self.block(number).len;
            if self.is_inside(number, Marks::CAPTION, &[Tag::Caption, Tag::Figure])
                && !self.is_inside(
                    number,
                    Marks::default(),
                    &[Tag::Quote, Tag::Table, Tag::Pre],
                )
                && self.block(number).len > 0
            {
                told += self.block(number).len;
                captions.push(number);
            }
        }
        if told < LEAST_OF_A_GALLERY || (all - told) * PARTS_OF_A_GALLERY > all {
            for number in captions {
                self.fates[number] = Fate::Caption;
            }
        }
    }

    /// Lists and boxes that are mostly links to elsewhere.
    pub(super) fn link_lists(&mut self, hints: &Hints<'_>) {
        for &place in self.places {
            self.link_lists_in(place, hints);
        }
    }

    fn link_lists_in(&mut self, container: usize, hints: &Hints<'_>) {
        let cells = &self.tally.outline.cells;
        let mut place = container + 1;
        while place < cells[container].end {
            let cell = &cells[place];
            if !(cell.tag == Tag::List || cell.tag == Tag::Table || cell.tag.is_box()) {
                place += 1;
                continue;
            }
            let range = self.tally.range(place);
            let (mut len, mut link_len, mut links, mut lines) = (0, 0, 0, 0);
            let sums = self.tally.sums(place);
            if sums.len > 0 && share(sums.link_len, sums.len) > 0.5 {
                for number in range.clone() {
                    if self.fates[number] == Fate::Keep {
                        let block = self.block(number);
                        len += block.len;
                        link_len += block.link_len;
                        links += usize::from(block.link_len > 0);
                        lines += usize::from(block.len > 0);
                    }
                }
            }
            let density = share(link_len, len);
            let is_list = links >= 2
                && density > 0.66
                && links * 3 >= lines * 2
                && !cell.marks.has(Marks::EMBED);
            if is_list && !self.leads_to_sources(range.clone(), hints) {
                for number in range {
                    self.fates[number] = Fate::Drop;
                }
            }
            place = if is_list { cell.end } else { place + 1 };
        }
    }

    /// Whether most links of these blocks lead to other sites, with words that say to what: sources, not other stories.
    pub(super) fn leads_to_sources(&self, range: Range<usize>, hints: &Hints<'_>) -> bool {
        let (mut sources, mut others) = (0, 0);
        for number in range {
            let block = self.block(number);
            if self.fates[number] == Fate::Keep && block.link_len > 0 {
                if self.is_inside(number, Marks::EMBED, &[]) {
                    return false;
                }
                let is_source = self.leads_to_source(number, hints);
                sources += usize::from(is_source);
                others += usize::from(!is_source);
            }
        }
        sources > others
    }

    /// Whether the link of a block leads to another site, with words that say to what.
    pub(super) fn leads_to_source(&self, number: usize, hints: &Hints<'_>) -> bool {
        self.block(number).len >= SHORTEST_SOURCE
            && self
                .target(number, hints)
                .is_some_and(|url| site(&url) != site(hints.base))
    }

    /// What stands behind a picture and says what the picture says where it cannot be seen, or whose it is.
    pub(super) fn told_of_pictures(&mut self) {
        let mut alt: HashSet<u64> = HashSet::new();
        let mut near = 0;
        for number in self.kept() {
            let block = self.block(number);
            if block.media {
                alt = self.alternatives(number);
                near = NEAR_A_PICTURE + 1;
            }
            if near == 0 || block.len == 0 {
                continue;
            }
            near -= 1;
            let short = block.len < LONGEST_CAPTION && !self.is_heading(number);
            let is_subhead = block.bold_len * 2 > block.len;
            let is_caption =
                holds_credit(&block.text) || (!is_subhead && is_told(&block.text, &alt));
            if short && is_caption {
                self.fates[number] = Fate::Caption;
            }
        }
    }

    /// The words that the pictures of a block have for who cannot see them.
    fn alternatives(&self, number: usize) -> HashSet<u64> {
        let block = self.block(number);
        self.tally.outline.cells[block.first..block.last]
            .iter()
            .filter(|cell| cell.tag == Tag::Image)
            .filter_map(|cell| cell.attr("alt"))
            .flat_map(word_pairs)
            .collect()
    }

    /// Boxes side by side, each with the headline of another page of the site and a few words of it.
    pub(super) fn cards(&mut self, hints: &Hints<'_>) {
        for &container in self.places {
            let mut place = container + 1;
            while place < self.tally.outline.cells[container].end {
                let cell = &self.tally.outline.cells[place];
                let density = share(self.tally.sums(place).link_len, self.tally.sums(place).len);
                let may_hold_cards = cell.tag.is_block() && density > 0.1;
                if may_hold_cards
                    && self.holds_cards(place, hints)
                    && self.is_least(place, container)
                {
                    for number in self.tally.range(place) {
                        self.fates[number] = Fate::Drop;
                    }
                    place = cell.end;
                } else {
                    place += 1;
                }
            }
        }
    }

    /// Whether `place` holds less text than the rest of `container`.
    fn is_least(&self, place: usize, container: usize) -> bool {
        self.tally.sums(place).len * 2 < self.tally.sums(container).len
    }

    fn holds_cards(&self, place: usize, hints: &Hints<'_>) -> bool {
        let cells = &self.tally.outline.cells;
        let (mut cards, mut others) = (0, 0);
        let mut child = place + 1;
        while child < cells[place].end {
            if self.is_card(child, hints) {
                cards += 1;
            } else if self.tally.sums(child).len > 0 {
                others += 1;
            }
            child = cells[child].end;
        }
        cards >= LEAST_CARDS && others * 2 <= cards
    }

    fn is_card(&self, place: usize, hints: &Hints<'_>) -> bool {
        let cell = &self.tally.outline.cells[place];
        let len = self.tally.sums(place).len;
        if !cell.tag.is_block() || len == 0 || len > LONGEST_CARD {
            return false;
        }
        let mut texts = self.tally.range(place).filter(|&at| self.block(at).len > 0);
        let headline = texts
            .clone()
            .take(LINES_OF_A_HEAD)
            .find(|&at| self.block(at).len > 15 && self.block(at).link_density() > 0.9);
        texts.nth(1).is_some() && headline.is_some_and(|at| self.leads_to_the_site(at, hints))
    }

    /// Whether the link of a block leads to another page of the same site.
    fn leads_to_the_site(&self, number: usize, hints: &Hints<'_>) -> bool {
        self.target(number, hints)
            .is_some_and(|url| is_of_the_site(&url, hints.base))
    }

    /// Where the link of a block leads to, if that is not in the page itself.
    fn target(&self, number: usize, hints: &Hints<'_>) -> Option<Url> {
        let block = self.block(number);
        let cells = &self.tally.outline.cells;
        let mut place = block.first;
        // A link stands in the block, or around all of it.
        for _ in 0..6 {
            if cells[place].tag == Tag::Link {
                break;
            }
            place = cells[place].parent;
        }
        let address = |at: usize| {
            cells[at]
                .attr("href")
                .filter(|_| cells[at].tag == Tag::Link)
        };
        let target = address(place).or_else(|| (block.first..block.last).find_map(address));
        target
            .filter(|href| !href.starts_with('#'))
            .and_then(|href| resolve(hints.base, href))
    }
}

/// The last two parts of an address's host: a site's sections are often told apart by the first. Where every site of a
/// country ends in the same two, none is another.
fn site(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    let first = host.rmatch_indices('.').nth(1);
    Some(first.map_or(host, |(at, _)| &host[at + 1..]))
}

fn is_of_the_site(url: &Url, base: &Url) -> bool {
    url.host_str() == base.host_str() && url.path() != base.path()
}

/// Whether most of a text is said by `known`, too.
fn is_told(text: &str, known: &HashSet<u64>) -> bool {
    if known.is_empty() {
        return false;
    }
    let own: Vec<u64> = word_pairs(text).collect();
    let told = own.iter().filter(|pair| known.contains(pair)).count();
    own.len() > 2 && told * 10 >= own.len() * 7
}
