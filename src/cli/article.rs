//! `article`: what one article's page says, or many.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::config::ArticleRules;
use crate::model::Article;
use crate::ops;
use crate::poll::read_article;

use super::source::OnePage;
use super::{batch, report};

/// Which pages to read.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    one: OnePage,

    /// Read every page that a file of JSON lines names ({"id", "url", "file"}), on all cores, and print a line of JSON for each.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["page", "url", "json"])]
    batch: Option<PathBuf>,
}

/// Reads the pages that `args` names, by the rules of the configuration in `path` where it has the site.
pub fn article(path: &Path, args: Args) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.batch {
        return batch::articles(file);
    }
    let config = super::load_if_there(path)?;
    let (page, site) = args.one.read(config.as_ref())?;
    let rules = site.map_or_else(ArticleRules::default, |site| {
        site.sections[0].article.clone()
    });
    let article = read_article(&page, &rules, ops::now())?;
    if args.one.json {
        println!("{}", report::article(&article, page.url.as_str()));
    } else {
        print!("{}", table(&article));
    }
    Ok(ExitCode::SUCCESS)
}

/// The article for a person: a line a field, then the text.
fn table(article: &Article) -> String {
    let when = |when: &crate::model::When| when.at.format("%Y-%m-%d %H:%M:%S %:z").to_string();
    let image = article.lead_image.as_ref();
    let rows = [
        ("title", article.title.clone()),
        ("authors", joined(&article.authors)),
        ("source", article.source.clone()),
        ("published", article.published.as_ref().map(when)),
        ("modified", article.modified.as_ref().map(when)),
        ("summary", article.summary.clone()),
        ("image", image.map(|image| image.url.to_string())),
        ("caption", image.and_then(|image| image.caption.clone())),
        ("credit", image.and_then(|image| image.credit.clone())),
        ("tags", joined(&article.tags)),
        ("category", article.category.clone()),
        ("language", article.language.clone()),
        (
            "address",
            article.canonical_url.as_ref().map(ToString::to_string),
        ),
    ];
    let mut table: String = rows
        .into_iter()
        .map(|(name, value)| format!("{name:>10}  {}\n", value.as_deref().unwrap_or("-")))
        .collect();
    for media in &article.media {
        table.push_str(&format!("{:>10}  {}\n", "media", media.url));
    }
    table.push('\n');
    table.push_str(&article.body.text);
    table.push('\n');
    table
}

fn joined(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(", "))
}
