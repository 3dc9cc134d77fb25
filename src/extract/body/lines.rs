//! A line of text → what its shape alone says about it: a name, a date, a separator, the title again.

use std::collections::HashSet;

use super::blocks::{Block, weight};
use crate::hash::Stable;

/// A number for each two words that follow each other, whatever marks stand around them.
pub fn word_pairs(text: &str) -> impl Iterator<Item = u64> + use<> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hash = Stable::new();
            for c in word.chars().flat_map(char::to_lowercase) {
                hash.add(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            hash.value()
        })
        .collect();
    (1..words.len()).map(move |second| words[second - 1].rotate_left(1) ^ words[second])
}

/// Whether one text is the other, perhaps with a site's name around it.
pub fn is_alike(text: &str, title: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    text == title
        || (text.chars().count() > 15 && title.starts_with(text))
        || (title.chars().count() > 15 && text.starts_with(title) && text.len() < title.len() + 40)
}

/// Whether a heading is the title with something before or after it.
pub fn holds_title(text: &str, title: &str) -> bool {
    title.chars().count() > 20 && text.contains(title) && text.len() < title.len() + 80
}

/// Whether a heading has most words of the title: with another kicker, or shortened for a search engine.
pub fn says_most_of(text: &str, title: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_owned)
            .collect()
    };
    // A standfirst that is set as a heading says it too, at length.
    let is_longer = text.len() > title.len() * 3 / 2 + 20;
    let (heading, title) = (words(text), words(title));
    let both = heading.intersection(&title).count();
    both >= 2 && both * 2 > heading.len().min(title.len()) && !is_longer
}

/// Whether a line is a short word, a colon and a link: "PUEDES VER: …".
pub fn is_labelled_link(block: &Block) -> bool {
    let bare = block.len - block.link_len;
    block.links == 1
        && bare > 0
        && bare <= 30
        && block.link_len >= 15
        && !block.ends_a_sentence()
        && block
            .text
            .find([':', '：', '>', '»', '|'])
            .is_some_and(|at| {
                let label = weight(&block.text[..at]);
                label > 0 && label < bare + 2 && label + 3 >= bare
            })
}

/// Whether a line holds no word; a rule drawn with characters is one that the author set.
pub fn is_separator(text: &str) -> bool {
    text.chars().count() <= 40
        && !text.chars().any(char::is_alphanumeric)
        && !(text.len() >= 3 && text.chars().all(|c| matches!(c, '_' | '*' | '~' | ' ')))
}

/// Whether a line is "By" and a name.
pub fn is_byline(text: &str) -> bool {
    !text.ends_with(['.', '!', '?', ':'])
        && [
            "by ",
            "von ",
            "por ",
            "par ",
            "di ",
            "written by ",
            "text: ",
            "author: ",
            "autor: ",
            "автор: ",
            "de: ",
        ]
        .iter()
        .any(|start| text.starts_with(start))
        && text.split(' ').count() <= 14
}

/// Whether a line is a mail address or a name on a network and nothing else.
pub fn is_contact(text: &str) -> bool {
    !text.contains(' ') && text.contains('@') && text.len() < 80
}

/// Longest line, in letters, that says how to reach the newsroom.
const LONGEST_CONTACT: usize = 80;

/// Whether a line gives a mail address at the site of `host`: its writer's, or the newsroom's.
pub fn gives_mail_of(text: &str, host: &str) -> bool {
    let host = host.trim_start_matches("www.");
    let is_mail = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.split_once('@').is_some_and(|(_, domain)| {
            !domain.is_empty() && (host.ends_with(domain) || domain.ends_with(host))
        })
    };
    text.contains('@') && weight(text) < LONGEST_CONTACT && text.split(' ').any(is_mail)
}

/// Whether a short line holds a date or a time of day, as stand over comments.
pub fn is_stamp(text: &str) -> bool {
    let has_time = || {
        text.split(|c: char| !c.is_ascii_digit() && c != ':' && c != '.')
            .any(|run| {
                let mut parts = run.split([':', '.']);
                let two = |part: Option<&str>| part.is_some_and(|part| part.len() == 2);
                parts.next().is_some_and(|hour| matches!(hour.len(), 1 | 2)) && two(parts.next())
            })
    };
    (1..=80).contains(&text.chars().count()) && (has_year(text) || has_time())
}

/// Whether a line is the sign of a desk and an agency: "mho/dpa", "(ts, AFP/Reuters)".
pub fn is_signature(text: &str) -> bool {
    let signs: Vec<&str> = text.split(['/', ',', ' ', '(', ')']).collect();
    let is_sign = |sign: &&str| sign.chars().all(char::is_alphabetic);
    text.contains('/')
        && text.chars().count() <= LONGEST_SIGNATURE
        && signs.iter().filter(|sign| !sign.is_empty()).count() <= MOST_SIGNS
        && signs.iter().all(is_sign)
}

/// Longest signature, in characters, and most signs in it.
const LONGEST_SIGNATURE: usize = 25;
const MOST_SIGNS: usize = 4;

/// Whether a line is a name and nothing else: two to four words, each with a capital.
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '/']).collect();
    (2..=4).contains(&words.len())
        && text.chars().count() < 45
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '!' | '?'))
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Whether a line is a date and nothing else: digits, and few letters beside them.
pub fn is_date_line(text: &str) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    // A character has four bytes at most.
    if text.len() > 4 * 45 || text.chars().count() > 45 || digits() < 4 {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 22
        && has_year(text)
        && (text.contains([':', '/', '.', ',', '|', '年', '-']) || letters <= 14)
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
}

/// Whether a line says how long the article takes to read.
pub fn is_reading_time(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "min read",
        "mins read",
        "minute read",
        "minutes read",
        "min. read",
        "reading time",
        "read time",
        "time to read",
        "lesezeit",
        "lesedauer",
        "min de lectura",
        "minutos de lectura",
        "de lecture",
        "tempo de leitura",
        "min de leitura",
        "tempo di lettura",
        "мин чтения",
        "время чтения",
    ];
    text.chars().count() < 70
        && text.contains(|c: char| c.is_ascii_digit())
        && WORDS.iter().any(|words| text.contains(words))
}
