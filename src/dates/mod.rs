//! The text of a printed or written date → a [`When`](crate::model::When), or nothing where it is no date.
