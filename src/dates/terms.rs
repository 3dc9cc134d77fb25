//! A text → its terms: numbers, marks, words and phrases with what they mean in a date.

use std::ops::Range;

use super::lexicon::{LEXICON, Lexicon, Meaning};
use super::tokens::{Kind, Token, tokens};

/// A token, or several that are one phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub what: What,
    /// Where it stands in the text.
    pub bytes: Range<usize>,
    /// Whether white space stands before it.
    pub gap: bool,
}

/// What a term is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A number, and how many digits it was written with.
    Number { value: u32, width: usize },
    /// A word or phrase of the tables, with all it may mean.
    Known(Vec<Meaning>),
    /// Another word.
    Unknown,
    /// A mark.
    Mark(char),
}

impl Term {
    /// Whether it may mean this.
    pub fn may(&self, meaning: Meaning) -> bool {
        self.any(|m| m == meaning)
    }

    /// Whether one of its meanings is such.
    pub fn any(&self, is: impl Fn(Meaning) -> bool) -> bool {
        self.find(|m| is(m).then_some(())).is_some()
    }

    /// The first of its meanings that `take` takes.
    pub fn find<T>(&self, take: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        match &self.what {
            What::Known(meanings) => meanings.iter().find_map(|m| take(*m)),
            _ => None,
        }
    }

    /// Its value, if it is a number of at most `width` digits.
    pub fn number(&self, width: usize) -> Option<u32> {
        match self.what {
            What::Number {
                value,
                width: digits,
            } if digits <= width => Some(value),
            _ => None,
        }
    }

    /// How many digits it was written with.
    pub fn width(&self) -> usize {
        match self.what {
            What::Number { width, .. } => width,
            _ => 0,
        }
    }

    /// Whether it is this mark.
    pub fn is(&self, mark: char) -> bool {
        self.what == What::Mark(mark)
    }

    /// Whether it is any mark.
    pub fn is_mark(&self) -> bool {
        matches!(self.what, What::Mark(_))
    }
}

/// Takes `text` apart for a page in `language`.
pub(super) fn terms(text: &str, language: Option<u8>) -> Vec<Term> {
    let tokens = split_runs(tokens(text));
    let mut terms = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (what, used) = match &token.kind {
            Kind::Number { value, width } => (
                What::Number {
                    value: *value,
                    width: *width,
                },
                1,
            ),
            Kind::Mark(mark) => (What::Mark(*mark), 1),
            Kind::Word(word) => {
                let (what, used) = phrase(&tokens, at, language);
                match roman(word, text.get(token.bytes.clone()).unwrap_or_default()) {
                    Some(month) if used == 1 => (also(what, Meaning::Roman(month)), used),
                    _ => (what, used),
                }
            }
        };
        let end = tokens
            .get(at + used - 1)
            .map_or(token.bytes.end, |last| last.bytes.end);
        terms.push(Term {
            what,
            bytes: token.bytes.start..end,
            gap: token.gap,
        });
        at += used;
    }
    terms
}

/// The months as Romans would number them, which half of Europe does.
const ROMAN: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

/// The month that `word` numbers, where it was `written` in capitals: "v" and "x" are words of their own.
fn roman(word: &str, written: &str) -> Option<u8> {
    if written.chars().any(char::is_lowercase) {
        return None;
    }
    (1..)
        .zip(ROMAN)
        .find_map(|(month, numeral)| (numeral == word).then_some(month))
}

/// What it is, and that it may mean this as well.
fn also(what: What, meaning: Meaning) -> What {
    match what {
        What::Known(mut meanings) => {
            meanings.push(meaning);
            What::Known(meanings)
        }
        _ => What::Known(vec![meaning]),
    }
}

/// The longest phrase of the tables that begins at `at`, and how many tokens it takes.
fn phrase(tokens: &[Token], at: usize, language: Option<u8>) -> (What, usize) {
    let mut key = String::new();
    let mut words = 0;
    let mut best = (What::Unknown, 1);
    let mut marks = 0;
    for (used, token) in tokens.iter().skip(at).enumerate() {
        match &token.kind {
            Kind::Word(word) if words < LEXICON.most_words => {
                if words > 0 {
                    key.push(' ');
                }
                key.push_str(word);
                words += 1;
                marks = 0;
                if let Some(meanings) = LEXICON.look(&key, language) {
                    best = (What::Known(meanings), used + 1);
                }
            }
            Kind::Mark('.' | '\'' | '-' | '"') if marks == 0 => marks += 1,
            _ => break,
        }
    }
    best
}

/// Words that languages write without a blank behind another: Marathi's "ago".
const GLUED: &[&str] = &["पूर्वी"];

/// Takes words of scripts that leave no blanks between words apart at the words of the tables.
fn split_runs(tokens: Vec<Token>) -> Vec<Token> {
    let mut split = Vec::with_capacity(tokens.len());
    for token in tokens {
        match &token.kind {
            Kind::Word(word) if word.chars().next().is_some_and(is_unspaced) => {
                split_run(word, &token, &mut split);
            }
            Kind::Word(word) => match GLUED
                .iter()
                .find_map(|end| Some((word.strip_suffix(end)?, end)))
            {
                Some((stem, end)) if !stem.is_empty() => {
                    let part = |word: &str, gap| Token {
                        kind: Kind::Word(word.to_owned()),
                        bytes: token.bytes.clone(),
                        gap,
                    };
                    split.extend([part(stem, token.gap), part(end, false)]);
                }
                _ => split.push(token),
            },
            _ => split.push(token),
        }
    }
    split
}

/// Han, kana, Hangul, Thai, Lao, Khmer and Burmese.
pub(super) fn is_unspaced(c: char) -> bool {
    is_ideographic(c)
        || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Scripts in which one sign may be a word.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn split_run(word: &str, token: &Token, into: &mut Vec<Token>) {
    let chars: Vec<char> = word.chars().collect();
    let mut at = 0;
    let mut gap = token.gap;
    let mut unknown = String::new();
    let mut push = |kind: Kind, gap: &mut bool| {
        // The parts of a run keep its place: finer places would only matter inside a word.
        into.push(Token {
            kind,
            bytes: token.bytes.clone(),
            gap: std::mem::take(gap),
        });
    };
    while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((kind, used)) = known(rest, chars.len()) else {
            unknown.extend(rest.first());
            at += 1;
            continue;
        };
        if !unknown.is_empty() {
            push(Kind::Word(std::mem::take(&mut unknown)), &mut gap);
        }
        push(kind, &mut gap);
        at += used;
    }
    if !unknown.is_empty() {
        push(Kind::Word(unknown), &mut gap);
    }
}

/// The numeral or the word of the tables that `rest` begins with, and its length; of `run` characters altogether.
fn known(rest: &[char], run: usize) -> Option<(Kind, usize)> {
    if let Some((value, used)) = numeral(rest) {
        let width = if value > 999 { 4 } else { 2 };
        return Some((Kind::Number { value, width }, used));
    }
    longest(rest, run).map(|(word, used)| (Kind::Word(word), used))
}

/// The longest word of the tables that `rest` begins with, and its length; of `run` characters altogether.
fn longest(rest: &[char], run: usize) -> Option<(String, usize)> {
    let most = rest.len().min(LEXICON.most_chars);
    (1..=most).rev().find_map(|length| {
        // A single Thai letter is an abbreviation only where it stands alone.
        if length == 1 && run > 1 && !rest.first().is_some_and(|c| is_ideographic(*c)) {
            return None;
        }
        let word: String = rest.get(..length)?.iter().collect();
        Lexicon::knows(&word).then_some((word, length))
    })
}

/// A number in Chinese numerals before a word that counts: "二〇二四" year, "二十三" day, "两" hours.
fn numeral(rest: &[char]) -> Option<(u32, usize)> {
    let values: Vec<u32> = rest.iter().map_while(|c| han_digit(*c)).collect();
    let used = values.len();
    // The longest date numeral is 二千零二十四.
    if used == 0 || used > 6 {
        return None;
    }
    let next = longest(rest.get(used..)?, rest.len())?;
    if !LEXICON.look(&next.0, None)?.iter().any(|m| is_counted(*m)) {
        return None;
    }
    let value = if values.iter().any(|v| *v >= 10) {
        by_places(&values)
    } else {
        values.iter().fold(0, |number, digit| number * 10 + digit)
    };
    Some((value, used))
}

fn is_counted(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Unit(..)
            | Meaning::YearMark
            | Meaning::MonthMark
            | Meaning::DayMark
            | Meaning::HourMark
            | Meaning::MinuteMark
    )
}

fn by_places(values: &[u32]) -> u32 {
    let mut number = 0;
    let mut digit = None;
    for value in values {
        if *value >= 10 {
            number += digit.take().unwrap_or(1) * value;
        } else {
            digit = Some(*value);
        }
    }
    number + digit.unwrap_or(0)
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '元' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}
