//! The blocks of the element that holds the article → the [`Fate`] of each: which are the article and which only stand in it.

use std::collections::HashSet;
use std::ops::Range;

use super::Hints;
use super::blocks::{Block, share};
use super::choose::Tally;
use super::labels::{
    Label, begins_related, is_author_label, is_note, is_service, label, leads_elsewhere,
    speaks_for_the_site,
};
use super::lines::{
    holds_title, is_alike, is_byline, is_contact, is_date_line, is_labelled_link, is_name,
    is_reading_time, is_separator, says_most_of, word_pairs,
};
use super::names::Marks;
use super::outline::Tag;
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
    if strict {
        pruner.link_lists();
    }
    pruner.lines(hints);
    pruner.related_runs();
    pruner.start(hints);
    pruner.names_first();
    if let [lead, container] = places
        && tally.outline.cells[*lead].marks.has(Marks::LEAD)
    {
        pruner.repeated_lead(&tally.range(*lead), &tally.range(*container));
    }
    pruner.life_of_author();
    pruner.repeats();
    pruner.pull_quotes();
    pruner.end();
    pruner.lone_headings();
    pruner.fates
}

struct Pruner<'t, 'a, 'b> {
    /// Lines that are only links go.
    strict: bool,
    tally: &'t Tally<'a, 'b>,
    fates: Vec<Fate>,
    folded: Vec<String>,
    numbers: Vec<usize>,
    places: &'t [usize],
}

impl Pruner<'_, '_, '_> {
    fn block(&self, number: usize) -> &Block {
        &self.tally.blocks[number]
    }

    fn tag(&self, number: usize) -> Tag {
        self.tally.outline.cells[self.block(number).owner].tag
    }

    fn is_heading(&self, number: usize) -> bool {
        matches!(self.tag(number), Tag::Heading(_))
    }

    fn kept(&self) -> Vec<usize> {
        self.numbers
            .iter()
            .copied()
            .filter(|&number| self.fates[number] == Fate::Keep)
            .collect()
    }

    /// Whether an element around the block, inside the container, has one of `marks` or is a `tag`.
    fn is_inside(&self, number: usize, marks: Marks, tags: &[Tag]) -> bool {
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

    fn captions(&mut self) {
        for number in self.kept() {
            if self.is_inside(number, Marks::CAPTION, &[Tag::Caption, Tag::Figure])
                && !self.is_inside(
                    number,
                    Marks::default(),
                    &[Tag::Quote, Tag::Table, Tag::Pre],
                )
                && self.block(number).len > 0
            {
                self.fates[number] = Fate::Caption;
            }
        }
    }

    /// Lists and boxes that are mostly links to elsewhere.
    fn link_lists(&mut self) {
        for &place in self.places {
            self.link_lists_in(place);
        }
    }

    fn link_lists_in(&mut self, container: usize) {
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
            if links >= 2
                && density > 0.66
                && links * 3 >= lines * 2
                && !cell.marks.has(Marks::EMBED)
            {
                for number in range {
                    self.fates[number] = Fate::Drop;
                }
                place = cell.end;
            } else {
                place += 1;
            }
        }
    }

    fn lines(&mut self, hints: &Hints<'_>) {
        let authors: HashSet<String> = hints.authors.iter().map(|name| fold(name)).collect();
        for number in self.kept() {
            let block = self.block(number);
            if block.len == 0 {
                continue;
            }
            let text = self.folded[number].as_str();
            let embedded = self.is_inside(number, Marks::EMBED, &[]);
            if embedded {
                continue;
            }
            let density = block.link_density();
            let heading = self.is_heading(number);
            let in_item = matches!(
                self.tag(number),
                Tag::Item | Tag::TableCell | Tag::TableHead
            );
            let gone = block.chrome_len * 10 >= block.len * 6
                || label(text).is_some_and(|label| label != Label::Service || !heading)
                || (leads_elsewhere(text) && (density > 0.3 || block.len < 150))
                || (is_service(text) && block.len < 250)
                || (block.len < 300 && speaks_for_the_site(text))
                || (is_note(text) && block.len < 120 && !block.ends_a_sentence())
                || is_separator(&block.text)
                || authors.contains(text)
                || is_byline(text)
                || is_contact(text)
                || is_reading_time(text)
                || is_date_line(text)
                || is_labelled_link(block)
                || (block.in_card && density > 0.9)
                || (self.strict
                    && density > 0.9
                    && !heading
                    && !in_item
                    && !block.ends_a_sentence());
            if gone {
                self.fates[number] = Fate::Drop;
            }
        }
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

    /// Whether the next words after the block at `number` are a link.
    fn leads_to_links(&self, number: usize) -> bool {
        self.tally.blocks[number + 1..]
            .iter()
            .find(|block| block.len > 0)
            .is_some_and(|block| block.link_density() > 0.6 || block.in_card)
    }

    /// The title and what stands over it.
    fn start(&mut self, hints: &Hints<'_>) {
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
    fn names_first(&mut self) {
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

    /// A standfirst that the first paragraphs say again.
    fn repeated_lead(&mut self, lead: &Range<usize>, container: &Range<usize>) {
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

    /// Quotations lifted out of the text, whose words the text has too.
    fn pull_quotes(&mut self) {
        let kept = self.kept();
        let (quotes, others): (Vec<usize>, Vec<usize>) = kept.into_iter().partition(|&number| {
            let block = self.block(number);
            block.len < 400
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

    /// The life of the author, where it closes the page.
    fn life_of_author(&mut self) {
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

    /// What stands below the last sentence.
    fn end(&mut self) {
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
            if !in_item && !block.text.contains(char::is_alphabetic) {
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
    fn lone_headings(&mut self) {
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
