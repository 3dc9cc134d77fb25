//! The last lines of an article and its text as JSON-LD tells it → those lines that stand below its end go.

use std::collections::HashSet;

use super::Hints;
use super::blocks::weight;
use super::lines::word_pairs;
use super::names::Marks;
use super::outline::Tag;
use super::prune::{Fate, Pruner};
use crate::text::squeeze;

/// A told text is believed to end the article where it is so long, in hundredths of what stands before that end.
const ABOUT_AS_LONG: std::ops::RangeInclusive<usize> = 85..=120;

/// What stands below the told end is at most this part of the article, in hundredths.
const MOST_BEYOND: usize = 15;

/// So many last letters of a line are looked for in the told text before its words are compared.
const LAST_CHARS: usize = 24;

impl Pruner<'_, '_, '_> {
    /// What stands below the last line that the told text has.
    pub(super) fn beyond_what_is_told(&mut self, hints: &Hints<'_>) {
        let Some(told) = hints.article_body.filter(|told| !is_cut_off(told)) else {
            return;
        };
        let mut kept = self.kept();
        kept.retain(|&number| self.block(number).len > 0);
        let Some(&last) = kept.last() else {
            return;
        };
        let told = squeeze(told);
        if told.contains(end_of(&self.block(last).text)) {
            return;
        }
        let pairs: HashSet<u64> = word_pairs(&told).collect();
        let stays = |&number: &usize| self.is_told_by(number, &pairs) || self.is_never_told(number);
        let end = kept.iter().rposition(stays).map_or(0, |at| at + 1);
        let len = |numbers: &[usize]| -> usize {
            numbers.iter().map(|&number| self.block(number).len).sum()
        };
        let (within, beyond) = (len(&kept[..end]), len(&kept[end..]));
        let is_whole = ABOUT_AS_LONG.contains(&(weight(&told) * 100 / within.max(1)));
        if is_whole && beyond * 100 <= within * MOST_BEYOND {
            for &number in &kept[end..] {
                self.fates[number] = Fate::Drop;
            }
        }
    }

    /// Whether most of a block's words are told.
    fn is_told_by(&self, number: usize, pairs: &HashSet<u64>) -> bool {
        let own: Vec<u64> = word_pairs(&self.block(number).text).collect();
        let known = own.iter().filter(|pair| pairs.contains(pair)).count();
        !own.is_empty() && known * 2 >= own.len()
    }

    /// Whether a block is of the kinds that are often left out where a text is told without its markup.
    fn is_never_told(&self, number: usize) -> bool {
        let kinds = [
            Tag::Table,
            Tag::Pre,
            Tag::List,
            Tag::DefinitionList,
            Tag::Quote,
        ];
        self.is_inside(number, Marks::EMBED, &kinds)
    }
}

fn is_cut_off(told: &str) -> bool {
    let told = told.trim_end();
    told.ends_with("...") || told.ends_with('…')
}

fn end_of(text: &str) -> &str {
    let first = text.char_indices().rev().nth(LAST_CHARS - 1);
    &text[first.map_or(0, |(at, _)| at)..]
}
