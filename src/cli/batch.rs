//! `--batch`: lines that name pages in files → a line of JSON each, in the same order, on all cores.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::report;
use crate::config::{ArticleRules, ListingRules};
use crate::discover::discover;
use crate::fetch::decode;
use crate::model::{Page, Validator};
use crate::poll::read_article;

/// Which pages to read.
#[derive(Debug, clap::Args)]
pub struct Pages {
    /// A file of JSON lines that name the pages: {"id", "url", "file"}.
    #[arg(long, value_name = "FILE.jsonl")]
    batch: PathBuf,
}

/// One line of the input.
#[derive(Deserialize)]
struct Line {
    id: Value,
    url: Url,
    file: PathBuf,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    timezone: Option<chrono_tz::Tz>,
    #[serde(default)]
    now: Option<DateTime<Utc>>,
}

/// Reads every article that the batch names.
pub fn article(pages: &Pages) -> anyhow::Result<ExitCode> {
    each_line(pages, |line, page, now| {
        let rules = ArticleRules {
            language: line.language.clone(),
            timezone: line.timezone.unwrap_or_default(),
            ..ArticleRules::default()
        };
        let article = read_article(&page, &rules, now)?;
        Ok(report::article(&article, line.url.as_str()))
    })
}

/// Reads every listing that the batch names.
pub fn listing(pages: &Pages) -> anyhow::Result<ExitCode> {
    each_line(pages, |line, page, now| {
        let rules = ListingRules {
            language: line.language.clone(),
            timezone: line.timezone.unwrap_or_default(),
            pages: 1,
            ..ListingRules::default()
        };
        Ok(report::listing(&discover(&page, &rules, now)?))
    })
}

/// Runs `read` over every line of the batch, a page a core in memory, and prints the answers in the order of the lines.
fn each_line(
    pages: &Pages,
    read: impl Fn(&Line, Page, DateTime<Utc>) -> anyhow::Result<Value> + Sync,
) -> anyhow::Result<ExitCode> {
    let file = std::fs::File::open(&pages.batch)
        .with_context(|| format!("cannot read {}", pages.batch.display()))?;
    let lines = Arc::new(Mutex::new(BufReader::new(file).lines().enumerate()));
    #[expect(
        clippy::disallowed_methods,
        reason = "a command is a shell: it asks the clock and hands `now` down"
    )]
    let now = Utc::now();
    let workers = std::thread::available_parallelism()?.get();
    let (send, receive) = mpsc::sync_channel::<(usize, Value)>(workers * 4);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (lines, send, read) = (Arc::clone(&lines), send.clone(), &read);
            scope.spawn(move || {
                loop {
                    let next = lines.lock().ok().and_then(|mut lines| lines.next());
                    let Some((number, text)) = next else { return };
                    let answer = text
                        .map_err(anyhow::Error::from)
                        .and_then(|text| {
                            if text.trim().is_empty() {
                                Ok(Value::Null)
                            } else {
                                answer(&text, now, read)
                            }
                        })
                        .unwrap_or_else(
                            |error| json!({ "id": null, "error": format!("line {}: {error:#}", number + 1) }),
                        );
                    if send.send((number, answer)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        print_in_order(receive)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn answer(
    text: &str,
    now: DateTime<Utc>,
    read: &impl Fn(&Line, Page, DateTime<Utc>) -> anyhow::Result<Value>,
) -> anyhow::Result<Value> {
    let line: Line = serde_json::from_str(text)?;
    let result = load(&line).and_then(|page| read(&line, page, line.now.unwrap_or(now)));
    Ok(match result {
        Ok(Value::Object(fields)) => {
            let mut object = serde_json::Map::new();
            object.insert("id".to_owned(), line.id);
            object.extend(fields);
            Value::Object(object)
        }
        Ok(other) => other,
        Err(error) => json!({ "id": line.id, "error": format!("{error:#}") }),
    })
}

fn load(line: &Line) -> anyhow::Result<Page> {
    let bytes = std::fs::read(&line.file)
        .with_context(|| format!("cannot read {}", line.file.display()))?;
    let content_type = line
        .content_type
        .as_deref()
        .unwrap_or("text/html; charset=utf-8");
    Ok(Page {
        url: line.url.clone(),
        text: decode(&bytes, content_type),
        media_type: content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
        language: None,
        date: None,
        validator: Validator::default(),
    })
}

fn print_in_order(receive: mpsc::Receiver<(usize, Value)>) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, value) in receive {
        waiting.insert(number, value);
        while let Some(value) = waiting.remove(&next) {
            if !value.is_null() {
                writeln!(out, "{value}")?;
            }
            next += 1;
        }
    }
    Ok(out.flush()?)
}
