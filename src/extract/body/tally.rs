//! The blocks of a page → how much text and how many links any element holds, each answer one subtraction.

use std::rc::Rc;

use super::blocks::Block;
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

    /// How much of the block of this number is the text of paragraphs.
    pub fn prose(&self, number: usize) -> f32 {
        self.sums[number + 1].prose - self.sums[number].prose
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

/// Whether a text ends as a teaser does: in the middle.
fn is_cut_off(text: &str) -> bool {
    ["...", "…", "[...]", "[…]", "(...)"]
        .iter()
        .any(|end| text.ends_with(end))
}
