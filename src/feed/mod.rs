//! Stored entries → the feeds that show them.
