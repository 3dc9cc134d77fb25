//! The past of a section → when it is polled next.
