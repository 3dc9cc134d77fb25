//! `feeds`: the addresses of all feeds.

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use crate::config::Config;
use crate::model::Format;
use crate::render::Place;
use crate::run::{edition_of, open_store};

/// How to list them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON: for each feed its title, the number of its entries and its address in each format.
    #[arg(long)]
    json: bool,
}

/// Lists every feed of `config`, those of tags and authors as far as entries are kept.
pub async fn feeds(config: Config, args: Args) -> anyhow::Result<ExitCode> {
    let config = Arc::new(config);
    let edition = edition_of(&open_store(&config).await?, &config).await?;
    let place = Place {
        public_url: &config.server.public_url,
        version: env!("CARGO_PKG_VERSION"),
        hub: None,
    };
    let mut list = Vec::new();
    for shelf in edition.feeds.values() {
        let address = |format| place.address(&shelf.head.key, format);
        if args.json {
            list.push(json!({
                "title": shelf.head.title,
                "entries": shelf.entries.len(),
                "rss": address(Format::Rss),
                "atom": address(Format::Atom),
                "json": address(Format::Json),
            }));
        } else {
            println!(
                "{:>4}  {}\n      {}",
                shelf.entries.len(),
                shelf.head.title,
                address(Format::Rss)
            );
        }
    }
    if args.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&json!({ "feeds": list }))?
        );
    } else {
        println!(
            "Each address also ends in .atom and .json; {}opml lists them all",
            place.public_url
        );
    }
    Ok(ExitCode::SUCCESS)
}
