//! `demo`: a newspaper of our own, and its feeds.
#[derive(Debug, clap::Args)]
pub struct Args {}
pub async fn demo(_args: Args) -> anyhow::Result<std::process::ExitCode> {
    Ok(std::process::ExitCode::SUCCESS)
}
