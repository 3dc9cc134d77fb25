//! The items of a list and the dates outside their boxes → the day under whose line each item stands.

use std::ops::Range;

use chrono::NaiveDate;

use super::tree::Tree;
use super::words::Words;
use crate::dates::{self, Setting};
use crate::model::{Precision, When};

/// Most bytes of a line that is a day and nothing else; the Indic ones take the most.
const LONGEST_LINE: usize = 100;

/// The lines of a list that name the day of the items under them.
pub struct Days<'t> {
    lines: Vec<Line<'t>>,
}

/// A line that names a day.
struct Line<'t> {
    index: usize,
    text: &'t str,
    when: When,
}

impl<'t> Days<'t> {
    /// The lines over the items in `boxes`: one stands before the first item, and one between items, else it is the page's own
    /// date.
    pub fn over(tree: &'t Tree<'_>, boxes: &[usize], setting: &Setting<'_>) -> Days<'t> {
        let mut boxes = boxes.to_vec();
        boxes.sort_unstable();
        let none = Days { lines: Vec::new() };
        let (Some(&first), Some(&last)) = (boxes.first(), boxes.last()) else {
            return none;
        };
        let list = tree
            .around(first)
            .find(|&around| tree.holds(around, last))
            .unwrap_or(0);
        let lines: Vec<Line<'t>> = outside(tree, list, &boxes)
            .filter_map(|index| Line::read(tree, index, setting))
            .collect();
        let leads = lines.first().is_some_and(|line| line.index < first)
            && lines
                .last()
                .is_some_and(|line| line.index > first && line.index < last);
        if leads { Days { lines } } else { none }
    }

    /// The first line at or behind element `index`.
    pub fn next_line(&self, index: usize) -> Option<usize> {
        let before = self.lines.partition_point(|line| line.index < index);
        self.lines.get(before).map(|line| line.index)
    }

    /// When the item in the box `bounds` appeared, whose own words tell `own`, and whose `parts` may hold an hour of the day.
    pub fn dated(
        &self,
        tree: &Tree<'_>,
        bounds: usize,
        parts: Range<usize>,
        own: Option<When>,
        setting: &Setting<'_>,
    ) -> Option<When> {
        let before = self.lines.partition_point(|line| line.index < bounds);
        let Some(line) = before.checked_sub(1).and_then(|at| self.lines.get(at)) else {
            return own;
        };
        if own.is_some_and(|own| day(own) == day(line.when)) {
            return own;
        }
        parts
            .filter(|&part| tree.elements[part].words.has(Words::DATED_TEXT))
            .filter(|&part| is_hour(tree.raw_text(part)))
            .find_map(|part| {
                let text = format!("{} {}", line.text, tree.raw_text(part).trim());
                dates::read(&text, setting).filter(|when| when.precision > Precision::Day)
            })
            .or(own)
            .or(Some(line.when))
    }
}

impl<'t> Line<'t> {
    fn read(tree: &'t Tree<'_>, index: usize, setting: &Setting<'_>) -> Option<Line<'t>> {
        let words = tree.elements[index].words;
        let text = tree.raw_text(index).trim();
        let may_be = words.has(Words::DATED_TEXT.or(Words::DATE)) || tree.name(index) == "time";
        let is_heading = tree.is_heading(index) || tree.name(index) == "dt";
        if !(may_be || is_heading) || text.is_empty() || text.len() > LONGEST_LINE {
            return None;
        }
        let when = dates::read(text, setting)?;
        (when.precision == Precision::Day).then_some(Line { index, text, when })
    }
}

/// The elements inside `list` that stand in none of `boxes`.
fn outside<'t>(
    tree: &'t Tree<'_>,
    list: usize,
    boxes: &'t [usize],
) -> impl Iterator<Item = usize> + 't {
    let mut next = list + 1;
    let mut boxes = boxes.iter().copied().peekable();
    std::iter::from_fn(move || {
        while let Some(&inside) = boxes.peek() {
            if inside < next {
                boxes.next();
            } else if inside == next {
                next = tree.elements[inside].end;
            } else {
                break;
            }
        }
        let here = Some(next).filter(|&here| here < tree.elements[list].end)?;
        next = here + 1;
        Some(here)
    })
}

fn day(when: When) -> NaiveDate {
    when.at.date_naive()
}

/// Whether `text` is an hour of the day alone: "13:30", "9.05".
fn is_hour(text: &str) -> bool {
    const LONGEST_HOUR: usize = 8;
    let text = text.trim();
    text.len() <= LONGEST_HOUR
        && text.contains([':', '.'])
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c == ':' || c == '.')
}

/// Fewest items that must show two numbers for these to be a month and a day: one alone is a score or a fraction as well.
const LEAST_COMPANY: usize = 3;

/// Gives the items that have no date the month and day that each of them shows ("11-19"), where most of a list do; `regions`
/// are their parts of the page.
pub fn fill_short_days(
    tree: &Tree<'_>,
    regions: &[Range<usize>],
    dates: &mut [Option<When>],
    setting: &Setting<'_>,
) {
    let short: Vec<Option<&str>> = regions
        .iter()
        .zip(dates.iter())
        .map(|(region, date)| match date {
            Some(_) => None,
            None => region.clone().find_map(|part| short_day(tree, part)),
        })
        .collect();
    let company = short.iter().flatten().count();
    if company < LEAST_COMPANY || 2 * company < dates.len() {
        return;
    }
    for (date, short) in dates.iter_mut().zip(short) {
        // With a label the reader needs no other word that it is a date.
        *date = date.or_else(|| dates::read(&format!("Published: {}", short?), setting));
    }
}

/// The two numbers of two digits that element `part` shows and nothing else.
fn short_day<'t>(tree: &'t Tree<'_>, part: usize) -> Option<&'t str> {
    if !tree.elements[part].words.has(Words::DATED_TEXT) {
        return None;
    }
    let text = tree
        .raw_text(part)
        .trim_matches(|c: char| !c.is_ascii_digit());
    match text.as_bytes() {
        [a, b, b'-' | b'/' | b'.', c, d] if [a, b, c, d].iter().all(|c| c.is_ascii_digit()) => {
            Some(text)
        }
        _ => None,
    }
}
