//! Words of any language: white space, invisible characters, folding. What several steps need and none owns.

use unicode_normalization::UnicodeNormalization;

/// `text` on one line: every run of white space (U+00A0 too) one blank, none at either end, no control or invisible characters
/// that would trouble a feed. Marks of direction and joiners inside words stay: Persian and Hindi are spelled with them.
pub fn squeeze(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{200b}') {
            gap = true;
        } else if is_printable(c) {
            if gap && !line.is_empty() {
                line.push(' ');
            }
            gap = false;
            line.push(c);
        }
    }
    line
}

/// Whether `c` may stand in XML 1.0 (section 2.2) and shows something or joins what does.
pub fn is_printable(c: char) -> bool {
    !matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{ad}')
}

/// `text` as it is compared: squeezed, in Unicode's compatible form, lower case, with plain quotes and dashes.
pub fn fold(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'))
        .map(|c| match c {
            '’' | '‘' | '‛' | '`' | '´' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '–' | '—' | '‑' | '−' => '-',
            c => c,
        })
        .collect();
    squeeze(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_squeezed_text_is_one_clean_line() {
        for (text, line) in [
            ("  a \n\t b\u{a0}\u{a0}c ", "a b c"),
            ("\u{a0}", ""),
            ("be\u{0}ll\u{7}", "bell"),
            ("نیم\u{200c}فاصله", "نیم\u{200c}فاصله"),
        ] {
            assert_eq!(squeeze(text), line);
        }
    }

    #[test]
    fn texts_that_look_alike_fold_to_one() {
        assert_eq!(fold("“It’s  over” – again"), fold("\"It's over\" - AGAIN"));
    }
}
