//! The fields of a request's head, however they are held → the lines of each.

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};

/// Fields of a head. hyper has sorted them into a table; the front (`front`) reads them where they stand.
pub(super) trait Fields {
    /// The values of a field's lines, in their order.
    fn lines(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]>;
}

impl Fields for HeaderMap {
    fn lines(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        self.get_all(name).into_iter().map(HeaderValue::as_bytes)
    }
}

impl Fields for [httparse::Header<'_>] {
    fn lines(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        let name = name.as_str();
        self.iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value)
    }
}

/// A line as text; `None` where it is more than visible ASCII, blanks and tabs.
pub(super) fn text(line: &[u8]) -> Option<&str> {
    let is_visible = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~');
    if line.iter().all(is_visible) {
        std::str::from_utf8(line).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_text_where_the_table_of_fields_says_so() {
        for byte in 0..=u8::MAX {
            let Ok(value) = HeaderValue::from_bytes(&[b'a', byte]) else {
                continue;
            };
            assert_eq!(text(value.as_bytes()), value.to_str().ok(), "{byte}");
        }
    }
}
