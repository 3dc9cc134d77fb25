//! Short words → their places in lists of our own, found in a few steps.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A list of ours by its words. Never one that a page fills: who knows how words are hashed could make many meet.
pub type Table<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// The words of a list of ours.
pub type Words = HashSet<String, BuildHasherDefault<Quick>>;

/// Hashes short words in a few steps.
#[derive(Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= mixed(bytes);
    }

    fn write_u8(&mut self, _: u8) {
        // What the standard library puts after each text: the length is hashed already.
    }

    fn finish(&self) -> u64 {
        // The lower bits, by which tables find their places, depend on little of a product.
        self.0.rotate_left(32)
    }
}

/// A hash of the length of a name, its first and its last eight bytes, in which names of one page differ.
pub fn mixed(bytes: &[u8]) -> u64 {
    let part = |from: usize| {
        let mut part = [0_u8; 8];
        let bytes = &bytes[from..(from + 8).min(bytes.len())];
        part[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(part)
    };
    let (first, last) = (part(0), part(bytes.len().saturating_sub(8)));
    // The high bits of a product depend on all bits of its factors (Knuth, volume 3, 6.4).
    (first ^ last.rotate_left(32) ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
