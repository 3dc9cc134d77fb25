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

/// What stands between two names.
static SEPARATORS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*[;|•·،、・]\s*|\s*,\s+|\s+/\s+|\s+(?:and|und|et|og|och|ja|oraz|и|и|та|και|ve|dan|en|with|mit|avec|con|și)\s+|\s+(?:y|e|i|a)\s+|\s+&\s+|\s+و\s*|\s+[–—-]\s+|\n",
    )
});

/// "By", and what else stands before names.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:written|words|text|story|reported|posted|published|article|report|analysis|interview|photos?|compiled|edited|opinion|author|authors|autor(?:in|en|es|a)?|auteure?s?|autore|autori|автор(?:ы|и)?|текст|von|verfasst von|geschrieben von|ein(?:e|er)? (?:analyse|kommentar|beitrag|artikel|bericht|reportage|interview|kolumne|gastbeitrag) von|escrito por|publicado por|texto|por|par|écrit par|publié par|propos recueillis par|di|scritto da|da|de|af|av|door|przez|oleh|penulis|yazan|yazar|haber|from|by|text by|words by|story by|كتب(?:ت)?|كتبه|كتب بواسطة|بقلم|إعداد|تقرير|الكاتب(?:ة)?|المصدر|نوشته|نویسنده|מאת|문|글|作者|文|記者|撰文|責編|责编|编辑|編集|लेखक|द्वारा|by)\s*(?:[:：]|by|\s)\s*)+",
    )
});

fn without_lead(text: &str) -> String {
    LEAD.replace(text, "").into_owned()
}

/// One name, if `part` is one.
fn name(part: &str) -> Option<String> {
    static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[\(\[（].*?(?:[\)\]）]|$)"));
    static MAIL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\S+@\S+|https?://\S+|www\.\S+|(?:^|\s)@\w+"));
    let part = MAIL.replace_all(part, " ");
    let part = BRACKETS.replace_all(&part, " ");
    let part = without_lead(&squeeze(&part));
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
            r"(?i)^(?:updated|published|posted|share|follow|comments?|read|min|minutes?|photo|image|getty|admin|administrator|null|undefined|none|unknown|anonymous|n/a|home|more|about|contact|staff writer|reporter|editor|author|by|von|staff|correspondent|see full bio|view|subscribe|advertisement|foto|user|guest|webmaster|wordpress|uncategorized)$|^(?:updated|published|posted|last updated|follow|share|read |see |view |more |click|sign|log ?in|get |on )|\d{3,}|\b(?:am|pm)\b.*\d|©|\bcopyright\b",
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
        && words <= NAME_WORDS
        && text.chars().any(char::is_alphabetic)
        && !NEVER.is_match(text)
        && !JOB.is_match(text)
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
            r"(?i)^(?:the )?(?:agenc(?:y|ies)|agencias|agences|agenturen|agenzie|وكالات|رويترز|أ ?ف ?ب|فرانس برس|سبوتنيك|الأناضول|reuters|afp|agence france[- ]presse|ap|associated press|dpa(?:[-/ ].*)?|efe|ansa|apa|sda|keystone-sda|ats|belga|anp|tass|tacc|тасс|риа новости|ria novosti|sputnik|xinhua|kyodo|yonhap|jiji(?: press)?|pti|ians|ani|anadolu(?: agency| ajansı)?|aa|europa press|lusa|ritzau|ntb|tt|pap|ctk|čtk|mti|interfax|bloomberg|upi|pa media|press association|pa|canadian press|aap|bernama|antara|irna|wam|spa|qna|mena|wafa|sid|epd|kna|afp/.*|reuters/.*|新华社|新華社|共同通信|時事通信|中央社|연합뉴스)$",
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
            ("admin", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
