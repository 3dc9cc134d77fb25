//! An edition and a request → a response: pure in [`respond`], [`conditions`], [`coding`] and [`pages`]; with memory in
//! [`newsstand`]; with sockets in [`listen`] and [`accept`].
//!
//! ```text
//! request head ─► respond ─► a response that is ready: a redirection, a refusal, "not found"
//!                        └─► a document that is wanted ─► newsstand ─► made once, kept ─► reply: 200, 304, 412
//! ```

mod accept;
mod coding;
mod conditions;
mod gate;
mod hand;
mod listen;
mod newsstand;
mod pages;
mod ready;
mod reply;
mod respond;
mod roll;
mod served;
#[cfg(test)]
mod tests;
mod work;

pub use accept::Listener;
pub use listen::{Room, listen};
pub use newsstand::{EntrySource, Newsstand, Which};
