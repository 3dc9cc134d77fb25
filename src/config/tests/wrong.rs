//! Wrong files → the whole message. A case is two files in fixtures/config: NAME.toml, and NAME.txt with what is said of it.

use std::path::{Path, PathBuf};

use super::super::{Surroundings, parse};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/config");
    let files = std::fs::read_dir(folder).unwrap();
    let mut cases: Vec<PathBuf> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    cases.sort();
    cases
}

#[test]
fn a_wrong_file_is_told_all_its_mistakes_at_once() {
    let renew = std::env::var_os("FEEDWRIGHT_WRITE_MESSAGES").is_some();
    let cases = cases();
    assert!(cases.len() > 10);
    for case in cases {
        let text = std::fs::read_to_string(&case).unwrap();
        let name = case.file_name().unwrap().to_string_lossy();
        let mistakes = match parse(&name, &text, &Surroundings::empty()) {
            Ok(_) => panic!("{name} has no mistake"),
            Err(mistakes) => format!("{mistakes}\n"),
        };
        let expected = case.with_extension("txt");
        if renew {
            std::fs::write(&expected, &mistakes).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(
            mistakes, expected,
            "{name}; if this is better, FEEDWRIGHT_WRITE_MESSAGES=1 keeps it"
        );
        assert!(!mistakes.contains("geheim"), "a secret shows in {mistakes}");
    }
}
