//! A task that must not end → the same, started again after a fault of ours.

use std::time::Duration;

use tokio::task::JoinSet;

/// How long to wait before a task is started again: what broke it is likely to be there still.
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(30);

/// Runs what `start` makes until it ends by itself; where it breaks off, says so and starts it again. Dropped, it ends it.
pub(super) async fn lasting<F>(name: String, start: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    lasting_with(PAUSE_AFTER_FAULT, name, start).await;
}

async fn lasting_with<F>(pause: Duration, name: String, start: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    loop {
        let mut tasks = JoinSet::new();
        tasks.spawn(start());
        match tasks.join_next().await {
            Some(Err(error)) if error.is_panic() => tracing::error!(
                "{name} broke off by a fault of feedwright's own, please report it; starting again in {} s",
                pause.as_secs()
            ),
            _ => return,
        }
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn a_task_that_breaks_off_is_started_again_until_it_ends_by_itself() {
        let starts = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&starts);
        lasting_with(Duration::ZERO, "the test".to_owned(), move || {
            let count = Arc::clone(&count);
            async move {
                let start = count.fetch_add(1, Ordering::Relaxed);
                assert!(start >= 2, "it breaks off twice");
            }
        })
        .await;
        assert_eq!(starts.load(Ordering::Relaxed), 3);
    }
}
