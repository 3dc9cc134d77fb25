//! HTML of a site → HTML that is safe in a reader, with absolute addresses.
//!
//! The markup is parsed once and written anew from what is allowed: lazy pictures by their true address, players as links,
//! nothing that runs, styles or counts. The last word has ammonia, whose list of what may pass is no wider than ours.

mod allowed;
mod rewrite;

use scraper::Html;
use url::Url;

use crate::tame::tame;

/// Most bytes of one body that are read: the longest live blogs stay under a fifth of it.
const LONGEST_BYTES: usize = 4 * 1024 * 1024;

/// The part of `html` that is safe to show in any reader, with every address resolved against `base`.
pub fn sanitize(html: &str, base: &Url) -> String {
    let end = html.floor_char_boundary(LONGEST_BYTES);
    let fragment = Html::parse_fragment(&tame(&html[..end]));
    let rewritten = rewrite::rewrite(&fragment, base);
    allowed::BUILDER.clean(&rewritten).to_string()
}

#[cfg(test)]
mod tests;
