//! An item of a listing → what the listing itself shows of the article: title, date, authors, picture, summary.

use std::collections::HashMap;
use std::ops::Range;

use scraper::ElementRef;
use url::Url;

use super::configured;
use super::days::{self, Days};
use super::flags;
use super::groups::{Item, largest_between};
use super::links::Candidate;
use super::titles::{is_filler, width};
use super::tree::Tree;
use super::words::Words;
use crate::address::resolve;
use crate::config::ListingRules;
use crate::dates::{self, Setting};
use crate::html::{image_url, widest_of_srcset};
use crate::model::{Article, Image, ListingItem, When};
use crate::text::squeeze;

/// Most elements of one item that are looked at: a card has some fifty, a story shown whole in the listing some hundreds.
const MOST_ELEMENTS: usize = 600;

/// Least width of a summary that calls itself nothing: shorter lines are labels …
const LEAST_SUMMARY: usize = 40;

/// … and of one that calls itself a summary.
const LEAST_NAMED_SUMMARY: usize = 20;

/// Most characters of a summary that is kept from a listing; a story shown whole is none.
const MOST_SUMMARY: usize = 1_000;

/// Most characters of a line that is read as a date.
const MOST_DATE: usize = 120;

/// Most characters of a title that is kept; the longest honest headline known has some 300.
const MOST_TITLE: usize = 500;

/// What hints are read with.
pub struct Reading<'p> {
    /// What relative addresses are resolved against.
    pub base: &'p Url,
    /// How dates are read.
    pub setting: Setting<'p>,
}

/// An item that was found, and where its own words stand.
pub struct Found {
    /// The item.
    pub candidate: Candidate,
    /// Its part of the page.
    pub region: Region,
}

/// A part of the page: an element, and what follows it up to another.
#[derive(Clone, Copy)]
pub struct Region {
    /// The element.
    pub bounds: usize,
    /// The first element after the region.
    pub until: usize,
}

impl Region {
    /// Its elements, as far as they are looked at.
    fn parts(self) -> Range<usize> {
        self.bounds..self.until.min(self.bounds + MOST_ELEMENTS)
    }

    /// The region without what follows from the next line on that names a day.
    fn before_line(self, tree: &Tree<'_>, days: &Days<'_>) -> Region {
        let end = tree.elements[self.bounds].end;
        let line = days.next_line(end).unwrap_or(usize::MAX);
        Region {
            until: self.until.min(line),
            ..self
        }
    }
}

/// The listing's lines for what was `found`.
pub fn hints(
    tree: &Tree<'_>,
    mut found: Vec<Found>,
    rules: &ListingRules,
    reading: &Reading<'_>,
) -> Vec<ListingItem> {
    flags::take_off(tree, &mut found);
    let boxes: Vec<usize> = found.iter().map(|found| found.region.bounds).collect();
    let days = Days::over(tree, &boxes, &reading.setting);
    let published = published(tree, &found, &days, &reading.setting);
    let mut items: Vec<ListingItem> = found
        .into_iter()
        .zip(published)
        .map(|(Found { candidate, region }, published)| {
            let mut hints = of_item(tree, &candidate, region.before_line(tree, &days), reading);
            hints.published = published;
            let node = tree.elements[region.bounds].node;
            configured::overrule(node, rules, reading, &mut hints);
            ListingItem {
                url: Some(candidate.url),
                hints,
            }
        })
        .collect();
    drop_ornaments(&mut items);
    items
}

/// When each of the items appeared, as far as the page shows it.
fn published(
    tree: &Tree<'_>,
    found: &[Found],
    days: &Days<'_>,
    setting: &Setting<'_>,
) -> Vec<Option<When>> {
    let regions: Vec<Range<usize>> = found
        .iter()
        .map(|found| found.region.before_line(tree, days).parts())
        .collect();
    let mut published: Vec<Option<When>> = found
        .iter()
        .zip(&regions)
        .map(|(found, parts)| {
            let own = date(tree, parts.clone(), &found.candidate, setting);
            days.dated(tree, found.region.bounds, parts.clone(), own, setting)
        })
        .collect();
    days::fill_short_days(tree, &regions, &mut published, setting);
    published
}

/// Takes away the pictures that many items share: a shadow, a section's symbol.
fn drop_ornaments(items: &mut [ListingItem]) {
    const MOST_SHARED: usize = 2;
    let mut counts: HashMap<Url, usize> = HashMap::new();
    for image in items
        .iter()
        .filter_map(|item| item.hints.lead_image.as_ref())
    {
        *counts.entry(image.url.clone()).or_default() += 1;
    }
    for item in items {
        item.hints.lead_image = item
            .hints
            .lead_image
            .take()
            .filter(|image| counts[&image.url] <= MOST_SHARED);
    }
}

/// The `items` among `candidates` with their regions: the box of each, and what follows it until the next item where the
/// boxes lie side by side with what belongs to them.
pub fn found(tree: &Tree<'_>, candidates: Vec<Candidate>, items: &[Item]) -> Vec<Found> {
    let mains: Vec<usize> = items
        .iter()
        .map(|item| candidates[item.candidate].main)
        .collect();
    let boxes: Vec<usize> = items
        .iter()
        .enumerate()
        .map(|(number, item)| {
            let before = number.checked_sub(1).map(|previous| mains[previous]);
            let after = mains.get(number + 1).copied().unwrap_or(usize::MAX);
            let largest = largest_between(tree, mains[number], before, after);
            // Both hold the link, so that the later one is the inner one.
            largest.max(item.bounds)
        })
        .collect();
    let mut candidates: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    let mut tail_length = 0;
    items
        .iter()
        .enumerate()
        .filter_map(|(number, item)| {
            let bounds = boxes[number];
            let until = match boxes.get(number + 1) {
                Some(&next) => tail(tree, bounds, next),
                // What follows the last item is as long as what follows the one before.
                None => last_tail(tree, bounds, tail_length),
            };
            tail_length = until - tree.elements[bounds].end;
            Some(Found {
                candidate: candidates.get_mut(item.candidate)?.take()?,
                region: Region { bounds, until },
            })
        })
        .collect()
}

/// Where the region of the box `bounds` ends: before the next box, if both are children of one element.
fn tail(tree: &Tree<'_>, bounds: usize, next: usize) -> usize {
    let end = tree.elements[bounds].end;
    let parent = tree.elements[bounds].parent;
    if next >= end && tree.elements[next].parent == parent {
        next
    } else {
        end
    }
}

fn last_tail(tree: &Tree<'_>, bounds: usize, length: usize) -> usize {
    let end = tree.elements[bounds].end;
    let parent = tree.elements[bounds].parent;
    tree.elements[parent].end.min(end + length).max(end)
}

fn of_item(
    tree: &Tree<'_>,
    candidate: &Candidate,
    region: Region,
    reading: &Reading<'_>,
) -> Article {
    let parts = region.parts();
    let title = cut(&candidate.title, MOST_TITLE);
    Article {
        authors: authors(tree, parts.clone()),
        summary: summary(tree, parts.clone(), candidate),
        lead_image: image(tree, parts, candidate, reading.base),
        title: Some(title).filter(|title| !title.is_empty()),
        ..Article::default()
    }
}

/// The date that element `part` says to programs or prints.
pub fn date_of(tree: &Tree<'_>, part: usize, setting: &Setting<'_>) -> Option<When> {
    tree.attr(part, "datetime")
        .and_then(|stamp| dates::read(stamp, setting))
        .or_else(|| read_line(tree.raw_text(part), setting))
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The date of an item: what a `time` element says to programs, else what a line prints that calls itself a date or looks
/// like one.
fn date(
    tree: &Tree<'_>,
    parts: Range<usize>,
    candidate: &Candidate,
    setting: &Setting<'_>,
) -> Option<When> {
    let in_title = |part: usize| tree.holds(candidate.title_in, part);
    let stamped = parts
        .clone()
        .filter_map(|part| {
            tree.attr(part, "datetime")
                .or_else(|| tree.attr(part, "data-datetime"))
        })
        .find_map(|stamp| dates::read(stamp, setting));
    let named = || {
        parts
            .clone()
            .filter(|&part| tree.name(part) == "time" || tree.elements[part].words.has(Words::DATE))
            .filter(|&part| !in_title(part))
            .find_map(|part| read_line(tree.raw_text(part), setting))
    };
    let looking = || {
        parts
            .clone()
            .filter(|&part| tree.elements[part].words.has(Words::DATED_TEXT) && !in_title(part))
            .find_map(|part| read_line(tree.raw_text(part), setting))
    };
    stamped.or_else(named).or_else(looking)
}

/// Reads the first line of `text` that is or holds a date.
fn read_line(text: &str, setting: &Setting<'_>) -> Option<When> {
    text.split('\n').take(4).find_map(|line| {
        // "8 March 2026 @03:34AM": the sign stands for "at".
        let line = cut(line.trim(), MOST_DATE).replace('@', " ");
        dates::read(&line, setting).or_else(|| dates::find(&line, setting).map(|(_, when)| when))
    })
}

/// Who signed an item, where a link or a class says so.
fn authors(tree: &Tree<'_>, parts: Range<usize>) -> Vec<String> {
    const LONGEST_NAME: usize = 60;
    let mut authors: Vec<String> = Vec::new();
    for part in parts {
        let is_author = tree
            .attr(part, "rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "author"))
            || tree.attr(part, "itemprop") == Some("author");
        if is_author && tree.text_len(part) > 1 && tree.text_len(part) <= 2 * LONGEST_NAME {
            let name = tree.text(part);
            let name = name
                .strip_prefix("By ")
                .or_else(|| name.strip_prefix("by "))
                .unwrap_or(&name)
                .to_owned();
            if name.chars().count() <= LONGEST_NAME && !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    authors
}

/// The summary of an item: the first block that calls itself one, else the first paragraph beside the title.
fn summary(tree: &Tree<'_>, parts: Range<usize>, candidate: &Candidate) -> Option<String> {
    let beside_title = |part: usize| {
        !is_dateline(tree, part)
            && !tree.holds(candidate.title_in, part)
            && !tree.holds(part, candidate.title_in)
            && !tree.is_heading(part)
    };
    let fitting = |part: &usize| beside_title(*part) && tree.text_len(*part) >= LEAST_NAMED_SUMMARY;
    let named = parts
        .clone()
        .filter(fitting)
        .filter(|&part| tree.elements[part].words.has(Words::SUMMARY))
        .find_map(|part| worth_reading(tree, part, candidate, LEAST_NAMED_SUMMARY));
    named.or_else(|| {
        parts
            .filter(fitting)
            .filter(|&part| {
                matches!(
                    tree.name(part),
                    "p" | "div" | "dd" | "td" | "span" | "li" | "blockquote" | "font" | "small"
                ) && !tree.raw_text(part).contains('\n')
                    && !tree.elements[part].words.has(Words::AUTHOR)
            })
            .find_map(|part| worth_reading(tree, part, candidate, LEAST_SUMMARY))
    })
}

/// Whether `part` is a short line with a date: "Posted on 3 October by the desk".
fn is_dateline(tree: &Tree<'_>, part: usize) -> bool {
    const LONGEST_DATELINE: usize = 140;
    let words = tree.elements[part].words;
    let dated = words.has(Words::DATE.or(Words::DATED_TEXT)) || tree.dates_in(part) > 0;
    dated && tree.text_len(part) <= LONGEST_DATELINE
}

/// The text of `part`, if it is a sentence or more, mostly not links, and not the title again.
fn worth_reading(
    tree: &Tree<'_>,
    part: usize,
    candidate: &Candidate,
    least: usize,
) -> Option<String> {
    let own: Vec<usize> = candidate
        .links
        .iter()
        .copied()
        .filter(|&link| tree.holds(part, link))
        .collect();
    let linked = tree.link_text_in(part) as usize;
    let to_story: usize = own.iter().map(|&link| tree.text_len(link)).sum();
    if 2 * linked.saturating_sub(to_story) > tree.text_len(part) {
        return None;
    }
    let mut text = cut(&tree.text(part), MOST_SUMMARY + 1);
    for link in own {
        if let Some(before) = text.strip_suffix(&tree.text(link))
            && !before.is_empty()
        {
            text = before.trim_end().to_owned();
        }
    }
    let fits = width(&text) >= least
        && text.chars().count() <= MOST_SUMMARY
        && !is_address(&text)
        && !repeats(&text, &candidate.title)
        && !is_filler(&text);
    fits.then(|| without_read_more(text))
}

/// Whether `text` is an address, as lists of search results print it.
fn is_address(text: &str) -> bool {
    text.is_ascii() && !text.contains(' ')
}

/// Whether `text` only says the title again, as "Read more about …" does.
fn repeats(text: &str, title: &str) -> bool {
    const MOST_BESIDE: usize = 30;
    !title.is_empty() && text.contains(title) && text.len() < title.len() + MOST_BESIDE
}

/// `text` without the "Read more" at its end.
fn without_read_more(text: String) -> String {
    for mark in ["[…]", "[...]", "…", "...", ". "] {
        if let Some((before, after)) = text.rsplit_once(mark)
            && !after.trim().is_empty()
            && is_filler(after)
        {
            return format!("{before}{}", mark.trim_end());
        }
    }
    text
}

/// The picture of an item: one inside a link to the story before all others.
fn image(tree: &Tree<'_>, parts: Range<usize>, candidate: &Candidate, base: &Url) -> Option<Image> {
    candidate
        .links
        .iter()
        .flat_map(|&link| link..tree.elements[link].end.min(link + MOST_ELEMENTS))
        .chain(parts)
        .find_map(|part| picture(tree, part, base))
}

/// The picture that element `part` is or has behind it.
fn picture(tree: &Tree<'_>, part: usize, base: &Url) -> Option<Image> {
    let node = tree.elements[part].node;
    let url = match tree.name(part) {
        "img" | "amp-img" if !is_ornament(tree, part) => image_url(node, base),
        "source" => node
            .attr("data-srcset")
            .or_else(|| node.attr("srcset"))
            .filter(|_| {
                node.attr("media")
                    .is_none_or(|media| !media.contains("max-width"))
            })
            .and_then(widest_of_srcset)
            .and_then(|address| resolve(base, &address)),
        "video" => node.attr("poster").and_then(|poster| resolve(base, poster)),
        _ => background(node, base),
    }
    .filter(|url| !is_placeholder(url))?;
    let alt = node.attr("alt").map(squeeze).filter(|alt| !alt.is_empty());
    Some(Image {
        alt,
        ..Image::at(url)
    })
}

/// The picture behind an element.
fn background(node: ElementRef<'_>, base: &Url) -> Option<Url> {
    if let Some(address) = node
        .attr("data-bg")
        .or_else(|| node.attr("data-background"))
    {
        return resolve(base, address);
    }
    let style = node.attr("style")?;
    let start = style.find("url(")? + 4;
    let length = style.get(start..)?.find(')')?;
    let address = style.get(start..start + length)?;
    resolve(
        base,
        address.trim_matches(|c| c == '\'' || c == '"' || c == ' '),
    )
}

/// Whether a picture is an icon or a face beside the story, not of it.
fn is_ornament(tree: &Tree<'_>, part: usize) -> bool {
    const LEAST_PIXELS: u32 = 48;
    let small = ["width", "height"].iter().any(|side| {
        tree.attr(part, side)
            .and_then(|pixels| pixels.trim_end_matches("px").parse::<u32>().ok())
            .is_some_and(|pixels| pixels < LEAST_PIXELS)
    });
    let named = tree.around(part).take(3).any(|around| {
        let element = &tree.elements[around];
        element.words.has(Words::AUTHOR)
            || element.node.attr("class").is_some_and(|class| {
                let class = class.to_ascii_lowercase();
                ["avatar", "gravatar", "icon", "logo", "flag", "emoji"]
                    .iter()
                    .any(|word| class.contains(word))
            })
    });
    small || named
}

/// Whether `url` is what stands in a picture's place until it is loaded, or a drawing: a flag, a symbol.
fn is_placeholder(url: &Url) -> bool {
    let name = url
        .path_segments()
        .and_then(|mut segments| segments.next_back())
        .unwrap_or_default()
        .to_ascii_lowercase();
    [
        "placeholder",
        "blank.",
        "spacer",
        "pixel.",
        "loading.",
        "lazy.",
        "transparent",
        "1x1",
        ".svg",
    ]
    .iter()
    .any(|word| name.contains(word))
}
