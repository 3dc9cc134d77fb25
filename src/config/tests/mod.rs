//! Facts about the file as a whole: what its text means, and what is said of its mistakes.

mod shipped;
mod wrong;

use super::*;

fn read(text: &str) -> Result<Config, Mistakes> {
    parse("config.toml", text, &Surroundings::empty())
}

#[test]
fn a_section_needs_an_address_and_nothing_else() {
    let config =
        read("[[site]]\nurl = \"https://a.example\"\n[[site.section]]\nurl = \"/news/politics\"\n")
            .unwrap();
    let section = &config.sites[0].sections[0];
    assert_eq!(section.key.to_string(), "a-example/politics");
    assert_eq!(section.title, "Politics");
    assert_eq!(section.url.as_str(), "https://a.example/news/politics");
}
