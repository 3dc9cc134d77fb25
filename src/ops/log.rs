//! What the program does → lines on standard error: sentences for people, with a priority for journald.

use std::fmt;
use std::io::IsTerminal;

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// Only what somebody should act on.
    Quiet,
    /// What changed: a line a poll.
    #[default]
    Usual,
    /// Each request.
    Verbose,
}

/// Where the lines go, which decides how they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// journald keeps the time itself and reads the priority from `<N>` (sd-daemon(3)).
    Journal,
    /// A person or a file wants the time.
    Person,
}

/// Starts the log. `FEEDWRIGHT_LOG` (such as `info,feedwright::fetch=debug`) overrides `verbosity`.
pub fn init(verbosity: Verbosity) {
    let usual = match verbosity {
        Verbosity::Quiet => "warn",
        Verbosity::Usual => "warn,html5ever=error,feedwright=info",
        Verbosity::Verbose => "warn,html5ever=error,feedwright=debug",
    };
    let filter =
        EnvFilter::try_from_env("FEEDWRIGHT_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let reader = match std::env::var_os("JOURNAL_STREAM") {
        Some(_) if !std::io::stderr().is_terminal() => Reader::Journal,
        _ => Reader::Person,
    };
    // A second call, as in tests that run two services in one process, leaves the first log in place.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .event_format(Sentence(reader))
        .try_init();
}

/// One event as one line: its beginning, then the message, then its fields.
struct Sentence(Reader);

impl<S, N> FormatEvent<S, N> for Sentence
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let level = *event.metadata().level();
        match self.0 {
            Reader::Journal => write!(line, "<{}>", priority(level))?,
            Reader::Person => write!(
                line,
                "{} {}",
                super::now().format("%Y-%m-%d %H:%M:%S"),
                word(level)
            )?,
        }
        context.field_format().format_fields(line.by_ref(), event)?;
        writeln!(line)
    }
}

/// Syslog's number (RFC 5424, 6.2.1).
fn priority(level: Level) -> u8 {
    match level {
        Level::ERROR => 3,
        Level::WARN => 4,
        Level::INFO => 6,
        _ => 7,
    }
}

/// What a line begins with where something is worth a look.
fn word(level: Level) -> &'static str {
    match level {
        Level::ERROR => "error: ",
        Level::WARN => "warning: ",
        _ => "",
    }
}
