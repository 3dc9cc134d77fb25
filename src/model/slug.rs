//! The names that stand in addresses, and the tags they belong to.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A name for an address in any script: lower-case letters and digits, joined by single hyphens. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Longest slug in characters: with four bytes a character, percent-encoded, an address stays under 2,000 bytes.
const SLUG_CHARS: usize = 80;

impl Slug {
    /// The slug of a label, or `None` where the label has neither letter nor digit.
    ///
    /// "US & Canada" is `us-canada`, "Türkiye" is `türkiye`, "غزّة" keeps its letters and loses its vowel signs, so that one
    /// word has one address however it is pointed.
    pub fn of(label: &str) -> Option<Slug> {
        let mut slug = String::new();
        let mut chars = 0;
        let mut gap = false;
        for c in label.nfkc().flat_map(char::to_lowercase).nfc() {
            if is_vowel_sign(c) || matches!(c, '\'' | '’' | '\u{ad}' | '\u{640}') || is_format(c)
            {
                continue;
            }
            if !c.is_alphanumeric() && !is_combining(c) {
                gap = true;
                continue;
            }
            if chars == SLUG_CHARS {
                break;
            }
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
            chars += 1;
        }
        slug.chars()
            .any(char::is_alphanumeric)
            .then_some(Slug(slug))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Arabic and Hebrew vowel signs: printed or not, the word is the same.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c7}')
}

/// Marks that belong to the letter before them, as in Devanagari or Thai.
fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Invisible directions and joiners.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl TryFrom<String> for Slug {
    type Error = String;

    fn try_from(text: String) -> Result<Slug, String> {
        match Slug::of(&text) {
            Some(slug) if slug.0 == text => Ok(slug),
            Some(slug) => Err(format!("`{text}` is not a slug; `{slug}` would be")),
            None => Err(format!(
                "`{text}` has no letter and no digit to make a slug of"
            )),
        }
    }
}

/// A label as printed and the slug it is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// As printed ("Turkish Foreign Ministry").
    pub label: String,
    /// As it stands in addresses; two labels with one slug are one tag.
    pub slug: Slug,
}

impl Tag {
    /// The tag of a label, or `None` where the label has neither letter nor digit.
    pub fn of(label: &str) -> Option<Tag> {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        Slug::of(&label).map(|slug| Tag { label, slug })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_the_letters_and_digits_of_any_script() {
        for (label, slug) in [
            ("Politics", Some("politics")),
            ("Arts&Culture", Some("arts-culture")),
            ("US & Canada", Some("us-canada")),
            ("  «Türkiye»  ", Some("türkiye")),
            ("Al-Aqsa Flood: day 1", Some("al-aqsa-flood-day-1")),
            ("Spain's vote", Some("spains-vote")),
            ("غَزّة", Some("غزة")),
            ("हिन्दी समाचार", Some("हिन्दी-समाचार")),
            ("東京 ２０２４", Some("東京-2024")),
            ("İstanbul", Some("i̇stanbul")),
            ("a\u{200f}b", Some("ab")),
            ("?!", None),
            ("", None),
        ] {
            assert_eq!(Slug::of(label).as_ref().map(Slug::as_str), slug, "{label}");
        }
    }

    #[test]
    fn a_slug_is_cut_and_is_its_own_slug() {
        let long = Slug::of(&"ab ".repeat(500)).unwrap();
        assert!(long.as_str().chars().count() < 2 * SLUG_CHARS);
        assert_eq!(Slug::of(long.as_str()), Some(long));
    }
}
