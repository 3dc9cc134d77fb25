//! A title as some place gives it → the same without the names of the site and of its sections.

use crate::text::fold;

use super::SHORTEST_CUT;

/// What stands beside headlines.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The names that the site goes by, folded.
    pub sites: &'a [String],
    /// The names of the article's sections, folded.
    pub sections: &'a [String],
}

/// What stands between a headline and a site's name.
pub const SEPARATORS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ― ", "｜",
];

/// `title` without what follows or precedes it: the site's name, its section.
pub fn without_site(title: &str, others: &[String], names: Names<'_>, is_document: bool) -> String {
    let mut rest = title.trim().to_owned();
    for _ in 0..4 {
        let Some(shorter) = one_less(&rest, others, names, is_document) else {
            break;
        };
        rest = shorter;
    }
    rest
}

/// `title` without its last or first part, where that part is not of the headline.
fn one_less(title: &str, others: &[String], names: Names<'_>, is_document: bool) -> Option<String> {
    if let Some(part) = others
        .iter()
        .find_map(|other| before_separator(title, other, others))
    {
        return Some(part);
    }
    let last = SEPARATORS
        .iter()
        .filter_map(|separator| Some((*separator, title.rsplit_once(separator)?)))
        .min_by_key(|(_, (_, tail))| tail.len());
    if let Some((separator, (head, tail))) = last
        && (is_site(tail, names.sites)
            || is_section(tail, separator, names)
            || others.contains(&fold(head))
            || (is_document && is_short(tail, head) && !others.contains(&fold(tail))))
    {
        return Some(head.trim().to_owned());
    }
    let first = SEPARATORS
        .iter()
        .filter_map(|separator| Some((*separator, title.split_once(separator)?)))
        .min_by_key(|(_, (head, _))| head.len());
    if let Some((separator, (head, tail))) = first
        && (is_site(head, names.sites)
            || is_section(head, separator, names)
            || others.contains(&fold(tail)))
    {
        return Some(tail.trim().to_owned());
    }
    is_document.then(|| joined(title, names.sites)).flatten()
}

/// `title` without the site's name where no separator with blanks stands between: "Storm:Daily Example", "a.example Storm".
fn joined(title: &str, sites: &[String]) -> Option<String> {
    if let Some((head, tail)) = title.rsplit_once([':', '：'])
        && is_site(tail, sites)
    {
        return Some(head.trim().to_owned());
    }
    let (head, tail) = title.split_once(' ')?;
    (head.contains('.') && is_name_of_site(head, sites)).then(|| tail.trim().to_owned())
}

/// Whether `part` is a section's name, behind the one separator that is never a dash of the headline's own words.
fn is_section(part: &str, separator: &str, names: Names<'_>) -> bool {
    matches!(separator, " | " | "｜") && names.sections.contains(&fold(part))
}

/// The start of `title` that is another place's whole title, where a separator follows it even without a blank; or what stands
/// behind that separator, where it too is a title of its own, and longer.
fn before_separator(title: &str, other: &str, others: &[String]) -> Option<String> {
    if other.chars().count() < SHORTEST_CUT {
        return None;
    }
    let stops = |c: char| {
        matches!(
            c,
            '|' | '-' | '–' | '—' | '·' | '•' | 'ㅣ' | '｜' | '»' | ':'
        )
    };
    // Folding may change a text's length, so each place where a separator stands is tried.
    let head = title
        .match_indices(stops)
        .take(STOPS)
        .map(|(end, _)| title[..end].trim_end())
        .find(|head| fold(head) == other)?;
    let tail = title[head.len()..].trim_start_matches(|c: char| stops(c) || c.is_whitespace());
    let part = if tail.len() > head.len() && others.contains(&fold(tail)) {
        tail
    } else {
        head
    };
    Some(part.to_owned())
}

/// Most separators of one title.
const STOPS: usize = 20;

/// A part of few words after many is a name, not news.
fn is_short(tail: &str, head: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    words(tail) <= 4 && words(head) >= 3 && head.chars().count() > tail.chars().count()
}

/// Whether `text` is one of the site's names and nothing more.
pub fn is_name_of_site(text: &str, sites: &[String]) -> bool {
    let text = letters(&fold(text));
    text.is_empty() || sites.iter().any(|site| letters(site) == text)
}

/// Whether `part` of a title is one of the site's names, give or take an ending ("The Daily" of "The Daily Example").
fn is_site(part: &str, sites: &[String]) -> bool {
    let part = letters(&fold(part));
    !part.is_empty()
        && sites.iter().map(|site| letters(site)).any(|site| {
            !site.is_empty()
                && (site == part
                    || (part.chars().count() >= 4 && site.starts_with(&part))
                    || (site.chars().count() >= 4 && part.starts_with(&site)))
        })
}

/// The letters and digits of a text alone.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
