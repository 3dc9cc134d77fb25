//! The first and the last lines of an article → those that go: the title again, names, the life of the author, what stands
//! below the last sentence.

use std::collections::HashSet;
use std::ops::Range;

use super::Hints;
use super::blocks::Block;
use super::labels::{is_author_label, is_comments_label};
use super::lines::{
    gives_mail_of, holds_title, is_alike, is_name, is_signature, is_stamp, says_most_of, word_pairs,
};
use super::names::Marks;
use super::outline::Tag;
use super::prune::{Fate, Pruner};
use crate::text::fold;

/// Below the heading of comments stand rules, a button and a name before the first date.
const LINES_BEFORE_A_DATE: usize = 6;

/// Fewest letters of an article above its comments: a link to them stands above the text, beside the date.
const LEAST_BEFORE_COMMENTS: usize = 200;

/// One in so many of an article's paragraphs may be the lives of its authors.
const LEAST_BEFORE_LIVES: usize = 4;

/// Longest line, in letters, that only announces what is no part of the article.
const LONGEST_ANNOUNCEMENT: usize = 35;

/// Whether a line announces something: "This was heard in:".
pub(super) fn announces(block: &Block) -> bool {
    block.len < LONGEST_ANNOUNCEMENT && block.text.ends_with([':', '\u{ff1a}'])
}

impl Pruner<'_, '_, '_> {
    /// The title and what stands over it.
    pub(super) fn start(&mut self, hints: &Hints<'_>) {
        let Some(title) = hints.title.map(fold).filter(|title| !title.is_empty()) else {
            return;
        };
        let kept = self.kept();
        let heads = kept
            .iter()
            .filter(|&&number| self.tag(number) == Tag::Heading(1));
        // Several headings of the first rank are subheads.
        let lone_head = heads.count() == 1;
        let mut before = 0;
        for (at, &number) in kept.iter().enumerate() {
            let text = self.folded[number].as_str();
            let heading = self.is_heading(number);
            let is_title = is_alike(text, &title)
                || (heading && holds_title(text, &title))
                || (before < 40 && heading && says_most_of(text, &title))
                || (before < 150 && lone_head && self.tag(number) == Tag::Heading(1));
            if is_title {
                for &number in &kept[..at] {
                    let block = self.block(number);
                    if block.len < 100 || !block.ends_a_sentence() {
                        self.fates[number] = Fate::Drop;
                    }
                }
                self.fates[number] = Fate::Drop;
                return;
            }
            before += self.block(number).len;
            if before > 600 {
                return;
            }
        }
    }

    /// Names and headlines that stand over the first paragraph.
    pub(super) fn names_first(&mut self) {
        for number in self.kept() {
            let block = self.block(number);
            if block.len == 0 {
                continue;
            }
            if block.len > 80 || block.ends_a_sentence() {
                return;
            }
            let title = self.is_inside(number, Marks::TITLE, &[]);
            if title || (!self.is_heading(number) && is_name(&block.text)) {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// A standfirst that the first paragraphs say again.
    pub(super) fn repeated_lead(&mut self, lead: &Range<usize>, container: &Range<usize>) {
        let first: HashSet<u64> = container
            .clone()
            .filter(|&number| self.fates[number] == Fate::Keep && self.block(number).len > 40)
            .take(4)
            .flat_map(|number| word_pairs(&self.block(number).text))
            .collect();
        for number in lead.clone() {
            let own: Vec<u64> = word_pairs(&self.block(number).text).collect();
            let known = own.iter().filter(|pair| first.contains(pair)).count();
            if known * 2 > own.len() {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// The life of the author, where it closes the page.
    pub(super) fn life_of_author(&mut self) {
        let label = self
            .numbers
            .iter()
            .rposition(|&number| is_author_label(&self.folded[number]));
        let Some(label) = label else {
            return;
        };
        let kept = |numbers: &[usize]| -> usize {
            let kept = numbers.iter().filter(|&&at| self.fates[at] == Fate::Keep);
            kept.map(|&at| self.block(at).len).sum()
        };
        let (before, after) = (kept(&self.numbers[..label]), kept(&self.numbers[label..]));
        if after < 900 && after * 3 < before {
            for &number in &self.numbers[label..] {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// Closing paragraphs that begin with the name of who signed: "Mira Holt is a reporter in …".
    pub(super) fn lives_at_the_end(&mut self, hints: &Hints<'_>) {
        let names: Vec<String> = hints.authors.iter().map(|name| fold(name)).collect();
        let mut kept = self.kept();
        kept.retain(|&number| self.block(number).len > 0);
        let mut last = kept.len();
        let begins_with_name = |text: &str| {
            let start = fold(text);
            let start = start.trim_start_matches(|c: char| !c.is_alphanumeric());
            names
                .iter()
                .any(|name| name.contains(' ') && start.starts_with(name.as_str()))
        };
        while last > 0 && begins_with_name(&self.block(kept[last - 1]).text) {
            last -= 1;
        }
        // Who writes about a namesake says more than that.
        if last * LEAST_BEFORE_LIVES > kept.len() * (LEAST_BEFORE_LIVES - 1) {
            for &number in &kept[last..] {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// What readers say, below its heading: lines with a date follow it.
    pub(super) fn comments(&mut self) {
        // Dates and labels may be dropped already for what they are.
        let mut lines = self.numbers.clone();
        lines.retain(|&number| self.block(number).len > 0);
        let mut before = 0;
        let first = lines.iter().position(|&at| {
            let keeps = self.fates[at] == Fate::Keep;
            before += if keeps { self.block(at).len } else { 0 };
            before >= LEAST_BEFORE_COMMENTS
        });
        let label = (first.unwrap_or(lines.len())..lines.len()).find(|&at| {
            let next = &lines[at + 1..lines.len().min(at + 1 + LINES_BEFORE_A_DATE)];
            is_comments_label(&self.folded[lines[at]])
                && next
                    .iter()
                    .any(|&number| is_stamp(&self.block(number).text))
        });
        let Some(label) = label else {
            return;
        };
        // A link to comments and a date stand over many an article; each comment has a date of its own.
        let kept = |numbers: &[usize]| -> usize {
            let kept = numbers.iter().filter(|&&at| self.fates[at] == Fate::Keep);
            kept.map(|&at| self.block(at).len).sum()
        };
        let stamps = lines[label..].iter();
        let stamps = stamps.filter(|&&at| is_stamp(&self.block(at).text)).count();
        if stamps > 1 || kept(&lines[label..]) < kept(&lines[..label]) {
            for &number in &lines[label..] {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// What stands below the last sentence.
    pub(super) fn end(&mut self, hints: &Hints<'_>) {
        let host = hints.base.host_str().unwrap_or_default();
        for number in self.kept().into_iter().rev() {
            let block = self.block(number);
            if block.len == 0 {
                continue;
            }
            let in_item = self.is_inside(
                number,
                Marks::default(),
                &[Tag::Item, Tag::Table, Tag::Quote],
            );
            if !in_item && !block.text.contains(char::is_alphabetic)
                || gives_mail_of(&block.text, host)
                || (!in_item && (announces(block) || is_signature(&block.text)))
            {
                self.fates[number] = Fate::Drop;
                continue;
            }
            if block.ends_a_sentence() || block.len > 80 || in_item {
                return;
            }
            if block.link_density() > 0.5 || self.is_heading(number) {
                self.fates[number] = Fate::Drop;
            } else {
                return;
            }
        }
    }

    /// Headings over nothing.
    pub(super) fn lone_headings(&mut self) {
        let kept = self.kept();
        let mut followed = false;
        for &number in kept.iter().rev() {
            if self.block(number).len == 0 {
                continue;
            }
            if self.is_heading(number) {
                if !followed {
                    self.fates[number] = Fate::Drop;
                }
            } else {
                followed = true;
            }
        }
    }
}
