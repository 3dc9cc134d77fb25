//! A text → its [`Line`]s by number; a title → what it is about, in 64 bits.

use crate::hash::Stable;
use crate::text::fold;

/// Shortest line, in letters, that says something wherever it stands.
const LONG: usize = 40;

/// Fewest letters of a word that tells what a title is about: shorter ones hold sentences together.
const WORD: usize = 4;

/// One line of a text.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The same for the same words, however they are spaced.
    pub number: u64,
    /// Its letters; one of Chinese, Japanese or Korean says as much as three others.
    pub len: usize,
}

impl Line {
    /// The line that says `text`, if it says anything.
    pub fn of(text: &str) -> Option<Line> {
        let mut hash = Stable::new();
        let mut len = 0;
        for word in text.split_whitespace() {
            hash.add(word.as_bytes());
            let letters = word.chars().map(|c| if is_dense(c) { 3 } else { 1 });
            len += letters.sum::<usize>();
        }
        (len > 0).then(|| Line {
            number: hash.value(),
            len,
        })
    }

    /// Whether it says something wherever it stands.
    pub fn is_long(&self) -> bool {
        self.len >= LONG
    }
}

/// Whether a letter is a word or half of one, and no blanks stand between words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// The lines of a body's text that say something, in order.
pub fn lines(text: &str) -> Vec<Line> {
    text.split('\n').filter_map(Line::of).collect()
}

/// `text` without the lines, counted as [`lines`] does, that are struck.
pub fn without(text: &str, mut is_struck: impl FnMut(&str) -> bool) -> String {
    let paragraphs = text.split("\n\n").filter_map(|paragraph| {
        let kept: Vec<&str> = paragraph
            .split('\n')
            .filter(|line| Line::of(line).is_some() && !is_struck(line))
            .collect();
        (!kept.is_empty()).then(|| kept.join("\n"))
    });
    paragraphs.collect::<Vec<String>>().join("\n\n")
}

/// A bit for each word of a title, so that two titles about one thing have one in common; all of them where there is no title.
/// That two titles of eight words share a bit by chance happens, that four do, hardly ever.
pub fn subject(title: Option<&str>) -> u64 {
    let Some(title) = title else {
        return u64::MAX;
    };
    let title = fold(title);
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= WORD && !word.contains(is_dense));
    let letters: Vec<char> = title.chars().collect();
    let pairs = letters
        .windows(2)
        .filter(|pair| pair.iter().all(|c| is_dense(*c)))
        .map(String::from_iter);
    let words = words.map(str::to_owned).chain(pairs);
    words.fold(0, |bits, word| bits | 1 << (bit(&word) % 64))
}

fn bit(word: &str) -> u64 {
    let mut hash = Stable::new();
    hash.add(word.as_bytes());
    // The lowest bits of this hash depend on few bits of the word.
    hash.value() >> 32
}
