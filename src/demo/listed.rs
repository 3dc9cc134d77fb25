//! The newspaper's stories → the pages, feeds and sitemaps that list them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::desk::Printed;
use super::markup::escape;
use super::pages::{PAGE_ITEMS, Paper, Resource, href, item, shell};
use super::stories::{Section, Style};
use super::words::iso;

/// Characters of a story's text that the newspaper's own feeds give away.
const FEED_CHARS: usize = 120;

/// The front page: the newest stories of every section.
pub fn front(paper: &Paper<'_>) -> Resource {
    let blocks: String = paper
        .desk
        .sections()
        .iter()
        .map(|section| {
            let stories = paper.desk.listed(&section.slug);
            let items: String = stories
                .iter()
                .take(3)
                .map(|printed| item(paper, section, printed))
                .collect();
            format!(
                "<section><h2>{}</h2>{}</section>",
                escape(&section.title),
                list(section, &items)
            )
        })
        .collect();
    let html = shell(paper, "en", "ltr", "The Harbour Gazette", &blocks, "");
    Resource::page(html, paper.desk.changed())
}

/// Page `page` of a section, counted from 1.
pub fn section(paper: &Paper<'_>, path: &str, page: usize) -> Option<Resource> {
    let section = paper
        .desk
        .sections()
        .iter()
        .find(|section| section.path() == path)?;
    if paper.desk.is_broken(&section.slug) {
        return Some(notice(paper, section));
    }
    let stories = paper.desk.listed(&section.slug);
    let pages = stories.chunks(PAGE_ITEMS).len().max(1);
    let stories = stories
        .chunks(PAGE_ITEMS)
        .nth(page.checked_sub(1)?)
        .unwrap_or_default();
    if page > pages {
        return None;
    }
    let items: String = stories
        .iter()
        .map(|printed| item(paper, section, printed))
        .collect();
    let next = if page < pages {
        format!(
            "<p class=\"pager\"><a rel=\"next\" href=\"?page={}\">Older stories</a></p>",
            page + 1
        )
    } else {
        String::new()
    };
    let items = list(section, &items);
    let html = shell(
        paper,
        &section.language,
        section.direction(),
        &section.title,
        &items,
        &next,
    );
    Some(Resource::page(html, paper.desk.changed()))
}

fn list(section: &Section, items: &str) -> String {
    match section.style {
        Style::Cards => format!("<div class=\"cards\">{items}</div>"),
        Style::River => format!("<ul class=\"river\">{items}</ul>"),
    }
}

/// What stands in place of a listing that was broken by hand.
fn notice(paper: &Paper<'_>, section: &Section) -> Resource {
    let words = "<!doctype html><html><head><title>Please come back</title></head><body>\
                 <p>We are moving the furniture. This page will be back soon.</p></body></html>";
    let html = words.replace("This page", &escape(&section.title));
    Resource::page(html, paper.desk.changed())
}

/// A section's own feed, which gives away the first words only.
pub fn feed(paper: &Paper<'_>, path: &str) -> Option<Resource> {
    let slug = path.strip_prefix("/feeds/")?.strip_suffix(".xml")?;
    let section = paper.desk.section(slug)?;
    if paper.desk.is_broken(slug) {
        return Some(notice(paper, section));
    }
    let stories = paper.desk.listed(slug);
    let items: String = stories
        .iter()
        .map(|printed| feed_item(paper, printed))
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>{}</title><link>{}{}</link>\
         <description>The Harbour Gazette</description><language>{}</language>{items}</channel></rss>\n",
        escape(&section.title),
        paper.base,
        section.path(),
        section.language
    );
    Some(Resource::xml(
        "application/rss+xml; charset=utf-8",
        xml,
        paper.desk.changed(),
    ))
}

fn feed_item(paper: &Paper<'_>, printed: &Printed) -> String {
    let start: String = printed.story.body.chars().take(FEED_CHARS).collect();
    format!(
        "<item><title>{}</title><link>{}{}?utm_source=rss&amp;utm_medium=feed</link><guid isPermaLink=\"false\">{}</guid>\
         <pubDate>{}</pubDate><description>{}…</description></item>",
        escape(printed.title()),
        paper.base,
        href(paper, printed),
        escape(&printed.story.slug),
        printed.published.to_rfc2822(),
        escape(start.trim())
    )
}

/// The sitemap of sitemaps.
pub fn sitemap_index(paper: &Paper<'_>) -> Resource {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
         <sitemap><loc>{}/sitemaps/stories.xml.gz</loc><lastmod>{}</lastmod></sitemap></sitemapindex>\n",
        paper.base,
        iso(paper.desk.changed())
    );
    Resource::xml("application/xml", xml, paper.desk.changed())
}

/// The sitemap of all stories, sent as a packed file.
pub fn sitemap(paper: &Paper<'_>) -> Option<Resource> {
    let items: String = paper
        .desk
        .all()
        .iter()
        .map(|printed| sitemap_item(paper, printed))
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">{items}</urlset>\n"
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(xml.as_bytes()).ok()?;
    let bytes = packed.finish().ok()?;
    Some(Resource {
        content_type: "application/x-gzip",
        bytes: bytes.into(),
        modified: paper.desk.changed(),
        dated: true,
    })
}

fn sitemap_item(paper: &Paper<'_>, printed: &Printed) -> String {
    let language = paper
        .desk
        .section(printed.story.home())
        .map_or("en", |home| home.language.as_str());
    format!(
        "<url><loc>{}{}</loc><lastmod>{}</lastmod><news:news><news:publication><news:name>The Harbour Gazette</news:name>\
         <news:language>{language}</news:language></news:publication><news:publication_date>{}</news:publication_date>\
         <news:title>{}</news:title></news:news></url>",
        paper.base,
        href(paper, printed),
        iso(printed.modified()),
        iso(printed.published),
        escape(printed.title())
    )
}
