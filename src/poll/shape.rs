//! What is remembered of a section's listing, and where its items stand now → whether it changed shape, as a sentence.

use url::Url;

use crate::model::SectionState;

/// Fewest items that are usual in a list that can be called shrunk: a shorter one has quiet days.
const LEAST_USUAL: usize = 8;

/// A list with less than this part of its usual items has shrunk: a quiet week leaves more, a redesign mostly less.
const SHRUNK_TO: usize = 4;

/// Over how many polls that found a change the usual number follows what is shown.
const MEMORY: usize = 8;

/// How many places are named in a sentence.
const MOST_NAMED: usize = 2;

/// The sentence on a listing that changed as `change` says, with what would help.
pub fn sentence(change: &str, url: &Url) -> String {
    format!(
        "the listing changed shape: {change}; `feedwright listing {url} --explain` shows which blocks of the page are taken, and why"
    )
}

/// What to say of items that stood in the places `before` and stand in those of `now`: nothing while they have one in
/// common, since a front page shuffles its boxes from day to day.
pub fn reshaped(before: &[String], now: &[String]) -> Option<String> {
    let is_another =
        !before.is_empty() && !now.is_empty() && !before.iter().any(|place| now.contains(place));
    is_another.then(|| {
        format!(
            "its items stood in {} and stand in {} now",
            named(before),
            named(now)
        )
    })
}

fn named(places: &[String]) -> String {
    let named: Vec<String> = places
        .iter()
        .take(MOST_NAMED)
        .map(|place| format!("`{place}`"))
        .collect();
    named.join(" and ")
}

/// What to say of a page that shows far fewer items than it used to. Feeds and sitemaps, which have no shape, are as long as
/// the day was.
pub fn shrunk(state: &SectionState) -> Option<String> {
    let is_shrunk = !state.shape.is_empty()
        && state.usual_items >= LEAST_USUAL
        && state.items * SHRUNK_TO < state.usual_items;
    is_shrunk.then(|| {
        let items = match state.items {
            1 => "1 item".to_owned(),
            items => format!("{items} items"),
        };
        format!("it shows {items} where {} are usual", state.usual_items)
    })
}

/// Remembers the `shape` of a listing whose number of items `state` holds already.
pub fn learn(state: &mut SectionState, shape: Vec<String>) {
    state.shape = shape;
    let (usual, items) = (state.usual_items, state.items);
    state.usual_items = match usual {
        0 => items,
        _ if items > usual => usual + (items - usual).div_ceil(MEMORY),
        _ => usual - (usual - items).div_ceil(MEMORY),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(list: &str) -> Vec<String> {
        list.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_listing_is_reshaped_when_no_item_stands_where_one_stood() {
        for (before, now, said) in [
            ("div.card", "div.card", None),
            ("div.card li.lead", "li.lead div.story", None),
            ("", "div.card", None),
            ("div.card", "", None),
            (
                "div.card li.lead p.brief",
                "li.story",
                Some("its items stood in `div.card` and `li.lead` and stand in `li.story` now"),
            ),
        ] {
            let found = reshaped(&places(before), &places(now));
            assert_eq!(found.as_deref(), said, "{before} {now}");
        }
    }

    #[test]
    fn a_list_far_below_its_usual_number_has_shrunk_until_that_is_usual() {
        let mut state = SectionState::default();
        let mut said = Vec::new();
        for items in [40, 41, 39, 12, 2, 2, 40, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3] {
            state.items = items;
            learn(&mut state, places("div.card"));
            said.push(shrunk(&state).map(|_| items));
        }
        let some = Some;
        assert_eq!(
            said,
            [
                None,
                None,
                None,
                None,
                some(2),
                some(2),
                None,
                some(3),
                some(3),
                some(3),
                some(3),
                some(3),
                some(3),
                None,
                None,
                None,
                None
            ]
        );
    }

    #[test]
    fn short_lists_and_what_is_no_page_never_shrink() {
        for (usual_items, items, shape, said) in [
            (7, 1, "li", None),
            (8, 1, "li", Some("it shows 1 item where 8 are usual")),
            (40, 1, "", None),
            (40, 10, "li", None),
            (40, 9, "li", Some("it shows 9 items where 40 are usual")),
        ] {
            let state = SectionState {
                usual_items,
                items,
                shape: places(shape),
                ..SectionState::default()
            };
            assert_eq!(shrunk(&state).as_deref(), said, "{usual_items} {items}");
        }
    }
}
