//! The path of a configuration → a [`Config`], with secrets from the environment, from files and from systemd.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::secrets::{SecretRef, Surroundings};
use super::whole::parse;
use super::{Config, Mistakes};

/// Largest configuration: a hundred times the shipped one; more was not written by hand and is the wrong file.
const FILE_BYTES: u64 = 1_000_000;

/// Largest file of a secret: a header line of more is refused by every server.
const SECRET_BYTES: u64 = 16_000;

/// The least that works, for whoever has no file yet.
const FIRST_FILE: &str = "write one with at least these lines:\n\n[[site]]\nurl = \"https://www.example.org/\"\n\n[[site.section]]\nurl = \"/news/politics\"";

/// Reads the configuration at `path`, and whatever secrets it points at.
pub fn load(path: &Path) -> Result<Config, Mistakes> {
    load_with(path, &|name| std::env::var_os(name))
}

/// What an environment variable holds.
type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The same with an environment of the caller's.
pub(super) fn load_with(path: &Path, env: Environment<'_>) -> Result<Config, Mistakes> {
    let name = path.display().to_string();
    let text = text_of(path, &name)?;
    let around = Surroundings {
        state_directory: directory("STATE_DIRECTORY", env),
        secret: &|secret| find(secret, env),
    };
    parse(&name, &text, &around)
}

fn text_of(path: &Path, name: &str) -> Result<String, Mistakes> {
    let bytes = read_bounded(path, FILE_BYTES).map_err(|reason| {
        Mistakes::unreadable(name, format!("cannot read {name}: {reason}"), FIRST_FILE)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..good]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        Mistakes::unreadable(
            name,
            format!("{name} is not UTF-8 text: line {line} holds other bytes"),
            "save it as UTF-8",
        )
    })
}

/// The bytes of a file, if they are no more than `most`; else why not.
fn read_bounded(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > most {
        return Err(format!("it holds more than {most} bytes"));
    }
    Ok(bytes)
}

/// A directory that systemd names; the first where it names several.
fn directory(variable: &str, env: Environment<'_>) -> Option<PathBuf> {
    let value = env(variable)?;
    std::env::split_paths(&value)
        .next()
        .filter(|path| !path.as_os_str().is_empty())
}

/// What a secret holds, without the line break at its end.
fn find(secret: &SecretRef, env: Environment<'_>) -> Result<String, String> {
    let text = match secret {
        SecretRef::Env(name) => variable(name, env).map_err(|why| format!("{secret} {why}"))?,
        SecretRef::File(path) => contents(path, secret)?,
        SecretRef::Credential(name) => match directory("CREDENTIALS_DIRECTORY", env) {
            Some(directory) => contents(&directory.join(name), secret)?,
            None => {
                return Err(format!(
                    "{secret} has no place: $CREDENTIALS_DIRECTORY is not set"
                ));
            }
        },
    };
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(format!("{secret} is empty"));
    }
    Ok(text.to_owned())
}

fn variable(name: &str, env: Environment<'_>) -> Result<String, &'static str> {
    // No environment can hold such a name, and some systems' functions fall over it.
    if name.contains(['=', '\0']) {
        return Err("cannot exist");
    }
    let value = env(name).ok_or("is not set")?;
    value.into_string().map_err(|_| "is not UTF-8 text")
}

fn contents(path: &Path, secret: &SecretRef) -> Result<String, String> {
    let bytes = read_bounded(path, SECRET_BYTES).map_err(|reason| format!("{secret}: {reason}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{secret} is not UTF-8 text"))
}
