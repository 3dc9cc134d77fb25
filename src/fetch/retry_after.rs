//! The value of `Retry-After` → how long the site wants to be left alone.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};

/// Longest wait that is believed: a site that says more is asked again after two days, for a mistake must not
/// silence its feeds for a year.
const LONGEST_WAIT: Duration = Duration::from_secs(2 * 24 * 3600);

/// Reads `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date seen from `now`.
pub fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse().map_or(LONGEST_WAIT, Duration::from_secs)
    } else {
        (http_date(value)? - now).to_std().unwrap_or_default()
    };
    Some(wait.min(LONGEST_WAIT))
}

/// Reads a date of an HTTP header (RFC 9110, section 5.6.7), in its current form and the two old ones. The day of the week
/// says nothing that the date does not, and is often wrong where dates are made by hand.
pub fn http_date(value: &str) -> Option<DateTime<Utc>> {
    let value = value.trim();
    let date = value.split_once(',').map_or(value, |(_, date)| date.trim());
    if let Ok(date) = DateTime::parse_from_rfc2822(date) {
        return Some(date.to_utc());
    }
    ["%d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(date, form).ok())
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_in_every_form_and_bounded() {
        let now = http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        for (value, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:50:37 1994", Some(60)),
            ("Sun, 06 Nov 1994 07:00:00 GMT", Some(0)),
            ("99999999999999999999999999", Some(172_800)),
            ("Sun, 06 Nov 2094 08:49:37 GMT", Some(172_800)),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            let read = retry_after(value, now).map(|wait| wait.as_secs());
            assert_eq!(read, seconds, "{value}");
        }
    }
}
