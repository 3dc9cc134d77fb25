//! Bytes of an answer → text, by what the bytes themselves show first and by what labels say second.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Bytes at the start of a page in which its own label is looked for. HTML asks for 1,024; pages that begin with long
/// comments or scripts have it later.
const PRESCAN_BYTES: usize = 4096;

/// Bytes that are shown to the guess: more text than any language needs, and no more time than a page is worth.
const GUESS_BYTES: usize = 64 * 1024;

/// Well-formed sequences that must stand against each broken one for a charset to be believed. In a text of another
/// charset they are about as many; a text cut or joined without care has a few broken ones in thousands.
const WHOLE_TO_BROKEN: usize = 4;

/// The text of `bytes`: by byte-order mark; else as UTF-8 where they can hardly be anything else, whatever a label says;
/// else by the label of `content_type`, by the page's own label, or by a guess. Control characters are left out.
pub fn decode(bytes: &[u8], content_type: &str) -> String {
    let (encoding, mark) =
        Encoding::for_bom(bytes).unwrap_or_else(|| (encoding_of(bytes, content_type), 0));
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    without_controls(text)
}

fn encoding_of(bytes: &[u8], content_type: &str) -> &'static Encoding {
    let label = charset_in(content_type.as_bytes()).or_else(|| own_label(bytes));
    match label {
        Some(encoding) if !encoding.is_ascii_compatible() => encoding,
        _ if is_utf8(bytes) => UTF_8,
        Some(encoding) if encoding != UTF_8 && reads_well(bytes, encoding) => encoding,
        _ => guess(bytes),
    }
}

/// Whether `bytes` are UTF-8, perhaps with a few broken places.
fn is_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 0 && whole >= broken * WHOLE_TO_BROKEN
}

/// Whether `encoding` reads `bytes` with no more than a few broken places.
fn reads_well(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    if !has_errors {
        return true;
    }
    let other = text.chars().filter(|c| !c.is_ascii()).count();
    let broken = text
        .chars()
        .filter(|c| *c == char::REPLACEMENT_CHARACTER)
        .count();
    other - broken >= broken * WHOLE_TO_BROKEN
}

/// What the text looks like, from its first letter beyond ASCII on.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[start..bytes.len().min(start + GUESS_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The charset that the page names itself: in its XML declaration or in a `meta` element (HTML, 13.2.3.2).
fn own_label(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let found = xml_label(head).or_else(|| meta_label(head))?;
    if found == UTF_16LE || found == UTF_16BE {
        // Its label could be read byte by byte, so it is not in UTF-16.
        Some(UTF_8)
    } else if found == X_USER_DEFINED {
        Some(WINDOWS_1252)
    } else {
        Some(found)
    }
}

fn xml_label(head: &[u8]) -> Option<&'static Encoding> {
    let start = head.trim_ascii_start();
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = find(declaration, b"?>")?;
    value_after(&declaration[..end], b"encoding")
}

fn meta_label(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(open) = find(rest, b"<") {
        rest = &rest[open..];
        if rest.starts_with(b"<!--") {
            rest = &rest[find(rest, b"-->")?..];
        } else if is_meta(rest) {
            let end = find(rest, b">").unwrap_or(rest.len());
            if let Some(encoding) = charset_in(&rest[..end]) {
                return Some(encoding);
            }
        }
        rest = &rest[1..];
    }
    None
}

fn is_meta(markup: &[u8]) -> bool {
    markup
        .get(1..5)
        .is_some_and(|name| name.eq_ignore_ascii_case(b"meta"))
}

/// The charset after `charset=` in a `Content-Type` or a `meta` element.
fn charset_in(text: &[u8]) -> Option<&'static Encoding> {
    value_after(text, b"charset")
}

/// The charset that stands, bare or quoted, after `name` and an equals sign.
fn value_after(text: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = text
        .windows(name.len())
        .position(|window| window.eq_ignore_ascii_case(name))?;
    let rest = text[at + name.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| {
            matches!(byte, b'"' | b'\'' | b';' | b'>' | b'/') || byte.is_ascii_whitespace()
        })
        .unwrap_or(rest.len());
    // Some labels stand for charsets that are no longer read for safety; they say nothing then.
    Encoding::for_label(&rest[..end]).filter(|encoding| *encoding != REPLACEMENT)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

/// The text without the control characters that neither HTML nor XML nor JSON has a use for.
fn without_controls(text: Cow<'_, str>) -> String {
    let is_control = |byte: u8| matches!(byte, 0..=8 | 11 | 14..=31 | 127);
    if !text.bytes().any(is_control) {
        return text.into_owned();
    }
    text.replace(|c: char| u8::try_from(c).is_ok_and(is_control), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, GB18030, ISO_2022_JP, SHIFT_JIS, WINDOWS_1251, WINDOWS_1256};

    const ENGLISH: &str = "The café’s naïve owner";
    const RUSSIAN: &str =
        "Совет города отложил голосование о новом мосте через реку до следующей недели";
    const ARABIC: &str =
        "أعلنت بلدية المدينة اليوم عن افتتاح الميناء الجديد أمام سفن الصيد بعد شهور من العمل";
    const CHINESE: &str = "市政府今天宣布，新的港口将于下个月向渔船开放，㐂";
    const JAPANESE: &str = "市は新しい港を来月から漁船に開放すると発表しました。";
    const KOREAN: &str = "시는 다음 달부터 새 항구를 어선에 개방한다고 발표했다";

    fn in_charset(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn page(head: &str, text: &str) -> String {
        format!("<html><head>{head}</head><body><p>{text}</p></body></html>")
    }

    #[test]
    fn a_page_is_read_in_the_charset_that_it_is_in() {
        for (why, head, text, encoding, content_type) in [
            ("no label", "", ENGLISH, UTF_8, ""),
            (
                "label of the answer",
                "",
                RUSSIAN,
                WINDOWS_1251,
                "text/html; charset=windows-1251",
            ),
            (
                "quoted label",
                "",
                RUSSIAN,
                WINDOWS_1251,
                "text/html; Charset=\"CP1251\"; x=y",
            ),
            (
                "label of the page",
                "<meta charset=windows-1251>",
                RUSSIAN,
                WINDOWS_1251,
                "text/html",
            ),
            (
                "old label of the page",
                "<META http-equiv='Content-Type' content='text/html; charset=gb2312'/>",
                CHINESE,
                GB18030,
                "text/html",
            ),
            (
                "label after a comment",
                "<!-- <meta charset=big5> --><meta charset='euc-kr'>",
                KOREAN,
                EUC_KR,
                "",
            ),
            (
                "UTF-8 under a wrong label",
                "<meta charset=gb2312>",
                CHINESE,
                UTF_8,
                "text/html; charset=GBK",
            ),
            (
                "UTF-8 under Latin 1",
                "",
                ENGLISH,
                UTF_8,
                "text/html; charset=iso-8859-1",
            ),
            (
                "another charset under UTF-8",
                "<meta charset=utf-8>",
                ARABIC,
                WINDOWS_1256,
                "text/html; charset=utf-8",
            ),
            ("no label, Arabic", "", ARABIC, WINDOWS_1256, "text/html"),
            ("no label, Russian", "", RUSSIAN, WINDOWS_1251, "text/html"),
            ("no label, Japanese", "", JAPANESE, SHIFT_JIS, "text/html"),
            (
                "unknown label",
                "<meta charset=klingon>",
                JAPANESE,
                SHIFT_JIS,
                "text/html; charset=none",
            ),
            (
                "a label that is read no more",
                "",
                ENGLISH,
                UTF_8,
                "text/html; charset=iso-2022-kr",
            ),
            (
                "seven bits",
                "",
                JAPANESE,
                ISO_2022_JP,
                "text/html; charset=iso-2022-jp",
            ),
            (
                "a wrong label of many bytes",
                "",
                RUSSIAN,
                WINDOWS_1251,
                "text/html; charset=euc-jp",
            ),
            (
                "traditional",
                "<meta charset=big5>",
                "市政府今天宣布，新的港口將於下個月開放",
                BIG5,
                "",
            ),
        ] {
            let page = page(head, text);
            assert_eq!(
                decode(&in_charset(&page, encoding), content_type),
                page,
                "{why}"
            );
        }
    }

    #[test]
    fn a_byte_order_mark_wins_over_every_label() {
        let utf_16 = |big: bool| -> Vec<u8> {
            let order = if big {
                u16::to_be_bytes
            } else {
                u16::to_le_bytes
            };
            "\u{feff}غزة 1".encode_utf16().flat_map(order).collect()
        };
        for (bytes, text) in [
            ("\u{feff}غزة 1".as_bytes().to_vec(), "غزة 1"),
            (utf_16(true), "غزة 1"),
            (utf_16(false), "غزة 1"),
        ] {
            assert_eq!(decode(&bytes, "text/html; charset=windows-1251"), text);
        }
    }

    #[test]
    fn a_declaration_of_xml_is_a_label() {
        let feed = format!("<?xml version='1.0' encoding='windows-1251'?><rss>{RUSSIAN}</rss>");
        assert_eq!(
            decode(&in_charset(&feed, WINDOWS_1251), "application/xml"),
            feed
        );
    }

    #[test]
    fn a_few_broken_places_do_not_change_the_charset() {
        let mut bytes = page("", ARABIC).into_bytes();
        let end = bytes.len() - 20;
        bytes.insert(end, 0xd8);
        for content_type in [
            "text/html; charset=utf-8",
            "text/html",
            "text/html; charset=windows-1252",
        ] {
            let text = decode(&bytes, content_type);
            assert!(text.contains("أعلنت بلدية المدينة"), "{content_type}");
            assert_eq!(text.matches('\u{fffd}').count(), 1, "{content_type}");
        }
    }

    #[test]
    fn control_characters_are_left_out() {
        for (bytes, text) in [
            (&b"a\0b\x08\x1bc\x7f\r\n\td"[..], "abc\r\n\td"),
            (&b"\0"[..], ""),
            (&b""[..], ""),
        ] {
            assert_eq!(decode(bytes, "text/html; charset=utf-8"), text);
        }
    }

    #[test]
    fn any_bytes_become_text() {
        let every: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        for content_type in [
            "",
            "text/html; charset=",
            "charset==;",
            "x; charset=\"utf-16",
            "text/xml; charset=shift_jis",
        ] {
            assert!(!decode(&every, content_type).is_empty(), "{content_type}");
            decode(&every[..1], content_type);
        }
        decode(b"<?xml", "");
        decode(b"<meta charset", "");
        decode("<meta charset=".repeat(10_000).as_bytes(), "");
    }
}
