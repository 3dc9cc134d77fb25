//! The page of an article → an [`Article`]: every field on its own, from the site's rules, embedded JSON, JSON-LD, the
//! page's `meta` elements, microdata and the page itself, in that order of trust.
//!
//! One walk over the parsed page ([`survey`]) finds the places that may speak. Each kind of place then turns what it says
//! into testimonies ([`witness`]); each field is decided from the testimonies about it, and from nothing else.

mod authors;
mod blocks;
mod body;
mod byline;
mod image;
mod json;
mod json_ld;
mod language;
mod media;
mod memo;
mod meta;
mod microdata;
mod names;
mod refuse;
mod repeated;
mod rules;
mod summary;
mod survey;
mod tags;
mod title;
mod translations;
pub mod verdict;
mod when;
pub mod witness;

use chrono::{DateTime, Utc};
use regex::Regex;
use scraper::Html;
use url::Url;

use crate::address::{page_key, resolve};
use crate::config::ArticleRules;
use crate::dates::{self, Setting};
use crate::html::base_url;
use crate::model::{Article, Body, Media, MediaKind, Page, Translation};
use crate::text::fold;
use json_ld::{JsonLd, Known};
use names::{sections, site, sites};
use survey::Survey;
use verdict::Decided;
use witness::{Evidence, Field, Testimony, Witness};

pub use refuse::NotAnArticle;
pub use repeated::Repeated;

/// Reads the article that `page` holds.
///
/// `now` is the moment of reading, for dates such as "3 hours ago". `body.html` of the result is the site's own markup,
/// reduced to the article; [`crate::sanitize`] makes it safe.
pub fn extract(
    page: &Page,
    rules: &ArticleRules,
    now: DateTime<Utc>,
) -> Result<Article, NotAnArticle> {
    explain(page, rules, now).map(|explained| explained.article)
}

/// An article and what each place of its page said about each of its fields.
#[derive(Debug)]
pub struct Explained {
    /// What was decided.
    pub article: Article,
    /// What was heard, and what of it was believed.
    pub evidence: Evidence,
}

/// Reads the article that `page` holds, and keeps the evidence.
pub fn explain(
    page: &Page,
    rules: &ArticleRules,
    now: DateTime<Utc>,
) -> Result<Explained, NotAnArticle> {
    if page.text.trim().is_empty() {
        return Err(NotAnArticle::Empty(page.url.clone()));
    }
    if page.media_type.ends_with("json") {
        return from_json(page, rules, now);
    }
    let document = Html::parse_document(&crate::tame::tame(&page.text));
    let base = base_url(&document, &page.url);
    let survey = survey::survey(&document);
    let reading = Reading {
        page,
        rules,
        base: &base,
        now,
    };
    let explained = reading.read(&document, &survey);
    match refuse::refuse(&explained.article, &survey, &page.url) {
        Some(reason) => Err(reason),
        None => Ok(explained),
    }
}

/// What does not change while one page is read.
struct Reading<'a> {
    page: &'a Page,
    rules: &'a ArticleRules,
    base: &'a Url,
    now: DateTime<Utc>,
}

impl Reading<'_> {
    fn read(&self, document: &Html, survey: &Survey<'_>) -> Explained {
        let mut evidence = Evidence::default();
        rules::hear(document, self.rules, self.base, &mut evidence);
        let embedded = rules::hear_embedded(&survey.scripts, None, self.rules, &mut evidence);
        meta::hear(survey, &mut evidence);
        translations::hear(survey, &mut evidence);
        rules::hear_plain(&survey.scripts, &mut evidence);
        self.hear_roots(survey, &mut evidence);

        let mut headings = title::headings(survey);
        let document_title = survey.document_title();
        let known = self.known(&evidence, document_title.as_deref());
        if !title::is_clear(&headings, &known.titles) {
            headings.extend(title::titled(survey, &known.titles));
        }
        let spot = title::own_heading(&headings, &known.titles).map(|heading| heading.position);
        for heading in &headings {
            let (text, position) = (&heading.text, heading.position);
            evidence.hear_at(Field::Title, Witness::Page, "heading", text, position);
        }
        let json_ld = JsonLd::parse(&survey.scripts);
        let blocks = json_ld.blocks(&known);
        json_ld::hear(&json_ld, &blocks, &mut evidence);
        microdata::hear(survey, spot, &mut evidence);
        authors::hear(survey, spot, &mut evidence);
        authors::hear_source(survey, spot, &mut evidence);
        authors::hear_agency(survey, spot, &mut evidence);
        self.hear_dates(survey, spot, &mut evidence);
        when::hear_address(&self.page.url, &mut evidence);
        tags::hear(survey, spot, &mut evidence);
        summary::hear(survey, spot, &mut evidence);

        let sites = sites(&evidence, &self.page.url);
        let names = title::Names {
            sites: &sites,
            sections: &sections(&evidence, &self.page.url),
        };
        // What the site is called is told by the other titles.
        if let Some(title) = &document_title {
            evidence.hear(Field::Title, Witness::Document, "title", title);
        }
        let title = title::title(&evidence, &headings, document_title.as_deref(), names);
        let media = media::media(&json_ld, &blocks, survey, spot, self.base);
        let mut article = self.article(&mut evidence, &sites);
        article.title = evidence.settle(Field::Title, title);
        let pictures = image::Pictures {
            survey,
            title: spot,
            base: self.base,
            sizes: image::Sizes::of_page(&json_ld, &blocks, survey, self.base),
        };
        let image = image::lead_image(&evidence, &pictures);
        article.lead_image = evidence.settle(Field::Image, image);
        article.media = self.with_embedded(media, &embedded);
        self.links(survey, &mut article);
        let titled = article.title.as_deref();
        article.summary = summary::summary(&evidence, titled, &sites, "").value;
        let headline = title::printed(titled, &headings);
        article.body = self.body(document, &evidence, &embedded, &article, headline);
        let (titled, text) = (article.title.as_deref(), article.body.text.as_str());
        let summary = summary::summary(&evidence, titled, &sites, text);
        article.summary = evidence.settle(Field::Summary, summary);
        let tags = self.tags(&evidence, &sites, &article);
        article.tags = evidence.settle(Field::Tag, tags);
        self.tongue(survey, spot, &mut evidence, &mut article);
        let translations = self.translations(&evidence, &article);
        article.translations = evidence.settle(Field::Translation, translations);
        Explained { article, evidence }
    }

    fn hear_roots(&self, survey: &Survey<'_>, evidence: &mut Evidence) {
        for root in &survey.roots {
            for name in ["lang", "xml:lang"] {
                if let Some(lang) = root.attr(name) {
                    evidence.hear(Field::Language, Witness::Meta, "html lang", lang);
                }
            }
        }
    }

    /// The setting for dates in the language that the page claims.
    fn in_language<'a>(&'a self, language: Option<&'a str>) -> Setting<'a> {
        let language = self.rules.language.as_deref().or(language);
        let zone = self
            .rules
            .timezone
            .unwrap_or_else(|| dates::site_clock(&self.page.url, language));
        Setting {
            language,
            zone,
            now: self.now,
            order: None,
        }
    }

    /// Hears the dates that people see; where nothing else tells one, from any short line.
    fn hear_dates(&self, survey: &Survey<'_>, spot: Option<usize>, evidence: &mut Evidence) {
        let language = said_language(evidence);
        let wanting = !evidence
            .of(Field::Published)
            .any(|told| told.witness <= Witness::Meta);
        let setting = self.in_language(language.as_deref());
        when::hear(survey, spot, &setting, wanting, evidence);
    }

    /// What tells this page's JSON-LD from its neighbours'.
    fn known(&self, evidence: &Evidence, document_title: Option<&str>) -> Known {
        let canonical = evidence
            .of(Field::Canonical)
            .filter_map(|told| resolve(self.base, &told.value));
        let titles = evidence
            .of(Field::Title)
            .map(|told| told.value.as_str())
            .chain(document_title)
            .map(|title| fold(&json::plain(title)))
            .filter(|title| !title.is_empty());
        Known {
            pages: std::iter::once(self.page.url.clone())
                .chain(canonical)
                .map(|url| page_key(&url))
                .collect(),
            titles: titles.collect(),
        }
    }

    /// The fields that are decided from testimonies alone.
    fn article(&self, evidence: &mut Evidence, sites: &[String]) -> Article {
        let signed = authors::signed(evidence, sites);
        let language = said_language(evidence);
        let dates = when::dates(evidence, &self.in_language(language.as_deref()));
        let canonical = self.canonical(evidence);
        let (page_id, category) = (page_id(evidence), category(evidence));
        let restricted = restricted(evidence);
        Article {
            canonical_url: evidence.settle(Field::Canonical, canonical),
            page_id: evidence.settle(Field::PageId, page_id),
            authors: evidence.settle(Field::Author, signed.authors),
            source: evidence.settle(Field::Source, signed.source),
            published: evidence.settle(Field::Published, dates.published),
            modified: evidence.settle(Field::Modified, dates.modified),
            restricted: evidence.settle(Field::Free, restricted),
            category: evidence.settle(Field::Category, category),
            ..Article::default()
        }
    }

    /// The address that the page calls its own: `rel=canonical`, else `og:url`, where it is of the same site and not its home.
    fn canonical(&self, evidence: &Evidence) -> Decided<Option<Url>> {
        let mut told: Vec<&Testimony> = evidence.of(Field::Canonical).collect();
        told.sort_by_key(|told| told.witness != Witness::Meta);
        let own = told
            .into_iter()
            .filter_map(|told| Some((told, resolve(self.base, &told.value)?)))
            .find(|(_, url)| {
                site(url) == site(&self.page.url)
                    && (url.path() != "/" || self.page.url.path() == "/")
            });
        match own {
            Some((told, url)) => {
                Decided::new(Some(url), "the best address of this site").told_by([told])
            }
            None => Decided::default(),
        }
    }

    /// The body: as configured JSON gives it, else from the page itself, where `headline` is printed above it.
    fn body(
        &self,
        document: &Html,
        evidence: &Evidence,
        embedded: &rules::Embedded,
        article: &Article,
        headline: Option<&str>,
    ) -> Body {
        let body = blocks::body(&embedded.body, self.base);
        if !body.is_empty() {
            return body;
        }
        let told = evidence
            .of(Field::ArticleBody)
            .next()
            .map(|told| told.value.as_str());
        let hints = body::Hints {
            base: self.base,
            title: headline,
            summary: article.summary.as_deref(),
            article_body: told,
            authors: &article.authors,
        };
        body::body(document, self.rules, &hints)
    }

    fn tags(
        &self,
        evidence: &Evidence,
        sites: &[String],
        article: &Article,
    ) -> Decided<Vec<String>> {
        let texts = [&article.title, &article.summary].map(Option::as_deref);
        let text = format!(
            "{}\n{}\n{}",
            texts[0].unwrap_or_default(),
            texts[1].unwrap_or_default(),
            article.body.text
        );
        let known = tags::Known {
            sites,
            title: article.title.as_deref(),
            text: &text,
        };
        tags::tags(evidence, &known, &self.rules.tag_aliases)
    }

    fn translations(&self, evidence: &Evidence, article: &Article) -> Decided<Vec<Translation>> {
        let known = translations::Known {
            base: self.base,
            own: [Some(&self.page.url), article.canonical_url.as_ref()]
                .into_iter()
                .flatten()
                .collect(),
            language: article.language.as_deref(),
        };
        translations::translations(evidence, &known)
    }

    fn links(&self, survey: &Survey<'_>, article: &mut Article) {
        for link in &survey.links {
            let (Some(rel), Some(href)) = (link.attr("rel"), link.attr("href")) else {
                continue;
            };
            for word in rel.split_ascii_whitespace() {
                match word.to_ascii_lowercase().as_str() {
                    "amphtml" => article.amp_url = resolve(self.base, href),
                    "next" => {
                        article.next_url =
                            resolve(self.base, href).filter(|url| self.is_next_page(url))
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether an address differs from this page's by the number of a page only, so that it is not the next article.
    fn is_next_page(&self, next: &Url) -> bool {
        let letters = |url: &Url| -> String {
            let address = format!("{}{}", url.path(), url.query().unwrap_or_default());
            address.chars().filter(|c| c.is_alphabetic()).collect()
        };
        let (own, other) = (letters(&self.page.url), letters(next));
        let added = other.strip_prefix(own.as_str()).unwrap_or("no page");
        next != &self.page.url
            && site(next) == site(&self.page.url)
            && matches!(added, "" | "page" | "p" | "seite" | "pagina" | "pg" | "amp")
    }

    fn with_embedded(&self, mut media: Vec<Media>, embedded: &rules::Embedded) -> Vec<Media> {
        let length = embedded.duration.as_deref().and_then(media::duration);
        for url in embedded
            .media
            .iter()
            .filter_map(|address| resolve(self.base, address))
        {
            let mime = media::mime_of(&url, MediaKind::Video);
            let kind = match &mime {
                Some(mime) if mime.starts_with("audio") => MediaKind::Audio,
                _ => MediaKind::Video,
            };
            media.insert(
                0,
                Media {
                    url,
                    kind,
                    mime,
                    length_bytes: None,
                    duration: None,
                    thumbnail: None,
                    title: None,
                },
            );
        }
        if let Some(first) = media.first_mut() {
            first.duration = first.duration.or(length);
        }
        media
    }

    /// Language and direction, by the text where there is enough of it.
    fn tongue(
        &self,
        survey: &Survey<'_>,
        spot: Option<usize>,
        evidence: &mut Evidence,
        article: &mut Article,
    ) {
        let mut sample: String = article.body.text.chars().take(SAMPLE_CHARS).collect();
        if sample.is_empty() {
            sample = language::sample(survey, spot);
        }
        sample.push_str(article.title.as_deref().unwrap_or_default());
        let page = self.page.language.as_deref();
        let configured = self.rules.language.as_deref();
        let language = language::language(evidence, page, configured, &sample);
        article.language = evidence.settle(Field::Language, language);
        let claimed = survey.roots.iter().find_map(|root| root.attr("dir"));
        article.direction = language::direction(article.language.as_deref(), claimed, &sample);
    }
}

/// An article that came as JSON: everything by the configured paths.
fn from_json(
    page: &Page,
    rules: &ArticleRules,
    now: DateTime<Utc>,
) -> Result<Explained, NotAnArticle> {
    let reading = Reading {
        page,
        rules,
        base: &page.url,
        now,
    };
    let mut evidence = Evidence::default();
    let embedded = rules::hear_embedded(&[], Some(&page.text), rules, &mut evidence);
    let survey = Survey::default();
    let unnamed = title::Names {
        sites: &[],
        sections: &[],
    };
    let title = title::title(&evidence, &[], None, unnamed);
    let mut article = reading.article(&mut evidence, &[]);
    article.title = evidence.settle(Field::Title, title);
    let pictures = image::Pictures {
        survey: &survey,
        title: None,
        base: &page.url,
        sizes: image::Sizes::default(),
    };
    let image = image::lead_image(&evidence, &pictures);
    article.lead_image = evidence.settle(Field::Image, image);
    article.media = reading.with_embedded(Vec::new(), &embedded);
    article.body = blocks::body(&embedded.body, &page.url);
    let summary = summary::summary(&evidence, article.title.as_deref(), &[], "");
    article.summary = evidence.settle(Field::Summary, summary);
    let tags = reading.tags(&evidence, &[], &article);
    article.tags = evidence.settle(Field::Tag, tags);
    reading.tongue(&survey, None, &mut evidence, &mut article);
    if article.title.is_none() && article.body.is_empty() {
        return Err(NotAnArticle::Nothing(page.url.clone()));
    }
    Ok(Explained { article, evidence })
}

/// The language that the page claims, before its text was heard.
fn said_language(evidence: &Evidence) -> Option<String> {
    evidence
        .of(Field::Language)
        .find_map(|told| language::tag(&told.value))
}

/// The page's own id; an address is none.
fn page_id(evidence: &Evidence) -> Decided<Option<String>> {
    let told = evidence
        .of(Field::PageId)
        .filter(|told| !told.value.contains("://") && told.value.len() <= 100)
        .min_by_key(|told| told.witness);
    most_trusted(told.map(|told| (told, told.value.clone())))
}

/// The site's own section; what is longer than a label is none.
fn category(evidence: &Evidence) -> Decided<Option<String>> {
    let told = evidence
        .of(Field::Category)
        .min_by_key(|told| told.witness)
        .map(|told| (told, json::plain(&told.value)))
        .filter(|(_, category)| !category.is_empty() && category.chars().count() <= 100);
    most_trusted(told)
}

fn most_trusted(told: Option<(&Testimony, String)>) -> Decided<Option<String>> {
    match told {
        Some((told, value)) => Decided::new(Some(value), "the most trusted place").told_by([told]),
        None => Decided::default(),
    }
}

/// Whether any place says that not all of the article is free to read.
fn restricted(evidence: &Evidence) -> Decided<bool> {
    let told = evidence
        .of(Field::Free)
        .find(|told| is_restricted(&told.value));
    match told {
        Some(told) => Decided::new(true, "one place is enough to say so").told_by([told]),
        None => Decided::default(),
    }
}

fn is_restricted(told: &str) -> bool {
    matches!(
        told.to_ascii_lowercase().as_str(),
        "false" | "locked" | "metered" | "premium" | "no"
    )
}

/// Characters of the body that are enough to tell its language.
const SAMPLE_CHARS: usize = 500;

/// A constant pattern.
#[expect(
    clippy::expect_used,
    reason = "constant patterns, each of them compiled by a test"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern compiles")
}

#[cfg(test)]
mod tests;
