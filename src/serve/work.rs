//! Work that takes milliseconds → its result, done on another thread, a few at a time.

use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// Documents that are spelled or packed at one time. More would not be faster on the few cores of a small server, and each
/// takes some megabytes while it lasts: a crawler that asks for thousands of cold feeds at once waits instead.
const AT_ONCE: usize = 4;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// Does `work` where no other request has to wait for it. An error means that it panicked.
pub(super) async fn elsewhere<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    // The semaphore is never closed, so there is always a place; it is held until the work is done, even where nobody waits
    // for the result any more.
    let place = PLACES.acquire().await.ok();
    tokio::task::spawn_blocking(move || {
        let result = work();
        drop(place);
        result
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn only_a_few_work_at_once() {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let all: Vec<_> = (0..20)
            .map(|_| {
                let (running, most) = (running.clone(), most.clone());
                tokio::spawn(elsewhere(move || {
                    most.fetch_max(1 + running.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(2));
                    running.fetch_sub(1, Ordering::SeqCst);
                }))
            })
            .collect();
        for one in all {
            one.await.unwrap().unwrap();
        }
        assert!(most.load(Ordering::SeqCst) <= AT_ONCE);
    }
}
