//! The blocks of the element that holds the article → the [`Fate`] of each: which are the article and which only stand in it.

use std::collections::HashSet;

use super::Hints;
use super::blocks::Block;
use super::ends::announces;
use super::labels::{
    Label, begins_related, is_newsletter, is_note, is_service, label, leads_elsewhere, lists_tags,
    speaks_for_the_site,
};
use super::lines::{
    is_byline, is_contact, is_date_line, is_labelled_link, is_reading_time, is_separator,
    word_pairs,
};
use super::names::Marks;
use super::outline::Tag;
use super::tally::Tally;
use crate::text::fold;

/// What becomes of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is the article.
    Keep,
    /// It belongs to a picture: shown under it, no part of the text.
    Caption,
    /// It goes.
    Drop,
}

/// The fates of all blocks of the page; those outside `places` are dropped.
pub fn prune(
    tally: &Tally<'_, '_>,
    cut: &[bool],
    places: &[usize],
    hints: &Hints<'_>,
) -> Vec<Fate> {
    let strict = prune_by(tally, cut, places, hints, true);
    let kept: usize = sum_kept(tally, &strict);
    // A page that is a list of links and a few words on each would lose all but the words.
    if kept < 100 {
        let lenient = prune_by(tally, cut, places, hints, false);
        if sum_kept(tally, &lenient) > 2 * kept {
            return lenient;
        }
    }
    strict
}

fn sum_kept(tally: &Tally<'_, '_>, fates: &[Fate]) -> usize {
    tally
        .blocks
        .iter()
        .zip(fates)
        .filter(|(_, fate)| **fate == Fate::Keep)
        .map(|(block, _)| block.len)
        .sum()
}

fn prune_by(
    tally: &Tally<'_, '_>,
    cut: &[bool],
    places: &[usize],
    hints: &Hints<'_>,
    strict: bool,
) -> Vec<Fate> {
    let mut pruner = Pruner {
        strict,
        tally,
        fates: vec![Fate::Drop; tally.blocks.len()],
        folded: vec![String::new(); tally.blocks.len()],
        numbers: places
            .iter()
            .flat_map(|&place| tally.range(place))
            .collect(),
        places,
    };
    for number in pruner.numbers.clone() {
        let block = &tally.blocks[number];
        if !cut[block.first] && (block.len > 0 || block.media) {
            pruner.fates[number] = Fate::Keep;
            if block.len < 400 {
                pruner.folded[number] = fold(&block.text);
            }
        }
    }
    pruner.captions();
    pruner.told_of_pictures();
    if strict {
        pruner.link_lists(hints);
        pruner.cards(hints);
    }
    pruner.lines(hints);
    pruner.related_runs();
    pruner.over_nothing();
    pruner.titles_of_boxes(hints);
    pruner.what_asks();
    pruner.comments();
    pruner.start(hints);
    pruner.names_first();
    if let [lead, container] = places
        && tally.outline.cells[*lead].marks.has(Marks::LEAD)
    {
        pruner.repeated_lead(&tally.range(*lead), &tally.range(*container));
    }
    pruner.life_of_author();
    pruner.lives_at_the_end(hints);
    pruner.beyond_what_is_told(hints);
    pruner.repeats();
    pruner.pull_quotes();
    pruner.end(hints);
    pruner.lone_headings();
    pruner.fates
}

pub(super) struct Pruner<'t, 'a, 'b> {
    /// Lines that are only links go.
    strict: bool,
    pub(super) tally: &'t Tally<'a, 'b>,
    pub(super) fates: Vec<Fate>,
    pub(super) folded: Vec<String>,
    pub(super) numbers: Vec<usize>,
    pub(super) places: &'t [usize],
}

impl Pruner<'_, '_, '_> {
    pub(super) fn block(&self, number: usize) -> &Block {
        &self.tally.blocks[number]
    }

    pub(super) fn tag(&self, number: usize) -> Tag {
        self.tally.outline.cells[self.block(number).owner].tag
    }

    pub(super) fn is_heading(&self, number: usize) -> bool {
        matches!(self.tag(number), Tag::Heading(_))
    }

    pub(super) fn kept(&self) -> Vec<usize> {
        self.numbers
            .iter()
            .copied()
            .filter(|&number| self.fates[number] == Fate::Keep)
            .collect()
    }

    /// Whether an element around the block, inside the container, has one of `marks` or is a `tag`.
    pub(super) fn is_inside(&self, number: usize, marks: Marks, tags: &[Tag]) -> bool {
        let cells = &self.tally.outline.cells;
        let mut place = self.block(number).owner;
        let first = self.block(number).first;
        let root = self.places.iter().rev().find(|&&place| place <= first);
        let root = root.copied().unwrap_or_default();
        for _ in 0..30 {
            if place <= root {
                return false;
            }
            if cells[place].marks.has(marks) || tags.contains(&cells[place].tag) {
                return true;
            }
            place = cells[place].parent;
        }
        false
    }

    /// Lines that are not the article by what they say, or by being only a link.
    fn lines(&mut self, hints: &Hints<'_>) {
        let authors: HashSet<String> = hints.authors.iter().map(|name| fold(name)).collect();
        let kept = self.kept();
        let offers =
            |&&number: &&usize| offers_a_newsletter(self.block(number), &self.folded[number]);
        let is_about_newsletters = kept.iter().filter(offers).count() > MOST_OFFERS;
        for number in kept {
            let block = self.block(number);
            if block.len == 0 || self.is_inside(number, Marks::EMBED, &[]) {
                continue;
            }
            let text = self.folded[number].as_str();
            let gone = block.chrome_len * 10 >= block.len * 6
                || self.is_labelled(number)
                || speaks_of_itself(block, text)
                || (!is_about_newsletters && offers_a_newsletter(block, text))
                || authors.contains(text)
                || self.is_link(number);
            if gone {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// Whether a line is a label; a heading may read like the name of a tool.
    fn is_labelled(&self, number: usize) -> bool {
        label(&self.folded[number])
            .is_some_and(|label| label != Label::Service || !self.is_heading(number))
    }

    /// Whether a line is a link and nothing else, and no part of a list or a sentence.
    fn is_link(&self, number: usize) -> bool {
        let block = self.block(number);
        let is_listed = matches!(
            self.tag(number),
            Tag::Heading(_) | Tag::Item | Tag::TableCell | Tag::TableHead
        );
        let is_alone = block.in_card || (self.strict && !is_listed && !block.ends_a_sentence());
        is_labelled_link(block) || (block.link_density() > 0.9 && is_alone)
    }

    /// What follows a label of other stories, as long as it looks like other stories.
    fn related_runs(&mut self) {
        let mut running = false;
        for number in self.numbers.clone() {
            let block = self.block(number);
            if block.len == 0 {
                continue;
            }
            let text = &self.folded[number];
            let short = block.len < 60 && !block.text.ends_with(['.', '!']);
            if label(text) == Some(Label::Related) || (short && begins_related(text)) {
                running = true;
                if self.is_heading(number)
                    || block.bold_len * 2 > block.len
                    || self.leads_to_links(number)
                {
                    self.fates[number] = Fate::Drop;
                }
            } else if running && self.fates[number] == Fate::Keep {
                let in_item = self.is_inside(number, Marks::default(), &[Tag::Item]);
                let elsewhere = (block.link_density() > 0.6 && block.len < 250)
                    || block.in_card
                    || (in_item && block.link_density() > 0.4);
                if elsewhere {
                    self.fates[number] = Fate::Drop;
                } else {
                    running = false;
                }
            }
        }
    }

    /// Lines that announce links which are gone: "More of our reports:".
    fn over_nothing(&mut self) {
        for number in self.kept() {
            let next = announces(self.block(number))
                .then(|| self.next_said(number))
                .flatten();
            if let Some(next) = next
                && self.fates[next] == Fate::Drop
                && self.block(next).link_density() > 0.6
            {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// The next block after the one at `number` that has words.
    fn next_said(&self, number: usize) -> Option<usize> {
        (number + 1..self.tally.blocks.len()).find(|&next| self.block(next).len > 0)
    }

    /// Whether the next words after the block at `number` are a link.
    fn leads_to_links(&self, number: usize) -> bool {
        self.next_said(number)
            .map(|next| self.block(next))
            .is_some_and(|block| block.link_density() > 0.6 || block.in_card)
    }

    /// A paragraph that was there before, word for word: pull quotes, twins for narrow screens.
    fn repeats(&mut self) {
        let mut seen: HashSet<String> = HashSet::new();
        for number in self.kept() {
            let block = self.block(number);
            if block.len >= 40 && !seen.insert(block.text.clone()) {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// Quotations lifted out of the text, whose words the text has too.
    fn pull_quotes(&mut self) {
        let kept = self.kept();
        let (quotes, others): (Vec<usize>, Vec<usize>) = kept.into_iter().partition(|&number| {
            let block = self.block(number);
            block.len < 400
                && !self.is_heading(number)
                && self.is_inside(number, Marks::PULL, &[Tag::Quote])
                && !self.is_inside(number, Marks::EMBED, &[])
        });
        if quotes.is_empty() || quotes.len() > 60 {
            return;
        }
        let mut pairs: HashSet<u64> = HashSet::new();
        for &number in &others {
            pairs.extend(word_pairs(&self.block(number).text));
        }
        for number in quotes {
            let own: Vec<u64> = word_pairs(&self.block(number).text).collect();
            let known = own.iter().filter(|pair| pairs.contains(pair)).count();
            let least = if self.is_inside(number, Marks::PULL, &[]) {
                3
            } else {
                7
            };
            if !own.is_empty() && known * 10 >= own.len() * least {
                self.fates[number] = Fate::Drop;
            }
        }
    }
}

/// A page that seems to offer its newsletter more often than this is about newsletters.
const MOST_OFFERS: usize = 3;

/// Whether a block is so short, and says such words, that it offers a newsletter.
fn offers_a_newsletter(block: &Block, text: &str) -> bool {
    block.len < 300 && is_newsletter(text)
}

/// Whether the words of a block, folded as `text`, say that it is no part of an article.
fn speaks_of_itself(block: &Block, text: &str) -> bool {
    (leads_elsewhere(text) && (block.link_density() > 0.3 || block.len < 150))
        || (is_service(text) && block.len < 250)
        || (block.len < 300 && speaks_for_the_site(text))
        || (is_note(text) && block.len < 120 && !block.ends_a_sentence())
        || (lists_tags(text) && block.len < 120 && !block.ends_a_sentence())
        || is_separator(&block.text)
        || is_byline(text)
        || is_contact(text)
        || is_reading_time(text)
        || is_date_line(text)
}
