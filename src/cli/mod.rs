//! The command line: one file a command.

mod batch;
mod report;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Gives any news site the feeds it does not offer.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what article pages yield.
    Article(batch::Pages),
    /// Show what listing pages yield.
    Listing(batch::Pages),
}

/// Runs the command that `cli` names and says how it went.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Some(Command::Article(pages)) => batch::article(&pages),
        Some(Command::Listing(pages)) => batch::listing(&pages),
        None => Ok(ExitCode::SUCCESS),
    }
}
