//! What a section's page links to.

use url::Url;

use super::Article;

/// The items of a section, in the order of the page, once each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// What was found.
    pub items: Vec<ListingItem>,
    /// The page that continues this one.
    pub next: Option<Url>,
    /// Documents that this one only points to and that must be read to know the items: the sitemaps of an index, newest first.
    pub parts: Vec<Url>,
    /// The places in which a page's items stand, as selectors, the one with most items first; none where it is no page. Other
    /// stories in the same places leave it as it is; a redesign does not.
    pub shape: Vec<String>,
}

/// One line of a listing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListingItem {
    /// The article's page, absolute, as the site spells it; none for a line that has no page of its own (a ticker's).
    pub url: Option<Url>,
    /// What the listing itself shows of the article: title, date, image, summary; from a feed or an API perhaps all of it.
    pub hints: Article,
}
