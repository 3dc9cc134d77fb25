//! An answer's body, chunk by chunk → its bytes, unpacked, within a bound; or what it is instead of text.

use std::io::Read;

use flate2::read::MultiGzDecoder;

/// Bytes at the start of a body by which it is told from text.
const SNIFF_BYTES: usize = 1024;

/// Control characters among the first bytes that a text may have: one in so many. A page with a stray NUL stays a page.
const CONTROLS_ONE_IN: usize = 10;

/// How binary files begin, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or a film"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"wOFF", "a typeface"),
    (b"wOF2", "a typeface"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
];

/// Why a gzip file could not be unpacked.
#[derive(Debug, PartialEq, Eq)]
pub enum NotUnpacked {
    /// It is larger than the bound.
    TooLarge,
    /// It is damaged. A part of a sentence says how.
    Damaged(String),
}

/// What a body of this media type is, if the type alone says that it is not text.
pub fn kind_by_type(media_type: &str) -> Option<&'static str> {
    let (kind, subtype) = media_type.split_once('/')?;
    match (kind, subtype) {
        ("image", "svg+xml") => None,
        ("image", _) => Some("a picture"),
        ("audio", _) => Some("a sound"),
        ("video", _) => Some("a film"),
        ("font", _) => Some("a typeface"),
        ("application", "pdf") => Some("a PDF document"),
        ("application", "zip") => Some("a ZIP archive"),
        _ => None,
    }
}

/// What `bytes` are, if they are not text: by their signature, or by control characters that no text has.
pub fn kind_by_bytes(bytes: &[u8]) -> Option<&'static str> {
    let signature = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    if let Some((_, kind)) = signature {
        return Some(kind);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a film");
    }
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31);
    let controls = head.iter().filter(is_control).count();
    // UTF-16 has a NUL in every second byte of a Western text, and says so.
    let says_utf_16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    (controls * CONTROLS_ONE_IN > head.len() && !says_utf_16).then_some("a binary file")
}

/// `bytes`, unpacked where they are a gzip file (a packed sitemap, sent as a file and not as a content coding).
pub fn unpacked(bytes: Vec<u8>, limit_bytes: u64) -> Result<Vec<u8>, NotUnpacked> {
    if !bytes.starts_with(b"\x1f\x8b\x08") {
        return Ok(bytes);
    }
    let mut out = Vec::new();
    MultiGzDecoder::new(&bytes[..])
        .take(limit_bytes.saturating_add(1))
        .read_to_end(&mut out)
        .map_err(|error| NotUnpacked::Damaged(format!("its gzip file is damaged ({error})")))?;
    if out.len() as u64 > limit_bytes {
        return Err(NotUnpacked::TooLarge);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn a_gzip_file_is_unpacked_within_its_bound() {
        for (bytes, limit, unpacked_to) in [
            (b"plain".to_vec(), 3, Ok(b"plain".to_vec())),
            (packed(b"<urlset/>"), 9, Ok(b"<urlset/>".to_vec())),
            (packed(b"<urlset/>"), 8, Err(NotUnpacked::TooLarge)),
            (
                packed(&[0; 10_000_000]),
                1_000_000,
                Err(NotUnpacked::TooLarge),
            ),
            ([packed(b"a"), packed(b"b")].concat(), 9, Ok(b"ab".to_vec())),
        ] {
            assert_eq!(unpacked(bytes, limit), unpacked_to);
        }
        let cut = packed(b"<urlset/>")[..15].to_vec();
        assert!(matches!(unpacked(cut, 100), Err(NotUnpacked::Damaged(_))));
    }

    #[test]
    fn what_is_not_text_is_known_by_its_first_bytes() {
        for (bytes, kind) in [
            (&b"<html>"[..], None),
            (b"", None),
            (b"a\0b: one stray NUL in a page", None),
            (b"\xff\xfea\0b\0c\0", None),
            ("\u{feff}غزة".as_bytes(), None),
            (b"\x1b$B;T\x1b(B", None),
            (b"%PDF-1.7", Some("a PDF document")),
            (b"\x89PNG\r\n\x1a\n", Some("a picture")),
            (b"\0\0\0\x18ftypmp42", Some("a film")),
            (b"\0\x01\x02\x03\x04\x05", Some("a binary file")),
        ] {
            assert_eq!(kind_by_bytes(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_not_text_is_known_by_its_type() {
        for (media_type, kind) in [
            ("text/html", None),
            ("application/octet-stream", None),
            ("image/svg+xml", None),
            ("", None),
            ("image/webp", Some("a picture")),
            ("application/pdf", Some("a PDF document")),
            ("video/mp4", Some("a film")),
        ] {
            assert_eq!(kind_by_type(media_type), kind, "{media_type}");
        }
    }
}
