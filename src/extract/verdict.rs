//! The testimonies about a field, judged → its value, with whose words it is and why these were believed.

use super::witness::Testimony;

/// Whose words were believed for a field, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The numbers of the testimonies that were believed; none where nobody gave the value in words, as a language that the text
    /// itself tells.
    pub by: Vec<usize>,
    /// The reason in a few words; empty where there was nothing to decide.
    pub why: &'static str,
}

/// What was decided for a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided<T> {
    /// The value.
    pub value: T,
    /// By whom, and why.
    pub verdict: Verdict,
}

/// The reason that stands before all others.
pub const CONFIGURED: &str = "the configuration says where to look";

impl<T> Decided<T> {
    /// A value with the reason, in nobody's words yet.
    pub fn new(value: T, why: &'static str) -> Decided<T> {
        let verdict = Verdict {
            by: Vec::new(),
            why,
        };
        Decided { value, verdict }
    }

    /// The same in the words of the testimonies with these numbers.
    pub fn by(mut self, numbers: impl IntoIterator<Item = usize>) -> Decided<T> {
        for number in numbers {
            if !self.verdict.by.contains(&number) {
                self.verdict.by.push(number);
            }
        }
        self
    }

    /// The same in the words of these testimonies.
    pub fn told_by<'a>(self, told: impl IntoIterator<Item = &'a Testimony>) -> Decided<T> {
        self.by(told.into_iter().map(|told| told.number))
    }

    /// Another value that the same words give.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Decided<U> {
        Decided {
            value: change(self.value),
            verdict: self.verdict,
        }
    }
}
