//! Where the program is built → how it is linked: with its table of addresses packed, where the system can read that.
//!
//! The time zones' tables hold some 80,000 addresses, which the loader must set. Spelled out, their list is 1.9 MB, all of it
//! read at each start and kept in memory; packed it is 30 kB. C libraries know the packed form since glibc 2.36 (2022).

use std::env;
use std::process::Command;

const KNOWN_SINCE: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Of another machine than this one, nothing is known.
    let is_for_here = env::var_os("HOST") == env::var_os("TARGET");
    if is_for_here && libc_version().is_some_and(|version| version >= KNOWN_SINCE) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this system's C library, if that is glibc.
fn libc_version() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let text = String::from_utf8(output.ok()?.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
