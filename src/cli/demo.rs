//! `demo`: a newspaper of our own on this machine, polled and served as a real site would be.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;

use crate::config::{self, Config, Surroundings};
use crate::demo::Newspaper;
use crate::ops;
use crate::run::{Service, run_until_told};

/// Most often that the demo asks its newspaper: people watch, and the newspaper is ours.
const INTERVAL: Duration = Duration::from_secs(10);

/// How to run it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to serve the feeds; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Seconds between two new stories; 0 prints all of them at once.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pace: u64,

    /// The folder for the database; without it, one that is gone at the end.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// Starts the newspaper and the service, says where to subscribe, and ends at Ctrl-C.
pub async fn demo(args: Args) -> anyhow::Result<ExitCode> {
    let folder = Folder::open(args.keep)?;
    let newspaper = Newspaper::start(ops::now())
        .await
        .context("cannot start the demo's newspaper")?;
    if args.pace == 0 {
        newspaper.publish(EVERY_STORY, ops::now());
    }
    let listen = free_address(args.listen)?;
    let load = || async { configuration(&newspaper, &folder, listen) };
    let service = Service::start(load().await?).await?;
    println!("{}", greeting(newspaper.address(), listen, args.pace));
    tokio::select! {
        ended = run_until_told(service, load) => ended?,
        () = publish(&newspaper, args.pace) => {}
    }
    println!("{FAREWELL}");
    Ok(ExitCode::SUCCESS)
}

/// More stories than the newspaper has.
const EVERY_STORY: usize = 1_000;

/// Prints a story every `pace` seconds; never ends, so that the last story is not the end of the demo.
async fn publish(newspaper: &Newspaper, pace: u64) {
    if pace > 0 {
        newspaper.keep_publishing(Duration::from_secs(pace)).await;
    }
    std::future::pending().await
}

/// The ordinary configuration of the newspaper, asked more often than a configuration may ask for.
fn configuration(
    newspaper: &Newspaper,
    folder: &Folder,
    listen: SocketAddr,
) -> anyhow::Result<Config> {
    let text = newspaper.config_toml(&folder.path.join("feedwright.db"), listen);
    let mut config = config::parse("the demo's configuration", &text, &Surroundings::empty())
        .map_err(|mistakes| anyhow::anyhow!("{mistakes}"))?;
    for section in config.sites.iter_mut().flat_map(|site| &mut site.sections) {
        section.interval = INTERVAL;
    }
    Ok(config)
}

/// `wanted`, or a free port beside it where another program has taken it: a trial run should not fail over that.
fn free_address(wanted: SocketAddr) -> anyhow::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind(wanted)
        .or_else(|_| std::net::TcpListener::bind(SocketAddr::new(wanted.ip(), 0)))
        .with_context(|| format!("cannot listen on {wanted} or any other port of that address"))?;
    Ok(listener.local_addr()?)
}

/// Where the demo keeps its database.
struct Folder {
    path: PathBuf,
    passing: bool,
}

impl Folder {
    /// The folder `kept`, or one of this process's own that goes with it.
    fn open(kept: Option<PathBuf>) -> anyhow::Result<Folder> {
        let passing = kept.is_none();
        let path = kept.unwrap_or_else(|| {
            std::env::temp_dir().join(format!("feedwright-demo-{}", std::process::id()))
        });
        std::fs::create_dir_all(&path)
            .with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Folder { path, passing })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.passing {
            // Nothing depends on it, and there is nobody left to tell.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

fn greeting(newspaper: SocketAddr, listen: SocketAddr, pace: u64) -> String {
    let habit = match pace {
        0 => "has printed all its stories".to_owned(),
        seconds => format!("prints a new story every {seconds} s"),
    };
    let base = format!("http://{listen}");
    format!(
        "The Harbour Gazette stands at http://{newspaper}/ and {habit}.
feedwright polls it and serves its feeds at {base}/

Subscribe to
  {base}/the-harbour-gazette/politics.rss    a section, as RSS
  {base}/the-harbour-gazette/arabic.atom     another, as Atom, from right to left
  {base}/the-harbour-gazette.json            the whole site, as JSON Feed
  {base}/all.rss                             everything
  {base}/opml                                the list of all feeds, for a reader to import

Ctrl-C ends it."
    )
}

const FAREWELL: &str = "
To follow a real site, name its sections in config.toml; an address is enough:

  [[site]]
  url = \"https://www.example.org/\"

  [[site.section]]
  url = \"/news/politics\"

`feedwright check` tries it, `feedwright run` serves it.";
