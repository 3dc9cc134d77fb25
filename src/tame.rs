//! HTML of a site → the same with its nesting bounded, so that parsing it takes time and memory in proportion to its length; and
//! without what nobody reads: the rules of styles, the lines of drawings.
//!
//! HTML's own rules make a parser reopen every unclosed `<b>` in every paragraph and look through all open elements for each
//! tag: a few hundred kilobytes made for it take minutes and gigabytes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use memchr::memchr;

/// Deepest nesting that is kept. Browsers stop at 512; no article is a tenth as deep.
const DEEPEST: usize = 256;

/// How much deeper elements that mean something may stand: a list or a table inside the deepest box, and the links in it.
const ROOM: usize = 64;

/// Whether elements of this name mean nothing by themselves: what stands in one too many stands as well without it.
fn is_mere_box(name: &str) -> bool {
    ["div", "span", "section", "center", "font"]
        .iter()
        .any(|mere| mere.eq_ignore_ascii_case(name))
}

/// Most elements that unclosed formatting may make a parser add. A page of honest tag soup makes it add some thousands.
const MOST_REOPENED: usize = 200_000;

/// Most attributes of one element that are kept: a parser compares each with all before it. No honest element has half as many.
const MOST_ATTRIBUTES: usize = 200;

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
            if raw.eq_ignore_ascii_case("style")
                || raw.eq_ignore_ascii_case("script") && is_unread(tag.text, &html[tag.end..at])
            {
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

/// Most elements that one end tag closes together with its own.
const MOST_CLOSED: usize = 64;

enum Verdict {
    Keep,
    Drop,
    Stop,
}

/// How deep the tags read so far stand in each other.
#[derive(Default)]
struct Nesting<'h> {
    /// The names of the elements that are open.
    stack: Vec<&'h str>,
    /// How many start tags of each name were left out and wait for their end tags: always inside of those that were kept.
    dropped: HashMap<String, usize>,
    /// Formatting elements that are open, by name; those that a parser would reopen are marked so.
    open: HashMap<String, Vec<(u64, bool)>>,
    /// How many of each are open, by name and attributes.
    alike: HashMap<u64, usize>,
    formatting: usize,
    reopened: usize,
}

/// Of formatting elements that are alike in all, a parser reopens three (HTML, 13.2.4.3: "Noah's Ark").
const MOST_ALIKE: usize = 3;

impl<'h> Nesting<'h> {
    fn pass(&mut self, tag: &Tag<'h>) -> Verdict {
        if tag.name.is_empty() {
            return Verdict::Keep;
        }
        let sort = sort(tag.name);
        if tag.closes {
            if sort == Sort::Formatting {
                self.close(tag.name);
            }
            if sort != Sort::Flat {
                if let Some(waiting) = self.waiting(tag.name) {
                    *waiting -= 1;
                    return Verdict::Drop;
                }
                // An end tag closes all that is open inside of its element.
                let near = self.stack.len().saturating_sub(MOST_CLOSED);
                let found = self.stack[near..]
                    .iter()
                    .rposition(|open| open.eq_ignore_ascii_case(tag.name));
                if let Some(found) = found {
                    self.stack.truncate(near + found);
                }
            }
            return Verdict::Keep;
        }
        self.reopened += self.formatting;
        if self.reopened > MOST_REOPENED {
            return Verdict::Stop;
        }
        if sort == Sort::Flat {
            return Verdict::Keep;
        }
        let deepest = if is_mere_box(tag.name) {
            DEEPEST
        } else {
            DEEPEST + ROOM
        };
        if self.stack.len() >= deepest {
            *self
                .dropped
                .entry(tag.name.to_ascii_lowercase())
                .or_default() += 1;
            return Verdict::Drop;
        }
        self.stack.push(tag.name);
        if sort == Sort::Formatting {
            self.open(tag);
        }
        Verdict::Keep
    }

    /// The count of start tags of this name that were left out, where there are some.
    fn waiting(&mut self, name: &str) -> Option<&mut usize> {
        if self.dropped.is_empty() {
            return None;
        }
        let waiting = self.dropped.get_mut(&name.to_ascii_lowercase())?;
        (*waiting > 0).then_some(waiting)
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let mut hasher = DefaultHasher::new();
        tag.text.hash(&mut hasher);
        let key = hasher.finish();
        let alike = self.alike.entry(key).or_default();
        let reopens = *alike < MOST_ALIKE;
        if reopens {
            *alike += 1;
            self.formatting += 1;
        }
        let open = self.open.entry(tag.name.to_ascii_lowercase()).or_default();
        open.push((key, reopens));
    }

    fn close(&mut self, name: &str) {
        let open = self.open.get_mut(&name.to_ascii_lowercase());
        if let Some((key, true)) = open.and_then(Vec::pop) {
            self.formatting -= 1;
            if let Some(alike) = self.alike.get_mut(&key) {
                *alike -= 1;
            }
        }
    }
}

struct Tag<'h> {
    name: &'h str,
    text: &'h str,
    closes: bool,
    end: usize,
}

impl<'h> Tag<'h> {
    /// The tag that begins at `open`; without a name where it is text, a comment or a declaration.
    fn read(html: &'h str, open: usize) -> Tag<'h> {
        let nothing = |end| Tag {
            name: "",
            text: "",
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
    fn length_of_most_attributes(&self) -> Option<usize> {
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
    fn is_drawing(&self) -> bool {
        !self.closes && self.name.eq_ignore_ascii_case("svg") && !self.text.ends_with("/>")
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
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
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

/// Where the end tag of the `svg` begins whose content stands at `from`; or else where something stands by which a parser might
/// leave the drawing earlier or later (HTML, 13.2.6.5), so that it is better left as it is.
fn end_of_drawing(html: &str, from: usize) -> Result<usize, usize> {
    let mut at = from;
    let mut named = "";
    while let Some(open) = memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        let tag = Tag::read(html, open);
        if tag.closes && tag.name.eq_ignore_ascii_case("svg") && named.is_empty() {
            return Ok(open);
        }
        let is_drawn = if named.is_empty() {
            DRAWN
                .iter()
                .any(|drawn| drawn.eq_ignore_ascii_case(tag.name))
        } else {
            tag.closes && tag.name == named
        };
        let is_comment = html[open..].starts_with("<!--") && named.is_empty();
        if !is_drawn && !is_comment {
            return Err(tag.end);
        }
        let names = !tag.closes && matches!(tag.name, "title" | "desc");
        named = if names { tag.name } else { "" };
        at = tag.end;
    }
    Err(html.len())
}

/// The elements that drawings on pages are made of. In `title` and `desc` HTML may stand: there only text is taken for sure.
const DRAWN: [&str; 24] = [
    "path",
    "g",
    "use",
    "circle",
    "rect",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "defs",
    "symbol",
    "title",
    "desc",
    "stop",
    "lineargradient",
    "radialgradient",
    "clippath",
    "mask",
    "text",
    "tspan",
    "animate",
    "animatetransform",
    "filter",
    "style",
];

/// What an element of some name does to the nesting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// It holds nothing or ends by itself.
    Flat,
    /// A parser reopens it in the next paragraph where it is not closed (HTML, 13.2.4.3). Links are not among them: a second
    /// one closes the first.
    Formatting,
    /// It nests.
    Box,
}

fn sort(name: &str) -> Sort {
    let mut lower = [0_u8; 8];
    let Some(lower) = lower.get_mut(..name.len()) else {
        return Sort::Box;
    };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"div" | b"span" | b"a" | b"ul" => Sort::Box,
        b"p" | b"li" | b"td" | b"th" | b"tr" | b"dt" | b"dd" | b"tbody" | b"thead" | b"tfoot"
        | b"option" | b"optgroup" | b"br" | b"hr" | b"img" | b"input" | b"link" | b"meta"
        | b"source" | b"track" | b"wbr" | b"area" | b"base" | b"col" | b"embed" | b"param"
        | b"html" | b"body" | b"head" | b"colgroup" => Sort::Flat,
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small"
        | b"strike" | b"strong" | b"tt" | b"u" => Sort::Formatting,
        _ => Sort::Box,
    }
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
    fn of_styles_and_drawings_only_the_tags_stay() {
        let nested = "<svg><g><svg><path></svg></g></svg>";
        for (html, tamed) in [
            ("<style a>p > b { x: '<i>' }</style>x", "<style a></style>x"),
            ("<STYLE>a</p></Style >x", "<STYLE></Style >x"),
            ("<style>never closed", "<style>"),
            (
                "a<svg class=i><path d='M0 0>'/><!-- </svg> --><g><title>A pen</title></g></svg>b",
                "a<svg class=i></svg>b",
            ),
            (
                "<svg/>a<svg></svg><svg/><path></svg>",
                "<svg/>a<svg></svg><svg/><path></svg>",
            ),
            // What may end the drawing before its end tag, or after it, stays.
            ("<svg><p>text</p></svg>", "<svg><p>text</p></svg>"),
            (
                "<svg><foreignObject><p>text</svg>",
                "<svg><foreignObject><p>text</svg>",
            ),
            (
                "<svg><title><b>x</svg></title></svg>",
                "<svg><title><b>x</svg></title></svg>",
            ),
            (
                "<svg><![CDATA[ </svg> ]]></svg>",
                "<svg><![CDATA[ </svg> ]]></svg>",
            ),
            ("<svg></p>text</svg>", "<svg></p>text</svg>"),
            ("<svg><path>never closed", "<svg><path>never closed"),
            (nested, "<svg><g><svg></svg></g></svg>"),
            // Words of programs are no drawings.
            (
                "<script>'<svg><g></svg>'</script>",
                "<script>'<svg><g></svg>'</script>",
            ),
        ] {
            assert_eq!(tame(html), tamed, "{html}");
        }
        let endless = "<svg><path>".repeat(DEEPEST / 2);
        assert_eq!(tame(&endless), endless);
    }

    #[test]
    fn of_programs_only_the_tags_stay_where_nobody_reads_them() {
        for (tag, text, stays) in [
            ("<script>", "var a = '<p>';", false),
            ("<SCRIPT src=a.js>", " ", false),
            ("<script type='text/JavaScript'>", "{}", false),
            ("<script type=module>", "a()", false),
            ("<script data-type=x>", "a()", true),
            ("<script>", " {\"@context\": 1}", true),
            (
                "<script type='application/ld+json' data-by=module>",
                "{}",
                true,
            ),
            ("<script type='text/tawsiyat'>", "{}", true),
            ("<script type='text/x-template'>", "<p>x", true),
        ] {
            let page = format!("<b>a</b>{tag}{text}</script>b");
            let kept = if stays { text } else { "" };
            let left = format!("<b>a</b>{tag}{kept}</script>b");
            assert_eq!(without_programs(&page), left, "{page}");
            assert_eq!(tame(&page), page);
        }
    }

    #[test]
    fn attributes_that_are_too_many_are_left_out() {
        let tag = |attributes: usize, form: &str| {
            let attributes = (0..attributes).map(|n| form.replace('#', &n.to_string()));
            format!("<p{}>", attributes.collect::<String>())
        };
        for form in [" a#", " a#=b", "/a# = \"b > c\"", " =a#='>'", "\n a#=b/c"] {
            let most = tag(MOST_ATTRIBUTES, form);
            let text = "x<br>".repeat(100);
            assert_eq!(
                tame(&format!("{most}{text}")),
                format!("{most}{text}"),
                "{form}"
            );
            let more = format!("{}{text}", tag(10 * MOST_ATTRIBUTES, form));
            let tamed = tame(&more);
            let kept = tamed.strip_suffix(&text).unwrap();
            assert_eq!(
                kept.trim_end_matches(['>', ' ', '/', '\n']),
                &most[..most.len() - 1],
                "{form}"
            );
        }
        let unclosed = tag(300, " a#").replace('>', "");
        assert!(tame(&unclosed).len() < unclosed.len());
    }

    #[test]
    fn formatting_that_is_never_closed_is_bounded() {
        let bomb = format!(
            "{}{}",
            (0..200).map(|n| format!("<b a={n}>")).collect::<String>(),
            "<p>x".repeat(100_000)
        );
        assert!(tame(&bomb).len() < 10_000);
    }
}
