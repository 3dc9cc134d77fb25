//! The shipped config.toml and the written reference agree with the code.

use super::super::{Config, SecretRef, Surroundings, keys, parse, reference, shape};

const SHIPPED: &str = include_str!("../../../config.toml");

/// Surroundings in which every secret is the address of a proxy, which any header may hold too.
fn read(text: &str) -> Config {
    let around = Surroundings {
        state_directory: None,
        secret: &|_: &SecretRef| Ok("socks5://127.0.0.1:9050".to_owned()),
    };
    match parse("config.toml", text, &around) {
        Ok(config) => config,
        Err(mistakes) => panic!("{mistakes}"),
    }
}

/// The file with everything switched on: a `#` before a setting goes, one before a remark (`# `) stays.
fn switched_on(text: &str) -> String {
    text.lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => rest,
            _ => line,
        })
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn the_shipped_file_can_be_read() {
    let config = read(SHIPPED);
    assert_eq!(config.sites.len(), 1);
    let sections: Vec<String> = config.sites[0]
        .sections
        .iter()
        .map(|section| format!("{} {} {}", section.key, section.title, section.url))
        .collect();
    assert_eq!(
        sections,
        [
            "al-mayadeen-english/politics Politics https://english.almayadeen.net/news/politics",
            "al-mayadeen-english/features Features https://english.almayadeen.net/articles/features",
            "al-mayadeen-english/articles Articles https://english.almayadeen.net/articles",
            "al-mayadeen-english/front-page Front page https://english.almayadeen.net/",
            "al-mayadeen-english/breaking Breaking https://english.almayadeen.net/",
        ]
    );
}

#[test]
fn the_shipped_file_can_be_read_with_everything_switched_on() {
    let on = switched_on(SHIPPED);
    let off = on
        .lines()
        .find(|line| line.starts_with('#') && !line.starts_with("# "));
    assert_eq!(off, None);
    // Of these two, there can only be one.
    let config = read(&on.replace("\ntoken = ", "\n# token = "));
    let sites: Vec<String> = config
        .sites
        .iter()
        .map(|site| format!("{} {}", site.slug, site.sections.len()))
        .collect();
    assert_eq!(
        sites,
        [
            "al-mayadeen-english 32",
            "almayadeen 12",
            "al-mayadeen-español 1"
        ]
    );
    assert_eq!(config.selections.len(), 1);
}

#[test]
fn every_key_of_the_first_tables_stands_in_the_shipped_file_with_its_default() {
    let on = switched_on(SHIPPED);
    for table in keys::TABLES.iter().take(5) {
        for key in table.keys() {
            let start = format!("{} = ", key.name);
            let line = on.lines().find(|line| line.starts_with(&start));
            let value = line.map(|line| &line[start.len()..]);
            match key.default {
                shape::Default::Value(default) => assert_eq!(value, Some(default), "{}", key.name),
                _ => assert!(value.is_some(), "{}", key.name),
            }
        }
    }
}

#[test]
fn the_written_reference_is_that_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config/REFERENCE.md");
    if std::env::var_os("FEEDWRIGHT_WRITE_REFERENCE").is_some() {
        std::fs::write(path, reference()).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).is_ok_and(|page| page == reference()),
        "src/config/REFERENCE.md is out of date; renew it with\n\
         FEEDWRIGHT_WRITE_REFERENCE=1 cargo test --lib the_written_reference"
    );
}
