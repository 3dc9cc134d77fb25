//! A title and a summary → the words by which their article is told from other texts of its page.

use std::collections::HashSet;

use super::Hints;
use super::blocks::Block;

/// Shortest word, in characters, that says what a text is about.
const LEAST_CHARS: usize = 4;

/// The words of an article's title and summary.
pub struct Subject(HashSet<String>);

impl Subject {
    /// What `hints` say that the article is about.
    pub fn new(hints: &Hints<'_>) -> Subject {
        let told = [hints.title, hints.summary];
        Subject(told.into_iter().flatten().flat_map(words).collect())
    }

    /// How many of the words `blocks` have.
    pub fn found_in(&self, blocks: &[Block]) -> usize {
        let mut found: HashSet<&str> = HashSet::new();
        for word in blocks.iter().flat_map(|block| words(&block.text)) {
            if let Some(known) = self.0.get(&word) {
                found.insert(known);
            }
        }
        found.len()
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= LEAST_CHARS)
        .map(str::to_lowercase)
}
