//! Pages before and after taming, parsed: they show the same.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::fs;
use std::path::{Path, PathBuf};

use feedwright::html;
use feedwright::tame::{tame, without_programs};
use scraper::Html;

/// The fixtures, or the pages of the folder that `FEEDWRIGHT_PAGES` names.
fn pages() -> Vec<PathBuf> {
    let folder = std::env::var_os("FEEDWRIGHT_PAGES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"),
        PathBuf::from,
    );
    let mut folders = vec![folder];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                pages.push(path);
            }
        }
    }
    pages
}

#[test]
fn a_tamed_page_shows_what_it_showed() {
    let text = |page: &str| html::text(Html::parse_document(page).root_element());
    let pages = pages();
    assert!(pages.len() > 40, "{} pages", pages.len());
    for page in pages {
        let sent = String::from_utf8_lossy(&fs::read(&page).unwrap()).into_owned();
        let shown = text(&sent);
        assert_eq!(text(&tame(&sent)), shown, "{}", page.display());
        assert_eq!(text(&without_programs(&sent)), shown, "{}", page.display());
    }
}
