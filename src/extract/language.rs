//! What the page claims and the letters and words of its text → the language of the article, and which way it runs.

use whatlang::{Lang, Script};

use super::json::plain;
use super::survey::{MarkKind, Survey};
use super::verdict::Decided;
use super::witness::{Evidence, Field, Witness};
use crate::model::Direction;

/// Text that is enough to tell a language, in bytes.
const SAMPLE_BYTES: usize = 3_000;

/// Text in bytes that is looked at first.
const FIRST_BYTES: usize = 200;

/// Fewer letters than this tell nothing.
const FEW_LETTERS: usize = 40;

/// A language that some place claims.
struct Claim {
    tag: String,
    /// Which testimony it is; none for what the configuration or HTTP says.
    number: Option<usize>,
}

/// Decides the language: the page's claim where the text does not contradict it.
pub fn language(
    evidence: &Evidence,
    page: Option<&str>,
    configured: Option<&str>,
    sample: &str,
) -> Decided<Option<String>> {
    let claims = claims(evidence, page, configured);
    let claimed = |claim: &Claim, why| Decided::new(Some(claim.tag.clone()), why).by(claim.number);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    // The first lines mostly tell as much as all, at half of the cost.
    let first = &sample[..sample.floor_char_boundary(FIRST_BYTES)];
    if letters >= FEW_LETTERS
        && let Some(heard) = whatlang::detect(first).filter(whatlang::Info::is_reliable)
        && let Some(claim) = claims.first()
        && primary(&claim.tag) == code(heard.lang())
    {
        return claimed(claim, "the text is in the language that is claimed");
    }
    let heard = (letters >= FEW_LETTERS)
        .then(|| whatlang::detect(sample))
        .flatten();
    let Some(heard) = heard else {
        return claims.first().map_or_else(Decided::default, |claim| {
            claimed(claim, "the best claim: the text is too short to tell")
        });
    };
    let spoken = code(heard.lang());
    if let Some(claim) = claims.iter().find(|claim| primary(&claim.tag) == spoken) {
        return claimed(claim, "the text is in the language that is claimed");
    }
    match claims
        .iter()
        .find(|claim| is_possible(&claim.tag, heard.script()))
    {
        Some(claim) if !(heard.is_reliable() && is_told_apart(&claim.tag, spoken)) => {
            claimed(claim, "the text may be in the language that is claimed")
        }
        _ => Decided::new(Some(spoken.to_owned()), "the text itself tells"),
    }
}

/// The claims in the order of trust, as BCP 47 tags.
fn claims(evidence: &Evidence, page: Option<&str>, configured: Option<&str>) -> Vec<Claim> {
    let mut told: Vec<_> = evidence.of(Field::Language).collect();
    told.sort_by_key(|told| match told.place.as_ref() {
        "html lang" => 0,
        place if place.ends_with(".inLanguage") && told.witness != Witness::JsonLdPage => 1,
        "og:locale" => 3,
        _ => 2,
    });
    let told = told
        .into_iter()
        .map(|told| (told.value.as_str(), Some(told.number)));
    configured
        .map(|claim| (claim, None))
        .into_iter()
        .chain(told)
        .chain(page.map(|claim| (claim, None)))
        .filter_map(|(claim, number)| {
            let tag = tag(&plain(claim))?;
            Some(Claim { tag, number })
        })
        .collect()
}

/// A language tag as BCP 47 spells it (`pt-BR` from `pt_br`), or `None` where the text is none.
pub fn tag(text: &str) -> Option<String> {
    let first = text.split([',', ';', ' ', '.']).next()?.trim();
    let mut parts = first.split(['-', '_']);
    let primary = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_lowercase()) {
        return by_name(text);
    }
    let mut tag = match primary.as_str() {
        "iw" => "he".to_owned(),
        "in" => "id".to_owned(),
        "zxx" | "und" | "mul" => return None,
        _ => primary,
    };
    for part in parts {
        match part.len() {
            2 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag = format!("{tag}-{}", part.to_ascii_uppercase());
            }
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                let (head, tail) = part.split_at(1);
                tag = format!(
                    "{tag}-{}{}",
                    head.to_ascii_uppercase(),
                    tail.to_ascii_lowercase()
                );
            }
            // A part of the world, as the United Nations number them: Spanish of Latin America.
            3 if part.bytes().all(|b| b.is_ascii_digit()) => tag = format!("{tag}-{part}"),
            _ => break,
        }
    }
    Some(tag)
}

fn by_name(text: &str) -> Option<String> {
    let code = match text.trim().to_lowercase().as_str() {
        "english" => "en",
        "german" | "deutsch" => "de",
        "french" | "français" => "fr",
        "spanish" | "español" => "es",
        "arabic" | "العربية" => "ar",
        "russian" | "русский" => "ru",
        "italian" | "italiano" => "it",
        "portuguese" | "português" => "pt",
        "chinese" => "zh",
        "japanese" => "ja",
        "turkish" | "türkçe" => "tr",
        _ => return None,
    };
    Some(code.to_owned())
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Languages that whatlang takes for each other: there the claim is believed.
const KIN: [&[&str]; 9] = [
    &["da", "nb", "no", "nn", "sv"],
    &["sr", "hr", "bs", "sl", "mk", "sh"],
    &["id", "ms", "jv", "su"],
    &["es", "gl", "ca", "pt", "eu", "ast", "oc"],
    &["ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg", "tt"],
    &["ar", "fa", "ur", "ps", "ckb", "ku", "sd", "ug"],
    &["hi", "mr", "ne", "sa", "bho"],
    &["cs", "sk"],
    &["zu", "xh", "sn", "st", "tn", "af", "nl", "ss"],
];

/// Whether whatlang can tell the claimed language from the spoken one.
fn is_told_apart(claim: &str, spoken: &str) -> bool {
    let claim = primary(claim);
    let known = Lang::all().iter().any(|lang| code(*lang) == claim);
    known
        && !KIN
            .iter()
            .any(|kin| kin.contains(&claim) && kin.contains(&spoken))
}

/// Whether a text of `script` can be in the claimed language, as far as the script alone tells.
fn is_possible(claim: &str, script: Script) -> bool {
    let own: &[&str] = match script {
        Script::Arabic => &[
            "ar", "fa", "ur", "ps", "ckb", "ku", "sd", "ug", "az", "ks", "pa",
        ],
        Script::Hebrew => &["he", "yi"],
        Script::Cyrillic => &[
            "ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "uz", "bs", "ba",
            "ce", "os", "az",
        ],
        Script::Greek => &["el"],
        Script::Mandarin => &["zh", "ja", "yue"],
        Script::Hiragana | Script::Katakana => &["ja"],
        Script::Hangul => &["ko"],
        Script::Devanagari => &["hi", "mr", "ne", "sa", "bho", "mai"],
        Script::Thai => &["th"],
        Script::Georgian => &["ka"],
        Script::Armenian => &["hy"],
        Script::Bengali => &["bn", "as"],
        Script::Tamil => &["ta"],
        Script::Telugu => &["te"],
        Script::Kannada => &["kn"],
        Script::Malayalam => &["ml"],
        Script::Gujarati => &["gu"],
        Script::Gurmukhi => &["pa"],
        Script::Sinhala => &["si"],
        Script::Khmer => &["km"],
        Script::Myanmar => &["my"],
        Script::Ethiopic => &["am", "ti"],
        _ => return !is_of_another_script(primary(claim)),
    };
    own.contains(&primary(claim))
}

/// Languages that are not written in Latin letters.
fn is_of_another_script(code: &str) -> bool {
    matches!(
        code,
        "ar" | "fa"
            | "ur"
            | "he"
            | "ru"
            | "uk"
            | "be"
            | "bg"
            | "el"
            | "zh"
            | "ja"
            | "ko"
            | "hi"
            | "th"
            | "ka"
            | "hy"
            | "bn"
            | "ta"
            | "te"
            | "kn"
            | "ml"
            | "gu"
            | "si"
            | "km"
            | "my"
            | "am"
    )
}

/// ISO 639-1 of a language that whatlang knows.
fn code(lang: Lang) -> &'static str {
    let known = CODES.iter().find(|(known, _)| *known == lang);
    known.map_or("und", |(_, code)| code)
}

/// The languages that whatlang knows, and their codes.
#[rustfmt::skip]
const CODES: [(Lang, &str); 69] = [
    (Lang::Epo, "eo"), (Lang::Eng, "en"), (Lang::Rus, "ru"), (Lang::Cmn, "zh"), (Lang::Spa, "es"),
    (Lang::Por, "pt"), (Lang::Ita, "it"), (Lang::Ben, "bn"), (Lang::Fra, "fr"), (Lang::Deu, "de"),
    (Lang::Ukr, "uk"), (Lang::Kat, "ka"), (Lang::Ara, "ar"), (Lang::Hin, "hi"), (Lang::Jpn, "ja"),
    (Lang::Heb, "he"), (Lang::Yid, "yi"), (Lang::Pol, "pl"), (Lang::Amh, "am"), (Lang::Jav, "jv"),
    (Lang::Kor, "ko"), (Lang::Nob, "no"), (Lang::Dan, "da"), (Lang::Swe, "sv"), (Lang::Fin, "fi"),
    (Lang::Tur, "tr"), (Lang::Nld, "nl"), (Lang::Hun, "hu"), (Lang::Ces, "cs"), (Lang::Ell, "el"),
    (Lang::Bul, "bg"), (Lang::Bel, "be"), (Lang::Mar, "mr"), (Lang::Kan, "kn"), (Lang::Ron, "ro"),
    (Lang::Slv, "sl"), (Lang::Hrv, "hr"), (Lang::Srp, "sr"), (Lang::Mkd, "mk"), (Lang::Lit, "lt"),
    (Lang::Lav, "lv"), (Lang::Est, "et"), (Lang::Tam, "ta"), (Lang::Vie, "vi"), (Lang::Urd, "ur"),
    (Lang::Tha, "th"), (Lang::Guj, "gu"), (Lang::Uzb, "uz"), (Lang::Pan, "pa"), (Lang::Aze, "az"),
    (Lang::Ind, "id"), (Lang::Tel, "te"), (Lang::Pes, "fa"), (Lang::Mal, "ml"), (Lang::Ori, "or"),
    (Lang::Mya, "my"), (Lang::Nep, "ne"), (Lang::Sin, "si"), (Lang::Khm, "km"), (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"), (Lang::Zul, "zu"), (Lang::Sna, "sn"), (Lang::Afr, "af"), (Lang::Lat, "la"),
    (Lang::Slk, "sk"), (Lang::Cat, "ca"), (Lang::Tgl, "tl"), (Lang::Hye, "hy"),
];

/// Which way the text runs: its letters tell, then the language.
pub fn direction(language: Option<&str>, claimed: Option<&str>, sample: &str) -> Option<Direction> {
    let right = sample.chars().filter(|c| is_right_to_left(*c)).count();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= FEW_LETTERS {
        return Some(if right * 2 > letters {
            Direction::Rtl
        } else {
            Direction::Ltr
        });
    }
    match (claimed.map(str::to_ascii_lowercase).as_deref(), language) {
        (Some("rtl"), _) => Some(Direction::Rtl),
        (Some("ltr"), _) => Some(Direction::Ltr),
        (_, Some(language)) => Some(match primary(language) {
            "ar" | "fa" | "ur" | "he" | "yi" | "ps" | "ckb" | "sd" | "ug" | "dv" => Direction::Rtl,
            _ => Direction::Ltr,
        }),
        (_, None) => None,
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Text to tell the language by: the paragraphs that are not elsewhere's, bounded.
pub fn sample(survey: &Survey<'_>, title: Option<usize>) -> String {
    let mut sample = String::new();
    for mark in survey.marks(MarkKind::Paragraph) {
        if sample.len() > SAMPLE_BYTES {
            break;
        }
        if !survey.is_foreign(mark, title) {
            sample.push_str(&crate::html::text(mark.element));
            sample.push('\n');
        }
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_tag_is_spelled_as_bcp_47_has_it() {
        for (text, expected) in [
            ("en", Some("en")),
            ("EN_us", Some("en-US")),
            ("pt-br", Some("pt-BR")),
            ("zh-hans-cn", Some("zh-Hans-CN")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("es-419", Some("es-419")),
            ("English", Some("en")),
            ("iw", Some("he")),
            ("fr, en", Some("fr")),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(tag(text).as_deref(), expected, "{text}");
        }
    }
}
