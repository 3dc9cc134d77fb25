//! The bodies of a site's articles → what they repeat word for word, which is not the article.
//!
//! An article is read by itself first. What many articles of its site say besides is known only after several: each line of
//! their texts is remembered by a hash, and what was found to repeat is struck ([`strike`]) from those that come.

mod line;
mod strike;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use crate::model::Body;
use line::{Line, lines, subject};

/// Fewest articles that must have a line: on real sites three share a series' introduction as often as a notice.
const LEAST_ARTICLES: u32 = 4;

/// One in so many of the site's articles must have it, counted from the first that has: what an agency says in many of its
/// stories to explain them, word for word, is in fewer, and is the article.
const LEAST_SHARE: u32 = 3;

/// What is known to repeat stays known until fewer than one in so many have it: an article that is read again must not win a
/// line back since the site had a quiet week.
const LEAST_SHARE_OF_KNOWN: u32 = 12;

/// An article of which more than one part in so many would go is left as it is: it is a copy of others, not a page with a
/// notice on it.
const MOST_STRUCK: usize = 2;

/// Most lines of one article that are remembered, half of them its first and half its last: what sites add stands there, and
/// a live blog has thousands.
const MOST_OF_AN_ARTICLE: usize = 100;

/// Most lines of one site that are remembered: those of a hundred articles, while what repeats comes up in every twelfth.
/// With [`LINE_BYTES`] each they are under 60 KB in the store, written once a poll that found new articles.
const MOST_LINES: usize = 2_000;

/// How often the lines of one site's articles were seen.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// The articles that were learned from.
    articles: u32,
    lines: HashMap<u64, Seen>,
}

/// In which articles a line stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    /// How many they were.
    articles: u32,
    /// The number of the first of them.
    first: u32,
    /// The number of the last of them.
    last: u32,
    /// The words that their titles have in common, see [`subject`].
    subject: u64,
    /// Whether it was found to repeat.
    known: bool,
}

impl Seen {
    /// Whether one in `share` articles has it since the first that had.
    fn is_in_one_of(&self, share: u32, articles: u32) -> bool {
        self.articles.saturating_mul(share) > articles - self.first
    }

    fn is_found(&self, articles: u32) -> bool {
        self.articles >= LEAST_ARTICLES
            && self.subject == 0
            && self.is_in_one_of(LEAST_SHARE, articles)
    }
}

impl Repeated {
    /// Learns from an article that was not read before: one that is learned twice would repeat itself. One without a text tells
    /// nothing of what the others have.
    pub fn learn(&mut self, title: Option<&str>, body: &Body) {
        let lines = lines(&body.text);
        if lines.is_empty() {
            return;
        }
        self.articles = self.articles.saturating_add(1);
        let (number, subject) = (self.articles, subject(title));
        for line in edges(&lines) {
            let seen = self.lines.entry(line).or_insert(Seen {
                articles: 0,
                first: number,
                last: number,
                subject: u64::MAX,
                known: false,
            });
            seen.articles += 1;
            seen.last = number;
            seen.subject &= subject;
            seen.known |= seen.is_found(number);
        }
        if self.lines.len() > MOST_LINES {
            self.forget();
        }
    }

    /// Forgets the quarter that was not seen for longest.
    fn forget(&mut self) {
        let mut last: Vec<u32> = self.lines.values().map(|seen| seen.last).collect();
        let (_, oldest, _) = last.select_nth_unstable(MOST_LINES / 4);
        let oldest = *oldest;
        self.lines.retain(|_, seen| seen.last > oldest);
    }

    fn is_known(&self, line: u64) -> bool {
        self.lines.get(&line).is_some_and(|seen| {
            seen.known && seen.is_in_one_of(LEAST_SHARE_OF_KNOWN, self.articles)
        })
    }

    /// `body` without what the site's articles repeat, if there is any of it and not much more than of anything else.
    pub fn without(&self, body: &Body) -> Option<Body> {
        let lines = lines(&body.text);
        let struck = self.struck(&lines);
        let len =
            |lines: &mut dyn Iterator<Item = &Line>| -> usize { lines.map(|line| line.len).sum() };
        let gone = len(&mut chosen(&lines, &struck));
        if gone == 0 || gone * MOST_STRUCK > len(&mut lines.iter()) {
            return None;
        }
        let (html, found) = strike::strike(&body.html, |lines| self.struck(lines));
        let mut fates = lines
            .iter()
            .zip(struck)
            .map(|(line, struck)| struck && found.contains(&line.number));
        (!found.is_empty()).then(|| Body {
            html,
            text: line::without(&body.text, |_| fates.next().unwrap_or(false)),
        })
    }

    /// Which of the lines of an article are struck: the long ones that repeat; a short one where what follows it goes too, or
    /// nothing does, since "What happens next" stands over the last part of many an article.
    fn struck(&self, lines: &[Line]) -> Vec<bool> {
        let mut is_followed = false;
        let mut struck: Vec<bool> = lines
            .iter()
            .rev()
            .map(|line| {
                let goes = (line.is_long() || !is_followed) && self.is_known(line.number);
                is_followed = !goes;
                goes
            })
            .collect();
        struck.reverse();
        struck
    }
}

fn chosen<'l>(lines: &'l [Line], chosen: &'l [bool]) -> impl Iterator<Item = &'l Line> {
    let pairs = lines.iter().zip(chosen);
    pairs.filter(|(_, chosen)| **chosen).map(|(line, _)| line)
}

/// The numbers of the first and the last lines of an article.
fn edges(lines: &[Line]) -> HashSet<u64> {
    let half = MOST_OF_AN_ARTICLE / 2;
    let first = lines.iter().take(half);
    let last = lines.iter().rev().take(half);
    first.chain(last).map(|line| line.number).collect()
}

/// How many bytes a line takes in the store: its number, three counts, its subject, and whether it is known.
const LINE_BYTES: usize = 29;

/// The first of the stored bytes; another where they mean something else.
const FORMAT: u8 = 1;

impl Repeated {
    /// What is to be kept for [`from_bytes`](Repeated::from_bytes).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(5 + self.lines.len() * LINE_BYTES);
        bytes.push(FORMAT);
        bytes.extend(self.articles.to_le_bytes());
        for (line, seen) in &self.lines {
            bytes.extend(line.to_le_bytes());
            bytes.extend(seen.subject.to_le_bytes());
            for count in [seen.articles, seen.first, seen.last] {
                bytes.extend(count.to_le_bytes());
            }
            bytes.push(u8::from(seen.known));
        }
        bytes
    }

    /// What was kept; nothing where it makes no sense, since all of it is soon learned again.
    pub fn from_bytes(bytes: &[u8]) -> Repeated {
        let mut bytes = Bytes(bytes);
        bytes.read().unwrap_or_default()
    }
}

/// Stored bytes that are read from the front.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn read(&mut self) -> Option<Repeated> {
        if self.take::<1>()? != [FORMAT] {
            return None;
        }
        let articles = self.count()?;
        let mut lines = HashMap::new();
        while !self.0.is_empty() && lines.len() < MOST_LINES {
            let line = u64::from_le_bytes(self.take()?);
            let seen = Seen {
                subject: u64::from_le_bytes(self.take()?),
                articles: self.count()?,
                first: self.count()?,
                last: self.count()?,
                known: self.take::<1>()? == [1],
            };
            if seen.first > articles {
                return None;
            }
            lines.insert(line, seen);
        }
        Some(Repeated { articles, lines })
    }

    fn count(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }
}
