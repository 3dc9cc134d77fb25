//! `article`: what one article's page says, or many.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::config::ArticleRules;
use crate::extract::witness::{Field, Testimony};
use crate::extract::{Explained, explain};
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

    /// Show for each field which place of the page said what, the most trusted first, and mark what was believed.
    #[arg(long, conflicts_with = "json")]
    explain: bool,

    /// Read every page that a file of JSON lines names ({"id", "url", "file"}), on all cores, and print a line of JSON for each.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["page", "url", "json", "explain"])]
    batch: Option<PathBuf>,

    /// Leave out what several pages of one host repeat word for word; with --batch.
    #[arg(long, requires = "batch")]
    learn_site: bool,
}

/// Reads the pages that `args` names, by the rules of the configuration in `path` where it has the site.
pub fn article(path: &Path, args: Args) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.batch {
        return batch::articles(file, args.learn_site);
    }
    let config = super::load_if_there(path)?;
    let (page, site) = args.one.read(config.as_ref())?;
    let rules = site.map_or_else(ArticleRules::default, |site| {
        site.sections[0].article.clone()
    });
    if args.explain {
        print!("{}", evidence(&explain(&page, &rules, ops::now())?));
        return Ok(ExitCode::SUCCESS);
    }
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
    for translation in translations(article) {
        table.push_str(&format!("{:>10}  {translation}\n", "translated"));
    }
    table.push('\n');
    table.push_str(&article.body.text);
    table.push('\n');
    table
}

/// Longest value that is shown whole, in characters: a line of a wide terminal.
const SHOWN_CHARS: usize = 100;

/// What each place of the page said, field by field, under what was decided and why; `*` marks the words that were believed.
fn evidence(explained: &Explained) -> String {
    let mut text = String::new();
    for (field, name) in FIELDS {
        let verdict = explained.evidence.verdict(*field);
        let (by, why) = verdict.map_or((&[][..], ""), |verdict| (&verdict.by, verdict.why));
        let decided = decided(&explained.article, *field);
        text.push_str(&format!("{name}: {}\n", decided.as_deref().unwrap_or("-")));
        if !why.is_empty() {
            text.push_str(&format!("    ({why})\n"));
        }
        let mut heard: Vec<&Testimony> = explained.evidence.of(*field).collect();
        heard.sort_by_key(|told| told.witness);
        for told in heard {
            let mark = if by.contains(&told.number) { '*' } else { ' ' };
            text.push_str(&format!("  {mark} {}\n", words(told)));
        }
    }
    text
}

/// One place's words on a line.
fn words(told: &Testimony) -> String {
    let words = crate::text::squeeze(&told.value);
    let shown: String = words.chars().take(SHOWN_CHARS).collect();
    format!("{:?}, {}: {shown}", told.witness, told.place)
}

/// The fields that are decided from testimonies, as they are shown.
const FIELDS: &[(Field, &str)] = &[
    (Field::Title, "title"),
    (Field::Author, "authors"),
    (Field::Source, "source"),
    (Field::Published, "published"),
    (Field::Modified, "modified"),
    (Field::Summary, "summary"),
    (Field::Image, "image"),
    (Field::ArticleBody, "body"),
    (Field::Tag, "tags"),
    (Field::Category, "category"),
    (Field::Language, "language"),
    (Field::Canonical, "address"),
    (Field::Translation, "translations"),
    (Field::PageId, "page's id"),
    (Field::Free, "free to read"),
];

fn decided(article: &Article, field: Field) -> Option<String> {
    let when = |when: &crate::model::When| when.at.to_rfc3339();
    match field {
        Field::Title => article.title.clone(),
        Field::Author => joined(&article.authors),
        Field::Source => article.source.clone(),
        Field::Published => article.published.as_ref().map(when),
        Field::Modified => article.modified.as_ref().map(when),
        Field::Summary => article.summary.clone(),
        Field::Image => article
            .lead_image
            .as_ref()
            .map(|image| image.url.to_string()),
        Field::ArticleBody => (!article.body.text.is_empty())
            .then(|| format!("{} characters", article.body.text.chars().count())),
        Field::Tag => joined(&article.tags),
        Field::Category => article.category.clone(),
        Field::Language => article.language.clone(),
        Field::Canonical => article.canonical_url.as_ref().map(ToString::to_string),
        Field::Translation => joined(&translations(article)),
        Field::PageId => article.page_id.clone(),
        Field::Free => article.restricted.then(|| "only a part".to_owned()),
        _ => None,
    }
}

/// The translations, each as its language and its address.
fn translations(article: &Article) -> Vec<String> {
    let told = article.translations.iter();
    told.map(|told| format!("{} {}", told.language, told.url))
        .collect()
}

fn joined(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(", "))
}
