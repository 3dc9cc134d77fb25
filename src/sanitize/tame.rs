//! HTML of a site → the same with its nesting bounded, so that parsing it takes time and memory in proportion to its length.
//!
//! HTML's own rules make a parser reopen every unclosed `<b>` in every paragraph and look through all open elements for each
//! tag: a few hundred kilobytes made for it take minutes and gigabytes.

use std::borrow::Cow;

/// Deepest nesting that is kept. Browsers stop at 512; no article is a tenth as deep.
const DEEPEST: usize = 256;

/// Most elements that unclosed formatting may make a parser add. A page of honest tag soup makes it add some thousands.
const MOST_REOPENED: usize = 200_000;

/// `html` with the tags that nest deeper than [`DEEPEST`] left out, and cut where unclosed formatting would fill the memory.
pub fn tame(html: &str) -> Cow<'_, str> {
    let mut nesting = Nesting::default();
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let tag = Tag::read(html, open);
        at = tag.end;
        match nesting.pass(&tag) {
            Verdict::Keep => {}
            Verdict::Drop => {
                let out = out.get_or_insert_default();
                out.push_str(&html[copied..open]);
                copied = tag.end;
            }
            Verdict::Stop => {
                let mut out = out.unwrap_or_default();
                out.push_str(&html[copied..open]);
                return Cow::Owned(out);
            }
        }
        if let Some(raw) = tag.raw_text() {
            at = end_of_raw(html, at, raw);
        }
    }
    match out {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(&html[copied..]);
            Cow::Owned(out)
        }
    }
}

enum Verdict {
    Keep,
    Drop,
    Stop,
}

/// How deep the tags read so far stand in each other.
#[derive(Default)]
struct Nesting {
    depth: usize,
    dropped: usize,
    formatting: usize,
    reopened: usize,
}

impl Nesting {
    fn pass(&mut self, tag: &Tag<'_>) -> Verdict {
        if tag.name.is_empty() {
            return Verdict::Keep;
        }
        let formatting = is_formatting(tag.name);
        if tag.closes {
            if formatting {
                self.formatting = self.formatting.saturating_sub(1);
            }
            if is_counted(tag.name) {
                if self.dropped > 0 {
                    self.dropped -= 1;
                    return Verdict::Drop;
                }
                self.depth = self.depth.saturating_sub(1);
            }
            return Verdict::Keep;
        }
        self.reopened += self.formatting;
        if self.reopened > MOST_REOPENED {
            return Verdict::Stop;
        }
        if !is_counted(tag.name) {
            return Verdict::Keep;
        }
        if self.depth >= DEEPEST {
            self.dropped += 1;
            return Verdict::Drop;
        }
        self.depth += 1;
        self.formatting += usize::from(formatting);
        Verdict::Keep
    }
}

struct Tag<'h> {
    name: &'h str,
    closes: bool,
    end: usize,
}

impl<'h> Tag<'h> {
    /// The tag that begins at `open`; without a name where it is text, a comment or a declaration.
    fn read(html: &'h str, open: usize) -> Tag<'h> {
        let nothing = |end| Tag {
            name: "",
            closes: false,
            end,
        };
        let rest = &html[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            return nothing(match comment.find("-->") {
                Some(length) => open + 4 + length + 3,
                None => html.len(),
            });
        }
        let closes = rest.starts_with('/');
        let start = open + 1 + usize::from(closes);
        let length = html[start..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(html.len() - start);
        if !html[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return nothing(open + 1);
        }
        Tag {
            name: &html[start..start + length],
            closes,
            end: end_of_tag(html, start + length),
        }
    }

    fn raw_text(&self) -> Option<&'h str> {
        let raw = [
            "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
        ];
        (!self.closes && raw.iter().any(|name| name.eq_ignore_ascii_case(self.name)))
            .then_some(self.name)
    }
}

/// One past the `>` that ends a tag, values in quotes skipped.
fn end_of_tag(html: &str, from: usize) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in html.as_bytes()[from..].iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return from + at + 1,
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (Some(open), close) if open == *close => quote = None,
            _ => {}
        }
        after_equals = *byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    html.len()
}

/// Where the text of a `script` or the like ends.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(close) = html[at..].find("</").map(|found| at + found) {
        let after = html.as_bytes().get(close + 2..close + 2 + name.len());
        if after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes())) {
            return close;
        }
        at = close + 2;
    }
    html.len()
}

/// Whether an element of this name adds to the nesting: the others hold nothing or end by themselves.
fn is_counted(name: &str) -> bool {
    const UNCOUNTED: [&str; 30] = [
        "p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "option", "optgroup",
        "br", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "area", "base",
        "col", "embed", "param", "html", "body", "head", "colgroup",
    ];
    !UNCOUNTED
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a parser reopens an unclosed element of this name in the next paragraph (HTML, 13.2.4.3).
fn is_formatting(name: &str) -> bool {
    const FORMATTING: [&str; 14] = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
    ];
    FORMATTING
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_as_pages_do_is_left_as_it_is() {
        for html in [
            "<p>One<p>two<ul><li>three</ul><!-- <div> --><script>'<div>'</script>",
            "a < b, <3, <a title='>'>x</a>",
            "<!-- never closed <div>",
        ] {
            assert!(matches!(tame(html), Cow::Borrowed(_)), "{html}");
        }
        let paragraphs = "<p>x".repeat(10_000);
        assert_eq!(tame(&paragraphs), paragraphs);
    }

    #[test]
    fn what_nests_too_deep_loses_its_tags_and_keeps_its_text() {
        let deep = format!(
            "{}x{}<i>y</i>",
            "<div>".repeat(1_000),
            "</div>".repeat(1_000)
        );
        let kept = format!(
            "{}x{}<i>y</i>",
            "<div>".repeat(DEEPEST),
            "</div>".repeat(DEEPEST)
        );
        assert_eq!(tame(&deep), kept);
    }

    #[test]
    fn formatting_that_is_never_closed_is_bounded() {
        let bomb = format!("{}{}", "<b a=1><i>".repeat(100), "<p>x".repeat(100_000));
        assert!(tame(&bomb).len() < 10_000);
    }
}
