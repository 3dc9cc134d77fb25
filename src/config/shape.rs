//! What a table of the file may hold: the one description from which unknown keys are told, values are bounded, and the
//! JSON Schema and the reference are written, so that these can never disagree.

use std::time::Duration;

/// A table of the file.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name in the schema and in links of the reference.
    pub id: &'static str,
    /// Its name as a person writes it, in backticks.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in groups that other tables may share.
    pub groups: &'static [&'static Group],
}

/// Keys that are told of together and may stand in several tables.
#[derive(Debug)]
pub(super) struct Group {
    /// What they have in common, as a heading.
    pub title: &'static str,
    /// The keys.
    pub keys: &'static [Key],
}

/// One key.
#[derive(Debug)]
pub(super) struct Key {
    /// Its name.
    pub name: &'static str,
    /// What may stand behind it.
    pub shape: Shape,
    /// What it is for, in a sentence.
    pub doc: &'static str,
    /// What holds where it is not given.
    pub default: Default,
    /// A value, as it would stand in the file.
    pub example: &'static str,
}

/// What holds where a key is not given.
#[derive(Debug)]
pub(super) enum Default {
    /// Nothing: it must be given.
    Required,
    /// Nothing at all.
    Nothing,
    /// This value, as it would stand in the file.
    Value(&'static str),
    /// What these words say.
    Told(&'static str),
}

/// What may stand behind a key.
#[derive(Debug)]
pub(super) enum Shape {
    /// Text, not empty.
    Text,
    /// One text or a list of texts.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count(Bound<u64>),
    /// A length of time.
    Time(Bound<Duration>),
    /// One address to listen on or a list: IP address and port, or a Unix socket.
    Sockets,
    /// An address on the web.
    Address,
    /// An address of a proxy, perhaps a secret.
    Proxy,
    /// What opens a private server, perhaps a secret.
    Token,
    /// One network or a list.
    Networks,
    /// A name in addresses.
    Slug,
    /// A language tag.
    Language,
    /// A time zone.
    Zone,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A CSS selector.
    Selector,
    /// One CSS selector or a list.
    Selectors,
    /// One `selector@attribute` or a list.
    Fields,
    /// One regular expression or a list.
    Patterns,
    /// A JSON path.
    Path,
    /// One JSON path or a list.
    Paths,
    /// Names and values, each perhaps a secret.
    Secrets,
    /// Labels and the labels to keep instead.
    Aliases,
    /// A table.
    One(&'static Table),
    /// A list of tables.
    Many(&'static Table),
}

/// The least and the most that makes sense, and why.
#[derive(Debug)]
pub(super) struct Bound<T> {
    /// No less than this …
    pub least: T,
    /// … and why.
    pub floor: &'static str,
    /// No more than this …
    pub most: T,
    /// … and why.
    pub ceiling: &'static str,
}

impl Key {
    /// A key that need not be given, and then means nothing.
    pub const fn new(
        name: &'static str,
        shape: Shape,
        example: &'static str,
        doc: &'static str,
    ) -> Key {
        Key {
            name,
            shape,
            doc,
            default: Default::Nothing,
            example,
        }
    }

    /// It must be given.
    pub const fn required(self) -> Key {
        self.or(Default::Required)
    }

    /// It has this value where it is not given.
    pub const fn value(self, value: &'static str) -> Key {
        self.or(Default::Value(value))
    }

    /// These words say what holds where it is not given.
    pub const fn told(self, words: &'static str) -> Key {
        self.or(Default::Told(words))
    }

    const fn or(self, default: Default) -> Key {
        let Key {
            name,
            shape,
            doc,
            example,
            ..
        } = self;
        Key {
            name,
            shape,
            doc,
            default,
            example,
        }
    }
}

impl Table {
    /// Every key that may stand in it.
    pub fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.groups.iter().flat_map(|group| group.keys.iter())
    }

    /// Whether it stands under double brackets, as often as wanted.
    pub fn is_listed(&self) -> bool {
        self.name.starts_with("`[[")
    }

    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

impl Shape {
    /// What must stand behind the key, as a sentence goes on: "must be …".
    pub fn noun(&self) -> &'static str {
        match self {
            Shape::Text => "text in quotes",
            Shape::Texts => "text in quotes, or a list of such",
            Shape::Flag => "`true` or `false`",
            Shape::Count(_) => "a whole number",
            Shape::Time(_) => "a length of time in quotes",
            Shape::Sockets => "an address and a port in quotes, or a list of such",
            Shape::Address => "an address on the web in quotes",
            Shape::Proxy => "the address of a proxy in quotes, or where it is kept",
            Shape::Token => "a token in quotes, or where it is kept",
            Shape::Networks => "a network in quotes, or a list of such",
            Shape::Slug => "a name for addresses in quotes",
            Shape::Language => "a language tag in quotes",
            Shape::Zone => "a time zone in quotes",
            Shape::Choice(_) => "one of a few words, in quotes",
            Shape::Selector => "a CSS selector in quotes",
            Shape::Selectors | Shape::Fields => "a CSS selector in quotes, or a list of such",
            Shape::Patterns => "a regular expression in quotes, or a list of such",
            Shape::Path => "a JSON path in quotes",
            Shape::Paths => "a JSON path in quotes, or a list of such",
            Shape::Secrets => "a table of names and values",
            Shape::Aliases => "a table of labels",
            Shape::One(_) => "a table",
            Shape::Many(_) => "a list of tables",
        }
    }
}
