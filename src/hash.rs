//! Bytes → a number that is the same on every machine, in every version and for ever: FNV-1a, in 64 and 128 bits.
//!
//! The standard library's hashers may change from one release to the next, and what is kept (ids, versions, validators)
//! must not. Nobody gains from making two texts collide here: a site could only do so with its own stories.

use std::io;

/// A hash that grows with what is written into it.
#[derive(Clone, Copy, Debug)]
pub struct Stable(u64);

impl Stable {
    /// The hash of nothing.
    pub fn new() -> Stable {
        Stable(0xcbf2_9ce4_8422_2325)
    }

    /// Adds `bytes`.
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds one text of several, so that "a", "bc" and "ab", "c" differ.
    pub fn add_text(&mut self, text: &str) {
        self.add(text.as_bytes());
        self.add(&[0xff]);
    }

    /// Adds a number.
    pub fn add_number(&mut self, number: u64) {
        self.add(&number.to_le_bytes());
    }

    /// The hash of all that was added.
    pub fn value(self) -> u64 {
        self.0
    }
}

impl Default for Stable {
    fn default() -> Stable {
        Stable::new()
    }
}

impl io::Write for Stable {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The hash of `text` in 64 bits.
pub fn stable64(text: &str) -> u64 {
    let mut hash = Stable::new();
    hash.add(text.as_bytes());
    hash.value()
}

/// The hash of `text` in 128 bits: wide enough to be an id, since no two of 10^12 texts are expected to share one.
pub fn stable128(text: &str) -> u128 {
    text.bytes()
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_are_those_of_the_published_vectors() {
        for (text, narrow, wide) in [
            (
                "",
                0xcbf2_9ce4_8422_2325,
                0x6c62_272e_07bb_0142_62b8_2175_6295_c58d,
            ),
            (
                "a",
                0xaf63_dc4c_8601_ec8c,
                0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964,
            ),
            (
                "foobar",
                0x8594_4171_f739_67e8,
                0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18,
            ),
        ] {
            assert_eq!(stable64(text), narrow, "{text}");
            assert_eq!(stable128(text), wide, "{text}");
        }
    }

    #[test]
    fn the_bounds_between_texts_count() {
        let of = |texts: &[&str]| {
            let mut hash = Stable::new();
            texts.iter().for_each(|text| hash.add_text(text));
            hash.value()
        };
        assert_ne!(of(&["a", "bc"]), of(&["ab", "c"]));
    }
}
