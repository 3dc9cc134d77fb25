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
