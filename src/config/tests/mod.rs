//! Facts about the file as a whole.

mod bounds;
mod loading;
mod meaning;
mod shipped;
mod wrong;

use super::*;

/// The least that works, before which `head` and behind which `tail` stands.
fn around_section(head: &str, tail: &str) -> String {
    format!(
        "{head}\n[[site]]\nurl = \"https://a.example/\"\ntitle = \"The Example\"\n\
         [[site.section]]\nurl = \"/news/politics\"\n{tail}\n"
    )
}

/// What `text` means, where every secret is "secret".
fn read(text: &str) -> Result<Config, Mistakes> {
    let around = Surroundings {
        state_directory: None,
        secret: &|_| Ok("secret".to_owned()),
    };
    parse("config.toml", text, &around)
}

/// The same of a text that has no mistakes.
fn good(text: &str) -> Config {
    match read(text) {
        Ok(config) => config,
        Err(mistakes) => panic!("{mistakes}\n{text}"),
    }
}
