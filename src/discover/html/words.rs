//! Names, roles, classes and ids → what an element is for; labels in many languages → what a box holds.

use scraper::ElementRef;

use super::labels;

/// What an element says of itself, as a set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words(u32);

impl Words {
    /// Ways through the site.
    pub const NAV: Words = Words(1);
    /// Beside the main matter.
    pub const ASIDE: Words = Words(1 << 1);
    /// The end of the page.
    pub const FOOTER: Words = Words(1 << 2);
    /// The head of the page.
    pub const HEADER: Words = Words(1 << 3);
    /// What moves past: a ticker, a slider.
    pub const SLIDER: Words = Words(1 << 4);
    /// Most read, related, recommended.
    pub const RAIL: Words = Words(1 << 5);
    /// Comments of readers.
    pub const COMMENTS: Words = Words(1 << 6);
    /// Paid for.
    pub const PROMO: Words = Words(1 << 7);
    /// Not shown until asked for.
    pub const HIDDEN: Words = Words(1 << 8);
    /// The main matter.
    pub const MAIN: Words = Words(1 << 9);
    /// One story.
    pub const ARTICLE: Words = Words(1 << 10);
    /// A date.
    pub const DATE: Words = Words(1 << 11);
    /// A picture.
    pub const IMAGE: Words = Words(1 << 12);
    /// A headline.
    pub const TITLE: Words = Words(1 << 13);
    /// A summary.
    pub const SUMMARY: Words = Words(1 << 14);
    /// Who wrote it.
    pub const AUTHOR: Words = Words(1 << 15);
    /// Its own text has the look of a date.
    pub const DATED_TEXT: Words = Words(1 << 16);
    /// A heading by name or by role.
    pub const HEADING: Words = Words(1 << 17);
    /// What says that the links in an element are not the main matter.
    pub const ZONES: Words = Words(0x1ff);

    /// What is said here and not in `other`.
    pub fn without(self, other: Words) -> Words {
        Words(self.0 & !other.0)
    }

    /// Whether any of `other` is said.
    pub fn has(self, other: Words) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds `other`.
    pub fn add(&mut self, other: Words) {
        self.0 |= other.0;
    }

    /// What is said here or in `other`.
    pub fn or(self, other: Words) -> Words {
        Words(self.0 | other.0)
    }

    /// What is said both here and in `other`.
    pub fn and(self, other: Words) -> Words {
        Words(self.0 & other.0)
    }

    /// How the marks look as a number.
    pub fn bits(self) -> u32 {
        self.0
    }
}

/// What the name and the role of `element` say: what its author meant for programs to read.
pub fn of_name_and_role(element: ElementRef<'_>) -> Words {
    let mut words = match element.value().name() {
        "nav" | "menu" => Words::NAV,
        "aside" => Words::ASIDE,
        "footer" => Words::FOOTER,
        "header" => Words::HEADER,
        "main" => Words::MAIN,
        "article" => Words::ARTICLE,
        "dialog" => Words::HIDDEN,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Words::HEADING,
        _ => Words::default(),
    };
    match element.attr("role") {
        Some("navigation" | "menu" | "menubar") => words.add(Words::NAV),
        Some("complementary") => words.add(Words::ASIDE),
        Some("contentinfo") => words.add(Words::FOOTER),
        Some("banner") => words.add(Words::HEADER),
        Some("main") => words.add(Words::MAIN),
        Some("article") => words.add(Words::ARTICLE),
        Some("heading") => words.add(Words::HEADING),
        Some("dialog") => words.add(Words::HIDDEN),
        _ => {}
    }
    words
}

/// What `element` says of itself.
pub fn of_element(element: ElementRef<'_>) -> Words {
    if matches!(element.value().name(), "html" | "body") {
        return Words::default();
    }
    let mut words = of_name_and_role(element);
    for name in ["class", "id"] {
        if let Some(value) = element.attr(name) {
            of_names(value, &mut words);
        }
    }
    if is_hidden(element) {
        words.add(Words::HIDDEN);
    }
    if element.attr("id") == Some("secondary") {
        words.add(Words::ASIDE);
    }
    words
}

/// Whether `element` is not shown, or only in wide windows (`hidden md:block`), where no site leaves its main matter.
fn is_hidden(element: ElementRef<'_>) -> bool {
    let by_class = || {
        element.attr("class").is_some_and(|class| {
            class
                .split_ascii_whitespace()
                .any(|class| matches!(class, "hidden" | "is-hidden" | "invisible"))
        })
    };
    element.attr("hidden").is_some() || by_class()
}

/// Longest class attribute in bytes that is read: utility classes fill a few hundred.
const LONGEST_CLASS: usize = 1024;

/// Adds what the class or id `names` say, word by word: `most-read`, `mostRead` and `most_read` are two words each.
fn of_names(names: &str, words: &mut Words) {
    let mut cut = names.len().min(LONGEST_CLASS);
    while !names.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut word = [0_u8; 16];
    let mut length = 0;
    let mut previous = Previous::Other;
    let mut was_lower = false;
    for byte in names.as_bytes()[..cut].iter().copied().chain([b' ']) {
        let letter = byte.is_ascii_alphabetic();
        if length > 0 && (!letter || (byte.is_ascii_uppercase() && was_lower)) {
            let text = std::str::from_utf8(&word[..length]).unwrap_or_default();
            let ranks = matches!(text, "read" | "viewed" | "popular" | "shared" | "commented");
            match previous {
                Previous::Most if ranks => words.add(Words::RAIL),
                Previous::Negation => {}
                _ => words.add(of_word(text)),
            }
            previous = Previous::of(text);
            length = 0;
        }
        if letter && length < word.len() {
            word[length] = byte.to_ascii_lowercase();
            length += 1;
        }
        if byte == b' ' {
            previous = Previous::Other;
        }
        was_lower = byte.is_ascii_lowercase();
    }
}

/// The word before, in the same name.
#[derive(Clone, Copy)]
enum Previous {
    /// "most", as in "most-read".
    Most,
    /// "with", "has", "no": `with-sidebar` is what stands beside one.
    Negation,
    Other,
}

impl Previous {
    fn of(word: &str) -> Previous {
        match word {
            "most" => Previous::Most,
            "with" | "without" | "has" | "no" | "not" => Previous::Negation,
            _ => Previous::Other,
        }
    }
}

fn of_word(word: &str) -> Words {
    match word {
        "nav" | "navbar" | "navigation" | "menu" | "breadcrumb" | "breadcrumbs" | "submenu"
        | "megamenu" | "pagination" | "pager" | "toolbar" => Words::NAV,
        "sidebar" | "widget" | "aside" | "sidebars" => Words::ASIDE,
        "footer" | "colophon" => Words::FOOTER,
        "masthead" | "topbar" => Words::HEADER,
        "carousel" | "slider" | "ticker" | "swiper" | "slideshow" | "marquee" | "flexslider" => {
            Words::SLIDER
        }
        "related" | "popular" | "trending" | "recommended" | "mostread" | "mostpopular"
        | "recirc" | "populares" => Words::RAIL,
        "comments" | "respond" | "disqus" => Words::COMMENTS,
        "sponsored" | "advert" | "advertisement" | "outbrain" | "taboola" => Words::PROMO,
        "modal" | "offcanvas" | "popup" => Words::HIDDEN,
        "date" | "time" | "timestamp" | "datetime" | "published" | "pubdate" | "posted"
        | "fecha" | "datum" | "ago" => Words::DATE,
        "thumbnail" | "thumb" | "image" | "img" => Words::IMAGE,
        "title" | "headline" | "heading" | "titulo" | "titel" | "hed" | "titre" => Words::TITLE,
        "summary" | "excerpt" | "description" | "desc" | "teaser" | "dek" | "standfirst"
        | "intro" | "lead" | "abstract" | "deck" => Words::SUMMARY,
        "author" | "byline" | "authors" | "autor" | "writer" => Words::AUTHOR,
        _ => Words::default(),
    }
}

/// Whether `text` counts back from now ("3 hours ago", "منذ ساعتين"): `numbered` tells whether a digit stands in it.
pub fn says_ago(text: &str, numbered: bool) -> bool {
    const WITH_NUMBER: [&str; 22] = [
        " ago",
        "vor ",
        "hace ",
        "il y a",
        " fa",
        "há ",
        "назад",
        "тому",
        "önce",
        "前",
        "전",
        "قبل",
        "منذ",
        "لפני",
        "לפני",
        "πριν",
        "temu",
        "lalu",
        "yang lalu",
        "sedan",
        "siden",
        "আগে",
    ];
    numbered && text.len() <= 48 && WITH_NUMBER.iter().any(|word| text.contains(word))
}

/// Longest label in characters: "Most read in Technology" is one, a headline that holds "popular" is none.
const LONGEST_LABEL: usize = 36;

/// Whether `line` says that what stands under it was paid for.
pub fn is_promo_label(line: &str) -> bool {
    const LONGEST_LABEL_BYTES: usize = 48;
    line.len() <= LONGEST_LABEL_BYTES
        && labels::PROMOS
            .contains(&super::titles::folded(line).trim_matches(|c: char| !c.is_alphabetic()))
}

/// Whether `label` is what stands over a box of most-read, related or recommended stories.
pub fn is_rail_label(label: &str) -> bool {
    if label.is_empty() || label.chars().take(LONGEST_LABEL + 1).count() > LONGEST_LABEL {
        return false;
    }
    let folded = crate::text::fold(label);
    labels::RAILS.iter().any(|known| {
        folded
            .strip_prefix(known)
            .is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphabetic))
    })
}
