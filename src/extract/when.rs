//! Every date that a page gives → when its article was published and last changed.

mod zones;

use std::sync::LazyLock;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use regex::Regex;
use url::Url;

use super::pattern;
use super::survey::{Mark, MarkKind, Survey};
use super::verdict::{CONFIGURED, Decided, Verdict};
use super::witness::{Evidence, Field, Testimony, Witness};
use crate::dates::{self, Setting};
use crate::model::{Precision, When};
use zones::{by_clock, by_printed_clock, clock_as_utc, in_utc_if_dotnet, zoned_by_others};

/// The two dates of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// When it appeared.
    pub published: Decided<Option<When>>,
    /// When it was last changed; never before it appeared.
    pub modified: Decided<Option<When>>,
}

/// A date that some place gives.
#[derive(Clone, Copy, Debug)]
struct Told {
    when: When,
    /// Whether an offset was written.
    zoned: bool,
    witness: Witness,
    /// Which testimony it is.
    number: usize,
}

/// A site's clock may run ahead of ours by a zone's width, no more.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// The web has no news from before this.
const FIRST_YEAR: i32 = 1990;

/// Decides both dates from what was heard.
pub fn dates(evidence: &Evidence, setting: &Setting<'_>) -> Dates {
    let setting = &Setting {
        order: dates::shown(values(evidence)),
        ..*setting
    };
    let changed = told(evidence, Field::Modified, setting);
    let changed = changed
        .first()
        .map(|first| clock_as_utc(*first, &changed, setting));
    let modified = changed.map_or_else(Decided::default, |told| {
        Decided::new(Some(told.when), MOST_TRUSTED).by([told.number])
    });
    let published = match published(evidence, setting) {
        Some((published, witness)) => {
            let own = changed.filter(|changed| changed.witness == witness);
            with_clock(published, own)
        }
        None => Decided {
            value: modified.value,
            verdict: Verdict {
                why: "only a change is told: it was there by then",
                ..modified.verdict.clone()
            },
        },
    };
    let first = published.value;
    let possible = |modified: &When| first.is_none_or(|first| modified.at >= first.at);
    let by_clock = |when: Option<When>| when.map(|when| by_clock(when, setting.zone));
    let modified = if modified.value.is_none_or(|modified| possible(&modified)) {
        modified
    } else {
        Decided::new(None, "no change is told that is not before the publication")
    };
    Dates {
        published: published.map(by_clock),
        modified: modified.map(by_clock),
    }
}

/// Why a date is believed that needs no other.
const MOST_TRUSTED: &str = "the most trusted place";

/// What was told for either date, as it was written.
fn values(evidence: &Evidence) -> impl Iterator<Item = &str> {
    [Field::Published, Field::Modified]
        .into_iter()
        .flat_map(|field| evidence.of(field))
        .map(|testimony| testimony.value.as_str())
}

/// A day alone, with the time of day that the same place names for a change on that day.
fn with_clock(published: Decided<When>, changed: Option<Told>) -> Decided<Option<When>> {
    let day = published.value;
    let clock = changed.filter(|changed| {
        day.precision == Precision::Day
            && changed.when.precision > Precision::Day
            && changed.when.at.date_naive() == day.at.date_naive()
    });
    match clock {
        Some(changed) => Decided::new(Some(changed.when), "a day, and the change's time on it")
            .by(published.verdict.by)
            .by([changed.number]),
        None => published.map(Some),
    }
}

/// When it appeared, and the kind of place that tells the day.
fn published(evidence: &Evidence, setting: &Setting<'_>) -> Option<(Decided<When>, Witness)> {
    let told = told(evidence, Field::Published, setting);
    let trusted = *told.first()?;
    let first = earlier(trusted, &told, evidence, setting).unwrap_or(trusted);
    if first.witness <= Witness::Embedded {
        let configured = Decided::new(first.when, CONFIGURED).by([first.number]);
        return Some((configured, first.witness));
    }
    let finer = clock_as_utc(finer(first, &told), &told, setting);
    let zoned = zoned_by_others(finer, &told);
    let why = if first.number != trusted.number {
        "an earlier day than the most trusted place's, which was changed before it"
    } else if zoned.number != first.number {
        "the most trusted place's day, with another's clock or zone"
    } else {
        MOST_TRUSTED
    };
    let decided = Decided::new(by_printed_clock(zoned.when, &told), why)
        .by([first, finer, zoned].map(|told| told.number));
    Some((decided, first.witness))
}

/// The earlier day that another place tells, where `first` comes from one that says that the article was changed before it was
/// there: what such a place calls publication is something else, as the day of an import.
fn earlier(
    first: Told,
    published: &[Told],
    evidence: &Evidence,
    setting: &Setting<'_>,
) -> Option<Told> {
    let modified = told(evidence, Field::Modified, setting);
    let mut own = modified
        .iter()
        .filter(|changed| changed.witness == first.witness)
        .peekable();
    own.peek()?;
    let day = |told: &Told| told.when.at.date_naive();
    if published
        .iter()
        .any(|other| other.witness != first.witness && day(other) == day(&first))
    {
        return None;
    }
    let before = own
        .all(|changed| changed.when.precision > Precision::Day && changed.when.at < first.when.at);
    published
        .iter()
        .filter(|_| before && first.witness > Witness::Embedded)
        .filter(|other| other.witness <= Witness::Page)
        .find(|other| day(other) < day(&first))
        .copied()
}

/// The dates told for a field that can be true, the most trusted first.
fn told(evidence: &Evidence, field: Field, setting: &Setting<'_>) -> Vec<Told> {
    let mut told: Vec<Told> = evidence
        .of(field)
        .filter_map(|testimony| read(testimony, setting))
        .filter(|told| is_possible(told.when, setting.now))
        .collect();
    told.sort_by_key(|told| rank(told.witness));
    told
}

/// The kind of place's worth for a date: markup that repeats for every box of a page is worth less than what stands once.
fn rank(witness: Witness) -> usize {
    match witness {
        Witness::Rule => 0,
        Witness::Embedded => 1,
        Witness::JsonLd | Witness::Note => 2,
        Witness::OpenGraph => 3,
        Witness::Microdata => 4,
        Witness::Meta => 5,
        Witness::Page => 6,
        Witness::JsonLdPage => 7,
        Witness::Elsewhere => 8,
        Witness::Address | Witness::Document => 9,
    }
}

fn read(testimony: &Testimony, setting: &Setting<'_>) -> Option<Told> {
    let text = testimony.value.trim();
    let machine =
        || dates::machine(text, setting).or_else(|| dates::machine(&padded(text)?, setting));
    let (when, zoned) = match machine() {
        Some(machine) => (machine.when, machine.zoned),
        None => {
            let when = printed(text, setting)?;
            (when, is_zoned(text, when, setting))
        }
    };
    (when.precision >= Precision::Day).then_some(Told {
        when: if zoned {
            when
        } else {
            in_utc_if_dotnet(text, when, setting)
        },
        zoned,
        witness: testimony.witness,
        number: testimony.number,
    })
}

/// A machine's date with a nought before each digit of its clock that stands alone: "2024-09-03T7:05:0Z".
fn padded(text: &str) -> Option<String> {
    let (day, clock) = text.split_once('T')?;
    let parts: Vec<String> = clock
        .split(':')
        .map(|part| {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let nought = if digits == 1 { "0" } else { "" };
            format!("{nought}{part}")
        })
        .collect();
    Some(format!("{day}T{}", parts.join(":")))
}

fn printed(text: &str, setting: &Setting<'_>) -> Option<When> {
    dates::read(text, setting).or_else(|| dates::find(text, setting).map(|found| found.1))
}

/// Whether a printed date names its zone: it is then the same moment wherever it is read.
fn is_zoned(text: &str, when: When, setting: &Setting<'_>) -> bool {
    if when.precision <= Precision::Day {
        return false;
    }
    // No zone of people's clocks is as far in the west and has such an offset.
    let elsewhere = Setting {
        zone: chrono_tz::Pacific::Marquesas,
        ..*setting
    };
    printed(text, &elsewhere).is_some_and(|other| other.utc() == when.utc())
}

fn is_possible(when: When, now: DateTime<Utc>) -> bool {
    use chrono::Datelike;
    when.utc() <= now + AHEAD && when.at.year() >= FIRST_YEAR
}

/// `first`, or a word of another that names the same day and also the time of day.
fn finer(first: Told, told: &[Told]) -> Told {
    let vague = |told: &Told| {
        told.when.precision == Precision::Day || told.when.at.time() == NaiveTime::MIN
    };
    if !vague(&first) {
        return first;
    }
    told.iter()
        .find(|other| !vague(other) && other.when.at.date_naive() == first.when.at.date_naive())
        .copied()
        .unwrap_or(first)
}

/// Hears the dates that people see: `time` elements, classes that speak of a date, and where `wanting`, any short line with a
/// number in it; those near the headline first.
pub fn hear(
    survey: &Survey<'_>,
    title: Option<usize>,
    setting: &Setting<'_>,
    wanting: bool,
    evidence: &mut Evidence,
) {
    let mut marks: Vec<(bool, u8, usize, &Mark<'_>)> = survey
        .marks
        .iter()
        .filter_map(|mark| Some((mark, kind(mark.kind, wanting)?)))
        .map(|(mark, kind)| (mark, kind, distance(mark.position, title)))
        .filter_map(|(mark, kind, distance)| {
            let foreign = survey.is_foreign(mark, title);
            // Some pages set an article's facts in a column beside it.
            (!foreign || wanting && title.is_some() && distance <= BESIDE).then_some((
                foreign || distance > NEAR,
                kind,
                distance,
                mark,
            ))
        })
        .collect();
    marks.sort_by_key(|(far, kind, distance, _)| (*far, *kind, *distance));
    let most = if wanting { MOST_PLACES } else { FEW_PLACES };
    for (far, _, _, mark) in marks.into_iter().take(most) {
        let witness = if far {
            Witness::Elsewhere
        } else {
            Witness::Page
        };
        hear_mark(mark, witness, setting, evidence);
    }
    if wanting {
        hear_openings(survey, title, setting, evidence);
    }
}

/// Most paragraphs of which the beginning is read.
const OPENINGS: usize = 6;

/// So many bytes hold a date at the beginning of a paragraph, with a bracket and a weekday before it.
const OPENING_BYTES: usize = 48;

/// Hears the date that a paragraph under the headline begins with: "(21 November 2022) The price …".
fn hear_openings(
    survey: &Survey<'_>,
    title: Option<usize>,
    setting: &Setting<'_>,
    evidence: &mut Evidence,
) {
    let under = survey
        .marks(MarkKind::Paragraph)
        .filter(|mark| title.is_none_or(|title| mark.position > title))
        .filter(|mark| !survey.is_foreign(mark, title));
    for mark in under.take(OPENINGS) {
        let text = crate::html::text(mark.element);
        let opening = &text[..text.floor_char_boundary(OPENING_BYTES)];
        let found = dates::find(opening, setting)
            .filter(|(range, _)| opening[..range.start].chars().all(|c| !c.is_alphanumeric()));
        if let Some((range, _)) = found {
            let date = &opening[range];
            let place = "beginning of a paragraph";
            evidence.hear_at(
                Field::Published,
                Witness::Elsewhere,
                place,
                date,
                mark.position,
            );
        }
    }
}

/// How well an element of this kind speaks of a date.
fn kind(kind: MarkKind, wanting: bool) -> Option<u8> {
    match kind {
        MarkKind::Time => Some(0),
        MarkKind::DateLine => Some(1),
        MarkKind::Number | MarkKind::Byline if wanting => Some(2),
        _ => None,
    }
}

/// Most places of one page whose text is read as a date.
const MOST_PLACES: usize = 24;

/// The same where programs are told a date already, which what people see can only confirm.
const FEW_PLACES: usize = 8;

/// A date within so many elements of the headline is the article's.
const NEAR: usize = 100;

/// In a box beside the article only what stands next to its headline.
const BESIDE: usize = 12;

/// Longest line in bytes that is searched for a date.
const LINE_BYTES: usize = 300;

/// How far a place is from the headline; what stands above it counts as further away.
fn distance(position: usize, title: Option<usize>) -> usize {
    match title {
        Some(title) if position < title => (title - position) * 3,
        Some(title) => position - title,
        None => position,
    }
}

fn hear_mark(mark: &Mark<'_>, witness: Witness, setting: &Setting<'_>, evidence: &mut Evidence) {
    const WRITTEN: [&str; 8] = [
        "datetime",
        "content",
        "data-datetime",
        "data-date",
        "data-time",
        "data-timestamp",
        "data-published",
        "title",
    ];
    let element = mark.element;
    let name = element.value().name();
    let label = ["class", "itemprop", "id", "data-testid"]
        .iter()
        .filter_map(|name| element.attr(name))
        .collect::<Vec<_>>()
        .join(" ");
    let written = WRITTEN.iter().find_map(|name| {
        Some((
            name,
            element
                .attr(name)
                .filter(|text| dates::machine(text, setting).is_some())?,
        ))
    });
    let shown = crate::html::text(element);
    if let Some((attribute, written)) = written {
        let field = if is_change(&label) || (shown.len() <= LINE_BYTES && is_change(&shown)) {
            Field::Modified
        } else {
            Field::Published
        };
        let place = format!("{name}@{attribute}");
        evidence.hear_at(field, witness, place, written, mark.position);
    } else if shown.len() <= LINE_BYTES && shown.chars().any(char::is_numeric) {
        for (field, date) in dates_of(&shown, is_change(&label), setting) {
            evidence.hear_at(field, witness, name.to_owned(), date, mark.position);
        }
    }
}

/// Most dates of one line.
const DATES_OF_A_LINE: usize = 4;

/// The dates in a line, each with what the words before it say: "Published: 3 Sep 2024 Updated: 4 Sep 2024".
fn dates_of<'a>(line: &'a str, changed: bool, setting: &Setting<'_>) -> Vec<(Field, &'a str)> {
    let field = |words: &str| {
        if changed || is_change(words) {
            Field::Modified
        } else {
            Field::Published
        }
    };
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((range, _)) = dates::find(rest, setting) {
        let after: String = rest[range.end..]
            .chars()
            .take(3)
            .filter(|c| matches!(c, '更' | '新'))
            .collect();
        let words = format!("{} {after}", &rest[..range.start]);
        found.push((field(&words), &rest[range.clone()]));
        rest = &rest[range.end.max(1)..];
        if found.len() == DATES_OF_A_LINE {
            break;
        }
    }
    if found.is_empty() && dates::read(line, setting).is_some() {
        found.push((field(line), line));
    }
    found
}

/// Whether words speak of a change rather than of the first appearance.
fn is_change(words: &str) -> bool {
    static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)updat|modif|aktualisiert|actualiza|mis à jour|aggiornat|обновлен|оновлен|güncel|更新|تحديث|lastmod|changed|zmieni|bijgewerkt|oppdatert|uppdaterad|zuletzt|letzte änderung|geändert|ενημ[εέ]ρωσ",
        )
    });
    CHANGED.is_match(words)
}

/// Hears the day that the page's address names: `/2024/09/03/`, `/2024-09-03-`, `/20240903/`.
pub fn hear_address(url: &Url, evidence: &mut Evidence) {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[/_.=-])((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2])[/_.-](0?[1-9]|[12]\d|3[01])(?:\D|$)|(?:^|[/_.=-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D|$)|/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:\D|$)|/(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,}",
        )
    });
    if let Some(found) = DAY.captures(url.path()) {
        let parts: Vec<&str> = found.iter().skip(1).flatten().map(|m| m.as_str()).collect();
        if let [year, month, day] = parts[..] {
            let day = format!("{year}-{month:0>2}-{day:0>2}");
            evidence.hear(Field::Published, Witness::Address, "address", &day);
        }
    }
}

#[cfg(test)]
mod tests;
