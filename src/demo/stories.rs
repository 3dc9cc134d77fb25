//! The text of `fixtures/demo/stories.toml` → the sections, stories and ticker lines of the demo newspaper.

use serde::Deserialize;

/// All that the newspaper will ever print.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stories {
    /// Its sections, in the order of its menu.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    /// Its stories, in the order in which they appear.
    #[serde(rename = "story")]
    pub stories: Vec<Story>,
    /// Its breaking news.
    pub ticker: Ticker,
}

/// A part of the newspaper.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name in `stories.toml`.
    pub slug: String,
    /// Its name for people.
    pub title: String,
    /// The path of its page, where it is not its slug.
    #[serde(default)]
    path: Option<String>,
    /// Its language.
    #[serde(default = "english")]
    pub language: String,
    /// Which markup its pages have.
    #[serde(default)]
    pub style: Style,
}

/// Which markup a section's pages have, as a site that was rebuilt in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Cards, JSON-LD, paragraphs.
    #[default]
    Cards,
    /// A list of headlines, dates in words only, text parted by line breaks.
    River,
}

/// A story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its name in `stories.toml`.
    pub slug: String,
    /// Its name in its address, where that is not its slug.
    #[serde(default)]
    pub address: Option<String>,
    /// Headline.
    pub title: String,
    /// The sections that list it, its home first.
    pub sections: Vec<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// The agency it is from.
    #[serde(default)]
    pub source: Option<String>,
    /// Its labels.
    pub tags: Vec<String>,
    /// What it says, in a sentence.
    pub summary: String,
    /// Caption of its picture; without one it has none.
    #[serde(default)]
    pub picture: Option<String>,
    /// Who made the picture.
    #[serde(default)]
    pub credit: Option<String>,
    /// Seconds of its film.
    #[serde(default)]
    pub film: Option<u64>,
    /// Its text, in blocks.
    pub body: String,
    /// What a correction adds.
    #[serde(default)]
    pub correction: Option<String>,
    /// The headline after a correction.
    #[serde(default)]
    pub corrected_title: Option<String>,
}

/// Lines without pages of their own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticker {
    /// The oldest first.
    pub lines: Vec<String>,
}

/// Reads the stories that are part of the program.
pub fn stories() -> Result<Stories, toml::de::Error> {
    toml::from_str(include_str!("../../fixtures/demo/stories.toml"))
}

fn english() -> String {
    "en".to_owned()
}

impl Section {
    /// The path of its page.
    pub fn path(&self) -> String {
        self.path
            .clone()
            .unwrap_or_else(|| format!("/{}", self.slug))
    }

    /// Which way its text runs.
    pub fn direction(&self) -> &'static str {
        if self.language == "ar" { "rtl" } else { "ltr" }
    }
}

impl Story {
    /// The section in whose path it stands.
    pub fn home(&self) -> &str {
        self.sections.first().map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_stories_hang_together() {
        let all = stories().unwrap();
        let slugs: BTreeSet<&str> = all
            .stories
            .iter()
            .map(|story| story.slug.as_str())
            .collect();
        let sections: BTreeSet<&str> = all
            .sections
            .iter()
            .map(|section| section.slug.as_str())
            .collect();
        assert_eq!(
            slugs.len(),
            all.stories.len(),
            "every story has a name of its own"
        );
        for story in &all.stories {
            assert!(!story.sections.is_empty(), "{}", story.slug);
            for section in &story.sections {
                assert!(
                    sections.contains(section.as_str()),
                    "{}: {section}",
                    story.slug
                );
            }
            for line in story.body.lines() {
                if let Some(related) = line.strip_prefix("= ") {
                    assert!(slugs.contains(related), "{}: {related}", story.slug);
                }
            }
            assert_eq!(
                story.body.is_empty(),
                story.film.is_some(),
                "{}",
                story.slug
            );
        }
    }
}
