//! A byline as printed, in any script → the persons and desks it names, one each.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::text::squeeze;

/// Longest name in characters; "The Editorial Board of the Northern Territory Times" has fifty.
const NAME_CHARS: usize = 70;

/// Most words of a name.
const NAME_WORDS: usize = 8;

/// The names in `text`, without lead words, jobs, mail addresses and places.
pub fn names(text: &str) -> Vec<String> {
    let text = squeeze(text);
    let text = DATED.replace(&text, "");
    let text = OTHER_WORK.replace_all(&text, "");
    let text = AFTER.replace(&text, "");
    // "(Brussels, European office)" holds a comma that parts no names.
    let text = match text.find(['(', '[', '（']) {
        None | Some(0) => text,
        Some(_) => BRACKETS.replace_all(&text, " ").into_owned().into(),
    };
    let mut names: Vec<String> = Vec::new();
    for part in SEPARATORS.split(&without_lead(&text)) {
        if let Some(name) = name(part)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// What stands in brackets, or from an open bracket on.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[\(\[（].*?(?:[\)\]）]|$)"));

/// What stands between two names.
static SEPARATORS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*[;|•·،、・，]\s*|\s*,\s+|\s+/\s+|\s+(?:and|und|et|og|och|ja|oraz|и|та|και|ve|dan|en|with|mit|avec|con|și)\s+|\s+(?:y|e|i|a)\s+|\s+&\s+|\s+و\s*|\s+[–—-]\s+|\n",
    )
});

/// "By", and what else stands before names.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:(?:view )?all (?:posts|articles|stories) (?:by|from)|more (?:by|from)|written|words|text|story|reported|posted|published|article|report|analysis|interview|compiled|edited|opinion|author|authors|autor(?:in|en|es|a)?|auteure?s?|autore|autori|автор(?:ы|и)?|текст|von|verfasst von|geschrieben von|ein(?:e|er)? (?:analyse|kommentar|beitrag|artikel|bericht|reportage|interview|kolumne|gastbeitrag) von|escrito por|publicado por|texto|por|par|écrit par|publié par|propos recueillis par|di|scritto da|da|de|af|av|door|przez|oleh|penulis|yazan|yazar|haber|from|by|text by|words by|story by|كتب(?:ت)?|كتبه|كتب بواسطة|بقلم|إعداد|تقرير|الكاتب(?:ة)?|نوشته|نویسنده|מאת|लेखक|द्वारा)\s*(?:[:：]|by\b|\s)\s*|(?:작성자|글|著者|作者|文/|文|記者|记者|撰文|責編|责编|编辑|編集|翻訳者|イラスト)\s*[:：/／]?\s*)+",
    )
});

/// A date before the names: "Posted on 21 September 2020 by".
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:posted|published|written|veröffentlicht|erstellt|geschrieben|publié|publicado|pubblicato)\s+(?:on|am|le|el|il)\s.{4,40}?\s(?:by|von|par|por|da)\s+",
    )
});

/// What follows the names in a byline: a date, a clock, the time that reading takes, buttons, who the person is.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*(?:[|•·–—,-]\s*)?(?:\b(?:published|publié|publiziert|posted on|updated|last updated|veröffentlicht|aktualisiert|erstellt|publicado|actualizado|pubblicato|lesedauer|lesezeit|reading time|follow|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)|le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.? \d)|\bstand:|\b(?:is|was) (?:a|an|the|our)\b|\bist (?:ein|eine|der|die)\b|\best une?\b|\bes una?\b|\bin \p{Lu}\w+ on\b|(?:^|[\s|,(])\d|\d{4}[-/.年]).*$",
    )
});

/// Names of those who drew, took or translated something, which are not who wrote.
static OTHER_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:illustrat(?:ion|ions|ed)|photo(?:graph)?s?|photography|video|translated|translation|fotos?|images?|graphics?)(?:\s+(?:by|von|par|de)|\s*:)\s.*$",
    )
});

fn without_lead(text: &str) -> String {
    let text = LEAD.replace(text, "");
    // "ByJane Doe", where the page parts the two by style alone.
    match text.strip_prefix("By") {
        Some(rest) if rest.starts_with(char::is_uppercase) => rest.to_owned(),
        _ => text.into_owned(),
    }
}

/// Without what somebody did, before "by" and the name: "Edited by Jane Doe". Who only reviewed a text did not write it, and whose
/// money it was is said as it stands.
fn without_deed(part: &str) -> &str {
    static DEED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(.*[\p{L}:])\s+by:?\s+(\S.*)$"));
    static REVIEW: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:review|check|verified|approved|powered)"));
    static MONEY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:sponsor|presented|funded|supported|paid)"));
    match DEED.captures(part) {
        Some(found) if REVIEW.is_match(&found[1]) => "",
        Some(found) if !MONEY.is_match(&found[1]) => {
            found.get(2).map_or(part, |name| name.as_str())
        }
        _ => part,
    }
}

/// One name, if `part` is one.
fn name(part: &str) -> Option<String> {
    static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[\(\[（].*?(?:[\)\]）]|$)"));
    static MAIL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\S+@\S+\.\S+|https?://\S+|www\.\S+|\s*@\w+"));
    static TITLE_AFTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s+(?:기자|특파원|記者|记者)$"));
    let part = if part.contains(['@', '.', '/']) {
        MAIL.replace_all(part, " ")
    } else {
        part.into()
    };
    let part = match part.trim().strip_prefix('[') {
        Some(inner) => inner.trim_end_matches(']').to_owned(),
        None => BRACKETS.replace_all(&part, " ").into_owned(),
    };
    let part = squeeze(&part);
    let part = without_lead(without_deed(&part));
    let part = TITLE_AFTER.replace(&part, "");
    let part = part
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’'))
        .trim_start_matches('.')
        .trim();
    is_name(part).then(|| part.to_owned())
}

/// Whether `text` can be a name at all: letters, few words, no number of more than two digits, none of the words that jobs and
/// buttons are made of.
fn is_name(text: &str) -> bool {
    static NEVER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:par|por|da|powered by|updated|published|posted|share|follow|comments?|read|min|minutes?|photo|image|getty|admin|administrator|null|undefined|none|unknown|anonymous|n/a|home|more|about|contact|staff writer|reporter|editor|author|by|von|staff|correspondent|see full bio|view|subscribe|advertisement|foto|user|guest|webmaster|wordpress|uncategorized|nachrichtenagentur|publiziert am|uhr|m\.?d\.?|ph\.?d\.?|r\.?n\.?|mba|esq\.?|jr\.?|rss|twitter|facebook|linkedin|instagram|email|e-mail|print|writer)$|^(?:updated|published|posted|last updated|follow|share|read |see |view |more |click|sign|log ?in|get |on |in |quelle|source)|\d{3,}|\b(?:am|pm)\b.*\d|\d:\d|©|\bcopyright\b|guidelines",
        )
    });
    static JOB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:editor|reporter|correspondent|writer|producer|columnist|contributor|journalist|redakteur(?:in)?|redaktor|korrespondent(?:in)?|journaliste?|rédacteur|rédactrice|periodista|redactora?|corresponsal|giornalista|director|manager|analyst|professor|senior|chief|head of|ceo|founder|president|fellow)\b",
        )
    });
    let chars = text.chars().count();
    let words = text.split_whitespace().count();
    (2..=NAME_CHARS).contains(&chars)
        && !is_phrase(text)
        && words <= NAME_WORDS
        && text.chars().any(char::is_alphabetic)
        && !NEVER.is_match(text)
        && !JOB.is_match(text)
}

/// Whether these are words of a sentence: several, and none of them begins with a capital in a script that has them.
fn is_phrase(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.clone().count() > 1
        && words.all(|word| word.chars().next().is_some_and(char::is_lowercase))
}

/// Whether a name says little: a login, or a desk that every newsroom has. A person named elsewhere is better.
pub fn is_vague(name: &str) -> bool {
    static DESK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:the )?(?:editorial|news|web|online)? ?(?:redaktion|redacción|rédaction|redazione|redaction|редакция|редакція|редакции|editorial(?: (?:team|board|staff))?|staff|team|newsroom|desk|editors?)|admin|التحرير|هيئة التحرير|editor)$",
        )
    });
    let is_login = !name.contains(char::is_whitespace)
        && name.is_ascii()
        && !name.contains(|c: char| c.is_ascii_uppercase());
    is_login || DESK.is_match(name)
}

/// The agency in "Source: Agencies".
pub fn source(text: &str) -> String {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s*(?:source|quelle|fuente|fonte|bron|kaynak|источник|джерело|المصدر|منبع|来源|來源|출처)s?\s*[:：]\s*",
        )
    });
    squeeze(&LABEL.replace(text, ""))
}

/// Whether `name` is an agency: a source rather than an author where it stands beside a person.
pub fn is_agency(name: &str) -> bool {
    static AGENCY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:the |agencia |agence |agenzia |agentur |agência )?(?:agenc(?:y|ies)|agencias|agences|agenturen|agenzie|وكالات|رويترز|أ ?ف ?ب|فرانس برس|سبوتنيك|الأناضول|reuters|afp|agence france[- ]presse|ap|associated press|dpa(?:[-/ ].*)?|sid(?:/.*)?|efe|ansa|apa|sda|keystone-sda|ats|belga|anp|tass|tacc|тасс|риа новости|ria novosti|sputnik|xinhua|kyodo|yonhap|jiji(?: press)?|pti|ians|ani|anadolu(?: agency| ajansı)?|aa|europa press|lusa|ritzau|ntb|tt|pap|ctk|čtk|mti|interfax|bloomberg|upi|pa media|press association|pa|canadian press|aap|bernama|antara|irna|wam|spa|qna|mena|wafa|sid|epd|kna|afp/.*|reuters/.*|新华社|新華社|共同通信|時事通信|中央社|연합뉴스)$",
        )
    });
    AGENCY.is_match(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_its_persons() {
        for (text, expected) in [
            ("By Jane Doe", vec!["Jane Doe"]),
            ("By Jane Doe and John Roe", vec!["Jane Doe", "John Roe"]),
            (
                "Von Anna Muster, Berlin und Max Beispiel",
                vec!["Anna Muster", "Berlin", "Max Beispiel"],
            ),
            ("Jane Doe, Senior Reporter", vec!["Jane Doe"]),
            ("بقلم: علي حسن، مريم نور", vec!["علي حسن", "مريم نور"]),
            (
                "Par Jean Dupont et Marie Durand",
                vec!["Jean Dupont", "Marie Durand"],
            ),
            ("Jane Doe (jane@a.example)", vec!["Jane Doe"]),
            ("责编：甲乙、丙丁", vec!["甲乙", "丙丁"]),
            ("Jane Doe (Brussels, European office)", vec!["Jane Doe"]),
            (
                "Written by Jane Doe in Games on 1 June 2019 at 08:34 PM EDT.",
                vec!["Jane Doe"],
            ),
            ("ByJane Doe", vec!["Jane Doe"]),
            (
                "By Jane Doe Published on 06/01/2026 - 14:16 UTC+1",
                vec!["Jane Doe"],
            ),
            ("Jane Doe Dec 17, 2024", vec!["Jane Doe"]),
            ("View all posts by Jane Doe", vec!["Jane Doe"]),
            ("Posted on September 21, 2020 by Jane Doe", vec!["Jane Doe"]),
            (
                "Jane Doe is a reporter and has kept bees for over 15 years.",
                vec!["Jane Doe"],
            ),
            ("Powered by", vec![]),
            (
                "All newsEdited by Jane Doe (with agencies)",
                vec!["Jane Doe"],
            ),
            ("Medically reviewed by John Roe", vec![]),
            ("Sponsored by Example", vec!["Sponsored by Example"]),
            ("Jane Doe, Illustration by John Roe", vec!["Jane Doe"]),
            ("[田中宏，甲乙]", vec!["田中宏", "甲乙"]),
            ("홍길동 기자", vec!["홍길동"]),
            ("12:20pm Jan 7, 2024", vec![]),
            ("admin", vec![]),
            ("political commentator", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
