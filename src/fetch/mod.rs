//! An address and a validator → a [`Page`](crate::model::Page), or the news that nothing changed. The only way out of the program.

mod charset;

pub use charset::decode;
