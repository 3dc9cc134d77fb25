//! Bytes as they come in → a simple request, or the word that they are none.
//!
//! Simple is what nearly all readers send: GET or HEAD of a path, HTTP/1.1, one host, no body and nothing unusual about the
//! connection. Everything else is hyper's, which reads the same bytes with the same parser.

use std::mem::MaybeUninit;

use http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HeaderName, TRANSFER_ENCODING, UPGRADE};
use http::request::Parts;
use http::{HeaderValue, Method, Version};
use httparse::{Header, Request, Status};

use super::fields::Fields;
use super::respond::is_host_right;

/// Most fields of a simple request. Browsers send some twenty.
pub(super) const MOST_FIELDS: usize = 48;

/// Room for the fields of a request, where they are told apart.
pub(super) type Table<'b> = [MaybeUninit<Header<'b>>; MOST_FIELDS];

/// An empty table.
pub(super) const fn table<'b>() -> Table<'b> {
    [const { MaybeUninit::uninit() }; MOST_FIELDS]
}

/// A simple request.
#[derive(Debug)]
pub(super) struct Asked<'t, 'b> {
    /// GET or HEAD.
    pub is_head: bool,
    /// Path and query.
    pub target: &'b str,
    pub fields: &'t [Header<'b>],
    /// Whether the client asks for nothing more.
    pub closes: bool,
    /// Bytes of the whole head.
    pub bytes: usize,
}

impl<'t, 'b> Asked<'t, 'b> {
    /// The first request of `bytes`, if it is whole and simple.
    pub fn of(bytes: &'b [u8], table: &'t mut Table<'b>) -> Option<Asked<'t, 'b>> {
        let mut request = Request::new(&mut []);
        let Ok(Status::Complete(length)) = request.parse_with_uninit_headers(bytes, table) else {
            return None;
        };
        let target = request.path.filter(|path| path.starts_with('/'))?;
        let is_head = match request.method? {
            "GET" => false,
            "HEAD" => true,
            _ => return None,
        };
        let fields: &[Header<'_>] = request.headers;
        let is_simple = request.version == Some(1)
            && !fields.iter().any(is_unusual)
            && is_host_right(Version::HTTP_11, fields);
        Some(Asked {
            is_head,
            target,
            fields,
            closes: is_last(fields)?,
            bytes: length,
        })
        .filter(|_| is_simple)
    }

    /// The same as hyper would hand it over; `None` for what it would refuse.
    pub fn parts(&self) -> Option<Parts> {
        let method = if self.is_head {
            Method::HEAD
        } else {
            Method::GET
        };
        let mut head = http::Request::new(()).into_parts().0;
        head.method = method;
        head.uri = self.target.parse().ok()?;
        head.headers.reserve(self.fields.len());
        for field in self.fields {
            let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
            let value = HeaderValue::from_bytes(field.value).ok()?;
            head.headers.append(name, value);
        }
        Some(head)
    }
}

/// Fields that announce a body, or ask for more than a response.
fn is_unusual(field: &Header<'_>) -> bool {
    [CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT, UPGRADE]
        .iter()
        .any(|name| field.name.eq_ignore_ascii_case(name.as_str()))
}

/// Whether the connection should end; `None` where its field says anything but what is usual.
fn is_last(fields: &[Header<'_>]) -> Option<bool> {
    let mut lines = fields.lines(&CONNECTION);
    match (lines.next(), lines.next()) {
        (None, _) => Some(false),
        (Some(line), None) if line.eq_ignore_ascii_case(b"keep-alive") => Some(false),
        (Some(line), None) if line.eq_ignore_ascii_case(b"close") => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_simple_requests_are_taken() {
        let rows = [
            ("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", true),
            ("HEAD /a?b=c HTTP/1.1\r\nhost: a:80\r\n\r\n", true),
            ("\r\nGET /a HTTP/1.1\nHost: a\n\n", true),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n",
                true,
            ),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                true,
            ),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close, te\r\n\r\n",
                false,
            ),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: close\r\n\r\n",
                false,
            ),
            ("GET /a HTTP/1.0\r\nHost: a\r\n\r\n", false),
            ("GET /a HTTP/1.1\r\n\r\n", false),
            ("GET /a HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", false),
            ("GET /a HTTP/1.1\r\nHost: u@a\r\n\r\n", false),
            ("GET http://a/a HTTP/1.1\r\nHost: a\r\n\r\n", false),
            ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", false),
            ("POST /a HTTP/1.1\r\nHost: a\r\n\r\n", false),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                false,
            ),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                false,
            ),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
                false,
            ),
            ("GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n", false),
            ("GET /a HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", false),
            ("GET /a HTTP/1.1\r\nHost : a\r\n\r\n", false),
            ("GET /a HTTP/1.1\r\nHost: a\r\n", false),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", false),
            ("", false),
        ];
        for (bytes, is_simple) in rows {
            let mut table = table();
            let asked = Asked::of(bytes.as_bytes(), &mut table);
            assert_eq!(asked.is_some(), is_simple, "{bytes:?}");
        }
    }

    #[test]
    fn more_fields_than_the_table_holds_are_not_simple() {
        for (more, is_simple) in [(MOST_FIELDS - 1, true), (MOST_FIELDS, false)] {
            let fields = "X-A: b\r\n".repeat(more);
            let bytes = format!("GET /a HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
            let mut table = table();
            let asked = Asked::of(bytes.as_bytes(), &mut table);
            assert_eq!(
                asked.map(|asked| asked.bytes),
                is_simple.then_some(bytes.len())
            );
        }
    }
}
