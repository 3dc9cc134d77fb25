//! Words of any language: white space, invisible characters, folding. What several steps need and none owns.

use unicode_normalization::UnicodeNormalization;

/// `text` on one line: every run of white space (U+00A0 too) one blank, none at either end, no control or invisible characters
/// that would trouble a feed. Marks of direction and joiners inside words stay: Persian and Hindi are spelled with them.
pub fn squeeze(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        let end = line.len();
        if end > 0 {
            line.push(' ');
        }
        let start = line.len();
        if word.bytes().any(may_be_unprintable) {
            line.extend(word.chars().filter(|c| is_printable(*c)));
        } else {
            line.push_str(word);
        }
        if line.len() == start {
            line.truncate(end);
        }
    }
    line
}

/// What stands between the white space of `text`, U+200B being some. Looks at bytes, since nearly all of them tell by themselves that
/// they are none; of the rest, white space begins with one of four.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let blank = match bytes[at] {
                b'\t'..=b'\r' | b' ' => 1,
                0xc2 | 0xe1 | 0xe2 | 0xe3 => blank(&rest[at..]),
                _ => 0,
            };
            if blank > 0 {
                let word = &rest[..at];
                rest = &rest[at + blank..];
                return Some(word);
            }
            at += 1;
        }
        Some(std::mem::take(&mut rest))
    })
}

/// Bytes of the white space that `text` begins with; 0 where it begins with something else.
fn blank(text: &str) -> usize {
    let first = text.chars().next();
    let first = first.filter(|c| c.is_whitespace() || *c == '\u{200b}');
    first.map_or(0, char::len_utf8)
}

/// Whether a character that begins with `byte` may be one that [`is_printable`] refuses: so that most words are copied whole.
fn may_be_unprintable(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xef)
}

/// Whether `c` may stand in XML 1.0 (section 2.2) and shows something or joins what does.
pub fn is_printable(c: char) -> bool {
    !matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{ad}')
}

/// `text` as it is compared: squeezed, in Unicode's compatible form, lower case, with plain quotes and dashes.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest
            .bytes()
            .position(|byte| !byte.is_ascii())
            .unwrap_or(rest.len());
        // A mark composes with the letter before it, and never with what follows.
        let plain = if ascii < rest.len() {
            ascii.saturating_sub(1)
        } else {
            ascii
        };
        folded.extend(
            rest[..plain]
                .chars()
                .map(plain_mark)
                .map(|c| c.to_ascii_lowercase()),
        );
        let end = rest[ascii..]
            .bytes()
            .position(|byte| byte.is_ascii())
            .map_or(rest.len(), |length| ascii + length);
        fold_rare(&rest[plain..end], &mut folded);
        rest = &rest[end..];
    }
    squeeze(&folded)
}

fn fold_rare(text: &str, folded: &mut String) {
    let lower = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'));
    folded.extend(lower.map(plain_mark));
}

/// A quote or a dash as typewriters had it.
fn plain_mark(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' | '−' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_white_space_parts_words_and_nothing_else_does() {
        for c in '\0'..=char::MAX {
            let parts = c.is_whitespace() || c == '\u{200b}';
            let found: Vec<String> = words(&format!("ä{c}b")).map(str::to_owned).collect();
            let expected = if parts {
                vec!["ä".to_owned(), "b".to_owned()]
            } else {
                vec![format!("ä{c}b")]
            };
            assert_eq!(found, expected, "{c:?}");
        }
    }

    #[test]
    fn a_squeezed_text_is_one_clean_line() {
        for (text, line) in [
            ("  a \n\t b\u{a0}\u{a0}c ", "a b c"),
            ("\u{a0}", ""),
            ("be\u{0}ll\u{7}", "bell"),
            ("نیم\u{200c}فاصله", "نیم\u{200c}فاصله"),
            ("\u{7} a \u{ad} b\u{feff}", "a b"),
        ] {
            assert_eq!(squeeze(text), line);
        }
    }

    #[test]
    fn texts_that_look_alike_fold_to_one() {
        for (one, other) in [
            ("“It’s  over” – again", "\"It's over\" - AGAIN"),
            ("Cafe\u{301} E\u{301}cole", "café école"),
            ("Ｎｅｗｓ…", "news..."),
            ("`a`\u{200b}b", "'a'b"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }
}
