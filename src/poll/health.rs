//! How the section does after a poll → a word about it in the health feed, where that is news.

use super::now;
use super::section::Poll;
use crate::feed::{HEALTH_KEPT, memberships, note};
use crate::model::{FeedKey, Health, Validator};
use crate::store::{Reading, StoreError};

impl Poll<'_, '_> {
    /// Keeps an entry that tells of the section's turn to `after`, if it is one. It is written before the section's state: a
    /// program killed in between tells twice rather than never.
    pub(super) async fn tell_health(&self, after: &Health) -> Result<(), StoreError> {
        let turn = (&self.state.health, after);
        let Some(entry) = note(self.walk.site, self.section, turn, now()) else {
            return Ok(());
        };
        let feeds = memberships(&entry, self.walk.config);
        let reading = Reading::first(Validator::default(), entry.first_seen);
        self.walk.store.keep(entry, reading, feeds).await?;
        self.walk
            .store
            .keep_newest(&FeedKey::Health, HEALTH_KEPT)
            .await
    }
}
