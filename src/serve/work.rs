//! Work that takes milliseconds → its result, done on another thread.

use tokio::task::JoinError;

/// Does `work` where no other request has to wait for it. An error means that it panicked.
///
/// How many work at one time is for the thread that answers to say: `run` gives each thread one other to work for it, so that a
/// crawler that asks for thousands of cold feeds at once waits, and memory stays small.
pub(super) async fn elsewhere<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    tokio::task::spawn_blocking(work).await
}
