//! A table of the file and what it may hold → its values, each mistake noted on the way.

use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::notes::Notes;
use super::shape::{Bound, Default, Key, Shape, Table};
use super::suggest::{closest, joined, quoted};
use super::values::{Wrong, duration, spell};

/// Most values in one list or table of values: more is no longer configured by hand, and each is tried on every page.
pub(super) const LIST_ITEMS: usize = 200;

/// Longest text, in bytes; what is longer is no title and no address.
pub(super) const TEXT_BYTES: usize = 2000;

/// One table of the file, or the lack of it, which reads as an empty one.
pub(super) struct Reader<'a> {
    /// What it may hold.
    pub table: &'static Table,
    /// Where it begins: its header or its opening brace.
    pub span: Range<usize>,
    /// Everything gathered.
    pub notes: &'a Notes<'a>,
    values: Option<&'a DeTable<'a>>,
}

/// A value and where it stands.
pub(super) type Placed<T> = (T, Range<usize>);

impl<'a> Reader<'a> {
    /// The whole file.
    pub fn file(table: &'static Table, values: &'a DeTable<'a>, notes: &'a Notes<'a>) -> Self {
        Self::of(table, values, 0..0, notes)
    }

    fn of(
        table: &'static Table,
        values: &'a DeTable<'a>,
        span: Range<usize>,
        notes: &'a Notes<'a>,
    ) -> Self {
        let reader = Reader {
            table,
            span,
            notes,
            values: Some(values),
        };
        reader.refuse_unknown_keys();
        reader
    }

    /// Whether the table stands in the file.
    pub fn is_there(&self) -> bool {
        self.values.is_some()
    }

    fn refuse_unknown_keys(&self) {
        for key in self.values.into_iter().flat_map(|values| values.keys()) {
            let name = key.get_ref().as_ref();
            if self.table.key(name).is_none() && !self.notes.is_full() {
                self.notes.wrong(
                    key.span(),
                    format!("{} is not a key of {}", quoted(name), self.table.name),
                    unknown_key_help(self.table, name),
                );
            }
        }
    }

    /// The key `name` of this table, and its value if it is given.
    fn get(&self, name: &str) -> (Option<&'static Key>, Option<&'a Spanned<DeValue<'a>>>) {
        let key = self.table.key(name);
        debug_assert!(key.is_some(), "{} has no key `{name}`", self.table.name);
        (key, self.values.and_then(|values| values.get(name)))
    }

    /// Where the value of `name` stands, if it is given.
    pub fn place(&self, name: &str) -> Option<Range<usize>> {
        self.get(name).1.map(Spanned::span)
    }

    /// Whether nothing stands behind `name`: no value, or an empty list.
    pub fn lacks(&self, name: &str) -> bool {
        match self.get(name).1.map(Spanned::get_ref) {
            None => true,
            Some(DeValue::Array(items)) => items.is_empty(),
            Some(_) => false,
        }
    }

    /// Notes that the key `name`, or the thing it should have named, is missing.
    pub fn require(&self, name: &str) {
        let (key, _) = self.get(name);
        let example = key.map_or("", |key| key.example);
        self.notes.missing(
            self.span.clone(),
            format!("{} needs `{name}`", self.table.name),
            format!("for example `{name} = {example}`"),
        );
    }

    /// The value at `value` is not of the right type.
    fn wrong_type(&self, key: &Key, value: &Spanned<DeValue<'a>>) {
        let got = type_name(value.get_ref());
        self.notes.wrong(
            value.span(),
            format!("`{}` must be {}, not {got}", key.name, key.shape.noun()),
            format!("for example `{} = {}`", key.name, key.example),
        );
    }

    /// A text.
    pub fn text(&self, name: &str) -> Option<Placed<String>> {
        self.one(name, |text| Ok(text.trim().to_owned()))
    }

    /// One text, read by `read`.
    pub fn one<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, Wrong>) -> Option<Placed<T>> {
        let (key, value) = self.get(name);
        self.read_text(key?, value?, &read)
    }

    /// One text or a list of them, each read by `read`; those that can be read.
    pub fn list<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, Wrong>) -> Option<Vec<T>> {
        Some(
            self.placed_list(name, read)?
                .into_iter()
                .map(|(value, _)| value)
                .collect(),
        )
    }

    /// The same, each with its place.
    pub fn placed_list<T>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<Vec<Placed<T>>> {
        let (key, value) = self.get(name);
        let (key, value) = (key?, value?);
        let DeValue::Array(values) = value.get_ref() else {
            return Some(self.read_text(key, value, &read).into_iter().collect());
        };
        if values.len() > LIST_ITEMS {
            self.notes.wrong(
                value.span(),
                format!("`{name}` lists {} values", values.len()),
                format!("at most {LIST_ITEMS}: each is tried on every page"),
            );
            return Some(Vec::new());
        }
        let items = values.iter();
        Some(
            items
                .filter_map(|item| self.read_text(key, item, &read))
                .collect(),
        )
    }

    fn read_text<T>(
        &self,
        key: &Key,
        value: &Spanned<DeValue<'a>>,
        read: &impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<Placed<T>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value);
            return None;
        };
        match fits(key, text).and_then(|()| read(text)) {
            Ok(result) => Some((result, value.span())),
            Err(wrong) => {
                self.notes.wrong_text(value.span(), text, wrong);
                None
            }
        }
    }

    /// Notes what is wrong with the text given for `name`.
    pub fn wrong(&self, name: &str, sentence: impl Into<String>, help: impl Into<String>) {
        let place = self.place(name).unwrap_or(self.span.clone());
        self.notes.wrong(place, sentence, help);
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &str) -> Option<bool> {
        let (key, value) = self.get(name);
        let (key, value) = (key?, value?);
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value);
        }
        flag
    }

    /// A number within the key's bounds.
    pub fn count(&self, name: &str) -> Option<u64> {
        let (key, value) = self.get(name);
        let (key, value) = (key?, value?);
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i128::from_str_radix(number.as_str(), number.radix()).ok());
        let (Some(number), Shape::Count(bound)) = (number, &key.shape) else {
            self.wrong_type(key, value);
            return None;
        };
        if number < 0 {
            let help = match bound.floor {
                "" => "nothing can be counted below 0",
                reason => reason,
            };
            let sentence = format!("`{name}` is at least {}", bound.least);
            self.notes.wrong(value.span(), sentence, help);
            return None;
        }
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        self.within(key, value.span(), number, bound, u64::to_string)
    }

    /// The same as a number of things in memory.
    pub fn size(&self, name: &str) -> Option<usize> {
        self.count(name)
            .and_then(|number| usize::try_from(number).ok())
    }

    /// A length of time within the key's bounds.
    pub fn time(&self, name: &str) -> Option<Duration> {
        let (key, value) = self.get(name);
        let (key, value) = (key?, value?);
        if let DeValue::Integer(number) = value.get_ref() {
            self.notes.wrong(
                value.span(),
                format!("`{name}` must be {}, not a number", key.shape.noun()),
                format!(
                    "for example \"{number}s\" or \"{number}m\"",
                    number = number.as_str()
                ),
            );
            return None;
        }
        let (time, span) = self.read_text(key, value, &duration)?;
        let Shape::Time(bound) = &key.shape else {
            return None;
        };
        self.within(key, span, time, bound, |time| {
            format!("\"{}\"", spell(*time))
        })
    }

    fn within<T: PartialOrd>(
        &self,
        key: &Key,
        span: Range<usize>,
        value: T,
        bound: &Bound<T>,
        spell: impl Fn(&T) -> String,
    ) -> Option<T> {
        let (limit, word, reason) = if value < bound.least {
            (&bound.least, "least", bound.floor)
        } else if value > bound.most {
            (&bound.most, "most", bound.ceiling)
        } else {
            return Some(value);
        };
        self.notes.wrong(
            span,
            format!("`{}` is at {word} {}", key.name, spell(limit)),
            reason,
        );
        None
    }

    /// The table behind `name`; an empty one where it is not given.
    pub fn table(&self, name: &str) -> Reader<'a> {
        let (key, value) = self.get(name);
        let table = match key {
            Some(Key {
                shape: Shape::One(table),
                ..
            }) => table,
            _ => self.table,
        };
        let absent = Reader {
            table,
            span: self.span.clone(),
            notes: self.notes,
            values: None,
        };
        let (Some(key), Some(value)) = (key, value) else {
            return absent;
        };
        match value.get_ref() {
            DeValue::Table(values) => Reader::of(table, values, value.span(), self.notes),
            DeValue::Array(items) if is_tables(items) => {
                self.notes.wrong(
                    value.span(),
                    format!("`{name}` stands here as a list of tables"),
                    format!("there is one of it: `[{name}]` in single brackets"),
                );
                absent
            }
            _ => {
                self.wrong_type(key, value);
                absent
            }
        }
    }

    /// The tables behind `name`, in the file's order.
    pub fn tables(&self, name: &str) -> Vec<Reader<'a>> {
        let (Some(key), Some(value)) = self.get(name) else {
            return Vec::new();
        };
        let Shape::Many(table) = key.shape else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) if is_tables(items) => items
                .iter()
                .filter_map(|item| Some((item.get_ref().as_table()?, item.span())))
                .map(|(values, span)| Reader::of(table, values, span, self.notes))
                .collect(),
            DeValue::Table(values) if !table.is_listed() => {
                vec![Reader::of(table, values, value.span(), self.notes)]
            }
            DeValue::Table(values) => {
                self.notes.wrong(
                    value.span(),
                    format!("`{name}` is a list of tables, not one table"),
                    format!("write {} in double brackets", table.name),
                );
                vec![Reader::of(table, values, value.span(), self.notes)]
            }
            _ => {
                self.wrong_type(key, value);
                Vec::new()
            }
        }
    }

    /// The names and values of the free table behind `name`, in the file's order.
    pub fn pairs(&self, name: &str) -> Vec<(Placed<&'a str>, &'a Spanned<DeValue<'a>>)> {
        let (Some(key), Some(value)) = self.get(name) else {
            return Vec::new();
        };
        let Some(values) = value.get_ref().as_table() else {
            self.wrong_type(key, value);
            return Vec::new();
        };
        if values.len() > LIST_ITEMS {
            self.notes.wrong(
                value.span(),
                format!("`{name}` holds {} values", values.len()),
                format!("at most {LIST_ITEMS}"),
            );
            return Vec::new();
        }
        let mut pairs: Vec<_> = values
            .iter()
            .map(|(key, value)| ((key.get_ref().as_ref(), key.span()), value))
            .collect();
        pairs.sort_by_key(|((_, span), _)| span.start);
        pairs
    }

    /// The value behind `name`, whatever it is.
    pub fn raw(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.get(name).1
    }
}

fn fits(key: &Key, text: &str) -> Result<(), Wrong> {
    if text.trim().is_empty() {
        let help = match key.default {
            Default::Required => format!("for example `{} = {}`", key.name, key.example),
            _ => format!(
                "for example `{} = {}`, or leave it out",
                key.name, key.example
            ),
        };
        return Err(Wrong::new(format!("`{}` is empty", key.name), help));
    }
    if text.len() > TEXT_BYTES {
        return Err(Wrong::new(
            format!("`{}` is {} bytes long", key.name, text.len()),
            format!("at most {TEXT_BYTES} bytes"),
        ));
    }
    Ok(())
}

fn is_tables(items: &[Spanned<DeValue<'_>>]) -> bool {
    items.iter().all(|item| item.get_ref().is_table())
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What a key that `table` does not know was probably meant to be.
fn unknown_key_help(table: &'static Table, name: &str) -> String {
    if let Some(near) = closest(name, table.keys().map(|key| key.name)) {
        return format!("did you mean `{near}`?");
    }
    let homes = super::keys::homes(name);
    if let Some(Shape::Many(listed)) = super::keys::shape(name)
        && listed.is_listed()
    {
        return format!(
            "it belongs to {}: write {}",
            joined(&homes, "or"),
            listed.name
        );
    }
    if !homes.is_empty() {
        return format!("it is a key of {}", joined(&homes, "and"));
    }
    let known: Vec<String> = table.keys().map(|key| format!("`{}`", key.name)).collect();
    format!("its keys are {}", joined(&known, "and"))
}
