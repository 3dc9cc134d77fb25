//! The path of a configuration → a [`Config`], with secrets from the environment, from files and from systemd.

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
    let name = path.display().to_string();
    let text = text_of(path, &name)?;
    let around = Surroundings {
        state_directory: directory("STATE_DIRECTORY"),
        secret: &find,
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
fn directory(variable: &str) -> Option<PathBuf> {
    let value = std::env::var_os(variable)?;
    std::env::split_paths(&value)
        .next()
        .filter(|path| !path.as_os_str().is_empty())
}

/// What a secret holds, without the line break at its end.
fn find(secret: &SecretRef) -> Result<String, String> {
    let text = match secret {
        SecretRef::Env(name) => env(name).map_err(|reason| format!("{secret} {reason}"))?,
        SecretRef::File(path) => contents(path, secret)?,
        SecretRef::Credential(name) => match directory("CREDENTIALS_DIRECTORY") {
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

fn env(name: &str) -> Result<String, &'static str> {
    // The system's own function panics on names that no environment can hold.
    if name.contains(['=', '\0']) {
        return Err("cannot exist");
    }
    std::env::var(name).map_err(|error| match error {
        std::env::VarError::NotPresent => "is not set",
        std::env::VarError::NotUnicode(_) => "is not UTF-8 text",
    })
}

fn contents(path: &Path, secret: &SecretRef) -> Result<String, String> {
    let bytes = read_bounded(path, SECRET_BYTES).map_err(|reason| format!("{secret}: {reason}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{secret} is not UTF-8 text"))
}
