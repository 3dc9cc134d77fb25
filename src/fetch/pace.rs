//! The pause that a site is due → when the next request may start. The only clock of `fetch`, and it only goes forward.

use std::time::Duration;

use tokio::time::Instant;

/// When a site was last asked, and how long it is then left alone.
#[derive(Debug)]
pub struct Pace {
    pause: Duration,
    last: Option<Instant>,
}

impl Pace {
    /// The pace of a site that was never asked.
    pub fn new(pause: Duration) -> Pace {
        Pace { pause, last: None }
    }

    /// The moment, on a clock that no one can set back.
    pub fn now(&self) -> Instant {
        Instant::now()
    }

    /// Waits until the next request may start.
    pub async fn begin(&mut self) {
        if let Some(last) = self.last {
            tokio::time::sleep_until(last + self.pause).await;
        }
        // A request that is given up half-way counts as well.
        self.end();
    }

    /// A request has ended: the pause begins.
    pub fn end(&mut self) {
        self.last = Some(self.now());
    }

    /// Waits at least `pause` from now on.
    pub fn slow_to(&mut self, pause: Duration) {
        self.pause = self.pause.max(pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_pause_is_counted_from_the_end_of_the_last_request() {
        let millis = Duration::from_millis;
        let mut pace = Pace::new(millis(40));
        let start = pace.now();
        pace.begin().await;
        assert!(
            start.elapsed() < millis(40),
            "the first request waits for nothing"
        );
        tokio::time::sleep(millis(60)).await;
        pace.end();
        pace.begin().await;
        assert!(start.elapsed() >= millis(100));
        pace.slow_to(millis(80));
        pace.slow_to(millis(1));
        let end = pace.now();
        pace.begin().await;
        assert!(end.elapsed() >= millis(79), "a longer pause wins");
    }
}
