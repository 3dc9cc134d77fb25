//! Words of any language: white space, invisible characters, folding. What several steps need and none owns.

use unicode_normalization::UnicodeNormalization;

/// `text` on one line: every run of white space (U+00A0 too) one blank, none at either end, no control or invisible characters
/// that would trouble a feed. Marks of direction and joiners inside words stay: Persian and Hindi are spelled with them.
pub fn squeeze(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut line = String::with_capacity(text.len());
    let (mut copied, mut at, mut parted) = (0, 0, false);
    while at < bytes.len() {
        // Nearly all bytes tell by themselves that they stay, and so does a blank before one of those.
        if STAYS[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let next = bytes
            .get(at + 1)
            .is_some_and(|next| STAYS[usize::from(*next)]);
        if bytes[at] == b' ' && next && at > copied {
            at += 2;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let is_blank = is_blank(c);
        if is_blank || !is_printable(c) {
            append(&text[copied..at], parted, &mut line);
            parted = is_blank || (parted && copied == at);
            copied = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    append(&text[copied..], parted, &mut line);
    line
}

/// Adds `part` to `line`, with a blank before it where it is `parted` from what stands there.
fn append(part: &str, parted: bool, line: &mut String) {
    if !part.is_empty() {
        if parted && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{200b}'
}

/// Whether a byte is neither white space nor unprintable, nor begins a character that may be.
static STAYS: [bool; 256] = {
    let mut stays = [true; 256];
    let mut byte = 0;
    while byte <= b' ' as usize {
        stays[byte] = false;
        byte += 1;
    }
    let others = [0x7f, 0xc2, 0xe1, 0xe2, 0xe3, 0xef];
    let mut other = 0;
    while other < others.len() {
        stays[others[other]] = false;
        other += 1;
    }
    stays
};

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
        let start = folded.len();
        folded.push_str(&rest[..plain]);
        folded[start..].make_ascii_lowercase();
        let end = rest[ascii..]
            .bytes()
            .position(|byte| byte.is_ascii())
            .map_or(rest.len(), |length| ascii + length);
        fold_rare(&rest[plain..end], &mut folded);
        rest = &rest[end..];
    }
    let line = squeeze(&folded);
    if line.contains('`') {
        return line.replace('`', "'");
    }
    line
}

fn fold_rare(text: &str, folded: &mut String) {
    // Nearly all that is not ASCII in English: it has no other form, and composes with nothing.
    let is_mark = |c| matches!(c, '’' | '‘' | '“' | '”' | '–' | '—');
    if text.chars().all(|c| c.is_ascii() || is_mark(c)) {
        folded.extend(text.chars().map(|c| plain_mark(c).to_ascii_lowercase()));
        return;
    }
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
    fn every_white_space_parts_words_and_nothing_unprintable_stays() {
        for c in '\0'..=char::MAX {
            let one = match c {
                c if is_blank(c) => "ä b".to_owned(),
                c if is_printable(c) => format!("ä{c}b"),
                _ => "äb".to_owned(),
            };
            let ends = if is_blank(c) || !is_printable(c) {
                "b".to_owned()
            } else {
                format!("{c}b{c}")
            };
            assert_eq!(squeeze(&format!("ä{c}b")), one, "{c:?}");
            assert_eq!(squeeze(&format!("{c}b{c}")), ends, "{c:?}");
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
            ("a\u{ad} \u{ad}b\u{ad}\u{ad}c", "a bc"),
            ("a  b c  \u{2009}d", "a b c d"),
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
            ("“`Tis” – ‘We’", "\"'TIS\" - 'we'"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }
}
