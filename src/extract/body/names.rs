//! The attributes of an element → its [`Marks`]: what its class, id, role and properties say about it, by whole words.

use std::sync::LazyLock;

use scraper::node::Element;

use super::super::memo::Memo;
use super::super::quick::Table;

/// What the attributes of an element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u32);

impl Marks {
    /// Its own properties call it the article's body.
    pub const BODY: Marks = Marks(1);
    /// Its names are those of an article's text.
    pub const LIKELY: Marks = Marks(1 << 1);
    /// Its names are those of what surrounds an article.
    pub const CHROME: Marks = Marks(1 << 2);
    /// It is not shown.
    pub const HIDDEN: Marks = Marks(1 << 3);
    /// A caption or a credit.
    pub const CAPTION: Marks = Marks(1 << 4);
    /// The author, the date, the time of reading.
    pub const BYLINE: Marks = Marks(1 << 5);
    /// Other stories.
    pub const RELATED: Marks = Marks(1 << 6);
    /// What readers say.
    pub const COMMENTS: Marks = Marks(1 << 7);
    /// A post of a social network.
    pub const EMBED: Marks = Marks(1 << 8);
    /// The standfirst.
    pub const LEAD: Marks = Marks(1 << 9);
    /// A quotation lifted out of the text.
    pub const PULL: Marks = Marks(1 << 10);
    /// The title of the article.
    pub const TITLE: Marks = Marks(1 << 11);
    /// Its names are those of controls and lists beside an article, which hold no long text.
    pub const TRIMMING: Marks = Marks(1 << 12);

    /// Whether one of `other` is set.
    pub fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub const fn and(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    fn set(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// Longest class or id whose words are looked at: utility classes come by the kilobyte and say nothing.
const MOST_NAME_BYTES: usize = 600;

/// What is known already of the names on a page: most of its elements share a few.
pub type Names<'a> = Memo<'a, Marks>;

/// What the attributes of `element` say about it.
pub fn marks<'a>(element: &'a Element, names: &mut Names<'a>) -> Marks {
    let mut marks = Marks::default();
    if element.name().contains('-') {
        read_names(element.name(), names, &mut marks);
    }
    for (name, value) in element.attrs() {
        match name {
            "id" if is_anchor(element, value) => {}
            "class" | "id" | "data-component" | "data-testid" | "data-module" | "data-type" => {
                read_names(value, names, &mut marks);
            }
            "role" | "aria-label" if name == "role" => read_role(value, &mut marks),
            "itemprop" | "property" => read_property(value, &mut marks),
            "hidden" if !is_streamed(element) => marks.set(Marks::HIDDEN),
            "aria-hidden" if value == "true" => {}
            "style" if is_hiding(value) => marks.set(Marks::HIDDEN),
            _ => {}
        }
    }
    marks
}

/// Whether an id is made of what the element says, so that links can lead to it: `#which-car-subscription-is-best`.
fn is_anchor(element: &Element, id: &str) -> bool {
    let is_heading = matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    is_heading || id.split(['-', '_']).nth(MOST_WORDS_OF_AN_ID).is_some()
}

/// Most words of an id that somebody gave an element for what it is.
const MOST_WORDS_OF_AN_ID: usize = 5;

/// React sends late parts of a page as `<div hidden id="S:0">` and moves them to their place with a script.
fn is_streamed(element: &Element) -> bool {
    element
        .attr("id")
        .and_then(|id| id.strip_prefix("S:"))
        .is_some_and(|number| number.chars().all(|c| c.is_ascii_hexdigit()))
}

fn is_hiding(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(400)
        .collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn read_role(role: &str, marks: &mut Marks) {
    if matches!(
        role,
        "navigation"
            | "banner"
            | "complementary"
            | "contentinfo"
            | "search"
            | "menu"
            | "menubar"
            | "dialog"
            | "alertdialog"
            | "toolbar"
            | "tablist"
            | "form"
    ) {
        marks.set(Marks::CHROME);
    }
}

fn read_property(property: &str, marks: &mut Marks) {
    for word in property.split_ascii_whitespace() {
        match word.rsplit(':').next().unwrap_or_default() {
            "articleBody" | "reviewBody" => marks.set(Marks::BODY),
            "author" | "datePublished" | "dateModified" | "dateCreated" | "publisher" => {
                marks.set(Marks::BYLINE);
            }
            "headline" => marks.set(Marks::TITLE),
            "description" | "abstract" => marks.set(Marks::LEAD),
            "caption" | "copyrightHolder" => marks.set(Marks::CAPTION),
            "comment" | "commentText" => marks.set(Marks::COMMENTS),
            "breadcrumb" | "keywords" => marks.set(Marks::CHROME),
            _ => {}
        }
    }
}

fn read_names<'a>(value: &'a str, names: &mut Names<'a>, marks: &mut Marks) {
    if value.len() > MOST_NAME_BYTES {
        return;
    }
    if let Some(known) = names.get(value) {
        marks.set(known);
        return;
    }
    let mut found = Marks::default();
    for name in value.split_ascii_whitespace() {
        // `md:hidden`, `has-[.related]:pt-4`: a utility class says how it looks, not what it is.
        if name.contains([':', '[']) {
            continue;
        }
        found.set(names.get_or(name, read_name));
    }
    if value.contains(' ') {
        names.put(value, found);
    }
    marks.set(found);
}

fn read_name(name: &str) -> Marks {
    let mut marks = Marks::default();
    let lower = flatten(name);
    let bare = lower.replace('-', "");
    marks.set(whole_name(&bare));
    // The site's own summary in points.
    if bare.contains("keypoints") {
        marks.set(Marks::RELATED);
    }
    if lower == "widget" || lower.starts_with("widget-") {
        marks.set(Marks::TRIMMING);
    }
    // `story__text`: each part of it is a name too.
    for part in name.split("__").filter(|part| part.len() < name.len()) {
        marks.set(whole_name(&flatten(part).replace('-', "")));
    }
    if lower.starts_with("has-")
        || lower.starts_with("no-")
        || lower.starts_with("with-")
        || lower.starts_with("js-")
    {
        return marks;
    }
    // `content-with-sidebar-grid` is what stands beside the sidebar.
    let holds_both = lower.contains("sidebar")
        && ["content", "grid", "layout", "wrapper", "container", "main"]
            .iter()
            .any(|word| lower.contains(word));
    for word in lower.split('-') {
        if word != "sidebar" || !holds_both {
            marks.set(one_word(word));
        }
    }
    marks
}

/// `articleBody__text_2` → `article-body-text-2`.
fn flatten(name: &str) -> String {
    let mut flat = String::with_capacity(name.len() + 8);
    let mut before_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            if before_lower {
                flat.push('-');
            }
            flat.push(c.to_ascii_lowercase());
            before_lower = false;
        } else if c.is_alphanumeric() {
            flat.push(c);
            before_lower = c.is_ascii_lowercase();
        } else {
            if !flat.ends_with('-') && !flat.is_empty() {
                flat.push('-');
            }
            before_lower = false;
        }
    }
    flat.truncate(flat.trim_end_matches('-').len());
    flat
}

/// Names that mean something as a whole, with their hyphens taken out.
const WHOLE_NAMES: &[(Marks, &str)] = &[
    (
        Marks::LIKELY,
        "articlebody articletext articlecontent articlecontents storybody storytext \
         storycontent postbody postcontent posttext entrycontent entrybody entrytext newsbody \
         newstext newscontent newsdetail contentbody bodycontent bodytext bodycopy \
         articlecopy textbody maintext fulltext articlemaincontent articlebodycontent \
         singlecontent pagecontent contenttext textcontent detailcontent contentdetail \
         articledetail storydetail articlefulltext tdpostcontent fieldnamebody fieldbody \
         fieldnamefieldbody artikeltext artikelinhalt noticiatexto cuerponoticia textonoticia \
         cuerpo pcontent richtext wysiwyg postentry blogcontent blogpost articlepage \
         articlesection artcontent artbody arttext newsarticle texto testo tresc",
    ),
    (
        Marks::RELATED,
        "relatedposts relatednews relatedarticles relatedstories readmore readalso alsoread \
         readnext morestories morenews morefrom seealso jprelatedposts mostread mostpopular \
         relatedlinks relatedcontent recommendedposts youmightlike youmayalsolike dualrelated \
         inlinerelated storyrelated inreadrelated upnext latestnews othernews trendingnow \
         postcard articlecard newscard storycard teasercard inlinearticle infobox factbox \
         faktaboks faktaruta faktenbox faktenkasten infokasten collectionscard articlelist \
         newslist postlist linkbox expandablebox cardlist recommendedvideos latestvideos \
         videoplaylist keypoints",
    ),
    (
        Marks::BYLINE,
        "authorbox authorbio authorinfo aboutauthor abouttheauthor authorcard \
         authordescription authorprofile postauthor entryauthor articleauthor readingtime \
         readtime timetoread publishdate pubdate postdate postmeta entrymeta articlemeta \
         metainfo entrydate articledate postedon articleinfo postinfo datetime entryinfo \
         articlebyline storymeta",
    ),
    (
        Marks::HIDDEN,
        "sronly visuallyhidden screenreadertext screenreader ishidden hidden dnone uhidden \
         assistivetext offscreen noprint printonly onlyprint",
    ),
    (
        Marks::CAPTION,
        "wpcaptiontext imagecaption imgcaption photocaption mediacaption photocredit \
         imagecredit figcaption piccaption videocaption captiontext bildunterschrift \
         imagecopyright copyrightimage imagesource photosource",
    ),
    (
        Marks::EMBED,
        "twittertweet twittervideo instagrammedia tiktokembed fbpost redditcard redditembedbq \
         blueskyembed textpostmedia",
    ),
    (Marks::PULL, "pullquote"),
    (
        Marks::LEAD,
        "teasertext newsdescription articledescription postdescription entrysummary \
         articlesummary articlelead articleintro postexcerpt articlesubtitle postsubtitle \
         storysummary introtext leadtext leadparagraph articleteaser",
    ),
    (
        Marks::TITLE,
        "articletitle posttitle entrytitle storytitle headline articleheadline",
    ),
    (
        Marks::CHROME,
        "sharedaddy sociallinks addtoany addthis followus skiplink skiptocontent signup \
         wpdisclaimer tagcloud posttags articletags entrytags tagscontainer taglist tagslist \
         tagslinks catlinks entryfooter postfooter postnav postnavigation entryutility \
         navlinks pagelinks postratings editsection mweditsection printfooter noprinted",
    ),
];

/// Words that mean something wherever they stand in a name.
const WORDS: &[(Marks, &str)] = &[
    (
        Marks::CHROME,
        "breadcrumb breadcrumbs sidebar masthead newsletter newsletters subscribe \
         subscription promo promotion promobox advert adverts advertisement advertising \
         adsense adbox adsbygoogle anzeige werbung reklama publicidad cookie cookies consent \
         gdpr popup popmake pum overlay lightbox offcanvas modal login signin register donate \
         donation copyright disclaimer sponsor sponsored outbrain taboola survey poll quiz \
         footer sponsors inlinepromo",
    ),
    (
        Marks::TRIMMING,
        "nav navi navbar navigation menu submenu share sharing shares sharebar sharebox \
         socialbar social follow dfp adslot adunit toolbar toolbox tools pagination pager \
         rating ratings tags topics keywords ticker print printer feedback search bookmark \
         bookmarks btn button buttons addthis tooltip dropdown carousel slider toc cta ad ads \
         schlagworte etiquetas tagi noprint banner banners adv shareaholic player controls \
         flyout commentcount likes syndication hashtag hashtags",
    ),
    (
        Marks::COMMENTS,
        "comment comments commentary commentlist disqus respond responses kommentare \
         kommentar comentarios commentaires komentarze reactions replies reply livefyre \
         kommentit commentform fbcomments trackbacks pingback",
    ),
    (
        Marks::RELATED,
        "related recommended recommendation recommendations recommend teaser teasers trending \
         popular similar recirculation recirc morelinks crosslink crosslinks relacionadas \
         relacionados verwandt powiazane recent latest suggested suggestions moreon readalso \
         othernews linklist relatedtopics storypackage upnext nextup aktuell meistgelesen \
         interstitial ultimas promos recomendados recomendadas archive infobox factbox \
         postcard keypoints",
    ),
    (
        Marks::BYLINE,
        "byline bylines author authors autor autore dateline timestamp date datum fecha \
         readtime postmetadata credits pubdate contributor contributors bio biography vcard \
         meta metadata infoline",
    ),
    (
        Marks::CAPTION,
        "caption captions credit legende legend bildtext bildtitel",
    ),
    (
        Marks::LEAD,
        "standfirst einleitung defaulteinleitung chapo zajawka entradilla bajada copete \
         ingress manchet occhiello sommario dek deck lead lede vorspann chapeau subtitle \
         subheadline subhead intro summary teasertext sapo excerpt",
    ),
    (
        Marks::PULL,
        "pullquote zitat blockquote quote cita citat citation",
    ),
];

static BY_WHOLE_NAME: LazyLock<Table<&str, Marks>> = LazyLock::new(|| by_word(WHOLE_NAMES));
static BY_WORD: LazyLock<Table<&str, Marks>> = LazyLock::new(|| by_word(WORDS));

fn by_word(table: &'static [(Marks, &'static str)]) -> Table<&'static str, Marks> {
    let mut found: Table<&str, Marks> = Table::default();
    for (marks, words) in table {
        for word in words.split_ascii_whitespace() {
            found.entry(word).or_default().set(*marks);
        }
    }
    found
}

fn whole_name(name: &str) -> Marks {
    BY_WHOLE_NAME.get(name).copied().unwrap_or_default()
}

fn one_word(word: &str) -> Marks {
    BY_WORD.get(word).copied().unwrap_or_default()
}
