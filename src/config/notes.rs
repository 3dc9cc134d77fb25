//! What is gathered while a file is read: its mistakes, and what is never to be shown of it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::mistakes::{Lines, Mistake};
use super::secrets::Surroundings;
use super::values::Wrong;

/// Most mistakes that are gathered: twenty times what is shown. A file of another kind, read by mistake, is all mistakes.
const MISTAKES: usize = 1000;

/// What is gathered while a file is read.
pub(super) struct Notes<'a> {
    /// The file.
    pub text: &'a str,
    /// Its lines.
    pub lines: Lines,
    /// What the file may point at.
    pub around: &'a Surroundings<'a>,
    /// What is wrong, by place.
    pub mistakes: RefCell<BTreeSet<Mistake>>,
    /// What is never to be shown.
    pub hidden: RefCell<Vec<Range<usize>>>,
}

impl Notes<'_> {
    /// Notes a mistake.
    pub fn wrong(&self, span: Range<usize>, sentence: impl Into<String>, help: impl Into<String>) {
        self.note(Mistake::new(span, sentence, help));
    }

    /// Notes something missing.
    pub fn missing(
        &self,
        span: Range<usize>,
        sentence: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.note(Mistake::missing(span, sentence, help));
    }

    /// Notes something missing from the file as a whole.
    pub fn missing_from_file(&self, sentence: impl Into<String>, help: impl Into<String>) {
        self.note(Mistake {
            missing: true,
            ..Mistake::whole(sentence, help)
        });
    }

    fn note(&self, mistake: Mistake) {
        if !self.is_full() {
            self.mistakes.borrow_mut().insert(mistake);
        }
    }

    /// Whether there are so many mistakes that no more need be looked for.
    pub fn is_full(&self) -> bool {
        self.mistakes.borrow().len() >= MISTAKES
    }

    /// Keeps what stands at `span` out of every message.
    pub fn hide(&self, span: Range<usize>) {
        self.hidden.borrow_mut().push(span);
    }

    /// The line that `at` stands in.
    pub fn line(&self, at: usize) -> usize {
        self.lines.number(at)
    }

    /// Notes what is wrong with the text at `span`, whose value is `value`.
    pub fn wrong_text(&self, span: Range<usize>, value: &str, wrong: Wrong) {
        if wrong.secret {
            self.hide(span.clone());
        }
        let span = wrong
            .within
            .and_then(|within| inside(self.text, &span, value, within))
            .unwrap_or(span);
        self.wrong(span, wrong.sentence, wrong.help);
    }
}

/// Where the part `within` of a value stands in the file, if the value is spelled there without escapes.
fn inside(
    text: &str,
    span: &Range<usize>,
    value: &str,
    within: Range<usize>,
) -> Option<Range<usize>> {
    let start = span.start + text.get(span.clone())?.find(value)?;
    // A caret needs something to stand under, also where the mistake is the end of the value.
    let to = start + within.end.max(within.start + 1);
    Some(start + within.start..to)
}
