//! Reading the file itself, and the secrets it points at.

use std::path::Path;

use super::super::load::load_with;
use super::*;

fn told(path: &Path) -> String {
    let told = load(path).map_or_else(|mistakes| mistakes.to_string(), |_| String::new());
    told.replace(&path.parent().unwrap().display().to_string(), "")
}

#[test]
fn a_file_that_is_not_there_is_told_with_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        told(&folder.path().join("config.toml")),
        "error: cannot read /config.toml: No such file or directory (os error 2)\n\
         --> /config.toml\n \
          = help: write one with at least these lines:\n         \n         \
                  [[site]]\n         \
                  url = \"https://www.example.org/\"\n         \n         \
                  [[site.section]]\n         \
                  url = \"/news/politics\"\n\n\
         1 mistake in /config.toml"
    );
}

#[test]
fn a_file_that_is_too_large_or_no_text_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    for (bytes, sentence) in [
        (
            vec![b'#'; 1_000_001],
            "cannot read /config.toml: it holds more than 1000000 bytes",
        ),
        (
            b"\n\n# \xff".to_vec(),
            "/config.toml is not UTF-8 text: line 3 holds other bytes",
        ),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let told = told(&path);
        assert!(told.starts_with(&format!("error: {sentence}\n")), "{told}");
    }
}

#[test]
fn a_secret_is_read_from_its_file_without_the_line_break_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("config.toml"), folder.path().join("key"));
    let header = format!("headers = {{ X-Key = {{ file = '{}' }} }}", key.display());
    let text =
        around_section("", "").replace("[[site.section]]", &format!("{header}\n[[site.section]]"));
    std::fs::write(&path, text).unwrap();
    for (contents, sentence) in [
        (None, "`/key`: No such file or directory"),
        (Some("\n".to_owned()), "`/key` is empty"),
        (
            Some("x".repeat(16_001)),
            "`/key`: it holds more than 16000 bytes",
        ),
    ] {
        if let Some(contents) = contents {
            std::fs::write(&key, contents).unwrap();
        }
        let told = told(&path);
        assert!(told.contains(sentence), "{told}");
    }
    std::fs::write(&key, "geheim\r\n").unwrap();
    let config = load(&path).unwrap();
    let (_, value) = &config.sites[0].politeness.headers[0];
    assert_eq!(value.to_str().unwrap(), "geheim");
}

#[test]
fn a_file_that_begins_with_a_mark_of_its_encoding_is_read() {
    let config = good(&format!("\u{feff}{}", around_section("", "")));
    assert_eq!(config.sites.len(), 1);
}

#[test]
fn under_systemd_the_state_and_the_credentials_stand_in_its_directories() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let headers = "headers = { A = { credential = \"key\" }, B = { env = \"KEY\" } }";
    let text =
        around_section("", "").replace("[[site.section]]", &format!("{headers}\n[[site.section]]"));
    std::fs::write(&path, text).unwrap();
    std::fs::write(folder.path().join("key"), "from a file\n").unwrap();
    let config = load_with(&path, &|name| match name {
        "STATE_DIRECTORY" => Some("/var/lib/feedwright:/var/lib/other".into()),
        "CREDENTIALS_DIRECTORY" => Some(folder.path().into()),
        "KEY" => Some("from a variable".into()),
        _ => None,
    })
    .unwrap();
    assert_eq!(
        config.store.path,
        Path::new("/var/lib/feedwright/feedwright.db")
    );
    let values = config.sites[0].politeness.headers.iter();
    let values: Vec<&str> = values.map(|(_, value)| value.to_str().unwrap()).collect();
    assert_eq!(values, ["from a file", "from a variable"]);
    let told = load_with(&path, &|_| None).unwrap_err().to_string();
    assert!(
        told.contains("the credential `key` has no place: $CREDENTIALS_DIRECTORY is not set"),
        "{told}"
    );
    assert!(
        told.contains("the environment variable `KEY` is not set"),
        "{told}"
    );
}
