//! Arguments → configuration → command → exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match feedwright::cli::run(feedwright::cli::Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", feedwright::cli::told(&error));
            ExitCode::from(2)
        }
    }
}
