//! `listing`: what one section's page links to, or many.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::config::{ListingRules, Site};
use crate::discover::{Explanation, discover, explain};
use crate::model::{Listing, Page};
use crate::ops;

use super::source::OnePage;
use super::{batch, report};

/// Which pages to read.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    one: OnePage,

    /// Show which blocks of the page were taken for the listing, which were left and why, and a selector for each.
    #[arg(long, conflicts_with = "json")]
    explain: bool,

    /// Read every page that a file of JSON lines names ({"id", "url", "file"}), on all cores, and print a line of JSON for each.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["page", "url", "json", "explain"])]
    batch: Option<PathBuf>,
}

/// Reads the listings that `args` names, by the rules of the configuration in `path` where it has the section.
pub fn listing(path: &Path, args: Args) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.batch {
        return batch::listings(file);
    }
    let config = super::load_if_there(path)?;
    let (page, site) = args.one.read(config.as_ref())?;
    let rules = rules_for(&page, site);
    if args.explain {
        print!("{}", blocks(&explain(&page, &rules)));
        return Ok(ExitCode::SUCCESS);
    }
    let listing = discover(&page, &rules, ops::now())?;
    if args.one.json {
        println!("{}", report::listing(&listing));
    } else {
        print!("{}", table(&listing));
        if page.media_type.ends_with("html") {
            println!("{}", sureness(&explain(&page, &rules)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The rules of the section at the page's address, else of the site's first.
fn rules_for(page: &Page, site: Option<&Site>) -> ListingRules {
    let section = site.and_then(|site| {
        site.sections
            .iter()
            .find(|section| section.url == page.url)
            .or(site.sections.first())
    });
    section.map_or_else(ListingRules::default, |section| section.listing.clone())
}

/// The blocks of a page for a person: a paragraph each, those that were taken first.
fn blocks(explanation: &Explanation) -> String {
    let mut text = format!("{:.0} % sure of this choice\n", explanation.sure * 100.0);
    for block in &explanation.blocks {
        let verdict = match (block.taken, block.reason) {
            (true, _) => "taken".to_owned(),
            (false, Some(reason)) => format!("left: {reason}"),
            (false, None) => "left".to_owned(),
        };
        text.push_str(&format!(
            "\n{verdict} ({} pages, score {:.1})\n  listing = {{ item = {:?} }}\n",
            block.pages, block.score, block.selector
        ));
        for title in &block.titles {
            text.push_str(&format!("    {title}\n"));
        }
    }
    text
}

/// How far the choice of the listing can be relied on, and what to do about it.
fn sureness(explanation: &Explanation) -> String {
    format!(
        "{:.0} % sure that this is the main listing of the page; --explain shows what else could be",
        explanation.sure * 100.0
    )
}

/// The listing for a person: a line or two an item.
fn table(listing: &Listing) -> String {
    let mut table = String::new();
    for (number, item) in listing.items.iter().enumerate() {
        let date = item.hints.published.map_or_else(
            || "-".to_owned(),
            |when| when.at.format("%Y-%m-%d %H:%M").to_string(),
        );
        let title = item.hints.title.as_deref().unwrap_or("-");
        table.push_str(&format!("{:>4}  {date:<16}  {title}\n", number + 1));
        if let Some(url) = &item.url {
            table.push_str(&format!("{:24}{url}\n", ""));
        }
    }
    for part in &listing.parts {
        table.push_str(&format!("more in {part}\n"));
    }
    if let Some(next) = &listing.next {
        table.push_str(&format!("continued on {next}\n"));
    }
    table
}
