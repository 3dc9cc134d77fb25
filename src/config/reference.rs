//! What the file may hold → a page that tells of every key.

use super::keys::TABLES;
use super::reader::LIST_ITEMS;
use super::shape::{Default, Group, Key, Shape, Table};
use super::values::spell;

/// The reference of every key, as Markdown: what `src/config/REFERENCE.md` holds.
pub fn reference() -> String {
    let mut page = format!(
        "# Every key of config.toml\n\n\
         This page is written by the program from the same table that reads the file; a test holds the two together.\n\
         `feedwright schema` prints the same as a JSON Schema, with which editors complete the file.\n\n\
         Lengths of time are a number and a unit: `\"90s\"`, `\"15m\"`, `\"2h\"`, `\"30d\"`, `\"1w\"`, also together (`\"1h30m\"`).\n\
         Where a key takes a list, one value may stand without brackets; a list holds at most {LIST_ITEMS} values.\n\
         A header, a cookie, a proxy or a token may be a secret that does not stand in the file: `{{ env = \"NAME\" }}` for an environment\n\
         variable, `{{ file = \"/path\" }}` for a file, `{{ credential = \"name\" }}` for a credential of systemd.\n"
    );
    let mut told = Vec::new();
    for table in TABLES {
        page.push_str(&of_table(table, &mut told));
    }
    page
}

/// A table's part of the page. A group of keys that several tables share is told of once, at the first.
fn of_table(table: &'static Table, told: &mut Vec<&'static str>) -> String {
    let mut part = format!(
        "\n<a id=\"{}\"></a>\n\n## {}\n\n{}\n",
        table.id, table.name, table.doc
    );
    for group in table.groups {
        if told.contains(&group.title) {
            part.push_str(&format!(
                "\nAlso every key of *{}* [above](#{}).\n",
                group.title,
                anchor(group.title)
            ));
        } else {
            told.push(group.title);
            part.push_str(&of_group(group, table.groups.len() > 1));
        }
    }
    part
}

fn of_group(group: &Group, headed: bool) -> String {
    let mut part = String::new();
    if headed {
        part.push_str(&format!("\n### {}\n", group.title));
    }
    part.push_str("\n| key | what it is | default | example |\n|---|---|---|---|\n");
    for key in group.keys {
        part.push_str(&row(key));
    }
    part
}

fn row(key: &Key) -> String {
    let default = match key.default {
        Default::Required => "must be given".to_owned(),
        Default::Nothing => "–".to_owned(),
        Default::Value(value) => code(value),
        Default::Told(words) => escaped(words),
    };
    let example = match key.shape {
        Shape::Many(table) | Shape::One(table) if key.example.len() <= 2 => {
            format!("see [{}](#{})", table.name, table.id)
        }
        _ => code(key.example),
    };
    format!(
        "| `{}` | {}{} | {default} | {example} |\n",
        key.name,
        escaped(key.doc),
        limits(&key.shape)
    )
}

/// The bounds of a value, with their reasons.
fn limits(shape: &Shape) -> String {
    let (least, floor, most, ceiling) = match shape {
        Shape::Count(bound) => (
            spaced(bound.least),
            bound.floor,
            spaced(bound.most),
            bound.ceiling,
        ),
        Shape::Time(bound) => (
            format!("\"{}\"", spell(bound.least)),
            bound.floor,
            format!("\"{}\"", spell(bound.most)),
            bound.ceiling,
        ),
        Shape::One(table) | Shape::Many(table) => {
            return format!(" See [{}](#{}).", table.name, table.id);
        }
        _ => return String::new(),
    };
    if floor.is_empty() {
        return format!(" At most {most}: {ceiling}.");
    }
    format!(" At least {least}: {floor}; at most {most}: {ceiling}.")
}

/// A number as the file may spell it: 1_000_000.
fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut spaced = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            spaced.push('_');
        }
        spaced.push(digit);
    }
    spaced
}

/// A value of the file, in a cell of a table.
fn code(value: &str) -> String {
    format!("`{}`", escaped(value))
}

/// A bar would end the cell, also inside backticks (GitHub Flavored Markdown, 4.10).
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The link to a heading, as Markdown renderers make it.
fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
