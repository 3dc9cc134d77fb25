//! The found items → the same, their titles without the flags that stand inside the link: "Live", "Exclusive", "Video".
//!
//! A flag is a short element of its own at the beginning or the end of a title that could do without it. That alone may as
//! well be a word in bold; so its words must be known, or its class call it a flag, or several items of the listing wear it.

use std::collections::HashMap;

use super::hints::Found;
use super::labels;
use super::titles::{HEADLINE_WIDTH, Rank, folded, width};
use super::tree::Tree;

/// Most elements of one title that are looked at.
const MOST_PARTS: usize = 40;

/// Most bytes of a flag: three words of a Latin script, a dozen signs of three bytes.
const LONGEST_FLAG: usize = 36;

/// Items that must wear the same words before these are a flag for that alone.
const LEAST_WEARERS: usize = 3;

/// Takes the flags off the titles of `found`.
pub fn take_off(tree: &Tree<'_>, found: &mut [Found]) {
    let flags: Vec<Option<Flag>> = found.iter().map(|found| flag(tree, found)).collect();
    let mut wearers: HashMap<&str, usize> = HashMap::new();
    for flag in flags.iter().flatten() {
        *wearers.entry(&flag.words).or_default() += 1;
    }
    for (found, flag) in found.iter_mut().zip(&flags) {
        if let Some(flag) = flag
            && (flag.is_sure || wearers[flag.words.as_str()] >= LEAST_WEARERS)
        {
            found.candidate.title.clone_from(&flag.rest);
        }
    }
}

/// What may be a flag.
struct Flag {
    /// Its words, as they are compared.
    words: String,
    /// The title without it.
    rest: String,
    /// Whether its words or its class are a flag's.
    is_sure: bool,
}

fn flag(tree: &Tree<'_>, found: &Found) -> Option<Flag> {
    let candidate = &found.candidate;
    if candidate.rank < Rank::Text {
        return None;
    }
    tree.inside(candidate.title_in)
        .take(MOST_PARTS)
        .filter(|&part| (2..=LONGEST_FLAG).contains(&tree.text_len(part)))
        .filter(|&part| {
            !matches!(
                tree.name(part),
                "a" | "em" | "i" | "mark" | "cite" | "q" | "time"
            )
        })
        .find_map(|part| {
            let shown = tree.text(part);
            let rest = without(&candidate.title, &shown)?;
            let words = folded(&shown)
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_owned();
            Some(Flag {
                is_sure: labels::FLAGS.contains(&words.as_str()) || is_called_flag(tree, part),
                words,
                rest,
            })
        })
}

/// The `title` without the `flag` that it begins or ends with, if that is a title by itself.
fn without(title: &str, flag: &str) -> Option<String> {
    let is_apart =
        |c: char| c.is_whitespace() || matches!(c, ':' | '|' | '-' | '–' | '—' | '•' | '·' | '/');
    let rest = match title.strip_prefix(flag) {
        Some(rest) => rest.trim_start_matches(is_apart),
        None => title.strip_suffix(flag)?.trim_end_matches(is_apart),
    };
    let goes_on = rest.starts_with(char::is_lowercase);
    let is_title = width(rest) >= HEADLINE_WIDTH && width(rest) > 2 * width(flag);
    (is_title && !goes_on && flag.chars().any(char::is_alphabetic)).then(|| rest.to_owned())
}

fn is_called_flag(tree: &Tree<'_>, part: usize) -> bool {
    tree.attr(part, "class").is_some_and(|class| {
        class
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| {
                ["badge", "flag", "pill"]
                    .iter()
                    .any(|name| word.eq_ignore_ascii_case(name))
            })
    })
}
