//! Words → HTML: templates filled in one pass, text escaped, the blocks of a story's body spelled in its section's way.

use super::stories::Style;

/// `template` with each `{{name}}` replaced by its value; a name without a value by nothing. Values are not looked into.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len() * 2);
    let mut parts = template.split("{{");
    page.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or(("", part));
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(value.map_or("", |(_, value)| value));
        page.push_str(rest);
    }
    page
}

/// `text` as it may stand in an element or in a quoted attribute, of HTML as of XML.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A story that another one points to.
pub struct Target {
    /// Where it stands.
    pub href: String,
    /// Its headline.
    pub title: String,
    /// The address of its picture.
    pub picture: String,
}

/// The blocks of `body` as HTML; `target` finds a story by its name, if it can be read now.
pub fn body(body: &str, style: Style, target: &dyn Fn(&str) -> Option<Target>) -> String {
    let blocks: Vec<String> = body
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| block(text, style, target))
        .collect();
    blocks.join("\n")
}

fn block(text: &str, style: Style, target: &dyn Fn(&str) -> Option<Target>) -> String {
    if let Some(subhead) = text.strip_prefix("## ") {
        format!("<h2>{}</h2>", escape(subhead))
    } else if let Some(quote) = text.strip_prefix("> ") {
        format!("<blockquote><p>{}</p></blockquote>", inline(quote, target))
    } else if let Some(slug) = text.strip_prefix("= ") {
        target(slug)
            .map(|target| related(&target))
            .unwrap_or_default()
    } else if text.starts_with("- ") {
        let items: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("- "))
            .map(|item| format!("<li>{}</li>", inline(item, target)))
            .collect();
        format!("<ul>{items}</ul>")
    } else {
        match style {
            Style::Cards => format!("<p>{}</p>", inline(text, target)),
            Style::River => format!("{}<br><br>", inline(text, target)),
        }
    }
}

/// A box that is no part of the story.
fn related(target: &Target) -> String {
    format!(
        "<div class=\"related-box\"><h4>Read also</h4><a href=\"{}\"><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" \
         data-src=\"{}\" alt=\"\"><h5>{}</h5></a></div>",
        escape(&target.href),
        escape(&target.picture),
        escape(&target.title)
    )
}

/// Text with `[words](slug)` as links; where the story cannot be read now, the words alone.
fn inline(text: &str, target: &dyn Fn(&str) -> Option<Target>) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, words, slug, after)) = next_link(rest) {
        html.push_str(&escape(before));
        match target(slug) {
            Some(target) => html.push_str(&format!(
                "<a href=\"{}\">{}</a>",
                escape(&target.href),
                escape(words)
            )),
            None => html.push_str(&escape(words)),
        }
        rest = after;
    }
    html.push_str(&escape(rest));
    html
}

fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once('[')?;
    let (words, rest) = rest.split_once("](")?;
    let (slug, after) = rest.split_once(')')?;
    Some((before, words, slug, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_once() {
        for (template, filled) in [
            ("<p>{{a}}</p>{{b}}{{c}}", "<p>{{b}}</p>2"),
            ("no names", "no names"),
            ("{{a", "a"),
            ("", ""),
        ] {
            assert_eq!(fill(template, &[("a", "{{b}}"), ("b", "2")]), filled);
        }
    }

    #[test]
    fn a_body_is_spelled_in_its_style() {
        let known = |slug: &str| {
            (slug == "b").then(|| Target {
                href: "/x/b".to_owned(),
                title: "B & C".to_owned(),
                picture: "/media/b.png".to_owned(),
            })
        };
        let text = "One <two> [and](b) [not](c).\n\n## Sub\n\n> Said\n\n- a\n- b\n\n= c\n\n= b";
        let cards = "<p>One &lt;two&gt; <a href=\"/x/b\">and</a> not.</p>\n<h2>Sub</h2>\n\
                     <blockquote><p>Said</p></blockquote>\n<ul><li>a</li><li>b</li></ul>\n\n\
                     <div class=\"related-box\"><h4>Read also</h4><a href=\"/x/b\">\
                     <img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"/media/b.png\" alt=\"\">\
                     <h5>B &amp; C</h5></a></div>";
        assert_eq!(body(text, Style::Cards, &known), cards);
        assert_eq!(
            body("One\n\nTwo", Style::River, &known),
            "One<br><br>\nTwo<br><br>"
        );
    }
}
