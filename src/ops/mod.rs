//! What the people and programs that keep the service see of it: the log, and what systemd is told and hands over.

mod clock;
mod log;
mod systemd;

pub use clock::now;
pub use log::{Verbosity, init as init_log};
pub use systemd::{ready, reloaded, reloading, sockets, status, stopping, watch};
