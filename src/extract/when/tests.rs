//! Dates that places give, and the two that are decided.

use super::*;

/// The dates of a page that gives these: (field, witness, value), read in Beirut on 4 September 2024.
fn dates_of(told: &[(Field, Witness, &str)]) -> (Option<String>, Option<String>) {
    let mut evidence = Evidence::default();
    for (field, witness, value) in told {
        evidence.hear(*field, *witness, "here", value);
    }
    let setting = Setting {
        language: Some("en"),
        zone: chrono_tz::Asia::Beirut,
        now: "2024-09-04T06:00:00Z".parse().unwrap(),
        order: None,
    };
    let dates = dates(&evidence, &setting);
    let spell = |when: When| when.at.to_rfc3339();
    (
        dates.published.value.map(spell),
        dates.modified.value.map(spell),
    )
}

#[test]
fn the_day_of_publication_is_decided_by_what_each_place_is_good_for() {
    use Field::{Modified, Published};
    use Witness::{Address, JsonLd, OpenGraph, Page};
    for (told, published, modified) in [
        (
            vec![(Published, OpenGraph, "2024-09-03T12:31:00.0000000")],
            Some("2024-09-03T15:31:00+03:00"),
            None,
        ),
        (
            vec![(Published, JsonLd, "2024-09-03T15:31:00")],
            Some("2024-09-03T15:31:00+03:00"),
            None,
        ),
        (
            // The change can only have the day first, and so has the first appearance.
            vec![
                (Published, Page, "02/08/2024"),
                (Modified, Page, "13/08/2024"),
            ],
            Some("2024-08-02T00:00:00+03:00"),
            Some("2024-08-13T00:00:00+03:00"),
        ),
        (
            vec![
                (Published, Page, "02/08/2024"),
                (Modified, Page, "08/13/2024"),
            ],
            Some("2024-02-08T00:00:00+02:00"),
            Some("2024-08-13T00:00:00+03:00"),
        ),
        (
            vec![
                (Published, JsonLd, "2024-09-03T14:26:01Z"),
                (Published, Page, "2024-09-03T14:26:01+02:00"),
            ],
            Some("2024-09-03T14:26:01+02:00"),
            None,
        ),
        (
            vec![
                (Published, JsonLd, "2025-09-03T10:00:00Z"),
                (Published, Page, "2024-09-03T10:00:00Z"),
            ],
            Some("2024-09-03T13:00:00+03:00"),
            None,
        ),
        (
            vec![
                (Published, JsonLd, "2024-09-03"),
                (Published, Page, "3 Sep 2024 15:31"),
            ],
            Some("2024-09-03T15:31:00+03:00"),
            None,
        ),
        (
            vec![
                (Published, JsonLd, "2024-09-03T10:00:00Z"),
                (Modified, JsonLd, "2024-09-02T10:00:00Z"),
            ],
            Some("2024-09-03T13:00:00+03:00"),
            None,
        ),
        (
            vec![
                (Published, Address, "2024-09-03"),
                (Modified, OpenGraph, "2024-09-03T10:00:00Z"),
            ],
            Some("2024-09-03T00:00:00+03:00"),
            Some("2024-09-03T13:00:00+03:00"),
        ),
        (vec![(Published, JsonLd, "yesterday's news")], None, None),
        // A zone printed beside the same clock.
        (
            vec![
                (Published, Page, "2022-10-17 16:01:26"),
                (Published, Page, "10/17/2022 04:01 PM EDT"),
            ],
            Some("2022-10-17T16:01:00-04:00"),
            None,
        ),
        // UTC's clock with the site's offset, and the same moment told right.
        (
            vec![
                (Published, OpenGraph, "2022-10-11T19:11:05-04:00"),
                (Published, Page, "2022-10-11T15:11:05-04:00"),
            ],
            Some("2022-10-11T22:11:05+03:00"),
            None,
        ),
        // Changed before it was there: an import's day.
        (
            vec![
                (Published, OpenGraph, "2022-11-17T10:33:13Z"),
                (Modified, OpenGraph, "2022-11-17T10:32:18Z"),
                (Published, Page, "2022-03-09"),
            ],
            Some("2022-03-09T00:00:00+02:00"),
            Some("2022-11-17T12:32:18+02:00"),
        ),
        // The clock in Beirut, called UTC.
        (
            vec![
                (Published, JsonLd, "2024-09-03T15:31:00Z"),
                (Published, OpenGraph, "2024-09-03T12:31:00+00:00"),
            ],
            Some("2024-09-03T15:31:00+03:00"),
            None,
        ),
        // A day as programs write it.
        (
            vec![(Published, JsonLd, "2024-09-03T00:00:00Z")],
            Some("2024-09-03T00:00:00+00:00"),
            None,
        ),
        // The page prints the clock of a reader's city further west: minutes agree, hours are its zone's.
        (
            vec![
                (Published, OpenGraph, "2024-09-03T01:25:54+00:00"),
                (Published, Page, "September 2, 2024 | 9:25pm"),
            ],
            Some("2024-09-02T21:25:54-04:00"),
            None,
        ),
        // Other minutes are of another moment, and no zone is so far.
        (
            vec![
                (Published, OpenGraph, "2024-09-03T01:25:54+00:00"),
                (Published, Page, "September 2, 2024 | 9:31pm"),
            ],
            Some("2024-09-03T04:25:54+03:00"),
            None,
        ),
        (
            vec![
                (Published, OpenGraph, "2024-09-03T01:25:54+00:00"),
                (Published, Page, "September 2, 2024 | 9:25am"),
            ],
            Some("2024-09-03T04:25:54+03:00"),
            None,
        ),
        // Noughts are left out.
        (
            vec![(Published, JsonLd, "2024-09-03T7:15:0Z")],
            Some("2024-09-03T10:15:00+03:00"),
            None,
        ),
        // Only the change names the time of day.
        (
            vec![
                (Published, Page, "October 9, 2019"),
                (Modified, Page, "Oct 9, 2019, 11:05 IST"),
            ],
            Some("2019-10-09T11:05:00+05:30"),
            Some("2019-10-09T11:05:00+05:30"),
        ),
    ] {
        let expected = (published.map(str::to_owned), modified.map(str::to_owned));
        assert_eq!(dates_of(&told), expected, "{told:?}");
    }
}

#[test]
fn an_address_names_a_day() {
    for (address, day) in [
        ("https://a.example/2024/09/03/storm", Some("2024-09-03")),
        ("https://a.example/news/2024-9-3-storm", Some("2024-09-03")),
        ("https://a.example/20240903/storm", Some("2024-09-03")),
        ("https://a.example/storm-7436210", None),
        ("https://a.example/2024/storm", None),
    ] {
        let mut evidence = Evidence::default();
        hear_address(&address.parse().unwrap(), &mut evidence);
        let told = evidence
            .first(Field::Published)
            .map(|told| told.value.as_str());
        assert_eq!(told, day, "{address}");
    }
}
