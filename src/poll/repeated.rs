//! New articles of a site → what its articles repeat; an entry → the same without that.

use super::section::Poll;
use crate::extract::Repeated;
use crate::model::{Article, Body, Entry};
use crate::store::{Reading, StoreError};

impl Poll<'_, '_> {
    /// Learns from an article that was never kept, once: what is read again would repeat itself.
    pub(super) async fn learn(&mut self, article: &Article) -> Result<(), StoreError> {
        let title = article.title.as_deref();
        self.repeated().await?.learn(title, &article.body);
        self.has_learned = true;
        Ok(())
    }

    /// The body of an article without what the site's articles repeat, where it has any of that.
    pub(super) async fn without_repeated(
        &mut self,
        article: &Article,
    ) -> Result<Option<Body>, StoreError> {
        Ok(self.repeated().await?.without(&article.body))
    }

    /// An entry without what the site's articles repeat, where it has any of that: it was kept before that was known.
    pub(super) async fn stripped(&mut self, entry: &Entry) -> Result<Option<Entry>, StoreError> {
        let body = self.without_repeated(&entry.article).await?;
        Ok(body.map(|body| {
            let mut entry = entry.clone();
            entry.article.body = body;
            entry
        }))
    }

    /// Strikes from an entry whose page told nothing new what is known by now.
    pub(super) async fn strip(
        &mut self,
        entry: &Entry,
        reading: Reading,
    ) -> Result<(), StoreError> {
        match self.stripped(entry).await? {
            Some(stripped) if entry.gone.is_none() => {
                self.report.changed += 1;
                self.write(stripped, reading).await
            }
            _ => Ok(()),
        }
    }

    /// What is known of the site, read from the store when it is first needed.
    async fn repeated(&mut self) -> Result<&mut Repeated, StoreError> {
        let known = match self.repeated.take() {
            Some(known) => known,
            None => {
                let bytes = self.walk.store.repeated(&self.section.key.site).await?;
                Repeated::from_bytes(&bytes)
            }
        };
        Ok(self.repeated.insert(known))
    }

    /// Writes down what was learned. Killed before that, the program learns a little less, and nothing twice.
    pub(super) async fn remember_repeated(&self) -> Result<(), StoreError> {
        match &self.repeated {
            Some(repeated) if self.has_learned => {
                let site = &self.section.key.site;
                self.walk
                    .store
                    .keep_repeated(site, repeated.to_bytes())
                    .await
            }
            _ => Ok(()),
        }
    }
}
