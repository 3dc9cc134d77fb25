//! The text of a configuration → a [`Config`], or every mistake in it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

use toml::de::DeTable;
use url::Url;

use super::access::access;
use super::inherited::{Habits, Manners};
use super::keys;
use super::listen::{Listen, listen};
use super::mistakes::{Lines, Mistake, Mistakes};
use super::notes::Notes;
use super::reader::Reader;
use super::secrets::Surroundings;
use super::selection::selections;
use super::site::{Above, sites, user_agent};
use super::{Config, Politeness, Server, StoreRules, WebSub, values};

/// Reads `text`, the configuration called `name` in messages.
pub fn parse(name: &str, text: &str, around: &Surroundings<'_>) -> Result<Config, Mistakes> {
    let (values, errors) = DeTable::parse_recoverable(text);
    let notes = Notes {
        text,
        lines: Lines::of(text),
        around,
        mistakes: RefCell::new(BTreeSet::new()),
        hidden: RefCell::new(Vec::new()),
    };
    let config = read(&Reader::file(&keys::FILE, values.get_ref(), &notes));
    let Notes {
        lines,
        mistakes,
        hidden,
        ..
    } = notes;
    let mistakes = with_syntax(&lines, mistakes.into_inner(), &errors);
    match config {
        Some(config) if mistakes.is_empty() => Ok(config),
        _ => {
            let mut hidden = hidden.into_inner();
            hidden.extend(broken_secrets(text, &lines, &errors));
            Err(Mistakes::new(name, text, &hidden, mistakes))
        }
    }
}

/// Words of lines and tables in which a secret may stand.
const SECRETIVE: &[&str] = &["headers", "cookies", "proxy", "authorization", "token"];

/// What may be a secret in a line whose syntax is broken: all behind its `=`, if it or the table above it speaks of secrets.
fn broken_secrets(text: &str, lines: &Lines, errors: &[toml::de::Error]) -> Vec<Range<usize>> {
    let broken: BTreeSet<usize> = errors
        .iter()
        .map(|error| lines.number(error.span().unwrap_or_default().start))
        .collect();
    let is_secretive = |line: &str| {
        let line = line.to_lowercase();
        SECRETIVE.iter().any(|word| line.contains(word))
    };
    let mut hidden = Vec::new();
    let mut secret_table = false;
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        if line.trim_start().starts_with('[') {
            secret_table = is_secretive(line);
        }
        if broken.contains(&(number + 1)) && (secret_table || is_secretive(line)) {
            let value = line.find('=').map_or(0, |at| at + 1);
            hidden.push(start + value..start + line.len());
        }
        start += line.len() + 1;
    }
    hidden
}

/// All mistakes together. Where the syntax is broken, what seems to be missing may stand in the broken lines, and what
/// stands in them was not really read.
fn with_syntax(
    lines: &Lines,
    found: BTreeSet<Mistake>,
    errors: &[toml::de::Error],
) -> Vec<Mistake> {
    if errors.is_empty() {
        return found.into_iter().collect();
    }
    let broken = broken_lines(lines, errors);
    let sure: Vec<Mistake> = found
        .into_iter()
        .filter(|mistake| !mistake.missing)
        .filter(|mistake| match mistake.span {
            Some((start, end)) => end > start && !broken.contains_key(&lines.number(start)),
            None => false,
        })
        .collect();
    broken.into_values().chain(sure).collect()
}

/// What is wrong with the syntax, by line: the first mistake of each, since the others follow from it.
fn broken_lines(lines: &Lines, errors: &[toml::de::Error]) -> BTreeMap<usize, Mistake> {
    let mut broken = BTreeMap::<usize, Mistake>::new();
    for error in errors {
        let (span, message) = (error.span().unwrap_or_default(), error.message());
        let line = lines.number(span.start);
        let sentence = format!("this is not TOML: {message}");
        let mistake = Mistake::new(span, sentence, syntax_help(message));
        if broken.get(&line).is_none_or(|first| mistake < *first) {
            broken.insert(line, mistake);
        }
    }
    broken
}

fn syntax_help(message: &str) -> &'static str {
    if message.contains("must be quoted") {
        "text, addresses and lengths of time stand in quotes: `interval = \"15m\"`"
    } else if message.contains("duplicate key") {
        "a key stands once in its table; a table that may stand several times is written in double brackets, as `[[site]]`"
    } else if message.contains("string") {
        "text stands in quotes: `url = \"https://www.example.org/\"`"
    } else if message.contains("table") {
        "a table is written `[poll]`, one that may stand several times `[[site]]`"
    } else if message.contains("key") {
        "a line is written `key = value`, with text in quotes"
    } else {
        "a value is text in quotes, a number, `true` or `false`, a list `[…]` or a table `{…}`"
    }
}

fn read(file: &Reader<'_>) -> Option<Config> {
    let poll = file.table("poll");
    let above = Above {
        contact: poll
            .one("contact", values::contact)
            .map(|(contact, _)| contact),
        manners: Manners::default().read(&poll),
        habits: Habits::default().read(&poll),
    };
    let server = server(&file.table("server"));
    let store = store(&file.table("store"));
    let access = access(&file.table("access"));
    let hub = file.table("websub");
    let websub = websub(&hub, &above);
    if let (Some(_), Some(_)) = (&websub, &access.token) {
        let sentence = "a hub cannot serve feeds that need a token";
        let help = "it would tell everybody of them, and of the token in their addresses: take out `hub` here, or `token` in `[access]`";
        hub.wrong("hub", sentence, help);
    }
    let (sites, names) = sites(file, &above);
    let selections = selections(file, &above.habits, &names);
    Some(Config {
        server: server?,
        store,
        websub,
        access,
        sites,
        selections,
    })
}

/// Bytes of finished feeds kept ready: some hundred feeds in the formats and encodings that are really asked for.
const CACHE_BYTES: u64 = 16_000_000;

fn server(reader: &Reader<'_>) -> Option<Server> {
    let listen = listen(reader);
    let public_url = match reader.one("public_url", values::public_address) {
        Some((url, _)) => url,
        None => place(reader, &listen)?,
    };
    Some(Server {
        listen,
        public_url,
        cache_bytes: reader.count("cache_bytes").unwrap_or(CACHE_BYTES),
    })
}

/// What readers see in front of every address, where the file does not say it: the first address that can be reached from
/// a browser on this machine.
fn place(reader: &Reader<'_>, listen: &[Listen]) -> Option<Url> {
    let tcp = listen.iter().find_map(|address| match address {
        Listen::Tcp(address) => Some(address),
        Listen::Unix(_) => None,
    });
    match tcp {
        Some(address) if address.ip().is_unspecified() => {
            Url::parse(&format!("http://localhost:{}", address.port())).ok()
        }
        Some(address) => Url::parse(&format!("http://{address}")).ok(),
        // What was wrong with it is told already.
        None if listen.is_empty() => None,
        None => {
            let sentence = "a Unix socket does not tell under which address readers find it";
            let help = "give it as `public_url = \"https://feeds.example.org\"`";
            reader.wrong("listen", sentence, help);
            None
        }
    }
}

/// The hub, asked with the manners of `[poll]`. It may stand in a private network, as other programs of the user do.
fn websub(reader: &Reader<'_>, above: &Above) -> Option<WebSub> {
    let (hub, _) = reader.one("hub", values::address)?;
    let usual = Politeness::default();
    let manners = above.manners.clone();
    Some(WebSub {
        hub,
        politeness: Politeness {
            timeout: manners.timeout,
            user_agent: manners
                .user_agent
                .unwrap_or_else(|| user_agent(above.contact.as_deref())),
            proxy: manners.proxy,
            private_network: true,
            ..usual
        },
    })
}

fn store(reader: &Reader<'_>) -> StoreRules {
    let path = match reader.text("path") {
        Some((path, _)) => PathBuf::from(path),
        None => {
            let state = reader.notes.around.state_directory.clone();
            state
                .unwrap_or_else(|| PathBuf::from("."))
                .join("feedwright.db")
        }
    };
    StoreRules { path }
}
