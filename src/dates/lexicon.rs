//! The tables of all languages → what a word or a phrase means in a date.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendars::{Calendar, Era};
use super::terms::is_unspaced;
use super::tokens::{Kind, tokens};
use super::words::{LABELS, LANGUAGES, Language, REFERENCES, STAGES, VERSIONS};
use super::zones;

/// What a word does in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    /// The name of a month.
    Month(Calendar, u8),
    /// The name of a day of the week, which a date does not need.
    Weekday,
    /// A unit of time; a count that the word itself says (a dual), or 0.
    Unit(Unit, u8),
    /// "ago" where it stands before the number, and where it stands after the unit.
    AgoBefore,
    /// "ago" after the unit.
    AgoAfter,
    /// Today is 0, yesterday 1.
    DaysBack(u8),
    /// "just now"
    Now,
    /// The half of the day.
    Half(Half),
    /// A number written as a word.
    Number(u8),
    /// "at", "of", "the": holds a date together.
    Link,
    /// "Published", "Updated".
    Label,
    /// Stands before a time: "kl.", "saat".
    AtClock,
    /// Stands after the hour: "h", "Uhr", "時".
    HourMark,
    /// Stands after the minute.
    MinuteMark,
    /// Stands after the second.
    SecondMark,
    /// Stands after the year: "年", "m.".
    YearMark,
    /// Stands after a month's number: "月".
    MonthMark,
    /// Stands after the day: "日".
    DayMark,
    /// Stands before a month's number: "tháng".
    MonthWord,
    /// Stands before the day's number: "ngày".
    DayWord,
    /// Stands before a weekday's number: "thứ".
    WeekdayWord,
    /// Counts years from another beginning.
    Era(Era),
    /// A zone, by its place in the table of zones.
    Zone(u8),
    /// "Version": what follows it counts versions.
    Version,
    /// "Chapter", "No.", "Tel.": what follows it is a number of something.
    Reference,
    /// "beta": what it follows is a version.
    Stage,
    /// A month in Roman numerals, as it was written: "IX".
    Roman(u8),
}

/// Units of relative dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Which twelve hours a clock means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Half {
    Am,
    Pm,
    Noon,
}

/// What the groups of a table's rows mean, in their order (`words::Language` says it in words).
const AGO: [Meaning; 2] = [Meaning::AgoBefore, Meaning::AgoAfter];
const DAYS: [Meaning; 4] = [
    Meaning::DaysBack(0),
    Meaning::DaysBack(1),
    Meaning::DaysBack(2),
    Meaning::Now,
];
const HALVES: [Meaning; 3] = [
    Meaning::Half(Half::Am),
    Meaning::Half(Half::Pm),
    Meaning::Half(Half::Noon),
];
const CLOCK: [Meaning; 4] = [
    Meaning::AtClock,
    Meaning::HourMark,
    Meaning::MinuteMark,
    Meaning::SecondMark,
];
const MARKS: [Meaning; 6] = [
    Meaning::YearMark,
    Meaning::MonthMark,
    Meaning::DayMark,
    Meaning::MonthWord,
    Meaning::DayWord,
    Meaning::WeekdayWord,
];

/// All that is known of one phrase: the language (or none, for words of any) and the meaning there.
type Entry = Vec<(Option<u8>, Meaning)>;

/// What every phrase of the tables means.
pub(super) struct Lexicon {
    phrases: HashMap<String, Entry>,
    /// The longest phrase, in words.
    pub most_words: usize,
    /// The longest word of a script without blanks, in characters.
    pub most_chars: usize,
}

/// Built once, on the first date that is read.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

static ENGLISH: LazyLock<Option<u8>> = LazyLock::new(|| language_of("en"));

/// The place of a language in the tables, by its tag.
pub(super) fn language_of(tag: &str) -> Option<u8> {
    let tag = tag.to_ascii_lowercase();
    let primary = tag.split(['-', '_']).next()?;
    let code = match primary {
        "nb" | "nn" => "no",
        "iw" => "he",
        "in" => "id",
        "tl" => "fil",
        "sh" | "bs" | "me" | "cnr" => "hr",
        "prs" => "fa",
        "kmr" => "ku",
        "mo" => "ro",
        "yue" | "cmn" => "zh",
        other => other,
    };
    let at = LANGUAGES
        .iter()
        .position(|language| language.code == code)?;
    u8::try_from(at).ok()
}

/// A phrase as the lexicon keys it: its words in the one spelling, with single blanks.
pub(super) fn key(phrase: &str) -> String {
    let words: Vec<String> = tokens(phrase)
        .into_iter()
        .filter_map(|token| match token.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        })
        .collect();
    words.join(" ")
}

impl Lexicon {
    /// The meanings of `key` for a page in `language`: there, else in English, else in most languages.
    pub fn look(&self, key: &str, language: Option<u8>) -> Option<Vec<Meaning>> {
        let entry = self.phrases.get(key)?;
        let of = |wanted: Option<u8>| {
            entry
                .iter()
                .filter(move |(l, _)| *l == wanted)
                .map(|(_, meaning)| *meaning)
        };
        let mut meanings = Vec::new();
        if language.is_some() {
            meanings.extend(of(language));
        }
        if meanings.is_empty() {
            meanings.extend(of(*ENGLISH));
        }
        if meanings.is_empty() || language.is_none() {
            let foreign = by_number(entry).into_iter();
            meanings.extend(foreign.filter(|meaning| is_safe(key, *meaning, language.is_some())));
        }
        meanings.extend(of(None));
        let mut seen = Vec::with_capacity(meanings.len());
        meanings.retain(|meaning| {
            !seen.contains(meaning) && {
                seen.push(*meaning);
                true
            }
        });
        (!meanings.is_empty()).then_some(meanings)
    }

    /// Whether any language has this word.
    pub fn knows(key: &str) -> bool {
        LEXICON.phrases.contains_key(key)
    }

    fn build() -> Self {
        let mut lexicon = Self {
            phrases: HashMap::new(),
            most_words: 1,
            most_chars: 1,
        };
        for (at, language) in (0_u8..).zip(LANGUAGES.iter()) {
            lexicon.add_language(at, language);
        }
        let of_any_language = [
            (LABELS, Meaning::Label),
            (VERSIONS, Meaning::Version),
            (REFERENCES, Meaning::Reference),
            (STAGES, Meaning::Stage),
        ];
        for (words, meaning) in of_any_language {
            for word in split(words, '|') {
                lexicon.add(word, None, meaning);
            }
        }
        for (at, name) in zones::names() {
            lexicon.add(name, None, Meaning::Zone(at));
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, language: Option<u8>, meaning: Meaning) {
        let key = key(phrase);
        if key.is_empty() {
            return;
        }
        self.most_words = self.most_words.max(key.split(' ').count());
        if key.starts_with(is_unspaced) {
            self.most_chars = self.most_chars.max(key.chars().count());
        }
        let entry = self.phrases.entry(key).or_default();
        if !entry.contains(&(language, meaning)) {
            entry.push((language, meaning));
        }
    }

    fn add_language(&mut self, at: u8, table: &Language) {
        let calendars = [
            (table.months, Calendar::Gregorian),
            (table.jalali, Calendar::Jalali),
            (table.hijri, Calendar::Hijri),
        ];
        for (months, calendar) in calendars {
            for (number, names) in (1..=12).zip(split(months, ';')) {
                self.add_all(names, at, Meaning::Month(calendar, number));
            }
        }
        self.add_units(table.units, at);
        self.add_all(table.weekdays, at, Meaning::Weekday);
        self.add_all(table.links, at, Meaning::Link);
        self.add_row(table.ago, at, &AGO);
        self.add_row(table.days, at, &DAYS);
        self.add_row(table.halves, at, &HALVES);
        self.add_row(table.clock, at, &CLOCK);
        self.add_row(table.marks, at, &MARKS);
        for (number, words) in (1..).zip(split(table.numbers, ';')) {
            self.add_all(words, at, Meaning::Number(number));
        }
        self.add_row(table.eras, at, &Era::ALL.map(Meaning::Era));
    }

    /// Groups separated by `;`, each with the meaning of its place.
    fn add_row(&mut self, groups: &str, language: u8, meanings: &[Meaning]) {
        for (words, meaning) in split(groups, ';').zip(meanings) {
            self.add_all(words, language, *meaning);
        }
    }

    /// Words separated by `|`, all with one meaning.
    fn add_all(&mut self, words: &str, language: u8, meaning: Meaning) {
        for word in split(words, '|') {
            self.add(word, Some(language), meaning);
        }
    }

    /// Seven groups from second to year; "2:ساعتين" is a word that says its own number.
    fn add_units(&mut self, groups: &str, language: u8) {
        use Unit::{Day, Hour, Minute, Month, Second, Week, Year};
        let units = [Second, Minute, Hour, Day, Week, Month, Year];
        for (words, unit) in split(groups, ';').zip(units) {
            for word in split(words, '|') {
                let (count, word) = match word.split_once(':') {
                    Some((count, word)) => (count.parse().unwrap_or(0), word),
                    None => (0, word),
                };
                self.add(word, Some(language), Meaning::Unit(unit, count));
            }
        }
    }
}

/// Whether a word may be taken for one of another language, which the page may not be in.
///
/// "no", "per" and "hier" are words of half the languages in Latin letters, and a time in one; words of four letters that
/// belong to a date are mostly shared or unlike any other. Other scripts have few languages each.
fn is_safe(key: &str, meaning: Meaning, is_told: bool) -> bool {
    let is_latin = key.chars().all(|c| c == ' ' || c < '\u{370}');
    if !is_latin {
        return true;
    }
    let is_word = key.chars().count() >= 4;
    match meaning {
        Meaning::Month(..) | Meaning::Weekday | Meaning::Link => true,
        Meaning::DaysBack(_) | Meaning::Now | Meaning::AgoBefore if is_told => false,
        Meaning::AgoBefore => true,
        Meaning::DaysBack(_) | Meaning::Now | Meaning::Number(_) | Meaning::AgoAfter => is_word,
        Meaning::Unit(..) => is_word || !is_told,
        _ => true,
    }
}

fn split(list: &str, by: char) -> impl Iterator<Item = &str> {
    list.split(by).map(str::trim)
}

/// The meanings of an entry in any language, the one that most languages share first.
fn by_number(entry: &Entry) -> Vec<Meaning> {
    let mut counted: Vec<(usize, Meaning)> = Vec::new();
    for (_, meaning) in entry {
        match counted.iter_mut().find(|(_, known)| known == meaning) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, *meaning)),
        }
    }
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(_, meaning)| meaning).collect()
}
