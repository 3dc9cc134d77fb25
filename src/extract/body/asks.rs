//! The boxes behind an article's paragraphs → those that ask to pay, log in or subscribe go, with all that they say.

use std::collections::HashMap;

use super::Hints;
use super::labels::{Label, is_service, label, speaks_for_the_site};
use super::outline::Tag;
use super::prune::{Fate, Pruner};

/// The box of the paragraphs holds at least this part of the article, in tenths.
const LEAST_IN_THE_BOX: f32 = 5.0;

/// What stands behind a line that asks is at most one part of so many of what stands before.
const PARTS_BEFORE_ASKING: usize = 2;

/// The same for what stands behind other stories, or in a box that asks: it may be a second part of the article.
const PARTS_OF_AN_ARTICLE: usize = 6;

/// Shortest headline of another story, in letters.
const SHORTEST_HEADLINE: usize = 15;

/// Most blocks of a box among paragraphs that is looked into.
const MOST_BLOCKS_OF_A_BOX: usize = 30;

/// Longest text, in letters, of a box that asks for something.
const LONGEST_BOX: usize = 400;

/// Longest title of a box, in letters.
const LONGEST_TITLE: usize = 60;

impl Pruner<'_, '_, '_> {
    /// What follows a line that asks for something, behind the last of the article's own paragraphs.
    pub(super) fn what_asks(&mut self) {
        let Some((place, end)) = self.paragraphs() else {
            return;
        };
        self.boxes_that_ask(place);
        let behind = self.numbers.partition_point(|&number| number <= end);
        self.drop_behind(behind, PARTS_BEFORE_ASKING, Pruner::asks);
        self.drop_behind(behind, PARTS_OF_AN_ARTICLE, Pruner::leads_on);
    }

    /// Drops what stands behind the first block from `behind` on for which `is_last` holds, if the article is so many times as long.
    fn drop_behind(&mut self, behind: usize, parts: usize, is_last: fn(&Self, usize) -> bool) {
        let mut rest = self.numbers[behind..].iter();
        let Some(first) = rest.position(|&number| is_last(self, number)) else {
            return;
        };
        let len = |numbers: &[usize]| -> usize {
            let kept = numbers.iter().filter(|&&at| self.fates[at] == Fate::Keep);
            kept.map(|&at| self.block(at).len).sum()
        };
        let (before, after) = self.numbers.split_at(behind + first);
        if len(after) * parts < len(before) {
            for &number in after {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// Whether a line asks to pay, log in, subscribe or share.
    fn asks(&self, number: usize) -> bool {
        let text = self.folded[number].as_str();
        is_service(text) || speaks_for_the_site(text) || label(text) == Some(Label::Service)
    }

    /// Whether a line leads to other stories or stands over what does.
    fn leads_on(&self, number: usize) -> bool {
        let block = self.block(number);
        let is_story = block.len >= SHORTEST_HEADLINE && block.link_density() > 0.8;
        (self.fates[number] == Fate::Drop && is_story)
            || matches!(
                label(&self.folded[number]),
                Some(Label::Related | Label::Tags)
            )
    }

    /// Small boxes among the paragraphs in which a line asks for something: nothing else in them is the article.
    fn boxes_that_ask(&mut self, paragraphs: usize) {
        let asking: Vec<usize> = self
            .numbers
            .iter()
            .copied()
            .filter(|&at| self.fates[at] == Fate::Drop && !self.is_in_table(at) && self.asks(at))
            .collect();
        let all: usize = self.kept().iter().map(|&at| self.block(at).len).sum();
        for number in asking {
            let Some(place) = self.box_within(paragraphs, number) else {
                continue;
            };
            let range = self.tally.range(place);
            if range.len() > MOST_BLOCKS_OF_A_BOX {
                continue;
            }
            let kept: Vec<usize> = range.filter(|&at| self.fates[at] == Fate::Keep).collect();
            let len: usize = kept.iter().map(|&at| self.block(at).len).sum();
            if len <= LONGEST_BOX && len * PARTS_OF_AN_ARTICLE <= all {
                for at in kept {
                    self.fates[at] = Fate::Drop;
                }
            }
        }
    }

    fn is_in_table(&self, number: usize) -> bool {
        matches!(self.tag(number), Tag::TableCell | Tag::TableHead)
    }

    /// The outermost box around a block that does not hold the box of the paragraphs, if the block is not alone in it.
    fn box_within(&self, paragraphs: usize, number: usize) -> Option<usize> {
        let cells = &self.tally.outline.cells;
        let mut place = self.block(number).owner;
        let mut steps = 0;
        loop {
            let parent = cells[place].parent;
            let holds_them = (parent..cells[parent].end).contains(&paragraphs);
            if holds_them || parent == place {
                break;
            }
            place = parent;
            steps += 1;
            if steps > 30 {
                return None;
            }
        }
        (steps > 0).then_some(place)
    }

    /// Titles of boxes that hold nothing else but links which are gone.
    pub(super) fn titles_of_boxes(&mut self, hints: &Hints<'_>) {
        for number in self.kept() {
            let block = self.block(number);
            if block.len > 0
                && block.len < LONGEST_TITLE
                && !block.ends_a_sentence()
                && !self.is_in_table(number)
                && self.is_title_of_links(number, hints)
            {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    fn is_title_of_links(&self, number: usize, hints: &Hints<'_>) -> bool {
        let cells = &self.tally.outline.cells;
        let mut place = self.block(number).owner;
        for _ in 0..3 {
            place = cells[place].parent;
            if self
                .places
                .iter()
                .any(|&root| (place..cells[place].end).contains(&root))
                || self.tally.range(place).len() > MOST_BLOCKS_OF_A_BOX
            {
                return false;
            }
            let (mut links, mut others) = (0, 0);
            for at in self
                .tally
                .range(place)
                .filter(|&at| at != number && self.block(at).len > 0)
            {
                let block = self.block(at);
                let is_gone = self.fates[at] == Fate::Drop;
                let is_story = is_gone
                    && block.link_density() > 0.6
                    && block.len >= SHORTEST_HEADLINE
                    && !self.leads_to_source(at, hints);
                links += usize::from(is_story);
                others += usize::from(
                    !is_gone && (block.len >= LONGEST_TITLE || block.ends_a_sentence()),
                );
            }
            if others > 0 {
                return false;
            }
            if links > 0 {
                return true;
            }
        }
        false
    }

    /// The box that holds most of the article's paragraphs, and the last block in it.
    fn paragraphs(&self) -> Option<(usize, usize)> {
        let mut boxes: HashMap<usize, (f32, usize)> = HashMap::new();
        let mut all = 0.0;
        for &number in &self.numbers {
            let worth = self.tally.prose(number);
            if self.fates[number] == Fate::Keep && worth > 0.0 {
                let parent = self.tally.outline.cells[self.block(number).owner].parent;
                let (sum, last) = boxes.entry(parent).or_default();
                *sum += worth;
                *last = number;
                all += worth;
            }
        }
        let (place, (sum, last)) = boxes.into_iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        (sum * 10.0 > all * LEAST_IN_THE_BOX).then_some((place, last))
    }
}
