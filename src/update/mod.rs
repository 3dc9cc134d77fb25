//! What we know and what a page says now → what changed.
