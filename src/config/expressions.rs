//! The text of a selector, a pattern, a path or a template → what it means, or what is wrong with it.

use regex::{Regex, RegexBuilder};
use scraper::Selector;

use super::rules::{FieldSelector, JsonPath};
use super::suggest::quoted;
use super::values::{Wrong, address};

/// Longest selector, pattern or path, in bytes: none that a person can read is longer, and the parsers behind them are
/// asked nothing unreasonable.
pub(super) const EXPRESSION_BYTES: usize = 1000;

/// Most bytes that one compiled pattern takes: a configuration of hundreds of patterns still fits in memory.
const PATTERN_BYTES: usize = 1 << 20;

/// Deepest nesting of brackets in an expression: the parsers of selectors and paths call themselves once a level.
const NESTING: usize = 30;

/// A regular expression.
pub(super) fn pattern(text: &str) -> Result<Regex, Wrong> {
    fits(text, "a regular expression")?;
    if let Err(error) = regex_syntax::parse(text) {
        return Err(wrong_pattern(text, &error));
    }
    RegexBuilder::new(text)
        .size_limit(PATTERN_BYTES)
        .build()
        .map_err(|_| {
            Wrong::new(
                format!("{} grows too large", quoted(text)),
                "smaller counts in braces make a smaller pattern",
            )
        })
}

fn wrong_pattern(text: &str, error: &regex_syntax::Error) -> Wrong {
    let (reason, span) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span()),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span()),
        _ => return Wrong::new(format!("{} is not a regular expression", quoted(text)), ""),
    };
    let help = match text.chars().next() {
        Some('*' | '?' | '+') => format!("any text is `.*`, a literal sign is `\\{text}`"),
        _ => "a sign that stands for itself is written with a backslash: `\\(`".to_owned(),
    };
    Wrong::new(
        format!("{} is not a regular expression: {reason}", quoted(text)),
        help,
    )
    .at(span.start.offset..span.end.offset)
}

/// A CSS selector.
pub(super) fn selector(text: &str) -> Result<Selector, Wrong> {
    fits(text, "a selector")?;
    Selector::parse(text).map_err(|_| {
        Wrong::new(
            format!("{} is not a CSS selector", quoted(text)),
            selector_help(text),
        )
    })
}

/// What would be right instead of a selector in another language, or a broken one.
fn selector_help(text: &str) -> String {
    let attr = text
        .split_once("::attr(")
        .and_then(|(element, rest)| Some((element, rest.strip_suffix(')')?)));
    if let Some((element, attribute)) = attr {
        return format!("an attribute is written `{element}@{attribute}`");
    }
    if let Some((element, _)) = text.split_once("::text") {
        return format!("the text is what is read anyway: `{element}`");
    }
    if text.starts_with('/') || text.contains("//") {
        return "this looks like XPath; a CSS selector is written like `div.story > a`".to_owned();
    }
    if text.contains(":contains(") || text.contains(":eq(") {
        return "`:contains` and `:eq` are not CSS; name a class or an attribute instead"
            .to_owned();
    }
    if text.trim().is_empty() {
        return "a selector is written like `div.story > a`".to_owned();
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        if text.matches(open).count() != text.matches(close).count() {
            return format!("each `{open}` needs its `{close}`");
        }
    }
    if text.trim_end().ends_with(['>', '+', '~', ',']) {
        return "something is missing after the last sign".to_owned();
    }
    "a selector is written like `div.story > a`, `h1, h2` or `[itemprop=author]`".to_owned()
}

/// A CSS selector with, if wanted, an `@` and an attribute: `time@datetime`.
pub(super) fn field(text: &str) -> Result<FieldSelector, Wrong> {
    let (element, attribute) = split_attribute(text);
    if let Some(attribute) = attribute {
        if element.trim().is_empty() {
            return Err(Wrong::new(
                format!("{} names no element", quoted(text)),
                format!("the element stands before the `@`: `a@{attribute}`"),
            ));
        }
        if !is_attribute(attribute) {
            return Err(Wrong::new(
                format!("{} is not the name of an attribute", quoted(attribute)),
                "an attribute is written like `time@datetime`",
            )
            .at(element.len() + 1..text.len()));
        }
    }
    Ok(FieldSelector {
        selector: selector(element)?,
        attribute: attribute.map(str::to_ascii_lowercase),
    })
}

/// Cuts at the `@` that stands outside brackets and quotes, if there is one: `a[href*="@"]` has none.
fn split_attribute(text: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(c),
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            '@' if depth == 0 => return (&text[..at], Some(&text[at + 1..])),
            _ => {}
        }
    }
    (text, None)
}

fn is_attribute(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
}

/// A JSON path (RFC 9535).
pub(super) fn json_path(text: &str) -> Result<JsonPath, Wrong> {
    fits(text, "a JSON path")?;
    JsonPath::parse(text).map_err(|error| {
        let wrong = |help: String| Wrong::new(format!("{} is not a JSON path", quoted(text)), help);
        if text.starts_with('$') {
            let at = text.floor_char_boundary(error.position().min(text.len()));
            return wrong(
                "a path is written like `$.items[*].title`; a name with other signs as `$['a-b']`"
                    .to_owned(),
            )
            .at(at..text.len());
        }
        let name = text.trim_start_matches('.');
        wrong(match JsonPath::parse(&format!("$.{name}")) {
            Ok(_) => format!("did you mean `$.{name}`?"),
            Err(_) => "a path begins at `$`: `$.items[*].title`".to_owned(),
        })
    })
}

/// Refuses what is longer or deeper than any expression a person writes.
fn fits(text: &str, what: &str) -> Result<(), Wrong> {
    if text.len() > EXPRESSION_BYTES {
        return Err(Wrong::new(
            format!("{what} of {} bytes is too long", text.len()),
            format!("at most {EXPRESSION_BYTES} bytes; a list may hold several"),
        ));
    }
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING {
            return Err(Wrong::new(
                format!("{what} with {depth} brackets inside each other is too deep"),
                format!("at most {NESTING} levels"),
            ));
        }
    }
    Ok(())
}

/// An address with `{name}` placeholders.
pub(super) fn template(text: &str) -> Result<String, Wrong> {
    let wrong = |help: &str| {
        Err(Wrong::new(
            format!("{} is not a template of an address", quoted(text)),
            help,
        ))
    };
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            return wrong("each `{` needs its `}`");
        };
        if !is_attribute(name) {
            return wrong("between braces stands the name of a value: `{slug}`");
        }
        filled.push_str(before);
        filled.push('x');
        rest = behind;
    }
    if filled.is_empty() {
        return wrong(
            "a value of the item stands between braces: `https://example.org/articles/{slug}`",
        );
    }
    filled.push_str(rest);
    if address(&filled).is_err() {
        return wrong("an address in full: `https://example.org/articles/{slug}`");
    }
    Ok(text.to_owned())
}
