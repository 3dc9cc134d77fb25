//! Whole texts and the moments they are, and a way to score a file of rows.

use chrono::SecondsFormat;
use serde_json::Value;

use super::*;

/// Reads every row of the file that `FEEDWRIGHT_DATES` names: objects with `input`, `lang`, `zone`, `ref` and `expect`.
#[test]
fn rows_of_a_file_can_be_scored() {
    let Ok(path) = std::env::var("FEEDWRIGHT_DATES") else {
        println!("FEEDWRIGHT_DATES names no file of rows, so there is nothing to score");
        return;
    };
    let rows: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let without_language = std::env::var_os("FEEDWRIGHT_DATES_NO_LANGUAGE").is_some();
    let mut right = 0;
    for row in &rows {
        let word = |name: &str| row.get(name).and_then(Value::as_str);
        let setting = Setting {
            language: word("lang").filter(|_| !without_language),
            zone: word("zone").unwrap().parse().unwrap(),
            now: word("ref").unwrap().parse().unwrap(),
            order: None,
        };
        let input = word("input").unwrap();
        let found = read(input, &setting);
        let at = found.map(|when| when.utc().to_rfc3339_opts(SecondsFormat::Secs, true));
        let precision = found.map(|when| format!("{:?}", when.precision).to_lowercase());
        if at.as_deref() == word("expect") {
            right += 1;
            if precision.as_deref() != word("precision") {
                println!(
                    "precision {precision:?} for {:?}: {input}",
                    word("precision")
                );
            }
        } else {
            println!(
                "{} {:?} {input:?}: {at:?}, not {:?}",
                row["id"],
                word("lang"),
                word("expect")
            );
        }
    }
    println!("{right} of {} rows right", rows.len());
}

/// Language, zone, text, and the moment it is, where it is one; all read on the evening of 3 September 2024.
type Row = (Option<String>, String, String, Option<String>);

#[test]
fn printed_dates_of_many_languages_are_read() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../fixtures/dates.json")).unwrap();
    let wrong: Vec<String> = rows.iter().filter_map(wrong).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} rows\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

fn wrong((language, zone, text, expected): &Row) -> Option<String> {
    let setting = Setting {
        language: language.as_deref(),
        zone: zone.parse().unwrap(),
        now: "2024-09-03T18:31:00Z".parse().unwrap(),
        order: None,
    };
    let found = read(text, &setting).map(|when| when.utc());
    let expected = expected
        .as_ref()
        .map(|at| at.parse::<DateTime<Utc>>().unwrap());
    (found != expected).then(|| format!("{language:?} {text:?} is {found:?} and not {expected:?}"))
}

#[test]
fn every_month_of_the_tables_is_read_in_its_language() {
    let mut wrong = Vec::new();
    for language in words::LANGUAGES.iter() {
        let setting = Setting {
            language: Some(language.code),
            zone: Tz::UTC,
            now: "2024-12-31T18:31:00Z".parse().unwrap(),
            order: None,
        };
        for (number, names) in (1..=12).zip(language.months.split(';')) {
            for name in names
                .split('|')
                .map(str::trim)
                .filter(|name| !name.is_empty())
            {
                for text in [format!("3 {name} 2024"), format!("12:05, 3. {name}. 2024")] {
                    let found = read(&text, &setting).map(|when| when.at.date_naive().to_string());
                    if found != Some(format!("2024-{number:02}-03")) {
                        wrong.push(format!("{} {text:?} is {found:?}", language.code));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_date_inside_a_line_is_found_with_its_place() {
    let setting = Setting {
        language: Some("en"),
        zone: Tz::Asia__Beirut,
        now: "2024-09-03T18:31:00Z".parse().unwrap(),
        order: None,
    };
    for (line, expected) in [
        (
            "By X Source: Agencies 3 Sep 2024 15:31 1 Shares 3 Min Read",
            Some(("3 Sep 2024 15:31", "2024-09-03T15:31:00+03:00")),
        ),
        (
            "By X | Y News | Sept. 3, 2024, 3:31 p.m. ET | 4 min read",
            Some(("Sept. 3, 2024, 3:31 p.m. ET", "2024-09-03T15:31:00-04:00")),
        ),
        (
            "Reuters, 2024-09-03T15:31+02:00, Berlin",
            Some(("2024-09-03T15:31+02:00", "2024-09-03T15:31:00+02:00")),
        ),
        (
            "المصدر: وكالات ٣ أيلول/سبتمبر ٢٠٢٤ ١٥:٣١",
            Some(("٣ أيلول/سبتمبر ٢٠٢٤ ١٥:٣١", "2024-09-03T15:31:00+03:00")),
        ),
        (
            "Jane Doe • 2 hours ago • 3 comments",
            Some(("2 hours ago", "2024-09-03T19:31:00+03:00")),
        ),
        ("Version 12.10.24 costs 3.50 and has 5 stars", None),
        ("3 Min Read", None),
        (
            "Their 3-1 win in May 12 years ago, which nobody in this long sentence could ever forget",
            None,
        ),
        ("Call 03 09 2024 15 now", None),
    ] {
        let found = find(line, &setting);
        let found = found.map(|(place, when)| (&line[place], when.at.to_rfc3339()));
        assert_eq!(
            found.as_ref().map(|(text, at)| (*text, at.as_str())),
            expected,
            "{line}"
        );
    }
}

#[test]
fn texts_beyond_the_bounds_are_not_read() {
    let setting = Setting {
        language: None,
        zone: Tz::UTC,
        now: "2024-09-03T18:31:00Z".parse().unwrap(),
        order: None,
    };
    let date = "3 September 2024";
    assert!(read(date, &setting).is_some());
    assert!(
        read(
            &format!("{date}{}x", "-".repeat(LONGEST_READ_BYTES)),
            &setting
        )
        .is_none()
    );
    assert!(
        find(
            &format!("{date}{}", " é".repeat(LONGEST_SOUGHT_BYTES)),
            &setting
        )
        .is_some()
    );
    assert!(
        find(
            &format!("{}{date}", "é ".repeat(LONGEST_SOUGHT_BYTES)),
            &setting
        )
        .is_none()
    );
}

#[test]
fn every_unit_of_the_tables_counts_back_in_its_language() {
    let mut wrong = Vec::new();
    let now = "2024-12-31T18:31:00Z".parse::<DateTime<Utc>>().unwrap();
    let hours = [
        ("second", 0),
        ("minute", 0),
        ("hour", 3),
        ("day", 72),
        ("week", 504),
    ];
    for language in words::LANGUAGES.iter() {
        let setting = Setting {
            language: Some(language.code),
            zone: Tz::UTC,
            now,
            order: None,
        };
        let mut ago = language.ago.split(';');
        let mut words = || {
            ago.next()
                .unwrap_or("")
                .split('|')
                .map(str::trim)
                .filter(|word| !word.is_empty())
        };
        let before: Vec<_> = words().map(|word| (word, "")).collect();
        let after: Vec<_> = words().map(|word| ("", word)).collect();
        for (names, (unit, hours)) in language.units.split(';').zip(hours) {
            for name in names
                .split('|')
                .map(str::trim)
                .filter(|n| !n.is_empty() && !n.contains(':'))
            {
                for (before, after) in before.iter().chain(&after) {
                    let text = format!("{before} 3 {name} {after}");
                    let back = read(&text, &setting).map(|when| (now - when.utc()).num_hours());
                    if back != Some(hours) {
                        wrong.push(format!(
                            "{} {unit} {text:?} is {back:?} hours ago",
                            language.code
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "([0-9]{1,4}|[./:, -]|sept|ago|年|月|منذ|ساعة|pm|GMT|[\\PC]){0,40}") {
        let setting = Setting { language: None, zone: Tz::Asia__Beirut, now: "2024-09-03T18:31:00Z".parse().unwrap(), order: None };
        let _ = read(&text, &setting);
        if let Some((place, _)) = find(&text, &setting) {
            proptest::prop_assert!(text.get(place).is_some());
        }
        let _ = machine(&text, &setting);
    }
}

#[test]
fn the_dates_of_one_page_say_in_which_order_it_writes_day_and_month() {
    for (language, texts, expected) in [
        (
            "en",
            ["02/03/2024", "Updated: 13/03/2024"],
            ["2024-03-02", "2024-03-13"],
        ),
        (
            "en",
            ["02/03/2024", "03/13/2024"],
            ["2024-02-03", "2024-03-13"],
        ),
        (
            "de",
            ["02-03-2024", "03-13-2024"],
            ["2024-02-03", "2024-03-13"],
        ),
        (
            "en",
            ["02/03/2024", "2 March 2024"],
            ["2024-02-03", "2024-03-02"],
        ),
    ] {
        let setting = Setting {
            language: Some(language),
            zone: Tz::UTC,
            now: "2024-09-03T18:31:00Z".parse().unwrap(),
            order: shown(texts),
        };
        let found = texts.map(|text| read(text, &setting).unwrap().at.date_naive().to_string());
        assert_eq!(found, expected, "{language} {texts:?}");
    }
}
