//! Articles that are spread over several pages, and where they end.

use tempfile::TempDir;

use feedwright::model::Identity;
use feedwright::run::open_store;
use feedwright::store::Known;

use crate::site::{Reply, STORIES, Site, article, fill, poll_once};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_article_of_several_pages_is_kept_whole_or_tried_again() {
    let site = Site::start().await;
    fill(&site, "/news");
    let part = |number: usize, next: &str| {
        article(STORIES[0].1, &format!("<p>This is what stands on page {number}, and it is not what stands elsewhere in this paper.</p>"))
            .replace("</head>", &format!("{next}</head>"))
            .replace("The harbour master", &format!("On page {number} the harbour master"))
            .replace("Nobody knows", &format!("By page {number} nobody knows"))
    };
    let first = STORIES[0].0;
    let next = |number: usize| format!("<link rel=\"next\" href=\"{first}?page={number}\">");
    site.page(first, &part(1, &next(2)));
    site.page(&format!("{first}?page=2"), &part(2, &next(3)));
    let third = format!("{first}?page=3");
    let poll = async |reply: Reply| {
        site.put(&third, reply);
        let folder = TempDir::new().unwrap();
        let config = site.config(folder.path(), &["/news"]);
        poll_once(config.clone()).await;
        let store = open_store(&config).await.unwrap();
        let identity = Identity(format!("{}{first}", site.address));
        let known = store
            .known(&config.sites[0].slug, vec![identity.clone()])
            .await
            .unwrap();
        match known.get(&identity).unwrap() {
            Known::Kept(kept) => kept.entry.article.body.text.clone(),
            Known::Passed(passed) => passed.reason.clone(),
        }
    };
    assert_eq!(
        poll(Reply::Page(502, "text/html", b"Oh no.".to_vec())).await,
        format!(
            "http://{}{third} answered 502 Bad Gateway: the site has trouble of its own and is asked again later",
            site.address
        )
    );
    let whole = poll(Reply::Page(200, "text/html", part(3, "").into_bytes())).await;
    for number in 1..=3 {
        let words = format!("By page {number} nobody knows");
        assert_eq!(whole.matches(&words).count(), 1, "{whole}");
    }
    let without = poll(Reply::Page(404, "text/html", Vec::new())).await;
    assert!(without.contains("By page 2 nobody knows"), "{without}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_lead_on_for_ever_or_in_a_circle_end() {
    let site = Site::start().await;
    fill(&site, "/news");
    let part = |first: &str, number: usize, next: usize| {
        let address = |number| match number {
            1 => first.to_owned(),
            number => format!("{first}?page={number}"),
        };
        let link = format!("<link rel=\"next\" href=\"{}\">", address(next));
        let text = format!("<p>By page {number} nobody knows what will stand on the next one.</p>");
        let page = article("A story", &text).replace("</head>", &format!("{link}</head>"));
        // What pages repeat is joined once; these have nothing in common.
        let page = page.replace(" gulls", &format!(" gulls of page {number}"));
        site.page(&address(number), &page);
    };
    let [(endless, _), (circle, _), ..] = STORIES;
    for number in 1..=15 {
        part(endless, number, number + 1);
    }
    for (number, next) in [(1, 2), (2, 3), (3, 1)] {
        part(circle, number, next);
    }
    let folder = TempDir::new().unwrap();
    let config = site.config(folder.path(), &["/news"]);
    poll_once(config.clone()).await;
    let store = open_store(&config).await.unwrap();
    for (path, pages) in [(endless, 10), (circle, 3)] {
        let identity = Identity(format!("{}{path}", site.address));
        let asked = vec![identity.clone()];
        let known = store.known(&config.sites[0].slug, asked).await.unwrap();
        let Some(Known::Kept(kept)) = known.get(&identity) else {
            panic!("{path} is no entry: {known:?}");
        };
        let text = &kept.entry.article.body.text;
        let shown: Vec<usize> = (1..=15)
            .filter(|number| text.contains(&format!("By page {number} nobody")))
            .collect();
        assert_eq!(shown, (1..=pages).collect::<Vec<_>>(), "{path}");
        assert_eq!(site.times_asked(path), 1);
    }
}
