//! An edition and a request → a response: pure in [`respond`], [`conditions`], [`coding`] and [`pages`]; with memory in
//! [`newsstand`] and [`hand`]; with sockets in [`listen`], [`accept`], [`attend`] and [`front`].
//!
//! ```text
//! bytes ─► front ─► asked: simple ─► hand: an answer that is ready ─► outbox
//!             │                  └─► clerk, what is not at hand ─► outbox
//!             └─► hyper: everything else ─► clerk
//!
//! request head ─► clerk ─► respond ─► a response that is ready: a redirection, a refusal, "not found"
//!                                 └─► a document that is wanted ─► newsstand ─► made once, kept ─► reply: 200, 304, 412
//! ```

mod accept;
mod asked;
mod attend;
mod clerk;
mod coding;
mod conditions;
mod fields;
mod front;
mod gate;
mod hand;
mod listen;
mod memory_file;
mod newsstand;
mod outbox;
mod pages;
mod ready;
mod reply;
mod respond;
mod roll;
mod served;
mod spell;
mod stream;
#[cfg(test)]
mod tests;
mod watched;
mod work;

pub use accept::Listener;
pub use listen::{Room, listen};
pub use newsstand::{EntrySource, Newsstand, Which};
