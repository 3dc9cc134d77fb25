//! The house's own rules, held: who may import whom, and how a file begins.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms that it may know. A step knows `model`, `config` and the shared tools, never another step; only
/// `poll` and `run` know several steps, only `cli` knows those.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("address", &[]),
    (
        "cli",
        &[
            "address", "config", "demo", "discover", "extract", "feed", "fetch", "model", "ops",
            "poll", "render", "run", "schedule", "serve", "store", "text",
        ],
    ),
    ("config", &["model", "text", "address"]),
    ("dates", &["model", "text"]),
    ("demo", &["model", "ops", "text"]),
    (
        "discover",
        &[
            "tame", "address", "config", "dates", "html", "model", "text",
        ],
    ),
    (
        "extract",
        &[
            "address", "config", "dates", "hash", "html", "model", "tame", "text",
        ],
    ),
    ("feed", &["config", "hash", "model", "text"]),
    ("hash", &[]),
    ("fetch", &["config", "model", "ops"]),
    ("html", &["address", "text"]),
    ("model", &[]),
    ("ops", &[]),
    (
        "poll",
        &[
            "config", "discover", "extract", "feed", "fetch", "hash", "model", "ops", "sanitize",
            "schedule", "store", "text", "update",
        ],
    ),
    ("render", &["model", "text"]),
    (
        "run",
        &[
            "config", "feed", "fetch", "model", "ops", "poll", "schedule", "serve", "store",
        ],
    ),
    ("sanitize", &["address", "html", "tame", "text"]),
    ("schedule", &["model"]),
    ("serve", &["config", "model", "ops", "render", "text"]),
    ("store", &["hash", "model"]),
    ("tame", &[]),
    ("text", &[]),
    ("update", &["address", "config", "hash", "model", "text"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The room that a file stands in: its folder or file under `src`.
fn room(file: &Path) -> String {
    let inside = file.strip_prefix(src()).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that `text` names: `crate::room`, also the first names inside `crate::{…}`.
fn imports(text: &str) -> Vec<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = code.collect::<Vec<_>>().join("\n");
    code.match_indices("crate::")
        .filter_map(|(at, name)| {
            let rest = &code[at + name.len()..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
            (end > 0).then(|| rest[..end].to_owned())
        })
        .collect()
}

#[test]
fn every_room_imports_only_what_it_may_know() {
    let rules: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut faults = Vec::new();
    for file in sources(&src()) {
        let room = room(&file);
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(allowed) = rules.get(room.as_str()) else {
            faults.push(format!(
                "{} is a room that MAY_IMPORT does not know",
                file.display()
            ));
            continue;
        };
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            if import != room && !allowed.contains(&import.as_str()) {
                faults.push(format!(
                    "{} imports {import}, which {room} may not know",
                    file.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_opens_with_what_goes_in_and_what_comes_out() {
    let silent: Vec<_> = sources(&src())
        .into_iter()
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//! "))
        .collect();
    assert!(silent.is_empty(), "no opening sentence in {silent:?}");
}
