//! The name of a zone after a time → the offset it means there.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{OffsetName, Tz};

/// What a zone's name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Hours and minutes from UTC, as written.
    Offset(FixedOffset),
    /// The clock of a place.
    Place(Tz),
}

/// Names of one offset, and that offset as hours and minutes ahead of UTC: 530 is five hours and a half.
struct Name {
    names: &'static [&'static str],
    hhmm: i32,
}

const fn name(names: &'static [&'static str], hhmm: i32) -> Name {
    Name { names, hhmm }
}

/// Where one abbreviation has several meanings, the one most often printed; the setting's zone comes before this table.
const NAMES: &[Name] = &[
    name(
        &[
            "gmt",
            "utc",
            "ut",
            "z",
            "wet",
            "zulu",
            "tu",
            "hora gmt",
            "غرينتش",
            "جرينتش",
            "غرينيتش",
            "توقيت غرينتش",
            "بتوقيت غرينتش",
            "بتوقيت جرينتش",
            "بتوقيت غرينيتش",
            "ت غ",
            "гринвич",
            "по гринвичу",
            "به وقت گرینویچ",
            "گرینویچ",
            "格林威治时间",
            "世界标准时间",
            "協定世界時",
            "uhr gmt",
            "uhr utc",
            "temps universel",
        ],
        0,
    ),
    name(&["cet", "mez", "hnec"], 100),
    name(&["cest", "mesz", "heec"], 200),
    name(&["bst"], 100),
    name(&["west"], 100),
    name(&["wat"], 100),
    name(&["eet", "oez", "cat", "sast"], 200),
    name(&["eest", "oesz", "eat"], 300),
    name(&["idt"], 300),
    name(&["trt"], 300),
    name(&["msk", "мск", "время мск", "moscow time", "по мск"], 300),
    name(&["ast"], -400),
    name(&["irst"], 330),
    name(&["irdt"], 430),
    name(&["gst"], 400),
    name(&["aft"], 430),
    name(&["pkt"], 500),
    name(&["uzt", "tmt"], 500),
    name(&["ist"], 530),
    name(&["npt"], 545),
    name(&["mmt"], 630),
    name(&["ict", "wib"], 700),
    name(
        &[
            "wita",
            "sgt",
            "hkt",
            "myt",
            "pht",
            "awst",
            "北京时间",
            "北京時間",
            "香港时间",
            "台北時間",
        ],
        800,
    ),
    name(&["jst", "kst", "wit", "日本時間"], 900),
    name(&["acst"], 930),
    name(&["aest"], 1000),
    name(&["acdt"], 1030),
    name(&["aedt"], 1100),
    name(&["nzst"], 1200),
    name(&["nzdt"], 1300),
    name(&["nst"], -330),
    name(&["ndt"], -230),
    name(&["adt", "brt", "art", "clst", "uyt"], -300),
    name(&["edt", "clt", "bot"], -400),
    name(&["est", "cdt", "pet", "cot", "ect"], -500),
    name(&["cst", "mdt"], -600),
    name(&["mst", "pdt"], -700),
    name(&["pst", "akdt"], -800),
    name(&["akst"], -900),
    name(&["hst"], -1000),
];

/// Names that mean the clock of a place, whatever it shows that day.
const PLACES: &[(&[&str], Tz)] = &[
    (
        &["et", "eastern time", "us eastern", "eastern"],
        Tz::America__New_York,
    ),
    (&["ct", "central time"], Tz::America__Chicago),
    (&["mt", "mountain time"], Tz::America__Denver),
    (&["pt", "pacific time"], Tz::America__Los_Angeles),
    (
        &["london time", "uk time", "بتوقيت لندن"],
        Tz::Europe__London,
    ),
    (&["beirut time", "بتوقيت بيروت"], Tz::Asia__Beirut),
    (
        &[
            "jerusalem time",
            "al quds time",
            "بتوقيت القدس",
            "بتوقيت القدس المحتلة",
            "بتوقيت فلسطين",
        ],
        Tz::Asia__Jerusalem,
    ),
    (&["بتوقيت القاهرة", "cairo time"], Tz::Africa__Cairo),
    (
        &[
            "بتوقيت مكة",
            "بتوقيت مكة المكرمة",
            "بتوقيت السعودية",
            "بتوقيت الرياض",
            "mecca time",
        ],
        Tz::Asia__Riyadh,
    ),
    (
        &[
            "بتوقيت أبوظبي",
            "بتوقيت أبو ظبي",
            "بتوقيت الإمارات",
            "بتوقيت دبي",
        ],
        Tz::Asia__Dubai,
    ),
    (&["بتوقيت بغداد"], Tz::Asia__Baghdad),
    (&["بتوقيت دمشق", "بتوقيت سوريا"], Tz::Asia__Damascus),
    (&["بتوقيت موسكو", "по москве"], Tz::Europe__Moscow),
    (&["بتوقيت باريس", "heure de paris"], Tz::Europe__Paris),
    (
        &["به وقت تهران", "بتوقيت طهران", "tehran time"],
        Tz::Asia__Tehran,
    ),
    (&["tsi", "istanbul time"], Tz::Europe__Istanbul),
    (&["beijing time"], Tz::Asia__Shanghai),
    (&["за києвом", "за київським часом"], Tz::Europe__Kyiv),
    (
        &["horário de brasília", "hora de brasília"],
        Tz::America__Sao_Paulo,
    ),
];

/// Every name with the number under which the lexicon knows its meaning.
pub(super) fn names() -> impl Iterator<Item = (u8, &'static str)> {
    let offsets = NAMES.iter().map(|name| name.names);
    let places = PLACES.iter().map(|(names, _)| *names);
    (0_u8..)
        .zip(offsets.chain(places))
        .flat_map(|(at, names)| names.iter().map(move |name| (at, *name)))
}

/// What the zone `word`, known under `number`, means at `time` on a page of the zone `home`.
///
/// A name that the page's own zone uses in summer or in winter means its clock, even where the season's other name would be
/// right: a newsroom that writes CET all year does not turn its clock back.
pub(super) fn meaning(number: u8, word: &str, time: NaiveDateTime, home: Tz) -> Option<Zone> {
    let Some(name) = NAMES.get(usize::from(number)) else {
        let (_, place) = PLACES.get(usize::from(number).checked_sub(NAMES.len())?)?;
        return Some(Zone::Place(*place));
    };
    let word = known_as(word, name);
    if name.hhmm != 0 && is_name_of(&word, time, home) {
        return Some(Zone::Place(home));
    }
    fixed(name.hhmm).map(Zone::Offset)
}

/// Translated names go by their English one.
fn known_as(word: &str, name: &Name) -> String {
    let first = name.names.first().copied().unwrap_or_default();
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "mez" | "mesz" | "oez" | "oesz" | "hnec" | "heec" => first,
        _ if word.is_ascii() => return word,
        _ => first,
    }
    .to_owned()
}

/// Whether `home` goes by the name `word` in the winter or the summer of that year.
fn is_name_of(word: &str, time: NaiveDateTime, home: Tz) -> bool {
    [1, 7].into_iter().any(|month| {
        let day = NaiveDate::from_ymd_opt(time.year(), month, 1);
        day.is_some_and(|day| goes_by(word, home, day.and_time(time.time())))
    })
}

fn goes_by(word: &str, home: Tz, utc: NaiveDateTime) -> bool {
    let there = home.offset_from_utc_datetime(&utc);
    let has = |name: &str| name.eq_ignore_ascii_case(word);
    // Arabia's standard times are also called AST and GST, and the tables of zones give them no name.
    match (word, there.fix().local_minus_utc() / 3600) {
        ("ast", 3) | ("gst", 4) => return true,
        _ => {}
    }
    there.abbreviation().is_some_and(|name| {
        // Australians write EST for their own AEST.
        has(name)
            || home.name().starts_with("Australia/") && name.strip_prefix('A').is_some_and(has)
    })
}

fn fixed(hhmm: i32) -> Option<FixedOffset> {
    FixedOffset::east_opt((hhmm / 100) * 3600 + (hhmm % 100) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::lexicon::key;

    #[test]
    fn a_zone_name_means_the_pages_own_clock_where_that_has_the_name() {
        let summer = "2024-07-18T12:00:00".parse().unwrap();
        let place = |tz| Some(Zone::Place(tz));
        let offset = |hhmm| fixed(hhmm).map(Zone::Offset);
        for (word, home, expected) in [
            ("CET", Tz::Europe__Brussels, place(Tz::Europe__Brussels)),
            ("CET", Tz::America__New_York, offset(100)),
            ("IST", Tz::Asia__Kolkata, place(Tz::Asia__Kolkata)),
            ("IST", Tz::Asia__Jerusalem, place(Tz::Asia__Jerusalem)),
            ("IST", Tz::Europe__Dublin, place(Tz::Europe__Dublin)),
            ("IST", Tz::UTC, offset(530)),
            ("GMT", Tz::Europe__London, offset(0)),
            ("CST", Tz::Asia__Shanghai, place(Tz::Asia__Shanghai)),
            ("CST", Tz::UTC, offset(-600)),
            ("MEZ", Tz::Europe__Vienna, place(Tz::Europe__Vienna)),
            ("AST", Tz::Asia__Riyadh, place(Tz::Asia__Riyadh)),
            ("EST", Tz::Australia__Sydney, place(Tz::Australia__Sydney)),
            ("ET", Tz::UTC, place(Tz::America__New_York)),
        ] {
            let number = names().find(|(_, name)| key(name) == key(word)).unwrap().0;
            assert_eq!(
                meaning(number, word, summer, home),
                expected,
                "{word} {home}"
            );
        }
    }
}
