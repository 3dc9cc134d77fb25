//! Class, id and test name of an element → what it may hold: a byline, a date, tags, something else than the article.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::super::pattern;
use super::MarkKind;

/// What the labels of a page say, each read once: most of its elements share a few.
#[derive(Default)]
pub struct Labels {
    known: HashMap<String, Label>,
    /// The label that is looked up, so that none is copied for it.
    now: String,
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
    /// It may hold something else than the article: readers' comments, other articles, the site's own.
    pub elsewhere: bool,
    /// Of [`KINDS`], those that it speaks of.
    pub kinds: [bool; KINDS.len()],
}

impl Labels {
    /// Reads class, id and test names of an element, in lower case and one blank between; and whether it is microdata.
    pub fn read(&mut self, element: ElementRef<'_>) -> Label {
        self.now.clear();
        let (mut property, mut scope) = (false, false);
        // One walk over the attributes: to ask for each by its name costs more than to read them all.
        for (name, value) in element.value().attrs() {
            match name {
                "class" | "id" | "data-testid" | "data-component" | "data-qa" => {
                    self.now.push_str(value);
                    self.now.push(' ');
                }
                "itemprop" => property = true,
                "itemscope" | "itemtype" => scope = true,
                _ => {}
            }
        }
        Label {
            property,
            scope,
            ..self.look_up()
        }
    }

    fn look_up(&mut self) -> Label {
        let end = self.now.floor_char_boundary(LABEL_BYTES);
        self.now.truncate(end);
        if self.now.is_empty() {
            return Label::default();
        }
        self.now.make_ascii_lowercase();
        if let Some(label) = self.known.get(&self.now) {
            return *label;
        }
        let label = Label::of(&self.now);
        self.known.insert(self.now.clone(), label);
        label
    }
}

impl Label {
    /// Whether it speaks of what stands under a headline: who wrote, and when.
    pub fn is_of_byline(self) -> bool {
        KINDS.iter().zip(self.kinds).any(|((_, kind), speaks)| {
            speaks && matches!(kind, MarkKind::Byline | MarkKind::DateLine)
        })
    }

    fn of(text: &str) -> Label {
        let speaks = SPEAKING.is_match(text);
        Label {
            // Asked twice, as few labels pass the first time.
            elsewhere: ELSEWHERE.is_match(text)
                && ELSEWHERE.is_match(&HERO.replace_all(text, ""))
                && !text.contains("related-tag"),
            kinds: KINDS.map(|(pattern, kind)| {
                let is_person = || kind != MarkKind::Byline || !NO_NAME.is_match(text);
                speaks && pattern.is_match(text) && is_person()
            }),
            ..Label::default()
        }
    }
}

/// Any word that makes a closer look worth while, so that most labels cost one search.
static SPEAKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"auth?or|\bmeta\b|-meta\b|vcard|byline|by-line|writer|verfasser|redact|redak|auteur|penulis|yazar|journalist|reporter|contributor|signature|firma|\bby\b|creator|date|time|publish|posted|stamp|datum|fecha|tags?\b|topic|keyword|etiquet|tema|schlagw|source|agency|quelle|fuente|summary|synopsis|standfirst|excerpt|sub[-_]?tit|sub[-_]?head|subhl|deck|dek(?:\b|_)|lead|lede|intro|einleitung|preface|perex|zajawka|abstract|sapo|chap(?:o|eau)|entradilla|bajada|copete|sumario|sommario|sottotitolo|ingress|vorspann|title\b|headline|\btitel",
    )
});
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
        r"summary|synopsis|standfirst|excerpt|sub[-_]?tit|sub[-_]?head(?:line)?\b|subhl|deck(?:\b|_)|dek(?:\b|_)|lead(?:\b|_)|lede|intro(?:\b|_)|-intro|introtext|einleitung|preface|abstract|sapo|chapo|chapeau|entradilla|bajada|copete|sumario|sommario|sottotitolo|ingress|vorspann|perex|zajawka|description",
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
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s_-])comments?(?:$|[\s_-])|commentlist|comment-?(?:list|body|content|author)|disqus|\breplies\b|kommentar|\bside-?bar|related|recommend|recirc|most-?(?:read|popular|viewed)|trending|popular|\bfooter|newsletter|promo|teaser|read-?(?:next|more|also)|\bmore-|see-?also|also-?read|\bwidget|carousel|\bnav\b|navigation|\bmenu|breadcrumb|latest|\bticker|up-?next|outbrain|taboola|\bads?\b|banner|\bcards?\b|next-?article|prev(?:ious)?-?(?:article|post)|upsell|\blisting",
    )
});

/// The box of a headline that goes from edge to edge, which is called as an advertisement is.
static HERO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:news|hero|page|title|article|post|entry|story|header)[_-]?banner")
});

/// What labels may speak of.
pub static KINDS: [(&LazyLock<Regex>, MarkKind); 6] = [
    (&BYLINE, MarkKind::Byline),
    (&DATE, MarkKind::DateLine),
    (&TAGS, MarkKind::TagBox),
    (&SOURCE, MarkKind::SourceLine),
    (&STANDFIRST, MarkKind::Standfirst),
    (&TITLED, MarkKind::Titled),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_whether_a_box_is_the_articles_own() {
        for (text, elsewhere, of_byline) in [
            ("side-bar left", true, false),
            ("banner top", true, false),
            ("news-banner", false, false),
            ("post-meta", false, true),
            ("site-footer meta", true, true),
            ("story-text", false, false),
        ] {
            let label = Label::of(text);
            assert_eq!(
                (label.elsewhere, label.is_of_byline()),
                (elsewhere, of_byline),
                "{text}"
            );
        }
    }
}
