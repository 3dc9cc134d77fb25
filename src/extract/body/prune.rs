//! The blocks of the element that holds the article → the [`Fate`] of each: which are the article and which only stand in it.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::Hints;
use super::blocks::{Block, share};
use super::choose::Tally;
use super::labels::{
    Label, begins_related, is_note, is_service, label, leads_elsewhere, speaks_for_the_site,
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

/// A number for each two words that follow each other, whatever marks stand around them.
fn word_pairs(text: &str) -> impl Iterator<Item = u64> + use<> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let hashes: Vec<u64> = words
        .windows(2)
        .map(|pair| {
            let mut hasher = DefaultHasher::new();
            pair[0].to_lowercase().hash(&mut hasher);
            pair[1].to_lowercase().hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    hashes.into_iter()
}

/// Whether one text is the other, perhaps with a site's name around it.
fn is_alike(text: &str, title: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    text == title
        || (text.chars().count() > 15 && title.starts_with(text))
        || (title.chars().count() > 15 && text.starts_with(title) && text.len() < title.len() + 40)
}

/// Whether a heading is the title with something before or after it.
fn holds_title(text: &str, title: &str) -> bool {
    title.chars().count() > 20 && text.contains(title) && text.len() < title.len() + 80
}

/// Whether a heading has most words of the title: with another kicker, or shortened for a search engine.
fn says_most_of(text: &str, title: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_owned)
            .collect()
    };
    let (heading, title) = (words(text), words(title));
    let both = heading.intersection(&title).count();
    both >= 2 && both * 2 > heading.len().min(title.len())
}

/// Whether a line is a short word, a colon and a link: "PUEDES VER: …".
fn is_labelled_link(block: &Block) -> bool {
    let bare = block.len - block.link_len;
    block.links == 1
        && bare > 0
        && bare <= 30
        && block.link_len >= 15
        && !block.ends_a_sentence()
        && block
            .text
            .find([':', '：', '>', '»', '|'])
            .is_some_and(|at| {
                let label = super::blocks::weight(&block.text[..at]);
                label > 0 && label < bare + 2 && label + 3 >= bare
            })
}

/// Whether a line holds no word; a rule drawn with characters is one that the author set.
fn is_separator(text: &str) -> bool {
    text.chars().count() <= 40
        && !text.chars().any(char::is_alphanumeric)
        && !(text.len() >= 3 && text.chars().all(|c| matches!(c, '_' | '*' | '~' | ' ')))
}

fn is_byline(text: &str) -> bool {
    let words = text.split(' ').count();
    words <= 8
        && !text.ends_with(['.', '!', '?', ':'])
        && [
            "by ",
            "von ",
            "por ",
            "par ",
            "di ",
            "written by ",
            "text: ",
            "author: ",
            "autor: ",
            "автор: ",
            "de: ",
        ]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Whether a line is a mail address or a name on a network and nothing else.
fn is_contact(text: &str) -> bool {
    !text.contains(' ') && text.contains('@') && text.len() < 80
}

/// Whether a line is a name and nothing else: two to four words, each with a capital.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '/']).collect();
    (2..=4).contains(&words.len())
        && text.chars().count() < 45
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '!' | '?'))
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Whether a line is a date and nothing else: digits, and few letters beside them.
fn is_date_line(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 4
        && text.chars().count() <= 45
        && letters <= 22
        && has_year(text)
        && (text.contains([':', '/', '.', ',', '|', '年', '-']) || letters <= 14)
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
}
