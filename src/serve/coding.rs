//! `Accept-Encoding` → the coding to send; bytes → the same bytes in that coding.

use std::io::{self, Write};

use http::header::ACCEPT_ENCODING;

use super::fields::{Fields, text};

/// How the bytes of a document are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// As they are.
    Plain,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
    /// RFC 1952.
    Gzip,
}

impl Coding {
    /// All of them, in the order of their numbers.
    pub const ALL: [Coding; 4] = [Coding::Plain, Coding::Brotli, Coding::Zstd, Coding::Gzip];

    /// The real codings, the smallest result first.
    pub const PACKED: [Coding; 3] = [Coding::Brotli, Coding::Zstd, Coding::Gzip];

    /// Its name in `Content-Encoding`; none for plain bytes.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Plain => None,
            Coding::Brotli => Some("br"),
            Coding::Zstd => Some("zstd"),
            Coding::Gzip => Some("gzip"),
        }
    }
}

/// The coding that the client likes best, and of those that it likes equally the smallest (RFC 9110, section 12.5.3).
///
/// Plain where it names none that we have; also where it refuses even that, since a document in a form that was not asked
/// for helps more than an error. `*` counts as gzip, which everyone can read who says so.
pub(super) fn negotiate(fields: &(impl Fields + ?Sized)) -> Coding {
    let mut quality = [None; 3];
    let mut plain = None;
    let mut any = None;
    for member in members(fields) {
        let (name, weight) = weighted(member);
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("gzip") || is("x-gzip") {
            quality[2] = Some(weight);
        } else if is("br") {
            quality[0] = Some(weight);
        } else if is("zstd") {
            quality[1] = Some(weight);
        } else if is("identity") {
            plain = Some(weight);
        } else if is("*") {
            any = Some(weight);
        }
    }
    quality[2] = quality[2].or(any);
    // Plain is acceptable unless refused, and wins only where it is wished for more than any coding.
    let mut best = (Coding::Plain, plain.unwrap_or(0));
    for (coding, weight) in Coding::PACKED.into_iter().zip(quality) {
        match weight {
            Some(weight) if weight > 0 && (weight > best.1 || is_tie(weight, best)) => {
                best = (coding, weight);
            }
            _ => {}
        }
    }
    best.0
}

/// Packed bytes win over plain ones that are wished for as much.
fn is_tie(weight: u16, best: (Coding, u16)) -> bool {
    best.0 == Coding::Plain && weight == best.1
}

fn members(fields: &(impl Fields + ?Sized)) -> impl Iterator<Item = &str> {
    fields
        .lines(&ACCEPT_ENCODING)
        .filter_map(text)
        .flat_map(|line| line.split(','))
}

/// A member's name and its weight in thousandths; 1000 where none is given, 0 where it is not one.
fn weighted(member: &str) -> (&str, u16) {
    let mut parts = member.split(';');
    let name = parts.next().unwrap_or_default().trim();
    let weight = parts
        .find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim()
                .eq_ignore_ascii_case("q")
                .then(|| thousandths(value.trim()))
        })
        .unwrap_or(1000);
    (name, weight)
}

fn thousandths(value: &str) -> u16 {
    match value.parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

/// Level of gzip: the last that gains anything worth its time.
const GZIP_LEVEL: u32 = 6;

/// Quality of brotli: 9 ms for a feed of 240 KB; the next ones save a tenth of the bytes for five times the time and more.
const BROTLI_QUALITY: i32 = 5;

/// The least window that brotli looks back over, as a power of two; below it nothing is saved.
const BROTLI_WINDOW: u32 = 16;

/// The largest: its own default, which takes megabytes of memory while it packs.
const BROTLI_LARGEST_WINDOW: u32 = 22;

/// Level of zstd: its own default, 2 ms for such a feed.
const ZSTD_LEVEL: i32 = 3;

/// Packs `plain`. The same bytes always give the same result, which strong validators rely on.
pub(super) fn pack(plain: &[u8], coding: Coding) -> io::Result<Vec<u8>> {
    match coding {
        Coding::Plain => Ok(plain.to_vec()),
        Coding::Gzip => {
            let level = flate2::Compression::new(GZIP_LEVEL);
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
            encoder.write_all(plain)?;
            encoder.finish()
        }
        Coding::Brotli => {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                lgwin: window(plain.len()),
                size_hint: plain.len(),
                ..Default::default()
            };
            let mut packed = Vec::new();
            brotli::BrotliCompress(&mut &plain[..], &mut packed, &parameters)?;
            Ok(packed)
        }
        Coding::Zstd => zstd::bulk::compress(plain, ZSTD_LEVEL),
    }
}

/// The power of two that holds so many bytes: a larger window gains nothing.
fn window(bytes: usize) -> i32 {
    let bits = usize::BITS - bytes.leading_zeros();
    bits.clamp(BROTLI_WINDOW, BROTLI_LARGEST_WINDOW) as i32
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    #[test]
    fn the_client_gets_the_coding_that_it_likes_best() {
        for (accept, coding) in [
            (&[][..], Coding::Plain),
            (&[""], Coding::Plain),
            (&["gzip"], Coding::Gzip),
            (&["GZip"], Coding::Gzip),
            (&["x-gzip"], Coding::Gzip),
            (&["gzipx"], Coding::Plain),
            (&["gzip, deflate, br, zstd"], Coding::Brotli),
            (&["gzip, deflate, zstd"], Coding::Zstd),
            (&["gzip;q=1, br;q=0.9"], Coding::Gzip),
            (&["gzip;q=0"], Coding::Plain),
            (&["gzip;q=0.000"], Coding::Plain),
            (&["gzip;q=0, *;q=0, identity"], Coding::Plain),
            (&["identity;q=0.5, gzip;q=1.0"], Coding::Gzip),
            (&["identity, gzip;q=0.5"], Coding::Plain),
            (&["identity, gzip"], Coding::Gzip),
            (&["  gzip ; q=0.8 ,  identity;q=0.1"], Coding::Gzip),
            (&["*"], Coding::Gzip),
            (&["gzip;q=0, *"], Coding::Plain),
            (&["identity;q=0, *;q=0"], Coding::Plain),
            (&["made-up"], Coding::Plain),
            (&["gzip;q=much"], Coding::Plain),
            (&["deflate", "br"], Coding::Brotli),
        ] {
            let mut headers = HeaderMap::new();
            for line in accept {
                headers.append(ACCEPT_ENCODING, line.parse().unwrap());
            }
            assert_eq!(negotiate(&headers), coding, "{accept:?}");
        }
    }

    #[test]
    fn packed_bytes_are_the_same_each_time() {
        let plain = "Lock keepers met at noon. ".repeat(1000);
        for coding in Coding::PACKED {
            let once = pack(plain.as_bytes(), coding).unwrap();
            assert!(once.len() < plain.len() / 10, "{coding:?}");
            assert_eq!(once, pack(plain.as_bytes(), coding).unwrap(), "{coding:?}");
        }
    }
}
