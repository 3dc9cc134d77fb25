//! What a site adds to every story, and what its feeds show once that is known.

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use feedwright::model::FeedKey;
use feedwright::ops::now;
use feedwright::run::open_store;

use crate::site::{Reply, Site, poll_once};

/// The pages of `fixtures/one-site`, by their paths.
fn stories() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/one-site");
    let files = std::fs::read_dir(folder).unwrap();
    let mut stories: Vec<(String, String)> = files
        .map(|file| file.unwrap().path())
        .map(|file| {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            (
                format!("/valley/{name}"),
                std::fs::read_to_string(&file).unwrap(),
            )
        })
        .collect();
    stories.sort();
    stories
}

fn sitemap(site: &Site, modified: DateTime<Utc>) -> String {
    let stories: String = stories()
        .iter()
        .map(|(path, _)| {
            format!(
                "<url><loc>http://{}{path}</loc><lastmod>{}</lastmod></url>",
                site.address,
                modified.to_rfc3339()
            )
        })
        .collect();
    format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{stories}</urlset>")
}

/// How many stories hold each of the lines that the site adds, and when each story was updated.
async fn kept(site: &Site, folder: &TempDir) -> ([usize; 3], Vec<DateTime<Utc>>) {
    let store = open_store(&site.config(folder.path(), &["/sitemap.xml"]))
        .await
        .unwrap();
    let entries = store.older(&FeedKey::Everything, 0, 99).await.unwrap();
    assert_eq!(entries.len(), 6);
    let with = |line: &str| {
        let holds = |text: &str| text.contains(line);
        let in_text = entries
            .iter()
            .filter(|entry| holds(&entry.article.body.text));
        let in_html = entries
            .iter()
            .filter(|entry| holds(&entry.article.body.html));
        let (in_text, in_html) = (in_text.count(), in_html.count());
        assert_eq!(in_text, in_html, "{line}");
        in_text
    };
    let lines = [
        "rooms above the bakery",
        "letter box at the stairs",
        "forty-one kiosks",
    ];
    (
        lines.map(with),
        entries.iter().map(|entry| entry.updated).collect(),
    )
}

/// The stories on a site, and what was kept of them.
struct Trial {
    site: Site,
    folder: TempDir,
}

impl Trial {
    /// After the first poll, which finds all six stories.
    async fn after_the_first_poll() -> Trial {
        let site = Site::start().await;
        for (path, page) in stories() {
            site.page(&path, &page);
        }
        let folder = TempDir::new().unwrap();
        let trial = Trial { site, folder };
        assert_eq!(trial.poll(now() - TimeDelta::days(1)).await, (6, 0));
        trial
    }

    /// How many stories a poll finds new and changed, where the site says that all were changed at this moment.
    async fn poll(&self, modified: DateTime<Utc>) -> (usize, usize) {
        let sitemap = sitemap(&self.site, modified);
        self.site.typed("/sitemap.xml", "application/xml", &sitemap);
        let reports = poll_once(self.site.config(self.folder.path(), &["/sitemap.xml"])).await;
        (reports[0].new, reports[0].changed)
    }

    async fn kept(&self) -> ([usize; 3], Vec<DateTime<Utc>>) {
        kept(&self.site, &self.folder).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_site_adds_to_every_story_goes_from_new_ones_and_at_a_second_look_from_old_ones() {
    let trial = Trial::after_the_first_poll().await;
    let (first, updated) = trial.kept().await;
    assert_eq!(first, [3, 3, 3], "it is known from the fourth story on");
    assert_eq!(trial.poll(now() + TimeDelta::minutes(1)).await, (0, 3));
    assert_eq!(trial.kept().await, ([0, 0, 0], updated.clone()));
    assert_eq!(trial.poll(now() + TimeDelta::minutes(2)).await, (0, 0));
    assert_eq!(trial.kept().await, ([0, 0, 0], updated));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_site_adds_goes_from_old_stories_too_whose_pages_tell_nothing_new() {
    let trial = Trial::after_the_first_poll().await;
    let (_, updated) = trial.kept().await;
    for (path, _) in stories() {
        let refusal = Reply::Page(403, "text/html", b"For members.".to_vec());
        trial.site.put(&path, refusal);
    }
    assert_eq!(trial.poll(now() + TimeDelta::minutes(1)).await, (0, 3));
    assert_eq!(trial.kept().await, ([0, 0, 0], updated));
}
