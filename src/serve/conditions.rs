//! A request's conditions and a document's validators → whether to send it (RFC 9110, section 13).

use std::time::SystemTime;

use http::HeaderValue;
use http::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};

use super::fields::{Fields, text};

/// What the conditions come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Send it.
    Send,
    /// The client has it already: 304.
    NotModified,
    /// The client wants another version than there is: 412.
    Failed,
}

/// Weighs the conditions in the order of RFC 9110, section 13.2.2. `etag` is strong and quoted; `modified` has whole seconds.
pub(super) fn judge(
    fields: &(impl Fields + ?Sized),
    etag: &HeaderValue,
    modified: SystemTime,
) -> Verdict {
    let etag = etag.to_str().unwrap_or_default();
    let wanted = match any_tag(fields, &IF_MATCH, |tag| tag.is_any || tag.is_strong(etag)) {
        Some(wanted) => wanted,
        None => date(fields, &IF_UNMODIFIED_SINCE).is_none_or(|date| modified <= date),
    };
    if !wanted {
        return Verdict::Failed;
    }
    let known = match any_tag(fields, &IF_NONE_MATCH, |tag| {
        tag.is_any || tag.opaque == etag
    }) {
        Some(known) => known,
        None => date(fields, &IF_MODIFIED_SINCE).is_some_and(|date| modified <= date),
    };
    if known {
        Verdict::NotModified
    } else {
        Verdict::Send
    }
}

/// One member of a list of entity tags.
struct Tag<'a> {
    is_any: bool,
    is_weak: bool,
    /// With its quotes.
    opaque: &'a str,
}

impl Tag<'_> {
    fn is_strong(&self, etag: &str) -> bool {
        !self.is_weak && self.opaque == etag
    }
}

/// Whether a tag in any line of a field is the one that is looked for; `None` where there is no line. What is no tag is
/// passed over.
fn any_tag(
    fields: &(impl Fields + ?Sized),
    name: &HeaderName,
    is_it: impl Fn(&Tag<'_>) -> bool,
) -> Option<bool> {
    let mut lines = fields.lines(name).peekable();
    lines.peek()?;
    let mut lines = lines.filter_map(text);
    Some(lines.any(|line| any_tag_of_line(line, &is_it)))
}

fn any_tag_of_line(line: &str, is_it: impl Fn(&Tag<'_>) -> bool) -> bool {
    if line.trim() == "*" {
        return is_it(&Tag {
            is_any: true,
            is_weak: false,
            opaque: "",
        });
    }
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return false;
        }
        let (is_weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        let end = quoted
            .strip_prefix('"')
            .and_then(|inner| inner.find('"'))
            .map(|end| end + 2);
        let Some(end) = end else {
            rest = rest.split_once(',').map_or("", |(_, rest)| rest);
            continue;
        };
        let (opaque, behind) = quoted.split_at(end);
        if is_it(&Tag {
            is_any: false,
            is_weak,
            opaque,
        }) {
            return true;
        }
        rest = behind;
    }
}

/// The date of a field that stands once, in any of the three forms of section 5.6.7; anything else is as if it were not there.
fn date(fields: &(impl Fields + ?Sized), name: &HeaderName) -> Option<SystemTime> {
    let mut lines = fields.lines(name);
    let line = lines.next()?;
    if lines.next().is_some() {
        return None;
    }
    httpdate::parse_http_date(text(line)?).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    const TAG: HeaderValue = HeaderValue::from_static("\"abc\"");
    const SAME: &str = "Fri, 20 Nov 2026 19:45:00 GMT";
    const EARLIER: &str = "Fri, 20 Nov 2026 19:44:59 GMT";
    const LATER: &str = "Fri, 20 Nov 2026 20:45:00 GMT";

    #[test]
    fn conditions_are_weighed_as_the_standard_says() {
        use Verdict::{Failed, NotModified, Send};
        let none_match = "if-none-match";
        let since = "if-modified-since";
        let rows: &[(&[(&str, &str)], Verdict)] = &[
            (&[], Send),
            (&[(none_match, "\"abc\"")], NotModified),
            (&[(none_match, "W/\"abc\"")], NotModified),
            (&[(none_match, "\"x\", \"abc\", W/\"y\"")], NotModified),
            (&[(none_match, "\"x\",\"abc\"")], NotModified),
            (&[(none_match, "\"a,b\", \"abc\"")], NotModified),
            (
                &[(none_match, "\"x\""), (none_match, "\"abc\"")],
                NotModified,
            ),
            (&[(none_match, "*")], NotModified),
            (&[(none_match, "nope, \"abc\"")], NotModified),
            (&[(none_match, "\"abcd\"")], Send),
            (&[(none_match, "\"xabc\"")], Send),
            (&[(none_match, "abc")], Send),
            (&[(none_match, "\"abc")], Send),
            (&[(none_match, "W/")], Send),
            (&[(none_match, ",,,")], Send),
            (&[(none_match, "")], Send),
            // The tag wins over the date, whichever way it goes.
            (&[(none_match, "\"x\""), (since, LATER)], Send),
            (&[(none_match, "\"abc\""), (since, EARLIER)], NotModified),
            (&[(since, SAME)], NotModified),
            (&[(since, LATER)], NotModified),
            (&[(since, EARLIER)], Send),
            (&[(since, "Friday, 20-Nov-26 19:45:00 GMT")], NotModified),
            (&[(since, "Fri Nov 20 19:45:00 2026")], NotModified),
            (&[(since, "yesterday")], Send),
            (&[(since, "")], Send),
            (&[(since, SAME), (since, SAME)], Send),
            (&[("if-match", "\"abc\"")], Send),
            (&[("if-match", "*")], Send),
            (&[("if-match", "W/\"abc\"")], Failed),
            (&[("if-match", "\"x\"")], Failed),
            (
                &[("if-match", "\"abc\""), (none_match, "\"abc\"")],
                NotModified,
            ),
            (&[("if-unmodified-since", SAME)], Send),
            (&[("if-unmodified-since", EARLIER)], Failed),
            (&[("if-unmodified-since", "soon")], Send),
            (
                &[("if-match", "\"abc\""), ("if-unmodified-since", EARLIER)],
                Send,
            ),
        ];
        let modified = httpdate::parse_http_date(SAME).unwrap();
        for (fields, verdict) in rows {
            let mut headers = HeaderMap::new();
            for (name, value) in *fields {
                headers.append(*name, value.parse().unwrap());
            }
            assert_eq!(judge(&headers, &TAG, modified), *verdict, "{fields:?}");
        }
    }

    #[test]
    fn a_long_list_of_tags_is_read_once() {
        let mut headers = HeaderMap::new();
        let list = "\"x\", ".repeat(100_000) + "W/,, \"abc\"";
        headers.insert(IF_NONE_MATCH, list.parse().unwrap());
        let modified = httpdate::parse_http_date(SAME).unwrap();
        assert_eq!(judge(&headers, &TAG, modified), Verdict::NotModified);
    }
}
