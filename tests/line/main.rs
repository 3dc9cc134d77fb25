//! The whole line through real sockets: a site that changes, the service that follows it, a reader that asks for feeds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop where it is"
)]

mod bad_input;
mod broken;
mod commands;
mod days;
mod doors;
mod explained;
mod joined;
mod killed;
mod kinds;
mod manners;
mod program;
mod reader;
mod reload;
mod repeated;
mod restart;
mod rules;
mod site;
mod stories;
mod trial;
