//! `--batch`: lines that name pages in files → a line of JSON each, in the same order, on all cores.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::report;
use super::source::from_file;
use crate::config::{ArticleRules, ListingRules};
use crate::discover::discover;
use crate::extract::Repeated;
use crate::model::Page;
use crate::ops;
use crate::poll::read_article;

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

/// Reads every article that the lines of `file` name; where `learn_site`, without what the pages of one host repeat.
pub fn articles(file: &Path, learn_site: bool) -> anyhow::Result<ExitCode> {
    let sites = if learn_site {
        repeated(file)?
    } else {
        HashMap::new()
    };
    each_line(file, |line, page, now| {
        let mut article = read_article(&page, &rules(line), now)?;
        let site = line.url.host_str().and_then(|host| sites.get(host));
        if let Some(body) = site.and_then(|site| site.without(&article.body)) {
            article.body = body;
        }
        Ok(report::article(&article, line.url.as_str()))
    })
}

fn rules(line: &Line) -> ArticleRules {
    ArticleRules {
        language: line.language.clone(),
        timezone: line.timezone,
        ..ArticleRules::default()
    }
}

/// What the pages of each host repeat: every page is read once for it, and what cannot be read repeats nothing. A file
/// that stands in several lines is one page; an address may stand in many, where only the host is known.
fn repeated(file: &Path) -> anyhow::Result<HashMap<String, Repeated>> {
    let mut sites: HashMap<String, Repeated> = HashMap::new();
    let mut seen = HashSet::new();
    let lines =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    for line in lines.lines() {
        let Ok(line) = serde_json::from_str::<Line>(line) else {
            continue;
        };
        if !seen.insert(line.file.clone()) {
            continue;
        }
        let now = line.now.unwrap_or_else(ops::now);
        let article = load(&line).and_then(|page| Ok(read_article(&page, &rules(&line), now)?));
        if let (Ok(article), Some(host)) = (article, line.url.host_str()) {
            let site = sites.entry(host.to_owned()).or_default();
            site.learn(article.title.as_deref(), &article.body);
        }
    }
    Ok(sites)
}

/// Reads every listing that the lines of `file` name.
pub fn listings(file: &Path) -> anyhow::Result<ExitCode> {
    each_line(file, |line, page, now| {
        let rules = ListingRules {
            language: line.language.clone(),
            timezone: line.timezone,
            pages: 1,
            ..ListingRules::default()
        };
        Ok(report::listing(&discover(&page, &rules, now)?))
    })
}

/// Runs `read` over every line of the batch, a page a core in memory, and prints the answers in the order of the lines.
fn each_line(
    file: &Path,
    read: impl Fn(&Line, Page, DateTime<Utc>) -> anyhow::Result<Value> + Sync,
) -> anyhow::Result<ExitCode> {
    let file =
        std::fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = Arc::new(Mutex::new(BufReader::new(file).lines().enumerate()));
    let now = ops::now();
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
    from_file(&line.file, line.url.clone(), line.content_type.as_deref())
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
