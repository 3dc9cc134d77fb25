//! A `<` in a page → the tag that begins there and where it ends, as a parser reads it (HTML, 13.2.5).

use memchr::{memchr, memchr_iter};

/// Most attributes of one element that are kept: a parser compares each with all before it. No honest element has half as many.
pub const MOST_ATTRIBUTES: usize = 200;

/// A tag.
pub struct Tag<'h> {
    /// Its name as written; empty where this is text, a comment or a declaration.
    pub name: &'h str,
    /// All of it.
    pub text: &'h str,
    /// Whether it is an end tag.
    pub closes: bool,
    /// One past its last byte.
    pub end: usize,
}

impl<'h> Tag<'h> {
    /// The tag that begins at `open`; without a name where it is text, a comment or a declaration.
    pub fn read(html: &'h str, open: usize) -> Tag<'h> {
        let nothing = |end| Tag {
            name: "",
            text: "",
            closes: false,
            end,
        };
        let rest = &html[open + 1..];
        if rest.starts_with("!--") {
            return nothing(end_of_comment(html, open + "<!--".len()));
        }
        let closes = rest.starts_with('/');
        let start = open + 1 + usize::from(closes);
        if !html[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return nothing(open + 1);
        }
        let length = html.as_bytes()[start..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            .unwrap_or(html.len() - start);
        let end = end_of_tag(html, start + length);
        Tag {
            name: &html[start..start + length],
            text: &html[open..end],
            closes,
            end,
        }
    }

    /// Where the attributes begin that are too many, if there are any.
    pub fn length_of_most_attributes(&self) -> Option<usize> {
        // An attribute takes two bytes at least.
        if self.text.len() < 2 * MOST_ATTRIBUTES || self.name.is_empty() {
            return None;
        }
        let bytes = self.text.as_bytes();
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let skip = |at: usize, goes_on: &dyn Fn(&u8) -> bool| {
            let rest = bytes.get(at..).unwrap_or_default();
            at + rest.iter().take_while(|byte| goes_on(byte)).count()
        };
        let mut at = 1 + usize::from(self.closes) + self.name.len();
        for _ in 0..MOST_ATTRIBUTES {
            at = skip(at, &is_between);
            // A name may begin with the sign that ends it elsewhere.
            at = skip(at + 1, &|byte| {
                !is_between(byte) && !matches!(byte, b'=' | b'>')
            });
            let equals = skip(at, &u8::is_ascii_whitespace);
            if bytes.get(equals) == Some(&b'=') {
                at = skip(equals + 1, &u8::is_ascii_whitespace);
                at = match bytes.get(at) {
                    Some(quote @ (b'"' | b'\'')) => skip(at + 1, &|byte| byte != quote) + 1,
                    _ => skip(at, &|byte| !byte.is_ascii_whitespace() && *byte != b'>'),
                };
            }
        }
        at = skip(at, &is_between);
        (at + 1 < bytes.len()).then_some(at)
    }

    /// Whether a drawing begins with it, of which more than the tag may follow.
    pub fn is_drawing(&self) -> bool {
        !self.closes && self.name.eq_ignore_ascii_case("svg") && !self.text.ends_with("/>")
    }

    /// The name that ends what follows as text, whatever stands in it.
    pub fn raw_text(&self) -> Option<&'h str> {
        let raw = [
            "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
        ];
        (!self.closes && raw.iter().any(|name| name.eq_ignore_ascii_case(self.name)))
            .then_some(self.name)
    }
}

/// One past the comment whose text begins at `from`: `-->` ends it, `--!>` does, and `<!-->` is one.
fn end_of_comment(html: &str, from: usize) -> usize {
    let bytes = &html.as_bytes()[from..];
    let is_end = |at: &usize| {
        let before = &bytes[..*at];
        before.is_empty() || before == b"-" || before.ends_with(b"--") || before.ends_with(b"--!")
    };
    let end = memchr_iter(b'>', bytes).find(is_end);
    end.map_or(html.len(), |end| from + end + 1)
}

/// One past the `>` that ends a tag, values in quotes skipped.
fn end_of_tag(html: &str, from: usize) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return at,
            b'"' | b'\'' if after_equals => match memchr(byte, &bytes[at..]) {
                Some(length) => at += length + 1,
                None => return html.len(),
            },
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    html.len()
}

/// Where the text of a `script` or the like ends.
pub fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(close) = memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        let after = html.as_bytes().get(close + 2..close + 2 + name.len());
        if html[close + 1..].starts_with('/')
            && after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
        {
            return close;
        }
        at = close + 1;
    }
    html.len()
}
