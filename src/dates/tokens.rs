//! A text → its numbers, words and marks in one spelling, each with its place in the text.
//!
//! One spelling: lower case, digits of any script as Arabic ones, no accents on Latin, Greek and Cyrillic letters, no vowel
//! signs on Arabic and Hebrew ones, one form of each letter, plain quotes and dashes. Tables of names are spelled the same way.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A number, a word, or a mark between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Where it stands in the text.
    pub bytes: Range<usize>,
    /// Whether white space stands before it.
    pub gap: bool,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, and how many digits it was written with.
    Number { value: u32, width: usize },
    /// Letters.
    Word(String),
    /// Anything else that is seen.
    Mark(char),
}

/// A number of more digits is no part of a date; it stays a number so that it is not taken apart.
const MOST_DIGITS: usize = 9;

/// The zeros of the scripts that write decimal numbers; the nine other digits follow each.
const ZEROS: [char; 20] = [
    '0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '០',
    '᠐',
];

/// Takes `text` apart.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut made = Maker::default();
    for (at, c) in text.char_indices() {
        let place = at..at + c.len_utf8();
        if is_invisible(c) {
            continue;
        }
        if c.is_whitespace() {
            made.gap = true;
            made.open = false;
            continue;
        }
        each_plain(c, |plain| made.push(plain, place.clone()));
    }
    made.tokens
}

#[derive(Default)]
struct Maker {
    tokens: Vec<Token>,
    gap: bool,
    /// Whether the next letter or digit may continue the last token.
    open: bool,
}

impl Maker {
    fn push(&mut self, c: char, place: Range<usize>) {
        if let Some(digit) = digit(c) {
            self.digit(digit, place);
        } else if c.is_alphabetic() || is_combining_mark(c) {
            self.letter(c, place);
        } else if c.is_whitespace() {
            self.gap = true;
            self.open = false;
        } else {
            self.add(Kind::Mark(c), place);
            self.open = false;
        }
    }

    fn digit(&mut self, digit: u32, place: Range<usize>) {
        if self.open
            && let Some(Token {
                kind: Kind::Number { value, width },
                bytes,
                ..
            }) = self.tokens.last_mut()
        {
            *width += 1;
            if *width <= MOST_DIGITS {
                *value = *value * 10 + digit;
            }
            bytes.end = place.end;
        } else {
            self.add(
                Kind::Number {
                    value: digit,
                    width: 1,
                },
                place,
            );
        }
    }

    fn letter(&mut self, c: char, place: Range<usize>) {
        if self.open
            && let Some(Token {
                kind: Kind::Word(word),
                bytes,
                ..
            }) = self.tokens.last_mut()
        {
            word.push(c);
            bytes.end = place.end;
        } else {
            self.add(Kind::Word(c.to_string()), place);
        }
    }

    fn add(&mut self, kind: Kind, bytes: Range<usize>) {
        self.tokens.push(Token {
            kind,
            bytes,
            gap: self.gap,
        });
        self.gap = false;
        self.open = true;
    }
}

/// Marks of direction, joiners and soft hyphens: a date reads the same without them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

/// Gives `c` to `take` in its one spelling, which may be several characters, or none.
fn each_plain(c: char, mut take: impl FnMut(char)) {
    // Hangul would fall apart into its letters.
    if matches!(c, '\u{ac00}'..='\u{d7a3}') {
        return take(c);
    }
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
        if let Some(plain) = plain(c) {
            take(plain);
        }
    }
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        // Accents; Hebrew points; Arabic vowel signs, hamza and the stretching line.
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5c7}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}' => {
            return None;
        }
        'ى' | 'ی' | 'ې' | 'ے' => 'ي',
        'ک' => 'ك',
        'ہ' | 'ھ' | 'ۂ' => 'ه',
        'ı' => 'i',
        'ς' => 'σ',
        '\u{5f3}' | '’' | '‘' | '‛' | '`' | '´' | 'ʼ' | 'ʻ' | '′' => '\'',
        '–' | '—' | '‑' | '−' | '‐' | '‒' | '―' => '-',
        '،' | '、' | '၊' => ',',
        '。' | '।' | '॰' | '။' => '.',
        '∶' | '꞉' => ':',
        '⁄' | '∕' => '/',
        c => c,
    })
}

/// Whether `c` is a digit of any script, full width ones too.
pub(super) fn is_digit(c: char) -> bool {
    c.is_numeric()
}

fn digit(c: char) -> Option<u32> {
    ZEROS.iter().find_map(|zero| {
        let above = u32::from(c).checked_sub(u32::from(*zero))?;
        (above < 10).then_some(above)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_marks_come_in_one_spelling() {
        for (text, spelled) in [
            ("3 Sept. 2024", "3 sept . 2024"),
            ("١٥:٣١", "15 : 31"),
            ("２０２４年９月", "2024 年 9 月"),
            ("3º août—18h", "3 o aout - 18 h"),
            ("İstanbul’da", "istanbul ' da"),
            ("سه\u{200c}شنبه", "سهشنبه"),
            ("أيلول/سبتمبر", "ايلول / سبتمبر"),
            ("오후", "오후"),
        ] {
            let words: Vec<String> = tokens(text)
                .into_iter()
                .map(|token| match token.kind {
                    Kind::Number { value, .. } => value.to_string(),
                    Kind::Word(word) => word,
                    Kind::Mark(mark) => mark.to_string(),
                })
                .collect();
            assert_eq!(words.join(" "), spelled, "{text}");
        }
    }
}
