//! Which feeds the configuration ever named ↔ the table of them; a new name for a site or a section → its entries under it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::pack::{FORMAT, key_columns, key_of, pack, unpack};
use super::write::begin;
use crate::model::{FeedKey, Given, Slug};

/// Most feeds that are remembered as once named; the oldest that are named no more are forgotten first. Each is a name that a
/// person wrote into a configuration.
pub const MOST_GIVEN: usize = 20_000;

/// Every feed that was ever named, the oldest first.
pub fn given(connection: &Connection) -> rusqlite::Result<Vec<Given>> {
    connection
        .prepare_cached(
            "SELECT kind, site, name, mark, stands, heir_kind, heir_site, heir_name
             FROM given ORDER BY number",
        )?
        .query_map([], |row| {
            let text = |column| -> rusqlite::Result<&str> { Ok(row.get_ref(column)?.as_str()?) };
            let heir = match row.get_ref(5)?.as_str_or_null()? {
                Some(kind) => Some(key_of(kind, text(6)?, text(7)?)?),
                None => None,
            };
            Ok(Given {
                key: key_of(text(0)?, text(1)?, text(2)?)?,
                mark: row.get(3)?,
                stands: row.get(4)?,
                heir,
            })
        })?
        .collect()
}

/// Moves what is kept to its new names, and remembers `given` in place of what was remembered; all or nothing.
pub fn rename(
    connection: &mut Connection,
    given: &[Given],
    renames: &[(FeedKey, FeedKey)],
) -> rusqlite::Result<()> {
    let change = begin(connection)?;
    let mut sites = Vec::new();
    for (from, to) in renames {
        match (from, to) {
            (FeedKey::Site(from), FeedKey::Site(to)) => {
                rename_site(&change, from, to)?;
                sites.push((from, to));
            }
            (FeedKey::Section(site, from), FeedKey::Section(new_site, to)) => {
                let moved = sites.iter().find(|(from, _)| *from == site);
                let site = moved.map_or(site, |(_, to)| *to);
                // An entry belongs to its site, so a section that went to another leaves its entries behind.
                if site == new_site && from != to {
                    rename_section(&change, site, from, to)?;
                }
            }
            _ => {}
        }
    }
    remember(&change, given)?;
    change.commit()
}

fn remember(change: &Transaction<'_>, given: &[Given]) -> rusqlite::Result<()> {
    change.execute("DELETE FROM given", [])?;
    let mut insert = change.prepare_cached(
        "INSERT INTO given (kind, site, name, mark, stands, heir_kind, heir_site, heir_name)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for given in &given[given.len().saturating_sub(MOST_GIVEN)..] {
        let (kind, site, name) = key_columns(&given.key);
        let heir = given.heir.as_ref().map(key_columns);
        insert.execute(params![
            kind,
            site,
            name,
            given.mark,
            given.stands,
            heir.map(|(kind, _, _)| kind),
            heir.map(|(_, site, _)| site),
            heir.map(|(_, _, name)| name),
        ])?;
    }
    Ok(())
}

/// Puts all that is kept of a site under its new name. What an earlier site of that name left behind gives way.
fn rename_site(change: &Transaction<'_>, from: &Slug, to: &Slug) -> rusqlite::Result<()> {
    for table in ["section", "entry", "alias", "passed", "feed", "repeated"] {
        change.execute(
            &format!("UPDATE OR REPLACE {table} SET site = ?2 WHERE site = ?1"),
            [from.as_str(), to.as_str()],
        )?;
    }
    let numbers = change
        .prepare("SELECT number FROM entry WHERE site = ?")?
        .query_map([to.as_str()], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    rewrite(change, &numbers, |entry| entry.site = to.clone())
}

/// Puts what a section listed under its new name, with what is remembered of its polls.
fn rename_section(
    change: &Transaction<'_>,
    site: &Slug,
    from: &Slug,
    to: &Slug,
) -> rusqlite::Result<()> {
    let names = [site.as_str(), from.as_str(), to.as_str()];
    change.execute(
        "UPDATE OR REPLACE section SET name = ?3 WHERE site = ?1 AND name = ?2",
        names,
    )?;
    change.execute(
        "UPDATE OR REPLACE feed SET name = ?3 WHERE kind = 'section' AND site = ?1 AND name = ?2",
        names,
    )?;
    let numbers = change
        .prepare(
            "SELECT entry FROM section JOIN entry_section ON section = number
             WHERE site = ? AND name = ?",
        )?
        .query_map([site.as_str(), to.as_str()], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    rewrite(change, &numbers, |entry| {
        entry.sections.retain(|section| section != to);
        for section in &mut entry.sections {
            if section == from {
                *section = to.clone();
            }
        }
    })
}

/// Changes what the entries with these numbers say of themselves.
fn rewrite(
    change: &Transaction<'_>,
    numbers: &[i64],
    edit: impl Fn(&mut crate::model::Entry),
) -> rusqlite::Result<()> {
    let mut read = change.prepare_cached("SELECT format, bytes FROM content WHERE entry = ?")?;
    let mut write =
        change.prepare_cached("UPDATE content SET format = ?, bytes = ? WHERE entry = ?")?;
    for number in numbers {
        let found = read
            .query_row([number], |row| {
                unpack(row.get(0)?, row.get_ref(1)?.as_blob()?)
            })
            .optional()?;
        if let Some(mut entry) = found {
            edit(&mut entry);
            write.execute(params![FORMAT, pack(&entry)?, number])?;
        }
    }
    Ok(())
}
