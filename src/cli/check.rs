//! `check`: every section tried live, and nothing kept.

use std::process::ExitCode;

use crate::config::{Config, Section, Site};
use crate::fetch::{Answer, Fetcher};
use crate::model::{Article, ListingItem, Validator};
use crate::poll::{Found, Seen, in_place_of_page, read_article, read_listing};

/// What to try.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Try only the sections whose address in the feeds (`site/section`) begins like this.
    #[arg(value_name = "SITE[/SECTION]")]
    only: Option<String>,
}

/// Tries every section of `config`: its listing, and the first article behind it.
pub async fn check(config: Config, args: Args) -> anyhow::Result<ExitCode> {
    let mut faults = 0;
    for site in &config.sites {
        let mut fetcher = Fetcher::for_site(site)?;
        for section in &site.sections {
            let name = section.key.to_string();
            if args
                .only
                .as_ref()
                .is_some_and(|only| !name.starts_with(only.as_str()))
            {
                continue;
            }
            println!("{name}  {}", section.url);
            if let Err(fault) = try_section(&mut fetcher, site, section).await {
                faults += 1;
                println!("  FAULT  {fault:#}");
            }
        }
    }
    println!("{}", closing(faults));
    Ok(if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn closing(faults: usize) -> String {
    match faults {
        0 => "all sections yield articles".to_owned(),
        1 => "1 section has a fault".to_owned(),
        more => format!("{more} sections have faults"),
    }
}

async fn try_section(fetcher: &mut Fetcher, site: &Site, section: &Section) -> anyhow::Result<()> {
    let mut requests = 0;
    let found = read_listing(fetcher, section, &Seen::default(), &mut requests).await?;
    let Found::Items { items, .. } = found else {
        anyhow::bail!(
            "{} answered \"not modified\" to a question without conditions",
            section.url
        );
    };
    println!("  {} items{}", items.len(), missing_in_listing(&items));
    for item in items.iter().take(3) {
        println!(
            "    {}",
            item.hints.title.as_deref().unwrap_or("(no title)")
        );
    }
    anyhow::ensure!(
        items.len() >= section.min_items,
        "fewer items than `min_items = {}`; did the site change?",
        section.min_items
    );
    match items.iter().find(|item| item.url.is_some()) {
        Some(item) if section.follow => try_article(fetcher, site, section, item).await,
        _ => Ok(()),
    }
}

async fn try_article(
    fetcher: &mut Fetcher,
    site: &Site,
    section: &Section,
    item: &ListingItem,
) -> anyhow::Result<()> {
    let api = item.hints.api_url.as_ref();
    let Some(url) = api.or(item.url.as_ref()) else {
        return Ok(());
    };
    let Answer::Page(page) = fetcher.get(url, &Validator::default()).await? else {
        anyhow::bail!("{url} answered \"not modified\" to a question without conditions");
    };
    let page = match &item.url {
        Some(of) if api.is_some() => in_place_of_page(*page, of),
        _ => *page,
    };
    let article = read_article(&page, &section.article, crate::ops::now())?;
    let words = article.body.text.split_whitespace().count();
    println!(
        "  first article: {words} words{}",
        missing_in_article(&article)
    );
    tracing::debug!("{}: {url} read", site.slug);
    Ok(())
}

fn missing_in_listing(items: &[ListingItem]) -> String {
    let without = |has: fn(&ListingItem) -> bool| items.iter().filter(|item| !has(item)).count();
    list_of(&[
        ("title", without(|item| item.hints.title.is_some())),
        ("date", without(|item| item.hints.published.is_some())),
    ])
}

fn list_of(missing: &[(&str, usize)]) -> String {
    missing
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!(", {count} without a {what}"))
        .collect()
}

fn missing_in_article(article: &Article) -> String {
    [
        ("title", article.title.is_none()),
        ("author", article.authors.is_empty()),
        ("date", article.published.is_none()),
        ("summary", article.summary.is_none()),
        ("lead image", article.lead_image.is_none()),
        ("tags", article.tags.is_empty()),
    ]
    .iter()
    .filter(|(_, missing)| *missing)
    .map(|(what, _)| format!(", no {what}"))
    .collect()
}
