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
mod links;
mod media;
mod memo;
mod meta;
mod microdata;
mod names;
mod own;
mod quick;
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
use crate::model::{Article, Body, Page, Translation};
use crate::tame::{tame, without_programs};
use crate::text::fold;
use body::Origin;
use json_ld::{JsonLd, Known};
use names::{sections, sites};
use survey::Survey;
use title::Heading;
use verdict::{CONFIGURED, Decided};
use witness::{Evidence, Field, Witness};

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
    let document = Html::parse_document(&if rules.embedded.is_empty() {
        without_programs(&page.text)
    } else {
        tame(&page.text)
    });
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

/// What a page shows, and what was learned of it before its article is decided.
struct Sight<'a> {
    survey: &'a Survey<'a>,
    headings: Vec<Heading>,
    /// Where the headline stands.
    spot: Option<usize>,
    /// The names of the site.
    sites: Vec<String>,
    embedded: rules::Embedded,
}

impl Reading<'_> {
    fn read(&self, document: &Html, survey: &Survey<'_>) -> Explained {
        let mut evidence = Evidence::default();
        let embedded = self.hear_machines(document, survey, &mut evidence);
        let document_title = survey.document_title();
        let known = self.known(&evidence, document_title.as_deref());
        let headings = hear_headings(survey, &known.titles, &mut evidence);
        let spot = title::own_heading(&headings, &known.titles).map(|heading| heading.position);
        let json_ld = JsonLd::parse(&survey.scripts);
        let blocks = json_ld.blocks(&known);
        json_ld::hear(&json_ld, &blocks, &mut evidence);
        self.hear_people(survey, spot, &mut evidence);

        let sight = Sight {
            survey,
            headings,
            spot,
            sites: sites(&evidence, &self.page.url),
            embedded,
        };
        let mut article = self.article(&mut evidence, &sight.sites);
        article.title = self.title(&sight, document_title.as_deref(), &mut evidence);
        let pictures = image::Pictures {
            survey,
            title: spot,
            base: self.base,
            sizes: image::Sizes::of_page(&json_ld, &blocks, survey, self.base),
        };
        let image = image::lead_image(&evidence, &pictures);
        article.lead_image = evidence.settle(Field::Image, image);
        let media = media::media(&json_ld, &blocks, survey, spot, self.base);
        article.media = media::with_configured(media, &sight.embedded, self.base);
        let links = links::links(survey, &self.page.url, self.base);
        (article.amp_url, article.next_url) = (links.amp, links.next);
        self.texts(document, &sight, &mut evidence, &mut article);
        self.by_text(&sight, &mut evidence, &mut article);
        Explained { article, evidence }
    }

    /// Hears what the page tells programs, but JSON-LD, of which other titles tell whether it speaks of this article.
    fn hear_machines(
        &self,
        document: &Html,
        survey: &Survey<'_>,
        evidence: &mut Evidence,
    ) -> rules::Embedded {
        rules::hear(document, self.rules, self.base, evidence);
        let embedded = rules::hear_embedded(&survey.scripts, None, self.rules, evidence);
        meta::hear(survey, evidence);
        translations::hear(survey, evidence);
        rules::hear_plain(&survey.scripts, evidence);
        self.hear_roots(survey, evidence);
        embedded
    }

    /// Hears what the page shows to people around the headline at `spot`.
    fn hear_people(&self, survey: &Survey<'_>, spot: Option<usize>, evidence: &mut Evidence) {
        microdata::hear(survey, spot, evidence);
        authors::hear(survey, spot, evidence);
        authors::hear_source(survey, spot, evidence);
        authors::hear_agency(survey, spot, evidence);
        self.hear_dates(survey, spot, evidence);
        when::hear_address(&self.page.url, evidence);
        tags::hear(survey, spot, evidence);
        summary::hear(survey, spot, evidence);
    }

    fn title(
        &self,
        sight: &Sight<'_>,
        document: Option<&str>,
        evidence: &mut Evidence,
    ) -> Option<String> {
        let names = title::Names {
            sites: &sight.sites,
            sections: &sections(evidence, &self.page.url),
        };
        // Heard last, since what the site is called is told by the other titles.
        if let Some(title) = document {
            evidence.hear(Field::Title, Witness::Document, "title", title);
        }
        let title = title::title(evidence, &sight.headings, document, names);
        evidence.settle(Field::Title, title)
    }

    /// The body, and the summary, of which each helps to decide the other.
    fn texts(
        &self,
        document: &Html,
        sight: &Sight<'_>,
        evidence: &mut Evidence,
        article: &mut Article,
    ) {
        let titled = article.title.as_deref();
        article.summary = summary::summary(evidence, titled, &sight.sites, "").value;
        let headline = title::printed(titled, &sight.headings);
        let body = self.body(document, evidence, &sight.embedded, article, headline);
        article.body = evidence.settle(Field::ArticleBody, body);
        let (titled, text) = (article.title.as_deref(), article.body.text.as_str());
        let summary = summary::summary(evidence, titled, &sight.sites, text);
        article.summary = evidence.settle(Field::Summary, summary);
    }

    /// What the text helps to decide: tags, language and direction, and so the translations.
    fn by_text(&self, sight: &Sight<'_>, evidence: &mut Evidence, article: &mut Article) {
        let tags = self.tags(evidence, &sight.sites, article);
        article.tags = evidence.settle(Field::Tag, tags);
        self.tongue(sight.survey, sight.spot, evidence, article);
        let translations = self.translations(evidence, article);
        article.translations = evidence.settle(Field::Translation, translations);
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
        let canonical = own::canonical(evidence, &self.page.url, self.base);
        let (page_id, category) = (own::page_id(evidence), own::category(evidence));
        let restricted = own::restricted(evidence);
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

    /// The body: as configured JSON gives it, else from the page itself, where `headline` is printed above it.
    fn body(
        &self,
        document: &Html,
        evidence: &Evidence,
        embedded: &rules::Embedded,
        article: &Article,
        headline: Option<&str>,
    ) -> Decided<Body> {
        let body = blocks::body(&embedded.body, self.base);
        if !body.is_empty() {
            return Decided::new(body, CONFIGURED);
        }
        let told = evidence.of(Field::ArticleBody).next();
        let hints = body::Hints {
            page: &self.page.text,
            base: self.base,
            title: headline,
            summary: article.summary.as_deref(),
            article_body: told.map(|told| told.value.as_str()),
            authors: &article.authors,
        };
        let (body, origin) = body::body(document, self.rules, &hints);
        let why = match origin {
            _ if body.is_empty() => "no paragraphs anywhere",
            Origin::Configured => CONFIGURED,
            Origin::Shown => "the paragraphs of the page that say most",
            Origin::Told => "the page shows less than its JSON-LD tells",
            Origin::Hidden => "the page shows less than a script or `noscript` of it holds",
        };
        let told = told.filter(|_| origin == Origin::Told);
        Decided::new(body, why).told_by(told)
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

/// Hears the headings of a page whose other places give these titles.
fn hear_headings(survey: &Survey<'_>, titles: &[String], evidence: &mut Evidence) -> Vec<Heading> {
    let mut headings = title::headings(survey);
    if !title::is_clear(&headings, titles) {
        headings.extend(title::titled(survey, titles));
    }
    for heading in &headings {
        let (text, position) = (&heading.text, heading.position);
        evidence.hear_at(Field::Title, Witness::Page, "heading", text, position);
    }
    headings
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
    article.media = media::with_configured(Vec::new(), &embedded, &page.url);
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
