//! HTML of a site → the same with its nesting bounded, so that parsing it takes time and memory in proportion to its length; and
//! without what nobody reads: the rules of styles, the lines of drawings.
//!
//! HTML's own rules make a parser reopen every unclosed `<b>` in every paragraph and look through all open elements for each
//! tag: a few hundred kilobytes made for it take minutes and gigabytes.

mod drawing;
mod nesting;
mod tag;

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

use drawing::end_of_drawing;
use nesting::{Nesting, Verdict};
use tag::{Tag, end_of_raw};

/// `html` with the tags that nest deeper than [`DEEPEST`] left out, attributes beyond [`MOST_ATTRIBUTES`] too, and cut where unclosed
/// formatting would fill the memory. Of `style` and `svg` only the tags themselves stay.
pub fn tame(html: &str) -> Cow<'_, str> {
    tamed(html, |_, _| false)
}

/// [`tame`], and of scripts that are programs only the tags too: a fifth of a page, in which only a last resort finds something.
pub fn without_programs(html: &str) -> Cow<'_, str> {
    tamed(html, is_program)
}

/// Whether a script with this start tag is a program. One that tells no type and begins as JSON does is none.
fn is_program(tag: &str, text: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    if !tag.contains("type") {
        return !text.trim_start().starts_with(['{', '[', '<']);
    }
    let is_said = |name: &&str| tag.contains(*name);
    ["javascript", "ecmascript", "module"].iter().any(is_said) && !tag.contains("json")
}

/// Whether a parser, too, reads the text of a style or a script to its end tag: not where it stands in something else that ends first,
/// and not where it has a script of its own in a comment (HTML, 13.2.5.15 and following).
fn surely_ends(text: &str) -> bool {
    let is_at = |at: usize, name: &str| {
        let found = text.as_bytes().get(at..at + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    let ends = |at: usize| is_at(at, "</noscript") || is_at(at, "</svg");
    let comment = memmem::find(text.as_bytes(), b"<!--");
    let hides = |at: usize| is_at(at, "<script") && comment.is_some_and(|comment| comment < at);
    !memchr_iter(b'<', text.as_bytes()).any(|at| ends(at) || hides(at))
}

fn tamed(html: &str, is_unread: impl Fn(&str, &str) -> bool) -> Cow<'_, str> {
    let mut nesting = Nesting::default();
    let mut kept = Kept::new(html);
    let (mut at, mut undrawn) = (0, 0);
    while let Some(open) = memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        let tag = Tag::read(html, open);
        at = tag.end;
        match nesting.pass(&tag) {
            Verdict::Keep => {
                if let Some(length) = tag.length_of_most_attributes() {
                    kept.leave_out(open + length, tag.end);
                    kept.out.push('>');
                }
            }
            Verdict::Drop => kept.leave_out(open, tag.end),
            Verdict::Stop => {
                kept.leave_out(open, html.len());
                break;
            }
        }
        if let Some(raw) = tag.raw_text() {
            at = end_of_raw(html, at, raw);
            let text = &html[tag.end..at];
            let is_unread = raw.eq_ignore_ascii_case("style")
                || raw.eq_ignore_ascii_case("script") && is_unread(tag.text, text);
            if is_unread && surely_ends(text) {
                kept.leave_out(tag.end, at);
            }
        } else if tag.is_drawing() && at >= undrawn {
            match end_of_drawing(html, at) {
                Ok(end) => {
                    kept.leave_out(at, end);
                    at = end;
                }
                Err(unsure) => undrawn = unsure,
            }
        }
    }
    kept.into_text()
}

/// The text, as far as it is read, without what was left out; not copied as long as that is nothing.
struct Kept<'h> {
    html: &'h str,
    out: String,
    /// How far `html` is copied or left out.
    done: usize,
}

impl<'h> Kept<'h> {
    fn new(html: &'h str) -> Kept<'h> {
        Kept {
            html,
            out: String::new(),
            done: 0,
        }
    }

    /// Leaves out what stands between `from` and `to`.
    fn leave_out(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        if self.done == 0 {
            self.out.reserve(self.html.len());
        }
        self.out.push_str(&self.html[self.done..from]);
        self.done = to;
    }

    fn into_text(mut self) -> Cow<'h, str> {
        if self.done == 0 {
            return Cow::Borrowed(self.html);
        }
        self.out.push_str(&self.html[self.done..]);
        Cow::Owned(self.out)
    }
}

#[cfg(test)]
mod tests;
