//! `link` elements and links with a `rel` → the pages that belong to this one: its AMP twin, and the next of its own pages.

use url::Url;

use super::names::site;
use super::survey::Survey;
use crate::address::resolve;

/// The pages that belong to a page.
#[derive(Default)]
pub struct Links {
    /// The same as an AMP page.
    pub amp: Option<Url>,
    /// The next page of the same article.
    pub next: Option<Url>,
}

/// The last of each kind that the page at `page` names.
pub fn links(survey: &Survey<'_>, page: &Url, base: &Url) -> Links {
    let mut links = Links::default();
    for link in &survey.links {
        let (Some(rel), Some(href)) = (link.attr("rel"), link.attr("href")) else {
            continue;
        };
        for word in rel.split_ascii_whitespace() {
            match word.to_ascii_lowercase().as_str() {
                "amphtml" => links.amp = resolve(base, href),
                "next" => {
                    links.next = resolve(base, href).filter(|next| is_next_page(next, page));
                }
                _ => {}
            }
        }
    }
    links
}

/// Whether an address differs from this page's by the number of a page only, so that it is not the next article.
fn is_next_page(next: &Url, page: &Url) -> bool {
    let letters = |url: &Url| -> String {
        let address = format!("{}{}", url.path(), url.query().unwrap_or_default());
        address.chars().filter(|c| c.is_alphabetic()).collect()
    };
    let (own, other) = (letters(page), letters(next));
    let added = other.strip_prefix(own.as_str()).unwrap_or("no page");
    next != page
        && site(next) == site(page)
        && matches!(added, "" | "page" | "p" | "seite" | "pagina" | "pg" | "amp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_of_the_same_article() {
        let page = Url::parse("https://www.a.example/news/flood-7").unwrap();
        for (next, is_next) in [
            ("https://www.a.example/news/flood-7?page=2", true),
            ("https://www.a.example/news/flood-7/2", true),
            ("https://a.example/news/flood-7/seite-2", true),
            ("https://www.a.example/news/flood-7", false),
            ("https://www.a.example/news/storm-8", false),
            ("https://b.example/news/flood-7/2", false),
        ] {
            let next = Url::parse(next).unwrap();
            assert_eq!(is_next_page(&next, &page), is_next, "{next}");
        }
    }
}
