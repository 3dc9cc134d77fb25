//! An address or a file on the command line → a page.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use url::Url;

use crate::config::{Config, Politeness, Site};
use crate::fetch::{Answer, Fetcher, decode};
use crate::model::{Page, Validator};

/// One page named on the command line.
#[derive(Debug, clap::Args)]
pub struct OnePage {
    /// The page's address, or a file that holds it.
    #[arg(value_name = "URL|FILE", required_unless_present = "batch")]
    page: Option<String>,

    /// The address that a file came from: relative links are resolved against it, and the site's rules apply.
    #[arg(long, value_name = "URL")]
    url: Option<Url>,

    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Where a file's page is said to come from when nobody says.
const NOWHERE: &str = "https://example.org/";

impl OnePage {
    /// The page, and the site of `config` that it belongs to, if it belongs to one.
    pub fn read<'c>(&self, config: Option<&'c Config>) -> anyhow::Result<(Page, Option<&'c Site>)> {
        let named = self
            .page
            .as_deref()
            .context("name a page: an address or a file")?;
        if let Ok(url) = Url::parse(named)
            && matches!(url.scheme(), "http" | "https")
        {
            let site = config.and_then(|config| site_of(config, &url));
            let page = super::block_on_value(fetch(&url, site))?;
            return Ok((page, site));
        }
        let url = match &self.url {
            Some(url) => url.clone(),
            None => Url::parse(NOWHERE)?,
        };
        let page = from_file(Path::new(named), url, None)?;
        let site = config.and_then(|config| site_of(config, &page.url));
        Ok((page, site))
    }
}

/// The page in `file`, as if `url` had sent it with `content_type`.
pub fn from_file(file: &Path, url: Url, content_type: Option<&str>) -> anyhow::Result<Page> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let content_type = content_type.unwrap_or("text/html");
    Ok(Page {
        url,
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

/// The site of `config` that stands on the host of `url`.
fn site_of<'c>(config: &'c Config, url: &Url) -> Option<&'c Site> {
    config
        .sites
        .iter()
        .find(|site| site.url.host_str() == url.host_str() && site.url.port() == url.port())
}

async fn fetch(url: &Url, site: Option<&Site>) -> anyhow::Result<Page> {
    let manners = site.map_or_else(by_hand, |site| site.politeness.clone());
    match Fetcher::new(&manners)?
        .get(url, &Validator::default())
        .await?
    {
        Answer::Page(page) => Ok(*page),
        Answer::NotModified => {
            anyhow::bail!("{url} answered \"not modified\" to a question without conditions")
        }
    }
}

/// How a page is asked for that somebody names by hand: once, so that a pause means nothing, and wherever it stands.
fn by_hand() -> Politeness {
    Politeness {
        pause: Duration::ZERO,
        private_network: true,
        ..Politeness::default()
    }
}
