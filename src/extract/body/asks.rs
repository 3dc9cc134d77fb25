//! The boxes behind an article's paragraphs → those that ask to pay, log in or subscribe go, with all that they say.

use std::collections::HashMap;

use super::labels::{Label, is_service, label, speaks_for_the_site};
use super::prune::{Fate, Pruner};

/// The box of the paragraphs holds at least this part of the article, in tenths.
const LEAST_IN_THE_BOX: f32 = 5.0;

/// What stands behind a line that asks is at most one part of so many of what stands before.
const PARTS_BEFORE_ASKING: usize = 2;

/// The same for what stands behind other stories: there it may be a second part of the article.
const PARTS_BEFORE_STORIES: usize = 6;

/// Shortest headline of another story, in letters.
const SHORTEST_HEADLINE: usize = 15;

impl Pruner<'_, '_, '_> {
    /// What follows a line that asks for something, behind the last of the article's own paragraphs.
    pub(super) fn what_asks(&mut self) {
        let Some(end) = self.last_paragraph() else {
            return;
        };
        let behind = self.numbers.partition_point(|&number| number <= end);
        self.drop_behind(behind, PARTS_BEFORE_ASKING, Pruner::asks);
        self.drop_behind(behind, PARTS_BEFORE_STORIES, Pruner::leads_on);
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

    /// The last block in the box that holds most of the article's paragraphs.
    fn last_paragraph(&self) -> Option<usize> {
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
        let (sum, last) = boxes.into_values().max_by(|a, b| a.0.total_cmp(&b.0))?;
        (sum * 10.0 > all * LEAST_IN_THE_BOX).then_some(last)
    }
}
