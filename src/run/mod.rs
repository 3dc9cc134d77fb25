//! One task a site, one that makes new editions, one that tells a hub of them, the server and the signals; starts and ends
//! them in order.

mod doors;
mod editions;
mod lasting;
mod publish;
mod server;
mod service;
mod signals;
mod site;

pub use editions::edition_of;
pub use service::{Service, open_store};
pub use signals::run_until_told;
