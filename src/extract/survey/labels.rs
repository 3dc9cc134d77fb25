//! Class, id and test name of an element → what it may hold: a byline, a date, tags, something else than the article.

use std::sync::LazyLock;

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

/// What the names of a label say, a bit each: the kinds of [`KINDS`] by their place in it, and those below.
#[derive(Clone, Copy, Default)]
struct Said(u16);

impl Said {
    /// It may hold something else than the article: readers' comments, other articles, the site's own.
    const ELSEWHERE: u16 = 1 << 15;
    /// It holds the article's own tags, though it is named as what leads elsewhere.
    const OWN_TAGS: u16 = 1 << 14;
    /// It is what stands beside an author's name.
    const NO_NAME: u16 = 1 << 13;

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
        let speaks = move |place: usize, kind: MarkKind| {
            self.said.has(1 << place) && (kind != MarkKind::Byline || !self.said.has(Said::NO_NAME))
        };
        let kinds = KINDS.iter().enumerate();
        kinds.filter_map(move |(place, (_, kind))| speaks(place, *kind).then_some(*kind))
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
        let name = &*name.to_ascii_lowercase();
        let mut said = Said::default();
        if !WORTH_A_LOOK.is_match(name) {
            return said;
        }
        let mut tell = |bit: u16, is_so: bool| said.0 |= if is_so { bit } else { 0 };
        // Asked twice, as few names pass the first time.
        let elsewhere = AROUND.is_match(name) && AROUND.is_match(&HERO.replace_all(name, ""));
        tell(Said::ELSEWHERE, elsewhere);
        tell(Said::OWN_TAGS, name.contains("related-tag"));
        if SPEAKS.is_match(name) {
            tell(Said::NO_NAME, NO_NAME.is_match(name));
            for (place, (pattern, _)) in KINDS.iter().enumerate() {
                tell(1 << place, pattern.is_match(name));
            }
        }
        said
    }
}

/// Any word that makes a closer look worth while, so that most names cost one search.
static WORTH_A_LOOK: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("{SPEAKING}|{ELSEWHERE}")));
/// Of these, what speaks of a kind of place.
const SPEAKING: &str = r"auth?or|\bmeta\b|-meta\b|vcard|byline|by-line|writer|verfasser|redact|redak|auteur|penulis|yazar|journalist|reporter|contributor|signature|firma|\bby\b|creator|date|time|publish|posted|stamp|datum|fecha|tags?\b|topic|keyword|etiquet|tema|schlagw|source|agency|quelle|fuente|summary|standfirst|excerpt|subtitle|sub-?head|subhl|deck|dek\b|lead|lede|intro|abstract|sapo|chapo|entradilla|sottotitolo|ingress|vorspann|title\b|headline|\btitel";
static SPEAKS: LazyLock<Regex> = LazyLock::new(|| pattern(SPEAKING));
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"author|byline|by-line|by_line|\bwriter|verfasser|\bautor|auteur|penulis|\byazar|journalist|reporter|contributor|signature|\bfirma\b|\bby\b|redactor|redakteur|article-creator|creator-name|posted-?by|\bvcard\b|\bp-author",
    )
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"date|publish|posted|time-?stamp|datum|fecha|pub-?time|\btime\b|-time\b|entry-meta|article-?info|post-?meta|article-?meta|byline|\bmeta\b",
    )
});
static TAGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s_-])tags?(?:$|[\s_-])|tagcloud|tag-?list|taglist|tags-|-tags|topics?\b|keywords?\b|etiquet|schlagw|tags__|__tags|article-?tags|post-?tags|entry-?tags|\btemas\b",
    )
});
static SOURCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bsource|agency|\bquelle|\bfuente|-source"));
static STANDFIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"summary|standfirst|excerpt|sub-?title|sub-?head(?:line)?\b|subhl|\bdeck\b|\bdek\b|\blead\b|lede|-lead\b|\bintro\b|-intro|abstract|sapo|chapo|entradilla|sottotitolo|ingress|vorspann|description",
    )
});
static TITLED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s_-])(?:title|headline|titel)(?:$|\s)"));
/// What is beside an author's name.
static NO_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:author|byline|writer|contributor)\S*(?:date|time|job|role|position|image|avatar|photo|img|picture|bio|desc|social|follow|share|count|comment|email|twitter|icon|thumb)",
    )
});
/// What stands around articles.
const ELSEWHERE: &str = r"(?:^|[\s_-])comments?(?:$|[\s_-])|commentlist|comment-?(?:list|body|content|author)|disqus|\breplies\b|kommentar|\bside-?bar|related|recommend|recirc|most-?(?:read|popular|viewed)|trending|popular|\bfooter|newsletter|promo|teaser|read-?(?:next|more|also)|\bmore-|see-?also|also-?read|\bwidget|carousel|\bnav\b|navigation|\bmenu|breadcrumb|latest|\bticker|up-?next|outbrain|taboola|\bads?\b|banner|\bcards?\b|next-?article|prev(?:ious)?-?(?:article|post)|upsell|\blisting";
static AROUND: LazyLock<Regex> = LazyLock::new(|| pattern(ELSEWHERE));

/// The box of a headline that goes from edge to edge, which is called as an advertisement is.
static HERO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:news|hero|page|title|article|post|entry|story|header)[_-]?banner")
});

/// What labels may speak of.
static KINDS: [(&LazyLock<Regex>, MarkKind); 6] = [
    (&BYLINE, MarkKind::Byline),
    (&DATE, MarkKind::DateLine),
    (&TAGS, MarkKind::TagBox),
    (&SOURCE, MarkKind::SourceLine),
    (&STANDFIRST, MarkKind::Standfirst),
    (&TITLED, MarkKind::Titled),
];

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
