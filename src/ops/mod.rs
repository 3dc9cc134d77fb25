//! Logging and what systemd is told.
