//! A path and the state of the newspaper → what its server answers: pages as a real site has them, with all that stands
//! around the news.

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::desk::{Desk, Printed};
use super::markup::{Target, escape, fill};
use super::stories::{Section, Style};
use super::words::{address, date, day};
use super::{article, listed, picture};

/// Items on one page of a listing; older ones stand behind its link to the next page.
pub const PAGE_ITEMS: usize = 6;

/// Addresses that robots.txt closes; nothing is there, and nobody should ask.
const ROBOTS: &str = "User-agent: *\nDisallow: /account/\nDisallow: /search\nCrawl-delay: 0\n";

/// What a path answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A resource.
    Found(Resource),
    /// A story that was taken back.
    Gone,
    /// Nothing was ever there.
    NotFound,
}

/// The body of an answer and what its head says of it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub bytes: Bytes,
    /// When it last changed.
    pub modified: DateTime<Utc>,
    /// Whether its head says so; servers differ, and so do its parts.
    pub dated: bool,
}

impl Resource {
    fn new(
        content_type: &'static str,
        bytes: impl Into<Bytes>,
        modified: DateTime<Utc>,
    ) -> Resource {
        Resource {
            content_type,
            bytes: bytes.into(),
            modified,
            dated: true,
        }
    }

    /// A page, which has a mark and no date, as pages made on request do.
    pub fn page(html: String, modified: DateTime<Utc>) -> Resource {
        Resource {
            dated: false,
            ..Resource::new("text/html; charset=utf-8", html, modified)
        }
    }

    /// A document of XML.
    pub fn xml(content_type: &'static str, xml: String, modified: DateTime<Utc>) -> Resource {
        Resource::new(content_type, xml, modified)
    }
}

/// What stands around a page: the address of the server and the newspaper as it is.
pub struct Paper<'a> {
    /// The server's own address, without a slash at its end.
    pub base: &'a str,
    /// The newspaper.
    pub desk: &'a Desk,
}

/// Answers a request for `path`, percent-decoded and without its query, and page `page` of a listing.
pub fn reply(paper: &Paper<'_>, path: &str, page: usize) -> Reply {
    let changed = paper.desk.changed();
    if let Some(printed) = paper.desk.at(path) {
        return if printed.retracted {
            Reply::Gone
        } else {
            Reply::Found(Resource {
                dated: true,
                ..Resource::page(article::page(paper, printed), printed.modified())
            })
        };
    }
    let found = match path {
        "/" => Some(listed::front(paper)),
        "/breaking" => Some(Resource::page(breaking(paper), changed)),
        "/robots.txt" => Some(Resource::new("text/plain; charset=utf-8", ROBOTS, changed)),
        "/sitemap.xml" => Some(listed::sitemap_index(paper)),
        "/sitemaps/stories.xml.gz" => listed::sitemap(paper),
        _ => media(paper, path)
            .or_else(|| listed::feed(paper, path))
            .or_else(|| listed::section(paper, path, page)),
    };
    found.map_or(Reply::NotFound, Reply::Found)
}

/// The picture or the film of a story.
fn media(paper: &Paper<'_>, path: &str) -> Option<Resource> {
    let (slug, ending) = path.strip_prefix("/media/")?.rsplit_once('.')?;
    let printed = paper.desk.story(slug)?;
    match ending {
        "png" => Some(Resource::new(
            "image/png",
            picture::png(slug).ok()?,
            printed.published,
        )),
        "mp4" => Some(Resource::new(
            "video/mp4",
            &b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"[..],
            printed.published,
        )),
        _ => None,
    }
}

/// A page of lines that have no pages of their own.
fn breaking(paper: &Paper<'_>) -> String {
    let lines: String = paper.desk.ticker().map(ticker_line).collect();
    let items = format!("<ul class=\"ticker-list\">{lines}</ul>");
    shell(paper, "en", "ltr", "Breaking", &items, "")
}

fn ticker_line(line: &str) -> String {
    format!(
        "<li class=\"ticker__item\"><span class=\"ticker-text\">{}</span></li>",
        escape(line)
    )
}

/// A page that lists something.
pub fn shell(
    paper: &Paper<'_>,
    language: &str,
    direction: &str,
    title: &str,
    items: &str,
    next: &str,
) -> String {
    fill(
        include_str!("../../fixtures/demo/listing.html"),
        &[
            ("language", language),
            ("direction", direction),
            ("title", &escape(title)),
            ("header", &header(paper, title != "Breaking")),
            ("items", items),
            ("next", next),
            ("aside", &aside(paper)),
            ("footer", FOOTER),
        ],
    )
}

/// What every page begins with: a notice, the menu, the ticker.
pub fn header(paper: &Paper<'_>, with_ticker: bool) -> String {
    let menu: String = paper
        .desk
        .sections()
        .iter()
        .map(|section| {
            format!(
                "<li><a href=\"{}\">{}</a></li>",
                section.path(),
                escape(&section.title)
            )
        })
        .collect();
    let lines: String = paper.desk.ticker().map(ticker_line).collect();
    let ticker = if with_ticker {
        format!("<div id=\"ticker-box\"><b>Breaking</b><ul>{lines}</ul></div>")
    } else {
        String::new()
    };
    format!(
        "<div class=\"cookie-banner\"><p>We keep one cookie, and it is for your language.</p><button>Fine</button></div>\
         <header><a class=\"logo\" href=\"/\"><img src=\"/logo.svg\" alt=\"The Harbour Gazette\"></a>\
         <nav><ul>{menu}<li><a href=\"/breaking\">Breaking</a></li><li><a href=\"/account/sign-in\">Sign in</a></li></ul></nav>\
         {ticker}</header>"
    )
}

/// What stands beside every page: the most read stories, which are never the newest, and an invitation.
pub fn aside(paper: &Paper<'_>) -> String {
    let items: String = paper
        .desk
        .all()
        .into_iter()
        .rev()
        .take(5)
        .map(|printed| {
            format!(
                "<li><a href=\"{}?utm_source=mostread&amp;utm_medium=box\">{}</a> <span class=\"when\">{}</span></li>",
                href(paper, printed),
                escape(printed.title()),
                day(printed.published)
            )
        })
        .collect();
    format!(
        "<aside><section class=\"most-read\"><h3>Most read</h3><ol>{items}</ol></section>\
         <form class=\"newsletter\" action=\"/account/newsletter\"><p>The harbour in your letter box, every morning at six.</p>\
         <input name=\"mail\"><button>Subscribe</button></form></aside>"
    )
}

/// What every page ends with.
pub const FOOTER: &str = "<footer><ul><li><a href=\"/about\">About us</a></li><li><a href=\"/imprint\">Imprint</a></li>\
    <li><a href=\"https://social.example/harbourgazette\">Follow us</a></li></ul>\
    <p>© The Harbour Gazette. All of it is invented.</p></footer>";

/// The address of a story as the newspaper's own pages spell it: relative to the server.
pub fn href(paper: &Paper<'_>, printed: &Printed) -> String {
    address(&paper.desk.path(printed))
}

/// The address of a story's picture.
pub fn picture_href(printed: &Printed) -> String {
    format!("/media/{}.png", printed.story.slug)
}

/// What another story needs to point to the one of this name, if it can be read now.
pub fn target(paper: &Paper<'_>, slug: &str) -> Option<Target> {
    let printed = paper
        .desk
        .story(slug)
        .filter(|printed| !printed.retracted)?;
    Some(Target {
        href: href(paper, printed),
        title: printed.title().to_owned(),
        picture: picture_href(printed),
    })
}

/// The line under a headline that says who wrote it.
pub fn byline(printed: &Printed) -> String {
    let mut parts: Vec<String> = Vec::new();
    let authors = &printed.story.authors;
    if !authors.is_empty() {
        let names: Vec<String> = authors
            .iter()
            .map(|name| {
                format!(
                    "<a rel=\"author\" href=\"/authors/{}\">{}</a>",
                    address(name),
                    escape(name)
                )
            })
            .collect();
        parts.push(format!(
            "<span class=\"author\">By {}</span>",
            names.join(" and ")
        ));
    }
    if let Some(source) = &printed.story.source {
        parts.push(format!(
            "<span class=\"source\">Source: {}</span>",
            escape(source)
        ));
    }
    parts.join(" ")
}

/// The box of labels under a story.
pub fn tags(printed: &Printed) -> String {
    let items: String = printed
        .story
        .tags
        .iter()
        .map(|tag| {
            format!(
                "<li><a rel=\"tag\" href=\"/tags/{}\">{}</a></li>",
                address(tag),
                escape(tag)
            )
        })
        .collect();
    format!("<ul class=\"tags\">{items}</ul>")
}

/// One item of a listing.
pub fn item(paper: &Paper<'_>, section: &Section, printed: &Printed) -> String {
    let (link, title) = (href(paper, printed), escape(printed.title()));
    match section.style {
        Style::River => format!(
            "<li><a href=\"{link}\">{title}</a> <span class=\"when\">{}</span></li>",
            date(printed.published, &section.language)
        ),
        Style::Cards => format!(
            "<article class=\"card\">{}<div class=\"card-text\"><a class=\"category\" href=\"{}\">{}</a>\
             <h3><a href=\"{link}\">{title}</a></h3><p class=\"teaser\">{}</p><time datetime=\"{}\">{}</time></div></article>",
            card_picture(printed, &link),
            section.path(),
            escape(&section.title),
            escape(&printed.story.summary),
            printed.published.to_rfc3339(),
            date(printed.published, &section.language)
        ),
    }
}

fn card_picture(printed: &Printed, link: &str) -> String {
    let Some(caption) = &printed.story.picture else {
        return String::new();
    };
    format!(
        "<a class=\"card-image\" href=\"{link}\"><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"{}\" \
         alt=\"{}\" width=\"{}\" height=\"{}\"></a>",
        picture_href(printed),
        escape(caption),
        picture::WIDTH,
        picture::HEIGHT
    )
}
