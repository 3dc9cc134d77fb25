//! The name of a story → its picture: a small PNG of sky and sea in colours of its own.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// Width in pixels: wide enough to pass for a news picture.
pub const WIDTH: u32 = 640;
/// Height in pixels.
pub const HEIGHT: u32 = 360;

/// Bytes of a PNG file, the same for the same name.
pub fn png(name: &str) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    head.extend(WIDTH.to_be_bytes());
    head.extend(HEIGHT.to_be_bytes());
    // Eight bits a channel, three channels, and the only methods there are.
    head.extend([8, 2, 0, 0, 0]);
    let mut data = ZlibEncoder::new(Vec::new(), Compression::best());
    data.write_all(&rows(name))?;
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, bytes) in [
        (b"IHDR", head),
        (b"IDAT", data.finish()?),
        (b"IEND", Vec::new()),
    ] {
        chunk(&mut file, kind, &bytes);
    }
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], bytes: &[u8]) {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(bytes);
    file.extend((bytes.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(bytes);
    file.extend(crc.sum().to_be_bytes());
}

/// Each row is its filter, none, and its pixels.
fn rows(name: &str) -> Vec<u8> {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let [red, green, blue, line, ..] = hasher.finish().to_be_bytes();
    let horizon = HEIGHT / 3 + u32::from(line) / 2;
    (0..HEIGHT)
        .flat_map(|y| {
            let dark = if y < horizon { 0 } else { 90 };
            let shade = (y / 4) as u8;
            let pixel = [red, green, blue | 64]
                .map(|part| part.saturating_sub(dark).wrapping_add(shade / 2));
            std::iter::once(0).chain(std::iter::repeat_n(pixel, WIDTH as usize).flatten())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_small_png_and_the_same_each_time() {
        let picture = png("a-story").unwrap();
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\x68"));
        assert!(picture.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
        assert!(picture.len() < 20_000, "{}", picture.len());
        assert_eq!(picture, png("a-story").unwrap());
        assert_ne!(picture, png("another").unwrap());
    }
}
