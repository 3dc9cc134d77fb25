//! feedwright gives any news site the feeds it does not offer.
//!
//! The whole program is one line, each step a function from one type to the next:
//!
//! ```text
//! config ─► schedule ─► fetch ─► discover ─► fetch ─► extract ─► update ─► store ─► feed ─► render ─► serve
//! Section    due now     Page     Listing     Page    Article     Entry     Entry    Feed   Document  response
//! ```
//!
//! Start reading with [`model`], the types of that line; then [`poll`], which walks it for one section.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test that cannot go on should stop where it is"
    )
)]

pub mod address;
pub mod cli;
pub mod config;
pub mod dates;
pub mod demo;
pub mod discover;
pub mod extract;
pub mod feed;
pub mod fetch;
pub mod hash;
pub mod html;
pub mod model;
pub mod ops;
pub mod poll;
pub mod render;
pub mod run;
pub mod sanitize;
pub mod schedule;
pub mod serve;
pub mod store;
pub mod tame;
pub mod text;
pub mod update;
