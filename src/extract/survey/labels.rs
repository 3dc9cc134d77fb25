//! Class, id and test name of an element → what it may hold: a byline, a date, tags, something else than the article.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use scraper::ElementRef;

use super::super::memo::Memo;
use super::super::pattern;
use super::MarkKind;

/// What the labels of a page say, each name in them read once: most elements share a few.
#[derive(Default)]
pub struct Labels<'a> {
    /// What whole attributes say, and the names in them.
    known: Memo<'a, Said>,
}

/// Longest label that is read, in bytes: what is longer says how the element looks, not what it is.
const LABEL_BYTES: usize = 300;

/// What an element's label says about it.
#[derive(Clone, Copy, Default)]
pub struct Label {
    /// It has an `itemprop`.
    pub property: bool,
    /// It is a microdata item.
    pub scope: bool,
    said: Said,
}

/// What the names of a label say, a bit each.
#[derive(Clone, Copy, Default)]
struct Said(u16);

impl Said {
    const BYLINE: u16 = 1;
    const DATE_LINE: u16 = 1 << 1;
    const TAG_BOX: u16 = 1 << 2;
    const SOURCE_LINE: u16 = 1 << 3;
    const STANDFIRST: u16 = 1 << 4;
    const TITLED: u16 = 1 << 5;
    /// All of the above.
    const KINDS: u16 = (1 << 6) - 1;
    /// A word without which it says none of the above.
    const SPEAKS: u16 = 1 << 6;
    /// It is what stands beside an author's name.
    const NO_NAME: u16 = 1 << 7;
    /// It may hold something else than the article: readers' comments, other articles, the site's own.
    const ELSEWHERE: u16 = 1 << 8;
    /// It holds the article's own tags, though it is named as what leads elsewhere.
    const OWN_TAGS: u16 = 1 << 9;
    /// What it may hold is an advertisement, or a headline.
    const BANNER: u16 = 1 << 10;

    fn has(self, bit: u16) -> bool {
        self.0 & bit != 0
    }
}

impl<'a> Labels<'a> {
    /// Reads class, id and test names of an element, and whether it is microdata.
    pub fn read(&mut self, element: ElementRef<'a>) -> Label {
        let mut label = Label::default();
        // Each script and style of some sites has an id.
        let shows = !matches!(element.value().name(), "script" | "style" | "link" | "meta");
        let mut left = if shows { LABEL_BYTES } else { 0 };
        // One walk over the attributes: to ask for each by its name costs more than to read them all.
        for (name, value) in element.value().attrs() {
            match name {
                "class" | "id" | "data-testid" | "data-component" | "data-qa" => {
                    let value = &value[..value.floor_char_boundary(left)];
                    left -= value.len();
                    label.said.0 |= self.look_up(value).0;
                }
                "itemprop" => label.property = true,
                "itemscope" | "itemtype" => label.scope = true,
                _ => {}
            }
        }
        label
    }

    fn look_up(&mut self, value: &'a str) -> Said {
        if let Some(said) = self.known.get(value) {
            return said;
        }
        let mut said = Said::default();
        for name in value.split_ascii_whitespace() {
            said.0 |= self.known.get_or(name, Said::of).0;
        }
        self.known.put(value, said);
        said
    }
}

impl Label {
    /// Whether it may hold something else than the article: readers' comments, other articles, the site's own.
    pub fn is_elsewhere(self) -> bool {
        self.said.has(Said::ELSEWHERE) && !self.said.has(Said::OWN_TAGS)
    }

    /// What it speaks of.
    pub fn kinds(self) -> impl Iterator<Item = MarkKind> {
        const KINDS: [(u16, MarkKind); 6] = [
            (Said::BYLINE, MarkKind::Byline),
            (Said::DATE_LINE, MarkKind::DateLine),
            (Said::TAG_BOX, MarkKind::TagBox),
            (Said::SOURCE_LINE, MarkKind::SourceLine),
            (Said::STANDFIRST, MarkKind::Standfirst),
            (Said::TITLED, MarkKind::Titled),
        ];
        let said = match self.said {
            said if said.has(Said::NO_NAME) => Said(said.0 & !Said::BYLINE),
            said => said,
        };
        let kinds = KINDS.iter().filter(move |(bit, _)| said.has(*bit));
        kinds.map(|(_, kind)| *kind)
    }

    /// Whether it speaks of what stands under a headline: who wrote, and when.
    pub fn is_of_byline(self) -> bool {
        self.kinds()
            .any(|kind| matches!(kind, MarkKind::Byline | MarkKind::DateLine))
    }
}

impl Said {
    /// What one name says.
    fn of(name: &str) -> Said {
        let mut said = Said::heard(name);
        if said.has(Said::ELSEWHERE) && said.has(Said::BANNER) {
            // The box of a headline that goes from edge to edge is called as an advertisement is.
            let bare = Said::heard(&HERO.replace_all(name, ""));
            if !bare.has(Said::ELSEWHERE) {
                said.0 &= !Said::ELSEWHERE;
            }
        }
        if said.has(Said::BYLINE) && NO_NAME.is_match(name) {
            said.0 |= Said::NO_NAME;
        }
        said
    }

    /// What the words say that stand in `name`.
    fn heard(name: &str) -> Said {
        let (finder, words) = &*WORDS;
        let mut said = Said::default();
        for found in finder.find_overlapping_iter(name) {
            let word = &words[found.pattern()];
            if word
                .before
                .is_kept(name[..found.start()].chars().next_back())
                && word.after.is_kept(name[found.end()..].chars().next())
            {
                said.0 |= word.says;
            }
        }
        if said.has(Said::SPEAKS) {
            said
        } else {
            Said(said.0 & !Said::KINDS)
        }
    }
}

/// What must stand beside a word in a name.
#[derive(Clone, Copy)]
enum Edge {
    /// Anything: `tagcloud` in `mytagclouds`.
    Any,
    /// No letter, digit or underscore.
    Word,
    /// Nothing, or a hyphen or underscore.
    Part,
    /// Nothing.
    End,
}

impl Edge {
    fn is_kept(self, beside: Option<char>) -> bool {
        match self {
            Edge::Any => true,
            Edge::Word => !beside.is_some_and(|c| c.is_alphanumeric() || c == '_'),
            Edge::Part => beside.is_none_or(|c| matches!(c, '-' | '_')),
            Edge::End => beside.is_none(),
        }
    }
}

/// A word of [`SAYINGS`].
struct Word {
    before: Edge,
    after: Edge,
    says: u16,
}

/// What finds all words at once, and the words by their numbers.
static WORDS: LazyLock<(AhoCorasick, Vec<Word>)> = LazyLock::new(|| {
    let (mut texts, mut words) = (Vec::new(), Vec::new());
    for (says, list) in SAYINGS {
        for word in list.split_ascii_whitespace() {
            let text = word.trim_matches(['|', '<', '>', '$']);
            let edge = |mark: Option<char>| match mark {
                Some('|') => Edge::Word,
                Some('<' | '>') => Edge::Part,
                Some('$') => Edge::End,
                _ => Edge::Any,
            };
            words.push(Word {
                before: edge(word.chars().next()),
                after: edge(word.chars().next_back()),
                says: *says,
            });
            texts.push(text);
        }
    }
    #[expect(clippy::expect_used, reason = "constant words; built by every test")]
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        // Names are shorter than what it would pay for.
        .prefilter(false)
        .build(texts)
        .expect("a list of words can be looked for");
    (finder, words)
});

/// What words in names say. `|` at an end of a word: there it is a word of its own; `<` and `>`: a part of a name between hyphens or
/// underscores; `$`: the name ends.
const SAYINGS: &[(u16, &str)] = &[
    (
        Said::BYLINE,
        "author byline by-line by_line |writer verfasser |autor auteur penulis |yazar journalist \
         reporter contributor signature |firma| |by| redactor redakteur article-creator \
         creator-name postedby posted-by |vcard|",
    ),
    (
        Said::DATE_LINE,
        "date publish posted timestamp time-stamp datum fecha pubtime pub-time |time| -time| \
         entry-meta articleinfo article-info postmeta post-meta articlemeta article-meta byline \
         |meta|",
    ),
    (
        Said::TAG_BOX,
        "<tag> <tags> tagcloud taglist tag-list tags- -tags topic| topics| keyword| keywords| \
         etiquet schlagw tags__ __tags articletags article-tags posttags post-tags entrytags \
         entry-tags |temas|",
    ),
    (Said::SOURCE_LINE, "|source agency |quelle |fuente -source"),
    (
        Said::STANDFIRST,
        "summary synopsis standfirst excerpt subtit sub-tit sub_tit subhead| sub-head| sub_head| \
         subheadline| sub-headline| sub_headline| subhl deck| deck_ dek| dek_ lead| lead_ lede intro| \
         intro_ -intro introtext einleitung preface abstract sapo chapo chapeau entradilla bajada \
         copete sumario sommario sottotitolo ingress vorspann perex zajawka description",
    ),
    (Said::TITLED, "<title$ <headline$ <titel$"),
    (
        Said::SPEAKS,
        "author autor |meta| -meta| vcard byline by-line writer verfasser redact redak auteur \
         penulis yazar journalist reporter contributor signature firma |by| creator date time \
         publish posted stamp datum fecha tag| tags| topic keyword etiquet tema schlagw source \
         agency quelle fuente summary synopsis standfirst excerpt subtit sub-tit sub_tit subhead \
         sub-head sub_head subhl deck dek| dek_ lead lede intro einleitung preface perex zajawka \
         abstract sapo chapo chapeau entradilla bajada copete sumario sommario sottotitolo ingress \
         vorspann title| headline |titel",
    ),
    (
        Said::ELSEWHERE,
        "<comment> <comments> commentlist comment-list commentbody comment-body commentcontent \
         comment-content commentauthor comment-author disqus |replies| kommentar |sidebar |side-bar \
         related recommend recirc mostread most-read mostpopular most-popular mostviewed \
         most-viewed trending popular |footer newsletter promo teaser readnext read-next readmore \
         read-more readalso read-also |more- seealso see-also alsoread also-read |widget carousel \
         |nav| navigation |menu breadcrumb latest |ticker upnext up-next outbrain taboola |ad| \
         |ads| banner |card| |cards| nextarticle next-article prevarticle prev-article \
         previousarticle previous-article prevpost prev-post previouspost previous-post upsell \
         |listing",
    ),
    (Said::BANNER, "banner"),
    (Said::OWN_TAGS, "related-tag"),
];

/// What is beside an author's name.
static NO_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:author|byline|writer|contributor)\S*(?:date|time|job|role|position|image|avatar|photo|img|picture|bio|desc|social|follow|share|count|comment|email|twitter|icon|thumb)",
    )
});

/// The box of a headline.
static HERO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:news|hero|page|title|article|post|entry|story|header)[_-]?banner")
});

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    #[test]
    fn a_label_tells_whether_a_box_is_the_articles_own() {
        for (markup, elsewhere, of_byline) in [
            (r#"<p class="Side-Bar left">"#, true, false),
            (r#"<p class="banner" id="top">"#, true, false),
            (r#"<p class="news-banner">"#, false, false),
            (r#"<p class="related related-tags">"#, false, false),
            (r#"<p class="post-meta">"#, false, true),
            (r#"<p class="site-footer meta">"#, true, true),
            (r#"<p class="author" id="author-image">"#, false, false),
            (r#"<p class="story-text">"#, false, false),
        ] {
            let page = Html::parse_fragment(markup);
            let element = page.select(&Selector::parse("p").unwrap()).next().unwrap();
            let label = Labels::default().read(element);
            assert_eq!(
                (label.is_elsewhere(), label.is_of_byline()),
                (elsewhere, of_byline),
                "{markup}"
            );
        }
    }

    #[test]
    fn a_label_is_read_up_to_its_bound() {
        let long = |bytes: usize| format!(r#"<p class="{} byline">"#, "é".repeat(bytes / 2));
        for (markup, of_byline) in [
            (long(LABEL_BYTES - 8), true),
            (long(LABEL_BYTES), false),
            (long(2 * LABEL_BYTES), false),
        ] {
            let page = Html::parse_fragment(&markup);
            let element = page.select(&Selector::parse("p").unwrap()).next().unwrap();
            assert_eq!(
                Labels::default().read(element).is_of_byline(),
                of_byline,
                "{markup}"
            );
        }
    }
}
