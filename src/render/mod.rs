//! A [`Feed`](crate::model::Feed) → a [`Document`](crate::model::Document) in one format.
