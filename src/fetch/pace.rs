//! The pause that a site is due → when the next request may start. The only clock of `fetch`, and it only goes forward.

use std::time::Duration;

use tokio::time::Instant;

/// When a site was last asked.
#[derive(Debug, Default)]
pub struct Pace {
    last: Option<Instant>,
}

impl Pace {
    /// The moment, on a clock that no one can set back.
    pub fn now(&self) -> Instant {
        Instant::now()
    }

    /// Waits until `pause` has passed since the last request.
    pub async fn begin(&mut self, pause: Duration) {
        if let Some(last) = self.last {
            tokio::time::sleep_until(last + pause).await;
        }
        // A request that is given up half-way counts as well.
        self.end();
    }

    /// A request has ended: the pause begins.
    pub fn end(&mut self) {
        self.last = Some(self.now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_pause_is_counted_from_the_end_of_the_last_request() {
        let millis = Duration::from_millis;
        let mut pace = Pace::default();
        let start = pace.now();
        pace.begin(millis(5000)).await;
        assert!(
            start.elapsed() < millis(5000),
            "the first request waits for nothing"
        );
        tokio::time::sleep(millis(60)).await;
        pace.end();
        let end = pace.now();
        pace.begin(millis(40)).await;
        assert!(end.elapsed() >= millis(39));
    }
}
