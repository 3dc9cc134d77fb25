//! Stored entries → the feeds that show them: which entry belongs where, and what each feed is.

mod edition;
mod given;
mod health;
mod memberships;
mod rules;

#[cfg(test)]
mod tests;

pub use edition::{edition, renew, show_items};
pub use given::{former, given, renames};
pub use health::{HEALTH_KEPT, note};
pub use memberships::{fingerprint, memberships};
pub use rules::passes;
