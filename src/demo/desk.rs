//! What the newspaper has printed so far, and what was changed since: the state of the demo, moved by hand.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::stories::{Section, Stories, Story};

/// How many stories stand in the newspaper when it opens.
pub const FIRST_EDITION: usize = 12;

/// Minutes between two stories of the first edition: an odd number, so that their times look like times.
const MINUTES_BETWEEN: i64 = 47;

/// Ticker lines that are shown at once.
const TICKER_LINES: usize = 8;

/// Ticker lines that stand there when the newspaper opens.
const FIRST_TICKER_LINES: usize = 6;

/// The newspaper as it stands now.
#[derive(Debug)]
pub struct Desk {
    sections: Vec<Section>,
    coming: std::vec::IntoIter<Story>,
    printed: Vec<Printed>,
    ticker: Vec<String>,
    ticker_shown: usize,
    broken: BTreeSet<String>,
    changed: DateTime<Utc>,
}

/// A story that was printed.
#[derive(Debug)]
pub struct Printed {
    /// As it was written.
    pub story: Story,
    /// The sections that list it now.
    pub sections: Vec<String>,
    /// When it appeared.
    pub published: DateTime<Utc>,
    /// When it was corrected.
    pub corrected: Option<DateTime<Utc>>,
    /// Whether it was taken back.
    pub retracted: bool,
}

impl Printed {
    /// Its headline now.
    pub fn title(&self) -> &str {
        match (&self.corrected, &self.story.corrected_title) {
            (Some(_), Some(title)) => title,
            _ => &self.story.title,
        }
    }

    /// When its page last changed.
    pub fn modified(&self) -> DateTime<Utc> {
        self.corrected.unwrap_or(self.published)
    }
}

impl Desk {
    /// The newspaper as it opens at `now`, with a first edition from the hours before.
    pub fn open(stories: Stories, now: DateTime<Utc>) -> Desk {
        let mut desk = Desk {
            sections: stories.sections,
            coming: stories.stories.into_iter(),
            printed: Vec::new(),
            ticker: stories.ticker.lines,
            ticker_shown: FIRST_TICKER_LINES,
            broken: BTreeSet::new(),
            changed: now,
        };
        for number in 0..FIRST_EDITION {
            let minutes = MINUTES_BETWEEN * (FIRST_EDITION - number) as i64;
            desk.print(now - TimeDelta::minutes(minutes));
        }
        desk
    }

    /// Prints the next `count` stories and a ticker line with each; says how many it printed.
    pub fn publish(&mut self, count: usize, at: DateTime<Utc>) -> usize {
        let printed = (0..count).take_while(|_| self.print(at)).count();
        self.ticker_shown = (self.ticker_shown + printed).min(self.ticker.len());
        self.changed = at;
        printed
    }

    fn print(&mut self, at: DateTime<Utc>) -> bool {
        let Some(story) = self.coming.next() else {
            return false;
        };
        self.printed.push(Printed {
            sections: story.sections.clone(),
            story,
            published: at,
            corrected: None,
            retracted: false,
        });
        true
    }

    /// Corrects a story: its text says so, and its headline may be another.
    pub fn correct(&mut self, slug: &str, at: DateTime<Utc>) -> bool {
        self.change(slug, at, |printed| printed.corrected = Some(at))
    }

    /// Takes a story back: its page is gone, and no listing shows it.
    pub fn retract(&mut self, slug: &str, at: DateTime<Utc>) -> bool {
        self.change(slug, at, |printed| printed.retracted = true)
    }

    /// Lists a story in another section than before; its address stays.
    pub fn move_to(&mut self, slug: &str, section: &str, at: DateTime<Utc>) -> bool {
        self.change(slug, at, |printed| {
            printed.sections = vec![section.to_owned()]
        })
    }

    fn change(&mut self, slug: &str, at: DateTime<Utc>, change: impl FnOnce(&mut Printed)) -> bool {
        let found = self
            .printed
            .iter_mut()
            .find(|printed| printed.story.slug == slug);
        self.changed = at;
        found.map(change).is_some()
    }

    /// Puts a notice in place of a section's listing, or the listing back.
    pub fn set_broken(&mut self, section: &str, broken: bool, at: DateTime<Utc>) {
        self.changed = at;
        if broken {
            self.broken.insert(section.to_owned());
        } else {
            self.broken.remove(section);
        }
    }

    /// Whether a section's listing is replaced by a notice.
    pub fn is_broken(&self, section: &str) -> bool {
        self.broken.contains(section)
    }

    /// When anything last changed.
    pub fn changed(&self) -> DateTime<Utc> {
        self.changed
    }

    /// All sections, in the order of the menu.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The section of this name.
    pub fn section(&self, slug: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.slug == slug)
    }

    /// The stories that a section lists, newest first.
    pub fn listed(&self, section: &str) -> Vec<&Printed> {
        let is_listed = |printed: &&Printed| printed.sections.iter().any(|slug| slug == section);
        self.all().into_iter().filter(is_listed).collect()
    }

    /// All stories that were not taken back, newest first.
    pub fn all(&self) -> Vec<&Printed> {
        let standing = |printed: &&Printed| !printed.retracted;
        self.printed.iter().rev().filter(standing).collect()
    }

    /// The story of this name, taken back or not.
    pub fn story(&self, slug: &str) -> Option<&Printed> {
        self.printed
            .iter()
            .find(|printed| printed.story.slug == slug)
    }

    /// The story at this path.
    pub fn at(&self, path: &str) -> Option<&Printed> {
        self.printed
            .iter()
            .find(|printed| self.path(printed) == path)
    }

    /// The path of a story, not percent-encoded.
    pub fn path(&self, printed: &Printed) -> String {
        let story = &printed.story;
        let home = self
            .section(story.home())
            .map(Section::path)
            .unwrap_or_default();
        format!("{home}/{}", story.address.as_ref().unwrap_or(&story.slug))
    }

    /// The ticker's lines, newest first.
    pub fn ticker(&self) -> impl Iterator<Item = &str> {
        let shown = &self.ticker[..self.ticker_shown.min(self.ticker.len())];
        shown.iter().rev().take(TICKER_LINES).map(String::as_str)
    }
}
