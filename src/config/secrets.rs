//! Values that need not stand in the file: `{ env = "NAME" }`, `{ file = "/path" }`, `{ credential = "name" }` → the
//! header lines, cookies and proxy that are made of them. None of them ever shows in a message.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use http::{HeaderName, HeaderValue};
use toml::Spanned;
use toml::de::DeValue;
use url::Url;

use super::reader::{Placed, Reader};
use super::suggest::{closest, quoted};

/// What a file may point at outside itself.
pub struct Surroundings<'a> {
    /// Where systemd lets the program keep its state.
    pub state_directory: Option<PathBuf>,
    /// What a secret holds, or a sentence that says why it cannot be had.
    pub secret: &'a dyn Fn(&SecretRef) -> Result<String, String>,
}

impl Surroundings<'static> {
    /// Surroundings that hold nothing: every secret is missing.
    pub fn empty() -> Self {
        Surroundings {
            state_directory: None,
            secret: &|secret| Err(format!("{secret} is not there")),
        }
    }
}

/// Where a secret is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRef {
    /// In an environment variable.
    Env(String),
    /// In a file.
    File(PathBuf),
    /// In a file of systemd's credentials directory.
    Credential(String),
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SecretRef::Env(name) => write!(f, "the environment variable {}", quoted(name)),
            SecretRef::File(path) => write!(f, "the file {}", quoted(&path.to_string_lossy())),
            SecretRef::Credential(name) => write!(f, "the credential {}", quoted(name)),
        }
    }
}

/// The three ways to point at a secret.
const HOMES: [&str; 3] = ["env", "file", "credential"];

/// What the help says wherever a secret is spelled wrong.
const SPELLING: &str = "a secret is written `{ env = \"NAME\" }`, `{ file = \"/path\" }` or `{ credential = \"name\" }`";

/// Header lines that are ours to set, and what to do instead.
const OUR_HEADERS: &[(&str, &str)] = &[
    ("accept-encoding", "the program asks for what it can unpack"),
    ("connection", "the connection is the program's own"),
    ("content-length", "requests have no body"),
    ("cookie", "write it under `cookies`"),
    ("host", "it follows from the address"),
    ("if-modified-since", "it follows from the last answer"),
    ("if-none-match", "it follows from the last answer"),
    ("range", "answers are read whole"),
    ("te", "the connection is the program's own"),
    ("transfer-encoding", "requests have no body"),
    ("upgrade", "the connection is the program's own"),
    ("user-agent", "write it as `user_agent`"),
];

/// The header lines of `headers`.
pub(super) fn headers(reader: &Reader<'_>) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = Vec::new();
    for ((name, place), value) in reader.pairs("headers") {
        let name = header_name(reader, name, place);
        let value = secret(reader, value).and_then(|value| header_value(reader, value));
        headers.extend(name.zip(value));
    }
    headers
}

fn header_name(reader: &Reader<'_>, name: &str, place: Range<usize>) -> Option<HeaderName> {
    let lower = name.to_ascii_lowercase();
    if let Some((_, instead)) = OUR_HEADERS.iter().find(|(ours, _)| *ours == lower) {
        let sentence = format!("the header {} is not yours to set", quoted(name));
        reader.notes.wrong(place, sentence, *instead);
        return None;
    }
    let parsed = HeaderName::try_from(name).ok();
    if parsed.is_none() {
        let sentence = format!("{} is not the name of a header", quoted(name));
        reader
            .notes
            .wrong(place, sentence, "for example `Accept-Language`");
    }
    parsed
}

fn header_value(reader: &Reader<'_>, (value, place): Placed<String>) -> Option<HeaderValue> {
    let parsed = HeaderValue::try_from(value).ok();
    if parsed.is_none() {
        reader.notes.wrong(
            place,
            "this cannot stand in a header line",
            "a header line holds no line breaks and no control characters",
        );
    }
    parsed.map(|mut value| {
        value.set_sensitive(true);
        value
    })
}

/// The cookies of `cookies`.
pub(super) fn cookies(reader: &Reader<'_>) -> Vec<(String, String)> {
    let mut cookies = Vec::new();
    for ((name, place), value) in reader.pairs("cookies") {
        let named = is_token(name);
        if !named {
            let sentence = format!("{} is not the name of a cookie", quoted(name));
            reader.notes.wrong(place, sentence, "for example `consent`");
        }
        let value = secret(reader, value).and_then(|value| cookie_value(reader, value));
        cookies.extend(
            value
                .filter(|_| named)
                .map(|value| (name.to_owned(), value)),
        );
    }
    cookies
}

/// RFC 6265, section 4.1.1, as servers really write it: blanks, commas and quotes occur, semicolons cannot.
fn cookie_value(reader: &Reader<'_>, (value, place): Placed<String>) -> Option<String> {
    if value.chars().any(|c| c == ';' || c.is_control()) || !value.is_ascii() {
        reader.notes.wrong(
            place,
            "this cannot stand in a cookie",
            "a cookie's value is plain ASCII without semicolons; each cookie has a line of its own",
        );
        return None;
    }
    Some(value)
}

fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !br#"()<>@,;:\"/[]?={}"#.contains(&byte))
}

/// The proxy of `proxy`.
pub(super) fn proxy(reader: &Reader<'_>) -> Option<Url> {
    let (text, place) = secret(reader, reader.raw("proxy")?)?;
    let url = Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") && url.has_host()
    });
    if url.is_none() {
        reader.notes.wrong(
            place,
            "this is not the address of a proxy",
            "a proxy is written `http://host:port`, `https://host:port`, `socks5://host:port` or `socks5h://host:port`",
        );
    }
    url
}

/// The value that stands at `value`, or where `value` points to. Whatever it is, it is hidden from messages.
pub(super) fn secret(reader: &Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
    let place = value.span();
    match value.get_ref() {
        DeValue::String(text) => {
            reader.notes.hide(place.clone());
            Some((text.as_ref().to_owned(), place))
        }
        DeValue::Table(_) => {
            let secret = secret_ref(reader, value)?;
            match (reader.notes.around.secret)(&secret) {
                Ok(text) => Some((text, place)),
                Err(reason) => {
                    let sentence = format!("a secret is missing: {reason}");
                    reader.notes.wrong(place, sentence, missing_help(&secret));
                    None
                }
            }
        }
        _ => {
            reader
                .notes
                .wrong(place, "this must be text in quotes, or a secret", SPELLING);
            None
        }
    }
}

fn missing_help(secret: &SecretRef) -> String {
    match secret {
        SecretRef::Env(name) => format!(
            "set it before starting: `export {name}=…`, or `Environment=` in the systemd unit"
        ),
        SecretRef::File(_) => {
            "the file must be readable by the user that runs the program".to_owned()
        }
        SecretRef::Credential(name) => {
            format!("give it to the systemd unit: `LoadCredential={name}:/path`")
        }
    }
}

fn secret_ref(reader: &Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<SecretRef> {
    let table = value.get_ref().as_table()?;
    let mut pairs = table.iter();
    let (Some((key, value)), None) = (pairs.next(), pairs.next()) else {
        let sentence = "a secret has one place";
        reader.notes.wrong(value.span(), sentence, SPELLING);
        return None;
    };
    let home = key.get_ref().as_ref();
    if !HOMES.contains(&home) {
        // What stands here may be the secret itself, put between braces by mistake.
        reader.notes.hide(value.span());
        let help = closest(home, HOMES).map_or(SPELLING.to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        let sentence = format!("{} is not where secrets are kept", quoted(home));
        reader.notes.wrong(key.span(), sentence, help);
        return None;
    }
    let name = value.get_ref().as_str().filter(|name| !name.is_empty());
    let Some(name) = name else {
        let sentence = format!("`{home}` must be a name in quotes");
        reader.notes.wrong(value.span(), sentence, SPELLING);
        return None;
    };
    match home {
        "env" => Some(SecretRef::Env(name.to_owned())),
        "file" => Some(SecretRef::File(PathBuf::from(name))),
        _ if name.contains(['/', '\\']) || name.starts_with('.') => {
            let sentence = format!("{} is not the name of a credential", quoted(name));
            let help = "it names a file in systemd's credentials directory, without a path; a path is written `{ file = \"/path\" }`";
            reader.notes.wrong(value.span(), sentence, help);
            None
        }
        _ => Some(SecretRef::Credential(name.to_owned())),
    }
}
