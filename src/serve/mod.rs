//! An edition and a request → a response; and hyper around it.

mod listen;
mod newsstand;

pub use listen::listen;
pub use newsstand::{EntrySource, Newsstand};
