//! Six pages of one site, `fixtures/one-site`, read by the program: what all of them repeat is not the article.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/one-site");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    pages
}

/// What `article --batch` finds on the pages, each named twice and by its site's address only, as lists of pages sometimes do.
fn found(more: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for page in pages().iter().chain(&pages()) {
        let name = page.file_stem().unwrap().to_str().unwrap();
        let url = "https://lakeside.example/";
        writeln!(lines, "{}", json!({ "id": name, "url": url, "file": page })).unwrap();
    }
    let list = folder.path().join("list.jsonl");
    std::fs::write(&list, lines).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_feedwright"))
        .args(["article", "--batch"])
        .arg(&list)
        .args(more)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.take(pages().len()).collect()
}

/// What the site adds to every story: a notice, a line behind a `br`, a list.
const ADDED: [&str; 4] = [
    "Our newsroom is two small rooms above the bakery, and its lamp burns until the last page is set.",
    "The letter box at the stairs is emptied at nine every morning but Monday.",
    "The printed paper lies at forty-one kiosks between the mill and the pier.",
    "On Saturdays it comes with a map of the week's markets on its back page.",
];

/// What two parts of a series both say.
const SHARED: &str =
    "The dam was built in 1911 by three villages and has been mended four times since then.";

#[test]
fn what_all_pages_of_a_site_repeat_goes_and_what_a_series_repeats_stays() {
    let (alone, together) = (found(&[]), found(&["--learn-site"]));
    assert_eq!((alone.len(), together.len()), (6, 6));
    for (alone, together) in alone.iter().zip(&together) {
        let field = |page: &Value, name: &str| page[name].as_str().unwrap().to_owned();
        let (mut text, mut html) = (field(alone, "text"), field(alone, "html"));
        for line in ADDED {
            assert!(text.contains(line) && html.contains(line), "{text}");
            let spelled = [format!("\n\n{line}"), format!("\n{line}")];
            let spelled = spelled.iter().find(|line| text.contains(*line)).unwrap();
            text = text.replacen(spelled.as_str(), "", 1);
        }
        for line in [
            format!("<p>{}</p>", ADDED[0]),
            format!("<br>{}", ADDED[1]),
            format!("<ul><li>{}</li><li>{}</li></ul>", ADDED[2], ADDED[3]),
        ] {
            assert!(html.contains(&line), "{line} is not in {html}");
            html = html.replace(&line, "");
        }
        assert_eq!(field(together, "text"), text);
        assert_eq!(field(together, "html"), html);
    }
    let series = together
        .iter()
        .filter(|page| page["text"].as_str().unwrap().contains(SHARED));
    assert_eq!(series.count(), 2);
}
