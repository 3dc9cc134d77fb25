//! The command line: one file a command.

mod article;
mod batch;
mod check;
mod demo;
mod export;
mod feeds;
mod listing;
mod once;
mod progress;
mod report;
mod run;
mod source;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{self, Config, Mistakes};
use crate::ops::{self, Verbosity};

/// Gives any news site the feeds it does not offer: one for each section, tag and author, as RSS, Atom and JSON.
///
/// Name a site's sections in config.toml, start feedwright, and subscribe to the addresses that `feedwright feeds` lists. An
/// address is enough for a section; everything else is found by itself and can be overridden.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// The configuration file.
    #[arg(
        long,
        short,
        global = true,
        value_name = "FILE",
        default_value = "config.toml"
    )]
    config: PathBuf,

    /// Tell each request and each decision.
    #[arg(long, short, global = true)]
    verbose: bool,

    /// Tell only what somebody should act on.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "\
Without a command, feedwright does what `run` does.

First steps:
  feedwright demo                    see it work, with a small newspaper of its own
  feedwright listing URL             see what it finds on a section's page
  feedwright article URL             see what it reads on an article's page
  feedwright check                   try every section of config.toml
  feedwright run                     serve the feeds and keep them new";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the feeds and keep them new, until SIGTERM or Ctrl-C; SIGHUP reads the configuration again.
    Run,
    /// Try the configuration and every section in it, live, and keep nothing.
    ///
    /// Says for each section what was found, with a few titles and what is missing. Exits with 1 when a section yields nothing.
    Check(check::Args),
    /// Poll every section once, then end.
    ///
    /// Exits with 0 when every section was polled, with 1 and a table of what failed otherwise.
    Once(once::Args),
    /// Show what feedwright reads on an article's page.
    Article(article::Args),
    /// Show what feedwright finds on a section's page, sitemap or feed.
    Listing(listing::Args),
    /// List the addresses of all feeds.
    Feeds(feeds::Args),
    /// Write all feeds as files, for any host of static files.
    Export(export::Args),
    /// Start a small newspaper on this machine and serve its feeds: a trial run without a network.
    Demo(demo::Args),
    /// Print the JSON Schema of config.toml, with which editors complete it.
    Schema,
    /// Print the completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// An error for the person at the terminal: the mistakes of a configuration as they are, with colours where they show;
/// anything else as one sentence.
pub fn told(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Mistakes>() {
        Some(mistakes) if std::io::stderr().is_terminal() => mistakes.coloured(),
        Some(mistakes) => mistakes.to_string(),
        None => format!("feedwright: {error:#}"),
    }
}

/// Runs the command that `cli` names and says how it went.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    ops::init_log(verbosity(&cli));
    let path = cli.config;
    match cli.command.unwrap_or(Command::Run) {
        // Before there are threads: taking the sockets over changes the environment.
        Command::Run => block_on(run::run(path, ops::sockets()?)),
        Command::Check(args) => block_on(check::check(load(&path)?, args)),
        Command::Once(args) => block_on(once::once(load(&path)?, args)),
        Command::Article(args) => article::article(&path, args),
        Command::Listing(args) => listing::listing(&path, args),
        Command::Feeds(args) => block_on(feeds::feeds(load(&path)?, args)),
        Command::Export(args) => block_on(export::export(load(&path)?, args)),
        Command::Demo(args) => block_on(demo::demo(args)),
        Command::Schema => print_schema(),
        Command::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Cli::command(),
                "feedwright",
                &mut std::io::stdout(),
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn verbosity(cli: &Cli) -> Verbosity {
    match (cli.quiet, cli.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Usual,
    }
}

/// The configuration in `path`, or every mistake in it.
fn load(path: &std::path::Path) -> anyhow::Result<Config> {
    Ok(config::load(path)?)
}

/// The configuration in `path`, where there is such a file: a command that reads one page works without.
fn load_if_there(path: &std::path::Path) -> anyhow::Result<Option<Config>> {
    if path.exists() {
        load(path).map(Some)
    } else {
        Ok(None)
    }
}

/// Pages that are read at one time, each on a thread that then keeps some of the memory that the page took.
const READERS: usize = 2;

/// Runs a command that polls or serves. Pages are read on these threads, requests are served on others.
fn block_on(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    block_on_value(command)
}

fn block_on_value<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(READERS)
        .max_blocking_threads(READERS)
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(work)
}

fn print_schema() -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&config::schema())?);
    Ok(ExitCode::SUCCESS)
}
