//! What one place of a page says about one field: the evidence that each field is decided from.

use std::borrow::Cow;
use std::collections::HashMap;

use super::verdict::{Decided, Verdict};

/// A field of an article, or what helps to decide one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// A signature: one person or a whole byline.
    Author,
    /// The agency.
    Source,
    /// Date of publication.
    Published,
    /// Date of the last change.
    Modified,
    /// The summary.
    Summary,
    /// Address of a picture.
    Image,
    /// A label, or several with commas between.
    Tag,
    /// The site's own section.
    Category,
    /// Language of the text.
    Language,
    /// Name of the site.
    SiteName,
    /// The address that the page calls its own.
    Canonical,
    /// A language and the address of the same story in it.
    Translation,
    /// The site's own number for the story.
    PageId,
    /// Whether all of it may be read: "false" where not.
    Free,
    /// The article as plain text.
    ArticleBody,
}

/// The kind of place that speaks, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Witness {
    /// A selector of the site's configuration.
    Rule,
    /// JSON in the page that the configuration points into.
    Embedded,
    /// A JSON-LD block about the article.
    JsonLd,
    /// JSON in a script of the site's own type.
    Note,
    /// Microdata in the page's markup.
    Microdata,
    /// `og:…`, `article:…`, `twitter:…`.
    OpenGraph,
    /// Other `meta` and `link` elements: Dublin Core, Parse.ly, Sailthru, plain names.
    Meta,
    /// What the page shows to people.
    Page,
    /// A JSON-LD block about the page around the article.
    JsonLdPage,
    /// What the page shows far from its headline.
    Elsewhere,
    /// The document's `title`, which people see on the window only.
    Document,
    /// The page's address.
    Address,
}

/// One place's word on one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Testimony {
    /// Which it is of all that were heard, from 0.
    pub number: usize,
    /// What it speaks of.
    pub field: Field,
    /// What kind of place.
    pub witness: Witness,
    /// Which place: `og:title`, `h1`, `NewsArticle.headline`.
    pub place: Cow<'static, str>,
    /// Its words, as they stand.
    pub value: String,
    /// How far down the page it stands, in elements; 0 for what people do not see.
    pub position: usize,
}

/// Most testimonies of one page: ordinary pages give a hundred.
const TESTIMONIES: usize = 5_000;

/// Longest value in bytes, so that a page of one huge attribute is not copied ten times. Only the body may be longer.
const VALUE_BYTES: usize = 20_000;

/// All that a page says about its article, and what of it was believed.
#[derive(Debug, Default)]
pub struct Evidence {
    testimonies: Vec<Testimony>,
    verdicts: HashMap<Field, Verdict>,
}

impl Evidence {
    /// Hears one testimony from a place that people do not see.
    pub fn hear(
        &mut self,
        field: Field,
        witness: Witness,
        place: impl Into<Cow<'static, str>>,
        value: &str,
    ) {
        self.hear_at(field, witness, place, value, 0);
    }

    /// Hears one testimony from the page's own text, `position` elements down.
    pub fn hear_at(
        &mut self,
        field: Field,
        witness: Witness,
        place: impl Into<Cow<'static, str>>,
        value: &str,
        position: usize,
    ) {
        let bound = if field == Field::ArticleBody {
            usize::MAX
        } else {
            VALUE_BYTES
        };
        let value = value.trim();
        if !value.is_empty() && value.len() <= bound && self.testimonies.len() < TESTIMONIES {
            self.testimonies.push(Testimony {
                number: self.testimonies.len(),
                field,
                witness,
                place: place.into(),
                value: super::body::mended(value).into_owned(),
                position,
            });
        }
    }

    /// Every testimony about `field`, in the order in which they were heard.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Testimony> {
        self.testimonies.iter().filter(move |t| t.field == field)
    }

    /// Every testimony about `field` by `witness`.
    pub fn by(&self, field: Field, witness: Witness) -> impl Iterator<Item = &Testimony> {
        self.of(field).filter(move |t| t.witness == witness)
    }

    /// The first testimony about `field`, the most trusted kind of witness first.
    pub fn first(&self, field: Field) -> Option<&Testimony> {
        self.of(field).min_by_key(|t| t.witness)
    }

    /// What the configuration's own words found for `field`: they are believed before all others.
    pub fn configured(&self, field: Field) -> Vec<&Testimony> {
        for witness in [Witness::Rule, Witness::Embedded] {
            let found: Vec<_> = self.by(field, witness).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The value that was decided for `field`; by whose words and why is kept for showing.
    pub fn settle<T>(&mut self, field: Field, decided: Decided<T>) -> T {
        self.verdicts.insert(field, decided.verdict);
        decided.value
    }

    /// Whose words were believed for `field`, once it is decided.
    pub fn verdict(&self, field: Field) -> Option<&Verdict> {
        self.verdicts.get(&field)
    }
}
