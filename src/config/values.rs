//! The text of one value → what it means, or what is wrong with it and what would be right.

use std::ops::Range;
use std::str::FromStr;
use std::time::Duration;

use chrono_tz::{TZ_VARIANTS, Tz};
use url::Url;

use super::suggest::{closest, quoted};
use crate::model::Slug;

/// What is wrong with a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// What is wrong.
    pub sentence: String,
    /// What would be right.
    pub help: String,
    /// Which bytes of the value, where that is known better than "all".
    pub within: Option<Range<usize>>,
    /// Whether the value holds what is not to be shown.
    pub secret: bool,
}

impl Wrong {
    /// A value that is wrong as a whole.
    pub fn new(sentence: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong {
            sentence: sentence.into(),
            help: help.into(),
            within: None,
            secret: false,
        }
    }

    /// The same, and which bytes of the value are wrong.
    pub fn at(self, within: Range<usize>) -> Wrong {
        Wrong {
            within: Some(within),
            ..self
        }
    }
}

/// Seconds in each unit of a length of time.
const UNITS: &[(&str, u64)] = &[
    ("s", 1),
    ("m", 60),
    ("h", 60 * 60),
    ("d", 24 * 60 * 60),
    ("w", 7 * 24 * 60 * 60),
];

/// A length of time: "90s", "15m", "1h30m", "30d", "0".
pub(super) fn duration(text: &str) -> Result<Duration, Wrong> {
    seconds(text).map(Duration::from_secs).ok_or_else(|| {
        let help = match spelled_out(text) {
            Some(right) => format!("did you mean \"{right}\"?"),
            None => "a number and `s`, `m`, `h`, `d` or `w`: \"90s\", \"15m\", \"2h\", \"30d\""
                .to_owned(),
        };
        Wrong::new(format!("{} is not a length of time", quoted(text)), help)
    })
}

fn seconds(text: &str) -> Option<u64> {
    if text == "0" {
        return Some(0);
    }
    let mut sum: u64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        let (name, seconds) = UNITS.iter().find(|(name, _)| name.starts_with(unit))?;
        sum = sum.checked_add(number.checked_mul(*seconds)?)?;
        rest = &rest[digits + name.len()..];
    }
    (!text.is_empty()).then_some(sum)
}

/// "15 minutes" as it should be written, if it is anything of the kind. Months and milliseconds are not.
fn spelled_out(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .filter(|&at| at > 0)?;
    let (number, unit) = (&text[..digits], text[digits..].trim());
    if unit.starts_with("mo") || unit == "ms" {
        return None;
    }
    let first = unit.chars().next()?;
    let (name, _) = UNITS.iter().find(|(name, _)| name.starts_with(first))?;
    Some(format!("{number}{name}"))
}

/// A length of time as the file would say it.
pub(super) fn spell(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match UNITS[..4]
        .iter()
        .rev()
        .find(|(_, unit)| seconds >= *unit && seconds.is_multiple_of(*unit))
    {
        Some((name, unit)) => format!("{}{name}", seconds / unit),
        None => format!("{seconds}s"),
    }
}

/// A time zone of the IANA database.
pub(super) fn zone(text: &str) -> Result<Tz, Wrong> {
    Tz::from_str(text).map_err(|_| {
        let help = match near_zone(text) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "a zone is written like `Asia/Beirut`; a bare offset does not know when summer time begins".to_owned(),
        };
        Wrong::new(format!("{} is not a time zone", quoted(text)), help)
    })
}

/// The zone that was probably meant: the one of this city, or one that is spelled nearly so. None for an offset, since
/// the database's own names for those count the other way: `Etc/GMT+3` is three hours behind.
fn near_zone(text: &str) -> Option<&'static str> {
    if text.contains(['+', '-']) && text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let city = text.replace(' ', "_");
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    names()
        .find(|name| {
            let last = name.rsplit('/').next().unwrap_or(name);
            name.eq_ignore_ascii_case(text) || last.eq_ignore_ascii_case(&city)
        })
        .or_else(|| closest(text, names()))
}

/// Languages that people write out, and their tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("persian", "fa"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// A BCP 47 language tag (RFC 5646, section 2.1; its form only).
pub(super) fn language(text: &str) -> Result<String, Wrong> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let fits = matches!(first.len(), 2 | 3)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if fits {
        return Ok(in_usual_case(text));
    }
    let lower = text.to_lowercase();
    let known = LANGUAGES.iter().find(|(name, _)| *name == lower);
    let help = match known {
        Some((_, tag)) => format!("did you mean `{tag}`?"),
        None if text.contains('_') => format!("did you mean `{}`?", text.replace('_', "-")),
        None => "a language is written as a tag like `en`, `ar` or `pt-BR`".to_owned(),
    };
    Err(Wrong::new(
        format!("{} is not a language tag", quoted(text)),
        help,
    ))
}

/// A tag as RFC 5646, section 2.1.1, recommends: `ar`, `pt-BR`, `zh-Hant`.
fn in_usual_case(tag: &str) -> String {
    let part = |(number, part): (usize, &str)| match part.len() {
        2 if number > 0 => part.to_ascii_uppercase(),
        4 if number > 0 => {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => part.to_ascii_lowercase(),
    };
    let parts: Vec<String> = tag.split('-').enumerate().map(part).collect();
    parts.join("-")
}

/// An address on the web, without a name and a password in it.
pub(super) fn address(text: &str) -> Result<Url, Wrong> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => plain(url),
        _ => {
            let help = if text.contains("://") || !text.contains('.') || text.starts_with('/') {
                "an address is written in full: `https://www.example.org/`".to_owned()
            } else {
                format!("did you mean `https://{text}`?")
            };
            Err(Wrong::new(
                format!("{} is not an address on the web", quoted(text)),
                help,
            ))
        }
    }
}

/// `url`, if no password stands in it: an address is shown in feeds and logs.
pub(super) fn plain(url: Url) -> Result<Url, Wrong> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(url);
    }
    Err(Wrong {
        secret: true,
        ..Wrong::new(
            "a name or a password stands in this address",
            "addresses are shown in feeds and logs; send it as a header: `headers = { Authorization = { env = \"NAME\" } }`",
        )
    })
}

/// What can stand in a header line of ours.
pub(super) fn header_text(text: &str) -> Result<String, Wrong> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(text.trim().to_owned());
    }
    Err(Wrong::new(
        format!("{} cannot stand in a header line", quoted(text)),
        "only plain ASCII letters, digits and signs can",
    ))
}

/// A mail or web address that sites can turn to.
pub(super) fn contact(text: &str) -> Result<String, Wrong> {
    let text = header_text(text)?;
    let is_mail = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let fits = !text.contains([' ', '(', ')', ';', '"', '\\']);
    if fits && (is_mail || address(&text).is_ok()) {
        return Ok(text);
    }
    Err(Wrong::new(
        format!(
            "{} is neither a mail address nor a web address",
            quoted(&text)
        ),
        "for example \"feeds@example.org\" or \"https://example.org/about-our-feeds\"",
    ))
}

/// A name for addresses.
pub(super) fn slug(text: &str) -> Result<Slug, Wrong> {
    Slug::try_from(text.to_owned()).map_err(|_| {
        let help = match Slug::of(text) {
            Some(slug) => format!("did you mean `{slug}`?"),
            None => "letters and digits of any script, joined by hyphens".to_owned(),
        };
        Wrong::new(
            format!("{} cannot stand in an address as it is", quoted(text)),
            help,
        )
    })
}

/// A label of a tag or the name of an author, as the slug it is known by.
pub(super) fn label(text: &str) -> Result<Slug, Wrong> {
    Slug::of(text).ok_or_else(|| {
        Wrong::new(
            format!("{} has no letter and no digit", quoted(text)),
            "a tag or a name is written as the site prints it",
        )
    })
}

/// What readers see in front of every address: no query, no fragment, no slash at the end of a path.
pub(super) fn public_address(text: &str) -> Result<Url, Wrong> {
    let mut url = address(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Wrong::new(
            format!("{} cannot have feeds below it", quoted(text)),
            "an address without `?` and `#`: `https://feeds.example.org`",
        ));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}
