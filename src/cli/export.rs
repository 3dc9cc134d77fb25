//! `export`: all feeds as files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use url::Url;

use crate::config::Config;
use crate::model::{Edition, Feed, Format, PageNumber, Shelf};
use crate::ops;
use crate::render::{Place, opml, render};
use crate::run::{edition_of, open_store};
use crate::store::Store;

/// Where to write.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write into; made where it is not there.
    dir: PathBuf,

    /// The address under which the files will stand, where it is not `public_url`.
    #[arg(long, value_name = "URL")]
    public_url: Option<Url>,
}

/// Writes every feed of `config` in every format, and the OPML list of them all.
pub async fn export(config: Config, args: Args) -> anyhow::Result<ExitCode> {
    let config = Arc::new(config);
    let store = open_store(&config).await?;
    let edition = edition_of(&store, &config).await?;
    let place = Place {
        public_url: args
            .public_url
            .as_ref()
            .unwrap_or(&config.server.public_url),
        version: env!("CARGO_PKG_VERSION"),
        hub: None,
    };
    let documents = write_feeds(&store, &edition, &place, &args.dir).await?;
    write(
        &args.dir.join("feeds.opml"),
        &opml(&edition, &place, ops::now()).bytes,
    )?;
    println!(
        "{} documents of {} feeds in {}",
        documents + 1,
        edition.feeds.len(),
        args.dir.display()
    );
    Ok(ExitCode::SUCCESS)
}

async fn write_feeds(
    store: &Store,
    edition: &Edition,
    place: &Place<'_>,
    dir: &Path,
) -> anyhow::Result<usize> {
    let mut documents = 0;
    for (path, shelf) in &edition.feeds {
        let feed = filled(store, shelf).await?;
        for format in Format::ALL {
            let file = dir.join(format!(
                "{}.{}",
                path.trim_start_matches('/'),
                format.ending()
            ));
            write(&file, &render(&feed, format, place).bytes)?;
            documents += 1;
        }
    }
    Ok(documents)
}

async fn filled(store: &Store, shelf: &Shelf) -> anyhow::Result<Feed> {
    Ok(Feed {
        head: shelf.head.clone(),
        entries: store.entries(&shelf.entries).await?,
        // A host that serves files answers every `?page=` alike.
        page: PageNumber::ONLY,
    })
}

/// Writes a file whole or not at all: a host that serves the folder never shows half a feed.
fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut name = file.as_os_str().to_owned();
        name.push(".new");
        std::fs::write(&name, bytes)?;
        std::fs::rename(&name, file)
    };
    write().with_context(|| format!("cannot write {}", file.display()))
}
