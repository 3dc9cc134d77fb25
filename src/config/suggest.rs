//! A word that is not known → the known word that was probably meant.

/// The known word nearest to `word`, if one is near enough to be meant: two slips in a short word, one more for every
/// four letters of a long one.
pub(super) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    // Comparing costs the product of both lengths; a word this long was not a slip of the pen.
    if lower.len() > 100 {
        return None;
    }
    let slips = (lower.chars().count() / 4).clamp(1, 3) + usize::from(lower.chars().count() > 4);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= slips && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `text` between backticks on one line, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    const CHARS: usize = 60;
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(CHARS + 1)
        .collect();
    match line.char_indices().nth(CHARS) {
        Some((at, _)) => format!("`{}…`", &line[..at]),
        None => format!("`{line}`"),
    }
}

/// "a, b and c"
pub(super) fn joined<S: AsRef<str>>(words: &[S], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., end] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", most.join(", "), end.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_another_word_is_not() {
        let known = ["interval", "pause", "timeout", "pages", "url", "title"];
        for (word, meant) in [
            ("intervall", Some("interval")),
            ("Interval", Some("interval")),
            ("time_out", Some("timeout")),
            ("tilte", Some("title")),
            ("ulr", Some("url")),
            ("uri", Some("url")),
            ("x", None),
            ("frequency", None),
            ("", None),
        ] {
            assert_eq!(closest(word, known), meant, "{word}");
        }
    }
}
