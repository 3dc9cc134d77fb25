//! What is wrong with a configuration → sentences with the line, a caret under the exact place, and what would be right.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Most mistakes that are printed: nobody reads more at once, and the first ones often explain the others.
const SHOWN: usize = 50;

/// Every mistake of one configuration file, in the file's order. Never empty. Prints itself in full; values that may be
/// secrets are starred out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    name: String,
    text: String,
    list: Vec<Mistake>,
}

/// One thing that cannot work as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mistake {
    /// The bytes of the file that are wrong; `None` where it is the file as a whole.
    pub span: Option<(usize, usize)>,
    /// What is wrong.
    pub sentence: String,
    /// What would be right.
    pub help: String,
    /// Whether it is something missing: not to be told of a file with broken syntax, where what is missing may stand in
    /// the broken line.
    pub missing: bool,
}

impl Mistake {
    /// A mistake at `span`, and what would be right.
    pub fn new(
        span: Range<usize>,
        sentence: impl Into<String>,
        help: impl Into<String>,
    ) -> Mistake {
        Mistake {
            span: Some((span.start, span.end)),
            sentence: sentence.into(),
            help: help.into(),
            missing: false,
        }
    }

    /// Something that should stand in the table at `span` and does not.
    pub fn missing(
        span: Range<usize>,
        sentence: impl Into<String>,
        help: impl Into<String>,
    ) -> Mistake {
        Mistake {
            missing: true,
            ..Mistake::new(span, sentence, help)
        }
    }

    /// A mistake of the file as a whole.
    pub fn whole(sentence: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake {
            span: None,
            ..Mistake::new(0..0, sentence, help)
        }
    }
}

impl Mistakes {
    /// The mistakes of the file called `name`, which holds `text`; what stands at the `hidden` spans is never shown.
    pub(super) fn new(
        name: &str,
        text: &str,
        hidden: &[Range<usize>],
        mut list: Vec<Mistake>,
    ) -> Mistakes {
        list.sort();
        list.dedup();
        Mistakes {
            name: name.to_owned(),
            text: starred(text, hidden),
            list,
        }
    }

    /// The one mistake of a file that could not be read at all.
    pub(super) fn unreadable(name: &str, sentence: String, help: impl Into<String>) -> Mistakes {
        Mistakes::new(name, "", &[], vec![Mistake::whole(sentence, help)])
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The same text as `Display`, with colours for a terminal.
    pub fn coloured(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let mut out = String::new();
        for mistake in self.list.iter().take(SHOWN) {
            out.push_str(&self.render_one(renderer, mistake));
            out.push_str("\n\n");
        }
        out.push_str(&self.summary());
        out
    }

    fn summary(&self) -> String {
        let more = self.list.len().saturating_sub(SHOWN);
        match (self.list.len(), more) {
            (1, _) => format!("1 mistake in {}", self.name),
            (all, 0) => format!("{all} mistakes in {}", self.name),
            (all, more) => format!("{all} mistakes in {}, {more} not shown", self.name),
        }
    }

    fn render_one(&self, renderer: &Renderer, mistake: &Mistake) -> String {
        let group = Group::with_title(Level::ERROR.primary_title(mistake.sentence.as_str()));
        let group = match mistake.span {
            None => group.element(Origin::path(self.name.as_str())),
            Some(span) => {
                let line = Line::of(&self.text, span);
                group.element(
                    Snippet::source(line.text)
                        .path(self.name.as_str())
                        .line_start(line.number)
                        .annotation(AnnotationKind::Primary.span(line.span)),
                )
            }
        };
        let group = match mistake.help.as_str() {
            "" => group,
            help => group.element(Level::HELP.message(help)),
        };
        renderer.render(&[group])
    }
}

/// The line a span begins in, since a caret points into one line; handing over one line also keeps rendering a long file's
/// many mistakes from being quadratic.
struct Line<'a> {
    number: usize,
    text: &'a str,
    span: Range<usize>,
}

impl<'a> Line<'a> {
    fn of(text: &'a str, (start, end): (usize, usize)) -> Line<'a> {
        let start = floor(text, start);
        let end = floor(text, end.max(start));
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[first..last].trim_end_matches('\r');
        let (from, to) = (start - first, end.min(last) - first);
        Line {
            number: Lines::of(&text[..start]).number(start),
            text: line,
            span: from.min(line.len())..to.min(line.len()),
        }
    }
}

/// The nearest place at or before `at` where a character of `text` begins.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// Where each line of a text begins, so that asking for many lines is not quadratic.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of `text`.
    pub fn of(text: &str) -> Lines {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines(breaks.map(|(at, _)| at).collect())
    }

    /// The number of the line that holds byte `at`, from 1.
    pub fn number(&self, at: usize) -> usize {
        1 + self.0.partition_point(|line_break| *line_break < at)
    }
}

/// `text` with a star for each byte of the hidden spans, so that every place in it stays where it is.
fn starred(text: &str, hidden: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in hidden {
        let span = floor(text, span.start)..floor(text, span.end);
        for byte in bytes.get_mut(span).into_iter().flatten() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b'*';
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Mistakes {}
