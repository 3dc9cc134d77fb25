//! Three numbers with their marks → whether what stands around them says that they count something other than days.
//!
//! "Version 3.9.24" has the shape of a day. Numbers alone do not tell; the word in front of them does, and the sign or
//! word behind. A year in four digits is believed in spite of such a word ("Version 03.09.2024" is a document's), unless it
//! stands first, with points, and the rest without zeros: so programs number their versions by the year.

use std::ops::Range;

use super::day::Line;
use super::lexicon::Meaning;
use super::order::Written;
use super::terms::Term;

/// Area codes begin with a zero and have three digits or more; days and months have two.
const SHORTEST_AREA_CODE: usize = 3;

/// "v" and "no" are "version" and "number" to most, and "in" to these.
const SAY_V_OR_NO: [&str; 6] = ["cs", "sk", "sl", "pt", "gl", "lv"];

impl Line<'_> {
    /// Whether the `numbers` between `mark`s, which are the terms of `place`, are no day by what stands around them.
    pub(super) fn count_something_else(
        &self,
        numbers: [Written; 3],
        mark: char,
        place: Range<usize>,
    ) -> bool {
        let [first, second, third] = numbers;
        let is_year_first = first.width == 4;
        if is_year_first {
            let is_short = second.width == 1 || third.width == 1;
            return mark == '.' && is_short && self.is_behind(place.start, Meaning::Version);
        }
        if third.width == 4 {
            return false;
        }
        let is_version = mark == '.'
            && (self.is_behind(place.start, Meaning::Version) || self.is_staged(place.end));
        is_version
            || self.is_behind(place.start, Meaning::Reference)
            || self.is_behind_area_code(place.start)
            || self.is_amount(place.end)
    }

    /// Whether a word that means this stands right before the term at `at`, perhaps with "." or ":" behind it.
    fn is_behind(&self, at: usize, meaning: Meaning) -> bool {
        let mut before = self.backwards(at).peekable();
        let mut has_mark = false;
        while let Some(mark) =
            before.next_if(|term| ['.', ':', '#', '°'].iter().any(|mark| term.is(*mark)))
        {
            if mark.is('°') {
                return meaning == Meaning::Reference;
            }
            has_mark = true;
        }
        before.next().is_some_and(|term| {
            let is_in = !has_mark && term.may(Meaning::Link) && self.is_short_word_in();
            term.may(meaning) && !is_in || term.is('§') && meaning == Meaning::Reference
        })
    }

    /// Whether the page's language says "in" with one of the short words, which it writes without a point.
    fn is_short_word_in(&self) -> bool {
        let tag = self.setting.language.unwrap_or_default();
        SAY_V_OR_NO.contains(&tag.split(['-', '_']).next().unwrap_or_default())
    }

    /// "3.9.24 beta", "3.9.24-rc1".
    fn is_staged(&self, after: usize) -> bool {
        let is_hyphen = self.term(after).is_some_and(|term| term.is('-'));
        self.term(after + usize::from(is_hyphen))
            .is_some_and(|term| term.may(Meaning::Stage))
    }

    /// "(030) 12-10-24"
    fn is_behind_area_code(&self, at: usize) -> bool {
        self.backwards(at)
            .find(|term| !['(', ')', '/', '-'].iter().any(|mark| term.is(*mark)))
            .and_then(|term| Some((term.width(), term.number(term.width())?)))
            .is_some_and(|(width, value)| {
                width >= SHORTEST_AREA_CODE && value.to_string().len() < width
            })
    }

    /// A price, a share or a degree.
    fn is_amount(&self, after: usize) -> bool {
        self.term(after).is_some_and(|term| {
            ['%', '€', '$', '£', '¥', '°']
                .iter()
                .any(|mark| term.is(*mark))
        })
    }

    /// The terms before `at`, the nearest first, as far as they belong to nothing else.
    fn backwards(&self, at: usize) -> impl Iterator<Item = &Term> {
        (0..at).rev().map_while(|at| self.term(at))
    }
}
