//! JSON as sites print it → values: comments, trailing commas, control characters and a second document are forgiven.

use serde_json::Value;

use crate::text::squeeze;

/// Every document in `text`; what cannot be read, even repaired, is left out.
pub fn lenient(text: &str) -> Vec<Value> {
    let text = unwrapped(text);
    if text.is_empty() {
        return Vec::new();
    }
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    serde_json::Deserializer::from_str(&repaired(text))
        .into_iter::<Value>()
        .map_while(Result::ok)
        .collect()
}

/// Without the comment or CDATA marks that old pages put around a script.
fn unwrapped(text: &str) -> &str {
    let mut text = text.trim().trim_start_matches('\u{feff}');
    for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        text = text.strip_prefix(mark).unwrap_or(text).trim();
    }
    for mark in ["-->", "//]]>", "/*]]>*/", "]]>", "//"] {
        text = text.strip_suffix(mark).unwrap_or(text).trim();
    }
    text.trim_end_matches(';')
}

/// `text` without comments, trailing commas, and control characters inside strings.
fn repaired(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut inside = false;
    while let Some(c) = chars.next() {
        if inside {
            match c {
                '\\' => escape(&mut out, &mut chars),
                '"' => {
                    inside = false;
                    out.push(c);
                }
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                inside = true;
                out.push(c);
            }
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => skip_comment(&mut chars),
            ']' | '}' => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// An escape as it stands, or the character alone where JSON knows no such escape (`\'`).
fn escape(out: &mut String, chars: &mut Chars<'_>) {
    match chars.next() {
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
            out.push('\\');
            out.push(c);
        }
        Some(c) if c.is_control() => out.push(' '),
        Some(c) => out.push(c),
        None => {}
    }
}

fn skip_comment(chars: &mut Chars<'_>) {
    let mut star = false;
    chars.next();
    for c in chars.by_ref() {
        if star && c == '/' {
            return;
        }
        star = c == '*';
    }
}

/// The value itself, or the values of a list.
pub fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    }
    .into_iter()
}

/// The texts of a value or of a list.
pub fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    each(value).filter_map(Value::as_str)
}

/// The text of a value: itself, or the first of `members` that is one.
pub fn text_of(value: &Value, members: &[&str]) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Object(object) => members.iter().find_map(|member| {
            each(object.get(*member)).find_map(|value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
        }),
        _ => None,
    }
}

/// One line of plain text from a value that may hold entities, even escaped twice, or markup.
pub fn plain(value: &str) -> String {
    let mut text = squeeze(value);
    for _ in 0..2 {
        if !text.contains('&') && !text.contains('<') {
            break;
        }
        let fragment = scraper::Html::parse_fragment(&text);
        let next = crate::html::text(fragment.root_element());
        if next == text || next.is_empty() {
            break;
        }
        text = next;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_read_as_sites_print_it() {
        for (text, values) in [
            (r#"{"a":1}"#, vec![json!({"a": 1})]),
            ("<!-- {\"a\":[1,2,],} -->", vec![json!({"a": [1, 2]})]),
            (
                "{\"a\":\"one\ntwo\ttabs\"}",
                vec![json!({"a": "one two tabs"})],
            ),
            (
                "/* note */ {\"a\": \"http://x/*y*/\" // end\n}",
                vec![json!({"a": "http://x/*y*/"})],
            ),
            (r#"{"a":"it\'s"}"#, vec![json!({"a": "it's"})]),
            (r#"{"a":1}{"b":2}"#, vec![json!({"a": 1}), json!({"b": 2})]),
            ("//<![CDATA[\n{\"a\":1}\n//]]>", vec![json!({"a": 1})]),
            ("{\"a\": ", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(lenient(text), values, "{text}");
        }
    }

    #[test]
    fn entities_and_markup_become_text() {
        for (value, text) in [
            ("A &quot;B&quot;", "A \"B\""),
            ("A &amp;quot;B&amp;quot;", "A \"B\""),
            ("A <em>b</em> c", "A b c"),
            ("AT&T and R & D", "AT&T and R & D"),
            ("1 < 2", "1 < 2"),
        ] {
            assert_eq!(plain(value), text);
        }
    }
}
