//! How sites are treated: what is asked for, how often, and what is not.

use std::time::Duration;

use tempfile::TempDir;

use feedwright::run::Service;

use crate::reader::{get, text};
use crate::site::{STORIES, Site, article, fill, listing, poll_once};
use crate::trial::{Trial, parse, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_is_new_only_listings_are_asked_for_and_only_on_conditions() {
    let trial = Trial::start().await;
    for path in ["/politics", "/breaking", "/sitemap.xml"] {
        trial.wait_for_polls(path, 3).await;
    }
    let listings = [
        "/politics",
        "/culture",
        "/culture?page=2",
        "/feeds/sport.xml",
        "/video",
        "/breaking",
        "/ar/news",
    ];
    for (path, asked) in trial.paper.asked() {
        if listings.contains(&path.as_str()) {
            assert_eq!(asked.conditional, asked.requests - 1, "{path}");
            // One may be on its way.
            assert!(asked.not_modified + 1 >= asked.conditional, "{path}");
        } else if !path.starts_with("/sitemap") {
            assert_eq!(asked.requests, 1, "{path}");
        }
    }
    let sitemaps = trial.asked("/sitemap.xml") - trial.asked("/sitemaps/stories.xml.gz");
    assert!(sitemaps <= 1, "a poll under way asks for the index first");
    // Twelve stories, seven listings, a sitemap behind an index, robots.txt.
    assert_eq!(
        trial.paper.asked().len(),
        12 + 7 + 1 + 1,
        "{:?}",
        trial.paper.asked()
    );
    trial.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_on_a_later_page_alone_is_found_and_no_page_is_asked_for_twice() {
    let site = Site::start().await;
    let folder = TempDir::new().unwrap();
    let config = parse(&site.config_toml(
        folder.path(),
        "",
        "[[site.section]]\nurl = \"/news\"\npages = 3\n",
    ));
    fill(&site, "/news");
    let more = ["/news/bridge", "/news/bells", "/news/boats"].map(|path| {
        let title = format!("What nobody had said of {} so far", &path[6..]);
        site.page(path, &article(&title, ""));
        (path, title)
    });
    let page = |stories: &[(&str, &str)], next: &str| {
        let next = format!("<a rel=\"next\" href=\"{next}\">Next</a></main>");
        listing(stories).replace("</main>", &next)
    };
    let stories = more.each_ref().map(|(path, title)| (*path, title.as_str()));
    site.page("/news", &page(&STORIES, "/news?page=2"));
    site.page("/news?page=2", &page(&stories[..2], "/news?page=3"));
    let polled = async || {
        let before = site.asked().len();
        let report = poll_once(config.clone()).await.remove(0);
        let asked = site.asked().split_off(before);
        let asked: Vec<String> = asked.into_iter().map(|(path, _)| path).collect();
        assert_eq!(report.error, None);
        (report.new, asked)
    };
    let (new, _) = polled().await;
    assert_eq!(new, 7);
    // The third page is not there: it is the end of the list.
    assert_eq!(site.times_asked("/news?page=3"), 1);
    let (new, asked) = polled().await;
    assert_eq!(
        (new, asked.as_slice()),
        (
            0,
            ["/robots.txt", "/news", "/news?page=2"]
                .map(str::to_owned)
                .as_slice()
        )
    );
    site.page("/news?page=2", &page(&stories, "/news?page=3"));
    let (new, asked) = polled().await;
    let expected = [
        "/robots.txt",
        "/news",
        "/news?page=2",
        "/news?page=3",
        "/news/boats",
    ];
    assert_eq!(
        (new, asked.as_slice()),
        (1, expected.map(str::to_owned).as_slice())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_robots_txt_says_is_done() {
    let site = Site::start().await;
    fill(&site, "/news");
    let (closed, title) = STORIES[1];
    site.typed(
        "/robots.txt",
        "text/plain",
        &format!("User-agent: *\nCrawl-delay: 1\nDisallow: {closed}\n"),
    );
    let folder = TempDir::new().unwrap();
    let service = Service::start(site.config(folder.path(), &["/news"]))
        .await
        .unwrap();
    let items = until("five entries", async || {
        let answer = get(service.address(), "/the-little-paper/news.json").await;
        (answer.status == 200 && answer.items().len() == 5).then(|| answer.items())
    })
    .await;
    assert_eq!(site.times_asked(closed), 0);
    let told_by_listing = items.iter().find(|item| item["title"] == title).unwrap();
    let words = format!("In the words of the listing, and of nobody else: {title}.");
    assert!(
        text(&told_by_listing["content_html"]).contains(&words),
        "{told_by_listing}"
    );
    assert!(!text(&told_by_listing["content_html"]).contains("odd for eleven years"));
    let asked = site.asked();
    assert_eq!(asked[0].0, "/robots.txt");
    for two in asked[1..].windows(2) {
        let pause = two[1].1 - two[0].1;
        assert!(
            pause > Duration::from_millis(950),
            "{pause:?} before {}",
            two[1].0
        );
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_section_reads_as_many_articles_at_first_as_it_may_and_another_one_may_read_the_rest() {
    let site = Site::start().await;
    fill(&site, "/news");
    fill(&site, "/more");
    let folder = TempDir::new().unwrap();
    let sections = "[[site.section]]\nurl = \"/news\"\nbackfill = 2\n[[site.section]]\nurl = \"/more\"\nbackfill = 4\n";
    let config = parse(&site.config_toml(folder.path(), "", sections));
    let service = Service::start(config).await.unwrap();
    for (section, count) in [("news", 2), ("more", 4)] {
        let path = format!("/the-little-paper/{section}.json");
        until(section, async || {
            let answer = get(service.address(), &path).await;
            (answer.status == 200 && answer.items().len() == count).then_some(())
        })
        .await;
    }
    let polls = site.times_asked("/news");
    until("two more polls", async || {
        (site.times_asked("/news") > polls + 2).then_some(())
    })
    .await;
    for (section, count) in [("news", 2), ("more", 4)] {
        let path = format!("/the-little-paper/{section}.json");
        assert_eq!(get(service.address(), &path).await.items().len(), count);
    }
    let asked = STORIES.map(|(path, _)| site.times_asked(path));
    assert_eq!(asked, [1, 1, 1, 1, 0]);
    service.stop().await;
}
