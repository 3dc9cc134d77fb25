//! Walks the line for one section; the only module that knows every step.

mod read;

pub use read::read_article;
