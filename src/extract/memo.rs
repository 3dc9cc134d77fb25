//! A name on a page and what it means → the same again without working it out, as long as the name was seen lately.

use super::quick::mixed;

/// How many names of classes are remembered at once, as a power of two. A page has some hundreds; what gives way to another one is
/// worked out again, and all of them stay where the processor has them at hand.
const SLOTS: usize = 1024;

/// What was last found out about names. Each has one slot, where it takes the place of whatever stood there: so it never
/// grows, and a page made of names that meet costs no more than one on which no name stands twice.
pub struct Memo<'a, V, const MOST: usize = SLOTS>(Vec<Option<(&'a str, V)>>);

impl<V, const MOST: usize> Default for Memo<'_, V, MOST> {
    fn default() -> Self {
        Memo(Vec::new())
    }
}

impl<'a, V: Copy, const MOST: usize> Memo<'a, V, MOST> {
    /// What is remembered of `name`, if anything is.
    pub fn get(&self, name: &str) -> Option<V> {
        match self.0.get(slot::<MOST>(name)) {
            Some(Some((known, value))) if *known == name => Some(*value),
            _ => None,
        }
    }

    /// Remembers `value` of `name`.
    pub fn put(&mut self, name: &'a str, value: V) {
        if self.0.is_empty() {
            self.0.resize(MOST, None);
        }
        self.0[slot::<MOST>(name)] = Some((name, value));
    }

    /// What is remembered of `name`, else what `find` says.
    pub fn get_or(&mut self, name: &'a str, find: impl FnOnce(&'a str) -> V) -> V {
        if let Some(known) = self.get(name) {
            return known;
        }
        let value = find(name);
        self.put(name, value);
        value
    }
}

/// Where `name` stands.
fn slot<const MOST: usize>(name: &str) -> usize {
    (mixed(name.as_bytes()) >> (64 - MOST.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_worked_out_once_and_one_that_takes_its_place_is_another() {
        let names: Vec<String> = (0..3 * SLOTS).map(|n| format!("name-{n}")).collect();
        let mut memo: Memo<'_, usize> = Memo::default();
        for (number, name) in names.iter().enumerate() {
            assert_eq!(memo.get_or(name, |_| number), number);
            assert_eq!(memo.get_or(name, |_| usize::MAX), number);
        }
        let known = names.iter().filter(|name| memo.get(name).is_some()).count();
        assert!((SLOTS / 2..=SLOTS).contains(&known), "{known}");
        for (number, name) in names.iter().enumerate() {
            assert!(memo.get(name).is_none_or(|value| value == number), "{name}");
        }
    }

    #[test]
    fn names_of_every_length_have_a_slot() {
        for length in 0..40 {
            assert!(slot::<64>(&"x".repeat(length)) < 64);
        }
    }
}
