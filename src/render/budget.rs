//! Items → their spelling, in full as far as a feed's bytes reach: older ones fall back to their summary, then drop out.

use super::item::Item;

/// Most bytes of one document. Readers fetch it again and again, and some give up on more than a megabyte.
pub(super) const DOCUMENT_BYTES: usize = 1_000_000;

/// How much of an item is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Its whole text.
    Full,
    /// Its summary, picture and media.
    Summary,
}

/// Spells `items`, newest first, within `room` bytes.
pub(super) fn fit(
    items: &[Item<'_>],
    detail: Detail,
    room: usize,
    spell: impl Fn(&Item<'_>, Detail) -> String,
) -> Vec<String> {
    let wished: Vec<String> = items.iter().map(|item| spell(item, detail)).collect();
    if wished.iter().map(String::len).sum::<usize>() <= room {
        return wished;
    }
    let short: Vec<String> = items
        .iter()
        .map(|item| spell(item, Detail::Summary))
        .collect();
    choose(wished, short, room)
}

/// Of each item the long spelling where it leaves room for the short ones of all that follow, else the short one; and of the
/// oldest none where not even the short ones fit.
fn choose(long: Vec<String>, mut short: Vec<String>, room: usize) -> Vec<String> {
    let mut rest: usize = short.iter().map(String::len).sum();
    while rest > room {
        rest -= short.pop().map_or(rest, |item| item.len());
    }
    let mut used = 0;
    long.into_iter()
        .zip(short)
        .map(|(long, short)| {
            rest -= short.len();
            let chosen = if used + long.len() + rest <= room {
                long
            } else {
                short
            };
            used += chosen.len();
            chosen
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_items_fall_back_to_their_summary_and_then_drop_out() {
        for (long, short, room, chosen) in [
            (vec![30, 30, 30], vec![5, 5, 5], 90, vec![30, 30, 30]),
            (vec![30, 30, 30], vec![5, 5, 5], 65, vec![30, 30, 5]),
            (vec![30, 30, 30], vec![5, 5, 5], 64, vec![30, 5, 5]),
            // One endless item costs itself only.
            (vec![900, 30, 30], vec![5, 5, 5], 65, vec![5, 30, 30]),
            (vec![30, 30, 30], vec![5, 5, 5], 11, vec![5, 5]),
            (vec![30, 30, 30], vec![5, 5, 5], 0, vec![]),
        ] {
            let texts =
                |lengths: &[usize]| lengths.iter().map(|n| "x".repeat(*n)).collect::<Vec<_>>();
            let lengths: Vec<usize> = choose(texts(&long), texts(&short), room)
                .iter()
                .map(String::len)
                .collect();
            assert_eq!(lengths, chosen, "{long:?} {short:?} {room}");
        }
    }
}
